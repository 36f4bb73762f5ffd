//! Package: the parts of a workbook. They are unpacked with everything counted, found by the relationships that name them, and
//! packed anew under the names that Excel gives: so a bomb, a lie about a size or a part that two readers see differently ends
//! here, and a workbook of any program whose parts are called otherwise is one like all others.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{Cursor, Read, Write},
};

use encoding_rs::Encoding;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{NO_TEXT, TOO_LARGE_UNPACKED, UNREADABLE};

/// The most bytes that the parts of a workbook hold together when unpacked.
const UNPACKED_MAX: u64 = 50 * 1024 * 1024;
/// The most parts.
const PARTS_MAX: usize = 1_000;
/// How many times smaller than its content a part may be, where it is large: real sheets reach some tens.
const RATIO_MAX: u64 = 250;
/// Parts below this size are not judged by their ratio.
const SMALL: u64 = 2 * 1024 * 1024;
/// How many sheets are looked at.
pub(super) const SHEETS_MAX: usize = 20;
/// How much of a sheet's name is kept, in characters. Excel takes 31.
const NAME_MAX: usize = 100;

/// A workbook whose sheets that are looked at are `1`, `2` and so on.
pub(super) struct Package {
    bytes: Vec<u8>,
    /// The worksheets, in their order.
    pub(super) sheets: Vec<Sheet>,
}

/// A worksheet.
pub(super) struct Sheet {
    /// What its tab says.
    pub(super) name: String,
    /// What becomes of it.
    pub(super) look: Look,
}

/// Whether a sheet is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Looked at: the sheet with this number, from 1.
    At(usize),
    /// Passed by, because it is hidden.
    Hidden,
    /// Not, because it lies behind so many others.
    Beyond,
}

impl Package {
    /// Unpacks a workbook and packs it anew. The fault is a sentence for the user.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, String> {
        let mut parts = Parts::unpacked(bytes)?;
        let main = parts.main()?;
        let (sheets, is_1904) = parts.workbook(&main)?;
        let related = parts.related(&main);
        let kind = |kind: &str| related.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
        let (mut list, mut found): (Vec<Sheet>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
        for Named { name, hidden, id } in sheets {
            // charts and macros are sheets without cells
            let Some(part) = related.iter().find(|r| r.id == id && r.kind == "worksheet") else { continue };
            let look = if hidden {
                Look::Hidden
            } else if found.len() >= SHEETS_MAX {
                Look::Beyond
            } else if let Some(xml) = parts.content.remove(&part.target) {
                found.push(xml);
                Look::At(found.len())
            } else {
                return Err(format!(
                    "Excelfilen är inte hel: bladet ”{name}” saknas i den. Öppna den i Excel och spara den på nytt som xlsx."
                ));
            };
            list.push(Sheet { name, look });
        }
        if found.is_empty() {
            return Err(NO_TEXT.to_owned());
        }
        let others = ["styles", "sharedStrings"].map(|name| (name, kind(name).and_then(|p| parts.content.remove(&p))));
        let bytes = packed(&found, &others, is_1904).map_err(|_| UNREADABLE.to_owned())?;
        Ok(Self { bytes, sheets: list })
    }

    /// The workbook, packed without compression.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text of a sheet, counted from 1.
    pub(super) fn xml(&self, sheet: usize) -> Result<Vec<u8>, String> {
        let unreadable = |_| UNREADABLE.to_owned();
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes)).map_err(unreadable)?;
        let mut part = archive.by_name(&format!("xl/{}", sheet_part(sheet))).map_err(unreadable)?;
        let mut xml = Vec::new();
        part.read_to_end(&mut xml).map_err(|_| UNREADABLE.to_owned())?;
        Ok(xml)
    }
}

fn sheet_part(sheet: usize) -> String {
    format!("worksheets/sheet{sheet}.xml")
}

/// A sheet as the workbook names it, with the relationship of its part.
struct Named {
    name: String,
    hidden: bool,
    id: String,
}

