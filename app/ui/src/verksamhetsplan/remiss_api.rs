//! What is done while a plan is on remiss: the unit is asked, everybody says what they think, and each is answered.

use domain::{
    format,
    permission::Action,
    verksamhetsplan::plan::{
        PlanId,
        remiss::{Form, SvarForm, SynpunktId},
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::remiss;

use super::{PATH, flikar};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The page of the remiss, at a synpunkt.
fn at(plan: PlanId, id: SynpunktId) -> String {
    format!("{PATH}/{plan}/remiss#synpunkt-{id}")
}

/// Asks the unit until a day, or moves that day.
#[server(endpoint = "set_plan_remiss")]
pub async fn set_plan_remiss(plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let made = remiss::set(&mut tx, (ctx.now, ctx.today), (plan, version), &form).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{plan}/remiss"), format!("Planen är på remiss till {}", format::date(made.till))))
}

/// Says something of a chapter or a goal, while the plan is on remiss. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_plansynpunkt")]
pub async fn create_plansynpunkt(id: SynpunktId, plan: PlanId, om: String, text: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::TickOwn).await?;
    remiss::create(&mut tx, (ctx.now, ctx.today), plan, id, (&om, &text)).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), "Synpunkten är lämnad"))
}

/// Answers a synpunkt, if it is still as the person saw it.
#[server(endpoint = "update_plansynpunkt_svar")]
pub async fn update_plansynpunkt_svar(
    id: SynpunktId,
    plan: PlanId,
    version: i64,
    form: SvarForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    remiss::answer(&mut tx, (ctx.now, ctx.today), plan, (id, version), &form).await?;
    tx.commit().await?;
    Ok(Done::at(at(plan, id), "Svaret är sparat"))
}
