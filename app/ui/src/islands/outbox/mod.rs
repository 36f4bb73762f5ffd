//! The outbox: what has been entered on this device and not yet reached the server. A chip on every page says how many
//! wait, sends them when the server is there, explains what was refused, and asks before a logout leaves any behind.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub mod db;
#[cfg(feature = "hydrate")]
pub mod send;
#[cfg(feature = "hydrate")]
mod watch;

/// An answer that the server would not have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refused {
    id: String,
    title: String,
    period: String,
    why: String,
}

/// What the chip knows.
#[derive(Clone, Copy)]
struct State {
    waiting: RwSignal<usize>,
    refused: RwSignal<Vec<Refused>>,
    logged_out: RwSignal<bool>,
    /// The person wants to log out, and answers wait.
    leaving: RwSignal<bool>,
}

/// The chip, the list of what was refused and the question at logout. Shows nothing when nothing waits.
#[island]
pub fn Outbox() -> impl IntoView {
    let state = State {
        waiting: RwSignal::new(0),
        refused: RwSignal::new(vec![]),
        logged_out: RwSignal::new(false),
        leaving: RwSignal::new(false),
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| watch::start(state));
    let words = move || {
        let n = state.waiting.get();
        if state.logged_out.get() {
            format!("{n} svar väntar på att du loggar in")
        } else {
            format!("{n} väntar på nät")
        }
    };
    let refused = move || {
        state
            .refused
            .get()
            .into_iter()
            .map(|r| {
                let (again, gone) = (r.id.clone(), r.id.clone());
                view! {
                    <li>
                        <p><strong>{r.title}</strong> {format!(" ({})", r.period)}</p>
                        <p>{r.why}</p>
                        <p class="cluster">
                            <button class="button secondary small" on:click=move |_| retry(&again)>"Skicka igen"</button>
                            <button class="button quiet small" on:click=move |_| remove(&gone)>"Ta bort svaret"</button>
                        </p>
                    </li>
                }
            })
            .collect_view()
    };
    let leaving_words = move || {
        let n = state.waiting.get() + state.refused.with(Vec::len);
        let svar = if n == 1 { "Ett svar är inte skickat".to_owned() } else { format!("{n} svar är inte skickade") };
        format!("{svar}. Vad vill du göra innan du loggar ut?")
    };
    view! {
        <div class="outbox no-print" hidden=move || state.waiting.get() == 0 && state.refused.with(Vec::is_empty)>
            <p class="cluster" role="status">
                <span class="chip-status warn" hidden=move || state.waiting.get() == 0>{words}</span>
                <button class="button secondary small" hidden=move || state.waiting.get() == 0 on:click=move |_| send_now(state)>
                    "Skicka nu"
                </button>
            </p>
            <details class="disclosure" hidden=move || state.refused.with(Vec::is_empty)>
                <summary>
                    {move || match state.refused.with(Vec::len) {
                        1 => "Ett svar kunde inte tas emot".to_owned(),
                        n => format!("{n} svar kunde inte tas emot"),
                    }}
                </summary>
                <ul class="stack tight">{refused}</ul>
            </details>
        </div>
        <div class="outbox-leave" role="alertdialog" aria-modal="true" aria-labelledby="utkorg-fraga" hidden=move || !state.leaving.get()>
            <section class="card">
                <div class="card-body">
                    <h2 id="utkorg-fraga" tabindex="-1">{leaving_words}</h2>
                    <p>"På enheten ligger de kvar utan ditt namn, tills du loggar in här igen. Ingen annan kan se eller skicka dem."</p>
                    <p class="cluster">
                        <button class="button" on:click=move |_| leave(state, Leave::Send)>"Skicka och logga ut"</button>
                        <button class="button secondary" on:click=move |_| leave(state, Leave::Keep)>"Behåll på enheten och logga ut"</button>
                        <button class="button danger" on:click=move |_| leave(state, Leave::Remove)>"Ta bort dem och logga ut"</button>
                        <button class="button quiet" on:click=move |_| state.leaving.set(false)>"Avbryt"</button>
                    </p>
                </div>
            </section>
        </div>
    }
}

/// What to do with unsent answers at logout.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Send,
    Keep,
    Remove,
}

#[cfg(feature = "hydrate")]
use watch::{leave, remove, retry, send_now};

// on the server nothing is pressed
#[cfg(not(feature = "hydrate"))]
fn send_now(_: State) {}
#[cfg(not(feature = "hydrate"))]
fn retry(_: &str) {}
#[cfg(not(feature = "hydrate"))]
fn remove(_: &str) {}
#[cfg(not(feature = "hydrate"))]
fn leave(_: State, _: Leave) {}
