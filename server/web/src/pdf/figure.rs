//! Figures: a drawing of the domain as vectors on a page. The words in it are words in the file too; what is read aloud is
//! its alt text, which whoever places it gives to the tag.

use domain::drawing::{
    Anchor, Drawing, Width,
    paint::{Paint, Pen, Rgb},
    paper::{Curve, Piece, curves},
};
use krilla::{
    color::rgb,
    geom::{Path, PathBuilder, Transform},
    num::NormalizedF32,
    paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash},
    surface::Surface,
};

use super::{
    draw::runs,
    fonts::Embedded,
    set::{Hand, Setter},
};

/// Points for a unit of a drawing that takes the width of its place: its letters, of 13 units, are nearly 10 points.
const POINTS: f64 = 0.75;

/// Words in a figure stand in one line: no line is longer.
const ROOM: f32 = 4000.0;

/// How many units wide a drawing is on so many points.
#[must_use]
pub fn units(points: f32) -> f64 {
    f64::from(points) / POINTS
}

/// How wide the drawing is in a place of so many points: one of a size of its own is not made larger.
#[must_use]
pub fn width(drawing: &Drawing, place: f32) -> f32 {
    match drawing.width {
        Width::Fixed(own) => place.min(small(own * POINTS)),
        Width::Fluid { .. } => place,
    }
}

/// How high the drawing is where it is so many points wide.
#[must_use]
pub fn height(drawing: &Drawing, width: f32) -> f32 {
    let (scale, _) = scale(drawing, width);
    small(drawing.height * scale)
}

/// Points for a unit, and the width in units.
pub fn scale(drawing: &Drawing, width: f32) -> (f64, f64) {
    match drawing.width {
        Width::Fixed(own) => (f64::from(width) / own.max(1.0), own),
        Width::Fluid { .. } => (POINTS, units(width)),
    }
}

#[allow(clippy::cast_possible_truncation)] // places on a page
fn small(x: f64) -> f32 {
    x as f32
}

/// Draws it with its upper left corner at `x` and `top`, so many points wide.
pub fn draw(
    surface: &mut Surface<'_>,
    setter: &mut Setter,
    fonts: &mut Embedded,
    drawing: &Drawing,
    x: f32,
    top: f32,
    width: f32,
) {
    let (scale, units) = scale(drawing, width);
    let place = Place { x: f64::from(x), y: f64::from(top), scale };
    for piece in drawing.on_paper(units).pieces {
        match piece {
            Piece::Path { steps, paint } => {
                let Some(path) = place.path(&curves(&steps)) else { continue };
                surface.set_fill(paint.fill.map(|(colour, opacity)| fill(colour, opacity)));
                surface.set_stroke(paint.pen.as_ref().map(|pen| stroke(pen, scale)));
                surface.draw_path(&path);
            }
            Piece::Text { at, anchor, turned, words, paint } => {
                let turned = (turned != 0.0).then(|| {
                    let (x, y) = place.at(at);
                    Transform::from_rotate_at(small(turned), x, y)
                });
                if let Some(turned) = &turned {
                    surface.push_transform(turned);
                }
                place.words(surface, setter, fonts, at, anchor, &words, &paint);
                if turned.is_some() {
                    surface.pop();
                }
            }
        }
    }
    surface.set_stroke(None);
}

struct Place {
    x: f64,
    y: f64,
    scale: f64,
}

impl Place {
    fn at(&self, (x, y): (f64, f64)) -> (f32, f32) {
        (small(self.x + x * self.scale), small(self.y + y * self.scale))
    }

    fn path(&self, curves: &[Curve]) -> Option<Path> {
        let mut path = PathBuilder::new();
        for curve in curves {
            match curve {
                Curve::Move(at) => {
                    let (x, y) = self.at(*at);
                    path.move_to(x, y);
                }
                Curve::Line(at) => {
                    let (x, y) = self.at(*at);
                    path.line_to(x, y);
                }
                Curve::Cubic(a, b, to) => {
                    let ((ax, ay), (bx, by), (x, y)) = (self.at(*a), self.at(*b), self.at(*to));
                    path.cubic_to(ax, ay, bx, by, x, y);
                }
                Curve::Close => path.close(),
            }
        }
        path.finish()
    }

    #[allow(clippy::too_many_arguments)] // what words are
    fn words(
        &self,
        surface: &mut Surface<'_>,
        setter: &mut Setter,
        fonts: &mut Embedded,
        at: (f64, f64),
        anchor: Anchor,
        words: &str,
        paint: &Paint,
    ) {
        let Some((colour, opacity)) = paint.fill else { return };
        let words = setter.set(
            words,
            Hand { size: small(paint.size * self.scale), line: 1.2, bold: paint.bold, quiet: false },
            ROOM,
        );
        let Some(line) = words.lines.get(0) else { return };
        let (mut x, y) = self.at(at);
        let metrics = *line.metrics();
        x -= metrics.offset;
        x -= match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => metrics.advance / 2.0,
            Anchor::End => metrics.advance,
        };
        let top = y - metrics.baseline;
        if paint.halo > 0.0 {
            let pen = Pen {
                colour: domain::drawing::Tone::Surface.rgb(),
                width: paint.halo,
                dash: None,
                round: true,
                opacity: 1.0,
            };
            surface.set_fill(None);
            surface.set_stroke(Some(stroke(&pen, self.scale)));
            runs(fonts, surface, &words, 0, x, top, true);
        }
        surface.set_stroke(None);
        surface.set_fill(Some(fill(colour, opacity)));
        runs(fonts, surface, &words, 0, x, top, false);
    }
}

fn colour([r, g, b]: Rgb) -> rgb::Color {
    rgb::Color::new(r, g, b)
}

fn opacity(part: f64) -> NormalizedF32 {
    NormalizedF32::new(small(part)).unwrap_or(NormalizedF32::ONE)
}

/// A colour within, so opaque.
pub fn fill(of: Rgb, part: f64) -> Fill {
    Fill { paint: colour(of).into(), opacity: opacity(part), rule: FillRule::default() }
}

fn stroke(pen: &Pen, scale: f64) -> Stroke {
    let (line_cap, line_join) =
        if pen.round { (LineCap::Round, LineJoin::Round) } else { (LineCap::Butt, LineJoin::Miter) };
    let dash = pen.dash.map(|(on, off)| StrokeDash { array: vec![small(on * scale), small(off * scale)], offset: 0.0 });
    Stroke {
        paint: colour(pen.colour).into(),
        width: small(pen.width * scale),
        line_cap,
        line_join,
        dash,
        opacity: opacity(pen.opacity),
        ..Stroke::default()
    }
}
