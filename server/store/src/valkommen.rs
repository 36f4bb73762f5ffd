//! Välkommen: how far a new unit has come, and whether somebody has said that they need not be told.

use domain::{id::NodeId, person::valkommen::Steg};
use uuid::Uuid;

use crate::{Result, Tx};

/// Under which name it stands that a unit is told no more.
fn name(unit: NodeId) -> String {
    format!("valkommen_{}", unit.0.simple())
}

/// How far a unit has come, with who is in its groups below it; none where somebody has said that it is enough.
pub async fn steps(tx: &mut Tx, unit: NodeId) -> Result<Option<Steg>> {
    let found = row!(
        tx,
        (bool, i64, bool),
        "with recursive under (id) as
           (select id from node where id = $1 union all select n.id from node n join under u on n.parent_id = u.id)
         select exists (select 1 from egenkontroll where node_id = $1) or exists (select 1 from internkontroll where node_id = $1),
                (select count(distinct g.person_id) from role_grant g join person p on p.id = g.person_id
                 where g.node_id in (select id from under) and g.role <> 'admin' and p.active),
                exists (select 1 from installation where name = $2)",
        unit.0,
        name(unit)
    )?;
    Ok(found.filter(|(_, _, dismissed)| !dismissed).map(|(plan, persons, _)| Steg { plan, bjudna: persons > 1 }))
}

/// A unit is told no more.
pub async fn dismiss(tx: &mut Tx, unit: NodeId) -> Result<()> {
    let sql = "insert into installation (name, value) values ($1, $2) on conflict (name) do nothing";
    execute!(tx, sql, name(unit), Uuid::nil().simple().to_string())?;
    Ok(())
}
