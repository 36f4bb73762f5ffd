//! The line of a series in a row of a list: where it goes, without an axis. The figures stand beside it.

use super::Look;
use crate::{
    drawing::{At, Drawing, Ink, Mark, Width, through},
    tal::Tal,
};

/// Its size, and how far from its edges the line stays, in units.
const WIDE: f64 = 96.0;
const HIGH: f64 = 28.0;
const EDGE: f64 = 5.0;
const THICK: f64 = 2.0;

/// The line through values of times that follow each other, each with whether it is preliminary; none is missing and breaks
/// it. The last value is a point, hollow where it is preliminary. Not read aloud.
#[must_use]
pub fn small(points: &[Option<(Tal, bool)>]) -> Drawing {
    let mut out = Drawing::new("chart-spark", Width::Fixed(WIDE), HIGH, String::new());
    let values = || points.iter().flatten().map(|(tal, _)| tal.float());
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    #[allow(clippy::cast_precision_loss)] // some hundred weeks
    let x = |i: usize| match points.len() {
        1 => WIDE / 2.0,
        n => EDGE + i as f64 / (n - 1) as f64 * (WIDE - 2.0 * EDGE),
    };
    let y = |tal: Tal| match high - low {
        // one that does not change lies in the middle
        apart if apart <= 0.0 => HIGH / 2.0,
        apart => EDGE + (high - tal.float()) / apart * (HIGH - 2.0 * EDGE),
    };
    let at = |i: usize, tal: Tal| (x(i), y(tal));
    let mut strokes: Vec<(Vec<(f64, f64)>, bool)> = vec![];
    let mut goes_on = false;
    for (i, pair) in points.windows(2).enumerate() {
        let [Some((a, first)), Some((b, second))] = *pair else {
            goes_on = false;
            continue;
        };
        let dashed = first || second;
        match strokes.last_mut() {
            Some((through, same)) if goes_on && *same == dashed => through.push(at(i + 1, b)),
            _ => strokes.push((vec![at(i, a), at(i + 1, b)], dashed)),
        }
        goes_on = true;
    }
    for (points, dashed) in strokes {
        let ink = Ink::Serie(Look::Strong, dashed);
        out.marks.push(Mark::Path { ink, at: At::new(0.0, 0.0), steps: through(&points), width: Some(THICK) });
    }
    let last = points.iter().rposition(Option::is_some);
    let there = |i: Option<usize>| i.and_then(|i| points.get(i)).is_some_and(Option::is_some);
    for (i, value) in points.iter().enumerate() {
        let Some((tal, preliminary)) = *value else { continue };
        let alone = !there(i.checked_sub(1)) && !there(Some(i + 1));
        if Some(i) == last || alone {
            let (x, y) = at(i, tal);
            let r = if Some(i) == last { 3.0 } else { 2.0 };
            let ink = Ink::SerieDot(Look::Strong, preliminary);
            out.marks.push(Mark::Circle { ink, at: At::new(x, y), r, width: preliminary.then_some(THICK) });
        }
    }
    out
}
