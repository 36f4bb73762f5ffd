//! The grid of an account is saved: all of it or nothing. What is wrong is said at its cell, what somebody else wrote meanwhile with both
//! values, and how a cell was taken where that is not as it was typed.

use std::collections::BTreeMap;

use domain::{
    ekonomi::{
        belopp::{self, Art, Belopp, Form},
        konto::{Content, RadId},
        tid::Tid,
    },
    field::Checker,
    format::{self, int},
    permission::Action,
    verksamhetsplan::plan::PlanId,
};
use leptos::prelude::*;
use store::ekonomi::{self, belopp::Seen};

use super::path;
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::Done,
    serie::grid_api::{BESIDE, cell_field, meanwhile, was_field},
    verksamhetsplan::flikar,
};

/// The field of the day that the amounts are of.
pub const PER: &str = "per";
/// The most cells of one grid.
pub const CELLS_MOST: usize = 4_000;

/// What a column of the grid holds, as it is sent: `04.utfall`.
#[must_use]
pub fn column(tid: Tid, art: Art) -> String {
    format!("{tid}.{}", art.code())
}

fn column_of(text: &str) -> Option<(Tid, Art)> {
    let (tid, art) = text.split_once('.')?;
    Some((Tid::from_code(tid)?, Art::from_code(art)?))
}

/// What stands in a cell as its field has it: what it would be typed as, so that it can be sent back unchanged.
#[must_use]
pub fn typed(stands: Option<&Belopp>, content: &Content) -> String {
    let Some(stands) = stands else { return String::new() };
    let text = belopp::typed(stands, content);
    if stands.preliminar && stands.tal.is_some() { format!("{text} prel") } else { text }
}

/// A cell that somebody has changed.
struct Touched {
    field: String,
    text: String,
    rad: RadId,
    tid: Tid,
    art: Art,
    seen: i32,
}

/// Reads which cells were changed. `NotFound` for a grid that no page of ours made.
fn touched(rows: &str, cols: &str, form: &BTreeMap<String, String>) -> Result<Vec<Touched>, AppError> {
    let rows: Result<Vec<RadId>, _> = rows.split(BESIDE).map(str::parse).collect();
    let cols: Option<Vec<(Tid, Art)>> = cols.split(BESIDE).map(column_of).collect();
    let (rows, cols) = (rows.map_err(|_| AppError::NotFound)?, cols.ok_or(AppError::NotFound)?);
    if rows.len() * cols.len() > CELLS_MOST {
        return Err(AppError::NotFound);
    }
    let mut out = Vec::new();
    for (i, rad) in rows.iter().enumerate() {
        for (k, (tid, art)) in cols.iter().enumerate() {
            let field = cell_field(i, k);
            let Some(text) = form.get(&field) else { continue };
            let before = form.get(&was_field(i, k)).map_or("0:", String::as_str);
            let (seen, before) = before.split_once(':').unwrap_or(("0", ""));
            if text.trim() == before.trim() {
                continue;
            }
            let seen = seen.parse().map_err(|_| AppError::NotFound)?;
            out.push(Touched { field, text: text.clone(), rad: *rad, tid: *tid, art: *art, seen });
        }
    }
    Ok(out)
}

