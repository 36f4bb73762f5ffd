//! Period: a time that figures are of: a week, a month, a quarter, a tertial, half a year, a year. The only time that an answer has
//! (a month, or a week where the unit chose so; never a day), and the time of a value of a series.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{format, year::Year};

/// How fine a time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Calendar months.
    #[default]
    Manad,
    /// ISO weeks, Monday first.
    Vecka,
    /// Three months.
    Kvartal,
    /// Four months.
    Tertial,
    /// Six months.
    Halvar,
    /// Calendar years.
    Ar,
}

impl Grain {
    crate::every! {
        /// Every one.
        Manad, Vecka, Kvartal, Tertial, Halvar, Ar
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Manad => "manad",
            Self::Vecka => "vecka",
            Self::Kvartal => "kvartal",
            Self::Tertial => "tertial",
            Self::Halvar => "halvar",
            Self::Ar => "ar",
        }
    }

    /// The grain of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.code() == code)
    }

    /// One of them, as the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Manad => "månad",
            Self::Vecka => "vecka",
            Self::Kvartal => "kvartal",
            Self::Tertial => "tertial",
            Self::Halvar => "halvår",
            Self::Ar => "år",
        }
    }

    /// Several of them.
    #[must_use]
    pub fn many(self) -> &'static str {
        match self {
            Self::Manad => "månader",
            Self::Vecka => "veckor",
            Self::Kvartal | Self::Tertial | Self::Halvar | Self::Ar => self.label(),
        }
    }

    /// Whether it is "ett": ett kvartal, en månad.
    #[must_use]
    pub fn is_neuter(self) -> bool {
        !matches!(self, Self::Manad | Self::Vecka)
    }

    /// A certain one of them.
    #[must_use]
    pub fn the(self) -> &'static str {
        match self {
            Self::Manad => "månaden",
            Self::Vecka => "veckan",
            Self::Kvartal => "kvartalet",
            Self::Tertial => "tertialet",
            Self::Halvar => "halvåret",
            Self::Ar => "året",
        }
    }

    /// Several certain ones of them.
    #[must_use]
    pub fn the_many(self) -> &'static str {
        match self {
            Self::Manad => "månaderna",
            Self::Vecka => "veckorna",
            Self::Kvartal => "kvartalen",
            Self::Tertial => "tertialen",
            Self::Halvar => "halvåren",
            Self::Ar => "åren",
        }
    }

    /// How many of them are a year. A year has 52 or 53 weeks, so weeks make none.
    #[must_use]
    pub fn per_year(self) -> Option<u32> {
        self.months().map(|months| 12 / months)
    }

    /// How many calendar months one is.
    fn months(self) -> Option<u32> {
        match self {
            Self::Vecka => None,
            Self::Manad => Some(1),
            Self::Kvartal => Some(3),
            Self::Tertial => Some(4),
            Self::Halvar => Some(6),
            Self::Ar => Some(12),
        }
    }
}

/// A time of a year. Sorts in time among its own kind. Sent as its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// Year and month 1–12.
    Month(i32, u32),
    /// ISO year and week 1–53.
    Week(i32, u32),
    /// Year and quarter 1–4.
    Quarter(i32, u32),
    /// Year and tertial 1–3. Of a report, tertial 2 is January–August: that is several of them.
    Tertial(i32, u32),
    /// Year and half 1–2.
    Half(i32, u32),
    /// A calendar year.
    Year(i32),
}

impl Period {
    /// The period of a day.
    #[must_use]
    pub fn of(day: NaiveDate, grain: Grain) -> Self {
        match grain {
            Grain::Vecka => Self::Week(day.iso_week().year(), day.iso_week().week()),
            _ => Self::numbered(day.year(), grain, day.month0() / grain.months().unwrap_or(1) + 1),
        }
    }

    /// The nth of a year, from 1; of weeks that of the year of weeks.
    fn numbered(year: i32, grain: Grain, n: u32) -> Self {
        match grain {
            Grain::Manad => Self::Month(year, n),
            Grain::Vecka => Self::Week(year, n),
            Grain::Kvartal => Self::Quarter(year, n),
            Grain::Tertial => Self::Tertial(year, n),
            Grain::Halvar => Self::Half(year, n),
            Grain::Ar => Self::Year(year),
        }
    }

    /// How fine it is: what is compared or added is of one.
    #[must_use]
    pub fn grain(self) -> Grain {
        match self {
            Self::Month(..) => Grain::Manad,
            Self::Week(..) => Grain::Vecka,
            Self::Quarter(..) => Grain::Kvartal,
            Self::Tertial(..) => Grain::Tertial,
            Self::Half(..) => Grain::Halvar,
            Self::Year(..) => Grain::Ar,
        }
    }

