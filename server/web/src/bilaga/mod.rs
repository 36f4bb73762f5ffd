//! Bilaga: files that people send: those of a case, pictures of slides and logos. Received in a stream that ends at a limit, judged
//! by their content, and sealed before they reach the database where they tell of anybody. A file of a case is only given back to
//! be saved, a picture is shown.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

mod kind;
mod receive;
mod seal;

pub use kind::{FILE_MAX, Kind, picture, size, taken, way};
pub use receive::{BODY_MAX, File, NONE, Sent, receive, refuse_announced};
pub use seal::{Key, Keys, Which};

/// Whatever is in a file runs nowhere.
pub const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// A picture as a page shows it. Nothing keeps it but the page: who may see it is asked each time.
#[must_use]
pub fn shown(media: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    // what was stored is one of our own kinds
    if let Ok(media) = HeaderValue::from_str(media) {
        headers.insert(header::CONTENT_TYPE, media);
    }
    response
}
