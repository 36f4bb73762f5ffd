//! Tables as Excel has them: formulas, errors, merged and hidden cells, numbers with a format.

use super::*;

#[test]
fn rows_that_are_only_numbered_beforehand_are_none() {
    let read = read(&[
        &["Nr", "Kontrollmål", "Periodicitet", "Riskvärde", "Läggs på enheterna", "Antal ord"],
        &["K.1", "Våld", "år", "0", "", "4"],
        &["K.2", "", "", "0", "", ""],
        &["K.3", "", "", "", "nej", "0"],
        &["", "-", "0", "12", "", "0"],
        &["K.5", "", "", "#SAKNAS!", "ja", ""],
        &["K.6", "ANDT", "", "", "", ""],
    ]);
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 1 behöver rättas");
    assert_eq!(
        notes(&read),
        [
            "Kolumnen ”Antal ord” känns inte igen och läses inte in.",
            "4 rader hoppades över: de har bara nummer, nollor eller formler (rad 3–6)."
        ]
    );
    assert_eq!(
        refusal(&[HEADER, &["1"], &["2"], &["3"]]),
        "Tabellen har en rubrikrad men ingen ifylld rad under den. 3 rader har bara nummer, nollor, formler eller \
         mellanrubriker."
    );
    // numbered further down than a plan can be long
    let many: Vec<&[&str]> = [HEADER, BKA].into_iter().chain(std::iter::repeat_n(&["7"][..], 5_000)).collect();
    assert_eq!(self::read(&many).new.len(), 1);
}

#[test]
fn what_a_formula_gives_counts_where_it_says_what_the_row_is_about() {
    let mut table = table(&[&["Nr", "Kontrollmål", "Metod", "Periodicitet"], &["1", "Våld", "Stickprov", "år"]]);
    let formulas = |places: &[u16]| places.iter().map(|p| (*p, Mark::Formula)).collect::<Vec<_>>();
    table.push_marked(3, ["2", "", "Stickprov", "år"], formulas(&[0, 2, 3]));
    table.push_marked(4, ["3", "ANDT", "Stickprov", "år"], formulas(&[0, 1, 2, 3]));
    table.push_marked(5, ["4", "0", "0", "0"], formulas(&[0, 1, 2, 3]));
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let read = read_egenkontroll(&table, &options, &[]).unwrap();
    assert_eq!(read.preview.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(notes(&read), ["2 rader hoppades över: de har bara nummer, nollor eller formler (rad 3 och 5)."]);
}

#[test]
fn a_formula_whose_value_is_not_in_the_file_is_named_by_its_cell() {
    let mut table = table(&[&["Nr", "Kontrollmål", "Vad kontrolleras", "Periodicitet", "Riskvärde"]]);
    table.push_marked(6, ["1", "Våld", "", "år"], vec![(4, Mark::NoValue)]);
    table.push_marked(7, ["2", "ANDT", "", "", ""], vec![(2, Mark::NoValue), (3, Mark::NoValue)]);
    // nothing but a formula, but that may be what the row is about
    table.push_marked(8, [""; 0], vec![(1, Mark::NoValue)]);
    table.push_marked(9, [""; 0], vec![(4, Mark::NoValue)]);
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let read = read_egenkontroll(&table, &options, &[]).unwrap();
    let said: Vec<_> = read.preview.problems().map(|p| format!("{}: {}", p.place(), p.message)).collect();
    let rest = "har en formel utan sparat värde. Öppna filen i Excel, spara den och läs in den igen.";
    assert_eq!(said[0], format!("Rad 7, Vad kontrolleras: Cellen C7 {rest}"));
    assert_eq!(said[1], format!("Rad 7, Periodicitet: Cellen D7 {rest}"));
    assert_eq!(said[2], format!("Rad 8, Kontrollmål: Cellen B8 {rest}"));
    assert_eq!(read.new.len(), 1);
    assert_eq!(notes(&read), ["1 rad hoppades över: den har bara nummer, nollor eller formler (rad 9)."]);
    // a reader of another kind of table has it in one sentence
    table.note_unread();
    assert_eq!(table.notes(), [format!("Cellerna E6, C7, D7, B8, E9 {}", rest.replace("en formel", "formler"))]);
}

#[test]
fn swedish_error_words_are_named_by_cell() {
    let read = read(&[
        &["Kontrollmål", "Vad kontrolleras", "Metod", "Periodicitet", "Hur dokumenteras"],
        &["Trygghet", "#SAKNAS!", "Stickprov", "tertial", "#REFERENS!"],
        &["Rättssäkerhet", "Beslut", "#VÄRDEFEL!", "kvartal", "#NAMN?"],
        &["Delaktighet", "#DIVISION/0!", "Samtal", "år", "#OGILTIGT!"],
        &["Hjälp!", "#1 av 2", "# Metod", "år", "Vad?"],
    ]);
    let said: Vec<_> = read.preview.problems().map(|p| p.message.as_str()).collect();
    let expected = [
        "B2 visar felet #SAKNAS!",
        "E2 visar felet #REFERENS!",
        "C3 visar felet #VÄRDEFEL!",
        "E3 visar felet #NAMN?",
        "B4 visar felet #DIVISION/0!",
        "E4 visar felet #OGILTIGT!",
    ];
    assert_eq!(said.len(), 6);
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(*said, format!("Cellen {expected} i Excel. Skriv det som ska stå där."));
    }
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 3 behöver rättas");
}

