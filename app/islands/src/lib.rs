//! Islands: what runs in the browser, and is in the WASM. Each is drawn on the server (feature `ssr`) and woken in the
//! browser (`hydrate`); nothing here reads a database or knows a page, so a page can change without the WASM being built anew.

#![recursion_limit = "512"]
// #[island] makes struct fields that cannot carry docs; props are documented at their functions
#![allow(missing_docs)]

mod deck;
#[cfg(feature = "hydrate")]
mod device;
mod draft;
pub mod enkat_entry;
mod form_guard;
mod judging;
mod las;
mod live;
#[cfg(feature = "hydrate")]
mod one_tab;
mod outbox;
mod toast;
mod wheel_nav;
#[cfg(feature = "hydrate")]
mod worker;

pub use deck::Deck;
pub use draft::Draft;
pub use enkat_entry::EnkatEntry;
pub use form_guard::FormGuard;
pub use judging::Judging;
pub use las::Las;
pub use live::Live;
pub use outbox::Outbox;
pub use toast::ToastBar;
pub use wheel_nav::WheelNav;

/// The header of what a page asks for by itself: it is no use of the login (`web::session::Asks`).
#[cfg(feature = "hydrate")]
const BACKGROUND: &str = "x-bakgrund";

/// Whether a key is a letter, a digit or another sign, and such keys are to do nothing by themselves on this device: chosen
/// at `/konto`.
#[cfg(feature = "hydrate")]
fn letters_off(key: &str) -> bool {
    let root = leptos::leptos_dom::helpers::window().document().and_then(|d| d.document_element());
    key != " " && key.chars().count() == 1 && root.is_some_and(|r| r.has_attribute("data-no-letters"))
}

/// A link to the login that leaves the page as it stands, where what is said of it says that nobody is logged in.
fn login_link(hidden: impl Fn() -> bool + Send + Sync + 'static) -> impl leptos::prelude::IntoView {
    use leptos::prelude::*;
    view! { <a href="/logga-in" target="_blank" rel="noopener" hidden=hidden>{LOG_IN}</a> }
}

/// The words of that link.
const LOG_IN: &str = "Logga in i en ny flik";

/// Whether the server is reached and well, asked just now.
#[cfg(feature = "hydrate")]
async fn server_answers() -> bool {
    use wasm_bindgen::JsCast;
    let init = web_sys::RequestInit::new();
    // a net that lets nothing through is no net
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(10_000)));
    let asked = leptos::leptos_dom::helpers::window().fetch_with_str_and_init("/halsa", &init);
    match wasm_bindgen_futures::JsFuture::from(asked).await {
        Ok(response) => response.dyn_into::<web_sys::Response>().is_ok_and(|r| r.ok()),
        Err(_) => false,
    }
}

/// How the server meets a form that is sent now.
#[cfg(feature = "hydrate")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meets {
    /// Somebody is logged in: it is taken.
    Inside,
    /// The login has ended: the form waits at the server, and its writer comes back to it after the login.
    Waits,
    /// The login has ended, and the server would keep nothing: what is typed stands on the page alone.
    Outside,
    /// The server is not reached.
    Away,
}

/// Asks how the server meets a form: before it leaves the page that holds what was typed.
#[cfg(feature = "hydrate")]
async fn server_meets() -> Meets {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    #[derive(serde::Deserialize)]
    struct Told {
        inne: bool,
        vantar: bool,
    }
    let asked = async {
        let init = web_sys::RequestInit::new();
        init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(10_000)));
        let headers = web_sys::Headers::new().ok()?;
        headers.set("accept", "application/json").ok()?;
        headers.set(BACKGROUND, "1").ok()?;
        init.set_headers(&headers);
        let asked = leptos::leptos_dom::helpers::window().fetch_with_str_and_init("/inne", &init);
        let answer: web_sys::Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
        let text = JsFuture::from(answer.text().ok().filter(|_| answer.ok())?).await.ok()?.as_string()?;
        serde_json::from_str::<Told>(&text).ok()
    };
    match asked.await {
        Some(Told { inne: true, .. }) => Meets::Inside,
        Some(Told { vantar: true, .. }) => Meets::Waits,
        Some(_) => Meets::Outside,
        None => Meets::Away,
    }
}
