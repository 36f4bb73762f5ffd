//! What is done with åtgärder. Begun, done and given up they are as every tillfälle is; see `forekomst::api`.

use domain::{
    atgard::{EffectForm, Form, Source, check, check_effect, effect_label},
    field::FieldError,
    id::{AtgardId, NodeId},
    occurrence::{State, Tick},
    permission::Action,
};
use leptos::prelude::*;
use store::{Target, atgard, occurrence};

use crate::{ctx::Ctx, error::AppError, flash::Done};

/// Adds an åtgärd. The id was made with the form: a resend is the same åtgärd. It belongs to the unit of its source.
#[server(endpoint = "create_atgard")]
pub async fn create_atgard(
    id: AtgardId,
    node: NodeId,
    #[server(default)] source: String,
    form: Form,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let source = Source::from_code(&source).ok_or(AppError::NotFound)?;
    let mut tx = ctx.write(Target::NyAtgard(source, node), Action::Edit).await?;
    if atgard::node_of_source(&mut tx, source).await?.is_some_and(|of_source| of_source != node) {
        return Err(AppError::Forbidden);
    }
    let content = check(&form, ctx.today)?;
    atgard::create(&mut tx, ctx.now, ctx.today, id, node, source, &content).await?;
    tx.commit().await?;
    let to = match source {
        Source::Genomforande(run) => format!("/genomforanden/{run}?flik=analys"),
        Source::Avvikelse(case) => format!("/avvikelser/{case}?flik=atgarder"),
        _ => format!("/atgarder/{id}"),
    };
    Ok(Done::at(to, format!("Åtgärden ”{}” är tillagd", content.title)))
}

/// Changes an åtgärd, if it is still as the person saw it.
#[server(endpoint = "update_atgard")]
pub async fn update_atgard(id: AtgardId, version: i64, form: Form) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Atgard(id), Action::Edit).await?;
    let before = atgard::get(&mut tx, &actor, id).await?;
    let content = check(&form, ctx.today)?;
    atgard::update(&mut tx, ctx.now, &before, version, &content).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/atgarder/{id}"), "Åtgärden är sparad"))
}

/// Notes whether an åtgärd had effect: its follow-up is utförd by that.
#[server(endpoint = "set_atgard_effekt")]
pub async fn set_atgard_effekt(id: AtgardId, form: EffectForm) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Atgard(id), Action::View).await?;
    let found = atgard::get(&mut tx, &actor, id).await?;
    drop(tx);
    let follow_up = found.follow_up.as_ref().ok_or(AppError::NotFound)?;
    let mut tx = ctx.write(Target::Occurrence(follow_up.occurrence), Action::TickOwn).await?;
    let (outcome, note) = check_effect(&form)?;
    if found.state != State::Utford {
        let message = "Åtgärden är inte klar än. Markera den som klar först.".to_owned();
        return Err(AppError::Invalid(vec![FieldError { field: String::new(), message }]));
    }
    let item = occurrence::get(&mut tx, &actor, follow_up.occurrence).await?;
    let tick = Tick { performed_on: ctx.today, outcome: Some(outcome), note, ..Tick::default() };
    occurrence::tick(&mut tx, ctx.now, &item, item.occurrence.version, &tick).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/atgarder/{id}"), format!("Uppföljt: {}", effect_label(outcome).to_lowercase())))
}
