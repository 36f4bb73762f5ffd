//! Reads the body of a posted form, within a limit, as the fields that were typed.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use http::{HeaderMap, header, request::Parts};
use ui::error::AppError;

use crate::{extract::Visitor, gate, plain, state::AppState};

/// The largest form, in bytes: room for every text of the largest form many times over.
pub const FORM_MAX: usize = 1024 * 1024;

/// The fields of a form, in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The fields of an urlencoded body.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        Self(serde_urlencoded::from_bytes(body).unwrap_or_default())
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

/// Who posts a form to the page it stands on, and what was typed.
pub(crate) async fn posted(state: &AppState, request: Request) -> Result<(Parts, Visitor, Fields), Response> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, state).await?;
    let body = read(&parts.headers, body).await?;
    Ok((parts, visitor, Fields::parse(&body)))
}

/// Whether the body is said to be an urlencoded form.
#[must_use]
pub fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    content_type.starts_with("application/x-www-form-urlencoded")
}

/// The whole body. One that is too large or too slow gives a page that says so.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Response> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    if announced.unwrap_or(0) > FORM_MAX {
        return Err(plain::too_large(headers));
    }
    to_bytes(body, FORM_MAX)
        .await
        .map_err(|error| if gate::was_slow(&error) { plain::too_slow(headers) } else { plain::too_large(headers) })
}
