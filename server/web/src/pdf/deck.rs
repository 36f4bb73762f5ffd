//! The deck: the slides of a meeting as a file, a page each, 13⅓ × 7½ inches. What is on a slide and how large it is decides
//! `domain::apt::deck`, as for the screen; ours is where it stands. The colours are those of the light theme: it is printed.

mod draw;
mod parts;
mod place;
mod results;
mod table;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    apt::deck::{self, Blad, Del, STEPS},
    arshjul::picture,
    drawing::Tone,
    id::BildfilId,
};
use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    tagging::Tag,
};
use ui::apt::{Bildspel, Visad};

use self::{
    parts::{GAP, PAD, Stand, figures, part},
    place::{DETAIL, Look, Mark, PIXEL, Piece, Placer, Said, stack},
};
use super::{PdfError, fonts::Embedded, opened, picture::Picture, set::Setter};

/// A page.
const WIDTH: f32 = 1920.0 * PIXEL;
const HEIGHT: f32 = 1080.0 * PIXEL;

/// Around what is on a slide, in pixels.
const LEFT: f32 = 96.0;
const TOP: f32 = 76.0;
const BOTTOM: f32 = 44.0;
/// Between heading, body and foot.
const BETWEEN: f32 = 44.0;
/// How high the foot is.
const FEET: f32 = 42.0;
/// How wide the side is.
const SIDE: f32 = 480.0;
/// The wheel: its side, what is beside it, and the margin to its right.
const WHEEL: f32 = 955.0;
const BESIDE: f32 = 48.0;
const RIGHT: f32 = 56.0;

/// How much smaller than a slide's least everything becomes where its text has no room: paper does not scroll.
const SMALLER: [f32; 6] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];

/// The pictures of a deck, as they can be drawn.
#[derive(Default)]
pub struct Pictures {
    /// Those of slides. One that is not here is told in words.
    pub own: HashMap<BildfilId, Picture>,
    /// What stands at the bottom of each.
    pub logga: Option<Picture>,
}

/// The file. `now` stands in it as the time when it was written.
pub fn write(deck: &Bildspel, pictures: &Pictures, now: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let mut setter = Setter::new();
    let mut fonts = Embedded::default();
    let mut pdf = opened(&deck.title, now)?;
    let mut outline = Outline::new();
    let mut pages = vec![];
    for (n, visad) in deck.slides.iter().enumerate() {
        let marks = slide(&mut setter, &pictures.own, visad);
        let feet = foot(&mut setter, pictures, &deck.foot, &format!("{} av {}", n + 1, deck.slides.len()));
        pages.push(draw::page(&mut pdf, &mut setter, &mut fonts, marks.marks, &feet));
        let place = XyzDestination::new(n, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(format!("{}. {}", n + 1, visad.blad.rubrik), place));
    }
    pdf.set_outline(outline);
    pdf.set_tag_tree(draw::tree(pages));
    pdf.finish().map_err(PdfError::Written)
}

/// What stands under each slide: which meeting, and which slide it is.
fn foot(setter: &mut Setter, pictures: &Pictures, words: &str, number: &str) -> Vec<Mark> {
    let mut p = Placer { setter, pictures: &pictures.own, scale: PIXEL, t: 32.0 };
    let top = HEIGHT - p.px(BOTTOM + FEET);
    let room = WIDTH - 2.0 * p.px(LEFT);
    let wide = p.width(number, DETAIL);
    let logo = pictures.logga.as_ref().map(|picture| logo(&p, picture)).unwrap_or_default();
    let from = logo.marks.iter().fold(0.0, |from: f32, mark| match mark {
        Mark::Box { w, .. } => from.max(w + p.px(24.0)),
        _ => from,
    });
    let left = room - wide - p.px(36.0) - from;
    let look = p.on_one_line(words, DETAIL, left);
    let words = p.words(words, look, left).moved(p.px(LEFT) + from, top);
    let words = logo.moved(p.px(LEFT), top - p.px(11.0)).with(words);
    let number = p.right(number, DETAIL, wide + 1.0).moved(p.px(LEFT) + room - wide - 1.0, top);
    words.with(number).marks
}

