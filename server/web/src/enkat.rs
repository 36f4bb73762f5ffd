//! Answers to an enkät from a form without script. They do not go the way of other forms: what was wrong comes back in
//! the answer to the post itself, so that no session, which has a person, ever holds an answer.

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::{format, id::EnkatId};
use http::StatusCode;
use ui::{
    enkat::svar_api,
    error::AppError,
    flash::{Flash, Submitted},
};

use crate::{form, gate::Hasty, link, page, plain, state::AppState};

pub mod export;

/// `POST /enkater/{id}/svara`
pub async fn answer(State(state): State<AppState>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, visitor, fields) = match form::posted(&state, request).await {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let ctx = state.ctx(visitor.actor.clone(), visitor.device.clone(), visitor.login.clone(), Flash::default());
    let taken = match (id.parse::<EnkatId>(), parts.extensions.get::<Hasty>()) {
        (_, Some(Hasty(seconds))) => Err(AppError::Wait(*seconds)),
        (Ok(enkat), None) => svar_api::take_form(&ctx, enkat, &fields.0).await,
        (Err(_), None) => Err(AppError::NotFound),
    };
    let wait = match taken {
        Err(AppError::Wait(seconds)) => Some(seconds),
        _ => None,
    };
    let (status, errors, problem) = match taken {
        Ok(taken) => {
            // for "Ångra": a random id, which the log does not hold
            let svar: String = fields.get("id").chars().filter(|c| c.is_ascii_hexdigit() || *c == '-').collect();
            let many = if taken.many { "&manga=ja" } else { "" };
            // said on the page, and chosen for the next one where that is what a pile needs
            let day = taken.day.map(|day| format!("&dag={}", format::date(day))).unwrap_or_default();
            return link::see_other(&format!("/enkater/{id}/svara?sparat={svar}{day}{many}"));
        }
        Err(AppError::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Err(
            error @ (AppError::Conflict(_)
            | AppError::LoggedOut
            | AppError::Internal(_)
            | AppError::Wait(_)
            | AppError::Busy
            | AppError::Unreached
            | AppError::Unsure),
        ) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, vec![], Some(error.message()))
        }
        Err(error) => return plain::answer(&parts.headers, &error),
    };
    let submitted =
        Submitted { action: parts.uri.path().to_owned(), fields: fields.0, errors, problem, ..Submitted::default() };
    // the same page again, with everything that was typed
    let response = page::again(&state, parts, visitor, submitted, status).await;
    match wait {
        Some(seconds) => plain::waiting(response, &AppError::Wait(seconds)),
        None => response,
    }
}

/// `POST /enkater/{id}/angra`: the last answer, as long as it waits.
pub async fn take_back(State(state): State<AppState>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, visitor, fields) = match form::posted(&state, request).await {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let ctx = state.ctx(visitor.actor, visitor.device, visitor.login, Flash::default());
    let (Ok(enkat), Ok(svar)) = (id.parse::<EnkatId>(), fields.get("svar").parse()) else {
        return plain::answer(&parts.headers, &AppError::NotFound);
    };
    match svar_api::take_back_form(&ctx, enkat, svar).await {
        Ok(true) => link::see_other(&format!("/enkater/{id}/svara?angrat=ja")),
        Ok(false) => plain::answer(
            &parts.headers,
            &AppError::Conflict("Svaret är redan räknat och kan inte tas tillbaka.".to_owned()),
        ),
        Err(AppError::LoggedOut) => link::see_other(&link::login(&format!("/enkater/{id}/svara"))),
        Err(error) => plain::answer(&parts.headers, &error).into_response(),
    }
}
