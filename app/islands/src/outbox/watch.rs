//! What the outbox does in the browser: counts what waits, sends it at every chance, and stands in the way of a logout.

use chrono::NaiveDate;
use domain::enkat::{Mend, on_another_day};
use leptos::{leptos_dom::helpers::window, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, HtmlFormElement};

use super::{
    Leave, Refused, Reports, State,
    db::{self, CHANGED, Post, SEND, Stage},
    send::{self, Fail},
};
use crate::{
    draft::{keep, send as reports},
    worker,
};

/// How often what waits is tried again, in milliseconds.
const EVERY: i32 = 15_000;
/// How long an answer may be under way before it is said to wait, in milliseconds.
const MOMENT: i32 = 1_000;
/// The address that a logout posts to.
const LOGOUT: &str = "/logga-ut";
/// On a form that has been let through.
const LET_GO: &str = "data-let-go";

/// Begins: once per page.
pub fn start(state: State) {
    // an answer that is sent at once is not worth a word: only what still waits a moment later is counted
    on_window(CHANGED, move |_| {
        let look = Closure::once_into_js(move || refresh(state));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(look.unchecked_ref(), MOMENT);
    });
    on_window(keep::CHANGED, move |_| {
        let look = Closure::once_into_js(move || refresh(state));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(look.unchecked_ref(), MOMENT);
    });
    on_window(SEND, move |_| attempt(state));
    on_window("online", move |_| attempt(state));
    on_window("focus", move |_| attempt(state));
    let tick = Closure::<dyn Fn()>::new(move || attempt(state));
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), EVERY);
    tick.forget();
    on_logout(state);
    worker::keep(konto_of_page().is_some());
    spawn_local(async move {
        forget_received().await;
        attempt(state);
    });
}

/// A page that says that the server has a report: the device need not keep it.
async fn forget_received() {
    let page = window().document().and_then(|d| d.query_selector("[data-mottagen]").ok().flatten());
    if let Some(id) = page.and_then(|p| p.get_attribute("data-mottagen")) {
        reports::forget_received(&id).await;
    }
}

