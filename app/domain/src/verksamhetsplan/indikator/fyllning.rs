//! Fyllning: when the outcomes of an indikator are asked for. A period is asked for in the month that begins when it has ended and its source
//! has had its months, and is late when that month has passed.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Content, slag::Periodicitet, tid::Utfallsperiod};

/// A period whose outcome is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fyllning {
    /// From January until when the outcome is.
    pub period: Utfallsperiod,
    /// The first day that the source has it.
    pub start: NaiveDate,
    /// The last day of that month.
    pub due: NaiveDate,
    /// Whether there is an outcome, or it is said that there is none.
    pub fylld: bool,
}

/// The periods of a year that somebody is asked to fill in, the earliest first; the last of them in the year after. Nothing of an indikator
/// that is fed: its source is filled. `fyllda` are those that have an outcome; others may stand there too.
#[must_use]
pub fn fyllningar(content: &Content, year: i32, fyllda: &BTreeSet<Utfallsperiod>) -> Vec<Fyllning> {
    if content.matas.is_some() {
        return vec![];
    }
    let periods = Periodicitet::perioder(content.periodicitet, year);
    let of = |period: Utfallsperiod| Fyllning {
        period,
        start: period.vantas(content.efterslapning),
        due: period.senast(content.efterslapning),
        fylld: fyllda.contains(&period),
    };
    periods.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verksamhetsplan::indikator::{
        matning::Kalla,
        tests::{andel, day},
    };

    #[test]
    fn an_outcome_is_asked_for_when_its_source_has_had_its_time() {
        let content = Content { efterslapning: 2, ..andel("75 %") };
        let asked = fyllningar(&content, 2022, &BTreeSet::from([Utfallsperiod::tertial_1(2022)]));
        let told: Vec<(String, NaiveDate, bool)> =
            asked.into_iter().map(|one| (one.period.short(), one.due, one.fylld)).collect();
        let expected = [
            ("T1".to_owned(), day(2022, 7, 31), true),
            ("T2".to_owned(), day(2022, 11, 30), false),
            ("VB".to_owned(), day(2023, 3, 31), false),
        ];
        assert_eq!(told, expected);
        let fed = Content { matas: Kalla::from_code("serie:00000000-0000-0000-0000-000000000001"), ..content };
        assert_eq!(fyllningar(&fed, 2022, &BTreeSet::new()), []);
    }
}
