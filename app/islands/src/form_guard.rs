//! Guards what was typed: before a form leaves the page it asks whether the server is there and the login still holds, and keeps
//! the form with a clear word when it does not. A second click while the first is under way does nothing, and the page comes
//! back where it was scrolled, with the focus on the next row.

use leptos::prelude::*;

use super::login_link;

#[cfg(feature = "hydrate")]
mod place;

/// Why a form stays on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stays {
    /// The server is not reached.
    Away,
    /// Nobody is logged in.
    Out,
}

impl Stays {
    fn words(self) -> &'static str {
        match self {
            Self::Away => "Servern nås inte just nu. Det du skrev finns kvar på sidan. Försök igen om en stund.",
            Self::Out => {
                "Du är utloggad, så det här är inte sparat. Det du skrev finns kvar på sidan: logga in, kom tillbaka hit och \
                 spara igen."
            }
        }
    }
}

/// Listens to every form of the page that posts. Without WASM the forms post by themselves. `person`: whether the page is that
/// of somebody who is logged in.
#[island]
pub fn FormGuard(person: bool) -> impl IntoView {
    let stays = RwSignal::new(None);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(stays, person));
    #[cfg(not(feature = "hydrate"))]
    let _ = (person, Stays::Away);
    view! {
        <div class="offline-note" role="alert" hidden=move || stays.get().is_none()>
            <p>{move || stays.get().map(Stays::words)} " " {login_link(move || stays.get() != Some(Stays::Out))}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{leptos_dom::helpers::window, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, HtmlFormElement, HtmlSelectElement, SubmitEvent};

    use super::{Stays, place};
    use crate::{Meets, server_answers, server_meets};

    const UNDER_WAY: &str = "data-under-way";

    /// Hangs the listeners on the document, once: the island lives as long as the page.
    pub fn listen(stays: RwSignal<Option<Stays>>, person: bool) {
        place::back();
        let document = window().document();
        let Some(document) = document else { return };
        let submit = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| guard(&event, stays, person));
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

    fn guard(event: &SubmitEvent, stays: RwSignal<Option<Stays>>, person: bool) {
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
        stays.set(None);
        let _ = form.set_attribute(UNDER_WAY, "asking");
        // what the button says goes with the form only if it is the button that sends it
        let button = event.submitter();
        spawn_local(async move {
            match kept_back(&form, person).await {
                None => {
                    let _ = form.set_attribute(UNDER_WAY, "known");
                    let _ = form.request_submit_with_submitter(button.as_ref());
                }
                Some(why) => {
                    let _ = form.remove_attribute(UNDER_WAY);
                    stays.set(Some(why));
                }
            }
        });
    }

    /// Why a form stays on the page; none when it may go.
    async fn kept_back(form: &HtmlFormElement, person: bool) -> Option<Stays> {
        let logs_out = form.get_attribute("action").is_some_and(|a| a.starts_with("/logga-ut"));
        if !person || logs_out {
            return (!server_answers().await).then_some(Stays::Away);
        }
        match server_meets().await {
            Meets::Inside => None,
            // a file cannot wait anywhere but here
            Meets::Waits if form.enctype() != "multipart/form-data" => None,
            Meets::Waits | Meets::Outside => Some(Stays::Out),
            Meets::Away => Some(Stays::Away),
        }
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
