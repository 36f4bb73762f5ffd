//! What is typed in a form and not sent is asked about before the page goes. It holds for every form that posts, without the form
//! saying anything; one that keeps what is written on the device (`data-draft`) or sends it by itself (`data-saves`) says so, and a field that never is kept, as an
//! imported table that is pasted, has `data-unkept`. A password never is.

use std::cell::Cell;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, MouseEvent};

use crate::dom::{self, Find, document, window};

/// On a control that the person has written in or chosen from.
const WRITTEN: &str = "data-written";
/// Forms that keep what is written themselves, and those on their way.
const KEPT: &str = "[data-draft], [data-saves], [data-under-way]";
const QUESTION: &str = "Det du har skrivit är inte sparat. Vill du lämna sidan ändå?";

thread_local! {
    /// The page may go: somebody has answered, or it is to be emptied.
    static GOES: Cell<bool> = const { Cell::new(false) };
}

/// The page goes, whatever is written on it.
pub fn let_go() {
    GOES.with(|goes| goes.set(true));
}

/// What is written in a form has been sent, and the page stays.
pub fn sent(form: &HtmlFormElement) {
    for control in form.every::<Element>(&format!("[{WRITTEN}]")) {
        dom::mark(&control, WRITTEN, false);
    }
}

/// Begins: once per page.
pub fn listen() {
    let document = document();
    for name in ["input", "change"] {
        dom::on(&document, name, |event: Event| {
            if let Some(control) = dom::target::<Element>(&event).filter(|c| c.has_attribute("name")) {
                dom::mark(&control, WRITTEN, true);
            }
        });
    }
    window_event_listener(ev::beforeunload, |event| {
        if !GOES.with(Cell::get) && is_unsaved() {
            event.prevent_default();
            event.set_return_value("");
        }
    });
    // a browser of a phone asks nothing when a page is left
    dom::on(&document, "click", |event: MouseEvent| {
        let touch = window().match_media("(hover: none)").ok().flatten().is_some_and(|media| media.matches());
        let Some(link) = dom::target_in(&event, "a[href]").filter(|_| touch && !event.default_prevented()) else {
            return;
        };
        let (href, target) = (dom::attr(&link, "href"), dom::attr(&link, "target"));
        let stays = is_here(&href) || !target.is_empty() || link.has_attribute("download");
        if stays || GOES.with(Cell::get) || !is_unsaved() {
            return;
        }
        if window().confirm_with_message(QUESTION).unwrap_or(true) {
            let_go();
        } else {
            event.prevent_default();
        }
    });
}

/// Whether a link leads to a place on this page, or to another program.
fn is_here(href: &str) -> bool {
    let (page, place) = href.split_once('#').map_or((href, ""), |(page, place)| (page, place));
    let location = window().location();
    let here = [location.pathname(), location.search()].map(Result::unwrap_or_default).concat();
    let other = ["mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme));
    other || !place.is_empty() && (page.is_empty() || page == here)
}

/// Whether something is written in a form of the page that nobody has yet.
fn is_unsaved() -> bool {
    let document = document();
    let posts = |element: &Element| {
        let form = dom::closest(element, "form").and_then(|form| dom::attr(&form, "method").eq("post").then_some(form));
        form.filter(|form| !form.matches(KEPT).unwrap_or(false))
    };
    let written = document.every::<Element>(&format!("form [{WRITTEN}]"));
    // what came back is not saved: with something to mend, or to be written anew
    let back = document.every::<Element>("form [data-back]");
    let holds =
        |back: &Element| posts(back).is_some_and(|form| dom::attr(back, "data-back") == "again" || holds_text(&form));
    written.iter().any(|control| posts(control).is_some() && differs(control)) || back.iter().any(holds)
}

/// Whether a control says something else than it did when the page came.
fn differs(control: &Element) -> bool {
    if !is_kept(control) {
        return false;
    }
    if let Ok(input) = control.clone().dyn_into::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "password" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        };
    }
    match control.clone().dyn_into::<HtmlTextAreaElement>() {
        Ok(area) => area.default_value().is_ok_and(|first| first != area.value()),
        // a choice of a list
        Err(_) => true,
    }
}

/// Whether a field is one of those that are worth keeping.
fn is_kept(control: &Element) -> bool {
    dom::closest(control, "[data-unkept]").is_none()
}

/// Whether a form that came back unsaved holds what somebody wrote.
fn holds_text(form: &Element) -> bool {
    let Some(form) = form.dyn_ref::<HtmlFormElement>() else { return false };
    let typed = form.every::<HtmlInputElement>("input:is([type=text], [type=email], [type=number])");
    let texts = form.every::<HtmlTextAreaElement>("textarea");
    typed.iter().any(|input| !input.value().is_empty() && is_kept(input))
        || texts.iter().any(|area| !area.value().is_empty() && is_kept(area))
}
