//! Uppföljning: what is followed of a goal. Each row owns an activity on the wheel of the plan's year ([`yearly`]), which is what Att göra
//! shows: it is changed with its row and not by itself.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    history::{changes, differing, said},
    id::ScheduleId,
    permission::Area,
    schedule::{Category, Responsible, Schedule},
    verksamhetsplan::{
        enhetsmal::{
            MOST,
            uppfoljning::{Content, Uppfoljning, UppfoljningId},
        },
        mal::{
            MalId,
            bort::{Kopplad, Slag},
        },
        plan::{Innehall, Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{enhetsmal::opened, mal, record};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    organisation::grupp::named_in_json,
    schedule, touched, yearly,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct UppfoljningRow {
    id: Uuid,
    mal_id: Uuid,
    ordning: i64,
    copied_from: Option<Uuid>,
    content: String,
    version: i64,
}

impl TryFrom<UppfoljningRow> for Uppfoljning {
    type Error = Error;

    fn try_from(row: UppfoljningRow) -> Result<Self> {
        Ok(Self {
            id: UppfoljningId(row.id),
            mal: MalId(row.mal_id),
            ordning: row.ordning,
            copied_from: row.copied_from.map(UppfoljningId),
            content: InRow::of("uppfoljning", row.id).versioned("content", &row.content)?,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select u.id, u.mal_id, u.ordning, u.copied_from, u.content, u.version from uppfoljning u ", $tail)
    };
}

fn read(rows: Vec<UppfoljningRow>) -> Result<Vec<Uppfoljning>> {
    rows.into_iter().map(Uppfoljning::try_from).collect()
}

/// What is followed of a goal, in order.
pub async fn of_mal(tx: &mut Tx, mal: MalId) -> Result<Vec<Uppfoljning>> {
    read(rows!(tx, UppfoljningRow, select!("where u.mal_id = $1 order by u.ordning, u.id"), mal.0)?)
}

/// What is followed of the goals of a plan, in order.
pub async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Vec<Uppfoljning>> {
    let sql = select!("join mal m on m.id = u.mal_id where m.plan_id = $1 order by u.mal_id, u.ordning, u.id");
    read(rows!(tx, UppfoljningRow, sql, plan.0)?)
}

/// A row of a goal. `NotFound` when the goal has none such.
pub async fn get(tx: &mut Tx, mal: MalId, id: UppfoljningId) -> Result<Uppfoljning> {
    let found = row!(tx, UppfoljningRow, select!("where u.mal_id = $1 and u.id = $2"), mal.0, id.0)?;
    found.ok_or(Error::NotFound)?.try_into()
}

/// The activity of each row of a goal.
pub async fn aktiviteter(tx: &mut Tx, mal: MalId) -> Result<HashMap<UppfoljningId, ScheduleId>> {
    let sql =
        "select u.id, a.schedule_id from uppfoljning u join arsschema a on a.source_id = u.id where u.mal_id = $1";
    let found = rows!(tx, (Uuid, Uuid), sql, mal.0)?;
    Ok(found.into_iter().map(|(id, schedule)| (UppfoljningId(id), ScheduleId(schedule))).collect())
}

/// The plan and the goal whose row owns an activity; none of one that stands by itself.
pub async fn of_schedule(tx: &mut Tx, id: ScheduleId) -> Result<Option<(PlanId, MalId)>> {
    let sql = "select m.plan_id, m.id from arsschema a join uppfoljning u on u.id = a.source_id
               join mal m on m.id = u.mal_id where a.schedule_id = $1";
    Ok(row!(tx, (Uuid, Uuid), sql, id.0)?.map(|(plan, mal)| (PlanId(plan), MalId(mal))))
}

/// Adds a row, last, with its activity. The same id again is the same one: nothing happens. `Invalid` while the plan is not open, where the
/// goal has as many as it can have, and where who follows it is not the unit's.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, mal): (UppfoljningId, MalId),
    content: &Content,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Uppfoljning, id.0, mal.0, content).await? {
        return Ok(());
    }
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let there = of_mal(tx, mal).await?;
    if there.len() >= MOST {
        return Err(Error::at("", format!("Målet har {MOST} uppföljningar, och fler får det inte.")));
    }
    let ordning = there.last().map_or(1, |last| last.ordning + 1);
    let new = Uppfoljning { id, mal, ordning, copied_from: None, content: content.clone(), version: 1 };
    store(tx, &new).await?;
    lay(tx, &plan, &new, true).await?;
    record(tx, now, (plan.node, mal.0), ("Uppföljning tillagd", ""), said(content.told())).await
}

/// Writes a row of a copy, with its activity; who follows it is not asked about, as they stood in what is copied.
pub(super) async fn insert(tx: &mut Tx, plan: &Plan, new: &Uppfoljning) -> Result<()> {
    store(tx, new).await?;
    lay(tx, plan, new, false).await
}

async fn store(tx: &mut Tx, new: &Uppfoljning) -> Result<()> {
    let sql = "insert into uppfoljning (id, mal_id, ordning, copied_from, content) values ($1, $2, $3, $4, $5)";
    let copied_from = new.copied_from.map(|id| id.0);
    execute!(tx, sql, new.id.0, new.mal.0, new.ordning, copied_from, versioned(&new.content)?)?;
    Ok(())
}

/// Changes a row and its activity: what is done stays. `Conflict` when it is no longer as the person saw it, `Invalid` as [`create`].
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id, version): (MalId, UppfoljningId, i64),
    content: &Content,
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let before = get(tx, mal, id).await?;
    let sql = "update uppfoljning set content = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, versioned(content)?)?)?;
    let after = Uppfoljning { content: content.clone(), ..before.clone() };
    lay(tx, &plan, &after, true).await?;
    let told = differing(before.content.told(), content.told());
    record(tx, now, (plan.node, mal.0), ("Uppföljning ändrad", ""), told).await
}

