//! Teckenform: how costs, netto and deviations are written. Municipalities write them three ways; an account is kept in one and
//! shown in the unit's own.

use serde::{Deserialize, Serialize};

use super::konto::Radslag;
use crate::tal::Tal;

/// The way in which amounts have their signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Teckenform {
    /// Costs and income above nought, netto = costs − income, deviation = budget − outcome: as the account is kept.
    #[default]
    BadaPositiva,
    /// Costs below nought, netto = costs + income, deviation = outcome − budget.
    KostnaderNegativa,
    /// Netto alone, above nought where it costs; deviation = budget − outcome.
    BaraNetto,
}

impl Teckenform {
    crate::every! {
        /// Every one.
        BadaPositiva, KostnaderNegativa, BaraNetto
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadaPositiva => "bada_positiva",
            Self::KostnaderNegativa => "kostnader_negativa",
            Self::BaraNetto => "bara_netto",
        }
    }

    /// The form of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::BadaPositiva => "Kostnader och intäkter utan minus",
            Self::KostnaderNegativa => "Kostnader med minus",
            Self::BaraNetto => "Bara netto",
        }
    }

    /// How it reckons, for who chooses.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::BadaPositiva => "Netto är kostnader minus intäkter. Avvikelsen är budget minus utfall.",
            Self::KostnaderNegativa => "Netto är kostnader plus intäkter. Avvikelsen är utfall minus budget.",
            Self::BaraNetto => "Varje verksamhet har ett belopp. Avvikelsen är budget minus utfall.",
        }
    }

    /// Whether rows of a kind stand in an account of this form.
    #[must_use]
    pub fn has(self, slag: Radslag) -> bool {
        (self == Self::BaraNetto) == (slag == Radslag::Netto)
    }

    /// Whether the sign is turned when an amount is shown.
    fn turns(self, slag: Radslag) -> bool {
        self == Self::KostnaderNegativa && slag != Radslag::Intakt
    }

    /// A kept amount as it is shown, and a shown one as it is kept: the same both ways.
    #[must_use]
    pub fn turned(self, slag: Radslag, tal: Tal) -> Tal {
        if self.turns(slag) { -tal } else { tal }
    }
}
