//! Förslag: what anyone thinks could be better, and what went well (docs/doman.md 7). Said in ten seconds, named or
//! not, and never lost between two meetings: *ny → diskuteras → prövas → införd*, or *avslagen* with a reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    field::{Checker, FieldError},
    id::{ForslagId, NodeId},
    personnummer::varning,
};

/// What somebody says: that something could be better, or that it went well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something that could be better.
    #[default]
    Forslag,
    /// A guldstjärna: something that went well.
    Guldstjarna,
    /// A silverstjärna: something that was done well, and could be taken further. The next plan can begin with it.
    Silverstjarna,
}

impl Kind {
    crate::every! {
        /// Every one.
        Forslag, Guldstjarna, Silverstjarna
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Forslag => "forslag",
            Self::Guldstjarna => "guldstjarna",
            Self::Silverstjarna => "silverstjarna",
        }
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Forslag => "Förslag",
            Self::Guldstjarna => "Guldstjärna",
            Self::Silverstjarna => "Silverstjärna",
        }
    }

    /// Whether it says what went well: it has no state to go through.
    #[must_use]
    pub const fn is_star(self) -> bool {
        matches!(self, Self::Guldstjarna | Self::Silverstjarna)
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// How far a förslag has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has talked about it.
    #[default]
    Ny,
    /// On the agenda.
    Diskuteras,
    /// Tried out.
    Provas,
    /// How it is done now.
    Inford,
    /// Not done; the reason says why.
    Avslagen,
}

impl State {
    crate::every! {
        /// Every state, in the order of a life.
        Ny, Diskuteras, Provas, Inford, Avslagen
    }

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Ny => "ny",
            Self::Diskuteras => "diskuteras",
            Self::Provas => "provas",
            Self::Inford => "inford",
            Self::Avslagen => "avslagen",
        }
    }

    /// The state of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ny => "Nytt",
            Self::Diskuteras => "Diskuteras",
            Self::Provas => "Prövas",
            Self::Inford => "Infört",
            Self::Avslagen => "Avslaget",
        }
    }

    /// The verb on the button that leads here.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Ny => "Lägg tillbaka bland de nya",
            Self::Diskuteras => "Ta upp på APT",
            Self::Provas => "Pröva",
            Self::Inford => "Inför",
            Self::Avslagen => "Avslå",
        }
    }

    /// Whether something remains to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Ny | Self::Diskuteras | Self::Provas)
    }

    /// Where it can go from here. What was ended can be taken up again.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Ny => &[Self::Diskuteras, Self::Provas, Self::Avslagen],
            Self::Diskuteras => &[Self::Provas, Self::Inford, Self::Avslagen],
            Self::Provas => &[Self::Inford, Self::Avslagen],
            Self::Inford | Self::Avslagen => &[Self::Diskuteras],
        }
    }
}

/// What somebody has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forslag {
    /// Random (version 4): it tells nothing of when it was said.
    pub id: ForslagId,
    /// The unit.
    pub node: NodeId,
    /// A star has no state to go through.
    pub kind: Kind,
    /// What was said; never empty.
    pub text: String,
    /// How far it has come; a star stays [`State::Ny`].
    pub state: State,
    /// Why it is so; never empty when it was turned down.
    pub reason: String,
    /// The name of who said it; empty when it is not named.
    pub who: String,
    /// The day it came.
    pub on: NaiveDate,
    /// The day of the last change of its state.
    pub changed_on: NaiveDate,
    /// Rises with every change.
    pub version: i64,
}

/// What a form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Forslag`].
    pub text: String,
    /// Code of a [`Kind`]; a förslag when it is none.
    pub kind: String,
    /// "on" when the name is to be shown.
    pub named: String,
}

/// Checks what is said: kind, text, whether it is named.
pub fn check(form: &Form) -> Result<(Kind, String, bool), Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("text", &form.text);
    if text.is_empty() {
        check.error("text", "Skriv ditt förslag, eller vad som gick bra.");
    } else if let Some(warning) = varning(&text) {
        check.error("text", warning);
    }
    check.finish((Kind::from_code(form.kind.trim()).unwrap_or_default(), text, form.named == "on"))
}

/// Checks a change of state: it must be possible from here, and turning down says why.
pub fn check_state(before: &Forslag, to: State, reason: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let reason = check.text("reason", reason);
    if before.kind.is_star() || !before.state.next().contains(&to) {
        check.error("", "Någon annan har ändrat förslaget. Läs vad som gäller nu.");
    } else if to == State::Avslagen && reason.is_empty() {
        check.error("reason", "Skriv varför, så att den som föreslog det får veta.");
    } else if let Some(warning) = varning(&reason) {
        check.error("reason", warning);
    }
    check.finish(reason)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn forslag(state: State) -> Forslag {
        let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        Forslag {
            id: ForslagId(Uuid::from_u128(1)),
            node: NodeId(Uuid::from_u128(2)),
            kind: Kind::Forslag,
            text: "Egen kö för nybesök".into(),
            state,
            reason: String::new(),
            who: String::new(),
            on,
            changed_on: on,
            version: 1,
        }
    }

    #[test]
    fn a_text_is_enough_and_no_name_is_the_rule() {
        let form = Form { text: " Egen kö för nybesök ".into(), ..Form::default() };
        assert_eq!(check(&form), Ok((Kind::Forslag, "Egen kö för nybesök".into(), false)));
        assert!(check(&Form { text: "  ".into(), ..form.clone() }).is_err());
        assert!(
            check(&Form { text: "Ring 060606-1234".into(), ..form }).unwrap_err()[0].message.contains("personnummer")
        );
    }

    #[test]
    fn it_goes_from_new_to_how_it_is_done_and_can_be_taken_up_again() {
        for (from, to) in [
            (State::Ny, State::Diskuteras),
            (State::Diskuteras, State::Provas),
            (State::Provas, State::Inford),
            (State::Inford, State::Diskuteras),
        ] {
            assert!(check_state(&forslag(from), to, "").is_ok(), "{from:?} to {to:?}");
        }
        assert!(
            check_state(&forslag(State::Ny), State::Inford, "").is_err(),
            "nothing is done that nobody talked about"
        );
    }

    #[test]
    fn who_is_turned_down_is_told_why() {
        let errors = check_state(&forslag(State::Ny), State::Avslagen, " ").unwrap_err();
        assert_eq!(errors[0].field, "reason");
        assert!(check_state(&forslag(State::Ny), State::Avslagen, "Ryms inte i budgeten").is_ok());
    }

    #[test]
    fn a_star_has_no_states_and_every_kind_survives_its_code() {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_star()) {
            let star = Forslag { kind, ..forslag(State::Ny) };
            assert!(check_state(&star, State::Diskuteras, "").is_err(), "{kind:?}");
        }
        assert!(Kind::ALL.into_iter().all(|kind| Kind::from_code(kind.code()) == Some(kind)));
        assert_eq!(Kind::ALL.into_iter().filter(|kind| !kind.is_star()).collect::<Vec<_>>(), [Kind::Forslag]);
    }

    #[test]
    fn states_survive_their_code_and_every_one_leads_somewhere() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
            assert!(!state.next().is_empty() && !state.next().contains(&state));
        }
    }
}
