//! Inläsning: a table of goals becomes the chain of a plan, all of it or nothing. What is written is what was shown: the table is judged
//! again against the goals that are there when the plan is held.

use chrono::{DateTime, Utc};
use domain::{
    history::said,
    import::Table,
    seen::seen,
    siffror::inlasning::Svar,
    verksamhetsplan::{
        mal::{
            MalId,
            inlasning::{Last, Under, las},
        },
        plan::PlanId,
    },
};

use super::{
    mal::{held, insert},
    record,
};
use crate::{Error, Result, Tx};

/// A word for what reading a table would do: it is another one where it would do something else.
#[must_use]
pub fn word(last: &Last) -> String {
    let under = |under: &Under| match under {
        Under::Inget => String::new(),
        Under::Rad(at) => format!("rad {at}"),
        Under::Finns(id) => id.to_string(),
    };
    let rows: Vec<String> = last
        .rader
        .iter()
        .map(|row| {
            let is_there = row.finns.map(|id| id.to_string()).unwrap_or_default();
            format!("{}\u{1f}{is_there}\u{1f}{}\u{1f}{:?}", row.line, under(&row.under), row.content)
        })
        .collect();
    seen(rows.iter().map(String::as_str))
}

/// Reads a table into a plan, and gives how many goals that made. Read in again it makes none: they are there. `Conflict` where it would do
/// something else than was shown, `Invalid` where the plan is not open and where something is asked or wrong.
pub async fn las_in(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (table, svar): (&Table, &Svar),
    sett: &str,
) -> Result<usize> {
    let (plan, trad) = &held(tx, plan).await?;
    let last = las(table, trad, svar).map_err(|why| Error::at("", why))?;
    if word(&last) != sett {
        return Err(Error::Conflict);
    }
    if !last.is_ready() {
        return Err(Error::at("", "Tabellen har frågor eller fel kvar. Svara på dem först."));
    }
    let rows = last.rows(plan.node, plan.year, trad, MalId::new);
    for row in &rows {
        insert(tx, plan, (row.id, row.under, None), row.ordning, &row.content).await?;
        record(tx, now, (plan.node, row.id.0), ("Inläst", ""), said(row.content.told())).await?;
    }
    Ok(rows.len())
}
