//! Mål: a goal of one of four levels, as a row that knows what it lies under. The numbers are the city's own and are never made anew, a
//! level can be skipped, and the same title may stand on two levels. A goal belongs to the node that has set it: those of the city are
//! read by all units and changed by none of them.

use serde::{Deserialize, Serialize};

use crate::{
    dokument::table::Mark,
    field::{Checker, FieldError},
    id::NodeId,
    personnummer::varning,
    text::compared,
};

pub mod bort;
pub mod inlasning;
pub mod kedja;
pub mod likhet;
pub mod namngivet;
pub mod rakning;
pub mod trad;
pub mod utlasning;

pub use trad::{Fel, Trad, check_move};

crate::ids! { now_v7:
    /// A goal in one year. The same goal in the next year has an id of its own and knows this one.
    MalId,
}

/// The most goals of a node and year.
pub const MAL_MOST: usize = 500;
/// The longest number, in characters: `1.2`, `3.1.2 b`.
pub const NR_MAX: usize = 12;

/// Where in the chain a goal stands. The order is that of the chain, from the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Niva {
    /// What the city aims at, over years.
    Inriktningsmal,
    /// A goal of kommunfullmäktige.
    KfMal,
    /// A goal of the nämnd.
    Namndmal,
    /// A goal of the unit itself, also called åtagande.
    Enhetsmal,
}

impl Niva {
    crate::every! {
        /// Every level, from the top.
        Inriktningsmal, KfMal, Namndmal, Enhetsmal
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inriktningsmal => "inriktningsmal",
            Self::KfMal => "kf_mal",
            Self::Namndmal => "namndmal",
            Self::Enhetsmal => "enhetsmal",
        }
    }

    /// The level of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it, of one goal and of several.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Inriktningsmal => "Inriktningsmål",
            Self::KfMal => "KF-mål",
            Self::Namndmal => "Nämndmål",
            Self::Enhetsmal => "Enhetsmål",
        }
    }

    /// In running text: `ett nämndmål`, `ett KF-mål`.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::KfMal => self.label().to_owned(),
            _ => self.label().to_lowercase(),
        }
    }

    /// The level that a cell names, in the words of the documents: `Åtagande`, `KF:s mål`, `Nämndmål`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = compared(word.trim());
        Self::WORDS.into_iter().find(|(_, words)| words.contains(&word.as_str())).map(|(niva, _)| niva)
    }

    const WORDS: [(Self, &'static [&'static str]); 4] = [
        (
            Self::Inriktningsmal,
            &["inriktningsmål", "inriktningsmal", "inriktning", "kf:s inriktningsmål", "kfs inriktningsmål"],
        ),
        (
            Self::KfMal,
            &[
                "kf-mål",
                "kf mål",
                "kf:s mål",
                "kfs mål",
                "kf",
                "kf_mal",
                "kfmål",
                "mål för verksamhetsområdet",
                "kf:s mål för verksamhetsområdet",
                "kommunfullmäktiges mål",
                "fullmäktigemål",
            ],
        ),
        (Self::Namndmal, &["nämndmål", "nämndsmål", "nämndens mål", "nämnd", "namndmal"]),
        (
            Self::Enhetsmal,
            &["enhetsmål", "åtagande", "åtaganden", "enhetens mål", "enhet", "enhetsmal", "enhetsåtagande"],
        ),
    ];

    /// Its place among the columns of the chain, 0–3.
    #[must_use]
    pub const fn kolumn(self) -> usize {
        self as usize
    }
}

/// What a unit calls its own goals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Benamning {
    /// Enhetsmål.
    #[default]
    Enhetsmal,
    /// Åtaganden, as the plans of some cities have it.
    Atagande,
}

impl Benamning {
    crate::every! {
        /// Both.
        Enhetsmal, Atagande
    }

    /// As stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enhetsmal => "enhetsmal",
            Self::Atagande => "atagande",
        }
    }

    /// The name of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The heading of one.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Enhetsmal => "Enhetsmål",
            Self::Atagande => "Åtagande",
        }
    }

    /// The heading of several.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Enhetsmal => "Enhetsmål",
            Self::Atagande => "Åtaganden",
        }
    }

    /// What one goal of a level is called in a plan with this name: only the unit's own have two.
    #[must_use]
    pub const fn niva(self, niva: Niva) -> &'static str {
        match niva {
            Niva::Enhetsmal => self.label(),
            niva => niva.label(),
        }
    }
}

