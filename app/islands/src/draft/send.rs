//! Sending what waits, from whatever page the person is on. The server takes a report once: its id is its own.

use std::cell::{Cell, RefCell};

use domain::{field::FieldError, sent::Stands};
use serde::Deserialize;

use super::keep::{self, Content, Keys, Konto, Stage};
use crate::outbox::send::{Fail, WAIT, call, must_wait, post};

/// How the drafts of a person stand after sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendStatus {
    /// How many wait.
    pub waiting: usize,
    /// One that the server would not have: the page where it can be mended, and why.
    pub refused: Option<(String, String)>,
    /// The last one that was sent from here.
    pub sent: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    konto: String,
    nyckel: String,
    tidigare: Vec<Earlier>,
}

#[derive(Deserialize)]
struct Earlier {
    konto: String,
    nyckel: String,
}

thread_local! {
    static KEYS: RefCell<Option<Keys>> = const { RefCell::new(None) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
    static SENT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The keys of the signed-in person's drafts. The server is asked once per page; they lie in the memory of the page alone.
pub async fn keys() -> Result<Keys, Fail> {
    match KEYS.with(|k| k.borrow().clone()) {
        Some(known) => Ok(known),
        None => asked_keys().await,
    }
}

/// As [`keys`], but asked of the server now: another person may have signed in.
async fn asked_keys() -> Result<Keys, Fail> {
    let mut names: Vec<String> = keep::all().await.into_iter().map(|kept| kept.konto).collect();
    names.sort_unstable();
    names.dedup();
    let told: Told = call("/api/get_utkastkonto", &[("kanda", &names.join(" "))]).await?;
    let earlier = told.tidigare.iter().filter_map(|k| Konto::of(&k.konto, &k.nyckel)).collect();
    let keys = Keys { now: Konto::of(&told.konto, &told.nyckel).ok_or(Fail::Offline)?, earlier };
    keys.renew().await;
    KEYS.with(|k| *k.borrow_mut() = Some(keys.clone()));
    Ok(keys)
}

#[derive(Deserialize)]
struct Received {
    star: Stands,
}

/// What the server has from the signed-in person under the id of a draft. Nothing where it is not reached.
pub async fn stands(id: &str, content: &Content) -> Stands {
    let fields = content.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let fields: Vec<_> = std::iter::once(("id", id)).chain(fields.filter(|(name, _)| *name != "id")).collect();
    call::<Received>("/api/get_avvikelse_mottagen", &fields).await.map_or(Stands::Nothing, |r| r.star)
}

/// A page says that the server has the report of this id: its draft is forgotten, unless something else has been written
/// under it since.
pub async fn forget_received(id: &str) {
    let Some(kept) = keep::get(id).await else { return };
    let Some(content) = keys().await.ok().and_then(|keys| keys.open(&kept)) else { return };
    if stands(id, &content).await == Stands::Same {
        keep::forget(id).await;
    }
}

/// How the drafts of the signed-in person stand.
pub async fn status() -> SendStatus {
    let sent = SENT.with(|s| s.borrow().clone());
    let not_sent = keep::all().await.into_iter().filter(|k| k.stage != Stage::Writing).collect::<Vec<_>>();
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
    let begun: Vec<_> = keep::all().await.into_iter().filter(|k| k.stage == Stage::Writing).collect();
    if begun.is_empty() {
        return 0;
    }
    let Ok(keys) = keys().await else { return 0 };
    begun.iter().filter(|kept| keys.own(kept)).count()
}

/// Forgets what is not sent: the person has chosen so.
pub async fn remove_unsent() {
    let Ok(keys) = keys().await else { return };
    for kept in keep::all().await {
        if keys.own(&kept) {
            keep::forget(&kept.id).await;
        }
    }
}

/// Sends everything that waits for the signed-in person. Nothing when that is under way.
pub async fn send_all() -> Result<(), Fail> {
    if BUSY.with(|busy| busy.replace(true)) {
        return Ok(());
    }
    let done = send().await;
    BUSY.with(|busy| busy.set(false));
    done
}

async fn send() -> Result<(), Fail> {
    let waiting: Vec<_> = keep::all().await.into_iter().filter(|k| k.stage == Stage::Waiting).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    if must_wait() {
        return Err(Fail::Wait);
    }
    // another person may be signed in by now: what is sent goes in that person's name
    let keys = asked_keys().await?;
    for kept in waiting {
        let Some(content) = keys.open(&kept) else { continue };
        let fields: Vec<(&str, &str)> = content.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let (status, text) = post(&content.action, &fields).await?;
        let refused = match status {
            200 => {
                SENT.with(|s| *s.borrow_mut() = Some(kept.id.clone()));
                // what was written in it while it was under way is not sent
                if keep::get(&kept.id).await.is_some_and(|now| now.at <= kept.at) {
                    keep::forget(&kept.id).await;
                }
                continue;
            }
            401 => return Err(Fail::LoggedOut),
            WAIT => return Err(Fail::Wait),
            400 | 403 | 404 | 409 | 413 | 422 => words(&text),
            _ => return Err(Fail::Offline),
        };
        // it may have been taken up again while it was under way
        if keep::get(&kept.id).await.is_some_and(|now| now.stage == Stage::Waiting) {
            let _ = keys.now.keep(&kept.id, Stage::Refused(refused), &content).await;
        }
    }
    Ok(())
}

/// The errors of `ui::error::AppError` that say something.
#[derive(Deserialize)]
enum Wrong {
    Invalid(Vec<FieldError>),
    Conflict(String),
}

fn words(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(Wrong::Invalid(errors)) => errors.into_iter().next().map(|e| e.message).unwrap_or_default(),
        Ok(Wrong::Conflict(words)) => words,
        Err(_) => "Du har inte behörighet att rapportera där längre.".to_owned(),
    }
}
