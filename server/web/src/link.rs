//! Links within the site: where a form came from, where a login leads. Nothing here leads to another site.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, Uri, header};
use islands::contract;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What is encoded in a link that somebody else has written: nothing that parts it, only what an address cannot hold.
const UNFIT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

/// A path with query that stays on this site, fit for a `Location`. `None` for anything else.
#[must_use]
pub fn local(path: &str) -> Option<String> {
    Some(utf8_percent_encode(domain::link::local(path)?, UNFIT).to_string())
}

/// The path and query of the page that the request came from, when it is one of ours.
#[must_use]
pub fn referer(headers: &HeaderMap, public_url: Option<&str>) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?;
    let origin = format!("{}://{}", referer.scheme_str()?, referer.authority()?);
    is_own_origin(&origin, headers, public_url)
        .then(|| referer.path_and_query())
        .flatten()
        .and_then(|p| local(p.as_str()))
}

/// The address of this site, without a slash at the end, as its users write it: what is configured, and without it that of the page
/// which sent the request. Empty where neither is known.
#[must_use]
pub fn origin(headers: &HeaderMap, public_url: Option<&str>) -> String {
    let said = || headers.get(header::ORIGIN).and_then(|o| o.to_str().ok()).filter(|o| is_own_origin(o, headers, None));
    public_url.or_else(said).unwrap_or_default().to_owned()
}

/// Whether an origin such as `https://host:port` is ours. Where the address that users type is configured it is that one
/// alone: what a request says in `Host` is whatever its sender chose. Without it, it is the site the request was sent to.
#[must_use]
pub fn is_own_origin(origin: &str, headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let origin = origin.to_lowercase();
    if let Some(own) = public_url {
        return own == origin;
    }
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).map(str::to_lowercase);
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    matches!((authority, host), (Some(authority), Some(host)) if !host.is_empty() && authority == host)
}

/// The login page, which leads on to `till`.
#[must_use]
pub fn login(till: &str) -> String {
    match local(till) {
        Some(path) if path != "/" && !path.starts_with("/logga-") && path != "/start" => {
            // a list of pairs of texts can always be written
            format!("{}?{}", contract::LOG_IN, serde_urlencoded::to_string([("till", path)]).unwrap_or_default())
        }
        _ => contract::LOG_IN.to_owned(),
    }
}

/// Sends the browser to a page of ours, with GET.
#[must_use]
pub fn see_other(to: &str) -> Response {
    let to = local(to).unwrap_or_else(|| "/".to_owned());
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_paths_of_this_site_are_links() {
        assert_eq!(local("/arshjul?ar=2026#fel").as_deref(), Some("/arshjul?ar=2026#fel"));
        assert_eq!(local("/sok?q=å ä").as_deref(), Some("/sok?q=%C3%A5%20%C3%A4"));
        assert_eq!(local("/a?b=%25&c='|\"<x>`{}").as_deref(), Some("/a?b=%25&c='|%22%3Cx%3E`{}"));
        for bad in
            ["//ond.se", "/\\ond.se", "https://ond.se", "ond.se", "", "javascript:alert(1)", "/\t/ond.se", "/a\r\nb"]
        {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_login_leads_back_to_where_one_was_going() {
        assert_eq!(login("/arshjul?ar=2026"), "/logga-in?till=%2Farshjul%3Far%3D2026");
        assert_eq!(login("/"), "/logga-in");
        assert_eq!(login("//ond.se"), "/logga-in");
        assert_eq!(login("/logga-in?till=%2F"), "/logga-in");
    }

    #[test]
    fn a_form_leads_back_to_its_own_page_and_never_to_another_site() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("kvalitet.example.se"));
        let mut from = |referer: &'static str| {
            headers.insert(header::REFERER, HeaderValue::from_static(referer));
            super::referer(&headers, None)
        };
        assert_eq!(from("https://kvalitet.example.se/egenkontroll?ar=2026").as_deref(), Some("/egenkontroll?ar=2026"));
        assert_eq!(from("https://ond.se/egenkontroll"), None);
        assert_eq!(from("https://kvalitet.example.se.ond.se/x"), None);
        assert_eq!(from("https://kvalitet.example.se//ond.se"), None);
    }

    #[test]
    fn where_our_address_is_configured_the_host_of_a_request_says_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("ond.se"));
        let own = |origin| is_own_origin(origin, &headers, Some("https://kvalitet.example.se"));
        assert!(own("https://Kvalitet.example.se"));
        for bad in
            ["https://ond.se", "http://ond.se", "http://kvalitet.example.se", "https://kvalitet.example.se:8443", ""]
        {
            assert!(!own(bad), "{bad}");
        }
        assert!(is_own_origin("http://ond.se", &headers, None), "unconfigured, it is where it was sent");
    }
}
