//! What is done with the goals of a plan: made, changed, moved and removed. Those of the nodes above it are read and changed by none of these.

use domain::{
    permission::Action,
    verksamhetsplan::{
        mal::{Form, MalId, check},
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::mal;

use super::{PATH, api::fault, flikar};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// A goal that a text of a form names; none of an empty one.
fn named(field: &str, text: &str) -> Result<Option<MalId>, AppError> {
    let text = text.trim();
    let unknown = || fault(field, "Målet som valdes finns inte längre. Välj på nytt.");
    Some(text).filter(|text| !text.is_empty()).map(|text| text.parse().map_err(|_| unknown())).transpose()
}

/// The row of a goal in the list of its plan.
#[must_use]
pub fn in_list(plan: PlanId, id: MalId) -> String {
    format!("{PATH}/{plan}?vy=lista#mal-{id}")
}

/// Adds a goal. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_mal")]
pub async fn create_mal(
    id: MalId,
    plan: PlanId,
    #[server(default)] under: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form)?;
    mal::create(&mut tx, ctx.now, plan, (id, named("under", &under)?), &content).await?;
    tx.commit().await?;
    Ok(Done::at(in_list(plan, id), "Målet är tillagt"))
}

/// Changes what a goal says, if it is still as the person saw it.
#[server(endpoint = "update_mal")]
pub async fn update_mal(id: MalId, plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form)?;
    mal::update(&mut tx, ctx.now, plan, (id, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(in_list(plan, id), "Målet är sparat"))
}

/// Moves a goal under another, or among those that it lies with.
#[server(endpoint = "move_mal")]
pub async fn move_mal(
    id: MalId,
    plan: PlanId,
    version: i64,
    #[server(default)] under: String,
    #[server(default)] fore: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let place = (named("under", &under)?, named("fore", &fore)?);
    mal::move_to(&mut tx, ctx.now, plan, (id, version), place).await?;
    tx.commit().await?;
    Ok(Done::at(in_list(plan, id), "Målet är flyttat"))
}

/// Removes a goal that nothing hangs on.
#[server(endpoint = "remove_mal")]
pub async fn remove_mal(id: MalId, plan: PlanId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    mal::remove(&mut tx, ctx.now, plan, (id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{plan}?vy=lista"), "Målet är borttaget"))
}
