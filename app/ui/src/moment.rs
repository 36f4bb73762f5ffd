//! Moment: the clock of the place, in which people write and read, and UTC, in which it is kept.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::Stockholm;
pub use domain::moment::local;
use domain::{avvikelse::deadline::Due, format};

/// The moment of a time that is read off the wall. Of the two when the clock is turned back the first; one that is skipped
/// when it is turned on is the hour after.
#[must_use]
pub fn utc(wall: NaiveDateTime) -> DateTime<Utc> {
    let of = |wall: NaiveDateTime| Stockholm.from_local_datetime(&wall).earliest().map(|at| at.with_timezone(&Utc));
    of(wall).or_else(|| of(wall + TimeDelta::hours(1))).unwrap_or_else(|| wall.and_utc())
}

/// As [`utc`] for something that follows upon what happened at `earlier`: of the two moments when the clock is turned back the
/// first that does.
#[must_use]
pub fn utc_after(wall: NaiveDateTime, earlier: DateTime<Utc>) -> DateTime<Utc> {
    let first = utc(wall);
    let second = Stockholm.from_local_datetime(&wall).latest().map(|at| at.with_timezone(&Utc));
    if first < earlier { second.filter(|at| *at >= earlier).unwrap_or(first) } else { first }
}

/// `2026-11-23 14.02`, on the clock of the place.
#[must_use]
pub fn stamp(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%d %H.%M").to_string()
}

/// The last moment, as it is said: `senast mån 7 mars 16.00`. Nothing for what has no number.
#[must_use]
pub fn latest(due: Due) -> String {
    let day = |day: NaiveDate| {
        let whole = format::weekday_date(day);
        let (weekday, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
        format!("{} {rest}", weekday.chars().take(3).collect::<String>())
    };
    match due {
        Due::Since(_) => String::new(),
        Due::Day(on) => format!("senast {}", day(on)),
        Due::At(at) => {
            let at = local(at);
            format!("senast {} {}", day(at.date()), at.format("%H.%M"))
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::avvikelse::pui::{IncidentForm, check_anmalan, check_incident};

    use super::*;

    fn at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap().and_hms_opt(hour, 30, 0).unwrap()
    }

    #[test]
    fn the_last_moment_is_said_as_people_say_it() {
        let monday = NaiveDate::from_ymd_opt(2022, 3, 7).unwrap();
        let at = monday.and_hms_opt(16, 0, 0).unwrap();
        assert_eq!(latest(Due::At(utc(at))), "senast mån 7 mars 16.00");
        assert_eq!(latest(Due::Day(monday)), "senast mån 7 mars");
        assert_eq!(latest(Due::Since(monday)), "");
    }

    #[test]
    fn what_the_wall_says_survives_a_year_with_its_two_changes() {
        for (wall, hours) in [(at(1, 15, 9), 1), (at(7, 15, 9), 2), (at(10, 25, 12), 1)] {
            assert_eq!(utc(wall), wall.and_utc() - TimeDelta::hours(hours));
            assert_eq!(local(utc(wall)), wall);
        }
        assert_eq!(local(utc(at(3, 29, 2))), at(3, 29, 3), "there is no 02.30 that night");
        assert_eq!(utc(at(10, 25, 2)), at(10, 25, 0).and_utc(), "the first of two 02.30");
        let second = utc(at(10, 25, 2)) + TimeDelta::hours(1);
        assert_eq!(utc_after(at(10, 25, 2), second - TimeDelta::minutes(40)), second, "what follows is in the second");
        assert_eq!(utc_after(at(10, 25, 2), second + TimeDelta::hours(1)), utc(at(10, 25, 2)), "or in neither");
    }

    /// Where a time is a clock face, and why: anywhere else it is a moment, so that what lies between two is lived time.
    const FACES: [&str; 6] = [
        // from the one to the other
        "domain/src/moment.rs",
        "ui/src/moment.rs",
        // what IMY asks for is written and read off the wall; it is compared as moments
        "domain/src/avvikelse/pui.rs",
        "ui/src/avvikelse/arende/pui.rs",
        "ui/src/avvikelse/case_api.rs",
        // the demo writes what somebody would have read off the wall
        "web/src/demo/avvikelser.rs",
    ];

    #[test]
    fn a_time_is_a_moment_but_where_it_is_read_off_the_wall() {
        for (name, code) in crate::sources::all() {
            let face = ["NaiveDateTime", "naive_local", "naive_utc"].iter().any(|word| code.contains(word));
            assert!(!face || FACES.iter().any(|may| name.ends_with(may)), "{name} counts with clock faces");
        }
    }

    #[test]
    fn seventy_two_hours_are_lived_hours_also_when_the_clock_is_turned() {
        let wall = |y, m, d, hour| NaiveDate::from_ymd_opt(y, m, d).unwrap().and_hms_opt(hour, 30, 0).unwrap();
        let check = |found, told| {
            let (found, told) = (utc(found), utc(told));
            check_anmalan(told, "", found, told + TimeDelta::hours(1)).is_ok()
        };
        // the night to 28 March 2027 is an hour short: 73 on the wall are 72
        assert!(check(wall(2027, 3, 26, 10), wall(2027, 3, 29, 11)));
        assert!(!check(wall(2027, 3, 26, 10), wall(2027, 3, 29, 12)));
        // that to 25 October 2026 is an hour long: 72 on the wall are 73
        assert!(check(wall(2026, 10, 23, 10), wall(2026, 10, 26, 9)));
        assert!(!check(wall(2026, 10, 23, 10), wall(2026, 10, 26, 10)));
    }

    #[test]
    fn what_happens_in_the_hour_that_comes_twice_is_neither_tomorrow_nor_before_its_beginning() {
        let form = |began: &str, found: &str| IncidentForm {
            began_day: "2026-10-25".into(),
            began_time: began.into(),
            discovered_day: "2026-10-25".into(),
            discovered_time: found.into(),
            forlust: vec!["rojande".into()],
            drabbade: vec!["brukare".into()],
            uppgifter: vec!["ekonomi".into()],
            consequences: "En handling kan ha lästs.".into(),
            measures: "Den är hämtad.".into(),
            ..IncidentForm::default()
        };
        // it is 02.10 for the second time, and 02.50 has been once
        let now = utc(at(10, 25, 2)) + TimeDelta::minutes(40);
        assert_eq!(local(now).format("%H.%M").to_string(), "02.10");
        assert!(check_incident(&form("02:30", "02:50"), now, utc).is_ok());
        assert!(check_incident(&form("02:30", "03:10"), now, utc).is_err());
    }
}
