//! Fyllning: what is to be filled in, and when. A period is asked for in the month that begins when its source has had its time, and
//! is late when that month has passed (docs/doman.md 10).

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::serie::{Content, Serie};
use crate::{
    occurrence::month_end,
    period::{Grain, Period},
};

/// How many weeks ahead are asked for: a year of them would fill the wheel.
const WEEKS_AHEAD: i64 = 4;

/// How many missing periods back are asked for: a year of months.
const MISSED_MOST: i64 = 12;

/// A period that is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fyllning {
    /// What is asked for.
    pub period: Period,
    /// The first day that the source has it.
    pub start: NaiveDate,
    /// The last day of that month.
    pub due: NaiveDate,
    /// Whether there is a value of it.
    pub fylld: bool,
}

/// The first period that is looked at: a value of long ago, typed for comparison, asks for nothing in between.
#[must_use]
pub fn fran(content: &Content, today: NaiveDate) -> Period {
    Period::of_ordinal(content.senast(today).ordinal() - MISSED_MOST, content.grain)
}

/// The periods of a series that can be asked for in the year of today, filled or not, with those from before that are looked at: for
/// whoever asks which of them have a value.
pub fn tider(serie: &Serie, today: NaiveDate) -> impl Iterator<Item = Period> + use<'_> {
    let content = &serie.content;
    let is_within = move |period: &Period| {
        let start = content.saknas_fran(*period);
        let last = match content.grain {
            Grain::Vecka => start <= today + chrono::Days::new(7 * WEEKS_AHEAD.unsigned_abs()),
            _ => start.year() <= today.year(),
        };
        // what is reckoned has its values from others
        content.harledd.is_none() && last && serie.closed_on.is_none_or(|day| start <= day)
    };
    std::iter::successors(Some(fran(content, today)), |period| Some(period.after())).take_while(is_within)
}

/// The periods of a series that are asked for in the year of today, with those that are missing from before. `first` is the first
/// period that the series has, none where it has no value: then it is asked for what its source has now. `filled` are those of
/// [`tider`] that have a value, or of which it is said that there is none; others may stand there too.
#[must_use]
pub fn fyllningar(serie: &Serie, first: Option<Period>, filled: &BTreeSet<Period>, today: NaiveDate) -> Vec<Fyllning> {
    let first = first.unwrap_or_else(|| serie.content.senast(today));
    let asked = |period: Period| {
        let (start, fylld) = (serie.content.saknas_fran(period), filled.contains(&period));
        let is_asked = start.year() == today.year() || !fylld && start < today;
        is_asked.then(|| Fyllning { period, start, due: month_end(start), fylld })
    };
    tider(serie, today).filter(|period| *period >= first).filter_map(asked).collect()
}

/// The first period that is missed: asked for, not filled, and the source has it. What stands in Att göra is what the page of the series
/// asks for.
#[must_use]
pub fn saknas(serie: &Serie, filled: &BTreeSet<Period>, today: NaiveDate) -> Option<Period> {
    let asked = fyllningar(serie, filled.first().copied(), filled, today);
    asked.into_iter().find(|f| !f.fylld && f.start <= today).map(|f| f.period)
}

impl Fyllning {
    /// `Fyll på ”Hushåll” för mars 2022`
    #[must_use]
    pub fn title(&self, content: &Content) -> String {
        format!("Fyll på ”{}” för {}", content.namn, self.period.label())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::NodeId,
        siffror::{
            harledd::{Harledd, Led, Sedan},
            serie::{Form, SerieId, check},
        },
    };

