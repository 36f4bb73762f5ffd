//! A table is read into a plan, and that is undone. What is read in is what was shown.

use domain::{
    format,
    permission::{Action, Area},
    verksamhetsplan::{
        inlasning::{PlanimportId, Tabellslag},
        plan::PlanId,
    },
};
use leptos::prelude::*;
use store::{
    Target,
    verksamhetsplan::inlasning::{self, Inlast, Ny, angra},
};

use super::{
    PATH,
    api::fault,
    flikar,
    las_in_data::{Vald, arets, path},
    las_in_gjorda::antal,
};
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::{Done, Offer},
    import::underlag::{self, Till},
};

/// Reads a table into a plan, all of it or nothing. The id was made with the page: confirmed twice it is one import. `sett` is the word of
/// what was shown: where something else would be written by now, it is shown again and nothing is written. `skal` says why outcomes are
/// changed that are not changed without a reason.
#[server(endpoint = "import_plantabell")]
pub async fn import_plantabell(
    id: PlanimportId,
    plan: PlanId,
    #[server(default)] vald: String,
    #[server(default)] sett: String,
    #[server(default)] skal: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let vald = Vald::of_sent(&vald).ok_or(AppError::NotFound)?;
    let mut tx = ctx.read(Target::Thing(Area::Verksamhetsplan, plan.0), Action::Edit).await?;
    match angra::made(&mut tx, plan, id).await? {
        Some(import) if import.undone_at.is_some() => {
            // a page from before it was undone: what is shown anew has an id of its own
            return Ok(Done::at(vald.address(plan), "Inläsningen är ångrad. Läs in tabellen igen härifrån").to_read());
        }
        Some(_) => return Ok(Done::at(format!("{PATH}/{plan}"), "Tabellen är redan inläst")),
        None => {}
    }
    let kept =
        underlag::get(&mut tx, actor.person, &Till::plantabell(plan), vald.underlag, ctx.now.timestamp()).await?;
    drop(tx);
    let Some(kept) = kept else {
        return Ok(Done { to: Some(vald.address(plan)), ..Done::default() });
    };
    let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
    let slag = vald.slag(table).map_err(|why| fault("", &why))?;
    let (mut tx, of) = flikar::write(&ctx, plan, Action::Edit).await?;
    // no source is otherwise for what is written here: they are read before the plan is held
    let matade = arets(&mut tx, &actor, ctx.today, &of).await?;
    let ny = Ny { id, slag, rubrik: &kept.rubrik, table, svar: &vald.svar, sett: &sett, skal: &skal };
    match inlasning::las_in(&mut tx, (ctx.now, ctx.today), plan, &ny, &matade).await {
        Ok(none) if none.is_empty() => {
            // the second of two that confirm at once finds all of it there
            Ok(Done::at(format!("{PATH}/{plan}"), "Det som står i tabellen finns redan i planen"))
        }
        Ok(inlast) => {
            tx.commit().await?;
            // the other sheets of a workbook are read in after this one
            let more = kept.tables.len() > 1;
            let next = Vald { blad: None, slag: None, svar: domain::siffror::inlasning::Svar::default(), ..vald };
            let to = if more { next.address(plan) } else { page(plan, slag) };
            let mut done = Done::at(to, said(slag, inlast));
            if let Some(toast) = &mut done.toast {
                let href = format!("{}#inlasningar", path(plan));
                toast.offer = Some(Offer { words: "Ångra inläsningen".to_owned(), href });
            }
            Ok(done)
        }
        Err(store::Error::Conflict) => {
            let text = "Planen har ändrats sedan du tittade, så inget är inläst. Se efter vad som läses in nu.";
            Ok(Done::at(format!("{}#resultat", vald.address(plan)), text).to_read())
        }
        Err(error) => Err(error.into()),
    }
}

/// Where what was read in is seen.
fn page(plan: PlanId, slag: Tabellslag) -> String {
    let rest = match slag {
        Tabellslag::Mal | Tabellslag::Forvantat => "",
        Tabellslag::Indikatorer | Tabellslag::Utfall => "/utfall",
        Tabellslag::Aktiviteter => "/aktiviteter",
    };
    format!("{PATH}/{plan}{rest}")
}

/// `27 mål är inlästa`, `Utfall är inlästa: 12 nya, 1 ändrad`.
fn said(slag: Tabellslag, inlast: Inlast) -> String {
    match (slag, inlast.nya) {
        (Tabellslag::Mal, 1) => "Ett mål är inläst".to_owned(),
        (Tabellslag::Mal, n) => format!("{} mål är inlästa", format::int(i64::try_from(n).unwrap_or(i64::MAX))),
        _ => format!("{} är inlästa: {}", slag.label(), antal(inlast)),
    }
}

/// Undoes an import as a whole: what it made is gone, and what it wrote over stands again.
#[server(endpoint = "undo_plantabell")]
pub async fn undo_plantabell(id: PlanimportId, plan: PlanId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, _) = flikar::write(&ctx, plan, Action::Edit).await?;
    let undone = angra::undo(&mut tx, ctx.now, plan, id).await?;
    tx.commit().await?;
    let said = format!("Inläsningen av {} är ångrad", undone.rubrik);
    Ok(Done::at(format!("{}#inlasningar", path(plan)), said))
}
