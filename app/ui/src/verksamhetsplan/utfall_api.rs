//! What is done with the outcomes of a plan: cells saved and asked for, what belongs to a figure, a status set by hand, and periods closed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    field::FieldError,
    permission::Action,
    verksamhetsplan::{
        indikator::{
            IndikatorId, Utfallsperiod,
            klistra::{Rad as Mottagare, klistra},
            ruta::{self, Kolumn, ifylld},
            stangning::restore,
            utfall::{DetaljForm, StatusForm, check_detalj, check_status},
        },
        plan::{Plan, PlanId},
    },
};
use islands::contract::{self, Utfallssvar};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{
    Tx,
    verksamhetsplan::{
        indikator, stangning,
        utfall::{self, Cell, Written},
    },
};

use super::{
    PATH,
    flikar::{read, write},
    matning,
    utfall_data::{self, Data, KOLUMNER, falt, fore, klocka, las_falt, sedan, sida},
};
use crate::{ctx::Ctx, error::AppError, flash::Done};

// where the islands ask
const _: () = contract::UPDATE_UTFALL.is(UpdateUtfall::PATH);
const _: () = contract::GET_UTFALL.is(GetUtfall::PATH);

/// The most cells that are saved at once: all of the largest plan.
const CELLS_MOST: usize = 1_000;

/// The period of an address or a form. `NotFound` where it is none of the plan's year.
pub(super) fn period_of(plan: &Plan, text: &str) -> Result<Utfallsperiod, AppError> {
    let period = text.parse::<Utfallsperiod>().ok().filter(|period| period.year() == plan.year);
    period.ok_or(AppError::NotFound)
}

/// The cells of a form that are otherwise than they stood when the page was made.
fn cells_of(form: &BTreeMap<String, String>) -> Result<Vec<Cell>, AppError> {
    let mut out = Vec::new();
    for (name, text) in form {
        let Some((id, kolumn)) = las_falt(name) else { continue };
        let was = form.get(&fore(name)).cloned().unwrap_or_default();
        if text.trim() != was.trim() {
            out.push(Cell { id, kolumn, text: text.clone(), was });
        }
    }
    if out.len() > CELLS_MOST { Err(AppError::NotFound) } else { Ok(out) }
}

/// What is said where somebody else has changed a cell.
fn krock(nu: &str, mitt: &str) -> String {
    let said = |text: &str| if text.is_empty() { "inget".to_owned() } else { format!("”{text}”") };
    format!("Någon annan har skrivit {} medan du skrev {}.", said(nu), said(mitt))
}

/// Saves cells of a period. `nr` is the number of the last change that the screen holds; the answer brings it to the present. A block that
/// was pasted is laid from the cell at `start`.
#[server(endpoint = "update_utfall")]
pub async fn update_utfall(
    plan: PlanId,
    period: String,
    nr: i64,
    #[server(default)] form: BTreeMap<String, String>,
    #[server(default)] skal: String,
    #[server(default)] block: String,
    #[server(default)] start: String,
) -> Result<Utfallssvar, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let period = period_of(&plan, &period)?;
    // no source is otherwise for what is written here: they are read once, and before the plan is held
    let all = indikator::list(&mut tx, plan.id).await?;
    let mut kallor = matning::read(&mut tx, &actor, ctx.today, &all, period).await?;
    let mut out = Utfallssvar::default();
    let cells = if block.is_empty() {
        cells_of(&form)?
    } else {
        let before = utfall_data::read_med(&mut tx, &actor, &plan, period, kallor).await?;
        let cells = pasted(&before, &block, &start, &form, &mut out);
        kallor = before.kallor;
        cells
    };
    let written = utfall::save(&mut tx, ctx.now, (plan.id, period), (&cells, &skal), &kallor.matade).await?;
    let asked: BTreeSet<IndikatorId> = cells.iter().map(|cell| cell.id).collect();
    let is_saved = written.andrade > 0 || written.nekade.is_empty() && written.krockar.is_empty();
    answer(&mut out, &cells, written);
    let data = utfall_data::read_med(&mut tx, &actor, &plan, period, kallor).await?;
    bring(&mut tx, &data, (nr, &asked), &mut out).await?;
    tx.commit().await?;
    if is_saved {
        out.sparat = format!("Sparat {}", klocka(ctx.now));
    }
    Ok(out)
}

