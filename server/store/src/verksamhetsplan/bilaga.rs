//! Bilagor: what lies beside a plan, in order: what each is called and where it is found.

use chrono::{DateTime, Utc};
use domain::{
    history::{changes, differing, said},
    verksamhetsplan::plan::{
        Innehall, Plan, PlanId,
        bilaga::{BILAGOR_MOST, Bilaga, Content, PlanbilagaId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::record;
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct BilagaRow {
    id: Uuid,
    plan_id: Uuid,
    ordning: i64,
    content: String,
    version: i64,
}

impl TryFrom<BilagaRow> for Bilaga {
    type Error = Error;

    fn try_from(row: BilagaRow) -> Result<Self> {
        Ok(Self {
            id: PlanbilagaId(row.id),
            plan: PlanId(row.plan_id),
            ordning: row.ordning,
            content: InRow::of("planbilaga", row.id).versioned("content", &row.content)?,
            version: row.version,
        })
    }
}

/// The bilagor of a plan, in order.
pub async fn list(tx: &mut Tx, plan: PlanId) -> Result<Vec<Bilaga>> {
    let sql = "select id, plan_id, ordning, content, version from planbilaga where plan_id = $1 order by ordning, id";
    rows!(tx, BilagaRow, sql, plan.0)?.into_iter().map(Bilaga::try_from).collect()
}

/// A bilaga of a plan. `NotFound` for one of another.
pub async fn get(tx: &mut Tx, plan: PlanId, id: PlanbilagaId) -> Result<Bilaga> {
    let sql = "select id, plan_id, ordning, content, version from planbilaga where plan_id = $1 and id = $2";
    row!(tx, BilagaRow, sql, plan.0, id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Holds the plan. `Invalid` where its bilagor are not open.
async fn open(tx: &mut Tx, id: PlanId) -> Result<Plan> {
    tx.hold(Held::Verksamhetsplan(id)).await?;
    let plan = super::get(tx, id).await?;
    plan.check_open(Innehall::Kapitel).map_err(|why| Error::at("", why))?;
    Ok(plan)
}

/// Adds a bilaga, last. The same id again is the same one. `Invalid` where the plan is not open.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: PlanbilagaId, content: &Content) -> Result<()> {
    if !belongs::is_new(tx, Thing::Planbilaga, id.0, plan.0, content).await? {
        return Ok(());
    }
    let plan = open(tx, plan).await?;
    let there = list(tx, plan.id).await?;
    if there.len() >= BILAGOR_MOST {
        return Err(Error::at("", format!("Planen har {BILAGOR_MOST} bilagor, och fler får den inte.")));
    }
    let ordning = there.iter().map(|one| one.ordning).max().unwrap_or(0) + 1;
    insert(tx, &Bilaga { id, plan: plan.id, ordning, content: content.clone(), version: 1 }).await?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(content.told())).await
}

/// Writes a bilaga that is not there.
pub(super) async fn insert(tx: &mut Tx, new: &Bilaga) -> Result<()> {
    let sql = "insert into planbilaga (id, plan_id, ordning, content, version) values ($1, $2, $3, $4, $5)";
    execute!(tx, sql, new.id.0, new.plan.0, new.ordning, versioned(&new.content)?, new.version)?;
    Ok(())
}

/// Changes a bilaga. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (PlanbilagaId, i64),
    content: &Content,
) -> Result<()> {
    let plan = open(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    let sql = "update planbilaga set content = $4, version = version + 1
               where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version, versioned(content)?)?)?;
    record(tx, now, (plan.node, id.0), ("Ändrad", ""), differing(before.content.told(), content.told())).await
}

/// Moves a bilaga one step, and with it its number. Nothing happens to the first and to the last.
pub async fn step(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: PlanbilagaId, earlier: bool) -> Result<()> {
    let plan = open(tx, plan).await?;
    let mut order: Vec<PlanbilagaId> = list(tx, plan.id).await?.into_iter().map(|one| one.id).collect();
    let Some(from) = order.iter().position(|one| *one == id) else { return Err(Error::NotFound) };
    let to = if earlier { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < order.len()) };
    let Some(to) = to else { return Ok(()) };
    order.swap(from, to);
    for (ordning, one) in (1..).zip(order) {
        execute!(tx, "update planbilaga set ordning = $3 where id = $1 and plan_id = $2", one.0, plan.id.0, ordning)?;
    }
    let told = changes([("Plats", (from + 1).to_string(), (to + 1).to_string())]);
    record(tx, now, (plan.node, id.0), ("Flyttad", ""), told).await
}

/// Removes a bilaga. `Conflict` when it is no longer as the person saw it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, (id, version): (PlanbilagaId, i64)) -> Result<()> {
    let plan = open(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    let sql = "delete from planbilaga where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version)?)?;
    let gone = before.content.told().into_iter().map(|(label, value)| (label, value, String::new()));
    record(tx, now, (plan.node, id.0), ("Borttagen", ""), changes(gone)).await
}
