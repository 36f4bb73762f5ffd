//! What anybody says under Förslag. It does not go the way of other forms, since it may be in nobody's name: what was wrong
//! comes back in the answer to the post itself and thanks stand in the address, so that no session, which has a person,
//! holds a word of it nor is written because of it.

use axum::{
    extract::{Request, State},
    response::Response,
};
use http::StatusCode;
use ui::{
    error::AppError,
    flash::{Flash, Submitted},
    forslag::{PATH, THANKS, api},
    place,
};

use crate::{
    form::{self, Fields},
    gate::Hasty,
    link, page, plain,
    state::AppState,
};

/// `POST /forslag`
pub async fn say(State(state): State<AppState>, request: Request) -> Response {
    let (parts, visitor, fields) = match form::posted(&state, request).await {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let ctx = state.ctx(visitor.actor.clone(), visitor.device.clone(), visitor.login.clone(), Flash::default());
    let said = match parts.extensions.get::<Hasty>() {
        Some(Hasty(seconds)) => Err(AppError::Wait(*seconds)),
        None => api::say(&ctx, &fields.0).await,
    };
    let mut wait = None;
    let (status, errors, problem) = match said {
        Ok(kind) => {
            let mut query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes()).0;
            query.retain(|(name, _)| name != THANKS);
            query.push((THANKS.to_owned(), kind.code().to_owned()));
            return link::see_other(&place::join(PATH, &query));
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
            let told = (status, vec![], Some(error.message()));
            wait = Some(error);
            told
        }
        Err(error) => return plain::answer(&parts.headers, &error),
    };
    let submitted = Submitted { action: PATH.to_owned(), fields: fields.0, errors, problem, ..Submitted::default() };
    let answer = page::again(&state, parts, visitor, submitted, status).await;
    match wait {
        Some(error) => plain::waiting(answer, &error),
        None => answer,
    }
}
