//! Räkna från: from when the times of a control are counted in its year. A plan that comes into use in November does not
//! begin with what nobody could have done in February. It is chosen by who lays the plan, and belongs to the control and its
//! year, not to what the control says: a copy for another year has a choice of its own.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    field::FieldError,
    format,
    occurrence::is_past,
    permission::Area,
    recurrence::{Slot, form::Timing},
};

/// Which times of a plan are there: what passed before is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountFrom {
    /// From the day it is laid: what has passed by then is not there.
    Today,
    /// From a month of the year, 1–12; January is the whole year.
    Month(u32),
}

impl CountFrom {
    /// From January on, so that nothing is left out.
    pub const YEAR: Self = Self::Month(1);

    /// As sent in forms and addresses: `idag`, `8`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Today => "idag".to_owned(),
            Self::Month(month) => month.to_string(),
        }
    }

    /// The choice of a code; none when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.trim() {
            "idag" => Some(Self::Today),
            month => month.parse().ok().filter(|m| (1..=12).contains(m)).map(Self::Month),
        }
    }

    /// Whether there is anything to choose: only in a year that has begun and has months behind it.
    #[must_use]
    pub fn is_asked(year: i32, today: NaiveDate) -> bool {
        today.year() == year && today.month() > 1
    }

    /// What is chosen until somebody chooses: today where it is asked, else the whole year.
    #[must_use]
    pub fn preselected(year: i32, today: NaiveDate) -> Self {
        if Self::is_asked(year, today) { Self::Today } else { Self::YEAR }
    }

    /// What can be chosen: today, then the months that have passed, the last first. Empty where it is not asked.
    #[must_use]
    pub fn choices(year: i32, today: NaiveDate) -> Vec<Self> {
        if !Self::is_asked(year, today) {
            return vec![];
        }
        std::iter::once(Self::Today).chain((1..today.month()).rev().map(Self::Month)).collect()
    }

    /// The first day that counts; none where the whole year does.
    #[must_use]
    pub fn day(self, year: i32, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Today => (today.year() == year).then_some(today),
            Self::Month(1) => None,
            Self::Month(month) => NaiveDate::from_ymd_opt(year, month, 1),
        }
    }

    /// As the user chooses it: "I dag, 23 november", "Oktober", "Januari, hela året".
    #[must_use]
    pub fn label(self, today: NaiveDate) -> String {
        match self {
            Self::Today => format!("I dag, {}", format::day_month(today)),
            Self::Month(1) => "Januari, hela året".to_owned(),
            Self::Month(month) => format::capitalised(format::month_name(month)),
        }
    }

    /// In a sentence: "räknas från i dag, 23 november", "räknas från oktober".
    #[must_use]
    pub fn words(self, today: NaiveDate) -> String {
        match self {
            Self::Today => format!("från i dag, {}", format::day_month(today)),
            Self::Month(month) => format!("från {}", format::month_name(month)),
        }
    }
}

/// A stored day in a sentence: "från 23 november 2026", "från oktober 2026".
#[must_use]
pub fn stored_words(day: NaiveDate) -> String {
    if day.day() == 1 {
        format!("från {} {}", format::month_name(day.month()), day.year())
    } else {
        format!("från {} {}", format::day_month(day), day.year())
    }
}

/// Whether a time counts: what had passed on the day that is counted from does not.
#[must_use]
pub fn counts(area: Area, slot: &Slot, from: Option<NaiveDate>) -> bool {
    from.is_none_or(|day| !is_past(area, slot.start, slot.due, day))
}

/// The year of a plan, and from when in it times are counted. A bare year is the whole of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlanYear {
    /// 2000–2100, as the plan is called.
    pub year: i32,
    /// The first day that counts; none where the whole year does.
    pub counted_from: Option<NaiveDate>,
}

impl From<i32> for PlanYear {
    fn from(year: i32) -> Self {
        Self { year, counted_from: None }
    }
}

impl PlanYear {
    /// The year, counted from what was chosen.
    #[must_use]
    pub fn of(year: i32, from: CountFrom, today: NaiveDate) -> Self {
        Self { year, counted_from: from.day(year, today) }
    }
}

/// What becomes of the times of a rhythm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fate {
    /// Those that are late as soon as they are there.
    pub late: usize,
    /// Those that are not counted.
    pub left_out: usize,
    /// Those that can still be done in time.
    pub to_come: usize,
}

impl Fate {
    /// Of a rhythm in a year, between its first and last day, counted from a day.
    #[must_use]
    pub fn of(area: Area, timing: &Timing, plan: PlanYear, today: NaiveDate) -> Self {
        let mut fate = Self::default();
        for slot in timing.slots(plan.year) {
            if !counts(area, &slot, plan.counted_from) {
                fate.left_out += 1;
            } else if is_past(area, slot.start, slot.due, today) {
                fate.late += 1;
            } else {
                fate.to_come += 1;
            }
        }
        fate
    }

    /// Whether nothing is left of what there was.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.late + self.to_come == 0 && self.left_out > 0
    }
}

