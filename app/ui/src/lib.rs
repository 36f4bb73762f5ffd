//! Pages, components and server functions. Pages are rendered on the server and exist only there; what must react in
//! the browser is an island, and islands are a crate of their own. Forms are real forms that post to a server function and
//! work before WASM has loaded.

#![recursion_limit = "512"]
// #[component] and #[server] make struct fields that cannot carry docs; props are documented at their functions
#![allow(missing_docs)]

pub mod admin;
pub mod aktivitet;
pub mod app;
pub mod apt;
pub mod arshjul;
pub mod atgard;
pub mod atgora;
pub mod avvikelse;
pub mod components;
pub mod cookie;
pub mod ctx;
pub mod egenkontroll;
pub mod ekonomi;
pub mod enkat;
pub mod error;
pub mod flash;
pub mod forekomst;
pub mod forslag;
pub mod genomforande;
pub mod import;
pub mod internkontroll;
pub mod konto;
pub mod login;
pub mod moment;
pub mod place;
pub mod plan;
pub mod planaktivitet;
pub mod routes;
pub mod sakerhet;
pub mod serie;
#[cfg(test)]
mod sources;
pub mod upphorda;
pub mod verksamhetsplan;