    /// Its year, and which of the year it is, from 1.
    #[must_use]
    pub fn place(self) -> (i32, u32) {
        match self {
            Self::Month(year, n)
            | Self::Week(year, n)
            | Self::Quarter(year, n)
            | Self::Tertial(year, n)
            | Self::Half(year, n) => (year, n),
            Self::Year(year) => (year, 1),
        }
    }

    /// Its first day: the Monday of a week.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let (year, n) = self.place();
        match self.grain().months() {
            Some(months) => NaiveDate::from_ymd_opt(year, (n - 1) * months + 1, 1),
            None => NaiveDate::from_isoywd_opt(year, n, Weekday::Mon),
        }
        .unwrap_or_default()
    }

    /// Its last day: the Sunday of a week.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let next = match self.grain().months() {
            Some(months) => self.first_day().checked_add_months(chrono::Months::new(months)),
            None => self.first_day().checked_add_days(chrono::Days::new(7)),
        };
        next.and_then(|d| d.pred_opt()).unwrap_or_default()
    }

    /// The period before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first_day().pred_opt().unwrap_or_default(), self.grain())
    }

    /// The period after.
    #[must_use]
    pub fn after(self) -> Self {
        Self::of(self.last_day().succ_opt().unwrap_or_default(), self.grain())
    }

    /// The same period of the year before; none of a week, whose number is another's the year before.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        let (year, n) = self.place();
        (self.grain() != Grain::Vecka).then(|| Self::numbered(year - 1, self.grain(), n))
    }

    /// A number that is 1 larger of the next of its grain, for places on an axis.
    #[must_use]
    pub fn ordinal(self) -> i64 {
        let (year, n) = self.place();
        match self.grain().per_year() {
            Some(per_year) => i64::from(year) * i64::from(per_year) + i64::from(n) - 1,
            None => i64::from(self.first_day().num_days_from_ce()).div_euclid(7),
        }
    }

    /// The period of an [`ordinal`](Self::ordinal).
    #[must_use]
    pub fn of_ordinal(ordinal: i64, grain: Grain) -> Self {
        let Some(per_year) = grain.per_year().map(i64::from) else {
            // a Monday is the first day of the common era
            let day = i32::try_from(ordinal * 7 + 1).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
            return Self::of(day.unwrap_or_default(), grain);
        };
        let year = i32::try_from(ordinal.div_euclid(per_year)).unwrap_or_default();
        Self::numbered(year, grain, u32::try_from(ordinal.rem_euclid(per_year)).unwrap_or_default() + 1)
    }

    /// `november 2026`, `vecka 48 2026`, `kvartal 4 2026`, `tertial 3 2026`, `andra halvåret 2026` or `2026`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Month(year, month) => format!("{} {year}", format::month_name(month)),
            Self::Half(year, half) => format!("{} halvåret {year}", if half == 1 { "första" } else { "andra" }),
            Self::Year(year) => year.to_string(),
            Self::Week(year, n) | Self::Quarter(year, n) | Self::Tertial(year, n) => {
                format!("{} {n} {year}", self.grain().label())
            }
        }
    }

    /// Without its year, in running text: `november`, `vecka 48`, `andra halvåret`; a year is its year.
    #[must_use]
    pub fn within_year(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            _ => self.label().rsplit_once(' ').map(|(words, _)| words.to_owned()).unwrap_or_default(),
        }
    }

    /// `nov 26`, `v. 48`, `kv 4 26`, `T3 26`, `H2 26` or `2026`, for axes.
    #[must_use]
    pub fn short(self) -> String {
        let (year, n) = self.place();
        let year2 = year.rem_euclid(100);
        match self {
            Self::Month(..) => format!("{} {year2:02}", format::month_short(n)),
            Self::Week(..) => format!("v. {n}"),
            Self::Quarter(..) => format!("kv {n} {year2:02}"),
            Self::Tertial(..) => format!("T{n} {year2:02}"),
            Self::Half(..) => format!("H{n} {year2:02}"),
            Self::Year(..) => year.to_string(),
        }
    }
}

