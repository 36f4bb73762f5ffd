//! Case: what a case has come to, as far as rules ask for it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Bedomning, Kategori, Kind, Kinds, Orsak, State,
    word::{Risk, Upprepning},
};

/// The lex Sarah decision, in writing also when it declines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beslut {
    /// What was decided.
    pub bedomning: Bedomning,
    /// Why; never empty.
    pub motive: String,
    /// The day.
    pub on: NaiveDate,
}

/// The report to IVO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ivo {
    /// The day of the report.
    pub on: NaiveDate,
    /// Diarienummer; never empty.
    pub dnr: String,
    /// The day the investigation was sent.
    pub investigation_on: Option<NaiveDate>,
}

/// What was decided and done about a personuppgiftsincident. What it was stands in [`super::pui`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imy {
    /// When it was discovered.
    pub discovered_at: Option<DateTime<Utc>>,
    /// When the report came: at the latest then it was known. Said by whoever reads the case, not kept with it.
    #[serde(default, skip_serializing)]
    pub known_at: Option<DateTime<Utc>>,
    /// The day of that on the clock of the place: what is to be done at once is counted in days from it. None in what was
    /// written before it was kept.
    #[serde(default)]
    pub discovered_on: Option<NaiveDate>,
    /// The risk for the data subjects, once decided.
    pub risk: Option<Risk>,
    /// Why; empty until decided.
    pub motive: String,
    /// When IMY was told.
    pub reported_at: Option<DateTime<Utc>>,
    /// Why later than 72 hours (GDPR art. 33.1); empty where it was not.
    pub delay: String,
    /// The day the data subjects were told.
    pub informed_on: Option<NaiveDate>,
    /// Why they were not told (GDPR art. 34.3); empty where they were.
    pub not_informed: String,
}

impl Imy {
    /// The moment from which the 72 hours run: when it was discovered, and where nobody has said an earlier time, the report.
    #[must_use]
    pub fn runs_from(&self) -> Option<DateTime<Utc>> {
        self.discovered_at.into_iter().chain(self.known_at).min()
    }
}

/// What the investigation has. Texts may be empty until the step that asks for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utredning {
    /// What happened when.
    pub timeline: String,
    /// What was found.
    pub found: String,
    /// Consequences for the individual.
    pub consequences: String,
    /// Risk of repetition.
    pub upprepning: Option<Upprepning>,
    /// What lay behind.
    pub orsaker: Vec<Orsak>,
    /// What was decided.
    pub beslut: String,
}

/// A case, as far as rules ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it is. [`Kind::LexSarah`] from the decision on, not from the suspicion.
    pub kinds: Kinds,
    /// How far it has come.
    pub state: State,
    /// The day it came in.
    pub inkommen: NaiveDate,
    /// Of a klagomål or a synpunkt.
    pub kategori: Option<Kategori>,
    /// Whether there is nobody to give feedback to: an anonymous klagomål.
    pub anonymous: bool,
    /// The day a missförhållande was suspected: by the reporter, a chef or the lex Sarah-utredare.
    pub suspected_on: Option<NaiveDate>,
    /// What the lex Sarah-utredare decided.
    pub beslut: Option<Beslut>,
    /// The report to IVO.
    pub ivo: Option<Ivo>,
    /// Of a personuppgiftsincident.
    pub imy: Imy,
    /// The day the investigation began.
    pub utreds_from: Option<NaiveDate>,
    /// The investigation.
    pub utredning: Utredning,
    /// Åtgärder that remain.
    pub atgarder_open: i64,
    /// Åtgärder that are done.
    pub atgarder_done: i64,
    /// When the effect is followed up.
    pub follow_up_on: Option<NaiveDate>,
    /// The effect, as followed up.
    pub effect: String,
    /// The day the reporter, or who complained, was told the outcome.
    pub feedback_on: Option<NaiveDate>,
    /// The day the group was told.
    pub group_feedback_on: Option<NaiveDate>,
}

impl Case {
    /// A case as it comes in.
    #[must_use]
    pub fn new(kinds: Kinds, inkommen: NaiveDate) -> Self {
        Self {
            kinds,
            state: State::Inkommen,
            inkommen,
            kategori: None,
            anonymous: false,
            suspected_on: None,
            beslut: None,
            ivo: None,
            imy: Imy::default(),
            utreds_from: None,
            utredning: Utredning::default(),
            atgarder_open: 0,
            atgarder_done: 0,
            follow_up_on: None,
            effect: String::new(),
            feedback_on: None,
            group_feedback_on: None,
        }
    }

    /// Whether the lex Sarah-utredare has still to decide.
    #[must_use]
    pub fn awaits_lex_sarah(&self) -> bool {
        self.suspected_on.is_some() && self.beslut.is_none()
    }

    /// Whether it was decided that lex Sarah holds.
    #[must_use]
    pub fn is_lex_sarah(&self) -> bool {
        self.beslut.as_ref().is_some_and(|b| b.bedomning.is_lex_sarah())
    }

    /// Whether it was decided that IVO is told.
    #[must_use]
    pub fn goes_to_ivo(&self) -> bool {
        self.beslut.as_ref().is_some_and(|b| b.bedomning.goes_to_ivo())
    }

    /// Whether it was decided that IMY is told.
    #[must_use]
    pub fn goes_to_imy(&self) -> bool {
        self.kinds.has(Kind::Pui) && matches!(self.imy.risk, Some(Risk::Risk | Risk::Hog))
    }

    /// The case with a decision of the lex Sarah-utredare, its kinds after it.
    #[must_use]
    pub fn decided(mut self, beslut: Beslut) -> Self {
        self.kinds = if beslut.bedomning.is_lex_sarah() {
            self.kinds.with(Kind::LexSarah)
        } else {
            self.kinds.without(Kind::LexSarah)
        };
        self.beslut = Some(beslut);
        self
    }
}
