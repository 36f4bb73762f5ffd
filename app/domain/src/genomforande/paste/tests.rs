use super::*;

/// Six cases with two criteria; the fourth is called as its number is.
fn sheet() -> Sheet {
    let case = |nr: i64| Case { nr, reference: format!("EB-2026-{}", 100 + nr), own: false };
    let columns = [
        (Field::Kon, "Kön"),
        (Field::Kriterium(1), "Saklig"),
        (Field::Kriterium(2), "Daterad"),
        (Field::Kommentar, "Kommentar"),
    ];
    Sheet {
        cases: (1..=6).map(case).collect(),
        columns: columns.into_iter().map(|(field, label)| (field, label.to_owned())).collect(),
    }
}

fn put(text: &str, start: (i64, Field)) -> (String, Vec<String>) {
    in_sheet(text, &sheet(), start)
}

fn in_sheet(text: &str, sheet: &Sheet, start: (i64, Field)) -> (String, Vec<String>) {
    let pasted = paste(text, sheet, start);
    let cells: Vec<String> = pasted.cells.iter().map(|(cell, value)| format!("{cell}={value}")).collect();
    (cells.join(" "), pasted.said)
}

const FIRST: (i64, Field) = (1, Field::Kriterium(1));

#[test]
fn references_in_the_first_column_put_answers_on_their_cases_whatever_the_order() {
    let text = "EB-2026-105\tJa\tNej\neb-2026-101 \tNej\tEj relevant\n";
    let expected = "a5.1=ja a1.1=nej a5.2=nej a1.2=ej";
    // wherever the focus is when it can be seen which columns they are
    for start in [FIRST, (4, Field::Kriterium(1)), (1, Field::Kon)] {
        assert_eq!(put(text, start), (expected.to_owned(), vec![]), "{start:?}");
    }
}

#[test]
fn rows_that_find_no_place_are_said_with_number_and_reference() {
    let text = "EB-2026-105\tJa\nEB-2026-999\tNej\nEB-2026-102\tJa\nEB-2026-102\tNej\n\tJa";
    let (cells, said) = put(text, FIRST);
    assert_eq!(cells, "a5.1=ja");
    assert_eq!(
        said,
        [
            "1 rad hittade inget ärende i urvalet: rad 2 (EB-2026-999).",
            "Samma ärende står flera gånger och fick inga svar: rad 3 (EB-2026-102), rad 4 (EB-2026-102).",
            "1 rad utan ärendenummer fick inte plats, rad 5.",
        ]
    );
}

/// As a comment it would be saved as it stands.
#[test]
fn a_ditto_mark_with_nothing_above_it_is_no_answer_and_no_comment() {
    let (cells, said) = put("\"\tJa\t\"\nNej\t\"\tSaknas", FIRST);
    assert_eq!(cells, "a2.1=nej a1.2=ja a2.2=ja a2.kommentar=Saknas");
    let filled = "1 ditotecken (rad 2) är ifyllt med det som står ovanför.";
    assert_eq!(said, [filled, "2 rutor kunde inte läsas, rad 1: ”\"”."]);
}

#[test]
fn cells_that_are_not_understood_and_rows_that_are_too_many_are_counted() {
    let text = "Ja\tNej\nkanske\tvet ej\nJa\tJa\nNej\tkanske\n";
    let (cells, said) = put(text, FIRST);
    assert_eq!(cells, "a1.1=ja a3.1=ja a4.1=nej a1.2=nej a3.2=ja");
    assert_eq!(said, ["3 rutor kunde inte läsas, rad 2, 4: ”kanske”, ”vet ej”."]);
    let (cells, said) = put("Ja\nJa\nJa\nNej\n", (5, Field::Kriterium(2)));
    assert_eq!(cells, "a5.2=ja a6.2=ja");
    assert_eq!(said, ["2 rader fick inte plats under det sista ärendet, rad 3 och 4."]);
    let (cells, said) = put("Ja\tbra\tx\ty\nNej\tnja\t\t", (1, Field::Kriterium(2)));
    assert_eq!(cells, "a1.2=ja a2.2=nej a1.kommentar=bra a2.kommentar=nja");
    assert_eq!(said, ["2 kolumner till höger fick inte plats."]);
    let (cells, said) = put("Ja\t-\nNej\t-", (1, Field::Kriterium(2)));
    assert_eq!((cells.as_str(), said.len()), ("a1.2=ja a2.2=nej a1.kommentar=- a2.kommentar=-", 0));
}

