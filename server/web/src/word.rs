//! Word: a document's blocks as a file that Word and LibreOffice open and a person goes on writing in: its headings, lists
//! and tables are those of Word itself, under the names that a Swedish Word gives them. The parts of the package are written
//! here as they stand in ISO/IEC 29500; the order of elements is that of its schema.

mod body;
mod package;
mod styles;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::everything;

use std::io::{Cursor, Write as _};

use chrono::{DateTime, Utc};
use domain::dokument::Dokument;
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::bilaga::Kind;

/// The file, with the bytes of its `logo` where it has one. `now` stands in it as the time when it was written.
pub fn write(document: &Dokument, logo: Option<(Kind, Vec<u8>)>, now: DateTime<Utc>) -> Result<Vec<u8>, ZipError> {
    let body = body::Body::of(document, logo);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", package::content_types()),
        ("_rels/.rels", package::relations()),
        ("docProps/core.xml", package::core(document, now)),
        ("word/document.xml", body.document()),
        ("word/_rels/document.xml.rels", package::document_relations(&body.links, &body.pictures)),
        ("word/styles.xml", styles::styles()),
        ("word/numbering.xml", styles::numbering(&body.numbered)),
        ("word/settings.xml", package::settings()),
        (package::FOOTERS[0].1, package::footer(document, false)),
        (package::FOOTERS[1].1, package::footer(document, true)),
    ];
    for (name, xml) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")?;
        archive.write_all(xml.as_bytes())?;
    }
    for (n, picture) in body.pictures.iter().enumerate() {
        archive.start_file(package::picture_part(n + 1, picture.kind), SimpleFileOptions::default())?;
        archive.write_all(&picture.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A text as it stands in XML, without what XML does not hold: it may have been stored before all text came in clean.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
