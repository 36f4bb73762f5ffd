//! What the next page is told once: the form that could not be saved, with all that was typed, and the toast.
//! Kept in the session, so that forms work without WASM and nothing typed is lost, nor put in a URL.

use chrono::NaiveDate;
use domain::{field::FieldError, id::OccurrenceId};
use serde::{Deserialize, Serialize};

/// What a form post answers when it went well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Where to go; without it, back to the page that posted.
    pub to: Option<String>,
    /// What to say there.
    pub toast: Option<Toast>,
    /// A form that is open on the next page with what it said before: nothing is wrong with it, and it is not saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Submitted>,
    /// What is shown once, in the answer itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
}

/// A password or an address that opens something, made just now. It is shown in the answer to the form that asked for it
/// and never kept: not in the session, not in an address of ours, not in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// Heading.
    pub title: String,
    /// What to do with it.
    pub text: String,
    /// It.
    pub value: String,
    /// Where it leads, when it is an address of ours.
    pub href: Option<String>,
    /// A short code that opens the same on a television.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The same for several: name, e-mail and password of each. Then `value` is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<[String; 3]>,
}

impl Done {
    /// Stay on the page and say this.
    #[must_use]
    pub fn said(text: impl Into<String>) -> Self {
        Self { toast: Some(Toast::word(text)), ..Self::default() }
    }

    /// Go to a page and say this.
    #[must_use]
    pub fn at(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self { to: Some(to.into()), toast: Some(Toast::word(text)), ..Self::default() }
    }

    /// What is said has to be read: it stays until it is closed.
    #[must_use]
    pub fn to_read(self) -> Self {
        self.to_read_if(true)
    }

    /// The same where it holds more than that all went well.
    #[must_use]
    pub fn to_read_if(mut self, is: bool) -> Self {
        self.toast = self.toast.map(|toast| toast.to_read_if(is));
        self
    }

    /// Show something once, and then go to a page.
    #[must_use]
    pub fn shown_once(to: impl Into<String>, secret: Secret) -> Self {
        Self { to: Some(to.into()), secret: Some(secret), ..Self::default() }
    }
}

/// A short word about what was done, with "Ångra" where that is possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toast {
    /// What was done, in the past tense.
    pub text: String,
    /// The occurrences whose ticks can be undone together, and the version that each tick made.
    // a name of its own: `undo` held one or none, and a session can still hold such a toast when the program is replaced
    #[serde(default, rename = "undo_all")]
    pub undo: Vec<(OccurrenceId, i64)>,
    /// What stayed when several were to be done, each with why.
    #[serde(default)]
    pub left: Vec<String>,
    /// Whether it says something that has to be read: what was not saved, what comes later.
    #[serde(default, rename = "read")]
    pub must_be_read: bool,
    /// What was moved, and from where: it can be moved back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// What is near at hand to do next, beside "Ångra".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// A move that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// What was moved.
    pub id: OccurrenceId,
    /// The version that the move made.
    pub version: i64,
    /// Its first day before.
    pub start: NaiveDate,
    /// Its last day before.
    pub due: NaiveDate,
}

/// A way on from what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What the link says.
    pub words: String,
    /// Where it leads.
    pub href: String,
}

impl Toast {
    /// What was done, and nothing else: it goes by itself.
    #[must_use]
    pub fn word(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// It says more than that all went well.
    #[must_use]
    pub fn to_read_if(mut self, is: bool) -> Self {
        self.must_be_read |= is;
        self
    }

    /// Whether it stays until it is closed: what has to be read, and what offers the next step or tells what was left.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.must_be_read || self.offer.is_some() || !self.left.is_empty()
    }
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
    /// Whether somebody else was first: what is stored is another than when the form was opened, also where it is nothing.
    #[serde(default)]
    pub overtaken: bool,
    /// Whether it is open again with what it said before it was taken back.
    #[serde(default)]
    pub again: bool,
}

impl Submitted {
    /// A form that is open again: its action, what tells it from others of the action, and the fields of its argument `form`.
    pub fn again(action: &str, key: (&str, String), form: &impl Serialize) -> Self {
        let fields = serde_json::to_value(form).ok();
        let fields = fields.as_ref().and_then(serde_json::Value::as_object).into_iter().flatten();
        let fields = fields.filter_map(|(name, value)| Some((format!("form[{name}]"), value.as_str()?.to_owned())));
        let fields = std::iter::once((key.0.to_owned(), key.1)).chain(fields).collect();
        Self { action: action.to_owned(), fields, again: true, ..Self::default() }
    }
}

/// What the next page is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The form that could not be saved.
    pub submitted: Option<Submitted>,
    /// What was done.
    pub toast: Option<Toast>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_answers_and_by_an_earlier_version_is_a_toast() {
        for read in [false, true] {
            let word = domain::genomforande::cell::Word { text: "Svaren är sparade".to_owned(), read };
            let saved = domain::genomforande::cell::Saved { toast: Some(word), ..Default::default() };
            let done: Done = serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap();
            assert_eq!(done.toast, Some(Toast::word("Svaren är sparade").to_read_if(read)));
        }
        for undo in ["null", r#"["01a20000-0000-7000-8000-000000000001",3]"#] {
            let earlier = format!(r#"{{"text":"Attest är utförd","undo":{undo}}}"#);
            assert_eq!(serde_json::from_str::<Toast>(&earlier).unwrap(), Toast::word("Attest är utförd"));
        }
    }

    #[test]
    fn what_went_well_goes_by_itself_and_what_must_be_read_stays_whatever_its_words() {
        assert!(!Toast::word("Åtgärden ”Fråga. Svara.” är tillagd. Klart.").stays());
        assert!(Done::said("Svaren är sparade, men två står kvar").to_read().toast.unwrap().stays());
        assert!(!Done::said("Svaren är sparade").to_read_if(false).toast.unwrap().stays());
        let left =
            Toast { left: vec!["Attest är redan utförd".to_owned()], ..Toast::word("2 tillfällen är utförda") };
        assert!(left.stays());
    }

    /// A sentence that ends, among the words of what is said, is more than a word about what went well.
    #[test]
    fn what_is_written_as_a_sentence_is_marked_to_be_read() {
        let mut at = 0;
        for (file, code) in crate::sources::all() {
            for opening in ["Done::said(", "Done::at(", "Toast::word("] {
                for (from, _) in code.match_indices(opening) {
                    at += 1;
                    let rest = &code[from..];
                    let end = rest.find(';').into_iter().chain(rest.find("\n}\n")).min();
                    let said = &rest[..end.unwrap_or(rest.len())];
                    let texts = said.split('"').skip(1).step_by(2).filter(|text| text.contains(' '));
                    let sentence = texts.clone().any(|text| text.ends_with(['.', '?']) || text.contains(". "));
                    assert!(!sentence || said.contains("to_read"), "{file}: {said}");
                }
            }
        }
        assert!(at > 80, "{at} toasts were read");
    }
}
