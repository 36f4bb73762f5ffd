//! What is done with wall screens.

use domain::{
    apt::skarm::{Form, check},
    id::{NodeId, SkarmId},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{
    Target,
    apt::{skarm, tv},
};

use crate::{
    ctx::Ctx,
    error::AppError,
    flash::{Done, Secret},
};

/// Hangs a screen up. Its address is shown once, in the answer: only a hash of it is kept, here and in the session.
#[server(endpoint = "create_skarm")]
pub async fn create_skarm(id: SkarmId, node: NodeId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Apt), Action::Edit).await?;
    let content = check(&form)?;
    let (token, hash) = (ctx.tokens.new)();
    if skarm::get(&mut tx, id).await.is_ok_and(|found| found.node == node) {
        return Ok(Done::at(super::skarmar::PATH, ONCE).to_read());
    }
    skarm::create(&mut tx, ctx.now, (id, node), &hash, &content).await?;
    let (code, hash) = (ctx.tokens.code)();
    tv::renew(&mut tx, (ctx.now, ctx.login.now), id, &hash).await?;
    tx.commit().await?;
    Ok(address(&token, code))
}

/// Changes what a screen shows.
#[server(endpoint = "update_skarm")]
pub async fn update_skarm(id: SkarmId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Skarm(id), Action::Edit).await?;
    let content = check(&form)?;
    skarm::update(&mut tx, ctx.now, id, version, &content).await?;
    tx.commit().await?;
    Ok(Done::said("Skärmen är sparad"))
}

/// Gives a screen a new address; the old one opens nothing.
#[server(endpoint = "renew_skarm")]
pub async fn renew_skarm(id: SkarmId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Skarm(id), Action::Edit).await?;
    let (token, hash) = (ctx.tokens.new)();
    skarm::renew(&mut tx, ctx.now, id, &hash).await?;
    let (code, hash) = (ctx.tokens.code)();
    tv::renew(&mut tx, (ctx.now, ctx.login.now), id, &hash).await?;
    tx.commit().await?;
    Ok(address(&token, code))
}

/// Makes a short code that opens a screen on a television, once. Its address stays as it is.
#[server(endpoint = "renew_skarmkod")]
pub async fn renew_skarmkod(id: SkarmId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Skarm(id), Action::Edit).await?;
    let (code, hash) = (ctx.tokens.code)();
    tv::renew(&mut tx, (ctx.now, ctx.login.now), id, &hash).await?;
    tx.commit().await?;
    let secret = Secret {
        title: "Kod för en tv".to_owned(),
        text: "Koden visas bara den här gången.".to_owned(),
        value: String::new(),
        href: None,
        code: Some(code),
        list: vec![],
    };
    Ok(Done::shown_once(super::skarmar::PATH, secret))
}

/// Takes a screen down.
#[server(endpoint = "remove_skarm")]
pub async fn remove_skarm(id: SkarmId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Skarm(id), Action::Edit).await?;
    skarm::remove(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said("Skärmen är borttagen. Den visar ingenting mer.").to_read())
}

/// The form was sent again: the address was shown the first time, and is not known any more.
const ONCE: &str = "Skärmen finns redan och adressen har visats. Välj Ny adress om du behöver en till.";

fn address(token: &str, code: String) -> Done {
    let path = format!("/skarm/{token}");
    let secret = Secret {
        title: "Skärmens adress".to_owned(),
        text: "Öppna den i webbläsaren på skärmen nu. Den visas bara den här gången: bara skärmen och du har den."
            .to_owned(),
        value: path.clone(),
        href: Some(path),
        code: Some(code),
        list: vec![],
    };
    Done::shown_once(super::skarmar::PATH, secret)
}
