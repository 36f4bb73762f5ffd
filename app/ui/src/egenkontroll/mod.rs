//! Egenkontroll: the unit's plan as grid and list, one row, and its form.

pub mod api;
mod edit;
mod list;
mod show;

pub use edit::{EditPage, NyPage};
pub use list::PlanPage;
pub use show::ShowPage;
