//! Mål: the goals of plans. A unit reads its own with those of the nodes above it, and changes its own.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    history::{changes, differing, said},
    id::NodeId,
    organisation::Tree,
    verksamhetsplan::{
        mal::{Content, MAL_MOST, Mal, MalId, Trad, bort::check_remove, check_move},
        plan::{Innehall, Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{enhetsmal, forvantat, kopplat, record, uppfoljning};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    occurrence::places,
    organisation, touched,
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

/// The goals of earlier years that those which a node reads in a year were copied from, each with what it has become.
pub(crate) async fn arvda(tx: &mut Tx, node: NodeId, year: i32) -> Result<HashMap<MalId, MalId>> {
    let tree = organisation::tree(tx).await?;
    let nodes = nodes(&tree, node);
    // twenty years back at most, should rows be copied from each other
    let sql = format!(
        "with recursive led (id, nu, djup) as (
             select m.copied_from, m.id, cast(1 as bigint) from mal m join verksamhetsplan p on p.id = m.plan_id
             where p.year = $1 and p.node_id in ({}) and m.copied_from is not null
             union all
             select m.copied_from, led.nu, led.djup + 1 from led join mal m on m.id = led.id
             where m.copied_from is not null and led.djup < 20
         )
         select id, nu from led",
        places(2, nodes.len())
    );
    let found = rows_of!(tx, (Uuid, Uuid), sql, nodes, i64::from(year))?;
    Ok(found.into_iter().map(|(old, now)| (MalId(old), MalId(now))).collect())
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
    let (plan, trad) = &held(tx, plan).await?;
    trad.check_under(content.niva, under).map_err(|why| Error::at("under", why))?;
    if trad.per_niva().iter().sum::<usize>() >= MAL_MOST {
        return Err(Error::at("", format!("Planen har {MAL_MOST} mål, och fler får den inte.")));
    }
    insert(tx, plan, (id, under, None), trad.next_ordning(under), content).await?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(content.told())).await
}

/// Opens a plan to be written in: it is held, and the plans of the nodes above it beside others who do the same, so that no goal there goes
/// while something is laid under it. The plan, with its goals and those above. `Invalid` where it is not open.
pub(super) async fn held(tx: &mut Tx, id: PlanId) -> Result<(Plan, Trad)> {
    tx.hold(Held::Verksamhetsplan(id)).await?;
    let plan = super::get(tx, id).await?;
    open(&plan)?;
    share_above(tx, &plan).await?;
    let trad = trad(tx, plan.node, plan.year).await?;
    Ok((plan, trad))
}

/// Holds the plans of the nodes above a plan beside others who do the same: no goal of theirs goes while something is laid on it.
pub(crate) async fn share_above(tx: &mut Tx, plan: &Plan) -> Result<()> {
    let tree = organisation::tree(tx).await?;
    let above: Vec<NodeId> = nodes(&tree, plan.node).into_iter().filter(|node| *node != plan.node).collect();
    tx.share_plans(&above, plan.year).await
}

