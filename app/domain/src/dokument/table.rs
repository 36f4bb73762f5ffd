//! Table: columns with heads that belong to the document, each of a kind that says how it is set; rows, groups of rows, and
//! rows as wide as the table. How wide a column is follows from what is written in it.

use serde::{Deserialize, Serialize};

/// What a column holds: it decides how it is aligned and whether it may be broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Words: from the left.
    #[default]
    Text,
    /// Figures that are compared: from the right, never broken.
    Number,
    /// Days: from the left, never broken.
    Date,
    /// A mark and its word, see [`Mark`]: from the left.
    Status,
}

/// The shape before a word of status: never told by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Done, reached.
    Disc,
    /// In part, under way.
    Diamond,
    /// Not reached, late.
    Square,
    /// Not possible.
    Dash,
    /// Finished.
    Check,
}

impl Mark {
    crate::every! {
        /// Every shape.
        Disc, Diamond, Square, Dash, Check
    }

    /// As it is drawn.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Disc => '●',
            Self::Diamond => '◆',
            Self::Square => '■',
            Self::Dash => '–',
            Self::Check => '✓',
        }
    }

    /// The cell of a column of status.
    #[must_use]
    pub fn with(self, word: &str) -> String {
        format!("{} {word}", self.sign())
    }

    /// The shape and the word of such a cell.
    #[must_use]
    pub fn split(cell: &str) -> (Option<Self>, &str) {
        let begins = |mark: &Self| cell.strip_prefix(mark.sign()).and_then(|rest| rest.strip_prefix(' '));
        let found = Self::ALL.into_iter().find_map(|mark| Some((mark, begins(&mark)?)));
        found.map_or((None, cell), |(mark, word)| (Some(mark), word))
    }
}

/// What stands above a column, and how its cells are set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    /// Repeated on each sheet; never empty.
    pub head: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// Words.
    #[must_use]
    pub fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Text }
    }

    /// Figures.
    #[must_use]
    pub fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Number }
    }

    /// Days.
    #[must_use]
    pub fn date(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Date }
    }

    /// Marks with words.
    #[must_use]
    pub fn status(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Status }
    }
}

/// A line of a table: cells, or something as wide as the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Row {
    /// A cell for each column; the first names the row.
    Cells(Vec<String>),
    /// The sum of those above it, written as it is to be read.
    Sum(Vec<String>),
    /// The name of the rows below, as wide as the table.
    Group(String),
    /// A text about the row above, as wide as the table.
    Full(String),
}

/// Rows under heads, with what stands above and below them (common D2 of the requirements).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// What it is about, for those who do not see where it stands; never empty.
    pub label: String,
    /// "Tabell 8. Nyansökningar": what stands above it; may be empty.
    pub caption: String,
    /// From left to right; at least one.
    pub columns: Vec<Column>,
    /// From the top; those of `Cells` and `Sum` have a cell for each column.
    pub rows: Vec<Row>,
    /// "Källa: Socialstyrelsen": what stands below it; may be empty.
    pub source: String,
    /// "Uppgifterna hämtades 2026-11-11": may be empty.
    pub as_of: String,
}

/// So many columns have room on a sheet that stands.
const COLUMNS_MAX: usize = 7;
/// So many letters have room on a line across such a sheet.
pub const STANDING: f32 = 92.0;
/// And on one that lies.
pub const LYING: f32 = 140.0;
/// What is around a cell, in letters.
const PAD: f32 = 2.0;
/// A column is not made wider than this for what is in it, and not narrower than this for words.
const WISH_MAX: f32 = 60.0;
const WORD_MAX: f32 = 18.0;

impl Table {
    /// A table without rows. `label` is said to those who do not see where it stands.
    #[must_use]
    pub fn new(label: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { label: label.into(), columns, ..Self::default() }
    }

