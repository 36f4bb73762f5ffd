//! Hours: from when to when something is on its day, as it is typed, stored and said.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use crate::{avvikelse::intake::parse_time, field::Checker, text::compared};

/// From a time of the day, perhaps to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hours {
    from: NaiveTime,
    to: Option<NaiveTime>,
}

/// What stands between two times.
const DASHES: [char; 4] = ['-', '–', '—', '−'];

/// What stands in front of a number that is no time: "vecka 10–20", "den 14".
const NO_TIME: [&str; 12] =
    ["vecka", "veckan", "veckor", "veckorna", "v", "månad", "månaden", "månader", "månaderna", "den", "dag", "dagarna"];

/// A time of the day as people write it: `13.00`, `13:00`, `1300`, `13`, `kl. 13`.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let text = ["klockan", "kl.", "kl"].iter().find_map(|kl| text.strip_prefix(kl)).unwrap_or(&text).trim();
    let hour =
        || text.parse().ok().filter(|_| (1..=2).contains(&text.len())).and_then(|h| NaiveTime::from_hms_opt(h, 0, 0));
    parse_time(text).or_else(hour)
}

const BACKWARDS: &str = "Sluttiden ligger inte efter starttiden.";

impl Hours {
    fn between(from: NaiveTime, to: NaiveTime) -> Option<Self> {
        (from < to).then_some(Self { from, to: Some(to) })
    }

    /// As stored: `13:00`, `13:00-15:00`.
    #[must_use]
    pub fn code(self) -> String {
        let clock = |t: NaiveTime| format!("{:02}:{:02}", t.hour(), t.minute());
        self.to.map_or_else(|| clock(self.from), |to| format!("{}-{}", clock(self.from), clock(to)))
    }

