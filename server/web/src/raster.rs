//! Raster: a drawing of the domain as a picture of dots, for what reads no strokes: Word. Its words are drawn in the fonts of
//! the PDF, so it looks the same there; what is read aloud is its alt text.

use domain::drawing::{
    Anchor, Drawing, Tone,
    paint::{Paint as Look, Pen, Rgb},
    paper::{Curve, Piece, curves},
};
use parley::{FontWeight, PositionedLayoutItem};
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::Size,
    outline::{DrawSettings, OutlinePen},
};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Shader, Stroke, StrokeDash, Transform,
};

use crate::pdf::{
    figure,
    set::{Hand, Setter},
};

/// Dots for a point: 216 to an inch, as a good printer needs for lines.
const DOTS: f64 = 3.0;

/// Words in a figure stand in one line: no line is longer.
const ROOM: f32 = 40_000.0;

/// A picture, and how large it is on paper in points.
pub struct Picture {
    pub png: Vec<u8>,
    pub width: f32,
    pub height: f32,
}

/// The drawing so many points wide, on white; none where it is larger than a picture can be.
#[must_use]
pub fn picture(drawing: &Drawing, points: f32) -> Option<Picture> {
    let width = figure::width(drawing, points);
    let (scale, units) = figure::scale(drawing, width);
    let height = figure::height(drawing, width);
    let mut pixmap = Pixmap::new(dots(width), dots(height))?;
    pixmap.fill(colour(Tone::Surface.rgb(), 1.0));
    let mut setter = Setter::new();
    let mut on = Drawn { pixmap, scale: scale * DOTS };
    for piece in drawing.on_paper(units).pieces {
        match piece {
            Piece::Path { steps, paint } => {
                if let Some(path) = on.path(&curves(&steps)) {
                    on.painted(&path, &paint, Transform::identity());
                }
            }
            Piece::Text { at, anchor, turned, words, paint } => {
                on.words(&mut setter, at, anchor, turned, &words, &paint);
            }
        }
    }
    Some(Picture { png: on.pixmap.encode_png().ok()?, width, height })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a page is some thousand dots
fn dots(points: f32) -> u32 {
    (f64::from(points) * DOTS).round().max(1.0) as u32
}

#[allow(clippy::cast_possible_truncation)] // places on a picture
const fn small(x: f64) -> f32 {
    x as f32
}

fn colour([r, g, b]: Rgb, opacity: f64) -> Color {
    let mut colour = Color::from_rgba8(r, g, b, 255);
    colour.set_alpha(small(opacity).clamp(0.0, 1.0));
    colour
}

fn paint(of: Rgb, opacity: f64) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(colour(of, opacity)), anti_alias: true, ..Paint::default() }
}

struct Drawn {
    pixmap: Pixmap,
    /// Dots for a unit.
    scale: f64,
}

impl Drawn {
    fn at(&self, (x, y): (f64, f64)) -> (f32, f32) {
        (small(x * self.scale), small(y * self.scale))
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

    fn painted(&mut self, path: &Path, look: &Look, turned: Transform) {
        if let Some((of, opacity)) = look.fill {
            self.pixmap.fill_path(path, &paint(of, opacity), FillRule::Winding, turned, None);
        }
        if let Some(pen) = &look.pen {
            self.stroked(path, pen, turned);
        }
    }

    fn stroked(&mut self, path: &Path, pen: &Pen, turned: Transform) {
        let (line_cap, line_join) =
            if pen.round { (LineCap::Round, LineJoin::Round) } else { (LineCap::Butt, LineJoin::Miter) };
        let dash =
            pen.dash.and_then(|(on, off)| StrokeDash::new(vec![small(on * self.scale), small(off * self.scale)], 0.0));
        let width = small(pen.width * self.scale);
        let stroke = Stroke { width, line_cap, line_join, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(pen.colour, pen.opacity), &stroke, turned, None);
    }

    fn words(&mut self, setter: &mut Setter, at: (f64, f64), anchor: Anchor, turned: f64, words: &str, look: &Look) {
        let size = small(look.size * self.scale);
        let words = setter.set(words, Hand { size, line: 1.2, bold: look.bold, quiet: false }, ROOM);
        let Some(line) = words.lines.get(0) else { return };
        let (x, y) = self.at(at);
        let metrics = *line.metrics();
        let before = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => metrics.advance / 2.0,
            Anchor::End => metrics.advance,
        };
        let (left, top) = (x - metrics.offset - before, y - metrics.baseline);
        let mut pen = Outline { path: PathBuilder::new(), x: 0.0, y: 0.0 };
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(glyphs) = item else { continue };
            let run = glyphs.run();
            let font = run.font();
            let Ok(read) = FontRef::from_index(font.data.as_ref(), font.index) else { continue };
            let weight = if run.font_attrs().weight == FontWeight::BOLD { 700.0 } else { 400.0 };
            let place = read.axes().location([("wght", weight)]);
            let outlines = read.outline_glyphs();
            for glyph in glyphs.positioned_glyphs() {
                (pen.x, pen.y) = (left + glyph.x, top + glyph.y);
                if let Some(outline) = outlines.get(GlyphId::new(glyph.id)) {
                    // a letter without an outline is a blank
                    outline.draw(DrawSettings::unhinted(Size::new(run.font_size()), &place), &mut pen).ok();
                }
            }
        }
        let Some(path) = pen.path.finish() else { return };
        let turned = Transform::from_rotate_at(small(turned), x, y);
        if look.halo > 0.0 {
            let halo = Pen { colour: Tone::Surface.rgb(), width: look.halo, dash: None, round: true, opacity: 1.0 };
            self.stroked(&path, &halo, turned);
        }
        self.painted(&path, &Look { pen: None, ..look.clone() }, turned);
    }
}

/// Letters become a path at their place. Fonts count upwards.
struct Outline {
    path: PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + cx, self.y - cy, self.x + x, self.y - y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + ax, self.y - ay, self.x + bx, self.y - by, self.x + x, self.y - y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use domain::drawing::times::{self, Time};

    use super::*;

    #[test]
    fn a_chart_is_drawn_with_its_letters_in_its_colours() {
        let time = |label: &str, now| Time {
            label: label.into(),
            share: 0.8,
            interval: Some((0.7, 0.9)),
            now,
            said: "8 av 10".into(),
        };
        let drawing =
            times::drawing(&[time("nov 2025", false), time("nov 2026", true)], Some(domain::tal::Tal::whole(90)))
                .unwrap();
        let picture = picture(&drawing, 480.0).unwrap();
        assert!((picture.width - 480.0).abs() < 0.1 && picture.height > 100.0);
        let read = Pixmap::decode_png(&picture.png).unwrap();
        assert_eq!((read.width(), read.height()), (1_440, dots(picture.height)));
        let of = |tone: Tone| {
            let [r, g, b] = tone.rgb();
            read.pixels().iter().filter(|p| (p.red(), p.green(), p.blue()) == (r, g, b)).count()
        };
        assert!(of(Tone::Brand) > 200, "the dot of this time");
        assert!(of(Tone::Ink) > 200 && of(Tone::Ink2) > 200, "words");
        assert!(of(Tone::Late) > 200, "what is aimed at");
    }
}
