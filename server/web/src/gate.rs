//! Gate: what is known of a request before its body is received. Who sends nothing that we know is answered at once, whatever
//! they would have sent; a person writes so often and no oftener; and a body comes in time or not at all. Every route that
//! takes a body lies behind this, a new one too. What the person may do in detail is asked at the door of the transaction.

use std::{error::Error, fmt, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::Response,
};
use domain::rate::Kind;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, Method, header, request::Parts};
use islands::contract;
use server_fn::ServerFn;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, timeout_at},
};
use ui::{
    apt::TV,
    cookie,
    error::AppError,
    forslag,
    konto::api::{SetKeys, SetTheme},
};

use crate::{
    extract::Visitor,
    form::FORM_MAX,
    link, plain, session,
    state::{AppState, Settings},
    utloggad,
};

/// Paths that take a body from anybody, without a login.
const OPEN: [&str; 6] = [contract::LOG_IN, contract::LOG_OUT, "/start", TV, SetTheme::PATH, SetKeys::PATH];
/// The largest of these, in bytes.
const OPEN_MAX: u64 = 64 * 1024;
/// The largest file, in bytes, of somebody who has been logged out that is received and thrown away.
const FILE_MAX: u64 = 16 * 1024 * 1024;
/// How many forms of people who have been logged out are received at a time, each of at most [`FORM_MAX`] bytes.
static LATE: Semaphore = Semaphore::const_new(8);
/// On a device that has been logged in on: its forms are received after the session has ended, so that nothing typed is
/// lost. Says nothing else, and holds longer than any session.
const KNOWN: &str = "kvalitet_kand";
const KNOWN_DAYS: i64 = 180;

/// How long a body may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The head of a request, and the silence before it on a connection that is kept open.
    pub head: Duration,
    /// The silence within a body.
    pub idle: Duration,
    /// A whole body.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        // ten megabytes over a slow phone take two minutes
        Self { head: Duration::from_secs(15), idle: Duration::from_secs(15), whole: Duration::from_mins(5) }
    }
}

/// The person has written so much that this is not to be done now; the seconds to wait. Left on the request where what was
/// typed is to be given back in the page.
#[derive(Clone, Copy, Debug)]
pub struct Hasty(pub u32);

/// Lets a request in, or answers it.
pub async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let function = parts.uri.path().starts_with("/api/");
    if reads(&parts.method) && !function {
        let new =
            visitor.actor.is_some() && plain::wants_html(&parts.headers) && !is_known(&parts.headers, &state.settings);
        let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
        if new {
            remember(response.headers_mut(), &state.settings);
        }
        return response;
    }
    let size = body.size_hint().upper();
    // held until the form has been answered
    let place = match &visitor.actor {
        Some(actor) if counts(&parts) => {
            match state.store.rates().take((Kind::Write, 1), actor.person, state.clock.seconds()) {
                Ok(taken) => taken.keep(),
                Err(seconds) => {
                    tracing::warn!(seconds, "a person who writes very often has to wait");
                    if !gives_back(&parts) {
                        return plain::answer(&parts.headers, &AppError::Wait(seconds));
                    }
                    parts.extensions.insert(Hasty(seconds));
                }
            }
            None
        }
        Some(_) => None,
        None if OPEN.contains(&parts.uri.path()) => {
            if size.is_none_or(|size| size > OPEN_MAX) {
                return plain::too_large(&parts.headers);
            }
            None
        }
        None => match late(&parts, &state.settings) {
            Some(place) if size.is_some_and(|size| size <= FORM_MAX as u64) => Some(place),
            place => {
                if let Some(place) = place.filter(|_| size.is_some_and(|size| size <= FILE_MAX)) {
                    throw_away(body, state.limits.patience, place);
                }
                return log_in_first(&state, &parts, &visitor).await;
            }
        },
    };
    let response = next.run(Request::from_parts(parts, in_time(body, state.limits.patience))).await;
    drop(place);
    response
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a request writes: all do but those that are asked by what a page shows.
fn counts(parts: &Parts) -> bool {
    let name = parts.uri.path().strip_prefix("/api/").unwrap_or_default();
    !name.starts_with("get_") && !name.starts_with("list_") && !parts.uri.path().starts_with("/logga-")
}

/// Whether the handler answers a form with what was typed in it.
fn gives_back(parts: &Parts) -> bool {
    let path = parts.uri.path();
    plain::wants_html(&parts.headers)
        && (path.starts_with("/api/")
            || path.ends_with("/svara")
            || path.ends_with("/klistra")
            || path == forslag::PATH)
}

/// A place for a form of somebody whose session has ended: of a device that has been logged in on.
fn late(parts: &Parts, settings: &Settings) -> Option<SemaphorePermit<'static>> {
    let known = is_known(&parts.headers, settings) || has_cookie(&parts.headers, session::cookie_name(settings));
    // a program keeps what it sends
    if !known || !plain::wants_html(&parts.headers) {
        return None;
    }
    LATE.try_acquire().ok()
}

/// Receives a file from a device that has been logged in on, and keeps nothing of it: a browser reads our answer only when it
/// has been allowed to send its file.
fn throw_away(body: Body, patience: Patience, place: SemaphorePermit<'static>) {
    tokio::spawn(async move {
        let mut rest = in_time(body, patience).into_data_stream();
        while let Some(Ok(_)) = rest.next().await {}
        drop(place);
    });
}

/// The answer to somebody who is not logged in. Nothing of what they send is received.
async fn log_in_first(state: &AppState, parts: &Parts, visitor: &Visitor) -> Response {
    if !plain::wants_html(&parts.headers) {
        return plain::answer(&parts.headers, &AppError::LoggedOut);
    }
    let back = link::referer(&parts.headers, state.settings.public_url.as_deref());
    utloggad::not_received(state, &visitor.session, back.as_deref())
        .await
        .unwrap_or_else(|error| plain::answer(&parts.headers, &error))
}

fn known_name(settings: &Settings) -> String {
    if settings.https() { format!("__Host-{KNOWN}") } else { KNOWN.to_owned() }
}

fn is_known(headers: &HeaderMap, settings: &Settings) -> bool {
    has_cookie(headers, &known_name(settings))
}

fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    cookie::sent(headers).any(|cookie| cookie.name() == name)
}

fn remember(headers: &mut HeaderMap, settings: &Settings) {
    if let Some(cookie) = cookie::kept(&known_name(settings), "ja", KNOWN_DAYS * 24 * 3_600) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// The body took too long.
#[derive(Debug)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body did not come in time")
    }
}

impl Error for TooSlow {}

/// A body that ends with [`TooSlow`] when nothing comes for a while, or when it takes too long altogether.
fn in_time(body: Body, patience: Patience) -> Body {
    let until = Instant::now() + patience.whole;
    Body::from_stream(stream::unfold(Some(body.into_data_stream()), move |rest| async move {
        let mut rest = rest?;
        let next = timeout_at(until.min(Instant::now() + patience.idle), rest.next()).await;
        match next {
            Ok(Some(Ok(bytes))) => Some((Ok(bytes), Some(rest))),
            Ok(Some(Err(error))) => Some((Err(axum::BoxError::from(error)), None)),
            Ok(None) => None,
            Err(_) => Some((Err(TooSlow.into()), None)),
        }
    }))
}

/// Whether a body could not be read because it came too slowly.
#[must_use]
pub fn was_slow(error: &axum::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return true;
        }
        cause = error.source();
    }
    false
}
