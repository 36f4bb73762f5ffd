//! The form in the browser: what it holds, what is wrong with it, and its keys.

use domain::{enkat::fraga::check_fritext, enkat::svar::key_of};
use leptos::prelude::*;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::{Entry, Said, day, save, save::undo};
use islands::{
    dom::{self, Find},
    keys::{Act, Place, held, pressed},
};

const CURRENT: &str = "is-current";

/// Hangs the listeners on the form.
pub fn start(entry: Entry) {
    let Some(form) = form(entry) else { return };
    dom::on(&form, "submit", move |event: Event| {
        event.prevent_default();
        save::submit(entry);
    });
    // at each letter and not when the field is left: that is when the button is tapped, and what a warning gives way to would
    // move it from under the finger
    dom::on(&form, "input", move |event: Event| changed(entry, &event));
    if let Some(root) = entry.root.get_untracked() {
        // also outside the form: the line stands at the button that saves
        dom::on(&root, "click", move |event: Event| today(entry, &event));
    }
    dom::on(&dom::document(), "keydown", move |event: KeyboardEvent| key(entry, &event));
    dom::on(&dom::document(), "visibilitychange", move |_: Event| day::pass(entry));
    save::begin(entry);
}

/// The form.
pub fn form(entry: Entry) -> Option<HtmlFormElement> {
    entry.root.get_untracked()?.first("form[data-entry]")
}

/// The questions in order, kön last.
fn questions(form: &HtmlFormElement) -> Vec<Element> {
    form.every("[data-question]")
}

fn name_of(question: &Element) -> String {
    dom::attr(question, "data-question")
}

fn options(question: &Element) -> Vec<HtmlInputElement> {
    question.every("input[type=radio]")
}

fn textarea(question: &Element) -> Option<HtmlTextAreaElement> {
    question.first("textarea")
}

/// What is chosen or written; empty for nothing.
fn value(question: &Element) -> String {
    match textarea(question) {
        Some(text) => text.value().trim().to_owned(),
        None => options(question).into_iter().find(HtmlInputElement::checked).map(|o| o.value()).unwrap_or_default(),
    }
}

/// What the form holds: kön, and the answers by the key of their question. Or what is wrong, said at its question, with
/// the focus there.
pub fn read(form: &HtmlFormElement) -> Result<(String, Vec<(i32, String)>), String> {
    let (mut kon, mut values, mut first_fault) = (String::new(), Vec::new(), None);
    for question in questions(form) {
        let given = value(&question);
        let fault = if given.is_empty() && !question.has_attribute("data-optional") {
            Some(if textarea(&question).is_some() { "Skriv ett svar." } else { "Välj ett svar." }.to_owned())
        } else if textarea(&question).is_some() {
            check_fritext(&given)
        } else {
            None
        };
        say(&question, fault.as_deref());
        if let Some(fault) = fault {
            first_fault.get_or_insert_with(|| {
                focus(&question);
                fault
            });
        }
        if given.is_empty() {
            continue;
        }
        match key_of(&name_of(&question)) {
            Some(key) => values.push((key, given)),
            None => kon = given,
        }
    }
    match first_fault {
        Some(fault) => Err(fault),
        None if values.is_empty() => Err("Svara på minst en fråga.".to_owned()),
        None => Ok((kon, values)),
    }
}

/// Whether nothing is chosen or written.
pub fn is_empty(form: &HtmlFormElement) -> bool {
    questions(form).iter().all(|question| value(question).is_empty())
}

/// Puts an answer back into the form.
pub fn fill(form: &HtmlFormElement, kon: &str, values: &[(i32, String)]) {
    for question in questions(form) {
        let key = key_of(&name_of(&question));
        let given = match key {
            Some(key) => values.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.as_str()),
            None => kon,
        };
        if let Some(text) = textarea(&question) {
            text.set_value(given);
        }
        for option in options(&question) {
            option.set_checked(!given.is_empty() && option.value() == given);
        }
    }
}

