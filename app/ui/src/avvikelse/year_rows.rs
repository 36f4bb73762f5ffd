//! Year rows: counts of years from before, pasted from a table such as that of the kvalitetsberättelse: a row for each year,
//! cells with tabs or semicolons between, in the order of [`HEAD`] or in the order of a heading with its words.

use chrono::NaiveDate;
use domain::{
    avvikelse::register::{Counts, YearForm, check_year},
    field::FieldError,
};

/// The columns by themselves.
pub const HEAD: [&str; 7] = [
    "År",
    "Klagomål/synpunkter",
    "Avvikelser",
    "Lex Sarah",
    "Personuppgiftsincidenter",
    "Anmälda till IVO",
    "Anmälda till IMY",
];
/// The most rows.
const MOST: usize = 40;

fn fault(message: String) -> FieldError {
    FieldError { field: "rows".to_owned(), message }
}

/// Which of [`HEAD`] a heading's cell is.
fn column(cell: &str) -> Option<usize> {
    let cell = cell.to_lowercase();
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

/// Reads what was pasted. Every row that is wrong is told of, with its place.
pub fn read(text: &str, today: NaiveDate) -> Result<Vec<(i32, Counts)>, Vec<FieldError>> {
    let mut order: Vec<Option<usize>> = (0..HEAD.len()).map(Some).collect();
    let (mut years, mut faults) = (Vec::new(), Vec::new());
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (n, (place, line)) in lines.enumerate() {
        let cells: Vec<&str> = line.split(['\t', ';']).map(str::trim).collect();
        let is_head = n == 0 && !cells.iter().any(|c| c.starts_with(|c: char| c.is_ascii_digit()));
        if is_head {
            order = cells.iter().map(|c| column(c)).collect();
            if !order.contains(&Some(0)) {
                return Err(vec![fault("Rubrikraden saknar en kolumn för år.".to_owned())]);
            }
            continue;
        }
        if n > MOST {
            faults.push(fault(format!("Högst {MOST} år åt gången.")));
            break;
        }
        let cell = |of: usize| {
            let at = order.iter().position(|o| *o == Some(of));
            at.and_then(|at| cells.get(at)).copied().unwrap_or_default().to_owned()
        };
        let form = YearForm {
            year: cell(0),
            klagomal: cell(1),
            avvikelser: cell(2),
            lex_sarah: cell(3),
            pui: cell(4),
            ivo: cell(5),
            imy: cell(6),
        };
        match check_year(&form, today) {
            Ok(year) => years.push(year),
            Err(errors) => {
                faults.extend(errors.into_iter().map(|e| fault(format!("Rad {}: {}", place + 1, e.message))));
            }
        }
    }
    if years.is_empty() && faults.is_empty() {
        faults.push(fault("Klistra in minst en rad med år och antal.".to_owned()));
    }
    if faults.is_empty() { Ok(years) } else { Err(faults) }
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
        let years = read(text, today()).unwrap();
        let (year, counts) = years[0];
        assert_eq!((year, counts.total, counts.of(Kind::LexSarah), counts.ivo), (2022, 182, 72, 3));
    }

    #[test]
    fn columns_come_in_any_order_and_may_be_left_out() {
        let years = read("Avvikelser\tÅr\tKommentar\n40\t2020\tx\n\n38\t2021\t", today()).unwrap();
        assert_eq!(years.iter().map(|(y, c)| (*y, c.total)).collect::<Vec<_>>(), [(2020, 40), (2021, 38)]);
        assert_eq!(read("2019;5;10", today()).unwrap()[0].1.total, 15, "without a heading");
    }

    #[test]
    fn a_row_that_is_wrong_is_told_of_with_its_place_and_nothing_is_read() {
        let faults = read("2020;1;2\n2021;1;2;3", today()).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.starts_with("Rad 2: Missförhållandena"), "{}", faults[0].message);
        assert!(read(" ", today()).is_err());
        assert!(read("Antal;Namn\n2020;1", today()).unwrap_err()[0].message.contains("år"));
    }
}
