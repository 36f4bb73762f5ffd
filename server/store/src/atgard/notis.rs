//! Who is told that an åtgärd was laid on them, until they have seen it.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{
    atgard::notis::{AtgardNotis, told},
    id::{AtgardId, NodeId, NotisId, PersonId},
    permission::Role,
    schedule::Responsible,
};
use uuid::Uuid;

use crate::{Part, Result, Tx};

/// Tells those who are to know who is responsible for an åtgärd from now on, and nobody who was before. Whoever lays it is not told.
pub(super) async fn tell(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (atgard, node): (AtgardId, NodeId),
    responsible: Responsible,
    of_a_case: bool,
) -> Result<()> {
    execute!(tx, "delete from atgard_notis where atgard_id = $1", atgard.0)?;
    let by = tx.actor().map(|p| p.0);
    let chefs = rows!(
        tx,
        (Uuid, String),
        "select g.person_id, g.role from role_grant g join person p on p.id = g.person_id
         where g.node_id = $1 and p.active and g.role in ($2, $3)",
        node.0,
        Role::Enhetschef.code(),
        Role::BitradandeChef.code()
    )?;
    let leads = chefs.iter().any(|(person, _)| Some(*person) == by);
    let told = told(responsible, of_a_case, leads);
    let own =
        |person: Uuid, role: &str| told.person == Some(PersonId(person)) || told.role.is_some_and(|r| r.code() == role);
    let mut who: BTreeSet<(Uuid, bool)> = told.person.map(|p| (p.0, true)).into_iter().collect();
    for (person, role) in &chefs {
        if own(*person, role) {
            who.remove(&(*person, false));
            who.insert((*person, true));
        } else if told.chefs && !who.contains(&(*person, true)) {
            who.insert((*person, false));
        }
    }
    for (person, own) in who.into_iter().filter(|(person, _)| Some(*person) != by) {
        execute!(
            tx,
            "insert into atgard_notis (id, atgard_id, person_id, actor_id, at, own) values ($1, $2, $3, $4, $5, $6)",
            NotisId::new().0,
            atgard.0,
            person,
            by,
            now,
            own
        )?;
    }
    Ok(())
}

/// So many are listed; those before them come when these have been seen.
pub const MOST: i64 = 50;

/// What a person has been told and not yet said that they have seen, the latest first, at most [`MOST`].
pub async fn unseen(tx: &mut Tx, person: PersonId) -> Result<Arc<[AtgardNotis]>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.laid.get(snapshot.as_ref(), &person) {
        return Ok(kept);
    }
    let found = rows!(
        tx,
        (Uuid, Uuid, Uuid, String, Option<String>, DateTime<Utc>, bool),
        "select n.id, n.atgard_id, a.node_id, a.title, p.name, n.at, n.own
         from atgard_notis n join atgard a on a.id = n.atgard_id left join person p on p.id = n.actor_id
         where n.person_id = $1 order by n.at desc, n.id desc limit cast($2 as bigint)",
        person.0,
        MOST
    )?;
    let out: Arc<[AtgardNotis]> = found
        .into_iter()
        .map(|(id, atgard, node, title, by, at, own)| AtgardNotis {
            id: NotisId(id),
            atgard: AtgardId(atgard),
            node: NodeId(node),
            title,
            by: by.unwrap_or_default(),
            at,
            own,
        })
        .collect();
    // of nothing, too, it is kept that it is nothing
    tx.store.memory.laid.set(snapshot.as_ref(), person, out.len().max(1), vec![Part::Anything], &out);
    Ok(out)
}

/// A person has seen it. One that is another's stays.
pub async fn see(tx: &mut Tx, person: PersonId, id: NotisId) -> Result<()> {
    execute!(tx, "delete from atgard_notis where id = $1 and person_id = $2", id.0, person.0)?;
    Ok(())
}
