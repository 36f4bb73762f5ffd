//! Internkontroll: what the pages of its plan have of their own: the columns with their risk, and two levels of control. All else
//! is that of a [`plan`](crate::plan).

pub mod api;
mod page;
mod series;
