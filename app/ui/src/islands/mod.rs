//! What must react in the browser, and is in the WASM.

mod enkat_entry;
mod form_guard;
mod judging;
mod live;
mod outbox;

pub use enkat_entry::EnkatEntry;
pub use form_guard::FormGuard;
pub use judging::Judging;
pub use live::Live;
pub use outbox::Outbox;

/// Whether the server is reached and well, asked just now.
#[cfg(feature = "hydrate")]
async fn server_answers() -> bool {
    use wasm_bindgen::JsCast;
    let asked = leptos::leptos_dom::helpers::window().fetch_with_str("/halsa");
    match wasm_bindgen_futures::JsFuture::from(asked).await {
        Ok(response) => response.dyn_into::<web_sys::Response>().is_ok_and(|r| r.ok()),
        Err(_) => false,
    }
}
