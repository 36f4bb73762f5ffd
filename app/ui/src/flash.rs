//! What the next page is told once: the form that could not be saved, with all that was typed, and the toast.
//! Kept in the session, so that forms work without WASM and nothing typed is lost, nor put in a URL.

use domain::{field::FieldError, id::OccurrenceId};
use serde::{Deserialize, Serialize};

/// What a form post answers when it went well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Where to go; without it, back to the page that posted.
    pub to: Option<String>,
    /// What to say there.
    pub toast: Option<Toast>,
}

impl Done {
    /// Stay on the page and say this.
    #[must_use]
    pub fn said(text: impl Into<String>) -> Self {
        Self { to: None, toast: Some(Toast { text: text.into(), undo: None }) }
    }

    /// Go to a page and say this.
    #[must_use]
    pub fn at(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self { to: Some(to.into()), toast: Some(Toast { text: text.into(), undo: None }) }
    }
}

/// A short word about what was done, with "Ångra" where that is possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toast {
    /// What was done, in the past tense.
    pub text: String,
    /// The occurrence whose tick can be undone, and the version that the tick made.
    pub undo: Option<(OccurrenceId, i64)>,
}

/// A form that could not be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The path it was posted to.
    pub action: String,
    /// All fields but passwords, as typed.
    pub fields: Vec<(String, String)>,
    /// What is wrong with which field.
    pub errors: Vec<FieldError>,
    /// What is wrong with the whole: a conflict, a lost session.
    pub problem: Option<String>,
}

/// What the next page is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The form that could not be saved.
    pub submitted: Option<Submitted>,
    /// What was done.
    pub toast: Option<Toast>,
}
