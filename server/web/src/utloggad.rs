//! Utloggad: what is sent when the login has ended. It is never saved, and that is said with the reason. A form whose writer is
//! known waits for that person: the login leads back to it, with what was typed. One whose writer is not known is kept nowhere;
//! what was typed is shown in the answer itself, to whoever has just sent it, unless it may be about a case. Every handler that
//! meets a form of somebody who is logged out answers through here.

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::session::holds_cases;
use http::StatusCode;
use islands::contract::{LOG_IN, MEETS, Met};
use tower_sessions::Session;
use ui::{
    error::AppError,
    flash::{Flash, Submitted},
};
use uuid::Uuid;

use crate::{
    extract::Visitor,
    link,
    plain::{self, escape},
    session,
    state::AppState,
};

/// What is said where the form waits for its writer.
const KEPT: &str = "Du hade blivit utloggad, så det du skickade är inte sparat. Logga in, så kommer du tillbaka till formuläret \
                    med det du skrev.";
/// What is said of a form that may be about a case, and whose writer is not known.
const OF_A_CASE: &str = "Du hade blivit utloggad, så det du skickade är inte sparat. Det kan höra till ett ärende och det är inte \
                         känt vem som skrev det, så texten visas inte här. Logga in och skriv det igen.";
/// What is said of a file, and of what was not received.
const NOT_RECEIVED: &str = "Du hade blivit utloggad, så det du skickade togs inte emot och är inte sparat. Logga in, så kommer du \
                            tillbaka till sidan, och skicka det igen.";

/// The route.
pub fn routes() -> Router<AppState> {
    Router::new().route(MEETS.get(), get(stands))
}

/// `GET /inne`: whether somebody is logged in (`inne`), and where not, whether a form would wait for its writer (`vantar`). The page
/// asks by itself, which is no use of the login.
async fn stands(State(_): State<AppState>, visitor: Visitor) -> Response {
    let inside = visitor.actor.is_some();
    match session::writer_is_known(&visitor.session).await {
        Ok(known) => Json(Met { inside, waits: known }).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Answers a form. `back`: the page it stands on, where that is known.
pub async fn answer(
    state: &AppState,
    session: &Session,
    submitted: Submitted,
    back: Option<&str>,
) -> Result<Response, AppError> {
    let fields = submitted.fields.clone();
    let texts = texts(&fields);
    if session::keep(state, session, submitted).await? {
        return said(state, session, KEPT, back).await;
    }
    // where it was written is not known: then it may have been anywhere
    let of_a_case = back.is_none_or(|back| holds_cases(back.split(['?', '#']).next().unwrap_or(back)));
    if texts.is_empty() {
        return said(state, session, NOT_RECEIVED, back).await;
    }
    if of_a_case {
        return said(state, session, OF_A_CASE, back).await;
    }
    let body = not_saved(&texts, back.unwrap_or("/"));
    Ok(plain::answer_page(StatusCode::UNAUTHORIZED, "Det är inte sparat", &body))
}

/// Answers what nothing can be kept of, as a file.
pub async fn not_received(state: &AppState, session: &Session, back: Option<&str>) -> Result<Response, AppError> {
    said(state, session, NOT_RECEIVED, back).await
}

/// The login page, which says so and leads back.
async fn said(state: &AppState, session: &Session, text: &str, back: Option<&str>) -> Result<Response, AppError> {
    let back = back.unwrap_or("/");
    let login = Submitted {
        action: LOG_IN.to_owned(),
        fields: vec![("till".to_owned(), back.to_owned())],
        problem: Some(text.to_owned()),
        ..Submitted::default()
    };
    session::leave(state, session, Flash { submitted: Some(login), toast: None }, false).await?;
    Ok(link::see_other(&link::login(back)))
}

/// What somebody has written, among what a form holds: not ids, codes, days and numbers.
fn texts(fields: &[(String, String)]) -> Vec<&str> {
    let code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:.-/, ".contains(c);
    let written = |value: &str| {
        let words = value.split_whitespace().count() > 1 && value.chars().any(char::is_alphabetic);
        value.parse::<Uuid>().is_err() && (words || !value.chars().all(code))
    };
    let values = fields.iter().filter(|(name, _)| !name.contains("password")).map(|(_, value)| value.trim());
    values.filter(|value| !value.is_empty() && written(value)).collect()
}

/// What the page says that shows what was typed, to be copied. Nothing of it is kept: it is the answer itself.
fn not_saved(texts: &[&str], back: &str) -> String {
    let boxes: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| {
            format!("<h2>Text {} av {}</h2><p class=\"notice prewrap\">{}</p>", i + 1, texts.len(), escape(text))
        })
        .collect();
    format!(
        "<p>Du hade blivit utloggad, så det du skickade är inte sparat. Det är inte känt vem som skrev det, så det finns bara på \
         den här sidan: kopiera det du vill behålla innan du lämnar den.</p>\
         <p><a class=\"button\" href=\"{}\" target=\"_blank\" rel=\"noopener\">Logga in i en ny flik</a></p>{}",
        escape(&link::login(back)),
        boxes.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_back_is_what_somebody_wrote() {
        let fields = [
            ("id", "0197a1b2-0000-7000-8000-000000000000"),
            ("version", "3"),
            ("form[kind]", "person:0197a1b2-0000-7000-8000-000000000000"),
            ("form[day]", "2026-11-20"),
            ("form[state]", "ej_utford"),
            ("form[title]", "Genomgång"),
            ("form[what]", "två rader\nav text"),
            ("form[more]", "rent gemena ord"),
            ("password", "Hemligt lösen"),
            ("form[empty]", " "),
        ];
        let fields: Vec<_> = fields.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        assert_eq!(texts(&fields), ["Genomgång", "två rader\nav text", "rent gemena ord"]);
    }

    #[test]
    fn what_was_typed_is_shown_as_it_reads() {
        assert!(not_saved(&["<b>fet</b>"], "/atgarder/ny").contains("&lt;b&gt;fet"));
    }
}
