//! Logging in and out. An unknown address, a wrong password and a deactivated account get the same answer, in the same time.

use std::{net::IpAddr, time::Duration};

use axum::{extract::State, response::Response};
use domain::{field::FieldError, sakerhet::Slag};
use http::HeaderMap;
use islands::contract;
use store::person::Credentials;
use tokio::time::timeout;
use ui::{
    error::AppError,
    flash::{Flash, Submitted},
};

use crate::{
    extract::{ClientAddress, CurrentActor, Visitor},
    form::Fields,
    las, link, one_time, password, plain, sakerhet, session,
    state::AppState,
    throttle,
};

/// How long a login waits for its turn, before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// `POST /logga-in`: `email`, `password` and, where the login leads, `till`.
pub async fn log_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    fields: Fields,
) -> Response {
    let asked = Asked { address, device: throttle::device_of(&headers, &state.settings) };
    let refusal = match check(&state, &asked, &fields).await {
        Ok(Checked::Right(found)) => {
            let done = async {
                session::log_in(&state, &visitor.session, &headers, found.person, found.session_epoch).await?;
                one_time::hold(&visitor.session, found.must_change).await
            };
            return match done.await {
                Ok(()) => {
                    let mut response = link::see_other(fields.get("till"));
                    if let Some(cookie) = throttle::remember(&asked.device, &state.settings) {
                        response.headers_mut().append(http::header::SET_COOKIE, cookie);
                    }
                    response
                }
                Err(error) => plain::answer(&headers, &error),
            };
        }
        Ok(Checked::Busy) => return plain::busy(&headers),
        Ok(Checked::Refused(refusal)) => refusal,
        Err(error) => return plain::answer(&headers, &error),
    };
    let back = format!("{}#fel", link::login(fields.get("till")));
    let submitted =
        Submitted { action: contract::LOG_IN.to_owned(), fields: fields.only(&["email", "till"]), ..refusal };
    let flash = Flash { submitted: Some(submitted), toast: None };
    match session::leave(&state, &visitor.session, flash, visitor.actor.is_some()).await {
        Ok(()) => link::see_other(&back),
        Err(error) => plain::answer(&headers, &error),
    }
}

enum Checked {
    Right(Credentials),
    Refused(Submitted),
    Busy,
}

/// From where a login is asked for.
struct Asked {
    address: IpAddr,
    /// What the device is known by.
    device: String,
}

async fn check(state: &AppState, asked: &Asked, fields: &Fields) -> Result<Checked, AppError> {
    let (email, password) = (fields.get("email").trim(), fields.get("password"));
    let missing: Vec<_> = [("email", email, "Skriv din e-postadress."), ("password", password, "Skriv ditt lösenord.")]
        .into_iter()
        .filter(|(_, value, _)| value.is_empty())
        .map(|(field, _, message)| FieldError { field: field.to_owned(), message: message.to_owned() })
        .collect();
    if !missing.is_empty() {
        return Ok(Checked::Refused(Submitted { errors: missing, ..Submitted::default() }));
    }
    let refused = |problem: String| Ok(Checked::Refused(Submitted { problem: Some(problem), ..Submitted::default() }));
    let mut tx = state.store.system(false).await?;
    let found = store::person::credentials(&mut tx, email).await?;
    drop(tx);
    let whose = found.as_ref().map(|found| found.person);
    let keys = throttle::Keys::new(email, asked.address).with_device(&asked.device, whose);
    let lane = match throttle::admit(&state.store, &keys, state.clock.seconds()).await? {
        Ok(lane) => lane,
        Err(seconds) => {
            tracing::info!(seconds, "login has to wait");
            sakerhet::login(state, Slag::InloggningVantar, whose, email).await?;
            let unit = if seconds == 1 { "sekund" } else { "sekunder" };
            return refused(format!("Vänta {seconds} {unit} och försök igen."));
        }
    };
    let right = match &found {
        Some(found) => timeout(PATIENCE, password::verify(password.to_owned(), found.password_hash.clone())).await,
        None => timeout(PATIENCE, password::verify_nobody(password.to_owned())).await.map(|()| false),
    };
    let Ok(right) = right else { return Ok(Checked::Busy) };
    let Some(found) = found.filter(|found| right && found.active) else {
        tracing::info!("login refused");
        sakerhet::login(state, Slag::InloggningNekad, whose, email).await?;
        return refused("E-postadressen eller lösenordet stämmer inte.".to_owned());
    };
    let mut tx = state.store.system(true).await?;
    throttle::forgive(&mut tx, &keys, lane).await?;
    if let Some(device) = keys.device()
        && store::device::logged_in(&mut tx, device, found.person, state.clock.seconds()).await?
    {
        let now = state.clock.now();
        store::sakerhet::write(&mut tx, now, Slag::InloggningNyEnhet, Some(found.person), "").await?;
    }
    tx.commit().await?;
    tracing::info!("login");
    Ok(Checked::Right(found))
}

/// `POST /logga-ut`: this device.
pub async fn log_out(State(state): State<AppState>, headers: HeaderMap, visitor: Visitor) -> Response {
    let done = async {
        if let Some(actor) = &visitor.actor {
            let mut tx = state.store.system(true).await?;
            store::utkast::replace(&mut tx, state.clock.today(), actor.person).await?;
            tx.commit().await?;
        }
        session::log_out(&visitor.session).await
    };
    match done.await {
        Ok(()) => las::forget(link::see_other(contract::LOG_IN)),
        Err(error) => plain::answer(&headers, &error),
    }
}

/// `POST /logga-ut-overallt`: every device of the person.
pub async fn log_out_everywhere(
    State(state): State<AppState>,
    headers: HeaderMap,
    visitor: Visitor,
    CurrentActor(actor): CurrentActor,
) -> Response {
    let done = async {
        let mut tx = state.store.write_own(&actor).await?;
        store::person::bump_epoch(&mut tx, state.clock.now(), actor.person).await?;
        tx.commit().await?;
        session::log_out(&visitor.session).await
    };
    match done.await {
        Ok(()) => las::forget(link::see_other(contract::LOG_IN)),
        Err(error) => plain::answer(&headers, &error),
    }
}
