//! Plan: the plan of a unit for a year, from the first draft to what is fastställt and revised. Chapters stand before the goals, and everybody
//! in the unit can say what they think of them while it is on remiss. What is fastställt is not written in: it is revised, with a reason, and
//! both can be read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::mal::Benamning;
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::NodeId,
    personnummer::varning,
};

pub mod beslutat;
pub mod bilaga;
pub mod granskning;
pub mod kapitel;
pub mod remiss;

crate::ids! { now_v7:
    /// A plan of a unit and year.
    PlanId,
}

/// How far a plan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is written.
    #[default]
    Utkast,
    /// It is laid before whoever decides: förslag till beslut. Nothing is written in it meanwhile.
    Forslag,
    /// It is decided.
    Faststalld,
    /// It was decided, and has been changed by a later decision.
    Reviderad,
}

impl State {
    crate::every! {
        /// Every state, in the order of a life.
        Utkast, Forslag, Faststalld, Reviderad
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utkast => "utkast",
            Self::Forslag => "forslag",
            Self::Faststalld => "faststalld",
            Self::Reviderad => "reviderad",
        }
    }

    /// The state of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As it stands on the plan.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utkast => "Utkast",
            Self::Forslag => "Förslag till beslut",
            Self::Faststalld => "Fastställd",
            Self::Reviderad => "Reviderad",
        }
    }

    /// Whether it holds: the year is followed by it.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Faststalld | Self::Reviderad)
    }
}

/// What takes a plan from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Steg {
    /// The draft is laid before whoever decides.
    Foresla,
    /// The proposal is taken back to be written on.
    TaTillbaka,
    /// It is decided.
    Faststall,
    /// What was decided is opened to be changed; it holds meanwhile as it was.
    OppnaRevision,
    /// The change is given up: what was decided holds as it was.
    AvbrytRevision,
    /// The change is decided.
    FaststallRevision,
}

impl Steg {
    crate::every! {
        /// Every step.
        Foresla, TaTillbaka, Faststall, OppnaRevision, AvbrytRevision, FaststallRevision
    }

    /// As sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Foresla => "foresla",
            Self::TaTillbaka => "ta_tillbaka",
            Self::Faststall => "faststall",
            Self::OppnaRevision => "oppna_revision",
            Self::AvbrytRevision => "avbryt_revision",
            Self::FaststallRevision => "faststall_revision",
        }
    }

    /// The step of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What is pressed.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Foresla => "Lägg fram som förslag till beslut",
            Self::TaTillbaka => "Ta tillbaka till utkast",
            Self::Faststall => "Fastställ",
            Self::OppnaRevision => "Öppna för revidering",
            Self::AvbrytRevision => "Avbryt revideringen",
            Self::FaststallRevision => "Fastställ revideringen",
        }
    }

    /// Who takes it: who decides, or who writes.
    #[must_use]
    pub const fn wants_decision(self) -> bool {
        matches!(self, Self::Faststall | Self::OppnaRevision | Self::AvbrytRevision | Self::FaststallRevision)
    }
}

/// What somebody may do with the plan of a unit. From the table of roles: Edit, and TickAny, which in plans is to decide (an enhetschef does,
/// and a biträdande where the unit has said so).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Far {
    /// Write in it.
    pub skriva: bool,
    /// Decide it.
    pub besluta: bool,
}

/// A decision on the plan, the first or one that changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beslut {
    /// 1 is the first; each revision has the next.
    pub nr: u32,
    /// The day of the decision.
    pub on: NaiveDate,
    /// Its diarienummer; may be empty.
    pub dnr: String,
    /// Why it was changed; empty of the first.
    pub varfor: String,
}

/// A change of what is decided, while it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The day it was opened.
    pub fran: NaiveDate,
    /// Why; never empty.
    pub varfor: String,
}

/// The plan of a unit for a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Primary key.
    pub id: PlanId,
    /// The unit.
    pub node: NodeId,
    /// The year it is for; one plan of each.
    pub year: i32,
    /// How far it has come.
    pub state: State,
    /// What the unit calls its own goals.
    pub benamning: Benamning,
    /// When everybody can say what they think of it; none while nobody has been asked.
    pub remiss: Option<remiss::Remiss>,
    /// A change that is being written; only of a plan that is decided.
    pub revision: Option<Revision>,
    /// What was decided, the first first.
    pub beslut: Vec<Beslut>,
    /// Rises with every change of these, not with what is written in it.
    pub version: i64,
}

/// What is written in a plan. Each is open in other states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Innehall {
    /// A chapter or a bilaga.
    Kapitel,
    /// Goals, their texts and what is expected of them, indikatorer and their årsmål.
    Mal,
    /// That an aktivitet is there, with its days.
    Aktivitet,
    /// What came out, how it was met, how far an aktivitet has come, the reports of a VP-grupp: what the year itself writes.
    Uppfoljning,
}

/// What is said where somebody writes in a plan that is decided.
pub const BESLUTAD: &str =
    "Planen är fastställd och ändras inte. Öppna den för revidering först; det du skrev finns kvar i formuläret.";
/// What is said where somebody writes in a plan that is laid before whoever decides.
pub const FORESLAGEN: &str =
    "Planen är lagd som förslag till beslut. Ta tillbaka den till utkast först; det du skrev finns kvar i formuläret.";

