//! The kinds of slides.

use serde::{Deserialize, Serialize};

use crate::area::Area;

/// The kinds of slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// What was decided last time, and the åtgärder that remain of it.
    Foregaende,
    /// The wheel.
    Hjul,
    /// Controls done, late and to come.
    Kontroller,
    /// Results marked for APT.
    Resultat,
    /// Avvikelser in numbers and what was learnt.
    Avvikelser,
    /// The results of an enkät.
    Enkat,
    /// Åtgärder due and their effects.
    Atgarder,
    /// Förbättringsförslag and guldstjärnor.
    Forslag,
    /// The series that are shown at APT, each with its finding.
    Siffror,
    /// How the unit's own goals are met.
    Mal,
    /// How the indikatorer that are chosen for it stand to their goals.
    Indikatorer,
    /// The account of the plan, and what it is believed to come to.
    Ekonomi,
    /// Free text.
    Text,
    /// A table or a figure that was typed in.
    Tabell,
}

impl Slag {
    crate::every! {
        /// Every kind, in the order they are offered.
        Text, Tabell, Hjul, Kontroller, Resultat, Avvikelser, Enkat, Siffror, Mal, Indikatorer, Ekonomi, Atgarder, Forslag, Foregaende
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Foregaende => "foregaende",
            Self::Hjul => "hjul",
            Self::Kontroller => "kontroller",
            Self::Resultat => "resultat",
            Self::Avvikelser => "avvikelser",
            Self::Enkat => "enkat",
            Self::Atgarder => "atgarder",
            Self::Forslag => "forslag",
            Self::Siffror => "siffror",
            Self::Mal => "mal",
            Self::Indikatorer => "indikatorer",
            Self::Ekonomi => "ekonomi",
            Self::Text => "text",
            Self::Tabell => "tabell",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Foregaende => "Föregående protokoll",
            Self::Hjul => "Årshjulet",
            Self::Kontroller => "Kontroller",
            Self::Resultat => "Resultat och analys",
            Self::Avvikelser => "Avvikelser i siffror",
            Self::Enkat => "Brukarenkät",
            Self::Atgarder => "Åtgärder",
            Self::Forslag => "Förslag och guldstjärnor",
            Self::Siffror => "Verksamheten i siffror",
            Self::Mal => "Enhetens mål",
            Self::Indikatorer => "Indikatorer",
            Self::Ekonomi => "Ekonomi",
            Self::Text => "Text, bild och fråga",
            Self::Tabell => "Tabell eller siffra",
        }
    }

    /// Whether it shows what somebody has typed, and nothing else.
    #[must_use]
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Text | Self::Tabell)
    }

    /// The areas that change what it shows.
    #[must_use]
    pub fn areas(self) -> Vec<Area> {
        Area::of_slide(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slides_survive_their_code() {
        for slag in Slag::ALL {
            assert_eq!(Slag::from_code(slag.code()), Some(slag));
        }
    }
}
