//! Kapitel: the chapters of a plan, with free text before and after its goals.

use chrono::{DateTime, Utc};
use domain::{
    history::{changes, differing, said},
    schedule::Responsible,
    verksamhetsplan::plan::{
        Innehall, Plan, PlanId,
        kapitel::{Content, EFTER_MALEN, FORE_MALEN, KAPITEL_MOST, Kapitel, KapitelId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::record;
use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    organisation::grupp::named_in_json,
    touched,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct KapitelRow {
    id: Uuid,
    plan_id: Uuid,
    ordning: i64,
    content: String,
    klart: bool,
    fran_i_fjol: bool,
    version: i64,
}

impl TryFrom<KapitelRow> for Kapitel {
    type Error = Error;

    fn try_from(row: KapitelRow) -> Result<Self> {
        Ok(Self {
            id: KapitelId(row.id),
            plan: PlanId(row.plan_id),
            ordning: row.ordning,
            content: InRow::of("plankapitel", row.id).versioned("content", &row.content)?,
            klart: row.klart,
            fran_i_fjol: row.fran_i_fjol,
            version: row.version,
        })
    }
}

/// The chapters of a plan, those before its goals first, in order.
pub async fn list(tx: &mut Tx, plan: PlanId) -> Result<Vec<Kapitel>> {
    let sql = "select id, plan_id, ordning, content, klart, fran_i_fjol, version from plankapitel
               where plan_id = $1 order by ordning, id";
    let found = rows!(tx, KapitelRow, sql, plan.0)?;
    let mut found = found.into_iter().map(Kapitel::try_from).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|one| one.content.efter_malen);
    Ok(found)
}

/// A chapter of a plan. `NotFound` for one of another.
pub async fn get(tx: &mut Tx, plan: PlanId, id: KapitelId) -> Result<Kapitel> {
    let sql = "select id, plan_id, ordning, content, klart, fran_i_fjol, version from plankapitel
               where plan_id = $1 and id = $2";
    row!(tx, KapitelRow, sql, plan.0, id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Gives the chapters that a group writes to the one that it has become part of.
pub(crate) async fn regroup(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (from, to): (Responsible, Responsible),
    (before, after): (&str, &str),
    reason: &str,
) -> Result<usize> {
    let like = named_in_json(from);
    let sql = "select plan_id, id from plankapitel where content like $1 order by plan_id, id";
    let mut carried = 0;
    for (plan, id) in rows!(tx, (Uuid, Uuid), sql, like)? {
        // it may have got another since
        tx.hold(Held::Verksamhetsplan(PlanId(plan))).await?;
        let mut content = get(tx, PlanId(plan), KapitelId(id)).await?.content;
        if content.responsible != from {
            continue;
        }
        content.responsible = to;
        let sql = "update plankapitel set content = $2, version = version + 1 where id = $1";
        execute!(tx, sql, id, versioned(&content)?)?;
        let node = super::get(tx, PlanId(plan)).await?.node;
        let told = changes([("Ansvarig", before.to_owned(), after.to_owned())]);
        record(tx, now, (node, id), ("Ändrad", reason), told).await?;
        carried += 1;
    }
    Ok(carried)
}

/// The chapters that a new plan begins with, each without a text.
pub(super) async fn begin(tx: &mut Tx, plan: PlanId) -> Result<()> {
    let all = FORE_MALEN.iter().map(|rubrik| (rubrik, false)).chain(EFTER_MALEN.iter().map(|rubrik| (rubrik, true)));
    for (ordning, (rubrik, efter_malen)) in (1..).zip(all) {
        let content = Content {
            rubrik: (*rubrik).to_owned(),
            text: String::new(),
            efter_malen,
            responsible: Responsible::Nobody,
            senast: None,
        };
        let (id, klart, fran_i_fjol) = (KapitelId::new(), false, false);
        insert(tx, &Kapitel { id, plan, ordning, content, klart, fran_i_fjol, version: 1 }).await?;
    }
    Ok(())
}

/// Writes a new chapter.
pub(super) async fn insert(tx: &mut Tx, new: &Kapitel) -> Result<()> {
    let sql = "insert into plankapitel (id, plan_id, ordning, content, fran_i_fjol) values ($1, $2, $3, $4, $5)";
    execute!(tx, sql, new.id.0, new.plan.0, new.ordning, versioned(&new.content)?, new.fran_i_fjol)?;
    Ok(())
}

/// Holds the plan. `Invalid` where its chapters are not open.
async fn open(tx: &mut Tx, id: PlanId) -> Result<Plan> {
    tx.hold(Held::Verksamhetsplan(id)).await?;
    let plan = super::get(tx, id).await?;
    plan.check_open(Innehall::Kapitel).map_err(|why| Error::at("", why))?;
    Ok(plan)
}

/// Adds a chapter, last on its side of the goals. The same id again is the same one. `Invalid` where the plan is not open, and where who
/// is to write it is not of the unit.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: KapitelId, content: &Content) -> Result<()> {
    if !belongs::is_new(tx, Thing::Kapitel, id.0, plan.0, content).await? {
        return Ok(());
    }
    let plan = open(tx, plan).await?;
    belongs::check(tx, plan.node, [("responsible", Second::from(content.responsible))]).await?;
    let there = list(tx, plan.id).await?;
    if there.len() >= KAPITEL_MOST {
        return Err(Error::at("", format!("Planen har {KAPITEL_MOST} kapitel, och fler får den inte.")));
    }
    let ordning = there.iter().map(|one| one.ordning).max().unwrap_or(0) + 1;
    let (plan_id, content, klart, fran_i_fjol) = (plan.id, content.clone(), false, false);
    let new = Kapitel { id, plan: plan_id, ordning, content, klart, fran_i_fjol, version: 1 };
    insert(tx, &new).await?;
    record(tx, now, (plan.node, id.0), ("Skapad", ""), said(told(&new))).await
}

/// Changes a chapter. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (KapitelId, i64),
    content: &Content,
) -> Result<()> {
    let plan = open(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    let chosen = Second::chosen(content.responsible, before.content.responsible);
    belongs::check(tx, plan.node, [("responsible", chosen)]).await?;
    let after = before.changed(content.clone());
    save(tx, &after, version).await?;
    record(tx, now, (plan.node, id.0), ("Ändrad", ""), differing(told(&before), told(&after))).await
}

/// Says that a chapter is done, or that it is not. `Conflict` when it is no longer as the person saw it, `Invalid` of one without a text.
pub async fn set_klart(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, version): (KapitelId, i64),
    klart: bool,
) -> Result<()> {
    let plan = open(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    if klart && before.content.text.is_empty() {
        return Err(Error::at("", "Kapitlet har ingen text än. Skriv den först, eller ta bort kapitlet."));
    }
    // who says that it is done has read it
    let after = Kapitel { klart, fran_i_fjol: before.fran_i_fjol && !klart, ..before.clone() };
    save(tx, &after, version).await?;
    let what = if klart { "Klar" } else { "Inte klar" };
    record(tx, now, (plan.node, id.0), (what, ""), differing(told(&before), told(&after))).await
}

/// Moves a chapter one step, among those on its side of the goals. Nothing happens to the first and to the last.
pub async fn step(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, id: KapitelId, earlier: bool) -> Result<()> {
    let plan = open(tx, plan).await?;
    let moved = get(tx, plan.id, id).await?;
    let side: Vec<Kapitel> = list(tx, plan.id)
        .await?
        .into_iter()
        .filter(|one| one.content.efter_malen == moved.content.efter_malen)
        .collect();
    let Some(from) = side.iter().position(|one| one.id == id) else { return Err(Error::NotFound) };
    let to = if earlier { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < side.len()) };
    let Some(to) = to else { return Ok(()) };
    let mut order: Vec<KapitelId> = side.iter().map(|one| one.id).collect();
    order.swap(from, to);
    for (ordning, one) in (1..).zip(order) {
        execute!(tx, "update plankapitel set ordning = $3 where id = $1 and plan_id = $2", one.0, plan.id.0, ordning)?;
    }
    let told = changes([("Plats", (from + 1).to_string(), (to + 1).to_string())]);
    record(tx, now, (plan.node, id.0), ("Flyttad", ""), told).await
}

/// Removes a chapter. `Conflict` when it is no longer as the person saw it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, (id, version): (KapitelId, i64)) -> Result<()> {
    let plan = open(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    let sql = "delete from plankapitel where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version)?)?;
    let gone = told(&before).into_iter().map(|(label, value)| (label, value, String::new()));
    record(tx, now, (plan.node, id.0), ("Borttagen", ""), changes(gone)).await
}

async fn save(tx: &mut Tx, after: &Kapitel, version: i64) -> Result<()> {
    let sql = "update plankapitel set content = $4, klart = $5, fran_i_fjol = $6, version = version + 1
               where id = $1 and plan_id = $2 and version = $3";
    let content = versioned(&after.content)?;
    touched(execute!(tx, sql, after.id.0, after.plan.0, version, content, after.klart, after.fran_i_fjol)?)
}

/// Labels and values for the history. Who writes it is a choice of the page, and its name may be another's tomorrow: its code is not told.
pub(super) fn told(one: &Kapitel) -> Vec<(&'static str, String)> {
    let content = &one.content;
    vec![
        ("Rubrik", content.rubrik.clone()),
        ("Text", content.text.clone()),
        ("Står", (if content.efter_malen { "Efter målen" } else { "Före målen" }).to_owned()),
        ("Senast", content.senast.map(domain::format::date).unwrap_or_default()),
        ("Läge", one.lage().label().to_owned()),
    ]
}
