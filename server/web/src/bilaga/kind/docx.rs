//! Docx: a real Word file. One archive that begins at the first byte and ends at the last, with the parts that Word needs
//! and none that run.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{BROKEN, MACROS, MORE, OTHER};

const PARTS_MAX: usize = 2_000;
/// The most bytes that the parts hold together when unpacked, as they say themselves; we unpack three, with our own count.
const UNPACKED_MAX: u64 = 200 * 1024 * 1024;
const PART_MAX: u64 = 64 * 1024 * 1024;
const SMALL_PART_MAX: u64 = 1024 * 1024;
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// The record that ends an archive, without a comment.
const END: usize = 22;

pub fn check(bytes: &[u8]) -> Result<(), &'static str> {
    // whatever stands before, after or in a comment is no part of a Word file
    let end = bytes.len().checked_sub(END).map(|at| &bytes[at..]).ok_or(BROKEN)?;
    if !end.starts_with(b"PK\x05\x06") || end[20..] != [0, 0] {
        return Err(if super::is_also_zip(bytes) { MORE } else { BROKEN });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    if archive.offset() != 0 || archive.len() > PARTS_MAX {
        return Err(MORE);
    }
    let mut announced: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| BROKEN)?;
        announced = announced.saturating_add(part.size());
        let name = part.name().to_lowercase();
        if part.encrypted() || part.enclosed_name().is_none() {
            return Err(BROKEN);
        }
        let runs = ["vbaproject", "vbadata", "activex", "oleobject"].iter().any(|w| name.contains(w))
            || name.starts_with("word/embeddings/")
                && std::path::Path::new(&name).extension().is_some_and(|end| end == "bin");
        if runs {
            return Err(MACROS);
        }
    }
    if announced > UNPACKED_MAX {
        return Err(MORE);
    }
    if archive.index_for_name("word/document.xml").is_none() {
        return Err(OTHER);
    }
    let types = text(&mut archive, "[Content_Types].xml", SMALL_PART_MAX)?.ok_or(OTHER)?;
    if types.to_lowercase().contains("macroenabled") {
        return Err(MACROS);
    }
    if !types.contains(MAIN) {
        return Err(OTHER);
    }
    // a template that is fetched from elsewhere brings its macros along
    let links = text(&mut archive, "word/_rels/settings.xml.rels", SMALL_PART_MAX)?.unwrap_or_default();
    if links.contains("attachedTemplate") && links.contains("External") {
        return Err(MACROS);
    }
    let document = text(&mut archive, "word/document.xml", PART_MAX)?.unwrap_or_default();
    if document.contains("<w:document") || document.contains(":document ") || document.contains("<document") {
        Ok(())
    } else {
        Err(BROKEN)
    }
}

/// A part unpacked, when it is there; at most `max` bytes, whatever it says of itself.
fn text(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, max: u64) -> Result<Option<String>, &'static str> {
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let part = archive.by_index(index).map_err(|_| BROKEN)?;
    let mut out = Vec::new();
    part.take(max + 1).read_to_end(&mut out).map_err(|_| BROKEN)?;
    if out.len() as u64 > max {
        return Err(MORE);
    }
    Ok(Some(String::from_utf8_lossy(&out).into_owned()))
}
