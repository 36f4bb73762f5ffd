//! Tid: the period of an outcome. It begins with the year and is as long as its report: tertial 1 is January–April, tertial 2
//! January–August, the verksamhetsberättelse (VB) the year.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    format::{capitalised, month_name},
    occurrence::month_end,
    period::{Grain, Period},
    siffror::kontroll::las_tid,
    text::compared,
    year::Year,
};

/// From January of a year through one of its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Utfallsperiod {
    year: i32,
    month: u32,
}

impl Utfallsperiod {
    /// From January through a month, 1–12; none of another.
    #[must_use]
    pub fn until(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// January–April.
    #[must_use]
    pub const fn tertial_1(year: i32) -> Self {
        Self { year, month: 4 }
    }

    /// January–August.
    #[must_use]
    pub const fn tertial_2(year: i32) -> Self {
        Self { year, month: 8 }
    }

    /// The year, as the verksamhetsberättelse has it.
    #[must_use]
    pub const fn vb(year: i32) -> Self {
        Self { year, month: 12 }
    }

    /// The three that are reported to the nämnd.
    #[must_use]
    pub const fn rapporter(year: i32) -> [Self; 3] {
        [Self::tertial_1(year), Self::tertial_2(year), Self::vb(year)]
    }

    /// The period that ends with a time; none of a week, which ends in no month's end.
    #[must_use]
    pub fn of(period: Period) -> Option<Self> {
        let (year, n) = period.place();
        Self::until(year, n * 12 / period.grain().per_year()?)
    }

    /// The year that it begins with.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its last month, 1–12, which is also how many months it has.
    #[must_use]
    pub const fn month(self) -> u32 {
        self.month
    }

    /// Whether it is the whole year: there nothing is left to forecast.
    #[must_use]
    pub const fn is_vb(self) -> bool {
        self.month == 12
    }

    /// The first of January.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, 1, 1).unwrap_or_default()
    }

