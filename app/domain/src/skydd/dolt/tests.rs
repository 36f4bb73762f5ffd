use proptest::prelude::*;

use super::{
    super::{solver::Solver, tests::vectors},
    *,
};

fn table(cells: &[&[i64]], rows: bool, columns: bool, total: bool) -> Tabell {
    let cells = cells.iter().map(|row| row.iter().map(|n| Some(*n)).collect()).collect();
    Tabell { cells, rows, columns, total }
}

/// The table as it is printed: a line for each row, and one for the sums.
fn printed(table: &Tabell, hidden: &Dolt) -> Vec<String> {
    let sums = |cells: &mut dyn Iterator<Item = Option<i64>>| cells.flatten().sum::<i64>();
    let one = |n: i64, hidden: bool| if hidden { "–".to_owned() } else { n.to_string() };
    let mut out = Vec::new();
    for (r, row) in table.cells.iter().enumerate() {
        let cells = row.iter().enumerate().map(|(c, n)| n.map_or(String::new(), |n| one(n, hidden.cells[r][c])));
        let sum = one(sums(&mut row.iter().copied()), hidden.rows[r]);
        out.push(cells.chain([sum]).collect::<Vec<_>>().join(" "));
    }
    let column = |c: usize| sums(&mut table.cells.iter().map(|row| row.get(c).copied().flatten()));
    let all = sums(&mut table.cells.iter().flatten().copied());
    let last = (0..table.width()).map(|c| one(column(c), hidden.columns[c])).chain([one(all, hidden.total)]);
    out.push(last.collect::<Vec<_>>().join(" "));
    out
}

fn shown(table: &Tabell) -> Vec<String> {
    printed(table, &dolt(table, &[]))
}

#[test]
fn the_two_couples_without_children_and_one_more_are_hidden() {
    let file = include_str!("../../../testdata/siffror/hushallstyp-bromma-2022-01.csv");
    let rows = file.lines().skip(1).take_while(|line| !line.starts_with("Summa"));
    let counts: Vec<i64> = rows.filter_map(|line| line.split_once(';')?.1.parse().ok()).collect();
    assert_eq!((counts.len(), counts.iter().sum::<i64>()), (6, 317));
    let table = table(&[&counts], true, false, false);
    assert_eq!(shown(&table)[0], "130 109 9 43 – – 317", "Par utan barn, and Par med barn beside it");
}

#[test]
fn nought_is_shown_and_blank_is_blank() {
    assert_eq!(shown(&table(&[&[0, 20, 7]], true, false, false))[0], "0 20 7 27", "nothing is few");
    let with_blank =
        Tabell { cells: vec![vec![None, Some(0), Some(3), Some(20)], vec![]], rows: true, ..Tabell::default() };
    assert_eq!(shown(&with_blank)[..2], [" 0 – – 23", "0"], "{:?}", dolt(&with_blank, &[]));
    assert_eq!(dolt(&Tabell::default(), &[]), Dolt { total: true, ..Dolt::default() });
    assert_eq!(shown(&table(&[&[-1, 20]], true, false, false))[0], "– – –", "no counts");
}

#[test]
fn a_sum_that_is_few_or_leaves_its_parts_no_choice_is_hidden() {
    assert_eq!(shown(&table(&[&[2, 0, 0]], true, false, false))[0], "– 0 0 –", "two of two");
    assert_eq!(shown(&table(&[&[4, 4, 30]], true, false, false))[0], "– – – 38", "eight would be twice four");
    assert_eq!(shown(&table(&[&[1, 1, 1, 1, 1]], true, false, false))[0], "– – – – – –", "five of five are one each");
    assert_eq!(shown(&table(&[&[2, 3, 30]], true, false, false))[0], "– – 30 35", "two and three are five in any way");
    assert_eq!(shown(&table(&[&[1, 5, 30, 40]], true, false, false))[0], "– 5 – 40 76", "five gives no room");
    assert_eq!(shown(&table(&[&[3, 20]], false, false, false))[0], "– 20 –", "no sum gives it away");
}

#[test]
fn a_cell_of_a_table_with_sums_takes_a_corner_of_each_row_and_column() {
    let table = table(&[&[3, 20, 30], &[40, 50, 60], &[70, 80, 90]], true, true, true);
    assert_eq!(shown(&table), ["– – 30 53", "– – 60 150", "70 80 90 240", "113 150 180 443"]);
}

