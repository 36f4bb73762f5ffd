//! What a reader of the file would miss: a line, a page, a heading without its text, a name in letters we do not have.

use std::collections::BTreeMap;

use domain::{
    dokument::{Block, Column, Figure, Table},
    drawing::times::{self, Time},
    id::{LoggaId, NodeId},
    logga::Logga,
};

use parley::fontique::SourceKind;

use super::{
    layout::{At, FOOT, Laid, MARGIN, Mark, lay},
    *,
};
use crate::reader;

fn document(blocks: Vec<Block>) -> Dokument {
    Dokument::new("Protokoll APT", "Protokoll APT 2026-11-11").unit("Enheten · 2026-11-11").blocks(blocks)
}

fn laid(blocks: Vec<Block>) -> Laid {
    lay(&mut Setter::new(), &document(blocks), false)
}

/// The text of the lines that are drawn for the first time, page by page.
fn pages(laid: &Laid) -> Vec<Vec<String>> {
    let line = |at: &At, n: usize| {
        let words = &laid.words[*at];
        words.text[words.lines.get(n).unwrap().text_range()].trim().to_owned()
    };
    let of = |page: &layout::Page| {
        page.marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Lines { at, lines, .. } => Some(lines.clone().map(|n| line(at, n)).collect::<Vec<_>>()),
                _ => None,
            })
            .flatten()
            .collect()
    };
    laid.pages.iter().map(of).collect()
}

fn long(n: usize) -> String {
    format!("Punkt {n}: vi gick igenom hur larmen provas och vem som svarar när de går. ").repeat(1 + n % 9)
}

fn two(a: &str, b: &str, first: &str, second: &str) -> Block {
    Table::new("X", vec![Column::text(a), Column::text(b)]).rows([[first, second]]).into()
}

fn table(rows: usize) -> Block {
    let columns = vec![Column::text("Vad"), Column::text("Ansvarig"), Column::date("Senast")];
    let row = |n| [long(n), "Enhetschef".into(), "2026-12-01".into()];
    Table::new("Åtgärder från mötet", columns).rows((0..rows).map(row)).into()
}

#[test]
fn every_line_is_drawn_once_and_within_the_page() {
    let blocks = (0..30).flat_map(|n| [Block::heading(1, format!("{n}. Punkt")), Block::text(long(n)), table(n % 7)]);
    let laid = laid(blocks.collect());
    assert!(laid.pages.len() > 5);
    let mut drawn: BTreeMap<(At, usize), usize> = BTreeMap::new();
    for (page, mark) in laid.pages.iter().flat_map(|page| page.marks.iter().map(move |mark| (page, mark))) {
        let Mark::Lines { at, lines, x, top } = mark else { continue };
        for n in lines.clone() {
            *drawn.entry((*at, n)).or_default() += 1;
            let metrics = *laid.words[*at].lines.get(n).unwrap().metrics();
            assert!(top + metrics.block_min_coord >= MARGIN - 1.0, "{mark:?}");
            assert!(top + metrics.block_max_coord <= page.height() - 60.0, "{mark:?}");
            assert!(x + metrics.advance - metrics.hanging_advance <= page.width() - MARGIN + 1.0, "{mark:?}");
        }
    }
    let all: usize = laid.words.iter().map(|words| words.lines.len()).sum();
    assert_eq!(drawn.len(), all, "no line is left out");
    assert!(drawn.values().all(|n| *n == 1), "and none is there twice");
}

