//! Gallring: closed cases go when the time that the unit has set is up, with everything that was written about them. What
//! is counted stays, in a table of its own that does not lead back to them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{id::NodeId, permission::Area};
use sqlx::FromRow;
use uuid::Uuid;

use super::installning;
use crate::{
    Result, Tx,
    history::{self, Record},
};

/// The most cases that are removed in one transaction: others wait to write meanwhile.
pub const BATCH: i64 = 50;

#[derive(FromRow)]
struct Due {
    id: Uuid,
    doc: i64,
    year: i64,
    month: i64,
    kinds: String,
    kategori: String,
    positive: bool,
    ivo: bool,
    imy: bool,
    process: String,
    handelsetyp: String,
    lead_days: Option<i64>,
    registrerad_ar: i64,
    registrerad_manad: i64,
    version: i64,
}

/// Removes cases whose time is up, at most [`BATCH`] of each unit. Gives how many; when there are none left to remove, 0.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>, today: NaiveDate) -> Result<usize> {
    let units = rows!(tx, (Uuid,), "select node_id from avvikelse_installning order by node_id")?;
    let mut all = 0;
    for (node,) in units {
        let node = NodeId(node);
        let Some(to) = installning::get(tx, node).await?.goals.purged_to(today) else { continue };
        let due = rows!(
            tx,
            Due,
            "select id, doc, year, month, kinds, kategori, positive, ivo, imy, process, handelsetyp, lead_days,
                    registrerad_ar, registrerad_manad, version
             from avvikelse where node_id = $1 and closed_on is not null and closed_on <= $2
             order by closed_on, id limit cast($3 as bigint)",
            node.0,
            to,
            BATCH
        )?;
        let mut gone = 0;
        for case in due {
            gone += usize::from(remove(tx, node, &case).await?);
        }
        if gone > 0 {
            // not how many: the history of a unit is read by others than those who handle its cases
            let (area, thing, what, changes) = (Area::Avvikelse, node.0, "Avslutade ärenden gallrade", vec![]);
            history::write(tx, Record { now, node, area, thing, what, reason: "", changes }).await?;
        }
        all += gone;
    }
    Ok(all)
}

/// How many cases of a unit were closed on this day or before.
pub async fn waiting(tx: &mut Tx, node: NodeId, to: NaiveDate) -> Result<i64> {
    let (n,) = row!(
        tx,
        (i64,),
        "select cast(count(*) as bigint) from avvikelse
         where node_id = $1 and closed_on is not null and closed_on <= $2",
        node.0,
        to
    )?
    .unwrap_or_default();
    Ok(n)
}

/// Removes a case and keeps what is counted. False when somebody else has just changed or removed it.
async fn remove(tx: &mut Tx, node: NodeId, case: &Due) -> Result<bool> {
    // two servers on one database do this at the same time: only one may count it
    let mine = execute!(
        tx,
        "update avvikelse set version = version + 1 where id = $1 and version = $2 and closed_on is not null",
        case.id,
        case.version
    )?;
    if mine == 0 {
        return Ok(false);
    }
    let causes = rows!(
        tx,
        (String,),
        "select ord from avvikelse_ord where node_id = $1 and doc = $2 and ord >= '#orsak:' and ord < '#orsak;' order by ord",
        node.0,
        case.doc
    )?;
    let causes: Vec<String> = causes.into_iter().map(|(code,)| code).collect();
    execute!(tx, "delete from avvikelse_ord where node_id = $1 and doc = $2", node.0, case.doc)?;
    for sql in [
        "delete from avvikelse_handlaggare where avvikelse_id = $1",
        "delete from avvikelse_oppnad where avvikelse_id = $1",
        "delete from avvikelse_bilaga where avvikelse_id = $1",
        "delete from history where thing_id = $1",
        // åtgärder are the unit's and stay; that they came from it is not known any more
        "update atgard set source_kind = 'egen', source_id = null where source_kind = 'avvikelse' and source_id = $1",
        "delete from avvikelse where id = $1",
    ] {
        execute!(tx, sql, case.id)?;
    }
    execute!(
        tx,
        "insert into avvikelse_gallrad (id, node_id, year, month, kinds, kategori, positive, ivo, imy, process, handelsetyp,
                                        lead_days, orsaker, registrerad_ar, registrerad_manad)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        Uuid::new_v4(),
        node.0,
        case.year,
        case.month,
        &case.kinds,
        &case.kategori,
        case.positive,
        case.ivo,
        case.imy,
        &case.process,
        &case.handelsetyp,
        case.lead_days,
        causes.join(" "),
        case.registrerad_ar,
        case.registrerad_manad
    )?;
    Ok(true)
}
