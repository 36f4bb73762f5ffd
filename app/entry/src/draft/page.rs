//! The draft on the page where it is written: put back, kept at every change, sent with the form or later.

use domain::sent::Stands;
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement};

use super::{Origin, Said, Writing, form};
use islands::{
    client::{self, Meets},
    contract,
    dom::{self, Find, window},
    one_tab,
    queue::{
        self, CHANGED,
        kept::{Content, KeptDraft, Stage},
        report::{self, Keys},
    },
    random,
};

/// On a form that is on its way; see `form_guard`.
const UNDER_WAY: &str = "data-under-way";
/// On a form whose text was kept under another id: that draft goes when the text is kept under the id it has now.
const REPLACED: &str = "data-replaced";
const UNKEPT: &str = "Enheten kan inte spara det du skriver. Lämna inte sidan förrän du har skickat det.";

thread_local! {
    // busy until it is known what the form is to hold
    static BUSY: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
    static AGAIN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

fn form_of(writing: Writing) -> Option<HtmlFormElement> {
    writing.root.get_untracked()?.first("form[data-draft]")
}

/// Begins: once per page.
pub fn start(writing: Writing) {
    let Some(element) = form_of(writing) else { return };
    dom::on(&element, "input", move |event: Event| {
        if let Some(text) = dom::target::<HtmlElement>(&event) {
            form::warn(&text);
        }
        save(writing);
    });
    dom::on(&element, "change", move |event: Event| {
        if let Some(control) = dom::target::<Element>(&event) {
            dom::mark(&control, "data-touched", true);
        }
        save(writing);
    });
    dom::on(&element, "submit", move |event: Event| submit(writing, &event));
    window_event_listener_untyped(CHANGED, move |_| look_whether_sent(writing));
    spawn_local(async move {
        put_back(writing, &element).await;
        save_again(writing).await;
    });
}

/// Puts what was written earlier back, unless the server has just sent it back with something to mend.
async fn put_back(writing: Writing, element: &HtmlFormElement) {
    // what was typed before this was awake stands in the fields and nowhere else
    let early = form::touched(element);
    let back = element.has_attribute("data-back");
    // a tab that was doubled comes with the id of the other
    own_id(writing, element, form::id(element).map(|i| i.value()).unwrap_or_default()).await;
    let Ok(keys) = report::keys().await else { return writing.said.set(Said::Fault(UNKEPT.to_owned())) };
    if !back {
        restore(writing, element, &keys).await;
    }
    let restored = matches!(writing.origin.get_untracked(), Origin::Before | Origin::AfterSent);
    if early || restored || back {
        save_now(writing).await;
    }
    writing.said.update(|said| {
        if *said == Said::Nothing {
            *said = Said::Kept;
        }
    });
}

/// Gives what is written here an id that no other tab has: `wanted`, or else another.
async fn own_id(writing: Writing, element: &HtmlFormElement, wanted: String) {
    let id = if own(writing, &wanted).await { wanted } else { random::id() };
    if let Some(input) = form::id(element) {
        input.set_value(&id);
    }
}

/// Whether a draft is this tab's to write. While a tab is open no other takes up what it writes: two would send two texts
/// under one id.
async fn own(writing: Writing, id: &str) -> bool {
    let taken = move || {
        // it was taken up elsewhere while this tab was frozen: what stands here is a draft of its own from now on
        let Some(element) = form_of(writing) else { return };
        spawn_local(async move {
            own_id(writing, &element, random::id()).await;
            save(writing);
        });
    };
    one_tab::claim(&format!("kvalitet-utkast-{id}"), taken).await
}

/// Puts the latest draft of this form that no other tab has open into it: under the id of this form, where something else was
/// sent under its own.
async fn restore(writing: Writing, element: &HtmlFormElement, keys: &Keys) {
    let own_id = form::id(element).map(|i| i.value()).unwrap_or_default();
    for (kept, content) in drafts(keys, element).await {
        if kept.id == own_id {
            continue;
        }
        if !own(writing, &kept.id).await {
            writing.origin.set(Origin::BesideAnother);
            continue;
        }
        let stands = report::stands(&kept.id, &content).await;
        if stands == Stands::Same {
            report::forget(&kept.id).await;
            continue;
        }
        form::fill(element, &content.fields);
        let other = stands == Stands::Other;
        if let Some(id) = form::id(element) {
            id.set_value(if other { &own_id } else { &kept.id });
        }
        if other {
            dom::set_attr(element, REPLACED, &kept.id);
        }
        form::warn_all(element);
        writing.origin.set(if other { Origin::AfterSent } else { Origin::Before });
        return;
    }
}

/// The drafts of this form that are not on their way, the latest first.
async fn drafts(keys: &Keys, element: &HtmlFormElement) -> Vec<(KeptDraft, Content)> {
    let action = dom::attr(element, "action");
    let drafts = report::all().await.into_iter().filter(|k| k.stage != Stage::Waiting);
    drafts
        .filter_map(|kept| Some((keys.open(&kept)?, kept)))
        .filter(|(c, _)| c.action == action)
        .map(|(c, k)| (k, c))
        .collect()
}

fn content(element: &HtmlFormElement) -> Content {
    Content {
        action: dom::attr(element, "action"),
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
        save_again(writing).await;
    });
}

