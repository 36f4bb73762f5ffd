//! Sessions: kept in the database under a hash of what the cookie holds, alive eight hours after the last request.
//! A visitor who is not logged in has no session until there is something to keep for them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use domain::{field::at_most, id::PersonId, person::Actor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::Store;
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
    error::AppError,
    flash::{Flash, Submitted},
};

use crate::{
    clock::Clock,
    state::{AppState, Settings},
};

/// How long a login lasts without a request.
const IDLE: Duration = Duration::hours(8);
/// How long something is kept for a visitor who is not logged in.
const ANONYMOUS: Duration = Duration::hours(1);
/// A session is not written at every request, only when this many seconds have passed; and the time in it is a whole
/// hour. Who has the database cannot tell from it who was at work when an answer to an enkät came.
const TOUCH: i64 = 3_600;

const LOGIN: &str = "login";
const FLASH: &str = "flash";
const KEPT: &str = "kept";

/// Who is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Login {
    person: PersonId,
    /// The person's epoch at login; "logga ut överallt" raises the person's and leaves this behind.
    epoch: i64,
    /// When the session was last written, in seconds.
    seen: i64,
}

/// A form that waits for its writer to log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    submitted: Submitted,
    /// Whose session it was, where that is known: on a shared computer nobody else gets to see it.
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
            .with_expiry(Expiry::OnInactivity(IDLE))
    }

    async fn write(&self, record: &Record, is_new: bool) -> store::Result<()> {
        let data = serde_json::to_string(&record.data).unwrap_or_default();
        let id = hashed(&record.id);
        let mut tx = self.store.system(true).await?;
        // a session that was ended while this request ran stays ended
        if !is_new && store::session::get(&mut tx, &id, self.clock.seconds()).await?.is_none() {
            return Ok(());
        }
        // up to the next whole hour: a session lives a little longer and does not tell when it was last written
        let expires = whole_hour(record.expiry_date.unix_timestamp() + TOUCH - 1);
        store::session::save(&mut tx, &id, &data, expires).await?;
        tx.commit().await
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
        self.write(record, false).await.map_err(backend)
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

/// The person of the session, unless deactivated or logged out everywhere since. Keeps the session alive.
pub async fn actor(state: &AppState, session: &Session) -> Result<Option<Arc<Actor>>, AppError> {
    let Some(login) = session.get::<Login>(LOGIN).await.map_err(failed)? else { return Ok(None) };
    let mut tx = state.store.system(false).await?;
    let actor = store::person::actor(&mut tx, login.person, login.epoch).await?;
    drop(tx);
    let now = state.clock.seconds();
    if actor.is_some() && (now - login.seen).abs() >= TOUCH {
        session.insert(LOGIN, Login { seen: whole_hour(now), ..login }).await.map_err(failed)?;
    }
    Ok(actor)
}

/// Logs a person in, under a new id, with what waited for the login.
pub async fn log_in(session: &Session, person: PersonId, epoch: i64, now: i64) -> Result<(), AppError> {
    let kept = session.get::<Kept>(KEPT).await.map_err(failed)?;
    session.clear().await;
    if let Some(kept) = kept.filter(|k| k.owner.is_none_or(|owner| owner == person)) {
        let flash = Flash { submitted: Some(kept.submitted), toast: None };
        session.insert(FLASH, flash).await.map_err(failed)?;
    }
    session.insert(LOGIN, Login { person, epoch, seen: whole_hour(now) }).await.map_err(failed)?;
    session.set_expiry(Some(Expiry::OnInactivity(IDLE)));
    session.cycle_id().await.map_err(failed)
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
    let login = Login { person, epoch: found.session_epoch, seen: whole_hour(state.clock.seconds()) };
    session.insert(LOGIN, login).await.map_err(failed)?;
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

/// Keeps a form until its writer has logged in. `false` when too much is kept already.
pub async fn keep(state: &AppState, session: &Session, submitted: Submitted) -> Result<bool, AppError> {
    let submitted = bounded(submitted);
    if !state.budget.takes(size(Some(&submitted)), state.clock.seconds()) {
        return Ok(false);
    }
    let owner = session.get::<Login>(LOGIN).await.map_err(failed)?.map(|login| login.person);
    session.insert(KEPT, Kept { submitted, owner }).await.map_err(failed)?;
    session.set_expiry(Some(Expiry::OnInactivity(ANONYMOUS)));
    Ok(true)
}

/// Takes what was left for this page. A session that then holds nothing is ended.
pub async fn take(session: &Session) -> Result<Flash, AppError> {
    let Some(flash) = session.get::<Flash>(FLASH).await.map_err(failed)? else { return Ok(Flash::default()) };
    session.remove_value(FLASH).await.map_err(failed)?;
    let in_use = session.get_value(LOGIN).await.map_err(failed)?.is_some()
        || session.get_value(KEPT).await.map_err(failed)?.is_some();
    if !in_use {
        log_out(session).await?;
    }
    Ok(flash)
}

/// With no more faults than are told of at once.
fn bounded(submitted: Submitted) -> Submitted {
    Submitted { errors: at_most(submitted.errors), ..submitted }
}

fn whole_hour(seconds: i64) -> i64 {
    seconds - seconds.rem_euclid(TOUCH)
}

pub(crate) fn failed(error: Error) -> AppError {
    let reference = crate::logging::reference();
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

    /// Whether so much more is taken.
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
