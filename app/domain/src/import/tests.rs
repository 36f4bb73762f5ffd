//! Import as its users meet it: whole tables in, previews out.

use uuid::Uuid;

use super::*;
use crate::{
    egenkontroll::Content,
    id::GruppId,
    permission::Role,
    recurrence::{Months, Recurrence},
    schedule::Responsible,
};

mod excel;

fn table(rows: &[&[&str]]) -> Table {
    let mut table = Table::default();
    for (line, cells) in (1..).zip(rows) {
        table.push(line, *cells);
    }
    table
}

fn names() -> Names {
    Names::new(vec![("Enhetens ledningsgrupp".into(), Responsible::Grupp(GruppId(Uuid::from_u128(1))))])
}

fn read_for(year: i32, move_dates: bool, rows: &[&[&str]], existing: &[Content]) -> Read<Content> {
    let names = names();
    read_egenkontroll(&table(rows), &Options { year, move_dates, names: &names }, existing).unwrap()
}

fn read(rows: &[&[&str]]) -> Read<Content> {
    read_for(2026, false, rows, &[])
}

fn refusal(rows: &[&[&str]]) -> String {
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    read_egenkontroll(&table(rows), &options, &[]).unwrap_err().message
}

const HEADER: &[&str] = &[
    "Nr",
    "Kontrollmål",
    "Vad kontrolleras",
    "Metod",
    "Urval",
    "Utförs av",
    "Periodicitet",
    "Månader",
    "Målvärde (%)",
];
const BKA: &[&str] =
    &["", "Barnkonsekvensanalys", "Andel avslag", "Andel", "", "Metodutvecklare", "valda månader", "4,8,12", "75"];
const DOKUMENTATION: &[&str] =
    &["K.1.1", "Dokumentation", "", "Stickprov", "20", "Enhetens ledningsgrupp", "år", "", ""];

#[test]
fn a_plan_is_read_as_the_unit_wrote_it() {
    let read = read(&[HEADER, BKA, DOKUMENTATION]);
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas");
    assert_eq!(read.preview.columns, HEADER);
    assert_eq!(read.preview.rows[1].line, 3);
    assert_eq!(read.new[0].malvarde, Some(crate::tal::Tal::whole(75)));
    assert_eq!(read.new[0].recurrence, Recurrence::Chosen(Months::of(&[4, 8, 12])));
    assert_eq!(read.new[0].responsible, Responsible::Role(Role::Metodutvecklare));
    assert_eq!(read.new[1].urval, Some(20));
    assert!(matches!(read.new[1].responsible, Responsible::Grupp(_)));
}

#[test]
fn columns_are_known_in_any_order_and_writing() {
    let read = read(&[
        &["Egenkontrollplan 2026"],
        &["PERIODICITET", "malvarde", "kontroll mal", "Kommentar", "Ansvarig"],
        &["månadsvis", "97,5", "Våld", "fritt", "Chef"],
    ]);
    assert_eq!(read.new[0].malvarde, Some(crate::tal::Tal::of_stored(975_000)));
    assert_eq!(read.new[0].responsible, Responsible::Role(Role::Enhetschef));
    assert_eq!(
        read.preview.notes,
        [
            "Rubrikraden är rad 2. Det som står ovanför läses inte in.",
            "Kolumnen ”Kommentar” känns inte igen och läses inte in."
        ]
    );
    assert_eq!(read.preview.rows[0].cells, ["månadsvis", "97,5", "Våld", "Chef"]);
}

