//! Opening: the routes that open a case or give a file. Each opening of a case is written down, so only somebody who means
//! it may make one: not another site that leads a browser here, not a browser that fetches ahead, not one who asks for
//! headers. All such routes stand in [`OPENINGS`] and [`FILES`]; a test asks every route of the house and fails for one that
//! is missing.

use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};

use crate::{link, plain, session};

/// Pages and files of one case.
pub const OPENINGS: [&str; 5] = [
    "/avvikelser/{id}",
    "/avvikelser/{id}/logg",
    "/avvikelser/{id}/bilagor/{bilaga}",
    "/avvikelser/{id}/ivo.docx",
    "/avvikelser/{id}/ivo.pdf",
];

/// Files that are taken out, and what each is called among the events.
pub const FILES: [(&str, &str); 21] = [
    ("/avvikelser/export.xlsx", "Registret över avvikelser, Excel"),
    ("/avvikelser/{id}/bilagor/{bilaga}", "Fil i ett ärende"),
    ("/avvikelser/{id}/ivo.docx", "Ett ärende till IVO, Word"),
    ("/avvikelser/{id}/ivo.pdf", "Ett ärende till IVO, PDF"),
    ("/admin/sakerhet/export.xlsx", "Säkerhetshändelser, Excel"),
    ("/arshjul/export.xlsx", "Årshjul, Excel"),
    ("/atgarder/export.xlsx", "Åtgärder, Excel"),
    ("/att-gora/export.xlsx", "Att göra, Excel"),
    ("/egenkontroll/export.xlsx", "Egenkontrollplan, Excel"),
    ("/internkontroll/export.xlsx", "Internkontrollplan, Excel"),
    ("/enkater/{id}/resultat.xlsx", "Resultat av en enkät, Excel"),
    ("/siffror/{id}/siffror.xlsx", "Siffror i en serie, Excel"),
    ("/verksamhetsplan/{id}/plan.xlsx", "Verksamhetsplan, Excel"),
    ("/arshjul/hjulet.pdf", "Årshjulet på ett A3, PDF"),
    ("/apt/{id}/protokoll.docx", "Protokoll, Word"),
    ("/apt/{id}/protokoll.pdf", "Protokoll, PDF"),
    ("/apt/{id}/bildspel.pdf", "Bildspel, PDF"),
    ("/genomforanden/{id}/dokumentation.docx", "Dokumentation av en kontroll, Word"),
    ("/genomforanden/{id}/dokumentation.pdf", "Dokumentation av en kontroll, PDF"),
    ("/verksamhetsplan/{id}/plan.docx", "Verksamhetsplan, Word"),
    ("/verksamhetsplan/{id}/plan.pdf", "Verksamhetsplan, PDF"),
];

/// What a route gives, when it is a file.
#[must_use]
pub fn file(route: &str) -> Option<&'static str> {
    FILES.iter().find(|(path, _)| *path == route).map(|(_, label)| *label)
}

/// The answer to a request that opens something and that nobody meant. None when it may go on.
#[must_use]
pub fn stop(parts: &Parts, route: &str, public_url: Option<&str>) -> Option<Response> {
    let opens = OPENINGS.contains(&route) || file(route).is_some();
    if !opens || !matches!(parts.method, Method::GET | Method::HEAD) {
        return None;
    }
    if parts.method == Method::HEAD {
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        return Some((StatusCode::OK, [(header::CONTENT_TYPE, html)]).into_response());
    }
    if session::is_ahead(&parts.headers) {
        return Some(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    if !is_foreign(&parts.headers, public_url) {
        return None;
    }
    let navigates = parts.headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    if !navigates || !plain::wants_html(&parts.headers) {
        return Some(plain::foreign(&parts.headers));
    }
    let here = parts.uri.path_and_query().and_then(|p| link::local(p.as_str())).unwrap_or_else(|| "/".to_owned());
    let (title, button) =
        if file(route).is_some() { ("Hämta filen?", "Hämta filen") } else { ("Öppna ärendet?", "Öppna ärendet") };
    Some(Html(plain::between(title, button, &here)).into_response())
}

/// Whether another site leads here. Browsers say so over https and on this machine; where they do not, a referer does.
fn is_foreign(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site != "same-origin" && site != "none",
        None => headers.contains_key(header::REFERER) && link::referer(headers, public_url).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn answer(method: Method, route: &str, headers: &[(&str, &str)]) -> Option<StatusCode> {
        let mut request = Request::builder().method(method).uri("/avvikelser/1?flik=bilagor");
        for (name, value) in [("host", "localhost:3000"), ("accept", "text/html")].iter().chain(headers) {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        stop(&parts, route, None).map(|response| response.status())
    }

    #[test]
    fn a_case_opens_for_one_who_means_it_and_for_no_other_site_or_browser_ahead_of_itself() {
        let case = "/avvikelser/{id}";
        assert_eq!(answer(Method::GET, case, &[]), None);
        assert_eq!(answer(Method::GET, case, &[("sec-fetch-site", "same-origin")]), None);
        assert_eq!(answer(Method::GET, case, &[("sec-fetch-site", "none")]), None, "typed, or from a mail program");
        assert_eq!(answer(Method::GET, case, &[("referer", "http://localhost:3000/avvikelser")]), None);
        for site in ["cross-site", "same-site"] {
            assert_eq!(answer(Method::GET, case, &[("sec-fetch-site", site)]), Some(StatusCode::OK), "a page between");
            let image = [("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")];
            assert_eq!(answer(Method::GET, case, &image), Some(StatusCode::FORBIDDEN));
        }
        assert_eq!(answer(Method::GET, case, &[("referer", "https://ond.se/")]), Some(StatusCode::OK));
        assert_eq!(answer(Method::HEAD, case, &[]), Some(StatusCode::OK));
        let ahead = Some(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer(Method::GET, case, &[("sec-purpose", "prefetch;prerender")]), ahead);
        assert_eq!(answer(Method::GET, case, &[("purpose", "prefetch")]), ahead);
        assert_eq!(answer(Method::GET, "/arshjul", &[("sec-fetch-site", "cross-site")]), None);
    }
}
