//! What a reader of the file would miss: a line, a page, a heading without its text, a name in letters we do not have.

use std::collections::BTreeMap;

use domain::genomforande::documentation::Block;

use super::{layout::lay, *};

fn document(blocks: Vec<Block>) -> Documentation {
    Documentation { title: "Protokoll APT 2026-11-11".into(), sub: "Enheten · 2026-11-11".into(), blocks }
}

fn laid(blocks: Vec<Block>) -> Laid {
    lay(&mut Setter::new(), &document(blocks))
}

/// The text of the lines that are drawn for the first time, page by page.
fn pages(laid: &Laid) -> Vec<Vec<String>> {
    let line = |at: &At, n: usize| {
        let words = &laid.words[*at];
        words.text[words.lines.get(n).unwrap().text_range()].trim().to_owned()
    };
    let of = |marks: &Vec<Mark>| {
        marks
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

fn table(rows: usize) -> Block {
    Block::Table {
        caption: "Åtgärder från mötet",
        head: vec!["Vad", "Ansvarig", "Senast"],
        rows: (0..rows).map(|n| vec![long(n), "Enhetschef".into(), "2026-12-01".into()]).collect(),
    }
}

#[test]
fn every_line_is_drawn_once_and_within_the_page() {
    let blocks = (0..30).flat_map(|n| [Block::Heading(format!("{n}. Punkt")), Block::Text(long(n)), table(n % 7)]);
    let laid = laid(blocks.collect());
    assert!(laid.pages.len() > 5);
    let mut drawn: BTreeMap<(At, usize), usize> = BTreeMap::new();
    for mark in laid.pages.iter().flatten() {
        let Mark::Lines { at, lines, x, top } = mark else { continue };
        for n in lines.clone() {
            *drawn.entry((*at, n)).or_default() += 1;
            let metrics = *laid.words[*at].lines.get(n).unwrap().metrics();
            assert!(top + metrics.block_min_coord >= MARGIN - 1.0, "{mark:?}");
            assert!(top + metrics.block_max_coord <= HEIGHT - 60.0, "{mark:?}");
            assert!(x + metrics.advance - metrics.hanging_advance <= WIDTH - MARGIN + 1.0, "{mark:?}");
        }
    }
    let all: usize = laid.words.iter().map(|words| words.lines.len()).sum();
    assert_eq!(drawn.len(), all, "no line is left out");
    assert!(drawn.values().all(|n| *n == 1), "and none is there twice");
}

#[test]
fn a_heading_is_never_the_last_on_its_page_and_heads_come_again() {
    for more in 0..40 {
        let mut blocks = vec![Block::Text("En rad.\n".repeat(more + 10))];
        blocks.extend([Block::Heading("Resultat".into()), Block::Text("Det som hör till.".into()), table(12)]);
        let laid = laid(blocks);
        let pages = pages(&laid);
        let page = pages.iter().find(|page| page.iter().any(|line| line == "Resultat")).unwrap();
        assert_ne!(page.last().unwrap(), "Resultat", "{more} lines above");
        let head = pages.iter().position(|page| page.iter().any(|line| line == "Ansvarig")).unwrap();
        for (n, marks) in laid.pages.iter().enumerate().skip(head + 1) {
            let again = marks.iter().filter(|mark| matches!(mark, Mark::Again { .. })).count();
            assert_eq!(again, 3, "page {n} has the heads of its table");
        }
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on_over_as_many_as_it_needs() {
    let cell = long(8).repeat(40);
    let words = cell.split_whitespace().count();
    let laid = laid(vec![Block::Table {
        caption: "X",
        head: vec!["Vad", "Vem"],
        rows: vec![vec![cell, "Enhetschef".into()]],
    }]);
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
            Block::Heading((*words).to_owned()),
            Block::Text((*words).to_owned()),
            Block::Facts(vec![("Närvarande", (*words).to_owned())]),
            Block::Table { caption: "X", head: vec!["A", "B"], rows: vec![vec![(*words).to_owned(), String::new()]] },
        ]
    });
    let mut nasty = document(blocks.collect());
    nasty.title = "APT 😀 <&>".into();
    for document in [nasty, document(vec![]), document(vec![Block::Facts(vec![]), table(0)])] {
        let bytes = write(&document, DateTime::UNIX_EPOCH).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let has = |words: &[u8]| bytes.windows(words.len()).any(|w| w == words);
        assert!(has(b"pdfaid:conformance") && has(b"pdfuaid:part"), "it says which standards it holds to");
    }
}

#[test]
fn letters_of_other_languages_are_kept_and_only_what_no_font_has_is_replaced() {
    let laid = laid(vec![
        Block::Text("Łukasz och Åsa såg 😀 på larmet".into()),
        Block::Facts(vec![("Kriterier", "Minst ≥ 5\nSaklig".into())]),
    ]);
    let pages = pages(&laid);
    for line in ["Łukasz och Åsa såg ? på larmet", "Minst >= 5", "Saklig"] {
        assert!(pages[0].contains(&line.to_owned()), "{line}: {pages:?}");
    }
}