/// What became of the cells, as the screen is told.
fn answer(out: &mut Utfallssvar, cells: &[Cell], written: Written) {
    let typed = |id, kolumn| cells.iter().find(|c| c.id == id && c.kolumn == kolumn).map_or("", |c| c.text.trim());
    out.nekade
        .extend(written.nekade.into_iter().map(|n| FieldError { field: falt(n.id, n.kolumn), message: n.message }));
    out.krockar.extend(written.krockar.into_iter().map(|k| {
        let said = krock(&k.nu, typed(k.id, k.kolumn));
        (falt(k.id, k.kolumn), k.nu, said)
    }));
    out.sagt.extend(written.sagt);
}

/// The cells of a block; what of it could not be read is told.
fn pasted(data: &Data, block: &str, start: &str, form: &BTreeMap<String, String>, out: &mut Utfallssvar) -> Vec<Cell> {
    let rows: Vec<(IndikatorId, Mottagare<'_>)> = data
        .rutnat
        .rader
        .iter()
        .filter_map(|rad| {
            let stands = data.utfall(rad.id).tal();
            data.content(rad).map(|content| (rad.id, Mottagare { content, fore: stands }))
        })
        .collect();
    let place = las_falt(start).and_then(|(id, kolumn)| {
        let row = rows.iter().position(|(of, _)| *of == id)?;
        Some((row, KOLUMNER.iter().position(|one| *one == kolumn)?))
    });
    let receivers: Vec<Mottagare<'_>> = rows.iter().map(|(_, one)| *one).collect();
    let text = domain::text::clean(block);
    let Some(laid) = place.and_then(|at| klistra(&text, at, &KOLUMNER, &receivers, data.period.year())) else {
        return vec![];
    };
    out.sagt.push(laid.said());
    let mut cells = Vec::new();
    for one in laid.rutor {
        let Some((id, _)) = rows.get(one.rad) else { continue };
        let name = falt(*id, one.kolumn);
        // what the person typed after they pasted is newer, also where the block is sent once more
        if form.contains_key(&sedan(&name)) {
            continue;
        }
        out.inklistrat.push((name.clone(), one.text.clone()));
        match one.last {
            Ok(_) => {
                let was = form.get(&fore(&name)).cloned().unwrap_or_default();
                cells.push(Cell { id: *id, kolumn: one.kolumn, text: one.text, was });
            }
            Err(message) => out.nekade.push(FieldError { field: name, message }),
        }
    }
    cells
}

/// Brings a screen to the present: the rows that were written after its number, and those that it asked for.
async fn bring(
    tx: &mut Tx,
    data: &Data,
    (nr, asked): (i64, &BTreeSet<IndikatorId>),
    out: &mut Utfallssvar,
) -> Result<(), AppError> {
    let new: BTreeSet<IndikatorId> =
        utfall::sedan(tx, data.plan.id, data.period, nr).await?.into_iter().map(|(id, _)| id).collect();
    let rows = data.rutnat.rader.iter().filter(|rad| new.contains(&rad.id) || asked.contains(&rad.id));
    out.rader = rows.map(|rad| data.rad(rad)).collect();
    out.nr = data.nr;
    out.rubrik = data.rutnat.rubrik();
    out.stangd = data.stangd.is_some();
    Ok(())
}

/// What has been written in a period after the number that the screen knows.
#[server(endpoint = "get_utfall")]
pub async fn get_utfall(plan: PlanId, period: String, nr: i64) -> Result<Utfallssvar, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = read(&ctx, &plan.to_string(), Action::View).await?;
    let period = period_of(&plan, &period)?;
    let mut out = Utfallssvar { nr, ..Utfallssvar::default() };
    // most often nothing is new
    if utfall::nr(&mut tx, plan.id).await? != nr {
        let data = utfall_data::read(&mut tx, &actor, ctx.today, &plan, period).await?;
        bring(&mut tx, &data, (nr, &BTreeSet::new()), &mut out).await?;
    }
    Ok(out)
}

