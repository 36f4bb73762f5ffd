//! The toast: what was done, with what takes it back. In the browser it goes away by itself, and can be closed; without
//! script it goes with the next page.

use leptos::{html, prelude::*};

/// `stays`: whether it says something that has to be read, and goes only when it is closed. `in_place`: whether it stands at
/// the top of the content, where it would lie over a table that is filled in. Within it are the sentence (`.toast-text`) and
/// what takes it back (a button with `data-undo`), which Ctrl+Z presses from wherever nothing is typed.
#[island]
pub fn ToastBar(stays: bool, in_place: bool, children: Children) -> impl IntoView {
    let shown = RwSignal::new(true);
    let bar = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(bar) = bar.get_untracked() {
            browser::start(&bar, stays, in_place, shown);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = stays;
    view! {
        <div class="toast no-print" class:in-place=in_place role="status" node_ref=bar hidden=move || !shown.get()>
            {children()}
            // without script the page is asked for anew, and comes without it
            <a
                class="toast-close"
                href=""
                aria-label="Stäng meddelandet"
                on:click=move |event| { event.prevent_default(); shown.set(false); }
            >
                "Stäng"
            </a>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::{ev, prelude::*};
    use web_sys::{Element, HtmlElement};

    use crate::{
        dom::{self, Find, document, target, window},
        keys::{Act, Place, pressed},
    };

    /// How long what was done is told, in seconds; longer where it can be taken back.
    const TOLD: u32 = 8;
    const TOLD_WITH_UNDO: u32 = 15;
    /// What a person types in: Ctrl+Z is theirs there.
    const TYPED_IN: &str = "input, textarea, select, [contenteditable]";
    /// What Escape closes before the toast.
    const OPEN: &str = "dialog[open], [role$=dialog]:not([hidden]), :popover-open, details.menu[open]";
    const ROOM: &str = "--toast-room";

    /// Counts while the page is looked at and nobody points at the toast or stands in it.
    pub fn start(bar: &HtmlElement, stays: bool, in_place: bool, shown: RwSignal<bool>) {
        tell(bar);
        if !in_place {
            make_room(bar);
        }
        let undo = bar.first::<HtmlElement>("[data-undo]");
        if !stays {
            count(bar, if undo.is_some() { TOLD_WITH_UNDO } else { TOLD }, shown);
            // the next act
            let own = bar.clone();
            window_event_listener(ev::submit, move |event| {
                if !target::<Element>(&event).is_some_and(|target| own.contains(Some(&target))) {
                    shown.set(false);
                }
            });
        }
        go_back_to(bar, shown);
        window_event_listener(ev::keydown, move |event| {
            if !shown.get_untracked() || event.default_prevented() {
                return;
            }
            let typing = || target::<Element>(&event).is_some_and(|target| target.matches(TYPED_IN).unwrap_or(true));
            match (pressed(&event, Place::Toast), &undo) {
                (Some(Act::Undo), Some(undo)) if !typing() => {
                    event.prevent_default();
                    undo.click();
                }
                (Some(Act::Close), _) if document().first::<Element>(OPEN).is_none() => shown.set(false),
                _ => {}
            }
        });
    }

    fn content() -> Option<HtmlElement> {
        dom::by_id("innehall")
    }

    /// Takes it away when so many seconds have passed.
    fn count(bar: &HtmlElement, seconds: u32, shown: RwSignal<bool>) {
        let left = StoredValue::new(seconds);
        let bar = bar.clone();
        let tick = move || {
            let waits = document().hidden() || bar.matches(":hover, :focus-within").unwrap_or(false);
            if !waits {
                left.update_value(|left| *left = left.saturating_sub(1));
            }
            if left.get_value() == 0 {
                shown.set(false);
            }
        };
        let counting = set_interval_with_handle(tick, Duration::from_secs(1)).ok();
        Effect::new(move |_| {
            if !shown.get()
                && let Some(counting) = counting
            {
                counting.clear();
            }
        });
    }

    /// A region that is there when the page comes is not read out: its text is put in anew.
    fn tell(bar: &HtmlElement) {
        if let Some(text) = bar.first::<Element>(".toast-text") {
            let said = text.text_content();
            set_timeout(move || text.set_text_content(said.as_deref()), Duration::from_millis(300));
        }
    }

    /// Bars that stick to the bottom stand above it, however many lines it has.
    fn make_room(bar: &HtmlElement) {
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        if let (Some(main), Some(height)) = (content(), height) {
            // where it will stand: while it comes in, what it is drawn at is another place
            let room = (height - f64::from(bar.offset_top())).max(0.0);
            let _ = main.style().set_property(ROOM, &format!("{room}px"));
        }
    }

    /// When it goes, whoever stood in it stands where they came from, and the page has its foot back.
    fn go_back_to(bar: &HtmlElement, shown: RwSignal<bool>) {
        let from = StoredValue::new_local(None::<HtmlElement>);
        let inside = StoredValue::new(false);
        let entered = bar.clone();
        window_event_listener(ev::focusin, move |event| {
            let within = target::<Element>(&event).is_some_and(|target| entered.contains(Some(&target)));
            inside.set_value(within);
            if !within {
                from.set_value(target(&event));
            }
        });
        Effect::new(move |_| {
            if shown.get() {
                return;
            }
            let Some(main) = content() else { return };
            let _ = main.class_list().remove_1("with-toast");
            let _ = main.style().remove_property(ROOM);
            if inside.get_value() {
                let before = from.get_value().filter(|before| before.is_connected()).unwrap_or(main);
                let y = window().scroll_y().unwrap_or_default();
                dom::focus(&before);
                window().scroll_to_with_x_and_y(0.0, y);
            }
        });
    }
}
