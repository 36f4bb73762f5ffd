//! Egenkontroll: what the pages of its plan have of their own: the columns, and the control that a row has. All else
//! is that of a [`plan`](crate::plan).

pub mod api;
mod page;
