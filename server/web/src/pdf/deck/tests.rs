//! What somebody would miss who was not at the meeting: a slide, a line of one, letters that can be read.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    apt::{
        deck::{Andel, Form, Lista, Post, Resultat, Siffra, Ton, sheets},
        slide::Tabell,
    },
    arshjul::{Zoom, layout::layout, picture},
    drawing::bar::{Segment, Shade},
    id::PunktId,
    occurrence::Status,
};

use super::*;
use crate::{pdf::deck::place::Mark, reader};

fn post(text: &str, under: &str, status: Option<Status>) -> Post {
    Post { text: text.into(), under: under.into(), status, n: 1 }
}

fn list(rubrik: &'static str, form: Form, poster: Vec<Post>) -> Del {
    let antal = poster.len();
    Del::Lista(Lista { rubrik, antal, form, poster, till: 0, smal: (usize::MAX, 0), fran: 1 })
}

fn many(n: usize, text: &str, status: Status) -> Vec<Post> {
    (1..=n).map(|i| post(&format!("{text} {i}"), "30 november · Metodutvecklare", Some(status))).collect()
}

fn segments() -> Vec<Segment> {
    [("Bra", 31, Shade::Good(0)), ("Varken eller", 7, Shade::Middle(0)), ("Dåligt", 4, Shade::Bad(0))]
        .map(|(label, n, shade)| Segment { label: label.into(), n, shade })
        .to_vec()
}

fn resultat(title: &str, why: &str) -> Resultat {
    Resultat {
        title: title.into(),
        nar: "november".into(),
        fynd: "31 av 34 (91 %)".into(),
        mal: "Målvärdet 90 % nås.".into(),
        analys: why.into(),
        slutsats: why.into(),
        status: Status::Utford,
        reached: Some(true),
    }
}

fn andel(n: usize) -> Andel {
    let fraga = format!("Fråga {n}: Hur lätt är det att få kontakt med din handläggare?");
    Andel { fraga, andel: "73,8 %".into(), fynd: format!("Fråga {n}: 73,8 % svarar bra") }
}

const QUESTION: &str = "Vad är det första vi ska göra annorlunda, och vem börjar?";

fn long() -> String {
    "Dokumentationen av beslut om ekonomiskt bistånd följs upp med varje handläggare under hösten. ".repeat(9)
}

fn figure(tal: &str, vad: &str) -> Siffra {
    Siffra { tal: tal.into(), vad: vad.into(), ton: Ton::Klar }
}

fn of(rubrik: &str, delar: Vec<Del>, fraga: &str) -> Blad {
    Blad {
        kicker: "3. Kontroller · sedan 11 november".into(),
        rubrik: rubrik.into(),
        delar,
        fraga: fraga.into(),
        klocka: !fraga.is_empty(),
        ..Blad::default()
    }
}

fn rows(n: usize) -> Vec<Vec<String>> {
    let head = vec!["Konto".to_owned(), "Budget".to_owned(), "Utfall".to_owned()];
    std::iter::once(head)
        .chain((1..n).map(|i| vec![format!("Kostnad för nummer {i}"), "1 346".into(), "1 201".into()]))
        .collect()
}

/// Every kind of slide, and more of each than has room.
fn blads() -> Vec<Blad> {
    [of_controls(), of_the_rest()].concat()
}

fn of_controls() -> Vec<Blad> {
    vec![
        of(
            "Två kontroller är försenade",
            vec![
                list("Försenade", Form::Rader, many(9, "Kontroll av larm", Status::Forsenad)),
                list("Att göra", Form::Tonad, many(3, "Kontroll av delegering", Status::Pagar)),
                list("Klara", Form::Rader, many(1, "Kontroll av brand", Status::Utford)),
            ],
            "",
        ),
        of(
            "Två beslut och en åtgärd sedan förra APT",
            vec![
                list(
                    "Beslut",
                    Form::Kort,
                    vec![
                        post(
                            "Förändringsplaner följs upp varje månad med varje handläggare",
                            "Biträdande enhetschef · från 1 april",
                            None,
                        ),
                        post(
                            "Barnkonsekvensanalyser förs i en gemensam uppföljningsfil",
                            "Metodutvecklare · följs upp varje månad",
                            None,
                        ),
                    ],
                ),
                list(
                    "Åtgärd",
                    Form::Tonad,
                    vec![post("Gör klart checklistan", "klar senast 30 april · Barnrättsombuden", Some(Status::Pagar))],
                ),
            ],
            "",
        ),
        of(
            "34 av 120 är utförda",
            vec![
                Del::Hjul,
                Del::Siffror(vec![
                    figure("34", "av 120 utförda"),
                    figure("2", "försenade"),
                    figure("5", "att göra nu"),
                ]),
            ],
            QUESTION,
        ),
        of("Kontrollen når målet", vec![Del::Resultat(vec![resultat("Aktuella genomförandeplaner", &long())])], ""),
        of(
            "Tre kontroller är klara",
            vec![Del::Resultat(vec![
                resultat("Planer", "Vi hann."),
                resultat("Larm", ""),
                resultat("Brand", "Vi hann inte."),
            ])],
            "",
        ),
    ]
}

