//! Whatever is pasted is looked at once, however long it is: with so many lines that a check which compares each line with
//! each other would not come to an end. Nothing here is timed.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use domain::{
    apt,
    avvikelse::handling::check_handelsetyper,
    enkat::{
        FragaForm, Inlamnat, Kind as FragaKind, Questions, Version, check_fraga, check_svar, resultat::read_utifran,
    },
    field::ERRORS_MAX,
    genomforande::{MallForm, StartForm, check_mall, check_start, reference::List},
    id::{EnkatVersionId, PersonId},
    import::{Names, Options, Table, Verdict, read_egenkontroll},
    personnummer,
    schedule::Responsible,
};
use uuid::Uuid;

/// Thirty thousand million comparisons, if each line met each other.
const MANY: usize = 250_000;

fn lines(of: impl Fn(usize) -> String) -> String {
    (0..MANY).fold(String::new(), |mut text, n| {
        writeln!(text, "{}", of(n)).unwrap();
        text
    })
}

#[test]
fn criteria_are_counted_before_they_are_compared() {
    let many = lines(|n| format!("Kriterium {n}"));
    let errors =
        check_mall(&MallForm { kind: "stickprov".into(), kriterier: many, kollegie: String::new() }).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].message, format!("Det är {MANY} kriterier. Ta högst 20."));
}

#[test]
fn a_list_of_cases_is_read_once() {
    for of in
        [(|n| format!("Ärende {n}")) as fn(usize) -> String, |_| "Samma".to_owned(), |n| format!("{:06}", n % 999_999)]
    {
        let form = StartForm {
            kind: "stickprov".into(),
            kriterier: "A".into(),
            urval: "5".into(),
            lista: lines(of),
            ..StartForm::default()
        };
        let errors = check_start(&form).unwrap_err();
        assert!(errors.len() == 1 && errors[0].message.len() < 400, "{errors:?}");
    }
    // as many as are read, each twice
    let twice = List::read(&(0..20_000).fold(String::new(), |text, n| text + &format!("Ä{}\n", n / 2)));
    let fault = twice.check().unwrap_err();
    assert!(fault.message().contains("och 9997 till") && fault.message().len() < 400, "{}", fault.message());
}

#[test]
fn words_options_and_points_are_counted_before_they_are_compared() {
    assert_eq!(check_handelsetyper(&lines(|n| format!("Typ {n}"))).unwrap_err().len(), 1);
    assert_eq!(check_handelsetyper(&lines(|_| "Fall".into())).unwrap(), ["Fall"]);
    let form = FragaForm {
        kind: FragaKind::Val.code().into(),
        text: "Vad?".into(),
        options: lines(|n| format!("Alternativ {n}")),
        ..FragaForm::default()
    };
    let errors = check_fraga(&form, 1).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(apt::check_mall(&lines(|n| format!("Punkt {n}"))).is_err());
}

#[test]
fn faults_are_counted_and_twenty_are_told_of() {
    let long = "x".repeat(400);
    let errors =
        check_handelsetyper(&(0..30).fold(String::new(), |text, n| text + &format!("{n}{long}\n"))).unwrap_err();
    assert_eq!(errors.len(), ERRORS_MAX + 1);
    assert_eq!(errors[ERRORS_MAX].message, "och 10 till");
}

#[test]
fn figures_from_elsewhere_are_counted_before_they_are_read() {
    let faults = read_utifran(&lines(|n| format!("{n};Staden;2025;;50;20")), &[]).unwrap_err();
    assert_eq!(faults, [format!("Det är {MANY} rader. Läs in högst 1000 åt gången.")]);
}

#[test]
fn an_answer_with_values_without_end_is_looked_at_once() {
    let mut questions = Questions::default();
    for key in 1..=10 {
        let form =
            FragaForm {
                kind: FragaKind::Fritext.code().into(), text: format!("Fråga {key}?"), ..FragaForm::default()
            };
        questions.put(check_fraga(&form, key).unwrap());
    }
    let version = Version { id: EnkatVersionId(Uuid::from_u128(1)), number: 1, in_use: true, questions };
    let values = (0..i32::try_from(MANY).unwrap()).map(|key| (key, String::new())).collect();
    let given = Inlamnat { values, ..Inlamnat::default() };
    assert!(check_svar(&given, &version).is_err());
}

#[test]
fn a_table_names_persons_by_asking_once_for_each_cell() {
    let person = |n: u128| Responsible::Person(PersonId(Uuid::from_u128(n)));
    let names = Names::new((0..20_000).map(|n| (format!("Funktion {n}"), person(n))).collect());
    let mut table = Table::default();
    table.push(1, ["Kontrollmål", "Hur ofta", "Utförs av"]);
    for n in 2..2_002 {
        table.push(n, [format!("Mål {n}"), "Varje månad".into(), format!("Ingen {n}")]);
    }
    let options = Options { year: 2026, move_dates: false, names: &names };
    if let Ok(read) = read_egenkontroll(&table, &options, &[]) {
        assert_eq!(read.preview.count(Verdict::New), 0);
    }
}

#[test]
fn a_free_text_is_searched_once_whatever_it_holds() {
    for piece in ["060606-", "0", "1 2 ", "a@", "070 ", "+46 ", "ab.", "20260704 ", "(0) "] {
        let _ = personnummer::varning(&piece.repeat(MANY));
    }
}
