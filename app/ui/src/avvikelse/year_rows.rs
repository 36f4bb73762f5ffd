//! Year rows: counts of years from before, pasted from a table such as that of the kvalitetsberättelse: a row for each year,
//! cells with tabs or semicolons between, in the order of [`HEAD`] or in the order of a heading with its words.

use chrono::NaiveDate;
use domain::{
    avvikelse::register::{Counts, YearForm, check_year, is_unknown, kategori_text},
    field::FieldError,
    rows, table,
};

/// The columns by themselves.
pub const HEAD: [&str; 8] = [
    "År",
    "Klagomål/synpunkter",
    "Avvikelser",
    "Lex Sarah",
    "Personuppgiftsincidenter",
    "Anmälda till IVO",
    "Anmälda till IMY",
    "Positiva synpunkter",
];
/// The most rows.
const MOST: usize = 40;

fn fault(message: String) -> FieldError {
    FieldError { field: "rows".to_owned(), message }
}

/// Which of [`HEAD`] a heading's cell is.
fn column(cell: &str) -> Option<usize> {
    let cell = cell.to_lowercase();
    if cell.contains("positiv") {
        return Some(7);
    }
    let words = [
        &["år"][..],
        &["klagomål", "synpunkt"],
        &["avvikelse"],
        &["lex sarah", "missförhållande"],
        &["personuppgift", "pui"],
        &["ivo"],
        &["imy", "datainspektionen"],
    ];
    words.iter().position(|names| names.iter().any(|n| cell.contains(n)))
}

/// What was pasted, as read.
#[derive(Debug)]
pub struct Years {
    /// Each year with its counts.
    pub years: Vec<(i32, Counts)>,
    /// What was passed by and what was filled, in sentences for the user.
    pub notes: Vec<String>,
}

