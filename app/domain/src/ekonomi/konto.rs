//! Konto: what an account of a year is: its unit, the form of its signs, and its rows of income and cost, verksamhet by verksamhet.

use serde::{Deserialize, Serialize};

use super::{enhet::Enhet, teckenform::Teckenform};
use crate::{
    field::{Checker, FieldError},
    format::NBSP,
    id::NodeId,
    tal::Tal,
    year::{self, Year},
};

mod andring;
mod form;
mod standard;

pub use form::{Form, RadForm, VerksamhetForm, check, check_rad, check_verksamhet};
pub use standard::{NETTO, STANDARD};

crate::ids! { now_v7:
    /// An account of a year.
    KontoId,
    /// A verksamhet of an account.
    VerksamhetId,
    /// A row of a verksamhet.
    RadId,
}

/// The most verksamheter of an account.
pub const VERKSAMHETER_MOST: usize = 40;
/// The most rows of a verksamhet. With as many of the largest amount that is taken each sum still fits.
pub const RADER_MOST: usize = 20;

/// What a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Radslag {
    /// What comes in.
    Intakt,
    /// What is spent.
    Kostnad,
    /// What is spent less what comes in, where no more is known.
    Netto,
}

impl Radslag {
    crate::every! {
        /// Every one, in the order in which an account has them.
        Intakt, Kostnad, Netto
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Intakt => "intakt",
            Self::Kostnad => "kostnad",
            Self::Netto => "netto",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slag| slag.code() == code)
    }

    /// One of them, as the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Intakt => "Intäkt",
            Self::Kostnad => "Kostnad",
            Self::Netto => "Netto",
        }
    }

    /// The heading of the rows of this kind.
    #[must_use]
    pub const fn rubrik(self) -> &'static str {
        match self {
            Self::Intakt => "Intäkter",
            Self::Kostnad => "Kostnader",
            Self::Netto => "Netto",
        }
    }

    /// What their sum is called.
    #[must_use]
    pub const fn summa(self) -> &'static str {
        match self {
            Self::Intakt => "Summa intäkter",
            Self::Kostnad => "Summa kostnader",
            Self::Netto => "Summa netto",
        }
    }

    /// A kept amount as a part of netto: income makes it less.
    #[must_use]
    pub fn in_netto(self, tal: Tal) -> Tal {
        if self == Self::Intakt { -tal } else { tal }
    }
}

/// A row of a verksamhet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// By which amounts are of it.
    pub id: RadId,
    /// Income, cost or netto.
    pub slag: Radslag,
    /// "Personal".
    pub namn: String,
    /// A project with money of its own, such as a statsbidrag: its result is told by itself, and it is in the sums as any other.
    #[serde(default)]
    pub projekt: bool,
    /// The row of last year's account that it continues, so that last year's amount is looked up and not typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fran: Option<RadId>,
}

/// A part of what a unit does, with rows of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verksamhet {
    /// By which its sums are of it.
    pub id: VerksamhetId,
    /// "Ekonomiskt bistånd".
    pub namn: String,
    /// The code of its verksamhetsområde: "1800"; may be empty.
    pub vo: String,
    /// In order; those of one kind need not stand together, they are shown so.
    pub rader: Vec<Rad>,
}

impl Verksamhet {
    /// The rows of a kind, in order.
    pub fn of(&self, slag: Radslag) -> impl Iterator<Item = &Rad> {
        self.rader.iter().filter(move |rad| rad.slag == slag)
    }
}

/// When a row asks for a comment in a report: its deviation exceeds the larger of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grans {
    /// Per cent of the budget.
    pub andel: Tal,
    /// In the unit of the account.
    pub belopp: Tal,
}

impl Grans {
    /// Until a unit says otherwise: 5 % and 100 tkr.
    #[must_use]
    pub fn of(enhet: Enhet) -> Self {
        let belopp = Enhet::Tkr.exactly(enhet, Tal::HUNDRED).unwrap_or(Tal::HUNDRED);
        Self { andel: Tal::whole(5), belopp }
    }
}

