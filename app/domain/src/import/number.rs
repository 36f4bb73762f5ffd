//! Number: what stands under Nr. Excel takes 1.10 for a figure or a day; what it shows is the number, and where that cannot be
//! known it is asked.

use chrono::{Datelike, NaiveDate};

use crate::{
    day::{self, Fits},
    format::{month_name, month_short},
};

/// A number of a plan: figures with a comma between them are a Swedish Excel's way of writing 1.10.
pub(super) fn number(text: &str) -> String {
    let parts: Vec<&str> = text.split(',').collect();
    let figures = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if parts.len() > 1 && parts.iter().all(figures) { parts.join(".") } else { text.to_owned() }
}

/// What to ask about a number that Excel has made a day of.
pub(super) fn asked(text: &str, year: i32) -> Option<String> {
    let text = text.trim();
    let (mut meant, year_of) = match day(text) {
        Some(day) => (vec![format!("{}.{}", day.day(), day.month())], Some(day)),
        None => (vec![short(text)?], None),
    };
    if let Some(day) = year_of {
        // the first of a month, in a year that no plan is about: 1.10 was taken for January 2010
        if day.day() == 1 && (day.year() - year).abs() > 1 {
            meant = vec![format!("{}.{}", day.month(), day.year() % 100)];
        } else if day.day() != day.month() && day.day() <= 12 {
            meant.push(format!("{}.{}", day.month(), day.day()));
        }
    }
    let first = meant.first()?.clone();
    Some(format!(
        "Excel har gjort ett datum av numret: {text}. Är det {}? Skriv det som text, med en apostrof först: ’{first}",
        meant.join(" eller ")
    ))
}

/// A day as Excel writes it out: never six or eight bare figures, which can be a number.
fn day(text: &str) -> Option<NaiveDate> {
    let day = text.split_once([' ', 'T']).filter(|(_, time)| time.starts_with("00:00")).map_or(text, |(day, _)| day);
    (day.find('-') == Some(4)).then(|| day::read(day, Fits::Whole).ok().flatten()).flatten()
}

/// "01-okt" and "okt-10", as a Swedish Excel shows a day without its year or a month with it.
fn short(text: &str) -> Option<String> {
    let (a, b) = text.split_once(['-', ' '])?;
    let month = |word: &str| {
        let word = word.trim_end_matches('.').to_lowercase();
        (1..=12).find(|m| word == month_name(*m) || word == month_short(*m).trim_end_matches('.'))
    };
    let figure = |word: &str| word.parse::<u32>().ok().filter(|_| word.len() <= 2);
    match (figure(a), month(b), month(a), figure(b)) {
        (Some(day), Some(month), ..) => Some(format!("{day}.{month}")),
        (.., Some(month), Some(year)) => Some(format!("{month}.{year:02}")),
        _ => None,
    }
}

/// What to ask where a number stands again just after the one before ten: 1.9 and then 1.1 is 1.10, whose zero Excel drops.
pub(super) fn dropped_zero(before: &str, number: &str, seen: bool) -> Option<String> {
    let (stem, last) = number.rsplit_once('.')?;
    let (stem_before, last_before) = before.rsplit_once('.')?;
    let figure = |text: &str| text.parse::<u32>().ok();
    let (now, was) = (figure(last)?, figure(last_before)?);
    (seen && stem == stem_before && now > 0 && was + 1 == 10 * now).then(|| {
        format!(
            "Numret {number} kommer efter {before} och finns redan. Excel kan ha gjort om {number}0 till {number}. Skriv det \
             som text, med en apostrof först: ’{number}0"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_as_it_is_shown() {
        for (text, expected) in [
            ("1,10", "1.10"),
            ("1,2,3", "1.2.3"),
            ("K.1.1", "K.1.1"),
            ("K 1,10", "K 1,10"),
            ("1.10", "1.10"),
            ("7", "7"),
        ] {
            assert_eq!(number(text), expected);
        }
    }

    #[test]
    fn a_day_that_excel_made_of_a_number_is_asked_about() {
        let asked = |text: &str| super::asked(text, 2026);
        assert_eq!(
            asked("2026-10-01").as_deref(),
            Some(
                "Excel har gjort ett datum av numret: 2026-10-01. Är det 1.10 eller 10.1? Skriv det som text, med en \
                 apostrof först: ’1.10"
            )
        );
        assert!(asked("2026-10-01 00:00:00").unwrap().contains("Är det 1.10 eller 10.1?"));
        assert!(asked("2010-01-01").unwrap().contains("Är det 1.10?"));
        assert!(asked("01-okt").unwrap().contains("Är det 1.10?"));
        assert!(asked("jan-10").unwrap().contains("Är det 1.10?"));
        for number in ["1.10", "K.1", "7", "2026-1", "1-2", "20261001", "a-b", "mars"] {
            assert_eq!(asked(number), None, "{number}");
        }
    }

    #[test]
    fn a_zero_that_excel_dropped_is_asked_about() {
        assert!(dropped_zero("1.9", "1.1", true).unwrap().contains("gjort om 1.10 till 1.1"));
        assert!(dropped_zero("2.19", "2.2", true).unwrap().contains("2.20"));
        assert_eq!(dropped_zero("1.9", "1.1", false), None);
        assert_eq!(dropped_zero("1.9", "2.1", true), None);
        assert_eq!(dropped_zero("1.1", "1.1", true), None, "several rows can have one number");
    }
}
