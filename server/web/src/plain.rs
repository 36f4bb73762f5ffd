//! Answers without Leptos: the few pages for what is refused before a page is rendered, and the same words as JSON for
//! programs.

use std::fmt::Write as _;

use axum::{
    Json,
    response::{Html, IntoResponse, Response},
};
use domain::field::FieldError;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use ui::error::AppError;

use crate::assets;

/// Whether a browser asks for a page, and not a program for data.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// An error with its own status and sentence.
#[must_use]
pub fn answer(headers: &HeaderMap, error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let title = title_of(error);
    let response = match error {
        // what was typed went by
        AppError::Wait(seconds) if wants_html(headers) => {
            let text = format!(
                "Det blev mycket på kort tid, så inget har ändrats. Vänta {seconds} sekunder, gå tillbaka i webbläsaren och \
                 försök igen."
            );
            respond(headers, status, title, &sentence(&text))
        }
        error if error.is_not_now() && wants_html(headers) && headers.contains_key(header::CONTENT_TYPE) => {
            return go_back(error);
        }
        // the same address again: nothing was done by it
        error if error.is_not_now() && wants_html(headers) => {
            let body = format!(
                "<p>{}</p><p><a class=\"button\" href=\"\">Försök igen</a> <a class=\"button quiet\" href=\"/\">Till \
                 startsidan</a></p>",
                escape(&error.message())
            );
            return not_now(&body, error);
        }
        error => respond(headers, status, title, error),
    };
    waiting(response, error)
}

/// What the page of an error is called.
fn title_of(error: &AppError) -> &'static str {
    match error {
        AppError::Invalid(_) => "Uppgifterna kunde inte läsas",
        AppError::LoggedOut => "Du är utloggad",
        AppError::Forbidden => "Du har inte behörighet",
        AppError::NotFound => "Sidan finns inte",
        AppError::Conflict(_) => "Någon annan har ändrat det här",
        AppError::Internal(_) => "Något gick fel hos oss",
        AppError::Wait(_) => "Vänta en liten stund",
        AppError::Offline => "Servern nås inte just nu",
        AppError::Busy => "Många just nu",
        AppError::Unreached => "Databasen svarar inte",
        AppError::Unsure => "Det är osäkert om det sparades",
    }
}

