//! The year's wheel on one A3: the wheel as large as the list lets it be, what its signs mean under it, and the list of
//! everything on it beside it, in columns. The list is set as large as there is room for and never smaller than what can
//! be read on a wall; the first arrangement that holds all of it is taken.

#[cfg(test)]
mod tests;

use std::num::NonZeroU16;

use chrono::{DateTime, Utc};
use domain::{
    arshjul::sheet::{self, NOT_HERE, Row, Sheet},
    dokument::LANGUAGE,
    drawing::{At, Drawing, Group, Ink, Mark, Tone, Width, circle, mark},
    occurrence::Status,
    schedule::Category,
};
use krilla::{
    Document,
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    surface::Surface,
    tagging::{ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagKind, TagTree},
};

use super::{
    PdfError,
    draw::{artifact, line},
    figure,
    fonts::Embedded,
    opened,
    set::{Hand, Setter, Words},
};

/// A3, lying.
const WIDTH: f32 = 1190.55;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 34.0;
/// Between the wheel and the list, and between the columns of the list.
const GUTTER: f32 = 18.0;
/// The last line ends here; under it the foot.
const BOTTOM: f32 = HEIGHT - 42.0;
/// Between the wheel and the keys under it, and from one line of them to the next.
const OVER_KEYS: f32 = 12.0;
const KEY_LINE: f32 = 16.6;
/// Nothing on the sheet is smaller.
const LEAST: f32 = 7.0;

const TITLE: Hand = Hand { size: 25.0, line: 1.2, bold: true, quiet: false };
const SUB: Hand = Hand { size: 11.5, line: 1.35, bold: false, quiet: true };
const KEY: Hand = Hand { size: 9.5, line: 1.3, bold: false, quiet: false };
const FOOT: Hand = Hand { size: 8.0, line: 1.3, bold: false, quiet: true };

/// How the sheet is divided: the side of the wheel, how many columns the list has, and the size of its letters.
type Arrangement = (f32, u8, f32);

/// From the largest wheel and letters to the smallest.
const ARRANGEMENTS: [Arrangement; 10] = [
    (680.0, 1, 10.5),
    (680.0, 1, 9.5),
    (680.0, 2, 9.0),
    (680.0, 2, 8.5),
    (660.0, 2, 8.0),
    (640.0, 2, 7.5),
    (600.0, 3, 7.5),
    (560.0, 3, 7.5),
    (540.0, 3, LEAST),
    (500.0, 4, LEAST),
];

/// Words that are drawn, and what they are read aloud as.
enum Part {
    Heading(u16, Words),
    Text(Words),
    Figure,
    /// A sign with its words, in a list.
    Item(Status, Category, Words),
    /// The dot of a ring with its words, in a list.
    Ring(Category, Words),
}

/// A part and where it stands.
struct Put {
    part: Part,
    x: f32,
    top: f32,
}

/// What is on the sheet, in the order in which it is read aloud.
struct Arranged {
    wheel: (f32, f32, f32),
    puts: Vec<Put>,
}

/// The file. `now` stands in it as the time when it was written.
pub fn write(sheet: &Sheet, now: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let mut setter = Setter::new();
    let arranged = arrange(&mut setter, sheet);
    let mut pdf = opened(&sheet.title, now)?;
    let tags = draw(&mut pdf, &mut setter, sheet, &arranged);
    pdf.set_outline(outline(&arranged));
    pdf.set_tag_tree(tags);
    pdf.finish().map_err(PdfError::Written)
}

/// The headings as bookmarks.
fn outline(arranged: &Arranged) -> Outline {
    let mut outline = Outline::new();
    for put in &arranged.puts {
        if let Part::Heading(_, words) = &put.part {
            let place = XyzDestination::new(0, Point::from_xy(put.x, put.top));
            outline.push_child(OutlineNode::new(words.text.clone(), place));
        }
    }
    outline
}

