//! What is done with rows of the egenkontrollplan.

use domain::{
    counted,
    egenkontroll::{Form, check, check_again},
    field::FieldError,
    id::{EgenkontrollId, NodeId},
    occurrence::check_reason,
    permission::{Action, Area},
    year::{OUTSIDE, Year},
};
use leptos::prelude::*;
use store::{Target, egenkontroll, schedule};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds a row. The id was made with the form: a resend is the same row.
#[server(endpoint = "create_egenkontroll")]
pub async fn create_egenkontroll(id: EgenkontrollId, node: NodeId, year: Year, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Egenkontroll), Action::Edit).await?;
    let year = year.get();
    let content = check(&form, year)?;
    let plan = counted::check(&form.counted_from, None, Area::Egenkontroll, &content.timing(), year, ctx.today)?;
    egenkontroll::create(&mut tx, ctx.now, id, node, plan, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/egenkontroll/{id}"), format!("{} är tillagd i planen", content.kontrollmal)))
}

/// Changes a row, if it is still as the person saw it.
#[server(endpoint = "update_egenkontroll")]
pub async fn update_egenkontroll(
    id: EgenkontrollId,
    version: i64,
    #[server(default)] back: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Egenkontroll(id), Action::Edit).await?;
    let (row, _) = egenkontroll::get(&mut tx, id).await?;
    let stored = row.timing();
    let content = check_again(&form, row.year, Some(&stored))?;
    egenkontroll::update(&mut tx, ctx.now, id, version, &content).await?;
    let when = content.timing().going_on(Some(&stored), row.year);
    let moved = (when.recurrence, when.start, when.end) != (stored.recurrence, stored.start, stored.end);
    if !form.counted_from.trim().is_empty() || moved {
        let plan =
            counted::check(&form.counted_from, row.counted_from, Area::Egenkontroll, &when, row.year, ctx.today)?;
        schedule::recount(&mut tx, ctx.now, id.0, plan.counted_from).await?;
    }
    tx.commit().await?;
    let to = if back.starts_with("/egenkontroll") { back } else { format!("/egenkontroll/{id}") };
    Ok(Done::at(to, format!("{} är sparad", content.kontrollmal)))
}

/// Removes a row, with the reason.
#[server(endpoint = "remove_egenkontroll")]
pub async fn remove_egenkontroll(id: EgenkontrollId, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Egenkontroll(id), Action::Edit).await?;
    let reason = check_reason(&reason)?;
    egenkontroll::remove(&mut tx, ctx.now, id, &reason).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är borttagen ur planen. Det som redan är utfört finns kvar.").to_read())
}

/// Puts a removed row back.
#[server(endpoint = "restore_egenkontroll")]
pub async fn restore_egenkontroll(id: EgenkontrollId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Egenkontroll(id), Action::Edit).await?;
    egenkontroll::restore(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är åter i planen"))
}

/// Copies the plan to the next year. Rows that are there already are left alone.
#[server(endpoint = "copy_egenkontrollplan")]
pub async fn copy_egenkontrollplan(
    node: NodeId,
    from: Year,
    #[server(default)] counted_from: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let to = from.after().ok_or_else(|| vec![FieldError { field: String::new(), message: OUTSIDE.to_owned() }])?.get();
    let mut tx = ctx.write(Target::Node(node, Area::Egenkontroll), Action::Edit).await?;
    let counted = counted::CountFrom::from_code(&counted_from).unwrap_or(counted::CountFrom::YEAR);
    let plan = counted::PlanYear::of(to, counted, ctx.today);
    let copied = egenkontroll::copy_plan(&mut tx, ctx.now, node, from.get(), plan).await?;
    tx.commit().await?;
    let said = match copied {
        0 => format!("Planen för {to} har redan alla kontroller."),
        1 => format!("En kontroll är kopierad till {to}"),
        n => format!("{n} kontroller är kopierade till {to}"),
    };
    let counts = copied > 0 && plan.counted_from.is_some();
    let said = if counts { format!("{said}. Tillfällena räknas {}", counted.words(ctx.today)) } else { said };
    Ok(Done::at(format!("/egenkontroll?enhet={node}&ar={to}"), said).to_read_if(copied == 0 || counts))
}