/// The answer with how long to wait, in the header that programs read.
#[must_use]
pub fn waiting(mut response: Response, error: &AppError) -> Response {
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A form that stopped coming.
#[must_use]
pub fn too_slow(headers: &HeaderMap) -> Response {
    let text = "Det du skickade kom inte fram i tid, så inget har ändrats. Gå tillbaka i webbläsaren och skicka igen när \
                nätet är bättre.";
    respond(headers, StatusCode::REQUEST_TIMEOUT, "Det kom inte fram", &sentence(text))
}

/// A form or file that is larger than the server takes.
#[must_use]
pub fn too_large(headers: &HeaderMap) -> Response {
    let text =
        "Det du skickade är för stort, så inget har ändrats. Gå tillbaka i webbläsaren, korta texten och spara igen.";
    respond(headers, StatusCode::PAYLOAD_TOO_LARGE, "För mycket på en gång", &sentence(text))
}

/// A change that did not come from one of our own pages.
#[must_use]
pub fn foreign(headers: &HeaderMap) -> Response {
    let text = "Det du skickade kom inte från Kvalitetshjulets egna sidor, så inget har ändrats. Öppna sidan på nytt och \
                försök igen.";
    respond(headers, StatusCode::FORBIDDEN, "Inget har ändrats", &sentence(text))
}

/// Too many at once.
#[must_use]
pub fn busy(headers: &HeaderMap) -> Response {
    let text = "Många loggar in just nu. Vänta en liten stund och försök igen.";
    respond(headers, StatusCode::SERVICE_UNAVAILABLE, "Försök igen om en stund", &sentence(text))
}

/// A form that could not be taken now, with all that was typed and a button that sends it again: it could not be kept either.
/// `back`: the page it stands on.
#[must_use]
pub fn send_again(action: &str, fields: &[(String, String)], back: &str, error: &AppError) -> Response {
    let back = (BACK.to_owned(), back.to_owned());
    let mut hidden = String::new();
    for (name, value) in fields.iter().chain([&back]) {
        let (name, value) = (escape(name), escape(value));
        let _ = write!(hidden, r#"<input type="hidden" name="{name}" value="{value}">"#);
    }
    let body = format!(
        r#"<p>{}</p><p>Det du skrev finns kvar så länge den här sidan är öppen.</p><form method="post" action="{}">{hidden}<button class="button">Försök igen</button></form>"#,
        escape(&error.message()),
        escape(action)
    );
    not_now(&body, error)
}

/// The field of such a form that says where it stands.
pub const BACK: &str = "tillbaka_till";

/// The layer of sessions answers with nothing at all when it cannot write: that is said in words.
pub async fn never_empty(response: Response) -> Response {
    let empty = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && !response.headers().contains_key(header::CONTENT_TYPE);
    if !empty {
        return response;
    }
    go_back(&AppError::Busy)
}

/// What was sent could not be taken now, and cannot be sent again from the answer.
fn go_back(error: &AppError) -> Response {
    let text = format!("{} Gå tillbaka i webbläsaren och skicka igen.", error.message());
    let page = page(title_of(error), &text);
    waiting((StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response(), error)
}

fn not_now(body: &str, error: &AppError) -> Response {
    waiting(answer_page(StatusCode::SERVICE_UNAVAILABLE, title_of(error), body), error)
}

/// A fault in our own code. It is not known what was asked for, so the answer is a page.
#[must_use]
pub fn broken() -> Response {
    let reference = domain::random::reference();
    tracing::error!(reference, "a handler panicked");
    let text = AppError::Internal(reference).message();
    (StatusCode::INTERNAL_SERVER_ERROR, Html(page("Något gick fel hos oss", &text))).into_response()
}

fn sentence(text: &str) -> AppError {
    AppError::Invalid(vec![FieldError { field: String::new(), message: text.to_owned() }])
}

fn respond(headers: &HeaderMap, status: StatusCode, title: &str, error: &AppError) -> Response {
    if wants_html(headers) {
        (status, Html(page(title, &error.message()))).into_response()
    } else {
        (status, Json(error)).into_response()
    }
}

/// The page between another site and something that is written down when it is opened.
#[must_use]
pub fn between(title: &str, button: &str, here: &str) -> String {
    let body = format!(
        "<p>Du kommer från en annan webbplats. Inget har öppnats än.</p>\
         <p><a class=\"button\" href=\"{}\">{}</a> <a class=\"button quiet\" href=\"/\">Till startsidan</a></p>",
        escape(here),
        escape(button)
    );
    whole(title, &body)
}

fn page(title: &str, text: &str) -> String {
    whole(title, &format!("<p>{}</p><p><a href=\"/\">Till startsidan</a></p>", escape(text)))
}

/// A page of its own with a heading; `body` is markup.
pub(crate) fn answer_page(status: StatusCode, title: &str, body: &str) -> Response {
    (status, Html(whole(title, body))).into_response()
}

/// A page with a heading; `body` is markup.
fn whole(title: &str, body: &str) -> String {
    let title = escape(title);
    let css = &assets::names().css;
    let style = if css.is_empty() { String::new() } else { format!("<link rel=\"stylesheet\" href=\"{css}\">") };
    format!(
        "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} – Kvalitetshjulet</title><link rel=\"icon\" href=\"/favicon.svg\">{style}</head>\
         <body><div class=\"login\"><main class=\"main\"><section class=\"card\"><div class=\"card-body\"><h1>{title}</h1>\
         {body}</div></section></main></div></body></html>"
    )
}

/// Text as markup shows it.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_with_tags_is_shown_as_it_reads() {
        assert!(page("Fel", "<script>").contains("<p>&lt;script&gt;</p>"));
    }
}