/// One relationship: what it is called, what it is, and the part that it names.
struct Related {
    id: String,
    kind: String,
    target: String,
}

/// The parts of a file, by their names in small letters with slashes between folders.
struct Parts {
    content: HashMap<String, Vec<u8>>,
    /// Every name, also of what is not kept.
    names: Vec<String>,
}

impl Parts {
    fn unpacked(bytes: &[u8]) -> Result<Self, String> {
        let unreadable = |_| UNREADABLE.to_owned();
        let too_large = || TOO_LARGE_UNPACKED.to_owned();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        if archive.len() > PARTS_MAX {
            return Err(too_large());
        }
        let mut announced: u64 = 0;
        for index in 0..archive.len() {
            announced = announced.saturating_add(archive.by_index_raw(index).map_err(unreadable)?.size());
        }
        if announced > UNPACKED_MAX {
            return Err(too_large());
        }
        let mut parts = Self { content: HashMap::new(), names: vec![] };
        let (mut left, mut buffer) = (UNPACKED_MAX, vec![0; 64 * 1024]);
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).map_err(unreadable)?;
            if part.is_dir() {
                continue;
            }
            let name = normal(part.name());
            // pictures, drawings and macros are counted and thrown away
            let kept = matches!(name.rsplit_once('.'), Some((_, "xml" | "rels")));
            // what the file says about its sizes is not believed
            let packed = part.compressed_size().min(bytes.len() as u64).max(1);
            let (mut size, mut content): (u64, Vec<u8>) = (0, vec![]);
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
                    content.extend_from_slice(&buffer[..read]);
                }
            }
            left -= size;
            if kept && parts.content.insert(name.clone(), utf8(content)).is_some() {
                return Err(UNREADABLE.to_owned());
            }
            parts.names.push(name);
        }
        Ok(parts)
    }

    /// The part that is the workbook: what the file itself names as its main part.
    fn main(&self) -> Result<String, String> {
        let named = self.related("").into_iter().find(|r| r.kind == "officeDocument").map(|r| r.target);
        let usual = || self.content.keys().find(|name| name.ends_with("xl/workbook.xml")).cloned();
        let main = named.clone().filter(|name| self.content.contains_key(name)).or_else(usual);
        let has = |part: &str| self.names.iter().any(|name| name == part);
        match main {
            Some(main) if !main.starts_with("word/") && !main.starts_with("ppt/") => Ok(main),
            _ if has("word/document.xml") => Err("Filen är ett Worddokument, ingen Excelfil.".to_owned()),
            _ if has("ppt/presentation.xml") => Err("Filen är en PowerPointpresentation, ingen Excelfil.".to_owned()),
            _ if has("content.xml") => Err("Filen är i formatet ods. Öppna den och spara som xlsx.".to_owned()),
            _ if self.names.iter().any(|name| name.ends_with("workbook.bin")) => {
                Err("Filen är en binär Excelfil (.xlsb). Öppna den i Excel och spara som xlsx.".to_owned())
            }
            _ => Err(match named {
                Some(part) => format!(
                    "Excelfilen är inte hel: den hänvisar till delen {part}, som saknas. Öppna den i Excel och spara den på nytt \
                     som xlsx."
                ),
                None => "Filen är ingen Excelfil i formatet xlsx. Öppna den i Excel och spara som xlsx.".to_owned(),
            }),
        }
    }

    /// What a part names; the file itself has no name.
    fn related(&self, part: &str) -> Vec<Related> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let rels = normal(&format!("{folder}/_rels/{name}.rels"));
        let mut related = Vec::new();
        let Some(xml) = self.content.get(&rels) else { return related };
        let _ = elements(xml, |e| {
            if e.local_name().as_ref() == b"Relationship" {
                let target = attribute(e, b"Target");
                let target = if target.starts_with(['/', '\\']) { target } else { format!("{folder}/{target}") };
                let kind = attribute(e, b"Type").rsplit('/').next().unwrap_or_default().to_owned();
                related.push(Related { id: attribute(e, b"Id"), kind, target: normal(&target) });
            }
            true
        });
        related
    }

    /// The sheets that a workbook names, and whether its days begin in 1904.
    fn workbook(&self, part: &str) -> Result<(Vec<Named>, bool), String> {
        let xml = self.content.get(part).ok_or_else(|| UNREADABLE.to_owned())?;
        let (mut sheets, mut is_1904) = (Vec::new(), false);
        let whole = elements(xml, |e| {
            match e.local_name().as_ref() {
                b"sheet" => {
                    let state = attribute(e, b"state");
                    let hidden = !state.is_empty() && state != "visible";
                    let name = domain::text::clean(&attribute(e, b"name")).chars().take(NAME_MAX).collect();
                    sheets.push(Named { name, hidden, id: attribute(e, b"id") });
                }
                b"workbookPr" if !is_1904 => is_1904 = is_true(&attribute(e, b"date1904")),
                _ => {}
            }
            sheets.len() < PARTS_MAX
        });
        if whole && !sheets.is_empty() { Ok((sheets, is_1904)) } else { Err(UNREADABLE.to_owned()) }
    }
}

