//! Live: the stream by which a browser hears which areas have changed. It holds no content and no node: whoever hears asks
//! anew and gets what they may see. Who hears what is for `domain::event` to say. One stream for each browser; its tabs
//! share it (`islands::live`).

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use domain::{
    apt::skarm::Skarm,
    event::{Changed, Seq, What},
    id::NodeId,
    organisation::Tree,
    permission::Area,
    person::Actor,
};
use futures_util::{Stream, stream};
use http::{HeaderMap, StatusCode, header};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{self, Instant},
};

use crate::{
    extract::{CurrentActor, Visitor},
    limits::{Holder, Place},
    plain,
    state::AppState,
    token,
};

/// Where the stream is.
pub const PATH: &str = islands::contract::EVENTS;
/// A stream ends after this, and the browser opens it again: with the roles that the person has by then.
const LIFE: Duration = Duration::from_mins(10);
/// A screen that was noted within so many minutes is not noted again.
const SEEN: i64 = 5;
/// Time between keep-alives on a stream without events. A proxy in between then keeps it open, and the browser can tell a dead
/// connection from a quiet one.
const ALIVE: Duration = Duration::from_secs(20);
/// Milliseconds before the browser reconnects; up to as much again is added at random, so that not all come at once.
const RETRY: u64 = 500;
/// Event data: anything may have changed.
const ANYTHING: &str = "*";
/// Event data: the stream is open. An event without data would not reach the page.
const OPEN: &str = "-";
/// Event data of the keep-alive. A comment would keep the connection open too, but does not reach the page.
const STILL: &str = ".";

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(PATH, get(stream)).route("/skarm/{token}/handelser", get(screen))
}

/// `GET /skarm/{token}/handelser`: the stream of a wall screen. `Gone` for a token that opens nothing.
async fn screen(State(state): State<AppState>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let hash = token::hash(&token);
    match state.store.screen(&hash).await {
        Ok((mut tx, skarm)) => match store::organisation::tree(&mut tx).await {
            Ok(tree) => {
                drop(tx);
                seen(&state, &skarm);
                let hash: Arc<[u8]> = hash.into();
                let place = state.limits.open(Holder::Screen(Arc::clone(&hash)), state.store.rates().times());
                answer(&state, &headers, Hears::Screen { hash, unit: skarm.node, tree }, place)
            }
            Err(error) => plain::answer(&headers, &error.into()),
        },
        Err(store::Error::NotFound) => StatusCode::GONE.into_response(),
        Err(error) => plain::answer(&headers, &error.into()),
    }
}

/// `GET /handelser`
async fn stream(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    // who is logged in has a session
    let session = visitor.session.id().map_or(0, |id| id.0);
    let place = state.limits.open(Holder::Session(session), state.store.rates().times());
    answer(&state, &headers, Hears::Person(actor), place)
}

/// Notes that a screen is there, beside its answer: it must not wait for the database. A stream is opened every ten minutes;
/// when all screens come back at the same moment those that were just noted are not noted again.
fn seen(state: &AppState, skarm: &Skarm) {
    let (now, id) = (state.clock.now(), skarm.id);
    if skarm.seen.is_some_and(|at| (now - at).num_minutes().abs() < SEEN) {
        return;
    }
    let store = state.store.clone();
    tokio::spawn(async move {
        let noted = async {
            let mut tx = store.system(true).await?;
            store::apt::skarm::seen(&mut tx, now, id).await?;
            tx.commit().await
        };
        if let Err(cause) = noted.await {
            tracing::warn!(%cause, "a screen could not be noted as seen");
        }
    });
}

fn answer(state: &AppState, headers: &HeaderMap, hears: Hears, place: Place) -> Response {
    let known = headers.get("last-event-id").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let listener = Listener::new(state, known.as_deref(), hears, place);
    let stream =
        Sse::new(listener.stream()).keep_alive(KeepAlive::new().interval(ALIVE).event(Event::default().data(STILL)));
    // a proxy that gathers before it sends, or packs, would make it late; the page notices one that does so all the same
    // (`islands::live`)
    ([("x-accel-buffering", "no"), (header::CACHE_CONTROL.as_str(), "no-store, no-transform")], stream).into_response()
}

/// The listener of a stream; decides which events it is sent.
#[derive(Clone, Debug)]
pub enum Hears {
    /// What the person may see anything of.
    Person(Arc<Actor>),
    /// What a wall screen may show.
    Screen {
        /// The hash of its token.
        hash: Arc<[u8]>,
        /// The unit whose results it shows.
        unit: NodeId,
        /// Where the unit lies.
        tree: Arc<Tree>,
    },
}

impl Hears {
    fn hears(&self, what: What) -> bool {
        match self {
            Self::Person(actor) => what.is_for(actor),
            Self::Screen { unit, tree, .. } => what.is_for_screen(tree, *unit),
        }
    }

    /// The id of an event, or of a page: nobody sees those counted that they do not hear of.
    fn id(&self, state: &AppState, seq: &Seq) -> String {
        match self {
            Self::Person(actor) => id_for(state, seq, Some(actor)),
            Self::Screen { .. } => id_for(state, seq, None),
        }
    }
}

/// One who listens.
pub struct Listener {
    state: AppState,
    changes: broadcast::Receiver<Changed>,
    hears: Hears,
    /// Given to another when the same holder opens too many.
    place: Place,
    /// Sent before the first event is waited for.
    first: Option<Event>,
    until: Instant,
}

impl Listener {
    /// `known`: the id of the last event that the browser has heard, from this server or another.
    #[must_use]
    pub fn new(state: &AppState, known: Option<&str>, hears: Hears, place: Place) -> Self {
        // first listen, then ask how far it has come: what happens in between is heard twice rather than not at all
        let changes = state.store.subscribe();
        let now = hears.id(state, &state.store.seq());
        let text = if known.is_some_and(|known| known != now) { ANYTHING } else { OPEN };
        let [chance] = domain::random::bytes();
        let jitter = u64::from(chance) * RETRY / 255;
        let first = Event::default().id(now).retry(Duration::from_millis(RETRY + jitter)).data(text);
        Self { state: state.clone(), changes, hears, place, first: Some(first), until: Instant::now() + LIFE }
    }

    /// The events, until the stream is old or the server stops.
    pub fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut listener| async move {
            let event = listener.next().await?;
            Some((Ok(event), listener))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let mut stopping = self.state.stopping.subscribe();
        loop {
            let heard = tokio::select! {
                heard = self.changes.recv() => heard,
                () = time::sleep_until(self.until) => return None,
                () = self.place.taken() => return None,
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            };
            let (what, seq) = match heard {
                Ok(Changed { what, seq }) => (what, seq),
                Err(RecvError::Lagged(_)) => (What::Anything, self.state.store.seq()),
                Err(RecvError::Closed) => return None,
            };
            // a screen whose address was taken back hears nothing more; the browser asks again and is told
            if let (Hears::Screen { hash, .. }, What::In(Area::Apt, _)) = (&self.hears, what)
                && self.state.store.screen(hash).await.is_err()
            {
                return None;
            }
            if self.hears.hears(what) {
                let told = match what {
                    What::Anything => ANYTHING,
                    What::In(area, _) | What::Public(area) => area.code(),
                };
                return Some(Event::default().id(self.hears.id(&self.state, &seq)).data(told));
            }
        }
    }
}

/// The id of the last event as a person, or somebody without login, may know it. The number alone would mean something
/// else after a restart, or on another server.
#[must_use]
pub fn id_for(state: &AppState, seq: &Seq, actor: Option<&Actor>) -> String {
    format!("{}-{}", state.started, seq.seen(actor))
}
