//! Table: the cells of a file or of the clipboard as its reader hands them over, with what is known of them beside their text.

use serde::{Deserialize, Serialize};

use super::{Plan, clean, column};

/// The cells of a file or of the clipboard, as text, with the header somewhere at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheet of a workbook that it is; empty for what has no sheets.
    #[serde(default)]
    sheet: String,
    pub(super) rows: Vec<Row>,
    /// What its reader has to say.
    #[serde(default)]
    pub(super) notes: Vec<String>,
    /// The sheets of its workbook that nobody has looked at, in a sentence; empty where there are none.
    #[serde(default)]
    beyond: String,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The number of the row as Excel shows it, from 1.
    pub line: u32,
    /// Texts from the first column on; shorter where the row ends earlier.
    pub cells: Vec<String>,
    /// What is known of cells beside their text, by column from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<(u16, Mark)>,
}

/// What a workbook says of a cell beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The text is that of a merged cell that begins above or to the left.
    Covered,
    /// A merged cell that reaches over several columns begins here: a heading rather than a value of this column.
    Wide,
    /// A formula gives the text.
    Formula,
    /// A formula whose value the file does not hold.
    NoValue,
    /// How Excel shows the figure, where that differs from the text.
    Shown(String),
    /// The row is hidden in Excel.
    Hidden,
}

impl Row {
    /// Whether a cell has a mark.
    #[must_use]
    pub fn has(&self, place: usize, mark: &Mark) -> bool {
        self.marks.iter().any(|(at, m)| usize::from(*at) == place && m == mark)
    }

    /// How Excel shows a figure, where that differs from its text.
    #[must_use]
    pub fn shown(&self, place: usize) -> Option<&str> {
        self.marks.iter().find_map(|(at, mark)| match mark {
            Mark::Shown(text) if usize::from(*at) == place => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether the row is hidden in Excel.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.marks.iter().any(|(_, mark)| *mark == Mark::Hidden)
    }
}

impl AsRef<[String]> for Row {
    fn as_ref(&self) -> &[String] {
        &self.cells
    }
}

impl Table {
    /// Adds a row; one without any text is left out. Its characters are cleaned ([`crate::text`]).
    pub fn push(&mut self, line: u32, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        self.push_marked(line, cells, vec![]);
    }

    /// Adds a row with what is known of its cells; one without any text and any formula is left out.
    pub fn push_marked(
        &mut self,
        line: u32,
        cells: impl IntoIterator<Item = impl AsRef<str>>,
        marks: Vec<(u16, Mark)>,
    ) {
        let mut cells: Vec<String> = cells.into_iter().map(|c| clean(c.as_ref())).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if !cells.is_empty() || marks.iter().any(|(_, mark)| *mark == Mark::NoValue) {
            self.rows.push(Row { line, cells, marks });
        }
    }

    /// The table of a sheet of a workbook.
    #[must_use]
    pub fn of_sheet(sheet: impl Into<String>) -> Self {
        Self { sheet: sheet.into(), ..Self::default() }
    }

    /// The sheet that it is; empty for what has no sheets.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Notes the cells whose value the file does not hold, for a reader that does not say it of each.
    pub fn note_unread(&mut self) {
        let at = |row: &Row| {
            let unread = row.marks.iter().filter(|(_, mark)| *mark == Mark::NoValue);
            unread.map(|(place, _)| crate::rows::cell_name(usize::from(*place), row.line)).collect::<Vec<_>>()
        };
        let cells: Vec<String> = self.rows.iter().flat_map(at).collect();
        let named = cells.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = cells.len().saturating_sub(5);
        let more = if more > 0 { format!(" och {more} till") } else { String::new() };
        match cells.len() {
            0 => {}
            1 => self.note(format!(
                "Cellen {named} har en formel utan sparat värde. Öppna filen i Excel, spara den och läs in den igen."
            )),
            _ => self.note(format!(
                "Cellerna {named}{more} har formler utan sparat värde. Öppna filen i Excel, spara den och läs in den igen."
            )),
        }
    }

    /// Whether it has the header of a plan with anything below it.
    #[must_use]
    pub fn is_plan(&self, plan: Plan) -> bool {
        column::is_plan(plan, self)
    }

    /// Adds a sentence that the user reads: which sheet was read, which rows are hidden.
    pub fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// The same, before what is there.
    pub fn note_first(&mut self, sentence: impl Into<String>) {
        self.notes.insert(0, sentence.into());
    }

    /// Notes which sheets of its workbook nobody has looked at ([`super::sheets::beyond`]): said also where a sheet is chosen, and
    /// where none can be read.
    pub fn note_beyond(&mut self, sentence: impl Into<String>) {
        self.beyond = sentence.into();
        self.notes.push(self.beyond.clone());
    }

    /// Which sheets of its workbook nobody has looked at, in a sentence; empty where there are none.
    #[must_use]
    pub fn beyond(&self) -> &str {
        &self.beyond
    }

    /// What the reader of the file has to say, in sentences.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The rows that have any text.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}