/// Takes a row away, and its activity from the wheel: what was done stays there. `Conflict` when it is no longer as the person saw it.
pub async fn remove(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id, version): (MalId, UppfoljningId, i64),
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let before = get(tx, mal, id).await?;
    touched(execute!(tx, "delete from uppfoljning where id = $1 and version = $2", id.0, version)?)?;
    retire(tx, &plan, id).await?;
    let told = changes(before.content.told().into_iter().map(|(label, value)| (label, value, String::new())));
    record(tx, now, (plan.node, mal.0), ("Uppföljning borttagen", ""), told).await
}

/// Takes the activity of a row that goes from the wheel.
async fn retire(tx: &mut Tx, plan: &Plan, id: UppfoljningId) -> Result<()> {
    for (_, schedule) in yearly::laid(tx, id.0).await? {
        schedule::retire(tx, schedule.0).await?;
    }
    execute!(tx, "delete from arsschema where source_id = $1", id.0)?;
    tx.note(Area::Aktivitet, plan.node);
    Ok(())
}

/// Gives back a row as it was decided, with its activity; one that had gone is there again. The plan is held.
pub(super) async fn aterstall(tx: &mut Tx, plan: &Plan, old: &Uppfoljning) -> Result<()> {
    let content = versioned(&old.content)?;
    let sql = "update uppfoljning set ordning = $2, content = $3, version = version + 1 where id = $1";
    if execute!(tx, sql, old.id.0, old.ordning, &content)? == 0 {
        let sql = "insert into uppfoljning (id, mal_id, ordning, copied_from, content, version)
                   values ($1, $2, $3, (select id from uppfoljning where id = $4), $5, $6)";
        let (copied_from, version) = (old.copied_from.map(|id| id.0), old.version + 1);
        execute!(tx, sql, old.id.0, old.mal.0, old.ordning, copied_from, &content, version)?;
    }
    lay(tx, plan, old, false).await
}

/// Takes away a row that was added after what was decided, and its activity: what was done stays on the wheel. The plan is held.
pub(super) async fn ta_bort(tx: &mut Tx, plan: &Plan, id: UppfoljningId) -> Result<()> {
    execute!(tx, "delete from uppfoljning where id = $1", id.0)?;
    retire(tx, plan, id).await
}

/// What of a goal is followed: it stands in the way of removing the goal, as it has times on the wheel.
pub(super) async fn kopplade(tx: &mut Tx, mal: MalId) -> Result<Vec<Kopplad>> {
    let all = of_mal(tx, mal).await?;
    Ok(all.into_iter().map(|one| Kopplad { slag: Slag::Uppfoljning, namn: one.content.vad }).collect())
}

/// Lets the activities of a goal say what it is called now.
pub(super) async fn renamed(tx: &mut Tx, plan: &Plan, mal: MalId) -> Result<()> {
    for one in of_mal(tx, mal).await? {
        lay(tx, plan, &one, false).await?;
    }
    Ok(())
}

/// Gives what a group follows to the one that it has become part of: the activities are the caller's.
pub(crate) async fn regroup(tx: &mut Tx, from: Responsible, to: Responsible) -> Result<()> {
    let like = named_in_json(from);
    let sql = "select m.plan_id, u.mal_id, u.id from uppfoljning u join mal m on m.id = u.mal_id
               where u.content like $1 order by m.plan_id, u.id";
    for (plan, mal, id) in rows!(tx, (Uuid, Uuid, Uuid), sql, like)? {
        tx.hold(Held::Verksamhetsplan(PlanId(plan))).await?;
        let mut one = get(tx, MalId(mal), UppfoljningId(id)).await?;
        if one.content.responsible == from {
            one.content.responsible = to;
            let sql = "update uppfoljning set content = $2, version = version + 1 where id = $1";
            execute!(tx, sql, id, versioned(&one.content)?)?;
        }
    }
    Ok(())
}

/// Brings the activity of a row in step with it; of a form, who follows it and the days are asked about.
async fn lay(tx: &mut Tx, plan: &Plan, of: &Uppfoljning, form: bool) -> Result<()> {
    let there = yearly::laid(tx, of.id.0).await?.get(&plan.year).copied();
    let id = there.unwrap_or_else(ScheduleId::new);
    let content = &of.content;
    let schedule = Schedule {
        id,
        node: plan.node,
        year: plan.year,
        area: Area::Aktivitet,
        source: id.0,
        level: None,
        category: Category::Aktivitet,
        title: content.titel(),
        description: content.beskrivning(&mal::title(tx, of.mal).await?),
        recurrence: content.recurrence,
        responsible: content.responsible,
        start: content.start,
        end: content.end,
        anchor: None,
        hours: content.hours,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    };
    if form {
        schedule::check_times(tx, &schedule, "end").await?;
        schedule::save(tx, &schedule).await?;
    } else {
        schedule::save_again(tx, &schedule).await?;
    }
    if there.is_none() {
        yearly::own(tx, of.id.0, (plan.year, id)).await?;
    }
    tx.note(Area::Aktivitet, plan.node);
    Ok(())
}
