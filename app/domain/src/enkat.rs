//! Brukarenkät: what is asked, when and how often, its states and versions. Answers stand in [`svar`], questions in
//! [`fraga`], the time of an answer in [`crate::period`]; how figures are protected in [`crate::redovisning`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    day::Fits,
    field::{Checker, FieldError},
    format,
    id::{EnkatId, EnkatVersionId, NodeId},
    organisation::Tree,
    permission::{Action, Area, Grants, Role},
    person::Actor,
};

pub mod dag;
pub mod fordelning;
pub mod fraga;
pub mod grad;
pub mod inmatat;
pub mod mall;
pub mod resultat;
pub mod sedan;
pub mod svar;
pub mod tabell;

pub use crate::period::{Grain, Period};
pub use dag::Dagar;
pub use fraga::{Alternativ, Fraga, FragaForm, Kind, check_fraga};
pub use grad::Grad;
pub use inmatat::Inmatat;
pub use svar::{ANNAT, Avslag, Besked, Inlamnat, MANY, Mend, Svar, Varde, accepts, check_svar, on_another_day};

/// Where the life of an enkät stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written; takes no answers.
    Utkast,
    /// Takes answers.
    Oppen,
    /// Takes no more answers.
    Stangd,
}

impl State {
    crate::every! {
        /// Every one.
        Utkast, Oppen, Stangd
    }

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Utkast => "utkast",
            Self::Oppen => "oppen",
            Self::Stangd => "stangd",
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
            Self::Utkast => "Utkast",
            Self::Oppen => "Öppen",
            Self::Stangd => "Stängd",
        }
    }
}

/// How the questions are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kanal {
    /// At the end of a call.
    #[default]
    Telefon,
    /// At a visit.
    Besok,
    /// On paper, entered afterwards.
    Papper,
    /// On a screen at the unit.
    Webb,
}

impl Kanal {
    crate::every! {
        /// Every channel, in the order it is offered.
        Telefon, Besok, Papper, Webb
    }

    /// Those that can be chosen where this one is: nobody answers by themselves yet, so "Webb" is not offered, and stays where it was
    /// chosen before.
    pub fn offered(standing: Option<Self>) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |kanal| *kanal != Self::Webb || standing == Some(Self::Webb))
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Telefon => "telefon",
            Self::Besok => "besok",
            Self::Papper => "papper",
            Self::Webb => "webb",
        }
    }

    /// The channel of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Telefon => "Telefon",
            Self::Besok => "Besök",
            Self::Papper => "Papper",
            Self::Webb => "Webb",
        }
    }

    /// What one answer comes from: "samtal", "besök".
    #[must_use]
    pub fn occasion(self) -> &'static str {
        match self {
            Self::Telefon => "samtal",
            Self::Besok => "besök",
            Self::Papper | Self::Webb => "svar",
        }
    }
}

/// An enkät as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// What it is called.
    pub title: String,
    /// What is read out before the questions.
    pub intro: String,
    /// Code of a [`Kanal`].
    pub kanal: String,
    /// Code of a [`Grain`].
    pub grain: String,
    /// First day.
    pub first: String,
    /// Last day.
    pub last: String,
    /// Answers per handläggare and month.
    pub target: String,
}

/// What a valid enkät holds, but for its questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is called; never empty.
    pub title: String,
    /// What is read out before the questions; may be empty.
    pub intro: String,
    /// How it is asked.
    pub kanal: Kanal,
    /// How fine the time of an answer is.
    pub grain: Grain,
    /// First day of the period.
    pub first: NaiveDate,
    /// Last day of the period.
    pub last: NaiveDate,
    /// How many answers each handläggare is to enter a month; none where there is no such target.
    pub target: Option<i64>,
}

impl Content {
    /// As the form that would give it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form {
            title: self.title.clone(),
            intro: self.intro.clone(),
            kanal: self.kanal.code().to_owned(),
            grain: self.grain.code().to_owned(),
            first: format::date(self.first),
            last: format::date(self.last),
            target: self.target.map(|n| n.to_string()).unwrap_or_default(),
        }
    }

    /// What differs between two, for the history: label, before, after.
    #[must_use]
    pub fn differences(before: &Self, after: &Self) -> Vec<(&'static str, String, String)> {
        let pairs = |c: &Self| {
            let form = c.form();
            [
                ("Namn", form.title),
                ("Text att läsa upp", form.intro),
                ("Kanal", c.kanal.label().to_owned()),
                ("Tid för svar", if c.grain == Grain::Vecka { "vecka".to_owned() } else { "månad".to_owned() }),
                ("Första dag", form.first),
                ("Sista dag", form.last),
                ("Mål per handläggare och månad", form.target),
            ]
        };
        pairs(before).into_iter().zip(pairs(after)).map(|((label, b), (_, a))| (label, b, a)).collect()
    }
}

