//! What is done with the aktiviteter of a plan: made, changed, followed and taken away.

use domain::{
    field::Checker,
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        aktivitet::{LageForm, Planaktivitet, PlanaktivitetForm, PlanaktivitetId, check, check_lage},
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::{Target, Tx, planaktivitet};

use super::PATH;
use crate::{ctx::Ctx, error::AppError, flash::Done, verksamhetsplan::flikar};

/// Adds an aktivitet to a plan. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_planaktivitet")]
pub async fn create_planaktivitet(
    id: PlanaktivitetId,
    plan: PlanId,
    form: PlanaktivitetForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let content = check(&form, plan.year)?;
    planaktivitet::create(&mut tx, (ctx.now, ctx.today), plan.id, id, &content).await?;
    tx.commit().await?;
    let said = match content.utanfor(plan.year) {
        Some(beside) => format!("Aktiviteten är tillagd. {beside}"),
        None => "Aktiviteten är tillagd".to_owned(),
    };
    Ok(Done::at(format!("{PATH}/{id}"), said))
}

/// Opens the transaction in which an aktivitet is written.
async fn open(ctx: &Ctx, id: PlanaktivitetId, action: Action) -> Result<(Tx, Planaktivitet), AppError> {
    let mut tx = ctx.write(Target::Thing(Area::Planaktivitet, id.0), action).await?;
    let before = planaktivitet::get(&mut tx, id).await?;
    Ok((tx, before))
}

/// Changes what is done, for which goal and when, if it is still as the person saw it.
#[server(endpoint = "update_planaktivitet")]
pub async fn update_planaktivitet(
    id: PlanaktivitetId,
    version: i64,
    form: PlanaktivitetForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id, Action::Edit).await?;
    let content = check(&form, before.year)?;
    planaktivitet::update(&mut tx, (ctx.now, ctx.today), &before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{id}"), "Aktiviteten är sparad"))
}

/// Whether somebody says how far an aktivitet has come: who carries it out, and who writes the plan.
#[must_use]
pub fn follows(actor: &Actor, one: &Planaktivitet) -> bool {
    let (area, node) = (Area::Planaktivitet, one.node);
    actor.may(node, area, Action::Edit) || actor.may_tick(area, one.content.responsible, node)
}

/// Says how far an aktivitet has come: by who carries it out, and by who writes the plan.
#[server(endpoint = "update_planaktivitet_lage")]
pub async fn update_planaktivitet_lage(id: PlanaktivitetId, version: i64, form: LageForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, before) = open(&ctx, id, Action::TickOwn).await?;
    if !follows(&actor, &before) {
        return Err(AppError::Forbidden);
    }
    let lage = check_lage(&form)?;
    planaktivitet::set_lage(&mut tx, (ctx.now, ctx.today), &before, version, &lage).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{id}"), format!("Läget är sparat: {}", lage.satt.label().to_lowercase())))
}

/// Takes an aktivitet that nobody has followed yet from the plan, with the reason.
#[server(endpoint = "remove_planaktivitet")]
pub async fn remove_planaktivitet(id: PlanaktivitetId, version: i64, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id, Action::Edit).await?;
    let plan = planaktivitet::plan_of(&mut tx, id).await?.id;
    let mut check = Checker::default();
    let reason = check.text("reason", &reason);
    if reason.is_empty() {
        check.error("reason", "Skriv varför den tas bort.");
    }
    let reason = check.finish(reason)?;
    planaktivitet::remove(&mut tx, ctx.now, &before, version, &reason).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/verksamhetsplan/{plan}/aktiviteter"), "Aktiviteten är borttagen"))
}
