//! Statistics: what a share says and does not say, whether two shares differ, how two answers go together.
//!
//! Shares are 0..1 here; [`crate::format`] makes per cent of them. Everything takes any numbers and says `None` where
//! there is nothing to say.

use crate::occurrence::Share;

/// The 97.5th percentile of the normal distribution: 95 % lie within ± this.
const Z: f64 = 1.959_963_984_540_054;

/// How much larger than the observed table another may seem and still count as equally likely: room for rounding.
const ALIKE: f64 = 1e-7;

/// The largest count of a table that is tested: above it the test would take more memory than it is worth.
const FISHER_MAX: i64 = 10_000_000;

#[allow(clippy::cast_precision_loss)] // counts of answers and cases
fn float(n: i64) -> f64 {
    n as f64
}

impl Share {
    /// The share as a number 0..1; `None` where nothing was counted.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0).then(|| float(self.numerator) / float(self.denominator))
    }

    /// See [`wilson`].
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.numerator, self.denominator)
    }
}

/// The 95 % interval of `n` of `d`, lower and upper bound in shares 0..1, by the score method without continuity
/// correction (Wilson 1927; method 3 of Newcombe, Statistics in Medicine 1998;17:857–872). It holds for small numbers and
/// for none and all, where the usual ± does not. `None` for no cases, negative numbers or more than all.
#[must_use]
pub fn wilson(n: i64, d: i64) -> Option<(f64, f64)> {
    if d <= 0 || n < 0 || n > d {
        return None;
    }
    let (x, total) = (float(n), float(d));
    let p = x / total;
    let z2 = Z * Z;
    let middle = 2.0 * x + z2;
    let half = Z * (z2 + 4.0 * x * (1.0 - p)).sqrt();
    let whole = 2.0 * (total + z2);
    // rounding must not leave 0 and 1 just beside themselves
    let low = if n == 0 { 0.0 } else { (middle - half) / whole };
    let high = if n == d { 1.0 } else { (middle + half) / whole };
    Some((low.max(0.0), high.min(1.0)))
}

/// Fisher's exact test of two groups (rows) with two outcomes (columns), two-sided: the probability of this table or one
/// at most as likely, given its sums, if the groups do not differ (Fisher 1935; the two-sided rule is that of R's
/// `fisher.test` and of Agresti, Categorical Data Analysis, 3.5). 1 where a row or a column is empty and where a count is
/// negative or above ten million: such a table says nothing here. Time and memory grow with the smallest sum.
#[must_use]
pub fn fisher(table: [[i64; 2]; 2]) -> f64 {
    let [[a, b], [c, d]] = table;
    if [a, b, c, d].into_iter().any(|n| !(0..=FISHER_MAX).contains(&n)) {
        return 1.0;
    }
    // a runs from low to high while all four sums stay
    let low = 0.max(a - d);
    let high = (a + b).min(a + c);
    // how much likelier a table is than the observed one, as a logarithm, step by step in both directions
    let up = (a..high).scan(0.0, |log, k| {
        *log += (float(a + b - k) * float(a + c - k)).ln() - (float(k + 1) * float(d - a + k + 1)).ln();
        Some(*log)
    });
    let down = (low..a).rev().scan(0.0, |log, k| {
        *log += (float(k + 1) * float(d - a + k + 1)).ln() - (float(a + b - k) * float(a + c - k)).ln();
        Some(*log)
    });
    let logs: Vec<f64> = std::iter::once(0.0).chain(up).chain(down).collect();
    // the largest is taken out, so that nothing is too large for a number
    let largest = logs.iter().copied().fold(0.0, f64::max);
    let sum = |keep: &dyn Fn(f64) -> bool| logs.iter().filter(|l| keep(**l)).map(|l| (l - largest).exp()).sum::<f64>();
    (sum(&|l| l <= ALIKE) / sum(&|_| true)).min(1.0)
}