/// What an account is, without its amounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Enhetens budget"; what stands above it.
    pub namn: String,
    /// Its year.
    pub ar: Year,
    /// What its amounts are in.
    pub enhet: Enhet,
    /// How it is shown and typed; kept it is always one way ([`Teckenform::BadaPositiva`]).
    pub teckenform: Teckenform,
    /// When a row asks for a comment.
    pub grans: Grans,
    /// In order.
    #[serde(default)]
    pub verksamheter: Vec<Verksamhet>,
    /// That somebody has said that the amounts are in this unit, though they are large ([`Enhet::asked`]).
    #[serde(default)]
    pub enhet_bekraftad: bool,
    /// Printed sums that were not what their rows make when the account was read in, in sentences
    /// ([`super::inlasning::Lasning::noter`]).
    #[serde(default)]
    pub noter: Vec<String>,
}

/// The account of a unit for a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resultatrakning {
    /// Primary key.
    pub id: KontoId,
    /// The unit.
    pub node: NodeId,
    /// Its year, unit, signs and rows.
    pub content: Content,
    /// Rises with every change of what it is, not with its amounts.
    pub version: i64,
}

impl Content {
    /// Every row with its verksamhet, in order.
    pub fn rader(&self) -> impl Iterator<Item = (&Verksamhet, &Rad)> {
        self.verksamheter.iter().flat_map(|v| v.rader.iter().map(move |rad| (v, rad)))
    }

    /// A row and its verksamhet.
    #[must_use]
    pub fn rad(&self, id: RadId) -> Option<(&Verksamhet, &Rad)> {
        self.rader().find(|(_, rad)| rad.id == id)
    }

    /// Why the form of signs cannot become another, in a sentence; none where it can. What the rows hold decides: where no more
    /// than netto is known there is nothing to part it by.
    #[must_use]
    pub fn refuses(&self, form: Teckenform) -> Option<&'static str> {
        let all = self.rader().all(|(_, rad)| form.has(rad.slag));
        (!all).then_some(match form {
            Teckenform::BaraNetto => {
                "Budgeten har rader för intäkter och kostnader. Ta bort dem först, eller behåll formen: netto räknas ändå."
            }
            Teckenform::BadaPositiva | Teckenform::KostnaderNegativa => {
                "Budgeten har rader med bara netto. Byt dem mot rader för intäkter och kostnader först."
            }
        })
    }

    /// The same account for another year: names, codes and rows, no amounts. Each row knows the one that it continues. `rad` and
    /// `verksamhet` give new ids.
    #[must_use]
    pub fn copy(&self, ar: Year, mut verksamhet: impl FnMut() -> VerksamhetId, mut rad: impl FnMut() -> RadId) -> Self {
        let mut verksamheter = self.verksamheter.clone();
        for v in &mut verksamheter {
            v.id = verksamhet();
            for r in &mut v.rader {
                r.fran = Some(std::mem::replace(&mut r.id, rad()));
            }
        }
        // what was said of last year's amounts was not said of these
        Self { ar, verksamheter, enhet_bekraftad: false, noter: vec![], ..self.clone() }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let vo = |v: &Verksamhet| if v.vo.is_empty() { v.namn.clone() } else { format!("{} ({})", v.namn, v.vo) };
        vec![
            ("Namn", self.namn.clone()),
            ("År", self.ar.get().to_string()),
            ("Enhet", self.enhet.label().to_owned()),
            ("Teckenform", self.teckenform.label().to_owned()),
            ("Gräns för kommentar", format!("{}{NBSP}% och {}", self.grans.andel, self.enhet.said(self.grans.belopp))),
            ("Verksamheter", self.verksamheter.iter().map(vo).collect::<Vec<_>>().join(", ")),
        ]
    }
}
