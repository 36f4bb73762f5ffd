//! Kapitel: the chapters of a plan, with free text, before its goals and after them. Each has who writes it, until when, and how far it has
//! come; that it is done is taken back by any change.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PlanId;
use crate::{
    day::Fits,
    field::{Checker, FieldError},
    personnummer::varning,
    schedule::Responsible,
};

crate::ids! { now_v7:
    /// A chapter of a plan.
    KapitelId,
}

/// The chapters before the goals that a new plan begins with.
pub const FORE_MALEN: [&str; 6] = [
    "Ekonomisk hushållning",
    "Verksamhetsutveckling",
    "Kompetensförsörjning",
    "Kommunikation",
    "Verksamhet och prioriteringar",
    "Ansvarsområde och organisation",
];
/// The chapter after the goals that a new plan begins with.
pub const EFTER_MALEN: [&str; 1] = ["Övriga frågor"];
/// The most chapters of a plan.
pub const KAPITEL_MOST: usize = 40;

/// How far a chapter has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lage {
    /// It has no text.
    #[default]
    Tomt,
    /// It has some.
    Paborjat,
    /// Who writes it has said that it is done.
    Klart,
}

impl Lage {
    crate::every! {
        /// Every one, in order.
        Tomt, Paborjat, Klart
    }

    /// As sent, and the end of its class.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tomt => "tomt",
            Self::Paborjat => "paborjat",
            Self::Klart => "klart",
        }
    }

    /// How far it has come, by a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the user reads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tomt => "Tomt",
            Self::Paborjat => "Påbörjat",
            Self::Klart => "Klart",
        }
    }
}

/// What a chapter is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its heading; never empty.
    pub rubrik: String,
    /// Its text; may be empty.
    pub text: String,
    /// It stands after the goals.
    pub efter_malen: bool,
    /// Who writes it.
    pub responsible: Responsible,
    /// The day it is to be done.
    pub senast: Option<NaiveDate>,
}

/// A chapter as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kapitel {
    /// Primary key.
    pub id: KapitelId,
    /// Whose chapter it is.
    pub plan: PlanId,
    /// Its place among those on the same side of the goals.
    pub ordning: i64,
    /// Heading and text.
    pub content: Content,
    /// Somebody has said that it is done, and it has not changed since.
    pub klart: bool,
    /// The text is that of last year, and nobody has changed it.
    pub fran_i_fjol: bool,
    /// Rises with every change.
    pub version: i64,
}

impl Kapitel {
    /// How far it has come.
    #[must_use]
    pub fn lage(&self) -> Lage {
        match (self.klart, self.content.text.is_empty()) {
            (true, _) => Lage::Klart,
            (false, true) => Lage::Tomt,
            (false, false) => Lage::Paborjat,
        }
    }

    /// The chapter with another content: one that says something else is not done any more, and not last year's.
    #[must_use]
    pub fn changed(&self, content: Content) -> Self {
        let same = self.content.text == content.text && self.content.rubrik == content.rubrik;
        Self { klart: self.klart && same, fran_i_fjol: self.fran_i_fjol && same, content, ..self.clone() }
    }
}

/// What its form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// See [`Content`].
    pub rubrik: String,
    /// See [`Content`].
    pub text: String,
    /// "on" where it stands after the goals.
    pub efter_malen: String,
    /// Code of a [`Responsible`].
    pub responsible: String,
    /// A date, or empty.
    pub senast: String,
}

/// Checks a chapter.
pub fn check(form: &Form, today: NaiveDate) -> Result<Content, Vec<FieldError>> {
    let mut check = Checker::default();
    let rubrik = check.required("rubrik", &form.rubrik, "en rubrik");
    let text = check.text("text", &form.text);
    for (field, text) in [("rubrik", &rubrik), ("text", &text)] {
        if let Some(warning) = varning(text) {
            check.error(field, warning);
        }
    }
    let responsible = Responsible::check(&mut check, "responsible", &form.responsible);
    let senast = check.date("senast", &form.senast, Fits::Coming(today));
    check.finish(Content { rubrik, text, efter_malen: form.efter_malen == "on", responsible, senast })
}
