//! Mål: the goals of plans. A unit reads its own with those of the nodes above it, and changes its own.

use chrono::{DateTime, Utc};
use domain::{
    field::FieldError,
    history::said,
    id::NodeId,
    organisation::Tree,
    verksamhetsplan::{
        mal::{Content, MAL_MOST, Mal, MalId, Trad},
        plan::{Innehall, Plan, PlanId},
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
    occurrence::places,
    organisation,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct MalRow {
    id: Uuid,
    node_id: Uuid,
    year: i64,
    under_id: Option<Uuid>,
    ordning: i64,
    copied_from: Option<Uuid>,
    content: String,
    version: i64,
}

impl TryFrom<MalRow> for Mal {
    type Error = Error;

    fn try_from(row: MalRow) -> Result<Self> {
        let in_row = InRow::of("mal", row.id);
        Ok(Self {
            id: MalId(row.id),
            node: NodeId(row.node_id),
            year: in_row.must("year", i32::try_from(row.year).ok())?,
            under: row.under_id.map(MalId),
            ordning: row.ordning,
            copied_from: row.copied_from.map(MalId),
            content: in_row.versioned("content", &row.content)?,
            version: row.version,
        })
    }
}

/// The goals of a node and year with those of the nodes above it, as a tree.
pub async fn trad(tx: &mut Tx, node: NodeId, year: i32) -> Result<Trad> {
    let tree = organisation::tree(tx).await?;
    let nodes = nodes(&tree, node);
    let sql = format!(
        "select m.id, p.node_id, p.year, m.under_id, m.ordning, m.copied_from, m.content, m.version
         from mal m join verksamhetsplan p on p.id = m.plan_id where p.year = $1 and p.node_id in ({})",
        places(2, nodes.len())
    );
    let found = rows_of!(tx, MalRow, sql, nodes, i64::from(year))?;
    Ok(Trad::new(found.into_iter().map(Mal::try_from).collect::<Result<_>>()?))
}

/// The number and title of a goal.
pub(crate) async fn title(tx: &mut Tx, id: MalId) -> Result<String> {
    let found = row!(tx, (String,), "select content from mal where id = $1", id.0)?;
    let (content,) = found.ok_or(Error::NotFound)?;
    Ok(InRow::of("mal", id.0).versioned::<Content>("content", &content)?.med_nr())
}

/// Whose goals a node reads: its own, and those of the nodes above it.
fn nodes(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let path = tree.path(node);
    if path.is_empty() { vec![node] } else { path }
}

/// Adds a goal to a plan, last under another or at the top. The same id again is the same one: nothing happens. `Invalid` at `under` where
/// it can lie under none such, and where the plan is not open.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, under): (MalId, Option<MalId>),
    content: &Content,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Mal, id.0, plan.0, &(under, content)).await? {
        return Ok(());
    }
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &super::get(tx, plan).await?;
    open(plan)?;
    let trad = trad(tx, plan.node, plan.year).await?;
    trad.check_under(content.niva, under).map_err(|why| at("under", why))?;
    if trad.per_niva().iter().sum::<usize>() >= MAL_MOST {
        return Err(at("", format!("Planen har {MAL_MOST} mål, och fler får den inte.")));
    }
    insert(tx, plan, (id, under, None), trad.next_ordning(under), content).await?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(content.told())).await
}

/// Writes a new goal; what it lies under, and what it was copied from, are known to be there.
pub(super) async fn insert(
    tx: &mut Tx,
    plan: &Plan,
    (id, under, copied_from): (MalId, Option<MalId>, Option<MalId>),
    ordning: i64,
    content: &Content,
) -> Result<()> {
    let sql = "insert into mal (id, plan_id, under_id, ordning, copied_from, content) values ($1, $2, $3, $4, $5, $6)";
    let (under, copied_from) = (under.map(|id| id.0), copied_from.map(|id| id.0));
    execute!(tx, sql, id.0, plan.id.0, under, ordning, copied_from, versioned(content)?)?;
    Ok(())
}

/// Whether goals of a plan can be written now. `Invalid` with a sentence above the form where not.
pub(crate) fn open(plan: &Plan) -> Result<()> {
    plan.check_open(Innehall::Mal).map_err(|why| at("", why))
}

/// A sentence at a field.
pub(crate) fn at(field: &str, message: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldError { field: field.to_owned(), message: message.into() }])
}
