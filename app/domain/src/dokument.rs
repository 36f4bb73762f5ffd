//! Dokument: what is read on a page, printed, sent and kept, once for all: the page, the PDF and the Word file are drawn
//! from the same blocks. It owns its words, so that a unit's own columns and texts can stand in it, and it can be stored.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub mod namn;
pub mod table;
pub mod text;

pub use table::{Column, Kind, Mark, Row, Table};
pub use text::{Para, Run};

use crate::{drawing::Drawing, logga::Logga};

/// What all documents are written in.
pub const LANGUAGE: &str = "sv-SE";

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dokument {
    /// What it is, and what its file is called: "Protokoll APT".
    pub kind: String,
    /// Its heading.
    pub title: String,
    /// The unit; may be empty.
    pub unit: String,
    /// What it is about in time, in words: "oktober 2026"; may be empty.
    pub period: String,
    /// Its day, where it has one.
    pub date: Option<NaiveDate>,
    /// A day in the month that its file is named after.
    pub month: Option<NaiveDate>,
    /// "Ej justerat"; may be empty.
    pub status: String,
    /// What stands above its heading, on its first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logga: Option<Logga>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Begins a section, on level 1–5 under the title.
    Heading(u8, String),
    /// Paragraphs, lists and quotations.
    Text(Vec<Para>),
    /// Labels and values.
    Facts(Vec<(String, String)>),
    /// Columns and rows.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// Something to know while reading, apart from the text.
    Note(Vec<Para>),
    /// What follows begins on a page of its own, on paper.
    PageBreak,
}

/// A picture of figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figure {
    /// What it shows, for those who do not see it; never empty.
    pub alt: String,
    /// "Figur 3. Inkomna rapporter"; may be empty.
    pub caption: String,
    /// Its strokes. Where there are none, what it shows is written instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Drawing>,
}

impl Figure {
    /// A drawing, and what has to be known to read it.
    #[must_use]
    pub fn of(drawing: Drawing, caption: impl Into<String>) -> Self {
        Self { alt: drawing.alt.clone(), caption: caption.into(), drawing: Some(drawing) }
    }
}

impl Dokument {
    /// A document with nothing in it yet.
    #[must_use]
    pub fn new(kind: impl Into<String>, title: impl Into<String>) -> Self {
        Self { kind: kind.into(), title: title.into(), ..Self::default() }
    }

    /// Whose it is: stands under the title, in the foot and in the name of the file.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), ..self }
    }

    /// About this time, in words; `in_month` is a day of the month that its file is named after.
    #[must_use]
    pub fn period(self, period: impl Into<String>, in_month: NaiveDate) -> Self {
        Self { period: period.into(), month: Some(in_month), ..self }
    }

    /// Of this day.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> Self {
        Self { date: Some(date), month: self.month.or(Some(date)), ..self }
    }

    /// Where it stands.
    #[must_use]
    pub fn status(self, status: impl Into<String>) -> Self {
        Self { status: status.into(), ..self }
    }

    /// With the logo that its unit shows.
    #[must_use]
    pub fn logga(self, logga: Option<Logga>) -> Self {
        Self { logga, ..self }
    }

    /// With these parts. A heading is at most one level below the one before it: who hears the document is never told of a
    /// level that is not there.
    #[must_use]
    pub fn blocks(self, mut blocks: Vec<Block>) -> Self {
        let mut before = 0;
        for block in &mut blocks {
            if let Block::Heading(level, _) = block {
                *level = (*level).clamp(1, before + 1);
                before = *level;
            }
        }
        Self { blocks, ..self }
    }

    /// The line under the title: unit, time and status.
    #[must_use]
    pub fn sub(&self) -> String {
        let date = self.date.map(crate::format::date).unwrap_or_default();
        let parts = [&self.unit, &self.period, &date, &self.status];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// The parts as they are laid on paper: what is too wide for a sheet that stands is on one that lies, with the headings
    /// that lead to it.
    #[must_use]
    pub fn sections(&self) -> Vec<Section<'_>> {
        let wide = |block: &Block| matches!(block, Block::Table(table) if table.is_wide());
        let mut lying: Vec<bool> = self.blocks.iter().map(wide).collect();
        for n in (1..lying.len()).rev() {
            lying[n - 1] |= lying[n] && matches!(self.blocks[n - 1], Block::Heading(..));
        }
        let mut out: Vec<Section<'_>> = vec![];
        let mut from = 0;
        for n in 1..=lying.len() {
            if n == lying.len() || lying[n] != lying[from] {
                out.push(Section { lying: lying[from], blocks: &self.blocks[from..n] });
                from = n;
            }
        }
        out
    }

    /// Every word that is seen, in the order in which it is read: for comparing what was drawn with what is there.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut out = vec![self.title.clone(), self.sub()];
        for block in &self.blocks {
            match block {
                Block::Heading(_, text) => out.push(text.clone()),
                Block::Text(paras) | Block::Note(paras) => out.extend(text::lines(paras)),
                Block::Facts(facts) => {
                    for (label, value) in facts {
                        out.push(label.clone());
                        out.extend(value.lines().map(str::to_owned));
                    }
                }
                Block::Table(table) => out.extend(table.words()),
                Block::Figure(figure) => out.push(figure.caption.clone()),
                Block::PageBreak => {}
            }
        }
        out.retain(|words| !words.trim().is_empty());
        out
    }
}

