//! Refusal: of an error the user is told what [`Refusal`] holds; the cause goes to the log, with a reference.

use domain::refusal::Refusal;

use crate::Error;

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Forbidden => Self::Forbidden,
            Error::Invalid(faults) => Self::Invalid(faults),
            Error::LoggedOut => Self::LoggedOut,
            Error::Busy => {
                tracing::warn!("there was no connection to the database in time");
                Self::Busy
            }
            Error::Unreached => {
                tracing::error!(database = crate::address(), "the database does not answer");
                Self::Unreached
            }
            Error::Unsure => {
                tracing::error!(database = crate::address(), "the database did not answer when it was to save");
                Self::Unsure
            }
            Error::Conflict => Self::Overtaken,
            cause @ (Error::Unread { .. } | Error::Db(_) | Error::Migration(_) | Error::Setup(_)) => {
                let reference = domain::random::reference();
                tracing::error!(reference, %cause, "request failed");
                Self::Fault(reference)
            }
        }
    }
}