/// Saves the table as a form: all of it or nothing, and what is wrong is said at its cell.
#[server(endpoint = "update_utfallstabell")]
pub async fn update_utfallstabell(
    plan: PlanId,
    period: String,
    #[server(default)] form: BTreeMap<String, String>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let period = period_of(&plan, &period)?;
    let cells = cells_of(&form)?;
    if cells.is_empty() {
        return Ok(Done::said("Inget var ändrat, så inget är sparat"));
    }
    // the source of a row that is not written is not asked for
    let mut rows = indikator::list(&mut tx, plan.id).await?;
    rows.retain(|one| cells.iter().any(|cell| cell.id == one.indikator.id));
    let kallor = matning::read(&mut tx, &actor, ctx.today, &rows, period).await?;
    let skal = form.get("skal").map(String::as_str).unwrap_or_default();
    let written = utfall::save(&mut tx, ctx.now, (plan.id, period), (&cells, skal), &kallor.matade).await?;
    let (andrade, sagt) = (written.andrade, written.sagt.clone());
    let asks = written.nekade.iter().any(|n| n.skal);
    let mut out = Utfallssvar::default();
    answer(&mut out, &cells, written);
    let met = out.krockar.into_iter().map(|(field, _, said)| {
        let message = format!("{said} Spara igen om ditt gäller.");
        FieldError { field, message }
    });
    let mut faults: Vec<FieldError> = out.nekade.into_iter().chain(met).collect();
    if asks {
        faults.push(FieldError { field: "skal".to_owned(), message: "Skriv varför det ändras.".to_owned() });
    }
    if !faults.is_empty() {
        return Err(AppError::Invalid(faults));
    }
    tx.commit().await?;
    let rows = if andrade == 1 { "1 rad är sparad".to_owned() } else { format!("{andrade} rader är sparade") };
    let is_told = !sagt.is_empty();
    let text = std::iter::once(rows).chain(sagt).collect::<Vec<_>>().join(". ");
    Ok(Done::at(format!("{PATH}/{}/utfall?period={period}", plan.id), text).to_read_if(is_told))
}

/// What the form of one outcome holds beside its cells.
type Celler = BTreeMap<String, String>;

/// Saves one outcome: its figures in `celler`, by the code of their column, and what belongs to them. `version` is that of the outcome
/// that was seen, 0 where none was stored.
#[server(endpoint = "update_indikatorutfall")]
pub async fn update_indikatorutfall(
    plan: PlanId,
    id: IndikatorId,
    period: String,
    #[server(default)] version: i64,
    #[server(default)] celler: Celler,
    #[server(default)] skal: String,
    form: DetaljForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let period = period_of(&plan, &period)?;
    let own = indikator::get(&mut tx, plan.id, id).await?;
    let kallor = matning::read(&mut tx, &actor, ctx.today, &[own], period).await?;
    let (of, seen) = ((plan.id, id, period), Some(version));
    let changed = utfall::update(&mut tx, ctx.now, of, seen, (&skal, &kallor.matade), move |content, before| {
        let mut faults = Vec::new();
        let mut after = before.clone();
        for kolumn in Kolumn::ALL {
            let Some(text) = celler.get(kolumn.code()) else { continue };
            let not = if kolumn == Kolumn::Totalt { before.not.as_str() } else { "" };
            let now = ruta::skriven(content, kolumn.varde(before).as_ref(), not);
            let was = celler.get(&fore(kolumn.code())).map(|was| was.trim());
            // what the person left as it was is as it is now
            if text.trim() == now.trim() || was == Some(text.trim()) {
                continue;
            }
            if was.is_some_and(|was| was != now.trim()) {
                let message = format!("{} Spara igen om ditt gäller.", krock(&now, text.trim()));
                faults.push(FieldError { field: kolumn.code().to_owned(), message });
                continue;
            }
            match ruta::las(content, text, before.tal()) {
                Ok(read) => after = ifylld(&after, kolumn, read).0,
                Err(message) => faults.push(FieldError { field: kolumn.code().to_owned(), message }),
            }
        }
        match check_detalj(&form, content, &after) {
            Ok(after) if faults.is_empty() => Ok(after),
            Ok(_) => Err(faults),
            Err(more) => Err(faults.into_iter().chain(more).collect()),
        }
    })
    .await?;
    tx.commit().await?;
    let to = format!("{}?period={period}", sida(plan.id, id));
    Ok(Done::at(to, if changed { "Utfallet är sparat" } else { "Inget var ändrat, så inget är sparat" }))
}

