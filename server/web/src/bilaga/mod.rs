//! Bilaga: files that belong to a case. Received in a stream that ends at a limit, judged by their content, sealed before
//! they reach the database, and given back as downloads only.

mod kind;
mod receive;
mod seal;

pub use kind::{FILE_MAX, Kind};
pub use receive::{BODY_MAX, File, Sent, receive, refuse_announced};
pub use seal::{Key, Keys, Which};
