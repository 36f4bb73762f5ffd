//! What is done with what happened: seen, confirmed, kept for a time.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use domain::{
    id::{BekraftelseId, NotisId},
    permission::Action,
    sakerhet::Begaran,
};
use leptos::prelude::*;
use store::{
    Error, Target, Tx,
    sakerhet::{self, bekraftelse},
};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// A transaction for one who looks after the whole installation.
async fn open(ctx: &Ctx) -> Result<Tx, AppError> {
    ctx.write(Target::Installation, Action::Edit).await
}

/// "Jag har sett det": one's own notice alone.
#[server(endpoint = "mark_notis_seen")]
pub async fn mark_notis_seen(id: NotisId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write_own().await?;
    sakerhet::see(&mut tx, actor.person, id).await?;
    store::atgard::notis::see(&mut tx, actor.person, id).await?;
    tx.commit().await?;
    Ok(Done::said("Noterat"))
}

/// A second administrator says yes.
#[server(endpoint = "decide_bekraftelse")]
pub async fn decide_bekraftelse(id: BekraftelseId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, actor) = (open(&ctx).await?, ctx.actor()?);
    let waits = bekraftelse::get(&mut tx, id).await?;
    if waits.asked_by == actor.person {
        let text = "Du har själv bett om det. En annan administratör bekräftar.";
        return Err(AppError::Conflict(text.to_owned()));
    }
    if bekraftelse::depends_on(&mut tx, ctx.now, actor.person, waits.asked_by).await? {
        return Err(AppError::Conflict(format!(
            "{} har skapat ditt konto eller gett dig ett nytt lösenord den senaste månaden, så någon annan behöver bekräfta.",
            waits.asked_by_name
        )));
    }
    bekraftelse::confirm(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said(match waits.what {
        Begaran::Roll(..) => "Rollen gäller nu",
        Begaran::Av => "Det behövs inte längre två administratörer",
    }))
}

/// An administrator says no, or takes back.
#[server(endpoint = "remove_bekraftelse")]
pub async fn remove_bekraftelse(id: BekraftelseId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = open(&ctx).await?;
    bekraftelse::decline(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said("Det blir inte av"))
}

/// Whether a second administrator is needed. On at once; off when a second one has confirmed it.
#[server(endpoint = "set_two_admins")]
pub async fn set_two_admins(on: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = open(&ctx).await?;
    if on {
        match bekraftelse::turn_on(&mut tx, ctx.now).await {
            Err(Error::Conflict) => {
                let text = "Det behövs minst två administratörer för hela organisationen som kan logga in. Lägg till en \
                            till först.";
                return Err(AppError::Conflict(text.to_owned()));
            }
            done => done?,
        }
    } else {
        bekraftelse::ask_off(&mut tx, ctx.now).await?;
    }
    tx.commit().await?;
    Ok(Done::said(if on {
        "Nu behövs två administratörer"
    } else {
        "En annan administratör behöver bekräfta att kravet tas bort."
    })
    .to_read_if(!on))
}

/// How many months events are kept.
#[server(endpoint = "set_sakerhet_manader")]
pub async fn set_sakerhet_manader(manader: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = open(&ctx).await?;
    let months = domain::sakerhet::manader(&manader).ok_or(AppError::NotFound)?;
    sakerhet::set_months(&mut tx, ctx.now, months).await?;
    tx.commit().await?;
    Ok(Done::said("Inställningen är sparad"))
}
