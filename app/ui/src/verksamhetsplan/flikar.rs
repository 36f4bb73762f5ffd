//! Flikar: the pages of a plan, beside each other at its head, and the doors to a plan that its pages share.

use domain::{
    permission::{Action, Area},
    verksamhetsplan::plan::{Plan, PlanId},
};
use leptos::prelude::*;
use store::{Target, Tx, verksamhetsplan};

use super::PATH;
use crate::{ctx::Ctx, error::AppError};

/// A page of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flik {
    /// Its goals, as a chain or a list.
    Mal,
    /// What is done to reach them.
    Aktiviteter,
    /// Its chapters, before the goals and after them.
    Kapitel,
    /// The outcomes of its indikatorer.
    Utfall,
    /// What it may cost, and has cost.
    Ekonomi,
}

impl Flik {
    domain::every! {
        /// Every page, in order.
        Mal, Utfall, Aktiviteter, Ekonomi, Kapitel
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Mal => "Mål",
            Self::Aktiviteter => "Aktiviteter",
            Self::Kapitel => "Kapitel",
            Self::Utfall => "Utfall",
            Self::Ekonomi => "Ekonomi",
        }
    }

    /// Behind the address of the plan.
    const fn path(self) -> &'static str {
        match self {
            Self::Mal => "",
            Self::Aktiviteter => "/aktiviteter",
            Self::Kapitel => "/kapitel",
            Self::Utfall => "/utfall",
            Self::Ekonomi => "/ekonomi",
        }
    }
}

/// The links to the pages of a plan; with one page there is nothing to choose.
pub fn flikar(plan: PlanId, here: Flik) -> impl IntoView {
    let links = Flik::ALL.into_iter().map(|flik| {
        let href = format!("{PATH}/{plan}{}", flik.path());
        view! { <a href=href aria-current=(flik == here).then_some("page")>{flik.label()}</a> }
    });
    (Flik::ALL.len() > 1)
        .then(|| view! { <nav class="segmented" aria-label="Planens sidor">{links.collect_view()}</nav> })
}

/// Reads a plan that an address names, for what somebody wants to do with it.
pub async fn read(ctx: &Ctx, id: &str, action: Action) -> Result<(Tx, Plan), AppError> {
    let id: PlanId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = ctx.read(Target::Thing(Area::Verksamhetsplan, id.0), action).await?;
    let plan = verksamhetsplan::get(&mut tx, id).await?;
    Ok((tx, plan))
}

/// Opens the transaction in which something of a plan is written.
pub async fn write(ctx: &Ctx, id: PlanId, action: Action) -> Result<(Tx, Plan), AppError> {
    let mut tx = ctx.write(Target::Thing(Area::Verksamhetsplan, id.0), action).await?;
    let plan = verksamhetsplan::get(&mut tx, id).await?;
    Ok((tx, plan))
}
