//! Sending what the device has kept. However often it is sent, the server takes an answer once: its id is its own.

use std::{cell::Cell, collections::BTreeMap};

use domain::enkat::{Besked, Inlamnat};
use leptos::leptos_dom::helpers::window;
use serde::{Deserialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

use super::db::{self, Post, Stage};
use crate::BACKGROUND;

/// The most answers that the server takes in one request.
const MOST: usize = 100;
/// A server that takes longer than this is not reached.
const PATIENCE: u32 = 20_000;

/// Why something could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fail {
    /// The server is not reached, or has a fault: try again later.
    Offline,
    /// Nobody is logged in.
    LoggedOut,
    /// Another person is logged in.
    SomebodyElse,
    /// The person may not, or what was sent cannot be read.
    Refused,
    /// Much was sent in a short time: the server takes the rest in a while.
    Wait,
}

/// The status of an answer that says so.
pub const WAIT: u16 = 429;
/// Where the moment stands, by the clock of the device, before which nothing is sent again. Of all tabs.
const UNTIL: &str = "kvalitet-vanta";
/// How long it is waited where the server does not say, in milliseconds.
const A_WHILE: f64 = 30_000.0;
/// Nobody is kept waiting longer, whatever a clock says, in milliseconds.
const LONGEST: f64 = 3_600_000.0;

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Whether the server has asked to wait, and it is not over.
pub fn must_wait() -> bool {
    let until = storage().and_then(|s| s.get_item(UNTIL).ok().flatten()).and_then(|t| t.parse::<f64>().ok());
    until.is_some_and(|until| {
        let left = until - js_sys::Date::now();
        left > 0.0 && left <= LONGEST
    })
}

/// Notes what an answer says of how long to wait.
fn note_wait(answer: &Response) {
    let seconds = answer.headers().get("retry-after").ok().flatten().and_then(|t| t.parse::<f64>().ok());
    let until = js_sys::Date::now() + seconds.map_or(A_WHILE, |s| (s * 1_000.0).clamp(1_000.0, LONGEST));
    let _ = storage().map(|s| s.set_item(UNTIL, &until.to_string()));
}

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
    static AGAIN: Cell<bool> = const { Cell::new(false) };
}

/// Sends a form. The status and the text that answer it.
pub async fn post(path: &str, fields: &[(&str, &str)]) -> Result<(u16, String), Fail> {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let body: Vec<String> = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
    let headers = Headers::new().map_err(|_| Fail::Offline)?;
    let _ = headers.set("accept", "application/json");
    let _ = headers.set("content-type", "application/x-www-form-urlencoded");
    // what the page sends by itself keeps nobody logged in
    let _ = headers.set(BACKGROUND, "1");
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(&body.join("&")));
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await.map_err(|_| Fail::Offline)?;
    let answer: Response = answer.dyn_into().map_err(|_| Fail::Offline)?;
    if answer.status() == WAIT {
        note_wait(&answer);
    }
    let text = JsFuture::from(answer.text().map_err(|_| Fail::Offline)?).await.map_err(|_| Fail::Offline)?;
    Ok((answer.status(), text.as_string().ok_or(Fail::Offline)?))
}

/// Sends a form and reads the JSON that answers it.
pub async fn call<T: DeserializeOwned>(path: &str, fields: &[(&str, &str)]) -> Result<T, Fail> {
    match post(path, fields).await? {
        (200, text) => serde_json::from_str(&text).map_err(|_| Fail::Offline),
        (401, _) => Err(Fail::LoggedOut),
        (WAIT, _) => Err(Fail::Wait),
        (409, _) => Err(Fail::SomebodyElse),
        (400 | 403 | 404 | 413 | 422, _) => Err(Fail::Refused),
        _ => Err(Fail::Offline),
    }
}

#[derive(Deserialize)]
struct Konto {
    konto: String,
}

/// The name under which this device keeps things for the signed-in person.
pub async fn konto() -> Result<String, Fail> {
    call::<Konto>("/api/get_enkatkonto", &[]).await.map(|k| k.konto)
}

/// Sends everything that waits for the signed-in person. While it is already under way, it is sent once more after that,
/// and this gives nothing.
pub async fn send_all() -> Option<Result<(), Fail>> {
    if BUSY.with(|busy| busy.replace(true)) {
        AGAIN.with(|again| again.set(true));
        return None;
    }
    let mut done = send().await;
    // what was kept meanwhile
    while AGAIN.with(|again| again.replace(false)) && done.is_ok() {
        done = send().await;
    }
    BUSY.with(|busy| busy.set(false));
    Some(done)
}