impl Plan {
    /// Whether something can be written now; the sentence says why not. What the year itself writes is open in every state.
    pub fn check_open(&self, what: Innehall) -> Result<(), &'static str> {
        match (self.state, what) {
            // and an aktivitet comes and goes through the year
            (_, Innehall::Uppfoljning)
            | (State::Utkast, _)
            | (State::Faststalld | State::Reviderad, Innehall::Aktivitet) => Ok(()),
            (State::Faststalld | State::Reviderad, _) if self.revision.is_some() => Ok(()),
            (State::Faststalld | State::Reviderad, _) => Err(BESLUTAD),
            (State::Forslag, _) => Err(FORESLAGEN),
        }
    }

    /// Why nothing of this can be written now, for a page where nobody has written yet.
    #[must_use]
    pub fn closed(&self, what: Innehall) -> Option<&'static str> {
        let why = self.check_open(what).err()?;
        Some(if why == FORESLAGEN { "Planen är lagd som förslag till beslut." } else { "Planen är fastställd." })
    }

    /// The steps that somebody can take now, in order.
    #[must_use]
    pub fn steps(&self, far: Far) -> Vec<Steg> {
        Steg::ALL.into_iter().filter(|steg| self.leads(*steg) && may(*steg, far)).collect()
    }

    /// Whether a step begins here.
    fn leads(&self, steg: Steg) -> bool {
        let open = self.revision.is_some();
        match steg {
            Steg::Foresla => self.state == State::Utkast,
            Steg::TaTillbaka | Steg::Faststall => self.state == State::Forslag,
            Steg::OppnaRevision => self.state.is_decided() && !open,
            Steg::AvbrytRevision | Steg::FaststallRevision => self.state.is_decided() && open,
        }
    }

    /// `fastställd 2022-01-28`, `reviderad 2022-05-04`, `förslag till beslut`: after the name of the plan.
    #[must_use]
    pub fn said(&self) -> String {
        let word = self.state.label().to_lowercase();
        match self.beslut.last().filter(|_| self.state.is_decided()) {
            Some(beslut) => format!("{word} {}", format::date(beslut.on)),
            None => word,
        }
    }
}

fn may(steg: Steg, far: Far) -> bool {
    if steg.wants_decision() { far.besluta } else { far.skriva || far.besluta }
}

/// What the form of a step sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Code of a [`Steg`].
    pub steg: String,
    /// The day of a decision; empty is today.
    pub on: String,
    /// See [`Beslut`].
    pub dnr: String,
    /// Why a decided plan is changed.
    pub varfor: String,
}

impl Form {
    /// The step that is taken; none where the form names none.
    #[must_use]
    pub fn steg(&self) -> Option<Steg> {
        Steg::from_code(self.steg.trim())
    }
}

/// What a step makes of a plan: its state, and what is decided or opened. The plan is as it was where a fault is told.
pub fn check_step(plan: &Plan, form: &Form, far: Far, today: NaiveDate) -> Result<Plan, Vec<FieldError>> {
    let mut check = Checker::default();
    let Some(steg) = form.steg().filter(|steg| plan.leads(*steg)) else {
        check.error("", "Någon annan har ändrat planen. Läs vad som gäller nu.");
        return check.finish(plan.clone());
    };
    if !may(steg, far) {
        let who = if steg.wants_decision() { "enhetschefen" } else { "de som skriver planen" };
        check.error("", format!("Bara {who} kan göra det här."));
        return check.finish(plan.clone());
    }
    let mut out = plan.clone();
    match steg {
        Steg::Foresla => out.state = State::Forslag,
        Steg::TaTillbaka => out.state = State::Utkast,
        Steg::OppnaRevision => {
            let varfor = check.text("varfor", &form.varfor);
            if varfor.is_empty() {
                check.error("varfor", "Skriv varför planen ändras.");
            } else if let Some(warning) = varning(&varfor) {
                check.error("varfor", warning);
            }
            out.revision = Some(Revision { fran: today, varfor });
        }
        Steg::AvbrytRevision => {
            out.revision = None;
            // what the unit was asked about is there no more
            if let Some(remiss) = &mut out.remiss {
                remiss.stang(today);
            }
        }
        Steg::Faststall | Steg::FaststallRevision => {
            let on = check.date("on", &form.on, Fits::Past(today)).unwrap_or(today);
            let dnr = check.line("dnr", &form.dnr);
            let before = plan.beslut.last().map(|beslut| beslut.on);
            if on > today {
                check.error("on", "Dagen har inte kommit än. Skriv dagen då planen fastställdes.");
            } else if before.is_some_and(|before| on < before) {
                check.error("on", "Dagen är före det förra beslutet.");
            }
            let varfor = out.revision.take().map_or_else(String::new, |revision| revision.varfor);
            let nr = plan.beslut.last().map_or(1, |beslut| beslut.nr + 1);
            out.state = if steg == Steg::Faststall { State::Faststalld } else { State::Reviderad };
            // what was asked is answered by the decision
            if let Some(remiss) = &mut out.remiss {
                remiss.stang(today);
            }
            out.beslut.push(Beslut { nr, on, dnr, varfor });
        }
    }
    check.finish(out)
}

#[cfg(test)]
mod tests;
