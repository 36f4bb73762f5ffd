//! Free activities on the wheel: a schedule without a control behind it. The report deadlines of the year are such.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    aktivitet::{Content, REPORTS},
    history::{differing, said},
    id::{NodeId, ScheduleId},
    permission::{Area, Role},
    recurrence::Recurrence,
    schedule::{Category, Responsible, Schedule},
};

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    organisation, schedule, touched,
    verksamhetsplan::uppfoljning,
};

/// Adds an activity with its occurrences. The same id again is the same activity: nothing happens.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: ScheduleId,
    node: NodeId,
    year: i32,
    content: &Content,
) -> Result<()> {
    tx.hold(Held::Node(node)).await?;
    if !belongs::is_new(tx, Thing::Aktivitet, id.0, node.0, &(year, content)).await? {
        return Ok(());
    }
    let schedule = schedule_of(id, node, year, content);
    schedule::check_times(tx, &schedule, "end").await?;
    schedule::save(tx, &schedule).await?;
    record(tx, now, node, id, "Tillagd", "", said(fields(content))).await
}

/// Changes an activity. `Conflict` when it is no longer as the person saw it.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, id: ScheduleId, version: i64, c: &Content) -> Result<()> {
    tx.hold(Held::Schedule(id)).await?;
    let before = free(tx, id).await?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    let schedule = schedule_of(id, before.node, before.year, c);
    schedule::check_times(tx, &schedule, "end").await?;
    schedule::save(tx, &schedule).await?;
    let old = Content {
        title: before.title,
        description: before.description,
        category: before.category,
        responsible: before.responsible,
        recurrence: before.recurrence,
        start: before.start,
        end: before.end,
        hours: before.hours,
    };
    record(tx, now, before.node, id, "Ändrad", "", differing(fields(&old), fields(c))).await
}

/// Takes an activity off the wheel, with the reason. What was done stays.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, id: ScheduleId, reason: &str) -> Result<()> {
    let before = free(tx, id).await?;
    touched(schedule::retire(tx, id.0).await?)?;
    record(tx, now, before.node, id, "Borttagen", reason, vec![]).await
}

/// Lays the report deadlines of the tertial year on a unit's wheel, once a year. A report is known by its key: one that the
/// unit calls something else, has moved or has taken away is not laid again, and one whose day has passed is not laid.
pub async fn ensure_reports(tx: &mut Tx, now: DateTime<Utc>, today: NaiveDate, node: NodeId, year: i32) -> Result<()> {
    // two servers on one database do this at the same time
    tx.hold(Held::Node(node)).await?;
    for report in REPORTS {
        let Some((start, due)) = report.days_ahead(year, today) else { continue };
        // a unit that begins later, or has ended by then, does not write it
        if !organisation::tree(tx).await?.lives_in(node, start, due) {
            continue;
        }
        let standing = row!(
            tx,
            (i64,),
            "select cast(1 as bigint) from schedule where node_id = $1 and year = $2 and report_key = $3",
            node.0,
            year,
            report.key
        )?;
        if standing.is_some() {
            continue;
        }
        let content = Content {
            title: report.title.to_owned(),
            description: report.description.to_owned(),
            category: Category::Rapport,
            responsible: Responsible::Role(Role::Enhetschef),
            recurrence: Recurrence::Once,
            start: Some(start),
            end: Some(due),
            hours: None,
        };
        let id = ScheduleId::new();
        create(tx, now, id, node, year, &content).await?;
        execute!(tx, "update schedule set report_key = $2 where id = $1", id.0, report.key)?;
    }
    Ok(())
}

/// Lays the report deadlines of this year and the next on a unit's wheel if it is one in use: when it is made, and when it
/// is taken into use again. Other nodes have none.
pub async fn ensure_reports_of(tx: &mut Tx, now: DateTime<Utc>, today: NaiveDate, node: NodeId) -> Result<()> {
    let unit =
        row!(tx, (i64,), "select cast(1 as bigint) from node where id = $1 and kind = 'enhet' and active", node.0)?;
    if unit.is_some() {
        for year in [today.year(), today.year() + 1] {
            ensure_reports(tx, now, today, node, year).await?;
        }
    }
    Ok(())
}

/// The same for every unit: at New Year, and for those that an earlier version made. Run at start and every hour.
pub async fn ensure_reports_everywhere(tx: &mut Tx, now: DateTime<Utc>, today: NaiveDate) -> Result<()> {
    let sql = "select id from node where kind = 'enhet' and active and (to_on is null or to_on >= $1)";
    let units = rows!(tx, (uuid::Uuid,), sql, today)?;
    for (unit,) in units {
        ensure_reports_of(tx, now, today, NodeId(unit)).await?;
    }
    Ok(())
}

/// An activity that stands by itself. `Invalid` of one that a row of a goal owns.
async fn free(tx: &mut Tx, id: ScheduleId) -> Result<Schedule> {
    let found = schedule::get(tx, id).await?;
    if found.area != Area::Aktivitet {
        return Err(Error::NotFound);
    }
    if uppfoljning::of_schedule(tx, id).await?.is_some() {
        return Err(Error::at("", "Tiderna hör till en uppföljning av ett mål, och ändras på målets sida."));
    }
    Ok(found)
}

fn schedule_of(id: ScheduleId, node: NodeId, year: i32, c: &Content) -> Schedule {
    Schedule {
        id,
        node,
        year,
        area: Area::Aktivitet,
        source: id.0,
        level: None,
        category: c.category,
        title: c.title.clone(),
        description: c.description.clone(),
        recurrence: c.recurrence,
        responsible: c.responsible,
        start: c.start,
        end: c.end,
        anchor: None,
        hours: c.hours,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    }
}

fn fields(c: &Content) -> Vec<(&'static str, String)> {
    let own = [
        ("Vad", c.title.clone()),
        ("Beskrivning", c.description.clone()),
        ("Kategori", c.category.label().to_owned()),
        ("Ansvarig", c.responsible.told()),
    ];
    own.into_iter().chain(c.timing().told()).collect()
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: ScheduleId,
    what: &str,
    reason: &str,
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Aktivitet, thing: id.0, what, reason, changes }).await
}
