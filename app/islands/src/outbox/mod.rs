//! The outbox: what has been entered on this device and not yet reached the server. A chip on every page says how many
//! wait, sends them when the server is there, explains what was refused, and asks before a logout leaves any behind.

use domain::{
    day,
    enkat::{Mend, Period},
};
use leptos::prelude::*;

use crate::{DateInput, contract, login_link};

#[cfg(feature = "hydrate")]
mod watch;

/// An answer that the server would not have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Refused {
    id: String,
    /// The page where the enkät is answered.
    page: String,
    title: String,
    period: String,
    mend: Option<Mend>,
    why: String,
}

/// What the chip knows.
#[derive(Clone, Copy)]
struct State {
    waiting: RwSignal<usize>,
    refused: RwSignal<Vec<Refused>>,
    logged_out: RwSignal<bool>,
    /// The server has asked to wait: what is left is sent in a while.
    asked_to_wait: RwSignal<bool>,
    /// What the server wants to know, until it is seen.
    asked: RwSignal<Option<String>>,
    /// The person wants to log out, and answers wait.
    leaving: RwSignal<bool>,
    reports: RwSignal<Reports>,
}

/// What the chip knows of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Reports {
    /// How many wait.
    waiting: usize,
    /// One that was refused: the page where it can be mended, and why.
    refused: Option<(String, String)>,
    /// The id of the last one that was sent from here.
    sent: Option<String>,
    /// How many are begun; asked at logout.
    begun: usize,
}

impl Reports {
    /// How many are not sent.
    fn unsent(&self) -> usize {
        self.waiting + usize::from(self.refused.is_some())
    }
}

/// The chip, the list of what was refused and the question at logout. Shows nothing when nothing waits.
#[island]
pub fn Outbox() -> impl IntoView {
    let state = State {
        waiting: RwSignal::new(0),
        refused: RwSignal::new(vec![]),
        logged_out: RwSignal::new(false),
        asked_to_wait: RwSignal::new(false),
        asked: RwSignal::new(None),
        leaving: RwSignal::new(false),
        reports: RwSignal::default(),
    };
    let reports = move || state.reports.get();
    let nothing = move || {
        state.waiting.get() == 0
            && state.refused.with(Vec::is_empty)
            && state.reports.with(|r| Reports { begun: 0, ..r.clone() } == Reports::default())
            && state.asked.with(Option::is_none)
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| watch::start(state));
    let words = move || {
        let n = state.waiting.get();
        if state.logged_out.get() {
            format!("{n} svar väntar på att du loggar in")
        } else if state.asked_to_wait.get() {
            match n {
                1 => "1 svar väntar. Det skickas om en stund, av sig självt".to_owned(),
                n => format!("{n} svar väntar. De skickas om en stund, av sig själva"),
            }
        } else {
            format!("{n} väntar på nät")
        }
    };
    let refused = move || state.refused.get().into_iter().map(refused_answer).collect_view();
    let report_words = move || {
        let n = match reports().waiting {
            1 => "1 rapport".to_owned(),
            n => format!("{n} rapporter"),
        };
        if !state.logged_out.get() && state.asked_to_wait.get() {
            return format!("{n} väntar, och skickas om en stund av sig själv");
        }
        format!("{n} väntar på {}", if state.logged_out.get() { "att du loggar in" } else { "nät" })
    };
    view! {
        <div class="outbox no-print" hidden=nothing>
            <p class="cluster" role="status">
                <span class="chip-status warn" hidden=move || state.waiting.get() == 0>{words}</span>
                <span class="chip-status warn" hidden=move || reports().waiting == 0>{report_words}</span>
                <button
                    class="button secondary small"
                    hidden=move || { state.waiting.get() == 0 && reports().waiting == 0 }
                    on:click=move |_| send_now(state)
                >
                    "Skicka nu"
                </button>
                {login_link(move || !state.logged_out.get() || state.waiting.get() == 0 && reports().waiting == 0)}
                {sent_report(state)}
            </p>
            {asked(state)}
            {refused_report(state)}
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
        {question(state)}
    }
}

