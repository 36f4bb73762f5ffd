//! Parts: how each part of a slide stands on its page. It is what `ui::apt::parts` and `style/slide.css` draw on a screen.

use domain::{
    apt::{
        Bildfil,
        deck::{Andel, Del, Form, Lista, Post, Siffra, Ton},
    },
    dokument::Run,
    drawing::{
        Tone, Width,
        bar::{self, Segment},
        key,
        serie::{self, Diagram},
    },
    format,
    occurrence::Status,
    schedule::Category,
};
use krilla::tagging::{ListNumbering, Tag};

use super::{
    place::{DETAIL, Look, Mark, Piece, Placer, Said, grown, middle, spread, stack},
    results, table, text,
};
use crate::pdf::{figure, set::Side, wheel::sign};

/// Around what stands in a box.
pub const PAD: (f32, f32) = (32.0, 32.0);
/// Between parts.
pub const GAP: f32 = 28.0;

/// Where large figures stand, which says how large they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// In boxes beside each other.
    Boxes,
    /// Under each other at the side.
    Side,
    /// Under each other beside the wheel; with a question below them they are smaller.
    Wheel { asks: bool },
}

/// A part in a room of this width and height. What is drawn takes the room, and its height is what it needs.
pub fn part(p: &mut Placer<'_>, del: &Del, bars: &[Vec<Segment>], (w, h): (f32, f32)) -> Piece {
    match del {
        Del::Lista(lista) => list(p, lista, (w, h)),
        Del::Siffror(all) => figures(p, all, (w, h), Stand::Boxes),
        // stands by itself: see `deck::round`
        Del::Hjul => Piece::default(),
        Del::Resultat(all) => results::results(p, all, (w, h)),
        Del::Antal(rows, notes) => kinds(p, rows, notes, (w, h)),
        Del::Diagram(of) => diagram(p, of, (w, h)),
        Del::Staplar(all) => bars_of(p, all, (w, h)),
        Del::Andelar(all) => shares(p, all, bars, (w, h)),
        Del::Tabell(read) => table::table(p, &read.rows, (w, h)),
        Del::Text(markdown) => {
            let inside = text::text(p, markdown, w - 2.0 * p.px(PAD.0));
            p.boxed(inside, (w, h), PAD, Tone::Surface, true)
        }
        Del::Bild(fil) => picture(p, fil, (w, h)),
        Del::Noter(all) => notes(p, all, w),
        Del::Tomt(said) => {
            let look = Look::new(p.t, 1.3);
            let inside = p.para(said, look, w - 2.0 * p.px(PAD.0));
            p.boxed(inside, (w, h), PAD, Tone::Surface, true)
        }
        Del::Lank(address) => {
            // a page of this program is no address on paper
            let link = if address.starts_with("https://") { address.clone() } else { String::new() };
            let run = Run { link, ..Run::from(address.as_str()) };
            p.runs(&[run], DETAIL.tone(Tone::Brand), w, Side::Start).tagged(Tag::P)
        }
        Del::Dagordning(points) => agenda(p, points, (w, h)),
    }
}

/// A picture in all of its box, and what stands under it; what it shows in words where the file cannot hold it.
fn picture(p: &mut Placer<'_>, fil: &Bildfil, (w, h): (f32, f32)) -> Piece {
    const LEAST: f32 = 240.0;
    let inside = w - 2.0 * p.px(PAD.0);
    let under = p.para(&fil.bildtext, DETAIL, inside);
    let Some(picture) = p.pictures.get(&fil.id).cloned() else {
        let said = p.para(&format!("Bilden ryms inte i filen. Den visar: {}", fil.alt), DETAIL, inside);
        return p.boxed(stack(vec![said, under], p.px(GAP)), (w, h), PAD, Tone::Surface, true);
    };
    let pad = p.px(16.0);
    let below = if under.marks.is_empty() { 0.0 } else { under.height + 2.0 * pad };
    let needed = p.px(LEAST) + below;
    let h = h.max(needed);
    let ground = Mark::Box { x: 0.0, top: 0.0, w, h, round: p.px(24.0), tone: Tone::Surface };
    let drawn = Mark::Picture { picture, alt: fil.alt.clone(), x: 0.0, top: 0.0, w, h: h - below };
    let mut marks = vec![ground, drawn];
    marks.extend(under.moved(p.px(PAD.0), h - below + pad).marks);
    Piece { marks, height: needed }
}

pub fn notes(p: &mut Placer<'_>, all: &[String], w: f32) -> Piece {
    let all = all.iter().map(|note| p.para(note, DETAIL, w)).collect();
    stack(all, 0.0)
}

