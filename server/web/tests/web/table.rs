//! Tables as units really have them: each is read as it looks in Excel, and what could be read in two ways is said or asked.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read as _, Write as _};

use crate::import::names;
use domain::{
    egenkontroll,
    import::{Options, Plan, Preview, Read, Table, Verdict, meant, read_egenkontroll, read_internkontroll},
    internkontroll,
    tal::Tal,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use web::import::{read_sheets, read_text};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

mod asked;

/// A file of the tests.
macro_rules! data {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../data/import/", $name)))
    };
}

const PROCESS: (&str, &[u8]) = data!("01a-sammanfogad-process-internkontroll.xlsx");
const KONTROLLMAL: (&str, &[u8]) = data!("01b-sammanfogat-kontrollmal-egenkontroll.xlsx");
const TWO_HEADS: (&str, &[u8]) = data!("02-tvaradig-rubrik.xlsx");
const FORMULAS: (&str, &[u8]) = data!("03a-formelrader-internkontroll.xlsx");
const NUMBERED: (&str, &[u8]) = data!("03b-fornumrerade-rader-egenkontroll.xlsx");
const PER_CENT: (&str, &[u8]) = data!("05-procentformat.xlsx");
const WORKBOOK22: (&str, &[u8]) = data!("07a-workbook22.xlsx");
const BACKSLASHES: (&str, &[u8]) = data!("07b-omvanda-snedstreck.xlsx");
const ERRORS: (&str, &[u8]) = data!("09-svenska-felvarden.csv");
const ERRORS_PASTED: &str = include_str!("../data/import/09-klistra-in.txt");

/// The one table that can be meant.
fn table(plan: Plan, (name, bytes): (&str, &[u8])) -> Table {
    let mut tables = meant(plan, read_sheets(name, bytes).unwrap());
    assert_eq!(tables.len(), 1, "{name}");
    tables.remove(0)
}

fn egenkontroll(table: &Table) -> Read<egenkontroll::Content> {
    let names = names();
    read_egenkontroll(table, &Options { year: 2026, move_dates: false, names: &names }, &[]).unwrap()
}

fn internkontroll(table: &Table) -> Read<internkontroll::Content> {
    let names = names();
    read_internkontroll(table, &Options { year: 2026, move_dates: false, names: &names }, &[]).unwrap()
}

fn read(file: (&str, &[u8])) -> Read<egenkontroll::Content> {
    egenkontroll(&table(Plan::Egenkontroll, file))
}

fn said(preview: &Preview) -> Vec<String> {
    preview.problems().map(|p| format!("{}: {}", p.place(), p.message)).collect()
}

/// A workbook of one sheet.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("Plan").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

