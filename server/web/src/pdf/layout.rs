//! Layout: which words stand where on which page. Text is broken into lines by parley; a heading never stands last on a
//! page, a row of a table is only divided when it is higher than a page, and the heads of a table come again on each page
//! it reaches. Lengths are points (1/72 inch) from the upper left corner.

use std::ops::Range;

use domain::{
    genomforande::documentation::{Block, Documentation},
    paper,
};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::fonts;

/// A4.
pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const MARGIN: f32 = 56.0;
/// The last line ends here; under it the foot of the page.
const BOTTOM: f32 = HEIGHT - 64.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// Around the text of a cell.
const PAD: f32 = 5.0;

/// How a text is written: size, height of a line as a share of it, weight of the letters, and their tone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    pub size: f32,
    pub line: f32,
    pub bold: bool,
    pub quiet: bool,
}

const TITLE: Hand = Hand { size: 20.0, line: 1.25, bold: true, quiet: false };
const SUB: Hand = Hand { size: 10.5, line: 1.4, bold: false, quiet: true };
const HEADING: Hand = Hand { size: 13.0, line: 1.3, bold: true, quiet: false };
const BODY: Hand = Hand { size: 10.5, line: 1.45, bold: false, quiet: false };
/// The name of a value, on the same line as it.
const NAME: Hand = Hand { bold: true, ..BODY };
const LABEL: Hand = Hand { size: 9.5, line: 1.4, bold: true, quiet: false };
const CELL: Hand = Hand { size: 9.5, line: 1.4, bold: false, quiet: false };
pub const FOOT: Hand = Hand { size: 8.5, line: 1.3, bold: false, quiet: true };

/// Words that belong together, in lines.
pub struct Words {
    pub text: String,
    pub lines: Layout<()>,
    pub hand: Hand,
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
}

/// What the document consists of, as it is read aloud.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// 1 is the document's title.
    Heading(u16, At),
    Text(At),
    /// Rows of cells. With `head`, the first row names the columns; otherwise the first cell of each row names the row.
    Table {
        summary: Option<&'static str>,
        head: bool,
        rows: Vec<Vec<At>>,
    },
}

/// A document that is ready to be drawn.
pub struct Laid {
    pub words: Vec<Words>,
    pub pages: Vec<Vec<Mark>>,
    pub parts: Vec<Part>,
}

/// Breaks text into lines.
pub struct Setter {
    fonts: FontContext,
    context: LayoutContext<()>,
}

impl Setter {
    pub fn new() -> Self {
        Self { fonts: fonts::context(), context: LayoutContext::new() }
    }

    /// The words in lines of at most `width`. What none of the fonts can draw (an emoji, say) becomes a question mark: a
    /// PDF for archives may hold no empty boxes. `domain::paper` has said so on the page.
    pub fn set(&mut self, text: &str, hand: Hand, width: f32) -> Words {
        let mut text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        let mut lines = self.lines(&text, hand, width);
        for take_apart in [true, false] {
            let missing = missing(&text, &lines);
            if missing.is_empty() {
                break;
            }
            for range in missing.into_iter().rev() {
                let instead = instead(&text[range.clone()], take_apart);
                text.replace_range(range, &instead);
            }
            lines = self.lines(&text, hand, width);
        }
        Words { text, lines, hand }
    }

    fn lines(&mut self, text: &str, hand: Hand, width: f32) -> Layout<()> {
        let mut builder = self.context.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(fonts::families()));
        builder.push_default(StyleProperty::FontSize(hand.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(hand.line)));
        builder.push_default(StyleProperty::FontWeight(if hand.bold { FontWeight::BOLD } else { FontWeight::NORMAL }));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        // a text from right to left begins at the right
        layout.align(Alignment::Start, AlignmentOptions::default());
        layout
    }
}

