//! Sent: a form brings the id of what it makes, so that it arrives once however often it is sent. When that id holds something
//! else already (the same form in two tabs, or "Back" to one that was sent) nothing is made and nothing is said to be done:
//! what was typed comes back, and can be sent as a new one. The words for that are here.

use serde::{Deserialize, Serialize};

use crate::field::FieldError;

/// The field that holds the id. A form that comes back with a fault there gets another one.
pub const FIELD: &str = "id";

/// The button that sends it with another id.
pub const AS_NEW: &str = "Skicka som ny";

/// What stands on the server under an id that a device knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// Nothing of the person's.
    Nothing,
    /// What the device holds, word for word.
    Same,
    /// Something else.
    Other,
}

/// Something else was made with the id: `what` says so, as in "En annan rapport är redan skickad".
#[must_use]
pub fn another(what: &str) -> FieldError {
    fault(format!("{what}, så det du skrev här är inte sparat än. Det står kvar."))
}

/// The id is that of something that is no such thing, or lies elsewhere.
#[must_use]
pub fn taken() -> FieldError {
    fault(
        "Formuläret hör till något annat som redan finns, så det du skrev här är inte sparat än. Det står kvar."
            .to_owned(),
    )
}

/// Whether one of the faults is that the id was taken.
#[must_use]
pub fn is_taken(errors: &[FieldError]) -> bool {
    errors.iter().any(|e| e.field == FIELD)
}

fn fault(message: String) -> FieldError {
    FieldError { field: FIELD.to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_saved_is_said_and_that_it_still_stands_there() {
        for fault in [another("En annan rapport är redan skickad"), taken()] {
            assert!(
                fault.message.contains("är inte sparat än") && fault.message.ends_with("Det står kvar."),
                "{fault:?}"
            );
            assert!(is_taken(&[fault]));
        }
        assert!(!is_taken(&[FieldError { field: "what".into(), message: "Skriv vad som hände.".into() }]));
    }
}
