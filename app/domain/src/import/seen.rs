//! Plans as people see them in Excel and mean them: heads of two rows, ditto marks, one control for several risks.

use super::*;

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
    assert_eq!((read.new[0].number.as_str(), read.new[0].malvarde), ("K.1.1", Some(90.0)));
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
    assert_eq!(read.new[0].malvarde, Some(90.0));
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
    assert_eq!(read.preview.notes, ["3 ditotecken är ifyllda med det som står ovanför, rad 5."]);
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
