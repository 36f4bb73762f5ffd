//! A pasted table of answers, from the questions of a telephone survey of 2022. The rows are made up.

use uuid::Uuid;

use super::*;
use crate::{
    enkat::{Content, Form, FragaForm, Questions, check, check_fraga, mall::tre_efter_samtal},
    id::{EnkatId, EnkatVersionId, NodeId},
};

const TABLE: &str = include_str!("../../../testdata/enkat/svar-telefon-2022.tsv");
const HEAD: &str = "Hur upplever du bemötandet under detta möte?\tHar du lämnats utrymme för delaktighet under detta möte?\t\
                    Har informationen du fått varit lättförståelig?\tKön\tKommentar\n";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 5, 10).unwrap()
}

fn content() -> Content {
    let form = Form {
        title: "Samtal per telefon 2022".into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: "2022-03-01".into(),
        last: "2022-12-31".into(),
        ..Form::default()
    };
    check(&form, today()).unwrap()
}

/// The three questions after a call, the first of which has to be answered, and a comment.
fn questions() -> Questions {
    let mut questions = tre_efter_samtal();
    questions.list[0].required = true;
    let form = FragaForm { kind: "fritext".into(), text: "Något du vill tillägga?".into(), ..FragaForm::default() };
    questions.put(check_fraga(&form, 4).unwrap());
    questions
}

fn version(questions: Questions) -> Version {
    Version { id: EnkatVersionId(Uuid::from_u128(7)), number: 1, in_use: true, questions }
}

fn read_with(text: &str, questions: Questions, val: &Val) -> Result<Tabell, Vec<FieldError>> {
    let version = version(questions);
    read(text, &Mot { version: &version, dagar: Dagar::of(&content(), today()) }, val)
}

fn read_one(text: &str) -> Tabell {
    read_with(text, questions(), &Val::default()).unwrap()
}

fn refused(text: &str) -> Vec<String> {
    let faults = read_with(text, questions(), &Val::default()).unwrap_err();
    faults.into_iter().map(|fault| fault.message).collect()
}

fn said(table: &Tabell) -> Vec<&str> {
    table.cellfel.iter().map(|fault| fault.message.as_str()).collect()
}

/// Ids in no order, as random ones are.
fn ids(n: u128) -> Vec<Uuid> {
    (1..=n).map(|n| Uuid::from_u128(n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))).collect()
}