/// Saves the cells that were changed. `rows` and `cols` say what the rows and columns are of; the cells stand in `form`, each with
/// what stood in it when the page was made.
#[server(endpoint = "update_belopp")]
pub async fn update_belopp(
    plan: PlanId,
    #[server(default)] rows: String,
    #[server(default)] cols: String,
    #[server(default)] form: BTreeMap<String, String>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let (mut tx, plan) = flikar::write(&ctx, plan, Action::Edit).await?;
    let found = ekonomi::rakning(&mut tx, &plan).await?.ok_or(AppError::NotFound)?;
    let content = &found.konto.content;
    let cells = touched(&rows, &cols, &form)?;
    if cells.is_empty() {
        return Ok(Done::said("Inget var ändrat, så inget är sparat"));
    }
    let day = form.get(PER).map_or("", String::as_str);
    let (mut check, mut new, mut seen, mut said) = (Checker::default(), Vec::new(), Seen::new(), Vec::new());
    let mut is_day_wrong = false;
    for cell in &cells {
        let typed_form = Form {
            rad: cell.rad.to_string(),
            tid: cell.tid.code(),
            art: cell.art.code().to_owned(),
            varde: cell.text.clone(),
            not: String::new(),
            per: day.to_owned(),
        };
        let ny = match belopp::check(&typed_form, content) {
            Ok(ny) => ny,
            Err(faults) => {
                for fault in faults {
                    if fault.field != PER {
                        check.error(&cell.field, fault.message);
                    } else if !std::mem::replace(&mut is_day_wrong, true) {
                        check.error(PER, fault.message);
                    }
                }
                continue;
            }
        };
        let mut belopp = ny.belopp;
        let place = (belopp.rad, belopp.tid, belopp.art);
        let stands = found.belopp.iter().find(|b| (b.rad, b.tid, b.art) == place);
        let revision = found.revisioner.get(&place).copied().unwrap_or(0);
        let is_elsewhere = belopp.art != cell.art;
        let is_same = stands.map(|b| (b.tal, b.not.as_str())) == Some((belopp.tal, belopp.not.as_str()));
        if revision != cell.seen && !is_elsewhere && !is_same {
            check.error(&cell.field, meanwhile(&typed(stands, content), cell.text.trim()));
            continue;
        }
        if is_elsewhere && stands.is_some_and(|b| b.tal.is_some() && b.tal != belopp.tal) {
            check.error(&cell.field, "Raden har redan en annan prognos för samma tid. Skriv den i rutan för prognos.");
            continue;
        }
        if belopp.art == Art::Prognos && belopp.tal.is_some() && belopp.per.is_none() {
            belopp.per = Some(ctx.today);
        }
        belopp.kommentar = stands.map_or_else(String::new, |b| b.kommentar.clone());
        seen.insert(place, revision);
        said.extend(ny.sagt);
        new.push(belopp);
    }
    check.finish(())?;
    let done = ekonomi::belopp::write(&mut tx, (ctx.now, ctx.today), &found.konto, &new, Some(&seen)).await?;
    tx.commit().await?;
    let n = |n: usize| int(i64::try_from(n).unwrap_or(i64::MAX));
    let parts = [(done.nya, "nya"), (done.andrade, "ändrade"), (done.tomda, "tömda")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{} {word}", n(count))).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let first = if parts.is_empty() {
        "Allt stod redan så: inget är ändrat".to_owned()
    } else {
        format!("Belopp sparade: {}", format::and(&parts))
    };
    said.dedup();
    let has_more = !said.is_empty();
    let text = if has_more { format!("{first}. {}", said.join(" ")) } else { first };
    Ok(Done::at(path(plan.id), text).to_read_if(has_more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serie::grid_api::was;

    #[test]
    fn only_the_cells_that_somebody_changed_are_written_and_a_column_is_read_back() {
        let rad = RadId::new();
        let pair = |k: String, v: &str| (k, v.to_owned());
        let form = BTreeMap::from([
            pair(cell_field(0, 0), "1 250"),
            pair(was_field(0, 0), &was(2, "1 250")),
            pair(cell_field(0, 1), "1 300"),
            pair(was_field(0, 1), &was(0, "")),
        ]);
        let cols = [column(Tid::Manad(4), Art::Utfall), column(Tid::T1, Art::Prognos)].join("|");
        let found = touched(&rad.to_string(), &cols, &form).unwrap();
        let said: Vec<_> = found.iter().map(|c| (c.rad, c.tid, c.art, c.seen)).collect();
        assert_eq!(said, [(rad, Tid::T1, Art::Prognos, 0)]);
        assert!(touched("en rad", &cols, &form).is_err() && touched(&rad.to_string(), "04", &form).is_err());
    }
}
