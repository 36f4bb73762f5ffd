//! `POST /start`: the first administrator, let in by the token that stands in the log.

use axum::{
    extract::{FromRequest, Request, State},
    response::Response,
};
use domain::{
    field::Checker,
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    password::{Known, check_password},
    permission::Role,
    person::check_person,
};
use islands::contract;
use sha2::{Digest, Sha256};
use store::person::NewPerson;
use ui::{
    error::AppError,
    flash::{Flash, Submitted},
};

use crate::{extract::Visitor, form::Fields, link, password, plain, session, state::AppState};

/// Tells the one who reads the log how to come in, when nobody has an account.
pub async fn announce(state: &AppState) -> store::Result<()> {
    if !state.has_persons().await? {
        let token = state.first_start.token();
        tracing::warn!(token, "Det finns inga konton. Öppna /start och skapa det första med den här koden.");
    }
    Ok(())
}

/// Fields: `token`, `name`, `email`, `password`, `password_again`, `organisation`.
pub async fn create(State(state): State<AppState>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers().clone();
    match state.has_persons().await {
        Ok(false) => {}
        Ok(true) => return link::see_other(contract::LOG_IN),
        Err(error) => return plain::answer(&headers, &error.into()),
    }
    let fields = match Fields::from_request(request, &()).await {
        Ok(fields) => fields,
        Err(refusal) => return refusal,
    };
    let outcome = match create_first(&state, &fields).await {
        Ok(Some(person)) => {
            state.first_start.set_done();
            session::log_in(&state, &visitor.session, &headers, person, FIRST_EPOCH).await.map(|()| "/")
        }
        // somebody else was first
        Ok(None) => Ok(contract::LOG_IN),
        Err(AppError::Invalid(errors)) => {
            let fields = fields.only(&["token", "name", "email", "organisation"]);
            let submitted = Submitted { action: "/start".to_owned(), fields, errors, ..Submitted::default() };
            let flash = Flash { submitted: Some(submitted), toast: None };
            session::leave(&state, &visitor.session, flash, false).await.map(|()| "/start#fel")
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => link::see_other(to),
        Err(error) => plain::answer(&headers, &error),
    }
}

/// The epoch that the table gives a new person.
const FIRST_EPOCH: i64 = 1;

async fn create_first(state: &AppState, fields: &Fields) -> Result<Option<PersonId>, AppError> {
    let mut check = Checker::default();
    if !same(fields.get("token").trim(), state.first_start.token()) {
        check.error(
            "token",
            "Koden stämmer inte. Den står i serverns logg, på raden om att det inte finns några konton.",
        );
    }
    let organisation = check.required("organisation", fields.get("organisation"), "organisationens namn");
    let person = check_person(fields.get("name"), fields.get("email"));
    let known = Known::of(fields.get("name"), fields.get("email"), [organisation.as_str()]);
    let password = check_password(fields.get("password"), fields.get("password_again"), &known);
    let mut errors = check.finish(()).err().unwrap_or_default();
    errors.extend(person.as_ref().err().cloned().unwrap_or_default());
    errors.extend(password.err().unwrap_or_default());
    let (true, Ok((name, email))) = (errors.is_empty(), person) else { return Err(AppError::Invalid(errors)) };

    let password_hash = password::hash(fields.get("password").to_owned()).await;
    let (now, id, node) = (state.clock.now(), PersonId::new(), NodeId::new());
    let mut tx = state.store.system(true).await?;
    if store::person::count(&mut tx).await? > 0 {
        return Ok(None);
    }
    let top =
        Node { id: node, parent: None, kind: NodeKind::Organisation, name: organisation, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now, &top).await?;
    let roles = vec![(Role::Admin, node)];
    store::person::create(&mut tx, now, &NewPerson { id, name, email, password_hash, roles }).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Compares hashes, so that the time tells nothing about how much of the token was right.
fn same(given: &str, token: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(token)
}
