//! Status: how far an aktivitet has come: what somebody has said, and what the calendar adds to it.

use serde::{Deserialize, Serialize};

use crate::{dokument::table::Mark, verksamhetsplan::indikator::sammanfattning::Aktivitetsrakning};

/// What somebody has said of how far it has come. That it is late nobody says: [`Status`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Satt {
    /// Not begun.
    #[default]
    EjPaborjad,
    /// Begun.
    Pagar,
    /// Done.
    Avslutad,
    /// Not to be done; with a reason.
    Utgatt,
}

impl Satt {
    crate::every! {
        /// Every one, in the order of a life.
        EjPaborjad, Pagar, Avslutad, Utgatt
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EjPaborjad => "ej_paborjad",
            Self::Pagar => "pagar",
            Self::Avslutad => "avslutad",
            Self::Utgatt => "utgatt",
        }
    }

    /// What was said, by a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user chooses it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EjPaborjad => "Ej påbörjad",
            Self::Pagar => "Pågår",
            Self::Avslutad => "Avslutad",
            Self::Utgatt => "Utgått",
        }
    }

    /// Whether something remains to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::EjPaborjad | Self::Pagar)
    }
}

/// How it stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its last day has passed, and it is neither done nor given up.
    Forsenad,
    /// Not begun.
    EjPaborjad,
    /// Begun.
    Pagar,
    /// Done.
    Avslutad,
    /// Not to be done.
    Utgatt,
}

impl Status {
    crate::every! {
        /// Every one, what most needs somebody first.
        Forsenad, EjPaborjad, Pagar, Avslutad, Utgatt
    }

    /// As used in class names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Forsenad => "forsenad",
            Self::EjPaborjad => "ej_paborjad",
            Self::Pagar => "pagar",
            Self::Avslutad => "avslutad",
            Self::Utgatt => "utgatt",
        }
    }

    /// The status of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Forsenad => "Försenad",
            Self::EjPaborjad => Satt::EjPaborjad.label(),
            Self::Pagar => Satt::Pagar.label(),
            Self::Avslutad => Satt::Avslutad.label(),
            Self::Utgatt => Satt::Utgatt.label(),
        }
    }

    /// Its shape in tables and texts; none of what is not begun.
    #[must_use]
    pub const fn mark(self) -> Option<Mark> {
        match self {
            Self::Forsenad => Some(Mark::Square),
            Self::EjPaborjad => None,
            Self::Pagar => Some(Mark::Diamond),
            Self::Avslutad => Some(Mark::Check),
            Self::Utgatt => Some(Mark::Dash),
        }
    }
}

impl Aktivitetsrakning {
    /// Counts how aktiviteter stand on a day.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = Status>) -> Self {
        let mut out = Self::default();
        for status in all {
            *match status {
                Status::Forsenad => &mut out.forsenade,
                Status::EjPaborjad => &mut out.ej_paborjade,
                Status::Pagar => &mut out.pagar,
                Status::Avslutad => &mut out.avslutade,
                Status::Utgatt => &mut out.utgangna,
            } += 1;
        }
        out
    }
}
