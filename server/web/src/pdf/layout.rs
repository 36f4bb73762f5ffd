//! Layout: which words stand where on which page. A heading never stands last on a page, a row of a table is only divided
//! when it is higher than a page, the heads of a table come again on each page it reaches, and what is too wide for a sheet
//! that stands is on one that lies. Lengths are points (1/72 inch) from the upper left corner.

use std::ops::Range;

use domain::{
    dokument::{Block, Dokument, Figure, Para, Run, text},
    drawing::Drawing,
    logga::ON_PAPER,
};

use super::{
    figure,
    set::{Hand, Setter, Side, Words},
};

mod table;

/// A4.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;
pub const MARGIN: f32 = 56.0;
/// Under the last line: the foot of the page.
const FEET: f32 = 64.0;
/// How far lists and quotations stand in.
const INDENT: f32 = 16.0;

const TITLE: Hand = Hand { size: 20.0, line: 1.25, bold: true, quiet: false };
const SUB: Hand = Hand { size: 10.5, line: 1.4, bold: false, quiet: true };
const BODY: Hand = Hand { size: 10.5, line: 1.45, bold: false, quiet: false };
/// The name of a value, on the same line as it.
const NAME: Hand = Hand { bold: true, ..BODY };
const NOTE: Hand = Hand { size: 9.5, line: 1.4, bold: false, quiet: true };
pub const FOOT: Hand = Hand { size: 8.5, line: 1.3, bold: false, quiet: true };

/// How a heading of a level is written, and what is above it.
const fn heading(level: u8) -> (Hand, f32) {
    let (size, above) = match level {
        0 | 1 => (13.0, 14.0),
        2 => (11.5, 10.0),
        3 => (10.5, 8.0),
        _ => (10.0, 6.0),
    };
    (Hand { size, line: 1.3, bold: true, quiet: level > 3 }, above)
}

/// Where words stand in [`Laid::words`].
pub type At = usize;

/// What is drawn on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Some of the lines of some words. `top` is where the words would begin if all of them stood here.
    Lines { at: At, lines: Range<usize>, x: f32, top: f32 },
    /// The same words once more: a table's heads on its next page. Not read aloud again.
    Again { at: At, x: f32, top: f32 },
    /// A thin line across the page.
    Rule { y: f32 },
    /// A drawing: which of [`Laid::figures`], and how wide it is.
    Figure { figure: usize, x: f32, top: f32, width: f32 },
    /// The logo, so wide and so high.
    Logo { x: f32, top: f32, w: f32, h: f32 },
}

/// What the document consists of, as it is read aloud.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// 1 is the document's title.
    Heading(u16, At),
    Text(At),
    Quote(Vec<Part>),
    Note(Vec<Part>),
    /// Which of [`Laid::figures`].
    Figure(usize),
    /// The logo, in words.
    Logo(String),
    /// Items: the mark or number of each, and what it says.
    List {
        numbered: bool,
        items: Vec<(At, Vec<Part>)>,
    },
    Table {
        summary: Option<String>,
        caption: Option<At>,
        rows: Vec<Vec<Cell>>,
    },
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub at: At,
    pub role: Role,
    /// So many columns.
    pub span: u32,
}

/// What a cell is to those who hear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It names its column.
    Column,
    /// It names its row, or the rows below it.
    Row,
    Data,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Whether its sheet lies.
    pub lying: bool,
    pub marks: Vec<Mark>,
}

impl Page {
    pub const fn width(&self) -> f32 {
        if self.lying { LONG } else { SHORT }
    }

    pub const fn height(&self) -> f32 {
        if self.lying { SHORT } else { LONG }
    }
}

/// A document that is ready to be drawn.
pub struct Laid {
    pub words: Vec<Words>,
    pub pages: Vec<Page>,
    pub parts: Vec<Part>,
    /// Its drawings, with what they show in words.
    pub figures: Vec<(Drawing, String)>,
}

