//! Indikator: what the goals of plans are followed by. A plan has its own, under its own goals or those of the nodes above it; those of the
//! plans above are read. What they came to stands in [`super::utfall`].

use chrono::{DateTime, Utc};
use domain::{
    history::{changes, differing, said},
    organisation::Tree,
    schedule::Responsible,
    verksamhetsplan::{
        indikator::{Content, Indikator, IndikatorId, matning::Kalla},
        mal::{
            MalId,
            bort::{self, Kopplad},
        },
        plan::{Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    mal::{open, share_above, trad},
    record,
};
use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    occurrence::places,
    organisation::{self, grupp::named_in_json},
    touched,
};

/// So many a plan has at most: more than any table of them shows.
pub const INDIKATORER_MOST: usize = 200;

impl Versioned for Content {}

/// An indikator where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placerad {
    /// The plan that has it.
    pub plan: PlanId,
    /// The goal that it follows: of the plan's node, or of one above it.
    pub mal: MalId,
    /// Its place among those of the plan; not without gaps.
    pub ordning: i64,
    /// What is measured and aimed at.
    pub indikator: Indikator,
}

#[derive(FromRow)]
struct IndikatorRow {
    id: Uuid,
    plan_id: Uuid,
    mal_id: Uuid,
    ordning: i64,
    copied_from: Option<Uuid>,
    content: String,
    version: i64,
}

impl TryFrom<IndikatorRow> for Placerad {
    type Error = Error;

    fn try_from(row: IndikatorRow) -> Result<Self> {
        let indikator = Indikator {
            id: IndikatorId(row.id),
            copied_from: row.copied_from.map(IndikatorId),
            content: InRow::of("indikator", row.id).versioned("content", &row.content)?,
            version: row.version,
        };
        Ok(Self { plan: PlanId(row.plan_id), mal: MalId(row.mal_id), ordning: row.ordning, indikator })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select i.id, i.plan_id, i.mal_id, i.ordning, i.copied_from, i.content, i.version from indikator i ",
            $tail
        )
    };
}

fn read(rows: Vec<IndikatorRow>) -> Result<Vec<Placerad>> {
    rows.into_iter().map(Placerad::try_from).collect()
}

/// The indikatorer of a plan, in their order.
pub async fn list(tx: &mut Tx, plan: PlanId) -> Result<Vec<Placerad>> {
    read(rows!(tx, IndikatorRow, select!("where i.plan_id = $1 order by i.ordning, i.id"), plan.0)?)
}

/// The indikatorer of the plans of the nodes above a plan's, of the same year, in their order: they are shared, and changed by who owns them.
pub async fn delade(tx: &mut Tx, plan: &Plan) -> Result<Vec<Placerad>> {
    let tree = organisation::tree(tx).await?;
    let above = above(&tree, plan);
    if above.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        concat!(
            select!("join verksamhetsplan p on p.id = i.plan_id where p.year = $1 and p.node_id in ({}) "),
            "order by i.plan_id, i.ordning, i.id"
        ),
        places(2, above.len())
    );
    read(rows_of!(tx, IndikatorRow, sql, above, i64::from(plan.year))?)
}

fn above(tree: &Tree, plan: &Plan) -> Vec<domain::id::NodeId> {
    tree.path(plan.node).into_iter().filter(|node| *node != plan.node).collect()
}

/// An indikator of a plan. `NotFound` when the plan has none such.
pub async fn get(tx: &mut Tx, plan: PlanId, id: IndikatorId) -> Result<Placerad> {
    let found = row!(tx, IndikatorRow, select!("where i.plan_id = $1 and i.id = $2"), plan.0, id.0)?;
    found.ok_or(Error::NotFound)?.try_into()
}

/// An indikator with those of the years before that it was copied from, itself first, each with its year. Twenty years at most.
pub async fn genom_aren(tx: &mut Tx, id: IndikatorId) -> Result<Vec<(i32, Placerad)>> {
    #[derive(FromRow)]
    struct OfYear {
        #[sqlx(flatten)]
        row: IndikatorRow,
        year: i64,
    }
    let sql = "with recursive led (id, fore, djup) as (
                   select i.id, i.copied_from, cast(0 as bigint) from indikator i where i.id = $1
                   union all
                   select i.id, i.copied_from, led.djup + 1 from indikator i join led on i.id = led.fore where led.djup < 20
               )
               select i.id, i.plan_id, i.mal_id, i.ordning, i.copied_from, i.content, i.version, p.year
               from led join indikator i on i.id = led.id join verksamhetsplan p on p.id = i.plan_id order by led.djup";
    let found = rows!(tx, OfYear, sql, id.0)?;
    let of = |of: OfYear| {
        let year = InRow::of("verksamhetsplan", of.row.plan_id).must("year", i32::try_from(of.year).ok())?;
        Ok((year, of.row.try_into()?))
    };
    found.into_iter().map(of).collect()
}

