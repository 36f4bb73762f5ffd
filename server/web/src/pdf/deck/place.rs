//! Place: what stands where on a slide, before it is drawn. What is measured in pixels follows a slide that is 1080 high, as
//! in `style/slide.css`; places are points from the upper left corner.

use std::collections::HashMap;

use domain::{
    dokument::Run,
    drawing::{Drawing, Tone},
    id::BildfilId,
};
use krilla::tagging::{Tag, TagKind};

use crate::pdf::{
    picture::Picture,
    set::{Hand, Setter, Side, Words},
};

/// Points for a pixel: a slide of 1920 × 1080 is a page of 13⅓ × 7½ inches.
pub const PIXEL: f32 = 0.5;

/// No line is longer.
const ONE_LINE: f32 = 20_000.0;

/// Something on a slide.
pub enum Mark {
    /// What follows is read aloud as this, until its [`Mark::Close`].
    Open(TagKind),
    /// The last one that was opened ends.
    Close,
    /// A surface. Not read aloud.
    Box { x: f32, top: f32, w: f32, h: f32, round: f32, tone: Tone },
    /// Words.
    Words { words: Box<Words>, x: f32, top: f32, tone: Tone },
    /// A picture in a room, as large as it can be.
    Picture { picture: Picture, alt: String, x: f32, top: f32, w: f32, h: f32 },
    /// A drawing, so many points wide.
    Figure { drawing: Box<Drawing>, x: f32, top: f32, width: f32, said: Said },
}

/// What is read aloud of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing: words beside it say the same.
    Nothing,
    /// A word among others.
    Word(&'static str),
    /// Its own alt text.
    Alt,
}

/// Marks that belong together, in the order in which they are read, and how high what they are needs to be. A surface that
/// takes the room it is given is drawn higher than that.
#[derive(Default)]
pub struct Piece {
    pub marks: Vec<Mark>,
    pub height: f32,
}

impl Piece {
    /// Somewhere else.
    #[must_use]
    pub fn moved(mut self, dx: f32, dy: f32) -> Self {
        for mark in &mut self.marks {
            match mark {
                Mark::Box { x, top, .. }
                | Mark::Words { x, top, .. }
                | Mark::Picture { x, top, .. }
                | Mark::Figure { x, top, .. } => {
                    *x += dx;
                    *top += dy;
                }
                Mark::Open(_) | Mark::Close => {}
            }
        }
        self
    }

    /// Read aloud as this.
    #[must_use]
    pub fn tagged(mut self, tag: impl Into<TagKind>) -> Self {
        self.marks.insert(0, Mark::Open(tag.into()));
        self.marks.push(Mark::Close);
        self
    }

    /// As high as this, at the least.
    #[must_use]
    pub fn at_least(self, height: f32) -> Self {
        Self { height: self.height.max(height), ..self }
    }

    /// With another on the same place, read after it.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.height = self.height.max(other.height);
        self.marks.extend(other.marks);
        self
    }
}

/// Pieces under each other.
#[must_use]
pub fn stack(pieces: Vec<Piece>, gap: f32) -> Piece {
    let mut out = Piece::default();
    for (i, piece) in pieces.into_iter().enumerate() {
        let top = if i > 0 { out.height + gap } else { 0.0 };
        let height = top + piece.height;
        out.marks.extend(piece.moved(0.0, top).marks);
        out.height = height;
    }
    out
}

/// How high each is where what is left of the room is shared alike.
#[must_use]
pub fn grown(pieces: &[Piece], gap: f32, room: f32) -> Vec<f32> {
    #[allow(clippy::cast_precision_loss)] // parts of a slide
    let n = pieces.len() as f32;
    let whole: f32 = pieces.iter().map(|p| p.height).sum::<f32>() + gap * (n - 1.0).max(0.0);
    let more = (room - whole).max(0.0) / n.max(1.0);
    pieces.iter().map(|p| p.height + more).collect()
}

/// Pieces under each other in all of the room, each in the middle of its share.
#[must_use]
pub fn spread(pieces: Vec<Piece>, gap: f32, room: f32) -> Piece {
    let heights = grown(&pieces, gap, room);
    let mut out = Piece::default();
    let (mut top, mut needed) = (0.0, 0.0);
    for (i, (piece, height)) in pieces.into_iter().zip(heights).enumerate() {
        needed += piece.height + if i > 0 { gap } else { 0.0 };
        let down = top + (height - piece.height) / 2.0;
        out.marks.extend(piece.moved(0.0, down).marks);
        top += height + gap;
    }
    Piece { height: needed, ..out }
}

/// In the middle of the room, or from its top where there is too little.
#[must_use]
pub fn middle(piece: Piece, room: f32) -> Piece {
    let down = ((room - piece.height) / 2.0).max(0.0);
    piece.moved(0.0, down)
}

