//! Dolt: which cells and sums of a table of counts are not shown, so that no count of one to four of persons or households is
//! told, by itself or by what is left of a sum (docs/doman.md 10).
//!
//! # The promise
//!
//! Somebody sees every cell, sum and total that is shown, knows that counts are whole numbers from nought up, knows these rules
//! and even which of the hidden cells are few and which are not (five or more): **each cell that holds one to four may still
//! hold any number from one to four.** From that follows that no sum that such a cell is part of can be reckoned to four or
//! less. It is kept by making room: for each such cell there must be other hidden cells and sums that can give way when it goes
//! to one and to four, so that everything that is shown stays as it is. A table with its sums is a network (each cell is an edge
//! between its row and its column), and what gives way is a circle through the cell; the circle that hides the fewest is
//! taken. Room is exact: whole numbers in a network that can give way in parts can do so in whole ones.
//!
//! Which cells are hidden beside the small ones depends on **where the small ones are**, not on which of the others is least, so
//! that it tells little of them: the next in the table, cells before sums, sums before the total. Only a cell of 5–7 cannot give
//! way far enough, and is passed over or helped. Nought is shown and gives no room; blank is blank, counts as nothing in the
//! sums and is never hidden. Sums are those of the cells: what is printed otherwise is not a sum of this table.
//!
//! Who tries every table that could be, and sees which of them these rules would print alike, still finds another number from
//! one to four for each few of a row with its sum, and of a table with the sums of its rows and the sum of all. Of a table with
//! the sums of its rows and of its columns it is not so where so little is left that sums are hidden too: of small tables that
//! were all tried, two few of a thousand stood alone.
//!
//! # Over time
//!
//! A table of the same period that is shown again with other values is read beside the earlier ones. What was hidden stays
//! hidden, whatever it holds now. What was shown earlier and still is the same gives no room: who kept the old table knows it.
//! What has changed gives room, sums and total too, and is hidden when a new small cell needs it: of 6, 20, 30 in all 56 that
//! become 3, 20, 30 the 3 *and* the sum 53 are hidden, for the 20 and 30 are known. Where all that has changed is not room
//! enough nothing of the table is shown.
//!
//! What somebody who saw both learns all the same: how much each cell and sum that is shown both times has moved, also when it
//! is by one to four, and so that the hidden cells of a row whose sum moved have moved by as much together; not which of them,
//! and not to what.
//!
//! # What it does not promise
//!
//! Two tables of the same counts, parted otherwise, are each safe and not safe together unless the sums that they share are all
//! that they share. Who knows one of the hidden cells from elsewhere may know another.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use serde::{Deserialize, Serialize};

use super::small;
use crate::redovisning::MINST;

/// A table of counts, and which of its sums are printed. A table of one dimension is one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabell {
    /// Rows of as many columns; none where a count is missing. A row that is too short lacks its last ones.
    pub cells: Vec<Vec<Option<i64>>>,
    /// Whether each row has its sum.
    pub rows: bool,
    /// Whether each column has its sum.
    pub columns: bool,
    /// Whether there is a sum of all.
    pub total: bool,
}

/// What of a table is not shown: true is hidden, or not printed at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dolt {
    /// For each cell; a blank one is false.
    pub cells: Vec<Vec<bool>>,
    /// For the sum of each row.
    pub rows: Vec<bool>,
    /// For the sum of each column.
    pub columns: Vec<bool>,
    /// For the sum of all.
    pub total: bool,
}