/// Adds an indikator to a plan, last. The same id again is the same one: nothing happens. `Invalid` where the goal is none that the plan
/// reads, where something that it names is not the unit's, and where the plan is not open.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, mal): (IndikatorId, MalId),
    content: &Content,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Indikator, id.0, plan.0, &(mal, content)).await? {
        return Ok(());
    }
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &super::get(tx, plan).await?;
    open(plan)?;
    of_plan(tx, plan, mal).await?;
    named(tx, plan, None, content).await?;
    let there = list(tx, plan.id).await?;
    if there.len() >= INDIKATORER_MOST {
        return Err(Error::at("", format!("Planen har {INDIKATORER_MOST} indikatorer, och fler får den inte.")));
    }
    let ordning = there.last().map_or(1, |last| last.ordning + 1);
    insert(tx, plan.id, (id, mal, None), ordning, content).await?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(content.told())).await
}

/// What a goal is measured by, in whatever plan: it stands in the way of removing the goal.
pub(super) async fn kopplade(tx: &mut Tx, mal: MalId) -> Result<Vec<Kopplad>> {
    let found = read(rows!(tx, IndikatorRow, select!("where i.mal_id = $1 order by i.ordning, i.id"), mal.0)?)?;
    Ok(found.into_iter().map(|one| Kopplad { slag: bort::Slag::Indikator, namn: one.indikator.content.namn }).collect())
}

/// Writes a new indikator; its goal, and what it was copied from, are known to be there.
pub(super) async fn insert(
    tx: &mut Tx,
    plan: PlanId,
    (id, mal, copied_from): (IndikatorId, MalId, Option<IndikatorId>),
    ordning: i64,
    content: &Content,
) -> Result<()> {
    let sql =
        "insert into indikator (id, plan_id, mal_id, ordning, copied_from, content) values ($1, $2, $3, $4, $5, $6)";
    execute!(tx, sql, id.0, plan.0, mal.0, ordning, copied_from.map(|id| id.0), versioned(content)?)?;
    Ok(())
}

/// Changes what an indikator is, and which goal it follows. `Conflict` when it is no longer as the person saw it; `Invalid` as of
/// [`create`]. Its outcomes stay: a period is the same whatever its rhythm.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, mal): (IndikatorId, MalId),
    version: i64,
    content: &Content,
) -> Result<()> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &super::get(tx, plan).await?;
    open(plan)?;
    let before = get(tx, plan.id, id).await?;
    if mal != before.mal {
        of_plan(tx, plan, mal).await?;
    }
    let was = &before.indikator.content;
    named(tx, plan, Some(was), content).await?;
    let sql = "update indikator set content = $3, mal_id = $4, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, versioned(content)?, mal.0)?)?;
    let (mut told, mut tells) = (was.told(), content.told());
    if mal != before.mal {
        let trad = trad(tx, plan.node, plan.year).await?;
        let title = |id: MalId| trad.get(id).map(|mal| mal.content.med_nr()).unwrap_or_default();
        told.push(("Mål", title(before.mal)));
        tells.push(("Mål", title(mal)));
    }
    record(tx, now, (plan.node, id.0), ("Ändrad", ""), differing(told, tells)).await
}

/// Changes places with the one beside it under the same goal: the earlier, or the later. Nothing happens at an end.
pub async fn step(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: IndikatorId, earlier: bool) -> Result<()> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &super::get(tx, plan).await?;
    open(plan)?;
    let own = get(tx, plan.id, id).await?;
    let beside: Vec<Placerad> = list(tx, plan.id).await?.into_iter().filter(|one| one.mal == own.mal).collect();
    let place = beside.iter().position(|one| one.indikator.id == id).unwrap_or_default();
    let other = if earlier { place.checked_sub(1) } else { Some(place + 1) };
    let Some(other) = other.and_then(|at| beside.get(at)) else { return Ok(()) };
    let sql = "update indikator set ordning = $3 where plan_id = $1 and id = $2";
    execute!(tx, sql, plan.id.0, id.0, other.ordning)?;
    execute!(tx, sql, plan.id.0, other.indikator.id.0, own.ordning)?;
    record(tx, now, (plan.node, id.0), ("Flyttad", ""), vec![]).await
}

