//! Avvikelse: how an outcome or a forecast stands against budget. The sign is a rule of the column; better and worse is what it
//! does to netto, and that is what words, arrow and colour follow. A minus is never red by itself.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{enhet::Enhet, konto::Radslag, teckenform::Teckenform};
use crate::tal::Tal;

/// What a deviation does to netto.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effekt {
    /// Less is spent than budgeted, or more comes in.
    Battre,
    /// More is spent, or less comes in.
    Samre,
    /// As budgeted.
    Oforandrat,
}

impl Effekt {
    crate::every! {
        /// Every one.
        Battre, Samre, Oforandrat
    }

    /// As stored and sent, and as the colour of it is called.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Battre => "battre",
            Self::Samre => "samre",
            Self::Oforandrat => "oforandrat",
        }
    }

    /// The effect of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effekt| effekt.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Battre => "bättre",
            Self::Samre => "sämre",
            Self::Oforandrat => "oförändrat",
        }
    }

    /// The arrow beside it: up is better, whatever the sign of the figure.
    #[must_use]
    pub const fn arrow(self) -> char {
        match self {
            Self::Battre => '↑',
            Self::Samre => '↓',
            Self::Oforandrat => '→',
        }
    }

    /// What it is of so much more netto than budgeted; less is below nought.
    #[must_use]
    pub fn of_netto(more: Tal) -> Self {
        match more.cmp(&Tal::ZERO) {
            Ordering::Less => Self::Battre,
            Ordering::Equal => Self::Oforandrat,
            Ordering::Greater => Self::Samre,
        }
    }
}

/// How a row or a sum stands against its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avvikelse {
    /// What kind of row or sum it is of.
    pub slag: Radslag,
    /// The budget that it is against, as it is kept.
    pub budget: Tal,
    /// Budget − outcome, as it is kept: below nought of more income too.
    pub tal: Tal,
}

impl Avvikelse {
    /// Of a budget and an outcome or a forecast; none where either is blank, and where it is too large to be kept. Blank is not
    /// nought.
    #[must_use]
    pub fn of(slag: Radslag, budget: Option<Tal>, utfall: Option<Tal>) -> Option<Self> {
        let (budget, utfall) = (budget?, utfall?);
        Some(Self { slag, budget, tal: Tal::checked_sum([budget, -utfall])? })
    }

    /// What it does to netto.
    #[must_use]
    pub fn effekt(self) -> Effekt {
        Effekt::of_netto(if self.slag == Radslag::Intakt { self.tal } else { -self.tal })
    }

    /// As it stands in its column, in the unit's own form: `+4`, `−30`, `0`.
    #[must_use]
    pub fn shown(self, enhet: Enhet, form: Teckenform) -> String {
        enhet.signed(self.in_form(form))
    }

    /// The figure of its column, with the sign that the form gives it.
    #[must_use]
    pub fn in_form(self, form: Teckenform) -> Tal {
        if form == Teckenform::KostnaderNegativa && self.slag == Radslag::Intakt { -self.tal } else { self.tal }
    }

    /// How much it is, without its sign.
    #[must_use]
    pub fn size(self) -> Tal {
        self.tal.abs()
    }

    /// In per cent of the budget, without its sign; none against a budget of nought or below.
    #[must_use]
    pub fn per_cent(self) -> Option<Tal> {
        self.size().per_cent_of(self.budget)
    }

    /// `30 tkr mer i intäkter`, `30 tkr över budget`, `lika med budget`: what has happened, without a verdict.
    #[must_use]
    pub fn what(self, enhet: Enhet) -> String {
        let amount = enhet.said(self.size());
        match (self.slag, self.tal.cmp(&Tal::ZERO)) {
            (_, Ordering::Equal) => "lika med budget".to_owned(),
            (Radslag::Intakt, Ordering::Less) => format!("{amount} mer i intäkter"),
            (Radslag::Intakt, Ordering::Greater) => format!("{amount} mindre i intäkter"),
            (_, Ordering::Less) => format!("{amount} över budget"),
            (_, Ordering::Greater) => format!("{amount} under budget"),
        }
    }

    /// `500 tkr mer i intäkter än budgeterat (bättre)`, `30 tkr över budget (sämre)`, `lika med budget`: for a cell, a title and
    /// who does not see colours.
    #[must_use]
    pub fn said(self, enhet: Enhet) -> String {
        let what = self.what(enhet);
        match self.effekt() {
            Effekt::Oforandrat => what,
            effekt if self.slag == Radslag::Intakt => format!("{what} än budgeterat ({})", effekt.label()),
            effekt => format!("{what} ({})", effekt.label()),
        }
    }
}
