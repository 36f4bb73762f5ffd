//! Takes over the form of an answer: kept on the device at once, ready for the next, digits for the options. Without it
//! the form posts by itself.

use leptos::{html, prelude::*};

#[cfg(feature = "hydrate")]
mod day;
#[cfg(feature = "hydrate")]
mod form;
#[cfg(feature = "hydrate")]
mod save;

/// The id of the form: its button stands outside it.
pub const FORM: &str = "svaret";

/// What the line under the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
enum Said {
    #[default]
    Nothing,
    /// Kept on the device; the id can be taken back. With what is said of its day and of that of the next one.
    Saved(String, String),
    Undone,
    /// What is wrong, and what to do.
    Fault(String),
}

/// What the parts of the island share.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
struct Entry {
    root: NodeRef<html::Div>,
    said: RwSignal<Said>,
    /// Answers entered this month, on all devices as far as is known.
    mine: RwSignal<i64>,
    place: StoredValue<Place>,
    /// The last answer that was saved on this page, and the day it was given, to be put back into the form.
    last: StoredValue<Option<(domain::enkat::Inlamnat, chrono::NaiveDate)>>,
    /// The month that goes on, in words.
    month_name: RwSignal<String>,
}

/// Where answers go.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
struct Place {
    enkat: String,
    konto: String,
    title: String,
    grain: String,
    kanal: String,
    first: String,
    last: String,
    today: String,
    /// What the device's clock said when it was that day.
    at: f64,
    month: String,
}

/// Wraps the form, whose address is `action`; `chosen` says which day it is for, when that is not today. `mine` of `target` answers are entered in `month` (`2026-11`); `today` is the server's, `first` and
/// `last` are the days of the enkät.
#[island]
pub fn EnkatEntry(
    enkat: String,
    konto: String,
    title: String,
    mine: i64,
    target: Option<i64>,
    month: String,
    month_name: String,
    today: String,
    grain: String,
    kanal: String,
    first: String,
    last: String,
    chosen: Option<String>,
    action: String,
    children: Children,
) -> impl IntoView {
    let entry = Entry {
        root: NodeRef::new(),
        said: RwSignal::new(Said::default()),
        mine: RwSignal::new(mine),
        last: StoredValue::new(None),
        month_name: RwSignal::new(month_name),
        place: StoredValue::new(Place {
            enkat,
            konto: konto.clone(),
            title,
            grain,
            kanal,
            first,
            last,
            today,
            at: loaded_at(),
            month,
        }),
    };
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| form::start(entry));
    let said = entry.said;
    let text = move || {
        said.with(|s| match s {
            Said::Nothing => String::new(),
            Said::Saved(_, words) => words.clone(),
            Said::Undone => "Det senaste svaret är borttaget. Det du valde står kvar i formuläret.".to_owned(),
            Said::Fault(text) => text.clone(),
        })
    };
    // the bar is drawn for targets that have room for it; the words are always there
    let steps = target.filter(|t| *t <= 12).map(|target| {
        let steps = (0..target).map(|n| view! { <li class:done=move || { entry.mine.get() > n }></li> }).collect_view();
        view! { <ol class="progress-steps" aria-hidden="true">{steps}</ol> }
    });
    let words = move || match target {
        Some(target) => format!("{} av {target} i {}", entry.mine.get(), entry.month_name.get()),
        None => format!("{} i {}", entry.mine.get(), entry.month_name.get()),
    };
    let is_today = chosen.is_none();
    view! {
        <div class="entry-island" node_ref=entry.root data-konto=konto>
            {children()}
            // one part that sticks to the bottom, the button last in it: where the thumb is, nothing moves when words come
            <div class="entry-foot">
                <p class="entry-chosen" hidden=is_today>
                    <span data-day-chosen="">{chosen}</span>
                    <a class="button quiet small" href=action data-today="">"Byt till i dag"</a>
                </p>
                <div
                    class="entry-said"
                    class:fault=move || said.with(|s| matches!(s, Said::Fault(_)))
                    role="status"
                    aria-live="polite"
                >
                    <span>{text}</span>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-keyshortcuts="Control+Z"
                        hidden=move || !said.with(|s| matches!(s, Said::Saved(..)))
                        on:click=move |_| undo(entry)
                    >
                        "Ångra"
                    </button>
                </div>
                <div class="progress-line entry-progress">{steps} <span>{words}</span></div>
                <div class="entry-save">
                    <button class="button wide" form=FORM>"Spara svar"</button>
                </div>
            </div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
use day::local_now as loaded_at;
#[cfg(not(feature = "hydrate"))]
fn loaded_at() -> f64 {
    0.0
}

#[cfg(feature = "hydrate")]
use save::undo;
// on the server nothing is pressed
#[cfg(not(feature = "hydrate"))]
fn undo(_: Entry) {}
