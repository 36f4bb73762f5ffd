//! What is done with rows of the internkontrollplan.

use domain::{
    id::{InternkontrollId, NodeId},
    internkontroll::{Content, Form},
    year::Year,
};
use leptos::prelude::*;

use crate::{error::AppError, flash::Done, plan::api};

/// Adds a row.
#[server(endpoint = "create_internkontroll")]
pub async fn create_internkontroll(
    id: InternkontrollId,
    node: NodeId,
    year: Year,
    form: Form,
) -> Result<Done, AppError> {
    api::create::<Content>(id, node, year, form).await
}

/// Changes a row, if it is still as the person saw it.
#[server(endpoint = "update_internkontroll")]
pub async fn update_internkontroll(
    id: InternkontrollId,
    version: i64,
    #[server(default)] back: String,
    form: Form,
) -> Result<Done, AppError> {
    api::update::<Content>(id, version, back, form).await
}

/// Removes a row, with the reason.
#[server(endpoint = "remove_internkontroll")]
pub async fn remove_internkontroll(id: InternkontrollId, reason: String) -> Result<Done, AppError> {
    api::remove::<Content>(id, reason).await
}

/// Puts a removed row back.
#[server(endpoint = "restore_internkontroll")]
pub async fn restore_internkontroll(id: InternkontrollId) -> Result<Done, AppError> {
    api::restore::<Content>(id).await
}

/// Copies the plan to the next year.
#[server(endpoint = "copy_internkontrollplan")]
pub async fn copy_internkontrollplan(
    node: NodeId,
    // a unit that this one was before
    #[server(default)] of: Option<NodeId>,
    from: Year,
    #[server(default)] counted_from: String,
) -> Result<Done, AppError> {
    api::copy::<Content>(node, of, from, counted_from).await
}

/// Takes back that the plan was copied to a year, while nothing has been done with the copies.
#[server(endpoint = "undo_internkontrollplan_copy")]
pub async fn undo_internkontrollplan_copy(node: NodeId, year: Year) -> Result<Done, AppError> {
    api::undo_copy::<Content>(node, year).await
}
