//! What is done with the indikatorer of a plan.

use domain::{
    field::FieldError,
    permission::Action,
    siffror::serie::BrottForm,
    verksamhetsplan::{
        indikator::{Content, Form, IndikatorId, check, check_brott},
        mal::MalId,
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::indikator;

use super::{PATH, flikar::write, utfall_data::sida};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// The goal of a form.
fn goal(mal: &str) -> Result<MalId, AppError> {
    mal.parse().map_err(|_| {
        let message = "Välj vilket mål indikatorn följer upp.".to_owned();
        AppError::Invalid(vec![FieldError { field: "mal".to_owned(), message }])
    })
}

/// Checks an indikator with its goal: all that is wrong is said at once.
fn checked(mal: &str, form: &Form, stored: Option<&Content>) -> Result<(MalId, Content), AppError> {
    match (goal(mal), check(form, stored)) {
        (Ok(mal), Ok(content)) => Ok((mal, content)),
        (Err(AppError::Invalid(mut first)), Err(more)) => {
            first.extend(more);
            Err(AppError::Invalid(first))
        }
        (Err(error), _) => Err(error),
        (_, Err(faults)) => Err(AppError::Invalid(faults)),
    }
}

/// What is asked of what was saved: a goal in nobody knows what.
fn said(content: &Content, words: &str) -> (String, bool) {
    content.enhet_saknas().map_or_else(|| (words.to_owned(), false), |fraga| (format!("{words}. {fraga}"), true))
}

/// Adds an indikator under a goal. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_indikator")]
pub async fn create_indikator(
    id: IndikatorId,
    plan: PlanId,
    #[server(default)] mal: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let (mal, content) = checked(&mal, &form, None)?;
    indikator::create(&mut tx, ctx.now, plan.id, (id, mal), &content).await?;
    tx.commit().await?;
    let (words, asks) = said(&content, "Indikatorn är sparad");
    Ok(Done::at(sida(plan.id, id), words).to_read_if(asks))
}

/// Changes an indikator.
#[server(endpoint = "update_indikator")]
pub async fn update_indikator(
    plan: PlanId,
    id: IndikatorId,
    version: i64,
    #[server(default)] mal: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let before = indikator::get(&mut tx, plan.id, id).await?;
    let (mal, content) = checked(&mal, &form, Some(&before.indikator.content))?;
    indikator::update(&mut tx, ctx.now, plan.id, (id, mal), version, &content).await?;
    tx.commit().await?;
    let (words, asks) = said(&content, "Indikatorn är sparad");
    Ok(Done::at(sida(plan.id, id), words).to_read_if(asks))
}

/// From a day on it is measured otherwise: no line is drawn over that.
#[server(endpoint = "create_indikatorbrott")]
pub async fn create_indikatorbrott(
    plan: PlanId,
    id: IndikatorId,
    version: i64,
    form: BrottForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let before = indikator::get(&mut tx, plan.id, id).await?;
    let mut content = before.indikator.content.clone();
    content.brott.push(check_brott(&form, &content, ctx.today)?);
    content.brott.sort_by_key(|brott| brott.fran);
    indikator::update(&mut tx, ctx.now, plan.id, (id, before.mal), version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(sida(plan.id, id), "Ändringen är sparad"))
}

/// Takes a break away.
#[server(endpoint = "remove_indikatorbrott")]
pub async fn remove_indikatorbrott(plan: PlanId, id: IndikatorId, version: i64, at: usize) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let before = indikator::get(&mut tx, plan.id, id).await?;
    let mut content = before.indikator.content.clone();
    if at >= content.brott.len() {
        return Err(AppError::overtaken());
    }
    content.brott.remove(at);
    indikator::update(&mut tx, ctx.now, plan.id, (id, before.mal), version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(sida(plan.id, id), "Ändringen är borttagen"))
}

/// Moves an indikator one step among those of its goal.
#[server(endpoint = "move_indikator")]
pub async fn move_indikator(plan: PlanId, id: IndikatorId, earlier: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    indikator::step(&mut tx, ctx.now, plan.id, id, earlier).await?;
    tx.commit().await?;
    Ok(Done::said("Indikatorn är flyttad"))
}

/// Takes an indikator without outcomes away.
#[server(endpoint = "remove_indikator")]
pub async fn remove_indikator(plan: PlanId, id: IndikatorId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    indikator::remove(&mut tx, ctx.now, plan.id, id, version).await?;
    tx.commit().await?;
    Ok(Done::at(format!("{PATH}/{}", plan.id), "Indikatorn är borttagen"))
}
