//! A table of goals is read into a plan. What is read in is what was shown.

use domain::{
    permission::{Action, Area},
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;
use store::{Target, verksamhetsplan::inlasning};

use super::{
    PATH, flikar,
    las_in_data::{Mot, Vald},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::Done,
    import::underlag::{self, Till},
};

/// Reads a table into a plan, all of it or nothing. `sett` is the word of what was shown: where something else would be written by now, it
/// is shown again and nothing is written. Confirmed twice it makes nothing more.
#[server(endpoint = "import_malkedja")]
pub async fn import_malkedja(
    plan: PlanId,
    #[server(default)] vald: String,
    #[server(default)] sett: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let vald = Vald::of_sent(&vald).ok_or(AppError::NotFound)?;
    let mut tx = ctx.read(Target::Thing(Area::Verksamhetsplan, plan.0), Action::Edit).await?;
    let (person, now) = (ctx.actor()?.person, ctx.now.timestamp());
    let kept = underlag::get(&mut tx, person, &Till::malkedja(plan), vald.underlag, now).await?;
    let mot = Mot::read(&mut tx, plan).await?;
    drop(tx);
    let Some(kept) = kept else {
        return Ok(Done { to: Some(vald.address(plan)), ..Done::default() });
    };
    let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
    // the second of two that confirm at once finds all of it there
    let all_there = mot.las(table, &vald.svar).is_ok_and(|last| last.rader.iter().all(|row| row.finns.is_some()));
    let page = format!("{PATH}/{plan}");
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    match inlasning::las_in(&mut tx, ctx.now, plan, (table, &vald.svar), &sett).await {
        Ok(0) => Ok(Done::at(page, "Alla målen finns redan i planen")),
        Ok(n) => {
            tx.commit().await?;
            let said = if n == 1 { "Ett mål är inläst".to_owned() } else { format!("{n} mål är inlästa") };
            let done = Done::at(page, said);
            Ok(done)
        }
        Err(store::Error::Conflict) if all_there => {
            let done = Done::at(page, "Målkedjan är redan inläst");
            Ok(done)
        }
        Err(store::Error::Conflict) => {
            let text = "Planen har ändrats sedan du tittade, så inget är inläst. Se efter vad som läses in nu.";
            Ok(Done::at(format!("{}#resultat", vald.address(plan)), text).to_read())
        }
        Err(error) => Err(error.into()),
    }
}