/// Why an answer was not taken, and what can be done about it: its day is changed here, the enkät is opened, it is sent again.
fn refused_answer(r: Refused) -> impl IntoView {
    let (again, gone, field) = (r.id.clone(), r.id.clone(), format!("ny-dag-{}", r.id));
    let period = r.period.parse::<Period>().map_or_else(|()| r.period.clone(), Period::label);
    let day = RwSignal::new(String::new());
    let asks = r.mend == Some(Mend::Day);
    let fault = move || day.with(|day| day::read(day, fits()).err());
    let read = move || day.with(|day| day::read(day, fits()).ok().flatten());
    let field = asks.then(|| {
        view! {
            <p class="field">
                <label for=field.clone()>"Ny dag för svaret"</label>
                <span class="field-error" role="alert" hidden=move || fault().is_none()>{fault}</span>
                <DateInput id=field label="dagen" typed=day/>
            </p>
        }
    });
    view! {
        <li>
            <p><strong>{r.title}</strong> {format!(" ({period})")}</p>
            <p>{r.why}</p>
            {field}
            <p class="cluster">
                <button
                    class="button secondary small"
                    disabled=move || asks && read().is_none()
                    // one that is refused again for the same reason stands as it stood, and its field is empty: it was tried
                    on:click=move |_| {
                        retry(&again, read());
                        day.set(String::new());
                    }
                >
                    "Skicka igen"
                </button>
                <a href=r.page>"Öppna enkäten"</a>
                <button class="button quiet small" on:click=move |_| remove(&gone)>"Ta bort svaret"</button>
            </p>
        </li>
    }
}

/// What the server wants to know. What it is about is saved already.
fn asked(state: State) -> impl IntoView {
    view! {
        <div class="notice warn cluster" role="status" hidden=move || state.asked.with(Option::is_none)>
            <p>{move || state.asked.get()}</p>
            <button class="button secondary small" on:click=move |_| answer_seen(state)>"Ja, det stämmer"</button>
        </div>
    }
}

/// The notice that a report which waited has been sent.
fn sent_report(state: State) -> impl IntoView {
    let sent = move || state.reports.with(|r| r.sent.clone());
    view! {
        <span class="chip-status done" hidden=move || sent().is_none()>
            "Rapporten är skickad. "
            <a href=move || contract::avvikelse(&sent().unwrap_or_default())>"Se vad som händer nu"</a>
        </span>
    }
}

/// Why a report was not taken, and where it can be mended.
fn refused_report(state: State) -> impl IntoView {
    let refused = move || state.reports.with(|r| r.refused.clone());
    view! {
        <p class="notice warn" hidden=move || refused().is_none()>
            <strong>"En rapport kunde inte tas emot. "</strong>
            {move || refused().map(|(_, why)| why)}
            " "
            <a href=move || refused().map(|(page, _)| page)>"Öppna och rätta den"</a>
        </p>
    }
}

/// Asked at logout, when something is not sent.
fn question(state: State) -> impl IntoView {
    let words = move || {
        let n = state.waiting.get() + state.refused.with(Vec::len);
        let svar = match n {
            0 => None,
            1 => Some("Ett svar är inte skickat.".to_owned()),
            n => Some(format!("{n} svar är inte skickade.")),
        };
        let rapporter = match state.reports.with(Reports::unsent) {
            0 => None,
            1 => Some("En rapport är inte skickad.".to_owned()),
            n => Some(format!("{n} rapporter är inte skickade.")),
        };
        let begun = match state.reports.with(|r| r.begun) {
            0 => None,
            1 => Some("En rapport är påbörjad och inte skickad.".to_owned()),
            n => Some(format!("{n} rapporter är påbörjade och inte skickade.")),
        };
        let what = [svar, rapporter, begun].into_iter().flatten().collect::<Vec<_>>().join(" ");
        format!("{what} Vad vill du göra innan du loggar ut?")
    };
    let nothing_to_send = move || {
        state.waiting.get() == 0 && state.refused.with(Vec::is_empty) && state.reports.with(|r| r.unsent() == 0)
    };
    view! {
        <div class="outbox-leave" role="alertdialog" aria-modal="true" aria-labelledby="utkorg-fraga" hidden=move || !state.leaving.get()>
            <section class="card">
                <div class="card-body">
                    <h2 id="utkorg-fraga" tabindex="-1">{words}</h2>
                    <p>"På enheten ligger det kvar utan ditt namn och låst, tills du loggar in här igen. Ingen annan kan se eller skicka det."</p>
                    <p class="cluster">
                        <button class="button" hidden=nothing_to_send on:click=move |_| leave(state, Leave::Send)>"Skicka och logga ut"</button>
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
use watch::{answer_seen, fits, leave, remove, retry, send_now};

// on the server nothing is pressed
#[cfg(not(feature = "hydrate"))]
fn send_now(_: State) {}
#[cfg(not(feature = "hydrate"))]
fn answer_seen(_: State) {}
#[cfg(not(feature = "hydrate"))]
fn retry(_: &str, _: Option<chrono::NaiveDate>) {}
#[cfg(not(feature = "hydrate"))]
fn fits() -> day::Fits {
    day::Fits::Whole
}
#[cfg(not(feature = "hydrate"))]
fn remove(_: &str) {}
#[cfg(not(feature = "hydrate"))]
fn leave(_: State, _: Leave) {}