#[test]
fn a_table_drawn_by_month_gives_the_marked_months() {
    let read = read(&[&["Kontrollmål", "jan", "feb", "mars", "april"], &["ANDT", "", "x", "-", "✓"]]);
    assert_eq!(read.new[0].recurrence, Recurrence::Chosen(Months::of(&[2, 4])));
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let first = read(&[HEADER, BKA, DOKUMENTATION]);
    let again = read_for(2026, false, &[HEADER, BKA, DOKUMENTATION], &first.new);
    assert_eq!(again.preview.sentence(), "0 nya rader, 2 finns redan, 0 behöver rättas");
    assert!(again.new.is_empty());
    let mut changed = BKA.to_vec();
    (changed[1], changed[8]) = ("BARNKONSEKVENSANALYS ", "80");
    let read = read_for(2026, false, &[HEADER, &changed], &first.new);
    assert_eq!(read.preview.rows[0].verdict, Verdict::AlreadyThere);
    assert_eq!(read.preview.rows[0].note, "Skiljer sig i Målvärde (%). Planen ändras inte.");
}

#[test]
fn a_row_that_stands_twice_is_read_once() {
    let mut other = BKA.to_vec();
    other[7] = "5";
    let read = read(&[HEADER, BKA, BKA, &other]);
    assert_eq!(read.new.len(), 1);
    let notes: Vec<_> = read.preview.rows.iter().map(|r| r.note.as_str()).collect();
    assert_eq!(notes, ["", "Samma som rad 2.", "Samma som rad 2. Skiljer sig i Månader. Bara rad 2 läses in."]);
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas, 2 dubbletter");
}

#[test]
fn every_problem_stands_at_its_row_and_column() {
    let read = read(&[
        HEADER,
        BKA,
        &["", "ANDT", "", "", "tjugo", "Kungen", "valda månader", "4,13", "175"],
        &["K", "", "vad", "", "", "", "", "", ""],
        &["", "Våld", "", "", "", "", "år", "", "#REF!"],
        &["", "Våld", "", "", "", "", "år", "", "", "bredvid"],
    ]);
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 4 behöver rättas");
    let places: Vec<_> = read.preview.problems().map(Problem::place).collect();
    assert_eq!(
        places,
        [
            "Rad 3, Månader",
            "Rad 3, Utförs av",
            "Rad 3, Urval",
            "Rad 3, Målvärde (%)",
            "Rad 4, Periodicitet",
            "Rad 4, Kontrollmål",
            "Rad 5, Målvärde (%)",
            "Rad 6",
        ]
    );
    let messages: Vec<_> = read.preview.problems().map(|p| p.message.as_str()).collect();
    assert!(messages[0].starts_with("13 är ingen månad."));
    assert!(messages[1].starts_with("”Kungen” finns inte på enheten. Här finns "));
    assert_eq!(messages[2], "Skriv ett heltal mellan 1 och 100\u{a0}000.");
    assert_eq!(messages[5], "Skriv ett kontrollmål.");
    assert!(messages[6].starts_with("Cellen I5 visar felet #REF! i Excel."));
}

#[test]
fn dates_of_another_year_are_a_fault_until_they_are_moved() {
    let rows: &[&[&str]] =
        &[&["Kontrollmål", "Periodicitet", "Start", "Slut"], &["Våld", "varje månad", "220202", "2022-12-31"]];
    let refused = read(rows);
    assert_eq!(refused.preview.outside_year, 1);
    assert_eq!(refused.preview.rows[0].problems[0].message, "Datumet ligger inte i 2026.");
    let moved = read_for(2026, true, rows, &[]);
    assert_eq!(moved.preview.outside_year, 0);
    assert_eq!(moved.preview.rows[0].cells[2..], ["2026-02-02", "2026-12-31"]);
    assert_eq!(moved.preview.notes, ["2 datum flyttas till 2026."]);
    assert_eq!(moved.new[0].start.map(crate::format::date).as_deref(), Some("2026-02-02"));
}

