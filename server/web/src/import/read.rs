//! Read: the bytes of a file, or what was pasted, become the cells of a table. Whatever is uploaded is taken to be
//! hostile: it is measured while it is unpacked, and nothing is allocated on the word of the file.

use domain::{
    import::{COLUMNS_MAX, LOOKED_AT_MAX, Table, recognised},
    kodning::Kodning,
    table,
};

use super::{encoding, xlsx};
use crate::blocking::{self, Heavy};

/// The largest file, in bytes.
pub const FILE_MAX: usize = 5 * 1024 * 1024;
/// The most text of one cell, in bytes. Excel holds 32 767 characters.
pub(super) const CELL_MAX: usize = 128 * 1024;

/// What a table is read for: that says how long it may be, and which sheets of a workbook can be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// A plan, a list or answers: the sheets that look like a plan, or else the first.
    Plan,
    /// Values of a series, or a table of a verksamhetsplan: any sheet.
    Serie,
}

impl For {
    /// The most rows that are looked at.
    pub(super) const fn rows_max(self) -> usize {
        match self {
            Self::Plan => LOOKED_AT_MAX,
            Self::Serie => domain::siffror::inlasning::ROWS_MOST,
        }
    }
}

/// The cells of a file, read beside what answers everybody: of its first sheet with anything in it, which
/// [`Table::notes`] names. The fault is a sentence for the user.
pub async fn beside(name: String, bytes: Vec<u8>) -> Result<Table, String> {
    sheets_beside(For::Plan, name, bytes).await.and_then(first)
}

/// The tables of a file, read beside what answers everybody: one, or those sheets of a workbook that can be meant.
pub(super) async fn sheets_beside(what: For, name: String, bytes: Vec<u8>) -> Result<Vec<Table>, String> {
    let place = Heavy::Workbook.place().await;
    let read = blocking::run(move || {
        let _place = place;
        sheets_for(what, &name, &bytes)
    });
    // a reader that panics has met a broken file
    read.await.unwrap_or_else(|_| Err("Filen kan inte läsas. Spara den på nytt som xlsx.".to_owned()))
}

/// The cells of a file, as [`beside`].
pub fn file(name: &str, bytes: &[u8]) -> Result<Table, String> {
    sheets(name, bytes).and_then(first)
}

fn first(tables: Vec<Table>) -> Result<Table, String> {
    let mut table = tables.into_iter().next().ok_or_else(|| "Filen är tom.".to_owned())?;
    table.note_unread();
    Ok(table)
}

/// The tables of a file that can be a plan. The fault is a sentence for the user.
pub fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    sheets_for(For::Plan, name, bytes)
}

fn sheets_for(what: For, name: &str, bytes: &[u8]) -> Result<Vec<Table>, String> {
    if bytes.len() > FILE_MAX {
        return Err(too_large());
    }
    if bytes.is_empty() {
        return Err("Filen är tom.".to_owned());
    }
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match extension.as_str() {
            "ods" => Err("Filen är i formatet ods. Öppna den och spara som xlsx.".to_owned()),
            "docx" | "pptx" => Err("Filen är ingen Excelfil. Välj en fil i xlsx eller CSV.".to_owned()),
            _ => xlsx::read(what, bytes),
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(
            "Filen är i ett äldre Excelformat (.xls), eller har lösenord. Öppna den i Excel och spara som xlsx \
                    utan lösenord."
                .to_owned(),
        );
    }
    if bytes.starts_with(b"%PDF") {
        return Err("Filen är en pdf. Välj en fil i xlsx eller CSV.".to_owned());
    }
    let judged = encoding::judge(bytes);
    let text = encoding::decode(judged.kodning, bytes);
    // no text holds a zero, whatever its encoding
    if text.contains('\0') {
        return Err("Filen är varken Excel eller CSV. Spara den som xlsx eller CSV och välj den filen.".to_owned());
    }
    if let Some(what) = page(&text) {
        return Err(format!(
            "Filen är {what}, fast den heter {}. Öppna den i Excel och spara den som xlsx: Arkiv, Spara som, Excel-arbetsbok.",
            if extension.is_empty() { "något annat".to_owned() } else { format!(".{extension}") }
        ));
    }
    if judged.unsure {
        return Err(encoding::UNSURE.to_owned());
    }
    let mut table = text_for(what, &text)?;
    if judged.by_words {
        table.note(format!("Filen är läst som {}.", judged.kodning.label()));
    }
    Ok(vec![table])
}

