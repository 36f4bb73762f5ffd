//! Hjälp: "går det att mäta?" A row that cannot be followed as it stands says what would make it so. It helps who writes and never stands in
//! the way: most of what a unit expects has no number and is good all the same.

use serde::{Deserialize, Serialize};

use super::{Content, Jamforelse};
use crate::format;

/// The question beside a row that something is missing in.
pub const FRAGA: &str = "Går det att mäta?";

/// What a row lacks to be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saknas {
    /// How much.
    Tal,
    /// Whether that much is the most or the least.
    Jamforelse,
    /// What is counted.
    Enhet,
    /// What it was last year, which it is held against.
    Fjol,
    /// Until when.
    Datum,
}

impl Saknas {
    crate::every! {
        /// Every one, in the order they are told of.
        Tal, Jamforelse, Enhet, Fjol, Datum
    }

    /// As sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tal => "tal",
            Self::Jamforelse => "jamforelse",
            Self::Enhet => "enhet",
            Self::Fjol => "fjol",
            Self::Datum => "datum",
        }
    }

    /// The lack of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What may be written, after "Skriv gärna".
    #[must_use]
    pub const fn said(self) -> &'static str {
        match self {
            Self::Tal => "ett tal eller hur många det gäller",
            Self::Jamforelse => "om det är minst eller högst",
            Self::Enhet => "vad som räknas, till exempel st eller %",
            Self::Fjol => "hur det var förra året",
            Self::Datum => "till när",
        }
    }
}

/// What a row lacks; nothing where it can be followed.
#[must_use]
pub fn saknas(content: &Content) -> Vec<Saknas> {
    let mut out = Vec::new();
    let needs_number = content.jamforelse.is_none_or(Jamforelse::takes_number);
    if needs_number && content.malvarde.is_none() {
        out.push(Saknas::Tal);
    }
    if content.jamforelse.is_none() {
        out.push(Saknas::Jamforelse);
    }
    // all of something is in per cent until somebody says what is counted
    let counts = content.malvarde.is_some() || content.jamforelse == Some(Jamforelse::Samtliga);
    if counts && content.enhet.is_empty() {
        out.push(Saknas::Enhet);
    }
    if content.jamforelse.is_some_and(Jamforelse::is_against_last_year) && content.fjol.is_none() {
        out.push(Saknas::Fjol);
    }
    out
}

/// `Går det att mäta? Skriv gärna ett tal och om det är minst eller högst.` None of a row that can be followed.
#[must_use]
pub fn hjalp(content: &Content) -> Option<String> {
    said(&saknas(content))
}

/// The sentence of what is missing, for other things that are followed too.
#[must_use]
pub fn said(saknas: &[Saknas]) -> Option<String> {
    let words: Vec<&str> = saknas.iter().map(|one| one.said()).collect();
    (!words.is_empty()).then(|| format!("{FRAGA} Skriv gärna {}.", format::and(&words)))
}
