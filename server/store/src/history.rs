//! History: written in the same transaction as the change, read by the thing it is about.

use chrono::{DateTime, Utc};
use domain::{
    history::{Change, Entry},
    id::{HistoryId, NodeId},
    permission::Area,
};
use uuid::Uuid;

use crate::{Result, Tx, in_row::InRow};

/// What a history row says, but for who: that is the person of the transaction.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// Milliseconds are kept: both databases hold that much.
    pub now: DateTime<Utc>,
    /// The node of the thing.
    pub node: NodeId,
    /// By which open screens know whether it is theirs.
    pub area: Area,
    /// Its id.
    pub thing: Uuid,
    /// What was done, as "Utförd" or "Ändrad".
    pub what: &'a str,
    /// Why; may be empty.
    pub reason: &'a str,
    /// The fields that changed.
    pub changes: Vec<Change>,
}

/// Writes a row and notes the change for open screens.
pub async fn write(tx: &mut Tx, record: Record<'_>) -> Result<()> {
    let changes = serde_json::to_string(&record.changes).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let actor = tx.actor().map(|p| p.0);
    execute!(
        tx,
        "insert into history (id, at, node_id, person_id, area, thing_id, what, reason, changes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        HistoryId::new().0,
        chrono::SubsecRound::trunc_subsecs(record.now, 3),
        record.node.0,
        actor,
        record.area.code(),
        record.thing,
        record.what,
        record.reason,
        &changes,
    )?;
    tx.note(record.area, record.node);
    Ok(())
}

/// The most rows that are shown of one thing: the latest.
pub const MOST: i64 = 500;

/// The history of things, newest first: a control together with its occurrences. At most [`MOST`] of each.
pub async fn list(tx: &mut Tx, things: &[Uuid]) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for thing in things {
        let found = rows!(
            tx,
            (Uuid, DateTime<Utc>, Option<String>, String, String, String),
            "select h.id, h.at, p.name, h.what, h.reason, h.changes
             from history h left join person p on p.id = h.person_id where h.thing_id = $1
             order by h.at desc, h.id desc limit $2",
            thing,
            MOST
        )?;
        for (id, at, who, what, reason, changes) in found {
            let changes = InRow::of("history", id).json("changes", &changes)?;
            entries.push(Entry { id: HistoryId(id), at, who: who.unwrap_or_default(), what, reason, changes });
        }
    }
    entries.sort_by_key(|e| std::cmp::Reverse((e.at, e.id)));
    Ok(entries)
}
