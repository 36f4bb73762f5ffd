//! What is done on the page of a goal: texts, what is expected and what came out, how it was met, and the groups that have it.

use domain::{
    permission::{Action, Area},
    verksamhetsplan::{
        enhetsmal::{
            self,
            bedomning::BeslutForm,
            vpgrupp::{self, GrupprapportId, VpgruppId, check_rapport},
        },
        forvantat::{self, ForvantatId, bedomning::UtfallForm},
        mal::MalId,
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::verksamhetsplan as plans;

use super::address;
use crate::{ctx::Ctx, error::AppError, flash::Done, verksamhetsplan::flikar::write};

/// Changes the texts of a goal, if they are still as the person saw them.
#[server(endpoint = "update_enhetsmal")]
pub async fn update_enhetsmal(plan: PlanId, mal: MalId, version: i64, form: enhetsmal::Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    let content = enhetsmal::check(&form)?;
    plans::enhetsmal::update(&mut tx, ctx.now, plan, (mal, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(address(plan, mal), "Texterna är sparade"))
}

/// Adds a row of what is expected. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_forvantat")]
pub async fn create_forvantat(
    id: ForvantatId,
    plan: PlanId,
    mal: MalId,
    form: forvantat::Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::Edit).await?;
    let content = forvantat::check(&form, of.year)?;
    plans::forvantat::create(&mut tx, ctx.now, plan, (id, mal), &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}#rad-{id}", address(plan, mal)), "Raden är tillagd"))
}

/// Changes a row, if it is still as the person saw it.
#[server(endpoint = "update_forvantat")]
pub async fn update_forvantat(
    plan: PlanId,
    mal: MalId,
    id: ForvantatId,
    version: i64,
    form: forvantat::Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::Edit).await?;
    let content = forvantat::check(&form, of.year)?;
    plans::forvantat::update(&mut tx, ctx.now, plan, (mal, id, version), &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}#rad-{id}", address(plan, mal)), "Raden är sparad"))
}

/// Moves a row one place among those of its goal.
#[server(endpoint = "move_forvantat")]
pub async fn move_forvantat(plan: PlanId, mal: MalId, id: ForvantatId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    plans::forvantat::move_rad(&mut tx, ctx.now, plan, (mal, id), earlier).await?;
    tx.commit().await?;
    Ok(Done::said(if earlier { "Raden är flyttad upp" } else { "Raden är flyttad ned" }))
}

/// Takes a row away with what came out of it.
#[server(endpoint = "remove_forvantat")]
pub async fn remove_forvantat(plan: PlanId, mal: MalId, id: ForvantatId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    plans::forvantat::remove(&mut tx, ctx.now, plan, (mal, id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}#forvantat", address(plan, mal)), "Raden är borttagen"))
}

/// Writes what came out of a row from January through a month.
#[server(endpoint = "update_forvantat_utfall")]
pub async fn update_forvantat_utfall(
    plan: PlanId,
    mal: MalId,
    id: ForvantatId,
    manad: u32,
    version: i64,
    form: UtfallForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    plans::forvantat::update_utfall(&mut tx, ctx.now, plan, (mal, id), (manad, version), &form).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}?period={manad}#rad-{id}", address(plan, mal)), "Utfallet är sparat"))
}

/// Decides how a goal was met from January through a month; the goal may be one that the plan shares.
#[server(endpoint = "update_malbedomning")]
pub async fn update_malbedomning(
    plan: PlanId,
    mal: MalId,
    manad: u32,
    version: i64,
    form: BeslutForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    plans::bedomning::update(&mut tx, ctx.now, plan, (mal, manad), version, &form).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}?period={manad}#bedomning", address(plan, mal)), "Bedömningen är sparad"))
}

/// Makes a VP-grupp. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_vpgrupp")]
pub async fn create_vpgrupp(id: VpgruppId, plan: PlanId, form: vpgrupp::Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    let innehall = vpgrupp::check(&form)?;
    plans::vpgrupp::create(&mut tx, ctx.now, plan, id, &innehall).await?;
    tx.commit().await?;
    Ok(Done::at(of_goal(plan, &innehall.1), format!("VP-gruppen ”{}” är skapad", innehall.0)))
}

/// Changes a VP-grupp, if it is still as the person saw it.
#[server(endpoint = "update_vpgrupp")]
pub async fn update_vpgrupp(plan: PlanId, id: VpgruppId, version: i64, form: vpgrupp::Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = write(&ctx, plan, Action::Edit).await?;
    let innehall = vpgrupp::check(&form)?;
    plans::vpgrupp::update(&mut tx, ctx.now, plan, (id, version), &innehall).await?;
    tx.commit().await?;
    Ok(Done::at(of_goal(plan, &innehall.1), "VP-gruppen är sparad"))
}

/// Takes away a VP-grupp that has written nothing.
#[server(endpoint = "remove_vpgrupp")]
pub async fn remove_vpgrupp(plan: PlanId, id: VpgruppId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::Edit).await?;
    let mal = plans::vpgrupp::get(&mut tx, &of, id).await?.mal;
    plans::vpgrupp::remove(&mut tx, ctx.now, plan, (id, version)).await?;
    tx.commit().await?;
    Ok(Done::at(of_goal(plan, &mal), "VP-gruppen är borttagen"))
}

/// Writes a report of a VP-grupp: a member of it, or who may change the plan. The id was made with the form.
#[server(endpoint = "create_grupprapport")]
pub async fn create_grupprapport(
    id: GrupprapportId,
    plan: PlanId,
    grupp: VpgruppId,
    mal: MalId,
    text: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, of) = write(&ctx, plan, Action::TickOwn).await?;
    let may_edit = ctx.actor()?.may(of.node, Area::Verksamhetsplan, Action::Edit);
    let text = check_rapport(&text)?;
    let when = (ctx.now, ctx.today);
    plans::vpgrupp::create_rapport(&mut tx, when, plan, (id, grupp, mal), &text, may_edit).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}#grupper", address(plan, mal)), "Rapporten är sparad"))
}

/// Where the groups of a goal are listed.
fn of_goal(plan: PlanId, mal: &[MalId]) -> String {
    match mal.first() {
        Some(mal) => format!("{}#grupper", address(plan, *mal)),
        None => format!("{}/{plan}", crate::verksamhetsplan::PATH),
    }
}