impl Enkat {
    /// The last period that is to be closed by now: those that have ended, and the one that goes on where the enkät has
    /// been closed. None for a draft.
    #[must_use]
    pub fn to_be_closed_through(&self, today: NaiveDate) -> Option<Period> {
        let now = Period::of(today, self.content.grain);
        let through = match self.state {
            State::Utkast => return None,
            State::Stangd => now,
            State::Oppen => now.before(),
        };
        Some(through).max(self.closed_through)
    }

    /// The periods that are closed when it becomes closed through this one, in order.
    #[must_use]
    pub fn closes(&self, through: Option<Period>) -> Vec<Period> {
        let of = |day| Period::of(day, self.content.grain);
        let Some(until) = through.map(|t| t.min(of(self.content.last))) else { return vec![] };
        let first = of(self.content.first);
        let from = self.closed_through.map_or(first, |closed| closed.after().max(first));
        std::iter::successors(Some(from), |p| Some(p.after())).take_while(|p| *p <= until).collect()
    }

    /// Whether figures of a period are final, but for what comes late.
    #[must_use]
    pub fn has_closed(&self, period: Period) -> bool {
        self.closed_through.is_some_and(|through| period <= through)
    }
}

/// An enkät.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enkat {
    /// Primary key, in the address `/enkater/{id}`.
    pub id: EnkatId,
    /// The unit.
    pub node: NodeId,
    /// Its title, channel, grain and days; the questions are in its versions.
    pub content: Content,
    /// Where it stands.
    pub state: State,
    /// The enkät that it is a copy of: the wave before.
    pub copied_from: Option<EnkatId>,
    /// The last period that is closed for figures; those before it are too.
    pub closed_through: Option<Period>,
    /// Whether its last answers were published although fewer than three may have entered them: nothing came after them.
    pub thin: bool,
    /// Rises with every change.
    pub version: i64,
}

impl Enkat {
    /// Whether the enkät is there for whoever may see those of the unit, a wall too: one that is still being written is there
    /// for who writes it alone.
    #[must_use]
    pub fn is_there_for(&self, actor: &Actor) -> bool {
        is_there(actor, self.node, self.state)
    }
}

/// As [`Enkat::is_there_for`], of one that is not read.
#[must_use]
pub fn is_there(actor: &Actor, node: NodeId, state: State) -> bool {
    state != State::Utkast || actor.is_trusted(node, Area::Enkat, Action::Edit)
}

/// Whether somebody with these roles is asked to enter answers of a unit: those who talk with clients, and not their chef.
#[must_use]
pub fn is_asked(grants: &Grants, tree: &Tree, unit: NodeId) -> bool {
    grants.holds(tree, unit, Role::Medarbetare)
}

/// The questions of an enkät, as they were asked for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Primary key; each answer names it.
    pub id: EnkatVersionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// Whether it has ever taken answers; one that has not is a draft of what comes next.
    pub in_use: bool,
    /// What is asked.
    pub questions: Questions,
}

/// What is asked: the questions, and whether kön is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    /// Whether kön is asked for after the questions.
    pub kon: bool,
    /// The questions in order.
    pub list: Vec<Fraga>,
}

impl Questions {
    /// The question of a key.
    #[must_use]
    pub fn get(&self, key: i32) -> Option<&Fraga> {
        self.list.iter().find(|q| q.key == key)
    }

    /// A key that no question has had, given those of all versions.
    #[must_use]
    pub fn next_key(versions: &[Version]) -> i32 {
        versions.iter().flat_map(|v| &v.questions.list).map(|q| q.key).max().unwrap_or(0) + 1
    }

    /// Puts a question in place of the one with its key, or last. Only one question is the overall one.
    pub fn put(&mut self, question: Fraga) {
        if question.overall {
            self.list.iter_mut().for_each(|q| q.overall = false);
        }
        match self.list.iter_mut().find(|q| q.key == question.key) {
            Some(place) => *place = question,
            None => self.list.push(question),
        }
    }

    /// Moves a question a step towards the beginning or the end.
    pub fn shift(&mut self, key: i32, towards_end: bool) {
        let Some(at) = self.list.iter().position(|q| q.key == key) else { return };
        let to = if towards_end { at + 1 } else { at.wrapping_sub(1) };
        if to < self.list.len() {
            self.list.swap(at, to);
        }
    }
}