fn on_window(name: &str, listener: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(listener);
    let _ = window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// The key of the person of this page, where the page says it; otherwise the server is asked, if anything waits.
fn konto_of_page() -> Option<String> {
    let form = window().document()?.query_selector(".entry-island[data-konto]").ok()??;
    form.get_attribute("data-konto")
}

thread_local! {
    static KONTO: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
}

async fn konto() -> Option<String> {
    if let Some(known) = konto_of_page().or_else(|| KONTO.with(|k| k.borrow().clone())) {
        return Some(known);
    }
    let found = send::konto().await.ok()?;
    KONTO.with(|k| *k.borrow_mut() = Some(found.clone()));
    Some(found)
}

/// What waits for the person of this page.
async fn own() -> Vec<Post> {
    let all = db::posts().await;
    if all.is_empty() {
        return vec![];
    }
    let Some(konto) = konto().await else { return vec![] };
    all.into_iter().filter(|p| p.konto == konto && p.stage != Stage::TakeBack).collect()
}

fn refresh(state: State) {
    spawn_local(async move { show(state).await });
}

async fn show(state: State) {
    let own = own().await;
    state.waiting.set(own.iter().filter(|p| p.stage == Stage::Waiting).count());
    let refused = own.into_iter().filter_map(|p| match p.stage {
        Stage::Refused(why) => {
            let page = format!("/enkater/{}/svara", p.enkat);
            Some(Refused { id: p.svar.id, page, title: p.title, period: p.svar.period, mend: p.mend, why })
        }
        _ => None,
    });
    // drawn anew only when it is another: a day that is being chosen stands in it
    let refused: Vec<Refused> = refused.collect();
    if state.refused.with_untracked(|shown| *shown != refused) {
        state.refused.set(refused);
    }
    let now = reports::status().await;
    // of another person on the same device nothing is said
    let question = match send::question() {
        Some((whose, question)) if konto().await.as_deref() == Some(whose.as_str()) => Some(question),
        _ => None,
    };
    if state.asked.with_untracked(|asked| *asked != question) {
        state.asked.set(question);
    }
    let begun = state.reports.with_untracked(|r| r.begun);
    state.reports.set(Reports { waiting: now.waiting, refused: now.refused, sent: now.sent, begun });
}

/// Sends what waits, and says how many were entered.
fn attempt(state: State) {
    spawn_local(async move {
        let rapporter = reports::send_all().await;
        let Some(sent) = send::send_all().await else { return };
        state.logged_out.set(sent == Err(Fail::LoggedOut) || rapporter == Err(Fail::LoggedOut));
        state.asked_to_wait.set(sent == Err(Fail::Wait) || rapporter == Err(Fail::Wait));
        if sent.is_ok()
            && db::all_antal().await.iter().any(|a| a.told != a.report)
            && let Some(konto) = konto().await
        {
            let _ = send::report(&konto).await;
        }
        show(state).await;
    });
}

/// The button "Skicka nu".
pub fn send_now(state: State) {
    attempt(state);
}

/// The button "Ja, det stämmer".
pub fn answer_seen(state: State) {
    send::seen();
    state.asked.set(None);
}

/// The button "Skicka igen" of a refused answer; `day` where it got another.
pub fn retry(id: &str, day: &str) {
    let (id, day) = (id.to_owned(), day.parse::<NaiveDate>().ok());
    spawn_local(async move {
        if let Some(post) = db::post(&id).await {
            // what the server has under its id is another answer: it goes as a new one
            let is_another = post.mend == Some(Mend::Id);
            let mut again = Post { stage: Stage::Waiting, mend: None, ..post };
            if let Some(day) = day {
                again.svar.period = on_another_day(&again.svar.period, day);
            }
            if is_another {
                again.svar.id = db::random_id();
            }
            if db::keep(&again).await.is_ok() && is_another {
                let _ = db::forget(&id).await;
            }
            db::ask_to_send();
        }
    });
}

/// The button "Ta bort svaret" of a refused answer.
pub fn remove(id: &str) {
    let id = id.to_owned();
    spawn_local(async move {
        let _ = db::forget(&id).await;
    });
}

fn on_logout(state: State) {
    let Some(document) = window().document() else { return };
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let form = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok());
        let leaves = |f: &HtmlFormElement| f.get_attribute("action").is_some_and(|a| a.starts_with(LOGOUT));
        let Some(form) = form.filter(leaves) else { return };
        if form.has_attribute(LET_GO) {
            forget_pages();
            return;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        spawn_local(async move {
            show(state).await;
            let begun = reports::begun().await;
            state.reports.update(|r| r.begun = begun);
            if own().await.is_empty() && state.reports.with_untracked(|r| r.unsent() + r.begun == 0) {
                let_go(&form);
            } else {
                let _ = form.set_attribute("data-leaving", "");
                state.leaving.set(true);
                focus_question();
            }
        });
    });
    // before anybody else hears of it
    let _ = document.add_event_listener_with_callback_and_bool("submit", listener.as_ref().unchecked_ref(), true);
    listener.forget();
}

fn focus_question() {
    let heading = window().document().and_then(|d| d.get_element_by_id("utkorg-fraga"));
    if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
        // shown by the next frame
        let focus = Closure::once_into_js(move || drop(heading.focus()));
        let _ = window().request_animation_frame(focus.unchecked_ref());
    }
}

fn let_go(form: &HtmlFormElement) {
    let _ = form.set_attribute(LET_GO, "");
    let _ = form.request_submit();
}

/// The choice at logout.
pub fn leave(state: State, how: Leave) {
    spawn_local(async move {
        match how {
            Leave::Keep => {}
            Leave::Remove => {
                for post in own().await {
                    let _ = db::forget(&post.svar.id).await;
                }
                reports::remove_unsent().await;
            }
            Leave::Send => {
                let _ = reports::send_all().await;
                let _ = send::send_all().await;
                show(state).await;
                if !own().await.is_empty() || state.reports.with_untracked(|r| r.unsent() > 0) {
                    // still not sent: the question stays, with what is left
                    return;
                }
            }
        }
        state.leaving.set(false);
        let form = window().document().and_then(|d| d.query_selector("form[data-leaving]").ok().flatten());
        if let Some(form) = form.and_then(|f| f.dyn_into::<HtmlFormElement>().ok()) {
            let_go(&form);
        }
    });
}

/// Pages that were kept for use without network hold the person's name in the menu: they go at logout.
fn forget_pages() {
    if let Some(controller) = worker::container().and_then(|w| w.controller()) {
        let _ = controller.post_message(&JsValue::from_str("forget"));
    }
}
