//! Listen: reads what was pressed, once for all who hear keys, and does what is done on every page.

use std::cell::Cell;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, KeyboardEvent};

use super::{Act, KEYS, Place, is_sign, rows};
use crate::{
    dom::{self, Find, document},
    moving,
};

/// So long after the first of two letters the second is heard, in milliseconds.
const TOGETHER: f64 = 2_000.0;
/// What a person types or chooses in: a letter is theirs there. A cell of figures has letters that do something.
const TYPED_IN: &str =
    "input:not([type=radio]):not([type=checkbox]):not([data-tal]), textarea, select, [contenteditable]";
/// What a form is filled in with.
const FIELD: &str = "input, textarea, select, [contenteditable]";
/// What sends a form, but for what takes something away.
const SENDS: &str = "button:not([type=button]):not([type=reset]):not(.danger):not(:disabled)";

thread_local! {
    /// The first of two letters, and when it was pressed.
    static FIRST: Cell<Option<(char, f64)>> = const { Cell::new(None) };
}

/// What was pressed, as the table writes it; none while a sign is being composed, and no sign in what is typed in.
fn read(event: &KeyboardEvent) -> Option<String> {
    // 229: some browsers say so instead
    if event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let key = event.key();
    let sign = key.chars().count() == 1;
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if sign && !held {
        if dom::target::<Element>(event).is_none_or(|target| target.matches(TYPED_IN).unwrap_or(true)) {
            return None;
        }
        return Some(if key == " " && event.shift_key() { "Shift+ ".to_owned() } else { key.to_lowercase() });
    }
    let mut read = String::new();
    for (is, name) in
        [(event.ctrl_key() || event.meta_key(), "Ctrl+"), (event.alt_key(), "Alt+"), (event.shift_key(), "Shift+")]
    {
        if is {
            read.push_str(name);
        }
    }
    read.push_str(&if sign { key.to_lowercase() } else { key });
    Some(read)
}

/// Whether signs do nothing on this device: chosen at `/konto`.
fn signs_off() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-no-letters"))
}

fn found(key: &str, place: Place) -> Option<Act> {
    if is_sign(key) && !place.is_always() && signs_off() {
        return None;
    }
    KEYS.iter().find(|(at, keys, _)| *at == place && keys.contains(&key)).map(|(.., act)| *act)
}

/// What was pressed stands for in a place. None for a key that is nothing there, for signs in what is typed in, and for signs
/// where they are switched off.
pub fn pressed(event: &KeyboardEvent, place: Place) -> Option<Act> {
    found(&read(event)?, place)
}

/// Whether it was one of these, without anything held: for those that do several things with the keys of an act.
pub fn is_key(event: &KeyboardEvent, keys: &[&str]) -> bool {
    read(event).is_some_and(|key| keys.contains(&&*key))
}

/// Whether Ctrl or Cmd was held.
pub fn held(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key()
}

/// Hears what is done on every page, after everybody else: what was taken there is not taken again.
pub(crate) fn listen() {
    window_event_listener(ev::keydown, |event: KeyboardEvent| {
        // a cell that is judged has letters of its own
        if event.default_prevented() || dom::target_in(&event, "[data-cell]").is_some() {
            return;
        }
        let Some(key) = together(&event) else { return };
        let act =
            [Place::Page, Place::Rows, Place::Form, Place::Month].into_iter().find_map(|place| found(&key, place));
        if act.is_some_and(|act| does(act, &event)) {
            event.prevent_default();
        }
    });
}

/// What was pressed, with the letter before it where the two are one.
fn together(event: &KeyboardEvent) -> Option<String> {
    let key = read(event)?;
    let before = FIRST.take().filter(|(_, at)| event.time_stamp() - at < TOGETHER);
    if let Some((first, _)) = before {
        return Some(format!("{first} {key}"));
    }
    let begins = |with: &&str| with.strip_prefix(&*key).is_some_and(|rest| rest.starts_with(' '));
    if key != " " && KEYS.iter().flat_map(|(_, keys, _)| *keys).any(begins) {
        FIRST.set(key.chars().next().map(|first| (first, event.time_stamp())));
        return None;
    }
    Some(key)
}

/// Does it. Whether there was anything to do.
fn does(act: Act, event: &KeyboardEvent) -> bool {
    let at = dom::target::<Element>(event);
    match act {
        Act::NextRow => rows::step(at.as_ref(), 1),
        Act::PreviousRow => rows::step(at.as_ref(), -1),
        // a key that is held down does the rest once
        _ if event.repeat() => false,
        Act::Help => ask_keys(),
        Act::Go(path) => go(path),
        Act::Mark => at.is_some_and(|at| rows::mark(&at)),
        Act::Save => at.is_some_and(|at| save(&at)),
        Act::Later => at.is_some_and(|at| moving::by(&at, 1)),
        Act::Earlier => at.is_some_and(|at| moving::by(&at, -1)),
        // the browser's own
        _ => false,
    }
}

/// Opens the help of the page, which lists its keys, or closes it.
pub(crate) fn ask_keys() -> bool {
    let Some(help) = dom::by_id::<Element>("hjalp") else { return false };
    dom::mark(&help, "open", !help.has_attribute("open"));
    if let Some(title) = help.first::<Element>("summary") {
        dom::focus(&title);
    }
    true
}

/// As a click in the menu: who does not see the entry does not go there.
fn go(path: &str) -> bool {
    let entry = document().first::<HtmlElement>(&format!(".nav a[href='{path}']"));
    entry.as_ref().inspect(|entry| entry.click()).is_some()
}

/// Sends the form that a field is in, by the button that stands nearest above it in the form.
fn save(field: &Element) -> bool {
    let Some(form) = dom::closest(field, "form[method=post]").filter(|_| field.matches(FIELD).unwrap_or(false)) else {
        return false;
    };
    let mut around = field.parent_element();
    while let Some(part) = around {
        if let Some(button) = part.first::<HtmlElement>(SENDS) {
            if let Some(form) = form.dyn_ref::<HtmlFormElement>() {
                dom::submit(form, Some(&button));
            }
            return true;
        }
        around = part.parent_element().filter(|_| part != form);
    }
    false
}