#[test]
fn a_file_that_cannot_be_a_plan_is_told_why() {
    assert_eq!(refusal(&[]), "Det finns inga rader att läsa. Filen är tom.");
    assert_eq!(refusal(&[HEADER]), "Tabellen har en rubrikrad men inga rader under den.");
    assert!(refusal(&[&["Nr", "Metod"], &["1", "x"]]).starts_with("Kolumnerna Kontrollmål och Periodicitet saknas."));
    assert!(refusal(&[&["Kontrollmål"], &["x"]]).starts_with("Tabellen har bara en kolumn."));
    assert_eq!(
        refusal(&[&["Systematisk kontroll", "Kontrollaktivitet", "Utförs"], &["a", "b", "år"]]),
        "Filen är en internkontrollplan. Läs in den på den planens sida."
    );
    let many: Vec<&[&str]> = std::iter::once(HEADER).chain(std::iter::repeat_n(BKA, 2_001)).collect();
    assert_eq!(refusal(&many), "Tabellen har 2\u{a0}001 rader. Läs in högst 2\u{a0}000 åt gången.");
}

#[test]
fn text_is_text_whatever_it_holds() {
    let read = read(&[
        &["Kontrollmål", "Periodicitet", "Metod"],
        &["<script>alert(1)</script>", "år", "=cmd|' /C calc'!A0"],
        &["Glad 🙂", "år", "noll\u{0}byte"],
        &["Lång", "år", &"å".repeat(10_000)],
    ]);
    assert_eq!(read.new[0].kontrollmal, "<script>alert(1)</script>");
    assert_eq!(read.new[0].metod, "=cmd|' /C calc'!A0");
    assert_eq!(read.new[1].kontrollmal, "Glad 🙂");
    assert_eq!(read.new[1].metod, "nollbyte");
    let row = &read.preview.rows[2];
    assert_eq!(row.problems[0].place(), "Rad 4, Metod");
    assert_eq!(row.problems[0].message, "Texten är 10\u{a0}000 tecken. Korta den till högst 8\u{a0}000.");
    assert!(row.cells[2].chars().count() < 200);
}

#[test]
fn what_is_exported_comes_back_the_same() {
    let first = read(&[
        &["Kontrollmål", "Periodicitet", "Målvärde", "Utförs av", "Start", "Slut", "Nr", "Läggs på enheterna"],
        &["a", "var tredje månad", "0,91 %", "enhetens ledningsgrupp", "260201", "261130", "K.1", "ja"],
        &["b", "fyra per termin", "97,5", "controller", "", "", "", ""],
        &["c", "valda månader: 3", "", "", "", "", "", ""],
        &["d", "mars och oktober", "", "", "", "", "", "nej"],
    ]);
    assert_eq!(first.preview.count(Verdict::Faulty), 1, "{:?}", first.preview.rows[2]);
    let mut export = Table::default();
    export.push(1, Plan::Egenkontroll.columns().iter().map(|c| c.label));
    for (line, content) in (2..).zip(&first.new) {
        let cells = egenkontroll_cells(content, &names());
        assert_eq!(cells.len(), Plan::Egenkontroll.columns().len());
        export.push(line, cells.iter().map(Cell::shown));
    }
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    assert_eq!(read_egenkontroll(&export, &options, &[]).unwrap().new, first.new);
    let again = read_egenkontroll(&export, &options, &first.new).unwrap();
    assert_eq!(again.preview.count(Verdict::AlreadyThere), 3);
    assert!(again.preview.rows.iter().all(|r| r.note.is_empty()), "{:?}", again.preview.rows);
}

