//! Skydd: counts that everybody sees. A count of one to four, where it is known who works with what, points at somebody; so
//! does what is left when the others are taken from the total.

use super::{Kind, register::Counts};
use crate::redovisning::{Cell, MINST, Run, redovisa};

/// How a count that is not shown reads.
pub const FEW: &str = "färre än 5";
/// How a count reads that is hidden for the sake of another.
pub const HIDDEN: &str = "visas inte";

fn small(n: i64) -> bool {
    (1..MINST).contains(&n)
}

/// Hides counts of one to four that add up to a shown total, and the smallest others until what is hidden is five or more
/// together. `None` is hidden. A total of one to four hides all. Noughts are shown: they point at nobody.
#[must_use]
pub fn suppress(counts: &[i64]) -> Vec<Option<i64>> {
    let counts: Vec<i64> = counts.iter().map(|n| (*n).max(0)).collect();
    let mut out: Vec<Option<i64>> = counts.iter().map(|n| (!small(*n)).then_some(*n)).collect();
    loop {
        let hidden: i64 = counts.iter().zip(&out).filter(|(_, o)| o.is_none()).map(|(n, _)| n).sum();
        if !small(hidden) {
            return out;
        }
        // the smallest that is shown; of two the first, so that the same table always hides the same
        let next = (0..out.len()).filter(|i| out[*i].is_some_and(|n| n > 0)).min_by_key(|i| (counts[*i], *i));
        match next {
            Some(next) => out[next] = None,
            None => return out,
        }
    }
}

/// Counts as everybody sees them: the total, and each kind or `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Events.
    pub total: Option<i64>,
    /// Under each kind, in the order of [`Kind::ALL`].
    pub kinds: [Option<i64>; Kind::ALL.len()],
    /// Reported to IVO.
    pub ivo: Option<i64>,
    /// Reported to IMY.
    pub imy: Option<i64>,
}

/// What everybody sees of counts. Avvikelse, klagomål and synpunkt are taken as parts of the total. Missförhållanden and
/// personuppgiftsincidenter are parts of the avvikelser, what goes to IVO and IMY parts of them: a part is hidden when it
/// or what remains of its whole is one to four, or when its whole is hidden.
#[must_use]
pub fn shown(counts: &Counts) -> Shown {
    let n = |kind| counts.of(kind);
    let parts = [Kind::Avvikelse, Kind::Klagomal, Kind::Synpunkt];
    let total = (!small(counts.total)).then_some(counts.total);
    let by_part = suppress(&parts.map(n));
    let of_part = |kind| parts.iter().position(|p| *p == kind).and_then(|i| by_part.get(i).copied().flatten());
    let part = |n: i64, whole: Option<i64>| whole.filter(|w| !small(n) && !small(w - n)).map(|_| n);
    let avvikelse = total.and(of_part(Kind::Avvikelse));
    let lex_sarah = part(n(Kind::LexSarah), avvikelse);
    let pui = part(n(Kind::Pui), avvikelse);
    let kinds = Kind::ALL.map(|kind| match kind {
        Kind::LexSarah => lex_sarah,
        Kind::Pui => pui,
        kind => total.and(of_part(kind)),
    });
    Shown { total, kinds, ivo: part(counts.ivo, lex_sarah), imy: part(counts.imy, pui) }
}

/// Counts of consecutive months as everybody sees them: months with fewer than five are put together with those after them;
/// what is left at the end is not there. `first` and `last` of a run are places in `months`. Only months that have ended
/// may be given, so that no month changes once it is shown.
#[must_use]
pub fn months(months: &[i64]) -> Vec<Run> {
    let cell = |(period, n): (usize, &i64)| Cell { period, counts: vec![*n], closed: true, ..Cell::default() };
    redovisa(&months.iter().enumerate().map(cell).collect::<Vec<_>>()).by_period()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_small_count_takes_the_smallest_other_with_it() {
        assert_eq!(suppress(&[20, 3, 9, 0]), [Some(20), None, None, Some(0)]);
        assert_eq!(suppress(&[20, 3, 2]), [Some(20), None, None], "three and two are five together");
        assert_eq!(suppress(&[20, 1, 1, 6, 6]), [Some(20), None, None, None, Some(6)]);
        assert_eq!(suppress(&[3, 0]), [None, Some(0)]);
        assert_eq!(suppress(&[]), []);
    }

    #[test]
    fn the_huddinge_year_is_shown_but_for_the_three_to_ivo() {
        let counts = Counts { total: 182, kinds: [155, 72, 12, 27, 0], ivo: 3, imy: 0 };
        let shown = shown(&counts);
        assert_eq!(shown.total, Some(182));
        assert_eq!(shown.kinds, [Some(155), Some(72), Some(12), Some(27), Some(0)]);
        assert_eq!((shown.ivo, shown.imy), (None, Some(0)));
    }

    #[test]
    fn what_remains_of_a_whole_is_hidden_too() {
        let counts = Counts { total: 22, kinds: [20, 18, 2, 2, 0], ivo: 6, imy: 0 };
        let shown = shown(&counts);
        assert_eq!(shown.total, Some(22));
        assert_eq!(shown.kinds, [None, None, None, None, Some(0)], "20 of 22 would tell of the two klagomål");
        assert_eq!((shown.ivo, shown.imy), (None, None));
        let few = Counts { total: 3, kinds: [3, 0, 0, 0, 0], ivo: 0, imy: 0 };
        assert_eq!(super::shown(&few).total, None);
        assert_eq!(super::shown(&Counts::default()).kinds, [Some(0); 5]);
    }

    #[test]
    fn small_months_are_put_together() {
        let runs: Vec<_> = months(&[7, 2, 1, 4, 0, 9, 3]).iter().map(|r| (r.first, r.last, r.n)).collect();
        assert_eq!(runs, [(0, 0, 7), (1, 3, 7), (5, 5, 9)]);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_together_none_or_five_or_all(counts in prop::collection::vec(0i64..12, 0..9)) {
            let out = suppress(&counts);
            let hidden: i64 = counts.iter().zip(&out).filter(|(_, o)| o.is_none()).map(|(n, _)| n).sum();
            let total: i64 = counts.iter().sum();
            prop_assert!(!small(hidden) || small(total));
            for (n, shown) in counts.iter().zip(out) {
                prop_assert!(shown.is_none_or(|s| s == *n && !small(s)));
            }
        }

        #[test]
        fn no_difference_of_shown_kinds_is_one_to_four(
            klagomal in 0i64..12, synpunkt in 0i64..12, avvikelse in 0i64..40, lex in 0i64..40, pui in 0i64..40, ivo in 0i64..40
        ) {
            let (lex, pui) = (lex.min(avvikelse), pui.min(avvikelse));
            let counts = Counts {
                total: avvikelse + klagomal + synpunkt,
                kinds: [avvikelse, lex, pui, klagomal, synpunkt],
                ivo: ivo.min(lex),
                imy: 0,
            };
            let shown = shown(&counts);
            let [a, l, p, k, s] = shown.kinds;
            let known = |parts: &[Option<i64>]| parts.iter().map(|p| p.unwrap_or(0)).sum::<i64>();
            if let Some(total) = shown.total {
                prop_assert!(!small(total - known(&[a, k, s])));
            }
            for (whole, part) in [(a, l), (a, p), (l, shown.ivo), (p, shown.imy)] {
                if let Some(part) = part {
                    prop_assert!(!small(part) && !small(whole.unwrap() - part));
                }
            }
        }
    }
}
