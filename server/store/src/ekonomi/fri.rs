//! Fria tabeller: years and columns that a unit chooses, beside the account of its plan.

use chrono::{DateTime, Utc};
use domain::{
    ekonomi::fri::{Content, FriTabell, FriTabellId},
    format,
    history::{differing, said},
    verksamhetsplan::plan::Plan,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
    verksamhetsplan::record,
};

impl Versioned for Content {}

/// The most tables of a plan.
pub const TABELLER_MOST: usize = 20;

#[derive(FromRow)]
struct TabellRow {
    id: Uuid,
    content: String,
    version: i64,
}

impl TabellRow {
    fn read(self, plan: &Plan) -> Result<FriTabell> {
        let content = InRow::of("fri_tabell", self.id).versioned("content", &self.content)?;
        Ok(FriTabell { id: FriTabellId(self.id), node: plan.node, content, version: self.version })
    }
}

/// The tables of a plan, in the order in which they were made.
pub async fn list(tx: &mut Tx, plan: &Plan) -> Result<Vec<FriTabell>> {
    let sql = "select id, content, version from fri_tabell where plan_id = $1 order by ordning, id";
    let found = rows!(tx, TabellRow, sql, plan.id.0)?;
    found.into_iter().map(|row| row.read(plan)).collect()
}

/// A table of a plan. `NotFound` for one of another.
pub async fn get(tx: &mut Tx, plan: &Plan, id: FriTabellId) -> Result<FriTabell> {
    let sql = "select id, content, version from fri_tabell where plan_id = $1 and id = $2";
    row!(tx, TabellRow, sql, plan.id.0, id.0)?.ok_or(Error::NotFound)?.read(plan)
}

/// Adds a table to a plan, last. The same id again is the same one: nothing happens. `Invalid` where there are as many as there can be.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, plan: &Plan, id: FriTabellId, content: &Content) -> Result<()> {
    if !belongs::is_new(tx, Thing::FriTabell, id.0, plan.id.0, content).await? {
        return Ok(());
    }
    tx.hold(Held::Verksamhetsplan(plan.id)).await?;
    let (last, there) = row!(
        tx,
        (i64, i64),
        "select cast(coalesce(max(ordning), 0) as bigint), cast(count(*) as bigint) from fri_tabell where plan_id = $1",
        plan.id.0
    )?
    .unwrap_or_default();
    if usize::try_from(there).is_ok_and(|there| there >= TABELLER_MOST) {
        return Err(Error::at("", format!("Planen har {TABELLER_MOST} tabeller, och fler får den inte.")));
    }
    let sql = "insert into fri_tabell (id, plan_id, ordning, content) values ($1, $2, $3, $4)";
    execute!(tx, sql, id.0, plan.id.0, last + 1, versioned(content)?)?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(told(content))).await
}

/// Changes a table, if it is still as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    before: &FriTabell,
    version: i64,
    content: &Content,
) -> Result<()> {
    let sql = "update fri_tabell set content = $1, version = version + 1 where id = $2 and version = $3";
    touched(execute!(tx, sql, versioned(content)?, before.id.0, version)?)?;
    let changes = differing(told(&before.content), told(content));
    record(tx, now, (before.node, before.id.0), ("Ändrad", ""), changes).await
}

/// Takes a table away, if it is still as the person saw it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, before: &FriTabell, version: i64) -> Result<()> {
    let sql = "delete from fri_tabell where id = $1 and version = $2";
    touched(execute!(tx, sql, before.id.0, version)?)?;
    record(tx, now, (before.node, before.id.0), ("Borttagen", ""), said(told(&before.content))).await
}

/// Labels and values for the history.
fn told(content: &Content) -> Vec<(&'static str, String)> {
    let form = content.form();
    vec![
        ("Titel", form.titel),
        ("Enhet", content.enhet.label().to_owned()),
        ("Tabell", form.tabell),
        ("Källa", form.kalla),
        ("Gäller per", content.per.map_or_else(String::new, format::date)),
    ]
}
