//! History: who changed what, when, and how it read before and after.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{id::HistoryId, occurrence::When};

/// One field that changed, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field's label.
    pub label: String,
    /// How it read before; empty when there was nothing.
    pub before: String,
    /// How it reads after; empty when it was taken away.
    pub after: String,
}

/// A row of the history of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Holds the millisecond (version 7): rows of the same second keep their order.
    pub id: HistoryId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it; empty for the program itself.
    pub who: String,
    /// What was done: "Utförd", "Flyttad", "Ändrad".
    pub what: String,
    /// Why, where a reason was asked for.
    pub reason: String,
    /// The fields that changed.
    pub changes: Vec<Change>,
    /// Of a tillfälle, in the history of its control: when it is.
    pub tillfalle: Option<When>,
}

/// Keeps the pairs that differ. Input: label, before, after.
#[must_use]
pub fn changes<'a>(fields: impl IntoIterator<Item = (&'a str, String, String)>) -> Vec<Change> {
    fields
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(label, before, after)| Change { label: label.to_owned(), before, after })
        .collect()
}

/// All that a new thing says.
#[must_use]
pub fn said(fields: Vec<(&'static str, String)>) -> Vec<Change> {
    changes(fields.into_iter().map(|(label, value)| (label, String::new(), value)))
}

/// What differs between what a thing says before and after, field by field.
#[must_use]
pub fn differing(before: Vec<(&'static str, String)>, after: Vec<(&'static str, String)>) -> Vec<Change> {
    changes(before.into_iter().zip(after).map(|((label, before), (_, after))| (label, before, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let kept = changes([
            ("Kontrollmål", "Dokumentation".into(), "Dokumentation".into()),
            ("Urval", "20".into(), "25".into()),
        ]);
        assert_eq!(kept, [Change { label: "Urval".into(), before: "20".into(), after: "25".into() }]);
    }
}
