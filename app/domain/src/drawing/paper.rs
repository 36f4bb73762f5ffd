//! A drawing on paper: each stroke with its place and its paint, for whatever draws it (a PDF, a picture).

use super::{
    Anchor, At, Drawing, Group, Ink, Mark, NARROW_ONLY, Step, TILE, Text, Tone, WIDE, Width,
    bar::Shade,
    paint::{Paint, texture_paint},
    texture,
};

/// Something to draw. Places are units from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Lines and parts of circles.
    Path {
        /// Where.
        steps: Vec<Step>,
        /// Its fill and its line, in the colours of the light theme.
        paint: Paint,
    },
    /// Words on a straight line.
    Text {
        /// Of the line that they stand on.
        at: (f64, f64),
        /// What of them stands there.
        anchor: Anchor,
        /// Turned with the clock about `at`, in degrees.
        turned: f64,
        /// On one line, as the drawing says them.
        words: String,
        /// Colour, size and weight of the letters.
        paint: Paint,
    },
}

/// A drawing on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// How wide, in units.
    pub width: f64,
    /// How high, in units.
    pub height: f64,
    /// What is on it, from the lowest.
    pub pieces: Vec<Piece>,
}

impl Drawing {
    /// The drawing as it is on paper. `width` in units is that of one that takes its place's.
    #[must_use]
    pub fn on_paper(&self, width: f64) -> Sheet {
        let (whole, left, inner) = match self.width {
            Width::Fixed(own) => (own, 0.0, own),
            Width::Fluid { .. } => {
                let (left, right) = self.width.edges(width);
                (width, left, (width - left - right).max(1.0))
            }
        };
        let wide = matches!(self.width, Width::Fixed(_)) || width >= WIDE;
        let mut laying = Laying { of: self, inner, wide, pieces: vec![] };
        laying.all(&self.marks, Place { x: left, y: 0.0, scale: 1.0, tone: Tone::Ink });
        Sheet { width: whole, height: self.height, pieces: laying.pieces }
    }
}

/// Where strokes are put, how large, and in which tone.
#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    scale: f64,
    tone: Tone,
}

struct Laying<'a> {
    of: &'a Drawing,
    inner: f64,
    wide: bool,
    pieces: Vec<Piece>,
}

