//! Deadlines: what waits in the cases that the person may open. For Att göra, the register and the wheel.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    avvikelse::{Standing, Vantar, deadline::deadlines},
    id::NodeId,
    occurrence::{Item, Status},
    permission::Role,
    person::Actor,
};

use super::{ArendeRow, arende, installning, select_arende};
use crate::{Result, Tx, occurrence::places};

/// The most cases that are given.
const MOST: i64 = 200;
/// The count is right to so many seconds: a deadline of 72 hours passes on any of them.
const KEPT: i64 = 300;

/// The cases of these units in which something waits, the most urgent first; at most two hundred. Only units whose cases
/// the person reads are looked at, whatever is asked for.
pub async fn list(tx: &mut Tx, actor: &Actor, nodes: &[NodeId]) -> Result<Vec<Vantar>> {
    let reads = super::handled_units(actor);
    let nodes: Vec<NodeId> = nodes.iter().copied().filter(|n| reads.contains(n)).collect();
    let mut found = Vec::new();
    if !nodes.is_empty() {
        let sql = format!(
            select_arende!(
                "where a.node_id in ({nodes}) and a.frist_on is not null order by a.frist_on, a.doc limit $1"
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
             where h.person_id = $1 and a.frist_on is not null order by a.frist_on, a.doc limit $2"
        ),
        actor.person.0,
        MOST
    )?;
    let mut out: Vec<Vantar> = Vec::new();
    let mut goals = HashMap::new();
    for row in found.into_iter().chain(asked) {
        let a = arende(actor, row)?;
        let (leads, lex_sarah) =
            (actor.grants.leads(&actor.tree, a.node), actor.grants.holds(&actor.tree, a.node, Role::LexSarah));
        if out.iter().any(|v| v.arende.id == a.id) {
            continue;
        }
        let goals = match goals.entry(a.node) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(installning::get(tx, a.node).await?.goals),
        };
        let open = deadlines(&a.case, goals).into_iter().filter(|d| d.done.is_none()).collect();
        let standing = Standing { reporter: false, handler: leads || !lex_sarah, lex_sarah };
        // a case without lex Sarah in it is the unit's own: it waits for its chefer
        if leads || standing.handler || a.case.awaits_lex_sarah() || a.case.is_lex_sarah() {
            out.push(Vantar { arende: a, standing, deadlines: open });
        }
    }
    Ok(out)
}

/// What waits for the person at these units, as items of Att göra and the wheel.
pub async fn items(
    tx: &mut Tx,
    actor: &Actor,
    nodes: &[NodeId],
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Vec<Item>> {
    Ok(list(tx, actor, nodes).await?.iter().map(|v| v.item(now, today)).collect())
}

/// How many cases wait for the person longer than they may: the part of Att göra's "Försenat" that is not a tillfälle.
pub async fn late_count(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, today: NaiveDate) -> Result<i64> {
    let (moment, key) = (tx.moment().await?, (actor.person, now.timestamp().div_euclid(KEPT)));
    if let Some(kept) = tx.store.memory.late_cases.get(moment.as_ref(), &key) {
        return Ok(*kept);
    }
    let nodes: Vec<NodeId> = actor.units().into_iter().map(|(node, _)| node).collect();
    let items = items(tx, actor, &nodes, now, today).await?;
    let late = items.iter().filter(|i| i.status(today) == Status::Forsenad).count();
    let late = i64::try_from(late).unwrap_or(i64::MAX);
    tx.store.memory.late_cases.set(moment, key, 1, &Arc::new(late));
    Ok(late)
}