/// The first arrangement that holds the whole list; the last one with what there is room for, and how many more there are.
fn arrange(setter: &mut Setter, sheet: &Sheet) -> Arranged {
    let mut puts = vec![];
    let mut y = MARGIN - 6.0;
    let mut say = |setter: &mut Setter, hand: Hand, words: &str, heading: bool| {
        if words.is_empty() {
            return;
        }
        let words = setter.set(words, hand, WIDTH - 2.0 * MARGIN);
        let high = words.lines.height();
        let part = if heading { Part::Heading(1, words) } else { Part::Text(words) };
        puts.push(Put { part, x: MARGIN, top: y });
        y += high;
    };
    say(setter, TITLE, &sheet.title, true);
    say(setter, SUB, &sheet.sub, false);
    say(setter, SUB, &sheet.chosen, false);
    let top = y + 12.0;
    let room = BOTTOM - top;
    let mut listed = None;
    for (side, columns, size) in ARRANGEMENTS {
        // a wheel that gives way to its keys is narrower, and may need more of them
        let side = side.min(room - high(&key_lines(setter, sheet, side.min(room))));
        let arrangement = (side.min(room - high(&key_lines(setter, sheet, side))), columns, size);
        let list = Listing::of(setter, sheet, arrangement, top);
        let whole = list.left == 0;
        listed = Some((arrangement, list));
        if whole {
            break;
        }
    }
    let side = listed.as_ref().map_or(room, |((side, ..), _)| *side);
    let lines = key_lines(setter, sheet, side);
    // the wheel and its keys stand in the middle of the height that they have
    let wheel_top = top + (room - side - high(&lines)).max(0.0) / 2.0;
    puts.push(Put { part: Part::Figure, x: MARGIN, top: wheel_top });
    keys(lines, side, wheel_top + side + OVER_KEYS, &mut puts);
    puts.extend(listed.map(|(_, list)| list.puts).unwrap_or_default());
    Arranged { wheel: (MARGIN, wheel_top, side), puts }
}

/// A key: a sign, or none for a ring.
type Key = (Option<Status>, Category, Words);

/// Room between keys, at the least.
const KEY_GAP: f32 = 10.0;

fn long((.., words): &Key) -> f32 {
    SIGN + words.lines.width()
}

/// What the signs and the rings mean, on as many lines as the width of the wheel needs.
fn key_lines(setter: &mut Setter, sheet: &Sheet, side: f32) -> Vec<Vec<Key>> {
    let order =
        [Status::Planerad, Status::Pagar, Status::Forsenad, Status::Utford, Status::Avvikelse, Status::EjUtford];
    let signs: Vec<_> = order.into_iter().map(|s| (Some(s), Category::NEUTRAL, s.label())).collect();
    let rings: Vec<_> = sheet.rings.iter().map(|c| (None, *c, c.label())).collect();
    let mut lines: Vec<Vec<Key>> = vec![];
    for row in [signs, rings].into_iter().filter(|row| !row.is_empty()) {
        let mut left = f32::NEG_INFINITY;
        for (status, category, label) in row {
            let key = (status, category, setter.set(label, KEY, side));
            let needs = long(&key) + KEY_GAP;
            match lines.last_mut() {
                Some(line) if needs <= left => line.push(key),
                _ => {
                    lines.push(vec![key]);
                    left = side + KEY_GAP;
                }
            }
            left -= needs;
        }
    }
    lines
}

/// How high the keys are, with what is between them and the wheel.
fn high(lines: &[Vec<Key>]) -> f32 {
    #[allow(clippy::cast_precision_loss)] // a few lines
    let lines = lines.len() as f32;
    OVER_KEYS + lines * KEY_LINE
}

/// The keys under the wheel, each line in the middle of its width.
fn keys(lines: Vec<Vec<Key>>, side: f32, top: f32, puts: &mut Vec<Put>) {
    let mut y = top;
    for line in lines {
        let whole: f32 = line.iter().map(long).sum();
        #[allow(clippy::cast_precision_loss)] // seven at most
        let gaps = line.len().saturating_sub(1) as f32;
        let gap = if gaps > 0.0 { ((side - whole) / gaps).clamp(KEY_GAP, 20.0) } else { 0.0 };
        let mut x = MARGIN + ((side - whole - gap * gaps) / 2.0).max(0.0);
        for (status, category, words) in line {
            let next = x + SIGN + words.lines.width() + gap;
            let part = match status {
                Some(status) => Part::Item(status, category, words),
                None => Part::Ring(category, words),
            };
            puts.push(Put { part, x, top: y });
            x = next;
        }
        y += KEY_LINE;
    }
}