impl Laying<'_> {
    fn at(&self, at: At, place: Place) -> (f64, f64) {
        (place.x + at.part * self.inner + at.x * place.scale, place.y + at.y * place.scale)
    }

    fn all(&mut self, marks: &[Mark], place: Place) {
        for mark in marks {
            self.one(mark, place);
        }
    }

    fn one(&mut self, mark: &Mark, place: Place) {
        match mark {
            Mark::Line { ink, from, to } => {
                let (a, b) = (self.at(*from, place), self.at(*to, place));
                self.path(*ink, vec![Step::Move(a.0, a.1), Step::Line(b.0, b.1)], None, place);
            }
            Mark::Rect { ink, from, to, round } => {
                let (a, b) = (self.at(*from, place), self.at(*to, place));
                self.path(*ink, rectangle(a, b, *round * place.scale), None, place);
                if let Ink::Share(shade) = ink {
                    self.texture(*shade, a, b);
                }
            }
            Mark::Circle { ink, at, r, width } => {
                let (x, y) = self.at(*at, place);
                self.path(*ink, round(x, y, r * place.scale), *width, place);
            }
            Mark::Area { ink, points } => {
                let points: Vec<_> = points.iter().map(|at| self.at(*at, place)).collect();
                self.path(*ink, super::closed(&points), None, place);
            }
            Mark::Trace { ink, points } => {
                let points: Vec<_> = points.iter().map(|at| self.at(*at, place)).collect();
                self.path(*ink, super::through(&points), None, place);
            }
            Mark::Path { ink, at, steps, width } => {
                let from = self.at(*at, place);
                let steps = steps.iter().map(|step| moved(*step, from, place.scale)).collect();
                self.path(*ink, steps, *width, place);
            }
            Mark::Text(text) => self.text(text, place),
            Mark::Stamp { stamp, at, tone } => {
                let of = self.of;
                if let Some(stamp) = of.stamps.get(*stamp) {
                    let (x, y) = self.at(*at, place);
                    self.all(&stamp.marks, Place { x, y, scale: place.scale * stamp.scale, tone: *tone });
                }
            }
            Mark::Group(group) => self.group(group, place),
        }
    }

    fn group(&mut self, group: &Group, place: Place) {
        if group.wide && !self.wide || group.class == NARROW_ONLY && self.wide {
            return;
        }
        let mut place = Place { tone: group.tone.unwrap_or(place.tone), ..place };
        if let Some((at, scale)) = group.placed {
            let (x, y) = self.at(at, place);
            place = Place { x, y, scale: place.scale * scale, ..place };
        }
        self.all(&group.marks, place);
    }

    fn path(&mut self, ink: Ink, steps: Vec<Step>, width: Option<f64>, place: Place) {
        let mut paint = ink.paint(place.tone);
        if let Some(pen) = &mut paint.pen {
            pen.width = width.unwrap_or(pen.width) * place.scale;
        }
        if paint.fill.is_some() || paint.pen.is_some() {
            self.pieces.push(Piece::Path { steps, paint });
        }
    }

    fn text(&mut self, text: &Text, place: Place) {
        let mut paint = text.ink.paint(place.tone);
        paint.size = text.size.unwrap_or(paint.size) * place.scale;
        paint.halo *= place.scale;
        // a word is short beside its circle: on paper it stands straight where its middle would be
        let at = self.at(text.at, place);
        let words = text.words.clone();
        self.pieces.push(Piece::Text { at, anchor: text.anchor, turned: text.turned, words, paint });
    }

    /// The strokes of a texture between two corners, cut at its edges.
    fn texture(&mut self, shade: Shade, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
        let tile = texture(shade);
        if tile.is_empty() {
            return;
        }
        let mut steps = vec![];
        let mut y = (top / TILE).floor() * TILE;
        while y < bottom {
            let mut x = (left / TILE).floor() * TILE;
            while x < right {
                for [a, b] in tile {
                    // no stroke leaves its square: its neighbour draws the rest
                    let square = ((x.max(left), y.max(top)), ((x + TILE).min(right), (y + TILE).min(bottom)));
                    if let Some((a, b)) = cut((a.0 + x, a.1 + y), (b.0 + x, b.1 + y), square) {
                        steps.extend([Step::Move(a.0, a.1), Step::Line(b.0, b.1)]);
                    }
                }
                x += TILE;
            }
            y += TILE;
        }
        if !steps.is_empty() {
            self.pieces.push(Piece::Path { steps, paint: texture_paint(shade) });
        }
    }
}

/// A place in units.
pub type Point = (f64, f64);

/// What of a line lies between two corners.
fn cut(a: Point, b: Point, (low, high): (Point, Point)) -> Option<(Point, Point)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (d, near, far) in [(dx, low.0 - a.0, high.0 - a.0), (dy, low.1 - a.1, high.1 - a.1)] {
        if d.abs() < 1e-9 {
            if near > 0.0 || far < 0.0 {
                return None;
            }
            continue;
        }
        let (one, other) = (near / d, far / d);
        from = from.max(one.min(other));
        to = to.min(one.max(other));
    }
    (to - from > 1e-6).then_some(((a.0 + dx * from, a.1 + dy * from), (a.0 + dx * to, a.1 + dy * to)))
}

fn moved(step: Step, (x, y): Point, scale: f64) -> Step {
    match step {
        Step::Move(a, b) => Step::Move(x + a * scale, y + b * scale),
        Step::Line(a, b) => Step::Line(x + a * scale, y + b * scale),
        Step::Arc { radius, large, clockwise, to } => {
            Step::Arc { radius: radius * scale, large, clockwise, to: (x + to.0 * scale, y + to.1 * scale) }
        }
        Step::Close => Step::Close,
    }
}

