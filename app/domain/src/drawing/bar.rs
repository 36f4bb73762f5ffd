//! The distribution bar: a whole parted in segments, the good ones first, each with a texture of its own; and the bar of a
//! row of a table; and bars under each other, each with its name.

use serde::{Deserialize, Serialize};

use super::{Anchor, At, Drawing, Group, Ink, Mark, Width, line, text};
use crate::format;

/// What a segment stands for. Decides colour and texture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shade {
    /// Counts as satisfied; 0 is the best.
    Good(usize),
    /// Neither good nor known to be bad.
    Middle(usize),
    /// The worst end of a scale.
    Bad(usize),
    /// "Vet ej".
    Unknown,
    /// Left out.
    Blank,
}

impl Shade {
    /// How many textures there are of each kind; further segments begin again.
    const GOOD: usize = 3;
    const MIDDLE: usize = 4;
    const BAD: usize = 3;

    /// All that look different.
    pub const EACH: [Self; 12] = [
        Self::Good(0),
        Self::Good(1),
        Self::Good(2),
        Self::Middle(0),
        Self::Middle(1),
        Self::Middle(2),
        Self::Middle(3),
        Self::Bad(0),
        Self::Bad(1),
        Self::Bad(2),
        Self::Unknown,
        Self::Blank,
    ];

    /// The one of [`Self::EACH`] that it looks like.
    #[must_use]
    pub const fn kept(self) -> Self {
        match self {
            Self::Good(n) => Self::Good(n % Self::GOOD),
            Self::Middle(n) => Self::Middle(n % Self::MIDDLE),
            Self::Bad(n) => Self::Bad(n % Self::BAD),
            other => other,
        }
    }

    /// The class that colours it.
    #[must_use]
    pub fn class(self) -> String {
        match self.kept() {
            Self::Good(n) => format!("good-{n}"),
            Self::Middle(n) => format!("middle-{n}"),
            Self::Bad(n) => format!("bad-{n}"),
            Self::Unknown => "unknown".to_owned(),
            Self::Blank => "blank".to_owned(),
        }
    }
}

/// A part of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is called.
    pub label: String,
    /// Answers or cases; the width of the part is its share of them all.
    pub n: i64,
    /// How it looks.
    pub shade: Shade,
}

/// Above this part of the width a label has room everywhere; above [`WIDE`] where the bar is wide.
const ROOM: f64 = 0.16;
const WIDE: f64 = 0.08;

/// How high a bar is, and where its labels stand.
const HEIGHT: f64 = 44.0;
const COMPACT: f64 = 20.0;
const BASELINE: f64 = 27.5;

/// The segments that take room, each with where it begins and how wide it is, as parts of the whole.
fn placed(segments: &[Segment]) -> Vec<(&Segment, f64, f64)> {
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let mut before = 0;
    let mut out = Vec::new();
    for segment in segments.iter().filter(|s| s.n > 0) {
        #[allow(clippy::cast_precision_loss)] // counts of answers
        let of_total = |n: i64| n as f64 / total as f64;
        out.push((segment, of_total(before), of_total(segment.n)));
        before += segment.n;
    }
    out
}

/// The bar. Segments of none are left out; the legend has them. `compact` is lower, for a row of a list.
#[must_use]
pub fn stacked(segments: &[Segment], finding: String, compact: bool) -> Drawing {
    if compact { bare(segments, finding, COMPACT) } else { drawn(segments, finding, ("chart-bar", HEIGHT), true) }
}

/// The bar without labels, so many units high.
#[must_use]
pub fn bare(segments: &[Segment], finding: String, height: f64) -> Drawing {
    drawn(segments, finding, ("chart-bar compact", height), false)
}

