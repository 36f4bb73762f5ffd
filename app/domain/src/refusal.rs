//! Refusal: what may be told of why something was not done. What asks a database knows more, and tells no more than this.

use crate::field::FieldError;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fields are wrong; each says what to do.
    Invalid(Vec<FieldError>),
    /// The login has ended.
    LoggedOut,
    /// The person may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Somebody else changed it meanwhile.
    Overtaken,
    /// It was not got to. Nothing was done.
    Busy,
    /// The database does not answer. Nothing was done.
    Unreached,
    /// The database did not answer when it was to save: whether it did is not known.
    Unsure,
    /// A fault of ours; the reference stands in the log beside the cause.
    Fault(String),
}

impl From<Vec<FieldError>> for Refusal {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}
