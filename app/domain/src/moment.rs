//! Moment: on which day of the place something is. Half past midnight in November is still the day before in UTC, and a limit that
//! is placed there lies a day too early on the wheel and in lists.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Stockholm;

/// The day that calendars on the wall show.
#[must_use]
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Stockholm).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_midnight_on_the_wall_winter_and_summer() {
        let on = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let at = |m, d, hour, minute| on(m, d).and_hms_opt(hour, minute, 0).unwrap().and_utc();
        for (moment, expected) in [
            (at(11, 26, 22, 59), on(11, 26)),
            (at(11, 26, 23, 0), on(11, 27)),
            (at(7, 1, 21, 59), on(7, 1)),
            (at(7, 1, 22, 0), on(7, 2)),
        ] {
            assert_eq!(day(moment), expected, "{moment}");
        }
    }

    #[test]
    fn a_rule_takes_no_day_of_a_moment_but_that_of_the_place() {
        fn sources(folder: &std::path::Path, into: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    sources(&path, into);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    into.push(path);
                }
            }
        }
        let mut files = Vec::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        assert!(files.len() > 50, "the sources are where they were: {}", files.len());
        for file in files.iter().filter(|f| !f.ends_with("moment.rs") && !f.ends_with("tests.rs")) {
            let text = std::fs::read_to_string(file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(!code.contains("date_naive()"), "{} takes the day in UTC: moment::day", file.display());
        }
    }
}