/// The document on its pages; its logo only where it can be `drawn`.
pub fn lay(setter: &mut Setter, document: &Dokument, drawn: bool) -> Laid {
    let sections = document.sections();
    let lying = sections.first().is_some_and(|first| first.lying);
    let laid = Laid { words: vec![], pages: vec![Page { lying, marks: vec![] }], parts: vec![], figures: vec![] };
    let mut on = Laying { setter, laid, y: MARGIN, lying };
    if drawn {
        on.logo(document);
    }
    on.title(document);
    for section in sections {
        if section.lying != on.lying {
            on.lying = section.lying;
            on.turn();
        }
        for (n, block) in section.blocks.iter().enumerate() {
            on.block(block, &section.blocks[n + 1..]);
        }
    }
    on.laid
}

struct Laying<'a> {
    setter: &'a mut Setter,
    laid: Laid,
    y: f32,
    lying: bool,
}

impl Laying<'_> {
    const fn inner(&self) -> f32 {
        (if self.lying { LONG } else { SHORT }) - 2.0 * MARGIN
    }

    /// The last line ends here.
    const fn bottom(&self) -> f32 {
        (if self.lying { SHORT } else { LONG }) - FEET
    }

    fn add(&mut self, text: &str, hand: Hand, width: f32) -> At {
        self.add_runs(&[Run::from(text)], hand, width, Side::Start)
    }

    fn add_runs(&mut self, runs: &[Run], hand: Hand, width: f32, side: Side) -> At {
        self.laid.words.push(self.setter.set_runs(runs, hand, width, side));
        self.laid.words.len() - 1
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    fn turn(&mut self) {
        self.laid.pages.push(Page { lying: self.lying, marks: vec![] });
        self.y = MARGIN;
    }

    /// Turns the page if so much does not fit, unless the page is still empty.
    fn need(&mut self, height: f32) {
        if self.y + height > self.bottom() && self.y > MARGIN {
            self.turn();
        }
    }

    fn logo(&mut self, document: &Dokument) {
        let Some(logga) = &document.logga else { return };
        let (w, h) = logga.within(ON_PAPER.0, ON_PAPER.1);
        self.mark(Mark::Logo { x: MARGIN, top: self.y, w, h });
        self.laid.parts.push(Part::Logo(logga.alt()));
        self.y += h + 16.0;
    }

    fn title(&mut self, document: &Dokument) {
        let at = self.add(&document.title, TITLE, self.inner());
        self.laid.parts.push(Part::Heading(1, at));
        self.flow(&[(at, MARGIN)]);
        self.y += 5.0;
        let sub = self.paragraph(&[Run::from(document.sub())], SUB, MARGIN);
        self.laid.parts.push(sub);
        self.y += 10.0;
    }

    /// `next`: what follows, which a heading stays with.
    fn block(&mut self, block: &Block, next: &[Block]) {
        if block.is_empty() {
            return;
        }
        match block {
            Block::Heading(level, words) => {
                let (hand, above) = heading(*level);
                let at = self.add(words, hand, self.inner());
                self.need(above + self.laid.words[at].lines.height() + room(next));
                if self.y > MARGIN {
                    self.y += above;
                }
                self.laid.parts.push(Part::Heading(u16::from(*level) + 1, at));
                self.flow(&[(at, MARGIN)]);
                self.y += 3.0;
            }
            Block::Text(paras) => {
                let read = self.paragraphs(paras, BODY, MARGIN);
                self.laid.parts.extend(read);
            }
            Block::Note(paras) => {
                let read = self.paragraphs(paras, NOTE, MARGIN + INDENT);
                self.laid.parts.push(Part::Note(read));
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak if self.y > MARGIN => self.turn(),
            Block::PageBreak => {}
        }
    }

    /// A drawing in all of the width, with what has to be known of it under it, on the same page.
    fn figure(&mut self, of: &Figure) {
        match &of.drawing {
            Some(drawing) => {
                let width = figure::width(drawing, self.inner());
                let high = figure::height(drawing, width);
                self.need(high + 4.0 + 3.0 * NOTE.size * NOTE.line);
                let index = self.laid.figures.len();
                self.laid.figures.push((drawing.clone(), of.alt.clone()));
                self.mark(Mark::Figure { figure: index, x: MARGIN, top: self.y, width });
                self.laid.parts.push(Part::Figure(index));
                self.y += high + 4.0;
            }
            None if !of.alt.trim().is_empty() => {
                let part = self.paragraph(&[Run::from(of.alt.as_str())], NOTE, MARGIN);
                self.laid.parts.push(part);
            }
            None => {}
        }
        let below = of.caption.trim();
        if !below.is_empty() {
            let part = self.paragraph(&[Run::from(below)], NOTE, MARGIN);
            self.laid.parts.push(part);
        }
        self.y += 4.0;
    }

    fn paragraphs(&mut self, paras: &[Para], hand: Hand, x: f32) -> Vec<Part> {
        let mut out = vec![];
        for para in paras {
            match para {
                Para::Words(runs) if text::said(runs).trim().is_empty() => {}
                Para::Words(runs) => out.push(self.paragraph(runs, hand, x)),
                Para::Quote(paras) => out.push(Part::Quote(self.paragraphs(paras, hand, x + INDENT))),
                Para::List { first, items } => {
                    let items = items.iter().enumerate().map(|(n, item)| {
                        let label = first.map_or_else(|| "•".to_owned(), |first| format!("{}.", first + n as u64));
                        self.item(&label, item, hand, x)
                    });
                    let items = items.collect();
                    out.push(Part::List { numbered: first.is_some(), items });
                    self.y += 2.0;
                }
            }
        }
        out
    }

    fn paragraph(&mut self, runs: &[Run], hand: Hand, x: f32) -> Part {
        let at = self.add_runs(runs, hand, self.inner() - (x - MARGIN), Side::Start);
        self.flow(&[(at, x)]);
        self.y += 4.0;
        Part::Text(at)
    }

    /// Its label stands beside the first line of what it says.
    fn item(&mut self, label: &str, paras: &[Para], hand: Hand, x: f32) -> (At, Vec<Part>) {
        let body = x + INDENT;
        let label = self.add(label, hand, INDENT);
        let mut out = vec![];
        let rest = match paras {
            [Para::Words(runs), rest @ ..] => {
                let at = self.add_runs(runs, hand, self.inner() - (body - MARGIN), Side::Start);
                self.need(2.0 * hand.size * hand.line);
                self.flow(&[(label, x), (at, body)]);
                self.y += 2.0;
                out.push(Part::Text(at));
                rest
            }
            rest => {
                self.flow(&[(label, x)]);
                rest
            }
        };
        out.extend(self.paragraphs(rest, hand, body));
        (label, out)
    }

    /// Puts texts beside each other, each at its x, and goes on with what is left of them on the next page.
    fn flow(&mut self, texts: &[(At, f32)]) {
        let mut from = vec![0_usize; texts.len()];
        loop {
            let mut lowest = self.y;
            let mut left = false;
            let bottom = self.bottom();
            for ((at, x), from) in texts.iter().zip(&mut from) {
                let lines = &self.laid.words[*at].lines;
                let Some(first) = lines.get(*from) else { continue };
                let top = self.y - first.metrics().block_min_coord;
                let begun = self.y > MARGIN;
                // at least a line on a fresh page, or it would never end
                let fits = |n: usize| {
                    let under = lines.get(n).is_some_and(|line| top + line.metrics().block_max_coord <= bottom);
                    under || (!begun && n == *from)
                };
                let until = (*from..lines.len()).find(|n| !fits(*n)).unwrap_or(lines.len());
                if let Some(last) = until.checked_sub(1).filter(|n| n >= from).and_then(|n| lines.get(n)) {
                    lowest = lowest.max(top + last.metrics().block_max_coord);
                    let mark = Mark::Lines { at: *at, lines: *from..until, x: *x, top };
                    if let Some(page) = self.laid.pages.last_mut() {
                        page.marks.push(mark);
                    }
                }
                left |= until < lines.len();
                *from = until;
            }
            self.y = lowest;
            if !left {
                return;
            }
            self.turn();
        }
    }
}

/// What has to have room under a heading, for it not to stand alone.
fn room(next: &[Block]) -> f32 {
    match next.iter().find(|block| !block.is_empty()) {
        Some(Block::Heading(level, _)) => {
            let (hand, above) = heading(*level);
            above + hand.size * hand.line + 2.0 * BODY.size * BODY.line
        }
        Some(Block::Table(_)) => 6.0 * BODY.size * BODY.line,
        Some(Block::Figure(Figure { drawing: Some(drawing), .. })) => {
            let width = figure::width(drawing, SHORT - 2.0 * MARGIN);
            figure::height(drawing, width) + 4.0 * BODY.size * BODY.line
        }
        _ => 2.0 * BODY.size * BODY.line,
    }
}
