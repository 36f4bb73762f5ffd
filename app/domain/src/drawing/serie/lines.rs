//! The lines and the bars of a series, and the values that are written beside one's own.

use super::{Linje, Look, Plan, Punkt, words::Room};
use crate::{
    drawing::{At, Ink, Mark, circle, line, narrow_only, titled, wide_only},
    tal::Tal,
};

/// Up to so many times each has its point; with more only what stands alone, is preliminary or has its number.
const MOST_POINTS: usize = 60;
/// Up to so many, points are large.
const FEW: usize = 36;
/// Up to so many values every one is told to who points at it; with more, those of one's own, and whose the others are.
const MOST_TOLD: usize = 240;
/// Up to so many numbers stand in a narrow chart too.
const NARROW_NUMBERS: usize = 3;
/// Of the way from a time to the next bars fill so much, and of the width at most.
const GROUP: f64 = 0.72;
const GROUP_MOST: f64 = 0.2;
/// A bar of nothing is a line so high: nought is not the same as nothing known.
const NOUGHT: f64 = 1.5;

impl Plan<'_> {
    /// The strokes between the values of a line that follow each other: through how many, and whether they are dashed.
    pub(super) fn traces<'p>(&self, of: &'p Linje) -> Vec<(Vec<&'p Punkt>, bool)> {
        let short: Vec<&Punkt> = of.points.iter().filter(|p| !p.is_long()).collect();
        let mut out: Vec<(Vec<&Punkt>, bool)> = vec![];
        let mut goes_on = false;
        for pair in short.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let joined = self.joins(of, a, b);
            if joined {
                let dashed = a.preliminar || b.preliminar;
                match out.last_mut() {
                    Some((through, same)) if goes_on && *same == dashed => through.push(b),
                    _ => out.push((vec![a, b], dashed)),
                }
            }
            goes_on = joined;
        }
        out
    }

    fn is_told(&self) -> bool {
        self.of.lines.iter().map(|line| line.points.len()).sum::<usize>() <= MOST_TOLD
    }

    /// The lines, one's own over the others. What is longer than a time of the axis is drawn among bars too.
    pub(super) fn all_lines(&self, out: &mut Vec<Mark>) {
        let told = self.is_told();
        for (of, look) in self.lines() {
            let mut marks = vec![];
            if !self.bars {
                for (through, dashed) in self.traces(of) {
                    let points = through.into_iter().map(|p| self.place(p.at, p.tal)).collect();
                    marks.push(Mark::Trace { ink: Ink::Serie(look, dashed), points });
                }
            }
            for (i, point) in of.points.iter().enumerate() {
                let own = self.point(of, look, i, told || of.strong);
                if own.is_empty() {
                    continue;
                }
                let says = (told || of.strong) && !point.label.is_empty();
                if says { marks.push(titled(point.label.clone(), own)) } else { marks.extend(own) }
            }
            // who points at one of many lines is told whose it is
            if told || of.strong || of.name.is_empty() {
                out.extend(marks);
            } else if !marks.is_empty() {
                out.push(titled(of.name.clone(), marks));
            }
        }
    }

    fn point(&self, of: &Linje, look: Look, i: usize, told: bool) -> Vec<Mark> {
        let point = &of.points[i];
        let at = self.place(point.middle(), point.tal);
        if point.is_long() {
            let (from, to) = (self.x(point.at - 0.5), self.x(point.at + point.width - 0.5));
            let (from, to) = (At { part: from, ..at }, At { part: to, ..at });
            return vec![line(Ink::SerieSpan(look, point.preliminar), from, to)];
        }
        if self.bars {
            return vec![];
        }
        let strong = look == Look::Strong;
        let joined = |a: Option<&Punkt>, b: Option<&Punkt>| a.zip(b).is_some_and(|(a, b)| self.joins(of, a, b));
        let before = i.checked_sub(1).and_then(|i| of.points.get(i));
        let alone = !joined(before, Some(point)) && !joined(Some(point), of.points.get(i + 1));
        let few = of.points.len() <= FEW;
        let numbered = strong && self.is_numbered(point);
        let seen = alone
            || numbered
            || if strong {
                point.preliminar || of.points.len() <= MOST_POINTS
            } else {
                look != Look::Context && point.preliminar && i + 1 == of.points.len()
            };
        let r = match (strong, point.preliminar) {
            (true, true) => 5.0,
            (true, false) if numbered => 5.5,
            (true, false) => {
                if few {
                    3.5
                } else {
                    2.5
                }
            }
            (false, true) => 3.0,
            (false, false) => 2.5,
        };
        let mut marks = vec![];
        if told {
            marks.push(circle(Ink::Touch, at, if few { 10.0 } else { 5.0 }));
        }
        if seen {
            marks.push(circle(Ink::SerieDot(look, point.preliminar), at, r));
        }
        marks
    }

    fn is_numbered(&self, point: &Punkt) -> bool {
        self.of.numbers.iter().any(|at| (at - point.at).abs() < 0.01)
    }

    /// From where to where the bar of a line is, as parts of the width.
    fn bar(&self, line: usize, at: f64) -> (f64, f64) {
        let (_, pitch) = self.pitch();
        #[allow(clippy::cast_precision_loss)] // four at most
        let (count, nth) = (self.of.lines.len().max(1) as f64, line as f64);
        let group = (pitch * GROUP).min(GROUP_MOST);
        let each = group / count;
        let left = self.x(at) - group / 2.0 + nth * each;
        // neighbours do not touch each other
        (left, left + each * if count > 1.0 { 0.9 } else { 1.0 })
    }

    /// Bars of a time beside each other, from nought up or down.
    pub(super) fn all_bars(&self, out: &mut Vec<Mark>) {
        let nought = self.y(Tal::ZERO);
        for (i, (of, look)) in self.of.lines.iter().zip(&self.looks).enumerate() {
            for point in of.points.iter().filter(|p| !p.is_long()) {
                let (left, right) = self.bar(i, point.at);
                let y = self.y(point.tal);
                let (top, bottom) = if point.tal < Tal::ZERO { (nought, y) } else { (y, nought) };
                let top = if bottom - top < NOUGHT { bottom - NOUGHT } else { top };
                let ink = Ink::SerieBar(*look, point.preliminar);
                let bar = Mark::Rect { ink, from: At::across(left, top), to: At::across(right, bottom), round: 0.0 };
                out.push(titled(point.label.clone(), vec![bar]));
            }
        }
    }

    /// The values that are asked for, beside one's own line; and its last one, where the chart is too narrow for the name that
    /// says it.
    pub(super) fn values(&self, room: &mut Room, out: &mut Vec<Mark>) {
        for (line, of) in self.of.lines.iter().enumerate().filter(|(_, of)| of.strong) {
            let asked = of.points.iter().filter(|point| self.is_numbered(point)).count();
            for (i, point) in of.points.iter().enumerate() {
                let (last, numbered) = (i + 1 == of.points.len(), self.is_numbered(point));
                if !last && !numbered {
                    continue;
                }
                let middle = if self.bars && !point.is_long() {
                    let (left, right) = self.bar(line, point.at);
                    f64::midpoint(left, right)
                } else {
                    self.x(point.middle())
                };
                let value = room.value(self, point, middle);
                out.push(if last && !(self.bars && numbered) {
                    narrow_only(vec![value])
                } else if last || asked <= NARROW_NUMBERS {
                    value
                } else {
                    wide_only(true, vec![value])
                });
            }
        }
    }
}