/// An item of a list that says this.
pub fn item(label: Piece, body: Piece) -> Piece {
    let label = if label.marks.is_empty() { label } else { label.tagged(Tag::Lbl) };
    label.with(body.tagged(Tag::LBody)).tagged(Tag::LI)
}

pub fn figures(p: &mut Placer<'_>, all: &[Siffra], (w, h): (f32, f32), stand: Stand) -> Piece {
    let alone = all.len() == 1;
    #[allow(clippy::cast_precision_loss)] // a few
    let many = all.len().max(1) as f32;
    let (each, pad) = match stand {
        Stand::Boxes => ((w - p.px(GAP) * (many - 1.0)) / many, p.px(48.0)),
        Stand::Side | Stand::Wheel { .. } => (w, 0.0),
    };
    let one = |p: &mut Placer<'_>, s: &Siffra| {
        let px = match (stand, s.tal.chars().count()) {
            (Stand::Side | Stand::Wheel { asks: false }, _) => 120.0,
            (Stand::Wheel { asks: true }, _) => 84.0,
            (_, 0..=4) if alone => 340.0,
            (_, 5..=9) if alone => 240.0,
            (_, 0..=4) => 220.0,
            (_, 5..=9) => 120.0,
            _ if alone => 120.0,
            _ => 72.0,
        };
        let tone = match s.ton {
            Ton::Vanlig => Tone::Ink,
            Ton::Klar => Tone::Done,
            Ton::Sen => Tone::Late,
        };
        let room = each - 2.0 * pad;
        let look = p.on_one_line(&s.tal, Look::new(px, 1.1).bold().tone(tone), room);
        let number = p.words(&s.tal, look, room);
        let what = p.words(&s.vad, Look::new(44.0, 1.3).tone(Tone::Ink2), room);
        stack(vec![number, what], 0.0).tagged(Tag::P)
    };
    let all: Vec<Piece> = all.iter().map(|s| one(p, s)).collect();
    match stand {
        Stand::Boxes => {
            let mut out = Piece::default();
            let mut left = 0.0;
            for inside in all {
                let boxed = p.boxed(inside, (each, h), (48.0, 48.0), Tone::Surface, true);
                out = out.with(boxed.moved(left, 0.0));
                left += each + p.px(GAP);
            }
            out
        }
        Stand::Side => stack(all, p.px(GAP)),
        Stand::Wheel { asks: true } => stack(all, p.px(12.0)),
        Stand::Wheel { asks: false } => spread(all, 0.0, h),
    }
}

/// How many have no room here.
fn beyond(p: &mut Placer<'_>, n: usize, w: f32) -> Piece {
    if n == 0 {
        return Piece::default();
    }
    let n = format::int(i64::try_from(n).unwrap_or(i64::MAX));
    let said = p.para(&format!("och {n} till"), DETAIL, w);
    let above = p.px(12.0);
    Piece { height: said.height + above, marks: said.moved(0.0, above).marks }
}

/// What stands under a text.
fn under(p: &mut Placer<'_>, text: &str, w: f32) -> Piece {
    let look = Look { px: p.small(), ..DETAIL };
    p.words(text, look, w)
}

/// The mark of a status in a square of this many pixels.
pub fn mark(p: &Placer<'_>, status: Status, pixels: f32, said: Said) -> Piece {
    let drawing = Box::new(sign(status, Category::NEUTRAL));
    let width = p.px(pixels);
    Piece { marks: vec![Mark::Figure { drawing, x: 0.0, top: 0.0, width, said }], height: width }
}

fn list(p: &mut Placer<'_>, lista: &Lista, (w, h): (f32, f32)) -> Piece {
    match (lista.form, lista.poster.as_slice()) {
        (Form::Kort, _) => cards(p, lista, (w, h)),
        (Form::Tonad, [one]) if one.status.is_some() && lista.till == 0 => alone(p, lista.rubrik, one, (w, h)),
        _ => rows(p, lista, (w, h)),
    }
}

