//! Sessions: kept in the database under a hash of what the cookie holds. How long a login lasts is said in `domain::session`;
//! when it was last used is in the memory of the server (`store::Used`). A visitor who is not logged in has no session until
//! there is something to keep for them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use chrono::NaiveDate;
use domain::{
    field::at_most,
    id::PersonId,
    person::Actor,
    session::{LONGEST, LoginState, REMEMBERED, Use, device_words, step_of},
};
use http::{HeaderMap, Method, header, request::Parts};
use islands::contract;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Store, session::Owner};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::{
        SameSite,
        time::{Duration, OffsetDateTime},
    },
    session::{Error, Id, Record},
    session_store,
};
use ui::{
    ctx,
    error::AppError,
    flash::{Flash, Submitted},
};

use crate::{
    clock::Clock,
    plain, renamed,
    state::{AppState, Settings},
};

/// How long a browser keeps the cookie: as long as the row, which outlives its login.
const COOKIE: Duration = Duration::seconds(LONGEST + REMEMBERED);
/// How long something is kept for a visitor who is not logged in.
const ANONYMOUS: Duration = Duration::hours(1);
/// The moments in a row are whole hours: who has the database cannot tell from it who was at work when an answer to an enkät
/// came.
const HOUR: i64 = 3_600;
const LOGIN: &str = "login";
const FLASH: &str = "flash";
const KEPT: &str = "kept";

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Login {
    person: PersonId,
    /// The person's epoch at login; "logga ut överallt" raises the person's and leaves this behind.
    epoch: i64,
    /// When it was last used, at the beginning of its step.
    seen: i64,
    /// The hour in which it began. One from before this was known has ended.
    #[serde(default)]
    at: i64,
    /// Whether the content of cases was locked.
    #[serde(default)]
    locked: bool,
    /// Browser and system.
    #[serde(default)]
    device: String,
    /// The day in Sweden.
    since: Option<NaiveDate>,
}

impl Login {
    /// When it ends at the latest. Up to an hour early, as it is not known when in the hour it began.
    fn ends_at(&self) -> i64 {
        self.at + LONGEST
    }

    fn owner(&self) -> Option<Owner> {
        let (person, epoch, device) = (self.person, self.epoch, self.device.clone());
        Some(Owner { person, epoch, device, since: self.since?, ends_at: self.ends_at() })
    }
}

/// A form that waits for its writer to log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct WaitingForm {
    submitted: Submitted,
    /// Whose session it was: on a shared computer nobody else gets to see it.
    owner: Option<PersonId>,
}

/// The sessions of the database.
#[derive(Clone, Debug)]
pub struct Sessions {
    store: Store,
    clock: Clock,
}

impl Sessions {
    /// The layer that gives every request its session.
    #[must_use]
    pub fn layer(state: &AppState) -> SessionManagerLayer<Self> {
        let sessions = Self { store: state.store.clone(), clock: state.clock };
        SessionManagerLayer::new(sessions)
            .with_name(cookie_name(&state.settings))
            .with_same_site(SameSite::Lax)
            .with_secure(state.settings.https())
            .with_expiry(Expiry::OnInactivity(COOKIE))
    }

    async fn write(&self, record: &Record, is_new: bool) -> store::Result<()> {
        let data = serde_json::to_string(&record.data).unwrap_or_default();
        let login = record.data.get(LOGIN).and_then(|login| serde_json::from_value::<Login>(login.clone()).ok());
        let id = hashed(&record.id);
        let mut tx = self.store.system(true).await?;
        // a session that was ended while this request ran stays ended
        if !is_new && store::session::get(&mut tx, &id, self.clock.seconds()).await?.is_none() {
            return Ok(());
        }
        let expires = match &login {
            Some(login) => login.ends_at() + REMEMBERED,
            // up to the next whole hour: it lives a little longer and does not tell when it was last written
            None => step_of(record.expiry_date.unix_timestamp() + HOUR - 1, HOUR),
        };
        let owner = login.as_ref().and_then(Login::owner);
        if is_new {
            store::session::save_of(&mut tx, &id, &data, expires, owner.as_ref()).await?;
        } else if !store::session::keep_of(&mut tx, &id, &data, expires, owner.as_ref()).await? {
            // ended while this request was under way
            return Ok(());
        }
        tx.commit().await?;
        if is_new && login.is_some() {
            self.store.used().unlock(&id, self.clock.seconds());
        }
        Ok(())
    }