#[test]
fn what_was_hidden_stays_so_and_a_new_few_is_not_what_the_known_ones_leave() {
    let one = |cells: &[i64]| table(&[cells], true, false, false);
    let (first, then) = (one(&[3, 20, 30]), one(&[9, 20, 30]));
    let hidden = dolt(&first, &[]);
    let now = dolt(&then, &[(first.clone(), hidden)]);
    assert_eq!(printed(&then, &now)[0], "– – 30 59", "nine shown beside the 20 of before would tell of three");
    let later = one(&[6, 20, 30]);
    assert_eq!(printed(&later, &dolt_over_time(std::slice::from_ref(&later)))[0], "6 20 30 56");
    let few = one(&[3, 20, 30]);
    assert_eq!(printed(&few, &dolt_over_time(&[later.clone(), few.clone()]))[0], "– 20 30 –", "20 and 30 are known");
    let both = one(&[3, 22, 30]);
    assert_eq!(printed(&both, &dolt_over_time(&[later.clone(), both.clone()]))[0], "– – 30 55", "22 is not known");
    assert_eq!(dolt_over_time(&[later, both.clone(), few.clone(), both.clone()]).rows, [true], "it stays");
    let versions = [6, 3].map(|n| table(&[&[n, 20], &[40, 50]], true, true, true));
    let hidden = dolt_over_time(&versions);
    assert_eq!(printed(&versions[1], &hidden), ["– 20 –", "40 50 90", "– 70 –"], "every sum that tells of it");
    let other = table(&[&[6, 20], &[3, 30]], true, false, false);
    assert_eq!(dolt(&other, &[(both, now)]), dolt(&other, &[]), "a table of another shape says nothing");
    assert_eq!(dolt_over_time(&[]), Dolt::default());
}

#[test]
fn a_share_is_shown_of_five_with_nobody_few_on_either_side() {
    for (numerator, denominator, is_shown) in [
        (0, 5, true),
        (5, 5, true),
        (5, 10, true),
        (14, 18, false),
        (4, 20, false),
        (15, 20, true),
        (0, 4, false),
        (6, 5, false),
        (-1, 5, false),
    ] {
        assert_eq!(andel_visas(numerator, denominator), is_shown, "{numerator}/{denominator}");
    }
}

#[test]
fn a_large_table_of_few_comes_to_an_end() {
    for (size, of) in [(20, 11), (100, 97)] {
        let n = |r: usize, c: usize| i64::try_from((r * 7 + c * 3) % of).ok();
        let cells = (0..size).map(|r| (0..size).map(|c| n(r, c)).collect()).collect();
        let table = Tabell { cells, rows: true, columns: true, total: true };
        let hidden = dolt(&table, &[]);
        assert!(hidden.rows.iter().chain(&hidden.columns).all(|sum| !sum), "sums of many cells are shown");
        assert!(!hidden.total && hidden.cells[0][1]);
    }
}

/// What somebody knows: which numbers each cell may hold, and what some of them make together.
struct Attack {
    width: usize,
    ends: Vec<Vec<i64>>,
    sums: Vec<(Vec<usize>, i64)>,
}

impl Attack {
    /// Everything that is shown, everything `known` besides in the table with its sums as one more row and column, and of each
    /// hidden cell whether it is few.
    fn of(table: &Tabell, hidden: &Dolt, known: impl Fn(usize, usize) -> bool) -> Self {
        let (height, width) = (table.cells.len(), table.width());
        let n = |r: usize, c: usize| table.cells[r].get(c).copied().flatten().unwrap_or(0);
        let ends = (0..height * width).map(|at| {
            let (r, c) = (at / width, at % width);
            let n = n(r, c);
            let is_shown = !hidden.at(r, c) || table.cells[r].get(c).copied().flatten().is_none();
            let mut may: Vec<i64> = if is_shown || known(r, c) || n == 0 {
                vec![n]
            } else if small(n) {
                (1..MINST).collect()
            } else {
                // no cell needs to move further for one that goes from one to four
                (MINST.max(n - 3)..=n + 3).collect()
            };
            may.sort_by_key(|x| (x - n).abs());
            may
        });
        let ends = ends.collect();
        let mut sums = Vec::new();
        let mut sum = |r: usize, c: usize, cells: Vec<usize>| {
            if !hidden.at(r, c) || known(r, c) {
                let value = cells.iter().map(|at| n(at / width, at % width)).sum();
                sums.push((cells, value));
            }
        };
        (0..height).for_each(|r| sum(r, width, (0..width).map(|c| r * width + c).collect()));
        (0..width).for_each(|c| sum(height, c, (0..height).map(|r| r * width + c).collect()));
        sum(height, width, (0..height * width).collect());
        Self { width, ends, sums }
    }