/// Room for a sign before the words of a key.
const SIGN: f32 = 15.0;

/// The list in its columns.
struct Listing {
    puts: Vec<Put>,
    /// How many times it had no room for.
    left: usize,
}

impl Listing {
    fn of(setter: &mut Setter, sheet: &Sheet, (wheel, columns, size): Arrangement, top: f32) -> Self {
        let row = Hand { size, line: 1.24, bold: false, quiet: false };
        let head = Hand { size: size + 1.5, line: 1.3, bold: true, quiet: false };
        let from = MARGIN + wheel + GUTTER + 8.0;
        let columns = f32::from(columns);
        let width = (WIDTH - MARGIN - from - GUTTER * (columns - 1.0)) / columns;
        let mut laying = Laying { x: from, y: top, top, width, last: WIDTH - MARGIN - width + 0.5 };
        let mut puts = vec![];
        let mut left = 0;
        for month in &sheet.months {
            let words = setter.set(&month.name, head, width);
            let rows: Vec<(&Row, Words)> = month.rows.iter().map(|r| (r, one(setter, r, row, width))).collect();
            // a month never stands last in a column without a line under it
            let first = rows.first().map_or(0.0, |(_, w)| w.lines.height());
            let above = if laying.y > top { size * 0.7 } else { 0.0 };
            if left > 0 || !laying.need(above + words.lines.height() + first) {
                left += sheet::count(std::slice::from_ref(month));
                continue;
            }
            if laying.y > top {
                laying.y += above;
            }
            laying.put(&mut puts, words, |w| Part::Heading(2, w));
            for (row, words) in rows {
                if left > 0 || !laying.need(words.lines.height()) {
                    left += row.n;
                    continue;
                }
                laying.put(&mut puts, words, |w| Part::Item(row.status, row.category, w));
                laying.y += size * 0.22;
            }
        }
        if left > 0 {
            let words = setter.set(&more(left), Hand { bold: true, ..row }, width);
            puts.push(Put { part: Part::Text(words), x: laying.last, top: BOTTOM - 6.0 });
        }
        Self { puts, left }
    }
}

fn more(n: usize) -> String {
    format!("och {n} till, i listan på sidan Årshjul")
}

fn one(setter: &mut Setter, row: &Row, hand: Hand, width: f32) -> Words {
    let text = if row.detail.is_empty() { row.what.clone() } else { format!("{}\u{a0}· {}", row.what, row.detail) };
    setter.set(&text, hand, width - hand.size * 1.35)
}

/// Where the next line of the list goes.
struct Laying {
    x: f32,
    y: f32,
    top: f32,
    width: f32,
    /// Where the last column begins.
    last: f32,
}

impl Laying {
    /// Whether there is room for so much, here or in the next column.
    fn need(&mut self, height: f32) -> bool {
        if self.y + height <= BOTTOM - 8.0 {
            return true;
        }
        if self.x + self.width + GUTTER > self.last {
            return false;
        }
        self.x += self.width + GUTTER;
        self.y = self.top;
        true
    }

    fn put(&mut self, puts: &mut Vec<Put>, words: Words, part: impl FnOnce(Words) -> Part) {
        let high = words.lines.height();
        puts.push(Put { part: part(words), x: self.x, top: self.y });
        self.y += high;
    }
}

/// A sign by itself in a square of twenty.
pub(super) fn sign(status: Status, category: Category) -> Drawing {
    let tone = Some(mark::tone(status, category));
    let placed = Some((At::new(10.0, 10.0), 1.0));
    let group = Mark::Group(Group { tone, placed, marks: mark::shape(status), ..Group::default() });
    Drawing { marks: vec![group], ..Drawing::new("", Width::Fixed(20.0), 20.0, String::new()) }
}

