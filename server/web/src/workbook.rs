//! Workbooks: every Excel file that is taken out is written here, so that a text is a text, a day is a day and the paper is set
//! up in all of them alike.

use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::format;
use http::header;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::{blocking::Written, download};

mod work;

pub use work::tillfallen;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// So wide the whole of a sheet may be and be read standing up; in the unit of a column, about the width of a digit.
const UPRIGHT: f64 = 95.0;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing: not 0.
    #[default]
    Empty,
    /// A text, never a formula, whatever it begins with.
    Text(String),
    /// A day that Excel can sort and count with.
    Day(NaiveDate),
    /// A whole number.
    Count(i64),
    /// A number with its decimals.
    Number(f64),
    /// 0–1, shown as per cent.
    Share(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// One sheet: lines of text, a head, and rows under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// On its tab.
    pub name: String,
    /// Over the head, the first in bold. A file that can be read in again has none.
    pub lines: Vec<String>,
    /// What each column is called, and how wide it is.
    pub head: Vec<(String, f64)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Under the rows: what is not there, and why.
    pub foot: Vec<String>,
    /// So many columns stand still when one goes to the right.
    pub still: u16,
    /// At the top of each page of paper: what it is and whose.
    pub paper: String,
}

impl Sheet {
    /// A sheet without rows.
    #[must_use]
    pub fn new(name: &str, head: &[(&str, f64)], paper: &str) -> Self {
        Self {
            name: name.to_owned(),
            head: head.iter().map(|(label, width)| ((*label).to_owned(), *width)).collect(),
            still: 1,
            paper: paper.to_owned(),
            ..Self::default()
        }
    }
}

/// What stands under the rows of a file that has no room for all: those that come first are in it.
#[must_use]
pub fn cut(rows: usize) -> String {
    format!(
        "Filen rymmer {} rader, och det finns fler. Välj en kortare tid för att få med resten.",
        format::int(rows.try_into().unwrap_or(i64::MAX))
    )
}

/// The file.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        put(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

fn put(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    out.set_name(&sheet.name)?;
    let mut line = 0;
    for (i, text) in sheet.lines.iter().enumerate() {
        let format = if i == 0 { Format::new().set_bold() } else { Format::new() };
        out.write_string_with_format(line, 0, text, &format)?;
        line += 1;
    }
    if line > 0 {
        line += 1;
    }
    let head = line;
    for (column, (label, width)) in (0..).zip(&sheet.head) {
        out.write_string_with_format(line, column, label, &bold())?;
        out.set_column_width(column, *width)?;
    }
    line += 1;
    out.set_freeze_panes(line, sheet.still)?;
    let formats = Formats::new();
    for cells in &sheet.rows {
        for (column, cell) in (0..).zip(cells) {
            formats.write(out, line, column, cell)?;
        }
        line += 1;
    }
    let last = u16::try_from(sheet.head.len()).unwrap_or(u16::MAX).saturating_sub(1);
    if !sheet.rows.is_empty() {
        out.autofilter(head, 0, line - 1, last)?;
    }
    for text in &sheet.foot {
        line += 1;
        out.write_string(line, 0, text)?;
    }
    paper(out, sheet, head)
}

/// On paper: A4, as wide as the sheet is, its head on each page, whose it is at the top and the number of the page below.
fn paper(out: &mut Worksheet, sheet: &Sheet, head: u32) -> Result<(), XlsxError> {
    out.set_paper_size(9);
    if sheet.head.iter().map(|(_, width)| width).sum::<f64>() > UPRIGHT {
        out.set_landscape();
    }
    out.set_print_fit_to_pages(1, 0);
    out.set_repeat_rows(head, head)?;
    out.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    // & begins a code, and more than 255 characters are refused
    let name: String = sheet.paper.chars().take(100).collect();
    out.set_header(format!("&L{}&R{}", name.replace('&', "&&"), sheet.name.replace('&', "&&")));
    out.set_footer("&RSid &P (&N)");
    Ok(())
}

/// The format of headings.
fn bold() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

struct Formats {
    text: Format,
    day: Format,
    count: Format,
    number: Format,
    share: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            text: top().set_text_wrap(),
            day: top().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            count: top().set_num_format("#,##0"),
            number: top(),
            share: top().set_num_format("0.0%"),
        }
    }

    fn write(&self, sheet: &mut Worksheet, line: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => drop(sheet.write_string_with_format(line, column, text, &self.text)?),
            Cell::Day(day) => {
                let date = ExcelDateTime::parse_from_str(&format::date(*day))?;
                sheet.write_datetime_with_format(line, column, &date, &self.day)?;
            }
            #[allow(clippy::cast_precision_loss)] // counts of what people have written
            Cell::Count(n) => drop(sheet.write_number_with_format(line, column, *n as f64, &self.count)?),
            Cell::Number(x) => drop(sheet.write_number_with_format(line, column, *x, &self.number)?),
            Cell::Share(x) => drop(sheet.write_number_with_format(line, column, *x, &self.share)?),
        }
        Ok(())
    }
}

/// A workbook as an answer, under a name without ending.
pub fn attachment(file: Written, name: &str) -> Response {
    let disposition = download::disposition(name, "xlsx");
    let headers = [(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, file.into_bytes()).into_response()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::reader;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut out = String::new();
        zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut out).unwrap();
        out
    }

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("Plan", &[("Vad", 44.0), ("När", 60.0)], "Enheten för råd & stöd");
        sheet.rows = vec![vec!["=1+1".into(), NaiveDate::from_ymd_opt(2026, 11, 23).into()]];
        sheet.foot = vec!["Två ärenden är inte med.".to_owned()];
        sheet
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_a_text_and_a_day_is_a_day() {
        let bytes = write(&[sheet()]).unwrap();
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(!xml.contains("<f>"), "{xml}");
        // 2026-11-23 as Excel counts days
        assert!(xml.contains("<v>46349</v>"), "{xml}");
        assert!(reader::open(reader::Kind::Excel, "plan.xlsx", &bytes).contains("=1+1"));
    }

    #[test]
    fn on_paper_it_is_one_page_wide_with_its_head_on_each_and_says_whose_it_is() {
        let bytes = write(&[sheet()]).unwrap();
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        for said in [
            r#"paperSize="9""#,
            r#"orientation="landscape""#,
            r#"fitToHeight="0""#,
            "<autoFilter",
            "&amp;LEnheten för råd &amp;&amp; stöd",
        ] {
            assert!(xml.contains(said), "{said}: {xml}");
        }
        assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
        let narrow = Sheet::new("Plan", &[("Vad", 44.0)], "");
        assert!(!part(&write(&[narrow]).unwrap(), "xl/worksheets/sheet1.xml").contains("landscape"));
    }
}