/// Pearson's correlation of two answers given together, −1..1. Each row: the two values and how many gave them. `None`
/// for fewer than two, or where one of the two is always the same.
#[must_use]
pub fn correlation(pairs: &[(f64, f64, i64)]) -> Option<f64> {
    let valid = || pairs.iter().filter(|(x, y, n)| *n > 0 && x.is_finite() && y.is_finite());
    if valid().fold(0, |sum: i64, (_, _, n)| sum.saturating_add(*n)) < 2 {
        return None;
    }
    let mean_x = mean(&valid().map(|(x, _, n)| (*x, *n)).collect::<Vec<_>>())?;
    let mean_y = mean(&valid().map(|(_, y, n)| (*y, *n)).collect::<Vec<_>>())?;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y, n) in valid() {
        let (dx, dy, n) = (x - mean_x, y - mean_y, float(*n));
        xx += n * dx * dx;
        yy += n * dy * dy;
        xy += n * dx * dy;
    }
    let both = xx.sqrt() * yy.sqrt();
    let r = xy / both;
    (both > 0.0 && r.is_finite()).then(|| r.clamp(-1.0, 1.0))
}

/// The mean of values, each given a number of times. `None` where there is none.
#[must_use]
pub fn mean(values: &[(f64, i64)]) -> Option<f64> {
    let valid = || values.iter().filter(|(x, n)| *n > 0 && x.is_finite());
    let total: f64 = valid().map(|(_, n)| float(*n)).sum();
    (total > 0.0).then(|| valid().map(|(x, n)| x * float(*n)).sum::<f64>() / total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64, within: f64) -> bool {
        (a - b).abs() <= within
    }

    #[test]
    fn the_interval_is_that_of_newcombe() {
        // Newcombe 1998, Table I, method 3
        for (n, d, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = wilson(n, d).unwrap();
            assert!(close(l, low, 5e-5) && close(h, high, 5e-5), "{n}/{d}: {l} {h}");
        }
    }

    #[test]
    fn eleven_of_twenty_is_somewhere_between_a_third_and_three_quarters() {
        let (low, high) = Share { numerator: 11, denominator: 20 }.interval().unwrap();
        assert!(close(low, 0.342, 5e-4) && close(high, 0.742, 5e-4), "{low} {high}");
        assert_eq!(Share { numerator: 11, denominator: 20 }.value(), Some(0.55));
    }

    #[test]
    fn a_share_of_nothing_or_of_more_than_all_has_no_interval() {
        for (n, d) in [(0, 0), (1, 0), (-1, 20), (21, 20), (0, -5), (i64::MAX, i64::MIN)] {
            assert_eq!(wilson(n, d), None, "{n}/{d}");
        }
        assert_eq!(Share { numerator: 0, denominator: 0 }.value(), None);
        assert!(wilson(0, 5).unwrap().0 <= 0.0);
        assert!(wilson(5, 5).unwrap().1 >= 1.0);
        let (low, high) = wilson(50_000, 100_000).unwrap();
        assert!(close(low, 0.4969, 1e-4) && close(high, 0.5031, 1e-4));
        assert!(wilson(i64::MAX, i64::MAX).is_some());
    }

    #[test]
    fn the_exact_test_is_that_of_the_books() {
        for (table, p, within, _source) in [
            // 34/70
            ([[3, 1], [1, 3]], 0.485_714_285_7, 1e-9, "Fisher, The Design of Experiments, 1935: the lady tasting tea"),
            ([[2, 10], [15, 3]], 0.000_536_7, 5e-8, "Fisher, Statistical Methods for Research Workers, 21.02, as in R"),
            ([[1, 9], [11, 3]], 0.002_759_456, 5e-9, "Wikipedia, Fisher's exact test: studying, men and women"),
            ([[6, 2], [1, 4]], 0.102_564_102_6, 1e-9, "SciPy reference, fisher_exact"),
            ([[8, 2], [1, 5]], 0.034_965_034_97, 1e-9, "SciPy reference, fisher_exact, earlier example"),
        ] {
            let got = fisher(table);
            assert!(close(got, p, within), "{table:?}: {got}");
        }
    }

    #[test]
    fn a_table_without_difference_has_probability_one_and_one_of_large_numbers_its_own() {
        assert!(close(fisher([[10, 10], [10, 10]]), 1.0, 1e-12));
        for empty in [[[0, 0], [3, 4]], [[0, 3], [0, 4]], [[0, 0], [0, 0]], [[-1, 3], [2, 4]], [[i64::MAX, 1], [1, 1]]]
        {
            assert!(fisher(empty) >= 1.0, "{empty:?}");
        }
        // 50 % of 100 000 against 51 %: z = 4.472, p = 7.7e-6; against half: nothing
        let p = fisher([[50_000, 50_000], [51_000, 49_000]]);
        assert!((7.0e-6..8.5e-6).contains(&p), "{p}");
        assert!(fisher([[50_000, 50_000], [50_001, 49_999]]) > 0.99);
        assert!(fisher([[100_000, 0], [0, 100_000]]) < 1e-300);
    }

    #[test]
    fn correlation_is_that_of_anscombe() {
        // Anscombe, Graphs in Statistical Analysis, The American Statistician 1973;27:17–21, first set: r = 0.816
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let pairs: Vec<_> = x.into_iter().zip(y).map(|(x, y)| (x, y, 1)).collect();
        assert!(close(correlation(&pairs).unwrap(), 0.816_42, 5e-6));
        assert!(close(mean(&x.map(|x| (x, 1))).unwrap(), 9.0, 1e-12));
        let many: Vec<_> = pairs.iter().map(|(x, y, _)| (*x, *y, 100_000)).collect();
        assert!(close(correlation(&many).unwrap(), 0.816_42, 5e-6));
    }

    #[test]
    fn answers_that_never_vary_do_not_go_together_with_anything() {
        assert_eq!(correlation(&[]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 1)]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 7), (1.0, 3.0, 5)]), None);
        assert_eq!(correlation(&[(f64::NAN, 2.0, 7), (1.0, 3.0, 5), (2.0, f64::INFINITY, 5)]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 3), (2.0, 4.0, 0), (3.0, 5.0, -2)]), None);
        assert!(close(correlation(&[(1.0, 10.0, 3), (3.0, 30.0, 2)]).unwrap(), 1.0, 1e-12));
        assert_eq!(mean(&[(1.0, 0), (2.0, -1)]), None);
        assert_eq!(mean(&[(1.0, 3), (5.0, 1)]), Some(2.0));
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share_and_lies_within_all(d in 1i64..=100_000, part in 0.0f64..=1.0) {
            #[allow(clippy::cast_possible_truncation)]
            let n = ((float(d) * part) as i64).clamp(0, d);
            let (low, high) = wilson(n, d).unwrap();
            let share = float(n) / float(d);
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
            let (mirror_low, mirror_high) = wilson(d - n, d).unwrap();
            prop_assert!(close(low, 1.0 - mirror_high, 1e-9) && close(high, 1.0 - mirror_low, 1e-9));
        }

        #[test]
        fn the_exact_test_does_not_mind_which_group_or_outcome_comes_first(
            a in 0i64..60, b in 0i64..60, c in 0i64..60, d in 0i64..60
        ) {
            let p = fisher([[a, b], [c, d]]);
            prop_assert!(p > 0.0 && p <= 1.0);
            for other in [[[b, a], [d, c]], [[c, d], [a, b]], [[a, c], [b, d]]] {
                prop_assert!(close(fisher(other), p, 1e-9), "{} {}", p, fisher(other));
            }
        }

        #[test]
        fn the_exact_test_is_the_sum_over_all_tables_with_the_same_sums(
            a in 0u32..12, b in 0u32..12, c in 0u32..12, d in 0u32..12
        ) {
            // with whole numbers: how many ways there are to each table
            let choose = |n: u32, k: u32| (0..k).fold(1u128, |out, i| out * u128::from(n - i) / u128::from(i + 1));
            let ways = |k: u32| choose(a + b, k) * choose(c + d, a + c - k);
            let tables: Vec<u32> = ((a + c).saturating_sub(c + d)..=(a + b).min(a + c)).collect();
            let all: u128 = tables.iter().map(|k| ways(*k)).sum();
            let tail: u128 = tables.iter().map(|k| ways(*k)).filter(|w| *w <= ways(a)).sum();
            #[allow(clippy::cast_precision_loss)]
            let expected = tail as f64 / all as f64;
            let table = [[a, b], [c, d]].map(|row| row.map(i64::from));
            prop_assert!(close(fisher(table), expected, 1e-9), "{} {}", fisher(table), expected);
        }

        #[test]
        fn correlation_lies_between_minus_one_and_one_whatever_is_given(
            pairs in prop::collection::vec((any::<f64>(), any::<f64>(), prop_oneof![-5i64..1000, any::<i64>()]), 0..20)
        ) {
            if let Some(r) = correlation(&pairs) {
                prop_assert!((-1.0..=1.0).contains(&r));
            }
        }
    }
}
