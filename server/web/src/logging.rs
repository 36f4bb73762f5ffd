//! The log: one line per request with its id, method, path without query, status and time. No names, no addresses, no
//! bodies. Readable in a terminal, JSON lines elsewhere. Goes to standard error; standard out is for answers.

use std::{io::IsTerminal, time::Instant};

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue};
use tracing::Instrument;
use tracing_subscriber::EnvFilter;

/// The response header with the id that the log has.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts the log. A filter that cannot be read gives the text of its fault.
pub fn init(filter: &str) -> Result<(), String> {
    // a cookie from yesterday is no suspicious activity, whatever tower-sessions warns
    let quieter = format!("tower_sessions_core=error,tower_sessions=error,{filter}");
    let filter = EnvFilter::try_new(quieter).map_err(|e| format!("filtret för loggen kan inte läsas: {e}"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = if std::io::stderr().is_terminal() {
        log.with_target(false).try_init()
    } else {
        log.json().flatten_event(true).with_span_list(false).try_init()
    };
    done.map_err(|e| e.to_string())
}

/// The path of a wall screen holds what opens it.
fn without_token(path: &str) -> &str {
    // however it is written: one that is mistyped is logged too
    if path.contains("skarm/") { "/skarm/…" } else { path }
}

/// Gives the request an id, and logs it when it is answered.
pub async fn request(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = domain::random::reference();
    let method = request.method().clone();
    // the query may hold what somebody searched for
    let path = without_token(request.uri().path()).to_owned();
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_secs_f64() * 1_000.0);
    let _entered = span.enter();
    if response.status().is_server_error() {
        tracing::error!(%method, path, status, ms, "answered");
    } else {
        tracing::info!(%method, path, status, ms, "answered");
    }
    response
}
