//! Plans as people see them in Excel and mean them: heads of two rows, ditto marks, one control for several risks.

use super::*;
use crate::{recurrence::Recurrence, tal::Tal};

fn table(rows: &[&[&str]]) -> Table {
    let mut table = Table::default();
    for (line, cells) in (1..).zip(rows) {
        table.push(line, *cells);
    }
    table
}

fn options(names: &Names) -> Options<'_> {
    Options { year: 2026, move_dates: false, names }
}

fn egenkontroll(table: &Table) -> Read<crate::egenkontroll::Content> {
    let names = Names::new(vec![]);
    read_egenkontroll(table, &options(&names), &[]).unwrap()
}

fn goals(read: &Read<crate::egenkontroll::Content>) -> Vec<&str> {
    read.new.iter().map(|c| c.kontrollmal.as_str()).collect()
}

fn problems(preview: &Preview) -> Vec<String> {
    preview.problems().map(|p| format!("{}: {}", p.place(), p.message)).collect()
}

#[test]
fn number_and_ansvarig_that_stand_only_in_the_upper_row_of_the_head_are_read() {
    let read = egenkontroll(&table(&[
        &["Nr", "", "", "Ansvarig", "Målvärde"],
        &["", "Kontrollmål", "Periodicitet", "", ""],
        &["K.1.1", "Trygghet", "tertial", "Enhetschef", "90"],
    ]));
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas");
    assert_eq!((read.new[0].number.as_str(), read.new[0].malvarde), ("K.1.1", Some(Tal::whole(90))));
    assert_eq!(read.new[0].responsible.code(), "roll:enhetschef");
    assert_eq!(read.preview.notes, ["Rubriken är rad 1 och 2."]);
}

#[test]
fn a_second_row_of_the_head_is_no_control_of_the_plan() {
    let read = egenkontroll(&table(&[
        &["Kontrollmål", "Periodicitet", "Periodicitet", "Uppföljning", "Uppföljning"],
        &["", "Hur ofta", "Månader", "Målvärde", "Kommentar"],
        &["Trygghet", "valda månader", "4,8", "90", "fritt"],
    ]));
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas");
    assert_eq!(read.new[0].malvarde, Some(Tal::whole(90)));
    assert_eq!(
        read.preview.notes,
        ["Rubriken är rad 1 och 2.", "Kolumnen ”Kommentar” känns inte igen och läses inte in."]
    );
}

#[test]
fn a_ditto_mark_repeats_a_row_of_the_plan_and_neither_the_head_nor_a_heading() {
    let read = egenkontroll(&table(&[
        &["Kontrollmål", "Vad", "Periodicitet", "Utförs av"],
        &["\"", "Genomförandeplan", "tertial", "Enhetschef"],
        &["Trygghet", "Bemötande", "år", "Enhetschef"],
        &["", "BARN", "", ""],
        &["dito", "Barnsamtal", "”", "\""],
    ]));
    assert_eq!(goals(&read), ["Trygghet", "Trygghet"]);
    assert_eq!(read.preview.notes, ["3 ditotecken (rad 5) är ifyllda med det som står ovanför."]);
    assert_eq!(
        problems(&read.preview)[0],
        "Rad 2, Kontrollmål: Cellen A2: ditotecknet har inget ovanför sig att upprepa. Skriv ut det som ska stå där."
    );
}

/// Right under a heading in the same column the mark could mean either, so it is asked.
#[test]
fn a_ditto_mark_under_a_heading_in_its_own_column_is_asked_about() {
    let read = egenkontroll(&table(&[
        &["Kontrollmål", "Vad", "Periodicitet"],
        &["Trygghet", "Bemötande", "år"],
        &["BARN"],
        &["\"", "Barnsamtal", "\""],
    ]));
    let faulty: Vec<_> = read.preview.rows.iter().map(|r| (r.line, r.verdict)).collect();
    assert_eq!(faulty, [(2, Verdict::New), (3, Verdict::Faulty), (4, Verdict::Faulty)]);
    assert!(problems(&read.preview).last().unwrap().starts_with("Rad 4, Kontrollmål: Cellen A4: ditotecknet"));
}

