//! One-time passwords: whoever has logged in with a password that somebody else has given is led to one page, whatever is
//! asked for, until they have chosen their own. What says so is the person's row; the session carries it from the login on,
//! which is enough: a new password from somebody else ends all sessions.

use axum::response::Response;
use http::{Method, request::Parts};
use islands::contract;
use server_fn::ServerFn;
use tower_sessions::Session;
use ui::{
    error::AppError,
    konto::{LOSENORD, api::SetPassword},
};

use crate::{link, plain, session::failed};

const HELD: &str = "byt_losenord";

/// Notes at the login whether the password must be changed.
pub async fn hold(session: &Session, must_change: bool) -> Result<(), AppError> {
    if must_change { session.insert(HELD, true).await.map_err(failed) } else { Ok(()) }
}

/// The person has chosen their own password.
pub async fn release(session: &Session) -> Result<(), AppError> {
    session.remove_value(HELD).await.map_err(failed).map(drop)
}

/// Where somebody is led who has not yet chosen their own password. None when the request may go on.
pub async fn lead(parts: &Parts, session: &Session) -> Result<Option<Response>, AppError> {
    let path = parts.uri.path();
    let open = [LOSENORD, SetPassword::PATH, contract::LOG_OUT, "/logga-ut-overallt", "/tillganglighet"];
    if open.contains(&path) || session.get_value(HELD).await.map_err(failed)?.is_none() {
        return Ok(None);
    }
    let page = matches!(parts.method, Method::GET | Method::HEAD) && plain::wants_html(&parts.headers);
    Ok(Some(if page { link::see_other(LOSENORD) } else { plain::answer(&parts.headers, &AppError::Forbidden) }))
}
