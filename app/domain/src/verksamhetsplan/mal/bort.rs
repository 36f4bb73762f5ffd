//! Bort: whether a goal can be removed. What lies under it or feeds it stands in the way and is named, so that nothing that somebody
//! counts on is gone with it.

use serde::{Deserialize, Serialize};

use super::{Mal, MalId, Trad};
use crate::{apt::finding::in_words, format, id::NodeId, import::shortened};

/// What can hang on a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slag {
    /// A goal under it.
    Mal,
    /// An indikator that it is measured by.
    Indikator,
    /// A series that feeds an indikator or an expected result of it.
    Serie,
    /// A run of an egenkontroll that does.
    Genomforande,
    /// An enkät that does.
    Enkat,
    /// A figure of an internkontroll that does.
    Internkontroll,
    /// A measure of an uppföljningsfil that does.
    Uppfoljningsfil,
    /// An expected result that has an outcome.
    Forvantat,
    /// Something that is done for it.
    Aktivitet,
    /// Something that is followed of it, with times on the wheel.
    Uppfoljning,
    /// A VP-grupp that has written a report.
    Grupp,
    /// An assessment of how it was met in a period.
    Bedomning,
}

impl Slag {
    crate::every! {
        /// Every one, in the order they are told of.
        Mal, Indikator, Serie, Genomforande, Enkat, Internkontroll, Uppfoljningsfil, Forvantat, Aktivitet, Uppfoljning, Grupp, Bedomning
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mal => "mal",
            Self::Indikator => "indikator",
            Self::Serie => "serie",
            Self::Genomforande => "genomforande",
            Self::Enkat => "enkat",
            Self::Internkontroll => "internkontroll",
            Self::Uppfoljningsfil => "uppfoljningsfil",
            Self::Forvantat => "forvantat",
            Self::Aktivitet => "aktivitet",
            Self::Uppfoljning => "uppfoljning",
            Self::Grupp => "grupp",
            Self::Bedomning => "bedomning",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// A certain one of them, before its name: "serien ”Hushåll”".
    #[must_use]
    pub const fn the(self) -> &'static str {
        match self {
            Self::Mal => "målet",
            Self::Indikator => "indikatorn",
            Self::Serie => "serien",
            Self::Genomforande => "egenkontrollen",
            Self::Enkat => "enkäten",
            Self::Internkontroll => "internkontrollen",
            Self::Uppfoljningsfil => "uppföljningsfilen",
            Self::Forvantat => "det förväntade resultatet",
            Self::Aktivitet => "aktiviteten",
            Self::Uppfoljning => "uppföljningen",
            Self::Grupp => "VP-gruppen",
            Self::Bedomning => "bedömningen",
        }
    }

    /// Whether its figures go into the goal.
    #[must_use]
    pub const fn feeds(self) -> bool {
        matches!(self, Self::Serie | Self::Genomforande | Self::Enkat | Self::Internkontroll | Self::Uppfoljningsfil)
    }
}

/// Something that hangs on a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kopplad {
    /// What hangs there.
    pub slag: Slag,
    /// Its name or title.
    pub namn: String,
}

/// How many are named; the rest are counted.
const NAMED: usize = 3;

/// What of all that hangs on a goal is said where it cannot be removed.
fn named(all: &[&Kopplad]) -> String {
    let mut words: Vec<String> =
        all.iter().take(NAMED).map(|k| format!("{} ”{}”", k.slag.the(), shortened(&k.namn, 60))).collect();
    if let more @ 1.. = all.len().saturating_sub(NAMED) {
        words.push(format!("{} till", in_words(more, true)));
    }
    format::and(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Whether a goal can be removed by somebody of a node, with all that hangs on it beside the goals under it. The sentence says what is in
/// the way and what to do with it.
pub fn check_remove(trad: &Trad, id: MalId, at: NodeId, kopplade: &[Kopplad]) -> Result<(), String> {
    let Some(mal) = trad.get(id) else {
        return Err("Målet finns inte längre. Ladda om sidan.".to_owned());
    };
    if mal.is_shared(at) {
        return Err("Målet är gemensamt och tas bort av den som äger det.".to_owned());
    }
    let goal = |mal: &Mal| Kopplad { slag: Slag::Mal, namn: mal.content.titel.clone() };
    let under: Vec<Kopplad> = trad.children(Some(id)).map(goal).collect();
    let mut sentences = Vec::new();
    if !under.is_empty() {
        let them = if under.len() == 1 { "det" } else { "dem" };
        let all: Vec<&Kopplad> = under.iter().collect();
        sentences.push(format!("Under målet ligger {}. Flytta eller ta bort {them} först.", named(&all)));
    }
    let mut feeding: Vec<&Kopplad> = kopplade.iter().filter(|k| k.slag.feeds()).collect();
    feeding.sort_by_key(|k| k.slag);
    if !feeding.is_empty() {
        sentences.push(format!("Målet får sina siffror från {}. Ta bort kopplingen först.", named(&feeding)));
    }
    let mut rest: Vec<&Kopplad> = kopplade.iter().filter(|k| !k.slag.feeds()).collect();
    rest.sort_by_key(|k| k.slag);
    if !rest.is_empty() {
        sentences.push(format!("Till målet hör {}. Flytta eller ta bort det som hör till målet först.", named(&rest)));
    }
    if sentences.is_empty() { Ok(()) } else { Err(format!("Målet kan inte tas bort. {}", sentences.join(" "))) }
}
