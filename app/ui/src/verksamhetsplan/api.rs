//! What is done with a plan as a whole: begun, taken a step on, copied to the year after.

use domain::{
    field::FieldError,
    format,
    id::NodeId,
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        mal::Benamning,
        plan::{Far, Form, PlanId, Steg},
    },
    year::Year,
};
use leptos::prelude::*;
use store::{Target, verksamhetsplan};

use super::{PATH, flikar};
use crate::{ctx::Ctx, error::AppError, flash::Done};

/// What the button of [`create_verksamhetsplan`] says that leads to the table of a chain.
pub const LAS_IN: &str = "las-in";

/// Begins the plan of a unit and year. The id was made with the form: a resend is the same one. `sedan` says what comes after.
#[server(endpoint = "create_verksamhetsplan")]
pub async fn create_verksamhetsplan(
    id: PlanId,
    node: NodeId,
    year: String,
    #[server(default)] benamning: String,
    #[server(default)] sedan: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(node, Area::Verksamhetsplan), Action::Edit).await?;
    let year = year.trim().parse::<Year>().map_err(|_| fault("year", "Skriv ett år med fyra siffror."))?.get();
    let benamning = match benamning.as_str() {
        "" => Benamning::default(),
        code => Benamning::from_code(code).ok_or_else(|| fault("benamning", "Välj vad enhetens mål heter."))?,
    };
    let id = verksamhetsplan::create(&mut tx, ctx.now, id, (node, year), benamning).await?;
    tx.commit().await?;
    let to = if sedan == LAS_IN { format!("{PATH}/{id}/las-in") } else { format!("{PATH}/{id}") };
    Ok(Done::at(to, format!("Verksamhetsplanen för {year} är påbörjad")))
}

/// Takes a plan a step on: laid before whoever decides, taken back, decided, opened to be changed.
#[server(endpoint = "set_plan_steg")]
pub async fn set_plan_steg(plan: PlanId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, before) = flikar::write(&ctx, plan, Action::Edit).await?;
    let far = far(ctx.actor()?.as_ref(), before.node);
    let (after, stays) = verksamhetsplan::step(&mut tx, (ctx.now, ctx.today), (plan, version), &form, far).await?;
    tx.commit().await?;
    let said = match Steg::from_code(form.steg.trim()) {
        Some(Steg::Foresla) => "Planen är lagd som förslag till beslut".to_owned(),
        Some(Steg::TaTillbaka) => "Planen är ett utkast igen".to_owned(),
        Some(Steg::OppnaRevision) => "Planen är öppen för revidering".to_owned(),
        Some(Steg::AvbrytRevision) if !stays.is_empty() => {
            let stays: Vec<&str> = stays.iter().map(String::as_str).collect();
            format!("Revideringen är avbruten. Det här står kvar, eftersom det har följts upp: {}", format::and(&stays))
        }
        Some(Steg::AvbrytRevision) => "Revideringen är avbruten".to_owned(),
        Some(Steg::Faststall | Steg::FaststallRevision) | None => format!("Planen är {}", after.said()),
    };
    Ok(Done::at(format!("{PATH}/{plan}"), said).to_read_if(!stays.is_empty()))
}

/// Copies a plan to the year after: its own goals and its chapters. What has been copied is not copied again,
/// also where it has been removed from the copy since.
#[server(endpoint = "copy_verksamhetsplan")]
pub async fn copy_verksamhetsplan(plan: PlanId, new: PlanId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, from) = flikar::write(&ctx, plan, Action::Edit).await?;
    let made = verksamhetsplan::kopiering::kopiera_plan(&mut tx, ctx.now, plan, new).await?;
    tx.commit().await?;
    let year = from.year + 1;
    let first = match made.antal {
        0 if !made.utelamnat.is_empty() => format!("Inget nytt fanns att kopiera till planen för {year}."),
        0 => format!("Allt i planen för {} finns redan i planen för {year}.", from.year),
        _ => format!("Planen för {} är kopierad till {year}.", from.year),
    };
    let all: Vec<String> = std::iter::once(first).chain(made.notes).collect();
    let has_more = all.len() > 1 || made.antal == 0;
    Ok(Done::at(format!("{PATH}/{}", made.plan), all.join(" ")).to_read_if(has_more))
}

/// What somebody may do with the plan of a node.
pub fn far(actor: &Actor, node: NodeId) -> Far {
    let may = |action| actor.may(node, Area::Verksamhetsplan, action);
    Far { skriva: may(Action::Edit), besluta: may(Action::TickAny) }
}

/// A sentence at a field.
pub(super) fn fault(field: &str, message: &str) -> AppError {
    AppError::Invalid(vec![FieldError { field: field.to_owned(), message: message.to_owned() }])
}
