//! What is done with rows of the egenkontrollplan.

use domain::{
    egenkontroll::{Content, Form},
    id::{EgenkontrollId, NodeId},
    year::Year,
};
use leptos::prelude::*;

use crate::{error::AppError, flash::Done, plan::api};

/// Adds a row.
#[server(endpoint = "create_egenkontroll")]
pub async fn create_egenkontroll(id: EgenkontrollId, node: NodeId, year: Year, form: Form) -> Result<Done, AppError> {
    api::create::<Content>(id, node, year, form).await
}

/// Changes a row, if it is still as the person saw it.
#[server(endpoint = "update_egenkontroll")]
pub async fn update_egenkontroll(
    id: EgenkontrollId,
    version: i64,
    #[server(default)] back: String,
    form: Form,
) -> Result<Done, AppError> {
    api::update::<Content>(id, version, back, form).await
}

/// Removes a row, with the reason.
#[server(endpoint = "remove_egenkontroll")]
pub async fn remove_egenkontroll(id: EgenkontrollId, reason: String) -> Result<Done, AppError> {
    api::remove::<Content>(id, reason).await
}

/// Puts a removed row back.
#[server(endpoint = "restore_egenkontroll")]
pub async fn restore_egenkontroll(id: EgenkontrollId) -> Result<Done, AppError> {
    api::restore::<Content>(id).await
}

/// Copies the plan to the next year.
#[server(endpoint = "copy_egenkontrollplan")]
pub async fn copy_egenkontrollplan(
    node: NodeId,
    // a unit that this one was before
    #[server(default)] of: Option<NodeId>,
    from: Year,
    #[server(default)] counted_from: String,
) -> Result<Done, AppError> {
    api::copy::<Content>(node, of, from, counted_from).await
}

/// Takes back that the plan was copied to a year, while nothing has been done with the copies.
#[server(endpoint = "undo_egenkontrollplan_copy")]
pub async fn undo_egenkontrollplan_copy(node: NodeId, year: Year) -> Result<Done, AppError> {
    api::undo_copy::<Content>(node, year).await
}
