//! Kopierat: what a plan has once copied from that of the year before. It stays when the copy is removed: what somebody took away does not
//! come back with a copy of what was added. The plan is held.

use domain::verksamhetsplan::{kopiering::borttaget::Kopierat, plan::PlanId};
use uuid::Uuid;

use crate::{Result, Tx};

/// What a plan has once copied.
pub(super) async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Kopierat> {
    let found = rows!(tx, (Uuid, Uuid), "select source_id, copy_id from kopierat where plan_id = $1", plan.0)?;
    Ok(Kopierat(found.into_iter().collect()))
}

/// Writes down what something has become in a plan. Written already it stays as it is.
pub(super) async fn keep(tx: &mut Tx, plan: PlanId, source: Uuid, copy: Uuid) -> Result<()> {
    let sql = "insert into kopierat (plan_id, source_id, copy_id) values ($1, $2, $3)
               on conflict (plan_id, source_id) do nothing";
    execute!(tx, sql, plan.0, source, copy)?;
    Ok(())
}

/// Lets what a copy was of be copied again: the copying is undone, and nobody has removed what it made.
pub(super) async fn forget(tx: &mut Tx, plan: PlanId, copy: Uuid) -> Result<()> {
    execute!(tx, "delete from kopierat where plan_id = $1 and copy_id = $2", plan.0, copy)?;
    Ok(())
}
