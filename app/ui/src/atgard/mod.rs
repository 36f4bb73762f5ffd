//! Åtgärder: one list for all sources, the page of each, and the rows that a source shows of its own.

pub mod api;
mod form;
mod list;
mod notiser;
mod planen;
mod rows;
mod show;

pub use form::{EditPage, NyPage};
pub use list::ListPage;
pub use notiser::AtgardNotiser;
pub use rows::{AtgardRows, SourceCard};
pub use show::ShowPage;
