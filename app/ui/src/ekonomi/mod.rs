//! Ekonomi: the account of a verksamhetsplan: what the unit may spend, what it has spent, and what it believes the year will cost. It has
//! no area of its own: it is a part of its plan, behind the plan's door.

pub mod api;
mod borja;
mod data;
mod fri;
pub mod fri_api;
mod fyll;
pub mod fyll_api;
mod konto;
mod las_in;
pub mod las_in_api;
pub mod las_in_data;
mod rader;
pub mod rader_api;
mod rader_form;
mod tabell;
mod under;
mod vy;

pub use fri::{NyTabellPage, TabellPage};
pub use fyll::FyllPage;
pub use konto::KontoPage;
pub use las_in::LasInPage;
pub use rader::RaderPage;

use domain::verksamhetsplan::plan::PlanId;

/// The page of the account of a plan; those that change it lie under it.
#[must_use]
pub fn path(plan: PlanId) -> String {
    format!("{}/{plan}/ekonomi", crate::verksamhetsplan::PATH)
}