fn round(x: f64, y: f64, radius: f64) -> Vec<Step> {
    let half = |to| Step::Arc { radius, large: false, clockwise: true, to };
    vec![Step::Move(x - radius, y), half((x + radius, y)), half((x - radius, y)), Step::Close]
}

fn rectangle((left, top): Point, (right, bottom): Point, round: f64) -> Vec<Step> {
    let r = round.min((right - left) / 2.0).min((bottom - top) / 2.0);
    if r <= 0.0 {
        return super::closed(&[(left, top), (right, top), (right, bottom), (left, bottom)]);
    }
    let corner = |to| Step::Arc { radius: r, large: false, clockwise: true, to };
    vec![
        Step::Move(left + r, top),
        Step::Line(right - r, top),
        corner((right, top + r)),
        Step::Line(right, bottom - r),
        corner((right - r, bottom)),
        Step::Line(left + r, bottom),
        corner((left, bottom - r)),
        Step::Line(left, top + r),
        corner((left + r, top)),
        Step::Close,
    ]
}

/// A step of a path in which parts of circles have become curves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// Begins anew here.
    Move(Point),
    /// A line to here.
    Line(Point),
    /// A curve to the last, by way of the two others.
    Cubic(Point, Point, Point),
    /// Back to where it began.
    Close,
}

/// Steps as curves, which every format has.
#[must_use]
pub fn curves(steps: &[Step]) -> Vec<Curve> {
    let mut out = Vec::with_capacity(steps.len());
    let mut from = (0.0, 0.0);
    for step in steps {
        match *step {
            Step::Move(x, y) => {
                from = (x, y);
                out.push(Curve::Move(from));
            }
            Step::Line(x, y) => {
                from = (x, y);
                out.push(Curve::Line(from));
            }
            Step::Arc { radius, large, clockwise, to } => {
                arc(&mut out, from, to, radius, large, clockwise);
                from = to;
            }
            Step::Close => out.push(Curve::Close),
        }
    }
    out
}

/// A part of a circle, each quarter of it a curve (SVG 2, appendix B.2.4).
fn arc(out: &mut Vec<Curve>, from: Point, to: Point, radius: f64, large: bool, clockwise: bool) {
    let (hx, hy) = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
    let half = hx.hypot(hy);
    if half < 1e-9 {
        return;
    }
    let radius = radius.max(half);
    let away = (radius.powi(2) - half.powi(2)).max(0.0).sqrt() / half * if large == clockwise { -1.0 } else { 1.0 };
    let centre = (f64::midpoint(from.0, to.0) + away * hy, f64::midpoint(from.1, to.1) - away * hx);
    let angle = |p: Point| (p.1 - centre.1).atan2(p.0 - centre.0);
    let (start, mut turn) = (angle(from), angle(to) - angle(from));
    if clockwise && turn < 0.0 {
        turn += std::f64::consts::TAU;
    } else if !clockwise && turn > 0.0 {
        turn -= std::f64::consts::TAU;
    }
    let quarters = (turn.abs() / std::f64::consts::FRAC_PI_2 - 1e-9).ceil().max(1.0);
    let step = turn / quarters;
    let long = 4.0 / 3.0 * (step / 4.0).tan() * radius;
    let mut at = start;
    let mut left = quarters;
    while left > 0.5 {
        let (here, there) = (at.sin_cos(), (at + step).sin_cos());
        let place = |(sin, cos): Point| (centre.0 + radius * cos, centre.1 + radius * sin);
        let (begin, end) = (place(here), place(there));
        let out_of = (begin.0 - long * here.0, begin.1 + long * here.1);
        let into = (end.0 + long * there.0, end.1 - long * there.1);
        out.push(Curve::Cubic(out_of, into, end));
        at += step;
        left -= 1.0;
    }
}
