//! APT and the other meetings of a unit: agenda, slides, what was noted and decided, minutes (docs/doman.md 7).
//!
//! A meeting has points; a point has slides, which show what is true when they are looked at. What is noted and decided
//! belongs to the point. The minutes are all of it in order, and frozen when they are justerade.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::{AptId, BeslutId, BildId, EnkatId, NodeId, OccurrenceId, PersonId, PunktId},
    personnummer::varning,
};

pub mod access;
pub mod bildfil;
pub mod deck;
pub mod finding;
pub mod mall;
pub mod protokoll;
pub mod skarm;
pub mod slide;
pub mod tv;
pub mod visat;

pub use bildfil::Bildfil;
pub use mall::{Mall, check_mall};
pub use slide::Slag;

/// What kind of meeting it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Arbetsplatsträff: everybody.
    #[default]
    Apt,
    /// Everybody, about the work alone.
    Enhetsmote,
    /// Those who lead the unit; only they see it.
    Ledningsgrupp,
    /// A day of planning together.
    Planeringsdag,
}

impl Kind {
    crate::every! {
        /// Every kind, in the order they are offered.
        Apt, Enhetsmote, Ledningsgrupp, Planeringsdag
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Apt => "apt",
            Self::Enhetsmote => "enhetsmote",
            Self::Ledningsgrupp => "ledningsgrupp",
            Self::Planeringsdag => "planeringsdag",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Apt => "APT",
            Self::Enhetsmote => "Enhetsmöte",
            Self::Ledningsgrupp => "Ledningsgrupp",
            Self::Planeringsdag => "Planeringsdag",
        }
    }

    /// Whether only those who lead the unit, and who chairs it or writes its minutes, see it.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self == Self::Ledningsgrupp
    }
}

/// Where a meeting stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Prepared, or going on.
    #[default]
    Planerat,
    /// Held; its minutes are being adjusted.
    Avslutat,
    /// Its minutes are approved and cannot be changed.
    Justerat,
}

impl State {
    crate::every! {
        /// Every one.
        Planerat, Avslutat, Justerat
    }

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Planerat => "planerat",
            Self::Avslutat => "avslutat",
            Self::Justerat => "justerat",
        }
    }

    /// The state of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planerat => "Planerat",
            Self::Avslutat => "Protokollet justeras",
            Self::Justerat => "Justerat",
        }
    }
}

/// A person who has a part in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deltagare {
    /// Whose account it is.
    pub id: PersonId,
    /// The name as it is shown.
    pub name: String,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mote {
    /// Primary key, in the address `/apt/{id}`.
    pub id: AptId,
    /// The unit.
    pub node: NodeId,
    /// What the unit is called.
    pub node_name: String,
    /// Decides the standing agenda and who sees the meeting.
    pub kind: Kind,
    /// The day.
    pub on: NaiveDate,
    /// The time as it was written: "13.00–15.00"; may be empty.
    pub time: String,
    /// Where; may be empty.
    pub place: String,
    /// Who leads it.
    pub chair: Option<Deltagare>,
    /// Who writes the minutes.
    pub secretary: Option<Deltagare>,
    /// Those present who have no account here; may be empty.
    pub guests: String,
    /// Where it stands.
    pub state: State,
    /// Its mark on the wheel.
    pub occurrence: Option<OccurrenceId>,
    /// Who approved the minutes.
    pub approved_by: String,
    /// The day of that, on the clock of the place.
    pub approved_on: Option<NaiveDate>,
    /// Rises with every change of the meeting itself.
    pub version: i64,
}

impl Mote {
    /// `APT 11 november`
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {}", self.kind.label(), format::day_month(self.on))
    }

    /// Whether anything may be changed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state != State::Justerat
    }

    /// Whether the person chairs it or writes its minutes.
    #[must_use]
    pub fn is_run_by(&self, person: PersonId) -> bool {
        [&self.chair, &self.secretary].into_iter().flatten().any(|d| d.id == person)
    }
}

/// A point of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Punkt {
    /// Primary key, made with the form that adds the point.
    pub id: PunktId,
    /// Its place, from 1.
    pub nr: i64,
    /// What it is called; never empty.
    pub title: String,
    /// Those who lead it: at most two.
    pub leaders: Vec<Deltagare>,
    /// A page with more; `https://` or empty.
    pub link: String,
    /// What the minutes say of it.
    pub anteckning: String,
    /// What somebody wants to take up under it.
    pub amnen: Vec<Amne>,
    /// What is shown, in order.
    pub bilder: Vec<Bild>,
    /// What was decided, in order.
    pub beslut: Vec<Beslut>,
    /// Rises with every change of the point itself.
    pub version: i64,
}

