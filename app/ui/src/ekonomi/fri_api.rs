//! What is done with the free tables of a plan: made, changed, taken away. A table is typed or pasted as text, and read as one.

use domain::{
    ekonomi::{
        fraga::ENHET,
        fri::{Content, Form, FriTabellId, check},
        inlasning::Lasning,
    },
    permission::Action,
    siffror::inlasning::Svar,
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;
use store::ekonomi::fri;

use super::path;
use crate::{ctx::Ctx, error::AppError, flash::Done, verksamhetsplan::flikar};

/// What was answered of a table: that its unit is right, though amounts are large; and of one that is there, what its columns are.
fn svar(form: &Form, ratt: &str, stored: Option<&Content>) -> Svar {
    let mut svar = stored.map(Content::svar).unwrap_or_default();
    if ratt == "on" {
        svar.set(ENHET, &form.enhet);
    }
    svar
}

/// What is said when a table is saved: printed sums and differences that are not so, and how cells were read.
fn done(plan: PlanId, first: &str, last: &Lasning<Content>) -> Done {
    let printed = last.jamforda.iter().map(|off| off.said(last.content.enhet));
    let more: Vec<String> = printed.chain(last.sagt.iter().cloned()).collect();
    let text = if more.is_empty() { first.to_owned() } else { format!("{first}. {}", more.join(" ")) };
    Done::at(format!("{}#tabeller", path(plan)), text).to_read_if(!more.is_empty())
}

/// Adds a free table. The id was made with the form: a resend is the same one.
#[server(endpoint = "create_fri_tabell")]
pub async fn create_fri_tabell(
    id: FriTabellId,
    plan: PlanId,
    form: Form,
    #[server(default)] ratt: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let last = check(&form, &svar(&form, &ratt, None), None)?;
    fri::create(&mut tx, ctx.now, &plan, id, &last.content).await?;
    tx.commit().await?;
    Ok(done(plan.id, "Tabellen är sparad", &last))
}

/// Changes a free table.
#[server(endpoint = "update_fri_tabell")]
pub async fn update_fri_tabell(
    plan: PlanId,
    id: FriTabellId,
    version: i64,
    form: Form,
    #[server(default)] ratt: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let before = fri::get(&mut tx, &plan, id).await?;
    let last = check(&form, &svar(&form, &ratt, Some(&before.content)), Some(&before.content))?;
    fri::update(&mut tx, ctx.now, &before, version, &last.content).await?;
    tx.commit().await?;
    Ok(done(plan.id, "Tabellen är sparad", &last))
}

/// Takes a free table away.
#[server(endpoint = "remove_fri_tabell")]
pub async fn remove_fri_tabell(plan: PlanId, id: FriTabellId, version: i64) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let before = fri::get(&mut tx, &plan, id).await?;
    fri::remove(&mut tx, ctx.now, &before, version).await?;
    tx.commit().await?;
    Ok(Done::at(path(plan.id), format!("Tabellen ”{}” är borttagen", before.content.titel)))
}