/// A list with its heading and how many there are.
fn rows(p: &mut Placer<'_>, lista: &Lista, (w, h): (f32, f32)) -> Piece {
    let inside = w - 2.0 * p.px(PAD.0);
    let heading = [Run { bold: true, ..Run::from(lista.rubrik) }, Run::from(format!(" {}", lista.antal))];
    let look = Look::new(34.0, 1.25).tone(Tone::Ink2);
    let words = p.runs(&heading, look, inside, Side::Start);
    let mut head = words.tagged(text::heading(2, &format!("{} {}", lista.rubrik, lista.antal)));
    head.height += p.px(16.0);
    let mut all = vec![];
    for (i, post) in lista.poster.iter().enumerate() {
        let pad = p.px(12.0);
        let mut row = row(p, post, inside).moved(0.0, pad);
        row.height += 2.0 * pad;
        if i > 0 {
            row = p.rule(1.0, inside).with(row);
        }
        all.push(row);
    }
    let single = all.len() == 1;
    let listed = stack(all, 0.0).tagged(Tag::L(ListNumbering::None));
    let more = beyond(p, lista.till, inside);
    let needed = head.height + listed.height + more.height;
    let spare = (h - 2.0 * p.px(PAD.1) - needed).max(0.0);
    let top = head.height;
    let down = if single { spare / 2.0 } else { 0.0 };
    let below = top + listed.height + spare;
    let marks = head.with(listed.moved(0.0, top + down)).with(more.moved(0.0, below)).marks;
    let tone = if lista.form == Form::Tonad { Tone::BrandTint } else { Tone::Surface };
    p.boxed(Piece { marks, height: needed }, (w, h), PAD, tone, false)
}

fn row(p: &mut Placer<'_>, post: &Post, w: f32) -> Piece {
    let (label, from) = match post.status {
        Some(status) => {
            let down = p.px(p.t * 0.12);
            (mark(p, status, p.t, Said::Word(status.label())).moved(0.0, down), p.px(p.t + 18.0))
        }
        None => (Piece::default(), 0.0),
    };
    let words = p.words(&post.text, Look::new(p.t, 1.25), w - from);
    let small = under(p, &post.under, w - from);
    item(label, stack(vec![words, small], 0.0).moved(from, 0.0))
}

/// A large card with a number for each.
fn cards(p: &mut Placer<'_>, lista: &Lista, (w, h): (f32, f32)) -> Piece {
    const CARD: (f32, f32) = (40.0, 24.0);
    let numbers: Vec<String> = (0..lista.poster.len()).map(|i| (lista.fran + i).to_string()).collect();
    let look = Look::new(p.t * 2.2, 1.0).bold().tone(Tone::Brand);
    let least = p.px(p.t * 2.2 * 0.76);
    let wide = numbers.iter().map(|n| p.width(n, look)).fold(least, f32::max);
    let from = wide + p.px(36.0);
    let inside = w - 2.0 * p.px(CARD.0);
    let mut all = vec![];
    for (number, post) in numbers.iter().zip(&lista.poster) {
        let own = p.width(number, look);
        let label = p.words(number, look, wide + 1.0).moved((wide - own) / 2.0, 0.0);
        let what = p.words(&post.text, Look::new(p.t, 1.2).bold(), inside - from);
        let small = under(p, &post.under, inside - from);
        let gap = if small.marks.is_empty() { 0.0 } else { p.px(8.0) };
        let said = stack(vec![what, small], gap);
        let height = label.height.max(said.height);
        let said = middle(said, height).moved(from, 0.0);
        all.push(Piece { height, ..item(middle(label, height), said) }.at_least(p.px(p.t * 2.4)));
    }
    let gap = p.px(24.0);
    let padded: Vec<Piece> =
        all.iter().map(|c| Piece { height: c.height + 2.0 * p.px(CARD.1), marks: vec![] }).collect();
    let heights = grown(&padded, gap, h);
    let needed = padded.iter().map(|c| c.height).sum::<f32>()
        + gap * f32::from(u16::try_from(all.len().max(1) - 1).unwrap_or(0));
    let mut out = Piece::default();
    let mut top = 0.0;
    for (card, height) in all.into_iter().zip(heights) {
        out = out.with(p.boxed(card, (w, height), CARD, Tone::Surface, true).moved(0.0, top));
        top += height + gap;
    }
    Piece { height: needed, ..out }.tagged(Tag::L(ListNumbering::Decimal))
}

