//! What is done with free activities.

use domain::{
    aktivitet::{Form, check, check_again},
    id::{NodeId, ScheduleId},
    occurrence::check_reason,
    permission::{Action, Area},
    schedule::answered_words,
    year::Year,
};
use leptos::prelude::*;
use store::{Target, aktivitet, schedule};

use crate::{ctx::Ctx, error::AppError, flash::Done, plan::api::saved};

/// Lays an activity on the wheel. The id was made with the form: a resend is the same activity.
#[server(endpoint = "create_aktivitet")]
pub async fn create_aktivitet(id: ScheduleId, node: NodeId, year: Year, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Aktivitet), Action::Edit).await?;
    let year = year.get();
    let content = check(&form, year)?;
    aktivitet::create(&mut tx, ctx.now, id, node, year, &content).await?;
    tx.commit().await?;
    Ok(Done::at(
        format!("/arshjul?enhet={node}&ar={year}"),
        format!("{} ligger på hjulet: {}", content.title, content.timing().sentence()),
    ))
}

/// Changes an activity, if it is still as the person saw it.
#[server(endpoint = "update_aktivitet")]
pub async fn update_aktivitet(id: ScheduleId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Schedule(id), Action::Edit).await?;
    let found = schedule::get(&mut tx, id).await?;
    let content = check_again(&form, found.year, Some(&found.timing()))?;
    aktivitet::update(&mut tx, ctx.now, id, version, &content).await?;
    let (when, stood) = (content.timing(), found.timing());
    let moved = (when.recurrence, when.start, when.end) != (stood.recurrence, stood.start, stood.end);
    let answered = if moved { answered_words(schedule::answered(&mut tx, id.0).await?) } else { None };
    tx.commit().await?;
    Ok(saved(format!("/aktiviteter/{id}"), &content.title, answered))
}

/// Takes an activity off the wheel, with the reason.
#[server(endpoint = "remove_aktivitet")]
pub async fn remove_aktivitet(id: ScheduleId, reason: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Schedule(id), Action::Edit).await?;
    let reason = check_reason(&reason)?;
    aktivitet::remove(&mut tx, ctx.now, id, &reason).await?;
    tx.commit().await?;
    Ok(Done::at("/arshjul", "Aktiviteten är borttagen från hjulet"))
}
