//! Several tillfällen of a unit at once, in one transaction: what can be marked is, each as it is alone, and what cannot stays
//! and is told with why.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NodeId, OccurrenceId},
    occurrence::{
        Item, State, check_tick,
        together::{Act, Seen, one_click_on},
    },
    person::Actor,
};
use uuid::Uuid;

use super::{ItemRow, give_up, items, just_ticked, places, seen, tick, undo};
use crate::{Error, Result, Tx, hold::Held};

/// What became of them.
#[derive(Debug, Default)]
pub struct Marked {
    /// Those that are done, and the version that it made of each.
    pub done: Vec<(Item, i64)>,
    /// Those that stay, and why.
    pub left: Vec<(Item, String)>,
}

/// Holds them, in an order that all who do so share, and reads them as they stand. `NotFound` when one is not the unit's, or
/// not there for the person: that was not chosen in a list of ours.
async fn held(tx: &mut Tx, actor: &Actor, node: NodeId, rows: &[Seen]) -> Result<Vec<(Item, i64)>> {
    let mut asked = rows.to_vec();
    asked.sort_unstable();
    asked.dedup_by_key(|(id, _)| *id);
    for (id, _) in &asked {
        tx.hold(Held::Occurrence(*id)).await?;
    }
    let ids: Vec<OccurrenceId> = asked.iter().map(|(id, _)| *id).collect();
    let sql = format!(select_items!("where o.node_id = $1 and o.id in ({ids})"), ids = places(2, ids.len()));
    let found = rows_of!(tx, ItemRow, sql, &ids, node.0)?;
    let found = items(tx, actor, found).await?;
    let found = seen(tx, actor, found).await?;
    if found.len() != asked.len() {
        return Err(Error::NotFound);
    }
    let version = |id| asked.iter().find(|(asked, _)| *asked == id).map_or(0, |(_, version)| *version);
    Ok(found
        .into_iter()
        .map(|item| {
            let version = version(item.occurrence.id);
            (item, version)
        })
        .collect())
}

/// Ticks off or gives up what is marked, as [`tick`] and [`give_up`] do with one. The same form sent twice is the same marks.
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    (now, today): (DateTime<Utc>, NaiveDate),
    node: NodeId,
    rows: &[Seen],
    act: &Act,
) -> Result<Marked> {
    let asked = held(tx, actor, node, rows).await?;
    let ids: Vec<OccurrenceId> = asked.iter().map(|(item, _)| item.occurrence.id).collect();
    let sql = format!(
        "select occurrence_id from genomforande where stage = 'pagar' and occurrence_id in ({})",
        places(1, ids.len())
    );
    let running: HashSet<Uuid> = rows_of!(tx, (Uuid,), sql, &ids)?.into_iter().map(|(id,)| id).collect();
    let mut marked = Marked::default();
    for (item, version) in asked {
        let o = &item.occurrence;
        if o.version == version + 1 && is_own(&item, actor, act) {
            marked.done.push((item, version + 1));
        } else if let Some(why) = item.stays(version, running.contains(&o.id.0), act, today) {
            marked.left.push((item, why));
        } else {
            match act {
                Act::Tick(day) => {
                    let form = check_tick(item.area, &one_click_on(item.area, *day), today).map_err(Error::Invalid)?;
                    tick(tx, now, &item, version, &form).await?;
                }
                Act::GiveUp(reason) => give_up(tx, now, &item, version, reason).await?,
            }
            marked.done.push((item, version + 1));
        }
    }
    Ok(marked)
}

/// Whether it already stands as this person has just left it.
fn is_own(item: &Item, actor: &Actor, act: &Act) -> bool {
    match act {
        Act::Tick(_) => item.occurrence.state == State::Utford && item.occurrence.performed_by == Some(actor.person),
        Act::GiveUp(reason) => item.occurrence.state == State::EjUtford && item.occurrence.reason == *reason,
    }
}

/// Takes ticks of the last minutes back, without a reason. What has been changed or removed since then stays, each with why, and
/// so does what needs one; the rest is taken back.
pub async fn undo_marks(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, node: NodeId, rows: &[Seen]) -> Result<Marked> {
    let mut marked = Marked::default();
    for (item, version) in held(tx, actor, node, rows).await? {
        let o = &item.occurrence;
        if o.version != version || o.state != State::Utford {
            marked.left.push((item, "har ändrats av någon annan sedan dess".to_owned()));
        } else if item.removed {
            marked
                .left
                .push((item, "är borttagen, och kan ångras när den har återställts på sin egen sida".to_owned()));
        } else if just_ticked(tx, now, o.id, actor.person).await? {
            undo(tx, now, &item, version, "").await?;
            marked.done.push((item, version + 1));
        } else {
            marked.left.push((item, "ångras på sin egen sida, där du skriver varför".to_owned()));
        }
    }
    Ok(marked)
}
