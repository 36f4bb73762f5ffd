//! What a server function answers when it cannot do what was asked, and the sentence that the user reads.

use domain::field::FieldError;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a request could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Fields are wrong; each says what to do.
    Invalid(Vec<FieldError>),
    /// No session, or it has ended.
    LoggedOut,
    /// The person may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// Somebody else changed it meanwhile; the text says what.
    Conflict(String),
    /// A fault of ours; the reference stands in the log beside the cause.
    Internal(String),
    /// The person has done much in a short time: again in so many seconds. Nothing was saved.
    Wait(u32),
    /// The server was not reached.
    Offline,
    /// So many ask at once that this one was not got to. Nothing was done.
    Busy,
}

impl AppError {
    /// The sentence for the user.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Invalid(errors) => {
                errors.first().map_or_else(|| "Kontrollera uppgifterna.".to_owned(), |e| e.message.clone())
            }
            Self::LoggedOut => "Du är utloggad. Logga in igen, det du skrev finns kvar.".to_owned(),
            Self::Forbidden => "Du har inte behörighet till det här.".to_owned(),
            Self::NotFound => "Det du söker finns inte, eller har tagits bort.".to_owned(),
            Self::Conflict(what) => what.clone(),
            Self::Internal(reference) => {
                format!("Något gick fel hos oss. Försök igen. Uppge {reference} om du hör av dig om felet.")
            }
            Self::Wait(seconds) => {
                let wait = match seconds {
                    1 => "en sekund".to_owned(),
                    n if *n > 90 => format!("{} minuter", n.div_ceil(60)),
                    n => format!("{n} sekunder"),
                };
                format!(
                    "Det blev mycket på kort tid, så det här är inte sparat än. Det du skrev finns kvar: vänta {wait} och spara igen."
                )
            }
            Self::Busy => {
                "Det är många som använder Kvalitetshjulet just nu, så det här hann inte med. Inget har ändrats. \
                           Vänta några sekunder och försök igen."
                    .to_owned()
            }
            Self::Offline => "Servern nås inte just nu. Det du skrev finns kvar, försök igen om en stund.".to_owned(),
        }
    }

    /// How many seconds to wait before it is tried again, for the header `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Wait(seconds) => Some(*seconds),
            Self::Busy => Some(5),
            _ => None,
        }
    }

    /// The HTTP status it is sent with.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::LoggedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Wait(_) => 429,
            Self::Internal(_) => 500,
            Self::Offline | Self::Busy => 503,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for AppError {}

impl From<Vec<FieldError>> for AppError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            // a field that is missing or cannot be read: a form that did not come from our page, or from an old one
            ServerFnErrorErr::Args(why)
            | ServerFnErrorErr::MissingArg(why)
            | ServerFnErrorErr::Deserialization(why) => {
                // the one thing that a type of ours says of its own text
                let year = why.contains(domain::year::Outside::CODE);
                let unreadable = "Formuläret kunde inte läsas. Ladda om sidan och försök igen.";
                let message = if year { domain::year::OUTSIDE } else { unreadable };
                Self::Invalid(vec![FieldError { field: String::new(), message: message.to_owned() }])
            }
            _ => Self::Internal(String::new()),
        }
    }
}

/// A store error becomes what the user may know; the cause goes to the log with a reference.
impl From<store::Error> for AppError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::Forbidden => Self::Forbidden,
            store::Error::Invalid(faults) => Self::Invalid(faults),
            store::Error::LoggedOut => Self::LoggedOut,
            store::Error::Busy => {
                tracing::warn!("there was no connection to the database in time");
                Self::Busy
            }
            store::Error::Conflict => Self::Conflict(
                "Någon annan har ändrat det här sedan du öppnade sidan. Läs det som gäller nu och spara igen om det \
                 behövs."
                    .to_owned(),
            ),
            cause @ (store::Error::Unread { .. }
            | store::Error::Db(_)
            | store::Error::Migration(_)
            | store::Error::Setup(_)) => {
                let reference = domain::random::reference();
                tracing::error!(reference, %cause, "request failed");
                Self::Internal(reference)
            }
        }
    }
}
