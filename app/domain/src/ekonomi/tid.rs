//! Tid: the time within the year of an account that an amount is of. Tertial 2 is January–August and the bokslut the whole year:
//! what is reported grows through the year. A month is that month alone.

use std::{fmt, ops::RangeInclusive, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{format, period::Period, verksamhetsplan::indikator::tid::Utfallsperiod};

/// A time of a year. Sent and stored as its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tid {
    /// A month, 1–12, alone.
    Manad(u32),
    /// January–April.
    T1,
    /// January–August.
    T2,
    /// January–December. A budget at this time is the year's.
    Bokslut,
}

impl Tid {
    /// Every one, in the order in which a year knows them: each month, and what it closes after it.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=12).flat_map(|month| {
            let closes = match month {
                4 => Some(Self::T1),
                8 => Some(Self::T2),
                12 => Some(Self::Bokslut),
                _ => None,
            };
            [Some(Self::Manad(month)), closes].into_iter().flatten()
        })
    }

    /// As stored and sent: `04`, `t1`, `t2`, `bokslut`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Manad(month) => format!("{month:02}"),
            Self::T1 => "t1".to_owned(),
            Self::T2 => "t2".to_owned(),
            Self::Bokslut => "bokslut".to_owned(),
        }
    }

    /// The time of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|tid| tid.code() == code)
    }

    /// As the user reads it: `april`, `tertial 1`, `helår`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Manad(month) => format::month_name(month),
            Self::T1 => "tertial 1",
            Self::T2 => "tertial 2",
            Self::Bokslut => "helår",
        }
    }

    /// The months that it is of, 1–12.
    #[must_use]
    pub const fn months(self) -> RangeInclusive<u32> {
        match self {
            Self::Manad(month) => month..=month,
            Self::T1 => 1..=4,
            Self::T2 => 1..=8,
            Self::Bokslut => 1..=12,
        }
    }

    /// The last of its months.
    #[must_use]
    pub const fn last(self) -> u32 {
        *self.months().end()
    }

    /// Whether a report is made of it, which asks for comments: T1, T2 and the bokslut.
    #[must_use]
    pub const fn is_report(self) -> bool {
        !matches!(self, Self::Manad(_))
    }

    /// Its place in the order of [`Tid::all`].
    #[must_use]
    pub const fn ordinal(self) -> u32 {
        self.last() * 2 + if self.is_report() { 1 } else { 0 }
    }

    /// The same time as the outcome of an indikator has it: from January on. None of a month, which is that month alone.
    #[must_use]
    pub const fn utfallsperiod(self, year: i32) -> Option<Utfallsperiod> {
        match self {
            Self::T1 => Some(Utfallsperiod::tertial_1(year)),
            Self::T2 => Some(Utfallsperiod::tertial_2(year)),
            Self::Bokslut => Some(Utfallsperiod::vb(year)),
            Self::Manad(_) => None,
        }
    }

    /// The period that a month or the year is; none of a tertial as it is reported, which begins with the year.
    #[must_use]
    pub const fn period(self, year: i32) -> Option<Period> {
        match self {
            Self::Manad(month) => Some(Period::Month(year, month)),
            Self::Bokslut => Some(Period::Year(year)),
            Self::T1 | Self::T2 => None,
        }
    }
}

impl fmt::Display for Tid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl From<Tid> for String {
    fn from(tid: Tid) -> Self {
        tid.code()
    }
}

impl TryFrom<String> for Tid {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse().map_err(|()| "it is no time of an account")
    }
}

impl FromStr for Tid {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::from_code(code).ok_or(())
    }
}
