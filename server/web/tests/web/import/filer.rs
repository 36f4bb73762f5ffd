//! Files as people have them: whatever program wrote them, the same plan is read, and what was not read is said.

use domain::import::{Options, Preview, Table, Verdict, read_egenkontroll, read_internkontroll};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use web::import::{read_file, read_text};

use super::{BROMMA, BROMMA_IKP, HASSELBY, bromma, names, previewed, rows, text_of, upload};

fn preview(table: &Table, year: i32, move_dates: bool, ikp: bool) -> Preview {
    let names = names();
    let options = Options { year, move_dates, names: &names };
    if ikp {
        read_internkontroll(table, &options, &[]).unwrap().preview
    } else {
        read_egenkontroll(table, &options, &[]).unwrap().preview
    }
}

#[test]
fn the_plans_of_the_units_are_read_whole() {
    for (text, rows, ikp) in [(BROMMA, 7, false), (HASSELBY, 4, false), (BROMMA_IKP, 4, true)] {
        let table = read_text(text).unwrap();
        let read = preview(&table, 2022, false, ikp);
        assert_eq!(read.problems().collect::<Vec<_>>(), Vec::<&domain::import::Problem>::new());
        assert!(read.notes.is_empty(), "every column is known: {:?}", read.notes);
        assert_eq!((read.rows.len(), read.count(Verdict::New)), (rows, rows));
    }
    let table = read_text(BROMMA_IKP).unwrap();
    assert_eq!(preview(&table, 2026, false, true).outside_year, 4);
    assert_eq!(preview(&table, 2026, true, true).sentence(), "4 nya rader, 0 finns redan, 0 behöver rättas");
}

/// What is copied in Excel holds quotes that are letters, and marks that mean the row above.
#[tokio::test]
async fn ditto_marks_are_filled_and_said_and_quotes_stay_when_a_plan_is_pasted() {
    const DITTO: &str = include_str!("../../../../../app/domain/testdata/falt/10a-dito-tecken.txt");
    const QUOTES: &str = include_str!("../../../../../app/domain/testdata/falt/10b-citat-forst-i-cellen.txt");
    let (app, cookie) = bromma().await;
    let enhet = app.enhet.to_string();
    let read = preview(&read_text(DITTO).unwrap(), 2026, false, false);
    assert_eq!(read.notes, ["2 ditotecken (rad 3 och 4) är ifyllda med det som står ovanför."]);
    let goals: Vec<&str> = read.rows.iter().map(|r| r.cells[0].as_str()).collect();
    assert_eq!(goals, ["Trygghet", "Trygghet", "Trygghet", "Delaktighet"]);
    let fields = [("enhet", enhet.as_str()), ("ar", "2026"), ("text", QUOTES)];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, None).await;
    let page = text_of(&app.get(answer.to().split('#').next().unwrap(), &cookie).await.body);
    assert!(page.contains("2 nya rader") && page.contains("\"Trygg hemma\" följs upp"), "{page}");
    // the same marks in a workbook
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let cells = [["Kontrollmål", "Periodicitet"], ["Trygghet", "tertial"], ["Mat", "-”-"]];
    for (row, cells) in (0..).zip(cells) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let read = preview(&read_file("plan.xlsx", &workbook.save_to_buffer().unwrap()).unwrap(), 2026, false, false);
    assert_eq!(read.rows[1].cells, ["Mat", "tertial"]);
    assert!(read.notes.iter().any(|n| n.starts_with("1 ditotecken")), "{:?}", read.notes);
}

