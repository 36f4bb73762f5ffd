//! Åtgärd: what is done about something, by whom and when, and whether it had effect (docs/doman.md 6).
//! One type and one list for all sources.
//!
//! An åtgärd owns a schedule with one tillfälle, its last day; with a follow-up it owns a second. So its state *is* the
//! state of its tillfällen: the wheel, Att göra, the chef's list of what is late and the one-click tick treat it as
//! everything else that has a time, and no second status has to be kept in step.

pub mod access;
pub mod notis;
mod source;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::{AptId, AtgardId, NodeId, OccurrenceId},
    occurrence::{Outcome, State},
    schedule::Responsible,
    verksamhetsplan::plan::PlanId,
};

pub use self::source::Source;

/// Where an åtgärd stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Decided.
    Ny,
    /// Begun.
    Pagar,
    /// Done.
    Klar,
    /// Done, and it has been judged whether it had effect.
    EffektFoljdUpp,
    /// Given up, with a reason.
    Avbruten,
}

impl Status {
    crate::every! {
        /// Every status, in the order of a life.
        Ny, Pagar, Klar, EffektFoljdUpp, Avbruten
    }

    /// As used in URLs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ny => "ny",
            Self::Pagar => "pagar",
            Self::Klar => "klar",
            Self::EffektFoljdUpp => "foljd",
            Self::Avbruten => "avbruten",
        }
    }

    /// The status of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ny => "Ny",
            Self::Pagar => "Pågår",
            Self::Klar => "Klar",
            Self::EffektFoljdUpp => "Effekt följd upp",
            Self::Avbruten => "Avbruten",
        }
    }
}

/// What the three outcomes of an egenkontroll mean for an effect.
#[must_use]
pub fn effect_label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Uppfyllt => "Den hade effekt",
        Outcome::Delvis => "Den hade delvis effekt",
        _ => "Den hade ingen effekt",
    }
}

/// The follow-up of an åtgärd.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Its tillfälle.
    pub occurrence: OccurrenceId,
    /// When it is to be followed up.
    pub due: NaiveDate,
    /// What is stored of its tillfälle.
    pub state: State,
    /// Whether it had effect.
    pub outcome: Option<Outcome>,
    /// What was seen.
    pub note: String,
    /// The day it was followed up.
    pub on: Option<NaiveDate>,
}

/// An åtgärd as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Atgard {
    /// Primary key, in the address `/atgarder/{id}`.
    pub id: AtgardId,
    /// The unit.
    pub node: NodeId,
    /// Name of the unit.
    pub node_name: String,
    /// What is to be done.
    pub title: String,
    /// The reason, or what its source found; may be empty.
    pub why: String,
    /// Where it comes from.
    pub source: Source,
    /// What its source is called: "Dokumentation, oktober 2026".
    pub source_label: String,
    /// The plan that its source stands in, of one that does and is still there.
    pub source_plan: Option<PlanId>,
    /// Who answers for it.
    pub responsible: Responsible,
    /// Who answers for it, in words.
    pub responsible_label: String,
    /// Its tillfälle.
    pub occurrence: OccurrenceId,
    /// The last day.
    pub due: NaiveDate,
    /// What is stored of its tillfälle.
    pub state: State,
    /// The version of its tillfälle.
    pub occurrence_version: i64,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// Why it was given up.
    pub reason: String,
    /// The follow-up, where one is planned.
    pub follow_up: Option<FollowUp>,
    /// The day it was decided.
    pub created_on: NaiveDate,
    /// Whether the person who asks may change its state.
    pub may_tick: bool,
    /// The meeting of those who lead that decided it: then it is for them and for whoever answers for it.
    pub closed_mote: Option<AptId>,
    /// Rises with every change of its texts.
    pub version: i64,
}

impl Atgard {
    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.state {
            State::Planerad => Status::Ny,
            State::Pagar => Status::Pagar,
            State::EjUtford => Status::Avbruten,
            State::Utford if self.follow_up.as_ref().is_some_and(|f| f.state == State::Utford) => {
                Status::EffektFoljdUpp
            }
            State::Utford => Status::Klar,
        }
    }

    /// Whether something of it should have been done before today: the åtgärd itself, or its follow-up.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        match self.status() {
            Status::Ny | Status::Pagar => self.due < today,
            Status::Klar => self.follow_up.as_ref().is_some_and(|f| f.state.is_open() && f.due < today),
            Status::EffektFoljdUpp | Status::Avbruten => false,
        }
    }

    /// Whether it had effect, in words; empty while that is not known.
    #[must_use]
    pub fn effect(&self) -> String {
        let Some(follow_up) = self.follow_up.as_ref().filter(|f| f.state == State::Utford) else {
            return String::new();
        };
        let words = follow_up.outcome.map(effect_label).unwrap_or_default();
        if follow_up.note.is_empty() { words.to_owned() } else { format!("{words}: {}", follow_up.note) }
    }

    /// What comes next of it, in words.
    #[must_use]
    pub fn next(&self, today: NaiveDate) -> String {
        match (self.status(), &self.follow_up) {
            (Status::Ny | Status::Pagar, _) if self.is_late(today) => {
                format!("skulle varit klar {}", format::date(self.due))
            }
            (Status::Ny | Status::Pagar, _) => format!("klar senast {}", format::date(self.due)),
            (Status::Klar, Some(f)) if f.state.is_open() => format!("effekten följs upp {}", format::date(f.due)),
            (Status::Klar, _) => self.done_on.map(|d| format!("klar {}", format::date(d))).unwrap_or_default(),
            (Status::EffektFoljdUpp, _) => self.effect(),
            (Status::Avbruten, _) => self.reason.clone(),
        }
    }
}