/// Parts that are laid on sheets of the same direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section<'a> {
    /// Whether the sheets lie.
    pub lying: bool,
    /// Some of the parts.
    pub blocks: &'a [Block],
}

impl Block {
    /// A heading on level 1–5.
    #[must_use]
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading(level.clamp(1, 5), text.into())
    }

    /// A text as it was typed, each line a paragraph.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text::plain(text.as_ref()))
    }

    /// A text that begins with what it is: "**Beslut:** Larmen provas varje måndag".
    #[must_use]
    pub fn labelled(label: &str, text: &str) -> Self {
        let mut paras = text::plain(text);
        let label = Run { bold: true, ..Run::from(format!("{label}: ")) };
        match paras.first_mut() {
            Some(Para::Words(runs)) => runs.insert(0, label),
            _ => paras.push(Para::Words(vec![label])),
        }
        Self::Text(paras)
    }

    /// Something to know.
    #[must_use]
    pub fn note(text: impl AsRef<str>) -> Self {
        Self::Note(text::plain(text.as_ref()))
    }

    /// Items with a mark before each.
    #[must_use]
    pub fn list<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Self {
        let items = items.into_iter().map(|item| text::plain(&item.into())).collect();
        Self::Text(vec![Para::List { first: None, items }])
    }

    /// Labels and values, without those that nobody has written.
    #[must_use]
    pub fn facts<L: Into<String>, V: Into<String>>(facts: impl IntoIterator<Item = (L, V)>) -> Self {
        let facts = facts.into_iter().map(|(label, value)| (label.into(), value.into()));
        Self::Facts(facts.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    /// Whether there is nothing of it to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Heading(_, text) => text.trim().is_empty(),
            Self::Text(paras) | Self::Note(paras) => paras.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            Self::Table(_) | Self::Figure(_) | Self::PageBreak => false,
        }
    }
}

impl From<Figure> for Block {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_under_the_title_says_what_is_known() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 11).unwrap();
        let document = Dokument::new("Protokoll APT", "Protokoll APT 11 november").unit("Enheten").date(day);
        assert_eq!(document.sub(), "Enheten · 2026-11-11");
        assert_eq!(document.status("Ej justerat").sub(), "Enheten · 2026-11-11 · Ej justerat");
        assert_eq!(Dokument::new("Register", "Register").sub(), "");
    }

    #[test]
    fn a_table_too_wide_for_a_sheet_that_stands_lies_with_its_heading_and_nothing_else_does() {
        let heads = |n: usize| (0..n).map(|n| Column::text(format!("Kolumn {n}"))).collect::<Vec<_>>();
        let wide = Table::new("Register", heads(8));
        let document = Dokument::new("Register", "Register").blocks(vec![
            Block::text("Inledning"),
            Block::heading(1, "Registret"),
            Block::heading(2, "Alla"),
            wide.into(),
            Block::text("Efter"),
            Table::new("Smal", heads(7)).into(),
        ]);
        let sections: Vec<(bool, usize)> = document.sections().iter().map(|s| (s.lying, s.blocks.len())).collect();
        assert_eq!(sections, [(false, 1), (true, 3), (false, 2)]);
        assert_eq!(Dokument::new("Tomt", "Tomt").sections(), []);
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        let levels = |given: &[u8]| -> Vec<u8> {
            let blocks = given.iter().map(|level| Block::heading(*level, "Rubrik")).collect();
            let found = Dokument::new("", "").blocks(blocks).blocks;
            found.iter().filter_map(|b| if let Block::Heading(level, _) = b { Some(*level) } else { None }).collect()
        };
        assert_eq!(levels(&[1, 3, 3, 2, 1, 4]), [1, 2, 3, 2, 1, 2]);
        assert_eq!(levels(&[2, 5, 9]), [1, 2, 3]);
    }

    #[test]
    fn a_document_is_the_same_when_it_has_been_stored() {
        let mut table = Table::new("Åtgärder", vec![Column::text("Vad"), Column::date("Senast")]);
        table.rows.push(Row::Full("Analys".into()));
        let drawn = crate::drawing::whisker::whisker(0.5, Some((0.4, 0.6)), false);
        let document = Dokument::new("Protokoll APT", "Protokoll").blocks(vec![
            Block::labelled("Beslut", "Larmen provas"),
            Block::list(["ett", "två"]),
            table.into(),
            Figure::of(Drawing { alt: "Hälften".into(), ..drawn }, "Figur 1").into(),
        ]);
        let stored = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Dokument>(&stored).unwrap(), document);
        assert_eq!(
            document.words(),
            ["Protokoll", "Beslut: Larmen provas", "ett", "två", "Vad", "Senast", "Analys", "Figur 1"]
        );
    }
}