/// The same workbook with another text of its parts, or other names.
fn changed(bytes: &[u8], change: impl Fn(&str, String) -> (String, String)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let (name, text) = change(part.name(), text);
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

const HEAD: &[&str] = &["Nr", "Kontrollmål", "Vad kontrolleras", "Metod", "Utförs av", "Periodicitet", "Målvärde (%)"];

#[test]
fn a_merged_cell_gives_its_text_to_all_that_it_covers() {
    let read = internkontroll(&table(Plan::Internkontroll, PROCESS));
    assert_eq!(read.preview.sentence(), "4 nya rader, 0 finns redan, 0 behöver rättas");
    for row in &read.new[..3] {
        assert_eq!((row.process.as_str(), row.sannolikhet, row.konsekvens), ("Utredning", Some(3), Some(4)));
        assert_eq!((row.arbetssatt.as_str(), row.riskvarde()), ("Förhandsbedömning", Some(12)));
    }
    assert_eq!((read.new[3].process.as_str(), read.new[3].riskvarde()), ("Utbetalning", Some(6)));
    assert_eq!(read.preview.notes, ["Bladet ”IKP 2026” är läst."]);

    let read = self::read(KONTROLLMAL);
    let targets: Vec<_> = read.new.iter().map(|c| (c.number.as_str(), c.kontrollmal.as_str())).collect();
    assert_eq!(targets, [("1", "Trygghet"), ("1", "Trygghet"), ("1", "Trygghet"), ("2", "Rättssäkerhet")]);
}

#[test]
fn merged_cells_of_other_shapes_are_read_as_they_look() {
    let plain = Format::new();
    let bytes = workbook(|sheet| {
        // a title and a heading across the table, and a number with its format over two rows
        sheet.merge_range(0, 0, 0, 6, "Egenkontrollplan", &plain).unwrap();
        write(sheet, 1, HEAD);
        sheet.merge_range(2, 0, 2, 6, "Barn och unga", &plain).unwrap();
        sheet.merge_range(3, 0, 4, 0, "", &plain).unwrap();
        sheet.write_number_with_format(3, 0, 1.1, &Format::new().set_num_format("0.00")).unwrap();
        // one cell of two columns and two rows, and one of a single column that reaches below the table
        sheet.merge_range(3, 1, 4, 2, "Trygghet", &plain).unwrap();
        sheet.merge_range(3, 5, 60, 5, "tertial", &plain).unwrap();
        sheet.write_string(3, 3, "Stickprov").unwrap();
        sheet.write_string(4, 3, "Samtal").unwrap();
    });
    let read = self::read(("plan.xlsx", &bytes));
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas", "{:?}", said(&read.preview));
    let (row, content) = (&read.preview.rows[0], &read.new[0]);
    assert_eq!((row.line, content.number.as_str(), content.vad.as_str()), (4, "1.10", "Trygghet"));
    assert_eq!(read.preview.rows[1].cells[..4], ["1.10", "Trygghet", "Trygghet", "Samtal"]);
    assert_eq!(
        read.preview.notes,
        [
            "Bladet ”Plan” är läst.",
            "Rubrikraden är rad 2. Det som står ovanför läses inte in.",
            "En mellanrubrik läses inte in (rad 3)."
        ]
    );
    // what a program left below a merged cell is not seen in Excel, and areas without end cost nothing
    let bytes = changed(PROCESS.1, |name, text| {
        let stale = "<c r=\"A3\" t=\"inlineStr\"><is><t>Gammalt</t></is></c><c r=\"G3\"";
        let text = text.replace("<c r=\"G3\"", stale).replace("ref=\"A2:A4\"", "ref=\"$A$4:$A$2\"");
        (name.to_owned(), text.replace("ref=\"B2:B4\"", "ref=\"XFA2:XFD1048576\""))
    });
    let read = internkontroll(&table(Plan::Internkontroll, ("plan.xlsx", &bytes)));
    assert!(read.new[..3].iter().all(|row| row.process == "Utredning"), "{:?}", read.new);
}

#[test]
fn two_rows_of_heads_are_one() {
    let read = self::read(TWO_HEADS);
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas");
    let first = &read.new[0];
    assert_eq!(
        (first.kontrollmal.as_str(), first.vad.as_str(), first.metod.as_str()),
        ("Trygghet", "Genomförandeplan finns", "Stickprov")
    );
    assert_eq!((first.malvarde, first.dokumentation.as_str()), (Tal::nearest(90.0), "Kvalitetsrapport"));
    assert_eq!(read.preview.notes, ["Bladet ”Egenkontrollplan” är läst.", "Rubriken är rad 1 och 2."]);

    // three rows with a title above, a sum below, and no cell merged
    let bytes = workbook(|sheet| {
        write(sheet, 0, &["Plan för Norr"]);
        write(sheet, 2, &["Vad", "", "Hur", "", "", "Uppföljning"]);
        write(sheet, 3, &["Kontrollmål", "Vad kontrolleras", "Metod", "När", "", "Målvärde"]);
        write(sheet, 4, &["", "", "", "Periodicitet", "Månader", "(%)"]);
        write(sheet, 5, &["Trygghet", "Plan finns", "Stickprov", "tertial", "", "90"]);
        write(sheet, 6, &["Delaktighet", "Samtal", "Stickprov", "valda månader", "mars, oktober", "80"]);
        write(sheet, 7, &["Summa kontroller:", "2"]);
    });
    let read = self::read(("plan.xlsx", &bytes));
    assert_eq!(read.preview.sentence(), "2 nya rader, 0 finns redan, 0 behöver rättas", "{:?}", said(&read.preview));
    assert_eq!((read.new[1].vad.as_str(), read.new[1].malvarde), ("Samtal", Tal::nearest(80.0)));
    assert!(read.preview.notes.contains(&"Summaraden, rad 8, läses inte in.".to_owned()), "{:?}", read.preview.notes);
}

#[test]
fn rows_that_wait_to_be_filled_in_are_none() {
    let read = internkontroll(&table(Plan::Internkontroll, FORMULAS));
    assert_eq!(read.preview.sentence(), "3 nya rader, 0 finns redan, 0 behöver rättas");
    let passed = |n: u32, lines: &str| {
        format!("{n} rader hoppades över: de har bara nummer, nollor eller formler (rad {lines}).")
    };
    assert_eq!(read.preview.notes[1..], [passed(56, "5–60")]);
    let read = self::read(NUMBERED);
    assert_eq!(read.preview.sentence(), "3 nya rader, 0 finns redan, 0 behöver rättas");
    assert_eq!(read.preview.notes[1..], [passed(37, "5–41")]);

    // more of them than a plan has rows; a number, an answer and a process by formulas, and a figure in a column of the unit's own
    let bytes = workbook(|sheet| {
        write(sheet, 0, &["Process", "Med i IKP", "Systematisk kontroll", "Kontrollaktivitet", "Utförs", "Poäng"]);
        write(sheet, 1, &["Utredning", "ja", "Antal dagar", "Listan läses", "år", "3"]);
        for row in 2..5_000 {
            sheet.write_formula(row, 0, Formula::new("=A2").set_result("Utredning")).unwrap();
            sheet.write_string(row, 1, "ja").unwrap();
            sheet.write_formula(row, 2, Formula::new("=Blad2!A1").set_result("0")).unwrap();
            sheet.write_number(row, 5, 3).unwrap();
        }
    });
    let read = internkontroll(&table(Plan::Internkontroll, ("plan.xlsx", &bytes)));
    assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas");
    assert!(read.preview.notes.contains(&passed(4_998, "3–5000")), "{:?}", read.preview.notes);
}

#[test]
fn a_cell_in_per_cent_format_is_what_it_shows() {
    let goals = |read: &Read<egenkontroll::Content>| read.new.iter().map(|c| c.malvarde).collect::<Vec<_>>();
    let read = self::read(PER_CENT);
    assert_eq!(goals(&read), [75.0, 97.5, 100.0, 0.9].map(Tal::nearest));
    assert!(said(&read.preview).is_empty());

    let bytes = workbook(|sheet| {
        write(sheet, 0, &["Kontrollmål", "Periodicitet", "Målvärde"]);
        for (row, (x, code)) in
            (1..).zip([(0.915, "0.0\\ %"), (0.8, "[Blue]0%;[Red]-0%"), (75.0, "0\" %\""), (0.333, "0%")])
        {
            write(sheet, row, &[&format!("Mål {row}"), "år"]);
            sheet.write_number_with_format(row, 2, x, &Format::new().set_num_format(code)).unwrap();
        }
        write(sheet, 5, &["Uträknat", "år"]);
        let per_cent = Format::new().set_num_format("0.00%");
        sheet.write_formula_with_format(5, 2, Formula::new("=1/2").set_result("0.5"), &per_cent).unwrap();
        write(sheet, 6, &["Utan format", "år"]);
        sheet.write_number(6, 2, 0.75).unwrap();
    });
    let read = self::read(("plan.xlsx", &bytes));
    assert_eq!(goals(&read), [91.5, 80.0, 75.0, 33.3, 50.0].map(Tal::nearest));
    let asked = said(&read.preview);
    assert!(asked.len() == 1 && asked[0].starts_with("Rad 7, Målvärde: Är det 75\u{a0}%"), "{asked:?}");
}

#[test]
fn a_number_is_read_as_excel_shows_it_and_a_day_made_of_one_is_asked_about() {
    let bytes = workbook(|sheet| {
        write(sheet, 0, &["Nr", "Kontrollmål", "Periodicitet"]);
        for (row, (x, code)) in
            (1..).zip([(1.1, "0.00"), (7.0, "\"K.\"0"), (3.0, "000"), (1.9, "General"), (1.1, "General"), (2.0, "0.0")])
        {
            sheet.write_number_with_format(row, 0, x, &Format::new().set_num_format(code)).unwrap();
            sheet.write_string(row, 1, format!("Mål {row}")).unwrap();
            sheet.write_string(row, 2, "år").unwrap();
        }
        let day = Format::new().set_num_format("d-mmm");
        sheet.write_datetime_with_format(7, 0, ExcelDateTime::from_ymd(2026, 10, 1).unwrap(), &day).unwrap();
        sheet.write_string(7, 1, "Mål 7").unwrap();
        sheet.write_string(7, 2, "år").unwrap();
    });
    let read = self::read(("plan.xlsx", &bytes));
    let numbers: Vec<_> = read.new.iter().map(|c| c.number.as_str()).collect();
    assert_eq!(numbers, ["1.10", "K.7", "003", "1.9", "1.1", "2.0"]);
    let asked = said(&read.preview);
    assert!(
        asked.len() == 1
            && asked[0]
                .starts_with("Rad 8, Nr: Excel har gjort ett datum av numret: 2026-10-01. Är det 1.10 eller 10.1?"),
        "{asked:?}"
    );
}

#[test]
fn a_workbook_is_found_whatever_its_parts_are_called() {
    for file in [WORKBOOK22, BACKSLASHES] {
        let read = self::read(file);
        assert_eq!(read.preview.sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas", "{}", file.0);
        assert_eq!((read.new[0].kontrollmal.as_str(), read.new[0].malvarde), ("Trygghet", Tal::nearest(90.0)));
        assert_eq!(read.preview.notes, ["Bladet ”Sheet” är läst."]);
    }
    // another folder, capital letters, detours and full addresses, texts and formats called otherwise
    let bytes = workbook(|sheet| {
        write(sheet, 0, HEAD);
        write(sheet, 1, &["K.1", "Trygghet", "Plan", "Stickprov", "Enhetschef", "år"]);
        sheet.write_number_with_format(1, 6, 0.9, &Format::new().set_num_format("0%")).unwrap();
    });
    let moved = |name: &str, text: String| {
        let name = match name {
            "xl/workbook.xml" => "Bok/Huvud.XML",
            "xl/_rels/workbook.xml.rels" => "bok/_rels/huvud.xml.rels",
            "xl/worksheets/sheet1.xml" => "bok/blad/ett.xml",
            "xl/sharedStrings.xml" => "Texter.xml",
            "xl/styles.xml" => "bok\\utseende.xml",
            other => other,
        };
        let text = text
            .replace("Target=\"xl/workbook.xml\"", "Target=\"/bok/./huvud.xml\"")
            .replace("Target=\"worksheets/sheet1.xml\"", "Target=\"blad/../blad/ett.xml\"")
            .replace("Target=\"sharedStrings.xml\"", "Target=\"../texter.xml\"")
            .replace("Target=\"styles.xml\"", "Target=\"/Bok/Utseende.xml\"");
        (name.to_owned(), text)
    };
    let read = self::read(("plan.xlsx", &changed(&bytes, moved)));
    assert_eq!((read.new[0].kontrollmal.as_str(), read.new[0].malvarde), ("Trygghet", Tal::nearest(90.0)));
    // one that is not whole is refused with what it lacks
    let without_sheet = changed(&bytes, |name, text| (name.replace("sheet1.xml", "sheet9.xml"), text));
    assert_eq!(
        read_sheets("plan.xlsx", &without_sheet).unwrap_err(),
        "Excelfilen är inte hel: bladet ”Plan” saknas i den. Öppna den i Excel och spara den på nytt som xlsx."
    );
    let without_workbook = changed(&bytes, |name, text| (name.replace("xl/workbook.xml", "xl/bok.xml"), text));
    assert!(
        read_sheets("plan.xlsx", &without_workbook)
            .unwrap_err()
            .starts_with("Excelfilen är inte hel: den hänvisar till delen xl/workbook.xml, som saknas.")
    );
}

#[test]
fn the_error_words_of_a_swedish_excel_are_named_by_cell() {
    let expected = [
        "Rad 2, Vad kontrolleras: Cellen B2 visar felet #SAKNAS! i Excel. Skriv det som ska stå där.",
        "Rad 2, Hur dokumenteras: Cellen E2 visar felet #REFERENS! i Excel. Skriv det som ska stå där.",
        "Rad 3, Metod: Cellen C3 visar felet #VÄRDEFEL! i Excel. Skriv det som ska stå där.",
        "Rad 3, Hur dokumenteras: Cellen E3 visar felet #NAMN? i Excel. Skriv det som ska stå där.",
        "Rad 4, Vad kontrolleras: Cellen B4 visar felet #DIVISION/0! i Excel. Skriv det som ska stå där.",
        "Rad 4, Hur dokumenteras: Cellen E4 visar felet #OGILTIGT! i Excel. Skriv det som ska stå där.",
    ];
    for table in [table(Plan::Egenkontroll, ERRORS), read_text(ERRORS_PASTED).unwrap()] {
        let read = egenkontroll(&table);
        assert_eq!(said(&read.preview), expected);
        assert_eq!(read.preview.count(Verdict::Faulty), 3);
    }
    // an error that is younger than any list of them, in a workbook
    let bytes = workbook(|sheet| {
        write(sheet, 0, &["Kontrollmål", "Periodicitet", "Metod"]);
        write(sheet, 1, &["Trygghet", "år"]);
        sheet.write_formula(1, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    });
    let spilled = changed(&bytes, |name, text| (name.to_owned(), text.replace("<v>#DIV/0!</v>", "<v>#SPILL!</v>")));
    for (bytes, word) in [(bytes, "#DIV/0!"), (spilled, "#SPILL!")] {
        let read = self::read(("plan.xlsx", &bytes));
        assert_eq!(
            said(&read.preview),
            [format!("Rad 2, Metod: Cellen C2 visar felet {word} i Excel. Skriv det som ska stå där.")]
        );
    }
}

#[test]
fn a_formula_without_its_value_and_hidden_rows_are_told_of() {
    let bytes = workbook(|sheet| {
        write(sheet, 0, HEAD);
        for row in 1..8 {
            write(
                sheet,
                row,
                &[&format!("K.{row}"), &format!("Mål {row}"), "Ärenden", "Stickprov", "Enhetschef", "år"],
            );
        }
        sheet.write_formula(6, 1, "=A7").unwrap();
        sheet.write_formula(6, 6, "=90").unwrap();
        sheet.write_formula(9, 0, "=A1").unwrap();
        for row in [2, 4, 5] {
            sheet.set_row_hidden(row).unwrap();
        }
        sheet.set_column_hidden(3).unwrap();
    });
    let bytes = changed(&bytes, |name, text| (name.to_owned(), text.replace("</f><v>0</v>", "</f>")));
    let read = self::read(("plan.xlsx", &bytes));
    let rest = "har en formel utan sparat värde. Öppna filen i Excel, spara den och läs in den igen.";
    assert_eq!(
        said(&read.preview),
        [format!("Rad 7, Kontrollmål: Cellen B7 {rest}"), format!("Rad 7, Målvärde (%): Cellen G7 {rest}")]
    );
    assert_eq!(
        read.preview.notes[1..],
        [
            "3 rader är dolda i Excel (rad 3, 5 och 6). De läses som de andra: ta bort dem i filen om de inte ska med.",
            "Kolumn D är dold i Excel. Den läses som de andra.",
            "1 rad hoppades över: den har bara nummer, nollor eller formler (rad 10)."
        ]
    );
    assert_eq!(read.preview.rows[1].note, "Raden är dold i Excel.");
}
