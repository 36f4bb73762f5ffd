//! Table: a pasted or uploaded text as records of cells. Every reader of such a text goes through here, natively and in the
//! browser; none splits by tab or semicolon itself (a test of the sources sees to that).
//!
//! Two ways of writing meet in it. What is copied in Excel has tabs, and quotes round a cell only where it holds a line break,
//! a tab or a quote that is written twice: `"Trygg hemma" följs upp` is a text with quotes, and a `"` alone is a ditto mark.
//! CSV has semicolons or commas, and quotes round any cell. In both, a quote that opens a cell and does not close it is a letter
//! as any other, so that it swallows nothing.

use std::borrow::Cow;

use crate::rows::Parts;

mod ditto;
#[cfg(test)]
mod tests;

pub use ditto::{Alone, Dittos, NOTHING_ABOVE, fill_dittos, is_ditto};

/// The most cells of a record that are read; what stands beyond them is told by [`Records::too_wide`].
pub const CELLS_MAX: usize = 200;
/// What parts the cells of what is copied in a spreadsheet.
pub const COPIED: &[char] = &['\t'];
/// What parts the cells of what is copied or typed: tabs, and in a record without any semicolons.
pub const TYPED: &[char] = &['\t', ';'];
/// How many records are looked at to see what parts the cells of a file.
pub const LOOKED_AT: usize = 15;

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The number of the row as Excel counts, from 1: empty rows count, and a cell of several lines is in one row.
    pub line: u32,
    /// The cells, without blanks round them; line breaks inside stay.
    pub cells: Vec<String>,
}

impl AsRef<[String]> for Record {
    fn as_ref(&self) -> &[String] {
        &self.cells
    }
}

impl Record {
    /// The text of a cell; empty where the row is shorter.
    #[must_use]
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }

    /// Whether no cell has any text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// A table that has been told from its head and its sums.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The names of the columns, where the table has them.
    pub head: Option<Vec<String>>,
    /// The rows below, with ditto marks filled.
    pub rows: Vec<Record>,
    /// What was passed by and what was filled, in sentences for the user.
    pub notes: Vec<String>,
}

/// The rows to read, by what [`crate::rows::parts`] has found.
#[must_use]
pub fn body(mut records: Vec<Record>, parts: Parts) -> Body {
    let mut notes = parts.notes(|i| records[i].line);
    let mut at = 0;
    records.retain(|_| {
        at += 1;
        parts.body.binary_search(&(at - 1)).is_ok()
    });
    notes.extend(fill_dittos(records.iter_mut().map(|r| (r.line, &mut r.cells)), Alone::Row).note());
    Body { head: parts.head.map(|head| head.names), rows: records, notes }
}

/// The records of a text that have any text, parted as in [`TYPED`].
#[must_use]
pub fn typed(text: &str) -> Vec<Record> {
    records(text, TYPED).filter(|r| !r.is_empty()).collect()
}

/// The records of a text, the empty ones too. Each is parted by the first of `delimiters` that stands in it outside quotes.
#[must_use]
pub fn records<'a>(text: &'a str, delimiters: &[char]) -> Records<'a> {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let mut delimiters = delimiters.to_vec();
    // what Excel itself may write first, and does not count as a row
    let at = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((named, rest)) => {
            let mut named = named.chars();
            if let (Some(delimiter), None) = (named.next(), named.next()) {
                delimiters = vec![delimiter];
            }
            text.len() - rest.len()
        }
        None => 0,
    };
    let quotes_all = quotes_all(&text[at..]);
    Records { text, delimiters, quotes_all, at, line: 0, too_wide: None }
}

/// What parts the cells of a file: that by which a line becomes a header, or else most cells. `known` says how many of a line's
/// cells name a column.
#[must_use]
pub fn delimiter(text: &str, known: impl Fn(&[&str]) -> usize) -> char {
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    let score = |delimiter: char| {
        let cells = lines.iter().map(|line| {
            // a line longer than this is no header, and splitting it costs memory
            let cells: Vec<&str> = line.split(delimiter).take(CELLS_MAX).map(|c| c.trim_matches(['"', ' '])).collect();
            (known(&cells), cells.len())
        });
        cells.max().unwrap_or_default()
    };
    // of those that score the same the last is taken
    [',', '\t', ';'].into_iter().max_by_key(|d| score(*d)).unwrap_or(';')
}

