//! Reports on their way: sealed on the device, sent one by one as their form would, from whatever page the person is on.

use std::cell::RefCell;

use domain::sent::Stands;

use super::{
    device::{Device, Then, Unkept},
    kept::{Content, KeptDraft, Stage},
};
pub use crate::queue::seal::Keys;
use crate::{
    client::{self, By},
    contract,
    error::AppError,
    queue::seal::Konto,
};

/// The table of drafts, and the database it is alone in.
pub const UTKAST: &str = "utkast";
/// The database.
pub const DEVICE: Device = Device { name: "kvalitetshjulet-utkast", tables: &[UTKAST] };

/// How the reports of a person stand after sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendStatus {
    /// How many wait.
    pub waiting: usize,
    /// One that the server would not have: the page where it can be mended, and why.
    pub refused: Option<(String, String)>,
    /// The last one that was sent from here.
    pub sent: Option<String>,
}

thread_local! {
    static KEYS: RefCell<Option<Keys>> = const { RefCell::new(None) };
    static SENT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Every draft on the device, whosever, the latest first.
pub async fn all() -> Vec<KeptDraft> {
    let mut all: Vec<KeptDraft> = super::all().await;
    all.sort_by(|a, b| b.at.total_cmp(&a.at));
    all
}

impl Keys {
    /// Keeps a draft, or how it now stands.
    pub async fn keep(&self, id: &str, stage: Stage, content: &Content) -> Result<(), Unkept> {
        super::keep(&self.now.seal(id, stage, js_sys::Date::now(), content)?).await
    }

    /// Seals with the key of now what lies here under one from before.
    async fn renew(&self) {
        for kept in all().await.into_iter().filter(|kept| kept.konto != self.now.konto) {
            let Some(content) = self.open(&kept) else { continue };
            let Ok(renewed) = self.now.seal(&kept.id, kept.stage, kept.at, &content) else { continue };
            let seals = |standing: &mut KeptDraft| {
                // written anew meanwhile, under the key of now
                if standing.sealed != kept.sealed {
                    return Then::Leave;
                }
                *standing = renewed;
                Then::Keep
            };
            let _ = DEVICE.alter(UTKAST, &kept.id, seals).await;
        }
    }
}

/// The keys of the signed-in person's drafts. The server is asked once per page; they lie in the memory of the page alone.
pub async fn keys() -> Result<Keys, AppError> {
    match KEYS.with(|k| k.borrow().clone()) {
        Some(known) => Ok(known),
        None => asked_keys().await,
    }
}

/// As [`keys`], but asked of the server now: another person may have signed in.
async fn asked_keys() -> Result<Keys, AppError> {
    let mut names: Vec<String> = all().await.into_iter().map(|kept| kept.konto).collect();
    names.sort_unstable();
    names.dedup();
    let told = client::call(&contract::GET_UTKASTKONTO, &[("kanda", &names.join(" "))]).await?;
    let earlier = told.tidigare.iter().filter_map(|k| Konto::of(&k.konto, &k.nyckel)).collect();
    let keys = Keys { now: Konto::of(&told.konto, &told.nyckel).ok_or(AppError::Offline)?, earlier };
    keys.renew().await;
    KEYS.with(|k| *k.borrow_mut() = Some(keys.clone()));
    Ok(keys)
}

/// What the server has from the signed-in person under the id of a draft. Nothing where it is not reached.
pub async fn stands(id: &str, content: &Content) -> Stands {
    let fields = content.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let fields: Vec<_> = std::iter::once(("id", id)).chain(fields.filter(|(name, _)| *name != "id")).collect();
    client::call(&contract::GET_AVVIKELSE_MOTTAGEN, &fields).await.map_or(Stands::Nothing, |told| told.star)
}

/// A page says that the server has the report of this id: its draft is forgotten, unless something else has been written
/// under it since.
pub async fn forget_received(id: &str) {
    let Ok(Some(kept)) = super::get::<KeptDraft>(id).await else { return };
    let Some(content) = keys().await.ok().and_then(|keys| keys.open(&kept)) else { return };
    if stands(id, &content).await == Stands::Same {
        forget(id).await;
    }
}

/// Whether this page has sent it last, from the device.
pub fn was_sent(id: &str) -> bool {
    SENT.with(|sent| sent.borrow().as_deref() == Some(id))
}

/// Forgets a draft.
pub async fn forget(id: &str) {
    let _ = super::forget::<KeptDraft>(id).await;
}

/// How the reports of the signed-in person stand.
pub async fn status() -> SendStatus {
    let sent = SENT.with(|s| s.borrow().clone());
    let not_sent = all().await.into_iter().filter(|k| k.stage != Stage::Writing).collect::<Vec<_>>();
    let mut out = SendStatus { sent, ..SendStatus::default() };
    if not_sent.is_empty() {
        return out;
    }
    let Ok(keys) = keys().await else { return out };
    for kept in not_sent.into_iter().filter(|k| keys.own(k)) {
        match (&kept.stage, keys.open(&kept)) {
            (Stage::Waiting, _) => out.waiting += 1,
            (Stage::Refused(why), Some(content)) => out.refused = Some((content.page, why.clone())),
            _ => {}
        }
    }
    out
}

/// How many reports the person has begun and not sent.
pub async fn begun() -> usize {
    let begun: Vec<_> = all().await.into_iter().filter(|k| k.stage == Stage::Writing).collect();
    if begun.is_empty() {
        return 0;
    }
    let Ok(keys) = keys().await else { return 0 };
    begun.iter().filter(|kept| keys.own(kept)).count()
}

/// Forgets what is not sent: the person has chosen so.
pub async fn remove_unsent() {
    let Ok(keys) = keys().await else { return };
    for kept in all().await {
        if keys.own(&kept) {
            forget(&kept.id).await;
        }
    }
}

/// Sends what waits for the signed-in person.
pub(super) async fn send() -> Result<(), AppError> {
    let mut waiting: Vec<KeptDraft> = super::waiting().await?;
    if waiting.is_empty() {
        return Ok(());
    }
    waiting.sort_by(|a, b| b.at.total_cmp(&a.at));
    // another person may be signed in by now: what is sent goes in that person's name
    let keys = asked_keys().await?;
    for kept in waiting {
        let Some(content) = keys.open(&kept) else { continue };
        let fields: Vec<(&str, &str)> = content.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let error = match client::form(&content.action, &fields, By::Page).await {
            Ok(_) => {
                SENT.with(|s| *s.borrow_mut() = Some(kept.id.clone()));
                // what was written in it while it was under way is not sent
                let goes = |now: &mut KeptDraft| if now.at <= kept.at { Then::Forget } else { Then::Leave };
                let _ = super::alter(&kept.id, goes).await;
                continue;
            }
            Err(error) if error.is_final() => error,
            Err(error) => return Err(error),
        };
        let stage = Stage::Refused(error.message());
        let Ok(refused) = keys.now.seal(&kept.id, stage, js_sys::Date::now(), &content) else { continue };
        let stands = |now: &mut KeptDraft| {
            // it was taken up again while it was under way
            if now.stage != Stage::Waiting || now.at > kept.at {
                return Then::Leave;
            }
            *now = refused;
            Then::Keep
        };
        let _ = super::alter(&kept.id, stands).await;
    }
    Ok(())
}
