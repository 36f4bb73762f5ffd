//! When something recurs: the rhythms that units use, and the slots they give within a year.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::occurrence::month_end;

mod answered;
pub mod form;
mod months;
mod on_day;
mod spoken;
mod workday;

pub use months::Months;
pub use on_day::{Day, NTH, WEEKS_MAX, Weekdays, every, weekday_code, weekday_from_code};
pub use spoken::spoken;
pub use workday::is_workday;

/// The time of one occurrence: both days belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub due: NaiveDate,
}

impl Slot {
    /// A slot of a single day.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        Self { start: day, due: day }
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// Every week.
    Weekly,
    /// Every second week, counted on over the years: see [`Recurrence::beginning`].
    EverySecondWeek,
    /// Every month.
    Monthly,
    /// Every n months (2–11), from the month of the schedule's start or January, counted on over the years.
    EveryMonths(u32),
    /// Last month of each quarter.
    Quarterly,
    /// Last month of each tertial: April, August, December.
    Tertial,
    /// June and December.
    HalfYearly,
    /// December, or the month of the schedule's end.
    Yearly,
    /// These months.
    Chosen(Months),
    /// Four a termin: the months of vår and höst as the unit has them.
    FourPerTermin(Months),
    /// These weekdays of every so many weeks, counted on over the years: "varannan tisdag".
    WeekDays(u32, Weekdays),
    /// A day of each of these months: "tredje onsdagen varje månad".
    MonthDay(Months, Day),
    /// Once: from the schedule's start to its end.
    Once,
}

impl Recurrence {
    /// As stored, imported and sent in forms; see [`Recurrence::from_code`].
    #[must_use]
    pub fn code(self) -> String {
        let list = |months: Months| months.iter().map(|m| m.to_string()).collect::<Vec<_>>().join(",");
        match self {
            Self::Weekly => "varje_vecka".into(),
            Self::EverySecondWeek => "varannan_vecka".into(),
            Self::Monthly => "varje_manad".into(),
            Self::EveryMonths(n) => format!("var_n_manad:{n}"),
            Self::Quarterly => "kvartal".into(),
            Self::Tertial => "tertial".into(),
            Self::HalfYearly => "halvar".into(),
            Self::Yearly => "ar".into(),
            Self::Chosen(months) => format!("valda_manader:{}", list(months)),
            Self::FourPerTermin(months) => format!("fyra_per_termin:{}", list(months)),
            Self::WeekDays(weeks, days) => format!("veckodagar:{weeks}/{}", days.code()),
            Self::MonthDay(Months::ALL, day) => format!("manadsdag:{}", day.code()),
            Self::MonthDay(months, day) => format!("manadsdag:{}/{}", day.code(), list(months)),
            Self::Once => "en_gang".into(),
        }
    }