    async fn read(&self, id: &Id) -> store::Result<Option<(String, i64)>> {
        let mut tx = self.store.system(false).await?;
        store::session::get(&mut tx, &hashed(id), self.clock.seconds()).await
    }

    async fn end(&self, id: &Id) -> store::Result<()> {
        let mut tx = self.store.system(true).await?;
        store::session::delete(&mut tx, &hashed(id)).await?;
        tx.commit().await
    }
}

#[async_trait::async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // 128 random bits: no need to look whether the id is taken
        self.write(record, true).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        match self.write(record, false).await {
            // what the toast would say is done and saved: without it, and not as if it had failed
            Err(store::Error::Busy | store::Error::Unreached | store::Error::Unsure)
                if leaves_a_toast_alone(record) =>
            {
                tracing::warn!("a toast was lost: there was no connection to the database in time");
                Ok(())
            }
            written => written.map_err(backend),
        }
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let Some((data, expires_at)) = self.read(id).await.map_err(backend)? else { return Ok(None) };
        let data: HashMap<String, Value> =
            serde_json::from_str(&data).map_err(|e| session_store::Error::Decode(e.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(expires_at).map_err(|e| session_store::Error::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.end(id).await.map_err(backend)
    }
}

fn leaves_a_toast_alone(record: &Record) -> bool {
    let flash = record.data.get(FLASH).and_then(|flash| serde_json::from_value::<Flash>(flash.clone()).ok());
    flash.is_some_and(|flash| flash.toast.is_some() && flash.submitted.is_none())
}

fn backend(error: store::Error) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

/// What the database knows a session by: a copy of the table opens none.
fn hashed(id: &Id) -> String {
    format!("{:x}", Sha256::digest(id.0.to_le_bytes()))
}

/// The name of the cookie. With the prefix, browsers take it from this host and over https only.
#[must_use]
pub fn cookie_name(settings: &Settings) -> &'static str {
    if settings.https() { "__Host-kvalitet_session" } else { "kvalitet_session" }
}

/// How somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks {
    /// Whether somebody is there: a page that is opened, a form that is sent. What a page asks for by itself is no use.
    pub by_somebody: bool,
    /// Whether the hour of it may be written to the database.
    pub noted: bool,
}

impl Asks {
    /// Reads it from the headers and path of a request.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let (headers, path) = (&parts.headers, parts.uri.path());
        let says =
            |name: &str, word: &str| headers.get(name).is_some_and(|v| v.to_str().is_ok_and(|v| v.contains(word)));
        let by_itself = headers.contains_key(contract::BACKGROUND) || is_ahead(headers) || path == crate::live::PATH;
        let asked = match parts.method {
            Method::POST => true,
            // browsers say what a page is opened with; without it, that a page is wanted has to do
            Method::GET => {
                plain::wants_html(headers)
                    && (!headers.contains_key("sec-fetch-mode") || says("sec-fetch-mode", "navigate"))
            }
            _ => false,
        };
        // an answer to an enkät leaves no trace of when its writer was at work
        let entry =
            path.starts_with("/enkater/") && ["/svara", "/angra", "/klistra"].iter().any(|end| path.ends_with(end));
        Self { by_somebody: asked && !by_itself, noted: !entry }
    }
}

/// Whether the browser asks before anybody looks.
#[must_use]
pub fn is_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose"]
        .iter()
        .any(|name| headers.get(*name).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("prefetch")))
}

/// The person of the session and how the login stands, unless it has ended: deactivated, logged out everywhere since, not used
/// for too long, or made too long ago.
pub async fn actor(
    state: &AppState,
    session: &Session,
    asks: Asks,
) -> Result<Option<(Arc<Actor>, ctx::Login)>, AppError> {
    let Some(login) = session.get::<Login>(LOGIN).await.map_err(failed)? else { return Ok(None) };
    let Some(id) = session.id().map(|id| hashed(&id)) else { return Ok(None) };
    let (now, idle) = (state.clock.seconds(), state.settings.idle);
    if now >= login.ends_at() {
        return Ok(None);
    }
    state.store.is_day(state.clock.today());
    let mut tx = state.store.system(false).await?;
    let actor = store::person::actor(&mut tx, login.person, login.epoch).await?;
    drop(tx);
    let Some(actor) = actor else { return Ok(None) };
    // a server that has just started knows the step, and gives the benefit of it
    let row = Use { last: now.min(login.seen + idle.step()), locked: login.locked };
    let LoginState::Alive { locked } = state.store.used().request(&id, row, now, idle, asks.by_somebody) else {
        return Ok(None);
    };
    let seen = if asks.by_somebody && asks.noted { step_of(now, idle.step()) } else { login.seen };
    let left = login.ends_at() - now;
    if seen != login.seen || locked != login.locked {
        session.insert(LOGIN, Login { seen, locked, ..login }).await.map_err(failed)?;
    }
    Ok(Some((actor, ctx::Login { session: id, left, locked, now })))
}