/// Takes an indikator away. `Invalid` where it has an outcome, or is that of the year before of another: what somebody has counted is not
/// gone with it. `Conflict` when it is no longer as the person saw it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: IndikatorId, version: i64) -> Result<()> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &super::get(tx, plan).await?;
    open(plan)?;
    let before = get(tx, plan.id, id).await?;
    let sql = "select cast(count(*) as bigint) from utfall where indikator_id = $1";
    if row!(tx, (i64,), sql, id.0)?.is_some_and(|(n,)| n > 0) {
        return Err(Error::at("", "Indikatorn har utfall och kan inte tas bort. Sätt den som ej relevant i stället."));
    }
    let sql = "select cast(count(*) as bigint) from indikator where copied_from = $1";
    if row!(tx, (i64,), sql, id.0)?.is_some_and(|(n,)| n > 0) {
        return Err(Error::at("", "Indikatorn är kopierad till ett senare år och kan inte tas bort."));
    }
    let sql = "delete from indikator where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version)?)?;
    record(tx, now, (plan.node, id.0), ("Borttagen", ""), differing(before.indikator.content.told(), vec![])).await
}

/// Gives the indikatorer that a group fills to the one that it has become part of, in plans of every state. How many those are.
pub(crate) async fn regroup(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (from, to): (Responsible, Responsible),
    (before, after): (&str, &str),
    reason: &str,
) -> Result<usize> {
    // what was decided, and can be given back, names it too
    super::beslutat::regroup(tx, (from, to)).await?;
    let like = named_in_json(from);
    let found = read(rows!(tx, IndikatorRow, select!("where i.content like $1 order by i.plan_id, i.id"), like)?)?;
    let mut carried = 0;
    for one in found {
        // it may have got another since
        tx.hold(Held::Verksamhetsplan(one.plan)).await?;
        let mut content = get(tx, one.plan, one.indikator.id).await?.indikator.content;
        if content.responsible != from {
            continue;
        }
        content.responsible = to;
        let sql = "update indikator set content = $2, version = version + 1 where id = $1";
        execute!(tx, sql, one.indikator.id.0, versioned(&content)?)?;
        let node = super::get(tx, one.plan).await?.node;
        let told = changes([("Ansvarig", before.to_owned(), after.to_owned())]);
        record(tx, now, (node, one.indikator.id.0), ("Ändrad", reason), told).await?;
        carried += 1;
    }
    Ok(carried)
}

/// `Invalid` where a goal is none that the plan reads.
async fn of_plan(tx: &mut Tx, plan: &Plan, mal: MalId) -> Result<()> {
    share_above(tx, plan).await?;
    let trad = trad(tx, plan.node, plan.year).await?;
    if trad.get(mal).is_some() {
        Ok(())
    } else {
        Err(Error::at("mal", "Målet hör inte till planen. Välj ur listan."))
    }
}

/// `Invalid` where who fills it, or what its outcome is taken from, is not the unit's.
async fn named(tx: &mut Tx, plan: &Plan, was: Option<&Content>, content: &Content) -> Result<()> {
    let who = Second::chosen(content.responsible, was.map_or(Responsible::Nobody, |was| was.responsible));
    let fed = if was.is_some_and(|was| was.matas == content.matas) { None } else { content.matas };
    belongs::check(tx, plan.node, [("responsible", who), ("matas", fed.map_or(Second::Nothing, source))]).await
}

/// What feeds it, as what belongs to a unit.
fn source(kalla: Kalla) -> Second {
    match kalla {
        Kalla::Serie(id) => Second::Serie(id),
        Kalla::Egenkontroll(id) => Second::Egenkontroll(id.0),
        Kalla::Enkat { enkat, .. } => Second::Enkat(enkat),
        Kalla::Internkontroll(id) => Second::Internkontroll(id.0),
    }
}