/// Reads what a form for one control says at the field `counted_from`; empty is what is stored, or the whole year. A control that would have no
/// time at all is refused: who chooses is there to choose again.
pub fn check(
    code: &str,
    stored: Option<NaiveDate>,
    area: Area,
    timing: &Timing,
    year: i32,
    today: NaiveDate,
) -> Result<PlanYear, Vec<FieldError>> {
    let at = |message: &str| vec![FieldError { field: "counted_from".to_owned(), message: message.to_owned() }];
    let plan = match code.trim() {
        "" => PlanYear { year, counted_from: stored },
        code => {
            let from = CountFrom::from_code(code).ok_or_else(|| at("Välj från när tillfällena räknas."))?;
            PlanYear::of(year, from, today)
        }
    };
    if Fate::of(area, timing, plan, today).is_empty() {
        return Err(at("Inget tillfälle är kvar i år. Räkna från en tidigare månad, eller välj fler månader."));
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurrence::{Months, Recurrence};

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn timing(recurrence: Recurrence) -> Timing {
        Timing { recurrence, start: None, end: None, hours: None, anchor: None }
    }

    fn fate(recurrence: Recurrence, from: CountFrom, today: NaiveDate) -> Fate {
        let plan = PlanYear::of(2026, from, today);
        Fate::of(Area::Egenkontroll, &timing(recurrence), plan, today)
    }

    #[test]
    fn a_plan_that_is_laid_in_november_has_nothing_late_when_it_is_counted_from_today() {
        let today = day(11, 23);
        let whole = fate(Recurrence::Monthly, CountFrom::YEAR, today);
        assert_eq!(whole, Fate { late: 10, left_out: 0, to_come: 2 });
        let from_today = fate(Recurrence::Monthly, CountFrom::Today, today);
        assert_eq!(from_today, Fate { late: 0, left_out: 10, to_come: 2 });
        assert_eq!(fate(Recurrence::Monthly, CountFrom::Month(9), today), Fate { late: 2, left_out: 8, to_come: 2 });
        // the month that is now counts whatever its day, and so do all its weeks
        assert_eq!(fate(Recurrence::Weekly, CountFrom::Today, today).late, 0);
        assert_eq!(
            fate(Recurrence::Weekly, CountFrom::Today, today),
            Fate { late: 0, ..fate(Recurrence::Weekly, CountFrom::Month(11), today) }
        );
    }

    #[test]
    fn it_is_asked_when_months_lie_behind_and_says_what_is_chosen_until_somebody_chooses() {
        assert!(!CountFrom::is_asked(2026, day(1, 31)) && !CountFrom::is_asked(2027, day(11, 23)));
        assert_eq!(CountFrom::preselected(2027, day(11, 23)), CountFrom::YEAR);
        assert_eq!(
            CountFrom::preselected(2025, day(11, 23)),
            CountFrom::YEAR,
            "a year that has passed is read in whole"
        );
        assert_eq!(CountFrom::preselected(2026, day(11, 23)), CountFrom::Today);
        let choices = CountFrom::choices(2026, day(3, 2));
        assert_eq!(choices, [CountFrom::Today, CountFrom::Month(2), CountFrom::Month(1)]);
        let labels: Vec<String> = choices.iter().map(|c| c.label(day(3, 2))).collect();
        assert_eq!(labels, ["I dag, 2 mars", "Februari", "Januari, hela året"]);
        for choice in choices {
            assert_eq!(CountFrom::from_code(&choice.code()), Some(choice));
        }
        assert_eq!(CountFrom::from_code("13"), None);
    }

    #[test]
    fn a_control_that_is_made_late_in_the_year_is_possible_for_past_months_when_that_is_chosen() {
        let today = day(11, 23);
        let april = timing(Recurrence::Chosen(Months::of(&[4])));
        let laid = |code| check(code, None, Area::Egenkontroll, &april, 2026, today);
        let refused = laid("idag").unwrap_err();
        assert_eq!(refused[0].field, "counted_from");
        assert!(refused[0].message.starts_with("Inget tillfälle är kvar i år."), "{}", refused[0].message);
        assert_eq!(laid("3").unwrap().counted_from, Some(day(3, 1)));
        assert_eq!(laid("1").unwrap(), PlanYear::from(2026));
        assert_eq!(laid("").unwrap(), PlanYear::from(2026));
        assert_eq!(laid("i dag").unwrap_err()[0].message, "Välj från när tillfällena räknas.");
        // moved to months that have passed, it says so and does not vanish from the year
        let moved = check("", Some(day(11, 23)), Area::Egenkontroll, &april, 2026, today);
        assert!(moved.unwrap_err()[0].message.starts_with("Inget tillfälle är kvar i år."));
    }

    #[test]
    fn what_becomes_of_a_fortnight_is_reckoned_in_the_weeks_that_it_has() {
        let fortnight = |anchor| Timing { anchor, ..timing(Recurrence::EverySecondWeek) };
        let of = |anchor| Fate::of(Area::Aktivitet, &fortnight(anchor), 2026.into(), day(1, 5));
        assert_eq!(of(None).late, 1, "the first week of the year has passed");
        assert_eq!(of(Some(day(1, 5))).late, 0, "one that is counted from the second week begins there");
    }

    #[test]
    fn what_is_stored_is_said_as_it_was_chosen() {
        assert_eq!(stored_words(day(11, 23)), "från 23 november 2026");
        assert_eq!(stored_words(day(10, 1)), "från oktober 2026");
        assert_eq!(CountFrom::Today.words(day(11, 23)), "från i dag, 23 november");
        assert_eq!(CountFrom::Month(10).words(day(11, 23)), "från oktober");
    }
}
