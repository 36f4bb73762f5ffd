//! Guards what was typed: before a form leaves the page it asks whether the server is there and the login still holds, and keeps
//! the form with a clear word when it does not. A second click while the first is under way does nothing, and the page comes
//! back where it was scrolled, with the focus on the next row. What is written and not sent is asked about when it is left.

use leptos::prelude::*;

use super::login_link;

#[cfg(feature = "hydrate")]
pub(crate) mod leave;
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
    use leptos::{ev, prelude::*, task::spawn_local};
    use web_sys::{Event, HtmlFormElement, HtmlSelectElement, SubmitEvent};

    use super::{Stays, leave, place};
    use crate::{
        client::{self, Meets},
        contract,
        dom::{self, Find},
    };

    const UNDER_WAY: &str = "data-under-way";

    /// Hangs the listeners on the document, once: the island lives as long as the page.
    pub fn listen(stays: RwSignal<Option<Stays>>, person: bool) {
        place::back();
        crate::date::listen();
        if person {
            crate::keys::listen();
            crate::moving::listen();
            leave::listen();
        }
        let document = dom::document();
        dom::on(&document, "submit", move |event: SubmitEvent| guard(&event, stays, person));
        dom::on(&document, "change", |event: Event| {
            let select = dom::target::<HtmlSelectElement>(&event);
            if let Some(form) = select.filter(|s| s.has_attribute("data-submit")).and_then(|s| s.form()) {
                dom::submit(&form, None);
            }
        });
        dom::on(&document, "click", |event: Event| {
            if dom::target_in(&event, "[data-print]").is_some() {
                let _ = dom::window().print();
            }
        });
        // a page that comes back from the browser's memory has forms that look as if they were under way
        window_event_listener(ev::pageshow, |_| forget_under_way());
    }

    fn guard(event: &SubmitEvent, stays: RwSignal<Option<Stays>>, person: bool) {
        let Some(form) = dom::target::<HtmlFormElement>(event) else { return };
        if event.default_prevented() || form.method() != "post" {
            return;
        }
        match form.get_attribute(UNDER_WAY).as_deref() {
            // the server is there: let it go
            Some("known") => {
                dom::set_attr(&form, UNDER_WAY, "sent");
                place::keep(&form);
                return;
            }
            Some(_) => return event.prevent_default(),
            None => {}
        }
        event.prevent_default();
        stays.set(None);
        dom::set_attr(&form, UNDER_WAY, "asking");
        // what the button says goes with the form only if it is the button that sends it
        let button = event.submitter();
        spawn_local(async move {
            match kept_back(&form, person).await {
                None => {
                    dom::set_attr(&form, UNDER_WAY, "known");
                    dom::submit(&form, button.as_ref());
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
        let logs_out = dom::attr(form, "action").starts_with(contract::LOG_OUT);
        if !person || logs_out {
            return (!client::is_well().await).then_some(Stays::Away);
        }
        match client::meets().await {
            Meets::Inside => None,
            // a file cannot wait anywhere but here
            Meets::Waits if form.enctype() != "multipart/form-data" => None,
            Meets::Waits | Meets::Outside => Some(Stays::Out),
            Meets::Away => Some(Stays::Away),
        }
    }

    fn forget_under_way() {
        for form in dom::document().every::<HtmlFormElement>("form[data-under-way]") {
            dom::mark(&form, UNDER_WAY, false);
        }
    }
}
