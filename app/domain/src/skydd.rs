//! Skydd: which counts of a whole and of a table are shown to everybody. A count of one to four, where it is known who works with what,
//! points at somebody; so does what is left when the others are taken from the whole, and so does a sum that leaves its
//! parts no choice.
//!
//! Everybody knows these rules too, and reckons with them. What keeps them from reckoning backwards is that **none and few
//! look the same**, and that every whole has cases that belong to no class (not yet assessed, nothing stated, not closed)
//! which are never shown by themselves: whatever is shown, each class that is hidden may still hold any number from none to
//! four. The tests turn the rules round and prove it.

use crate::redovisning::MINST;

pub mod dolt;
#[cfg(test)]
pub(crate) mod solver;

/// How a count that is not shown reads.
pub const FEW: &str = "färre än 5";
/// How a count reads that is hidden, for its own sake or that of another.
pub const HIDDEN: &str = "visas inte";

/// Whether so many point at somebody.
pub(crate) fn small(n: i64) -> bool {
    (1..MINST).contains(&n)
}

/// The place of the smallest that is shown; of two the first, so that the same table always hides the same.
fn smallest(shown: &[Option<i64>]) -> Option<usize> {
    shown.iter().enumerate().filter_map(|(i, n)| n.map(|n| (n, i))).min().map(|(_, i)| i)
}

/// Classes of which a case has one or none: which counts are shown. What is hidden, together with the cases that have none,
/// is the rest: the whole less what is shown, nothing or at least five.
#[must_use]
pub fn suppress(whole: i64, counts: &[i64]) -> Vec<Option<i64>> {
    let mut out: Vec<Option<i64>> = counts.iter().map(|n| (*n >= MINST).then_some(*n)).collect();
    let rest = |out: &[Option<i64>]| whole - out.iter().flatten().sum::<i64>();
    if rest(&out) < 0 {
        // they are not classes of this whole
        return vec![None; counts.len()];
    }
    while small(rest(&out)) {
        match smallest(&out) {
            Some(next) => out[next] = None,
            None => break,
        }
    }
    out
}

/// Marks of which a case may have several or none: which counts are shown. Each has a complement of its own; and though they
/// overlap, they may happen not to, so what all of them leave of the whole must not be few either.
#[must_use]
pub fn marks(whole: i64, counts: &[i64]) -> Vec<Option<i64>> {
    let own = |n: &i64| *n >= MINST && *n <= whole && !small(whole - n);
    let mut out: Vec<Option<i64>> = counts.iter().map(|n| own(n).then_some(*n)).collect();
    while small(whole - out.iter().flatten().sum::<i64>()) {
        match smallest(&out) {
            Some(next) => out[next] = None,
            None => break,
        }
    }
    out
}

/// Classes of which every case has exactly one, known from outside: nothing absorbs what is hidden. They are shown when what
/// is hidden is nothing, or so many that each hidden class may hold any number from one to four; otherwise none is.
#[must_use]
pub fn closed(whole: i64, counts: &[i64]) -> Option<Vec<Option<i64>>> {
    let out: Vec<Option<i64>> = counts.iter().map(|n| (*n >= MINST).then_some(*n)).collect();
    let rest = whole - out.iter().flatten().sum::<i64>();
    let hidden = i64::try_from(out.iter().filter(|n| n.is_none()).count()).unwrap_or(i64::MAX);
    let few = MINST - 1;
    let free = (MINST..=few.saturating_mul(hidden - 1) + 1).contains(&rest);
    // a table of nothing but hidden ones is not told from one that is not shown
    (rest == 0 || free && rest < whole).then_some(out)
}

#[cfg(test)]
mod tests;