/// Empty again, at the first question.
pub fn clear(form: &HtmlFormElement) {
    // not reset(): a form that came back with an answer would get it again
    fill(form, "", &[]);
    for question in questions(form) {
        say(&question, None);
    }
    let first = questions(form).into_iter().next();
    mark(form, first.as_ref());
    if let Some(first) = first {
        focus(&first);
    }
    dom::window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Writes what is wrong at a question, as the server does, or takes it away.
fn say(question: &Element, fault: Option<&str>) {
    let before: Vec<Element> = question.every(".field-error");
    if before.len() == usize::from(fault.is_some()) && before.first().and_then(|p| p.text_content()).as_deref() == fault
    {
        return;
    }
    for old in before {
        old.remove();
    }
    let _ = question.class_list().toggle_with_force("invalid", fault.is_some());
    let Some(line) = fault.and_then(|fault| dom::made("p", "field-error", fault)) else { return };
    let before = question.first::<Element>(".choices, textarea");
    let _ = question.insert_before(&line, before.as_ref().map(AsRef::as_ref));
}

fn focus(question: &Element) {
    let control =
        question.first::<Element>(if textarea(question).is_some() { "textarea" } else { "input[type=radio]" });
    if let Some(control) = control {
        dom::focus(&control);
    }
}

fn mark(form: &HtmlFormElement, question: Option<&Element>) {
    for other in form.every::<Element>(".is-current") {
        let _ = other.class_list().remove_1(CURRENT);
    }
    if let Some(question) = question {
        let _ = question.class_list().add_1(CURRENT);
    }
}

/// The question that a digit answers: the marked one, or the first without an answer.
fn current(form: &HtmlFormElement) -> Option<Element> {
    let asked = questions(form);
    let marked = asked.iter().find(|q| q.class_list().contains(CURRENT)).cloned();
    marked.or_else(|| asked.into_iter().find(|q| textarea(q).is_none() && value(q).is_empty()))
}

/// "Byt till i dag": in place, with everything that is chosen.
fn today(entry: Entry, event: &Event) {
    if dom::target_in(event, "[data-today]").is_some() {
        event.prevent_default();
        day::set(entry, None);
        entry.said.set(Said::Nothing);
    }
}

/// An option was chosen: its fault is mended, and the next question is up. Or something is written: what must not stand in a
/// free text is said at once, and no longer than it stands there.
fn changed(entry: Entry, event: &Event) {
    let name = dom::target::<Element>(event).and_then(|t| t.get_attribute("name"));
    if name.as_deref() == Some("dag") {
        return day::changed(entry);
    }
    let question = dom::target_in(event, "[data-question]");
    let (Some(question), Some(form)) = (question, form(entry)) else { return };
    if let Some(text) = textarea(&question) {
        say(&question, check_fritext(&text.value()).as_deref());
    } else {
        say(&question, None);
        advance(&form, &question);
    }
    entry.said.update(|s| {
        if *s != Said::Nothing {
            *s = Said::Nothing;
        }
    });
}

fn advance(form: &HtmlFormElement, from: &Element) {
    let asked = questions(form);
    let at = asked.iter().position(|q| q == from).map_or(0, |i| i + 1);
    mark(form, asked.iter().skip(at).find(|q| textarea(q).is_none()));
}

fn key(entry: Entry, event: &KeyboardEvent) {
    let target = dom::target::<Element>(event);
    let tag = target.as_ref().map(|t| t.tag_name().to_lowercase()).unwrap_or_default();
    // a day is typed in figures, which are no options, and with an Enter of its own
    let in_text = tag == "textarea" || target.as_ref().is_some_and(|t| dom::closest(t, ".date-input").is_some());
    let Some(form) = form(entry) else { return };
    match pressed(event, Place::Answers) {
        // with Ctrl wherever one is; alone not in a text, and a button, a link and a summary have an Enter of their own
        Some(Act::SaveAnswer) if held(event) || !in_text && matches!(tag.as_str(), "body" | "input") => {
            event.prevent_default();
            save::submit(entry);
        }
        Some(Act::Undo) if !in_text => undo(entry),
        Some(Act::Option(nth)) if !in_text => {
            let place = usize::from(nth.saturating_sub(1));
            let Some(question) = current(&form) else { return };
            let Some(option) = options(&question).into_iter().nth(place) else { return };
            event.prevent_default();
            let _ = option.focus();
            option.click();
        }
        _ => {}
    }
}
