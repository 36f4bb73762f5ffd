//! What Word would miss: a relation without its part, a style that is not there, an element at a wrong place.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use domain::{
    dokument::{Block, Column, Dokument, Figure, Mark, Para, Row, Run, Table},
    drawing::{
        Drawing,
        times::{self, Time},
    },
    id::{LoggaId, NodeId},
    logga::Logga,
};
use quick_xml::events::{BytesStart, Event};

use super::*;
use crate::reader;

/// Every element of a part, with its attributes, in order; those that hold it before its name.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut out = vec![];
    let mut path: Vec<String> = vec![];
    let mut parser = quick_xml::Reader::from_str(xml);
    parser.config_mut().expand_empty_elements = true;
    let read = |start: &BytesStart<'_>| {
        let attributes = start.attributes().map(|a| {
            let a = a.unwrap();
            (String::from_utf8(a.key.0.to_vec()).unwrap(), String::from_utf8(a.value.to_vec()).unwrap())
        });
        (String::from_utf8(start.name().0.to_vec()).unwrap(), attributes.collect::<BTreeMap<_, _>>())
    };
    loop {
        match parser.read_event().unwrap() {
            Event::Start(start) => {
                let (name, attributes) = read(&start);
                path.push(name);
                out.push((path.join("/"), attributes));
            }
            Event::End(_) => drop(path.pop()),
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).unwrap();
        // a picture is no text
        let text =
            if part.name().starts_with("word/media/") { String::new() } else { String::from_utf8(bytes).unwrap() };
        assert!(out.insert(part.name().to_owned(), text).is_none(), "a part is there twice");
    }
    out
}

/// Panics with what a reader of Office Open XML would complain of.
pub fn check(bytes: &[u8]) -> BTreeMap<String, String> {
    let parts = parts(bytes);
    let values = |part: &str, element: &str, attribute: &str| -> Vec<String> {
        let all = elements(&parts[part]);
        let named = all.iter().filter(|(path, _)| path.rsplit('/').next() == Some(element));
        named.filter_map(|(_, attributes)| attributes.get(attribute).cloned()).collect()
    };
    // every relation leads to a part, every part has a kind, and no id is there twice
    for (of, base) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        let ids = values(of, "Relationship", "Id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        for (_, attributes) in elements(&parts[of]).iter().filter(|(_, a)| a.contains_key("Target")) {
            if !attributes.contains_key("TargetMode") {
                let target = format!("{base}{}", attributes["Target"]);
                assert!(parts.contains_key(&target), "{target} is not there");
            }
        }
    }
    for kind in values("[Content_Types].xml", "Override", "PartName") {
        assert!(parts.contains_key(kind.trim_start_matches('/')), "{kind} is not there");
    }
    let known: BTreeSet<String> = values("word/_rels/document.xml.rels", "Relationship", "Id").into_iter().collect();
    for (_, attributes) in elements(&parts["word/document.xml"]) {
        let used = attributes.get("r:id").or_else(|| attributes.get("r:embed"));
        assert!(used.is_none_or(|id| known.contains(id)), "{used:?} leads nowhere");
    }
    // every style that is used is among the styles, and so is what each is based on
    let styles: BTreeSet<String> = values("word/styles.xml", "w:style", "w:styleId").into_iter().collect();
    for (part, element) in [
        ("word/document.xml", "w:pStyle"),
        ("word/document.xml", "w:rStyle"),
        ("word/document.xml", "w:tblStyle"),
        ("word/footer1.xml", "w:pStyle"),
        ("word/footer2.xml", "w:pStyle"),
        ("word/styles.xml", "w:basedOn"),
        ("word/styles.xml", "w:next"),
    ] {
        for style in values(part, element, "w:val") {
            assert!(styles.contains(&style), "no style is called {style}");
        }
    }
    // every list is among the lists
    let lists = values("word/numbering.xml", "w:num", "w:numId");
    for list in values("word/document.xml", "w:numId", "w:val") {
        assert!(lists.contains(&list), "no list is called {list}");
    }
    // a picture has an id of its own and says what it shows
    let ids = values("word/document.xml", "wp:docPr", "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert!(values("word/document.xml", "wp:docPr", "descr").iter().filter(|alt| !alt.is_empty()).count() == ids.len());
    in_order(&parts["word/document.xml"]);
    parts
}

