//! What a page of the account reads, and the head that its pages share.

use domain::{
    ekonomi::fri::FriTabell,
    permission::{Action, Area},
    verksamhetsplan::plan::Plan,
};
use leptos::prelude::*;
use store::ekonomi::{self, Rakning};

use super::path;
use crate::{ctx::Ctx, error::AppError, verksamhetsplan::PATH, verksamhetsplan::flikar};

/// The account of a plan, with what stands beside it.
pub struct Data {
    /// Whose account it is.
    pub plan: Plan,
    /// It, if it has been begun.
    pub rakning: Option<Rakning>,
    /// That of the year before.
    pub fjol: Option<Rakning>,
    /// The free tables of the plan.
    pub tabeller: Vec<FriTabell>,
    /// Whether whoever looks may change it.
    pub may_edit: bool,
}

/// Reads the account of the plan that an address names, for what somebody wants to do with it.
pub async fn read(ctx: &Ctx, id: &str, action: Action) -> Result<(store::Tx, Data), AppError> {
    let actor = ctx.actor()?;
    let (mut tx, plan) = flikar::read(ctx, id, action).await?;
    let rakning = ekonomi::rakning(&mut tx, &plan).await?;
    let fjol = ekonomi::i_fjol(&mut tx, &plan).await?;
    let tabeller = ekonomi::fri::list(&mut tx, &plan).await?;
    let may_edit = actor.may(plan.node, Area::Verksamhetsplan, Action::Edit);
    Ok((tx, Data { plan, rakning, fjol, tabeller, may_edit }))
}

/// The way to a page under the account.
pub fn crumbs(plan: &Plan, here: &'static str) -> impl IntoView + use<> {
    let (id, year) = (plan.id, plan.year);
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href=format!("{PATH}/{id}")>{format!("Verksamhetsplan {year}")}</a></li>
                <li><a href=path(id)>"Ekonomi"</a></li>
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}
