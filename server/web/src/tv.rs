//! `POST /tv`: the short code of a wall screen, typed on a television. A right one leads to an address of the television's own;
//! wrong ones are counted by address and together (`domain::apt::tv`), so that nobody gets anywhere by guessing.

use std::sync::{Mutex, PoisonError};

use axum::{
    extract::{FromRequestParts, Request, State},
    response::Response,
};
use domain::{
    apt::tv::{self, Wrong},
    field::FieldError,
};
use http::StatusCode;
use ui::{apt::TV, error::AppError, flash::Submitted};

use crate::{
    extract::ClientAddress,
    form, link, page, plain,
    state::AppState,
    token::{TOKENS, code_hash},
};

/// The wrong codes of this server.
#[derive(Debug, Default)]
pub struct Tries(Mutex<Wrong>);

impl Tries {
    fn with<T>(&self, work: impl FnOnce(&mut Wrong) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Opens the screen of a code, or says on the page why not: in the answer itself, so that a guess leaves nothing behind.
pub async fn open(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, visitor, fields) = match form::posted(&state, request).await {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let Ok(ClientAddress(from)) = ClientAddress::from_request_parts(&mut parts, &state).await;
    let now = state.clock.seconds();
    let (status, message) = match state.limits.tries.with(|wrong| wrong.may(now, from)) {
        Ok(()) => match redeem(&state, fields.get("kod")).await {
            Ok(Some(token)) => return link::see_other(&format!("/skarm/{token}")),
            Ok(None) => {
                state.limits.tries.with(|wrong| wrong.note(now, from));
                let said =
                    "Koden öppnar ingen skärm. Den gäller i en kvart och en gång: be den som sköter skärmen om en ny.";
                (StatusCode::UNPROCESSABLE_ENTITY, said.to_owned())
            }
            Err(error) => return plain::answer(&parts.headers, &error),
        },
        Err(seconds) => {
            let said =
                format!("Det har skrivits många koder som inte stämmer. Vänta {seconds} sekunder och försök igen.");
            (StatusCode::TOO_MANY_REQUESTS, said)
        }
    };
    let errors = vec![FieldError { field: "kod".to_owned(), message }];
    let submitted = Submitted { action: TV.to_owned(), errors, ..Submitted::default() };
    page::again(&state, parts, visitor, submitted, status).await
}

async fn redeem(state: &AppState, typed: &str) -> Result<Option<String>, AppError> {
    let Some(code) = tv::read(typed) else { return Ok(None) };
    let (token, hash) = (TOKENS.new)();
    let at = (state.clock.now(), state.clock.seconds());
    let mut tx = state.store.system(true).await?;
    let opened = store::apt::tv::open(&mut tx, at, &code_hash(&code), &hash).await?;
    tx.commit().await?;
    Ok(opened.map(|_| token))
}
