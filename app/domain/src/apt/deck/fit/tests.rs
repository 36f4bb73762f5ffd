//! What a room sees, whatever a unit has written.

use proptest::prelude::*;

use super::*;
use crate::apt::{
    bildfil::tests::bildfil,
    deck::{build, headed},
    slide,
};
use crate::drawing::serie::Diagram;

fn post(text: &str) -> Post {
    Post { text: text.to_owned(), under: "november · Enhetschef".into(), status: None, n: 1 }
}

fn lista(form: Form, poster: Vec<Post>) -> Del {
    Del::Lista(Lista { rubrik: "Beslut", antal: poster.len(), form, poster, till: 0, smal: (usize::MAX, 0), fran: 1 })
}

fn blad(delar: Vec<Del>) -> Blad {
    Blad { rubrik: "Två beslut och en åtgärd sedan förra APT".into(), delar, ..Blad::default() }
}

/// What all slides together show of lists: lines, and those that are counted.
fn shown(all: &[Blad]) -> (usize, usize) {
    let lists = || all.iter().flat_map(Blad::lists);
    (lists().map(|l| l.poster.len()).sum(), lists().map(|l| l.till).sum())
}

#[test]
fn the_chart_of_a_series_has_room_whatever_is_said_of_it() {
    let noter =
        ["Den senaste månaden ändras när sena beslut kommer in. ".repeat(150), "Minst 340 nås inte. ".repeat(90)];
    for delar in [build::siffror(Some(Diagram::default()), noter.to_vec(), false), build::no_series(true)] {
        for sheet in sheets(blad(delar)) {
            for narrow in [false, true] {
                assert!(room(&sheet, narrow).1 >= PICTURE, "{narrow}");
            }
        }
    }
}

#[test]
fn the_less_there_is_the_larger_it_is_read() {
    let sizes: Vec<usize> = [1, 2, 4]
        .map(|n| sheets(blad(vec![lista(Form::Kort, vec![post("Larmen provas varje måndag"); n])]))[0].steg.0)
        .into();
    assert!(sizes[0] > sizes[2] && sizes[0] >= sizes[1], "{sizes:?}");
    assert!(sizes[2] >= 2, "{sizes:?}");
}

#[test]
fn decisions_that_have_no_room_go_on_on_the_next_slide_with_their_numbers() {
    let todo = Del::Lista(Lista {
        rubrik: "Åtgärder",
        antal: 1,
        form: Form::Tonad,
        poster: vec![post("Byt larmen")],
        till: 0,
        smal: (usize::MAX, 0),
        fran: 1,
    });
    for n in [1, 2, 5, 9, 20] {
        let kort = vec![post("Ärendedragningen på tisdagar börjar med ett exempel på en bra anteckning"); n];
        let all = sheets(blad(vec![lista(Form::Kort, kort), todo.clone()]));
        assert_eq!(shown(&all), (n + 1, 0), "{n}");
        let firsts: Vec<usize> =
            all.iter().flat_map(Blad::lists).filter(|l| l.form == Form::Kort).map(|l| l.fran).collect();
        assert!(firsts.is_sorted() && firsts[0] == 1, "{firsts:?}");
        for sheet in &all {
            assert!(fits_both(sheet, 0), "{n}");
        }
    }
}

#[test]
fn lines_that_have_no_room_are_counted() {
    let rows = || lista(Form::Rader, vec![post("Att samtal genomförts med alla handläggare"); 17]);
    let all = sheets(blad(vec![rows(), rows(), rows()]));
    assert_eq!((all.len(), shown(&all).0 + shown(&all).1), (1, 51));
    let lists: Vec<&Lista> = all[0].lists().collect();
    assert!(lists[0].poster.len() >= 3, "{}", lists[0].poster.len());
    assert_eq!(lists[0].smal.0 + lists[0].smal.1, 17, "also on a narrow screen");
    assert!(fits(&all[0], false, GOOD) && fits(&all[0], true, 0));
}