    /// The last day of its last month.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).map(month_end).unwrap_or_default()
    }

    /// The first day on which its outcome is asked for: after it has ended and its source has had its months.
    #[must_use]
    pub fn vantas(self, efterslapning: u32) -> NaiveDate {
        let ended = self.last_day().succ_opt().unwrap_or_default();
        ended.checked_add_months(Months::new(efterslapning)).unwrap_or_default()
    }

    /// The last day of the month in which its outcome is asked for: after it, it is late.
    #[must_use]
    pub fn senast(self, efterslapning: u32) -> NaiveDate {
        month_end(self.vantas(efterslapning))
    }

    /// As long a time of last year, with which it is compared.
    #[must_use]
    pub const fn year_before(self) -> Self {
        Self { year: self.year - 1, month: self.month }
    }

    /// `Tertial 1 2022`, `VB 2022`, `Januari–mars 2022`, `Januari 2022`.
    #[must_use]
    pub fn label(self) -> String {
        format!("{} {}", self.within_year(), self.year)
    }

    /// Without its year, as a heading: `Tertial 1`, `VB`, `Januari–mars`.
    #[must_use]
    pub fn within_year(self) -> String {
        match self.month {
            4 => "Tertial 1".to_owned(),
            8 => "Tertial 2".to_owned(),
            12 => "VB".to_owned(),
            1 => capitalised(month_name(1)),
            month => format!("Januari–{}", month_name(month)),
        }
    }

    /// Its months, in running text: `januari–april 2022`, also where a report has a name of its own for it.
    #[must_use]
    pub fn months_label(self) -> String {
        let last = if self.month == 1 { String::new() } else { format!("–{}", month_name(self.month)) };
        format!("januari{last} {}", self.year)
    }

    /// `T1`, `T2`, `VB`, `jan–mar`, for heads of narrow columns.
    #[must_use]
    pub fn short(self) -> String {
        match self.month {
            4 => "T1".to_owned(),
            8 => "T2".to_owned(),
            12 => "VB".to_owned(),
            1 => "jan".to_owned(),
            month => format!("jan–{}", crate::format::month_short(month)),
        }
    }

    /// The period that is reported on a day: from the day on which a unit begins with a report until it begins with the next, as the reports
    /// stand on its wheel ([`crate::aktivitet::REPORTS`]).
    #[must_use]
    pub fn rapport(today: NaiveDate) -> Self {
        let year = today.year();
        match (today.month(), today.day()) {
            day if day < (4, 20) => Self::vb(year - 1),
            day if day < (8, 24) => Self::tertial_1(year),
            _ => Self::tertial_2(year),
        }
    }

    /// The period of a plan's year that is shown where nobody has chosen: the one that is reported now, of a year that has passed the
    /// whole of it, of one to come its first.
    #[must_use]
    pub fn av_planen(year: i32, today: NaiveDate) -> Self {
        let now = Self::rapport(today);
        match year.cmp(&now.year()) {
            std::cmp::Ordering::Less => Self::vb(year),
            std::cmp::Ordering::Equal => now,
            std::cmp::Ordering::Greater => Self::tertial_1(year),
        }
    }

    /// Reads a period as tables have it: `Tertial 1 2020`, `T1`, `VB 2021`, `2021`, `kv 2 2022`, `mars 2022`. What says no year is of
    /// `year`. A sentence that says what to write where it is none, as of `Tertial`, which is any of three.
    pub fn read(text: &str, year: i32) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(period) = text.parse() {
            return Ok(period);
        }
        let folded = compared(text);
        let rest = ["verksamhetsberättelsen", "verksamhetsberättelse", "helåret", "helår", "bokslut", "vb", "år"]
            .iter()
            .find_map(|word| folded.strip_prefix(word));
        if let Some(rest) = rest.map(|rest| rest.trim_matches([' ', ',', ':'])) {
            let named = if rest.is_empty() { Some(year) } else { rest.parse::<Year>().ok().map(Year::get) };
            return named.map(Self::vb).ok_or_else(|| otydlig(text));
        }
        let day = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
        las_tid(text, day).and_then(|(period, _)| Self::of(period)).ok_or_else(|| otydlig(text))
    }

    /// The times of a grain that lie within it, the earliest first: months or quarters of which it is made. Weeks where all seven
    /// days are in it.
    #[must_use]
    pub fn delar(self, grain: Grain) -> Vec<Period> {
        let (first, last) = (self.first_day(), self.last_day());
        std::iter::successors(Some(Period::of(first, grain)), |period| Some(period.after()))
            .skip_while(|period| period.first_day() < first)
            .take_while(|period| period.last_day() <= last)
            .collect()
    }
}

fn otydlig(text: &str) -> String {
    let short: String = text.chars().take(30).collect();
    format!("Vilken period är ”{short}”? Skriv T1, T2 eller VB, gärna med året: T1 2022.")
}

/// As stored and sent: `2022-T1`, `2022-T2`, `2022-VB`, `2022-03`.
impl fmt::Display for Utfallsperiod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            4 => write!(f, "{:04}-T1", self.year),
            8 => write!(f, "{:04}-T2", self.year),
            12 => write!(f, "{:04}-VB", self.year),
            month => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

impl From<Utfallsperiod> for String {
    fn from(period: Utfallsperiod) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Utfallsperiod {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|()| "it is no period of an outcome")
    }
}