    /// The hours of a code, or of a text that is nothing else: `13–15`. `None` when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(DASHES) {
            None => Some(Self { from: clock(code)?, to: None }),
            Some((from, to)) => Self::between(clock(from)?, clock(to)?),
        }
    }

    /// As the two fields of a form have it.
    #[must_use]
    pub fn fields(hours: Option<Self>) -> (String, String) {
        let clock = |t: NaiveTime| format!("{:02}.{:02}", t.hour(), t.minute());
        let of = |hours: Self| (clock(hours.from), hours.to.map(clock).unwrap_or_default());
        hours.map(of).unwrap_or_default()
    }

    /// Reads the two fields; both may be empty, and the first may hold both: `13–15`.
    pub fn check(check: &mut Checker, (from_field, from): (&str, &str), (to_field, to): (&str, &str)) -> Option<Self> {
        if let Some(both) = Self::from_code(from).filter(|hours| hours.to.is_some() && to.trim().is_empty()) {
            return Some(both);
        }
        let mut read = |field: &str, text: &str| {
            let time = clock(text);
            let both = text.split_once(DASHES).filter(|(from, to)| clock(from).is_some() && clock(to).is_some());
            if both.is_some() && to.trim().is_empty() {
                check.error(field, BACKWARDS);
            } else if time.is_none() && !text.trim().is_empty() {
                check.error(field, "Skriv klockslaget som 13.00.");
            }
            time
        };
        match (read(from_field, from), read(to_field, to)) {
            (Some(from), Some(to)) => {
                let hours = Self::between(from, to);
                if hours.is_none() {
                    check.error(to_field, BACKWARDS);
                }
                hours
            }
            (None, Some(_)) if from.trim().is_empty() => {
                check.error(from_field, "Skriv också när den börjar.");
                None
            }
            (Some(from), None) => Some(Self { from, to: None }),
            (None, _) => None,
        }
    }

    /// After a day: `13.00–15.00`, `kl. 13.00`.
    #[must_use]
    pub fn label(self) -> String {
        let (from, to) = Self::fields(Some(self));
        if to.is_empty() { format!("kl.\u{a0}{from}") } else { format!("{from}–{to}") }
    }

    /// Takes the hours out of what people write about when: "varannan tisdag kl. 13–15" is "varannan tisdag", and these. Without
    /// "kl." only what can be nothing else is a time: `13.00`, `13–15`. What stands behind "kl." and is none stays in the text,
    /// so that whoever reads the rest says that it is not understood.
    #[must_use]
    pub fn split(text: &str) -> (String, Option<Self>) {
        let spaced = text.replace(DASHES, "-").replace(" - ", "-").replace("- ", "-").replace(" -", "-");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut rest: Vec<&str> = Vec::new();
        let mut found = None;
        let mut i = 0;
        while i < words.len() {
            let word = words[i].trim_end_matches(',').to_lowercase();
            let after_kl =
                word.strip_prefix("kl.").or_else(|| word.strip_prefix("klockan")).or_else(|| word.strip_prefix("kl"));
            let (at, said, time) = match after_kl {
                Some("") => (i + 1, true, words.get(i + 1).map_or("", |w| w.trim_end_matches([',', '.']))),
                Some(time) if time.starts_with(|c: char| c.is_ascii_digit()) => (i, true, time),
                _ => (i, false, word.trim_end_matches('.')),
            };
            // "7.1–15.6" are two days
            let minutes = |t: &str| t.split_once([':', '.']).is_none_or(|(_, minutes)| minutes.len() == 2);
            let alone = |t: &str| t.contains([':', '.', '-']) && t.split('-').all(minutes);
            let counts = |w: &&str| NO_TIME.contains(&compared(w.trim_end_matches(['.', ','])).as_str());
            let of_weeks = i.checked_sub(1).and_then(|before| words.get(before)).is_some_and(counts);
            let starts = said || i > 0 && !of_weeks;
            let hours = Self::from_code(time).filter(|_| found.is_none() && starts && (said || alone(time)));
            let Some(mut hours) = hours else {
                rest.push(words[i]);
                i += 1;
                continue;
            };
            i = at + 1;
            // "kl. 13 till 15"
            if hours.to.is_none()
                && words.get(i).is_some_and(|w| w.eq_ignore_ascii_case("till"))
                && let Some(to) = words.get(i + 1).and_then(|w| clock(w.trim_end_matches([',', '.'])))
                && let Some(both) = Self::between(hours.from, to)
            {
                hours = both;
                i += 2;
            }
            found = Some(hours);
        }
        if found.is_none() { (text.to_owned(), None) } else { (rest.join(" ").trim_end_matches(',').to_owned(), found) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(from: &str, to: &str) -> Result<Option<String>, String> {
        let mut check = Checker::default();
        let hours = Hours::check(&mut check, ("from", from), ("to", to));
        check.finish(hours.map(Hours::label)).map_err(|errors| errors[0].field.clone())
    }

    #[test]
    fn hours_are_read_and_said_as_people_write_them() {
        for (from, to) in [("13.00", "15:00"), ("13", "15"), ("1300", "15.00"), ("13–15", ""), ("13.00 - 15.00", " ")]
        {
            assert_eq!(read(from, to), Ok(Some("13.00–15.00".into())), "{from} {to}");
        }
        assert_eq!(read("8:30", ""), Ok(Some("kl.\u{a0}08.30".into())));
        assert_eq!(read("", " "), Ok(None));
        assert_eq!(read("eftermiddag", ""), Err("from".into()));
        assert_eq!(read("25", ""), Err("from".into()));
        assert_eq!(read("", "15.00"), Err("from".into()));
        assert_eq!(read("15.00", "13.00"), Err("to".into()));
        assert_eq!(read("15–13", ""), Err("from".into()));
        let mut check = Checker::default();
        Hours::check(&mut check, ("from", "15−13"), ("to", ""));
        assert_eq!(check.finish(()).unwrap_err()[0].message, "Sluttiden ligger inte efter starttiden.");
        for text in ["kl. 13.00–15.00", "Kl 13−15", "klockan 13 - 15", "kl. 13–kl. 15"] {
            assert_eq!(Hours::from_code(text).map(Hours::label).as_deref(), Some("13.00–15.00"), "{text}");
        }
        assert_eq!(Hours::from_code("kl."), None);
    }

    #[test]
    fn hours_survive_storing_and_a_form() {
        for code in ["13:00", "08:30-09:15"] {
            let hours = Hours::from_code(code).unwrap();
            assert_eq!(hours.code(), code);
            let (from, to) = Hours::fields(Some(hours));
            let read = Hours::check(&mut Checker::default(), ("a", &from), ("b", &to));
            assert_eq!(read, Some(hours));
        }
        assert_eq!(Hours::from_code("15:00-13:00"), None);
        assert_eq!(Hours::fields(None), (String::new(), String::new()));
    }

    #[test]
    fn hours_are_found_where_a_plan_says_how_often() {
        for (text, rest, hours) in [
            ("varannan tisdag kl. 13–15", "varannan tisdag", "13:00-15:00"),
            ("varannan tisdag, kl 13.00 - 15.00", "varannan tisdag", "13:00-15:00"),
            ("Varje måndag klockan 9 till 11", "Varje måndag", "09:00-11:00"),
            ("onsdagar 13:00–14:30.", "onsdagar", "13:00-14:30"),
            ("varje fredag kl.8.30", "varje fredag", "08:30"),
            ("kl. 13-15 varannan tisdag", "varannan tisdag", "13:00-15:00"),
        ] {
            let (found, read) = Hours::split(text);
            assert_eq!((found.as_str(), read.map(Hours::code).as_deref()), (rest, Some(hours)), "{text}");
        }
        for text in [
            "tisdagar vecka 10-20",
            "tisdagar v. 10-20",
            "tisdagar 7.1-15.6",
            "den 14-16 varje månad",
            "tisdagar 7.1",
            "4,8,12",
            "var 5:e månad",
            "den 14:e varje månad",
            "varje månad",
            "1 gång",
            "3-5",
            "kl. snart",
            "",
        ] {
            assert_eq!(Hours::split(text), (text.to_owned(), None), "{text}");
        }
    }
}