/// An åtgärd as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// What is to be done.
    pub title: String,
    /// The reason; may be empty.
    pub why: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// The last day.
    pub due: String,
    /// The day its effect is followed up; may be empty.
    pub follow_up: String,
}

/// What a valid form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    /// What is to be done.
    pub title: String,
    /// The reason; may be empty.
    pub why: String,
    /// Who answers for it.
    pub responsible: Responsible,
    /// The last day.
    pub due: NaiveDate,
    /// The day its effect is followed up.
    pub follow_up: Option<NaiveDate>,
}

/// Checks an åtgärd. `today` bounds the year: a last day ten years away is a slip of the pen.
pub fn check(form: &Form, today: NaiveDate) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let title = check.required("title", &form.title, "vad som ska göras");
    let why = check.text("why", &form.why);
    for (field, text) in [("title", &title), ("why", &why)] {
        if crate::genomforande::reference::names_person(text) {
            check.error(field, "Texten ser ut att ha ett personnummer. Ta bort det.");
        }
    }
    let responsible = Responsible::from_code(form.responsible.trim()).filter(|r| *r != Responsible::Nobody);
    if responsible.is_none() {
        check.error("responsible", "Välj vem som är ansvarig.");
    }
    let due = check.date("due", &form.due, Fits::Coming(today));
    if due.is_none() && form.due.trim().is_empty() {
        check.error("due", "Skriv när den ska vara klar.");
    }
    let follow_up = check.date("follow_up", &form.follow_up, Fits::Coming(today));
    for (field, day) in [("due", due), ("follow_up", follow_up)] {
        if day.is_some_and(|d| (d - today).num_days().abs() > 3_660) {
            check.error(field, "Dagen ligger mer än tio år bort. Kontrollera årtalet.");
        }
    }
    if let (Some(due), Some(follow_up)) = (due, follow_up)
        && follow_up <= due
    {
        check.error("follow_up", "Effekten följs upp efter att åtgärden ska vara klar. Välj en senare dag.");
    }
    check.finish(Content {
        title,
        why,
        responsible: responsible.unwrap_or(Responsible::Nobody),
        due: due.unwrap_or(today),
        follow_up,
    })
}

/// Whether the effect was seen, as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EffectForm {
    /// Code of an [`Outcome`]: uppfyllt, delvis, ej_uppfyllt.
    pub outcome: String,
    /// What was seen.
    pub note: String,
}

