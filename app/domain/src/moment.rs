//! Moment: on which day of the place something is. Half past midnight in November is still the day before in UTC, and a limit that
//! is placed there lies a day too early on the wheel and in lists.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Stockholm;

/// What the clock on the wall says.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Stockholm).naive_local()
}

/// The day that calendars on the wall show.
#[must_use]
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
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
    fn nobody_takes_a_day_of_a_moment_but_that_of_the_place() {
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
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["src", "../islands/src", "../ui/src", "../../server/store/src", "../../server/web/src"] {
            let before = files.len();
            sources(&here.join(folder), &mut files);
            assert!(files.len() > before + 20, "the sources are where they were: {folder}");
        }
        // a demo's clock is set by days
        let others = ["tests.rs", "src/clock.rs"];
        for file in files.iter().filter(|file| !others.iter().any(|other| file.ends_with(other))) {
            let text = std::fs::read_to_string(file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(!code.contains("date_naive()"), "{} takes the day in UTC: moment::day", file.display());
        }
    }
}
