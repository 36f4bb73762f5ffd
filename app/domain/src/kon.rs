//! Kön, as the clients of a survey say it themselves and as figures are split by it.

use serde::{Deserialize, Serialize};

/// What a client answered, or what stands in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kon {
    /// Kvinna.
    Kvinna,
    /// Man.
    Man,
    /// Annat.
    Annat,
    /// Does not want to say.
    VillInteSvara,
}

impl Kon {
    /// Every answer, in the order it is offered and shown.
    pub const ALL: [Self; 4] = [Self::Kvinna, Self::Man, Self::Annat, Self::VillInteSvara];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kvinna => "kvinna",
            Self::Man => "man",
            Self::Annat => "annat",
            Self::VillInteSvara => "vill_inte_svara",
        }
    }

    /// The answer of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Kvinna => "Kvinna",
            Self::Man => "Man",
            Self::Annat => "Annat",
            Self::VillInteSvara => "Vill inte svara",
        }
    }

    /// As a group of people in tables and charts.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Kvinna => "Kvinnor",
            Self::Man => "Män",
            Self::Annat => "Annat",
            Self::VillInteSvara => "Vill inte svara",
        }
    }
}