/// What a text is that begins as a page of the web: other programs save their tables so and call them .xls.
fn page(text: &str) -> Option<&'static str> {
    let start: String =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').chars().take(2_000).collect();
    let start = start.to_lowercase();
    if start.starts_with("mime-version:") && start.contains("text/html") {
        return Some("en sparad webbsida");
    }
    if !start.starts_with('<') {
        return None;
    }
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !start.contains("<html") {
        return Some("en tabell i formatet XML-kalkylblad 2003");
    }
    let html = ["html", "!doctype html", "table", "body", "head", "meta", "style", "div"];
    if html.iter().any(|tag| start.contains(&format!("<{tag}"))) {
        return Some("en webbsida (HTML)");
    }
    start.starts_with("<?xml").then_some("ett XML-dokument")
}

/// The file in each of the ways that its words were judged by, the likeliest first, and whether none is clearly right. None for a
/// file that says itself how it is written; a fault of the likeliest is the file's.
pub(super) async fn ways(what: For, bytes: Vec<u8>) -> Option<Result<Ways, String>> {
    let judged = encoding::judge(&bytes);
    if !judged.by_words || bytes.len() > FILE_MAX || bytes.contains(&0) {
        return None;
    }
    let read = blocking::run(move || {
        let mut ways = vec![];
        let likeliest = std::iter::once(judged.kodning);
        for kodning in likeliest.chain(Kodning::JUDGED.into_iter().filter(|k| *k != judged.kodning)) {
            ways.push((kodning, text_for(what, &encoding::decode(kodning, &bytes))?));
        }
        Ok(Ways { ways, unsure: judged.unsure })
    });
    Some(read.await.unwrap_or_else(|_| Err("Filen kan inte läsas. Spara den på nytt som xlsx.".to_owned())))
}

/// A file as it reads in several ways.
pub(super) struct Ways {
    /// Each with its table, the likeliest first.
    pub(super) ways: Vec<(Kodning, Table)>,
    /// Whether it is asked which.
    pub(super) unsure: bool,
}

/// The sentence for a file that is larger than [`FILE_MAX`].
#[must_use]
pub fn too_large() -> String {
    format!(
        "Filen är större än {} MB. En tabell är mycket mindre: ta bort bilder och andra flikar.",
        FILE_MAX / 1024 / 1024
    )
}

/// The cells of a text: CSV, or what was copied in Excel.
pub fn text(text: &str) -> Result<Table, String> {
    text_for(For::Plan, text)
}

/// The cells of a text, of as many rows as what it is read for can have.
pub(super) fn text_for(what: For, text: &str) -> Result<Table, String> {
    if text.trim().is_empty() {
        return Err("Det finns ingen text att läsa.".to_owned());
    }
    let mut table = Table::default();
    let mut records = table::records(text, &[table::delimiter(text, recognised)]);
    while let Some(record) = records.next() {
        if records.too_wide().is_some() {
            return Err(too_wide());
        }
        if record.cells.iter().any(|cell| cell.len() > CELL_MAX) {
            return Err(cell_too_long(record.line));
        }
        table.push(record.line, record.cells);
        if table.rows().len() > what.rows_max() + table::LOOKED_AT {
            return Err(too_many_rows(what));
        }
    }
    if table.rows().is_empty() {
        return Err("Det finns ingen text att läsa.".to_owned());
    }
    Ok(table)
}

pub(super) fn too_wide() -> String {
    format!("Tabellen har fler än {COLUMNS_MAX} kolumner. Ta bort det som står till höger om planen.")
}

pub(super) fn too_many_rows(what: For) -> String {
    format!(
        "Tabellen har fler än {} rader. Ta bort det som inte behövs.",
        domain::format::int(what.rows_max().try_into().unwrap_or(0))
    )
}