impl Tabell {
    fn width(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Nothing but what is blank.
    fn nothing_shown(&self) -> Dolt {
        let cells = self.cells.iter().map(|row| row.iter().map(Option::is_some).collect()).collect();
        Dolt { cells, rows: vec![true; self.cells.len()], columns: vec![true; self.width()], total: true }
    }
}

/// Whether a share is shown: it is of five or more, and neither those that it counts nor the others are one to four. False for
/// what is no share of anything.
#[must_use]
pub fn andel_visas(numerator: i64, denominator: i64) -> bool {
    let whole = denominator >= MINST && (0..=denominator).contains(&numerator);
    whole && !small(numerator) && !small(denominator - numerator)
}

/// What of a table is hidden, given how it was shown before: each earlier table of the same period with the same rows and columns
/// in the same places, and what was hidden of it. One with more or fewer is not read, so whoever adds a row gives the earlier
/// table an empty one. A table with a negative count is none, and nothing of it is shown.
#[must_use]
pub fn dolt(table: &Tabell, before: &[(Tabell, Dolt)]) -> Dolt {
    let Some(mut grid) = Grid::of(table) else { return table.nothing_shown() };
    for (earlier, hidden) in before {
        if let Some(earlier) = Grid::of(earlier) {
            grid.remember(&earlier, hidden);
        }
    }
    let few: Vec<usize> = (0..grid.places.len()).filter(|at| small_count(grid.places[*at].n)).collect();
    for at in &few {
        grid.places[*at].hidden = true;
    }
    // what sums may be follows from their cells: see the promise
    for at in few {
        if !grid.is_sum(at) && !grid.make_room(at) {
            return table.nothing_shown();
        }
    }
    grid.dolt(table)
}

/// What of the last of several tables of the same period is hidden, when each was shown in turn.
#[must_use]
pub fn dolt_over_time(versions: &[Tabell]) -> Dolt {
    let mut shown: Vec<(Tabell, Dolt)> = Vec::new();
    for table in versions {
        let hidden = dolt(table, &shown);
        shown.push((table.clone(), hidden));
    }
    shown.pop().map(|(_, hidden)| hidden).unwrap_or_default()
}

/// Few, of a sum of any size.
fn small_count(n: i128) -> bool {
    (1..i128::from(MINST)).contains(&n)
}

/// What it costs to hide a cell, the sum of a row or a column, and the sum of all, which goes last.
const WEIGHTS: [usize; 3] = [10, 25, 1_000];

/// A cell or a sum.
#[derive(Clone, Debug)]
struct Place {
    n: i128,
    hidden: bool,
    /// Nought or blank, or known from before: it gives no room.
    fixed: bool,
    /// Whether it is printed when nothing hides it.
    printed: bool,
}

/// The table with its sums as one more column and one more row.
struct Grid {
    height: usize,
    width: usize,
    places: Vec<Place>,
}

/// A step of a way: the place, and whether it rises.
type Step = (usize, bool);

/// The cheapest way so far to a row or a column, and its last step.
#[derive(Clone, Copy)]
struct Found {
    cost: usize,
    steps: usize,
    by: Option<Step>,
}

impl Grid {
    /// None where a count is negative.
    fn of(table: &Tabell) -> Option<Self> {
        let (rows, columns) = (table.cells.len(), table.width());
        let (height, width) = (rows + 1, columns + 1);
        let mut sums = vec![0_i128; height * width];
        for (r, row) in table.cells.iter().enumerate() {
            for (c, n) in row.iter().enumerate().filter_map(|(c, n)| n.map(|n| (c, n))) {
                if n < 0 {
                    return None;
                }
                for at in [r * width + c, r * width + columns, rows * width + c, rows * width + columns] {
                    sums[at] += i128::from(n);
                }
            }
        }
        let place = |(at, n): (usize, i128)| {
            let printed = match (at / width == rows, at % width == columns) {
                (false, false) => table.cells[at / width].get(at % width).is_some_and(Option::is_some),
                (false, true) => table.rows,
                (true, false) => table.columns,
                (true, true) => table.total,
            };
            Place { n, hidden: !printed && n > 0, fixed: n == 0, printed }
        };
        let places = sums.into_iter().enumerate().map(place).collect();
        Some(Self { height, width, places })
    }

    /// Whether it is the sum of a row, of a column or of all.
    fn is_sum(&self, at: usize) -> bool {
        at / self.width + 1 == self.height || at % self.width + 1 == self.width
    }

    /// What was hidden stays so, and what was shown is known as long as it is the same.
    fn remember(&mut self, earlier: &Self, hidden: &Dolt) {
        if (earlier.height, earlier.width) != (self.height, self.width) {
            // another table: nothing of it stands where it stood
            return;
        }
        for (at, place) in self.places.iter_mut().enumerate() {
            let was_hidden = hidden.at(at / self.width, at % self.width);
            let was = &earlier.places[at];
            if was.printed && was_hidden {
                place.hidden = true;
            } else if was.printed && was.n == place.n {
                place.fixed = true;
            }
        }
    }

    /// How much a place can give way, with what has been moved already.
    fn room(&self, at: usize, rises: bool, moved: i128) -> i128 {
        let place = &self.places[at];
        let (n, few) = (place.n + moved, i128::from(MINST) - 1);
        match (rises, self.is_sum(at), small_count(place.n)) {
            _ if place.fixed => 0,
            // nobody is told whether a sum that is hidden is few, or why it is hidden
            (false, true, _) => n,
            (true, false, true) => few - n,
            (false, false, true) => n - 1,
            (false, false, false) => n - few - 1,
            (true, _, _) => few,
        }
    }

    /// What hiding it costs: nearer ones first, cells before sums.
    fn cost(&self, at: usize, from: usize) -> usize {
        if self.places[at].hidden {
            return 0;
        }
        let apart = |a: usize, b: usize| if a >= b { 2 * (a - b) } else { 2 * (b - a) + 1 };
        let near = apart(at / self.width, from / self.width) + apart(at % self.width, from % self.width);
        let sums = usize::from(at / self.width + 1 == self.height) + usize::from(at % self.width + 1 == self.width);
        (self.height + self.width) * WEIGHTS[sums] + near
    }