/// A goal of a plan itself. `NotFound` for one of another plan.
pub async fn of_plan(tx: &mut Tx, plan: &Plan, id: MalId) -> Result<Mal> {
    let sql = "select m.id, p.node_id, p.year, m.under_id, m.ordning, m.copied_from, m.content, m.version
               from mal m join verksamhetsplan p on p.id = m.plan_id where m.id = $1 and m.plan_id = $2";
    row!(tx, MalRow, sql, id.0, plan.id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Changes what a goal says. `Conflict` when it is no longer as the person saw it. `Invalid` at `niva` where it could not lie where it
/// lies, or over what lies under it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (MalId, i64),
    content: &Content,
) -> Result<()> {
    let (plan, trad) = &held(tx, plan).await?;
    let before = of_plan(tx, plan, id).await?;
    trad.check_under(content.niva, trad.above(id).map(|mal| mal.id)).map_err(|why| Error::at("niva", why))?;
    // also of what the units have laid under it
    let lowest = under(tx, id).await?.into_iter().map(|(_, content)| content.niva).min();
    if lowest.is_some_and(|niva| niva <= content.niva) {
        return Err(Error::at("niva", "Under målet ligger mål på samma nivå eller en högre. Flytta dem först."));
    }
    let sql = "update mal set content = $4, version = version + 1 where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version, versioned(content)?)?)?;
    if before.content.med_nr() != content.med_nr() {
        uppfoljning::renamed(tx, plan, id).await?;
    }
    let told = differing(before.content.told(), content.told());
    record(tx, now, (plan.node, id.0), ("Ändrad", ""), told).await
}

/// Moves a goal under another or to the top, before one of those there or last. `Conflict` when it is no longer as the person saw it,
/// `Invalid` at `under` where it cannot lie there.
pub async fn move_to(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (MalId, i64),
    (under, before): (Option<MalId>, Option<MalId>),
) -> Result<()> {
    let (plan, trad) = &held(tx, plan).await?;
    let was = of_plan(tx, plan, id).await?;
    check_move(trad, id, under, plan.node).map_err(|why| Error::at("under", why))?;
    if before.is_some_and(|before| trad.get(before).is_none()) {
        return Err(Error::at("fore", "Målet som valdes finns inte längre. Välj på nytt vad det ska stå före."));
    }
    let sql = "update mal set under_id = $4, version = version + 1 where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version, under.map(|id| id.0))?)?;
    let mut now_there = was.clone();
    now_there.under = under;
    let goals = trad.walk().into_iter().map(|post| post.mal.clone());
    let moved = Trad::new(goals.map(|mal| if mal.id == id { now_there.clone() } else { mal }).collect());
    // what it was to stand before may have gone elsewhere meanwhile: it stands last then
    let before = before.filter(|before| moved.above(*before).map(|mal| mal.id) == under);
    for (other, ordning) in moved.move_before(id, before) {
        // goals of others keep their places
        execute!(tx, "update mal set ordning = $3 where id = $1 and plan_id = $2", other.0, plan.id.0, ordning)?;
    }
    let name = |id: Option<MalId>| id.and_then(|id| trad.get(id)).map(|mal| mal.content.med_nr()).unwrap_or_default();
    let place = |trad: &Trad| {
        let beside = trad.children(trad.above(id).map(|mal| mal.id)).position(|mal| mal.id == id);
        beside.map(|n| (n + 1).to_string()).unwrap_or_default()
    };
    let told = changes([
        ("Ligger under", name(was.under), name(under)),
        ("Plats", place(trad), place(&self::trad(tx, plan.node, plan.year).await?)),
    ]);
    record(tx, now, (plan.node, id.0), ("Flyttad", ""), told).await
}

/// Removes a goal that nothing hangs on. `Conflict` when it is no longer as the person saw it, `Invalid` with what is in the way.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, (id, version): (MalId, i64)) -> Result<()> {
    let (plan, trad) = &held(tx, plan).await?;
    let before = of_plan(tx, plan, id).await?;
    let kopplade = kopplat::all(tx, trad, id).await?;
    check_remove(trad, id, plan.node, &kopplade).map_err(|why| Error::at("", why))?;
    // they go with it, and stay in its history
    let (texter, rader) = (enhetsmal::get(tx, id).await?, forvantat::of_mal(tx, id).await?);
    // the copy of it in the next year stands by itself from here on
    execute!(tx, "update mal set copied_from = null where copied_from = $1", id.0)?;
    let sql = "delete from mal where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version)?)?;
    let mut told = before.content.told();
    told.extend(texter.map(|texter| texter.content.told()).unwrap_or_default());
    told.extend(rader.into_iter().map(|rad| ("Förväntat resultat", rad.content.text)));
    let told = told.into_iter().map(|(label, value)| (label, value, String::new()));
    record(tx, now, (plan.node, id.0), ("Borttagen", ""), changes(told)).await
}

/// The goals right under another, of whatever plan.
pub(super) async fn under(tx: &mut Tx, id: MalId) -> Result<Vec<(MalId, Content)>> {
    let found =
        rows!(tx, (Uuid, String), "select id, content from mal where under_id = $1 order by ordning, id", id.0)?;
    let read = |(id, content): (Uuid, String)| Ok((MalId(id), InRow::of("mal", id).versioned("content", &content)?));
    found.into_iter().map(read).collect()
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
    plan.check_open(Innehall::Mal).map_err(|why| Error::at("", why))
}
