//! Deck: moves through the slides that the server has put in the page: arrow keys, clicker, overview, black-out, timers, and
//! on a wall by itself. What is shown is never asked for: it is in the page, so it stays when the network goes; `Live`
//! exchanges the slides and tells, and the one that was shown is shown again before anything is painted.
//!
//! Windows of one meeting follow each other: who presents moves in one, the room sees the other.

use leptos::prelude::*;

/// Wakes the slides of the page.
#[island]
pub fn Deck() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::start());
    view! { <div hidden=true></div> }
}

#[cfg(feature = "hydrate")]
mod send;

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        time::Duration,
    };

    use domain::apt::skarm::is_dim;
    use leptos::{ev, prelude::*};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

    use super::send;
    use crate::{
        dom::{self, Channel, Find, document, window},
        keys::{Act, Place, ask_keys, is_key, pressed},
        live::NEW,
        worker,
    };

    const SLIDES: &str = ".deck-slides > .slide";
    /// Of the class that shows a slide, and the one that comes after it.
    const CURRENT: &str = "is-current";
    const NEXT: &str = "is-next";
    const SECOND: Duration = Duration::from_secs(1);
    /// How often the state of a wall is kept for the next power cut, in seconds.
    const KEEP_EVERY: u32 = 1_800;

    thread_local! {
        /// The id of the slide that is shown; it survives an exchange of the slides.
        static AT: RefCell<String> = const { RefCell::new(String::new()) };
        static CHANNEL: RefCell<Option<Channel>> = const { RefCell::new(None) };
        /// Seconds that this page has been open.
        static OPEN: Cell<u32> = const { Cell::new(0) };
        /// When the slide on the wall is to change, in seconds that this page has been open.
        static WAITED: Cell<i32> = const { Cell::new(0) };
        /// Seconds left of the timer that runs, and of which slide.
        static TIMER: RefCell<Option<(String, i64)>> = const { RefCell::new(None) };
    }

    fn deck() -> Option<Element> {
        document().first(".deck[data-key]")
    }

    fn slides() -> Vec<Element> {
        document().every(SLIDES)
    }

    fn mode() -> String {
        deck().map(|deck| dom::attr(&deck, "data-mode")).unwrap_or_default()
    }

    fn number(name: &str) -> Option<u32> {
        deck()?.get_attribute(name)?.parse().ok()
    }

    /// Begins: once per page.
    pub fn start() {
        let Some(deck) = deck() else { return };
        let hash = window().location().hash().unwrap_or_default();
        AT.with(|at| hash.trim_start_matches('#').clone_into(&mut at.borrow_mut()));
        dom::mark(&deck, "data-awake", true);
        let wall = mode() == "vagg";
        if wall {
            // after a power cut the screen is there before the server is
            worker::keep(true);
        } else {
            join(&dom::attr(&deck, "data-key"));
            keys();
            clicks(&deck);
            send::submits(&deck);
        }
        show(false);
        if let Some(part) = dom::by_id::<Element>("bilder") {
            dom::on(&part, NEW, |_: Event| show(false));
        }
        set_interval(move || second(wall), SECOND);
        second(wall);
    }

    /// Hears where the other windows of this meeting are.
    fn join(key: &str) {
        let channel = Channel::open(&format!("kvalitet-bild-{key}"), |text| match text.split_once(' ') {
            Some(("bild", id)) => {
                AT.with(|at| id.clone_into(&mut at.borrow_mut()));
                show(false);
            }
            Some(("svart", on)) => set("data-black", on == "1"),
            _ => {}
        });
        CHANNEL.with(|c| *c.borrow_mut() = channel);
    }

    fn tell(text: &str) {
        CHANNEL.with(|c| {
            if let Some(channel) = &*c.borrow() {
                channel.tell(text);
            }
        });
    }

    fn has(name: &str) -> bool {
        deck().is_some_and(|d| d.has_attribute(name))
    }

    fn set(name: &str, on: bool) {
        if let Some(deck) = deck() {
            dom::mark(&deck, name, on);
        }
    }

    /// Marks the slide that is shown. One that is not there any more gives way to the first.
    fn show(told: bool) {
        let all = slides();
        if all.is_empty() {
            return;
        }
        let id = AT.with(|at| at.borrow().clone());
        let at = all.iter().position(|s| s.id() == id).unwrap_or(0);
        for (i, slide) in all.iter().enumerate() {
            let list = slide.class_list();
            let _ = list.toggle_with_force(CURRENT, i == at);
            let _ = list.toggle_with_force(NEXT, i == at + 1);
        }
        let current = &all[at];
        AT.with(|a| *a.borrow_mut() = current.id());
        panels(&dom::attr(current, "data-punkt"));
        paint_timer();
        if mode() == "vagg" {
            return;
        }
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{}", current.id())));
        }
        if told {
            tell(&format!("bild {}", current.id()));
        }
    }

    fn panels(punkt: &str) {
        for part in document().every::<HtmlElement>(".deck-point") {
            part.set_hidden(dom::attr(&part, "data-of") != punkt);
        }
    }

    fn panel() -> Option<Element> {
        document().first(".deck-panel")
    }

    fn go(by: i32) {
        let all = slides();
        let id = AT.with(|at| at.borrow().clone());
        let at = all.iter().position(|s| s.id() == id).unwrap_or(0);
        let last = i32::try_from(all.len()).unwrap_or(1) - 1;
        let to = match by {
            i32::MIN => 0,
            i32::MAX => last,
            by => (i32::try_from(at).unwrap_or(0) + by).clamp(0, last),
        };
        if let Some(slide) = usize::try_from(to).ok().and_then(|to| all.get(to)) {
            AT.with(|a| *a.borrow_mut() = slide.id());
            show(true);
            if has("data-overview") {
                slide.scroll_into_view();
            }
        }
    }

    /// What a key or a button does. Whether there is such a thing.
    fn act(what: &str) -> bool {
        match what {
            "nasta" => go(1),
            "forra" => go(-1),
            "forsta" => go(i32::MIN),
            "sista" => go(i32::MAX),
            "oversikt" => set("data-overview", !has("data-overview")),
            "svart" => {
                let on = !has("data-black");
                set("data-black", on);
                tell(if on { "svart 1" } else { "svart 0" });
            }
            "panel" => {
                if let Some(panel) = panel() {
                    let closed = panel.has_attribute("hidden");
                    dom::mark(&panel, "hidden", !closed);
                    let field = panel.first::<Element>(".deck-point:not([hidden]) textarea");
                    if let Some(field) = field.filter(|_| closed) {
                        dom::focus(&field);
                    }
                }
            }
            "klocka" => timer(),
            "tangenter" => {
                ask_keys();
            }
            "helskarm" => full_screen(),
            "stang" => {
                if has("data-black") {
                    set("data-black", false);
                    tell("svart 0");
                } else if has("data-overview") {
                    set("data-overview", false);
                } else if mode() == "rum"
                    && let Some(panel) = panel()
                {
                    dom::mark(&panel, "hidden", true);
                }
            }
            _ => return false,
        }
        true
    }

    fn full_screen() {
        let document = document();
        if document.fullscreen_element().is_some() {
            document.exit_fullscreen();
        } else if let Some(root) = document.document_element() {
            let _ = root.request_fullscreen();
        }
    }

    fn keys() {
        window_event_listener(ev::keydown, |event: KeyboardEvent| {
            let target = dom::target::<Element>(&event);
            let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
            let typing = matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT");
            let Some(pressed) = pressed(&event, Place::Deck) else { return };
            if typing {
                if pressed == Act::Close {
                    act("stang");
                    if let Some(field) = target.and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
                        let _ = field.blur();
                    }
                }
                return;
            }
            // a button or a link that has the focus is pressed by these
            let on_button = matches!(tag.as_str(), "BUTTON" | "A" | "SUMMARY");
            let what = match pressed {
                Act::NextSlide if on_button && is_key(&event, &[" ", "Enter"]) => return,
                Act::NextSlide if has("data-overview") && is_key(&event, &["Enter"]) => "stang",
                Act::NextSlide => "nasta",
                Act::PreviousSlide => "forra",
                Act::FirstSlide => "forsta",
                Act::LastSlide => "sista",
                Act::Black => "svart",
                Act::Overview => "oversikt",
                Act::Panel => "panel",
                Act::Timer => "klocka",
                Act::FullScreen => "helskarm",
                Act::Help => "tangenter",
                Act::Close => "stang",
                _ => return,
            };
            if act(what) {
                event.prevent_default();
            }
        });
    }

    fn clicks(deck: &Element) {
        dom::on(deck, "click", |event: MouseEvent| {
            let Some(target) = dom::target::<Element>(&event) else { return };
            if let Some(button) = dom::closest(&target, "[data-do]") {
                act(&dom::attr(&button, "data-do"));
            } else if dom::closest(&target, ".slide-timer").is_some() {
                act("klocka");
            } else if has("data-overview")
                && let Some(slide) = dom::closest(&target, ".slide")
            {
                event.prevent_default();
                AT.with(|at| *at.borrow_mut() = slide.id());
                set("data-overview", false);
                show(true);
            }
        });
    }

    /// Once a second: clock, timer, and on a wall whether it is time for the next slide, and night.
    fn second(wall: bool) {
        let now = js_sys::Date::new_0();
        if wall {
            let open = OPEN.with(|o| {
                o.set(o.get() + 1);
                o.get()
            });
            if open.is_multiple_of(KEEP_EVERY) {
                worker::keep(true);
            }
            let minute = now.get_hours() * 60 + now.get_minutes();
            if let (Some(from), Some(to)) = (number("data-dim-from"), number("data-dim-to")) {
                set("data-dim", is_dim(minute, from, to));
            }
            let every = number("data-seconds").and_then(|n| i32::try_from(n).ok()).unwrap_or(20);
            let waited = WAITED.with(|w| {
                w.set(w.get() + 1);
                w.get()
            });
            if waited > every {
                WAITED.with(|w| w.set(1));
                let last = slides().last().map(Element::id).unwrap_or_default();
                let at_end = AT.with(|at| *at.borrow() == last);
                go(if at_end { i32::MIN } else { 1 });
            }
            return;
        }
        if let Some(clock) = document().first::<Element>(".deck-clock") {
            let text = format!("{}.{:02}", now.get_hours(), now.get_minutes());
            if clock.text_content().as_deref() != Some(&text) {
                clock.set_text_content(Some(&text));
            }
        }
        let runs = TIMER.with(|t| {
            let mut t = t.borrow_mut();
            if let Some((_, left)) = &mut *t {
                *left -= 1;
                true
            } else {
                false
            }
        });
        if runs {
            paint_timer();
        }
    }

    fn timer_of(id: &str) -> Option<Element> {
        dom::by_id::<Element>(id)?.first(".slide-timer")
    }

    /// Starts the timer of the slide, or stops it.
    fn timer() {
        let id = AT.with(|at| at.borrow().clone());
        let runs = TIMER.with(|t| t.borrow().is_some());
        if runs {
            TIMER.with(|t| *t.borrow_mut() = None);
        } else if let Some(minutes) = timer_of(&id).and_then(|t| t.get_attribute("data-minutes")?.parse::<i64>().ok()) {
            TIMER.with(|t| *t.borrow_mut() = Some((id.clone(), minutes * 60)));
        }
        paint_timer();
    }

    fn paint_timer() {
        let id = AT.with(|at| at.borrow().clone());
        let Some(shown) = timer_of(&id) else { return };
        let left = TIMER.with(|t| t.borrow().as_ref().filter(|(of, _)| *of == id).map(|(_, left)| *left));
        let minutes = shown.get_attribute("data-minutes").and_then(|m| m.parse::<i64>().ok()).unwrap_or(0);
        let seconds = left.unwrap_or(minutes * 60).max(0);
        shown.set_text_content(Some(&format!("{}.{:02}", seconds / 60, seconds % 60)));
        let _ = shown.class_list().toggle_with_force("runs", left.is_some());
        let _ = shown.class_list().toggle_with_force("over", left.is_some_and(|l| l <= 0));
    }
}
