//! Xlsx: the tables of a workbook, one for each sheet, as they look in Excel: a merged cell gives its text to all that it covers,
//! 0,75 in per cent format is 75 %. What is not seen there is told of: hidden rows, formulas without a value, other sheets.

use std::{collections::HashMap, io::Cursor};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use domain::{
    import::{
        COLUMNS_MAX, Mark, Table, looks_like_a_plan,
        sheets::{self, Sheet},
    },
    rows::{WITHIN, cell_name, lines_in_words},
};

use super::read::{CELL_MAX, For, cell_too_long, too_many_rows, too_wide};

mod format;
mod layout;
mod merged;
mod package;
#[cfg(test)]
mod tests;

use format::Format;
use layout::{At, Layout};
use package::{Look, Package, SHEETS_MAX};

/// The most text of a sheet, in bytes: a workbook can name one long text in every cell.
const TEXT_MAX: usize = 8 * 1024 * 1024;
/// The most cells of a sheet, empty ones between others counted.
const CELLS_MAX: usize = 1_000_000;
/// The most cells of the sheets that are kept.
const KEPT_MAX: usize = 2_000_000;
/// How many cells with nothing in them are passed by.
const EMPTY_MAX: usize = 2_000_000;
/// The most cells that merged ones cover, in all sheets.
const COVERED_MAX: usize = 500_000;

const UNREADABLE: &str = "Filen kan inte läsas. Öppna den i Excel och spara den på nytt som xlsx.";
const TOO_LARGE_UNPACKED: &str = "Filen blir orimligt stor när den packas upp, så den läses inte. Kopiera planen till en ny arbetsbok och spara den.";
const NO_TEXT: &str = "Arbetsboken har inget blad med text.";

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The tables of the sheets that can be meant: those that look like a plan, or else the first sheet with anything in it; of values
/// every sheet. At least one. Each says which sheet it is and which others there are.
pub(super) fn read(what: For, bytes: &[u8]) -> Result<Vec<Table>, String> {
    let package = Package::open(bytes)?;
    let names: Vec<Sheet<'_>> =
        package.sheets.iter().map(|s| Sheet { name: &s.name, beyond: s.look == Look::Beyond }).collect();
    let beyond = sheets::beyond(SHEETS_MAX, &names);
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(package.bytes())).map_err(|_| UNREADABLE.to_owned())?;
    let (mut plans, mut first, mut fault) = (vec![], None, None);
    let (mut kept, mut spent) = (0, Spent::default());
    for (place, sheet) in package.sheets.iter().enumerate() {
        let Look::At(n) = sheet.look else { continue };
        let table = match self::sheet(what, &mut workbook, n, &sheet.name, &package, &mut spent) {
            Ok(table) if table.rows().is_empty() => continue,
            Ok(table) => table,
            Err(why) => {
                // another sheet may be the one that is meant
                fault.get_or_insert(why);
                continue;
            }
        };
        let is_plan = what == For::Serie || looks_like_a_plan(&table);
        if is_plan || first.is_none() {
            kept += table.rows().iter().map(|row| row.cells.len()).sum::<usize>();
            if kept > KEPT_MAX {
                return Err(TOO_LARGE_UNPACKED.to_owned());
            }
        }
        if is_plan {
            plans.push((place, table));
        } else {
            first.get_or_insert((place, table));
        }
    }
    let unread = fault.clone().filter(|_| what == For::Serie);
    let tables = match (plans.is_empty(), first, fault) {
        (false, ..) => plans,
        // what cannot be read may be the plan
        (true, _, Some(fault)) => return Err(fault),
        (true, Some(first), None) => vec![first],
        (true, None, None) => {
            return Err(beyond.map_or_else(|| NO_TEXT.to_owned(), |beyond| format!("{NO_TEXT} {beyond}")));
        }
    };
    let told = tables.into_iter().map(|(place, mut table)| {
        if let Some(beyond) = &beyond {
            table.note_beyond(beyond);
        }
        table.note_first(sheets::which(place, &names));
        if let Some(why) = &unread {
            table.note(format!("Ett av bladen är inte läst. {why}"));
        }
        table
    });
    Ok(told.collect())
}

/// What the sheets of a workbook have cost, all together.
#[derive(Default)]
struct Spent {
    /// Merged areas, copies counted.
    areas: usize,
    /// Cells that they cover.
    covered: usize,
}

/// A row while it is read: its line, its cells and what is known of them.
struct Line {
    number: u32,
    cells: Vec<String>,
    marks: Vec<(u16, Mark)>,
}

impl Line {
    fn new(number: u32) -> Self {
        Self { number, cells: vec![], marks: vec![] }
    }

    fn mark(&mut self, column: usize, mark: Mark) {
        // no table is as wide as this can count
        self.marks.push((u16::try_from(column).unwrap_or(u16::MAX), mark));
    }
}

