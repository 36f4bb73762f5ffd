//! Status: how an indikator stands to the goal of its year, in a word and with a shape. What gives it is [`super::bedomning`].

use serde::{Deserialize, Serialize};

use crate::{dokument::table::Mark, import::fold};

/// How an indikator stands to the goal of its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is reached.
    Uppnas,
    /// It is missed by no more than the tolerance.
    Delvis,
    /// It is missed by more.
    InteAlls,
    /// It could not be reached, whatever the unit did. Set by hand.
    InteMojlig,
    /// There is no goal to judge by, or no figure.
    IngenBedomning,
    /// It is not the unit's, or not this year's: outside every count. Set by hand.
    EjRelevant,
}

impl Status {
    crate::every! {
        /// From the best; then those that are no judgement.
        Uppnas, Delvis, InteAlls, InteMojlig, IngenBedomning, EjRelevant
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Uppnas => "uppnas",
            Self::Delvis => "delvis",
            Self::InteAlls => "inte_alls",
            Self::InteMojlig => "inte_mojlig",
            Self::IngenBedomning => "ingen_bedomning",
            Self::EjRelevant => "ej_relevant",
        }
    }

    /// The status of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Uppnas => "Uppnås",
            Self::Delvis => "Uppnås delvis",
            Self::InteAlls => "Uppnås inte alls",
            Self::InteMojlig => "Inte möjlig att uppfylla",
            Self::IngenBedomning => "Ingen bedömning",
            Self::EjRelevant => "Ej relevant",
        }
    }

    /// Its shape, which says in black and white what the word says; none where nothing is judged.
    #[must_use]
    pub const fn marke(self) -> Option<Mark> {
        match self {
            Self::Uppnas => Some(Mark::Disc),
            Self::Delvis => Some(Mark::Diamond),
            Self::InteAlls => Some(Mark::Square),
            Self::InteMojlig => Some(Mark::Dash),
            Self::IngenBedomning | Self::EjRelevant => None,
        }
    }

    /// The status that a table says, by its mark or in words: `●`, `◆`, `delvis`, `uppnås inte alls`. None of another text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut letters = text.chars();
        if let (Some(mark), None) = (letters.next(), letters.next()) {
            let marked = [Self::Uppnas, Self::Delvis, Self::InteAlls].into_iter();
            return marked.into_iter().find(|status| status.marke().is_some_and(|one| one.sign() == mark));
        }
        let folded = fold(text);
        let named = Self::ALL.into_iter().find(|status| fold(status.label()) == folded);
        named.or(match folded.as_str() {
            "uppfylls" | "uppfyllshelt" | "uppnashelt" | "helt" | "ja" => Some(Self::Uppnas),
            "delvis" | "uppfyllsdelvis" => Some(Self::Delvis),
            "intealls" | "inte" | "nej" | "uppnasinte" | "uppnasej" | "uppfyllsinte" | "uppfyllsej" => {
                Some(Self::InteAlls)
            }
            "intemojlig" | "ejmojlig" => Some(Self::InteMojlig),
            "ingen" => Some(Self::IngenBedomning),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_a_word_and_a_shape_and_is_read_by_either() {
        for status in Status::ALL {
            assert_eq!((Status::from_code(status.code()), Status::read(status.label())), (Some(status), Some(status)));
        }
        let marks: String = Status::ALL.iter().filter_map(|status| status.marke()).map(Mark::sign).collect();
        assert_eq!(marks, "●◆■–");
        for (text, status) in [
            ("●", Some(Status::Uppnas)),
            ("◆", Some(Status::Delvis)),
            ("■", Some(Status::InteAlls)),
            ("delvis", Some(Status::Delvis)),
            ("inte alls", Some(Status::InteAlls)),
            ("Uppnås ej", Some(Status::InteAlls)),
            ("–", None),
            ("", None),
            ("bra", None),
        ] {
            assert_eq!(Status::read(text), status, "{text}");
        }
    }
}
