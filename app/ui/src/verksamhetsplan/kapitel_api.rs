//! What is done with the chapters of a plan.

use domain::{
    permission::Action,
    verksamhetsplan::plan::{
        PlanId,
        kapitel::{Form, KapitelId, check},
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::kapitel;

use super::{PATH, flikar};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The page of the chapters of a plan, at one of them.
fn at(plan: PlanId, id: KapitelId) -> String {
    format!("{PATH}/{plan}/kapitel#kapitel-{id}")
}

/// Adds a chapter. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_kapitel")]
pub async fn create_kapitel(id: KapitelId, plan: PlanId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form, ctx.today)?;
    kapitel::create(&mut tx, ctx.now, plan, id, &content).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), "Kapitlet är tillagt"))
}

/// Changes a chapter, if it is still as the person saw it.
#[server(endpoint = "update_kapitel")]
pub async fn update_kapitel(id: KapitelId, plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form, ctx.today)?;
    kapitel::update(&mut tx, ctx.now, plan, (id, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), "Kapitlet är sparat"))
}

/// Says that a chapter is done, or that it is not.
#[server(endpoint = "mark_kapitel")]
pub async fn mark_kapitel(id: KapitelId, plan: PlanId, version: i64, klart: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    kapitel::set_klart(&mut tx, ctx.now, plan, (id, version), klart).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), if klart { "Kapitlet är klart" } else { "Kapitlet är öppnat igen" }))
}

/// Moves a chapter one step among those on its side of the goals.
#[server(endpoint = "move_kapitel")]
pub async fn move_kapitel(id: KapitelId, plan: PlanId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    kapitel::step(&mut tx, ctx.now, plan, id, earlier).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), "Kapitlet är flyttat"))
}

/// Removes a chapter.
#[server(endpoint = "remove_kapitel")]
pub async fn remove_kapitel(id: KapitelId, plan: PlanId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    kapitel::remove(&mut tx, ctx.now, plan, (id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{plan}/kapitel"), "Kapitlet är borttaget"))
}
