//! Year: the years that the product plans and remembers. A year or a day that comes in from outside is one of these, or is
//! refused in words: nothing is stored in the year −262143, and no list of months is made for 99999.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Nothing that is kept is older.
pub const FIRST: i32 = 2000;
/// Further ahead nothing is planned.
pub const LAST: i32 = 2100;
/// What is said of a year that is none of these.
pub const OUTSIDE: &str = "Skriv ett år mellan 2000 och 2100.";
/// That a year is none of these. Its text is no sentence: a form that does not hold a year comes back with this in what the form's reader
/// says, and the user is told with [`OUTSIDE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside;

impl Outside {
    /// Its text, by which the reader of a form knows it again.
    pub const CODE: &'static str = "year_outside_2000_2100";
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::CODE)
    }
}

/// What is said of a day in a year that is none of these.
pub const DAY_OUTSIDE: &str = "Skriv ett datum mellan åren 2000 och 2100.";

/// A year from 2000 to 2100. There is no other way to one than [`TryFrom`], `parse` and serde, which all ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Year(i32);

impl Year {
    /// 2000–2100.
    #[must_use]
    pub fn get(self) -> i32 {
        self.0
    }

    /// The year before; none before the first.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        Self::try_from(self.0 - 1).ok()
    }

    /// The year after; none after the last.
    #[must_use]
    pub fn after(self) -> Option<Self> {
        Self::try_from(self.0 + 1).ok()
    }

    /// Whether a day lies in one of these years.
    #[must_use]
    pub fn holds(day: NaiveDate) -> bool {
        Self::try_from(day.year()).is_ok()
    }
}

impl TryFrom<i32> for Year {
    type Error = Outside;

    fn try_from(year: i32) -> Result<Self, Outside> {
        if (FIRST..=LAST).contains(&year) { Ok(Self(year)) } else { Err(Outside) }
    }
}

impl From<Year> for i32 {
    fn from(year: Year) -> Self {
        year.0
    }
}

impl FromStr for Year {
    type Err = Outside;

    fn from_str(text: &str) -> Result<Self, Outside> {
        text.trim().parse::<i32>().map_err(|_| Outside)?.try_into()
    }
}

/// The same day in another year; 29 February becomes 28.
#[must_use]
pub fn same_day(date: NaiveDate, year: i32) -> NaiveDate {
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(date)
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_lies_between_2000_and_2100_whatever_way_it_comes_in() {
        for good in ["2000", "2026", " 2100 "] {
            assert!(good.parse::<Year>().is_ok(), "{good}");
        }
        for bad in ["1999", "2101", "-262143", "99999", "99999999999", "", "i år", "20 26"] {
            assert_eq!(bad.parse::<Year>(), Err(Outside), "{bad}");
        }
        assert_eq!((Year(2000).before(), Year(2100).after()), (None, None));
        assert_eq!(Year(2026).after().map(Year::get), Some(2027));
    }

    #[test]
    fn a_day_is_held_by_the_same_years() {
        let day = |y| NaiveDate::from_ymd_opt(y, 12, 31).unwrap();
        assert!(Year::holds(day(2100)) && Year::holds(day(2000)));
        assert!(!Year::holds(day(1999)) && !Year::holds(day(2101)) && !Year::holds(NaiveDate::MIN));
    }
}
