//! Pages, components and server functions. Pages are rendered on the server and exist only there; what must react in
//! the browser is an island, and only islands are in the WASM. Forms are real forms that post to a server function and
//! work before WASM has loaded.

#![recursion_limit = "512"]
// #[component] and #[server] make struct fields that cannot carry docs; props are documented at their functions
#![allow(missing_docs)]

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod aktivitet;
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod apt;
pub mod arshjul;
#[cfg(feature = "ssr")]
pub mod atgard;
#[cfg(feature = "ssr")]
pub mod atgora;
#[cfg(feature = "ssr")]
pub mod avvikelse;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod cookie;
#[cfg(feature = "ssr")]
pub mod ctx;
#[cfg(feature = "ssr")]
pub mod egenkontroll;
#[cfg(feature = "ssr")]
pub mod enkat;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod flash;
#[cfg(feature = "ssr")]
pub mod forekomst;
#[cfg(feature = "ssr")]
pub mod forslag;
#[cfg(feature = "ssr")]
pub mod genomforande;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod internkontroll;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod konto;
#[cfg(feature = "ssr")]
pub mod login;
#[cfg(feature = "ssr")]
pub mod moment;
#[cfg(feature = "ssr")]
pub mod place;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod sakerhet;
#[cfg(test)]
mod sources;
