//! What must react in the browser, and is in the WASM.

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
