//! Send: the forms beside a slide are posted without leaving it. What could not be saved stays in its field.

use domain::sent;
use leptos::{leptos_dom::helpers::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Headers, HtmlElement, HtmlFormElement, RequestInit, Response, SubmitEvent};

use super::browser::document;
use crate::{LOG_IN, device::random_id};

/// Forms of the meeting are sent without leaving the slide.
pub fn submits(deck: &Element) {
    let submitted = Closure::<dyn Fn(SubmitEvent)>::new(|event: SubmitEvent| {
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        if form.has_attribute("data-under-way") {
            return;
        }
        let _ = form.set_attribute("data-under-way", "");
        spawn_local(async move {
            let outcome = send(&form).await;
            let _ = form.remove_attribute("data-under-way");
            match outcome {
                Ok(said) => {
                    say(&said, false);
                    done(&form);
                }
                Err(Unsent::Out) => {
                    say(OUT, true);
                    offer_login();
                }
                Err(Unsent::Because(why)) => say(&why, true),
            }
        });
    });
    let _ = deck.add_event_listener_with_callback("submit", submitted.as_ref().unchecked_ref());
    submitted.forget();
}

/// What the form makes next is another thing.
fn fresh(form: &HtmlFormElement) {
    if let Some(id) = form.query_selector("[data-fresh]").ok().flatten() {
        let _ = id.set_attribute("value", &random_id());
    }
}

/// What was typed has been saved: the field is ready for the next.
fn done(form: &HtmlFormElement) {
    if form.get_attribute("data-quiet").as_deref() == Some("") {
        form.reset();
        fresh(form);
    }
    // what is worked in is not exchanged: now it may be
    if let Some(field) = document().and_then(|d| d.active_element()).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// Why a form was not taken.
enum Unsent {
    /// Nobody is logged in.
    Out,
    /// What is said of it.
    Because(String),
}

const OUT: &str = "Du är utloggad, så det här är inte sparat. Det du skrev står kvar här. ";

fn say(text: &str, problem: bool) {
    let Some(document) = document() else { return };
    if let Some(said) = document.query_selector(".deck-said").ok().flatten() {
        said.set_text_content(Some(text));
        let _ = said.class_list().toggle_with_force("late", problem);
    }
}

/// What is to be done is done from here.
fn offer_login() {
    let Some(document) = document() else { return };
    let said = document.query_selector(".deck-said").ok().flatten();
    if let (Some(said), Ok(link)) = (said, document.create_element("a")) {
        link.set_text_content(Some(LOG_IN));
        for (name, value) in [("href", "/logga-in"), ("target", "_blank"), ("rel", "noopener")] {
            let _ = link.set_attribute(name, value);
        }
        let _ = said.append_child(&link);
    }
}

/// Posts a form. What the server says, or what to do about it.
async fn send(form: &HtmlFormElement) -> Result<String, Unsent> {
    const AWAY: &str = "Servern nås inte just nu. Det du skrev står kvar, försök igen om en stund.";
    let sent = || -> Option<js_sys::Promise> {
        let data = web_sys::FormData::new_with_form(form).ok()?;
        let body = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&entries(&data)).ok()?;
        let headers = Headers::new().ok()?;
        headers.set("accept", "application/json").ok()?;
        headers.set("content-type", "application/x-www-form-urlencoded").ok()?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&body.to_string().into());
        Some(window().fetch_with_str_and_init(&form.get_attribute("action")?, &init))
    };
    let away = || Unsent::Because(AWAY.to_owned());
    let sent = JsFuture::from(sent().ok_or_else(away)?).await.map_err(|_| away())?;
    let response: Response = sent.dyn_into().map_err(|_| away())?;
    let status = response.status();
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok().and_then(|t| t.as_string()).unwrap_or_default(),
        Err(_) => String::new(),
    };
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    if response.ok() {
        return Ok(json["toast"]["text"].as_str().unwrap_or("Sparat").to_owned());
    }
    Err(Unsent::Because(match status {
        401 => return Err(Unsent::Out),
        403 => "Du har inte behörighet till det här.".to_owned(),
        409 => "Någon annan hann före. Ladda om bilden och läs vad som gäller nu.".to_owned(),
        429 => "Det blev mycket på kort tid. Det du skrev står kvar, spara igen om en stund.".to_owned(),
        422 => {
            let wrong = &json["Invalid"][0];
            let said = wrong["message"].as_str().unwrap_or("Kontrollera uppgifterna.");
            if wrong["field"].as_str() == Some(sent::FIELD) {
                fresh(form);
                format!("{said} Spara igen, så sparas det som ett nytt.")
            } else {
                said.to_owned()
            }
        }
        _ => AWAY.to_owned(),
    }))
}

fn entries(data: &web_sys::FormData) -> JsValue {
    js_sys::Array::from(&data.entries().into()).into()
}
