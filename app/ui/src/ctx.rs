//! What a page and a server function are given on the server: the store, who asks, what day it is.

use std::{ops::Deref, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{person::Actor, rate::Kind};
use leptos::prelude::{provide_context, use_context};
use store::{Store, rate::Taken};

use crate::{error::AppError, flash::Flash};

/// Names of the built files, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// `/pkg/kvalitetshjulet.….css`
    pub css: String,
    /// `/pkg/kvalitetshjulet.….js`
    pub js: String,
    /// `/pkg/kvalitetshjulet.….wasm`
    pub wasm: String,
}

/// An answer that takes its time.
pub type Later<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// How passwords are hashed; the work is done by `web`, off the async threads.
#[derive(Clone, Copy)]
pub struct Passwords {
    /// The hash of a password, as stored.
    pub hash: fn(String) -> Later<String>,
    /// Whether a password gives this hash.
    pub verify: fn(String, String) -> Later<bool>,
    /// A password that nobody has chosen.
    pub generate: fn() -> String,
}

/// How the tokens are made that open something without a login; the work is done by `web`.
#[derive(Clone, Copy)]
pub struct Tokens {
    /// A new one, and its hash.
    pub new: fn() -> (String, Vec<u8>),
    /// The hash of one.
    pub hash: fn(&str) -> Vec<u8>,
    /// A short code for a television, and its hash.
    pub code: fn() -> (String, Vec<u8>),
}

/// One demo account on the login page.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// The role, as the button says.
    pub label: String,
    /// The e-mail it logs in with.
    pub email: String,
}

/// What a request is given. Pages ask for it in every part of theirs, so it is shared and not copied.
#[derive(Clone)]
pub struct Ctx(Arc<Given>);

impl Deref for Ctx {
    type Target = Given;

    fn deref(&self) -> &Given {
        &self.0
    }
}

/// What [`Ctx`] holds.
pub struct Given {
    /// The database.
    pub store: Store,
    /// Who asks; none before login.
    pub actor: Option<Arc<Actor>>,
    /// The moment of the request.
    pub now: DateTime<Utc>,
    /// The day in Sweden; `KVALITET_TODAY` freezes it.
    pub today: NaiveDate,
    /// The accounts that the login page offers; only the demo has any.
    pub demo: Arc<Vec<DemoAccount>>,
    /// Names of the built files.
    pub assets: Arc<Assets>,
    /// Password hashing.
    pub passwords: Passwords,
    /// Tokens of wall screens.
    pub tokens: Tokens,
    /// The address that users write, without a slash at the end; none when it is not configured.
    pub public_url: Option<String>,
    /// What is chosen on this device.
    pub device: Device,
    /// How the login stands.
    pub login: Login,
    /// How far the events had come when the page was made: see `islands::Live`.
    pub seq: String,
    /// What the previous request left for this page.
    pub flash: Flash,
    /// Whether files can be attached: the server has a key to seal them with.
    pub attachments: bool,
}

/// How the login of a request stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// The hash of the session's id: what the database knows it by.
    pub session: String,
    /// Seconds until it ends, whatever happens.
    pub left: i64,
    /// Whether the content of cases is locked until the password is given again.
    pub locked: bool,
    /// The moment of the request in seconds, never frozen: what logins count with.
    pub now: i64,
}

/// What somebody has chosen for the device they sit at, whoever is logged in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// `light`, `dark`, `kontrast` or empty for the device's own.
    pub theme: String,
    /// Whether letters and digits alone do nothing: who speaks to the computer, or often strikes a wrong key, sets off what
    /// they did not mean (WCAG 2.1.4). Keys with an own meaning, as arrows and Enter, still do.
    pub no_letters: bool,
    /// Codes of the groups of the menu that somebody has folded or opened, so that they are not as they start.
    pub menu: Vec<&'static str>,
}

impl Ctx {
    /// For one request.
    #[must_use]
    pub fn new(given: Given) -> Self {
        Self(Arc::new(given))
    }

    /// Makes it available to the components and server functions of this request.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The one of this request. A fault of ours when there is none.
    pub fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or_else(|| AppError::Internal(String::from("ctx")))
    }

    /// Takes one more of what a person may write so often and no oftener. `Wait` when it is too soon. What is taken counts when
    /// it is kept: after it is saved.
    pub fn take(&self, kind: Kind) -> Result<Taken, AppError> {
        self.store.rates().take(kind, self.actor()?.person, self.now.timestamp()).map_err(AppError::Wait)
    }

    /// Who asks. `LoggedOut` before login.
    pub fn actor(&self) -> Result<Arc<Actor>, AppError> {
        self.actor.clone().ok_or(AppError::LoggedOut)
    }
}
