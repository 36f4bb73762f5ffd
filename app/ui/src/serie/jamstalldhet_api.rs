//! What is done with jämställdhetsanalyser: made and changed.

use domain::{
    id::NodeId,
    permission::{Action, Area},
    siffror::jamstalldhet::{
        Form,
        analys::{JamstalldhetId, check_skriven},
    },
};
use leptos::prelude::*;
use store::{Target, serie::jamstalldhet};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Makes an analysis. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_jamstalldhetsanalys")]
pub async fn create_jamstalldhetsanalys(
    id: JamstalldhetId,
    node: NodeId,
    #[server(default)] serie: String,
    #[server(default)] datum: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Serie), Action::Edit).await?;
    let skriven = check_skriven(&form, (&datum, &serie), ctx.today)?;
    jamstalldhet::create(&mut tx, ctx.now, id, node, &skriven).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/siffror/jamstalldhet/{id}"), "Analysen är sparad"))
}

/// Changes an analysis, if it is still as the person saw it.
#[server(endpoint = "update_jamstalldhetsanalys")]
pub async fn update_jamstalldhetsanalys(
    id: JamstalldhetId,
    version: i64,
    #[server(default)] serie: String,
    #[server(default)] datum: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Jamstalldhet(id), Action::Edit).await?;
    let before = jamstalldhet::get(&mut tx, id).await?;
    let skriven = check_skriven(&form, (&datum, &serie), ctx.today)?;
    jamstalldhet::update(&mut tx, ctx.now, &before, version, &skriven).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/siffror/jamstalldhet/{id}"), "Analysen är sparad"))
}
