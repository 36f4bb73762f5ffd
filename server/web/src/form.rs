//! Reads the body of a posted form, within a limit, as the fields that were typed, in clean characters ([`domain::text`]):
//! every form and every call of a server function comes this way, so nothing behind it meets any other.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use domain::text;
use http::{HeaderMap, Uri, header, request::Parts};
use ui::error::AppError;

use crate::{extract::Visitor, gate, plain, state::AppState};

/// The largest form, in bytes: room for every text of the largest form many times over.
pub const FORM_MAX: usize = 1024 * 1024;

/// The fields that hold a password. By their whole name: no other field comes in by being called something like it.
const PASSWORDS: [&str; 3] = ["password", "password_again", "current_password"];

/// The fields of a form, in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The fields of an urlencoded body or query, cleaned.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let sent = Self::as_sent(body).0;
        Self(sent.into_iter().map(|(name, value)| (clean(&name), Self::cleaned(&name, value))).collect())
    }

    /// The fields as they came, for nothing but to see whether they are clean.
    pub(crate) fn as_sent(body: &[u8]) -> Self {
        Self(serde_urlencoded::from_bytes(body).unwrap_or_default())
    }

    /// Takes a field out.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(at).1)
    }

    /// Adds a field of a form that came in parts, cleaned.
    pub fn push(&mut self, name: &str, value: &[u8]) {
        let value = String::from_utf8_lossy(value).into_owned();
        self.0.push((clean(name), Self::cleaned(name, value)));
    }

    /// Passwords stay as they were typed: [`crate::password`] has a form of its own for them.
    fn cleaned(name: &str, value: String) -> String {
        if PASSWORDS.contains(&name) { value } else { clean(&value) }
    }

    /// The fields as a body or a query.
    #[must_use]
    pub fn encoded(&self) -> String {
        // a list of pairs of texts can always be written
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }

    /// The field, or nothing when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// These fields alone: for visitors, of whom no more is kept than the page asks for.
    #[must_use]
    pub fn only(self, names: &[&str]) -> Vec<(String, String)> {
        self.0.into_iter().filter(|(field, _)| names.contains(&field.as_str())).collect()
    }

    /// What may be kept and shown again: all but passwords.
    #[must_use]
    pub fn without_passwords(self) -> Vec<(String, String)> {
        self.0.into_iter().filter(|(field, _)| !field.contains("password")).collect()
    }
}

/// A text as [`text::clean`] leaves it.
pub(crate) fn clean(given: &str) -> String {
    match text::clean(given) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let body = read(&parts.headers, body).await?;
        if !is_form(&parts.headers) {
            let error = AppError::Invalid(vec![domain::field::FieldError {
                field: String::new(),
                message: "Formuläret kunde inte läsas. Ladda om sidan och försök igen.".to_owned(),
            }]);
            return Err(plain::answer(&parts.headers, &error));
        }
        Ok(Self::parse(&body))
    }
}

/// Reads a form that is posted to the page it stands on: who sent it, and its fields.
pub(crate) async fn posted(state: &AppState, request: Request) -> Result<(Parts, Visitor, Fields), Response> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, state).await?;
    let body = read(&parts.headers, body).await?;
    Ok((parts, visitor, Fields::parse(&body)))
}

/// What a list is taken out by: its filter as it stands in the posted form, seen by the page or not, and what the address says
/// besides.
pub(crate) async fn filter(uri: &Uri, headers: &HeaderMap, body: Body) -> Result<Vec<(String, String)>, Response> {
    let body = read(headers, body).await?;
    let mut fields = if is_form(headers) { Fields::parse(&body).0 } else { Vec::new() };
    let address = Fields::parse(uri.query().unwrap_or_default().as_bytes()).0;
    let besides: Vec<_> = address.into_iter().filter(|(name, _)| fields.iter().all(|(n, _)| n != name)).collect();
    fields.extend(besides);
    Ok(fields)
}

/// Whether the body is said to be an urlencoded form.
#[must_use]
pub fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    content_type.starts_with("application/x-www-form-urlencoded")
}

/// The whole body, cleaned. One that is too large or too slow gives a page that says so.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Response> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    if announced.unwrap_or(0) > FORM_MAX {
        return Err(plain::too_large(headers));
    }
    let body = to_bytes(body, FORM_MAX)
        .await
        .map_err(|error| if gate::was_slow(&error) { plain::too_slow(headers) } else { plain::too_large(headers) })?;
    // whatever it is said to be: server functions read every body as a form
    Ok(Bytes::from(Fields::parse(&body).encoded()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_in_clean_characters_and_its_password_as_it_was_typed() {
        let fields = Fields::parse(b"name=a%00b%E2%80%AE&pass%00word=x%01&password=p%00&text=a%0D%0Ab");
        assert_eq!(fields.get("name"), "ab");
        assert_eq!(fields.get("text"), "a\nb");
        assert_eq!((fields.0[1].0.as_str(), fields.get("password")), ("password", "x"));
        assert_eq!(fields.0[2].1, "p\0");
        assert_eq!(Fields::parse(b"cells[password]=a%00b").0[0].1, "ab");
        assert_eq!(Fields::parse(fields.encoded().as_bytes()).get("text"), "a\nb");
    }
}