    /// The recurrence of a code; `None` when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (name, rest) = code.split_once(':').unwrap_or((code, ""));
        let months = || Months::parse(rest).ok().filter(|m| !m.is_empty());
        Some(match name {
            "varje_vecka" => Self::Weekly,
            "varannan_vecka" => Self::EverySecondWeek,
            "varje_manad" => Self::Monthly,
            "var_n_manad" => Self::EveryMonths(rest.parse().ok().filter(|n| (2..=11).contains(n))?),
            "kvartal" => Self::Quarterly,
            "tertial" => Self::Tertial,
            "halvar" => Self::HalfYearly,
            "ar" => Self::Yearly,
            "valda_manader" => Self::Chosen(months()?),
            "fyra_per_termin" => Self::FourPerTermin(months().unwrap_or(Months::VAR.union(Months::HOST))),
            "veckodagar" => {
                let (weeks, days) = rest.split_once('/')?;
                let weeks = weeks.parse().ok().filter(|n| (1..=WEEKS_MAX).contains(n))?;
                Self::WeekDays(weeks, Weekdays::from_code(days)?)
            }
            "manadsdag" => match rest.split_once('/') {
                None => Self::MonthDay(Months::ALL, Day::from_code(rest)?),
                Some((day, months)) => {
                    let months = Months::parse(months).ok().filter(|m| !m.is_empty())?;
                    Self::MonthDay(months, Day::from_code(day)?)
                }
            },
            "en_gang" => Self::Once,
            _ => return None,
        })
    }

    /// The kinds without a day that a form offers, with their labels. Those with months or a number take them from a field
    /// beside. Those with a day are [`form::ON_A_DAY`].
    pub const KINDS: [(&'static str, &'static str); 10] = [
        ("varje_manad", "Varje månad"),
        ("valda_manader", "Valda månader"),
        ("fyra_per_termin", "Fyra per termin"),
        ("tertial", "Tertial"),
        ("kvartal", "Kvartal"),
        ("halvar", "Halvår"),
        ("ar", "År"),
        ("var_n_manad", "Var n:te månad"),
        ("varje_vecka", "Varje vecka"),
        ("varannan_vecka", "Varannan vecka"),
    ];

    /// As the form's choice has it: what goes on a day of the month by what is chosen of it, else the first part of the code.
    #[must_use]
    pub fn kind(self) -> String {
        match self {
            Self::MonthDay(_, Day::Date(_)) => form::DATE.to_owned(),
            Self::MonthDay(_, Day::Nth(..) | Day::Last(_)) => form::WEEKDAY.to_owned(),
            Self::MonthDay(_, day @ (Day::FirstWorkday | Day::LastWorkday)) => day.code(),
            _ => self.code().split(':').next().unwrap_or_default().to_owned(),
        }
    }

    /// The same, on the day of a first time: from 14 June every month it is the 14th. What has its days already keeps them.
    #[must_use]
    pub fn on_the_day_of(self, first: NaiveDate) -> Self {
        let on = |months: Months| Self::MonthDay(months, Day::Date(first.day()));
        let each = |n: u32| on(Months::of(&(first.month()..=12).step_by(n.max(1) as usize).collect::<Vec<_>>()));
        match self {
            Self::Weekly => Self::WeekDays(1, Weekdays::of(&[first.weekday()])),
            Self::EverySecondWeek => Self::WeekDays(2, Weekdays::of(&[first.weekday()])),
            Self::Monthly => on(Months::ALL),
            Self::EveryMonths(n) => each(n),
            Self::Quarterly => each(3),
            Self::Tertial => each(4),
            Self::HalfYearly => each(6),
            Self::Yearly => each(12),
            Self::Chosen(months) | Self::FourPerTermin(months) => on(months),
            Self::WeekDays(..) | Self::MonthDay(..) | Self::Once => self,
        }
    }

    /// Whether each time of it is a day.
    #[must_use]
    pub fn has_day(self) -> bool {
        matches!(self, Self::WeekDays(..) | Self::MonthDay(..))
    }

    /// In words: "varje månad", "april, augusti och december".
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Weekly => "varje vecka".into(),
            Self::EverySecondWeek => "varannan vecka".into(),
            Self::Monthly => "varje månad".into(),
            Self::EveryMonths(2) => "varannan månad".into(),
            Self::EveryMonths(3) => "var tredje månad".into(),
            Self::EveryMonths(4) => "var fjärde månad".into(),
            Self::EveryMonths(n) => format!("var {n}:e månad"),
            Self::Quarterly => "varje kvartal".into(),
            Self::Tertial => "varje tertial".into(),
            Self::HalfYearly => "varje halvår".into(),
            Self::Yearly => "en gång om året".into(),
            Self::Chosen(months) => months.names(),
            Self::WeekDays(weeks, days) => days.label(weeks),
            Self::MonthDay(Months::ALL, day) => format!("{} varje månad", day.label()),
            Self::MonthDay(months, day) => format!("{} i {}", day.label(), months.names()),
            Self::FourPerTermin(_) => "fyra per termin".into(),
            Self::Once => "en gång".into(),
        }
    }

    /// The months it falls in when it goes by months; `None` for weeks and single dates.
    #[must_use]
    pub fn months(self, start: Option<NaiveDate>, end: Option<NaiveDate>) -> Option<Months> {
        Some(match self {
            Self::Weekly | Self::EverySecondWeek | Self::WeekDays(..) | Self::Once => return None,
            Self::Monthly => Months::ALL,
            Self::EveryMonths(n) => {
                let first = start.map_or(1, |d| d.month());
                Months::of(&(first..=12).step_by(n.max(1) as usize).collect::<Vec<_>>())
            }
            Self::Quarterly => Months::of(&[3, 6, 9, 12]),
            Self::Tertial => Months::of(&[4, 8, 12]),
            Self::HalfYearly => Months::of(&[6, 12]),
            Self::Yearly => Months::of(&[end.map_or(12, |d| d.month())]),
            Self::Chosen(months) | Self::FourPerTermin(months) | Self::MonthDay(months, _) => months,
        })
    }

    /// Whether it is counted from a beginning, so that the next year goes on where this one ends.
    #[must_use]
    pub fn is_counted(self) -> bool {
        matches!(self, Self::EverySecondWeek | Self::EveryMonths(_))
            || matches!(self, Self::WeekDays(weeks, _) if weeks > 1)
    }

    /// The day that a rhythm which begins in this year is counted from: the first week or month that its own start leaves.
    ///
    /// Without a start, or with the first day of the year for one that it is not on, every fortnight of every unit is the same: that of the
    /// first week of 2026. So a plan that is read in anew for the next year goes on where the last one ended, as a copied
    /// one does, and two controls of a unit fall in the same weeks.
    #[must_use]
    pub fn beginning(self, year: i32, start: Option<NaiveDate>) -> NaiveDate {
        let january = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        // on the first of January begins what is on that very day
        let is_on = |day: NaiveDate| matches!(self, Self::WeekDays(_, days) if days.contains(day.weekday()));
        let start = start.filter(|s| *s > january || *s == january && is_on(january));
        match (self, start) {
            (Self::EverySecondWeek | Self::WeekDays(..), None) => FORTNIGHT,
            // the first such day that its start leaves
            (Self::WeekDays(_, days), Some(start)) => {
                start.iter_days().take(7).find(|day| days.contains(day.weekday())).unwrap_or(start)
            }
            (Self::EverySecondWeek, Some(start)) => {
                weeks(year).into_iter().find(|week| week.due >= start).map_or(start, |week| week.start)
            }
            (_, start) => start.unwrap_or(january),
        }
    }

    /// The slots within a year of a rhythm that begins in it: see [`Recurrence::slots_from`].
    #[must_use]
    pub fn slots(self, year: i32, start: Option<NaiveDate>, end: Option<NaiveDate>) -> Vec<Slot> {
        self.slots_from(self.beginning(year, start), year, start, end)
    }

    /// The slots within a year, in order, between the schedule's first and last day, counted from a day of any year. A month
    /// that the schedule only touches counts: a control that starts on the second of February is made in February.
    #[must_use]
    pub fn slots_from(
        self,
        anchor: NaiveDate,
        year: i32,
        start: Option<NaiveDate>,
        end: Option<NaiveDate>,
    ) -> Vec<Slot> {
        let within = |slot: &Slot| start.is_none_or(|s| slot.due >= s) && end.is_none_or(|e| slot.start <= e);
        if self == Self::Once {
            return match (start.or(end), end.or(start)) {
                (Some(start), Some(due)) if start <= due => vec![Slot { start, due }],
                _ => vec![],
            };
        }
        let every_weeks = |slot: &Slot, weeks: u32| {
            let monday = |day: NaiveDate| day.week(Weekday::Mon).first_day();
            (monday(slot.start) - monday(anchor)).num_weeks().rem_euclid(i64::from(weeks.max(1))) == 0
        };
        let counted = |slot: &Slot| match self {
            Self::EverySecondWeek => every_weeks(slot, 2),
            Self::WeekDays(weeks, _) => every_weeks(slot, weeks),
            Self::EveryMonths(n) => {
                let since = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
                (since(slot.start) - since(anchor)).rem_euclid(i64::from(n.max(1))) == 0
            }
            _ => true,
        };
        let all = match self {
            Self::EveryMonths(_) => Some(Months::ALL),
            other => other.months(start, end),
        };
        let slots = match (self, all) {
            (Self::WeekDays(_, days), _) => on_day::week_slots(days, year),
            (Self::MonthDay(months, day), _) => on_day::month_slots(months, day, year),
            (_, Some(months)) => months
                .iter()
                .filter_map(|m| NaiveDate::from_ymd_opt(year, m, 1))
                .map(|first| Slot { start: first, due: month_end(first) })
                .collect(),
            (_, None) => weeks(year),
        };
        slots.into_iter().filter(within).filter(counted).collect()
    }
}

