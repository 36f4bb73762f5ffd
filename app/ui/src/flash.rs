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
        Self { to: Some(to.into()), toast: Some(Toast::word(text)), secret: None }
    }

    /// Show something once, and then go to a page.
    #[must_use]
    pub fn shown_once(to: impl Into<String>, secret: Secret) -> Self {
        Self { to: Some(to.into()), toast: None, secret: Some(secret) }
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
    /// What is near at hand to do next, beside "Ångra".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
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
    /// What was done, and nothing else.
    #[must_use]
    pub fn word(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether it stays until it is closed. A word about what went well ("Rollen är tillagd") goes by itself; what is a
    /// sentence, with its full stop, or follows one, says something that has to be read: what was not saved, what comes later.
    /// What offers the next step waits for it too.
    #[must_use]
    pub fn stays(&self) -> bool {
        if self.offer.is_some() || !self.left.is_empty() {
            return true;
        }
        let text = self.text.trim_end();
        text.ends_with(['.', '?'])
            || text.match_indices(". ").any(|(at, _)| text[at + 2..].starts_with(char::is_uppercase))
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
        let word = domain::genomforande::cell::Word { text: "Svaren är sparade".to_owned() };
        let saved = domain::genomforande::cell::Saved { toast: Some(word), ..Default::default() };
        let done: Done = serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap();
        assert_eq!(done.toast, Some(Toast::word("Svaren är sparade")));
        for undo in ["null", r#"["01a20000-0000-7000-8000-000000000001",3]"#] {
            let earlier = format!(r#"{{"text":"Attest är utförd","undo":{undo}}}"#);
            assert_eq!(serde_json::from_str::<Toast>(&earlier).unwrap(), Toast::word("Attest är utförd"));
        }
    }

    #[test]
    fn what_went_well_goes_by_itself_and_what_must_be_read_stays() {
        for word in
            ["Rollen är tillagd", "Läkemedelsskåp, v. 47, 16–22 november är utförd", "Brandrond är flyttad till v. 51"]
        {
            assert!(!Toast::word(word).stays(), "{word}");
        }
        for sentence in [
            "Svaren är sparade. Ärende 2, Saklig: Metodutvecklare hade redan svarat Nej, det står kvar",
            "Rollen börjar gälla när en annan administratör har bekräftat den.",
            "3 värden är inlästa. Rad 7 hoppades över: månaden finns redan",
        ] {
            assert!(Toast::word(sentence).stays(), "{sentence}");
        }
    }
}
