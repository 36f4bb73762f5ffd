//! What a page and a server function are given on the server: the doors to the store, who asks, what day it is.

use std::{
    ops::Deref,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    apt::skarm::Skarm,
    id::NodeId,
    permission::{Action, Role},
    person::Actor,
    random,
    rate::Kind,
};
use leptos::prelude::{provide_context, use_context};
use store::{Door, Target, Tx, enkat::antal, rate::Taken, utkast};
use uuid::Uuid;

use crate::{error::AppError, flash::Flash};

/// Names of the built files, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// `/pkg/kvalitetshjulet.….css`
    pub css: String,
    /// What wakes the islands of most pages.
    pub every: Program,
    /// What wakes them where much is entered: the islands of `entry` too.
    pub entry: Program,
}

/// A browser part: its two files.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// `/pkg/kvalitetshjulet.….js`
    pub js: String,
    /// `/pkg/kvalitetshjulet_bg.….wasm`
    pub wasm: String,
}

/// An answer that takes its time.
pub type Later<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// Passwords that were made here, each with its hash.
pub type Keys = Vec<(String, String)>;

/// How passwords are hashed; the work is done by `web`, off the async threads.
#[derive(Clone, Copy)]
pub struct Passwords {
    /// The hash of a password, as stored.
    pub hash: fn(String) -> Later<String>,
    /// Whether a password gives this hash.
    pub verify: fn(String, String) -> Later<bool>,
    /// A password that nobody has chosen.
    pub generate: fn() -> String,
    /// So many of them, each with its hash: for a list of persons.
    pub generate_many: fn(usize) -> Later<Keys>,
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

/// How work that takes the processor for long is done: by `web`, off the async threads, when there is room for it.
pub type Work = fn(Box<dyn FnOnce() + Send>) -> Later<()>;

/// One demo account on the login page.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// The role, which the button is named by.
    pub role: Role,
    /// The e-mail it logs in with.
    pub email: String,
}

/// What a request is given. Pages ask for it in every part of theirs, so it is shared and not copied.
#[derive(Clone)]
pub struct Ctx(Arc<Request>);

/// The door is seen by nobody else: what is read and written goes through what stands below.
struct Request {
    door: Door,
    given: Given,
}

impl Deref for Ctx {
    type Target = Given;

    fn deref(&self) -> &Given {
        &self.0.given
    }
}

/// What [`Ctx`] holds.
pub struct Given {
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
    /// Work beside what answers everybody: see [`Ctx::work`].
    pub work: Work,
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
    /// Whether key figures are fetched from Kolada by themselves; otherwise they are read from files.
    pub kolada: bool,
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
    /// The unit that was chosen last, by somebody who sees several.
    pub unit: Option<NodeId>,
}

impl Ctx {
    /// For one request.
    #[must_use]
    pub fn new(door: Door, given: Given) -> Self {
        Self(Arc::new(Request { door, given }))
    }

    /// Makes it available to the components and server functions of this request.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The one of this request. A fault of ours when there is none.
    pub fn current() -> Result<Self, AppError> {
        use_context::<Self>().ok_or_else(|| AppError::Internal(String::from("ctx")))
    }

    /// Who asks. `LoggedOut` before login.
    pub fn actor(&self) -> Result<Arc<Actor>, AppError> {
        self.actor.clone().ok_or(AppError::LoggedOut)
    }

    /// The door to reading: `LoggedOut` before login, `Forbidden` for what the person may not, `NotFound` for what is not there.
    pub async fn read(&self, target: Target, action: Action) -> Result<Tx, AppError> {
        Ok(self.0.door.read(&*self.actor()?, target, action).await?)
    }

    /// The door to writing: as [`Ctx::read`], and what the login may now is asked again in the transaction.
    pub async fn write(&self, target: Target, action: Action) -> Result<Tx, AppError> {
        Ok(self.0.door.write(&*self.actor()?, target, action).await?)
    }

    /// The door to reading what is the person's own, whatever roles they hold: the account, the logins, the notices.
    pub async fn read_own(&self) -> Result<Tx, AppError> {
        Ok(self.0.door.read_own(&*self.actor()?).await?)
    }

    /// The door to writing what is the person's own.
    pub async fn write_own(&self) -> Result<Tx, AppError> {
        Ok(self.0.door.write_own(&*self.actor()?).await?)
    }

    /// The door of a wall screen: reading, for whoever holds its address. None when the address opens nothing any more.
    pub async fn screen(&self, token: &str) -> Result<Option<(Tx, Skarm)>, AppError> {
        match self.0.door.screen(&(self.tokens.hash)(token)).await {
            Ok(open) => Ok(Some(open)),
            Err(store::Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Does work that takes the processor for long beside what answers everybody. No transaction is open meanwhile. `Internal` when it panics.
    pub async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let made = Arc::new(Mutex::new(None));
        let place = Arc::clone(&made);
        let put = move || {
            let done = work();
            if let Ok(mut place) = place.lock() {
                *place = Some(done);
            }
        };
        (self.work)(Box::new(put)).await;
        let done = made.lock().ok().and_then(|mut made| made.take());
        done.ok_or_else(|| AppError::Internal(random::reference()))
    }

    /// Takes one more of what a person may write so often and no oftener. `Wait` when it is too soon. What is taken counts when
    /// it is kept: after it is saved.
    pub fn take(&self, kind: Kind) -> Result<Taken, AppError> {
        self.take_all(kind, 1)
    }

    /// The same for so many together: all of them or none.
    pub fn take_all(&self, kind: Kind, n: usize) -> Result<Taken, AppError> {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        self.0.door.rates().take((kind, n), self.actor()?.person, self.now.timestamp()).map_err(AppError::Wait)
    }

    /// Notes that answers to an enkät have come. Whether the person is to be asked if so many are right.
    pub fn note_answers(&self) -> Result<bool, AppError> {
        self.0.door.note_answers();
        Ok(self.0.door.rates().asks(self.actor()?.person, self.now.timestamp()))
    }

    /// What the person's devices know them by where they keep answers to enkäter.
    pub async fn enkat_key(&self) -> Result<Uuid, AppError> {
        Ok(antal::device_key(&self.0.door, self.actor()?.person).await?)
    }

    /// What the person's drafts are sealed with now, and what opens the earlier ones of these names.
    pub async fn utkast_keys(&self, names: &[Uuid]) -> Result<(utkast::Konto, Vec<utkast::Konto>), AppError> {
        let person = self.actor()?.person;
        let now = utkast::konto(&self.0.door, person).await?;
        let mut earlier = utkast::known(&self.0.door, person, names).await?;
        earlier.retain(|known| known.konto != now.konto);
        Ok((now, earlier))
    }
}