/// The rows of a sheet while they are read, and how much there is.
struct Lines {
    what: For,
    read: Vec<Line>,
    /// Where each lies, by its number, until they are in order.
    places: HashMap<u32, usize>,
    cells: usize,
    bytes: usize,
}

impl Lines {
    /// The cells of a sheet, one by one as they come. A range of the whole sheet would be as large as its farthest cell says.
    fn read(what: For, workbook: &mut Workbook<'_>, sheet: usize, layout: &Layout) -> Result<Self, String> {
        let unreadable = |_: XlsxError| UNREADABLE.to_owned();
        let mut cells = workbook.worksheet_cells_reader(&sheet.to_string()).map_err(unreadable)?;
        let formats: Vec<Format> = cells
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().map(|f| Format::of(&f.format_code)).unwrap_or_default())
            .collect();
        let plain = Format::default();
        let mut lines = Self { what, read: vec![], places: HashMap::new(), cells: 0, bytes: 0 };
        let mut empty = 0;
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // an error that our reader does not know; the layout has it
                Err(XlsxError::CellError(_)) => continue,
                Err(_) => return Err(UNREADABLE.to_owned()),
            };
            let format = formats.get(style).unwrap_or(&plain);
            let (text, shown) = text_of(cell.get_value(), format);
            if text.is_empty() {
                empty += 1;
                if empty > EMPTY_MAX {
                    return Err(TOO_LARGE_UNPACKED.to_owned());
                }
                continue;
            }
            lines.put(cell.get_position(), text)?;
            if let Some(shown) = shown {
                lines.mark(cell.get_position(), Mark::Shown(shown))?;
            }
        }
        for (at, word) in &layout.errors {
            lines.put(*at, word.clone())?;
        }
        for at in &layout.without_value {
            lines.mark(*at, Mark::NoValue)?;
        }
        lines.read.sort_by_key(|line| line.number);
        for line in &mut lines.read {
            let row = line.number - 1;
            for column in 0..line.cells.len() {
                // a column of a table, so it fits
                if layout.formulas.contains(&(row, u32::try_from(column).unwrap_or(u32::MAX))) {
                    line.mark(column, Mark::Formula);
                }
            }
            if layout.hidden_rows.contains(&row) {
                line.mark(0, Mark::Hidden);
            }
        }
        Ok(lines)
    }

    /// Where the row of a number lies; there is one by now.
    fn place(&mut self, number: u32) -> Result<usize, String> {
        if let Some(place) = self.places.get(&number) {
            return Ok(*place);
        }
        if self.read.len() >= self.what.rows_max() + WITHIN {
            return Err(too_many_rows(self.what));
        }
        self.places.insert(number, self.read.len());
        self.read.push(Line::new(number));
        Ok(self.read.len() - 1)
    }

    fn mark(&mut self, (row, column): At, mark: Mark) -> Result<(), String> {
        let place = self.place(row.saturating_add(1))?;
        self.read[place].mark(column as usize, mark);
        Ok(())
    }

    /// Puts a text where it belongs.
    fn put(&mut self, (row, column): At, text: String) -> Result<(), String> {
        let (number, column) = (row.saturating_add(1), column as usize);
        if column >= COLUMNS_MAX {
            return Err(too_wide());
        }
        let place = self.place(number)?;
        self.put_in(place, column, text)
    }

    /// Puts a text into the row that lies at a place.
    fn put_in(&mut self, place: usize, column: usize, text: String) -> Result<(), String> {
        let line = &mut self.read[place];
        self.bytes += text.len();
        if text.len() > CELL_MAX || self.bytes > TEXT_MAX {
            return Err(cell_too_long(line.number));
        }
        let more = (column + 1).saturating_sub(line.cells.len());
        line.cells.resize(column.max(line.cells.len().saturating_sub(1)) + 1, String::new());
        line.cells[column] = text;
        self.cells += more;
        if self.cells > CELLS_MAX { Err(TOO_LARGE_UNPACKED.to_owned()) } else { Ok(()) }
    }

    /// Where the rows from one line to another lie.
    fn between(&self, first: u32, last: u32) -> std::ops::Range<usize> {
        let from = self.read.partition_point(|line| line.number < first);
        from..self.read.partition_point(|line| line.number <= last).max(from)
    }

    /// Gives the text of merged cells to all that they cover, in the rows that have anything.
    fn fill(&mut self, layout: &Layout, covered: &mut usize) -> Result<(), String> {
        for area in &layout.merged {
            let rows = self.between(area.first.0.saturating_add(1), area.last.0.saturating_add(1));
            let (from, to) = (area.first.1 as usize, (area.last.1 as usize).min(COLUMNS_MAX - 1));
            let Some(first) = self.read.get_mut(rows.start).filter(|line| line.number == area.first.0 + 1) else {
                continue;
            };
            let Some(text) = first.cells.get(from).filter(|text| !text.is_empty()).cloned() else { continue };
            if to > from {
                first.mark(from, Mark::Wide);
            }
            let shown =
                first.marks.iter().find(|(at, mark)| usize::from(*at) == from && matches!(mark, Mark::Shown(_)));
            let shown = shown.map(|(_, mark)| mark.clone());
            for row in rows {
                for column in from..=to {
                    let is_first = self.read[row].number == area.first.0 + 1 && column == from;
                    *covered += 1;
                    if *covered > COVERED_MAX {
                        return Err(TOO_LARGE_UNPACKED.to_owned());
                    }
                    if is_first {
                        continue;
                    }
                    self.put_in(row, column, text.clone())?;
                    let line = &mut self.read[row];
                    line.marks.retain(|(at, mark)| usize::from(*at) != column || *mark == Mark::Hidden);
                    line.mark(column, Mark::Covered);
                    if let Some(shown) = &shown {
                        line.mark(column, shown.clone());
                    }
                }
            }
        }
        Ok(())
    }
}

