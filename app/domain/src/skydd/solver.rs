//! Solver: what somebody can know of numbers that are not shown from those that are. Unknown numbers (*cells*) are nought or
//! more; what is known is that the sum of some of them lies between two numbers. From that follow others: what is left when a
//! known sum is taken from one that holds it, and how far a cell can be when the others are at their ends.

use std::collections::BTreeMap;

/// No number here is as large.
const MANY: i64 = 1_000_000;

/// A set of at most 64 cells.
pub type Cells = u64;

/// What is known.
#[derive(Clone, Debug)]
pub struct Solver {
    ends: Vec<(i64, i64)>,
    sums: BTreeMap<Cells, (i64, i64)>,
}

fn of(cells: Cells) -> impl Iterator<Item = usize> {
    (0..64).filter(move |i| cells & (1 << i) != 0)
}

impl Solver {
    /// So many cells of which nothing is known.
    pub fn new(cells: usize) -> Self {
        assert!(cells <= 64);
        Self { ends: vec![(0, MANY); cells], sums: BTreeMap::new() }
    }

    /// The sum of these cells lies between these numbers. True when that is news.
    pub fn know(&mut self, cells: Cells, least: i64, most: i64) -> bool {
        if cells == 0 {
            return false;
        }
        let known = self.sums.entry(cells).or_insert((0, MANY));
        let now = (known.0.max(least), known.1.min(most));
        assert!(now.0 <= now.1, "what is shown contradicts itself: {cells:b} {now:?}");
        std::mem::replace(known, now) != now
    }

    /// Draws every conclusion.
    pub fn conclude(&mut self) {
        loop {
            let mut news = false;
            let known: Vec<(Cells, (i64, i64))> = self.sums.iter().map(|(c, e)| (*c, *e)).collect();
            for (a, (low, high)) in &known {
                for (b, (least, most)) in &known {
                    if a != b && a & b == *a && self.sums.len() < 2_000 {
                        news |= self.know(b & !a, least - high, most - low);
                    }
                }
            }
            for (cells, (least, most)) in self.sums.clone() {
                let (low, high) = of(cells).fold((0, 0), |(l, h), i| (l + self.ends[i].0, h + self.ends[i].1));
                for i in of(cells) {
                    let end = self.ends[i];
                    let now = (end.0.max(least - (high - end.1)), end.1.min(most - (low - end.0)));
                    assert!(now.0 <= now.1, "what is shown contradicts itself: cell {i} {now:?}");
                    news |= now != end;
                    self.ends[i] = now;
                }
            }
            if !news {
                return;
            }
        }
    }

    /// Between which numbers the sum of these cells lies.
    pub fn ends(&self, cells: Cells) -> (i64, i64) {
        let ends = |cells: Cells| of(cells).fold((0, 0), |(l, h), i| (l + self.ends[i].0, h + self.ends[i].1));
        let mut out = ends(cells);
        for (sum, (least, most)) in &self.sums {
            if sum & cells == cells {
                let (low, high) = ends(sum & !cells);
                out = (out.0.max(least - high), out.1.min(most - low));
            } else if sum & cells == *sum {
                let (low, high) = ends(cells & !sum);
                out = (out.0.max(least + low), out.1.min(most + high));
            }
        }
        out
    }
}

#[test]
fn it_finds_what_the_attacks_found() {
    // 37 in the year, 34 in the months that are shown: October had three
    let mut s = Solver::new(12);
    s.know(0b1111_1111_1111, 37, 37);
    s.know(0b1101_1111_1111, 34, 34);
    s.conclude();
    assert_eq!(s.ends(1 << 9), (3, 3));
    // [6,1,1,1,1,1] of eleven, noughts shown: five hidden ones that are at least one each
    let mut s = Solver::new(6);
    s.know(0b11_1111, 11, 11);
    s.know(1, 6, 6);
    (1..6).for_each(|i| {
        s.know(1 << i, 1, 4);
    });
    s.conclude();
    assert_eq!(s.ends(1 << 3), (1, 1));
    // five live less two of one's own
    let mut s = Solver::new(2);
    s.know(0b11, 5, 5);
    s.know(1, 2, 2);
    s.conclude();
    assert_eq!(s.ends(0b10), (3, 3));
}
