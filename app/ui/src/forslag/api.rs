//! What is done with förslag.

use domain::{
    forslag::{Form, Kind, State, check, check_state},
    id::{ForslagId, NodeId},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Target, forslag};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds what somebody says. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_forslag")]
pub async fn create_forslag(id: ForslagId, node: NodeId, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.store.write(&*ctx.actor()?, Target::Node(node, Area::Forslag), Action::TickOwn).await?;
    let (kind, text, named) = check(&form)?;
    forslag::create(&mut tx, (ctx.now, ctx.today), id, node, (kind, &text, named)).await?;
    tx.commit().await?;
    Ok(Done::said(match kind {
        Kind::Forslag => "Tack. Förslaget finns kvar här tills ni har tagit ställning till det.",
        Kind::Guldstjarna => "Tack. Guldstjärnan visas på nästa APT.",
    }))
}

/// Moves a förslag on, if it is still as the person saw it.
#[server(endpoint = "set_forslag_state")]
pub async fn set_forslag_state(
    id: ForslagId,
    version: i64,
    to: State,
    #[server(default)] reason: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.store.write(&*ctx.actor()?, Target::Forslag(id), Action::Edit).await?;
    let before = forslag::get(&mut tx, id).await?;
    let reason = check_state(&before, to, &reason)?;
    forslag::set_state(&mut tx, (ctx.now, ctx.today), &before, version, (to, &reason)).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Förslaget: {}", to.label().to_lowercase())))
}
