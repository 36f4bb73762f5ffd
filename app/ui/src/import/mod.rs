//! Import of a plan from Excel, CSV or the clipboard: the form, the preview, and what is written when it is confirmed.
//! The file itself is received and read by `web`; from there on it is a table, kept for half an hour.

mod page;
pub mod plan;
mod preview;
pub mod read_as;
pub mod tabell;
pub mod underlag;

pub use page::{EgenkontrollImportPage, InternkontrollImportPage};