/// What a goal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Where in the chain it stands.
    pub niva: Niva,
    /// As the city has numbered it: `1`, `1.2`; may be empty, and may have gaps to its neighbours.
    pub nr: String,
    /// "Individen har ett varaktigt boende"; up to 300 characters.
    pub titel: String,
    /// What it means; may be empty, on every level.
    #[serde(default)]
    pub beskrivning: String,
}

impl Content {
    /// `1.2 Invånare i Stockholm är självförsörjande`.
    #[must_use]
    pub fn med_nr(&self) -> String {
        if self.nr.is_empty() { self.titel.clone() } else { format!("{} {}", self.nr, self.titel) }
    }

    /// Labels and values for the history.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Nivå", self.niva.label().to_owned()),
            ("Nummer", self.nr.clone()),
            ("Mål", self.titel.clone()),
            ("Beskrivning", self.beskrivning.clone()),
        ]
    }

    /// As the form has it.
    #[must_use]
    pub fn form(&self) -> Form {
        Form {
            niva: self.niva.code().to_owned(),
            nr: self.nr.clone(),
            titel: self.titel.clone(),
            beskrivning: self.beskrivning.clone(),
        }
    }
}

/// A goal as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mal {
    /// Primary key, in the address of its page.
    pub id: MalId,
    /// Who has set it, and alone may change it: the city, the nämnd's förvaltning or the unit.
    pub node: NodeId,
    /// The year it holds for.
    pub year: i32,
    /// What it lies under; none at the top, and where nobody has said.
    pub under: Option<MalId>,
    /// Its place among those under the same goal; equal ones stand by their number, then by their id.
    pub ordning: i64,
    /// The same goal of the year before, so that last year's figures are looked up and not retyped.
    pub copied_from: Option<MalId>,
    /// Level, number and title.
    pub content: Content,
    /// Rises with every change of this row.
    pub version: i64,
}

impl Mal {
    /// Whether it is read and not changed from a node: it is another's.
    #[must_use]
    pub fn is_shared(&self, at: NodeId) -> bool {
        self.node != at
    }
}

/// What the form of a goal sends; what it lies under is sent beside it, as it is moved by itself too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Code of a [`Niva`].
    pub niva: String,
    /// See [`Content`].
    pub nr: String,
    /// See [`Content`].
    pub titel: String,
    /// See [`Content`].
    pub beskrivning: String,
}

/// Checks a goal by itself. What it lies under is asked of the tree: [`Trad::check_under`].
pub fn check(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let niva = Niva::from_code(form.niva.trim()).unwrap_or_else(|| {
        check.error("niva", "Välj vilken nivå målet står på.");
        Niva::Enhetsmal
    });
    let nr = check.line("nr", &form.nr).trim_end_matches('.').to_owned();
    if nr.chars().count() > NR_MAX {
        check.error("nr", format!("Numret kan vara högst {NR_MAX} tecken, till exempel 1.2."));
    }
    let titel = check.required("titel", &form.titel, "målet");
    let beskrivning = check.text("beskrivning", &form.beskrivning);
    for (field, text) in [("titel", &titel), ("beskrivning", &beskrivning)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    check.finish(Content { niva, nr, titel, beskrivning })
}

/// How a goal of any level was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Uppfyllelse {
    /// Wholly.
    Helt,
    /// In part.
    Delvis,
    /// Not.
    Inte,
    /// Nobody has assessed it on this level: an answer, and not a level that is missing. That a level is skipped in the chain is
    /// another thing.
    #[default]
    Ingen,
}

impl Uppfyllelse {
    crate::every! {
        /// Every one, the best first.
        Helt, Delvis, Inte, Ingen
    }

    /// As stored and sent, and the end of the class of its mark: disc, diamond, square, dash.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Helt => "helt",
            Self::Delvis => "delvis",
            Self::Inte => "inte",
            Self::Ingen => "ingen",
        }
    }

    /// The answer of a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Helt => "Uppfylls helt",
            Self::Delvis => "Uppfylls delvis",
            Self::Inte => "Uppfylls inte",
            Self::Ingen => "— Ingen",
        }
    }

    /// Beside its mark, where there is little room.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Helt => "helt",
            Self::Delvis => "delvis",
            Self::Inte => "inte",
            Self::Ingen => "ingen bedömning",
        }
    }

    /// Its shape in tables and texts; none where nobody has assessed it.
    #[must_use]
    pub const fn mark(self) -> Option<Mark> {
        match self {
            Self::Helt => Some(Mark::Disc),
            Self::Delvis => Some(Mark::Diamond),
            Self::Inte => Some(Mark::Square),
            Self::Ingen => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
