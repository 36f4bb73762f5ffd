//! A share with its interval on a line from 0 to 100 %, for a cell of a table: the numbers stand beside it.

use super::{At, Drawing, Ink, Width, circle, line};

/// The line that everything stands on.
const MIDDLE: f64 = 11.0;

/// The same with what is aimed at, 0–1.
#[must_use]
pub fn beside_goal(share: f64, interval: Option<(f64, f64)>, goal: Option<f64>) -> Drawing {
    let mut out = whisker(share, interval, false);
    if let Some(goal) = goal {
        let at = |y: f64| At::across(goal.clamp(0.0, 1.0), y);
        // under the dot
        out.marks.insert(0, line(Ink::Goal, at(1.0), at(2.0 * MIDDLE - 1.0)));
    }
    out
}

/// A dot with its interval, 0–1; none for a value whose n is not known. `outside` is a value from elsewhere: hollow.
#[must_use]
pub fn whisker(share: f64, interval: Option<(f64, f64)>, outside: bool) -> Drawing {
    let at = |part: f64, y: f64| At::across(part.clamp(0.0, 1.0), y);
    let class = if outside { "chart-whisker outside" } else { "chart-whisker" };
    let mut out = Drawing::new(class, Width::Fluid { left: 6.0, right: 6.0 }, 2.0 * MIDDLE, String::new());
    out.marks.push(line(Ink::Track, at(0.0, MIDDLE), at(1.0, MIDDLE)));
    out.marks.push(line(Ink::Track, at(0.5, 7.0), at(0.5, 15.0)));
    if let Some((low, high)) = interval {
        out.marks.push(line(Ink::Whisker(outside), at(low, MIDDLE), at(high, MIDDLE)));
    }
    out.marks.push(circle(Ink::WhiskerDot(outside), at(share, MIDDLE), 5.0));
    out
}