/// The name of a part in one way of writing: no backslashes, no detours, no capital letters.
fn normal(name: &str) -> String {
    let mut folders: Vec<&str> = Vec::new();
    for folder in name.split(['/', '\\']) {
        match folder {
            "" | "." => {}
            ".." => drop(folders.pop()),
            folder => folders.push(folder),
        }
    }
    folders.join("/").to_lowercase()
}

/// XML in UTF-8, where it is written in UTF-16.
fn utf8(xml: Vec<u8>) -> Vec<u8> {
    match Encoding::for_bom(&xml) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => encoding.decode(&xml).0.into_owned().into_bytes(),
        _ => xml,
    }
}

/// Goes through the elements of an XML until one answers no. Whether it is XML to the end.
pub(super) fn elements(xml: &[u8], mut each: impl FnMut(&BytesStart<'_>) -> bool) -> bool {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                if !each(&e) {
                    return true;
                }
            }
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The value of an attribute, whatever namespace it is in; empty where there is none.
pub(super) fn attribute(e: &BytesStart<'_>, name: &[u8]) -> String {
    let mut attributes = e.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name);
    found.and_then(|a| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()).unwrap_or_default().into_owned()
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// A workbook of these sheets under the names that Excel gives.
fn packed(
    sheets: &[Vec<u8>],
    others: &[(&str, Option<Vec<u8>>)],
    is_1904: bool,
) -> Result<Vec<u8>, zip::result::ZipError> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut part = |name: &str, content: &[u8]| {
        out.start_file(name, stored)?;
        out.write_all(content)?;
        Ok::<(), zip::result::ZipError>(())
    };
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{RELATION}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    part("_rels/.rels", root.as_bytes())?;
    let mut workbook = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\"><workbookPr");
    if is_1904 {
        workbook.push_str(" date1904=\"1\"");
    }
    workbook.push_str("/><sheets>");
    let mut relations = format!("<Relationships xmlns=\"{PACKAGE}\">");
    for (n, xml) in (1..).zip(sheets) {
        // a String takes all that is written
        let _ = write!(workbook, "<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
        let target = sheet_part(n);
        let _ = write!(relations, "<Relationship Id=\"rId{n}\" Type=\"{RELATION}/worksheet\" Target=\"{target}\"/>");
        part(&format!("xl/{target}"), xml)?;
    }
    workbook.push_str("</sheets></workbook>");
    relations.push_str("</Relationships>");
    part("xl/workbook.xml", workbook.as_bytes())?;
    part("xl/_rels/workbook.xml.rels", relations.as_bytes())?;
    for (name, content) in others {
        if let Some(content) = content {
            part(&format!("xl/{name}.xml"), content)?;
        }
    }
    Ok(out.finish()?.into_inner())
}
