//! Genomförande: from a control to what it showed. The metodutvecklare begins and closes a run at a desk, judges by
//! keyboard there or with the thumb on a phone in the archive; colleagues judge from their own machines in a
//! kollegiegranskning; the chef reads result and documentation.

pub mod api;
mod card;
mod close;
mod document;
mod figures;
mod judge;
mod load;
mod mall;
mod show;
mod start;

pub use card::{ControlCard, RunCard};
pub use document::{DokumentationPage, document};
pub use mall::MallPage;
pub use show::ShowPage;
pub use start::{NyPage, START};
