//! Entry: the islands of pages where much is entered: answers to an enkät, a report, the cases of an egenkontroll, the grid of a
//! series, the outcomes of a plan. They are as much again as all others, and a WASM of their own holds them: a page without them does not fetch them.

#![recursion_limit = "512"]
// #[island] makes struct fields that cannot carry docs; props are documented at their functions
#![allow(missing_docs)]

mod draft;
pub mod enkat_entry;
mod judging;
mod klistra;
mod saving;
mod utfall;

pub use draft::Draft;
pub use enkat_entry::EnkatEntry;
pub use judging::Judging;
pub use klistra::Klistra;
pub use utfall::Utfall;

/// The names of the islands here: a page with one of them is woken by the WASM that has them.
pub const ISLANDS: [&str; 5] = ["Draft", "EnkatEntry", "Judging", "Klistra", "Utfall"];
