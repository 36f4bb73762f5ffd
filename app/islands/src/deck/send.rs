//! Send: the forms beside a slide are posted without leaving it. What could not be saved stays in its field.

use domain::sent;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, SubmitEvent};

use crate::{
    LOG_IN,
    client::{self, By},
    contract,
    dom::{self, Find, document},
    error::AppError,
    form_guard::leave,
    random,
};

/// Forms of the meeting are sent without leaving the slide.
pub fn submits(deck: &Element) {
    dom::on(deck, "submit", |event: SubmitEvent| {
        let Some(form) = dom::target::<HtmlFormElement>(&event) else { return };
        event.prevent_default();
        if form.has_attribute("data-under-way") {
            return;
        }
        dom::mark(&form, "data-under-way", true);
        spawn_local(async move {
            let outcome = send(&form).await;
            dom::mark(&form, "data-under-way", false);
            match outcome {
                Ok(said) => {
                    say(&said, false);
                    done(&form);
                }
                Err(AppError::LoggedOut) => {
                    say(OUT, true);
                    offer_login();
                }
                Err(error) => say(&refused(&form, &error), true),
            }
        });
    });
}

/// What the form makes next is another thing.
fn fresh(form: &HtmlFormElement) {
    if let Some(id) = form.first::<Element>("[data-fresh]") {
        dom::set_attr(&id, "value", &random::id());
    }
}

/// What was typed has been saved: the field is ready for the next.
fn done(form: &HtmlFormElement) {
    leave::sent(form);
    if form.get_attribute("data-quiet").as_deref() == Some("") {
        form.reset();
        fresh(form);
    }
    // what is worked in is not exchanged: now it may be
    if let Some(field) = document().active_element().and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

const OUT: &str = "Du är utloggad, så det här är inte sparat. Det du skrev står kvar här. ";

fn said() -> Option<Element> {
    document().first(".deck-said")
}

fn say(text: &str, problem: bool) {
    if let Some(said) = said() {
        said.set_text_content(Some(text));
        let _ = said.class_list().toggle_with_force("late", problem);
    }
}

/// What is to be done is done from here.
fn offer_login() {
    if let (Some(said), Some(link)) = (said(), dom::made("a", "", LOG_IN)) {
        for (name, value) in [("href", contract::LOG_IN), ("target", "_blank"), ("rel", "noopener")] {
            dom::set_attr(&link, name, value);
        }
        let _ = said.append_child(&link);
    }
}

/// Posts a form. What the server says that was done.
async fn send(form: &HtmlFormElement) -> Result<String, AppError> {
    let fields = dom::fields(form);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let said = client::form(&dom::attr(form, "action"), &fields, By::Hand).await?;
    Ok(said.toast.map_or_else(|| "Sparat".to_owned(), |toast| toast.text))
}

/// What is said of a form that was not taken. What would be saved again as something else gets an id of its own.
fn refused(form: &HtmlFormElement, error: &AppError) -> String {
    let text = error.message();
    match error {
        AppError::Invalid(faults) if faults.first().is_some_and(|fault| fault.field == sent::FIELD) => {
            fresh(form);
            format!("{text} Spara igen, så sparas det som ett nytt.")
        }
        _ => text,
    }
}