    /// Hides what lets a cell go to four and to one; false where nothing does.
    fn make_room(&mut self, cell: usize) -> bool {
        let n = self.places[cell].n;
        self.make_way(cell, true, i128::from(MINST) - 1 - n) && self.make_way(cell, false, n - 1)
    }

    /// Hides what lets a cell rise or fall by so many; false where nothing does.
    fn make_way(&mut self, cell: usize, rises: bool, by: i128) -> bool {
        let (mut left, mut moved) = (by, BTreeMap::new());
        while left > 0 {
            let Some(way) = self.way(cell, rises, &moved) else { return false };
            let so_far = |at: &usize| moved.get(at).copied().unwrap_or(0);
            let rooms = way.iter().map(|(at, up)| self.room(*at, *up, so_far(at)));
            let step = rooms.fold(left, i128::min);
            for (at, up) in way {
                *moved.entry(at).or_insert(0) += if up { step } else { -step };
                self.places[at].hidden = true;
            }
            left -= step;
        }
        true
    }

    /// The cheapest way round for one that rises or falls: places that give way so that every sum still is one. Rows and columns
    /// are nodes; a cell that rises carries from its row to its column, as does the sum of all, and the sum of a row or a column
    /// the other way.
    fn way(&self, cell: usize, rises: bool, moved: &BTreeMap<usize, i128>) -> Option<Vec<Step>> {
        let (row, column) = (cell / self.width, self.height + cell % self.width);
        let (start, end) = if rises { (column, row) } else { (row, column) };
        let mut best: Vec<Option<Found>> = vec![None; self.height + self.width];
        best[start] = Some(Found { cost: 0, steps: 0, by: None });
        let mut heap = BinaryHeap::from([Reverse((0, 0, start))]);
        while let Some(Reverse((cost, steps, node))) = heap.pop() {
            // what costs nothing cannot be had for less
            if best[end].is_some_and(|found| node == end || found.cost == 0) {
                return Some(self.back(start, end, &best));
            }
            if best[node].is_some_and(|found| (found.cost, found.steps) < (cost, steps)) {
                continue;
            }
            let from_row = node < self.height;
            let others = if from_row { self.height..self.height + self.width } else { 0..self.height };
            for other in others {
                let (r, c) = if from_row { (node, other - self.height) } else { (other, node - self.height) };
                let at = r * self.width + c;
                let sum_of_one = (r + 1 == self.height) != (c + 1 == self.width);
                let up = from_row != sum_of_one;
                if at == cell || self.room(at, up, moved.get(&at).copied().unwrap_or(0)) <= 0 {
                    continue;
                }
                let (cost, steps) = (cost + self.cost(at, cell), steps + 1);
                if best[other].is_none_or(|found| (cost, steps) < (found.cost, found.steps)) {
                    best[other] = Some(Found { cost, steps, by: Some((at, up)) });
                    heap.push(Reverse((cost, steps, other)));
                }
            }
        }
        None
    }

    /// The steps of the way that was found, from its end.
    fn back(&self, start: usize, end: usize, best: &[Option<Found>]) -> Vec<Step> {
        let (mut node, mut way) = (end, Vec::new());
        while node != start {
            let Some((at, up)) = best[node].and_then(|found| found.by) else { break };
            way.push((at, up));
            let (row, column) = (at / self.width, self.height + at % self.width);
            node = if node == row { column } else { row };
        }
        way
    }

    fn dolt(&self, table: &Tabell) -> Dolt {
        let hidden = |r: usize, c: usize| {
            let place = &self.places[r * self.width + c];
            place.hidden || !place.printed
        };
        let (rows, columns) = (self.height - 1, self.width - 1);
        let cell = |r: usize, c: usize| self.places[r * self.width + c].hidden;
        Dolt {
            cells: (0..rows).map(|r| (0..table.cells[r].len()).map(|c| cell(r, c)).collect()).collect(),
            rows: (0..rows).map(|r| hidden(r, columns)).collect(),
            columns: (0..columns).map(|c| hidden(rows, c)).collect(),
            total: hidden(rows, columns),
        }
    }
}

impl Dolt {
    /// In the table with its sums as one more row and column; what it does not tell of is hidden.
    fn at(&self, r: usize, c: usize) -> bool {
        let found = match (self.cells.get(r), self.columns.get(c)) {
            (Some(row), Some(_)) => row.get(c),
            (Some(_), None) => self.rows.get(r),
            (None, Some(sum)) => Some(sum),
            (None, None) => Some(&self.total),
        };
        found.copied().unwrap_or(true)
    }
}

#[cfg(test)]
mod tests;
