//! The internkontrollplan: rows of a unit and year, each with a schedule per level.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    counted::PlanYear,
    format,
    history::changes,
    hours::Hours,
    id::{InternkontrollId, NodeId, ScheduleId},
    internkontroll::{Content, Internkontroll},
    permission::Area,
    recurrence::Recurrence,
    schedule::{Category, Level, Schedule},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    egenkontroll::who,
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    schedule::{self, responsible_of},
    touched,
};

const LEVELS: [Level; 2] = [Level::Systematisk, Level::Aktivitet];

#[derive(FromRow)]
struct InternkontrollRow {
    id: Uuid,
    node_id: Uuid,
    year: i32,
    process: String,
    arbetssatt: String,
    oonskad_handelse: String,
    sannolikhet: Option<i64>,
    konsekvens: Option<i64>,
    systematisk_kontroll: String,
    dokumenteras_i: String,
    kontrollaktivitet: String,
    recurrence: String,
    start_on: Option<NaiveDate>,
    end_on: Option<NaiveDate>,
    counted_from: Option<NaiveDate>,
    anchor_on: Option<NaiveDate>,
    hours: Option<String>,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    ansvarig_role: Option<String>,
    ansvarig_person: Option<Uuid>,
    ansvarig_grupp: Option<Uuid>,
    version: i64,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select i.id, i.node_id, i.year, i.process, i.arbetssatt, i.oonskad_handelse, i.sannolikhet, i.konsekvens,
                    i.systematisk_kontroll, i.dokumenteras_i, i.kontrollaktivitet, s.recurrence, s.start_on, s.end_on, s.counted_from, s.anchor_on, s.hours,
                    s.responsible_role, s.responsible_person, s.responsible_grupp, a.responsible_role as ansvarig_role,
                    a.responsible_person as ansvarig_person, a.responsible_grupp as ansvarig_grupp, i.version
             from internkontroll i
             join schedule s on s.source_id = i.id and s.level = 'systematisk'
             join schedule a on a.source_id = i.id and a.level = 'aktivitet' ",
            $tail
        )
    };
}

impl TryFrom<InternkontrollRow> for Internkontroll {
    type Error = Error;

    fn try_from(row: InternkontrollRow) -> Result<Self> {
        let in_row = InRow::of("internkontroll", row.id);
        let who = |role: Option<String>, person, grupp| responsible_of(in_row, role.as_deref(), person, grupp);
        Ok(Self {
            id: InternkontrollId(row.id),
            node: NodeId(row.node_id),
            year: row.year,
            counted_from: row.counted_from,
            anchor: row.anchor_on,
            content: Content {
                process: row.process,
                arbetssatt: row.arbetssatt,
                oonskad_handelse: row.oonskad_handelse,
                sannolikhet: row.sannolikhet,
                konsekvens: row.konsekvens,
                systematisk_kontroll: row.systematisk_kontroll,
                dokumenteras_i: row.dokumenteras_i,
                utfors_av: who(row.responsible_role, row.responsible_person, row.responsible_grupp)?,
                kontrollaktivitet: row.kontrollaktivitet,
                kontrollansvarig: who(row.ansvarig_role, row.ansvarig_person, row.ansvarig_grupp)?,
                recurrence: in_row.code("recurrence", &row.recurrence, Recurrence::from_code)?,
                start: row.start_on,
                end: row.end_on,
                hours: in_row.code_if_any("hours", row.hours.as_deref(), Hours::from_code)?,
            },
            version: row.version,
        })
    }
}

/// The plan of a unit and year, in the order of their ids.
pub async fn list(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Internkontroll>> {
    let found = rows!(
        tx,
        InternkontrollRow,
        select!("where i.node_id = $1 and i.year = $2 and s.active order by i.id"),
        node.0,
        year
    )?;
    found.into_iter().map(Internkontroll::try_from).collect()
}

/// Rows of a unit and year that have been removed.
pub async fn removed(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Internkontroll>> {
    let found = rows!(
        tx,
        InternkontrollRow,
        select!("where i.node_id = $1 and i.year = $2 and not s.active order by i.id"),
        node.0,
        year
    )?;
    found.into_iter().map(Internkontroll::try_from).collect()
}

/// A row and whether it is in use.
pub async fn get(tx: &mut Tx, id: InternkontrollId) -> Result<(Internkontroll, bool)> {
    let found = rows!(tx, InternkontrollRow, select!("where i.id = $1"), id.0)?.pop().ok_or(Error::NotFound)?;
    let (active,) =
        row!(tx, (bool,), "select active from schedule where source_id = $1 and level = 'systematisk'", id.0)?
            .ok_or(Error::NotFound)?;
    Ok((found.try_into()?, active))
}

/// Adds a row, counted from a day of its year or the whole of it, with the occurrences of both levels. The same id again is the same row: nothing happens.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: InternkontrollId,
    node: NodeId,
    year: impl Into<PlanYear>,
    content: &Content,
) -> Result<()> {
    insert(tx, now, id, node, year.into(), content, None).await
}

async fn insert(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: InternkontrollId,
    node: NodeId,
    plan: PlanYear,
    c: &Content,
    copied_from: Option<InternkontrollId>,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Internkontroll, id.0, node.0, &(plan, c)).await? {
        return Ok(());
    }
    let PlanYear { year, counted_from } = plan;
    let added = execute!(
        tx,
        "insert into internkontroll (id, node_id, year, process, arbetssatt, oonskad_handelse, sannolikhet, konsekvens,
                                     systematisk_kontroll, dokumenteras_i, kontrollaktivitet, copied_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing",
        id.0,
        node.0,
        year,
        &c.process,
        &c.arbetssatt,
        &c.oonskad_handelse,
        c.sannolikhet,
        c.konsekvens,
        &c.systematisk_kontroll,
        &c.dokumenteras_i,
        &c.kontrollaktivitet,
        copied_from.map(|c| c.0),
    )?;
    if added == 0 {
        return Ok(());
    }
    for level in LEVELS {
        let anchor = schedule::carried(tx, copied_from.map(|c| c.0), Some(level)).await?;
        let schedule = Schedule { anchor, counted_from, ..schedule_of(ScheduleId::new(), id, node, year, level, c) };
        match copied_from {
            Some(_) => schedule::save_again(tx, &schedule).await?,
            None => schedule::save(tx, &schedule).await?,
        }
    }
    let fields = changes(fields(c).into_iter().map(|(label, value)| (label, String::new(), value)));
    let what = if copied_from.is_some() { "Kopierad från förra året" } else { "Tillagd" };
    record(tx, now, node, id, what, "", fields).await
}