impl FromStr for Utfallsperiod {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, rest) = text.split_once('-').ok_or(())?;
        let year = (year.len() == 4).then(|| year.parse::<Year>().ok()).flatten().ok_or(())?.get();
        let month = match rest {
            "T1" => Some(4),
            "T2" => Some(8),
            "VB" => Some(12),
            _ => rest.parse().ok().filter(|_| rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit())),
        };
        Self::until(year, month.ok_or(())?).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_plan_opens_with_the_period_that_is_reported_in_its_year() {
        let day = NaiveDate::from_ymd_opt(2022, 5, 30).unwrap();
        let opens = |year| Utfallsperiod::av_planen(year, day).to_string();
        assert_eq!([opens(2021), opens(2022), opens(2023)], ["2021-VB", "2022-T1", "2023-T1"]);
    }

    #[test]
    fn a_period_begins_with_the_year_and_comes_back_as_it_was_stored() {
        for (period, code, label, short, last) in [
            (Utfallsperiod::tertial_1(2022), "2022-T1", "Tertial 1 2022", "T1", day(2022, 4, 30)),
            (Utfallsperiod::tertial_2(2022), "2022-T2", "Tertial 2 2022", "T2", day(2022, 8, 31)),
            (Utfallsperiod::vb(2022), "2022-VB", "VB 2022", "VB", day(2022, 12, 31)),
            (Utfallsperiod::until(2024, 2).unwrap(), "2024-02", "Januari–februari 2024", "jan–feb", day(2024, 2, 29)),
            (Utfallsperiod::until(2022, 1).unwrap(), "2022-01", "Januari 2022", "jan", day(2022, 1, 31)),
        ] {
            assert_eq!(
                (period.to_string().as_str(), period.label().as_str(), period.short().as_str()),
                (code, label, short)
            );
            assert_eq!(code.parse(), Ok(period));
            assert_eq!(
                (period.first_day().to_string()[4..].to_owned(), period.last_day()),
                ("-01-01".to_owned(), last)
            );
        }
        for text in ["2022-T3", "2022-13", "2022-00", "2022", "2022-4", "22-T1", "2022-+4", "1999-T1", ""] {
            assert!(text.parse::<Utfallsperiod>().is_err(), "{text}");
        }
        assert_eq!(Utfallsperiod::tertial_2(2022).months_label(), "januari–augusti 2022");
    }

    #[test]
    fn a_period_is_read_as_tables_have_it_and_tertial_alone_is_asked_about() {
        for (text, code) in [
            ("Tertial 1 2020", "2020-T1"),
            ("T1", "2022-T1"),
            ("tertial 2", "2022-T2"),
            ("Tertial 3 2021", "2021-VB"),
            ("VB 2021", "2021-VB"),
            ("vb", "2022-VB"),
            ("2021", "2021-VB"),
            ("helår 2020", "2020-VB"),
            ("kv 2 2022", "2022-06"),
            ("mars 2022", "2022-03"),
            ("2022-T2", "2022-T2"),
        ] {
            assert_eq!(Utfallsperiod::read(text, 2022).map(|p| p.to_string()), Ok(code.to_owned()), "{text}");
        }
        for text in ["Tertial", "T4", "våren", "", "VB tjugo", "vecka 12 2022"] {
            assert!(Utfallsperiod::read(text, 2022).unwrap_err().ends_with("T1 2022."), "{text}");
        }
    }

    #[test]
    fn a_source_has_its_months_before_an_outcome_is_asked_for() {
        let t1 = Utfallsperiod::tertial_1(2022);
        assert_eq!((t1.vantas(0), t1.senast(0)), (day(2022, 5, 1), day(2022, 5, 31)));
        assert_eq!((t1.vantas(2), t1.senast(2)), (day(2022, 7, 1), day(2022, 7, 31)));
        assert_eq!(t1.year_before(), Utfallsperiod::tertial_1(2021));
    }

    #[test]
    fn the_period_of_a_day_is_that_of_the_report_that_is_written() {
        for (today, period) in [
            (day(2022, 1, 10), Utfallsperiod::vb(2021)),
            (day(2022, 4, 19), Utfallsperiod::vb(2021)),
            (day(2022, 4, 20), Utfallsperiod::tertial_1(2022)),
            (day(2022, 8, 24), Utfallsperiod::tertial_2(2022)),
            (day(2022, 12, 31), Utfallsperiod::tertial_2(2022)),
        ] {
            assert_eq!(Utfallsperiod::rapport(today), period);
        }
        let starts = crate::aktivitet::REPORTS.map(|report| report.start);
        assert!(starts.contains(&(4, 20)) && starts.contains(&(8, 24)));
    }

    #[test]
    fn a_period_is_made_of_the_times_that_lie_within_it() {
        let t1 = Utfallsperiod::tertial_1(2022);
        assert_eq!(t1.delar(Grain::Manad).len(), 4);
        assert_eq!(t1.delar(Grain::Kvartal), [Period::Quarter(2022, 1)], "the second goes on in May");
        assert_eq!(t1.delar(Grain::Ar), []);
        let weeks = t1.delar(Grain::Vecka);
        assert_eq!((weeks[0], weeks.last().copied()), (Period::Week(2022, 1), Some(Period::Week(2022, 16))));
    }
}
