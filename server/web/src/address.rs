//! The address that is asked for, in characters that the rest may meet. A query is cleaned as a form is ([`crate::form`]); a
//! path is made of our own words, ids and tokens, so one with any other character leads nowhere.

use std::borrow::Cow;

use axum::{extract::Request, middleware::Next, response::Response};
use domain::text;
use http::{Uri, uri::PathAndQuery};
use percent_encoding::percent_decode_str;
use ui::error::AppError;

use crate::{
    form::{self, Fields},
    plain, renamed,
};

/// Cleans the query and finds what has been renamed, or answers that the page is not there.
pub async fn clean(mut request: Request, next: Next) -> Response {
    let path = decoded(request.uri().path());
    if !text::is_clean(&path) || !is_plain(&path) {
        return plain::answer(request.headers(), &AppError::NotFound);
    }
    if let Some(uri) = renamed::of(request.uri()) {
        *request.uri_mut() = uri;
    }
    if let Some(uri) = cleaned(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The address with its query cleaned; none when it was clean.
fn cleaned(uri: &Uri) -> Option<Uri> {
    let query = uri.query().filter(|query| query.contains('%'))?;
    let sent = Fields::as_sent(query.as_bytes());
    if sent.0.iter().all(|(name, value)| text::is_clean(name) && text::is_clean(value)) {
        return None;
    }
    let fields = Fields(sent.0.iter().map(|(name, value)| (form::clean(name), form::clean(value))).collect());
    let mut parts = uri.clone().into_parts();
    // both halves hold what an address may hold, so there is always an address
    parts.path_and_query = PathAndQuery::try_from(format!("{}?{}", uri.path(), fields.encoded())).ok();
    Uri::from_parts(parts).ok()
}

/// Whether a path is written in the one way that our own addresses are: no part of it is empty or a way up or down.
fn is_plain(path: &str) -> bool {
    path == "/" || path.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."))
}

/// A path as it is read when it has arrived.
fn decoded(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_for_is_searched_for_in_clean_characters() {
        let uri = |text: &str| text.parse::<Uri>().unwrap();
        assert_eq!(cleaned(&uri("/forslag?q=a%00b&visa=alla")), Some(uri("/forslag?q=ab&visa=alla")));
        assert_eq!(cleaned(&uri("/forslag?q=a%CC%8A%E2%80%AE")), Some(uri("/forslag?q=%C3%A5")));
        assert_eq!(cleaned(&uri("/forslag?q%00=x")), Some(uri("/forslag?q=x")));
        for clean in ["/forslag", "/forslag?q=%C3%A5+b%20c", "/forslag?", "/forslag?x&y=&=z%2F"] {
            assert_eq!(cleaned(&uri(clean)), None, "{clean}");
        }
    }

    #[test]
    fn an_address_is_written_in_one_way() {
        for plain in ["/", "/avvikelser", "/avvikelser/1/logg", "/pkg/a.b.js"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in ["/avvikelser/", "//skarm/1", "/./avvikelser", "/x/../avvikelser", "/x/..", "/avvikelser/."] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn a_path_is_read_as_the_routes_read_it() {
        assert_eq!(decoded("/a%C3%A5/%00x%2f%"), "/aå/\0x/%");
        assert_eq!(decoded("/%g1%4%ff"), "/%g1%4\u{fffd}");
    }
}