fn of_the_rest() -> Vec<Blad> {
    let agenda = (1..=7).map(|n| (n, format!("Punkt {n} på dagordningen"), n == 3)).collect();
    let beside_answers = vec![
        Del::Siffror(vec![figure("42", "svar i resultatet")]),
        Del::Noter(vec!["Sedan förra APT: 12 svar.".into()]),
    ];
    let long = long();
    vec![
        of(
            "Avvikelserna är fler än i fjol",
            vec![
                Del::Antal(
                    vec![("Avvikelse".into(), "31".into()), ("Klagomål".into(), "färre än fem".into())],
                    vec!["Antal under fem visas inte.".into()],
                ),
                Del::Staplar(vec![("januari".into(), 12), ("februari–mars".into(), 7), ("april".into(), 0)]),
            ],
            "",
        ),
        Blad {
            sida: beside_answers,
            ..of(
                "Sju av tio är nöjda",
                vec![
                    Del::Andelar((1..=7).map(andel).collect()),
                    Del::Noter(vec!["Summan kan avvika från 100.".into()]),
                ],
                QUESTION,
            )
        },
        of("Budgeten håller", vec![Del::Tabell(Tabell { rubrik: vec![], rows: rows(30), more: 0 })], ""),
        of(
            "Så här gör vi",
            vec![Del::Text(format!(
                "# Larmen\n\nVi **provar** dem, se [rutinen](https://intranat.example.se/larm).\n\n1. Tryck\n2. Vänta\n   - skriv upp\n\n> Det gick bra\n\n{long}"
            ))],
            QUESTION,
        ),
        of(
            "Ordet är fritt",
            vec![
                Del::Tomt("Säg det du vill ta upp nu.".into()),
                Del::Dagordning(agenda),
                Del::Lank("https://intranat.example.se/rutiner".into()),
            ],
            "",
        ),
        of("Prognos", vec![Del::Siffror(vec![figure("+0,4 mnkr", "Prognos för året")])], ""),
        of(
            &"Det här är en mycket lång rubrik som någon har skrivit ".repeat(5),
            vec![Del::Noter(vec!["Inget mer.".into()])],
            "",
        ),
    ]
}

