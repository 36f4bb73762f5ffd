//! Kept: what lies on devices, as it lies there. What an earlier version has kept is still there when a later one comes, and an
//! earlier one may be open in another tab beside it: nothing here is renamed or left out, and what is added has a default.

use domain::enkat::{Inlamnat, Mend};
use serde::{Deserialize, Serialize};

/// Where something on the device stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is being written.
    Writing,
    /// To be sent.
    Waiting,
    /// The server would not have it; the text says why.
    Refused(String),
    /// Taken back by the person after it may have been sent: the server is to be told.
    TakeBack,
}

impl Stage {
    /// Whether the server is to hear of it.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self, Self::Waiting | Self::TakeBack)
    }
}

/// An answer to an enkät. Nothing in it names a person; it belongs to a random key that only the server can tell whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The answer.
    pub svar: Inlamnat,
    /// Whose it is.
    pub konto: String,
    /// Id of the enkät.
    pub enkat: String,
    /// What the enkät is called, for lists of what waits.
    pub title: String,
    /// Whether it was ever on its way to the server.
    pub tried: bool,
    /// Where it stands.
    pub stage: Stage,
    /// What mends it, where it was refused.
    #[serde(default)]
    pub mend: Option<Mend>,
}

/// A report, sealed. What can be read of it tells nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The id that its writer gave it.
    pub id: String,
    /// Name of the writer on this device.
    pub konto: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it was kept, in milliseconds of the device.
    pub at: f64,
    /// The content, sealed.
    pub sealed: String,
}

/// What is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Where the form posts to.
    pub action: String,
    /// The page it stands on.
    pub page: String,
    /// Its fields, as they are posted.
    pub fields: Vec<(String, String)>,
}

/// How many answers this device has entered for a person in an enkät and month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antal {
    /// Name of the person on this device.
    pub konto: String,
    /// Id of the enkät.
    pub enkat: String,
    /// `2026-11`.
    pub month: String,
    /// How many on this device.
    pub n: i64,
    /// Answers entered on other devices, as the server last said.
    pub others: i64,
    /// Rises with every change.
    pub report: i64,
    /// The last one that the server has been told.
    pub told: i64,
}

impl Antal {
    /// None yet.
    #[must_use]
    pub fn of(konto: &str, enkat: &str, month: &str) -> Self {
        let (konto, enkat, month) = (konto.to_owned(), enkat.to_owned(), month.to_owned());
        Self { konto, enkat, month, ..Self::default() }
    }

    /// The key it is kept under.
    #[must_use]
    pub fn key(konto: &str, enkat: &str, month: &str) -> String {
        format!("{konto}|{enkat}|{month}")
    }
}

/// The day that the server last said it was, and what the device's clock said then: only the difference of the device's
/// clock is used, so a wrong clock does no harm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// `2026-11-25`.
    pub today: String,
    /// Milliseconds, as the device counts.
    pub at: f64,
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    /// Read, and written as it was: a tab with an earlier version reads it too.
    fn read<T: Serialize + DeserializeOwned>(text: &str) -> T {
        let kept: T = serde_json::from_str(text).unwrap();
        let again: serde_json::Value = serde_json::to_value(&kept).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(text).unwrap());
        kept
    }

    #[test]
    fn an_answer_that_version_0_2_kept_is_read_for_ever() {
        let answer = |stage: &str, mend: &str| {
            format!(
                r#"{{"svar":{{"id":"1f0e8f1c-6f53-4b6e-9d0a-1c2d3e4f5a6b","version":"018f","period":"2026-11","kon":"kvinna","values":[[1,"ja"],[2,"Bra"]]}},"konto":"k","enkat":"e","title":"Bemötande","tried":true,"stage":{stage},"mend":{mend}}}"#
            )
        };
        assert_eq!(read::<Post>(&answer("\"Waiting\"", "null")).stage, Stage::Waiting);
        assert_eq!(read::<Post>(&answer("\"TakeBack\"", "null")).stage, Stage::TakeBack);
        let refused = read::<Post>(&answer("{\"Refused\":\"Enkäten är stängd.\"}", "\"day\""));
        assert_eq!((refused.stage, refused.mend), (Stage::Refused("Enkäten är stängd.".to_owned()), Some(Mend::Day)));
        // before there was a way to mend it
        let early = answer("\"Waiting\"", "null").replace(",\"mend\":null", "");
        assert_eq!(serde_json::from_str::<Post>(&early).unwrap().svar.values.len(), 2);
    }

    #[test]
    fn a_draft_that_version_0_2_sealed_is_read_for_ever() {
        for (stage, is) in [
            ("\"Writing\"", Stage::Writing),
            ("\"Waiting\"", Stage::Waiting),
            ("{\"Refused\":\"Skriv vad som hände.\"}", Stage::Refused("Skriv vad som hände.".to_owned())),
        ] {
            let text = format!(r#"{{"id":"i","konto":"k","stage":{stage},"at":1764434400000.5,"sealed":"00ff"}}"#);
            assert_eq!(read::<KeptDraft>(&text).stage, is);
        }
        let content = r#"{"action":"/api/create_avvikelse","page":"/avvikelser/ny","fields":[["id","i"],["form[text]","Medicinen uteblev."]]}"#;
        assert_eq!(read::<Content>(content).fields.len(), 2);
    }

    #[test]
    fn counts_and_the_day_that_version_0_2_kept_are_read_for_ever() {
        read::<Antal>(r#"{"konto":"k","enkat":"e","month":"2026-11","n":7,"others":2,"report":9,"told":8}"#);
        read::<Day>(r#"{"today":"2026-11-25","at":1764434400000.5}"#);
    }
}
