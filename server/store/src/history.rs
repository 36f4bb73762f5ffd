//! History: written in the same transaction as the change, read by the thing it is about.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    history::{Change, Entry},
    id::{HistoryId, NodeId},
    occurrence::When,
    permission::Area,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Result, Tx, in_row::InRow, occurrence::places};

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
             order by h.at desc, h.id desc limit cast($2 as bigint)",
            thing,
            MOST
        )?;
        for (id, at, who, what, reason, changes) in found {
            let changes = InRow::of("history", id).json("changes", &changes)?;
            let who = who.unwrap_or_default();
            entries.push(Entry { id: HistoryId(id), at, who, what, reason, changes, tillfalle: None });
        }
    }
    entries.sort_by_key(|e| std::cmp::Reverse((e.at, e.id)));
    Ok(entries)
}

/// What [`of_control`] reads.
#[derive(FromRow)]
struct OfControl {
    id: Uuid,
    at: DateTime<Utc>,
    who: Option<String>,
    what: String,
    reason: String,
    changes: String,
    start_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
}

/// Whose rows are those of a control `$1`: its own, and those of its tillfällen at the nodes from `$2` on.
fn whose(nodes: usize) -> String {
    let nodes = places(2, nodes);
    format!(
        "from history h left join person p on p.id = h.person_id left join occurrence o on o.id = h.thing_id
         where h.thing_id = $1 or h.thing_id in
             (select t.id from occurrence t join schedule s on s.id = t.schedule_id
              where s.source_id = $1 and t.node_id in ({nodes}))"
    )
}

/// A page of the history of a control together with that of its tillfällen, newest first, and how many rows it has in all. `sees`:
/// whether the person sees what is done at a node.
pub async fn of_control(
    tx: &mut Tx,
    control: Uuid,
    sees: impl Fn(NodeId) -> bool,
    (offset, most): (i64, i64),
) -> Result<(Vec<Entry>, i64)> {
    let sql =
        "select distinct o.node_id from occurrence o join schedule s on s.id = o.schedule_id where s.source_id = $1";
    let nodes: Vec<NodeId> =
        rows!(tx, (Uuid,), sql, control)?.into_iter().map(|(id,)| NodeId(id)).filter(|node| sees(*node)).collect();
    // no node is of none
    let nodes = if nodes.is_empty() { vec![NodeId(Uuid::nil())] } else { nodes };
    let whose = whose(nodes.len());
    let count = rows_of!(tx, (i64,), format!("select count(*) {whose}"), &nodes, control)?;
    let sql = format!(
        "select h.id, h.at, p.name as who, h.what, h.reason, h.changes, o.start_on, o.due_on {whose}
         order by h.at desc, h.id desc limit {most} offset {offset}"
    );
    let found = rows_of!(tx, OfControl, sql, &nodes, control)?;
    let entries = found.into_iter().map(|row| {
        let changes = InRow::of("history", row.id).json("changes", &row.changes)?;
        let tillfalle = row.start_on.zip(row.due_on).map(|(start, due)| When::of(start, due));
        let (id, who) = (HistoryId(row.id), row.who.unwrap_or_default());
        Ok(Entry { id, at: row.at, who, what: row.what, reason: row.reason, changes, tillfalle })
    });
    Ok((entries.collect::<Result<_>>()?, count.first().map_or(0, |(n,)| *n)))
}