fn drawn(segments: &[Segment], finding: String, (class, height): (&'static str, f64), labelled: bool) -> Drawing {
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let mut out = Drawing::new(class, Width::Fluid { left: 0.0, right: 0.0 }, height, finding);
    for (i, (segment, from, width)) in placed(segments).into_iter().enumerate() {
        let (left, right) = (At::across(from, 0.0), At::across(from + width, height));
        let mut marks = vec![Mark::Rect { ink: Ink::Share(segment.shade), from: left, to: right, round: 0.0 }];
        if i > 0 {
            marks.push(line(Ink::ShareEdge, left, At::across(from, height)));
        }
        if width >= WIDE && labelled {
            let words = format!("{:.0}\u{a0}%", width * 100.0);
            let label =
                text(Ink::ShareLabel(segment.shade), At::across(from + width / 2.0, BASELINE), Anchor::Middle, words);
            marks.push(if width < ROOM { super::wide_only(true, vec![label]) } else { label });
        }
        let share = format::percent(segment.n, total);
        let title = format!("{}: {} ({share})", segment.label, format::int(segment.n));
        out.marks.push(Mark::Group(Group { title, marks, ..Group::default() }));
    }
    out
}

/// The bar of a row of a table: how long it is beside the longest.
#[must_use]
pub fn of_row(n: i64, most: i64) -> Drawing {
    #[allow(clippy::cast_precision_loss)] // counts of events
    let part = (n.max(0) as f64 / most.max(1) as f64).min(1.0);
    let mut out = Drawing::new("bar-of-row", Width::Fluid { left: 0.0, right: 0.0 }, 14.0, String::new());
    let (from, to) = (At::across(0.0, 2.0), At::across(part, 12.0));
    out.marks.push(Mark::Rect { ink: Ink::Bar, from, to, round: 2.0 });
    out
}

/// Of [`named`]: where the bars begin, and where the longest one ends, as parts of the width; how high a row and a bar are.
const FROM: f64 = 0.42;
const UNTIL: f64 = 0.85;
const ROW: f64 = 28.0;
const THICK: f64 = 16.0;

/// Bars under each other, with what each is called before it and how many after it. The longest is the most.
#[must_use]
pub fn named(bars: &[(String, i64)], finding: String) -> Drawing {
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    #[allow(clippy::cast_precision_loss)] // some dozen rows
    let down = |row: usize| row as f64 * ROW;
    let mut out = Drawing::new("chart-bars", Width::Fluid { left: 0.0, right: 0.0 }, down(bars.len()), finding);
    for (row, (name, n)) in bars.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // counts of cases
        let until = FROM + (UNTIL - FROM) * (*n).max(0) as f64 / most as f64;
        let (top, baseline) = (down(row) + (ROW - THICK) / 2.0, down(row) + ROW / 2.0 + 5.0);
        let (from, to) = (At::across(FROM, top), At::across(until, top + THICK));
        out.marks.push(text(Ink::Axis, At::across(0.0, baseline), Anchor::Start, name.clone()));
        out.marks.push(Mark::Rect { ink: Ink::Bar, from, to, round: 3.0 });
        out.marks.push(text(Ink::Value, At::across(until, baseline).right(6.0), Anchor::Start, format::int(*n)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_the_most_and_one_of_none_has_its_number_where_it_would_begin() {
        let drawn = named(&[("mars".to_owned(), 8), ("april".to_owned(), 4), ("maj".to_owned(), 0)], String::new());
        let ends = drawn.marks.iter().filter_map(|mark| match mark {
            Mark::Rect { to, .. } => Some(((to.part - FROM) / (UNTIL - FROM) * 8.0).round()),
            _ => None,
        });
        assert_eq!(ends.collect::<Vec<_>>(), [8.0, 4.0, 0.0]);
        assert!((drawn.height - 3.0 * ROW).abs() < 1e-9);
    }

    #[test]
    fn segments_fill_the_whole_in_order_and_those_of_none_take_no_room() {
        let segment = |n| Segment { label: String::new(), n, shade: Shade::Good(0) };
        let all = [segment(3), segment(0), segment(1)];
        let places: Vec<_> = placed(&all).into_iter().map(|(_, from, width)| (from, width)).collect();
        assert_eq!(places, [(0.0, 0.75), (0.75, 0.25)]);
        assert_eq!(placed(&[segment(0)]), []);
    }
}
