//! Period: the only time an answer has. A month, or a week where the unit chose so; never a day.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{format, year::Year};

/// How fine the time of an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Calendar months.
    #[default]
    Manad,
    /// ISO weeks, Monday first.
    Vecka,
}

impl Grain {
    crate::every! {
        /// Every one.
        Manad, Vecka
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Manad => "manad",
            Self::Vecka => "vecka",
        }
    }

    /// The grain of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.code() == code)
    }
}

/// A month or a week of a year. Sorts in time among its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Year and month 1–12.
    Month(i32, u32),
    /// ISO year and week 1–53.
    Week(i32, u32),
}

impl Period {
    /// The period of a day.
    #[must_use]
    pub fn of(day: NaiveDate, grain: Grain) -> Self {
        match grain {
            Grain::Manad => Self::Month(day.year(), day.month()),
            Grain::Vecka => Self::Week(day.iso_week().year(), day.iso_week().week()),
        }
    }

    /// Month or week: what is compared or added is of one.
    #[must_use]
    pub fn grain(self) -> Grain {
        match self {
            Self::Month(..) => Grain::Manad,
            Self::Week(..) => Grain::Vecka,
        }
    }

    /// The first of the month, or the Monday of the week.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Week(year, week) => NaiveDate::from_isoywd_opt(year, week, Weekday::Mon),
        }
        .unwrap_or_default()
    }

    /// The last of the month, or the Sunday of the week.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let next = match self {
            Self::Month(year, 12) => NaiveDate::from_ymd_opt(year + 1, 1, 1),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, month + 1, 1),
            Self::Week(..) => self.first_day().checked_add_days(chrono::Days::new(7)),
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

    /// `november 2026` or `vecka 48 2026`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Month(year, month) => format!("{} {year}", format::month_name(month)),
            Self::Week(year, week) => format!("vecka {week} {year}"),
        }
    }

    /// `nov 26` or `v. 48`, for axes.
    #[must_use]
    pub fn short(self) -> String {
        match self {
            Self::Month(year, month) => format!("{} {:02}", format::month_short(month), year.rem_euclid(100)),
            Self::Week(_, week) => format!("v. {week}"),
        }
    }
}

/// As stored and sent: `2026-11` or `2026-W48`. Texts sort in time.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, rest) = text.split_once('-').ok_or(())?;
        let number = |text: &str| {
            (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten()
        };
        let year = (year.len() == 4).then(|| year.parse::<Year>().ok()).flatten().ok_or(())?.get();
        let period = match rest.strip_prefix('W') {
            Some(week) => Self::Week(year, number(week).ok_or(())?),
            None => Self::Month(year, number(rest).ok_or(())?),
        };
        let exists = match period {
            Self::Month(_, month) => (1..=12).contains(&month),
            Self::Week(year, week) => NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).is_some(),
        };
        exists.then_some(period).ok_or(())
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
        for text in ["2026-11", "2026-W48", "2026-W53"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["2026-13", "2026-00", "2026-W54", "2025-W53", "2026-1", "2026", "26-11", "2026-W", "", "åååå-mm"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
