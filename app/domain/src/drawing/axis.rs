//! Axis: amounts of any unit up and down a chart, with four to six lines at figures that are easy to read. All is reckoned
//! in [`Tal`]: what stands at a line is exactly where the line is.

use super::{Anchor, At, Ink, Mark, line, text};
use crate::{
    format::capitalised,
    tal::{DECIMALS, Tal},
};

/// So many lines; what says nothing else is 1, 2 or 5 times a power of ten apart.
const FEWEST: i128 = 4;
const MOST: i128 = 6;
/// Amounts from a million are written in these: how many noughts that leaves out, and the word for it.
const LARGE: [(u32, &str); 2] = [(9, "miljarder"), (6, "miljoner")];
/// With more decimals than so, a large amount is written out instead.
const LARGE_DECIMALS: u32 = 2;
/// A flat line has a tenth of itself on both sides.
const FLAT: i128 = 10;

/// The lines of a chart from side to side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// At the lowest line.
    low: Tal,
    /// From one line to the next.
    step: Tal,
    /// How many there are.
    lines: i64,
    /// Noughts that its figures leave out, and the word for it.
    large: Option<(u32, &'static str)>,
}

impl Axis {
    /// The axis that amounts from `low` to `high`, shown with so many decimals, have room on. With `from_zero`, for what is as
    /// long as it is much, nought is on it; without, it is where it is no farther away than the amounts are apart. An amount
    /// alone lies within its axis too.
    #[must_use]
    pub fn of(low: Tal, high: Tal, decimals: u32, from_zero: bool) -> Self {
        let unit = 10_i128.pow(DECIMALS.saturating_sub(decimals));
        let (mut low, mut high) = (i128::from(low.min(high).stored()), i128::from(high.max(low).stored()));
        if low == high && low != 0 {
            let room = (low.abs() / FLAT).max(unit);
            (low, high) = (low - room, high + room);
        }
        if from_zero || low > 0 && low <= high - low {
            low = low.min(0);
        }
        if from_zero || high < 0 && -high <= high - low {
            high = high.max(0);
        }
        let (mut first, mut last, step) = steps(low, high, unit);
        while last - first + 1 < FEWEST {
            // what is below nought goes on downwards: nought stays at the edge
            if high <= 0 && low < 0 { first -= 1 } else { last += 1 }
        }
        let (low, step) = (kept(first * step), kept(step));
        let lines = i64::try_from(last - first + 1).unwrap_or(1);
        let mut axis = Self { low, step, lines, large: None };
        axis.large = axis.large();
        axis
    }

    /// The word for thousands of thousands, where the figures are so large and stay exact.
    fn large(&self) -> Option<(u32, &'static str)> {
        let most = self.low.stored().unsigned_abs().max(self.high().stored().unsigned_abs());
        let fits = |noughts: u32| {
            let (million, step) = (10_i64.pow(noughts), self.step.stored());
            let exact = step % million == 0 && self.low.stored() % million == 0;
            // a whole million or more
            most / 10_u64.pow(DECIMALS) >= million.unsigned_abs()
                && exact
                && Tal::of_stored(step / million).decimals() <= LARGE_DECIMALS
        };
        LARGE.into_iter().find(|(noughts, _)| fits(*noughts))
    }

    /// What is at its lines, from the lowest.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tal> {
        let at = |n: i64| self.low.stored().saturating_add(self.step.stored().saturating_mul(n));
        (0..self.lines).map(|n| Tal::of_stored(at(n))).collect()
    }

    /// At the highest line.
    fn high(&self) -> Tal {
        Tal::of_stored(self.low.stored().saturating_add(self.step.stored().saturating_mul(self.lines - 1)))
    }

    /// Whether nought is on it.
    fn has_zero(&self) -> bool {
        self.low <= Tal::ZERO && self.high() >= Tal::ZERO
    }

    /// How what stands at a line is written: all with as many decimals as the steps between them need.
    #[must_use]
    pub fn label(&self, tick: Tal) -> String {
        let written = |of: Tal| self.large.map_or(of, |(noughts, _)| Tal::of_stored(of.stored() / 10_i64.pow(noughts)));
        written(tick).with_decimals(written(self.step).decimals().max(written(self.low).decimals()))
    }

    /// How many letters the longest of them has.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.ticks().into_iter().map(|tick| self.label(tick).chars().count()).max().unwrap_or(0)
    }

    /// What stands over it: the unit, in which it is written, and where it begins if that is not at nought.
    #[must_use]
    pub fn caption(&self, unit: &str) -> String {
        let unit = match self.large {
            Some((_, word)) => format!("{word} {unit}"),
            None => unit.to_owned(),
        };
        let unit = capitalised(unit.trim());
        if self.has_zero() {
            return unit;
        }
        let low = self.label(self.low);
        if unit.is_empty() { format!("Axeln börjar på {low}") } else { format!("{unit}, axeln börjar på {low}") }
    }

    /// Where an amount lies, as a part (0–1) of the way from the highest line to the lowest.
    #[must_use]
    pub fn down(&self, of: Tal) -> f64 {
        let apart = |a: Tal, b: Tal| {
            #[allow(clippy::cast_precision_loss)] // less than a pixel
            let apart = (i128::from(a.stored()) - i128::from(b.stored())) as f64;
            apart
        };
        (apart(self.high(), of) / apart(self.high(), self.low).max(1.0)).clamp(0.0, 1.0)
    }

    /// The lines from side to side with what is at them before them; `top` is that of the highest line, `high` how far from
    /// there to the lowest. Nought is stronger than the others.
    pub(super) fn grid(&self, out: &mut Vec<Mark>, top: f64, high: f64) {
        for tick in self.ticks() {
            let y = top + self.down(tick) * high;
            out.push(line(Ink::Grid(tick == Tal::ZERO), At::across(0.0, y), At::across(1.0, y)));
            out.push(text(Ink::Axis, At::new(-8.0, y + 5.0), Anchor::End, self.label(tick)));
        }
    }
}

