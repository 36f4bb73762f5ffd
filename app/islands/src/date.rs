//! The control of a date: a text in any spelling that `domain::day` reads, with the browser's own calendar beside it. Without script
//! the text alone does all. This is the only place that makes one: `ui::sources` reads all sources.

use domain::day;
use leptos::prelude::*;

/// A text for a date and the button of its calendar. What the calendar gives is put into the text, which is what is posted.
#[component]
pub fn DateInput(
    /// Id of the text.
    #[prop(into)]
    id: String,
    /// What the date is called: the button of its calendar says it too, and is told from others of the page.
    #[prop(into)]
    label: String,
    /// What it is posted as; none where a listener reads it.
    #[prop(optional, into)]
    name: Option<String>,
    /// What it holds.
    #[prop(optional, into)]
    value: String,
    /// Whether it is to be mended.
    #[prop(optional)]
    invalid: bool,
    /// Ids of what is said of it.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
    /// Where an island keeps what is written.
    #[prop(optional, into)]
    typed: Option<RwSignal<String>>,
) -> impl IntoView {
    let text = match typed {
        None => view! {
            <input
                id=id
                type="text"
                name=name
                value=value
                autocomplete="off"
                placeholder=day::HINT
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
            />
        }
        .into_any(),
        Some(typed) => view! {
            <input
                id=id
                type="text"
                autocomplete="off"
                placeholder=day::HINT
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
        }
        .into_any(),
    };
    let calendar = format!("Öppna almanackan: {label}");
    let tip = calendar.clone();
    view! {
        <span class="date-input">
            {text}
            <span class="date-calendar">
                <input type="date" tabindex="-1" aria-hidden="true"/>
                <button type="button" data-calendar="" title=tip>
                    <span class="visually-hidden">{calendar}</span>
                    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                        <path d="M4 5h12v11H4zM4 8.5h12M7 3v3M13 3v3" fill="none" stroke="currentColor" stroke-width="1.5"/>
                    </svg>
                </button>
            </span>
        </span>
    }
}

/// The calendars of all dates of the page.
#[cfg(feature = "hydrate")]
pub(crate) fn listen() {
    use web_sys::{Event, HtmlInputElement};

    use crate::dom::{self, Find};

    let document = dom::document();
    dom::on(&document, "click", |event: Event| {
        let place = dom::target_in(&event, "[data-calendar]").and_then(|b| dom::closest(&b, ".date-input"));
        let Some(place) = place else { return };
        let (text, calendar) = (place.first::<HtmlInputElement>("input"), calendar_of(&place));
        if let (Some(text), Some(calendar)) = (text, calendar) {
            // what is no date in its own spelling is none to a calendar, which opens at today
            calendar.set_value(&text.value());
            let _ = calendar.show_picker();
        }
    });
    dom::on(&document, "change", |event: Event| {
        let Some(calendar) = dom::target::<HtmlInputElement>(&event) else { return };
        let Some(place) = dom::closest(&calendar, ".date-calendar").and_then(|c| dom::closest(&c, ".date-input"))
        else {
            return;
        };
        if let Some(text) = place.first::<HtmlInputElement>("input") {
            text.set_value(&calendar.value());
            dom::happens(&text, "input");
            dom::happens(&text, "change");
            dom::focus(&text);
        }
    });
}

/// The calendar beside a text.
#[cfg(feature = "hydrate")]
fn calendar_of(place: &web_sys::Element) -> Option<web_sys::HtmlInputElement> {
    use crate::dom::Find;

    place.first(".date-calendar > input")
}