#[test]
fn nothing_is_saved_on_a_guess() {
    let refused = |text: &str, start: (i64, Field), words: &str| {
        let (cells, said) = put(text, start);
        assert_eq!(cells, "", "{text}");
        assert!(
            said.len() == 1 && said[0].starts_with("Inget lades in.") && said[0].contains(words),
            "{text}: {said:?}"
        );
    };
    // references of other cases: the answers beside them would be one column to the left of where they belong
    refused("EB-2026-301\tJa\nEB-2026-302\tNej", FIRST, "varken svar eller ärenden i det här urvalet: ”EB-2026-301”");
    // a column of kön under a criterion: the rest would be one column too far
    refused("Ja\tK\nNej\tM", FIRST, "Kolumn 2 av det inklistrade passar inte under Daterad");
    // one answer beside each reference, and two columns it could be
    refused("EB-2026-101\tJa\nEB-2026-102\tNej", (1, Field::Kon), "vilka kolumner svaren hör till");
    refused("\n\n", FIRST, "inga svar");
}

/// The cases are called 1–6, and answers are written as 1 and 0.
#[test]
fn references_that_look_like_answers_are_asked_about() {
    let mut sheet = sheet();
    for case in &mut sheet.cases {
        case.reference = case.nr.to_string();
    }
    let (cells, said) = in_sheet("1\t0", &sheet, FIRST);
    assert_eq!(cells, "");
    assert!(said[0].contains("ärendenummer eller svar"), "{said:?}");
    assert_eq!(in_sheet("1", &sheet, FIRST).0, "a1.1=ja", "one cell is an answer");
    assert_eq!(in_sheet("1\t0\n1\t1\n0\t1", &sheet, FIRST).0, "a1.1=ja a2.1=ja a3.1=nej a1.2=nej a2.2=ja a3.2=ja");
    assert_eq!(in_sheet("6\tJa\n2\tNej", &sheet, FIRST).0, "a6.1=ja a2.1=nej");
    assert_eq!(in_sheet("Ärende\tDaterad\n1\t0", &sheet, FIRST).0, "a1.2=nej", "a head says which is which");
}

#[test]
fn heads_say_which_column_is_which_and_what_is_passed_by_is_told() {
    let text = "Stickprov hösten\n\nÄrende\tHandläggare\tDaterad\tKön\nEB-2026-106\tHandläggare 1\tNej\tFlicka\n\
                EB-2026-102\tHandläggare 1\t\"\tP\nSumma\t\t2\t";
    let (cells, said) = put(text, FIRST);
    assert_eq!(cells, "a6.2=nej a2.2=nej a6.kon=kvinna a2.kon=man");
    assert_eq!(
        said,
        [
            "Rubrikraden är rad 3. Det som står ovanför läses inte in.",
            "Summaraden, rad 6, läses inte in.",
            "1 ditotecken (rad 5) är ifyllt med det som står ovanför.",
            "Kolumnen ”Handläggare” lästes inte in.",
        ]
    );
}

#[test]
fn a_comment_of_several_lines_is_one_and_kon_in_digits_is_said() {
    let text = "EB-2026-103\tK\tJa\tNej\t\"Saknar datum\noch \"\"plan\"\"\"\nEB-2026-104\t2\tJa\tJa\t";
    let (cells, said) = put(text, (1, Field::Kon));
    assert_eq!(cells, "a3.kon=kvinna a3.1=ja a4.1=ja a3.2=nej a4.2=ja a3.kommentar=Saknar datum och \"plan\"");
    assert_eq!(said, ["1 ruta kunde inte läsas, rad 2: ”2”."]);
}

#[test]
fn one_s_own_case_is_not_judged_by_pasting() {
    let mut sheet = sheet();
    sheet.cases[1].own = true;
    let (cells, said) = in_sheet("EB-2026-102\tJa\nEB-2026-103\tNej", &sheet, FIRST);
    assert_eq!((cells.as_str(), said.len()), ("a3.1=nej", 1));
    let (cells, said) = in_sheet("Ja\nNej\nJa", &sheet, FIRST);
    assert_eq!(cells, "");
    assert!(said[0].contains("ditt eget ärende (EB-2026-102)"), "{said:?}");
    assert_eq!(in_sheet("Ja\nNej", &sheet, (3, Field::Kriterium(1))).0, "a3.1=ja a4.1=nej");
}

#[test]
fn a_column_of_comments_is_put_as_it_is() {
    let (cells, said) = put("Bra\nSumma 1200\nTotalt", (1, Field::Kommentar));
    assert_eq!(cells, "a1.kommentar=Bra a2.kommentar=Summa 1200 a3.kommentar=Totalt");
    assert_eq!(said, [] as [&str; 0]);
}