/// A logo on white, as high as it is on the screen and at most so wide.
fn logo(p: &Placer<'_>, picture: &Picture) -> Piece {
    let (high, pad_x, pad_y) = (p.px(48.0), p.px(12.0), p.px(8.0));
    let wide = (high * picture.ratio()).min(p.px(360.0));
    let (w, h) = (wide + 2.0 * pad_x, high + 2.0 * pad_y);
    let ground = Mark::Box { x: 0.0, top: 0.0, w, h, round: p.px(10.0), tone: Tone::Surface };
    let drawn = Mark::Picture { picture: picture.clone(), alt: String::new(), x: pad_x, top: pad_y, w: wide, h: high };
    Piece { marks: vec![ground, drawn], height: h }
}

/// What is on a slide: as large as on the screen where all of it has room, else the largest that has.
fn slide(setter: &mut Setter, pictures: &HashMap<BildfilId, Picture>, visad: &Visad) -> Piece {
    let own = visad.blad.steg.0.min(STEPS.len() - 1);
    #[allow(clippy::cast_precision_loss)] // pixels
    let steps = (0..=own).rev().map(|step| (1.0, STEPS[step] as f32));
    let tries: Vec<(f32, f32)> = steps.chain(SMALLER.map(|smaller| (smaller, 32.0))).collect();
    let mut placed = None;
    for (smaller, t) in tries {
        let (piece, fits) = at(setter, pictures, visad, (smaller, t));
        placed = Some(piece);
        if fits {
            break;
        }
    }
    placed.unwrap_or_default()
}

/// The slide with its text so large, and whether all of it has room.
fn at(
    setter: &mut Setter,
    pictures: &HashMap<BildfilId, Picture>,
    visad: &Visad,
    (smaller, t): (f32, f32),
) -> (Piece, bool) {
    let blad = &visad.blad;
    let round = blad.delar.contains(&Del::Hjul).then_some(()).and(visad.hjul.as_deref());
    let whole = 1920.0 - LEFT - if round.is_some() { RIGHT + WHEEL + BESIDE } else { LEFT };
    let mut p = Placer { setter, pictures, scale: PIXEL, t };
    let width = p.px(whole);
    let head = head(&mut p, blad, width);
    let from = p.px(TOP) + head.height + p.px(BETWEEN);
    let room = HEIGHT - p.px(BOTTOM + FEET + BETWEEN) - from;
    let mut out = head.moved(p.px(LEFT), p.px(TOP));
    p.scale = PIXEL * smaller;
    let body = match round {
        Some(wheel) => {
            let drawing = Box::new(picture::for_room(wheel.clone()));
            let (x, side) = (WIDTH - (RIGHT + WHEEL) * PIXEL, WHEEL * PIXEL);
            let figure = Mark::Figure { drawing, x, top: (HEIGHT - side) / 2.0, width: side, said: Said::Alt };
            out.marks.push(figure);
            beside_wheel(&mut p, visad, (width, room))
        }
        None => body(&mut p, visad, (width, room)),
    };
    let fits = body.height <= room + 0.5;
    out.marks.extend(body.moved(LEFT * PIXEL, from).marks);
    (out, fits)
}

/// The point and the finding. A long one is written smaller, so that something of the slide is left.
fn head(p: &mut Placer<'_>, blad: &Blad, w: f32) -> Piece {
    let kicker = p.para(&blad.kicker, Look::new(34.0, 1.3).tone(Tone::Ink2), w);
    let mut heading = Piece::default();
    for px in [72.0, 60.0, 50.0, 42.0, 34.0] {
        heading = p.balanced(&blad.rubrik, Look::new(px, 1.15).bold(), w);
        if heading.height <= HEIGHT * 0.28 {
            break;
        }
    }
    stack(vec![kicker, heading.tagged(text::heading(1, &blad.rubrik))], 0.0)
}

