//! Errors that belong to one field of a form, in the words that the user reads, and the checks that many forms share.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    day::{self, Fits},
    number,
    per_cent::{self, Unread},
    tal::Tal,
};

/// One fault in one field. `field` is the name of the form field; an empty name means the form as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the field in the form.
    pub field: String,
    /// A sentence in Swedish that says what to do.
    pub message: String,
}

/// A sentence about the form as a whole.
impl From<String> for FieldError {
    fn from(message: String) -> Self {
        Self { field: String::new(), message }
    }
}

/// The field that the sentence about all further faults stands at: no form has such a one.
pub const REST: &str = "…";

/// The longest text a one-line field holds, in characters.
pub const LINE_MAX: usize = 300;
/// The longest text a free text holds, in characters.
pub const TEXT_MAX: usize = 8_000;

/// The most faults that are told of at once: nobody mends more before they send again.
pub const ERRORS_MAX: usize = 20;

/// The first faults, at most [`ERRORS_MAX`], and how many more there are: "och 7 980 till".
#[must_use]
pub fn at_most(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    if errors.len() > ERRORS_MAX && !told(&errors) {
        let more = errors.len() - ERRORS_MAX;
        errors.truncate(ERRORS_MAX);
        errors.push(and_more(more));
    }
    errors
}

/// Whether the last of them is what [`at_most`] has added.
#[must_use]
pub fn told(errors: &[FieldError]) -> bool {
    errors.len() == ERRORS_MAX + 1 && errors.last().is_some_and(|e| e.field == REST)
}

fn and_more(n: usize) -> FieldError {
    let n = crate::format::int(i64::try_from(n).unwrap_or(i64::MAX));
    FieldError { field: REST.to_owned(), message: format!("och {n} till") }
}

/// Gathers the faults of a form while its fields are read. After [`ERRORS_MAX`] they are counted only.
#[derive(Debug, Default)]
pub struct Checker {
    errors: Vec<FieldError>,
    more: usize,
}

impl Checker {
    /// Notes a fault.
    pub fn error(&mut self, field: &str, message: impl Into<String>) {
        if self.errors.len() < ERRORS_MAX {
            self.errors.push(FieldError { field: field.to_owned(), message: message.into() });
        } else {
            self.more += 1;
        }
    }

    /// A one-line text that must be there. `what` names it in the message, as in "Skriv {what}.".
    pub fn required(&mut self, field: &str, value: &str, what: &str) -> String {
        let text = self.line(field, value);
        if text.is_empty() {
            self.error(field, format!("Skriv {what}."));
        }
        text
    }

    /// A one-line text that may be empty: trimmed, line breaks become blanks, at most [`LINE_MAX`] characters.
    pub fn line(&mut self, field: &str, value: &str) -> String {
        let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.limit(field, &text, LINE_MAX);
        text
    }

    /// A free text that may be empty: trimmed, at most [`TEXT_MAX`] characters.
    pub fn text(&mut self, field: &str, value: &str) -> String {
        let text = value.replace("\r\n", "\n").trim().to_owned();
        self.limit(field, &text, TEXT_MAX);
        text
    }

    fn limit(&mut self, field: &str, text: &str, max: usize) {
        let length = text.chars().count();
        if length > max {
            let int = |n: usize| crate::format::int(i64::try_from(n).unwrap_or(i64::MAX));
            let (length, max) = (int(length), int(max));
            self.error(field, format!("Texten är {length} tecken. Korta den till högst {max}."));
        }
    }

    /// A date that may be left empty, in any spelling ([`day::read`]), in one of the years of [`crate::year::Year`].
    pub fn date(&mut self, field: &str, value: &str, fits: Fits) -> Option<NaiveDate> {
        day::read(value, fits).unwrap_or_else(|fault| {
            self.error(field, fault);
            None
        })
    }

    /// A whole number within limits that may be left empty: `316`, `1 346`, `316 st`.
    pub fn int(&mut self, field: &str, value: &str, range: RangeInclusive<i64>) -> Option<i64> {
        self.int_of(field, value, range, number::COUNT)
    }