/// Checks a follow-up: what was seen has to be said.
pub fn check_effect(form: &EffectForm) -> Result<(Outcome, String), Vec<FieldError>> {
    let mut check = Checker::default();
    let outcome = Outcome::from_code(form.outcome.trim()).filter(|o| Outcome::EGENKONTROLL.contains(o));
    if outcome.is_none() {
        check.error("outcome", "Välj om åtgärden hade effekt.");
    }
    let note = check.text("note", &form.note);
    if note.is_empty() {
        check.error("note", "Skriv hur det märks.");
    }
    check.finish((outcome.unwrap_or(Outcome::Uppfyllt), note))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        ekonomi::konto::KontoId,
        id::{ForslagId, GenomforandeId},
        permission::Role,
        siffror::jamstalldhet::analys::JamstalldhetId,
        verksamhetsplan::{aktivitet::PlanaktivitetId, indikator::IndikatorId, mal::MalId},
    };

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn today() -> NaiveDate {
        day(2026, 11, 23)
    }

    fn form() -> Form {
        Form {
            title: "Genomgång av dokumentation på APT".into(),
            responsible: "roll:enhetschef".into(),
            due: "2026-12-09".into(),
            follow_up: "2027-03-31".into(),
            ..Form::default()
        }
    }

    fn atgard(state: State, follow_up: Option<State>) -> Atgard {
        Atgard {
            id: AtgardId(Uuid::nil()),
            node: NodeId(Uuid::nil()),
            node_name: String::new(),
            title: String::new(),
            why: String::new(),
            source: Source::Egen,
            source_label: String::new(),
            source_plan: None,
            responsible: Responsible::Role(Role::Enhetschef),
            responsible_label: String::new(),
            occurrence: OccurrenceId(Uuid::nil()),
            due: day(2026, 11, 20),
            state,
            occurrence_version: 1,
            done_on: None,
            reason: String::new(),
            follow_up: follow_up.map(|state| FollowUp {
                occurrence: OccurrenceId(Uuid::nil()),
                due: day(2026, 11, 22),
                state,
                outcome: Some(Outcome::Delvis),
                note: "14 av 20".into(),
                on: None,
            }),
            created_on: day(2026, 10, 1),
            may_tick: true,
            closed_mote: None,
            version: 1,
        }
    }

    #[test]
    fn the_state_of_an_atgard_is_that_of_its_times() {
        assert_eq!(atgard(State::Planerad, None).status(), Status::Ny);
        assert_eq!(atgard(State::Pagar, None).status(), Status::Pagar);
        assert_eq!(atgard(State::EjUtford, None).status(), Status::Avbruten);
        assert_eq!(atgard(State::Utford, Some(State::Planerad)).status(), Status::Klar);
        let followed = atgard(State::Utford, Some(State::Utford));
        assert_eq!(followed.status(), Status::EffektFoljdUpp);
        assert_eq!(followed.effect(), "Den hade delvis effekt: 14 av 20");
    }

    #[test]
    fn it_is_late_after_its_day_and_again_after_the_day_of_its_follow_up() {
        assert!(atgard(State::Planerad, None).is_late(today()));
        assert!(!atgard(State::Planerad, None).is_late(day(2026, 11, 20)));
        assert!(!atgard(State::Utford, None).is_late(today()));
        assert!(atgard(State::Utford, Some(State::Planerad)).is_late(today()));
        assert!(!atgard(State::EjUtford, Some(State::Planerad)).is_late(today()));
    }

    #[test]
    fn it_needs_what_who_and_when_and_is_followed_up_after_it_is_done() {
        assert!(check(&form(), today()).is_ok());
        let field = |form: Form| check(&form, today()).unwrap_err().remove(0).field;
        assert_eq!(field(Form { title: " ".into(), ..form() }), "title");
        assert_eq!(field(Form { responsible: String::new(), ..form() }), "responsible");
        assert_eq!(field(Form { due: String::new(), ..form() }), "due");
        assert_eq!(field(Form { due: "3026-12-09".into(), follow_up: String::new(), ..form() }), "due");
        assert_eq!(field(Form { follow_up: "2026-12-09".into(), ..form() }), "follow_up");
        assert_eq!(field(Form { why: "Gäller 811228-9874".into(), ..form() }), "why");
    }

    #[test]
    fn a_source_survives_a_url() {
        for source in [
            Source::Egen,
            Source::Genomforande(GenomforandeId(Uuid::from_u128(7))),
            Source::Occurrence(OccurrenceId(Uuid::from_u128(8))),
            Source::Jamstalldhet(JamstalldhetId(Uuid::from_u128(9))),
            Source::Indikator(IndikatorId(Uuid::from_u128(10))),
            Source::Enhetsmal(MalId(Uuid::from_u128(11))),
            Source::Aktivitet(PlanaktivitetId(Uuid::from_u128(12))),
            Source::Konto(KontoId(Uuid::from_u128(13))),
        ] {
            assert_eq!(Source::from_code(&source.code()), Some(source));
        }
        for bad in ["genomforande:1", "egen:00000000-0000-0000-0000-000000000007", "x"] {
            assert_eq!(Source::from_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_effect_is_chosen_and_told() {
        assert_eq!(check_effect(&EffectForm::default()).unwrap_err().len(), 2);
        let form = EffectForm { outcome: "uppfyllt".into(), note: "18 av 20".into() };
        assert_eq!(check_effect(&form), Ok((Outcome::Uppfyllt, "18 av 20".into())));
    }

    #[test]
    fn what_stands_in_a_plan_leads_there_as_long_as_it_is_there() {
        let (id, plan) = (Uuid::from_u128(10), PlanId(Uuid::from_u128(20)));
        let indikator = Source::Indikator(IndikatorId(id));
        assert_eq!(indikator.link(Some(plan)), Some(format!("/verksamhetsplan/{plan}/indikatorer/{id}")));
        assert_eq!(Source::Enhetsmal(MalId(id)).link(Some(plan)), Some(format!("/verksamhetsplan/{plan}/mal/{id}")));
        assert_eq!(Source::Aktivitet(PlanaktivitetId(id)).link(Some(plan)), Some(format!("/planaktiviteter/{id}")));
        assert_eq!(Source::Konto(KontoId(id)).link(Some(plan)), Some(format!("/verksamhetsplan/{plan}/ekonomi")));
        assert_eq!(indikator.link(None), None, "it was removed");
        assert_eq!(Source::Forslag(ForslagId(id)).link(None), Some(format!("/forslag?visa=alla#forslag-{id}")));
    }
}