/// What no font has, in its order.
fn missing(text: &str, lines: &Layout<()>) -> Vec<Range<usize>> {
    let clusters = lines.lines().flat_map(|line| line.runs().flat_map(|run| run.clusters().collect::<Vec<_>>()));
    let mut missing: Vec<Range<usize>> = clusters
        .filter(|cluster| !is_break(text, cluster.text_range()) && cluster.glyphs().any(|glyph| glyph.id == 0))
        .map(|cluster| cluster.text_range())
        .collect();
    missing.sort_by_key(|range| range.start);
    missing.dedup();
    missing
}

/// What is written for a letter, with what belongs to it, that no font has whole. Where each of its signs is in some font
/// (an accent on a letter of another script), they are first set one by one, with nothing between them that is seen.
fn instead(cluster: &str, take_apart: bool) -> String {
    if !take_apart || cluster.chars().any(|c| !paper::covers(c)) {
        return "?".to_owned();
    }
    let signs: Vec<String> = cluster.chars().map(String::from).collect();
    signs.join("\u{200b}")
}

/// Whether this is the end of a line that the text itself has, where nothing is drawn.
pub fn is_break(text: &str, range: Range<usize>) -> bool {
    text.get(range) == Some("\n")
}

/// The document on its pages.
pub fn lay(setter: &mut Setter, document: &Documentation) -> Laid {
    let mut laying = Laying { setter, laid: Laid { words: vec![], pages: vec![vec![]], parts: vec![] }, y: MARGIN };
    laying.heading(1, &document.title, TITLE, 0.0);
    laying.y += 2.0;
    laying.paragraph(&document.sub, SUB);
    laying.y += 10.0;
    for block in &document.blocks {
        match block {
            // an empty one is no heading: there is nothing to read aloud or to go to
            Block::Heading(words) if words.trim().is_empty() => {}
            Block::Heading(words) => laying.heading(2, words, HEADING, 12.0),
            Block::Text(words) => {
                for line in words.lines().filter(|line| !line.trim().is_empty()) {
                    laying.paragraph(line, BODY);
                }
            }
            Block::Facts(facts) => {
                let rows = facts.iter().map(|(label, value)| vec![(*label, NAME), (value.as_str(), BODY)]).collect();
                laying.table(None, false, rows, &[0.26, 0.74]);
            }
            Block::Table { caption, head, rows } => {
                let head = head.iter().map(|words| (*words, LABEL)).collect();
                let rows = rows.iter().map(|row| row.iter().map(|words| (words.as_str(), CELL)).collect());
                let rows: Vec<Vec<_>> = std::iter::once(head).chain(rows).collect();
                let shares = shares(&rows);
                laying.table(Some(caption), true, rows, &shares);
            }
        }
    }
    laying.laid
}

/// How the width is divided among columns: by the longest text in each, within bounds, so that dates stay narrow and
/// sentences get room.
#[allow(clippy::cast_precision_loss)] // at most 60
fn shares(rows: &[Vec<(&str, Hand)>]) -> Vec<f32> {
    let columns = rows.first().map_or(1, Vec::len).max(1);
    let longest = |column: usize| {
        let of = |row: &Vec<(&str, Hand)>| row.get(column).map_or(0, |cell| cell.0.chars().count());
        rows.iter().map(of).max().unwrap_or(0).clamp(11, 60) as f32
    };
    let widths: Vec<f32> = (0..columns).map(longest).collect();
    let whole: f32 = widths.iter().sum();
    widths.iter().map(|w| w / whole).collect()
}

struct Laying<'a> {
    setter: &'a mut Setter,
    laid: Laid,
    y: f32,
}