pub(super) fn cell_too_long(line: u32) -> String {
    format!("En cell i rad {line} har orimligt mycket text. Kontrollera filen.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
        table.rows().iter().map(|r| (r.line, r.cells.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn semicolon_comma_and_tab_are_told_apart() {
        for text in [
            "Kontrollmål;Periodicitet\nVåld, hot;år",
            "\"Kontrollmål\",Periodicitet\n\"Våld, hot\",år",
            "Kontrollmål\tPeriodicitet\r\nVåld, hot\når\n",
        ] {
            let table = self::text(text).unwrap();
            assert_eq!(table.rows()[0].cells, ["Kontrollmål", "Periodicitet"], "{text}");
            assert_eq!(table.rows()[1].cells[0], "Våld, hot", "{text}");
        }
    }

    #[test]
    fn rows_are_numbered_as_excel_does() {
        let text = "Egenkontrollplan;;\r\n\r\nKontrollmål;Periodicitet\r\n\"två\r\nrader\";år\r\n;;\r\nsist;år";
        let table = self::text(text).unwrap();
        assert_eq!(
            rows(&table),
            [
                (1, vec!["Egenkontrollplan"]),
                (3, vec!["Kontrollmål", "Periodicitet"]),
                (4, vec!["två\nrader", "år"]),
                (6, vec!["sist", "år"]),
            ]
        );
        let with_sep = self::text("sep=;\nKontrollmål;Periodicitet").unwrap();
        assert_eq!(with_sep.rows()[0].line, 1);
    }

    #[test]
    fn an_odd_quote_does_not_swallow_the_file() {
        let table = self::text("Kontrollmål;Periodicitet\n24\" skärm;år\nsist;år").unwrap();
        assert_eq!(table.rows().len(), 3);
        assert_eq!(table.rows()[1].cells[0], "24\" skärm");
    }

    #[test]
    fn every_encoding_that_excel_writes_is_read() {
        let text = "Kontrollmål;Hur ofta\nÅäö;år\n";
        let expected = file("a.csv", text.as_bytes()).unwrap();
        let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let mac = encoding_rs::MACINTOSH.encode(text).0.into_owned();
        let bom = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (bytes, note) in [
            (latin, Some("Filen är läst som Windows.")),
            (mac, Some("Filen är läst som Macintosh.")),
            (bom, None),
            (utf16, None),
        ] {
            let table = file("a.csv", &bytes).unwrap();
            assert_eq!(table.rows(), expected.rows());
            assert_eq!(table.notes().first().map(String::as_str), note);
        }
    }

    #[test]
    fn what_is_no_table_is_refused_by_name() {
        for (name, bytes, expected) in [
            ("plan.csv", &b""[..], "Filen är tom."),
            ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "Filen är i ett äldre Excelformat"),
            ("plan.pdf", b"%PDF-1.7", "Filen är en pdf."),
            ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0", "Filen är varken Excel eller CSV."),
            ("plan.ods", b"PK\x03\x04", "Filen är i formatet ods."),
            ("plan.xlsx", b"PK\x03\x04", "Filen kan inte läsas."),
            ("plan.csv", b" \n \n", "Det finns ingen text att läsa."),
            (
                "plan.xls",
                b"\xef\xbb\xbf\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>",
                "Filen är en webbsida (HTML), fast den heter .xls. Öppna den i Excel och spara den som xlsx",
            ),
            (
                "plan.xls",
                b"<TABLE border=1><tr><td>Nr</td></tr></TABLE>",
                "Filen är en webbsida (HTML), fast den heter .xls.",
            ),
            (
                "plan.xls",
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nContent-Type: text/html",
                "Filen är en sparad webbsida",
            ),
            (
                "plan.xls",
                b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
                "Filen är en tabell i formatet XML-kalkylblad 2003",
            ),
        ] {
            let refusal = file(name, bytes).unwrap_err();
            assert!(refusal.starts_with(expected), "{name}: {refusal}");
        }
        let wide = format!("Kontrollmål{}x", ";".repeat(300));
        assert!(self::text(&wide).unwrap_err().starts_with("Tabellen har fler än 200 kolumner."));
        assert!(
            self::text(&"a;b\n".repeat(30_000)).unwrap_err().starts_with("Tabellen har fler än 20\u{a0}000 rader.")
        );
        assert!(file("a.csv", &vec![b'a'; FILE_MAX + 1]).unwrap_err().starts_with("Filen är större än 5 MB."));
    }
}
