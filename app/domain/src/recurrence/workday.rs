//! Workday: the days on which people work in Sweden.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::occurrence::month_end;

/// Easter Sunday (the Gregorian computus in the form of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let day = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) / 451) + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?)
}

/// Whether the day is a public holiday, Sundays aside: lagen (1989:253) om allmänna helgdagar 1 §.
fn is_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1 | 6) | (5, 1) | (6, 6) | (12, 25 | 26));
    let of_easter = easter(day.year()).is_some_and(|sunday| matches!((day - sunday).num_days(), -2 | 0 | 1 | 39 | 49));
    let midsummer = day.weekday() == Weekday::Sat && day.month() == 6 && (20..=26).contains(&day.day());
    let all_saints = day.weekday() == Weekday::Sat && matches!((day.month(), day.day()), (10, 31) | (11, 1..=6));
    fixed || of_easter || midsummer || all_saints
}

/// Whether people work on the day. Saturdays and midsommarafton, julafton and nyårsafton are as public holidays: lagen
/// (1930:173) om beräkning av lagstadgad tid 2 §.
#[must_use]
pub fn is_workday(day: NaiveDate) -> bool {
    let eve = matches!((day.month(), day.day()), (12, 24 | 31))
        || day.weekday() == Weekday::Fri && day.month() == 6 && (19..=25).contains(&day.day());
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !eve && !is_holiday(day)
}

/// The last workday of the month of a day.
#[must_use]
pub fn last_workday(day: NaiveDate) -> NaiveDate {
    let last = month_end(day);
    (0..7).filter_map(|back| last.checked_sub_days(Days::new(back))).find(|d| is_workday(*d)).unwrap_or(last)
}

/// The first workday of the month of a day.
#[must_use]
pub fn first_workday(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.iter_days().take(10).find(|d| is_workday(*d)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        let sundays = [(2022, 4, 17), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)];
        for (year, month, sunday) in sundays {
            assert_eq!(easter(year), Some(day(year, month, sunday)));
        }
    }

    #[test]
    fn the_red_days_of_2026_are_those_of_the_almanac() {
        let red: Vec<String> = day(2026, 1, 1)
            .iter_days()
            .take_while(|d| d.year() == 2026)
            .filter(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun) && !is_workday(*d))
            .map(|d| d.format("%-d/%-m").to_string())
            .collect();
        assert_eq!(
            red,
            ["1/1", "6/1", "3/4", "6/4", "1/5", "14/5", "19/6", "24/12", "25/12", "31/12"],
            "nyår, trettondagen, långfredag, annandag påsk, första maj, Kristi himmelsfärd, midsommarafton, jul, nyårsafton"
        );
    }

    #[test]
    fn the_first_workday_is_after_weekends_and_holidays() {
        assert_eq!(first_workday(day(2026, 1, 20)), day(2026, 1, 2), "nyårsdagen is a Thursday");
        assert_eq!(first_workday(day(2026, 5, 31)), day(2026, 5, 4), "första maj is a Friday");
        assert_eq!(first_workday(day(2026, 11, 1)), day(2026, 11, 2));
    }

    #[test]
    fn the_last_workday_is_before_weekends_and_holidays() {
        assert_eq!(last_workday(day(2026, 1, 3)), day(2026, 1, 30), "the 31st is a Saturday");
        assert_eq!(last_workday(day(2026, 12, 1)), day(2026, 12, 30), "nyårsafton is as a holiday");
        assert_eq!(last_workday(day(2027, 12, 1)), day(2027, 12, 30));
        assert_eq!(last_workday(day(2024, 3, 1)), day(2024, 3, 28), "good Friday is the 29th, Easter the 31st");
        assert_eq!(last_workday(day(2026, 2, 10)), day(2026, 2, 27));
    }
}