    /// With rows of cells.
    #[must_use]
    pub fn rows<T: Into<String>, R: IntoIterator<Item = T>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.rows.extend(rows.into_iter().map(|row| Row::Cells(row.into_iter().map(Into::into).collect())));
        self
    }

    /// With a caption above it.
    #[must_use]
    pub fn caption(self, caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..self }
    }

    /// With a line below it that says where the figures are from.
    #[must_use]
    pub fn source(self, source: impl Into<String>) -> Self {
        Self { source: source.into(), ..self }
    }

    /// With a line below it that says from when the figures are.
    #[must_use]
    pub fn as_of(self, as_of: impl Into<String>) -> Self {
        Self { as_of: as_of.into(), ..self }
    }

    /// The cells of a row, one for each column however many were given.
    pub fn cells<'a>(&'a self, cells: &'a [String]) -> impl Iterator<Item = (&'a Column, &'a str)> {
        self.columns.iter().enumerate().map(|(n, column)| (column, cells.get(n).map_or("", String::as_str)))
    }

    /// What stands below it: the source and from when it is.
    #[must_use]
    pub fn below(&self) -> String {
        let parts = [self.source.as_str(), self.as_of.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(". ")
    }

    /// Whether it needs a sheet that lies.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.columns.len() > COLUMNS_MAX || self.least().iter().map(|least| least + PAD).sum::<f32>() > STANDING
    }

    /// The width of each column as a share of the whole, where so many letters have room on a line.
    ///
    /// Each column has what its longest word needs; what is left goes to those that wish for more. Where there is not room
    /// even for the words, all give way alike.
    #[must_use]
    pub fn shares(&self, letters: f32) -> Vec<f32> {
        let least = self.least();
        let wish = self.wish();
        let needed: f32 = least.iter().map(|least| least + PAD).sum();
        let more: Vec<f32> = wish.iter().zip(&least).map(|(wish, least)| (wish - least).max(0.0)).collect();
        let wished: f32 = more.iter().sum();
        let left = (letters - needed).max(0.0);
        let part = if wished > left && wished > 0.0 { left / wished } else { 1.0 };
        let widths: Vec<f32> = least.iter().zip(&more).map(|(least, more)| least + PAD + more * part).collect();
        let whole: f32 = widths.iter().sum::<f32>().max(1.0);
        widths.iter().map(|width| width / whole).collect()
    }

    /// How many letters a line across it holds at least, for no word to be broken.
    #[must_use]
    pub fn letters(&self) -> f32 {
        self.least().iter().map(|least| least + PAD).sum()
    }

    /// For each column, what its longest word needs; of a column that may not be broken, its longest cell.
    fn least(&self) -> Vec<f32> {
        let of = |n: usize, column: &Column| {
            let whole = matches!(column.kind, Kind::Number | Kind::Date);
            let cell = |text: &str| {
                let line = || text.lines().map(width).fold(0.0, f32::max).min(WISH_MAX);
                let word = || text.split_whitespace().map(width).fold(0.0, f32::max).min(WORD_MAX);
                if whole { line() } else { word() }
            };
            let head = column.head.split_whitespace().map(width).fold(0.0, f32::max).min(WORD_MAX);
            self.column(n).map(cell).fold(head, f32::max)
        };
        self.columns.iter().enumerate().map(|(n, column)| of(n, column)).collect()
    }

    /// For each column, what its longest cell would like.
    fn wish(&self) -> Vec<f32> {
        let longest = |text: &str| text.lines().map(width).fold(0.0, f32::max).min(WISH_MAX);
        let of = |(n, column): (usize, &Column)| self.column(n).map(longest).fold(longest(&column.head), f32::max);
        self.columns.iter().enumerate().map(of).collect()
    }

    fn column(&self, n: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| match row {
            Row::Cells(cells) | Row::Sum(cells) => cells.get(n).map(String::as_str),
            Row::Group(_) | Row::Full(_) => None,
        })
    }

    /// Every word that is seen, as it is read.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut out = vec![self.caption.clone()];
        out.extend(self.columns.iter().map(|column| column.head.clone()));
        for row in &self.rows {
            match row {
                Row::Cells(cells) | Row::Sum(cells) => {
                    out.extend(self.cells(cells).flat_map(|(_, cell)| cell.lines()).map(str::to_owned));
                }
                Row::Group(text) | Row::Full(text) => out.extend(text.lines().map(str::to_owned)),
            }
        }
        out.push(self.below());
        out
    }
}

/// How wide words are, in letters of usual width.
fn width(words: &str) -> f32 {
    let of = |c: char| match c {
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '(' | ')' => 0.6,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 1.6,
        c if c.is_uppercase() => 1.25,
        _ => 1.0,
    };
    words.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions() -> Table {
        Table::new(
            "Åtgärder",
            vec![Column::text("Åtgärd"), Column::text("Ansvarig"), Column::date("Klar senast"), Column::status("Status")],
        )
        .rows([[
            "Skriv en rutin för hur jourtelefonen bevakas när den som har jouren är på hembesök, och gå igenom den på APT",
            "Enhetschef",
            "2026-12-01",
            "● Klar",
        ]])
    }

    #[test]
    fn days_stay_whole_and_sentences_get_the_room_that_is_left() {
        let shares = actions().shares(STANDING);
        let letters: Vec<f32> = shares.iter().map(|share| share * STANDING).collect();
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 0.001);
        assert!(letters[2] >= 10.0, "a day is not broken: {letters:?}");
        assert!(letters[1] >= 10.0, "nor a word: {letters:?}");
        assert!(letters[0] > letters[1] + letters[2], "{letters:?}");
    }

    #[test]
    fn a_table_is_wide_by_its_columns_or_by_its_words() {
        assert!(!actions().is_wide());
        let many = |n: usize, head: &str| Table::new("T", (0..n).map(|_| Column::number(head)).collect());
        assert!(many(8, "N").is_wide() && !many(7, "N").is_wide());
        assert!(many(6, "Verksamhetsberättelse").is_wide());
    }

    #[test]
    fn a_status_is_a_shape_and_a_word() {
        assert_eq!(Mark::split(&Mark::Square.with("Försenad")), (Some(Mark::Square), "Försenad"));
        assert_eq!(Mark::split("Försenad"), (None, "Försenad"));
        assert!(Mark::ALL.iter().all(|mark| crate::paper::covers(mark.sign())));
    }

    #[test]
    fn a_row_has_a_cell_for_each_column_and_a_row_too_narrow_is_filled() {
        let table = Table::new("T", vec![Column::text("A"), Column::text("B")]);
        let cells = ["x".to_owned()];
        assert_eq!(table.cells(&cells).map(|(_, cell)| cell).collect::<Vec<_>>(), ["x", ""]);
    }
}