/// How words are written: pixels, height of a line as a share of them, weight and tone.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub px: f32,
    pub line: f32,
    pub bold: bool,
    pub tone: Tone,
}

impl Look {
    /// Words of this size.
    pub const fn new(px: f32, line: f32) -> Self {
        Self { px, line, bold: false, tone: Tone::Ink }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// What is smaller than the text of a slide: never smaller than 32.
pub const DETAIL: Look = Look { px: 32.0, line: 1.3, bold: false, tone: Tone::Ink2 };

/// Lays words and boxes in sizes of a slide.
pub struct Placer<'a> {
    pub setter: &'a mut Setter,
    /// The pictures of the slides.
    pub pictures: &'a HashMap<BildfilId, Picture>,
    /// Points for a pixel.
    pub scale: f32,
    /// The size of the text, in pixels.
    pub t: f32,
}

impl Placer<'_> {
    /// Pixels in points.
    pub fn px(&self, pixels: f32) -> f32 {
        pixels * self.scale
    }

    /// The size of the text, in points.
    pub fn em(&self) -> f32 {
        self.px(self.t)
    }

    /// The size of what stands under the text, in pixels.
    pub fn small(&self) -> f32 {
        (self.t * 0.66).max(32.0)
    }

    /// Words that are not tagged yet.
    pub fn words(&mut self, text: &str, look: Look, width: f32) -> Piece {
        self.runs(&[Run::from(text)], look, width, Side::Start)
    }

    /// The same against the right side.
    pub fn right(&mut self, text: &str, look: Look, width: f32) -> Piece {
        self.runs(&[Run::from(text)], look, width, Side::Right)
    }

    pub fn runs(&mut self, runs: &[Run], look: Look, width: f32, side: Side) -> Piece {
        let words = self.setter.set_runs(runs, self.hand(look), width, side);
        let height = words.lines.height();
        if words.text.trim().is_empty() {
            return Piece { height: 0.0, marks: vec![] };
        }
        Piece { height, marks: vec![Mark::Words { words: Box::new(words), x: 0.0, top: 0.0, tone: look.tone }] }
    }

    /// A paragraph.
    pub fn para(&mut self, text: &str, look: Look, width: f32) -> Piece {
        self.words(text, look, width).tagged(Tag::P)
    }

    fn hand(&self, look: Look) -> Hand {
        Hand { size: self.px(look.px), line: look.line, bold: look.bold, quiet: false }
    }

    /// How wide a text is in one line, and whether it has room in so many points.
    pub fn width(&mut self, text: &str, look: Look) -> f32 {
        let hand = self.hand(look);
        text.lines().map(|line| self.setter.set(line, hand, ONE_LINE).lines.width()).fold(0.0, f32::max)
    }

    /// The largest size from `look` down with which a text has room in one line.
    pub fn on_one_line(&mut self, text: &str, look: Look, width: f32) -> Look {
        let own = self.width(text, look);
        let least = 32.0_f32.min(look.px);
        if own <= width { look } else { Look { px: (look.px * width / own * 0.99).max(least), ..look } }
    }

    /// Words in lines that are about as long as each other.
    pub fn balanced(&mut self, text: &str, look: Look, width: f32) -> Piece {
        let hand = self.hand(look);
        let most = self.setter.set(text, hand, width).lines.len();
        let (mut low, mut high) = (width / 2.0, width);
        if most > 1 {
            for _ in 0..6 {
                let mid = f32::midpoint(low, high);
                if self.setter.set(text, hand, mid).lines.len() > most { low = mid } else { high = mid }
            }
        }
        self.words(text, look, high)
    }

    /// A line across, in points wide.
    pub fn rule(&self, pixels: f32, width: f32) -> Piece {
        let h = self.px(pixels);
        let line = Mark::Box { x: 0.0, top: 0.0, w: width, h, round: 0.0, tone: Tone::LineStrong };
        Piece { marks: vec![line], height: h }
    }

    /// A box of all the room with something in it, in its middle or from its top.
    pub fn boxed(&self, inside: Piece, (w, h): (f32, f32), (pad_x, pad_y): (f32, f32), tone: Tone, mid: bool) -> Piece {
        let (pad_x, pad_y) = (self.px(pad_x), self.px(pad_y));
        let needed = inside.height + 2.0 * pad_y;
        let h = h.max(needed);
        let down = if mid { (h - inside.height) / 2.0 } else { pad_y };
        let ground = Mark::Box { x: 0.0, top: 0.0, w, h, round: self.px(24.0), tone };
        let mut marks = vec![ground];
        marks.extend(inside.moved(pad_x, down).marks);
        Piece { marks, height: needed }
    }
}
