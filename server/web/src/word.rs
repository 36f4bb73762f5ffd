//! Word: a document's blocks as a docx file that Word and LibreOffice open, with real headings and tables.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, DocxError, Paragraph, Run, RunFonts, Style, StyleType, Table, TableCell, TableRow, WidthType,
};
use domain::{
    genomforande::documentation::{Block, Documentation},
    paper,
};

/// Twentieths of a point: the width of an A4 page between its margins.
const PAGE: usize = 9_000;

/// The file.
pub fn write(document: &Documentation) -> Result<Vec<u8>, DocxError> {
    // sizes are half points
    let heading = |id: &str, name: &str, size: usize| {
        Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal").size(size).bold()
    };
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri"))
        .default_size(22)
        .add_style(heading("Heading1", "heading 1", 36))
        .add_style(heading("Heading2", "heading 2", 28))
        .add_paragraph(text(&document.title).style("Heading1"))
        .add_paragraph(text(&document.sub));
    for block in &document.blocks {
        docx = match block {
            Block::Heading(heading) => docx.add_paragraph(text(heading).style("Heading2")),
            Block::Text(words) => words.lines().fold(docx, |docx, line| docx.add_paragraph(text(line))),
            Block::Facts(facts) => {
                let rows = facts.iter().map(|(label, value)| {
                    TableRow::new(vec![cell(label, PAGE * 3 / 10, true), cell(value, PAGE * 7 / 10, false)])
                });
                docx.add_table(table(rows.collect())).add_paragraph(Paragraph::new())
            }
            Block::Table { head, rows, .. } => {
                let width = PAGE / head.len().max(1);
                let top = TableRow::new(head.iter().map(|h| cell(h, width, true)).collect());
                let rows = rows.iter().map(|row| TableRow::new(row.iter().map(|c| cell(c, width, false)).collect()));
                docx.add_table(table(std::iter::once(top).chain(rows).collect())).add_paragraph(Paragraph::new())
            }
        };
    }
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out)?;
    Ok(out.into_inner())
}

fn text(words: &str) -> Paragraph {
    directed(words, Paragraph::new().add_run(run(words)))
}

/// A paragraph that begins with letters from right to left begins at the right.
fn directed(words: &str, mut paragraph: Paragraph) -> Paragraph {
    if paper::is_from_right(words) {
        paragraph.property = paragraph.property.bidi(true);
    }
    paragraph
}

/// Without what XML does not hold: a text may have been stored before all text came in clean.
fn run(words: &str) -> Run {
    let held = |c: &char| *c == '\t' || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    Run::new().add_text(words.chars().filter(held).collect::<String>())
}

fn table(rows: Vec<TableRow>) -> Table {
    Table::new(rows).width(PAGE, WidthType::Dxa)
}

fn cell(words: &str, width: usize, bold: bool) -> TableCell {
    let paragraph = |line: &str| {
        let run = run(line);
        directed(line, Paragraph::new().add_run(if bold { run.bold() } else { run }).align(AlignmentType::Left))
    };
    let mut cell = TableCell::new().width(width, WidthType::Dxa);
    // a cell without a paragraph is a broken file
    for line in if words.is_empty() { vec![""] } else { words.lines().collect() } {
        cell = cell.add_paragraph(paragraph(line));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader;

    #[test]
    fn the_file_holds_every_word_of_the_document_and_is_a_zip_of_xml() {
        let document = Documentation {
            title: "Dokumentation av egenkontroll: Å & Ä".into(),
            sub: "Enheten · oktober 2026".into(),
            blocks: vec![
                Block::Facts(vec![("Metod", "Stickprov\n20 ärenden".into())]),
                Block::Heading("Resultat".into()),
                Block::Table {
                    caption: "Resultat",
                    head: vec!["Kriterium", "Totalt"],
                    rows: vec![vec!["Saklig".into(), "11 av 20 <55 %>".into()]],
                },
                Block::Text("Första\u{1}\nAndra".into()),
            ],
        };
        let bytes = write(&document).unwrap();
        let read = reader::open(reader::Kind::Word, "dokumentation.docx", &bytes);
        let lines: Vec<&str> = read.lines().collect();
        for words in
            ["Dokumentation av egenkontroll: Å & Ä", "Stickprov", "20 ärenden", "11 av 20 <55 %>", "Första", "Andra"]
        {
            assert!(lines.contains(&words), "{words}: {read}");
        }
    }

    #[test]
    fn letters_of_other_languages_are_in_the_file_as_on_the_page_and_begin_where_they_are_read_from() {
        let note = include_str!("../tests/web/falt/21-anteckning-andra-skriftsystem.txt");
        let arabic = "الخدمات الاجتماعية (Bromma 12) 😀";
        let blocks = vec![Block::Text(note.into()), Block::Heading(arabic.into()), Block::Text("Svenska".into())];
        let bytes = write(&Documentation { title: "Protokoll".into(), sub: String::new(), blocks }).unwrap();
        let read = reader::open(reader::Kind::Word, "protokoll.docx", &bytes);
        for line in note.lines().chain([arabic]) {
            assert!(read.lines().any(|l| l == line), "{line}: {read}");
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let xml = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
        assert_eq!(xml.matches("<w:bidi />").count(), 1, "{xml}");
        assert!(xml.contains("Heading1") && xml.contains("Heading2"), "{xml}");
    }
}