/// Sets the status of an indikator in a period by hand, with why, or takes it back. `version` is that of the outcome that was seen, 0
/// where none was stored.
#[server(endpoint = "set_indikatorstatus")]
pub async fn set_indikatorstatus(
    plan: PlanId,
    id: IndikatorId,
    period: String,
    #[server(default)] version: i64,
    #[server(default)] rattelse: String,
    form: StatusForm,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let period = period_of(&plan, &period)?;
    let own = indikator::get(&mut tx, plan.id, id).await?;
    let kallor = matning::read(&mut tx, &actor, ctx.today, &[own], period).await?;
    let set = !form.status.trim().is_empty();
    // in a closed period why it is set is why it is corrected, where nobody has said more
    let skal = if rattelse.trim().is_empty() { form.skal.clone() } else { rattelse };
    let (of, seen) = ((plan.id, id, period), Some(version));
    utfall::update(&mut tx, ctx.now, of, seen, (&skal, &kallor.matade), move |_, before| {
        let satt = check_status(&form, before)?;
        Ok(domain::verksamhetsplan::indikator::Utfall { satt, ..before.clone() })
    })
    .await?;
    tx.commit().await?;
    let said = if set { "Statusen är satt för hand" } else { "Statusen följer utfallet igen" };
    Ok(Done::at(format!("{PATH}/{}/utfall?period={period}", plan.id), said))
}

/// Puts the figures of the source back in the place of those that were typed over them.
#[server(endpoint = "restore_utfall")]
pub async fn restore_utfall(
    plan: PlanId,
    id: IndikatorId,
    period: String,
    #[server(default)] skal: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::Edit).await?;
    let period = period_of(&plan, &period)?;
    let own = indikator::get(&mut tx, plan.id, id).await?;
    let kallor = matning::read(&mut tx, &actor, ctx.today, &[own], period).await?;
    let matat = kallor.matade.get(&id).map(|(_, matat)| matat.clone());
    // what is put back is the source's, and nothing else of the outcome is touched
    utfall::update(&mut tx, ctx.now, (plan.id, id, period), None, (&skal, &kallor.matade), move |_, before| {
        let back = matat.and_then(|matat| restore(before, &matat, period));
        back.ok_or_else(|| {
            let message = "Källan har inget värde för perioden, eller så gäller dess värde redan.".to_owned();
            vec![FieldError { field: String::new(), message }]
        })
    })
    .await?;
    tx.commit().await?;
    Ok(Done::at(format!("{}?period={period}", sida(plan.id, id)), "Källans siffra gäller igen"))
}

/// Closes a period of a plan: changes after that are corrections with a reason.
#[server(endpoint = "close_utfallsperiod")]
pub async fn close_utfallsperiod(plan: PlanId, period: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (mut tx, plan) = write(&ctx, plan, Action::TickAny).await?;
    let period = period_of(&plan, &period)?;
    let all = indikator::list(&mut tx, plan.id).await?;
    let kallor = matning::read(&mut tx, &actor, ctx.today, &all, period).await?;
    stangning::close(&mut tx, (ctx.now, ctx.today), (plan.id, period), &kallor.matade).await?;
    tx.commit().await?;
    Ok(Done::said(format!("{} är stängd", period.label())))
}

/// Opens a closed period of a plan again.
#[server(endpoint = "reopen_utfallsperiod")]
pub async fn reopen_utfallsperiod(plan: PlanId, period: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = write(&ctx, plan, Action::TickAny).await?;
    let period = period_of(&plan, &period)?;
    stangning::reopen(&mut tx, ctx.now, (plan.id, period)).await?;
    tx.commit().await?;
    Ok(Done::said(format!("{} är öppen igen", period.label())))
}