/// Logs a person in, under a new id, with what waited for the login. `headers`: of the browser, for the person's own list.
pub async fn log_in(
    state: &AppState,
    session: &Session,
    headers: &HeaderMap,
    person: PersonId,
    epoch: i64,
) -> Result<(), AppError> {
    let kept = session.get::<WaitingForm>(KEPT).await.map_err(failed)?;
    let before = session.get::<Login>(LOGIN).await.map_err(failed)?;
    let left = session.get::<Flash>(FLASH).await.map_err(failed)?;
    session.clear().await;
    // a form is shown to its writer alone; of one whose writer is not known nobody can say who that is
    let own = kept.filter(|k| k.owner == Some(person)).map(|k| Flash { submitted: Some(k.submitted), toast: None });
    let of_login = |flash: &Flash| flash.submitted.as_ref().is_none_or(|s| s.action == contract::LOG_IN);
    let left = left.filter(|flash| !of_login(flash) && before.is_some_and(|login| login.person == person));
    if let Some(flash) = own.or(left) {
        session.insert(FLASH, flash).await.map_err(failed)?;
    }
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let now = state.clock.seconds();
    let login = Login {
        person,
        epoch,
        seen: step_of(now, state.settings.idle.step()),
        at: step_of(now, HOUR),
        locked: false,
        device: device_words(agent),
        since: Some(state.clock.today()),
    };
    session.insert(LOGIN, login).await.map_err(failed)?;
    session.set_expiry(Some(Expiry::OnInactivity(COOKIE)));
    session.cycle_id().await.map_err(failed)
}

/// The person has given the password: the content of cases is there again.
pub async fn unlock(state: &AppState, session: &Session) -> Result<(), AppError> {
    if let Some(id) = session.id() {
        state.store.used().unlock(&hashed(&id), state.clock.seconds());
    }
    match session.get::<Login>(LOGIN).await.map_err(failed)? {
        Some(login) if login.locked => session.insert(LOGIN, Login { locked: false, ..login }).await.map_err(failed),
        _ => Ok(()),
    }
}

/// The content of cases is hidden until the password is given.
pub async fn lock(state: &AppState, session: &Session) -> Result<(), AppError> {
    if let Some(id) = session.id() {
        state.store.used().lock(&hashed(&id));
    }
    match session.get::<Login>(LOGIN).await.map_err(failed)? {
        Some(login) if !login.locked => session.insert(LOGIN, Login { locked: true, ..login }).await.map_err(failed),
        _ => Ok(()),
    }
}

/// Ends the session.
pub async fn log_out(session: &Session) -> Result<(), AppError> {
    if session.id().is_some() { session.flush().await.map_err(failed) } else { Ok(()) }
}

/// The epoch was raised by the person's own doing, as with a new password: this session goes on.
pub async fn follow_epoch(state: &AppState, session: &Session, person: PersonId) -> Result<(), AppError> {
    let mut tx = state.store.system(false).await?;
    let email = store::person::get(&mut tx, person).await?.email;
    let found = store::person::credentials(&mut tx, &email).await?.ok_or(AppError::LoggedOut)?;
    drop(tx);
    let login = session.get::<Login>(LOGIN).await.map_err(failed)?.ok_or(AppError::LoggedOut)?;
    session.insert(LOGIN, Login { epoch: found.session_epoch, ..login }).await.map_err(failed)?;
    session.cycle_id().await.map_err(failed)
}

/// Leaves something for the next page.
pub async fn leave(state: &AppState, session: &Session, flash: Flash, logged_in: bool) -> Result<(), AppError> {
    let flash = Flash { submitted: flash.submitted.map(bounded), ..flash };
    if !logged_in && !state.budget.takes(size(flash.submitted.as_ref()), state.clock.seconds()) {
        return Ok(());
    }
    session.insert(FLASH, flash).await.map_err(failed)?;
    if !logged_in {
        session.set_expiry(Some(Expiry::OnInactivity(ANONYMOUS)));
    }
    Ok(())
}

