//! What the outbox does in the browser: counts what waits, sends it at every chance, and stands in the way of a logout.

use std::time::Duration;

use chrono::NaiveDate;
use domain::{
    day::Fits,
    enkat::{Mend, on_another_day},
};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlFormElement};

use super::{Leave, Refused, Reports, State};
use crate::{
    contract,
    dom::{self, Find},
    error::AppError,
    queue::{
        self, CHANGED, SEND, answer, count,
        kept::{Post, Stage},
        report,
    },
    random, worker,
};

/// How often what waits is tried again.
const EVERY: Duration = Duration::from_secs(15);
/// How long an answer may be under way before it is said to wait.
const MOMENT: Duration = Duration::from_secs(1);
/// On a form that has been let through.
const LET_GO: &str = "data-let-go";

/// Begins: once per page.
pub fn start(state: State) {
    // what is sent at once is not worth a word: only what still waits a moment later is counted
    window_event_listener_untyped(CHANGED, move |_| set_timeout(move || refresh(state), MOMENT));
    window_event_listener_untyped(SEND, move |_| attempt(state));
    window_event_listener(ev::online, move |_| attempt(state));
    window_event_listener(ev::focus, move |_| attempt(state));
    set_interval(move || attempt(state), EVERY);
    on_logout(state);
    worker::keep(konto_of_page().is_some());
    spawn_local(async move {
        forget_received().await;
        attempt(state);
    });
}

/// A page that says that the server has a report: the device need not keep it.
async fn forget_received() {
    if let Some(page) = dom::document().first::<Element>("[data-mottagen]") {
        report::forget_received(&dom::attr(&page, "data-mottagen")).await;
    }
}

/// The key of the person of this page, where the page says it; otherwise the server is asked, if anything waits.
fn konto_of_page() -> Option<String> {
    dom::document().first::<Element>(".entry-island[data-konto]")?.get_attribute("data-konto")
}

thread_local! {
    static KONTO: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
}

async fn konto() -> Option<String> {
    if let Some(known) = konto_of_page().or_else(|| KONTO.with(|k| k.borrow().clone())) {
        return Some(known);
    }
    let found = answer::konto().await.ok()?;
    KONTO.with(|k| *k.borrow_mut() = Some(found.clone()));
    Some(found)
}

/// What waits for the person of this page.
async fn own() -> Vec<Post> {
    let all: Vec<Post> = queue::all().await;
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
            let page = contract::svara(&p.enkat);
            Some(Refused { id: p.svar.id, page, title: p.title, period: p.svar.period, mend: p.mend, why })
        }
        _ => None,
    });
    // drawn anew only when it is another: a day that is being chosen stands in it
    let refused: Vec<Refused> = refused.collect();
    if state.refused.with_untracked(|shown| *shown != refused) {
        state.refused.set(refused);
    }
    let now = report::status().await;
    // of another person on the same device nothing is said
    let question = match answer::question() {
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
        let Some(outcome) = queue::send_all().await else { return };
        state.logged_out.set(outcome.met(|error| *error == AppError::LoggedOut));
        state.asked_to_wait.set(outcome.met(|error| matches!(error, AppError::Wait(_))));
        if outcome.answers.is_ok()
            && count::is_untold().await
            && let Some(konto) = konto().await
        {
            let _ = count::report(&konto).await;
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
    answer::seen();
    state.asked.set(None);
}

/// A day of an answer has been, as the device knows today.
pub fn fits() -> Fits {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, now.get_month() + 1, now.get_date()).map_or(Fits::Whole, Fits::Past)
}

/// The button "Skicka igen" of a refused answer; `day` where it got another.
pub fn retry(id: &str, day: Option<NaiveDate>) {
    let id = id.to_owned();
    spawn_local(async move {
        if let Ok(Some(post)) = queue::get::<Post>(&id).await {
            // what the server has under its id is another answer: it goes as a new one
            let is_another = post.mend == Some(Mend::Id);
            let mut again = Post { stage: Stage::Waiting, mend: None, ..post };
            if let Some(day) = day {
                again.svar.period = on_another_day(&again.svar.period, day);
            }
            if is_another {
                again.svar.id = random::id();
            }
            if queue::keep(&again).await.is_ok() && is_another {
                let _ = queue::forget::<Post>(&id).await;
            }
            queue::ask_to_send();
        }
    });
}

/// The button "Ta bort svaret" of a refused answer.
pub fn remove(id: &str) {
    let id = id.to_owned();
    spawn_local(async move {
        let _ = queue::forget::<Post>(&id).await;
    });
}

fn on_logout(state: State) {
    // before anybody else hears of it
    dom::on_first("submit", move |event: Event| {
        let leaves = |f: &HtmlFormElement| dom::attr(f, "action").starts_with(contract::LOG_OUT);
        let Some(form) = dom::target::<HtmlFormElement>(&event).filter(leaves) else { return };
        if form.has_attribute(LET_GO) {
            forget_pages();
            return;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        spawn_local(async move {
            show(state).await;
            let begun = report::begun().await;
            state.reports.update(|r| r.begun = begun);
            if own().await.is_empty() && state.reports.with_untracked(|r| r.unsent() + r.begun == 0) {
                let_go(&form);
            } else {
                let _ = form.set_attribute("data-leaving", "");
                state.leaving.set(true);
                dom::focus_when_shown(dom::by_id("utkorg-fraga"));
            }
        });
    });
}

fn let_go(form: &HtmlFormElement) {
    let _ = form.set_attribute(LET_GO, "");
    dom::submit(form, None);
}

/// The choice at logout.
pub fn leave(state: State, how: Leave) {
    spawn_local(async move {
        match how {
            Leave::Keep => {}
            Leave::Remove => {
                for post in own().await {
                    let _ = queue::forget::<Post>(&post.svar.id).await;
                }
                report::remove_unsent().await;
            }
            Leave::Send => {
                let _ = queue::send_all().await;
                show(state).await;
                if !own().await.is_empty() || state.reports.with_untracked(|r| r.unsent() > 0) {
                    // still not sent: the question stays, with what is left
                    return;
                }
            }
        }
        state.leaving.set(false);
        if let Some(form) = dom::document().first("form[data-leaving]") {
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
