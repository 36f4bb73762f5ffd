//! Rounding: shares of one whole, each rounded by itself, need not make 100. Where they do not, whoever adds them up is told.

/// What is said where rounded shares do not make 100.
pub const NOTE: &str = "Summan kan avvika från 100 på grund av avrundning.";

/// The sentence where the parts of a whole, written with so many decimals, do not make 100 per cent. None of nothing: there no
/// share is written.
#[must_use]
pub fn of_parts(parts: &[i64], decimals: usize) -> Option<&'static str> {
    let whole: i64 = parts.iter().sum();
    // as they are written, and then exact: in the unit of the last decimal
    let unit = 10_i64.pow(u32::try_from(decimals).unwrap_or(0));
    let written = |part: &i64| {
        #[allow(clippy::cast_precision_loss)] // counts
        let share = *part as f64 / whole as f64 * 100.0;
        figures(&format!("{share:.decimals$}"))
    };
    let sum: i64 = parts.iter().filter_map(written).sum();
    (whole > 0 && sum != 100 * unit).then_some(NOTE)
}

/// The sentence for a table that somebody has written: where a column of shares makes nearly 100, and not 100. The first row is
/// its head; a row of totals is none of the parts.
#[must_use]
pub fn of_table(rows: &[Vec<String>]) -> Option<&'static str> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    (1..columns).find_map(|column| of_column(rows.iter().skip(1).map(|row| row.get(column).map_or("", String::as_str))))
}

fn of_column<'a>(cells: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    // in thousandths of a per cent
    let mut shares = Vec::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        let number = cell.strip_suffix('%')?.trim_end();
        let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
        let digits = part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        let part = if digits { format!("{part:0<3}") } else { return None };
        shares.push(whole.parse::<i64>().ok()? * 1_000 + part.parse::<i64>().ok()?);
    }
    let total = |share: &i64| (99_000..=101_000).contains(share);
    if shares.len() > 2 && shares.last().is_some_and(total) {
        shares.pop();
    }
    let sum: i64 = shares.iter().sum();
    (shares.len() > 1 && total(&sum) && sum != 100_000).then_some(NOTE)
}

/// The digits of a number as a whole one: 33.3 is 333.
fn figures(number: &str) -> Option<i64> {
    number.replace('.', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn three_thirds_make_99_9_and_it_is_said() {
        assert_eq!(format::percent(5, 15), "33,3\u{a0}%");
        assert_eq!(of_parts(&[5, 5, 5], 1), Some(NOTE));
        // seven sevenths make 100,1
        assert_eq!(of_parts(&[1, 1, 1, 1, 1, 1, 1], 1), Some(NOTE));
    }

    #[test]
    fn what_makes_100_says_nothing() {
        for parts in [&[5, 5, 10][..], &[1, 3], &[15, 0, 0], &[1, 1, 1, 1], &[], &[0, 0]] {
            assert_eq!(of_parts(parts, 1), None, "{parts:?}");
        }
    }

    #[test]
    fn whole_per_cent_are_rounded_more() {
        assert_eq!(of_parts(&[1, 1, 6], 1), None, "12,5 + 12,5 + 75,0");
        assert_eq!(of_parts(&[1, 1, 6], 0), Some(NOTE), "12 + 12 + 75");
    }

    #[test]
    fn a_table_that_somebody_brings_is_added_up_too() {
        let table = |rows: &[[&str; 3]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let head = ["Svar", "Antal", "Andel"];
        let thirds = [head, ["Mycket bra", "5", "33,3 %"], ["Ganska bra", "5", "33,3 %"], ["Dåligt", "5", "33,3%"]];
        assert_eq!(of_table(&table(&thirds)), Some(NOTE));
        let with_total = [&thirds[..], &[["Alla", "15", "100 %"]]].concat();
        assert_eq!(of_table(&table(&with_total)), Some(NOTE));
        let even = [head, ["Ja", "5", "50 %"], ["Nej", "5", "50,0 %"]];
        assert_eq!(of_table(&table(&even)), None);
        // shares of different wholes are no parts
        let goals = [head, ["Mål 1", "5", "92 %"], ["Mål 2", "5", "88 %"]];
        assert_eq!(of_table(&table(&goals)), None);
    }
}