/// The parts beside each other, what belongs to them below, and what stands at their side.
fn body(p: &mut Placer<'_>, visad: &Visad, (w, h): (f32, f32)) -> Piece {
    let blad = &visad.blad;
    let gap = p.px(GAP);
    let wide = if blad.has_side() { w - p.px(SIDE) - gap } else { w };
    let below = |del: &&Del| matches!(del, Del::Noter(_) | Del::Lank(_));
    let under: Vec<Piece> = blad.delar.iter().filter(below).map(|del| part(p, del, &[], (wide, 0.0))).collect();
    let under = stack(under, gap);
    let room = if under.height > 0.0 { h - under.height - gap } else { h };
    let beside: Vec<&Del> = blad.delar.iter().filter(|del| !below(del)).collect();
    #[allow(clippy::cast_possible_truncation)] // small whole numbers
    let weight = |del: &Del| deck::weight(del) as f32;
    let total: f32 = beside.iter().map(|del| weight(del)).sum();
    #[allow(clippy::cast_precision_loss)] // three at most
    let free = wide - gap * beside.len().saturating_sub(1) as f32;
    let (mut out, mut x) = (Piece::default(), 0.0);
    for del in beside {
        let own = free * weight(del) / total.max(1.0);
        out = out.with(part(p, del, &visad.staplar, (own, room)).moved(x, 0.0));
        x += own + gap;
    }
    let needed = out.height + h - room;
    let out = out.with(under.moved(0.0, room + gap));
    let side = side(p, visad, (p.px(SIDE), h));
    let height = needed.max(side.height);
    Piece { height, ..out.with(side.moved(wide + gap, 0.0)) }
}

/// What stands at the side: what it shows, and under it what to talk about.
fn side(p: &mut Placer<'_>, visad: &Visad, (w, h): (f32, f32)) -> Piece {
    let gap = p.px(GAP);
    let own: Vec<Piece> = visad
        .blad
        .sida
        .iter()
        .map(|del| match del {
            Del::Siffror(all) => figures(p, all, (w, 0.0), Stand::Side),
            other => part(p, other, &[], (w, 0.0)),
        })
        .collect();
    let own = stack(own, gap);
    let above = if own.height > 0.0 { own.height + gap } else { 0.0 };
    let asked = ask(p, visad, (w, h - above));
    if asked.marks.is_empty() {
        return own;
    }
    let height = above + asked.height;
    Piece { height, ..own.with(asked.moved(0.0, above)) }
}

/// What to talk about, and for how long.
fn ask(p: &mut Placer<'_>, visad: &Visad, (w, h): (f32, f32)) -> Piece {
    let blad = &visad.blad;
    let inside = w - 2.0 * p.px(PAD.0);
    let mut all = vec![];
    let asks = !blad.fraga.is_empty();
    let label = if asks { "Prata om" } else { "" };
    let time =
        visad.minuter.filter(|_| blad.klocka).map(|m| if m == 1 { "1 minut".into() } else { format!("{m} minuter") });
    let look = Look::new(34.0, 1.25).bold();
    let line = p.words(label, look.tone(Tone::Brand), inside);
    let time = p.right(time.as_deref().unwrap_or_default(), look.tone(Tone::Ink2), inside);
    let line = line.with(time);
    if !line.marks.is_empty() {
        all.push(line.tagged(Tag::P));
    }
    if asks {
        #[allow(clippy::cast_precision_loss)] // pixels
        let px = (blad.fraga_px as f32).min(p.t).max(32.0);
        all.push(p.para(&blad.fraga, Look::new(px, 1.25).bold(), inside));
    }
    if all.is_empty() {
        return Piece::default();
    }
    let inside = stack(all, p.px(12.0));
    p.boxed(inside, (w, h), PAD, Tone::Surface, true)
}

/// Beside the wheel: how the year stands, and under it what to talk about.
fn beside_wheel(p: &mut Placer<'_>, visad: &Visad, (w, h): (f32, f32)) -> Piece {
    let gap = p.px(GAP);
    let asks = !visad.blad.fraga.is_empty();
    let asked = ask(p, visad, (w, 0.0));
    let below = if asked.marks.is_empty() { 0.0 } else { asked.height + gap };
    let room = h - below;
    let all: Vec<Piece> = visad
        .blad
        .delar
        .iter()
        .filter(|del| **del != Del::Hjul)
        .map(|del| match del {
            Del::Siffror(all) => figures(p, all, (w, room), Stand::Wheel { asks }),
            other => part(p, other, &visad.staplar, (w, 0.0)),
        })
        .collect();
    let out = stack(all, gap);
    let needed = out.height + below;
    let asked = asked.moved(0.0, (h - below + gap).max(needed - below + gap));
    Piece { height: needed, ..out.with(asked) }
}