/// The smallest step of which no more lines than [`MOST`] are needed, and which of its multiples are the first and the last.
fn steps(low: i128, high: i128, unit: i128) -> (i128, i128, i128) {
    let mut power = unit;
    loop {
        for step in [power, 2 * power, 5 * power] {
            let (first, last) = (low.div_euclid(step), -(-high).div_euclid(step));
            if last - first < MOST {
                return (first, last, step);
            }
        }
        power *= 10;
    }
}

/// What is beyond all that can be kept is the last that can.
fn kept(stored: i128) -> Tal {
    Tal::of_stored(i64::try_from(stored).unwrap_or(if stored < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(axis: &Axis) -> String {
        let all: Vec<String> = axis.ticks().into_iter().map(|tick| axis.label(tick).replace('\u{a0}', " ")).collect();
        all.join(" | ")
    }

    #[test]
    fn the_lines_are_at_figures_that_are_easy_to_read() {
        // ten-thousandths: lowest, highest; decimals of the series; whether from nought
        for (low, high, decimals, from_zero, shown) in [
            (3_140_000, 3_720_000, 0, false, "300 | 320 | 340 | 360 | 380"),
            (3_140_000, 3_720_000, 0, true, "0 | 100 | 200 | 300 | 400"),
            (76_000, 279_000, 1, false, "0 | 10 | 20 | 30"),
            (200, 8_000, 2, false, "0,0 | 0,2 | 0,4 | 0,6 | 0,8"),
            (0, 10_000, 0, false, "0 | 1 | 2 | 3"),
            (0, 0, 0, false, "0 | 1 | 2 | 3"),
            (0, 0, 2, true, "0,00 | 0,01 | 0,02 | 0,03"),
            (3_360_000, 3_360_000, 0, false, "300 | 320 | 340 | 360 | 380"),
            (30_000, 30_000, 0, false, "0 | 1 | 2 | 3 | 4"),
            (-400_000, -120_000, 0, false, "−40 | −30 | −20 | −10 | 0"),
            (-3_720_000, -3_140_000, 0, false, "−380 | −360 | −340 | −320 | −300"),
            (-100_000, 300_000, 0, true, "−10 | 0 | 10 | 20 | 30"),
            (-10_000, -10_000, 0, true, "−3 | −2 | −1 | 0"),
            (134_600_000, 210_000_000, 0, false, "12 000 | 14 000 | 16 000 | 18 000 | 20 000 | 22 000"),
            (32_000_000_000, 34_000_000_000, 0, false, "3,20 | 3,25 | 3,30 | 3,35 | 3,40"),
            (0, 10_000_000_000_000_000, 0, true, "0 | 200 | 400 | 600 | 800 | 1 000"),
            (
                10_000_000_000_000_000,
                10_000_000_000_010_000,
                0,
                false,
                "1 000 000 000 000 | 1 000 000 000 001 | 1 000 000 000 002 | 1 000 000 000 003",
            ),
        ] {
            let axis = Axis::of(Tal::of_stored(low), Tal::of_stored(high), decimals, from_zero);
            assert_eq!(labels(&axis), shown, "{low} {high} {decimals} {from_zero}");
        }
    }

    #[test]
    fn what_stands_over_it_says_where_it_begins_and_in_what_it_is_written() {
        let caption =
            |low: i64, high: i64, unit: &str| Axis::of(Tal::whole(low), Tal::whole(high), 0, false).caption(unit);
        assert_eq!(caption(314, 372, "hushåll"), "Hushåll, axeln börjar på 300");
        assert_eq!(caption(20, 372, "hushåll"), "Hushåll");
        assert_eq!(caption(3_200_000, 3_400_000, "kr"), "Miljoner kr, axeln börjar på 3,20");
        assert_eq!(caption(314, 372, ""), "Axeln börjar på 300");
        assert_eq!(caption(-5, 5, ""), "");
    }

    proptest! {
        #[test]
        fn four_to_six_lines_hold_all_amounts_and_are_exact(
            a in -10_000_000_000_000_000_i64..=10_000_000_000_000_000,
            shift in 0_u32..50, wide in 0_i64..=10_000_000_000_000_000, thin in 0_u32..50,
            decimals in 0_u32..=4, from_zero: bool,
        ) {
            let unit = 10_i64.pow(DECIMALS - decimals);
            let low = (a >> shift) / unit * unit;
            let high = low.saturating_add((wide >> thin) / unit * unit);
            let (low, high) = (Tal::of_stored(low), Tal::of_stored(high));
            let axis = Axis::of(low, high, decimals, from_zero);
            let ticks = axis.ticks();
            prop_assert!((4..=6).contains(&ticks.len()), "{ticks:?}");
            prop_assert!(ticks[0] <= low && *ticks.last().unwrap() >= high, "{ticks:?}");
            prop_assert!(!from_zero || ticks.contains(&Tal::ZERO), "{ticks:?}");
            let labels: Vec<String> = ticks.iter().map(|tick| axis.label(*tick)).collect();
            for (tick, label) in ticks.iter().zip(&labels) {
                prop_assert!(axis.large.is_some() || crate::number::read(label, &(Tal::ZERO..=Tal::ZERO)).unwrap().unwrap().number == *tick);
                prop_assert!(axis.large.is_some() || tick.decimals() <= decimals, "no more decimals than the series has");
            }
            prop_assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
            prop_assert!(ticks.windows(2).all(|pair| axis.down(pair[0]) > axis.down(pair[1])));
        }
    }
}