/// Checks an enkät, but for its questions. A day without its year is the nearest to today.
pub fn check(form: &Form, today: NaiveDate) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let title = check.required("title", &form.title, "ett namn");
    let intro = check.text("intro", &form.intro);
    let kanal = Kanal::from_code(&form.kanal).unwrap_or_else(|| {
        check.error("kanal", "Välj hur frågorna ställs.");
        Kanal::default()
    });
    // an answer has a month or a week: a longer time would wait too long for its figures
    let grain = Grain::from_code(&form.grain).filter(|g| matches!(g, Grain::Manad | Grain::Vecka)).unwrap_or_default();
    let mut day = |field: &str, text: &str, fits: Fits, what: &str| {
        let day = check.date(field, text, fits);
        if day.is_none() && text.trim().is_empty() {
            check.error(field, format!("Skriv {what}."));
        }
        day.unwrap_or_default()
    };
    let first = day("first", &form.first, Fits::Near(today), "första dagen");
    let last = day("last", &form.last, Fits::Coming(first), "sista dagen");
    if !check.has_errors() && last < first {
        check.error("last", "Sista dagen ligger före den första.");
    }
    if !check.has_errors() && (last - first).num_days() > 5 * 366 {
        check.error("last", "En enkät kan pågå i högst fem år. Kopiera den sedan, så fortsätter trenden.");
    }
    let target = check.int("target", &form.target, 1..=1_000);
    check.finish(Content { title, intro, kanal, grain, first, last, target })
}

/// Whether an enkät may go from one state to another. The sentence that says why not.
pub fn may_become(from: State, to: State, questions: &Questions) -> Result<(), String> {
    match (from, to) {
        (State::Utkast, State::Oppen) if questions.list.is_empty() => {
            Err("Lägg till minst en fråga innan du öppnar enkäten.".to_owned())
        }
        (State::Utkast | State::Stangd, State::Oppen) | (State::Oppen, State::Stangd) => Ok(()),
        (from, to) if from == to => Err(format!("Enkäten är redan {}.", to.label().to_lowercase())),
        _ => Err("Enkäten kan inte göras till utkast igen. Kopiera den om du vill börja om.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form {
            title: "Samtal per telefon".into(),
            kanal: "telefon".into(),
            grain: "manad".into(),
            first: "2026-01-01".into(),
            last: "2026-12-31".into(),
            target: "4".into(),
            ..Form::default()
        }
    }

    #[test]
    fn webb_is_not_offered_but_stays_where_it_was_chosen() {
        assert_eq!(Kanal::offered(None).collect::<Vec<_>>(), [Kanal::Telefon, Kanal::Besok, Kanal::Papper]);
        assert!(!Kanal::offered(Some(Kanal::Papper)).any(|kanal| kanal == Kanal::Webb));
        assert!(Kanal::offered(Some(Kanal::Webb)).any(|kanal| kanal == Kanal::Webb));
        assert_eq!(
            check(&Form { kanal: "webb".into(), ..form() }, NaiveDate::default()).unwrap().kanal.label(),
            "Webb"
        );
    }

    #[test]
    fn an_enkat_has_a_name_a_channel_and_a_period() {
        let content = check(&form(), NaiveDate::default()).unwrap();
        assert_eq!(content.form(), form());
        assert_eq!(content.target, Some(4));
        for (broken, field) in [
            (Form { title: " ".into(), ..form() }, "title"),
            (Form { kanal: "brev".into(), ..form() }, "kanal"),
            (Form { first: String::new(), ..form() }, "first"),
            (Form { first: "2026-13-01".into(), ..form() }, "first"),
            (Form { last: "2025-12-31".into(), ..form() }, "last"),
            (Form { last: "2036-12-31".into(), ..form() }, "last"),
            (Form { target: "0".into(), ..form() }, "target"),
        ] {
            let errors = check(&broken, NaiveDate::default()).unwrap_err();
            assert_eq!((errors[0].field.as_str(), errors.len()), (field, 1), "{errors:?}");
        }
    }

    #[test]
    fn an_enkat_opens_with_a_question_closes_and_opens_again_but_is_never_a_draft_again() {
        let empty = Questions::default();
        assert!(may_become(State::Utkast, State::Oppen, &empty).unwrap_err().contains("minst en fråga"));
        let mut questions = empty;
        questions.put(
            check_fraga(&FragaForm { kind: "skala".into(), text: "Betyg?".into(), ..Default::default() }, 1).unwrap(),
        );
        assert!(may_become(State::Utkast, State::Oppen, &questions).is_ok());
        assert!(may_become(State::Oppen, State::Stangd, &questions).is_ok());
        assert!(may_become(State::Stangd, State::Oppen, &questions).is_ok());
        assert!(may_become(State::Oppen, State::Utkast, &questions).is_err());
        assert!(may_become(State::Oppen, State::Oppen, &questions).is_err());
    }

    #[test]
    fn questions_keep_their_keys_when_they_move_and_only_one_is_the_overall_one() {
        let question = |key, overall: &str| {
            let form = FragaForm {
                kind: "ja_nej_delvis".into(),
                text: format!("Fråga {key}"),
                overall: overall.into(),
                ..FragaForm::default()
            };
            check_fraga(&form, key).unwrap()
        };
        let mut questions = Questions::default();
        questions.put(question(1, "on"));
        questions.put(question(2, ""));
        questions.put(question(3, "on"));
        questions.shift(3, false);
        questions.shift(1, false);
        let keys: Vec<_> = questions.list.iter().map(|q| (q.key, q.overall)).collect();
        assert_eq!(keys, [(1, false), (3, true), (2, false)]);
    }
}
