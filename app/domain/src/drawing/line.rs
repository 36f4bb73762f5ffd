//! Shares in time: a line with its 95 % band, broken where nothing can be shown and where the question changed.

use serde::{Deserialize, Serialize};

use super::{Anchor, At, Drawing, Group, Ink, Mark, Width, circle, closed, line, path, text, titled, wide_only};
use crate::format;

/// A share at a time. Times are numbers: 1 apart where they follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// The first time that it is of.
    pub from: f64,
    /// The last one.
    pub to: f64,
    /// The share, 0–1.
    pub share: f64,
    /// Its interval, 0–1.
    pub interval: Option<(f64, f64)>,
    /// What it says, for those who point at it.
    pub label: String,
}

impl Dot {
    fn at(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineKind {
    /// What is asked now.
    Main,
    /// What was asked before: dashed, hollow dots.
    Earlier,
}

/// Shares that belong together, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How it looks.
    pub kind: LineKind,
    /// Its shares.
    pub dots: Vec<Dot>,
}

/// A time from which something is different: shares on both sides are not joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// Where.
    pub at: f64,
    /// What is different.
    pub label: String,
}

/// A share from elsewhere: a diamond, and a dashed line as long as its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// The first time that it is of.
    pub from: f64,
    /// The last one.
    pub to: f64,
    /// The share, 0–1.
    pub share: f64,
    /// Whose it is.
    pub name: String,
}

/// A time on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// What it is called, in a few letters.
    pub label: String,
}

/// All that a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// The first time on the axis.
    pub start: f64,
    /// The times from there on, each 1 from the one before.
    pub ticks: Vec<Tick>,
    /// One for each series, drawn in this order.
    pub lines: Vec<Line>,
    /// Where something is different.
    pub boundaries: Vec<Boundary>,
    /// Shares from elsewhere.
    pub outside: Vec<Outside>,
    /// Times between shares for which there is none to show.
    pub missing: Vec<f64>,
}

/// Room above the line of 100 %, its distance to that of 0 %, and room below for the times, in units.
pub(super) const TOP: f64 = 26.0;
const HIGH: f64 = 180.0;
pub(super) const BOTTOM: f64 = TOP + HIGH;
pub(super) const BELOW: f64 = 30.0;
/// Room beside it: for the per cent, and for half the last time. `style/chart.css` says the same to the screen.
pub(super) const LEFT: f64 = 46.0;
pub(super) const RIGHT: f64 = 22.0;
/// Labels on the axis where the chart is wide and where it is narrow.
const MOST_WIDE: usize = 12;
const MOST_NARROW: usize = 4;
/// Up to this many shares each has its number beside it, where the chart is wide.
const MOST_NUMBERS: usize = 14;
/// Up to this many values from elsewhere each has its name beside it.
const MOST_NAMED: usize = 3;

