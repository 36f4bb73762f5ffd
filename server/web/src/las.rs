//! Lås: the content of cases is not shown in a login that nobody has used for half an hour, until the password is given again.
//! What a person types meanwhile is taken: a form that is sent is saved, and the page after it asks for the password. Here too
//! are the words by which a page says that somebody is there, and a person's own list of logins.

use axum::{
    Json, Router,
    body::Body,
    extract::{FromRequestParts, MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{field::FieldError, id::AptId, permission::Action, person::Actor, session::holds_cases};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use islands::contract::{LOCK, Locked, Shown, UNLOCK, USED};
use store::Target;
use ui::{
    error::AppError,
    flash::{Flash, Submitted, Toast},
};

use crate::{
    extract::{CurrentActor, Visitor},
    form::Fields,
    link, opening, page, password, plain, session,
    state::AppState,
};

/// Session key of the sentence about a wrong password.
const WRONG: &str = "las";

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(LOCK.get(), post(lock))
        .route(UNLOCK, post(unlock))
        .route(USED.get(), post(used))
        .route("/konto/inloggningar/avsluta", post(end))
        .route("/konto/inloggningar/avsluta-andra", post(end_others))
}

/// Asks for the password instead of answering with the content of cases.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // a file that is taken out is asked for with a form too
    let file = request.extensions().get::<MatchedPath>().is_some_and(|m| opening::file(m.as_str()).is_some());
    if !(reads || file) || !holds_cases(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    if visitor.actor.is_none() || !visitor.login.locked {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if !plain::wants_html(&parts.headers) {
        return plain::answer(&parts.headers, &AppError::Forbidden);
    }
    let till = if reads { parts.uri.path_and_query().map_or("/", |p| p.as_str()) } else { "/avvikelser" };
    // a list of pairs of texts can always be written
    let query = serde_urlencoded::to_string([("till", till)]).unwrap_or_default();
    let Ok(uri) = format!("{}?{query}", LOCK.get()).parse::<Uri>() else {
        return plain::answer(&parts.headers, &AppError::NotFound);
    };
    let wrong = if session::is_ahead(&parts.headers) {
        None
    } else {
        visitor.session.remove::<String>(WRONG).await.ok().flatten()
    };
    let flash = wrong.map_or_else(Flash::default, |message| {
        let errors = vec![FieldError { field: "password".to_owned(), message }];
        let submitted = Submitted { action: UNLOCK.to_owned(), errors, ..Submitted::default() };
        Flash { submitted: Some(submitted), toast: None }
    });
    let ctx = state.ctx(visitor.actor, visitor.device, visitor.login, flash);
    parts.uri = uri;
    parts.method = Method::GET;
    page::render(ctx, Request::from_parts(parts, Body::empty())).await
}

/// `POST /las`: tells whether the content of cases is locked; with `las=ja` a page says that nobody has touched it for half an
/// hour.
async fn lock(
    State(state): State<AppState>,
    visitor: Visitor,
    CurrentActor(_): CurrentActor,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let asked = !fields.get("las").is_empty();
    if asked && let Err(error) = session::lock(&state, &visitor.session).await {
        return plain::answer(&headers, &error);
    }
    Json(Locked { locked: asked || visitor.login.locked }).into_response()
}

/// `POST /las-upp`: `password`, and where to go on, `till`.
async fn unlock(
    State(state): State<AppState>,
    visitor: Visitor,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let till = fields.get("till").to_owned();
    let done = async {
        if let Some(message) = wrong(&state, &actor, fields.get("password")).await? {
            return Ok(Some(message));
        }
        session::unlock(&state, &visitor.session).await?;
        Ok::<_, AppError>(None)
    };
    match done.await {
        Ok(None) if plain::wants_html(&headers) => link::see_other(&till),
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Ok(Some(message)) if plain::wants_html(&headers) => {
            // a text can always be written; without it the page asks again and does not say why
            let _ = visitor.session.insert(WRONG, message).await;
            link::see_other(&till)
        }
        Ok(Some(message)) => {
            let errors = vec![FieldError { field: "password".to_owned(), message }];
            plain::answer(&headers, &AppError::Invalid(errors))
        }
        Err(error) => plain::answer(&headers, &error),
    }
}

/// The sentence about a wrong or missing password; `None` when it is right.
async fn wrong(state: &AppState, actor: &Actor, password: &str) -> Result<Option<String>, AppError> {
    if password.is_empty() {
        return Ok(Some("Skriv ditt lösenord.".to_owned()));
    }
    let mut tx = state.store.write_own(actor).await?;
    if !store::session::guess(&mut tx, actor.person, state.clock.seconds()).await? {
        return Ok(Some("Lösenordet har skrivits fel för många gånger. Vänta en kvart och försök igen.".to_owned()));
    }
    let email = store::person::get(&mut tx, actor.person).await?.email;
    let stored = store::person::credentials(&mut tx, &email).await?.ok_or(AppError::LoggedOut)?;
    tx.commit().await?;
    if !password::verify(password.to_owned(), stored.password_hash).await {
        return Ok(Some("Lösenordet stämmer inte. Skriv det du loggar in med.".to_owned()));
    }
    let mut tx = state.store.write_own(actor).await?;
    store::session::guessed(&mut tx, actor.person).await?;
    tx.commit().await?;
    Ok(None)
}

/// `POST /anvand`: with `hand` somebody has pressed a key or touched the page; with `mote` it shows a meeting, which counts as
/// use as long as that is open, with no hand on the keys. Nothing of it is written down. What is locked stays so.
async fn used(
    State(state): State<AppState>,
    visitor: Visitor,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let shown = async {
        let Ok(mote) = fields.get("mote").parse::<AptId>() else { return Ok(false) };
        let mut tx = state.store.read(&actor, Target::Apt(mote), Action::View).await?;
        Ok::<_, AppError>(store::apt::get(&mut tx, mote).await?.is_open())
    };
    match shown.await {
        Ok(shown) => {
            if shown || !fields.get("hand").is_empty() {
                state.store.used().shown(&visitor.login.session, state.clock.seconds());
            }
            Json(Shown { shown }).into_response()
        }
        Err(error) => plain::answer(&headers, &error),
    }
}

/// `POST /konto/inloggningar/avsluta`: one of the person's logins, `id`.
async fn end(
    State(state): State<AppState>,
    visitor: Visitor,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let id = fields.get("id").to_owned();
    if id == visitor.login.session {
        let text = "Det är den inloggning du använder nu. Välj Logga ut för att avsluta den.";
        let errors = vec![FieldError { field: String::new(), message: text.to_owned() }];
        return plain::answer(&headers, &AppError::Invalid(errors));
    }
    let done = async {
        let mut tx = state.store.write_own(&actor).await?;
        let there = store::session::end(&mut tx, actor.person, &id).await?;
        tx.commit().await?;
        Ok::<_, AppError>(if there { "Inloggningen är avslutad" } else { "Inloggningen var redan avslutad" }.to_owned())
    };
    said(&state, &visitor, &headers, done.await).await
}

/// `POST /konto/inloggningar/avsluta-andra`: all but this one.
async fn end_others(
    State(state): State<AppState>,
    visitor: Visitor,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
) -> Response {
    let done = async {
        let mut tx = state.store.write_own(&actor).await?;
        store::session::end_others(&mut tx, actor.person, &visitor.login.session).await?;
        // a key that another device has had seals nothing any more
        store::utkast::replace(&mut tx, state.clock.today(), actor.person).await?;
        tx.commit().await?;
        Ok::<_, AppError>("Alla andra inloggningar är avslutade".to_owned())
    };
    said(&state, &visitor, &headers, done.await).await
}

async fn said(state: &AppState, visitor: &Visitor, headers: &HeaderMap, text: Result<String, AppError>) -> Response {
    let left = async {
        let toast = Some(Toast::word(text?));
        session::leave(state, &visitor.session, Flash { submitted: None, toast }, true).await
    };
    match left.await {
        Ok(()) => link::see_other("/konto"),
        Err(error) => plain::answer(headers, &error),
    }
}

/// What a browser is told at logout: what it has kept of our answers goes at once, and pages that it could go back to.
#[must_use]
pub fn forget(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::HeaderName::from_static("clear-site-data"), header::HeaderValue::from_static("\"cache\""));
    response
}
