//! What a server function answers when it cannot do what was asked, and the sentence that the user reads: on the page that
//! the server writes, and in the browser where an island asked.

use domain::{field::FieldError, refusal::Refusal};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// How long is waited where the server asks to wait and does not say how long, and the longest, in seconds.
pub const A_WHILE: u32 = 30;
const LONGEST: u32 = 3_600;

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
    /// The database does not answer. Nothing was done.
    Unreached,
    /// The database did not answer when it was to save: whether it did is not known.
    Unsure,
}

impl AppError {
    /// Whether it was not got to at all, and may go well when it is tried again.
    #[must_use]
    pub fn is_not_now(&self) -> bool {
        matches!(self, Self::Busy | Self::Unreached)
    }

    /// Somebody else has changed the same meanwhile.
    #[must_use]
    pub fn overtaken() -> Self {
        let what = "Någon annan har ändrat det här sedan du öppnade sidan. Läs det som gäller nu och spara igen om det \
                    behövs.";
        Self::Conflict(what.to_owned())
    }

    /// What an answer says that is not a good one: its status, its `Retry-After` in seconds, and its text. The server's own word
    /// is taken where it is one; what lies between here and there may answer in its stead.
    #[must_use]
    pub fn told(status: u16, wait: Option<u32>, text: &str) -> Self {
        let fits = |said: &Self| said.status() == status || matches!((said, status), (Self::Invalid(_), 400 | 413));
        let said = serde_json::from_str::<Self>(text).ok().filter(fits);
        match (status, said) {
            (429, _) => Self::Wait(wait.unwrap_or(A_WHILE).clamp(1, LONGEST)),
            (_, Some(said)) => said,
            (401, _) => Self::LoggedOut,
            _ => Self::Offline,
        }
    }

    /// Whether the same will be answered however often it is asked.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::Forbidden | Self::NotFound | Self::Conflict(_))
    }

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
            Self::Unreached => {
                "Databasen svarar inte. Det du skrev finns kvar på sidan du kom från. Försök igen om en stund, och säg \
                                till den som sköter servern om det inte går över."
                    .to_owned()
            }
            Self::Unsure => {
                "Databasen svarade inte när det skulle sparas. Se efter om det sparades innan du försöker igen."
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
            Self::Unreached => Some(15),
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
            Self::Internal(_) | Self::Unsure => 500,
            Self::Offline | Self::Busy | Self::Unreached => 503,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for AppError {}

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

/// What may be told of why something was not done: what a form got wrong, and what the store says.
impl<E: Into<Refusal>> From<E> for AppError {
    fn from(error: E) -> Self {
        match error.into() {
            Refusal::Invalid(errors) => Self::Invalid(errors),
            Refusal::LoggedOut => Self::LoggedOut,
            Refusal::Forbidden => Self::Forbidden,
            Refusal::NotFound => Self::NotFound,
            Refusal::Overtaken => Self::overtaken(),
            Refusal::Busy => Self::Busy,
            Refusal::Unreached => Self::Unreached,
            Refusal::Unsure => Self::Unsure,
            Refusal::Fault(reference) => Self::Internal(reference),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_says_reaches_whoever_asked_in_its_own_words() {
        for error in [
            AppError::Invalid(vec![FieldError { field: "dag".to_owned(), message: "Skriv en dag.".to_owned() }]),
            AppError::LoggedOut,
            AppError::Forbidden,
            AppError::NotFound,
            AppError::Conflict("Någon annan är inloggad.".to_owned()),
            AppError::Internal("1234abcd".to_owned()),
            AppError::Busy,
            AppError::Unreached,
            AppError::Unsure,
        ] {
            let text = serde_json::to_string(&error).unwrap();
            assert_eq!(AppError::told(error.status(), None, &text), error);
        }
    }

    #[test]
    fn who_does_not_know_whether_it_was_saved_is_asked_to_look_and_to_send_nothing_again_at_once() {
        let said = AppError::from(Refusal::Unsure);
        assert!(!said.is_not_now() && said.retry_after().is_none());
        let looks = "Se efter om det sparades innan du försöker igen.";
        assert!(said.message().ends_with(looks) && !said.message().contains("inget har ändrats"), "{}", said.message());
    }

    #[test]
    fn what_answers_in_the_servers_stead_refuses_nothing_for_ever() {
        let page = "<html><body>Nätet är begränsat</body></html>";
        for status in [400, 403, 404, 409, 413, 422, 500, 502, 503, 504, 511] {
            assert_eq!(AppError::told(status, None, page), AppError::Offline);
        }
        for status in [500, 502, 503, 504, 511] {
            assert!(!AppError::told(status, None, "{\"Invalid\":[]}").is_final(), "{status}");
        }
    }

    #[test]
    fn what_is_too_large_is_said_in_the_words_of_the_server() {
        let said =
            AppError::Invalid(vec![FieldError { field: String::new(), message: "Texten är för stor.".to_owned() }]);
        assert_eq!(AppError::told(413, None, &serde_json::to_string(&said).unwrap()), said);
    }

    #[test]
    fn who_is_asked_to_wait_waits_as_long_as_the_server_says_and_at_most_an_hour() {
        assert_eq!(AppError::told(429, Some(7), ""), AppError::Wait(7));
        assert_eq!(AppError::told(429, None, "\"LoggedOut\""), AppError::Wait(30));
        assert_eq!(AppError::told(429, Some(86_400), ""), AppError::Wait(3_600));
    }
}
