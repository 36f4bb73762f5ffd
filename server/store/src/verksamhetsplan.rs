//! Verksamhetsplan: the plan of a node and year: how far it has come, and what was decided. Its goals stand in [`mal`].

use chrono::{DateTime, Utc};
use domain::{
    history::{Change, said},
    id::NodeId,
    permission::Area,
    verksamhetsplan::{
        mal::Benamning,
        plan::{Beslut, Plan, PlanId, Revision, State, remiss::Remiss},
    },
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    in_row::{InRow, Versioned, versioned},
};

pub mod bedomning;
pub mod enhetsmal;
pub mod forvantat;
pub mod mal;
pub mod vpgrupp;

/// What a plan has gone through, as its row holds it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Gang {
    remiss: Option<Remiss>,
    revision: Option<Revision>,
    beslut: Vec<Beslut>,
}

impl Versioned for Gang {}

#[derive(FromRow)]
struct PlanRow {
    id: Uuid,
    node_id: Uuid,
    year: i64,
    state: String,
    benamning: String,
    gang: String,
    version: i64,
}

impl TryFrom<PlanRow> for Plan {
    type Error = Error;

    fn try_from(row: PlanRow) -> Result<Self> {
        let in_row = InRow::of("verksamhetsplan", row.id);
        let Gang { remiss, revision, beslut } = in_row.versioned("gang", &row.gang)?;
        Ok(Self {
            id: PlanId(row.id),
            node: NodeId(row.node_id),
            year: in_row.must("year", i32::try_from(row.year).ok())?,
            state: in_row.code("state", &row.state, State::from_code)?,
            benamning: in_row.code("benamning", &row.benamning, Benamning::from_code)?,
            remiss,
            revision,
            beslut,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select id, node_id, year, state, benamning, gang, version from verksamhetsplan ", $tail)
    };
}

/// `NotFound` when there is no such plan.
pub async fn get(tx: &mut Tx, id: PlanId) -> Result<Plan> {
    row!(tx, PlanRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The plan of a node for a year; none where nobody has made it.
pub async fn of_year(tx: &mut Tx, node: NodeId, year: i32) -> Result<Option<Plan>> {
    let found = row!(tx, PlanRow, select!("where node_id = $1 and year = $2"), node.0, i64::from(year))?;
    found.map(Plan::try_from).transpose()
}

/// The plans of a node, the latest year first.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Plan>> {
    let found = rows!(tx, PlanRow, select!("where node_id = $1 order by year desc"), node.0)?;
    found.into_iter().map(Plan::try_from).collect()
}

/// Makes the plan of a node for a year, and gives it. Where somebody has made it already it is that one. The unit is held at the door
/// (`Traits::holds_node`), so that two who begin at once make one.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: PlanId,
    (node, year): (NodeId, i32),
    benamning: Benamning,
) -> Result<PlanId> {
    if !belongs::is_new(tx, Thing::Of(Area::Verksamhetsplan), id.0, node.0, &(year, benamning.code())).await? {
        return Ok(id);
    }
    if let Some(there) = of_year(tx, node, year).await? {
        return Ok(there.id);
    }
    let sql = "insert into verksamhetsplan (id, node_id, year, benamning, gang) values ($1, $2, $3, $4, $5)";
    execute!(tx, sql, id.0, node.0, i64::from(year), benamning.code(), versioned(&Gang::default())?)?;
    record(tx, now, (node, id.0), ("Skapad", ""), said(vec![("År", year.to_string())])).await?;
    Ok(id)
}

/// Writes down what was done with a plan, or with something of it: `thing` is the id of what was changed.
pub(crate) async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, thing): (NodeId, Uuid),
    (what, reason): (&str, &str),
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Verksamhetsplan, thing, what, reason, changes }).await
}
