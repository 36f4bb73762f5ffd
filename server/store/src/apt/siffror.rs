//! Siffror: what is chosen for APT is there. The slide of series comes by itself to the APT that are being prepared when somebody
//! chooses a series, and to those that are laid out from then on.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    apt::{Kind, Slag, State},
    id::{AptId, NodeId},
};
use uuid::Uuid;

use super::{punkt, record};
use crate::{Result, Tx, hold::Held, serie};

/// The APT of a unit that are being prepared and have not been, the next first.
async fn coming(tx: &mut Tx, node: NodeId) -> Result<Vec<(AptId, NaiveDate)>> {
    let sql = "select id, held_on from apt_mote where node_id = $1 and held_on >= $2 and kind = $3 and state = $4
               order by held_on, id";
    let today = tx.store.day();
    let found = rows!(tx, (Uuid, NaiveDate), sql, node.0, today, Kind::Apt.code(), State::Planerat.code())?;
    Ok(found.into_iter().map(|(id, on)| (AptId(id), on)).collect())
}

/// The day of the next APT that has the slide of the unit's series: one without points has no place for it.
pub async fn next(tx: &mut Tx, node: NodeId) -> Result<Option<NaiveDate>> {
    for (mote, on) in coming(tx, node).await? {
        if punkt::list(tx, mote).await?.iter().any(|p| p.bilder.iter().any(|b| b.slag == Slag::Siffror)) {
            return Ok(Some(on));
        }
    }
    Ok(None)
}

/// Gives the coming APT of a unit the slide of its series, where they have none.
pub(crate) async fn bring(tx: &mut Tx, now: DateTime<Utc>, node: NodeId) -> Result<()> {
    // who lays out a meeting holds it too: that one is seen here, or sees what was chosen
    tx.hold(Held::Node(node)).await?;
    for (mote, _) in coming(tx, node).await? {
        tx.hold(Held::Apt(mote)).await?;
        if add(tx, mote).await? {
            record(tx, now, (node, mote), "Bild tillagd", Slag::Siffror.label(), vec![]).await?;
        }
    }
    Ok(())
}

/// The same for a meeting whose agenda was just made.
pub(super) async fn lay_out(tx: &mut Tx, mote: AptId, node: NodeId, kind: Kind) -> Result<()> {
    if kind == Kind::Apt && serie::list(tx, node).await?.iter().any(|s| s.content.visas.apt && s.closed_on.is_none()) {
        add(tx, mote).await?;
    }
    Ok(())
}

/// Adds the slide where the unit looks at its own work, or under the first point. Whether it was not there.
async fn add(tx: &mut Tx, mote: AptId) -> Result<bool> {
    let points = punkt::list(tx, mote).await?;
    let has = |slag: Slag| points.iter().find(|p| p.bilder.iter().any(|b| b.slag == slag));
    if has(Slag::Siffror).is_some() {
        return Ok(false);
    }
    let Some(at) = has(Slag::Resultat).or_else(|| has(Slag::Kontroller)).or(points.first()) else { return Ok(false) };
    punkt::add_bild(tx, (mote, at.id), Slag::Siffror, None).await?;
    Ok(true)
}
