//! The draft on the page where it is written: put back, kept at every change, sent with the form or later.

use leptos::{leptos_dom::helpers::window, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement};

use super::{
    Said, Writing, form,
    keep::{self, CHANGED, Content, Kept, Keys, Stage},
    send,
};
use crate::islands::{device::random_id, outbox::db::ask_to_send, server_answers};

/// On a form that is on its way; see `form_guard`.
const UNDER_WAY: &str = "data-under-way";
const UNKEPT: &str = "Enheten kan inte spara det du skriver. Lämna inte sidan förrän du har skickat det.";

thread_local! {
    static BUSY: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    static AGAIN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

fn form_of(writing: Writing) -> Option<HtmlFormElement> {
    writing.root.get_untracked()?.query_selector("form[data-draft]").ok()??.dyn_into().ok()
}

/// Begins: once per page.
pub fn start(writing: Writing) {
    let Some(element) = form_of(writing) else { return };
    listen(&element, "input", move |event| {
        if let Some(text) = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
            form::warn(&text);
        }
        save(writing);
    });
    listen(&element, "change", move |event| {
        if let Some(control) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
            let _ = control.set_attribute("data-touched", "");
        }
        save(writing);
    });
    listen(&element, "submit", move |event| submit(writing, &event));
    let changed = Closure::<dyn Fn(Event)>::new(move |_| look_whether_sent(writing));
    let _ = window().add_event_listener_with_callback(CHANGED, changed.as_ref().unchecked_ref());
    changed.forget();
    spawn_local(async move { put_back(writing, &element).await });
}

fn listen(form: &HtmlFormElement, name: &str, listener: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(listener);
    let _ = form.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Puts what was written earlier back, unless the server has just sent it back with something to mend.
async fn put_back(writing: Writing, element: &HtmlFormElement) {
    // what was typed before this was awake stands in the fields and nowhere else
    let early = form::touched(element);
    let Ok(keys) = send::keys().await else { return writing.said.set(Said::Fault(UNKEPT)) };
    let own_id = form::id(element).map(|i| i.value()).unwrap_or_default();
    if !element.has_attribute("data-back")
        && let Some((kept, content)) = latest(&keys, element).await.filter(|(kept, _)| kept.id != own_id)
    {
        if send::is_received(&kept.id).await {
            keep::forget(&kept.id).await;
        } else {
            form::fill(element, &content.fields);
            if let Some(id) = form::id(element) {
                id.set_value(&kept.id);
            }
            form::warn_all(element);
            writing.restored.set(true);
        }
    }
    if early || writing.restored.get_untracked() || element.has_attribute("data-back") {
        save_now(writing).await;
    }
    writing.said.update(|said| {
        if *said == Said::Nothing {
            *said = Said::Kept;
        }
    });
}

/// The latest draft of this form that is not on its way.
async fn latest(keys: &Keys, element: &HtmlFormElement) -> Option<(Kept, Content)> {
    let action = element.get_attribute("action").unwrap_or_default();
    let drafts = keep::all().await.into_iter().filter(|k| k.stage != Stage::Waiting);
    drafts.filter_map(|kept| Some((keys.open(&kept)?, kept))).find(|(c, _)| c.action == action).map(|(c, k)| (k, c))
}

fn content(element: &HtmlFormElement) -> Content {
    Content {
        action: element.get_attribute("action").unwrap_or_default(),
        page: window().location().pathname().unwrap_or_default(),
        fields: form::read(element),
    }
}

/// Keeps what the form holds. While that is under way it is done once more after it.
fn save(writing: Writing) {
    if BUSY.with(|busy| busy.replace(true)) {
        AGAIN.with(|again| again.set(true));
        return;
    }
    spawn_local(async move {
        save_now(writing).await;
        while AGAIN.with(|again| again.replace(false)) {
            save_now(writing).await;
        }
        BUSY.with(|busy| busy.set(false));
    });
}

async fn save_now(writing: Writing) -> bool {
    keep_as(writing, Stage::Writing).await
}

async fn keep_as(writing: Writing, stage: Stage) -> bool {
    let Some(element) = form_of(writing) else { return false };
    let Some(id) = form::id(&element).map(|i| i.value()) else { return false };
    writing.id.set(id.clone());
    let kept = match send::keys().await {
        Ok(keys) => keys.now.keep(&id, stage, &content(&element)).await.is_ok(),
        Err(_) => false,
    };
    let said = if kept { Said::Kept } else { Said::Fault(UNKEPT) };
    if writing.said.with_untracked(|now| *now != said) {
        writing.said.set(said);
    }
    kept
}

fn submit(writing: Writing, event: &Event) {
    let Some(element) = form_of(writing) else { return };
    match element.get_attribute(UNDER_WAY).as_deref() {
        // the server is there: let it go
        Some("known" | "sent") => return,
        Some(_) => return event.prevent_default(),
        None => event.prevent_default(),
    }
    if let Some(text) = form::warn_all(&element) {
        let _ = text.focus();
        return;
    }
    let _ = element.set_attribute(UNDER_WAY, "asking");
    spawn_local(async move {
        let kept = save_now(writing).await;
        if server_answers().await {
            let _ = element.set_attribute(UNDER_WAY, "known");
            let _ = element.request_submit();
            return;
        }
        let _ = element.remove_attribute(UNDER_WAY);
        if kept && keep_as(writing, Stage::Waiting).await {
            writing.restored.set(false);
            writing.said.set(Said::Waiting);
            focus_away(writing);
            ask_to_send();
        } else {
            writing.said.set(Said::Fault(
                "Servern nås inte just nu, och enheten kan inte spara det du skrev. Lämna sidan öppen och försök igen \
                 om en stund.",
            ));
        }
    });
}

fn focus_away(writing: Writing) {
    let away = writing.root.get_untracked().and_then(|r| r.query_selector(".draft-away").ok().flatten());
    if let Some(away) = away.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // shown by the next frame
        let focus = Closure::once_into_js(move || drop(away.focus()));
        let _ = window().request_animation_frame(focus.unchecked_ref());
    }
}

/// What waited may have been sent meanwhile, by this page or another, or have been refused.
fn look_whether_sent(writing: Writing) {
    if writing.said.with_untracked(|s| *s != Said::Waiting) {
        return;
    }
    spawn_local(async move {
        match keep::get(&writing.id.get_untracked()).await {
            None => writing.said.set(Said::Sent),
            Some(kept) if matches!(kept.stage, Stage::Refused(_)) => change(writing),
            Some(_) => {}
        }
    });
}

/// Back to writing what waits.
pub fn change(writing: Writing) {
    spawn_local(async move {
        if save_now(writing).await {
            writing.said.set(Said::Kept);
        }
    });
}

/// Empties the form and forgets its draft. One that waits to be sent is not forgotten.
pub fn start_over(writing: Writing) {
    let Some(element) = form_of(writing) else { return };
    let waits = writing.said.with_untracked(|s| *s == Said::Waiting);
    spawn_local(async move {
        if let Some(id) = form::id(&element).filter(|_| !waits) {
            keep::forget(&id.value()).await;
        }
        element.reset();
        if let Some(id) = form::id(&element) {
            id.set_value(&random_id());
        }
        form::warn_all(&element);
        writing.restored.set(false);
        writing.said.set(Said::Kept);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}