/// A record as a line of text that [`TYPED`] gives back: cells with tabs between, quoted where they would be read as something else.
/// A tab inside a cell becomes a blank.
#[must_use]
pub fn line(cells: &[&str]) -> String {
    let alone = cells.len() == 1;
    let written = cells.iter().map(|cell| {
        let cell = cell.replace('\t', " ");
        if cell.contains('\n') || cell.starts_with('"') || alone && cell.contains(';') {
            // a quote before what parts cells is a ditto mark
            let blank = if cell.starts_with(';') { " " } else { "" };
            format!("\"{blank}{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    written.collect::<Vec<_>>().join("\t")
}

/// Whether whoever wrote the text puts every cell in quotes, as no spreadsheet does on the clipboard.
fn quotes_all(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let quoted = |cell: &str| cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
    first.contains('\t') && first.split('\t').all(quoted)
}

/// The records of a text, one after the other.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    text: Cow<'a, str>,
    delimiters: Vec<char>,
    quotes_all: bool,
    /// Where the next record begins.
    at: usize,
    /// The number of the last one.
    line: u32,
    too_wide: Option<u32>,
}

impl Records<'_> {
    /// The row, of those given so far, that has text beyond [`CELLS_MAX`].
    #[must_use]
    pub fn too_wide(&self) -> Option<u32> {
        self.too_wide
    }

    /// The cells of the record that begins at `start`, and where it ends.
    fn record(&self, start: usize, delimiter: char) -> Split {
        let mut split = Split { cells: vec![], wide: false, end: start };
        loop {
            let (cell, end) = self.quoted(split.end, delimiter).unwrap_or_else(|| {
                let rest = &self.text[split.end..];
                let length = rest.find([delimiter, '\n']).unwrap_or(rest.len());
                (Cow::Borrowed(rest[..length].trim()), split.end + length)
            });
            if split.cells.len() < CELLS_MAX {
                split.cells.push(cell.into_owned());
            } else {
                split.wide |= !cell.is_empty();
            }
            split.end = end;
            match self.text[end..].chars().next() {
                Some(c) if c == delimiter => split.end += delimiter.len_utf8(),
                // past the line break, or the end of the text
                Some(c) => {
                    split.end += c.len_utf8();
                    return split;
                }
                None => return split,
            }
        }
    }

    /// The cell in quotes that begins at `start`, without them, and where it ends; none where they are letters of the text.
    fn quoted(&self, start: usize, delimiter: char) -> Option<(Cow<'_, str>, usize)> {
        let rest = self.text[start..].strip_prefix('"')?;
        // alone in its cell, it says that the row above is meant
        if rest.starts_with(delimiter) {
            return None;
        }
        let (mut close, mut doubled) = (0, false);
        loop {
            close += rest[close..].find('"')?;
            if !rest[close + 1..].starts_with('"') {
                break;
            }
            doubled = true;
            close += 2;
        }
        let (inside, after) = (&rest[..close], &rest[close + 1..]);
        if !(after.is_empty() || after.starts_with([delimiter, '\n'])) {
            return None;
        }
        let (breaks, tabs) = (inside.contains('\n'), inside.contains(delimiter));
        // two ditto marks, each at the end of its row
        if inside.starts_with('\n') && inside.ends_with([delimiter, '\n']) {
            return None;
        }
        if delimiter == '\t' && !self.quotes_all {
            // no cell of a spreadsheet holds both: the quotes of two cells have met
            if breaks && tabs || !(breaks || tabs || doubled) {
                return None;
            }
        }
        let text = if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        Some((text, start + close + 2))
    }
}

/// A record while it is read.
struct Split {
    cells: Vec<String>,
    /// There is text beyond [`CELLS_MAX`].
    wide: bool,
    /// Where the next record begins.
    end: usize,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut split = None;
        for delimiter in &self.delimiters {
            let read = self.record(self.at, *delimiter);
            let parted = read.cells.len() > 1;
            split = Some(read);
            if parted {
                break;
            }
        }
        let split = split?;
        self.line += 1;
        self.at = split.end;
        if split.wide {
            self.too_wide.get_or_insert(self.line);
        }
        Some(Record { line: self.line, cells: split.cells })
    }
}