/// As stored and sent: `2026-11`, `2026-W48`, `2026-Q4`, `2026-T3`, `2026-H2` or `2026`. Texts of one grain sort in time.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            Self::Tertial(year, n) => write!(f, "{year:04}-T{n}"),
            Self::Half(year, n) => write!(f, "{year:04}-H{n}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|()| "it is no period")
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        let year = (year.len() == 4).then(|| year.parse::<Year>().ok()).flatten().ok_or(())?.get();
        let Some(rest) = rest else { return Ok(Self::Year(year)) };
        let (grain, figures) = match rest.as_bytes().first() {
            Some(b'W') => (Grain::Vecka, 2),
            Some(b'Q') => (Grain::Kvartal, 1),
            Some(b'T') => (Grain::Tertial, 1),
            Some(b'H') => (Grain::Halvar, 1),
            _ => (Grain::Manad, 2),
        };
        let number = if grain == Grain::Manad { rest } else { &rest[1..] };
        let is_number = number.len() == figures && number.bytes().all(|b| b.is_ascii_digit());
        let n = is_number.then(|| number.parse::<u32>().ok()).flatten().ok_or(())?;
        let exists = match grain.per_year() {
            Some(per_year) => (1..=per_year).contains(&n),
            None => NaiveDate::from_isoywd_opt(year, n, Weekday::Mon).is_some(),
        };
        exists.then(|| Self::numbered(year, grain, n)).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn an_answer_has_a_month_or_a_week_and_no_day() {
        assert_eq!(Period::of(day(2026, 11, 25), Grain::Manad).to_string(), "2026-11");
        assert_eq!(Period::of(day(2026, 11, 25), Grain::Vecka).to_string(), "2026-W48");
        // the first days of January may belong to the last week of the year before
        assert_eq!(Period::of(day(2027, 1, 1), Grain::Vecka).to_string(), "2026-W53");
    }

    #[test]
    fn a_period_ends_with_its_last_day() {
        let december = Period::Month(2026, 12);
        assert_eq!((december.first_day(), december.last_day()), (day(2026, 12, 1), day(2026, 12, 31)));
        assert_eq!(Period::Month(2027, 1).before(), december);
        assert_eq!(Period::Week(2027, 1).before(), Period::Week(2026, 53));
        assert_eq!((december.after(), Period::Week(2026, 53).after()), (Period::Month(2027, 1), Period::Week(2027, 1)));
        let week = Period::Week(2026, 48);
        assert_eq!((week.first_day(), week.last_day()), (day(2026, 11, 23), day(2026, 11, 29)));
    }

    #[test]
    fn only_periods_that_exist_are_read() {
        for text in ["2026-11", "2026-W48", "2026-W53", "2026-Q4", "2026-T3", "2026-H2", "2026"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in [
            "2026-13",
            "2026-00",
            "2026-W54",
            "2025-W53",
            "2026-1",
            "26-11",
            "2026-W",
            "",
            "åååå-mm",
            "2026-Q5",
            "2026-T0",
            "2026-H3",
            "2026-Q01",
            "2026-",
            "26",
            "2026-é",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn times_follow_each_other_and_come_back_from_their_places() {
        for (period, next, label, short) in [
            (Period::Month(2026, 12), Period::Month(2027, 1), "december 2026", "dec 26"),
            (Period::Week(2026, 53), Period::Week(2027, 1), "vecka 53 2026", "v. 53"),
            (Period::Quarter(2026, 4), Period::Quarter(2027, 1), "kvartal 4 2026", "kv 4 26"),
            (Period::Tertial(2026, 3), Period::Tertial(2027, 1), "tertial 3 2026", "T3 26"),
            (Period::Half(2026, 1), Period::Half(2026, 2), "första halvåret 2026", "H1 26"),
            (Period::Year(2026), Period::Year(2027), "2026", "2026"),
        ] {
            assert_eq!((period.after(), next.before()), (next, period));
            assert_eq!(next.ordinal() - period.ordinal(), 1, "{period}");
            assert_eq!(Period::of_ordinal(period.ordinal(), period.grain()), period);
            assert_eq!((period.label().as_str(), period.short().as_str()), (label, short));
            assert_eq!(Period::of(period.last_day(), period.grain()), period);
            assert_eq!(period.to_string().parse(), Ok(period));
        }
        assert_eq!(Period::Tertial(2026, 2).first_day(), day(2026, 5, 1));
        assert_eq!(Period::Half(2026, 2).last_day(), day(2026, 12, 31));
        assert_eq!(Period::Month(2024, 2).year_before(), Some(Period::Month(2023, 2)));
        assert_eq!(Period::Week(2026, 53).year_before(), None, "2025 has no such week");
        assert_eq!(Period::Half(2026, 2).within_year(), "andra halvåret");
    }
}
