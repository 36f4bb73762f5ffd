//! One occurrence: what it is, what was found, and all that can be done with it.

pub mod api;
mod show;
pub mod siffror;
pub mod together;

pub use show::ForekomstPage;
