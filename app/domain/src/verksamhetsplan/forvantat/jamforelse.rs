//! Jämförelse: how an outcome is held against what was aimed at, in the words that plans say it in.

use serde::{Deserialize, Serialize};

use crate::text::compared;

/// How an outcome is held against what was aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jamforelse {
    /// At least so much.
    Minst,
    /// At most so much.
    Hogst,
    /// Just so much.
    Exakt,
    /// More than last year; with a number, at least so much too.
    Okar,
    /// Less than last year; with a number, at most so much too.
    Minskar,
    /// Not more than last year; with a number, at most so much too.
    OkarInte,
    /// All of them: 100 % where no unit is said, otherwise so many as there are.
    Samtliga,
    /// None at all: 0.
    Inga,
}

impl Jamforelse {
    crate::every! {
        /// Every one, in the order they are offered.
        Minst, Hogst, Exakt, Okar, Minskar, OkarInte, Samtliga, Inga
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Minst => "minst",
            Self::Hogst => "hogst",
            Self::Exakt => "exakt",
            Self::Okar => "okar",
            Self::Minskar => "minskar",
            Self::OkarInte => "okar_inte",
            Self::Samtliga => "samtliga",
            Self::Inga => "inga",
        }
    }

    /// The comparison of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it, before a number or alone.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Minst => "minst",
            Self::Hogst => "högst",
            Self::Exakt => "exakt",
            Self::Okar => "ökar",
            Self::Minskar => "minskar",
            Self::OkarInte => "ökar inte",
            Self::Samtliga => "samtliga",
            Self::Inga => "inga",
        }
    }

    /// Whether it says nothing without a number.
    #[must_use]
    pub const fn takes_number(self) -> bool {
        matches!(self, Self::Minst | Self::Hogst | Self::Exakt)
    }

    /// Whether it is held against last year.
    #[must_use]
    pub const fn is_against_last_year(self) -> bool {
        matches!(self, Self::Okar | Self::Minskar | Self::OkarInte)
    }

    const WORDS: [(Self, &'static [&'static str]); 8] = [
        (Self::OkarInte, &["ökar inte", "ska inte öka", "inte öka", "okar inte", "oförändrat eller lägre"]),
        (Self::Minst, &["minst", "min", "min.", "≥", ">=", "lägst", "som lägst", "åtminstone", "minimum"]),
        (
            Self::Hogst,
            &["högst", "max", "max.", "≤", "<=", "maximalt", "som mest", "som högst", "hogst", "maximum", "inte över"],
        ),
        (Self::Exakt, &["exakt", "=", "precis", "lika med"]),
        (Self::Okar, &["ökar", "öka", "ska öka", "okar", "fler", "ökning"]),
        (Self::Minskar, &["minskar", "minska", "ska minska", "färre", "minskning"]),
        (Self::Samtliga, &["samtliga", "alla"]),
        (Self::Inga, &["inga", "ingen", "inget", "noll"]),
    ];

    /// The comparison that a cell is, in the words of the plans: "Max", "högst", "ökar inte".
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = compared(word.trim().trim_end_matches(':'));
        Self::WORDS.into_iter().find(|(_, words)| words.contains(&word.as_str())).map(|(one, _)| one)
    }

    /// The comparison that a text begins with, the longest words first, and what stands behind it.
    pub(crate) fn first_of(text: &str) -> Option<(Self, &str)> {
        let found = Self::WORDS.into_iter().flat_map(|(one, words)| words.iter().map(move |word| (one, *word)));
        let found = found.filter_map(|(one, word)| {
            let rest = behind(text, word)?;
            // "minst" stands by itself, "<=" against the number
            let is_sign = !word.contains(char::is_alphabetic);
            let ends = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':');
            (is_sign || ends).then(|| (word.len(), one, rest.trim_start_matches([':', ' ', '\u{a0}'])))
        });
        found.max_by_key(|(length, ..)| *length).map(|(_, one, rest)| (one, rest))
    }
}

/// What stands behind a word that a text begins with, whatever the case.
pub(super) fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for letter in word.chars() {
        let own = rest.next()?;
        if own != letter && !own.to_lowercase().eq(letter.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}
