//! Browser: whether something is on its way, what the line over the table says of it, and when what did not arrive is sent again.

use std::{cell::Cell, time::Duration};

use islands::{dom::document, error::AppError};
use leptos::prelude::*;

use super::Words;

/// How often a table asks for what others have written.
pub const ASK: Duration = Duration::from_millis(2_500);
/// How long after a failure it tries again; longer each time, up to four times this.
const RETRY: Duration = Duration::from_secs(3);

/// The saving of one table.
pub struct Saving {
    words: RwSignal<Words>,
    /// Something is on its way.
    pub busy: Cell<bool>,
    /// Nothing can be saved here any more.
    over: Cell<bool>,
    /// A question about what others have written is under way; it does not keep one's own from being saved.
    asking: Cell<bool>,
    failures: Cell<u32>,
}

impl Saving {
    /// Of a table whose line shows these words.
    pub fn new(words: RwSignal<Words>) -> Self {
        Self { words, busy: Cell::new(false), over: Cell::new(false), asking: Cell::new(false), failures: Cell::new(0) }
    }

    /// Puts a sentence on the line; `wrong` when something is not saved.
    pub fn say(&self, text: impl Into<String>, wrong: bool) {
        self.put(Words { text: text.into(), wrong, out: false });
    }

    fn put(&self, words: Words) {
        if self.words.with_untracked(|w| *w != words) {
            self.words.set(words);
        }
    }

    /// Whether what waits can be sent now: nothing is on its way, and this is still where it is saved.
    pub fn is_free(&self) -> bool {
        !self.busy.get() && !self.over.get()
    }

    /// Nothing can be saved here any more: what there is to say of it stands elsewhere.
    pub fn end(&self) {
        self.over.set(true);
    }

    /// What was sent is on the server.
    pub fn arrived(&self) {
        self.failures.set(0);
    }

    /// Says that `what` is not saved and why, and gives when it is to be sent again; none when that would be in vain. `closed` is said to whoever
    /// may not write here any longer.
    pub fn failed(&self, error: &AppError, what: &str, closed: &str) -> Option<Duration> {
        let mut wait = None;
        match error {
            AppError::Wait(seconds) => {
                wait = Some(Duration::from_secs((*seconds).into()));
                self.say(format!("{what}, och sparas om en stund."), false);
            }
            AppError::LoggedOut => {
                let text = format!("{what}. Du är utloggad: logga in i en ny flik, så sparas det här.");
                self.put(Words { text, wrong: true, out: true });
            }
            AppError::Forbidden | AppError::NotFound => {
                self.end();
                self.say(closed, true);
                return None;
            }
            // it is answered the same however often it is sent
            AppError::Invalid(_) => {
                self.end();
                self.say(error.message(), true);
                return None;
            }
            AppError::Conflict(why) => self.say(format!("{what} än, nytt försök strax. {why}"), true),
            _ => self.say(format!("{what} än. Servern nås inte, nytt försök strax."), true),
        }
        let times = self.failures.get().min(3) + 1;
        self.failures.set(times);
        Some(wait.unwrap_or(RETRY * times))
    }

    /// Whether to ask what others have written: the page is seen, and nothing of one's own is under way. `asked` ends it.
    pub fn may_ask(&self) -> bool {
        let may = !document().hidden() && self.is_free() && !self.asking.get();
        self.asking.set(self.asking.get() || may);
        may
    }

    /// What was asked is answered, or was not.
    pub fn asked(&self) {
        self.asking.set(false);
    }
}