    /// As [`Checker::int`] of something that is counted in other words than pieces.
    pub fn int_of(&mut self, field: &str, value: &str, range: RangeInclusive<i64>, words: &[&str]) -> Option<i64> {
        // what is no whole number in any sense is told of with the limits
        let within = Tal::whole(*range.start())..=Tal::whole(*range.end());
        let read = self.number(field, value, &within)?;
        let whole = read.as_ref().ok().and_then(|read| Some((read.number.int()?, read)));
        match whole.filter(|(n, _)| range.contains(n)) {
            Some((n, read)) if number::fits(&read.unit, words) => Some(n),
            Some((_, read)) => {
                self.error(field, number::other_unit(&read.unit));
                None
            }
            None => {
                let (low, high) = (crate::format::int(*range.start()), crate::format::int(*range.end()));
                self.error(field, format!("Skriv ett heltal mellan {low} och {high}."));
                None
            }
        }
    }

    /// A number with decimal comma or point, within limits, that may be left empty, and the unit that stood behind it: one of
    /// `unit`, or any words where that is empty ([`number::is_unit`]).
    pub fn decimal(
        &mut self,
        field: &str,
        value: &str,
        range: RangeInclusive<Tal>,
        unit: &str,
    ) -> Option<(Tal, String)> {
        let read = self.number(field, value, &range)?;
        let unread = read.is_err();
        let read = read.unwrap_or(number::Read { number: Tal::ZERO, unit: String::new() });
        let named = unit.trim().to_lowercase();
        if !unread && !named.is_empty() && !number::fits(&read.unit, &[&named]) {
            self.error(field, format!("Enheten är {named}. Skriv bara talet här."));
            return None;
        }
        if named.is_empty() && !number::is_unit(&read.unit) {
            self.error(field, number::other_unit(&read.unit));
            return None;
        }
        self.within(field, (!unread).then_some(read.number), range).map(|number| (number, read.unit))
    }

    /// What was read of a number: nothing where there is no text or where it was said what to write.
    fn number(&mut self, field: &str, value: &str, within: &RangeInclusive<Tal>) -> Option<Result<number::Read, ()>> {
        match number::read(value, within) {
            Ok(read) => read.map(Ok),
            Err(number::Unread::NoNumber) => Some(Err(())),
            Err(number::Unread::Said(sentence)) => {
                self.error(field, sentence);
                None
            }
        }
    }

    /// Per cent with or without its sign, within limits, that may be left empty. What could be a hundredfold wrong is asked
    /// about ([`per_cent`]).
    pub fn per_cent(&mut self, field: &str, value: &str, range: RangeInclusive<Tal>) -> Option<Tal> {
        match per_cent::read(value) {
            Ok(None) => None,
            Ok(number) => self.within(field, number, range),
            Err(Unread::NoNumber) => self.within(field, None, range),
            Err(Unread::Asked(question)) => {
                self.error(field, question);
                None
            }
        }
    }

    fn within(&mut self, field: &str, number: Option<Tal>, range: RangeInclusive<Tal>) -> Option<Tal> {
        let within = number.filter(|n| range.contains(n));
        if within.is_none() {
            let (low, high) = (range.start(), range.end());
            self.error(field, format!("Skriv ett tal mellan {low} och {high}."));
        }
        within
    }

    /// The value when no fault was noted.
    pub fn finish<T>(mut self, value: T) -> Result<T, Vec<FieldError>> {
        if self.more > 0 {
            self.errors.push(and_more(self.more));
        }
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }

    /// Whether a fault was noted.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_another_century_is_refused_and_told_which_years_there_are() {
        for text in ["1999-12-31", "2101-01-01", "0001-01-01", "990101"] {
            let mut check = Checker::default();
            assert_eq!(check.date("on", text, Fits::Whole), None, "{text}");
            assert_eq!(check.finish(()).unwrap_err()[0].message, crate::year::DAY_OUTSIDE, "{text}");
        }
        assert!(day::read("-262143-01-01", Fits::Whole).is_err() && day::read("99999-01-01", Fits::Whole).is_err());
        assert!(day::read("2000-01-01", Fits::Whole).is_ok() && day::read("2100-12-31", Fits::Whole).is_ok());
    }

    #[test]
    fn a_text_that_is_too_long_says_how_long_it_is_and_is_not_cut() {
        let mut check = Checker::default();
        let text = check.text("note", &"å".repeat(10_000));
        assert_eq!(text.chars().count(), 10_000);
        let errors = check.finish(()).unwrap_err();
        assert_eq!(errors[0].message, "Texten är 10\u{a0}000 tecken. Korta den till högst 8\u{a0}000.");
    }

    #[test]
    fn at_most_twenty_faults_are_told_of_and_how_many_more_there_are() {
        let mut check = Checker::default();
        for n in 0..8_000 {
            check.error("rader", format!("Rad {n}: fel"));
        }
        let errors = check.finish(()).unwrap_err();
        assert_eq!((errors.len(), errors[20].message.as_str()), (21, "och 7\u{a0}980 till"));
        assert_eq!(at_most(errors.clone()), errors, "and it is said once");
        let all = |n: usize| vec![FieldError { field: "x".into(), message: "fel".into() }; n];
        assert_eq!(at_most(all(20)).len(), 20);
        assert_eq!(at_most(all(21)).last().unwrap().message, "och 1 till");
    }

    #[test]
    fn numbers_take_comma_and_blanks() {
        let mut check = Checker::default();
        let all = -Tal::MOST..=Tal::MOST;
        assert_eq!(check.decimal("x", "1 346,5", all.clone(), ""), Some((Tal::of_stored(13_465_000), String::new())));
        assert_eq!(check.decimal("x", "12 kr", all.clone(), "Kr"), Some((Tal::whole(12), "kr".to_owned())));
        assert_eq!(check.int("n", "316 st", 0..=10_000), Some(316));
        assert_eq!(check.decimal("x", "250:-", all, ""), Some((Tal::whole(250), ":-".to_owned())));
        assert_eq!(check.int_of("n", "14 dagar", 1..=60, number::DAYS), Some(14));
        assert_eq!(check.int("n", "1 346", 0..=10_000), Some(1346));
        assert_eq!(check.int("n", "", 0..=5), None);
        assert!(!check.has_errors());
        assert_eq!(check.int("n", "9", 0..=5), None);
        assert!(check.has_errors());
    }

    #[test]
    fn a_number_that_is_none_is_refused_in_words() {
        for (text, said) in [
            ("ca 3", "Skriv talet utan ”ca”: det som sparas är ett bestämt tal."),
            ("3 kr", "Här kan det inte stå ”kr” efter talet. Skriv bara talet."),
            ("3,5", "Skriv ett heltal mellan 0 och 10\u{a0}000."),
            ("1e3", "Här kan det inte stå ”e3” efter talet. Skriv bara talet."),
            ("inf", "Skriv ett heltal mellan 0 och 10\u{a0}000."),
        ] {
            let mut check = Checker::default();
            assert_eq!(check.int("n", text, 0..=10_000), None);
            assert_eq!(check.finish(()).unwrap_err()[0].message, said, "{text}");
        }
        let mut check = Checker::default();
        assert_eq!(check.decimal("x", "3 st", Tal::ZERO..=Tal::HUNDRED, "kr"), None);
        assert_eq!(check.finish(()).unwrap_err()[0].message, "Enheten är kr. Skriv bara talet här.");
        for (text, said) in [("3-5", "-5"), ("10 av 12", "av 12"), ("2:30", ":30"), ("5/7", "/7"), ("1e6", "e6")] {
            let mut check = Checker::default();
            assert_eq!(check.decimal("x", text, -Tal::MOST..=Tal::MOST, ""), None, "{text}");
            assert!(check.finish(()).unwrap_err()[0].message.contains(&format!("”{said}”")), "{text}");
        }
    }
}