/// Elements stand in the order of the schema: Word does not open a file where they do not.
fn in_order(xml: &str) {
    let orders: [(&str, &[&str]); 5] = [
        (
            "w:pPr",
            &[
                "w:pStyle",
                "w:keepNext",
                "w:keepLines",
                "w:numPr",
                "w:pBdr",
                "w:tabs",
                "w:bidi",
                "w:spacing",
                "w:ind",
                "w:jc",
                "w:sectPr",
            ],
        ),
        ("w:rPr", &["w:rStyle", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs"]),
        ("w:tblPr", &["w:tblStyle", "w:tblW", "w:tblLayout", "w:tblLook", "w:tblCaption"]),
        ("w:tcPr", &["w:tcW", "w:gridSpan", "w:shd"]),
        ("w:sectPr", &["w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:cols"]),
    ];
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for (path, _) in elements(xml) {
        let mut names = path.rsplit('/');
        let (name, holder) = (names.next().unwrap(), names.next().unwrap_or_default());
        for (of, order) in orders {
            if name == of {
                last.remove(&path);
            }
            if holder == of {
                let at = order.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{path}"));
                let key = path.rsplit_once('/').unwrap().0.to_owned();
                let before = last.insert(key, at);
                assert!(before.is_none_or(|before| before < at), "{path} stands too late");
            }
        }
    }
}

/// A chart.
fn drawing() -> Drawing {
    let time = |label: &str, now| Time { label: label.into(), share: 0.8, interval: None, now, said: "8 av 10".into() };
    times::drawing(&[time("nov 2025", false), time("nov 2026", true)], Some(domain::tal::Tal::whole(90))).unwrap()
}

/// Everything that a document can hold.
pub fn everything() -> Dokument {
    let bold = |text: &str| Run { bold: true, ..Run::from(text) };
    let link = Run { link: "https://intranat.example.se/larm?a=1&b=2".into(), ..Run::from("rutinen för larm") };
    let words = |text: &str| Para::Words(vec![Run::from(text)]);
    let inner = Para::List { first: Some(3), items: vec![vec![words("tre")], vec![words("fyra")]] };
    let rich = vec![
        Para::Words(vec![Run::from("Läs "), link, bold(" noga"), Run { italic: true, ..Run::from(" i dag") }]),
        Para::List { first: None, items: vec![vec![words("ett"), inner], vec![words("två")]] },
        Para::Quote(vec![words("Det blev bättre")]),
    ];
    let heads = ["Fråga", "jan", "feb", "mar", "apr", "maj", "jun", "jul"];
    let columns =
        heads.iter().enumerate().map(|(n, head)| if n == 0 { Column::text(*head) } else { Column::number(*head) });
    let mut wide =
        Table::new("Svar per månad", columns.collect()).rows([["Bemötande", "1", "2", "3", "4", "5", "6", "7"]]);
    wide.rows.push(Row::Full("Analys: fler svarade under våren".into()));
    wide.rows.push(Row::Group("Alla frågor".into()));
    wide.rows.push(Row::Sum(["Summa", "1", "2", "3", "4", "5", "6", "7"].map(Into::into).to_vec()));
    let columns = vec![Column::text("Kontroll"), Column::date("När"), Column::status("Läge")];
    let marked = Mark::Disc.with("Utförd");
    let narrow = Table::new("Kontroller", columns)
        .rows([["Loggkontroll", "2026-11-11", &*marked]])
        .caption("Tabell 1. Kontroller")
        .source("Källa: planen")
        .as_of("Uppgifterna hämtades 2026-11-11");
    Dokument::new("Protokoll APT", "Protokoll APT 11 november")
        .unit("Enheten för ekonomiskt bistånd")
        .status("Ej justerat")
        .blocks(vec![
            Block::facts([("Plats", "Stora salen\nPlan 2"), ("Tid", "")]),
            Block::heading(1, "1. Arbetsmiljö"),
            Block::Text(rich),
            Block::heading(2, "Kontroller"),
            narrow.into(),
            Block::heading(2, "Svar"),
            wide.into(),
            Figure::of(drawing(), "Figur 1. Andel över tid").into(),
            Block::note("Bra att veta <&>"),
            Block::PageBreak,
            Block::heading(3, "Längre in"),
            Block::heading(4, "Ännu längre in"),
            Block::heading(5, "Längst in"),
            Block::text("Första\u{1}\nAndra"),
        ])
}

#[test]
fn a_reader_of_word_has_nothing_to_complain_of_and_finds_every_word() {
    let document = everything();
    let bytes = write(&document, None, DateTime::UNIX_EPOCH).unwrap();
    let parts = check(&bytes);
    let read = reader::open(reader::Kind::Word, "protokoll.docx", &bytes);
    for words in document.words() {
        let words = words.replace('\u{1}', "");
        assert!(read.lines().any(|line| line == words), "{words}: {read}");
    }
    let xml = &parts["word/document.xml"];
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 2, "the heads of both tables come again");
    assert_eq!(xml.matches("<w:cantSplit/>").count(), xml.matches("<w:tr>").count(), "and no row is divided");
    assert!(parts.contains_key("word/media/bild1.png"), "the chart is a picture");
    assert!(xml.contains("descr=\"Andel över tid. nov 2025: 8 av 10."), "that says what it shows");
    assert_eq!(xml.matches("w:orient=\"landscape\"").count(), 1, "the wide one lies");
    assert_eq!(xml.matches("<w:sectPr>").count(), 3);
    for style in ["Rubrik", "Rubrik1", "Rubrik2", "Rubrik5", "Punktlista", "Numreradlista", "Beskrivning", "Citat"] {
        assert!(xml.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
    }
    assert!(parts["word/numbering.xml"].contains("<w:startOverride w:val=\"3\"/>"));
    assert!(parts["docProps/core.xml"].contains("<dc:language>sv-SE</dc:language>"));
    assert!(parts["word/footer1.xml"].contains(" PAGE ") && parts["word/footer2.xml"].contains(" NUMPAGES "));
}

#[test]
fn a_logo_is_the_first_picture_and_says_whose_it_is() {
    let logga = Logga { id: LoggaId::new(), node: NodeId::new(), name: "Staden & Co".into(), width: 300, height: 100 };
    let mut pixmap = tiny_skia::Pixmap::new(300, 100).unwrap();
    pixmap.fill(tiny_skia::Color::BLACK);
    let png = pixmap.encode_png().unwrap();
    let bytes = write(&everything().logga(Some(logga)), Some((Kind::Png, png)), DateTime::UNIX_EPOCH).unwrap();
    let parts = check(&bytes);
    reader::open(reader::Kind::Word, "logga.docx", &bytes);
    let xml = &parts["word/document.xml"];
    let (before, _) = xml.split_once("<w:pStyle w:val=\"Rubrik\"/>").unwrap();
    assert!(before.contains("descr=\"Logga för Staden &amp; Co\""), "it stands over the title: {before}");
    // 108 × 36 points
    assert!(before.contains("<wp:extent cx=\"1371600\" cy=\"457200\"/>"), "{before}");
    assert_eq!(xml.matches("<wp:docPr ").count(), 2);
    assert!(parts.contains_key("word/media/bild1.png") && parts.contains_key("word/media/bild2.png"));
}

#[test]
fn a_table_with_no_room_for_its_words_has_small_letters_in_its_heads_too() {
    let columns = (0..12).map(|n| Column::text(format!("Verksamhetsområde {n}"))).collect();
    let table = Table::new("Register", columns).rows([vec!["Verksamhetsberättelse"; 12]]);
    let bytes = write(&Dokument::new("X", "X").blocks(vec![table.into()]), None, DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(check(&bytes)["word/document.xml"].matches("<w:sz w:val=\"16\"/>").count(), 24);
}

#[test]
fn word_knows_its_own_styles_by_their_names() {
    let styles = styles::styles();
    for name in
        ["Title", "heading 1", "heading 5", "List Bullet", "List Number", "caption", "Table Grid", "footer", "Quote"]
    {
        assert!(styles.contains(&format!("<w:name w:val=\"{name}\"/>")), "{name}");
    }
}

#[test]
fn letters_of_other_languages_are_in_the_file_as_on_the_page_and_begin_where_they_are_read_from() {
    let note = include_str!("../../tests/web/falt/21-anteckning-andra-skriftsystem.txt");
    let arabic = "الخدمات الاجتماعية (Bromma 12) 😀";
    let blocks = vec![Block::text(note), Block::heading(1, arabic), Block::text("Svenska")];
    let bytes = write(&Dokument::new("Protokoll", "Protokoll").blocks(blocks), None, DateTime::UNIX_EPOCH).unwrap();
    let read = reader::open(reader::Kind::Word, "protokoll.docx", &bytes);
    for line in note.lines().filter(|line| !line.trim().is_empty()).chain([arabic]) {
        assert!(read.lines().any(|l| l == line), "{line}: {read}");
    }
    assert_eq!(check(&bytes)["word/document.xml"].matches("<w:bidi/>").count(), 1);
}

#[test]
fn nothing_that_is_written_breaks_the_file() {
    let nasty = ["", " ", "<w:p>&\"'", "a\tb\u{0}c\r\u{fffe}", "https://a.example/?a=1&b=\"2\"", "]]>"];
    let blocks = nasty.iter().flat_map(|words| {
        let link = Run { link: format!("https://a.example/{words}"), ..Run::from(*words) };
        [
            Block::heading(9, *words),
            Block::text(words),
            Block::Text(vec![Para::Words(vec![link]), Para::List { first: Some(0), items: vec![vec![]] }]),
            Block::Facts(vec![((*words).to_owned(), (*words).to_owned())]),
            Table::new(*words, vec![Column::text(*words)])
                .rows([[*words, "en cell för mycket"]])
                .caption(*words)
                .into(),
        ]
    });
    let bytes = write(&Dokument::new("X", "<&>").blocks(blocks.collect()), None, DateTime::UNIX_EPOCH).unwrap();
    check(&bytes);
    reader::open(reader::Kind::Word, "nasty.docx", &bytes);
    let empty = write(&Dokument::new("X", ""), None, DateTime::UNIX_EPOCH).unwrap();
    check(&empty);
}
