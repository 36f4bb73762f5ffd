//! Indikator: a figure that a goal is followed by. What it is and what it is to be this year, its outcome of each period, and what
//! that says: whether the year's goal is reached, by a rule that gives the same for list, slide, screen, report and export.
//!
//! A period of an indikator begins with the year: tertial 2 is January–August. So a figure means the same whatever rhythm the
//! indikator has, and nothing is lost when that is changed.

use serde::{Deserialize, Serialize};

use self::{
    mal::{Mal, Tolerans},
    matning::Kalla,
    slag::{Periodicitet, Riktning, Slag, Ursprung},
};
use crate::{
    format::NBSP,
    schedule::Responsible,
    siffror::{
        serie::{Brott, Visas},
        slag::Sammanlagd,
    },
    tal::Tal,
};

pub mod bedomning;
pub mod form;
pub mod fryst;
pub mod fyllning;
pub mod historik;
pub mod inlasning;
pub mod kallor;
pub mod klistra;
pub mod konkontroll;
pub mod mal;
pub mod matning;
pub mod ruta;
pub mod rutnat;
pub mod sammanfattning;
pub mod skydd;
pub mod slag;
pub mod stangning;
pub mod status;
pub mod tabellrad;
#[cfg(test)]
pub(super) mod tests;
pub mod tid;
pub mod utfall;
pub mod utfallstabell;

pub use bedomning::{Bedomning, bedomning};
pub use form::{Form, check, check_brott};
pub use status::Status;
pub use tid::Utfallsperiod;
pub use utfall::Utfall;

crate::ids! { now_v7:
    /// An indikator of a goal and a year.
    IndikatorId,
}

/// What an indikator is in its year. Limits and tolerance are of that year: those of another are not changed by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// "Andel barn som lever i familjer med ekonomiskt bistånd".
    pub namn: String,
    /// What is counted, and of what. May be empty.
    pub definition: String,
    /// "%", "st", "index", "kr": what stands behind a figure. Empty only where nobody has said it yet.
    pub enhet: String,
    /// 0–4: what is compared and shown is rounded to so many.
    pub decimaler: u32,
    /// Its kind.
    pub slag: Slag,
    /// Which way is better.
    pub riktning: Riktning,
    /// How months make a period.
    pub sammanlagd: Sammanlagd,
    /// What is aimed at this year.
    pub arsmal: Mal,
    /// What the council aims at, for all that it governs.
    pub kf: Mal,
    /// Whether the council's goal means the same for one unit: a share may, 800 of a whole city do not.
    pub kf_jamforbart: bool,
    /// How far from the goal is still *uppnås delvis*.
    pub tolerans: Tolerans,
    /// How often it has an outcome.
    pub periodicitet: Periodicitet,
    /// Where the figure is from; may be empty.
    pub kalla: String,
    /// How it is measured; may be empty.
    pub mats: String,
    /// After how many months the source has a period: 0–12.
    pub efterslapning: u32,
    /// Who fills it.
    pub responsible: Responsible,
    /// Who has made it.
    pub ursprung: Ursprung,
    /// What its outcome is taken from; none where somebody types it.
    pub matas: Option<Kalla>,
    /// From when it is measured otherwise.
    pub brott: Vec<Brott>,
    /// Where it is shown besides the plan.
    pub visas: Visas,
}

impl Content {
    /// As it is compared: with the decimals of the indikator.
    #[must_use]
    pub fn rounded(&self, tal: Tal) -> Tal {
        tal.rounded(self.decimaler)
    }

    /// `77,78`, `75`: rounded, without noughts at the end.
    #[must_use]
    pub fn shown(&self, tal: Tal) -> String {
        self.rounded(tal).to_string()
    }

    /// `77,78 %`, `15 st`; without a unit where nobody has said which.
    #[must_use]
    pub fn with_unit(&self, tal: Tal) -> String {
        self.behind(&self.shown(tal))
    }

    /// A figure that is written, with the unit behind it.
    pub(crate) fn behind(&self, figures: &str) -> String {
        if self.enhet.is_empty() { figures.to_owned() } else { format!("{figures}{NBSP}{}", self.enhet) }
    }

    /// What is asked about an indikator whose goal is a number of nobody knows what: `65` beside goals in per cent. None where its
    /// unit is known.
    #[must_use]
    pub fn enhet_saknas(&self) -> Option<String> {
        let tal = self.arsmal.tal().or_else(|| self.kf.tal()).filter(|_| self.enhet.is_empty())?;
        Some(mal::fraga_om_enhet(tal))
    }
}

/// An indikator as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indikator {
    /// Primary key.
    pub id: IndikatorId,
    /// The same indikator the year before, by which last year's outcome is looked up.
    pub copied_from: Option<IndikatorId>,
    /// What is measured and aimed at in its year.
    pub content: Content,
    /// Rises with every change of what it is, not with its outcome.
    pub version: i64,
}
