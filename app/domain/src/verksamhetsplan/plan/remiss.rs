//! Remiss: for some days everybody in the unit reads the plan and says what they think of a chapter or a goal, by name; who writes answers
//! each: changed, or not changed and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Plan, PlanId, State, kapitel::KapitelId};
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::PersonId,
    personnummer::varning,
    verksamhetsplan::mal::MalId,
};

crate::ids! { now_v7:
    /// What somebody thinks of a part of a plan.
    SynpunktId,
}

/// The most synpunkter on a plan.
pub const SYNPUNKTER_MOST: usize = 1_000;

/// The days in which the unit is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remiss {
    /// The first day.
    pub fran: NaiveDate,
    /// The last day.
    pub till: NaiveDate,
}

impl Remiss {
    /// Whether one can say something on a day.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        (self.fran..=self.till).contains(&today)
    }

    /// Ends it on a day, if it goes on longer.
    pub fn stang(&mut self, on: NaiveDate) {
        self.till = self.till.min(on);
    }

    /// `På remiss till 2022-12-05`, `Remissen stängde 2022-12-05`.
    #[must_use]
    pub fn said(&self, today: NaiveDate) -> String {
        let till = format::date(self.till);
        if self.is_open(today) {
            format!("På remiss till {till}")
        } else if today < self.fran {
            format!("På remiss {} till {till}", format::date(self.fran))
        } else {
            format!("Remissen stängde {till}")
        }
    }
}

impl Plan {
    /// The remiss, on a day on which the unit is asked: a plan that is decided asks nobody, however late its last day is.
    #[must_use]
    pub fn pa_remiss(&self, today: NaiveDate) -> Option<Remiss> {
        let is_written = !self.state.is_decided() || self.revision.is_some();
        self.remiss.filter(|remiss| is_written && remiss.is_open(today))
    }
}

/// What a synpunkt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "slag", content = "id")]
pub enum Om {
    /// A chapter.
    Kapitel(KapitelId),
    /// A goal, with all that stands under it.
    Mal(MalId),
}

impl Om {
    /// As a form sends it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Kapitel(id) => format!("kapitel:{id}"),
            Self::Mal(id) => format!("mal:{id}"),
        }
    }

    /// What a code names.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':')? {
            ("kapitel", id) => id.parse().ok().map(Self::Kapitel),
            ("mal", id) => id.parse().ok().map(Self::Mal),
            _ => None,
        }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Svar {
    /// The plan was changed by it.
    pub andrat: bool,
    /// Why not; or what was changed, which may be left out.
    pub varfor: String,
    /// Who answered.
    pub who: PersonId,
    /// The day it was answered.
    pub on: NaiveDate,
}

impl Svar {
    /// `Ändrat`, `Ändras inte: ryms inte i budgeten`.
    #[must_use]
    pub fn said(&self) -> String {
        let what = if self.andrat { "Ändrat" } else { "Ändras inte" };
        if self.varfor.is_empty() { what.to_owned() } else { format!("{what}: {}", self.varfor) }
    }
}

/// What somebody thinks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synpunkt {
    /// Primary key, made with the form.
    pub id: SynpunktId,
    /// What it is about as a whole.
    pub plan: PlanId,
    /// Which part of it.
    pub om: Om,
    /// Who said it: a synpunkt is always named.
    pub who: PersonId,
    /// The day it was said.
    pub on: NaiveDate,
    /// What was said; never empty.
    pub text: String,
    /// What was answered; none yet.
    pub svar: Option<Svar>,
    /// Rises with every change.
    pub version: i64,
}

/// What the form that asks the unit sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// The last day.
    pub till: String,
}

/// Checks that the unit can be asked, and until when. A remiss that is there is made longer or shorter.
pub fn check(form: &Form, plan: &Plan, today: NaiveDate) -> Result<Remiss, Vec<FieldError>> {
    let mut check = Checker::default();
    let till = check.date("till", &form.till, Fits::Coming(today));
    if !(plan.state == State::Utkast || plan.revision.is_some()) {
        check.error(
            "",
            "Bara ett utkast kan skickas på remiss. Ta tillbaka planen till utkast, eller öppna den för revidering.",
        );
    } else if till.is_none() && !check.has_errors() {
        check.error("till", "Skriv sista dagen för synpunkter.");
    } else if till.is_some_and(|till| till < today) {
        check.error("till", "Sista dagen har redan varit.");
    }
    let fran = plan.remiss.filter(|remiss| remiss.is_open(today)).map_or(today, |remiss| remiss.fran);
    check.finish(Remiss { fran, till: till.unwrap_or(today) })
}

/// Checks what somebody thinks, on a day of the remiss.
pub fn check_synpunkt(text: &str, om: &str, plan: &Plan, today: NaiveDate) -> Result<(String, Om), Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("text", text);
    if plan.pa_remiss(today).is_none() {
        let closed = plan.remiss.filter(|remiss| !remiss.is_open(today));
        let said = closed.map_or_else(|| "Planen är inte på remiss".to_owned(), |remiss| remiss.said(today));
        check.error("", format!("{said}. Prata med den som skriver planen."));
    } else if text.is_empty() {
        check.error("text", "Skriv vad du tycker.");
    } else if let Some(warning) = varning(&text) {
        check.error("text", warning);
    }
    let om = Om::from_code(om.trim());
    if om.is_none() {
        check.error("om", "Välj vilket kapitel eller mål det gäller.");
    }
    // without a place there is a fault
    check.finish(()).and_then(|()| om.map(|om| (text, om)).ok_or_else(Vec::new))
}

/// What the form of an answer sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SvarForm {
    /// "ja" or "nej".
    pub andrat: String,
    /// See [`Svar`].
    pub varfor: String,
}

/// Checks an answer: what is not changed says why. It can be given after the remiss has closed.
pub fn check_svar(form: &SvarForm, who: PersonId, today: NaiveDate) -> Result<Svar, Vec<FieldError>> {
    let mut check = Checker::default();
    let andrat = match form.andrat.trim() {
        "ja" => true,
        "nej" => false,
        _ => {
            check.error("andrat", "Välj om planen har ändrats.");
            true
        }
    };
    let varfor = check.text("varfor", &form.varfor);
    if let Some(warning) = varning(&varfor) {
        check.error("varfor", warning);
    } else if !andrat && varfor.is_empty() {
        check.error("varfor", "Skriv varför det inte ändras, så att den som skrev får veta.");
    }
    check.finish(Svar { andrat, varfor, who, on: today })
}