async fn send() -> Result<(), Fail> {
    let waiting: Vec<Post> = db::posts().await.into_iter().filter(|p| !matches!(p.stage, Stage::Refused(_))).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    if must_wait() {
        return Err(Fail::Wait);
    }
    let konto = konto().await?;
    let mut by_enkat: BTreeMap<String, Vec<Post>> = BTreeMap::new();
    for post in waiting.into_iter().filter(|p| p.konto == konto) {
        by_enkat.entry(post.enkat.clone()).or_default().push(post);
    }
    for (enkat, posts) in by_enkat {
        let (back, going): (Vec<Post>, Vec<Post>) = posts.into_iter().partition(|p| p.stage == Stage::TakeBack);
        for some in going.chunks(MOST) {
            send_some(&enkat, &konto, some).await?;
        }
        for post in back {
            // published meanwhile or not, the device has done what it can
            match take_back(&enkat, &post.svar.id).await {
                Ok(_) | Err(Fail::Refused) => drop(db::forget(&post.svar.id).await),
                Err(other) => return Err(other),
            }
        }
    }
    Ok(())
}

async fn send_some(enkat: &str, konto: &str, posts: &[Post]) -> Result<(), Fail> {
    // from here on the server may have it, whatever we hear
    for post in posts.iter().filter(|p| !p.tried) {
        let _ = db::keep(&Post { tried: true, ..post.clone() }).await;
    }
    let svar: Vec<&Inlamnat> = posts.iter().map(|p| &p.svar).collect();
    let svar = serde_json::to_string(&svar).map_err(|_| Fail::Refused)?;
    let fields = [("enkat", enkat), ("konto", konto), ("svar", svar.as_str())];
    let told: Result<Vec<Besked>, Fail> = call("/api/create_enkatsvar", &fields).await;
    let told = match told {
        Err(Fail::Refused) => {
            let why = "Du har inte behörighet att svara på enkäten längre, eller så har den tagits bort.";
            posts
                .iter()
                .map(|p| Besked { id: p.svar.id.clone(), refused: Some(why.to_owned()), mend: None, notice: None })
                .collect()
        }
        other => other?,
    };
    // what was not told of came too soon, and waits
    let rest = told.len() < posts.len();
    if let Some(notice) = told.iter().find_map(|besked| besked.notice.clone()) {
        ask(konto, &notice);
    }
    for besked in told {
        // it may have been taken back while it was under way
        let Some(standing) = db::post(&besked.id).await.filter(|p| p.stage == Stage::Waiting) else { continue };
        match besked.refused {
            None => drop(db::forget(&besked.id).await),
            Some(why) => drop(db::keep(&Post { stage: Stage::Refused(why), mend: besked.mend, ..standing }).await),
        }
    }
    if rest { Err(Fail::Wait) } else { Ok(()) }
}

/// Where a question of the server waits until the person has seen it.
const QUESTION: &str = "kvalitet-fraga";

fn ask(konto: &str, question: &str) {
    let _ = storage().map(|s| s.set_item(QUESTION, &format!("{konto} {question}")));
}

/// Whom the server has asked, and what, until it is seen.
pub fn question() -> Option<(String, String)> {
    let kept = storage().and_then(|s| s.get_item(QUESTION).ok().flatten())?;
    kept.split_once(' ').map(|(konto, question)| (konto.to_owned(), question.to_owned()))
}

/// The person has seen it.
pub fn seen() {
    let _ = storage().map(|s| s.remove_item(QUESTION));
}

#[derive(Deserialize)]
struct TakenBack {
    done: bool,
}

/// Asks the server to take an answer back. `false` when it is published already.
pub async fn take_back(enkat: &str, id: &str) -> Result<bool, Fail> {
    call::<TakenBack>("/api/undo_enkatsvar", &[("enkat", enkat), ("svar", id)]).await.map(|t| t.done)
}

#[derive(Deserialize)]
struct Entered {
    n: i64,
}

/// Tells the server how many answers the device has entered for the signed-in person, where it has not been told.
pub async fn report(konto: &str) -> Result<(), Fail> {
    for antal in db::all_antal().await {
        if antal.konto != konto || antal.told == antal.report {
            continue;
        }
        let (device, n, report) = (db::device().await, antal.n.to_string(), antal.report.to_string());
        let fields = [
            ("enkat", antal.enkat.as_str()),
            ("konto", konto),
            ("device", device.as_str()),
            ("month", antal.month.as_str()),
            ("n", n.as_str()),
            ("report", report.as_str()),
        ];
        let others = match call::<Entered>("/api/set_enkatantal", &fields).await {
            Ok(sum) => Some((sum.n - antal.n).max(0)),
            // an enkät that is gone needs no count
            Err(Fail::Refused) => None,
            Err(other) => return Err(other),
        };
        let told = |now: &mut db::Antal| {
            now.others = others.unwrap_or(now.others);
            now.told = antal.report;
        };
        let _ = db::change_antal(&antal.konto, &antal.enkat, &antal.month, told).await;
    }
    Ok(())
}
