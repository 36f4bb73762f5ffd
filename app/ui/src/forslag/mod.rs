//! Förslag: one page where anyone says what could be better or what went well, and where it is seen what became of it.

pub mod api;
mod list;

pub use list::{ForslagPage, PATH, THANKS};
