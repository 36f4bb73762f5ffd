//! On which day: what falls on days of the week or on a day of the month, as people say it: "varannan tisdag", "tredje
//! onsdagen varje månad", "sista arbetsdagen i april".

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    Months, Slot,
    workday::{first_workday, last_workday},
};
use crate::{format, occurrence::month_end};

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "man"),
    (Weekday::Tue, "tis"),
    (Weekday::Wed, "ons"),
    (Weekday::Thu, "tor"),
    (Weekday::Fri, "fre"),
    (Weekday::Sat, "lor"),
    (Weekday::Sun, "son"),
];

/// The most weeks between two times of a rhythm that goes by weeks.
pub const WEEKS_MAX: u32 = 8;

/// "varje", "varannan", … in front of a weekday or a week; the place in the list is the number less one.
const EVERY: [&str; WEEKS_MAX as usize] =
    ["varje", "varannan", "var tredje", "var fjärde", "var femte", "var sjätte", "var sjunde", "var åttonde"];

/// `tis`, as stored and sent in forms.
#[must_use]
pub fn weekday_code(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(d, _)| *d == day).map_or("", |(_, code)| code)
}

/// Reads `man`, `tis` … `son`; none for anything else.
#[must_use]
pub fn weekday_from_code(code: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, c)| *c == code).map(|(day, _)| *day)
}

/// `varje`, `varannan`, `var tredje`.
#[must_use]
pub fn every(n: u32) -> &'static str {
    (n as usize).checked_sub(1).and_then(|i| EVERY.get(i)).copied().unwrap_or(EVERY[0])
}

/// A set of weekdays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b1_1111);

    /// The set of these.
    #[must_use]
    pub fn of(days: &[Weekday]) -> Self {
        Self(days.iter().fold(0, |set, day| set | 1 << day.num_days_from_monday()))
    }

    /// With one more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | Self::of(&[day]).0)
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::of(&[day]).0 != 0
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In order, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEKDAYS.into_iter().map(|(day, _)| day).filter(move |day| self.contains(*day))
    }

    /// As stored: `tis,tor`.
    #[must_use]
    pub fn code(self) -> String {
        self.iter().map(weekday_code).collect::<Vec<_>>().join(",")
    }

    /// The days of codes; none when one is no weekday, or there are none.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let days: Option<Vec<Weekday>> = code.split(',').map(weekday_from_code).collect();
        days.map(|days| Self::of(&days)).filter(|days| !days.is_empty())
    }

    /// `tisdag och torsdag`, `måndag till fredag`.
    fn names(self) -> String {
        if self == Self::WORKING {
            return "måndag till fredag".to_owned();
        }
        format::and(&self.iter().map(format::weekday_name).collect::<Vec<_>>())
    }

    /// Every so many weeks: `varannan tisdag`, `tisdag och torsdag varje vecka`.
    #[must_use]
    pub fn label(self, weeks: u32) -> String {
        let every = every(weeks);
        if self.iter().count() == 1 {
            format!("{every} {}", self.names())
        } else {
            format!("{} {every} vecka", self.names())
        }
    }
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// A date, 1–31; in a month that is shorter its last day.
    Date(u32),
    /// The first to fourth such weekday.
    Nth(u32, Weekday),
    /// The last such weekday.
    Last(Weekday),
    /// The first day of the month that is neither weekend nor holiday.
    FirstWorkday,
    /// The last such day of the month.
    LastWorkday,
}

/// "första", "andra", … in front of a weekday of a month.
pub const NTH: [&str; 4] = ["första", "andra", "tredje", "fjärde"];

impl Day {
    /// As stored: `14`, `2tis`, `sista_tis`, `sista_arbetsdagen`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Date(n) => n.to_string(),
            Self::Nth(n, day) => format!("{n}{}", weekday_code(day)),
            Self::Last(day) => format!("sista_{}", weekday_code(day)),
            Self::FirstWorkday => "forsta_arbetsdagen".to_owned(),
            Self::LastWorkday => "sista_arbetsdagen".to_owned(),
        }
    }

    /// The day of a stored code; `None` when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "forsta_arbetsdagen" => return Some(Self::FirstWorkday),
            "sista_arbetsdagen" => return Some(Self::LastWorkday),
            _ => {}
        }
        if let Some(day) = code.strip_prefix("sista_") {
            return weekday_from_code(day).map(Self::Last);
        }
        let digits = code.len() - code.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = code.split_at(digits);
        let number: u32 = number.parse().ok()?;
        match rest {
            "" => (1..=31).contains(&number).then_some(Self::Date(number)),
            day => weekday_from_code(day).filter(|_| (1..=4).contains(&number)).map(|day| Self::Nth(number, day)),
        }
    }

    /// `den 14:e`, `sista dagen`, `andra tisdagen`, `sista arbetsdagen`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Date(31) => "sista dagen".to_owned(),
            // the first and the second, but not the eleventh and the twelfth
            Self::Date(n) if matches!(n % 10, 1 | 2) && n / 10 != 1 => format!("den {n}:a"),
            Self::Date(n) => format!("den {n}:e"),
            Self::Nth(n, day) => {
                let nth = (n as usize).checked_sub(1).and_then(|i| NTH.get(i)).copied().unwrap_or_default();
                format!("{nth} {}en", format::weekday_name(day))
            }
            Self::Last(day) => format!("sista {}en", format::weekday_name(day)),
            Self::FirstWorkday => "första arbetsdagen".to_owned(),
            Self::LastWorkday => "sista arbetsdagen".to_owned(),
        }
    }

    /// When it is in the month that begins with `first`.
    #[must_use]
    pub fn within(self, first: NaiveDate) -> NaiveDate {
        let last = month_end(first);
        match self {
            Self::Date(n) => first.with_day(n).unwrap_or(last),
            Self::Nth(n, day) => {
                let ahead = (7 + day.num_days_from_monday() - first.weekday().num_days_from_monday()) % 7;
                first + Days::new(u64::from(ahead) + 7 * u64::from(n.saturating_sub(1)))
            }
            Self::Last(day) => {
                let back = (7 + last.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
                last - Days::new(u64::from(back))
            }
            Self::FirstWorkday => first_workday(first),
            Self::LastWorkday => last_workday(first),
        }
    }
}

