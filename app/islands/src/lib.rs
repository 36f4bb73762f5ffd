//! Islands: what runs in the browser, and is in the WASM. Each is drawn on the server (feature `ssr`) and woken in the
//! browser (`hydrate`); nothing here reads a database or knows a page, so a page can change without the WASM being built anew.

#![recursion_limit = "512"]
// #[island] makes struct fields that cannot carry docs; props are documented at their functions
#![allow(missing_docs)]

#[cfg(feature = "hydrate")]
pub mod client;
pub mod contract;
mod date;
mod deck;
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
pub mod dom;
pub mod error;
mod form_guard;
pub mod keys;
mod las;
mod live;
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
mod moving;
#[cfg(feature = "hydrate")]
pub mod one_tab;
mod outbox;
pub mod queue;
#[cfg(feature = "hydrate")]
pub mod random;
mod toast;
mod wheel_nav;
#[cfg(feature = "hydrate")]
pub mod worker;

pub use date::DateInput;
pub use deck::Deck;
pub use form_guard::FormGuard;
pub use las::Las;
pub use live::Live;
pub use outbox::Outbox;
pub use toast::ToastBar;
pub use wheel_nav::WheelNav;

/// A link to the login that leaves the page as it stands, where what is said of it says that nobody is logged in.
pub fn login_link(hidden: impl Fn() -> bool + Send + Sync + 'static) -> impl leptos::prelude::IntoView {
    use leptos::prelude::*;
    view! { <a href=contract::LOG_IN target="_blank" rel="noopener" hidden=hidden>{LOG_IN}</a> }
}

/// The words of that link.
pub const LOG_IN: &str = "Logga in i en ny flik";
