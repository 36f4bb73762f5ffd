//! Readers: a file that the program made is opened here by somebody else than who wrote it: a PDF by poppler, a Word file
//! by python-docx, a workbook by calamine, and each part of the two latter by a parser of XML. `scripts/tools.sh` installs
//! the first two. Every test of a document goes through [`open`]: over HTTP, `App::send` does so with whatever it is given.

use std::{
    io::{Cursor, Read as _, Write as _},
    process::{Command, Stdio},
};

use calamine::{DataType as _, Reader as _};

/// What opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Word,
    Excel,
}

/// What a file is by its content type; None where it is no document.
pub fn kind(content_type: &str) -> Option<Kind> {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/pdf" => Some(Kind::Pdf),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Kind::Word),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Kind::Excel),
        _ => None,
    }
}

/// The words of a document as its reader reads them: a paragraph, or the cells of a row, in each line. Panics with what the
/// reader complains of.
pub fn open(kind: Kind, name: &str, bytes: &[u8]) -> String {
    match kind {
        Kind::Pdf => {
            assert!(bytes.starts_with(b"%PDF-1.7"), "{name} is no PDF");
            let read = ask(Command::new("pdftotext").args(["-enc", "UTF-8", "-", "-"]), name, bytes);
            // poppler marks where the direction turns, and sets the blank that stood there on either side of the mark
            read.chars().map(|c| if matches!(c, '\u{202a}'..='\u{202e}') { ' ' } else { c }).collect()
        }
        Kind::Word => {
            parts(name, bytes);
            ask(Command::new("/usr/bin/python3").args(["-c", WORD]), name, bytes)
        }
        Kind::Excel => {
            parts(name, bytes);
            workbook(name, bytes)
        }
    }
}

/// As Word does, it finds the document by the relations of the package, and each style among the styles.
const WORD: &str = "
import io, sys, docx
from docx.oxml.ns import qn
document = docx.Document(io.BytesIO(sys.stdin.buffer.read()))
styles = {style.style_id for style in document.styles}
for style in document.styles:
    based = style.element.find(qn('w:basedOn'))
    assert based is None or based.get(qn('w:val')) in styles, 'a style is based on none'
# links too, which its own text of a paragraph leaves out in some versions
said = {qn('w:t'): lambda e: e.text or '', qn('w:tab'): lambda e: '\\t', qn('w:br'): lambda e: '\\n'}
lines = []
for p in document.element.body.iter(qn('w:p')):
    assert p.style is None or p.style in styles, 'no style is called ' + p.style
    lines.append(''.join(said[e.tag](e) for r in p.iter(qn('w:r')) for e in r if e.tag in said))
for table in document.tables:
    assert len({len(row.cells) for row in table.rows}) == 1, 'rows of different length'
    assert all(cell.paragraphs for row in table.rows for cell in row.cells), 'a cell without a paragraph'
sys.stdout.buffer.write('\\n'.join(lines).encode())
";

fn ask(reader: &mut Command, name: &str, bytes: &[u8]) -> String {
    let started = reader.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut running = started.unwrap_or_else(|e| panic!("{reader:?}: {e}. scripts/tools.sh installs what is missing"));
    // one that has seen enough stops reading, and says why below
    running.stdin.take().unwrap().write_all(bytes).ok();
    let answer = running.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&answer.stderr);
    // poppler complains of what is broken and goes on
    assert!(answer.status.success() && said.trim().is_empty(), "{name} cannot be opened: {said}");
    String::from_utf8(answer.stdout).unwrap()
}

fn workbook(name: &str, bytes: &[u8]) -> String {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).unwrap_or_else(|e| panic!("{name} cannot be opened: {e}"));
    let mut lines = vec![];
    for (sheet, range) in book.worksheets() {
        lines.push(sheet);
        for row in range.rows() {
            lines.push(row.iter().map(cell).collect::<Vec<_>>().join("\t"));
        }
    }
    lines.join("\n")
}

/// As Excel shows it: a day as a day.
fn cell(cell: &calamine::Data) -> String {
    let Some(count) = cell.get_datetime().map(|day| day.as_f64()) else { return cell.to_string() };
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole days after the first
    (first + chrono::Days::new(count as u64)).to_string()
}

/// Every part of a package is well-formed XML, without a character that XML does not hold.
fn parts(name: &str, bytes: &[u8]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|e| panic!("{name} is no archive: {e}"));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let part_name = part.name().to_owned();
        if !std::path::Path::new(&part_name).extension().is_some_and(|e| e == "xml" || e == "rels") {
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap_or_else(|e| panic!("{name}, {part_name}: {e}"));
        let known = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
        assert!(text.chars().all(known), "{name}, {part_name}");
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{name}, {part_name}: {e}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::GeneralRef(entity) => {
                    let entity = entity.decode().unwrap();
                    assert!(
                        entity.starts_with('#') || ["amp", "lt", "gt", "quot", "apos"].contains(&&*entity),
                        "{name}, {part_name}: &{entity};"
                    );
                }
                _ => {}
            }
        }
    }
}
