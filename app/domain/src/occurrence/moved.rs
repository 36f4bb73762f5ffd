//! Moved: where an occurrence comes when it is put in another month of its year, as it is when its mark is drawn there. Which
//! day it gets follows from what it had: nobody is asked, and the toast says it.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Item, month_end};
use crate::{
    area::Ticked,
    recurrence::{Recurrence, is_workday},
};

impl Item {
    /// Whether somebody who sees it as this item says can move it: it is open, in use, and theirs to do something with.
    #[must_use]
    pub fn can_be_moved(&self) -> bool {
        self.can_be_marked()
    }

    /// Its first and last day in a month (1–12) of its year; none in the month where it is, and in what is no month.
    ///
    /// A whole month is that whole month, and whole months stay whole. A week is the week of the same number in the month, by its
    /// Thursday, or the last. What its rhythm has on a day of the month ("andra tisdagen") is on that day of the other one. Any
    /// other day keeps its number, or is the last of a shorter month; what was on a workday is on one, the next in the month or
    /// else the one before. What lasts is as long as it was.
    #[must_use]
    pub fn in_month(&self, month: u32) -> Option<(NaiveDate, NaiveDate)> {
        let o = &self.occurrence;
        let first = NaiveDate::from_ymd_opt(o.day().year(), month, 1)?;
        if o.month() == month {
            return None;
        }
        if self.week().is_some() {
            return Some(same_week(o.day(), first));
        }
        if !self.moves_by_day() {
            return Some((first, month_end(first)));
        }
        let whole = o.start.day() == 1 && o.due == month_end(o.due);
        let due = if whole { month_end(first) } else { self.same_day(first) };
        // what is open on its own page is so from the day it was: only its end is moved
        if matches!(self.kind().ticked, Ticked::OnThing { .. }) {
            return Some((o.start.min(due), due));
        }
        let months = |day: NaiveDate| u32::try_from(day.year() * 12).unwrap_or_default() + day.month();
        let start = if whole {
            first.checked_sub_months(Months::new(months(o.due) - months(o.start)))?
        } else {
            due - (o.due - o.start)
        };
        Some((start, due))
    }

    fn same_day(&self, first: NaiveDate) -> NaiveDate {
        let due = self.occurrence.due;
        if let Some(Recurrence::MonthDay(_, day)) = self.recurrence
            && day.within(due.with_day(1).unwrap_or(due)) == due
        {
            return day.within(first);
        }
        let last = month_end(first);
        let day = first.with_day(due.day()).unwrap_or(last);
        if is_workday(day) || !is_workday(due) {
            return day;
        }
        let next = day.iter_days().take_while(|d| *d <= last).find(|d| is_workday(*d));
        next.or_else(|| day.iter_days().rev().take(10).find(|d| is_workday(*d))).unwrap_or(day)
    }
}

