//! Moment: the clock of the place, in which people write and read, and UTC, in which it is kept.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Stockholm;

/// What the clock on the wall says.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Stockholm).naive_local()
}

/// The moment of a time that is read off the wall. Of the two when the clock is turned back the first; one that is skipped
/// when it is turned on is the hour after.
#[must_use]
pub fn utc(wall: NaiveDateTime) -> DateTime<Utc> {
    let of = |wall: NaiveDateTime| Stockholm.from_local_datetime(&wall).earliest().map(|at| at.with_timezone(&Utc));
    of(wall).or_else(|| of(wall + TimeDelta::hours(1))).unwrap_or_else(|| wall.and_utc())
}

/// `2026-11-23 14.02`, on the clock of the place.
#[must_use]
pub fn stamp(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%d %H.%M").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(hour, 30, 0).unwrap()
    }

    #[test]
    fn what_the_wall_says_survives_a_year_with_its_two_changes() {
        for (wall, hours) in [(at(1, 15, 9), 1), (at(7, 15, 9), 2), (at(10, 25, 12), 1)] {
            assert_eq!(utc(wall), wall.and_utc() - TimeDelta::hours(hours));
            assert_eq!(local(utc(wall)), wall);
        }
        assert_eq!(local(utc(at(3, 29, 2))), at(3, 29, 3), "there is no 02.30 that night");
        assert_eq!(utc(at(10, 25, 2)), at(10, 25, 0).and_utc(), "the first of two 02.30");
    }
}
