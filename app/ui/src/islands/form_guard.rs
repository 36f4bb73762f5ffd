//! Guards what was typed: before a form leaves the page it asks whether the server is there, and keeps the form with a
//! clear word when it is not. A second click while the first is under way does nothing, and the page comes back where
//! it was scrolled, with the focus on the next row.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod place;

/// Listens to every form of the page that posts. Without WASM the forms post by themselves.
#[island]
pub fn FormGuard() -> impl IntoView {
    let message = RwSignal::new("");
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(message));
    view! {
        <div class="offline-note" role="alert" hidden=move || message.get().is_empty()>
            <p>{move || message.get()}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{leptos_dom::helpers::window, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, HtmlFormElement, HtmlSelectElement, SubmitEvent};

    use super::place;
    use crate::islands::server_answers;

    const UNDER_WAY: &str = "data-under-way";

    /// Hangs the listeners on the document, once: the island lives as long as the page.
    pub fn listen(message: RwSignal<&'static str>) {
        place::back();
        let document = window().document();
        let Some(document) = document else { return };
        let submit = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| guard(&event, message));
        let change = Closure::<dyn Fn(Event)>::new(|event: Event| {
            let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            if let Some(form) = select.filter(|s| s.has_attribute("data-submit")).and_then(|s| s.form()) {
                let _ = form.request_submit();
            }
        });
        let click = Closure::<dyn Fn(Event)>::new(|event: Event| {
            let element = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
            if element.and_then(|e| e.closest("[data-print]").ok().flatten()).is_some() {
                let _ = window().print();
            }
        });
        let _ = document.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
        // a page that comes back from the browser's memory has forms that look as if they were under way
        let shown = Closure::<dyn Fn(Event)>::new(|_| forget_under_way());
        let _ = window().add_event_listener_with_callback("pageshow", shown.as_ref().unchecked_ref());
        shown.forget();
        let _ = document.add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
        let _ = document.add_event_listener_with_callback("change", change.as_ref().unchecked_ref());
        submit.forget();
        change.forget();
        click.forget();
    }

    fn guard(event: &SubmitEvent, message: RwSignal<&'static str>) {
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
        if event.default_prevented() || form.method() != "post" {
            return;
        }
        match form.get_attribute(UNDER_WAY).as_deref() {
            // the server is there: let it go
            Some("known") => {
                let _ = form.set_attribute(UNDER_WAY, "sent");
                place::keep(&form);
                return;
            }
            Some(_) => return event.prevent_default(),
            None => {}
        }
        event.prevent_default();
        message.set("");
        let _ = form.set_attribute(UNDER_WAY, "asking");
        // what the button says goes with the form only if it is the button that sends it
        let button = event.submitter();
        spawn_local(async move {
            if server_answers().await {
                let _ = form.set_attribute(UNDER_WAY, "known");
                let _ = form.request_submit_with_submitter(button.as_ref());
            } else {
                let _ = form.remove_attribute(UNDER_WAY);
                message.set("Servern nås inte just nu. Det du skrev finns kvar på sidan. Försök igen om en stund.");
            }
        });
    }

    fn forget_under_way() {
        let forms = window().document().and_then(|d| d.query_selector_all("form[data-under-way]").ok());
        let Some(forms) = forms else { return };
        for form in
            (0..forms.length()).filter_map(|i| forms.get(i)).filter_map(|f| f.dyn_into::<HtmlFormElement>().ok())
        {
            let _ = form.remove_attribute(UNDER_WAY);
        }
    }
}
