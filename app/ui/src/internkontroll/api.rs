//! What is done with rows of the internkontrollplan.

use domain::{
    counted,
    field::FieldError,
    id::{InternkontrollId, NodeId},
    internkontroll::{Form, check, check_again},
    occurrence::check_reason,
    permission::{Action, Area},
    year::{OUTSIDE, Year},
};
use leptos::prelude::*;
use store::{Target, internkontroll, schedule};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds a row. The id was made with the form: a resend is the same row.
#[server(endpoint = "create_internkontroll")]
pub async fn create_internkontroll(
    id: InternkontrollId,
    node: NodeId,
    year: Year,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Internkontroll), Action::Edit).await?;
    let year = year.get();
    let content = check(&form, year)?;
    let plan = counted::check(&form.counted_from, None, Area::Internkontroll, &content.timing(), year, ctx.today)?;
    internkontroll::create(&mut tx, ctx.now, id, node, plan, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/internkontroll/{id}"), format!("{} är tillagd i planen", content.systematisk_kontroll)))
}

/// Changes a row, if it is still as the person saw it.
#[server(endpoint = "update_internkontroll")]
pub async fn update_internkontroll(
    id: InternkontrollId,
    version: i64,
    #[server(default)] back: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Internkontroll(id), Action::Edit).await?;
    let (row, _) = internkontroll::get(&mut tx, id).await?;
    let stored = row.timing();
    let content = check_again(&form, row.year, Some(&stored))?;
    internkontroll::update(&mut tx, ctx.now, id, version, &content).await?;
    let when = content.timing().going_on(Some(&stored), row.year);
    let moved = (when.recurrence, when.start, when.end) != (stored.recurrence, stored.start, stored.end);
    if !form.counted_from.trim().is_empty() || moved {
        let plan =
            counted::check(&form.counted_from, row.counted_from, Area::Internkontroll, &when, row.year, ctx.today)?;
        schedule::recount(&mut tx, ctx.now, id.0, plan.counted_from).await?;
    }
    tx.commit().await?;
    let to = if back.starts_with("/internkontroll") { back } else { format!("/internkontroll/{id}") };
    Ok(Done::at(to, format!("{} är sparad", content.systematisk_kontroll)))
}

/// Removes a row, with the reason.
#[server(endpoint = "remove_internkontroll")]
pub async fn remove_internkontroll(id: InternkontrollId, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Internkontroll(id), Action::Edit).await?;
    let reason = check_reason(&reason)?;
    internkontroll::remove(&mut tx, ctx.now, id, &reason).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är borttagen ur planen. Det som redan är utfört finns kvar.").to_read())
}

/// Puts a removed row back.
#[server(endpoint = "restore_internkontroll")]
pub async fn restore_internkontroll(id: InternkontrollId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Internkontroll(id), Action::Edit).await?;
    internkontroll::restore(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::said("Kontrollen är åter i planen"))
}

/// Copies the plan to the next year. Rows that are there already are left alone.
#[server(endpoint = "copy_internkontrollplan")]
pub async fn copy_internkontrollplan(
    node: NodeId,
    from: Year,
    #[server(default)] counted_from: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let to = from.after().ok_or_else(|| vec![FieldError { field: String::new(), message: OUTSIDE.to_owned() }])?.get();
    let mut tx = ctx.write(Target::Node(node, Area::Internkontroll), Action::Edit).await?;
    let counted = counted::CountFrom::from_code(&counted_from).unwrap_or(counted::CountFrom::YEAR);
    let plan = counted::PlanYear::of(to, counted, ctx.today);
    let copied = internkontroll::copy_plan(&mut tx, ctx.now, node, from.get(), plan).await?;
    tx.commit().await?;
    let said = match copied {
        0 => format!("Planen för {to} har redan alla kontroller."),
        1 => format!("En kontroll är kopierad till {to}"),
        n => format!("{n} kontroller är kopierade till {to}"),
    };
    let counts = copied > 0 && plan.counted_from.is_some();
    let said = if counts { format!("{said}. Tillfällena räknas {}", counted.words(ctx.today)) } else { said };
    Ok(Done::at(format!("/internkontroll?enhet={node}&ar={to}"), said).to_read_if(copied == 0 || counts))
}