async fn save_again(writing: Writing) {
    while AGAIN.with(|again| again.replace(false)) {
        save_now(writing).await;
    }
    BUSY.with(|busy| busy.set(false));
}

async fn save_now(writing: Writing) -> bool {
    keep_as(writing, Stage::Writing).await
}

async fn keep_as(writing: Writing, stage: Stage) -> bool {
    let Some(element) = form_of(writing) else { return false };
    let Some(id) = form::id(&element).map(|i| i.value()) else { return false };
    writing.id.set(id.clone());
    let kept = match report::keys().await {
        Ok(keys) => keys.keep(&id, stage, &content(&element)).await.is_ok(),
        Err(_) => false,
    };
    if kept && let Some(replaced) = element.get_attribute(REPLACED) {
        let _ = element.remove_attribute(REPLACED);
        report::forget(&replaced).await;
    }
    let said = if kept { Said::Kept } else { Said::Fault(UNKEPT.to_owned()) };
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
        dom::focus(&text);
        return;
    }
    dom::set_attr(&element, UNDER_WAY, "asking");
    spawn_local(async move {
        let kept = save_now(writing).await;
        let meets = client::meets().await;
        // what the device could not keep waits at the server, where that knows for whom
        if meets == Meets::Inside || meets == Meets::Waits && !kept {
            dom::set_attr(&element, UNDER_WAY, "known");
            dom::submit(&element, None);
            return;
        }
        let _ = element.remove_attribute(UNDER_WAY);
        if matches!(meets, Meets::Waits | Meets::Outside) {
            let words = "Du är utloggad, så rapporten är inte skickad, och enheten kan inte spara det du skrev. Logga in i en ny \
                         flik, kom tillbaka hit och skicka igen.";
            return writing.said.set(if kept { Said::LoggedOut } else { Said::Fault(words.to_owned()) });
        }
        if kept && keep_as(writing, Stage::Waiting).await {
            writing.origin.set(Origin::Here);
            writing.said.set(Said::Waiting);
            focus_away(writing);
            queue::ask_to_send();
        } else {
            let words = "Servern nås inte just nu, och enheten kan inte spara det du skrev. Lämna sidan öppen och försök \
                         igen om en stund.";
            writing.said.set(Said::Fault(words.to_owned()));
        }
    });
}

fn focus_away(writing: Writing) {
    dom::focus_when_shown(writing.root.get_untracked().and_then(|root| root.first(".draft-away")));
}

/// What waited may have been sent meanwhile, by this page or another, or have been refused.
fn look_whether_sent(writing: Writing) {
    if writing.said.with_untracked(|s| *s != Said::Waiting) {
        return;
    }
    spawn_local(async move {
        match queue::get::<KeptDraft>(&writing.id.get_untracked()).await {
            // it may have been taken off the device as well
            Ok(None) => {
                let id = writing.id.get_untracked();
                let Some(element) = form_of(writing) else { return };
                if report::was_sent(&id) || report::stands(&id, &content(&element)).await == Stands::Same {
                    writing.said.set(Said::Sent);
                }
            }
            Ok(Some(KeptDraft { stage: Stage::Refused(why), id, .. })) => {
                // back to the form, with what the server said
                let Some(element) = form_of(writing) else { return };
                if report::stands(&id, &content(&element)).await == Stands::Other {
                    own_id(writing, &element, random::id()).await;
                    dom::set_attr(&element, REPLACED, &id);
                    writing.origin.set(Origin::AfterSent);
                }
                save_now(writing).await;
                writing.said.set(Said::Fault(why));
            }
            Ok(Some(_)) | Err(_) => {}
        }
    });
}

/// What stands here was not sent, but something else under its id: it is sent under the one that it has got now.
pub fn send_again(writing: Writing) {
    if let Some(element) = form_of(writing) {
        dom::submit(&element, None);
    }
}

/// The login that leads back to this page, where the draft is put back.
pub fn log_in_from_here() -> String {
    let page = window().location().pathname().unwrap_or_default();
    format!("{}?till={}", contract::LOG_IN, String::from(js_sys::encode_uri_component(&page)))
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
            report::forget(&id.value()).await;
        }
        element.reset();
        own_id(writing, &element, random::id()).await;
        form::warn_all(&element);
        writing.origin.set(Origin::Here);
        writing.said.set(Said::Kept);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
}
