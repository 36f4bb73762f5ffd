//! A table is read into an account: what was shown, all of it or nothing.

use domain::{
    ekonomi::konto::{Content, KontoId},
    permission::Action,
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;
use store::ekonomi;

use super::{
    api::fault,
    las_in_data::{Last, Mot, Vald, beside, path, sett},
};
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::Done,
    import::underlag::{self, Till},
    verksamhetsplan::flikar,
};

/// What is said where the account became another after the preview.
const OTHER: &str = "Någon har ändrat ekonomin sedan du såg det här. Se efter igen innan du läser in.";

/// Reads a table that was shown into the account of a plan. `version` is that of the account the person saw, 0 where there was none;
/// `seen` what stood in the cells.
#[server(endpoint = "import_konto")]
pub async fn import_konto(
    plan: PlanId,
    version: i64,
    #[server(default)] vald: String,
    #[server(default)] seen: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let id = plan.id;
    let vald = Vald::of_sent(&vald).ok_or(AppError::NotFound)?;
    let (person, now) = (ctx.actor()?.person, ctx.now.timestamp());
    let fetched = underlag::fetch(&mut tx, person, Till::konto(id), vald.underlag, now).await?;
    let Some(kept) = fetched.and_then(underlag::Fetched::read) else {
        // the page says that it is gone
        return Ok(Done { to: Some(vald.address(id)), ..Done::default() });
    };
    let table = kept.tables.get(vald.blad.unwrap_or(0)).ok_or(AppError::NotFound)?;
    let mot = Mot::read(&mut tx, plan).await?;
    if mot.rakning.as_ref().map_or(0, |rakning| rakning.konto.version) != version {
        return Err(fault("", OTHER));
    }
    let when = (ctx.now, ctx.today);
    let unready = || fault("", "Svara på frågorna och rätta rutorna först.");
    let said = match (mot.las(table, &vald.svar).map_err(|why| fault("", why))?, &mot.rakning) {
        (Last::Budget(last), _) if last.is_ready() => {
            let (content, belopp) = mot.begun(&last, &vald.svar)?;
            ekonomi::create(&mut tx, ctx.now, &mot.plan, KontoId::new(), &content).await?;
            let konto = ekonomi::of_plan(&mut tx, &mot.plan).await?.ok_or(AppError::NotFound)?;
            ekonomi::belopp::write(&mut tx, when, &konto, &belopp, None).await?;
            format!("Budgeten är påbörjad med {} verksamheter ur tabellen", content.verksamheter.len())
        }
        (Last::Konto(last), Some(rakning)) if last.is_ready() => {
            let placed = vald.placed(rakning, &last.content).map_err(|why| fault("", why))?;
            if sett(rakning, &placed.belopp) != seen {
                return Err(fault("", OTHER));
            }
            let belopp = beside(rakning, placed.belopp, ctx.today);
            let done =
                ekonomi::belopp::write(&mut tx, when, &rakning.konto, &belopp, Some(&rakning.revisioner)).await?;
            let mut noter = rakning.konto.content.noter.clone();
            let new = last.noter(last.content.enhet).into_iter().filter(|not| !noter.contains(not)).collect::<Vec<_>>();
            if !new.is_empty() {
                noter.extend(new);
                let content = Content { noter, ..rakning.konto.content.clone() };
                ekonomi::update(&mut tx, ctx.now, &rakning.konto, version, &content).await?;
            }
            format!("Inläst: {} nya belopp, {} ändrade, {} lika", done.nya, done.andrade, done.oforandrade)
        }
        _ => return Err(unready()),
    };
    tx.commit().await?;
    Ok(Done::at(path(id).trim_end_matches("/las-in").to_owned(), said))
}