    /// Whether all of it can be true when a cell holds so many.
    fn allows(&self, cell: usize, n: i64) -> bool {
        let mut cells: Vec<Option<i64>> = vec![None; self.ends.len()];
        cells[cell] = Some(n);
        self.goes_on(&mut cells, 0)
    }

    fn agrees(&self, cells: &[Option<i64>]) -> bool {
        let end = |at: usize, most: bool| {
            let ends = self.ends[at].iter();
            cells[at].or(if most { ends.max() } else { ends.min() }.copied()).unwrap_or(0)
        };
        self.sums.iter().all(|(of, sum)| {
            let ends = [false, true].map(|most| of.iter().map(|at| end(*at, most)).sum::<i64>());
            (ends[0]..=ends[1]).contains(sum)
        })
    }

    fn goes_on(&self, cells: &mut Vec<Option<i64>>, at: usize) -> bool {
        if !self.agrees(cells) {
            return false;
        }
        let Some(next) = (at..cells.len()).find(|at| cells[*at].is_none()) else { return true };
        let found = self.ends[next].iter().any(|n| {
            cells[next] = Some(*n);
            self.goes_on(cells, next + 1)
        });
        cells[next] = None;
        found
    }

    /// Each few may be any few.
    fn learns_nothing(&self, table: &Tabell) -> Result<(), TestCaseError> {
        for (r, row) in table.cells.iter().enumerate() {
            for (c, n) in row.iter().enumerate() {
                for may in (1..MINST).filter(|_| n.is_some_and(small)) {
                    prop_assert!(self.allows(r * self.width + c, may), "row {r} column {c} is not {may}: {table:?}");
                }
            }
        }
        Ok(())
    }

    /// The solver of the attacks on released counts, which draws conclusions instead of trying worlds.
    fn concludes_nothing(&self, table: &Tabell) -> Result<(), TestCaseError> {
        let mut s = Solver::new(self.ends.len());
        for (at, ends) in self.ends.iter().enumerate() {
            let (least, most) = (ends.iter().min().copied().unwrap_or(0), ends.iter().max().copied().unwrap_or(0));
            s.know(1 << at, least, most);
        }
        for (cells, sum) in &self.sums {
            // those that are shown are taken from it
            let (open, rest) = cells.iter().fold((0_u64, *sum), |(open, rest), at| match self.ends[*at][..] {
                [n] => (open, rest - n),
                _ => (open | 1 << at, rest),
            });
            s.know(open, rest, rest);
        }
        s.conclude();
        for at in 0..self.ends.len() {
            let n = table.cells[at / self.width].get(at % self.width).copied().flatten();
            let (least, most) = s.ends(1 << at);
            prop_assert!(!n.is_some_and(small) || least <= 1 && most >= MINST - 1, "{:?} of {n:?}", (least, most));
        }
        Ok(())
    }
}

fn count() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![1 => Just(None), 2 => Just(Some(0)), 6 => (1_i64..10).prop_map(Some), 4 => (5_i64..60).prop_map(Some)]
}

fn tables(most: usize) -> impl Strategy<Value = Tabell> {
    let cells = (1..=most, 1..=most)
        .prop_flat_map(|(rows, columns)| prop::collection::vec(prop::collection::vec(count(), columns), rows));
    (cells, any::<[bool; 3]>()).prop_map(|(cells, [rows, columns, total])| Tabell { cells, rows, columns, total })
}

/// A table and what became of it: some cells moved a little.
fn revised() -> impl Strategy<Value = (Tabell, Tabell)> {
    (tables(4), prop::collection::vec((any::<prop::sample::Index>(), -6_i64..=6), 1..4)).prop_map(|(first, moves)| {
        let mut then = first.clone();
        let mut cells: Vec<&mut Option<i64>> = then.cells.iter_mut().flatten().collect();
        for (at, by) in moves {
            let cell = at.index(cells.len());
            *cells[cell] = Some((cells[cell].unwrap_or(0) + by).max(0));
        }
        (first, then)
    })
}

