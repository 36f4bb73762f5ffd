//! Årshjul: the year of a unit as wheel, month grid and list.

mod filters;
mod page;
pub mod svg;
mod wheel;

pub use page::{ArshjulPage, export};
