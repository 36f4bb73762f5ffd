//! What is done with series: made, changed, closed, given goals and breaks. Their values stand in [`super::grid_api`], by what they are
//! divided in [`super::dimension_api`].

use domain::{
    field::{Checker, FieldError},
    format,
    id::NodeId,
    permission::{Action, Area},
    siffror::serie::{BrottForm, Content, Form, MalForm, Serie, SerieId, check, check_brott, check_mal},
};
use leptos::prelude::*;
use store::{Target, Tx, apt, serie};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Makes a series. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_serie")]
pub async fn create_serie(id: SerieId, node: NodeId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Serie), Action::Edit).await?;
    let content = check(&form, None)?;
    serie::create(&mut tx, ctx.now, id, node, &content).await?;
    tx.commit().await?;
    // what is reckoned has its values already
    let to = if content.harledd.is_some() { format!("/siffror/{id}") } else { format!("/siffror/{id}/fyll") };
    Ok(Done::at(to, format!("Serien ”{}” är skapad", content.namn)))
}

/// Opens the transaction in which a series is changed.
async fn open(ctx: &Ctx, id: SerieId) -> Result<(Tx, Serie), AppError> {
    let mut tx = ctx.write(Target::Thing(Area::Serie, id.0), Action::Edit).await?;
    let before = serie::get(&mut tx, id).await?;
    Ok((tx, before))
}

/// Changes what a series is, if it is still as the person saw it. Its goals and breaks stay.
#[server(endpoint = "update_serie")]
pub async fn update_serie(id: SerieId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id).await?;
    let content = check(&form, Some(&before.content))?;
    serie::update(&mut tx, ctx.now, &before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/siffror/{id}"), "Serien är sparad"))
}

/// Closes a series: it is read, and nobody is asked for values after its last day, which is today where none is written.
#[server(endpoint = "close_serie")]
pub async fn close_serie(id: SerieId, version: i64, #[server(default)] till: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id).await?;
    let mut check = Checker::default();
    let till = check.date("till", &till, domain::day::Fits::Past(ctx.today));
    if till.is_some_and(|day| day > ctx.today) {
        check.error("till", "Sista dagen kan inte ligga framåt i tiden.");
    }
    let till = check.finish(till)?.unwrap_or(ctx.today);
    serie::set_closed(&mut tx, ctx.now, &before, version, Some(till)).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/siffror/{id}"), "Serien är avslutad"))
}

/// Takes a closed series up again.
#[server(endpoint = "reopen_serie")]
pub async fn reopen_serie(id: SerieId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id).await?;
    serie::set_closed(&mut tx, ctx.now, &before, version, None).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/siffror/{id}"), "Serien är öppen igen"))
}

/// Shows a series on the slides of APT, or no longer.
#[server(endpoint = "set_serie_apt")]
pub async fn set_serie_apt(id: SerieId, version: i64, visas: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = open(&ctx, id).await?;
    let mut content = before.content.clone();
    content.visas.apt = visas == "ja";
    serie::update(&mut tx, ctx.now, &before, version, &content).await?;
    let next = apt::siffror::next(&mut tx, before.node).await?;
    let said = match (content.visas.apt, next) {
        (true, Some(day)) => format!("Serien visas på APT {}", format::day_month(day)),
        (true, None) => "Serien visas på nästa APT som förbereds".to_owned(),
        (false, _) => "Serien visas inte längre på APT".to_owned(),
    };
    tx.commit().await?;
    Ok(Done::said(said))
}

/// Saves a changed content and stays on the page that changes it.
async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    before: &Serie,
    version: i64,
    content: Content,
    said: &str,
) -> Result<Done, AppError> {
    serie::update(&mut tx, ctx.now, before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::said(said))
}

/// Adds a goal.
#[server(endpoint = "create_serie_mal")]
pub async fn create_serie_mal(id: SerieId, version: i64, form: MalForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, before) = open(&ctx, id).await?;
    let mal = check_mal(&form, &before.content)?;
    let mut content = before.content.clone();
    content.mal.push(mal);
    save(&ctx, tx, &before, version, content, "Målet är tillagt").await
}

/// Adds a break.
#[server(endpoint = "create_serie_brott")]
pub async fn create_serie_brott(id: SerieId, version: i64, form: BrottForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, before) = open(&ctx, id).await?;
    let brott = check_brott(&form, &before.content, ctx.today)?;
    let mut content = before.content.clone();
    content.brott.push(brott);
    content.brott.sort_by_key(|b| b.fran);
    save(&ctx, tx, &before, version, content, "Brottet är tillagt").await
}

/// What is said when a row is not where it stood.
fn gone() -> AppError {
    let message = "Raden är redan borttagen. Ladda om sidan.".to_owned();
    AppError::Invalid(vec![FieldError { field: String::new(), message }])
}

/// Removes the goal at a place, from 0.
#[server(endpoint = "remove_serie_mal")]
pub async fn remove_serie_mal(id: SerieId, version: i64, at: usize) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, before) = open(&ctx, id).await?;
    let mut content = before.content.clone();
    if at >= content.mal.len() {
        return Err(gone());
    }
    content.mal.remove(at);
    save(&ctx, tx, &before, version, content, "Målet är borttaget").await
}

/// Removes the break at a place, from 0.
#[server(endpoint = "remove_serie_brott")]
pub async fn remove_serie_brott(id: SerieId, version: i64, at: usize) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (tx, before) = open(&ctx, id).await?;
    let mut content = before.content.clone();
    if at >= content.brott.len() {
        return Err(gone());
    }
    content.brott.remove(at);
    save(&ctx, tx, &before, version, content, "Brottet är borttaget").await
}
