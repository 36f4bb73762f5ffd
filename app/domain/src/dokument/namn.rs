//! Namn: what the file of a document is called, so that it can be found among others: what it is, which unit, which month.

use chrono::{Datelike, NaiveDate};

use super::Dokument;

/// The most signs of a name that are of the unit: some have long names.
const UNIT_MAX: usize = 60;

impl Dokument {
    /// "protokoll-apt-enheten-för-ekonomiskt-bistånd-2026-11", without ending.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.kind, &self.unit, self.month)
    }
}

/// What, whose and when, in small letters with hyphens.
#[must_use]
pub fn file_name(what: &str, unit: &str, month: Option<NaiveDate>) -> String {
    let unit: String = hyphened(unit).chars().take(UNIT_MAX).collect();
    let month = month.map(|day| format!("{}-{:02}", day.year(), day.month())).unwrap_or_default();
    let parts = [hyphened(what), unit.trim_end_matches('-').to_owned(), month];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Letters and figures in small letters, with a hyphen for whatever is between them.
#[must_use]
pub fn hyphened(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_it_is_whose_and_when() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 11).unwrap();
        let document = Dokument::new("Protokoll APT", "Protokoll").unit("Enheten för ekonomiskt bistånd").date(day);
        assert_eq!(document.file_name(), "protokoll-apt-enheten-för-ekonomiskt-bistånd-2026-11");
        assert_eq!(Dokument::new("Ärende 2026-014", "Ärende").file_name(), "ärende-2026-014");
        let long = file_name("Protokoll", &"Enheten för allt ".repeat(20), Some(day));
        assert!(long.ends_with("-2026-11") && long.chars().count() < 90, "{long}");
        assert_eq!(file_name("a/../b", "\"x\"; y=\r\n", None), "a-b-x-y");
    }
}
