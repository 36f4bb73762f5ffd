//! Planen: what of the verksamhetsplan is on a meeting that is laid out: the account in the place of a table that is typed, and the slide of
//! indikatorer where some are chosen for APT.

use chrono::Datelike;
use domain::{
    apt::{Content, Kind, Slag},
    id::{AptId, NodeId},
};

use super::punkt;
use crate::{Result, Tx, verksamhetsplan};

/// Whether a unit has an account with amounts in the plan of a year.
pub(super) async fn has_konto(tx: &mut Tx, node: NodeId, year: i32) -> Result<bool> {
    let sql = "select exists (
                   select 1 from verksamhetsplan p join konto k on k.plan_id = p.id join belopp b on b.konto_id = k.id
                   where p.node_id = $1 and p.year = $2)";
    Ok(row!(tx, (bool,), sql, node.0, i64::from(year))?.is_some_and(|(some,)| some))
}

/// Gives a meeting whose agenda was just made the slide of indikatorer, where the plan of its year has one that is shown at APT.
pub(super) async fn lay_out(tx: &mut Tx, mote: AptId, node: NodeId, content: &Content) -> Result<()> {
    if content.kind != Kind::Apt {
        return Ok(());
    }
    let Some(plan) = verksamhetsplan::of_year(tx, node, content.on.year()).await? else { return Ok(()) };
    let all = verksamhetsplan::indikator::list(tx, plan.id).await?;
    if !all.iter().any(|one| one.indikator.content.visas.apt) {
        return Ok(());
    }
    let points = punkt::list(tx, mote).await?;
    let has = |slag: Slag| points.iter().find(|p| p.bilder.iter().any(|b| b.slag == slag));
    if has(Slag::Indikatorer).is_some() {
        return Ok(());
    }
    let Some(at) = has(Slag::Resultat).or_else(|| has(Slag::Kontroller)).or(points.first()) else { return Ok(()) };
    punkt::add_bild(tx, (mote, at.id), Slag::Indikatorer, None).await
}