#[test]
fn a_heading_is_never_the_last_on_its_page_and_heads_come_again() {
    for more in 0..40 {
        let mut blocks = vec![Block::text("En rad.\n".repeat(more + 10))];
        blocks.extend([Block::heading(1, "Resultat"), Block::text("Det som hör till."), table(12)]);
        let laid = laid(blocks);
        let pages = pages(&laid);
        let page = pages.iter().find(|page| page.iter().any(|line| line == "Resultat")).unwrap();
        assert_ne!(page.last().unwrap(), "Resultat", "{more} lines above");
        let head = pages.iter().position(|page| page.iter().any(|line| line == "Ansvarig")).unwrap();
        for (n, page) in laid.pages.iter().enumerate().skip(head + 1) {
            let again = page.marks.iter().filter(|mark| matches!(mark, Mark::Again { .. })).count();
            assert_eq!(again, 3, "page {n} has the heads of its table");
        }
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on_over_as_many_as_it_needs() {
    let cell = long(8).repeat(40);
    let words = cell.split_whitespace().count();
    let laid = laid(vec![two("Vad", "Vem", &cell, "Enhetschef")]);
    assert!(laid.pages.len() > 2);
    let drawn: usize =
        pages(&laid).iter().flatten().filter(|l| *l != "Enhetschef").map(|l| l.split_whitespace().count()).sum();
    assert_eq!(drawn, words + "Protokoll APT 2026-11-11 Enheten · 2026-11-11 Vad Vem".split_whitespace().count());
}

#[test]
fn the_file_holds_to_its_standards_whatever_is_written_in_it() {
    let nasty = [
        "",
        " ",
        "Åsa Łukasz Şahin Đorđe",
        "Ett ✓, en → och ett 😀👩‍👩‍👧 i samma rad",
        "مرحبا и ещё",
        "a\tb\u{0}c\r\u{7f}\u{feff}\u{202e}rtl",
        "https://intranat.example/en/mycket/lang/adress/som/inte/gar/att/bryta/nagonstans/alls/utan/mellanslag/i/sig",
        "e\u{301}n \u{fb01} \u{2014} \u{2011} \u{202f}",
    ];
    let blocks = nasty.iter().flat_map(|words| {
        [
            Block::heading(1, *words),
            Block::text(words),
            Block::facts([("Närvarande", *words)]),
            two("A", "B", words, ""),
        ]
    });
    let mut nasty = document(blocks.collect());
    nasty.title = "APT 😀 <&>".into();
    for document in [nasty, document(vec![]), document(vec![Block::facts([("", "")]), table(0)])] {
        let bytes = write(&document, None, DateTime::UNIX_EPOCH).unwrap();
        reader::open(reader::Kind::Pdf, "nasty.pdf", &bytes);
        let has = |words: &[u8]| bytes.windows(words.len()).any(|w| w == words);
        assert!(has(b"pdfaid:conformance") && has(b"pdfuaid:part"), "it says which standards it holds to");
    }
}

#[test]
fn a_chart_stands_with_its_words_and_its_caption_on_one_page() {
    let time = |label: &str, now| Time { label: label.into(), share: 0.8, interval: None, now, said: "8 av 10".into() };
    let drawing =
        times::drawing(&[time("nov 2025", false), time("nov 2026", true)], Some(domain::tal::Tal::whole(90))).unwrap();
    for lines in 20..60 {
        let figure = Figure::of(drawing.clone(), "Figur 1. Andel över tid");
        let blocks = vec![
            Block::text("En rad.\n".repeat(lines)),
            Block::heading(1, "Jämförelse"),
            figure.into(),
            Block::text("Efter"),
        ];
        let laid = laid(blocks.clone());
        let page = laid.pages.iter().position(|p| p.marks.iter().any(|m| matches!(m, Mark::Figure { .. }))).unwrap();
        let words = &pages(&laid)[page];
        for said in ["Jämförelse", "Figur 1. Andel över tid"] {
            assert!(words.iter().any(|line| line == said), "{lines} lines above: {said} in {words:?}");
        }
        if lines == 40 {
            let read = read(&document(blocks));
            for said in ["nov 2025", "nov 2026", "Mål 90", "80"] {
                assert!(read.contains(said), "{said}: {read}");
            }
        }
    }
}

#[test]
fn a_logo_stands_over_the_title_of_the_first_page_alone_and_the_file_holds_to_its_standards() {
    let mut pixmap = tiny_skia::Pixmap::new(300, 100).unwrap();
    pixmap.fill(tiny_skia::Color::from_rgba8(11, 85, 99, 128));
    let logo = picture::read(pixmap.encode_png().unwrap()).unwrap();
    let logga = Logga { id: LoggaId::new(), node: NodeId::new(), name: "Staden".into(), width: 300, height: 100 };
    let document = document((0..30).map(|n| Block::text(long(n).repeat(4))).collect()).logga(Some(logga));
    let laid = lay(&mut Setter::new(), &document, true);
    assert!(laid.pages.len() > 1);
    let logos = |page: &layout::Page| page.marks.iter().filter(|m| matches!(m, Mark::Logo { .. })).count();
    assert_eq!(laid.pages.iter().map(logos).collect::<Vec<_>>()[..2], [1, 0]);
    let top = |laid: &Laid| {
        laid.pages[0]
            .marks
            .iter()
            .find_map(|m| if let Mark::Lines { top, .. } = m { Some(*top) } else { None })
            .unwrap()
    };
    let without = lay(&mut Setter::new(), &document, false);
    assert_eq!(logos(&without.pages[0]), 0, "what cannot be drawn takes no room");
    assert!(top(&laid) - top(&without) > 36.0, "the title stands below it");
    let bytes = write(&document, Some(&logo), DateTime::UNIX_EPOCH).unwrap();
    let read = reader::open(reader::Kind::Pdf, "logga.pdf", &bytes);
    assert!(read.contains("Protokoll APT 2026-11-11"), "{read}");
}

#[test]
fn letters_of_other_languages_are_kept_and_only_what_no_font_has_is_replaced() {
    let laid =
        laid(vec![Block::text("Łukasz och Åsa såg 😀 på larmet"), Block::facts([("Kriterier", "Minst ≥ 5\nSaklig")])]);
    let pages = pages(&laid);
    for line in ["Łukasz och Åsa såg ? på larmet", "Minst ≥ 5", "Saklig"] {
        assert!(pages[0].contains(&line.to_owned()), "{line}: {pages:?}");
    }
}

/// What is written in the file, as poppler reads it.
fn read(document: &Dokument) -> String {
    let bytes = write(document, None, DateTime::UNIX_EPOCH).unwrap();
    reader::open(reader::Kind::Pdf, "protokoll.pdf", &bytes)
}

/// Words without what stands between them: poppler sets brackets and commas of text from right to left where they are seen.
fn words(text: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || "().,،؟?:".contains(c);
    text.split(between).filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_file_holds_the_same_words_as_the_page_in_every_script() {
    let lines = [
        include_str!("../../tests/web/falt/21-anteckning-andra-skriftsystem.txt"),
        "Arabiska: الخدمات الاجتماعية تعمل جيدا، لا إله؟",
        "Persiska: می\u{200c}خواهم با شما صحبت کنم، پچژگ ۱۲۳",
        "Kurdiska: ڕۆژ باش، چۆنی؟ ڵێە",
        "Urdu och pashto: ہے ٹھیک ښه ډېر",
        "Tigrinja och amhariska: መጠይቕ፡ ሰላም፡ እንዴት ነህ።",
        "Hebreiska: שאלון. Thai: แบบสอบถาม. Hindi: प्रश्न क्या. Tamil: கேள்வி",
        "ქართული Հայերեն Ελληνικά Опитування їжак Қазақ",
        "Nguyễn Thị Hồng, Łódź, Şükrü, čeština, ọjọ́",
        "✓ ja ✔ klar ✗ nej ☒ vald ✅ gjort ❌ fel ⚠ obs ▪ ett ■ två ★ tre → dit ← hit ↑ upp ⇒ alltså ≥ minst ≤ högst",
        "≠ inte ± cirka − minus ½ halv § lag € euro № nummer … – streck ”citat” 4 ‰ ≈ 62 %",
    ];
    let blocks = vec![
        Block::text(lines.join("\n")),
        // directions, figures and brackets together, in a heading and in cells
        Block::heading(1, "3. Arabiska استبيان (12) och svenska"),
        Block::heading(1, "استبيان عن الخدمات (Bromma 12)"),
        Block::facts([("Närvarande", "Tolk, عربي (2 st), می\u{200c}خواهم\nתורגמן (3)\nSvenska")]),
        two("Vad", "Ansvarig", "Ring tolk (عربي) före kl. 12 (3 st)", "الاجتماعية (2) och Tolk"),
    ];
    let all = document(blocks.clone()).words();
    let read = read(&document(blocks));
    let found = words(&read);
    let missing: Vec<&str> = all.iter().flat_map(|text| words(text)).filter(|word| !found.contains(word)).collect();
    assert!(missing.is_empty(), "{missing:?} in {read}");
}

#[test]
fn what_is_said_to_be_shown_is_what_the_fonts_hold() {
    let mut fonts = fonts::context();
    let mut held = std::collections::BTreeSet::new();
    for (name, _) in fonts::FILES {
        let family = fonts.collection.family_by_name(name).unwrap();
        for font in family.fonts() {
            let SourceKind::Memory(file) = font.source().kind() else { panic!("{name} is in memory") };
            let letters = font.charmap_index().charmap(file.as_ref()).unwrap();
            let all = ('\0'..=char::MAX).filter(|c| !c.is_control());
            held.extend(all.filter(|c| letters.map(*c).is_some_and(|glyph| glyph != 0)).map(u32::from));
        }
    }
    let mut ranges: Vec<(u32, u32)> = vec![];
    for code in held {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => ranges.push((code, code)),
        }
    }
    let table: Vec<String> = ranges.iter().map(|(first, last)| format!("({first:#06x}, {last:#06x})")).collect();
    assert!(ranges == domain::paper::RANGES, "domain::paper::RANGES ought to be:\n{}", table.join(", "));
}

#[test]
fn no_sign_that_is_said_to_be_shown_becomes_a_question_mark_whatever_it_is_joined_with() {
    let signs = |ranges: &[(u32, u32)]| -> Vec<char> {
        ranges.iter().flat_map(|(first, last)| (*first..=*last).filter_map(char::from_u32)).collect()
    };
    let mut text: String = signs(&domain::paper::RANGES).iter().flat_map(|c| [*c, ' ']).collect();
    // accents and vowels of each script on letters of each
    let marks = signs(&[(0x0300, 0x036f), (0x05b0, 0x05bd), (0x064b, 0x0652), (0x0e34, 0x0e3a), (0x093e, 0x094c)]);
    for letter in "aеαاאበกक1☑".chars() {
        for mark in marks.iter().filter(|mark| domain::paper::covers(**mark)) {
            text.extend([letter, *mark, ' ']);
        }
    }
    // what joins and chooses is never seen
    text.push_str("x\u{200c}x\u{200d} \u{200e}x\u{200f} ⚠\u{fe0f} ا\u{200c}ا \u{2066}x\u{2069} x\u{2060}x\u{34f}");
    let set = Setter::new().set(&text, FOOT, 400.0).text;
    let asked = |text: &str| text.chars().filter(|c| *c == '?').count();
    assert_eq!(asked(&set), asked(&text), "{set}");
    let written = write(&document(vec![Block::text(text)]), None, DateTime::UNIX_EPOCH);
    assert!(written.is_ok(), "and the file holds to its standards: {:?}", written.err());
}

#[test]
fn a_text_from_right_to_left_begins_at_the_right() {
    let laid = laid(vec![Block::text("استبيان عن الخدمات"), Block::text("Svenska استبيان")]);
    let ends: Vec<(f32, f32)> = laid.words[2..]
        .iter()
        .map(|words| {
            let metrics = *words.lines.get(0).unwrap().metrics();
            (metrics.offset, metrics.offset + metrics.advance)
        })
        .collect();
    assert!((ends[0].1 - (laid.pages[0].width() - 2.0 * MARGIN)).abs() < 0.5, "{ends:?}");
    assert!(ends[1].0.abs() < 0.5, "{ends:?}");
}

#[test]
fn a_wide_table_lies_and_its_figures_stand_at_the_right_under_heads_on_each_sheet() {
    let head = |n| if n == 0 { Column::text("Fråga") } else { Column::number(format!("Kolumn {n}")) };
    let row = |n: usize| (0..10).map(|c| format!("{n}{c}")).collect::<Vec<_>>();
    let table = Table::new("Svar", (0..10).map(head).collect()).rows((0..60).map(row));
    let blocks = vec![Block::text("Före"), Block::heading(1, "Svar"), table.into(), Block::text("Efter")];
    let laid = laid(blocks);
    let lying: Vec<bool> = laid.pages.iter().map(|page| page.lying).collect();
    assert_eq!((lying.first(), lying.last()), (Some(&false), Some(&false)), "the text stands");
    let sheets: Vec<_> = laid.pages.iter().filter(|page| page.lying).collect();
    assert!(sheets.len() > 1);
    for sheet in &sheets[1..] {
        assert_eq!(sheet.marks.iter().filter(|mark| matches!(mark, Mark::Again { .. })).count(), 10);
    }
    let figure = laid.words.iter().find(|words| words.text == "05").unwrap();
    assert!(figure.lines.get(0).unwrap().metrics().offset > 10.0, "a figure ends at the right");
    for words in &laid.words {
        assert!(words.hand.size >= 8.0, "{}", words.text);
    }
}

#[test]
fn lists_quotations_captions_and_links_hold_to_the_standards() {
    let written = write(&crate::word::everything(), None, DateTime::UNIX_EPOCH).unwrap();
    let read = reader::open(reader::Kind::Pdf, "allt.pdf", &written);
    for words in ["3.", "fyra", "Det blev bättre", "Tabell 1. Kontroller", "Sid 1 (", "Källa: planen"] {
        assert!(read.contains(words), "{words}: {read}");
    }
}