/// A Monday that fortnights are counted from where nothing else says: that of the first week of 2026.
const FORTNIGHT: NaiveDate = NaiveDate::from_ymd_opt(2025, 12, 29).expect("a day of December");

/// The weeks of a year by ISO 8601: Monday to Sunday, each in the year of its Thursday.
#[must_use]
pub fn weeks(year: i32) -> Vec<Slot> {
    (1..=53)
        .filter_map(|week| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon))
        .map(|monday| Slot { start: monday, due: monday + Days::new(6) })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn months(r: Recurrence) -> Vec<u32> {
        r.slots(2026, None, None).iter().map(|s| s.due.month()).collect()
    }

    #[test]
    fn rhythms_fall_in_the_months_that_units_expect() {
        assert_eq!(months(Recurrence::Monthly), (1..=12).collect::<Vec<_>>());
        assert_eq!(months(Recurrence::Tertial), [4, 8, 12]);
        assert_eq!(months(Recurrence::Quarterly), [3, 6, 9, 12]);
        assert_eq!(months(Recurrence::HalfYearly), [6, 12]);
        assert_eq!(months(Recurrence::Yearly), [12]);
        assert_eq!(months(Recurrence::EveryMonths(3)), [1, 4, 7, 10]);
        assert_eq!(months(Recurrence::Chosen(Months::of(&[4, 8, 12]))), [4, 8, 12]);
        let four = Recurrence::from_code("fyra_per_termin").unwrap();
        assert_eq!(months(four), [2, 3, 4, 5, 9, 10, 11, 12], "four a termin is eight a year");
    }

    #[test]
    fn weeks_are_those_of_the_calendar_on_the_wall() {
        assert_eq!(weeks(2026).len(), 53);
        assert_eq!(weeks(2027).len(), 52);
        assert_eq!(weeks(2026)[0].start, day(2025, 12, 29));
        assert_eq!(Recurrence::EverySecondWeek.slots(2026, None, None).len(), 27);
    }

    #[test]
    fn every_second_week_goes_on_over_new_year() {
        let expected = include_str!("../tests/data/19-forvantat.csv");
        for line in expected.trim_start_matches('\u{feff}').lines().skip(1) {
            let cells: Vec<&str> = line.split(';').collect();
            let year: i32 = cells[0].parse().unwrap();
            let slots = Recurrence::EverySecondWeek.slots(year, None, None);
            let said = |slot: &Slot| format!("v. {} ({})", slot.start.iso_week().week(), slot.start);
            let found = [said(slots.first().unwrap()), said(slots.last().unwrap()), slots.len().to_string()];
            assert_eq!(found, cells[1..], "{year}");
        }
        // a year whose first week begins in December, after one of 52 weeks
        let weeks = |year| Recurrence::EverySecondWeek.slots(year, None, None);
        assert_eq!(weeks(2024).last().map(|s| s.start), Some(day(2024, 12, 16)));
        assert_eq!(weeks(2025)[0].start, day(2024, 12, 30));
    }

    #[test]
    fn a_rhythm_of_its_own_start_goes_on_in_the_weeks_and_months_it_has() {
        let anchor = Recurrence::EverySecondWeek.beginning(2026, Some(day(2026, 2, 18)));
        let slots = |year, start| Recurrence::EverySecondWeek.slots_from(anchor, year, start, None);
        assert_eq!(slots(2026, Some(day(2026, 2, 18)))[0].start, day(2026, 2, 16), "in the week that it starts in");
        let last = slots(2026, None).last().map(|s| s.start);
        assert_eq!((last, slots(2027, None)[0].start), (Some(day(2026, 12, 21)), day(2027, 1, 4)));
        assert_eq!(slots(2027, Some(day(2027, 2, 18)))[0].start, day(2027, 2, 15), "moved a year on with its plan");
        // the first of January is when the plan begins, not when the rhythm does
        let jan = |year| Some(day(year, 1, 1));
        assert_eq!(Recurrence::EverySecondWeek.slots(2027, jan(2027), None)[0].start, day(2027, 1, 11));
        let fridays = Recurrence::WeekDays(3, Weekdays::of(&[Weekday::Fri]));
        assert_eq!(fridays.slots(2027, jan(2027), None)[0].due, day(2027, 1, 1), "unless that is a day of it");
        let five = Recurrence::EveryMonths(5);
        let begun = five.beginning(2026, None);
        let months = |year| five.slots_from(begun, year, None, None).iter().map(|s| s.due.month()).collect::<Vec<_>>();
        assert_eq!((months(2026), months(2027)), (vec![1, 6, 11], vec![4, 9]));
    }

    #[test]
    fn a_plan_that_starts_in_february_has_no_january() {
        let slots = Recurrence::Monthly.slots(2022, Some(day(2022, 2, 2)), Some(day(2022, 12, 31)));
        assert_eq!(slots.len(), 11);
        assert_eq!(slots[0], Slot { start: day(2022, 2, 1), due: day(2022, 2, 28) });
    }

    #[test]
    fn words_name_the_months() {
        assert_eq!(Recurrence::Chosen(Months::of(&[4, 8, 12])).label(), "april, augusti och december");
        assert_eq!(Recurrence::Chosen(Months::of(&[5])).label(), "maj");
    }

    proptest! {
        #[test]
        fn slots_never_overlap_and_lie_within_the_bounds(
            kind in 0usize..11, n in 2u32..=11, bits in 1i32..4096, from in 0u64..366, length in 0u64..400, year in 2000i32..2100
        ) {
            let recurrence = match kind {
                7 => Recurrence::EveryMonths(n),
                1 => Recurrence::Chosen(Months::from_bits(bits)),
                10 => Recurrence::Once,
                k => Recurrence::from_code(Recurrence::KINDS[k].0).unwrap_or(Recurrence::Monthly),
            };
            prop_assert_eq!(Recurrence::from_code(&recurrence.code()), Some(recurrence));
            let start = day(year, 1, 1) + Days::new(from);
            let end = start + Days::new(length);
            let slots = recurrence.slots(year, Some(start), Some(end));
            for slot in &slots {
                prop_assert!(slot.start <= slot.due && slot.due >= start && slot.start <= end);
            }
            for pair in slots.windows(2) {
                prop_assert!(pair[0].due < pair[1].start);
            }
        }

        #[test]
        fn between_two_fortnights_lie_a_fortnight_also_over_new_year(year in 2000i32..2100, from in 0u64..366) {
            let start = day(year, 1, 1) + Days::new(from);
            let rhythm = Recurrence::EverySecondWeek;
            let anchor = rhythm.beginning(year, Some(start));
            let years = [year, year + 1, year + 2];
            let slots: Vec<Slot> =
                years.iter().flat_map(|y| rhythm.slots_from(anchor, *y, Some(start), None)).collect();
            for pair in slots.windows(2) {
                prop_assert_eq!((pair[1].start - pair[0].start).num_days(), 14);
            }
        }
    }
}
