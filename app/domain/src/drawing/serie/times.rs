//! The times under the chart of a series, and the years that they are of.

use super::{BOTTOM, Plan, TOP, words::INNER};
use crate::drawing::{Anchor, At, Ink, Mark, key::about, line, line::thinned, text, wide_only};

/// How wide the chart is between its edges where it is narrow, at least.
const NARROW: f64 = 230.0;
/// Between two labels.
const BETWEEN: f64 = 4.0;
/// From one year to the next.
const YEAR: f64 = 38.0;
/// How much closer to the next than that the first may begin.
const OUT: f64 = 14.0;
/// Every so many months can be found in every year alike.
const OF_A_YEAR: [usize; 6] = [1, 2, 3, 4, 6, 12];

impl Plan<'_> {
    /// Which times have a label: one of so many, counted from the last, where the chart is wide and where it is narrow.
    pub(super) fn steps(&self) -> (usize, usize) {
        let ticks = &self.of.ticks;
        let longest = ticks.iter().map(|tick| about(&tick.label, 13.0)).fold(1.0, f64::max);
        let most = |inner: f64| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some dozen
            let most = (inner / (longest + BETWEEN)).max(2.0) as usize;
            most
        };
        let (wide, narrow) = thinned(ticks.len(), most(INNER), most(NARROW));
        if ticks.iter().all(|tick| tick.year.is_none()) {
            return (wide, narrow);
        }
        let wide = OF_A_YEAR.into_iter().find(|step| *step >= wide).unwrap_or(wide);
        (wide, ticks.len().div_ceil(wide * most(NARROW)).max(1) * wide)
    }

    pub(super) fn times(&self, out: &mut Vec<Mark>) {
        let ticks = &self.of.ticks;
        let (wide, narrow) = self.steps();
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let at = |i: usize| self.of.start as f64 + i as f64;
        self.years(out);
        let years = ticks.iter().any(|tick| tick.year.is_some());
        for (i, tick) in ticks.iter().enumerate() {
            let before_last = ticks.len() - 1 - i;
            // the same month of every year says less than the years do
            if !before_last.is_multiple_of(wide) || years && wide >= 12 && before_last > 0 {
                continue;
            }
            let label = At::across(self.x(at(i)), BOTTOM + 21.0);
            let label = text(Ink::Axis, label, Anchor::Middle, tick.label.clone());
            out.push(if before_last.is_multiple_of(narrow) { label } else { wide_only(true, vec![label]) });
        }
    }

    /// Their names under the times, and a line where one begins: not where a brott says more.
    fn years(&self, out: &mut Vec<Mark>) {
        let ticks = &self.of.ticks;
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let at = |i: usize| self.of.start as f64 + i as f64;
        let named: Vec<(usize, &String)> =
            ticks.iter().enumerate().filter_map(|(i, tick)| Some((i, tick.year.as_ref()?))).collect();
        let lined = named.len() * 2 <= ticks.len();
        for (i, _) in named.iter().filter(|(i, _)| lined && *i > 0) {
            let border = at(*i) - 0.5;
            let is_brott = self.of.brott.iter().any(|brott| (brott.at - border).abs() < 0.01);
            let (x, top) = (self.x(border), if is_brott { BOTTOM } else { TOP });
            out.push(line(Ink::Grid(true), At::across(x, top), At::across(x, BOTTOM + 8.0)));
        }
        // those that have room, from the last one on
        let (mut wide, mut narrow) = (f64::INFINITY, f64::INFINITY);
        for (i, year) in named.into_iter().rev() {
            let x = self.x(at(i));
            let apart = (wide - x) * INNER;
            if apart < YEAR {
                // the first may go out to the left
                if i == 0 && apart >= YEAR - OUT {
                    let place = At::across(x, BOTTOM + 40.0).right(YEAR / 2.0 - OUT);
                    out.push(wide_only(true, vec![text(Ink::AxisYear, place, Anchor::End, year.clone())]));
                }
                continue;
            }
            wide = x;
            let label = text(Ink::AxisYear, At::across(x, BOTTOM + 40.0), Anchor::Middle, year.clone());
            if (narrow - x) * NARROW < YEAR {
                out.push(wide_only(true, vec![label]));
            } else {
                narrow = x;
                out.push(label);
            }
        }
    }
}