#[test]
fn a_plan_is_the_same_whatever_program_saved_it() {
    let expected = read_text(BROMMA).unwrap();
    let comma = {
        let quoted = |cell: &String| {
            let needed = cell.contains([',', '"', '\n']);
            if needed { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
        };
        let line = |row: &domain::import::Row| {
            let mut cells: Vec<String> = row.cells.iter().map(quoted).collect();
            cells.resize(9, String::new());
            cells.join(",")
        };
        expected.rows().iter().map(line).collect::<Vec<_>>().join("\n").into_bytes()
    };
    let latin = encoding_rs::WINDOWS_1252.encode(&BROMMA.replace("\r\n", "\n").replace('\n', "\r\n")).0.into_owned();
    let bom = [&[0xef, 0xbb, 0xbf], BROMMA.as_bytes()].concat();
    for bytes in [comma, latin, bom] {
        assert_eq!(read_file("plan.csv", &bytes).unwrap().rows(), expected.rows());
    }
    assert_eq!(read_file("plan.xlsx", &as_xlsx(&expected)).unwrap().rows(), expected.rows());
}

/// The same cells as Excel would hold them: numbers as numbers.
fn as_xlsx(table: &Table) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Om planen").unwrap().write_string(0, 0, "Gjord 2022").unwrap();
    let sheet = workbook.add_worksheet();
    for row in table.rows() {
        for (column, cell) in (0..).zip(&row.cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row.line - 1, column, number).unwrap(),
                Err(_) => sheet.write_string(row.line - 1, column, cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn days_in_excel_are_days() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in (0..).zip(["Kontrollmål", "Periodicitet", "Start", "Målvärde (%)", "Månader"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    sheet.write_string(1, 0, "Våld").unwrap();
    sheet.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(2022, 1, 27).unwrap(), &day).unwrap();
    sheet.write_number(1, 3, 97.5).unwrap();
    sheet.write_number(1, 4, 4.8).unwrap();
    // a cell at the far corner costs nothing
    sheet.write_blank(1_048_575, 16_383, &Format::new().set_bold()).unwrap();
    let table = read_file("plan.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(table.rows()[1].cells, ["Våld", "", "2022-01-27", "97,5", "4,8"]);
    assert_eq!(preview(&table, 2022, false, false).sentence(), "1 ny rad, 0 finns redan, 0 behöver rättas");
}

/// A sheet that can be the plan.
fn plan_sheet(workbook: &mut Workbook, name: &str) {
    let sheet = workbook.add_worksheet().set_name(name).unwrap();
    for (row, cells) in (0..).zip([["Kontrollmål", "Periodicitet"], ["Trygghet", "tertial"]]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
}

#[tokio::test]
async fn sheets_behind_the_first_twenty_are_said_at_the_choice_and_at_the_preview() {
    const SAID: &str = "Bara de 20 första bladen gås igenom, så bladen ”Blad 21” och ”Blad 22” är inte lästa.";
    let (app, cookie) = bromma().await;
    for plans in [1, 2] {
        let mut workbook = Workbook::new();
        for n in 1..=22 {
            let name = format!("Blad {n}");
            if n <= plans {
                plan_sheet(&mut workbook, &name);
            } else {
                workbook.add_worksheet().set_name(&name).unwrap().write_string(0, 0, "Anteckningar").unwrap();
            }
        }
        let bytes = workbook.save_to_buffer().unwrap();
        let (address, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.xlsx", &bytes).await;
        assert_eq!(page.contains("Vilket blad ska läsas in som egenkontrollplan?"), plans == 2, "{page}");
        assert_eq!(page.matches(SAID).count(), 1, "{page}");
        let page = text_of(&app.get(&format!("{address}&blad=1"), &cookie).await.body);
        assert!(page.contains("1 ny rad, 0 finns redan") && page.contains(SAID), "{page}");
    }
}

#[tokio::test]
async fn a_tab_that_is_called_after_a_person_is_counted_and_not_named() {
    let (app, cookie) = bromma().await;
    let mut workbook = Workbook::new();
    plan_sheet(&mut workbook, "2026");
    workbook.add_worksheet().set_name("060606-1232").unwrap().write_string(0, 0, "x").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let (_, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.xlsx", &bytes).await;
    assert!(page.contains("Bladet ”2026” är läst. Arbetsboken har också ett blad, som inte är läst."), "{page}");
    assert!(!page.contains("060606"), "{page}");
}

/// Excel and all that follow it refuse to write such a file: it is made by hand, out of one that is right.
#[tokio::test]
async fn merged_areas_that_lie_over_each_other_are_refused_by_the_names_of_their_cells() {
    let (app, cookie) = bromma().await;
    let mut workbook = Workbook::new();
    plan_sheet(&mut workbook, "2026");
    let sheet = workbook.worksheet_from_index(0).unwrap();
    sheet.merge_range(1, 1, 2, 1, "tertial", &Format::new()).unwrap();
    let right = workbook.save_to_buffer().unwrap();
    let (_, page) = previewed(&app, &cookie, "egenkontroll", "2026", "plan.xlsx", &right).await;
    assert!(page.contains("1 ny rad"), "{page}");
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(right)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if part.name() == "xl/worksheets/sheet1.xml" {
            let one = "<mergeCell ref=\"B2:B3\"/>";
            assert!(text.contains(one), "{text}");
            text = text.replace(one, &format!("{one}<mergeCell ref=\"A3:C3\"/>"));
        }
        out.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, text.as_bytes()).unwrap();
    }
    let wrong = out.finish().unwrap().into_inner();
    let enhet = app.enhet.to_string();
    let fields = [("enhet", &*enhet), ("ar", "2026")];
    let answer = upload(&app, &cookie, "egenkontroll", &fields, Some(("plan.xlsx", &wrong))).await;
    assert!(answer.to().ends_with("#fel"), "{}", answer.to());
    let page = text_of(&app.get(answer.to().trim_end_matches("#fel"), &cookie).await.body);
    assert!(page.contains("Sammanfogade celler ligger över varandra i filen (B2:B3 och A3:C3)"), "{page}");
    assert!(rows(&app, 2026).await.is_empty());
}