/// Reads what was pasted. Every row that is wrong is told of, with its place. A year that is there keeps its table of categories,
/// which has no columns here.
pub fn read(text: &str, standing: &[(i32, Counts)], today: NaiveDate) -> Result<Years, Vec<FieldError>> {
    let records = table::typed(text);
    let has_figures = |names: &[String]| names.iter().any(|c| c.starts_with(|c: char| c.is_ascii_digit()));
    let is_head = |names: &[String]| {
        // a title above the table stands alone in its row
        let several = names.iter().filter(|c| !c.is_empty()).count() > 1;
        several && names.iter().any(|c| column(c) == Some(0)) && !has_figures(names)
    };
    let parts = rows::parts(&records, column, is_head);
    let body = table::body(records, parts);
    let order: Vec<Option<usize>> = match &body.head {
        Some(names) => names.iter().map(|c| column(c)).collect(),
        None if body.rows.first().is_some_and(|r| !has_figures(&r.cells)) => {
            return Err(vec![fault("Rubrikraden saknar en kolumn för år.".to_owned())]);
        }
        None => (0..HEAD.len()).map(Some).collect(),
    };
    if body.rows.len() > MOST {
        return Err(vec![fault(format!("Högst {MOST} år åt gången."))]);
    }
    let (mut years, mut faults, mut notes) = (Vec::new(), Vec::new(), body.notes);
    for row in &body.rows {
        if row.cells.iter().any(|c| table::is_ditto(c)) {
            faults.push(fault(format!("Rad {}: {}", row.line, table::NOTHING_ABOVE)));
            continue;
        }
        let cell = |of: usize| {
            let at = order.iter().position(|o| *o == Some(of));
            at.map_or("", |at| row.cell(at)).to_owned()
        };
        // what is shown as a blank is one when it comes back
        let figure = |of: usize| Some(cell(of)).filter(|text| !is_unknown(text)).unwrap_or_default();
        let same = |year: &i32| cell(0).trim() == year.to_string();
        let kept = standing.iter().find(|(year, _)| same(year)).and_then(|(_, counts)| counts.kategorier.as_ref());
        let form = YearForm {
            year: cell(0),
            klagomal: figure(1),
            positiva: figure(7),
            kategorier: kept.map_or_else(String::new, |kept| kategori_text(Some(kept))),
            avvikelser: figure(2),
            lex_sarah: figure(3),
            pui: figure(4),
            ivo: figure(5),
            imy: figure(6),
        };
        let counts =
            [&form.klagomal, &form.positiva, &form.avvikelser, &form.lex_sarah, &form.pui, &form.ivo, &form.imy];
        if !form.year.trim().is_empty() && counts.iter().all(|count| count.trim().is_empty()) {
            notes.push(format!("År {} har inga antal och är inte inläst.", form.year.trim()));
            continue;
        }
        match check_year(&form, today) {
            Ok(year) => {
                if kept.is_some() {
                    notes.push(format!("Tabellen per kategori för {} står kvar.", year.0));
                }
                years.push(year);
            }
            Err(errors) => {
                let told = |e: FieldError| {
                    let first =
                        if e.field == "kategorier" { " Ändra tabellen först, under Ändra vid året." } else { "" };
                    fault(format!("Rad {}: {}{first}", row.line, e.message))
                };
                faults.extend(errors.into_iter().map(told));
            }
        }
    }
    if years.is_empty() && faults.is_empty() {
        faults.push(fault("Klistra in minst en rad med år och antal.".to_owned()));
    }
    if faults.is_empty() { Ok(Years { years, notes }) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use domain::avvikelse::Kind;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn a_year_of_the_document_is_read_with_its_own_heading() {
        let text = "År;Klagomål/synpunkter;Avvikelser;Lex Sarah;Personuppgiftsincidenter;Anmälda till IVO;Anmälda till IMY\n\
                    2022;27;155;72;12;3;0";
        let years = read(text, &[], today()).unwrap().years;
        let (year, counts) = years[0];
        assert_eq!((year, counts.total, counts.of(Kind::LexSarah), counts.ivo), (2022, 182, 72, 3));
    }

    #[test]
    fn praise_has_a_column_of_its_own_and_an_empty_cell_is_no_zero() {
        let years = read("År;Positiva synpunkter;Klagomål;Avvikelser\n2021;6;31;", &[], today()).unwrap().years;
        let (_, counts) = years[0];
        assert_eq!((counts.total, counts.of(Kind::Synpunkt), counts.of(Kind::Klagomal)), (37, 6, 31));
        assert_eq!(counts.known_kinds()[0], None, "nobody has said how many avvikelser there were");
    }

    #[test]
    fn a_year_of_which_nothing_is_known_is_left_out_and_said() {
        let years = read("År;Klagomål;Avvikelser\n2019;;\n2020;0;4", &[], today()).unwrap();
        assert_eq!(years.years.iter().map(|(y, c)| (*y, c.total)).collect::<Vec<_>>(), [(2020, 4)]);
        assert_eq!(years.notes, ["År 2019 har inga antal och är inte inläst."]);
    }

    #[test]
    fn a_year_that_is_pasted_anew_keeps_its_table_of_categories_and_is_refused_where_they_do_not_agree() {
        let form = YearForm {
            year: "2021".into(),
            klagomal: "31".into(),
            kategorier: "Tillgänglighet;2;9\nKompetens;;1".into(),
            ..YearForm::default()
        };
        let standing = [check_year(&form, today()).unwrap()];
        let anew = read("År;Klagomål;Avvikelser\n2020;5;1\n2021;30;12", &standing, today()).unwrap();
        let of = |year| anew.years.iter().find(|(y, _)| *y == year).unwrap().1;
        assert_eq!((of(2021).of(Kind::Klagomal), of(2021).kategorier), (30, standing[0].1.kategorier));
        assert_eq!(of(2020).kategorier, None);
        assert_eq!(anew.notes, ["Tabellen per kategori för 2021 står kvar."]);
        let faults = read("År;Klagomål;Avvikelser\n2021;9;12", &standing, today()).unwrap_err();
        assert_eq!(
            faults[0].message,
            "Rad 2: I tabellen per kategori är klagomålen tillsammans 10, men året har 9. Ändra tabellen först, under Ändra vid \
             året."
        );
    }

    #[test]
    fn the_dash_that_is_shown_for_a_blank_is_a_blank_when_it_is_pasted() {
        let years = read("År;Klagomål;Avvikelser;Lex Sarah\n2020;–;4;..\n2021;–;–;-", &[], today()).unwrap();
        assert_eq!(years.years[0].1.known_kinds(), [Some(4), None, None, None, None]);
        assert_eq!(years.notes, ["År 2021 har inga antal och är inte inläst."]);
    }

    #[test]
    fn columns_come_in_any_order_and_may_be_left_out() {
        let years = read("Avvikelser\tÅr\tKommentar\n40\t2020\tx\n\n38\t2021\t", &[], today()).unwrap().years;
        assert_eq!(years.iter().map(|(y, c)| (*y, c.total)).collect::<Vec<_>>(), [(2020, 40), (2021, 38)]);
        assert_eq!(read("2019;5;10", &[], today()).unwrap().years[0].1.total, 15, "without a heading");
    }

    #[test]
    fn a_row_that_is_wrong_is_told_of_with_its_place_and_nothing_is_read() {
        let faults = read("2020;1;2\n2021;1;2;3", &[], today()).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.starts_with("Rad 2: Missförhållandena"), "{}", faults[0].message);
        assert!(read(" ", &[], today()).is_err());
        let many: Vec<String> = (0..41).map(|n| format!("{};1", 1_980 + n)).collect();
        assert_eq!(read(&many.join("\n"), &[], today()).unwrap_err()[0].message, "Högst 40 år åt gången.");
        assert!(read("Antal;Namn\n2020;1", &[], today()).unwrap_err()[0].message.contains("år"));
    }

    #[test]
    fn a_heading_on_the_fourth_row_and_a_sum_last_are_no_years() {
        let text =
            "Kvalitetsberättelse\n\nAlla enheter\nÅr\tAvvikelser\tKlagomål\n2020\t40\t2\n2021\t38\t3\nSumma\t78\t5";
        let read = read(text, &[], today()).unwrap();
        assert_eq!(read.years.iter().map(|(y, c)| (*y, c.total)).collect::<Vec<_>>(), [(2020, 42), (2021, 41)]);
        assert_eq!(read.notes.len(), 2, "{:?}", read.notes);
    }
}
