//! Styles and numbering. Word knows its own styles by their names (in English, whatever language it speaks); the ids are
//! those that a Swedish Word writes.

use domain::dokument::LANGUAGE;

use super::package::namespaces;

/// Of the text that is no heading.
pub const TABLE_TEXT: &str = "Tabelltext";
pub const TITLE: &str = "Rubrik";
pub const SUBTITLE: &str = "Underrubrik";
pub const BULLET: &str = "Punktlista";
pub const NUMBER: &str = "Numreradlista";
pub const CAPTION: &str = "Beskrivning";
pub const QUOTE: &str = "Citat";
pub const NOTE: &str = "Notering";
pub const SOURCE: &str = "Klla";
pub const GRID: &str = "Tabellrutnt";
pub const PLAIN_TABLE: &str = "Normaltabell";

/// The style of a heading.
pub fn heading(level: u8) -> String {
    format!("Rubrik{}", level.clamp(1, 5))
}

/// A style of paragraphs: id, name in Word, what it is based on, its paragraph and its letters.
fn paragraph(id: &str, name: &str, next: &str, p: &str, r: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
         <w:next w:val=\"{next}\"/><w:qFormat/><w:pPr>{p}</w:pPr><w:rPr>{r}</w:rPr></w:style>"
    )
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

fn spacing(before: u32, after: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>")
}

/// `styles.xml`
pub fn styles() -> String {
    let bold = "<w:b/><w:bCs/>";
    let mut out = format!(
        "<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:eastAsia=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/>{}\
         <w:lang w:val=\"{LANGUAGE}\" w:eastAsia=\"{LANGUAGE}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>\
         </w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"Standardstycketeckensnitt\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>",
        namespaces(),
        size(22)
    );
    out.push_str(&paragraph(TITLE, "Title", "Normal", &spacing(0, 60), &format!("{bold}{}", size(36))));
    let quiet = "<w:color w:val=\"595959\"/>";
    out.push_str(&paragraph(SUBTITLE, "Subtitle", "Normal", &spacing(0, 280), quiet));
    for (level, half_points, before) in [(1_u8, 28, 320), (2, 24, 240), (3, 22, 200), (4, 22, 160), (5, 20, 160)] {
        let p = format!("<w:keepNext/><w:keepLines/>{}<w:outlineLvl w:val=\"{}\"/>", spacing(before, 80), level - 1);
        let r = match level {
            4 => format!("<w:i/><w:iCs/>{}", size(half_points)),
            _ => format!("{bold}{}", size(half_points)),
        };
        out.push_str(&paragraph(&heading(level), &format!("heading {level}"), "Normal", &p, &r));
    }
    for (id, name, num) in [(BULLET, "List Bullet", 1), (NUMBER, "List Number", 2)] {
        let p = format!("<w:numPr><w:numId w:val=\"{num}\"/></w:numPr><w:contextualSpacing/>");
        out.push_str(&paragraph(id, name, id, &p, ""));
    }
    let indent = "<w:ind w:left=\"567\" w:right=\"567\"/>";
    out.push_str(&paragraph(QUOTE, "Quote", "Normal", indent, "<w:i/><w:iCs/>"));
    let p = format!("<w:keepNext/>{}", spacing(160, 80));
    out.push_str(&paragraph(CAPTION, "caption", "Normal", &p, &format!("{bold}{}", size(20))));
    let p = "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>";
    out.push_str(&paragraph(TABLE_TEXT, "Tabelltext", TABLE_TEXT, p, &size(20)));
    out.push_str(&paragraph(SOURCE, "Källa", "Normal", &spacing(60, 200), &format!("{quiet}{}", size(18))));
    let p = "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"A6A6A6\"/></w:pBdr><w:ind w:left=\"284\"/>";
    out.push_str(&paragraph(NOTE, "Notering", "Normal", p, &size(20)));
    out.push_str(&paragraph("Sidfot", "footer", "Sidfot", &spacing(0, 0), &format!("{quiet}{}", size(18))));
    out.push_str(
        "<w:style w:type=\"character\" w:styleId=\"Hyperlnk\"><w:name w:val=\"Hyperlink\"/>\
         <w:basedOn w:val=\"Standardstycketeckensnitt\"/><w:uiPriority w:val=\"99\"/><w:unhideWhenUsed/>\
         <w:rPr><w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/></w:rPr></w:style>",
    );
    let around = "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
                  <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar>";
    out.extend([format!(
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"{PLAIN_TABLE}\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>{around}</w:tblPr></w:style>"
    )]);
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    out.extend([format!(
        "<w:style w:type=\"table\" w:styleId=\"{GRID}\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"{PLAIN_TABLE}\"/>\
         <w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )]);
    out
}

/// So deep lists go.
pub const DEEPEST: usize = 8;

/// `numbering.xml`: one list of marks for all, and one of numbers for each list, so that each begins anew. Of those the
/// level and the first number are given.
pub fn numbering(numbered: &[(usize, u64)]) -> String {
    let level = |n: usize, format: &str, text: &str, font: &str| {
        let left = 357 * (n + 1);
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"357\"/></w:pPr>{font}</w:lvl>"
        )
    };
    let abstracted = |id: usize, levels: String| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
        )
    };
    let bullets = (0..=DEEPEST).map(|n| level(n, "bullet", if n % 2 == 0 { "•" } else { "–" }, ""));
    let numbers = (0..=DEEPEST).map(|n| level(n, "decimal", &format!("%{}.", n + 1), ""));
    let mut out = format!(
        "<w:numbering {}>{}{}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
        namespaces(),
        abstracted(0, bullets.collect()),
        abstracted(1, numbers.collect())
    );
    for (n, (level, first)) in numbered.iter().enumerate() {
        out.extend([format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"{level}\">\
             <w:startOverride w:val=\"{first}\"/></w:lvlOverride></w:num>",
            numbered_id(n)
        )]);
    }
    out.push_str("</w:numbering>");
    out
}

/// What a list of numbers is called: 1 and 2 are those of the styles.
pub const fn numbered_id(n: usize) -> usize {
    n + 3
}
