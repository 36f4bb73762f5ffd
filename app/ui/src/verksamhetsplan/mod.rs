//! Verksamhetsplan: what the unit is to reach in a year, why, and how it went.

pub mod api;
mod flikar;
mod indikator;
pub mod indikator_api;
mod indikator_sida;
pub mod marke;
mod matning;
mod plan;
mod utfall;
pub mod utfall_api;
mod utfall_data;

pub use indikator::{IndikatorEditPage, IndikatorNyPage};
pub use indikator_sida::IndikatorPage;
pub use plan::{ListPage, ShowPage};
pub use utfall::UtfallPage;

/// The plan of the unit and year in view; one by its id lies under it.
pub const PATH: &str = "/verksamhetsplan";
