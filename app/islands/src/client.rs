//! Client: the one way in which a page asks the server for something. What it cannot have is an [`AppError`], as on the server.
//!
//! Over `fetch` itself and not over gloo-net, which server_fn brings and of which nothing is in the WASM: what is needed beside
//! it, an end to waiting, the status with the text, is as long as this without it.

use std::time::Duration;

use leptos::leptos_dom::helpers::{set_timeout, window};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::{
    contract::{BACKGROUND, HEALTH, MEETS, Met, Path, Said},
    dom,
    error::AppError,
};

/// A server that takes longer than this is not reached.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a person waits to hear whether the server is there: a net that lets nothing through is no net.
const SHORT: Duration = Duration::from_secs(10);
/// Where the moment stands, by the clock of the device, before which nothing is sent again. Of all tabs.
const UNTIL: &str = "kvalitet-vanta";
/// Nobody is kept waiting longer, whatever a clock says, in milliseconds.
const LONGEST: f64 = 3_600_000.0;

/// Who wants it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The page by itself, which keeps nobody logged in.
    Page,
    /// A person who has pressed something just now.
    Hand,
}

/// How the server meets a form that is sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// Somebody is logged in: it is taken.
    Inside,
    /// The login has ended: the form waits at the server, and its writer comes back to it after the login.
    Waits,
    /// The login has ended, and the server would keep nothing: what is typed stands on the page alone.
    Outside,
    /// The server is not reached.
    Away,
}

/// A page as it came.
pub struct Page {
    /// Its status.
    pub status: u16,
    /// Whether another address answered.
    pub redirected: bool,
    /// The page.
    pub text: String,
}

impl Page {
    /// Whether it is the page that was asked for.
    #[must_use]
    pub fn is_it(&self) -> bool {
        self.status == 200 && !self.redirected
    }
}

fn away(_: JsValue) -> AppError {
    AppError::Offline
}

async fn fetch(
    path: &str,
    init: &RequestInit,
    headers: &[(&str, &str)],
    by: By,
    patience: Duration,
) -> Result<Response, AppError> {
    let of_it = Headers::new().map_err(away)?;
    for (name, value) in headers {
        of_it.set(name, value).map_err(away)?;
    }
    if by == By::Page {
        of_it.set(BACKGROUND, "1").map_err(away)?;
    }
    init.set_headers(&of_it);
    // over a dead line it would be waited for until the device gives the line up
    let ends = AbortController::new().map_err(away)?;
    init.set_signal(Some(&ends.signal()));
    // not AbortSignal.timeout, which the oldest browsers that open the pages have not; after the answer it ends nothing
    set_timeout(move || ends.abort(), patience);
    JsFuture::from(window().fetch_with_str_and_init(path, init)).await.map_err(away)?.dyn_into().map_err(away)
}

async fn text(answer: &Response) -> Result<String, AppError> {
    JsFuture::from(answer.text().map_err(away)?).await.map_err(away)?.as_string().ok_or(AppError::Offline)
}

/// The text of an answer, or what it says went wrong.
async fn read(answer: Response) -> Result<String, AppError> {
    let status = answer.status();
    let wait = answer.headers().get("retry-after").ok().flatten().and_then(|seconds| seconds.parse().ok());
    let text = text(&answer).await;
    if answer.ok() {
        return text;
    }
    let error = AppError::told(status, wait, &text.unwrap_or_default());
    if let AppError::Wait(seconds) = error {
        let until = js_sys::Date::now() + f64::from(seconds) * 1_000.0;
        let _ = dom::local().map(|s| s.set_item(UNTIL, &until.to_string()));
    }
    Err(error)
}

/// How many seconds the server has asked to wait, where they are not over.
pub fn must_wait() -> Option<u32> {
    let until = dom::local()?.get_item(UNTIL).ok()??.parse::<f64>().ok()?;
    let left = until - js_sys::Date::now();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an hour
    (left > 0.0 && left <= LONGEST).then(|| (left / 1_000.0).ceil() as u32)
}

async fn post(path: &str, fields: &[(&str, &str)], by: By) -> Result<Response, AppError> {
    let encode = |text: &str| String::from(js_sys::encode_uri_component(text));
    let body: Vec<String> = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&body.join("&")));
    let headers = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded")];
    fetch(path, &init, &headers, by, PATIENCE).await
}

/// Asks for something with fields, as a form would send them.
pub async fn call<T: DeserializeOwned>(path: &Path<T>, fields: &[(&str, &str)]) -> Result<T, AppError> {
    let text = read(post(path.get(), fields, By::Page).await?).await?;
    serde_json::from_str(&text).map_err(|_| AppError::Offline)
}

/// Sends a form. What stands between here and the server may answer in its stead: that is not taken for an answer.
pub async fn form(action: &str, fields: &[(&str, &str)], by: By) -> Result<Said, AppError> {
    let text = read(post(action, fields, by).await?).await?;
    let said: Option<Said> = serde_json::from_str(&text).map_err(|_| AppError::Offline)?;
    Ok(said.unwrap_or_default())
}

/// As [`form`], where there is nothing to say and the server says just that (204): a gateway's page of login says nothing here.
pub async fn send(action: &str, fields: &[(&str, &str)]) -> Result<(), AppError> {
    let answer = post(action, fields, By::Page).await?;
    let status = answer.status();
    read(answer).await?;
    if status == 204 { Ok(()) } else { Err(AppError::Offline) }
}

/// A page. An answer of any kind is one; the server that is not reached gives none.
pub async fn page(address: &str, patience: Duration) -> Result<Page, AppError> {
    // what waits to be said is for a page that somebody opens
    let headers = [("accept", "text/html"), ("purpose", "prefetch")];
    let answer = fetch(address, &RequestInit::new(), &headers, By::Page, patience).await?;
    let (status, redirected) = (answer.status(), answer.redirected());
    Ok(Page { status, redirected, text: text(&answer).await? })
}

/// Whether the server is reached and well, asked just now.
pub async fn is_well() -> bool {
    fetch(HEALTH, &RequestInit::new(), &[], By::Page, SHORT).await.is_ok_and(|answer| answer.ok())
}

/// Asks how the server meets a form: before it leaves the page that holds what was typed.
pub async fn meets() -> Meets {
    let asked = async {
        let headers = [("accept", "application/json")];
        let text = read(fetch(MEETS.get(), &RequestInit::new(), &headers, By::Page, SHORT).await?).await?;
        serde_json::from_str::<Met>(&text).map_err(|_| AppError::Offline)
    };
    match asked.await {
        Ok(Met { inside: true, .. }) => Meets::Inside,
        Ok(Met { waits: true, .. }) => Meets::Waits,
        Ok(_) => Meets::Outside,
        Err(_) => Meets::Away,
    }
}
