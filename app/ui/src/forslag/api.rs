//! What is done with förslag.

use domain::{
    field::FieldError,
    forslag::{Form, Kind, State, check, check_state},
    id::{ForslagId, NodeId},
    permission::{Action, Area},
};
use leptos::prelude::*;
use store::{Target, forslag};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds what somebody says, from a form that is posted to the page it stands on. It is no server function: neither what was
/// wrong nor that it went well may lie in the session, which has a person, when what is said has none. The id was made with
/// the form: a resend is the same one.
pub async fn say(ctx: &Ctx, fields: &[(String, String)]) -> Result<Kind, AppError> {
    let field = |name: &str| fields.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()).unwrap_or_default();
    ctx.actor()?;
    let node: NodeId = field("node").parse().map_err(|_| AppError::NotFound)?;
    let mut tx = ctx.write(Target::Node(node, Area::Forslag), Action::TickOwn).await?;
    let (kind, text, named) = check(&Form { text: field("text"), kind: field("kind"), named: field("named") })?;
    let id = field("id").parse::<ForslagId>().ok().filter(|id| id.is_random()).ok_or_else(unreadable)?;
    forslag::create(&mut tx, (ctx.now, ctx.today), id, node, (kind, &text, named)).await?;
    tx.commit().await?;
    Ok(kind)
}

fn unreadable() -> AppError {
    AppError::Invalid(vec![FieldError {
        field: String::new(),
        message: "Formuläret kunde inte läsas. Ladda om sidan och försök igen.".to_owned(),
    }])
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
    let mut tx = ctx.write(Target::Thing(Area::Forslag, id.0), Action::Edit).await?;
    let before = forslag::get(&mut tx, id).await?;
    let reason = check_state(&before, to, &reason)?;
    forslag::set_state(&mut tx, (ctx.now, ctx.today), &before, version, (to, &reason)).await?;
    tx.commit().await?;
    Ok(Done::said(format!("Förslaget: {}", to.label().to_lowercase())))
}