/// A sheet as a table.
fn sheet(
    what: For,
    workbook: &mut Workbook<'_>,
    n: usize,
    name: &str,
    package: &Package,
    spent: &mut Spent,
) -> Result<Table, String> {
    let layout = Layout::read(&package.xml(n)?, &mut spent.areas)?;
    let mut lines = Lines::read(what, workbook, n, &layout)?;
    lines.fill(&layout, &mut spent.covered)?;
    let hidden = |line: &&Line| layout.hidden_rows.contains(&(line.number - 1));
    let hidden: Vec<u32> = lines.read.iter().filter(hidden).map(|line| line.number).collect();
    let widest = lines.read.iter().map(|line| line.cells.len()).max().unwrap_or_default();
    let mut table = Table::of_sheet(name);
    match hidden.len() {
        0 => {}
        1 => table.note(format!(
            "En rad är dold i Excel ({}). Den läses som de andra: ta bort den i filen om den inte ska med.",
            lines_in_words(&hidden)
        )),
        n => table.note(format!(
            "{n} rader är dolda i Excel ({}). De läses som de andra: ta bort dem i filen om de inte ska med.",
            lines_in_words(&hidden)
        )),
    }
    let columns: Vec<String> = (0..widest)
        .filter(|c| layout.hidden_columns.iter().any(|(a, b)| (*a as usize..=*b as usize).contains(c)))
        .filter(|c| lines.read.iter().any(|line| line.cells.get(*c).is_some_and(|text| !text.is_empty())))
        .map(|c| cell_name(c, 0).trim_end_matches('0').to_owned())
        .collect();
    match columns.as_slice() {
        [] => {}
        [one] => table.note(format!("Kolumn {one} är dold i Excel. Den läses som de andra.")),
        many => table.note(format!("Kolumnerna {} är dolda i Excel. De läses som de andra.", many.join(", "))),
    }
    for line in lines.read {
        table.push_marked(line.number, line.cells, line.marks);
    }
    Ok(table)
}

/// A cell as a Swedish Excel shows it: decimal comma, per cent with its sign, days as 2022-01-27, no `.0`. Then how its format
/// shows a figure, where that is another text.
fn text_of(value: &DataRef<'_>, format: &Format) -> (String, Option<String>) {
    let text = match value {
        DataRef::Float(x) => return figure(*x, format),
        #[allow(clippy::cast_precision_loss)] // as Excel itself holds it
        DataRef::Int(n) => return figure(*n as f64, format),
        DataRef::Empty => String::new(),
        DataRef::String(text) if text.len() <= CELL_MAX => text.trim().to_owned(),
        DataRef::SharedString(text) if text.len() <= CELL_MAX => text.trim().to_owned(),
        // long enough to be refused, not longer
        DataRef::String(_) | DataRef::SharedString(_) => "x".repeat(CELL_MAX + 1),
        DataRef::Bool(yes) => if *yes { "ja" } else { "nej" }.to_owned(),
        DataRef::DateTime(date) if date.is_datetime() => day(date),
        DataRef::DateTime(duration) => number(duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    };
    (text, None)
}

fn figure(x: f64, format: &Format) -> (String, Option<String>) {
    if format.per_cent {
        return (format!("{} %", number(x * 100.0)), None);
    }
    let text = number(x);
    let shown = format.shown(x).filter(|shown| *shown != text);
    (text, shown)
}

/// A number without the noise of its last binary digits.
fn number(x: f64) -> String {
    let text = format!("{x:.9}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

fn day(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    if date.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) == (0, 0) { day } else { format!("{day} {hour:02}:{minute:02}") }
}
