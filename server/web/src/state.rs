//! What every handler is given: the database, the clock, the built files, and the few settings that a request depends on.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::{person::Actor, session::Idle};
use store::Store;
use tokio::sync::watch;
use ui::{
    ctx::{Assets, Ctx, DemoAccount, Device, Given, Login},
    flash::Flash,
};

use crate::{
    bilaga::{Key, Keys},
    blocking,
    clock::Clock,
    limits::Limits,
    password::PASSWORDS,
    session::AnonymousBudget,
    token::TOKENS,
};

/// Shared by all requests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub store: Store,
    /// The only reader of the time.
    pub clock: Clock,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// The accounts that the login page offers; empty outside the demo.
    pub demo: Arc<Vec<DemoAccount>>,
    /// What the command line chose.
    pub settings: Arc<Settings>,
    /// Whether anybody has an account yet, and the token that lets the first one in.
    pub first_start: Arc<FirstStart>,
    /// Room for forms of visitors who are not logged in.
    pub budget: Arc<AnonymousBudget>,
    /// How many streams are open, and how long a body is waited for.
    pub limits: Arc<Limits>,
    /// This start of the program: a number that means something only to it is told apart by this.
    pub started: u64,
    /// Becomes true when the server stops: streams that would go on end by it.
    pub stopping: Arc<watch::Sender<bool>>,
}

/// The part of the configuration that requests depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The address that users write, without a slash at the end: `https://kvalitet.example.se`.
    pub public_url: Option<String>,
    /// Whether the address that is seen in `X-Forwarded-For` is to be believed.
    pub trusted_proxy: bool,
    /// `sqlite` or `postgres`.
    pub database: &'static str,
    /// How long a login lasts without use.
    pub idle: Idle,
    /// What attachments are sealed with. None where no key is given: then there are no attachments.
    pub attachment_key: Option<Key>,
    /// Keys that attachments were sealed with before it.
    pub earlier_keys: Vec<Key>,
    /// Where key figures are fetched from, without a slash at the end. None where the server does not go out for them.
    pub kolada: Option<String>,
}

impl Settings {
    /// What attachments are sealed and opened with.
    #[must_use]
    pub fn keys(&self) -> Option<Keys> {
        self.attachment_key.clone().map(|now| Keys::new(now, self.earlier_keys.clone()))
    }

    /// Whether users come by https: cookies are then `Secure`, and browsers are told to stay with it.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// The state before there are any accounts.
#[derive(Debug)]
pub struct FirstStart {
    /// Printed in the log, asked for on `/start`.
    token: String,
    done: AtomicBool,
}

impl Default for FirstStart {
    fn default() -> Self {
        Self { token: domain::random::hex::<16>(), done: AtomicBool::new(false) }
    }
}

impl FirstStart {
    /// The token that creates the first administrator.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Notes that there are accounts. Persons are never deleted, so it stays true.
    pub fn set_done(&self) {
        self.done.store(true, Ordering::Release);
    }
}

impl AppState {
    /// Whether anybody has an account. Asks the database until the answer is yes.
    pub async fn has_persons(&self) -> store::Result<bool> {
        if self.first_start.done.load(Ordering::Acquire) {
            return Ok(true);
        }
        let mut tx = self.store.system(false).await?;
        let some = store::person::count(&mut tx).await? > 0;
        if some {
            self.first_start.set_done();
        }
        Ok(some)
    }

    /// What a page or a server function of this request is given.
    #[must_use]
    pub fn ctx(&self, actor: Option<Arc<Actor>>, device: Device, login: Login, flash: Flash) -> Ctx {
        let seq = crate::live::id_for(self, &self.store.seq(), actor.as_deref());
        let given = Given {
            actor,
            now: self.clock.now(),
            today: self.clock.today(),
            demo: Arc::clone(&self.demo),
            assets: Arc::clone(&self.assets),
            passwords: PASSWORDS,
            work: blocking::WORK,
            tokens: TOKENS,
            public_url: self.settings.public_url.clone(),
            device,
            login,
            seq,
            flash,
            attachments: self.settings.attachment_key.is_some(),
            kolada: self.settings.kolada.is_some(),
        };
        Ctx::new(self.store.door(), given)
    }
}