#[test]
fn a_heading_across_the_table_is_no_row() {
    let mut table = table(&[&["Process", "Systematisk kontroll", "Kontrollaktivitet", "Utförs"]]);
    let across = |text: &str| [text.to_owned(), text.to_owned(), text.to_owned(), text.to_owned()];
    let marks = vec![(0, Mark::Wide), (1, Mark::Covered), (2, Mark::Covered), (3, Mark::Covered)];
    table.push_marked(2, across("Barn och unga"), marks.clone());
    table.push(3, ["Utredning", "Antal dagar", "Listan läses", "år"]);
    table.push_marked(4, across("Vuxna"), marks);
    // two cells of a row in one: both have its text, and the row is a row
    table.push_marked(5, ["Utredning", "Samma", "Samma", "år"], vec![(1, Mark::Wide), (2, Mark::Covered)]);
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let read = read_internkontroll(&table, &options, &[]).unwrap();
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas");
    assert_eq!(read.new[1].kontrollaktivitet, "Samma");
    assert_eq!(read.preview.notes, ["2 mellanrubriker läses inte in (rad 2 och 4)."]);
}

#[test]
fn a_number_is_read_as_excel_shows_it_or_asked_about() {
    let mut table = table(&[&["Nr", "Kontrollmål", "Periodicitet"]]);
    table.push_marked(2, ["1,1", "a", "år"], vec![(0, Mark::Shown("1,10".into()))]);
    table.push(3, ["2026-10-01", "b", "år"]);
    table.push(4, ["01-okt", "c", "år"]);
    table.push(5, ["2.1", "d", "år"]);
    table.push(6, ["2,9", "e", "år"]);
    table.push(7, ["2,1", "f", "år"]);
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let first = read_egenkontroll(&table, &options, &[]).unwrap();
    let numbers: Vec<_> = first.new.iter().map(|c| c.number.as_str()).collect();
    assert_eq!(numbers, ["1.10", "2.1", "2.9"]);
    assert_eq!(first.preview.rows[0].cells[0], "1.10");
    let asked: Vec<_> = first.preview.problems().map(Problem::place).collect();
    assert_eq!(asked, ["Rad 3, Nr", "Rad 4, Nr", "Rad 7, Nr"]);
    // a plan that was read in before has the comma
    let before: Vec<Content> =
        first.new.iter().map(|c| Content { number: c.number.replace('.', ","), ..c.clone() }).collect();
    let again = read_egenkontroll(&table, &options, &before).unwrap();
    assert_eq!(again.preview.count(Verdict::AlreadyThere), 3);
    assert!(again.preview.rows.iter().all(|r| !r.note.contains("Skiljer")), "{:?}", again.preview.rows);
}

#[test]
fn a_row_that_is_hidden_in_excel_says_so() {
    let mut table = table(&[&["Kontrollmål", "Periodicitet"], &["Våld", "år"]]);
    table.push_marked(3, ["ANDT", "år"], vec![(0, Mark::Hidden)]);
    table.note("Rad 3 är dold.");
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let read = read_egenkontroll(&table, &options, &[]).unwrap();
    assert_eq!(read.preview.rows[1].note, "Raden är dold i Excel.");
    assert_eq!(notes(&read), ["Rad 3 är dold."]);
}