    /// Households of a unit, with this grain, so many months after their time.
    pub(in crate::siffror) fn serie(grain: &str, lag: &str) -> Serie {
        let form = Form {
            namn: "Hushåll".into(),
            enhet: "hushåll".into(),
            slag: "bestand".into(),
            grain: grain.into(),
            efterslapning: lag.into(),
            ..Form::default()
        };
        let content = check(&form, None).unwrap();
        Serie { id: SerieId(Uuid::nil()), node: NodeId(Uuid::nil()), content, closed_on: None, version: 1 }
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn march_is_asked_for_when_the_lag_has_passed_and_is_late_a_month_later() {
        let asked = fyllningar(&serie("manad", "2"), Some(Period::Month(2022, 1)), &BTreeSet::new(), day(2022, 6, 10));
        let march = asked.iter().find(|f| f.period == Period::Month(2022, 3)).unwrap();
        assert_eq!((march.start, march.due), (day(2022, 6, 1), day(2022, 6, 30)));
        assert_eq!(march.title(&serie("manad", "2").content), "Fyll på ”Hushåll” för mars 2022");
        // January in April to September in December
        assert_eq!((asked.len(), asked[8].period), (9, Period::Month(2022, 9)));
    }

    #[test]
    fn what_is_missing_from_last_year_is_asked_for_and_what_is_filled_is_not() {
        let filled: BTreeSet<Period> = [Period::Month(2021, 10), Period::Month(2021, 11)].into();
        let asked = fyllningar(&serie("manad", "0"), Some(Period::Month(2021, 9)), &filled, day(2022, 1, 20));
        let old: Vec<_> = asked.iter().take(2).map(|f| (f.period, f.fylld)).collect();
        assert_eq!(old, [(Period::Month(2021, 9), false), (Period::Month(2021, 12), false)]);
    }

    #[test]
    fn a_closed_series_and_coming_years_ask_for_nothing() {
        let mut closed = serie("kvartal", "0");
        closed.closed_on = Some(day(2022, 5, 1));
        let asked =
            |serie: &Serie| fyllningar(serie, Some(Period::Quarter(2022, 1)), &BTreeSet::new(), day(2022, 6, 1)).len();
        assert_eq!((asked(&closed), asked(&serie("kvartal", "0"))), (1, 3), "the fourth comes in January");
        let mut weekly = serie("vecka", "0");
        let weeks = fyllningar(&weekly, Some(Period::Week(2022, 20)), &BTreeSet::new(), day(2022, 6, 1));
        assert!(weeks.len() < 10, "{}", weeks.len());
        weekly.content.grain = Grain::Ar;
        assert_eq!(fyllningar(&weekly, Some(Period::Year(2022)), &BTreeSet::new(), day(2022, 6, 1)), []);
    }

    #[test]
    fn a_value_of_long_ago_asks_for_nothing_in_between() {
        let asked = fyllningar(&serie("manad", "0"), Some(Period::Month(2000, 1)), &BTreeSet::new(), day(2022, 6, 10));
        assert_eq!(asked[0].period, Period::Month(2021, 5), "a year back");
        assert!(asked.len() < 25, "{}", asked.len());
    }

    #[test]
    fn a_time_is_missed_when_the_source_has_had_its_time_and_a_gap_is_missed_before_it() {
        let of = |known: &[u32], today| {
            let known = known.iter().map(|month| Period::Month(2022, *month)).collect();
            saknas(&serie("manad", "2"), &known, today).map(|p| p.to_string())
        };
        assert_eq!(of(&[1, 2], day(2022, 5, 31)), None);
        assert_eq!(of(&[1, 2], day(2022, 6, 1)).as_deref(), Some("2022-03"));
        assert_eq!(of(&[], day(2022, 6, 1)).as_deref(), Some("2022-03"), "what its source has now");
        assert_eq!(of(&[1, 3], day(2022, 6, 1)).as_deref(), Some("2022-02"), "as in Att göra");
        let mut closed = serie("manad", "2");
        closed.closed_on = Some(day(2022, 5, 1));
        assert_eq!(saknas(&closed, &[Period::Month(2022, 2)].into(), day(2022, 7, 1)), None);
    }

    #[test]
    fn what_is_reckoned_from_others_is_not_asked_for() {
        let mut mean = serie("manad", "0");
        let a = Led { serie: mean.id, varde: None };
        mean.content.harledd = Some(Harledd { a, med: None, sedan: Some(Sedan::MedelAvTolv) });
        assert_eq!(fyllningar(&mean, Some(Period::Month(2022, 1)), &BTreeSet::new(), day(2022, 6, 10)), []);
    }
}
