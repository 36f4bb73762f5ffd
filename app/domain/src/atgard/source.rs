//! Where an åtgärd comes from.

use serde::{Deserialize, Serialize};

use crate::{
    ekonomi::konto::KontoId,
    id::{AptId, AvvikelseId, ForslagId, GenomforandeId, OccurrenceId},
    siffror::jamstalldhet::analys::JamstalldhetId,
    verksamhetsplan::{aktivitet::PlanaktivitetId, indikator::IndikatorId, mal::MalId, plan::PlanId},
};

/// Where an åtgärd comes from: a typed link. Risks and enkäter join here when they exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Source {
    /// By itself.
    #[default]
    Egen,
    /// A run of an egenkontroll.
    Genomforande(GenomforandeId),
    /// A tillfälle that was ticked off: an internkontroll with avvikelse.
    Occurrence(OccurrenceId),
    /// A case: only those who may open it see which.
    Avvikelse(AvvikelseId),
    /// A förbättringsförslag.
    Forslag(ForslagId),
    /// A meeting.
    Apt(AptId),
    /// An analysis of whether two groups are met alike.
    Jamstalldhet(JamstalldhetId),
    /// An indikator of a plan: its outcome.
    Indikator(IndikatorId),
    /// A goal of a plan: how it is met.
    Enhetsmal(MalId),
    /// What is done to reach a goal: that it goes otherwise than was thought.
    Aktivitet(PlanaktivitetId),
    /// The account of a plan: a forecast that is worse than its budget.
    Konto(KontoId),
}

impl Source {
    /// As stored in two columns.
    #[must_use]
    pub fn columns(self) -> (&'static str, Option<uuid::Uuid>) {
        match self {
            Self::Egen => ("egen", None),
            Self::Genomforande(id) => ("genomforande", Some(id.0)),
            Self::Occurrence(id) => ("forekomst", Some(id.0)),
            Self::Avvikelse(id) => ("avvikelse", Some(id.0)),
            Self::Forslag(id) => ("forslag", Some(id.0)),
            Self::Apt(id) => ("apt", Some(id.0)),
            Self::Jamstalldhet(id) => ("jamstalldhet", Some(id.0)),
            Self::Indikator(id) => ("indikator", Some(id.0)),
            Self::Enhetsmal(id) => ("enhetsmal", Some(id.0)),
            Self::Aktivitet(id) => ("planaktivitet", Some(id.0)),
            Self::Konto(id) => ("konto", Some(id.0)),
        }
    }

    /// The source of two columns.
    #[must_use]
    pub fn of_columns(kind: &str, id: Option<uuid::Uuid>) -> Self {
        match (kind, id) {
            ("genomforande", Some(id)) => Self::Genomforande(GenomforandeId(id)),
            ("forekomst", Some(id)) => Self::Occurrence(OccurrenceId(id)),
            ("avvikelse", Some(id)) => Self::Avvikelse(AvvikelseId(id)),
            ("forslag", Some(id)) => Self::Forslag(ForslagId(id)),
            ("apt", Some(id)) => Self::Apt(AptId(id)),
            ("jamstalldhet", Some(id)) => Self::Jamstalldhet(JamstalldhetId(id)),
            ("indikator", Some(id)) => Self::Indikator(IndikatorId(id)),
            ("enhetsmal", Some(id)) => Self::Enhetsmal(MalId(id)),
            ("planaktivitet", Some(id)) => Self::Aktivitet(PlanaktivitetId(id)),
            ("konto", Some(id)) => Self::Konto(KontoId(id)),
            _ => Self::Egen,
        }
    }

    /// As in URLs and forms: `genomforande:<id>`; empty when by itself.
    #[must_use]
    pub fn code(self) -> String {
        match self.columns() {
            (kind, Some(id)) => format!("{kind}:{id}"),
            _ => String::new(),
        }
    }

    /// The source of a code; `None` when it is not one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if code.trim().is_empty() {
            return Some(Self::Egen);
        }
        let (kind, id) = code.trim().split_once(':')?;
        let found = Self::of_columns(kind, Some(id.parse().ok()?));
        (found != Self::Egen).then_some(found)
    }

    /// What the user calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Egen => "Egen",
            Self::Genomforande(_) => "Egenkontroll",
            Self::Occurrence(_) => "Kontroll",
            Self::Avvikelse(_) => "Avvikelse",
            Self::Forslag(_) => "Förslag",
            Self::Apt(_) => "Möte",
            Self::Jamstalldhet(_) => "Jämställdhetsanalys",
            Self::Indikator(_) => "Indikator",
            Self::Enhetsmal(_) => "Mål",
            Self::Aktivitet(_) => "Aktivitet i planen",
            Self::Konto(_) => "Budget",
        }
    }

    /// Where an åtgärd of it is added, with what it found written already.
    #[must_use]
    pub fn new_atgard(self) -> String {
        format!("/atgarder/ny?kalla={}", self.code())
    }

    /// Where it stands; none for one of its own. What belongs to a verksamhetsplan stands in it: `plan`, none where it is there no more.
    #[must_use]
    pub fn link(self, plan: Option<PlanId>) -> Option<String> {
        let in_plan = |rest: String| plan.map(|plan| format!("/verksamhetsplan/{plan}/{rest}"));
        match self {
            Self::Egen => None,
            Self::Genomforande(id) => Some(format!("/genomforanden/{id}")),
            Self::Occurrence(id) => Some(format!("/forekomster/{id}")),
            Self::Avvikelse(id) => Some(format!("/avvikelser/{id}")),
            Self::Forslag(id) => Some(format!("/forslag?visa=alla#forslag-{id}")),
            Self::Apt(id) => Some(format!("/apt/{id}")),
            Self::Jamstalldhet(id) => Some(format!("/siffror/jamstalldhet/{id}")),
            Self::Indikator(id) => in_plan(format!("indikatorer/{id}")),
            Self::Enhetsmal(id) => in_plan(format!("mal/{id}")),
            Self::Aktivitet(id) => plan.map(|_| format!("/planaktiviteter/{id}")),
            Self::Konto(_) => in_plan("ekonomi".to_owned()),
        }
    }
}