#[test]
fn a_row_of_nothing_but_errors_is_named_cell_by_cell() {
    let head: &[&str] = &["Nr", "Kontrollmål", "Vad kontrolleras", "Metod", "Periodicitet", "Riskvärde"];
    let mut table = table(&[head, &["1", "Våld", "Akter", "Stickprov", "år", "4"]]);
    let formulas = |places: &[u16]| places.iter().map(|p| (*p, Mark::Formula)).collect::<Vec<_>>();
    let error = "#SAKNAS!";
    table.push(3, [error, error, error, error, error, error]);
    // the same as formulas, as a workbook says
    table.push_marked(4, ["2", error, error, error, error, error], formulas(&[1, 2, 3, 4, 5]));
    // formulas that say nothing of what the row is about, an error in place of the number, and a sum of nothing
    table.push_marked(5, ["3", "", "", error, error, ""], formulas(&[3, 4]));
    table.push_marked(6, [error, "", "", "", "", ""], formulas(&[0]));
    table.push_marked(7, ["5", "", "", "", "", error], formulas(&[5]));
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let read = read_egenkontroll(&table, &options, &[]).unwrap();
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 2 behöver rättas");
    let said: Vec<_> = read.preview.problems().map(|p| p.message.split(" visar").next().unwrap()).collect();
    assert_eq!(
        said,
        [
            "Cellen A3",
            "Cellen B3",
            "Cellen C3",
            "Cellen D3",
            "Cellen E3",
            "Cellen B4",
            "Cellen C4",
            "Cellen D4",
            "Cellen E4"
        ]
    );
    assert_eq!(
        notes(&read),
        [
            "1 rad hoppades över: den har bara nummer, nollor eller formler (rad 7).",
            "2 rader hoppades över: utom nummer har de bara fel från Excel, som #SAKNAS! (rad 5 och 6). Rätta dem i filen om de \
             ska med."
        ]
    );
}

#[test]
fn a_month_that_shows_an_error_is_no_month_with_a_cross() {
    let read = read(&[
        &["Kontrollmål", "jan", "feb", "mars"],
        &["Våld", "x", "", ""],
        &["ANDT", "x", "#SAKNAS!", "#REFERENS!"],
    ]);
    assert_eq!(read.new.len(), 1);
    let said: Vec<_> = read.preview.problems().map(|p| format!("{}: {}", p.place(), p.message)).collect();
    assert_eq!(
        said,
        [
            "Rad 3: Cellen C3 visar felet #SAKNAS! i Excel. Skriv det som ska stå där.",
            "Rad 3: Cellen D3 visar felet #REFERENS! i Excel. Skriv det som ska stå där."
        ]
    );
}

#[test]
fn a_row_that_was_read_in_when_its_number_was_taken_without_format_is_still_the_same_row() {
    let shown = |text: &str| vec![(0, Mark::Shown(text.to_owned()))];
    let mut file = table(&[&["Nr", "Kontrollmål", "Periodicitet"]]);
    file.push_marked(2, ["1,1", "Trygghet", "år"], shown("1,10"));
    file.push_marked(3, ["7", "Delaktighet", "år"], shown("K.7"));
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let first = read_egenkontroll(&file, &options, &[]).unwrap();
    assert_eq!(first.new.iter().map(|c| c.number.as_str()).collect::<Vec<_>>(), ["1.10", "K.7"]);
    // as an earlier version had them
    let number = |of: &Content, number: &str| Content { number: number.to_owned(), ..of.clone() };
    for before in ["1.1", "1,1"] {
        let before = [number(&first.new[0], before), number(&first.new[1], "7")];
        let again = read_egenkontroll(&file, &options, &before).unwrap();
        assert_eq!(again.preview.sentence(), "0 nya rader, 2 finns redan, 0 behöver rättas");
        assert_eq!(again.preview.rows[0].note, "Skiljer sig i Nr. Planen ändras inte.");
    }
    // where 1.1 and 1.10 are two rows of the file, the one that the plan has is not taken for the other
    file.push(4, ["1,1", "Trygghet", "år"]);
    let before = [number(&first.new[0], "1.1")];
    let both = read_egenkontroll(&file, &options, &before).unwrap();
    let verdicts: Vec<_> = both.preview.rows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Verdict::New, Verdict::New, Verdict::AlreadyThere]);
}

#[test]
fn a_workbook_with_sheets_that_nobody_looked_at_says_so_also_when_no_plan_is_found() {
    let beyond = "Bara de 20 första bladen gås igenom, så bladet ”Norr” är inte läst.";
    let names = names();
    let options = Options { year: 2026, move_dates: false, names: &names };
    let mut plan = table(&[&["Kontrollmål", "Periodicitet"], &["Våld", "år"]]);
    plan.note_beyond(beyond);
    assert_eq!(notes(&read_egenkontroll(&plan, &options, &[]).unwrap()), [beyond]);
    let mut none = table(&[&["Nr", "Metod"], &["1", "x"]]);
    none.note_beyond(beyond);
    let refusal = read_egenkontroll(&none, &options, &[]).unwrap_err().message;
    assert!(
        refusal.starts_with("Kolumnerna Kontrollmål och Periodicitet saknas.") && refusal.ends_with(beyond),
        "{refusal}"
    );
}
