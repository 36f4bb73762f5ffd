use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use ui::avvikelse::BILAGA_ACCEPT;

use super::*;

fn of(bytes: &[u8]) -> Result<Kind, &'static str> {
    taken(bytes.to_vec()).map(|(kind, ..)| kind)
}

fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), content].concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [length.as_slice(), &body, &crc32fast::hash(&body).to_be_bytes()].concat()
}

/// The smallest picture that every reader takes: one grey point.
fn png_with(extra: &[Vec<u8>]) -> Vec<u8> {
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let point = [0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81];
    let mut out = [SIGNATURE_PNG, &chunk(*b"IHDR", &header)].concat();
    for e in extra {
        out.extend_from_slice(e);
    }
    out.extend(chunk(*b"IDAT", &point));
    out.extend(chunk(*b"IEND", &[]));
    out
}

const SIGNATURE_PNG: &[u8] = png::SIGNATURE;

fn jpeg_with(comment: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    if !comment.is_empty() {
        out.extend([0xff, 0xfe]);
        out.extend(u16::try_from(comment.len() + 2).unwrap().to_be_bytes());
        out.extend(comment);
    }
    // a frame of one component, a scan with a stuffed FF and a restart, the end
    out.extend([0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
    out.extend([0xff, 0xd9]);
    out
}

fn pdf_bytes() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n".to_vec()
}

const TYPES: &str = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn docx_with(more: &[(&str, &str)]) -> Vec<u8> {
    let parts = [("[Content_Types].xml", TYPES), ("word/document.xml", "<w:document xmlns:w=\"x\"/>")];
    zip_of(&[&parts, more].concat())
}

fn word_file() -> Vec<u8> {
    let document = domain::dokument::Dokument::new("Protokoll", "Protokoll");
    crate::word::write(&document, None, chrono::DateTime::UNIX_EPOCH).unwrap()
}

#[test]
fn the_four_kinds_are_known_by_their_content() {
    assert_eq!(of(&pdf_bytes()), Ok(Kind::Pdf));
    assert_eq!(of(&png_with(&[])), Ok(Kind::Png));
    assert_eq!(of(&jpeg_with(b"")), Ok(Kind::Jpeg));
    assert_eq!(of(&jpeg_with(b"Tagen 2026-11-23")), Ok(Kind::Jpeg));
    assert_eq!(of(&docx_with(&[])), Ok(Kind::Docx));
    assert_eq!(of(&word_file()), Ok(Kind::Docx));
    for kind in Kind::ALL {
        assert_eq!(Kind::from_media_type(kind.media_type()), Some(kind));
        assert!(BILAGA_ACCEPT.contains(kind.extension()) && BILAGA_ACCEPT.contains(kind.media_type()));
    }
}

#[test]
fn anything_else_is_refused_whatever_it_is_called() {
    let elf = b"\x7fELF".to_vec();
    for other in
        [b"".to_vec(), b"text".to_vec(), b"<html><script>".to_vec(), b"MZ\x90".to_vec(), elf, b"GIF89a".to_vec()]
    {
        assert_eq!(of(&other), Err(OTHER), "{other:?}");
    }
    assert_eq!(of(&zip_of(&[("xl/workbook.xml", "<x/>")])), Err(OTHER), "an Excel file");
}

#[test]
fn something_behind_the_end_is_a_polyglot() {
    let zip = zip_of(&[("virus.exe", "MZ")]);
    for file in [png_with(&[]), jpeg_with(b""), pdf_bytes()] {
        for behind in [b"<script>alert(1)</script>".as_slice(), b"%PDF-1.7 ...", &zip] {
            assert_eq!(of(&[&file, behind].concat()), Err(MORE), "{behind:?}");
        }
    }
    assert_eq!(of(&[pdf_bytes(), b"x".to_vec()].concat()), Err(MORE), "phones put nothing behind a document");
    assert_eq!(of(&[docx_with(&[]), b"<script>".to_vec()].concat()), Err(MORE));
    assert_eq!(of(&[b"PK\x03\x04junk".to_vec(), docx_with(&[])].concat()), Err(MORE), "something before an archive");
    assert_eq!(of(&[b"\n".to_vec(), pdf_bytes()].concat()), Err(OTHER), "a PDF begins at its first byte");
}

#[test]
fn an_archive_hidden_inside_a_picture_is_a_polyglot_too() {
    // the directory of the archive reaches to the end of the file as its comment
    let mut zip = zip_of(&[("virus.exe", "MZ")]);
    let at = zip.len() - 2;
    zip[at..].copy_from_slice(&16_u16.to_le_bytes());
    assert_eq!(of(&png_with(&[chunk(*b"tEXt", &zip)])), Err(MORE));
    assert_eq!(of(&jpeg_with(&zip)), Err(MORE));
}

#[test]
fn a_picture_that_is_also_a_page_or_a_pdf_is_refused() {
    for text in [b"<script>alert(1)</script>".as_slice(), b"<!DOCTYPE html>", b"%PDF-1.4 ..."] {
        assert_eq!(of(&jpeg_with(text)), Err(MORE));
        assert_eq!(of(&png_with(&[chunk(*b"tEXt", text)])), Err(MORE));
    }
    assert_eq!(of(&png_with(&[chunk(*b"tEXt", &vec![b'a'; 600 * 1024])])), Err(MORE), "room for a whole file");
}

#[test]
fn a_file_that_is_cut_or_changed_is_refused() {
    for file in [pdf_bytes(), png_with(&[]), jpeg_with(b"x"), docx_with(&[])] {
        for length in [9, file.len() / 2, file.len() - 3] {
            assert!(of(&file[..length]).is_err(), "{length} of {file:?}");
        }
    }
    let mut changed = png_with(&[]);
    changed[20] ^= 1;
    assert_eq!(of(&changed), Err(BROKEN));
    assert_eq!(of(b"\xff\xd8\xff\xd9"), Err(BROKEN), "no picture");
    assert_eq!(of(&[SIGNATURE_PNG, &chunk(*b"IEND", &[])].concat()), Err(BROKEN));
}

#[test]
fn a_word_file_that_runs_something_is_refused() {
    for part in
        ["word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"]
    {
        assert_eq!(of(&docx_with(&[(part, "x")])), Err(MACROS), "{part}");
    }
    let enabled = TYPES.replace("wordprocessingml.document.main", "ms-word.document.macroEnabled.main");
    let parts = [("[Content_Types].xml", enabled.as_str()), ("word/document.xml", "<w:document/>")];
    assert_eq!(of(&zip_of(&parts)), Err(MACROS));
    let template =
        "<Relationship Type=\"x/attachedTemplate\" Target=\"http://ond.se/a.dotm\" TargetMode=\"External\"/>";
    assert_eq!(of(&docx_with(&[("word/_rels/settings.xml.rels", template)])), Err(MACROS));
}

#[test]
fn a_word_file_that_unpacks_to_the_whole_disk_is_refused() {
    let bomb = "<w:document>".to_owned() + &" ".repeat(70 * 1024 * 1024);
    let bytes = zip_of(&[("[Content_Types].xml", TYPES), ("word/document.xml", &bomb)]);
    assert!(bytes.len() < 200_000);
    assert_eq!(of(&bytes), Err(MORE));
}

#[test]
fn no_bytes_make_it_panic() {
    let mut state = 1_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    for file in [pdf_bytes(), png_with(&[]), jpeg_with(b"x"), docx_with(&[])] {
        for _ in 0..2_000 {
            let mut changed = file.clone();
            for _ in 0..3 {
                let at = usize::from(u16::from_be_bytes([random(), random()])) % changed.len();
                changed[at] = random();
            }
            let _ = of(&changed);
        }
    }
}

mod foton;
