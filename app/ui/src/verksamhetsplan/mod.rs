//! Verksamhetsplan: what the unit is to reach in a year, why, and how it went.

pub mod api;
pub mod enhetsmal;
mod flikar;
pub mod marke;
mod plan;

pub use plan::{ListPage, ShowPage};

/// The plan of the unit and year in view; one by its id lies under it.
pub const PATH: &str = "/verksamhetsplan";