#[test]
fn four_lists_are_two_slides() {
    let all = sheets(blad(vec![lista(Form::Rader, vec![post("Egen kö för nybesök")]); 4]));
    assert_eq!(all.iter().map(|b| b.delar.len()).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_long_text_goes_on_on_the_next_slide_and_nothing_of_it_is_lost() {
    let text = format!(
        "# Rekrytering\n\n{}\n## Nästa steg\n- ring\n- skriv",
        "- Hur skriver vi annonsen så att fler söker?\n".repeat(30)
    );
    let all = sheets(blad(build::text(&text)));
    assert!(all.len() > 2, "{}", all.len());
    let texts: Vec<&String> =
        all.iter().filter_map(|b| if let [Del::Text(t)] = b.delar.as_slice() { Some(t) } else { None }).collect();
    let lines = |t: &str| t.lines().filter(|l| !l.trim().is_empty()).count();
    assert_eq!(texts.iter().map(|t| lines(t)).sum::<usize>(), lines(&text));
    assert!(texts.iter().all(|t| !t.trim_end().ends_with("steg")), "a heading stands with what is below it");
    let one = sheets(blad(build::text(&"ett långt stycke utan slut ".repeat(120))));
    assert!(one.len() > 1);
}

#[test]
fn a_text_beside_a_picture_goes_on_beside_it_and_a_picture_alone_has_the_slide() {
    for (w, h) in [(4_000, 3_000), (3_000, 4_000), (1_000, 1_000), (9_000, 600)] {
        let fil = || Some(bildfil(w, h));
        let text = "- Hur skriver vi annonsen så att fler söker?\n".repeat(24);
        let all = sheets(blad(build::bild(&text, fil())));
        assert!(all.len() > 1, "{}", all.len());
        let mut shown = 0;
        for sheet in &all {
            let [Del::Text(part), Del::Bild(_)] = sheet.delar.as_slice() else { panic!("{sheet:?}") };
            shown += part.lines().filter(|line| !line.trim().is_empty()).count();
            assert!(fits_both(sheet, 0));
        }
        assert_eq!(shown, 24, "nothing of it is lost");
        let few = sheets(blad(build::bild("Vi flyttar i mars", fil())));
        assert!(few.len() == 1 && few[0].steg.0 >= 4, "{:?}", few[0].steg);
        let alone = sheets(blad(build::bild("  ", fil())));
        assert!(matches!(alone[0].delar.as_slice(), [Del::Bild(_)]) && alone.len() == 1);
    }
    assert!(matches!(build::bild("", None).as_slice(), [Del::Tomt(_)]));
}

#[test]
fn a_question_is_asked_when_all_is_shown() {
    let text = "- Hur skriver vi annonsen så att fler söker?\n".repeat(30);
    let all = sheets(Blad { fraga: "Vad gör vi nu?".into(), ..blad(build::text(&text)) });
    let asked: Vec<bool> = all.iter().map(|b| !b.fraga.is_empty()).collect();
    assert_eq!((asked.iter().filter(|a| **a).count(), asked.last()), (1, Some(&true)));
}

#[test]
fn a_table_of_twelve_months_and_many_rows_is_shown_whole() {
    let months: Vec<String> = (1..=12).map(|m| format!("Månad {m}")).collect();
    let rows: Vec<String> = (0..20).map(|r| format!("Kostnadsställe {r};{}", ["1 234,5"; 12].join(";"))).collect();
    let read = slide::table(&format!("Konto;{}\n{}", months.join(";"), rows.join("\n")));
    let all = sheets(blad(build::tabell(read)));
    let mut cells = 0;
    for sheet in &all {
        assert!(fits_both(sheet, 0));
        let [Del::Tabell(t), ..] = sheet.delar.as_slice() else { panic!("a table") };
        cells += t.rows.iter().skip(1).map(|row| row.len() - 1).sum::<usize>();
    }
    assert_eq!(cells, 240);
}

#[test]
fn results_with_long_texts_have_a_slide_each() {
    let one = |length: usize| Resultat {
        title: "Aktuella förändringsplaner".into(),
        nar: "november".into(),
        fynd: "49 av 61 (80,3 %)".into(),
        mal: String::new(),
        analys: "De planer som saknas gäller mest hushåll som bytt handläggare under hösten. ".repeat(length),
        slutsats: String::new(),
        status: crate::occurrence::Status::Utford,
        reached: None,
    };
    assert_eq!(sheets(blad(build::resultat(vec![one(1), one(1)]))).len(), 1);
    let long = sheets(blad(build::resultat(vec![one(1), one(12)])));
    assert_eq!(long.len(), 2);
    let longest = sheets(blad(build::resultat(vec![one(60)])));
    assert!(format!("{:?}", longest[0]).contains("Hela texten står"), "what is cut is said");
}

#[test]
fn a_heading_that_a_text_begins_with_is_taken_out() {
    assert_eq!(headed("# Annons\n\n- ett"), Some(("Annons".into(), "- ett".into())));
    assert_eq!(headed("- ett\n# Annons"), None);
}

proptest! {
    #[test]
    fn whatever_is_decided_is_whole_on_some_slide(
        texts in prop::collection::vec("[a-zåäö]{1,24}( [a-zåäö]{1,18}){0,30}", 1..12),
        open in 0_usize..6, asks in any::<bool>(),
    ) {
        let kort: Vec<Post> = texts.iter().map(|t| post(t)).collect();
        let mut delar = vec![lista(Form::Kort, kort)];
        if open > 0 {
            delar.push(lista(Form::Tonad, vec![post("Byt larmen i besöksrummen"); open]));
        }
        let fraga = if asks { "Vad gör vi annorlunda?".to_owned() } else { String::new() };
        let all = sheets(Blad { fraga, ..blad(delar) });
        let (lines, more) = shown(&all);
        prop_assert_eq!(lines + more, texts.len() + open);
        for sheet in &all {
            prop_assert!(sheet.delar.len() == 1 || fits_both(sheet, 0) || texts.iter().any(|t| t.len() > 120));
        }
    }
}
