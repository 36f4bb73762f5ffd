//! Planaktivitet: what is done to reach the goals of a verksamhetsplan: its table, the page of each, and its forms.

pub mod api;
mod form;
mod list;
mod show;

pub use form::{EditPage, NyPage};
pub use list::{ListPage, PlanPage};
pub use show::ShowPage;

/// Those of the unit and year in view; one by its id lies under it.
pub const PATH: &str = "/planaktiviteter";
