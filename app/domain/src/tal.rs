//! Tal: an exact decimal. Binary floats cannot say 0,3: (0,33 − 0,3) / 0,3 is 0,10000000000000009 in them, and "within 10 %" is
//! wrong. What is counted, measured and aimed at is kept in ten-thousandths, as the same integer in both databases, and is
//! rounded only to be shown.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Neg, Sub},
};

use serde::{Deserialize, Serialize};

use crate::format;

/// A number with up to four decimals, kept in ten-thousandths. Sums of millions of the largest that a form takes (10¹²) fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tal(i64);

/// How many decimals there are.
pub const DECIMALS: u32 = 4;
/// Ten-thousandths of one.
const ONE: i64 = 10_000;

impl Tal {
    /// 0.
    pub const ZERO: Self = Self(0);
    /// The largest that a form takes, and with its sign changed the least: a thousand milliards.
    pub const MOST: Self = Self::whole(1_000_000_000_000);
    /// What per cent are of.
    pub const HUNDRED: Self = Self::whole(100);

    /// A whole number. One that cannot be kept is the nearest that can: callers have limits far below.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(ONE))
    }

    /// From ten-thousandths, which both databases hold.
    #[must_use]
    pub const fn of_stored(ten_thousandths: i64) -> Self {
        Self(ten_thousandths)
    }

    /// What is stored: ten-thousandths.
    #[must_use]
    pub const fn stored(self) -> i64 {
        self.0
    }

    /// Reads figures with at most one decimal point, as `1346` and `0.33`; no sign, no blanks. None for anything else, for more
    /// decimals than are kept (noughts at the end aside) and for what is too large.
    #[must_use]
    pub fn of_figures(whole: &str, part: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let part = part.trim_end_matches('0');
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > DECIMALS as usize {
            return None;
        }
        let whole = whole.parse::<i64>().ok()?.checked_mul(ONE)?;
        // four figures at most
        let part = format!("{part:0<4}").parse::<i64>().ok()?;
        whole.checked_add(part).map(Self)
    }

    /// The whole number that it is; none where it has decimals.
    #[must_use]
    pub const fn int(self) -> Option<i64> {
        if self.0 % ONE == 0 { Some(self.0 / ONE) } else { None }
    }

    /// How many decimals it has, noughts at the end not counted.
    #[must_use]
    pub fn decimals(self) -> u32 {
        (0..DECIMALS).find(|decimals| self.0 % 10_i64.pow(DECIMALS - decimals) == 0).unwrap_or(DECIMALS)
    }

    /// Rounded to so many decimals, a half away from zero: 0,25 is 0,3 and −0,25 is −0,3.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        let step = 10_i64.pow(DECIMALS.saturating_sub(decimals));
        // what was kept was at most one step from the end of what can be kept
        Self(narrow(half_away(self.0.into(), step.into()).saturating_mul(step.into())))
    }

    /// Times another, rounded to what is kept; none where it is too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(other.0);
        i64::try_from(half_away(product, ONE.into())).ok().map(Self)
    }

    /// Divided by another, rounded to what is kept; none by zero, or where it is too large.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Self::ratio(self.0.into(), other.0.into())
    }

    /// A share in per cent; none without a whole to divide by.
    #[must_use]
    pub fn per_cent(numerator: i64, denominator: i64) -> Option<Self> {
        Self::ratio(i128::from(numerator) * 100, denominator.into())
    }

    fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let numerator = numerator.checked_mul(ONE.into())?;
        let (numerator, denominator) = if denominator < 0 {
            (numerator.checked_neg()?, denominator.checked_neg()?)
        } else {
            (numerator, denominator)
        };
        i64::try_from(half_away(numerator, denominator)).ok().map(Self)
    }

    /// How much it is, without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// A sum that does not fall off the end: none where it is too large to be kept.
    #[must_use]
    pub fn checked_sum(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let sum: i128 = parts.into_iter().map(|part| i128::from(part.0)).sum();
        i64::try_from(sum).ok().map(Self)
    }

    /// It in per cent of another; none of nought and of what is below it, which nothing is a share of, and where it is too large.
    #[must_use]
    pub fn per_cent_of(self, whole: Self) -> Option<Self> {
        Self::HUNDRED.times(self).filter(|_| whole > Self::ZERO)?.over(whole)
    }

    /// Whether a share reaches it in per cent. Nothing is rounded: 2 of 3 do not reach 66,6667 %.
    #[must_use]
    pub fn is_reached_by(self, numerator: i64, denominator: i64) -> bool {
        i128::from(numerator) * i128::from(100 * ONE) >= i128::from(self.0) * i128::from(denominator)
    }

    /// The nearest that is kept; none for what is no number or too large. For figures of a workbook, which are floats.
    #[must_use]
    pub fn nearest(x: f64) -> Option<Self> {
        #[allow(clippy::cast_precision_loss)] // a limit, and 10 000
        let (most, scaled) = (Self::MOST.0 as f64, x * ONE as f64);
        // a float that does not quite say a half says it in its shortest writing, which has at most 17 figures
        #[allow(clippy::cast_possible_truncation)] // within the limit
        (scaled.abs() <= most).then(|| Self(scaled.round() as i64))
    }

    /// For places on a picture and for workbooks; never for sums.
    #[must_use]
    pub fn float(self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // less than a pixel
        let (kept, one) = (self.0 as f64, ONE as f64);
        kept / one
    }

    /// `1346,5`: as a form takes it back, without blanks. Three decimals get a nought, so that they are not asked about as
    /// thousands ([`crate::number::read`]).
    #[must_use]
    pub fn typed(self) -> String {
        let nought = if self.decimals() == 3 { "0" } else { "" };
        let text: String = self.to_string().chars().filter(|c| *c != format::NBSP).collect();
        text.replace('−', "-") + nought
    }

    /// `1 346,50`: with so many decimals, rounded.
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> String {
        let decimals = decimals.min(DECIMALS);
        let rounded = self.rounded(decimals);
        let sign = if rounded.0 < 0 { "−" } else { "" };
        let (whole, part) = rounded.parts();
        if decimals == 0 {
            return format!("{sign}{whole}");
        }
        format!("{sign}{whole},{}", &part[..decimals as usize])
    }

    /// The whole part with blanks between thousands and the four decimals, without the sign.
    fn parts(self) -> (String, String) {
        let (one, kept) = (ONE.unsigned_abs(), self.0.unsigned_abs());
        let whole = i64::try_from(kept / one).map_or_else(|_| String::new(), format::int);
        (whole, format!("{:04}", kept % one))
    }
}