proptest! {
    #[test]
    fn who_knows_the_rules_and_every_figure_knows_no_few_better_than_one_to_four(table in tables(4)) {
        let hidden = dolt(&table, &[]);
        let attack = Attack::of(&table, &hidden, |_, _| false);
        attack.learns_nothing(&table)?;
        attack.concludes_nothing(&table)?;
    }

    #[test]
    fn no_conclusion_is_drawn_of_a_larger_table(table in tables(7)) {
        Attack::of(&table, &dolt(&table, &[]), |_, _| false).concludes_nothing(&table)?;
    }

    #[test]
    fn who_kept_the_table_of_before_knows_no_few_of_either((first, then) in revised()) {
        let before = dolt(&first, &[]);
        let now = dolt(&then, &[(first.clone(), before.clone())]);
        let (old, new) = (Grid::of(&first).unwrap(), Grid::of(&then).unwrap());
        for (r, row) in before.cells.iter().enumerate() {
            for (c, was) in row.iter().enumerate() {
                prop_assert!(!was || now.cells[r][c], "what was hidden stays so");
            }
        }
        // what was shown and is the same is known, whether it is shown now or not
        let known = |r: usize, c: usize| {
            let (was, is) = (&old.places[r * old.width + c], &new.places[r * new.width + c]);
            !before.at(r, c) && was.printed && was.n == is.n
        };
        if now != then.nothing_shown() {
            Attack::of(&then, &now, known).learns_nothing(&then)?;
        }
        // the first, to which the second has added what did not change and is shown now
        let known = |r: usize, c: usize| {
            let (was, is) = (&old.places[r * old.width + c], &new.places[r * new.width + c]);
            !now.at(r, c) && is.printed && was.n == is.n
        };
        Attack::of(&first, &before, known).learns_nothing(&first)?;
    }

    #[test]
    fn a_table_without_few_is_shown_whole(table in tables(5)) {
        let few = (0..).zip(Grid::of(&table).unwrap().places).any(|(_, place)| place.n > 0 && place.n < 5);
        let hidden = dolt(&table, &[]);
        let any = hidden.cells.iter().flatten().any(|h| *h);
        prop_assert_eq!(any, table.cells.iter().flatten().any(|n| n.is_some_and(small)));
        prop_assert!(few || !(hidden.total && table.total));
    }
}

/// Of all tables of at most so many: how many few there are, and how many of them nobody can take for another few who sees which
/// tables read the same.
fn reckoned_backwards(places: u32, whole: i64, of: impl Fn(&[i64]) -> Tabell) -> (usize, usize) {
    let mut alike: BTreeMap<Vec<String>, Vec<Vec<i64>>> = BTreeMap::new();
    for cells in vectors(places, whole).filter(|cells| cells.iter().sum::<i64>() <= whole) {
        alike.entry(shown(&of(&cells))).or_default().push(cells);
    }
    let (mut few, mut alone) = (0, 0);
    for group in alike.values() {
        // where the sum of all is hidden, tables go on above those that are tried
        for cells in group.iter().filter(|cells| cells.iter().sum::<i64>() + MINST <= whole) {
            for (at, n) in cells.iter().enumerate().filter(|(_, n)| small(**n)) {
                few += 1;
                alone += usize::from(!group.iter().any(|other| small(other[at]) && other[at] != *n));
            }
        }
    }
    (few, alone)
}

#[test]
fn who_reckons_the_rules_backwards_finds_another_few_for_each() {
    let row = |cells: &[i64]| table(&[cells], true, false, false);
    for (places, whole) in [(2, 30), (3, 20), (4, 16)] {
        let (few, alone) = reckoned_backwards(places, whole, row);
        assert!(few > 50 && alone == 0, "{alone} of {few}");
    }
    let (few, alone) = reckoned_backwards(4, 18, |cells| table(&[&cells[..2], &cells[2..]], true, false, true));
    assert!(few > 5_000 && alone == 0, "{alone} of {few}");
}

#[test]
fn sums_both_ways_leave_hardly_a_few_alone() {
    for total in [true, false] {
        let (few, alone) = reckoned_backwards(4, 18, |cells| table(&[&cells[..2], &cells[2..]], true, true, total));
        assert!(few > 5_000 && alone * 500 < few, "{alone} of {few}");
    }
}