/// The week of a month that has the number in it which the week of this Thursday has in its own; the last where there is none.
fn same_week(thursday: NaiveDate, first: NaiveDate) -> (NaiveDate, NaiveDate) {
    let nth = u64::from(thursday.day0() / 7);
    let ahead = u64::from((7 + 3 - first.weekday().num_days_from_monday()) % 7);
    let day = first + Days::new(ahead + 7 * nth);
    let day = if day.month() == first.month() { day } else { day - Days::new(7) };
    (day - Days::new(3), day + Days::new(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{area::Area, occurrence::State, recurrence::Day, schedule::Category};

    fn day(m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, d).unwrap()
    }

    fn item(area: Area, recurrence: Recurrence, start: NaiveDate, due: NaiveDate) -> Item {
        Item { recurrence: Some(recurrence), ..Item::example((area, Category::Egenkontroll), 1, (start, due)) }
    }

    #[test]
    fn what_is_of_a_month_is_of_the_other_month_and_stays_in_its_own() {
        let control = item(Area::Egenkontroll, Recurrence::Monthly, day(10, 1), day(10, 31));
        assert_eq!(control.in_month(11), Some((day(11, 1), day(11, 30))));
        assert_eq!(control.in_month(2), Some((day(2, 1), day(2, 28))));
        assert_eq!((control.in_month(10), control.in_month(0), control.in_month(13)), (None, None, None));
    }

    #[test]
    fn a_week_is_the_week_of_the_same_number_or_the_last_of_the_month() {
        let week = |start, due| item(Area::Egenkontroll, Recurrence::Weekly, start, due);
        // v. 46: its Thursday is the second of November
        let second = week(day(11, 9), day(11, 15));
        assert_eq!(second.in_month(12), Some((day(12, 7), day(12, 13))));
        // v. 44: its Thursday is the fifth of October, and November has four
        let fifth = week(day(10, 26), day(11, 1));
        assert_eq!((fifth.occurrence.month(), fifth.in_month(11)), (10, Some((day(11, 23), day(11, 29)))));
    }

    #[test]
    fn a_day_keeps_its_number_is_the_last_of_a_shorter_month_and_a_workday_where_it_was_one() {
        let once = |day| item(Area::Aktivitet, Recurrence::Once, day, day);
        let to = |from: NaiveDate, month| once(from).in_month(month).map(|(start, due)| (start == due).then_some(due));
        assert_eq!(to(day(11, 12), 10), Some(Some(day(10, 12))));
        assert_eq!(to(day(11, 13), 12), Some(Some(day(12, 14))), "the 13th is a Sunday");
        assert_eq!(
            to(day(3, 31), 2),
            Some(Some(day(2, 27))),
            "no 31st, and the 28th is a Saturday, the last of its month"
        );
        assert_eq!(to(day(11, 14), 12), Some(Some(day(12, 14))), "from a Saturday to a Monday");
        assert_eq!(to(day(11, 14), 10), Some(Some(day(10, 14))));
        assert_eq!(to(day(12, 5), 9), Some(Some(day(9, 5))), "a Saturday may be one");
    }

    #[test]
    fn a_day_of_the_month_is_that_day_of_the_other_but_for_one_that_was_moved() {
        let second_tuesday = Recurrence::MonthDay(crate::recurrence::Months::ALL, Day::Nth(2, chrono::Weekday::Tue));
        let of = |day| item(Area::Aktivitet, second_tuesday, day, day).in_month(12).map(|(_, due)| due);
        assert_eq!(of(day(11, 10)), Some(day(12, 8)));
        assert_eq!(of(day(11, 11)), Some(day(12, 11)), "it was on a Wednesday already");
        let last = Recurrence::MonthDay(crate::recurrence::Months::ALL, Day::LastWorkday);
        assert_eq!(item(Area::Aktivitet, last, day(11, 30), day(11, 30)).in_month(12).map(|d| d.1), Some(day(12, 30)));
    }

    #[test]
    fn what_lasts_is_as_long_and_whole_months_stay_whole() {
        let once = |start, due| item(Area::Aktivitet, Recurrence::Once, start, due);
        assert_eq!(once(day(10, 5), day(10, 15)).in_month(12), Some((day(12, 5), day(12, 15))));
        assert_eq!(once(day(4, 1), day(5, 31)).in_month(6), Some((day(5, 1), day(6, 30))));
        assert_eq!(once(day(9, 1), day(9, 30)).in_month(10), Some((day(10, 1), day(10, 31))));
        let into_last_year = once(day(2, 1), day(3, 31)).in_month(1);
        assert_eq!(into_last_year, NaiveDate::from_ymd_opt(2025, 12, 1).map(|start| (start, day(1, 31))));
    }

    #[test]
    fn of_an_enkat_the_last_day_is_moved_and_its_beginning_stays() {
        let enkat = |start, due| item(Area::Enkat, Recurrence::Once, start, due);
        assert_eq!(
            enkat(day(9, 1), day(11, 12)).in_month(12),
            Some((day(9, 1), day(12, 14))),
            "the 12th is a Saturday"
        );
        assert_eq!(enkat(day(11, 2), day(11, 12)).in_month(10), Some((day(10, 12), day(10, 12))));
    }

    #[test]
    fn what_is_done_removed_or_somebody_elses_is_not_moved() {
        let open = item(Area::Egenkontroll, Recurrence::Monthly, day(10, 1), day(10, 31));
        assert!(open.can_be_moved());
        assert!(!Item { may_tick: false, ..open.clone() }.can_be_moved());
        assert!(!Item { removed: true, ..open.clone() }.can_be_moved());
        let mut done = open;
        done.occurrence.state = State::Utford;
        assert!(!done.can_be_moved());
    }
}