/// The dot of a ring.
fn dot(category: Category) -> Drawing {
    let disc = circle(Ink::MarkFill, At::new(0.0, 0.0), 6.5);
    let placed = Some((At::new(10.0, 10.0), 1.0));
    let group = Mark::Group(Group { tone: Some(Tone::Cat(category)), placed, marks: vec![disc], ..Group::default() });
    Drawing { marks: vec![group], ..Drawing::new("", Width::Fixed(20.0), 20.0, String::new()) }
}

const SPAN: ContentTag<'static> =
    ContentTag::Span(SpanTag { lang: None, alt_text: None, expanded: None, actual_text: None });

/// Draws the sheet, and gives it as it is read aloud.
fn draw(pdf: &mut Document, setter: &mut Setter, sheet: &Sheet, arranged: &Arranged) -> TagTree {
    let mut fonts = Embedded::default();
    let mut page = pdf.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT).unwrap_or_default());
    let mut surface = page.surface();
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let mut list: Option<TagGroup> = None;
    for put in &arranged.puts {
        let said = |surface: &mut Surface<'_>, fonts: &mut Embedded, words: &Words, x: f32| -> Vec<Identifier> {
            (0..words.lines.len())
                .map(|n| {
                    let id = surface.start_tagged(SPAN);
                    line(fonts, surface, words, n, x, put.top);
                    surface.end_tagged();
                    id
                })
                .collect()
        };
        let group = |tag: TagKind, ids: Vec<Identifier>| {
            TagGroup::with_children(tag, ids.into_iter().map(Into::into).collect())
        };
        if !matches!(put.part, Part::Item(..) | Part::Ring(..))
            && let Some(list) = list.take()
        {
            tree.push(list);
        }
        match &put.part {
            Part::Heading(level, words) => {
                let ids = said(&mut surface, &mut fonts, words, put.x);
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                tree.push(group(Tag::Hn(level, Some(words.text.clone())).into(), ids));
            }
            Part::Text(words) => {
                let ids = said(&mut surface, &mut fonts, words, put.x);
                tree.push(group(Tag::P.into(), ids));
            }
            Part::Figure => {
                let (x, top, side) = arranged.wheel;
                let id = surface.start_tagged(ContentTag::Other);
                figure::draw(&mut surface, setter, &mut fonts, &sheet.wheel, x, top, side);
                surface.end_tagged();
                tree.push(group(Tag::Figure(Some(sheet.wheel.alt.clone())).into(), vec![id]));
            }
            Part::Item(_, _, words) | Part::Ring(_, words) => {
                // in the list the sign is all that says how it stands; a key says it in words too
                let (drawing, alt) = match &put.part {
                    Part::Item(status, category, _) => (sign(*status, *category), status.label()),
                    Part::Ring(category, _) => (dot(*category), ""),
                    _ => continue,
                };
                let own = words.hand.size * 1.05;
                let is_key = words.text == alt || alt.is_empty();
                let tag = SpanTag { lang: None, alt_text: Some(alt), expanded: None, actual_text: None };
                let mark = if is_key { artifact(ArtifactType::Other) } else { ContentTag::Span(tag) };
                let id = surface.start_tagged(mark);
                let top = put.top + (words.hand.size * words.hand.line - own) / 2.0;
                figure::draw(&mut surface, setter, &mut fonts, &drawing, put.x, top, own);
                surface.end_tagged();
                let ids = said(&mut surface, &mut fonts, words, put.x + words.hand.size * 1.35);
                let mut item = TagGroup::new(Tag::LI);
                if !is_key {
                    item.push(group(Tag::Lbl.into(), vec![id]));
                }
                item.push(group(Tag::LBody.into(), ids));
                list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::None))).push(item);
            }
        }
    }
    if let Some(list) = list {
        tree.push(list);
    }
    foot(&mut surface, setter, &mut fonts);
    surface.finish();
    page.finish();
    tree
}

fn foot(surface: &mut Surface<'_>, setter: &mut Setter, fonts: &mut Embedded) {
    let words = setter.set(NOT_HERE, FOOT, WIDTH - 2.0 * MARGIN);
    surface.start_tagged(artifact(ArtifactType::Footer));
    line(fonts, surface, &words, 0, MARGIN, HEIGHT - 30.0);
    surface.end_tagged();
}