/// A heading that is merged across the table stands in all its cells.
#[test]
fn a_ditto_mark_under_a_merged_heading_repeats_the_control_above_it_and_its_number_as_it_is_shown() {
    let mut table = table(&[&["Nr", "Kontrollmål", "Periodicitet"]]);
    table.push_marked(2, ["1.1", "Trygghet", "år"], vec![(0, Mark::Shown("1.10".to_owned()))]);
    let wide = vec![(0, Mark::Wide), (1, Mark::Covered), (2, Mark::Covered)];
    table.push_marked(3, ["BARN", "BARN", "BARN"], wide);
    table.push(4, ["\"", "Delaktighet", "\""]);
    let read = egenkontroll(&table);
    assert_eq!(goals(&read), ["Trygghet", "Delaktighet"]);
    assert_eq!((read.new[1].number.as_str(), read.new[1].recurrence), ("1.10", Recurrence::Yearly));
}

const IKP: &[&str] = &["Process", "Oönskad händelse", "Systematisk kontroll", "Utförs", "Kontrollaktivitet"];

fn internkontroll(
    rows: &[&[&str]],
    existing: &[crate::internkontroll::Content],
) -> Read<crate::internkontroll::Content> {
    let names = Names::new(vec![]);
    read_internkontroll(&table(rows), &options(&names), existing).unwrap()
}

fn risk(text: &'static str) -> [&'static str; 5] {
    ["Utredning", text, "Loggkontroll", "varje månad", "Stickprov"]
}

fn risks(read: &Read<crate::internkontroll::Content>) -> Vec<&str> {
    read.new.iter().map(|c| c.oonskad_handelse.as_str()).collect()
}

/// The control is merged over the risks that it meets.
#[test]
fn one_control_for_three_risks_is_three_rows_and_the_same_file_adds_none() {
    let [first, second, third] = [risk("Fel person får del"), risk("Uppgifter röjs"), risk("Beslut saknas")];
    let rows = [IKP, &first, &second, &third];
    let read = internkontroll(&rows, &[]);
    assert_eq!(risks(&read), ["Fel person får del", "Uppgifter röjs", "Beslut saknas"]);
    assert_eq!(read.preview.sentence(), "3 nya rader, 0 finns redan, 0 behöver rättas");
    let again = internkontroll(&rows, &read.new);
    assert_eq!(again.preview.sentence(), "0 nya rader, 3 finns redan, 0 behöver rättas");
    // a plan that was read when only the first was taken gets the others
    let more = internkontroll(&rows, &read.new[..1]);
    assert_eq!(risks(&more), ["Uppgifter röjs", "Beslut saknas"]);
    let note = "Samma kontroll finns i planen för en annan oönskad händelse eller ett annat arbetssätt.";
    assert_eq!(more.preview.rows[1].note, note);
    // the same risk twice is still one
    let twice = internkontroll(&[IKP, &first, &second, &first], &[]);
    assert_eq!(twice.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas, 1 dubblett");
    assert_eq!(twice.preview.rows[2].note, "Samma som rad 2.");
}

#[test]
fn a_risk_that_was_written_in_other_words_is_the_row_that_the_plan_has() {
    let [first, second] = [risk("Fel person får del"), risk("Uppgifter röjs")];
    let mut plan = internkontroll(&[IKP, &first, &second], &[]).new;
    plan[1].oonskad_handelse = "Uppgifter röjs för obehöriga".to_owned();
    let read = internkontroll(&[IKP, &first, &second], &plan);
    assert_eq!(read.preview.sentence(), "0 nya rader, 2 finns redan, 0 behöver rättas");
    assert_eq!(read.preview.rows[1].note, "Skiljer sig i Oönskad händelse. Planen ändras inte.");
    // a file without the column means the controls that are there
    let read = internkontroll(
        &[
            &["Process", "Systematisk kontroll", "Utförs", "Kontrollaktivitet"],
            &["Utredning", "Loggkontroll", "varje månad", "Stickprov"],
        ],
        &plan,
    );
    assert_eq!(read.preview.sentence(), "0 nya rader, 1 finns redan, 0 behöver rättas");
}

/// The same fault in the other plan: a goal is merged over the ways in which it is followed up.
#[test]
fn one_kontrollmal_that_is_followed_up_in_two_ways_is_two_rows() {
    let rows: [&[&str]; 3] = [
        &["Kontrollmål", "Metod", "Periodicitet"],
        &["Trygghet", "Stickprov", "tertial"],
        &["Trygghet", "Intervjuer", "år"],
    ];
    let read = egenkontroll(&table(&rows));
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas");
    let names = Names::new(vec![]);
    let again = read_egenkontroll(&table(&rows), &options(&names), &read.new).unwrap();
    assert_eq!(again.preview.sentence(), "0 nya rader, 2 finns redan, 0 behöver rättas");
}
