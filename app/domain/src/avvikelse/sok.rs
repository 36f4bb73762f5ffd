//! Sok: what cases are filtered on and found by: codes, and words as they are compared.

use chrono::NaiveDate;

use super::{Kategori, Kind, Orsak, State};
use crate::text::compared;

/// What a register can be filtered on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// Cases that are of the kind, whatever else they are.
    Kind(Kind),
    /// Cases that have come just so far.
    State(State),
    /// With this cause.
    Orsak(Orsak),
    /// About this.
    Kategori(Kategori),
    /// Cases of the process, by its name.
    Process(String),
    /// Of this own word.
    Handelsetyp(String),
    /// Which its reporter knows by this.
    Referens(String),
}

impl Term {
    /// As it stands in the index: it begins with a sign that no word has.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Kind(k) => format!("#typ:{}", k.code()),
            Self::State(s) => format!("#lage:{}", s.code()),
            Self::Orsak(o) => format!("#orsak:{}", o.code()),
            Self::Kategori(k) => format!("#kategori:{}", k.code()),
            Self::Process(p) => format!("#process:{}", fold(p)),
            Self::Handelsetyp(h) => format!("#handelsetyp:{}", fold(h)),
            Self::Referens(r) => format!("#ref:{}", r.trim_start_matches("R-").to_lowercase()),
        }
    }
}

/// What is searched for in a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sok {
    /// All of these hold.
    pub terms: Vec<String>,
    /// All of these words, or words that begin so, are in it.
    pub words: Vec<String>,
    /// Came in this day or later.
    pub from: Option<NaiveDate>,
    /// Came in this day or before.
    pub to: Option<NaiveDate>,
}

impl Sok {
    /// What is written in the box for searching.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        // a case is found by its number as it is written
        let number = text.trim();
        let reference = number.strip_prefix(['R', 'r']).and_then(|n| n.strip_prefix('-'));
        if let Some(reference) = reference.filter(|r| r.len() == 6 && r.bytes().all(|b| b.is_ascii_hexdigit())) {
            self.terms.push(Term::Referens(reference.to_owned()).code());
        } else if number.len() == 8
            && number.as_bytes()[4] == b'-'
            && number.bytes().filter(u8::is_ascii_digit).count() == 7
        {
            self.terms.push(number.to_owned());
        } else {
            self.words = words(text).take(6).collect();
        }
        self
    }
}

/// A text as it is compared: lower case, and nothing but letters and digits; the rest is a blank.
#[must_use]
pub fn fold(text: &str) -> String {
    words_of(text).collect::<Vec<_>>().join(" ")
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let text = compared(text);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The words of a text that are worth looking for: of two letters or more, cut at thirty.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    words_of(text).filter(|w| w.chars().count() >= 2).map(|w| w.chars().take(30).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_a_number_or_words() {
        assert_eq!(Sok::default().with_text(" 2026-014 ").terms, ["2026-014"]);
        assert_eq!(Sok::default().with_text("R-7F3A9C").terms, ["#ref:7f3a9c"]);
        assert_eq!(Sok::default().with_text("R-kort 7F3A9C").words, ["kort", "7f3a9c"]);
        assert_eq!(Sok::default().with_text("Sen  utbetalning!").words, ["sen", "utbetalning"]);
        assert_eq!(Sok::default().with_text("'; drop table avvikelse").words, ["drop", "table", "avvikelse"]);
    }
}