/// One thing that somebody has to do, with all of the box: its mark, what, who and until when.
fn alone(p: &mut Placer<'_>, rubrik: &str, post: &Post, (w, h): (f32, f32)) -> Piece {
    let inside = w - 2.0 * p.px(PAD.0);
    let (when, who) = post.under.split_once(" · ").unwrap_or((&post.under, ""));
    let mut all = vec![];
    if let Some(status) = post.status {
        let tone = if status == Status::Forsenad { Tone::Late } else { Tone::Ink };
        let look = Look::new(34.0, 1.25).bold().tone(tone);
        let from = p.px(52.0 + 20.0);
        let said = p.words(&format!("{rubrik}, {}", status.label().to_lowercase()), look, inside - from);
        let sign = mark(p, status, 52.0, Said::Nothing);
        let height = sign.height.max(said.height);
        let line = middle(sign, height).with(middle(said, height).moved(from, 0.0));
        all.push(Piece { height, ..line }.tagged(Tag::P));
    }
    all.push(p.para(&post.text, Look::new(p.t, 1.2).bold(), inside));
    let d = p.small();
    let mut below = vec![p.rule(2.0, inside), Piece { marks: vec![], height: p.px(26.0) }];
    below.push(p.para(who, Look::new(d, 1.25).bold(), inside));
    below.push(p.para(when, DETAIL, inside));
    if !post.under.is_empty() {
        all.push(stack(below, 0.0));
    }
    let inside = stack(all, p.px(GAP));
    p.boxed(inside, (w, h), PAD, Tone::BrandTint, true)
}

/// Names with numbers, and what has to be known of them.
fn kinds(p: &mut Placer<'_>, rows: &[(String, String)], said: &[String], (w, h): (f32, f32)) -> Piece {
    let inside = w - 2.0 * p.px(PAD.0);
    let look = Look::new(p.t, 1.25);
    let mut all = vec![];
    for (what, n) in rows {
        let own = p.width(n, look.bold()) + 1.0;
        let number = p.right(n, look.bold(), own).moved(inside - own, 0.0);
        let what = p.words(what, look, inside - own - p.px(24.0));
        let height = what.height.max(number.height);
        let line = middle(what, height).with(middle(number, height));
        all.push(item(Piece::default(), Piece { height: height + 2.0 * p.px(10.0), ..line.moved(0.0, p.px(10.0)) }));
    }
    let below = notes(p, said, inside);
    let gap = p.px(12.0);
    let room = h - 2.0 * p.px(PAD.1) - below.height - gap;
    let heights = grown(&all, 0.0, room);
    let (mut listed, mut top, mut needed) = (Piece::default(), 0.0, 0.0);
    for (row, height) in all.into_iter().zip(heights) {
        needed += row.height;
        let line = p.rule(1.0, inside).moved(0.0, top + height - p.px(1.0));
        let down = top + (height - row.height) / 2.0;
        listed = listed.with(line).with(row.moved(0.0, down));
        top += height;
    }
    let listed = listed.tagged(Tag::L(ListNumbering::None));
    let height = needed + gap + below.height;
    let marks = listed.with(below.moved(0.0, top + gap)).marks;
    p.boxed(Piece { marks, height }, (w, h), PAD, Tone::Surface, false)
}

/// Bars: what each is called, and how many.
fn bars_of(p: &mut Placer<'_>, bars: &[(String, i64)], (w, h): (f32, f32)) -> Piece {
    let inside = w - 2.0 * p.px(PAD.0);
    let gap = p.px(20.0);
    let free = inside - 2.0 * gap;
    let (label, bar) = (free * 0.36, free * 0.5);
    let most = bars.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let mut all = vec![];
    for (what, n) in bars {
        let words = p.words(what, Look::new(p.t, 1.2), label);
        let height = words.height.max(p.em());
        #[allow(clippy::cast_precision_loss)] // counts of cases
        let long = bar * (*n as f32 / most as f32);
        let ground = Mark::Box { x: 0.0, top: 0.0, w: long, h: p.em(), round: p.px(4.0), tone: Tone::Brand };
        let drawn = Piece { marks: vec![ground], height: p.em() };
        let number = p.right(&format::int(*n), Look::new(p.t, 1.2).bold(), free * 0.14);
        let line = middle(words, height)
            .with(middle(drawn, height).moved(label + gap, 0.0))
            .with(middle(number, height).moved(label + bar + 2.0 * gap, 0.0));
        all.push(item(Piece::default(), Piece { height: height + 2.0 * p.px(9.0), ..line.moved(0.0, p.px(9.0)) }));
    }
    let listed = spread(all, 0.0, h - 2.0 * p.px(PAD.1)).tagged(Tag::L(ListNumbering::None));
    p.boxed(listed, (w, h), PAD, Tone::Surface, false)
}

