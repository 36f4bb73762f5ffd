//! What is done with the settings of an account, its verksamheter and its rows. Each step names the version that the person saw: one that
//! is sent twice is told that it was done.

use domain::{
    ekonomi::konto::{
        self, Content, Form, RadForm, RadId, Resultatrakning, VerksamhetForm, VerksamhetId, check_rad, check_verksamhet,
    },
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;
use store::{Tx, ekonomi};

use super::{
    api::{fault, open},
    path,
};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Saves a changed account and goes back to its rows.
async fn save(
    ctx: &Ctx,
    (mut tx, plan): (Tx, PlanId),
    before: &Resultatrakning,
    version: i64,
    (content, said): (&Content, &str),
) -> Result<Done, AppError> {
    ekonomi::update(&mut tx, ctx.now, before, version, content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}/rader", path(plan)), said))
}

fn gone() -> AppError {
    fault("", "Raden finns inte längre. Ladda om sidan.")
}

/// Changes the settings of an account. Figures stay as they are: in another unit they mean something else, and the form says so.
#[server(endpoint = "update_konto")]
pub async fn update_konto(plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let form = Form { ar: plan.year.to_string(), ..form };
    let content = konto::check(&form, Some(&before.content))?;
    save(&ctx, (tx, plan.id), &before, version, (&content, "Inställningarna är sparade")).await
}

/// Adds a verksamhet with the standard rows.
#[server(endpoint = "create_verksamhet")]
pub async fn create_verksamhet(plan: PlanId, version: i64, form: VerksamhetForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    content.set_verksamhet(check_verksamhet(&form, &content, VerksamhetId::new(), RadId::new)?);
    save(&ctx, (tx, plan.id), &before, version, (&content, "Verksamheten är tillagd, med standardraderna")).await
}

/// Names a verksamhet anew.
#[server(endpoint = "update_verksamhet")]
pub async fn update_verksamhet(
    plan: PlanId,
    version: i64,
    id: VerksamhetId,
    form: VerksamhetForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    if content.verksamheter.iter().all(|v| v.id != id) {
        return Err(gone());
    }
    content.set_verksamhet(check_verksamhet(&form, &content, id, RadId::new)?);
    save(&ctx, (tx, plan.id), &before, version, (&content, "Verksamheten är sparad")).await
}

/// Moves a verksamhet a step up (`earlier`) or down.
#[server(endpoint = "move_verksamhet")]
pub async fn move_verksamhet(plan: PlanId, version: i64, id: VerksamhetId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    if !content.move_verksamhet(id, earlier) {
        return Err(gone());
    }
    save(&ctx, (tx, plan.id), &before, version, (&content, "Verksamheten är flyttad")).await
}

/// Takes away a verksamhet whose rows have no amounts.
#[server(endpoint = "remove_verksamhet")]
pub async fn remove_verksamhet(plan: PlanId, version: i64, id: VerksamhetId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    if !content.remove_verksamhet(id) {
        return Err(gone());
    }
    save(&ctx, (tx, plan.id), &before, version, (&content, "Verksamheten är borttagen")).await
}

/// Adds a row to a verksamhet.
#[server(endpoint = "create_kontorad")]
pub async fn create_kontorad(
    plan: PlanId,
    version: i64,
    verksamhet: VerksamhetId,
    form: RadForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    let rad = check_rad(&form, &content, verksamhet, RadId::new())?;
    if !content.set_rad(verksamhet, rad) {
        return Err(gone());
    }
    save(&ctx, (tx, plan.id), &before, version, (&content, "Raden är tillagd")).await
}

/// Changes what a row is. One with amounts stays of its kind.
#[server(endpoint = "update_kontorad")]
pub async fn update_kontorad(plan: PlanId, version: i64, id: RadId, form: RadForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    let verksamhet = content.rad(id).map(|(v, _)| v.id).ok_or_else(gone)?;
    content.set_rad(verksamhet, check_rad(&form, &content, verksamhet, id)?);
    save(&ctx, (tx, plan.id), &before, version, (&content, "Raden är sparad")).await
}

/// Moves a row a step up (`earlier`) or down among those of its kind.
#[server(endpoint = "move_kontorad")]
pub async fn move_kontorad(plan: PlanId, version: i64, id: RadId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    if !content.move_rad(id, earlier) {
        return Err(gone());
    }
    save(&ctx, (tx, plan.id), &before, version, (&content, "Raden är flyttad")).await
}

/// Takes away a row without amounts.
#[server(endpoint = "remove_kontorad")]
pub async fn remove_kontorad(plan: PlanId, version: i64, id: RadId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, plan, before) = open(&ctx, plan).await?;
    let mut content = before.content.clone();
    if !content.remove_rad(id) {
        return Err(gone());
    }
    save(&ctx, (tx, plan.id), &before, version, (&content, "Raden är borttagen")).await
}
