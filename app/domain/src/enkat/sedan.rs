//! Sedan: how many answers have come since a meeting, as far as that may be told.
//!
//! Only whole times are told, the same that every page shows ([`Serie::by_period`]): a sum of atoms of `redovisning`, so that no
//! difference between two slides, or between a slide and a page, is a group of fewer than five. A month in which a meeting was
//! held is not parted at its day: an answer has no day, and the part before could be small.

use chrono::NaiveDate;

use super::resultat::{Punkt, Serie};
use crate::format;

/// What came since a day, in the times that are shown: from which day, and how many.
#[must_use]
pub fn since(questions: &[&[Serie]], day: NaiveDate) -> Option<(NaiveDate, i64)> {
    let of = |series: &&[Serie]| -> Option<(NaiveDate, i64)> {
        let points: Vec<Punkt> = series.iter().flat_map(Serie::by_period).filter(|p| p.last.last_day() > day).collect();
        let first = points.iter().map(|p| p.first.first_day()).min()?;
        Some((first, points.iter().map(|p| p.figur.n).sum()))
    };
    // as the number of answers of the whole: by the question that most have been asked
    questions.iter().filter_map(of).max_by_key(|(_, n)| *n)
}

/// What is said of it beside the number of all answers.
#[must_use]
pub fn sentence(questions: &[&[Serie]], day: NaiveDate) -> String {
    match since(questions, day) {
        Some((from, n)) if from > day => {
            format!("{} av dem har kommit efter förra mötet, från {}.", format::int(n), format::day_month(from))
        }
        Some((from, n)) => {
            format!("{} av dem sedan {}. Svaren räknas i hela perioder.", format::int(n), format::day_month(from))
        }
        None => "Sedan förra mötet kan inget visas: det behövs minst fem svar.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enkat::resultat::tests::asked_in;

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    #[test]
    fn what_came_since_a_meeting_is_told_in_whole_months_and_never_of_fewer_than_five() {
        let series = asked_in(&[(9, 12), (10, 8), (11, 7)]);
        let all: Vec<&[Serie]> = series.iter().map(Vec::as_slice).collect();
        assert_eq!(since(&all, day(11, 11)), Some((day(11, 1), 7)), "the month of the meeting is not parted");
        assert_eq!(since(&all, day(9, 30)), Some((day(10, 1), 15)));
        assert!(sentence(&all, day(9, 30)).starts_with("15 av dem har kommit efter förra mötet"));
        assert!(sentence(&all, day(11, 11)).contains("hela perioder"));
        assert_eq!(since(&all, day(11, 30)), None);
        let few = asked_in(&[(9, 12), (11, 3)]);
        let few: Vec<&[Serie]> = few.iter().map(Vec::as_slice).collect();
        assert_eq!(since(&few, day(10, 14)), None, "three answers are not told");
        assert!(sentence(&few, day(10, 14)).contains("minst fem"));
    }
}
