//! What is done with what is followed of a goal: added, changed and taken away. The times on the wheel follow.

use domain::{
    permission::Action,
    verksamhetsplan::{
        enhetsmal::uppfoljning::{self, UppfoljningId},
        mal::MalId,
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::verksamhetsplan as plans;

use super::address;
use crate::{ctx::Ctx, error::AppError, flash::Done, verksamhetsplan::flikar::write};

fn rows(plan: PlanId, mal: MalId) -> String {
    format!("{}#uppfoljning", address(plan, mal))
}

/// Adds what is followed of a goal, with its times. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_maluppfoljning")]
pub async fn create_maluppfoljning(
    id: UppfoljningId,
    plan: PlanId,
    mal: MalId,
    form: uppfoljning::Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::Edit).await?;
    let content = uppfoljning::check(&form, of.year, None)?;
    plans::uppfoljning::create(&mut tx, ctx.now, plan, (id, mal), &content).await?;
    tx.commit().await?;
    Ok(Done::at(rows(plan, mal), "Uppföljningen är tillagd och ligger på årshjulet"))
}

/// Changes what is followed and when, if it is still as the person saw it.
#[server(endpoint = "update_maluppfoljning")]
pub async fn update_maluppfoljning(
    plan: PlanId,
    mal: MalId,
    id: UppfoljningId,
    version: i64,
    form: uppfoljning::Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::Edit).await?;
    let stored = plans::uppfoljning::get(&mut tx, mal, id).await?.content.timing();
    let content = uppfoljning::check(&form, of.year, Some(&stored))?;
    plans::uppfoljning::update(&mut tx, ctx.now, plan, (mal, id, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(rows(plan, mal), "Uppföljningen är sparad"))
}

/// Takes what is followed away. What was done of it stays on the wheel.
#[server(endpoint = "remove_maluppfoljning")]
pub async fn remove_maluppfoljning(
    plan: PlanId,
    mal: MalId,
    id: UppfoljningId,
    version: i64,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    plans::uppfoljning::remove(&mut tx, ctx.now, plan, (mal, id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(rows(plan, mal), "Uppföljningen är borttagen"))
}
