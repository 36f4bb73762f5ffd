//! Workbooks as users have them, and such as nobody should have.

use std::io::Write;

use zip::{ZipWriter, write::SimpleFileOptions};

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
    assert_eq!(read(For::Plan, &bomb).unwrap_err(), TOO_LARGE_UNPACKED);
    // under the limit of size, but no sheet is packed a thousand times smaller
    let bomb = packed(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros[..5_000_000])]);
    assert_eq!(read(For::Plan, &bomb).unwrap_err(), TOO_LARGE_UNPACKED);
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
    let refusal = read(For::Plan, &bomb).unwrap_err();
    assert!(refusal == TOO_LARGE_UNPACKED || refusal == UNREADABLE, "{refusal}");
}

#[test]
fn thousands_of_parts_are_refused() {
    let names: Vec<String> = (0..1_100).map(|i| format!("xl/media/{i}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    assert_eq!(read(For::Plan, &packed(&parts)).unwrap_err(), TOO_LARGE_UNPACKED);
}

#[test]
fn other_archives_and_broken_ones_are_refused() {
    for (part, expected) in [
        ("word/document.xml", "Filen är ett Worddokument"),
        ("ppt/presentation.xml", "Filen är en PowerPointpresentation"),
        ("xl/workbook.bin", "Filen är en binär Excelfil (.xlsb)."),
        ("content.xml", "Filen är i formatet ods."),
        ("annat.xml", "Filen är ingen Excelfil"),
    ] {
        assert!(read(For::Plan, &packed(&[(part, b"<x/>")])).unwrap_err().starts_with(expected), "{part}");
    }
    assert_eq!(read(For::Plan, &packed(&[("xl/workbook.xml", b"<broken")])).unwrap_err(), UNREADABLE);
    let mut cut = packed(&[("xl/workbook.xml", b"<x/>")]);
    cut.truncate(cut.len() / 2);
    assert_eq!(read(For::Plan, &cut).unwrap_err(), UNREADABLE);
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
