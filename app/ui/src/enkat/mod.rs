//! Brukarenkäter: what a unit asks its clients, the screen where answers are entered, and the results.

pub mod api;
mod edit;
mod entry;
mod list;
mod questions;
pub mod results;
mod show;
pub mod svar_api;
mod tabell;
pub mod tabell_api;

pub use edit::{EditPage, NyPage};
pub use entry::{PreviewPage, SvaraPage};
pub use list::{EnkatRader, EnkaterPage};
pub use questions::FragorPage;
pub use results::{FritextPage, ResultatPage, VardenPage};
pub use show::ShowPage;
pub use tabell::TabellPage;
