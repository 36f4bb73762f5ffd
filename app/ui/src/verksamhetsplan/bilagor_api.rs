//! What is done with the bilagor of a plan.

use domain::{
    permission::Action,
    verksamhetsplan::plan::{
        PlanId,
        bilaga::{Form, PlanbilagaId, check},
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::bilaga;

use super::{PATH, flikar};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Where the bilagor of a plan stand.
fn at(plan: PlanId) -> String {
    format!("{PATH}/{plan}/kapitel#bilagor")
}

/// Adds a bilaga, last. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_planbilaga")]
pub async fn create_planbilaga(id: PlanbilagaId, plan: PlanId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form)?;
    bilaga::create(&mut tx, ctx.now, plan, id, &content).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan), "Bilagan är tillagd"))
}

/// Changes a bilaga, if it is still as the person saw it.
#[server(endpoint = "update_planbilaga")]
pub async fn update_planbilaga(id: PlanbilagaId, plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form)?;
    bilaga::update(&mut tx, ctx.now, plan, (id, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan), "Bilagan är sparad"))
}

/// Moves a bilaga one step, and with it its number.
#[server(endpoint = "move_planbilaga")]
pub async fn move_planbilaga(id: PlanbilagaId, plan: PlanId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    bilaga::step(&mut tx, ctx.now, plan, id, earlier).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan), "Bilagan är flyttad"))
}

/// Removes a bilaga.
#[server(endpoint = "remove_planbilaga")]
pub async fn remove_planbilaga(id: PlanbilagaId, plan: PlanId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    bilaga::remove(&mut tx, ctx.now, plan, (id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan), "Bilagan är borttagen"))
}
