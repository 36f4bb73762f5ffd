//! Xlsx: the cells of a workbook. First it is unpacked by ourselves with everything counted, then the reader gets a
//! workbook made of just that: a bomb, a lie about a size or a part that two readers see differently ends here.

use std::io::{Cursor, Read, Write};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use domain::import::{COLUMNS_MAX, ROWS_MAX, Table, recognised};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::read::{CELL_MAX, cell_too_long, too_many_rows, too_wide};

/// The most bytes that the parts of a workbook hold together when unpacked.
const UNPACKED_MAX: u64 = 50 * 1024 * 1024;
/// The most parts.
const PARTS_MAX: usize = 1_000;
/// How many times smaller than its content a part may be, where it is large: real sheets reach some tens.
const RATIO_MAX: u64 = 250;
/// Parts below this size are not judged by their ratio.
const SMALL: u64 = 2 * 1024 * 1024;
/// The most text of a sheet, in bytes: a workbook can name one long text in every cell.
const TEXT_MAX: usize = 8 * 1024 * 1024;
/// How many sheets are looked at.
const SHEETS_MAX: usize = 20;
/// How many cells with nothing in them are passed by.
const EMPTY_MAX: usize = 2_000_000;

const UNREADABLE: &str = "Filen kan inte läsas. Öppna den i Excel och spara den på nytt som xlsx.";
const TOO_LARGE_UNPACKED: &str = "Filen blir orimligt stor när den packas upp, så den läses inte. Kopiera planen till en ny arbetsbok och spara den.";

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The cells of the first sheet that looks like a plan, or else of the first with anything in it.
pub(super) fn read(bytes: &[u8]) -> Result<Table, String> {
    let mut workbook: Workbook = Xlsx::new(Cursor::new(repacked(bytes)?)).map_err(|_| UNREADABLE.to_owned())?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .take(SHEETS_MAX)
        .collect();
    let mut first = None;
    for name in sheets {
        let table = sheet(&mut workbook, &name);
        let looks_like_a_plan = match &table {
            Ok(table) => table.rows().iter().take(15).any(|row| {
                let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
                recognised(&cells) >= 2
            }),
            Err(_) => false,
        };
        if looks_like_a_plan {
            return table;
        }
        if first.is_none() && !table.as_ref().is_ok_and(|t| t.rows().is_empty()) {
            first = Some(table);
        }
    }
    first.unwrap_or_else(|| Err("Arbetsboken har inget blad med text.".to_owned()))
}

/// Unpacks the parts of a workbook, counts them, and packs those that matter anew without compression.
fn repacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let unreadable = |_| UNREADABLE.to_owned();
    let too_large = || TOO_LARGE_UNPACKED.to_owned();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > PARTS_MAX {
        return Err(too_large());
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err("Filen är ingen Excelfil i formatet xlsx. Öppna den i Excel och spara som xlsx.".to_owned());
    }
    let mut announced: u64 = 0;
    for index in 0..archive.len() {
        announced = announced.saturating_add(archive.by_index_raw(index).map_err(unreadable)?.size());
    }
    if announced > UNPACKED_MAX {
        return Err(too_large());
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let (mut left, mut buffer) = (UNPACKED_MAX, vec![0; 64 * 1024]);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(unreadable)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().to_owned();
        let kept = is_needed(&name);
        if kept {
            out.start_file(name, stored).map_err(unreadable)?;
        }
        // what the file says about its sizes is not believed
        let packed = part.compressed_size().min(bytes.len() as u64).max(1);
        let mut size: u64 = 0;
        loop {
            let read = part.read(&mut buffer).map_err(|_| UNREADABLE.to_owned())?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > left || size > SMALL && size / packed > RATIO_MAX {
                return Err(too_large());
            }
            if kept {
                out.write_all(&buffer[..read]).map_err(|_| UNREADABLE.to_owned())?;
            }
        }
        left -= size;
    }
    Ok(out.finish().map_err(unreadable)?.into_inner())
}

/// The parts that hold cells, texts, number formats and the way to them. Pictures, drawings and macros are left out.
fn is_needed(name: &str) -> bool {
    let part = name.to_lowercase();
    matches!(part.as_str(), "[content_types].xml" | "xl/workbook.xml" | "xl/styles.xml" | "xl/sharedstrings.xml")
        || part.starts_with("_rels/")
        || part.starts_with("xl/_rels/")
        || part.strip_prefix("xl/worksheets/").is_some_and(|sheet| sheet.strip_suffix(".xml").is_some())
}