/// Changes a row and brings its occurrences in step. `Conflict` when it is no longer as the person saw it.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, id: InternkontrollId, version: i64, c: &Content) -> Result<()> {
    let (before, _) = get(tx, id).await?;
    let done = execute!(
        tx,
        "update internkontroll set process = $3, arbetssatt = $4, oonskad_handelse = $5, sannolikhet = $6,
                konsekvens = $7, systematisk_kontroll = $8, dokumenteras_i = $9, kontrollaktivitet = $10,
                version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        &c.process,
        &c.arbetssatt,
        &c.oonskad_handelse,
        c.sannolikhet,
        c.konsekvens,
        &c.systematisk_kontroll,
        &c.dokumenteras_i,
        &c.kontrollaktivitet,
    )?;
    touched(done)?;
    for standing in schedule::of_source(tx, id.0).await? {
        let level = standing.level.ok_or(Error::NotFound)?;
        schedule::save(tx, &schedule_of(standing.id, id, before.node, before.year, level, c)).await?;
    }
    let differing =
        changes(fields(&before.content).into_iter().zip(fields(c)).map(|((label, old), (_, new))| (label, old, new)));
    record(tx, now, before.node, id, "Ändrad", "", differing).await
}

/// The next version: who changes the row as it was before it was taken out or put back is told.
async fn passed(tx: &mut Tx, id: InternkontrollId) -> Result<()> {
    touched(execute!(tx, "update internkontroll set version = version + 1 where id = $1", id.0)?)
}

/// Removes a row from the plan, with the reason. What was done stays.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, id: InternkontrollId, reason: &str) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::retire(tx, id.0).await?)?;
    record(tx, now, row.node, id, "Borttagen ur planen", reason, vec![]).await
}

/// Puts a removed row back.
pub async fn restore(tx: &mut Tx, now: DateTime<Utc>, id: InternkontrollId) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::restore(tx, id.0).await?)?;
    record(tx, now, row.node, id, "Återställd till planen", "", vec![]).await
}

/// Copies a unit's rows to another year; rows already copied there are left alone. Gives the number copied.
pub async fn copy_plan(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    from: i32,
    to: impl Into<PlanYear>,
) -> Result<usize> {
    let to = to.into();
    tx.hold(Held::Node(node)).await?;
    let standing = list(tx, node, from).await?;
    let copied: Vec<Uuid> = rows!(
        tx,
        (Uuid,),
        "select copied_from from internkontroll where node_id = $1 and year = $2 and copied_from is not null",
        node.0,
        to.year
    )?
    .into_iter()
    .map(|(id,)| id)
    .collect();
    let mut count = 0;
    for row in standing.iter().filter(|r| !copied.contains(&r.id.0)) {
        insert(tx, now, InternkontrollId::new(), node, to, &row.content.in_year(to.year), Some(row.id)).await?;
        count += 1;
    }
    Ok(count)
}

fn schedule_of(
    schedule: ScheduleId,
    id: InternkontrollId,
    node: NodeId,
    year: i32,
    level: Level,
    c: &Content,
) -> Schedule {
    Schedule {
        id: schedule,
        node,
        year,
        area: Area::Internkontroll,
        source: id.0,
        level: Some(level),
        category: Category::Internkontroll,
        title: c.title(level).to_owned(),
        description: String::new(),
        recurrence: c.recurrence,
        responsible: c.responsible(level),
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
    let date = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
    let int = |n: Option<i64>| n.map(format::int).unwrap_or_default();
    vec![
        ("Process", c.process.clone()),
        ("Arbetssätt", c.arbetssatt.clone()),
        ("Oönskad händelse", c.oonskad_handelse.clone()),
        ("Sannolikhet", int(c.sannolikhet)),
        ("Konsekvens", int(c.konsekvens)),
        ("Systematisk kontroll", c.systematisk_kontroll.clone()),
        ("Dokumenteras i", c.dokumenteras_i.clone()),
        ("Utförs av", who(c.utfors_av)),
        ("Kontrollaktivitet", c.kontrollaktivitet.clone()),
        ("Kontrollansvarig", who(c.kontrollansvarig)),
        ("Hur ofta", c.recurrence.label()),
        ("Start", date(c.start)),
        ("Slut", date(c.end)),
        ("Klockslag", c.hours.map(Hours::label).unwrap_or_default()),
    ]
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: InternkontrollId,
    what: &str,
    reason: &str,
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Internkontroll, thing: id.0, what, reason, changes }).await
}
