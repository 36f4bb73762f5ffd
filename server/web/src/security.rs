//! What browsers are told to forbid, and the check that a change comes from one of our own pages.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use cookie::Cookie;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::{link, plain, state::AppState};

const SAME_FOR_ALL: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    // no page of another site holds anything of ours, so that it cannot measure it either
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// For answers that hold no script of their own.
const WITHOUT_NONCE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
);

/// The content security policy of a page whose inline scripts carry this nonce.
#[must_use]
pub fn policy(nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; manifest-src 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(WITHOUT_NONCE)
}

/// Adds the headers to every answer. What a handler has chosen itself stays.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let https = state.settings.https();
    let headers = response.headers_mut();
    for (name, value) in SAME_FOR_ALL {
        headers.insert(name, value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(WITHOUT_NONCE);
    // pages hold what only this person may see
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
        secure_cookies(headers);
    }
    response
}

/// Over https all cookies are for https. tower-cookies leaves it out of removals, and browsers then keep a cookie that
/// is named `__Host-…`.
fn secure_cookies(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    for value in cookies {
        let secured = value.to_str().ok().and_then(|text| Cookie::parse(text).ok()).and_then(|mut cookie| {
            cookie.set_secure(true);
            HeaderValue::from_str(&cookie.to_string()).ok()
        });
        headers.append(header::SET_COOKIE, secured.unwrap_or(value));
    }
}

/// Refuses every change that does not come from one of our own pages.
pub async fn refuse_foreign(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(request.headers(), state.settings.public_url.as_deref()) {
        next.run(request).await
    } else {
        tracing::warn!("a change from another site was refused");
        plain::foreign(request.headers())
    }
}

/// Browsers say where a request comes from in `Sec-Fetch-Site` (over https and on this machine) and in `Origin`.
/// A request with neither does not come from a browser's form. Where both are said both have to be right: under a name of
/// somebody else's that leads to this server, a page of theirs is to the browser of the same site.
fn is_own(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    let own = origin.map(|origin| link::is_own_origin(origin, headers, public_url));
    match headers.get("sec-fetch-site") {
        Some(site) if public_url.is_some() => (site == "same-origin" || site == "none") && own.unwrap_or(true),
        Some(site) => site == "same-origin" || site == "none",
        None => own.unwrap_or(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
        is_own(&headers, Some("https://kvalitet.example.se"))
    }

    #[test]
    fn a_change_is_taken_from_our_own_pages_only() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(own(&[("origin", "https://kvalitet.example.se"), ("host", "127.0.0.1:3000")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", "https://kvalitet.example.se")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("origin", "null"), ("host", "127.0.0.1:3000")]));
        assert!(!own(&[("origin", "https://ond.se"), ("host", "127.0.0.1:3000")]));
        assert!(!own(&[("host", "127.0.0.1:3000")]));
    }

    #[test]
    fn with_our_address_configured_the_host_of_a_request_makes_nothing_our_own() {
        assert!(!own(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!own(&[("sec-fetch-site", "same-origin"), ("origin", "https://ond.se"), ("host", "ond.se")]));
        assert!(own(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://kvalitet.example.se"),
            ("host", "ond.se")
        ]));
        let headers = [("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
        assert!(is_own(&headers.into_iter().collect(), None), "without it, it is where the request was sent");
    }

    #[test]
    fn every_cookie_is_for_https_when_the_site_is() {
        let mut headers = HeaderMap::new();
        headers.append(header::SET_COOKIE, HeaderValue::from_static("__Host-kvalitet_session=; Path=/; Max-Age=0"));
        headers.append(header::SET_COOKIE, HeaderValue::from_static("kvalitet_tema=light; Secure; Path=/"));
        secure_cookies(&mut headers);
        let cookies: Vec<_> = headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
        assert_eq!(
            cookies,
            ["__Host-kvalitet_session=; Secure; Path=/; Max-Age=0", "kvalitet_tema=light; Secure; Path=/"]
        );
    }
}