/// Whether it is known whose session this is or was: then a form that comes too late waits for its writer.
pub async fn writer_is_known(session: &Session) -> Result<bool, AppError> {
    Ok(session.get_value(LOGIN).await.map_err(failed)?.is_some())
}

/// Keeps a form until its writer has logged in. `false` when it is not known who that is: on a shared computer the next to log
/// in may be somebody else; and when too much is kept already.
pub async fn keep(state: &AppState, session: &Session, submitted: Submitted) -> Result<bool, AppError> {
    let owner = session.get::<Login>(LOGIN).await.map_err(failed)?.map(|login| login.person);
    if owner.is_none() {
        return Ok(false);
    }
    let submitted = bounded(submitted);
    if !state.budget.takes(size(Some(&submitted)), state.clock.seconds()) {
        return Ok(false);
    }
    session.insert(KEPT, WaitingForm { submitted, owner }).await.map_err(failed)?;
    session.set_expiry(Some(Expiry::OnInactivity(ANONYMOUS)));
    Ok(true)
}

/// Takes what was left for this page. A session that then holds nothing is ended. `logged_in`: what was left in a login that has
/// ended is for its person, who may not be the one who looks; the login page takes what is its own.
pub async fn take(session: &Session, logged_in: bool) -> Result<Flash, AppError> {
    let Some(mut flash) = session.get::<Flash>(FLASH).await.map_err(failed)? else { return Ok(Flash::default()) };
    let login = session.get_value(LOGIN).await.map_err(failed)?.is_some();
    if login && !logged_in {
        flash.toast = None;
        if flash.submitted.as_ref().is_none_or(|s| !matches!(s.action.as_str(), contract::LOG_IN | "/start")) {
            return Ok(Flash::default());
        }
    }
    // the page knows its form by the name that it has now
    if let Some(submitted) = &mut flash.submitted
        && let Some(now) = renamed::path(&submitted.action)
    {
        submitted.action = now;
    }
    session.remove_value(FLASH).await.map_err(failed)?;
    if !login && session.get_value(KEPT).await.map_err(failed)?.is_none() {
        log_out(session).await?;
    }
    Ok(flash)
}

/// With no more faults than are told of at once.
fn bounded(submitted: Submitted) -> Submitted {
    Submitted { errors: at_most(submitted.errors), ..submitted }
}

pub(crate) fn failed(error: Error) -> AppError {
    // the layer of sessions hands on the words of an error alone
    if let Error::Store(session_store::Error::Backend(words)) = &error {
        for not_now in [store::Error::Busy, store::Error::Unreached, store::Error::Unsure] {
            if *words == not_now.to_string() {
                return not_now.into();
            }
        }
    }
    let reference = domain::random::reference();
    tracing::error!(reference, cause = %error, "session could not be read or written");
    AppError::Internal(reference)
}

fn size(submitted: Option<&Submitted>) -> usize {
    submitted.map_or(0, |s| s.fields.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>()) + 1_000
}

/// How much text is kept for visitors who are not logged in: enough for everybody whose session ended in the middle of
/// a form, and not enough to fill the disk.
#[derive(Debug, Default)]
pub struct AnonymousBudget {
    /// The hour, and the bytes taken in it.
    used: Mutex<(i64, usize)>,
}

impl AnonymousBudget {
    const BYTES_PER_HOUR: usize = 64 * 1024 * 1024;

    /// Whether so many bytes still have room in this hour; if so they are counted.
    pub fn takes(&self, bytes: usize, now: i64) -> bool {
        let hour = now / 3_600;
        let mut used = self.used.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if used.0 != hour {
            *used = (hour, 0);
        }
        let fits = used.1 + bytes <= Self::BYTES_PER_HOUR;
        if fits {
            used.1 += bytes;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_cannot_fill_the_disk_with_what_is_kept_for_them() {
        let budget = AnonymousBudget::default();
        let taken = (0..100).filter(|_| budget.takes(1024 * 1024, 7_200)).count();
        assert_eq!(taken, 64);
        assert!(budget.takes(1024 * 1024, 10_800), "the next hour begins anew");
    }

    #[test]
    fn the_database_does_not_hold_what_the_cookie_holds() {
        let id = Id::default();
        assert_eq!(hashed(&id).len(), 64);
        assert!(!hashed(&id).contains(&id.to_string()));
    }
}
