//! Deadlines: what waits in the cases that the person may open. For Att göra, the register and the wheel.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    avvikelse::{Relation, Vantar, deadline::deadlines, vantar::Say},
    id::NodeId,
    occurrence::Item,
    person::Actor,
};
use uuid::Uuid;

use super::{ArendeRow, arende, installning, select_arende};
use crate::{Part, Result, Tx, occurrence::places};

/// The most cases that are given.
const MOST: i64 = 200;

/// The cases of these units in which something waits, the most urgent first; at most two hundred. Only units whose cases
/// the person reads are looked at, whatever is asked for.
pub async fn list(tx: &mut Tx, actor: &Actor, nodes: &[NodeId]) -> Result<Arc<[Vantar]>> {
    let (snapshot, key) = (tx.snapshot().await?, (actor.person, nodes.to_vec()));
    if let Some(kept) = tx.store.memory.waiting.get(snapshot.as_ref(), &key) {
        return Ok(kept);
    }
    let reads: HashSet<NodeId> = super::handled_units(actor).into_iter().collect();
    let nodes: Vec<NodeId> = nodes.iter().copied().filter(|n| reads.contains(n)).collect();
    let mut found = Vec::new();
    if !nodes.is_empty() {
        let sql = format!(
            select_arende!(
                "where a.node_id in ({nodes}) and a.frist_on is not null order by a.frist_on, a.doc limit cast($1 as bigint)"
            ),
            nodes = places(2, nodes.len())
        );
        found = rows_of!(tx, ArendeRow, sql, &nodes, MOST)?;
    }
    let asked = rows!(
        tx,
        ArendeRow,
        select_arende!(
            "join avvikelse_handlaggare h on h.avvikelse_id = a.id
             where h.person_id = $1 and a.frist_on is not null order by a.frist_on, a.doc limit cast($2 as bigint)"
        ),
        actor.person.0,
        MOST
    )?;
    // also where nothing of what was asked has a deadline yet: one that gets it names its unit
    let elsewhere = rows!(
        tx,
        (Uuid,),
        "select distinct a.node_id from avvikelse_handlaggare h join avvikelse a on a.id = h.avvikelse_id
         where h.person_id = $1",
        actor.person.0
    )?;
    let mut out: Vec<Vantar> = Vec::new();
    let mut goals = HashMap::new();
    for row in found.into_iter().chain(asked) {
        let a = arende(actor, row)?;
        // of others than who reads the unit's cases only those are found that the person was asked to handle
        let relation = Relation::of(&actor.grants, &actor.tree, a.node, false, !reads.contains(&a.node));
        if !relation.sees() || out.iter().any(|v| v.arende.id == a.id) {
            continue;
        }
        let goals = match goals.entry(a.node) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(installning::get(tx, a.node).await?.goals),
        };
        let running = deadlines(&a.case, goals);
        out.extend(Vantar::of(a, relation, running));
    }
    out.sort_by_key(Vantar::order);
    let out: Arc<[Vantar]> = out.into();
    // of nothing, too, it is kept that it is nothing
    let mut parts: Vec<Part> = nodes.into_iter().map(Part::Fall).collect();
    // those of the units, and those that the person is asked to help with elsewhere
    parts.extend(elsewhere.into_iter().map(|(node,)| Part::Fall(NodeId(node))));
    parts.extend([Part::Person(actor.person), Part::Namn, Part::Trad]);
    tx.store.memory.waiting.set(snapshot.as_ref(), key, out.len().max(1), parts, &out);
    Ok(out)
}

/// What waits for the person at these units, as items of Att göra and the wheel.
pub async fn items(
    tx: &mut Tx,
    actor: &Actor,
    nodes: &[NodeId],
    now: DateTime<Utc>,
    today: NaiveDate,
    say: Say,
) -> Result<Vec<Item>> {
    Ok(list(tx, actor, nodes).await?.iter().map(|v| v.item(now, today, say)).collect())
}

/// How many cases wait for the person longer than they may: the part of Att göra's "Försenat" that is not a tillfälle.
pub async fn late_count(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, today: NaiveDate) -> Result<i64> {
    let nodes: Vec<NodeId> = actor.units_with_ended().into_iter().map(|(node, _)| node).collect();
    let waiting = list(tx, actor, &nodes).await?;
    let late = waiting.iter().filter(|v| v.is_late(now, today)).count();
    Ok(i64::try_from(late).unwrap_or(i64::MAX))
}