#[test]
fn the_table_of_a_telephone_survey_is_read_as_it_stands() {
    let table = read_one(TABLE);
    assert_eq!((said(&table), &table.faults), (vec![], &vec![]));
    assert!(table.is_whole() && table.rader == 12 && table.read().len() == 12);
    let roles: Vec<_> = table.kolumner.iter().map(|k| k.roll.unwrap().code()).collect();
    assert_eq!(roles, ["dag", "q1", "q2", "q3", "kon", "q4"]);
    let questions = questions();
    let counts = |key| table.per_val(questions.get(key).unwrap());
    let words = |n: &[(&str, usize)]| n.iter().map(|(w, n)| ((*w).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(counts(1), (words(&[("Bra", 8), ("Delvis", 2), ("Dåligt", 2)]), 0));
    assert_eq!(counts(2), (words(&[("Ja", 8), ("Delvis", 1), ("Nej", 3)]), 0));
    assert_eq!(
        counts(3),
        (words(&[("Ja", 7), ("Delvis", 3), ("Nej", 1)]), 1),
        "an empty cell is no answer, and no zero"
    );
    assert_eq!(counts(4), (words(&[("Har skrivit", 3)]), 9));
    let kon =
        [(None, 1), (Some(Kon::Kvinna), 5), (Some(Kon::Man), 4), (Some(Kon::Annat), 1), (Some(Kon::VillInteSvara), 1)];
    assert_eq!(table.per_kon(), BTreeMap::from(kon));
    let (march, april, may) = (Period::Month(2022, 3), Period::Month(2022, 4), Period::Month(2022, 5));
    assert_eq!(table.per_period(), BTreeMap::from([(march, 5), (april, 6), (may, 1)]));
    assert_eq!(table.notes, ["En rad utan dag läggs in i maj 2022."]);
}

#[test]
fn answers_are_saved_in_the_order_of_random_ids_and_of_a_day_the_month_alone_is_kept() {
    let table = read_one(TABLE);
    let svar = table.svar(&ids(12)).unwrap();
    assert!(svar.is_sorted_by_key(|svar| svar.id));
    let rows = |all: &[Svar]| all.iter().map(|svar| format!("{:?}{:?}", svar.period, svar.values)).collect::<Vec<_>>();
    let orders = (0..20).map(|_| rows(&table.svar(&ids(12)).unwrap()));
    assert!(
        orders.into_iter().any(|order| order != rows(table.read())),
        "the order of the rows is not that of the table"
    );
    assert!(svar.iter().all(|svar| matches!(svar.period, Period::Month(2022, 3..=5))));
    assert!(!format!("{table:?}").contains("2022-03-04"), "no day is left of it");
    assert_eq!(table.svar(&ids(11)), None);
}

#[test]
fn an_answer_that_the_question_does_not_have_is_wrong_at_its_cell_with_what_is_allowed() {
    let table = read_one(&format!("{HEAD}Bra\tJa\tJa\tK\t\nBraa\tKanske\t\tM\t\n\tJa\tJa\tK\t\nBra\tJa\tJa\t7\t"));
    let (kon, said) = (said(&table)[0], &said(&table)[1..]);
    assert!(kon.starts_with("Cell D5 (”Kön”): Kön går inte att läsa säkert."), "the column is read as a whole: {kon}");
    assert_eq!(
        said,
        [
            "Cell A3 (”Hur upplever du bemötandet under detta möte?”): Svaret är inget av frågans svarsalternativ. Skriv Bra, Delvis \
             eller Dåligt.",
            "Cell B3 (”Har du lämnats utrymme för delaktighet under detta möte?”): Svaret är inget av frågans svarsalternativ. Skriv \
             Ja, Delvis eller Nej, eller lämna cellen tom.",
            "Cell A4 (”Hur upplever du bemötandet under detta möte?”): Välj ett svar.",
        ]
    );
    assert!(!table.is_whole() && table.svar(&ids(1)).is_none(), "nothing is saved when something is wrong");
    assert!(!said.join(" ").contains("Braa"), "what stands in a cell is not repeated");
}

#[test]
fn a_text_or_a_cell_that_points_out_a_person_is_wrong_and_is_not_repeated() {
    let text = format!(
        "{HEAD}Bra\tJa\tJa\tK\tRing 060606-1234\nBra\tJa\tJa\tK\tBra samtal\nBra\tJa\tJa\tK\tTack\n070-123 45 67\tJa\tJa\tK\t"
    );
    let table = read_one(&text);
    let said = said(&table).join("\n");
    assert!(said.contains("Cell E2 (”Kommentar”): Det ser ut som ett personnummer."), "{said}");
    assert!(said.contains("Cell A5") && said.contains("Det ser ut som ett telefonnummer."), "{said}");
    assert!(!said.contains("0606") && !said.contains("123 45"), "{said}");
}

#[test]
fn columns_of_names_references_and_addresses_are_refused_and_the_table_comes_back_without_them() {
    let rows = |name: &str, cells: [&str; 4]| {
        let body: Vec<String> = cells.iter().map(|cell| format!("{cell}\tBra\tJa")).collect();
        let head = HEAD.split('\t').take(2).collect::<Vec<_>>().join("\t");
        format!("{name}\t{head}\n{}", body.join("\n"))
    };
    for (name, cells, words) in [
        ("Klientens namn", ["", "", "", ""], "namn"),
        ("Handläggare", ["x", "", "", ""], "namn"),
        ("Vem ringde", ["Förnamn Efternamn", "Efternamn, Förnamn", "Namn Namnsson", ""], "namn"),
        ("Ärendenummer", ["x", "", "", ""], "beteckningar"),
        ("ID", ["1", "2", "3", "4"], "beteckningar"),
        ("Blankett", ["A17", "A18", "A19", "A20"], "beteckningar"),
        ("Uppgift", ["060606-1234", "", "", ""], "personnummer"),
        ("Uppgift", ["060606 K", "111111 M", "", ""], "personnummer"),
        ("Når vi dig", ["070-123 45 67", "a@exempel.se", "", ""], "telefonnummer"),
    ] {
        let text = rows(name, cells);
        let said = refused(&text);
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        assert!(
            said[0].starts_with(&format!("Kolumn A (”{name}”) ser ut att innehålla ")) && said[0].contains(words),
            "{said:?}"
        );
        assert!(cells.iter().all(|cell| cell.len() < 3 || !said[0].contains(cell)), "{said:?}");
        let version = version(questions());
        let mot = Mot { version: &version, dagar: Dagar::of(&content(), today()) };
        let (_, rest) = avvisad::without(&text, &mot).unwrap();
        assert!(!rest.contains(name) && cells.iter().all(|cell| cell.len() < 3 || !rest.contains(cell)), "{rest}");
        assert_eq!(read_one(&rest).read().len(), 4, "{rest}");
    }
    // where the head is missing, what stands first may be a name itself
    let said = refused("Förnamn Efternamn\tVad du tyckte\nNamn Namnsson\tSådär");
    assert_eq!(said, ["Kolumn A ser ut att innehålla namn."]);
    let comments = format!("{HEAD}Bra\tJa\tJa\tK\tKort väntetid\nBra\tJa\tJa\tK\tTydligt\nBra\tJa\tJa\tK\t");
    assert!(read_one(&comments).is_whole());
}

#[test]
fn a_column_that_nobody_knows_is_asked_about_and_left_out_when_somebody_says_so() {
    let text = "Bemötande\tHar du lämnats utrymme för delaktighet under detta möte?\tÄrendetyp\tTom\nBra\tJa\tNy\t\nDåligt\tNej\tPågående\t\nBra\tJa\tNy\t";
    let table = read_one(text);
    let faults: Vec<_> = table.faults.iter().map(|f| (f.field.as_str(), f.message.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("kol0", "Välj vad kolumn A (”Bemötande”) är, eller att den inte läses in."),
            ("kol2", "Välj vad kolumn C (”Ärendetyp”) är, eller att den inte läses in."),
        ]
    );
    let mut val = Val { roller: BTreeMap::from([(0, Some(Roll::Fraga(1))), (2, Some(Roll::Ut))]), ..Val::default() };
    let chosen = read_with(text, questions(), &val).unwrap();
    assert!(chosen.is_whole(), "{chosen:?}");
    assert_eq!(
        chosen.notes,
        [
            "Kolumnerna ”Ärendetyp”, ”Tom” läses inte in.",
            "Frågan ”Har informationen du fått varit lättförståelig?” har ingen kolumn och blir utan svar.",
            "Frågan ”Något du vill tillägga?” har ingen kolumn och blir utan svar.",
            "Kön har ingen kolumn och blir utan svar.",
            "Raderna läggs in i maj 2022.",
        ]
    );
    val.roller.insert(2, Some(Roll::Fraga(1)));
    let twice = read_with(text, questions(), &val).unwrap();
    assert!(
        twice.faults[0].message.starts_with("En annan kolumn är redan vald som frågan ”Hur upplever"),
        "{:?}",
        twice.faults
    );
    assert_ne!(chosen.seen(), twice.seen(), "what was seen is told by how the columns are read");
    // the question that has to be answered is nowhere
    let val = Val { roller: BTreeMap::from([(0, Some(Roll::Ut)), (2, Some(Roll::Ut))]), ..Val::default() };
    let without = read_with(text, questions(), &val).unwrap();
    assert!(without.faults[0].message.ends_with("måste besvaras och har ingen kolumn."), "{:?}", without.faults);
    assert_eq!(without.cellfel, [], "that is said once and not for each row");
}

#[test]
fn a_day_outside_the_enkat_is_wrong_at_its_cell_and_rows_without_a_day_get_the_one_that_is_chosen() {
    let head = format!("Dag\t{}", HEAD.split('\t').next().unwrap());
    let table = read_one(&format!("{head}\n2022-02-27\tBra\n2022-05-11\tBra\nsnart\tBra\n\tBra\n220504\tBra"));
    assert_eq!(
        said(&table),
        [
            "Cell A2 (”Dag”): Enkäten pågår 1 mars 2022 till 31 december 2022. Välj en dag däremellan.",
            "Cell A3 (”Dag”): 11 maj 2022 har inte varit än. Välj i dag eller en dag som har varit.",
            "Cell A4 (”Dag”): Skriv datumet som 220304, 2022-03-04 eller 4/3.",
        ]
    );
    let with = |dag: &str| {
        let val = Val { dag: dag.to_owned(), ..Val::default() };
        read_with(&format!("{head}\n\tBra\n220504\tBra"), questions(), &val).unwrap()
    };
    let months = |table: &Tabell| table.per_period().into_iter().collect::<Vec<_>>();
    assert_eq!(months(&with("")), [(Period::Month(2022, 5), 2)]);
    assert_eq!(months(&with("2022-03-31")), [(Period::Month(2022, 3), 1), (Period::Month(2022, 5), 1)]);
    let early = with("2022-01-31");
    assert_eq!((early.faults[0].field.as_str(), early.is_whole()), (DAG, false));
}

#[test]
fn kon_that_can_be_read_in_several_ways_is_asked_about_and_an_enkat_that_does_not_ask_takes_none() {
    let head = HEAD.split('\t').next().unwrap();
    let text = format!("{head}\tKön\nBra\t1\nDåligt\t2");
    let table = read_one(&text);
    assert!(table.kon_fragas && table.cellfel.len() == 2, "{table:?}");
    let answered = |kon| read_with(&text, questions(), &Val { kon, ..Val::default() }).unwrap();
    assert_eq!(answered(Lasning::TvaKvinna).per_kon(), BTreeMap::from([(Some(Kon::Kvinna), 1), (Some(Kon::Man), 1)]));
    let left = answered(Lasning::Utelamna);
    assert_eq!(left.per_kon(), BTreeMap::from([(None, 2)]));
    assert!(
        left.notes.contains(&"Kön läses inte in på rad 2 och 3, där det är oklart.".to_owned()),
        "{:?}",
        left.notes
    );
    let none = read_with(&text, Questions { kon: false, ..questions() }, &Val::default()).unwrap();
    assert_eq!(none.faults[0].field, "kol1");
    let forced = Val { roller: BTreeMap::from([(1, Some(Roll::Kon))]), ..Val::default() };
    assert!(!read_with(&text, Questions { kon: false, ..questions() }, &forced).unwrap().is_whole());
}

#[test]
fn a_table_without_a_head_without_rows_or_with_too_many_is_told_of_as_a_whole() {
    for (text, words) in [
        (" ".to_owned(), "Klistra in tabellen"),
        ("Bra\tJa\nDåligt\tNej".to_owned(), "Rubrikraden saknas"),
        (HEAD.to_owned(), "inga rader"),
        (format!("{HEAD}{}", "Bra\tJa\tJa\tK\t\n".repeat(ROWS_MAX + 1)), "501 rader. Lägg in högst 500"),
        (format!("{HEAD}Bra\tJa\tJa\tK\t{}", "å".repeat(BYTES_MAX)), "för stor"),
    ] {
        let said = refused(&text);
        assert!(said.len() == 1 && said[0].contains(words), "{words}: {said:?}");
    }
    assert_eq!(read_one(&format!("{HEAD}{}", "Bra\tJa\tJa\tK\t\n".repeat(ROWS_MAX))).read().len(), ROWS_MAX);
    let empty = read_one(&format!("Dag\t{HEAD}2022-05-01\tBra\n2022-05-02\t\n"));
    assert!(said(&empty)[0].contains("Välj ett svar"), "{empty:?}");
}

#[test]
fn an_enkat_that_is_a_draft_or_closed_takes_no_table() {
    let enkat = |state| Enkat {
        id: EnkatId(Uuid::from_u128(1)),
        node: NodeId(Uuid::from_u128(2)),
        content: content(),
        state,
        copied_from: None,
        closed_through: None,
        thin: false,
        version: 1,
    };
    let versions = [version(questions()), Version { in_use: false, number: 2, ..version(questions()) }];
    for state in [State::Utkast, State::Stangd] {
        assert_eq!(Mot::of(&enkat(state), &versions, today()).err(), Some(Avslag::Stangd));
    }
    assert_eq!(Mot::of(&enkat(State::Oppen), &versions, today()).unwrap().version.number, 1);
}

#[test]
fn names_of_columns_are_known_with_their_number_and_rows_that_sum_up_are_passed_by() {
    let text = "1. Hur upplever du bemötandet under detta möte?;Fråga 2;q3\nBra;Ja;Nej\nSumma;3;4";
    let table = read_one(text);
    assert!(table.is_whole() && table.read().len() == 1, "{table:?}");
    assert!(table.notes.iter().any(|note| note == "Summaraden, rad 3, läses inte in."), "{:?}", table.notes);
}