/// The slots of a day in months of a year.
pub(super) fn month_slots(months: Months, day: Day, year: i32) -> Vec<Slot> {
    months
        .iter()
        .filter_map(|month| NaiveDate::from_ymd_opt(year, month, 1))
        .map(|first| Slot::on(day.within(first)))
        .collect()
}

/// The slots of weekdays within a year: of the year that each day itself is in.
pub(super) fn week_slots(days: Weekdays, year: i32) -> Vec<Slot> {
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else { return vec![] };
    first
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter(|day| days.contains(day.weekday()))
        .map(Slot::on)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::Recurrence, *};

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    /// A rhythm that begins on a day, in words, with its first four days.
    fn said(recurrence: Recurrence, start: NaiveDate) -> String {
        assert_eq!(Recurrence::from_code(&recurrence.code()), Some(recurrence));
        let slots = recurrence.slots(start.year(), Some(start), None);
        assert!(slots.iter().all(|s| s.start == s.due), "a day is a day");
        let days: Vec<_> = slots.iter().take(4).map(|s| s.due.format("%-d/%-m").to_string()).collect();
        format!("{}: {}", recurrence.label(), days.join(" "))
    }

    fn weekly(weeks: u32, days: &[Weekday]) -> Recurrence {
        Recurrence::WeekDays(weeks, Weekdays::of(days))
    }

    fn monthly(day: Day) -> Recurrence {
        Recurrence::MonthDay(Months::ALL, day)
    }

    #[test]
    fn a_rhythm_falls_on_the_days_that_it_says() {
        use Weekday::{Fri, Thu, Tue, Wed};
        let january = day(2026, 1, 1);
        for (recurrence, start, expected) in [
            (weekly(2, &[Tue]), day(2026, 1, 13), "varannan tisdag: 13/1 27/1 10/2 24/2"),
            (weekly(1, &[Thu]), day(2026, 12, 17), "varje torsdag: 17/12 24/12 31/12"),
            (weekly(1, &[Tue, Thu]), day(2026, 1, 7), "tisdag och torsdag varje vecka: 8/1 13/1 15/1 20/1"),
            (weekly(2, &[Tue, Thu]), day(2026, 1, 7), "tisdag och torsdag varannan vecka: 8/1 20/1 22/1 3/2"),
            (weekly(3, &[Fri]), day(2026, 1, 7), "var tredje fredag: 9/1 30/1 20/2 13/3"),
            (
                Recurrence::WeekDays(1, Weekdays::WORKING),
                day(2026, 12, 29),
                "måndag till fredag varje vecka: 29/12 30/12 31/12",
            ),
            (monthly(Day::Nth(3, Wed)), january, "tredje onsdagen varje månad: 21/1 18/2 18/3 15/4"),
            (monthly(Day::Last(Fri)), january, "sista fredagen varje månad: 30/1 27/2 27/3 24/4"),
            (monthly(Day::LastWorkday), january, "sista arbetsdagen varje månad: 30/1 27/2 31/3 30/4"),
            (monthly(Day::FirstWorkday), january, "första arbetsdagen varje månad: 2/1 2/2 2/3 1/4"),
            (monthly(Day::Date(14)), day(2026, 6, 14), "den 14:e varje månad: 14/6 14/7 14/8 14/9"),
            (monthly(Day::Date(31)), january, "sista dagen varje månad: 31/1 28/2 31/3 30/4"),
            (
                Recurrence::MonthDay(Months::of(&[4, 8]), Day::Date(15)),
                january,
                "den 15:e i april och augusti: 15/4 15/8",
            ),
        ] {
            assert_eq!(said(recurrence, start), expected);
        }
    }

    #[test]
    fn every_second_tuesday_goes_on_over_new_year() {
        let tuesday = weekly(2, &[Weekday::Tue]);
        let begun = tuesday.beginning(2026, Some(day(2026, 1, 13)));
        let last = tuesday.slots_from(begun, 2026, None, None).last().map(|s| s.due);
        let next = tuesday.slots_from(begun, 2027, None, None)[0].due;
        assert_eq!((last, next), (Some(day(2026, 12, 29)), day(2027, 1, 12)));
    }

    #[test]
    fn dates_are_said_with_the_right_ending() {
        let said: Vec<String> = [1, 2, 3, 11, 12, 21, 22, 30].map(|n| Day::Date(n).label()).to_vec();
        assert_eq!(said.join(" "), "den 1:a den 2:a den 3:e den 11:e den 12:e den 21:a den 22:a den 30:e");
    }

    #[test]
    fn codes_that_are_no_days_are_refused() {
        for code in ["0", "32", "5tis", "0man", "sista_", "tis", "", "2dag"] {
            assert_eq!(Day::from_code(code), None, "{code}");
        }
        for code in
            ["veckodagar:", "veckodagar:0/tis", "veckodagar:9/tis", "veckodagar:2/dag", "veckodagar:tis", "manadsdag:"]
        {
            assert_eq!(Recurrence::from_code(code), None, "{code}");
        }
    }
}
