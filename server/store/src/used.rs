//! Used: when a login was last used, and whether the content of cases is locked in it. In memory alone, so that no file tells
//! who was at work when an answer to an enkät came.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::session::{Idle, LoginState, Use};

/// By the hash of the session's id.
#[derive(Debug, Default)]
pub struct Used(Mutex<HashMap<String, Use>>);

impl Used {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Use>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request of a session. `row`: what the database holds, for a server that has just started.
    #[must_use]
    pub fn request(&self, id: &str, row: Use, now: i64, idle: Idle, by_somebody: bool) -> LoginState {
        self.known().entry(id.to_owned()).or_insert(row).request(now, idle, by_somebody)
    }

    /// A session has begun, or its person has given the password.
    pub fn unlock(&self, id: &str, now: i64) {
        self.known().entry(id.to_owned()).or_insert(Use { last: now, locked: false }).unlock(now);
    }

    /// It is used by somebody without a key or a touch: a meeting is shown.
    pub fn shown(&self, id: &str, now: i64) {
        if let Some(used) = self.known().get_mut(id) {
            used.last = used.last.max(now);
        }
    }

    /// The content of cases is hidden until the password is given.
    pub fn lock(&self, id: &str) {
        if let Some(used) = self.known().get_mut(id) {
            used.locked = true;
        }
    }

    /// Forgets what was last used before a moment.
    pub fn forget_before(&self, moment: i64) {
        self.known().retain(|_, used| used.last >= moment);
    }
}
