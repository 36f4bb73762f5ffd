//! Verksamhetsplan: what the unit is to reach in a year, why, and how it went.

mod adress;
pub mod api;
mod bilagor;
pub mod bilagor_api;
mod dokument;
pub mod enhetsmal;
pub mod flikar;
mod indikator;
pub mod indikator_api;
mod indikator_aren;
mod indikator_sida;
mod indikator_under;
mod indikator_utfall;
mod kapitel;
pub mod kapitel_api;
mod kedja;
mod las_in;
pub mod las_in_api;
pub mod las_in_data;
mod las_in_gjorda;
mod lista;
pub mod mal_api;
mod mal_form;
pub mod marke;
mod matning;
pub mod oppen;
mod plan;
mod remiss;
pub mod remiss_api;
mod steg;
mod stjarnor;
mod tom;
mod utfall;
pub mod utfall_api;
pub(crate) mod utfall_data;
mod vantar;

pub use dokument::{DokumentPage, document};
pub use indikator::{IndikatorEditPage, IndikatorNyPage};
pub use indikator_sida::IndikatorPage;
pub use kapitel::{EttKapitelPage, KapitelPage};
pub use las_in::LasInPage;
pub use mal_form::{NyttMalPage, RedigeraMalPage};
pub use matning::read as read_kallor;
pub use plan::{ListPage, ShowPage};
pub use remiss::RemissPage;
pub use utfall::UtfallPage;
pub use vantar::{Line, plan_lines, plan_rader};

/// The plan of the unit and year in view; one by its id lies under it.
pub const PATH: &str = "/verksamhetsplan";
