//! Tillägg: what a reporter adds to a report that is sent. The report itself never changes; what is added has a time of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::State;
use crate::{
    field::{Checker, FieldError},
    personnummer::varning,
};

/// The most that are added to a report.
pub const MOST: usize = 20;

/// What was added, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tillagg {
    /// When the server took it in, in UTC.
    pub at: DateTime<Utc>,
    /// What; never empty.
    pub text: String,
}

/// Whether something can be added now; the sentence that says why not. `so_far`: how many there are.
pub fn may_add(state: State, so_far: usize) -> Result<(), String> {
    if state == State::Avslutad {
        return Err(
            "Ärendet är avslutat, så rapporten kan inte få fler tillägg. Rapportera på nytt om något har hänt."
                .to_owned(),
        );
    }
    if so_far >= MOST {
        return Err(format!("En rapport kan ha högst {MOST} tillägg. Prata med chefen om det finns mer."));
    }
    Ok(())
}

/// Checks what is added: nobody is named by number in it.
pub fn check(text: &str) -> Result<String, Vec<FieldError>> {
    let mut check = Checker::default();
    let text = check.text("tillagg", text);
    if text.is_empty() {
        check.error("tillagg", "Skriv vad du vill lägga till.");
    } else if let Some(warning) = varning(&text) {
        check.error("tillagg", warning);
    }
    check.finish(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_added_to_as_long_as_the_case_is_open() {
        for state in State::ALL {
            assert_eq!(may_add(state, 0).is_ok(), state != State::Avslutad, "{state:?}");
        }
        assert!(may_add(State::Inkommen, MOST).is_err());
    }

    #[test]
    fn what_is_added_is_something_and_names_nobody_by_number() {
        assert_eq!(check("Det hände också i går"), Ok("Det hände också i går".to_owned()));
        assert!(check("  ").is_err());
        assert!(check("060606-1234 ringde").is_err());
    }
}