/// Something that somebody wants to take up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amne {
    /// In the words of who wrote it; no personnummer.
    pub text: String,
    /// Who, in words.
    pub who: String,
}

/// A slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bild {
    /// Primary key, made with the form that adds the slide.
    pub id: BildId,
    /// What it shows.
    pub slag: Slag,
    /// The heading that was written instead of the one that the figures give; may be empty.
    pub rubrik: String,
    /// The question to talk about; may be empty.
    pub fraga: String,
    /// Minutes on the timer; none without.
    pub minuter: Option<i64>,
    /// Markdown of a text, rows of a table.
    pub text: String,
    /// What only the one who presents sees.
    pub stod: String,
    /// The enkät, for its results.
    pub enkat: Option<EnkatId>,
    /// The picture of a text.
    pub fil: Option<Bildfil>,
    /// Rises with every change.
    pub version: i64,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beslut {
    /// Primary key, made with the form that notes it.
    pub id: BeslutId,
    /// As it stands in the minutes; never empty, no personnummer.
    pub text: String,
}

/// A decision found afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fattat {
    /// The meeting.
    pub mote: AptId,
    /// What kind of meeting.
    pub kind: Kind,
    /// The day.
    pub on: NaiveDate,
    /// The point.
    pub punkt: String,
    /// What was decided.
    pub text: String,
}

/// A meeting as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Code of a [`Kind`].
    pub kind: String,
    /// The day.
    pub on: String,
    /// See [`Mote`].
    pub time: String,
    /// See [`Mote`].
    pub place: String,
    /// Id of a person, or empty.
    pub chair: String,
    /// Id of a person, or empty.
    pub secretary: String,
}

/// What a valid meeting holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// See [`Mote`].
    pub kind: Kind,
    /// See [`Mote`].
    pub on: NaiveDate,
    /// See [`Mote`].
    pub time: String,
    /// See [`Mote`].
    pub place: String,
    /// See [`Mote`].
    pub chair: Option<PersonId>,
    /// See [`Mote`].
    pub secretary: Option<PersonId>,
}

/// Checks a meeting. A day without its year is the nearest to today.
pub fn check(form: &Form, today: NaiveDate) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let on = check.date("on", &form.on, Fits::Near(today));
    if form.on.trim().is_empty() {
        check.error("on", "Skriv vilken dag.");
    }
    let content = Content {
        kind: Kind::from_code(form.kind.trim()).unwrap_or_default(),
        on: on.unwrap_or_default(),
        time: check.line("time", &form.time),
        place: check.line("place", &form.place),
        chair: person(&mut check, "chair", &form.chair),
        secretary: person(&mut check, "secretary", &form.secretary),
    };
    check.finish(content)
}

fn person(check: &mut Checker, field: &str, value: &str) -> Option<PersonId> {
    if value.trim().is_empty() {
        return None;
    }
    let found = value.parse().ok();
    if found.is_none() {
        check.error(field, "Välj någon i listan.");
    }
    found
}

/// A text that many will read: must be there, and holds no personnummer.
pub fn check_text(field: &str, value: &str, missing: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text(field, value);
    if text.is_empty() {
        check.error(field, missing);
    } else if let Some(warning) = varning(&text) {
        check.error(field, warning);
    }
    check.finish(text)
}

/// A note of the minutes: may be empty, holds no personnummer.
pub fn check_note(value: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("anteckning", value);
    if let Some(warning) = varning(&text) {
        check.error("anteckning", warning);
    }
    check.finish(text)
}

/// A point as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PunktForm {
    /// See [`Punkt`].
    pub title: String,
    /// See [`Punkt`].
    pub link: String,
    /// Ids of persons, or empty.
    pub leader1: String,
    /// See `leader1`.
    pub leader2: String,
}

/// Checks a point: title, link, leaders.
pub fn check_punkt(form: &PunktForm) -> Result<(String, String, Vec<PersonId>), Vec<FieldError>> {
    let mut check = Checker::default();
    let title = check.required("title", &form.title, "vad punkten heter");
    let link = check.line("link", &form.link);
    if !link.is_empty() && !link.starts_with("https://") {
        check.error("link", "En länk börjar med https://.");
    }
    let mut leaders: Vec<PersonId> = [("leader1", &form.leader1), ("leader2", &form.leader2)]
        .into_iter()
        .filter_map(|(field, value)| person(&mut check, field, value))
        .collect();
    leaders.dedup();
    check.finish((title, link, leaders))
}

