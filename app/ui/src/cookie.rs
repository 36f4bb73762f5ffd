//! Cookie: those of ours, and those that a browser sends. Ours are for the whole site, no script reads them, and they are sent
//! when somebody follows a link here but not with a form of another site. Over https `web::security` makes each one `Secure`.

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, HeaderValue, header};
use leptos::prelude::use_context;

use crate::error::AppError;

/// Seconds of a year.
const YEAR: i64 = 31_536_000;

/// A cookie that a browser keeps for so many seconds; with none it forgets it. The value is one of our codes: it is not encoded.
/// `None` for one that no header can hold.
#[must_use]
pub fn kept(name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value))
        .path("/")
        .max_age(Duration::seconds(seconds))
        .same_site(SameSite::Lax)
        .http_only(true);
    HeaderValue::from_str(&cookie.to_string()).ok()
}

/// Keeps a choice on the device, for a year; an empty one is forgotten at once.
pub fn remember(name: &str, value: &str) -> Result<(), AppError> {
    let age = if value.is_empty() { 0 } else { YEAR };
    let cookie = kept(name, value, age).ok_or_else(|| AppError::Internal(name.to_owned()))?;
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}

/// What a browser sent, as it stands: nothing is decoded. What is no name with a value is left out.
pub fn sent(headers: &HeaderMap) -> impl Iterator<Item = Cookie<'_>> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(Cookie::split_parse).filter_map(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_ours_says_where_it_may_go_and_for_how_long() {
        let set = kept("kvalitet_tema", "dark", 60).unwrap();
        assert_eq!(set, "kvalitet_tema=dark; HttpOnly; SameSite=Lax; Path=/; Max-Age=60");
        assert_eq!(kept("a", "", 0).unwrap(), "a=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
        assert_eq!(kept("a", "\n", 60), None);
    }

    #[test]
    fn what_a_browser_sends_is_read_as_it_stands_and_the_rest_left_out() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; trasig;=2; b=%20x=y ;c="));
        headers.append(header::COOKIE, HeaderValue::from_bytes(b"d=\xe5").unwrap());
        headers.append(header::COOKIE, HeaderValue::from_static("a=3"));
        let sent: Vec<_> = sent(&headers).map(|c| (c.name().to_owned(), c.value().to_owned())).collect();
        let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, [("a", "1"), ("b", "%20x=y"), ("c", ""), ("a", "3")]);
    }
}