/// The cells of a sheet, one by one as they come. A range of the whole sheet would be as large as its farthest cell says.
fn sheet(workbook: &mut Workbook, name: &str) -> Result<Table, String> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| UNREADABLE.to_owned())?;
    let mut table = Table::default();
    let mut row: (u32, Vec<String>) = (0, vec![]);
    let (mut bytes, mut empty) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(|_| UNREADABLE.to_owned())? {
        let (line, column) = cell.get_position();
        let line = line.saturating_add(1);
        let text = text_of(cell.get_value());
        if text.is_empty() {
            empty += 1;
            if empty > EMPTY_MAX {
                return Err(TOO_LARGE_UNPACKED.to_owned());
            }
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(too_wide());
        }
        bytes += text.len();
        if text.len() > CELL_MAX || bytes > TEXT_MAX {
            return Err(cell_too_long(line));
        }
        if line != row.0 {
            table.push(row.0, row.1.drain(..));
            row.0 = line;
            if table.rows().len() > ROWS_MAX + 15 {
                return Err(too_many_rows());
            }
        }
        if row.1.len() <= column {
            row.1.resize(column + 1, String::new());
        }
        row.1[column] = text;
    }
    table.push(row.0, row.1);
    Ok(table)
}

/// A cell as a Swedish Excel shows it: decimal comma, days as 2022-01-27, no `.0`.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) if text.len() <= CELL_MAX => text.trim().to_owned(),
        DataRef::SharedString(text) if text.len() <= CELL_MAX => text.trim().to_owned(),
        // long enough to be refused, not longer
        DataRef::String(_) | DataRef::SharedString(_) => "x".repeat(CELL_MAX + 1),
        DataRef::Float(x) => number(*x),
        DataRef::Int(n) => n.to_string(),
        DataRef::Bool(yes) => if *yes { "ja" } else { "nej" }.to_owned(),
        DataRef::DateTime(date) if date.is_datetime() => day(date),
        DataRef::DateTime(duration) => number(duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(content).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b' '; 60 * 1024 * 1024];
        let bomb = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
        assert!(bomb.len() < 100_000);
        assert_eq!(read(&bomb).unwrap_err(), TOO_LARGE_UNPACKED);
        // under the limit of size, but no sheet is packed a thousand times smaller
        let bomb = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros[..5_000_000])]);
        assert_eq!(read(&bomb).unwrap_err(), TOO_LARGE_UNPACKED);
    }

    #[test]
    fn a_size_that_is_a_lie_does_not_help_a_bomb() {
        let zeros = vec![b' '; 60 * 1024 * 1024];
        let mut bomb = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
        let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
        let mut lies = 0;
        for at in 0..bomb.len() - 4 {
            if bomb[at..at + 4] == size {
                bomb[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
                lies += 1;
            }
        }
        assert_eq!(lies, 2, "one in the local header, one in the directory");
        let refusal = read(&bomb).unwrap_err();
        assert!(refusal == TOO_LARGE_UNPACKED || refusal == UNREADABLE, "{refusal}");
    }

    #[test]
    fn thousands_of_parts_are_refused() {
        let names: Vec<String> = (0..1_100).map(|i| format!("xl/media/{i}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
        assert_eq!(read(&packed(&parts)).unwrap_err(), TOO_LARGE_UNPACKED);
    }

    #[test]
    fn other_archives_and_broken_ones_are_refused() {
        assert!(read(&packed(&[("word/document.xml", b"<x/>")])).unwrap_err().starts_with("Filen är ingen Excelfil"));
        assert_eq!(read(&packed(&[("xl/workbook.xml", b"<broken")])).unwrap_err(), UNREADABLE);
        let mut cut = packed(&[("xl/workbook.xml", b"<x/>")]);
        cut.truncate(cut.len() / 2);
        assert_eq!(read(&cut).unwrap_err(), UNREADABLE);
    }

    #[test]
    fn numbers_and_days_read_as_in_a_swedish_excel() {
        use calamine::ExcelDateTimeType::DateTime;
        assert_eq!(number(20.0), "20");
        assert_eq!(number(97.5), "97,5");
        assert_eq!(number(0.1 + 0.2), "0,3");
        assert_eq!(number(4.8), "4,8");
        assert_eq!(day(&ExcelDateTime::new(44_588.0, DateTime, false)), "2022-01-27");
        assert_eq!(day(&ExcelDateTime::new(44_588.5, DateTime, false)), "2022-01-27 12:00");
        assert_eq!(day(&ExcelDateTime::new(0.5, DateTime, false)), "12:00");
    }
}