/// The chart of a series in all of its box.
fn diagram(p: &mut Placer<'_>, of: &Diagram, (w, h): (f32, f32)) -> Piece {
    // what stands at the side takes a quarter of the page
    let beside = w < p.px(1_400.0);
    let drawing = Box::new(serie::on_slide(of, beside));
    let (pad, room) = (p.px(PAD.0), (w - 2.0 * p.px(PAD.0), h - 2.0 * p.px(PAD.1)));
    let Width::Fixed(own) = drawing.width else { return Piece::default() };
    #[allow(clippy::cast_possible_truncation)] // some hundred units
    let (own, high) = (own as f32, drawing.height as f32);
    let width = room.0.min(room.1 * own / high);
    let (x, top) = ((w - width) / 2.0, pad + (room.1 - width * high / own).max(0.0) / 2.0);
    let ground = Mark::Box { x: 0.0, top: 0.0, w, h, round: p.px(24.0), tone: Tone::Surface };
    let drawn = Piece { marks: vec![Mark::Figure { drawing, x, top, width, said: Said::Alt }], height: h };
    Piece { marks: vec![ground], height: h }.with(drawn)
}

/// Questions with the shares of their answers, and what the textures mean.
fn shares(p: &mut Placer<'_>, all: &[Andel], bars: &[Vec<Segment>], (w, h): (f32, f32)) -> Piece {
    let gap = p.px(GAP);
    let free = w - 2.0 * gap;
    let (label, bar) = (free * 0.41, free * 0.42);
    let mut rows = vec![];
    for (andel, segments) in all.iter().zip(bars) {
        let words = p.words(&andel.fraga, Look::new(p.t, 1.2), label);
        let high = p.em() * 1.9;
        let drawing = Box::new(bar::bare(segments, andel.fynd.clone(), figure::units(high)));
        let drawn = Mark::Figure { drawing, x: 0.0, top: 0.0, width: bar, said: Said::Alt };
        let look = Look::new((p.t * 0.9).max(32.0), 1.2).bold();
        let look = p.on_one_line(&andel.andel, look, free * 0.17);
        let number = p.right(&andel.andel, look, free * 0.17);
        let height = words.height.max(high);
        let line = middle(words, height)
            .with(middle(Piece { marks: vec![drawn], height: high }, height).moved(label + gap, 0.0))
            .with(middle(number, height).moved(label + bar + 2.0 * gap, 0.0));
        rows.push(item(Piece::default(), Piece { height, ..line }));
    }
    let keys = legend(p, bars, w);
    let room = h - gap - keys.height;
    let listed = spread(rows, p.px(12.0), room).tagged(Tag::L(ListNumbering::None));
    let height = listed.height + gap + keys.height;
    let below = room.max(listed.height) + gap;
    Piece { height, ..listed.with(keys.moved(0.0, below)) }
}

/// What the textures of the bars mean, on as many lines as it takes.
fn legend(p: &mut Placer<'_>, bars: &[Vec<Segment>], w: f32) -> Piece {
    let own = 28.0;
    let line = p.px(32.0 * 1.3);
    let (mut x, mut top) = (0.0, 0.0);
    let mut out = Piece::default();
    for (shade, words) in key::of_degrees(bars.iter().map(Vec::as_slice)) {
        let from = p.px(own + 12.0);
        let long = from + p.width(&words, DETAIL);
        if x > 0.0 && x + long > w {
            x = 0.0;
            top += line;
        }
        let drawing = Box::new(key::texture(shade));
        let down = (line - p.px(own)) / 2.0;
        let sign = Mark::Figure { drawing, x: 0.0, top: down, width: p.px(own), said: Said::Nothing };
        let said = p.words(&words, DETAIL, (w - from).max(1.0)).moved(from, 0.0);
        let height = said.height.max(line);
        let one = item(Piece::default(), Piece { marks: vec![sign], height }.with(said));
        out = out.with(one.moved(x, top));
        out.height = top + height;
        x += long + p.px(36.0);
    }
    if out.marks.is_empty() { out } else { out.tagged(Tag::L(ListNumbering::None)) }
}

/// The points of the meeting, and which it is.
fn agenda(p: &mut Placer<'_>, points: &[(i64, String, bool)], (w, h): (f32, f32)) -> Piece {
    let inside = w - 2.0 * p.px(PAD.0);
    let pad = p.px(6.0);
    let mut all = vec![];
    for (nr, title, here) in points {
        let look = Look::new(p.small(), 1.25).tone(Tone::Ink2);
        let look = if *here { look.bold().tone(Tone::Brand) } else { look };
        let words = p.words(&format!("{nr}. {title}"), look, inside).moved(0.0, pad);
        all.push(item(Piece::default(), Piece { height: words.height + 2.0 * pad, ..words }));
    }
    let listed = spread(all, 0.0, h - 2.0 * p.px(PAD.1)).tagged(Tag::L(ListNumbering::None));
    p.boxed(listed, (w, h), PAD, Tone::Surface, false)
}
