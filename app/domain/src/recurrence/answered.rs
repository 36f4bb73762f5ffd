//! Answered: a time that somebody has done something about answers for the same time of another rhythm. A control that is
//! given a day in November does not ask for January anew beside the January that is done.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Slot;
use crate::occurrence::month_end;

impl Slot {
    /// The time that a tillfälle stands for, once its rhythm is another: from its first day to the last that its slot had. Of
    /// one that is a day, or was moved, only that last day is known; where that ends a month or a week it stands for all of it.
    #[must_use]
    pub fn standing(start: NaiveDate, slot_due: NaiveDate, moved: bool) -> Self {
        let first = if !moved && start < slot_due {
            start
        } else if slot_due == month_end(slot_due) {
            slot_due.with_day(1).unwrap_or(slot_due)
        } else if slot_due.weekday() == Weekday::Sun {
            slot_due - Days::new(6)
        } else {
            slot_due
        };
        Self { start: first, due: slot_due }
    }

    /// Whether it answers for another: the middle of the shorter lies in the longer, as a week belongs to the month that most
    /// of it is in.
    #[must_use]
    pub fn answers_for(&self, other: &Self) -> bool {
        let days = |slot: &Self| (slot.due - slot.start).num_days();
        let (short, long) = if days(self) <= days(other) { (self, other) } else { (other, self) };
        let middle = short.start + chrono::Duration::days(days(short) / 2);
        (long.start..=long.due).contains(&middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot((from, to): ((u32, u32), (u32, u32))) -> Slot {
        let day = |(m, d)| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        Slot { start: day(from), due: day(to) }
    }

    #[test]
    fn a_month_answers_for_a_day_of_it_and_a_week_for_the_month_that_most_of_it_is_in() {
        let october = slot(((10, 1), (10, 31)));
        assert!(october.answers_for(&slot(((10, 30), (10, 30)))));
        assert!(!october.answers_for(&slot(((11, 2), (11, 2)))));
        let week_44 = slot(((10, 26), (11, 1)));
        assert!(week_44.answers_for(&october) && october.answers_for(&week_44));
        assert!(!week_44.answers_for(&slot(((11, 1), (11, 30)))), "one day of November is not November");
    }

    #[test]
    fn what_was_moved_stands_for_the_time_that_it_was_moved_from() {
        let moved = |to: (u32, u32), due: (u32, u32)| Slot::standing(slot((to, to)).start, slot((due, due)).due, true);
        assert_eq!(moved((2, 10), (1, 31)), slot(((1, 1), (1, 31))), "a month");
        assert_eq!(moved((2, 10), (2, 8)), slot(((2, 2), (2, 8))), "a week");
        assert_eq!(moved((2, 12), (2, 10)), slot(((2, 10), (2, 10))), "a day");
        let week = slot(((10, 26), (11, 1)));
        assert_eq!(Slot::standing(week.start, week.due, false), week);
    }
}