/// The lines of the shares from nothing to all, from side to side, with the per cent before every one of them or before every
/// other.
pub(super) fn grid(out: &mut Vec<Mark>, all: bool) {
    for (i, share) in [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().enumerate() {
        let y = down(share);
        out.push(line(Ink::Grid(i == 0), At::across(0.0, y), At::across(1.0, y)));
        if all || i % 2 == 0 {
            let words = format!("{:.0}\u{a0}%", share * 100.0);
            out.push(text(Ink::Axis, At::new(-8.0, y + 5.0), Anchor::End, words));
        }
    }
}

/// Where a share lies.
pub(super) fn down(share: f64) -> f64 {
    TOP + (1.0 - share.clamp(0.0, 1.0)) * HIGH
}

/// Which of so many labels there is room for: one of so many where the chart is wide and where it is narrow, of which there
/// are at most `most_wide` and `most_narrow`. Those of a narrow one are of a wide one too.
pub(super) fn thinned(labels: usize, most_wide: usize, most_narrow: usize) -> (usize, usize) {
    let wide = labels.div_ceil(most_wide).max(1);
    let narrow = labels.div_ceil(wide * most_narrow).max(1) * wide;
    (wide, narrow)
}

impl Plot {
    /// Part of the width. A single time stands in the middle.
    fn x(&self, at: f64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let last = self.ticks.len().saturating_sub(1) as f64;
        let part = if last > 0.0 { (at - self.start) / last } else { 0.5 };
        0.03 + part.clamp(0.0, 1.0) * 0.94
    }

    /// Whether the words of a value from elsewhere have room over it: below where the line runs above it.
    fn is_free_above(&self, o: &Outside) -> bool {
        let dots = self.lines.iter().flat_map(|l| &l.dots);
        let mut near = dots.filter(|d| d.to > o.from - 2.5 && d.from < o.to + 2.5);
        down(o.share) > TOP + 16.0 && !near.any(|d| d.share > o.share)
    }

    /// Which times have a label: one of so many, counted from the last; the first of a pair is of a wide chart.
    fn steps(&self) -> (usize, usize) {
        thinned(self.ticks.len(), MOST_WIDE, MOST_NARROW)
    }

    /// The chart. None without times.
    #[must_use]
    pub fn drawing(&self, finding: String) -> Option<Drawing> {
        if self.ticks.is_empty() {
            return None;
        }
        let width = Width::Fluid { left: LEFT, right: RIGHT };
        let mut out = Drawing::new("", width, BOTTOM + BELOW, finding);
        grid(&mut out.marks, false);
        self.times(&mut out.marks);
        self.boundaries(&mut out.marks);
        for at in &self.missing {
            out.marks.push(text(Ink::Missing, At::across(self.x(*at), BOTTOM - 6.0), Anchor::Middle, "–"));
        }
        let count: usize = self.lines.iter().map(|l| l.dots.len()).sum();
        let latest = self.lines.iter().rposition(|l| l.kind == LineKind::Main);
        for (i, line) in self.lines.iter().enumerate() {
            // where there is no room for all numbers, the latest is the one that counts
            let last = (Some(i) == latest).then(|| line.dots.len().saturating_sub(1));
            out.marks.push(self.line(line, last, count <= MOST_NUMBERS));
        }
        out.marks.extend(self.outside.iter().map(|o| self.outside(o)));
        Some(out)
    }

    fn times(&self, out: &mut Vec<Mark>) {
        let (wide, narrow) = self.steps();
        let last = self.ticks.len() - 1;
        for (i, tick) in self.ticks.iter().enumerate().filter(|(i, _)| (last - i).is_multiple_of(wide)) {
            #[allow(clippy::cast_precision_loss)] // some hundred weeks
            let x = self.x(self.start + i as f64);
            let stroke = line(Ink::Grid(true), At::across(x, BOTTOM), At::across(x, BOTTOM + 5.0));
            let label = text(Ink::Axis, At::across(x, BOTTOM + 22.0), Anchor::Middle, tick.label.clone());
            out.push(wide_only(!(last - i).is_multiple_of(narrow), vec![stroke, label]));
        }
    }

    fn boundaries(&self, out: &mut Vec<Mark>) {
        for b in &self.boundaries {
            let x = self.x(b.at);
            // the words stand on the side with more room
            let (anchor, dx) = if x > 0.5 { (Anchor::End, -6.0) } else { (Anchor::Start, 6.0) };
            out.push(line(Ink::Boundary, At::across(x, 4.0), At::across(x, BOTTOM)));
            out.push(text(Ink::BoundaryLabel, At::across(x, 14.0).right(dx), anchor, b.label.clone()));
        }
    }

    fn outside(&self, o: &Outside) -> Mark {
        let (from, to, y) = (self.x(o.from), self.x(o.to), down(o.share));
        let middle = f64::midpoint(from, to);
        let mut marks = vec![
            line(Ink::OutsideLine, At::across(from, y), At::across(to, y)),
            path(Ink::OutsideMark, At::across(middle, y), closed(&[(0.0, -7.0), (7.0, 0.0), (0.0, 7.0), (-7.0, 0.0)])),
        ];
        if self.outside.len() <= MOST_NAMED {
            let (anchor, dx) = match middle {
                x if x < 0.25 => (Anchor::Start, -7.0),
                x if x > 0.75 => (Anchor::End, 7.0),
                _ => (Anchor::Middle, 0.0),
            };
            let at = if self.is_free_above(o) { y - 13.0 } else { y + 23.0 };
            marks.push(text(Ink::OutsideName, At::across(middle, at).right(dx), anchor, o.name.clone()));
        }
        titled(format!("{}: {}", o.name, format::share(o.share)), marks)
    }

    /// A line with its band. `last` is the dot that has its number in any width, `all` whether the others have where it is
    /// wide.
    fn line(&self, of: &Line, last: Option<usize>, all: bool) -> Mark {
        let mut marks = vec![];
        for dots in of.stretches() {
            self.band(of.kind, dots, &mut marks);
            let joins = dots.windows(2).map(|w| {
                let end = |dot: &Dot| At::across(self.x(dot.at()), down(dot.share));
                line(Ink::Path(of.kind), end(&w[0]), end(&w[1]))
            });
            marks.extend(joins);
        }
        let alone = of.stretches().into_iter().flat_map(|d| d.iter().map(|dot| d.len() == 1 && dot.interval.is_some()));
        for (i, (dot, alone)) in of.dots.iter().zip(alone).enumerate() {
            let (x, y) = (self.x(dot.at()), down(dot.share));
            let at = At::across(x, y);
            let mut group = vec![];
            if dot.to > dot.from {
                group.push(line(Ink::Span(of.kind), At::across(self.x(dot.from), y), At::across(self.x(dot.to), y)));
            }
            group.push(circle(Ink::Touch, at, 12.0));
            group.push(circle(Ink::Dot(of.kind), at, 4.5));
            let is_last = Some(i) == last;
            if is_last || all {
                // beside a whisker, above a line
                let (anchor, dx, at) = match x {
                    x if alone && x > 0.8 => (Anchor::End, -10.0, y + 5.0),
                    _ if alone => (Anchor::Start, 10.0, y + 5.0),
                    _ if y > TOP + 14.0 => (Anchor::Middle, 0.0, y - 12.0),
                    _ => (Anchor::Middle, 0.0, y + 22.0),
                };
                let words = format!("{:.0}\u{a0}%", dot.share * 100.0);
                let value = text(Ink::Value, At::across(x, at).right(dx), anchor, words);
                group.push(if is_last { value } else { wide_only(true, vec![value]) });
            }
            marks.push(titled(dot.label.clone(), group));
        }
        Mark::Group(Group { marks, ..Group::default() })
    }

    /// The interval: a band where shares follow each other, a whisker where one stands alone.
    fn band(&self, kind: LineKind, dots: &[Dot], out: &mut Vec<Mark>) {
        let with: Vec<(f64, f64, f64)> =
            dots.iter().filter_map(|d| d.interval.map(|(low, high)| (self.x(d.at()), down(high), down(low)))).collect();
        match with.as_slice() {
            [] => {}
            [(x, high, low)] => out.push(line(Ink::Interval(kind), At::across(*x, *high), At::across(*x, *low))),
            many => {
                let there = many.iter().map(|(x, high, _)| At::across(*x, *high));
                let back = many.iter().rev().map(|(x, _, low)| At::across(*x, *low));
                out.push(Mark::Area { ink: Ink::Band(kind), points: there.chain(back).collect() });
            }
        }
    }
}

impl Line {
    /// Its dots, parted where one does not follow on the other.
    fn stretches(&self) -> Vec<&[Dot]> {
        self.dots.chunk_by(|a, b| b.from - a.to < 1.5).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(from: i32, to: i32) -> Dot {
        Dot { from: from.into(), to: to.into(), share: 0.5, interval: None, label: String::new() }
    }

    #[test]
    fn a_line_breaks_where_a_time_is_missing_and_not_where_times_were_put_together() {
        let line = Line { kind: LineKind::Main, dots: vec![dot(1, 1), dot(2, 4), dot(5, 5), dot(7, 7)] };
        let lengths: Vec<usize> = line.stretches().into_iter().map(<[Dot]>::len).collect();
        assert_eq!(lengths, [3, 1]);
    }

    #[test]
    fn an_axis_has_no_more_labels_than_there_is_room_for_and_the_last_one_always() {
        for n in 1..200 {
            let plot = Plot { ticks: vec![Tick { label: String::new() }; n], ..Plot::default() };
            let (wide, narrow) = plot.steps();
            let shown = |step: usize| (0..n).filter(|i| (n - 1 - i).is_multiple_of(step)).count();
            assert!(shown(wide) <= MOST_WIDE && shown(narrow) <= MOST_NARROW, "{n}: {wide} {narrow}");
            assert_eq!(narrow % wide, 0);
        }
    }

    #[test]
    fn a_time_alone_stands_in_the_middle_and_others_from_edge_to_edge() {
        let plot = |n| Plot { start: 5.0, ticks: vec![Tick { label: String::new() }; n], ..Plot::default() };
        assert!((plot(1).x(5.0) - 0.5).abs() < 1e-9);
        assert!((plot(3).x(5.0) - 0.03).abs() < 1e-9);
        assert!((plot(3).x(7.0) - 0.97).abs() < 1e-9);
    }
}
