//! Siffror: what the unit counts every month.

pub mod jamstalldhet;
pub mod jamstalldhet_api;
pub mod jamstalldhet_form;