fn deck() -> Bildspel {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let wheel = Arc::new(picture::wheel(&[], &layout(&[], 2026, Zoom::Year, today), today, None));
    let mut slides = vec![];
    for blad in blads().into_iter().flat_map(sheets) {
        let bars = blad.delar.iter().map(|d| if let Del::Andelar(all) = d { all.len() } else { 0 }).sum();
        slides.push(Visad {
            id: String::new(),
            punkt: PunktId::new(),
            hjul: blad.delar.contains(&Del::Hjul).then(|| wheel.clone()),
            staplar: vec![segments(); bars],
            ticks: false,
            minuter: blad.klocka.then_some(5),
            stod: "Bara för den som visar".into(),
            blad,
        });
    }
    Bildspel {
        file_name: "bildspel".into(),
        title: "Bildspel APT 11 november, Enheten".into(),
        foot: "APT 11 november · Enheten".into(),
        logga: None,
        node: domain::id::NodeId(uuid::Uuid::from_u128(1)),
        slides,
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_slide_is_a_page_whose_words_are_read_in_their_order() {
    let deck = deck();
    let file = write(&deck, &Pictures::default(), DateTime::UNIX_EPOCH).unwrap();
    let read = reader::open(reader::Kind::Pdf, "bildspel.pdf", &file);
    let pages: Vec<String> = read.trim_end_matches('\u{c}').split('\u{c}').map(plain).collect();
    assert_eq!(pages.len(), deck.slides.len());
    for (n, (page, visad)) in pages.iter().zip(&deck.slides).enumerate() {
        let blad = &visad.blad;
        let number = format!("{} av {}", n + 1, deck.slides.len());
        let (kicker, heading) = (page.find(&*plain(&blad.kicker)), page.find(&*plain(&blad.rubrik)));
        assert!(kicker.is_some() && heading.is_some(), "{page}");
        // the reader goes line by line, and the words round a wheel lie between
        assert!(kicker < heading || blad.delar.contains(&Del::Hjul), "{page}");
        assert!(page.contains(&number) && page.contains(&deck.foot), "{page}");
        assert!(page.contains(&*plain(&blad.fraga)), "{page}");
        assert_eq!(page.contains("5 minuter"), blad.klocka, "{page}");
    }
    let all = pages.join(" ");
    for said in [
        "Kontroll av larm 1",
        "och 6 till",
        "Förändringsplaner följs upp",
        "klar senast 30 april",
        "av 120 utförda",
        "Målvärdet 90 % nås.",
        "Vad vi gör",
        "färre än fem",
        // the line may be broken after the dash
        "februari–",
        "73,8 %",
        "Varken eller",
        "Kostnad för nummer 29",
        "Vi provar dem, se rutinen.",
        "skriv upp",
        "Punkt 7 på dagordningen",
        "+0,4 mnkr",
    ] {
        assert!(all.contains(said), "{said}: {all}");
    }
    assert!(!all.contains("Bara för den som visar"), "what only the one who presents sees is not in the file");
}

#[test]
fn nothing_stands_outside_a_page_or_on_its_foot_and_no_slide_is_empty() {
    let mut setter = Setter::new();
    let floor = HEIGHT - (BOTTOM + FEET) * PIXEL;
    for visad in &deck().slides {
        let piece = slide(&mut setter, &HashMap::new(), visad);
        let about = &visad.blad.rubrik;
        let mut words = 0;
        for mark in &piece.marks {
            let (x, top, right, bottom) = match mark {
                Mark::Open(_) | Mark::Close => continue,
                Mark::Box { x, top, w, h, .. } | Mark::Picture { x, top, w, h, .. } => (*x, *top, x + w, top + h),
                Mark::Words { words: w, x, top, .. } => {
                    words += 1;
                    (*x, *top, x + w.lines.width(), top + w.lines.height())
                }
                // its corners are empty
                Mark::Figure { said: Said::Alt, drawing, .. } if drawing.class == "wheel" => continue,
                Mark::Figure { x, top, width, drawing, .. } => {
                    (*x, *top, x + width, top + crate::pdf::figure::height(drawing, *width))
                }
            };
            assert!(x >= LEFT * PIXEL - 1.0 && right <= WIDTH - RIGHT * PIXEL, "{about}: {x}–{right}");
            assert!(top >= TOP * PIXEL - 1.0 && bottom <= floor, "{about}: {top}–{bottom}");
        }
        assert!(words > 2, "{about} says something");
    }
}

#[test]
fn words_are_as_large_as_on_the_screen() {
    let mut setter = Setter::new();
    // beside the wheel a long question makes what stands there smaller
    let own = |v: &&Visad| v.blad.rubrik.chars().count() < 100 && !v.blad.delar.contains(&Del::Hjul);
    for visad in deck().slides.iter().filter(own) {
        for mark in slide(&mut setter, &HashMap::new(), visad).marks {
            if let Mark::Words { words, .. } = mark {
                assert!(
                    words.hand.size >= 32.0 * PIXEL - 0.1,
                    "{}: {} {}",
                    visad.blad.rubrik,
                    words.text,
                    words.hand.size
                );
            }
        }
    }
}

#[test]
fn a_picture_is_drawn_with_its_words_and_told_where_the_file_cannot_hold_it() {
    let mut pixmap = tiny_skia::Pixmap::new(400, 300).unwrap();
    pixmap.fill(tiny_skia::Color::from_rgba8(11, 85, 99, 255));
    let png = pixmap.encode_png().unwrap();
    let fil = domain::apt::Bildfil {
        id: BildfilId(uuid::Uuid::from_u128(7)),
        mote: domain::id::AptId(uuid::Uuid::from_u128(8)),
        name: "vantrum.png".into(),
        alt: "Två stolar vid ett fönster".into(),
        bildtext: "Väntrummet efter ombyggnaden".into(),
        width: 400,
        height: 300,
        removed: vec![],
    };
    let delar = vec![Del::Text("Det öppnar i maj.".into()), Del::Bild(fil.clone())];
    let mut deck = deck();
    deck.slides.truncate(1);
    deck.slides[0].blad = Blad { rubrik: "Nytt väntrum".into(), delar, ..Blad::default() };
    let read = |pictures: &Pictures| {
        let file = write(&deck, pictures, DateTime::UNIX_EPOCH).unwrap();
        plain(&reader::open(reader::Kind::Pdf, "bildspel.pdf", &file))
    };
    let picture = || crate::pdf::picture::read(png.clone()).unwrap();
    let drawn = read(&Pictures { own: [(fil.id, picture())].into(), logga: Some(picture()) });
    assert!(drawn.contains("Väntrummet efter ombyggnaden") && drawn.contains("Det öppnar i maj."), "{drawn}");
    assert!(!drawn.contains("ryms inte") && drawn.contains(&deck.foot), "{drawn}");
    let told = read(&Pictures::default());
    assert!(told.contains("Bilden ryms inte i filen. Den visar: Två stolar vid ett fönster"), "{told}");
}