impl Laying<'_> {
    fn add(&mut self, text: &str, hand: Hand, width: f32) -> At {
        self.laid.words.push(self.setter.set(text, hand, width));
        self.laid.words.len() - 1
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.push(mark);
        }
    }

    fn turn(&mut self) {
        self.laid.pages.push(vec![]);
        self.y = MARGIN;
    }

    /// Turns the page if so much does not fit, unless the page is still empty.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > MARGIN {
            self.turn();
        }
    }

    fn heading(&mut self, level: u16, text: &str, hand: Hand, above: f32) {
        let at = self.add(text, hand, INNER);
        // with room for two lines of what it is the heading of
        self.need(above + self.laid.words[at].lines.height() + 2.0 * BODY.size * BODY.line);
        if self.y > MARGIN {
            self.y += above;
        }
        self.laid.parts.push(Part::Heading(level, at));
        self.flow(&[(at, MARGIN)]);
        self.y += 3.0;
    }

    fn paragraph(&mut self, text: &str, hand: Hand) {
        let at = self.add(text, hand, INNER);
        self.laid.parts.push(Part::Text(at));
        self.flow(&[(at, MARGIN)]);
        self.y += 4.0;
    }

    fn table(&mut self, summary: Option<&'static str>, head: bool, rows: Vec<Vec<(&str, Hand)>>, shares: &[f32]) {
        let mut laid: Vec<Vec<At>> = vec![];
        let mut heads: Vec<(At, f32)> = vec![];
        for row in rows {
            let mut x = MARGIN;
            let mut cells = vec![];
            for ((words, hand), share) in row.into_iter().zip(shares) {
                cells.push((self.add(words, hand, share * INNER - PAD * 2.0), x));
                x += share * INNER;
            }
            let height = cells.iter().map(|(at, _)| self.laid.words[*at].lines.height()).fold(0.0, f32::max);
            let pages = self.laid.pages.len();
            // the heads stay with the first row
            let first = head && laid.is_empty();
            self.need(height * if first { 2.5 } else { 1.0 } + 2.0 * PAD);
            if self.laid.pages.len() > pages && !heads.is_empty() {
                self.heads_again(&heads);
            }
            self.y += PAD - 1.0;
            self.flow(&cells);
            self.y += PAD - 1.0;
            self.mark(Mark::Rule { y: self.y });
            laid.push(cells.iter().map(|(at, _)| *at).collect());
            if first {
                heads = cells;
            }
        }
        self.y += 10.0;
        self.laid.parts.push(Part::Table { summary, head, rows: laid });
    }

    fn heads_again(&mut self, heads: &[(At, f32)]) {
        let mut height: f32 = 0.0;
        for (at, x) in heads {
            self.mark(Mark::Again { at: *at, x: *x, top: self.y });
            height = height.max(self.laid.words[*at].lines.height());
        }
        self.y += height + PAD - 1.0;
        self.mark(Mark::Rule { y: self.y });
    }

    /// Puts texts beside each other, each at its x, and goes on with what is left of them on the next page.
    fn flow(&mut self, texts: &[(At, f32)]) {
        let mut from = vec![0_usize; texts.len()];
        loop {
            let mut lowest = self.y;
            let mut left = false;
            for ((at, x), from) in texts.iter().zip(&mut from) {
                let lines = &self.laid.words[*at].lines;
                let Some(first) = lines.get(*from) else { continue };
                let top = self.y - first.metrics().block_min_coord;
                let begun = self.y > MARGIN;
                // at least a line on a fresh page, or it would never end
                let fits = |n: usize| {
                    let under = lines.get(n).is_some_and(|line| top + line.metrics().block_max_coord <= BOTTOM);
                    under || (!begun && n == *from)
                };
                let until = (*from..lines.len()).find(|n| !fits(*n)).unwrap_or(lines.len());
                if let Some(last) = until.checked_sub(1).filter(|n| n >= from).and_then(|n| lines.get(n)) {
                    lowest = lowest.max(top + last.metrics().block_max_coord);
                    let mark = Mark::Lines { at: *at, lines: *from..until, x: *x, top };
                    if let Some(page) = self.laid.pages.last_mut() {
                        page.push(mark);
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
