//! What a row holds as text, read or refused: a word that this version of the program does not know, or JSON that it cannot
//! read, is an error that names the row and not something that somebody guessed.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Error, Result};

/// Whose columns are read: a table, and the id that finds the row, or the rows, in it.
#[derive(Clone, Copy)]
pub(crate) struct InRow {
    table: &'static str,
    id: Uuid,
}

/// JSON that is kept in rows for as long as they live. Each text carries the version it was written in as its field `v`;
/// one without is of the first. A version reads all before it (what a field was before it was there stands as its default),
/// and refuses those after it. Frozen examples of each stand in the store's tests and are read for ever.
pub(crate) trait Versioned: Serialize + DeserializeOwned {
    /// What it is written in now. A field that is added with a default is no new version; one that is renamed, or gets another
    /// meaning, is.
    const VERSION: u16 = 1;
}

impl InRow {
    /// The row of a table with this id; for counts of many rows, that of the node they belong to.
    pub const fn of(table: &'static str, id: Uuid) -> Self {
        Self { table, id }
    }

    fn unread(self, column: &'static str) -> Error {
        Error::Unread { table: self.table, id: self.id, column }
    }

    /// A value that a column must have: `what` is what its text stands for, if anything.
    pub fn must<T>(self, column: &'static str, what: Option<T>) -> Result<T> {
        what.ok_or_else(|| self.unread(column))
    }

    /// What a code stands for.
    pub fn code<T>(self, column: &'static str, code: &str, of: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        self.must(column, of(code))
    }

    /// What a code stands for, where there may be none: nothing, or an empty text.
    pub fn code_if_any<'a, T>(
        self,
        column: &'static str,
        code: impl Into<Option<&'a str>>,
        of: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        code.into().filter(|code| !code.is_empty()).map(|code| self.code(column, code, of)).transpose()
    }

    /// JSON that is not kept for long, or is a list.
    pub fn json<T: DeserializeOwned>(self, column: &'static str, text: &str) -> Result<T> {
        self.must(column, serde_json::from_str(text).ok())
    }

    /// JSON with its version.
    pub fn versioned<T: Versioned>(self, column: &'static str, text: &str) -> Result<T> {
        let mut fields: Map<String, Value> = self.json(column, text)?;
        // a text of what is one of several kinds has the kind as its only other field
        let written = fields.remove("v").map_or(Some(1), |v| v.as_u64());
        self.must(column, written.filter(|v| (1..=u64::from(T::VERSION)).contains(v)))?;
        self.must(column, serde_json::from_value(Value::Object(fields)).ok())
    }
}

/// As [`InRow::versioned`] reads it.
pub(crate) fn versioned<T: Versioned>(what: &T) -> Result<String> {
    let text = serde_json::to_string(what).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let fields = text.strip_prefix('{').ok_or_else(|| sqlx::Error::Encode("only a struct has a version".into()))?;
    let between = if fields == "}" { "" } else { "," };
    Ok(format!("{{\"v\":{}{between}{fields}", T::VERSION))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Example {
        n: i64,
    }

    impl Versioned for Example {
        const VERSION: u16 = 2;
    }

    const ROW: InRow = InRow::of("thing", Uuid::nil());

    fn read(text: &str) -> Result<Example> {
        ROW.versioned("what", text)
    }

    #[test]
    fn a_text_carries_the_version_it_was_written_in() {
        assert_eq!(versioned(&Example { n: 3 }).unwrap(), r#"{"v":2,"n":3}"#);
        assert_eq!(read(r#"{"v":2,"n":3}"#).unwrap(), Example { n: 3 });
    }

    #[test]
    fn one_of_several_kinds_and_numbered_fields_come_back_as_they_were() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        enum Either {
            Numbered { by: BTreeMap<i32, i64> },
        }
        impl Versioned for Either {}
        let what = Either::Numbered { by: BTreeMap::from([(7, 1)]) };
        assert_eq!(ROW.versioned::<Either>("what", &versioned(&what).unwrap()).unwrap(), what);
    }

    #[test]
    fn what_was_written_before_is_read_and_what_comes_after_is_refused() {
        assert_eq!(read(r#"{"n":3}"#).unwrap(), Example { n: 3 });
        assert_eq!(read(r#"{"v":1}"#).unwrap(), Example { n: 0 });
        for text in [r#"{"v":3,"n":3}"#, r#"{"v":2,"n":"#, "", "[]"] {
            assert!(matches!(read(text), Err(Error::Unread { .. })), "{text}");
        }
    }

    #[test]
    fn a_code_that_is_not_known_names_the_row_and_not_what_it_holds() {
        let known = |code: &str| (code == "ja").then_some(true);
        assert!(ROW.code("state", "ja", known).unwrap());
        assert_eq!(ROW.code_if_any("state", "", known).unwrap(), None);
        assert_eq!(ROW.code_if_any("state", None, known).unwrap(), None);
        let error = ROW.code_if_any("state", "hemligt", known).unwrap_err().to_string();
        assert_eq!(error, "thing 00000000-0000-0000-0000-000000000000: what stands in state cannot be read");
    }
}
