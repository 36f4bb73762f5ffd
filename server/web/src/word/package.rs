//! What a package of Word consists of beside its text: which parts there are, what each is, properties and feet.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::dokument::{Dokument, LANGUAGE};

use super::{
    body::{Picture, Sheet},
    escaped,
};
use crate::bilaga::Kind;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The feet of sheets that stand and that lie: the name of the relation, and of the part.
pub const FOOTERS: [(&str, &str); 2] = [("rIdStanding", "word/footer1.xml"), ("rIdLying", "word/footer2.xml")];

/// The names that elements are written with.
pub fn namespaces() -> String {
    format!("xmlns:w=\"{W}\" xmlns:r=\"{R}\"")
}

pub fn content_types() -> String {
    let mut out = String::from(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        out.extend([format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>")]);
    }
    out.push_str("</Types>");
    out
}

/// Of the package.
pub fn relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    related(&[
        relation("rId1", &format!("{R}/officeDocument"), "word/document.xml"),
        relation("rId2", core, "docProps/core.xml"),
    ])
}

/// Of the document: its parts, the addresses that it leads to, and its pictures.
pub fn document_relations(links: &[String], pictures: &[Picture]) -> String {
    let mut all: Vec<String> = ["styles", "numbering", "settings"]
        .iter()
        .map(|part| relation(&format!("rId-{part}"), &format!("{R}/{part}"), &format!("{part}.xml")))
        .collect();
    for (id, part) in FOOTERS {
        all.push(relation(id, &format!("{R}/footer"), part.trim_start_matches("word/")));
    }
    for (n, link) in links.iter().enumerate() {
        let target = escaped(link);
        let id = link_id(n);
        all.push(format!(
            "<Relationship Id=\"{id}\" Type=\"{R}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
        ));
    }
    for (n, picture) in pictures.iter().enumerate() {
        let part = picture_part(n + 1, picture.kind);
        all.push(relation(&picture_id(n + 1), &format!("{R}/image"), part.trim_start_matches("word/")));
    }
    related(&all)
}

/// The part that a picture is, counted from 1.
pub fn picture_part(n: usize, kind: Kind) -> String {
    format!("word/media/bild{n}.{}", kind.extension())
}

fn picture_id(n: usize) -> String {
    format!("rIdBild{n}")
}

/// The paragraph that a picture stands in, so many points wide and high. It is on the same page as what stands under it.
pub fn picture(n: usize, name: &str, alt: &str, (width, height): (f32, f32)) -> String {
    const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
    // a point is 12 700 of the units of a drawing
    let units = |points: f32| (points * 12_700.0).round();
    let (alt, id, size) = (escaped(alt), picture_id(n), format!("cx=\"{}\" cy=\"{}\"", units(width), units(height)));
    format!(
        "<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing>\
         <wp:inline xmlns:wp=\"{DRAWING}/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent {size}/><wp:docPr id=\"{n}\" name=\"{name} {n}\" descr=\"{alt}\"/>\
         <a:graphic xmlns:a=\"{DRAWING}/main\"><a:graphicData uri=\"{DRAWING}/picture\">\
         <pic:pic xmlns:pic=\"{DRAWING}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{n}\" name=\"{name} {n}\" descr=\"{alt}\"/>\
         <pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch>\
         </pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {size}/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
         </w:drawing></w:r></w:p>"
    )
}

/// The relation of an address.
pub fn link_id(n: usize) -> String {
    format!("rIdLink{}", n + 1)
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

fn related(all: &[String]) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        all.concat()
    )
}

/// Title, whose it is, language and time.
pub fn core(document: &Dokument, now: DateTime<Utc>) -> String {
    let (title, unit) = (escaped(&document.title), escaped(&document.unit));
    let at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{unit}</dc:creator>\
         <dc:language>{LANGUAGE}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>"
    )
}

/// As a Word of today: without the mode it would call the file one of an older Word.
pub fn settings() -> String {
    format!(
        "<w:settings {}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"1304\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"{LANGUAGE}\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>\
         </w:settings>",
        namespaces()
    )
}

/// "Enheten · 2026-11-11 · Ej justerat        Sid 1 (3)".
pub fn footer(document: &Dokument, lying: bool) -> String {
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let text = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let tab = Sheet { lying }.inner();
    format!(
        "<w:ftr {}><w:p><w:pPr><w:pStyle w:val=\"Sidfot\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{tab}\"/></w:tabs></w:pPr>\
         {}<w:r><w:tab/></w:r>{}{}{}{}{}</w:p></w:ftr>",
        namespaces(),
        text(&escaped(&document.sub())),
        text("Sid "),
        field("PAGE"),
        text(" ("),
        field("NUMPAGES"),
        text(")"),
    )
}
