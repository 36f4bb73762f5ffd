//! Genomförande: how one time of an egenkontroll was carried out. A stickprov judged against criteria, an andel or a
//! bedömning, with its analysis; closing it ticks the tillfälle off (docs/doman.md 1).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    id::{EgenkontrollId, GenomforandeId, NodeId, OccurrenceId},
    occurrence::{Andel, Outcome},
    sample::Seed,
    tal::Tal,
};

pub mod cell;
pub mod documentation;
mod form;
pub mod paste;
pub mod reference;
pub mod result;
pub mod whole;

pub use form::{
    AndelForm, BedomningForm, Close, CloseForm, Closing, Mall, MallForm, Start, StartForm, Texts, TextsForm,
    check_andel, check_bedomning, check_close, check_mall, check_start, check_texts,
};

/// How a control is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Cases drawn at random and judged against criteria.
    Stickprov,
    /// Numerator and denominator, by kön.
    Andel,
    /// Uppfyllt, delvis or ej uppfyllt, with text.
    Bedomning,
}

impl Kind {
    crate::every! {
        /// The three, in the order they are offered.
        Stickprov, Andel, Bedomning
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Stickprov => "stickprov",
            Self::Andel => "andel",
            Self::Bedomning => "bedomning",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Stickprov => "Stickprov",
            Self::Andel => "Andel",
            Self::Bedomning => "Bedömning",
        }
    }

    /// What it is, in a line.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Stickprov => "Ärenden dras slumpvis och bedöms mot kriterier.",
            Self::Andel => "Du har redan räknat: hur många av hur många.",
            Self::Bedomning => "Uppfyllt, delvis eller ej uppfyllt, med text.",
        }
    }
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being filled in.
    Pagar,
    /// Closed; its tillfälle is utfört.
    Avslutad,
    /// Its tillfälle was given up.
    Avbruten,
}

impl Stage {
    crate::every! {
        /// Every one.
        Pagar, Avslutad, Avbruten
    }

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pagar => "pagar",
            Self::Avslutad => "avslutad",
            Self::Avbruten => "avbruten",
        }
    }

    /// The stage of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pagar => "Pågår",
            Self::Avslutad => "Avslutat",
            Self::Avbruten => "Avbrutet",
        }
    }
}

/// How the cases were chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Urval {
    /// N: the cases that could be drawn.
    pub population: i64,
    /// n: the cases drawn.
    pub n: i64,
    /// What the draw is repeated with.
    pub seed: Seed,
    /// The algorithm that drew.
    pub algorithm: String,
    /// Whether there was a list; otherwise row numbers were drawn.
    pub from_list: bool,
    /// Row numbers drawn, in the order drawn.
    pub drawn: Vec<i64>,
}

/// A run of one tillfälle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Genomforande {
    /// Primary key, in the address `/genomforanden/{id}`.
    pub id: GenomforandeId,
    /// The tillfälle it carries out.
    pub occurrence: OccurrenceId,
    /// The control.
    pub egenkontroll: EgenkontrollId,
    /// The unit.
    pub node: NodeId,
    /// How it is carried out.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// The criteria, copied from the control when the run began.
    pub kriterier: Vec<String>,
    /// The draw, for a stickprov.
    pub urval: Option<Urval>,
    /// Colleagues judge each other's cases; nobody judges their own.
    pub kollegie: bool,
    /// Målvärde in per cent, copied from the control.
    pub malvarde: Option<Tal>,
    /// The figures of an andel; of a stickprov they follow from the cases until it is closed.
    pub andel: Andel,
    /// The judgement of a bedömning.
    pub outcome: Option<Outcome>,
    /// Analysis.
    pub texts: Texts,
    /// Whether it is to be shown on APT.
    pub apt: bool,
    /// Why no åtgärd is needed though the målvärde was not reached.
    pub utan_atgard: String,
    /// Who began.
    pub begun_by: String,
    /// The day it began.
    pub begun_on: NaiveDate,
    /// Name of who closed it; empty while it is open.
    pub closed_by: String,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The day the case references are removed.
    pub purge_on: Option<NaiveDate>,
    /// Whether they have been.
    pub purged: bool,
    /// Number of the last change of a cell.
    pub change: i64,
    /// Rises with every other change.
    pub version: i64,
}

impl Genomforande {
    /// Whether it can be filled in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage == Stage::Pagar
    }

    /// Whether a share reaches the målvärde; none when there is no målvärde or nothing to measure.
    #[must_use]
    pub fn reaches_goal(&self, andel: &Andel) -> Option<bool> {
        let share = andel.total.filter(|share| share.denominator > 0)?;
        Some(self.malvarde?.is_reached_by(share.numerator, share.denominator))
    }
}

/// One drawn case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arende {
    /// Its place in the order drawn, from 1.
    pub nr: i64,
    /// Its row in the list.
    pub row: i64,
    /// What it is called; empty after the gallring, and for those who may not see it.
    pub reference: String,
}

impl Arende {
    /// What the row is called.
    #[must_use]
    pub fn label(&self) -> String {
        if self.reference.is_empty() { format!("Ärende {}", self.nr) } else { self.reference.clone() }
    }
}

/// Months after the closing when the references are removed: what can be chosen.
pub const GALLRING: [u32; 4] = [1, 3, 6, 12];

/// The day when the references of a run closed on `closed` are removed.
#[must_use]
pub fn purge_day(closed: NaiveDate, months: u32) -> NaiveDate {
    closed.checked_add_months(Months::new(months)).unwrap_or(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_kept_for_the_months_chosen_and_no_longer() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(purge_day(day(2026, 11, 23), 3), day(2027, 2, 23));
        assert_eq!(purge_day(day(2026, 11, 30), 3), day(2027, 2, 28));
    }
}