#[test]
fn an_internkontrollplan_is_read_with_both_its_levels() {
    let names = names();
    let options = Options { year: 2026, move_dates: true, names: &names };
    let rows = table(&[
        &[
            "Process",
            "Sannolikhet",
            "Konsekvens",
            "Med i internkontrollplan",
            "Systematisk kontroll",
            "Utförs",
            "Funktion",
            "Kontrollaktivitet",
            "Kontrollansvarig",
            "Start",
            "Slut",
        ],
        &[
            "Samverkan",
            "3 – Möjlig",
            "Allvarlig",
            "ja",
            "Att möten hålls",
            "Varje månad",
            "Biträdande enhetschef",
            "Följa upp",
            "Enhetschef",
            "2022-02-02",
            "2022-12-31",
        ],
        &["Samverkan", "1", "1", "nej", "", "", "", "", "", "", ""],
        &["Samverkan", "6", "", "", "Annat", "år", "Ingen", "Följa upp", "", "", ""],
    ]);
    let read = read_internkontroll(&rows, &options, &[]).unwrap();
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 1 behöver rättas, 1 hoppas över");
    assert_eq!(read.new[0].riskvarde(), Some(12));
    assert_eq!(read.new[0].utfors_av, Responsible::Role(Role::BitradandeChef));
    assert_eq!(read.new[0].start.map(crate::format::date).as_deref(), Some("2026-02-02"));
    let places: Vec<_> = read.preview.problems().map(Problem::place).collect();
    assert_eq!(places, ["Rad 4, Funktion", "Rad 4, Sannolikhet"]);
    let again = read_internkontroll(&rows, &options, &read.new).unwrap();
    assert_eq!(again.preview.count(Verdict::AlreadyThere), 1);
    assert_eq!(internkontroll_cells(&read.new[0], &names).len(), Plan::Internkontroll.columns().len());
}

fn notes(read: &Read<Content>) -> Vec<&str> {
    read.preview.notes.iter().map(String::as_str).collect()
}

#[test]
fn two_header_rows_titles_above_and_a_sum_below_are_not_rows_of_the_plan() {
    let rows: &[&[&str]] = &[
        &["Egenkontrollplan"],
        &["Enhet Norr, 2026"],
        &["Kontrollmål", "Vad kontrolleras", "Genomförande", "", "", "Uppföljning", ""],
        &["", "", "Metod", "Periodicitet", "Utförs av", "Målvärde (%)", "Hur dokumenteras"],
        &["Trygghet", "Plan finns", "Stickprov", "tertial", "Enhetschef", "90", "Kvalitetsrapport"],
        &["Rättssäkerhet", "Beslut", "Granskning", "kvartal", "Enhetschef", "95", "Kvalitetsrapport"],
        &["Antal", "2"],
    ];
    let read = read(rows);
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas");
    assert_eq!((read.new[0].metod.as_str(), read.new[0].malvarde), ("Stickprov", Some(crate::tal::Tal::whole(90))));
    assert_eq!(
        notes(&read),
        ["Rubriken är rad 3 och 4. Det som står ovanför läses inte in.", "Summaraden, rad 7, läses inte in."]
    );
}

#[test]
fn what_is_late_at_once_is_said_in_words() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
    let fate = |late| Fate { late, ..Fate::default() };
    let said = |late| Preview { fate: fate(late), ..Preview::default() }.late_sentence(today).unwrap_or_default();
    assert_eq!(said(0), "");
    assert!(
        said(1).starts_with("1 tillfälle blir försenat direkt: dess tid har redan gått ut (i dag är det 29 november).")
    );
    assert!(
        said(69).starts_with(
            "69 tillfällen blir försenade direkt: deras tid har redan gått ut (i dag är det 29 november)."
        )
    );
    assert!(said(2_000).starts_with("2\u{a0}000 tillfällen"));
    assert!(said(69).ends_with("Ska de inte vara med: räkna planen från i dag."));
}

#[test]
fn what_is_not_taken_in_is_said_with_the_controls_that_have_nothing_left() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
    let said = |left_out, without| {
        let fate = Fate { left_out, ..Fate::default() };
        Preview { fate, without, ..Preview::default() }.left_out_sentence(CountFrom::Today, today)
    };
    assert_eq!(said(0, 0), None);
    assert_eq!(
        said(97, 0).unwrap(),
        "Planen räknas från i dag, 29 november: 97 tillfällen som redan har passerat tas inte med."
    );
    assert!(said(3, 1).unwrap().ends_with(
        "tas inte med. 1 kontroll har inget tillfälle kvar i år. Den står i planen och följer med när den kopieras."
    ));
}