/// `1 346,5`, `−0,33`: with as many decimals as it has.
impl fmt::Display for Tal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_decimals(self.decimals()))
    }
}

impl Add for Tal {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Tal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Tal {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Tal {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// A quotient by a positive number, rounded a half away from zero.
fn half_away(numerator: i128, denominator: i128) -> i128 {
    let (quotient, rest) = (numerator / denominator, numerator % denominator);
    if rest.abs() * 2 >= denominator { quotient + numerator.signum() } else { quotient }
}

fn narrow(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tal(text: &str) -> Tal {
        let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        Tal::of_stored(Tal::of_figures(whole, part).unwrap().stored() * sign)
    }

    #[test]
    fn what_is_within_ten_per_cent_is_so() {
        // in floats this is 0.10000000000000009
        assert_eq!((tal("0.33") - tal("0.3")).over(tal("0.3")), Some(tal("0.1")));
        assert_eq!(["0.1"; 3].map(tal).into_iter().sum::<Tal>(), tal("0.3"));
    }

    #[test]
    fn it_is_shown_as_swedish_and_rounded_away_from_zero_only_then() {
        for (text, decimals, shown) in [
            ("1346", 0, "1\u{a0}346"),
            ("435935.05", 2, "435\u{a0}935,05"),
            ("0.53", 2, "0,53"),
            ("0.25", 1, "0,3"),
            ("-0.25", 1, "−0,3"),
            ("-0.04", 1, "0,0"),
            ("77.7778", 2, "77,78"),
            ("99.95", 1, "100,0"),
            ("2.5", 0, "3"),
            ("7", 9, "7,0000"),
        ] {
            assert_eq!(tal(text).with_decimals(decimals), shown, "{text}");
        }
        for (text, shown) in [("3.30", "3,3"), ("-40", "−40"), ("0", "0"), ("0.3333", "0,3333"), ("-0.5", "−0,5")] {
            assert_eq!(tal(text).to_string(), shown);
        }
        assert_eq!(Tal::of_stored(i64::MIN).to_string(), "−922\u{a0}337\u{a0}203\u{a0}685\u{a0}477,5808");
    }

    #[test]
    fn shares_are_reckoned_from_their_parts() {
        assert_eq!(Tal::per_cent(14, 18), Some(tal("77.7778")));
        assert_eq!(Tal::per_cent(1, 8).map(|x| x.with_decimals(0)).as_deref(), Some("13"));
        assert_eq!((Tal::per_cent(1, 0), tal("1").over(Tal::ZERO)), (None, None));
        assert!(tal("66.6666").is_reached_by(2, 3) && !tal("66.6667").is_reached_by(2, 3));
        assert!(tal("75").is_reached_by(3, 4) && !tal("75.0001").is_reached_by(3, 4));
    }

    #[test]
    fn what_cannot_be_kept_is_no_figure() {
        for (whole, part) in [("", "5"), ("1", "00001"), ("-1", ""), ("1e5", ""), ("999999999999999", ""), ("1", "+2")]
        {
            assert_eq!(Tal::of_figures(whole, part), None, "{whole}.{part}");
        }
        assert_eq!(Tal::of_figures("1", "50000"), Some(tal("1.5")), "noughts say nothing");
        for x in [f64::NAN, f64::INFINITY, 1e300, -1e13] {
            assert_eq!(Tal::nearest(x), None, "{x}");
        }
        assert_eq!(Tal::nearest(0.57 * 100.0), Some(tal("57")));
        assert_eq!(Tal::whole(i64::MAX).times(Tal::whole(2)), None);
    }

    proptest! {
        #[test]
        fn what_is_typed_comes_back(stored in -9_000_000_000_000_000_i64..9_000_000_000_000_000) {
            let x = Tal::of_stored(stored);
            let most = Tal::of_stored(i64::MAX);
            let read = crate::number::read(&x.typed(), &(-most..=most)).unwrap().unwrap();
            prop_assert_eq!(read.number, x);
            let shown = crate::number::read(&x.to_string(), &(Tal::ZERO..=Tal::ZERO)).unwrap().unwrap();
            prop_assert_eq!(shown.number, x, "what is printed is read");
            prop_assert_eq!(Tal::nearest(x.float()).filter(|_| stored.abs() < 1_000_000_000_000), (stored.abs() < 1_000_000_000_000).then_some(x));
        }

        #[test]
        fn rounding_is_at_most_half_a_step_away(stored in -1_000_000_000_000_i64..1_000_000_000_000, decimals in 0_u32..=4) {
            let (x, step) = (Tal::of_stored(stored), 10_i64.pow(4 - decimals));
            let rounded = x.rounded(decimals);
            prop_assert!((rounded - x).stored().abs() * 2 <= step);
            prop_assert_eq!(rounded.stored() % step, 0);
            prop_assert_eq!((-x).rounded(decimals), -rounded, "both ways alike");
        }

        #[test]
        fn a_share_in_per_cent_has_the_sign_of_its_part_and_is_of_what_is_above_nought(part in -1_000_000_i64..1_000_000, whole in -1_000_i64..1_000) {
            let of = Tal::whole(part).per_cent_of(Tal::whole(whole));
            prop_assert_eq!(of, Tal::per_cent(part, whole).filter(|_| whole > 0));
            prop_assert_eq!(Tal::whole(part).abs(), Tal::whole(part.abs()));
        }

        #[test]
        fn parts_make_their_sum(parts in prop::collection::vec(-1_000_000_000_000_i64..1_000_000_000_000, 0..50)) {
            let sum: Tal = parts.iter().map(|p| Tal::of_stored(*p)).sum();
            prop_assert_eq!(sum.stored(), parts.iter().sum::<i64>());
        }

        #[test]
        fn times_and_over_undo_each_other(x in -1_000_000_i64..1_000_000, y in 1_i64..1_000_000) {
            let (x, y) = (Tal::whole(x), Tal::whole(y));
            prop_assert_eq!(x.times(y).and_then(|product| product.over(y)), Some(x));
        }
    }
}
