//! Siffror: what the unit counts every month. An overview whose rows say what has happened, a page for each series with its picture
//! and the table behind, and the forms where a series is made, filled and divided.

pub mod api;
pub mod chart;
pub mod data;
mod dimension;
pub mod dimension_api;
mod edit;
pub(crate) mod fill;
pub(crate) mod flera;
pub mod grid_api;
pub mod harledd;
pub mod jamforelse;
pub mod jamforelse_api;
mod jamforelse_chart;
mod jamforelse_data;
pub mod jamforelse_fil;
pub mod jamstalldhet;
pub mod jamstalldhet_api;
pub mod jamstalldhet_form;
mod las_in;
pub mod las_in_api;
pub mod las_in_data;
mod list;
mod lists;
mod manad;
mod manad_rad;
mod ritat;
mod show;
mod side;
mod table;

pub use dimension::UppdelningarPage;
pub use edit::{EditPage, NyPage};
pub use fill::FyllPage;
pub use jamforelse_fil::JamforelseFilPage;
pub use las_in::LasInPage;
pub use list::ListPage;
pub use manad::ManadPage;
pub use show::ShowPage;

/// The overview.
pub const PATH: &str = "/siffror";