/// The two whose turn it is: those after the last who led, in the order of the list, round it.
#[must_use]
pub fn next_leaders(all: &[PersonId], last: &[PersonId]) -> Vec<PersonId> {
    let after = last.iter().filter_map(|l| all.iter().position(|p| p == l)).next_back().map_or(0, |at| at + 1);
    let n = all.len().min(2);
    all.iter().copied().cycle().skip(after).take(n).collect()
}

/// A slide as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BildForm {
    /// See [`Bild`].
    pub rubrik: String,
    /// See [`Bild`].
    pub fraga: String,
    /// See [`Bild`].
    pub minuter: String,
    /// See [`Bild`].
    pub text: String,
    /// See [`Bild`].
    pub stod: String,
    /// Id of an enkät, or empty.
    pub enkat: String,
}

/// Checks a slide of a kind; id and version are kept.
pub fn check_bild(form: &BildForm, before: &Bild) -> Result<Bild, Vec<FieldError>> {
    let mut check = Checker::default();
    let minuter = check.int_of("minuter", &form.minuter, 1..=90, crate::number::MINUTES);
    let text = check.text("text", &form.text);
    for (field, value) in [("rubrik", &form.rubrik), ("fraga", &form.fraga), ("text", &text), ("stod", &form.stod)] {
        if let Some(warning) = varning(value) {
            check.error(field, warning);
        }
    }
    let chosen = form.enkat.trim();
    let enkat = if chosen.is_empty() { before.enkat } else { chosen.parse().ok() };
    if enkat.is_none() && !chosen.is_empty() {
        check.error("enkat", "Välj någon i listan.");
    }
    let bild = Bild {
        rubrik: check.line("rubrik", &form.rubrik),
        fraga: check.line("fraga", &form.fraga),
        stod: check.text("stod", &form.stod),
        enkat,
        minuter,
        text,
        ..before.clone()
    };
    check.finish(bild)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn persons(n: u128) -> Vec<PersonId> {
        (1..=n).map(|i| PersonId(Uuid::from_u128(i))).collect()
    }

    #[test]
    fn a_day_is_enough_for_a_meeting() {
        let form = Form { on: "2026-12-09".into(), ..Form::default() };
        let content = check(&form, NaiveDate::default()).unwrap();
        assert_eq!((content.kind, content.on), (Kind::Apt, NaiveDate::from_ymd_opt(2026, 12, 9).unwrap()));
        assert_eq!(check(&Form::default(), NaiveDate::default()).unwrap_err()[0].field, "on");
        assert_eq!(
            check(&Form { chair: "chefen".into(), ..form }, NaiveDate::default()).unwrap_err()[0].field,
            "chair"
        );
    }

    #[test]
    fn two_new_ones_lead_every_time_until_all_have() {
        let all = persons(5);
        assert_eq!(next_leaders(&all, &[]), all[0..2]);
        assert_eq!(next_leaders(&all, &all[0..2]), all[2..4]);
        assert_eq!(next_leaders(&all, &all[2..4]), [all[4], all[0]]);
        assert_eq!(next_leaders(&all, &[all[4], all[0]]), all[1..3]);
        assert_eq!(next_leaders(&all, &[PersonId(Uuid::from_u128(99))]), all[0..2], "who has left is nobody's turn");
        assert_eq!(next_leaders(&all[0..1], &[]), all[0..1]);
        assert!(next_leaders(&[], &[]).is_empty());
    }

    #[test]
    fn a_link_of_a_point_is_a_page_and_nothing_that_runs() {
        let form = PunktForm { title: "Ekonomi".into(), link: "javascript:alert(1)".into(), ..PunktForm::default() };
        assert_eq!(check_punkt(&form).unwrap_err()[0].field, "link");
        assert!(check_punkt(&PunktForm { link: "https://intranat.example.se/budget".into(), ..form }).is_ok());
    }

    #[test]
    fn nobody_writes_a_personnummer_into_the_minutes() {
        assert!(check_note("Klienten 060606-1234 nämndes").is_err());
        assert_eq!(check_note(" Vi gick igenom budgeten "), Ok("Vi gick igenom budgeten".into()));
        assert!(check_text("text", "  ", "Skriv beslutet.").is_err());
    }

    #[test]
    fn codes_survive_their_way() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        for state in [State::Planerat, State::Avslutat, State::Justerat] {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
