//! The egenkontrollplan: rows of a unit and year, each with its schedule.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    counted::PlanYear,
    egenkontroll::{Content, Egenkontroll},
    format,
    history::changes,
    hours::Hours,
    id::{EgenkontrollId, NodeId, ScheduleId},
    permission::Area,
    recurrence::Recurrence,
    schedule::{Category, Responsible, Schedule},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    schedule::{self, responsible_of},
    touched,
};

#[derive(FromRow)]
struct EgenkontrollRow {
    id: Uuid,
    schedule_id: Uuid,
    node_id: Uuid,
    year: i32,
    number: String,
    kontrollmal: String,
    vad: String,
    metod: String,
    urval: Option<i64>,
    dokumentation: String,
    bedomning: String,
    styrmodell: String,
    anpassning: String,
    malvarde: Option<f64>,
    process: String,
    recurrence: String,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    start_on: Option<NaiveDate>,
    end_on: Option<NaiveDate>,
    counted_from: Option<NaiveDate>,
    anchor_on: Option<NaiveDate>,
    hours: Option<String>,
    laid_on_units: bool,
    version: i64,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select e.id, s.id as schedule_id, e.node_id, e.year, e.number, e.kontrollmal, e.vad, e.metod, e.urval,
                    e.dokumentation, e.bedomning, e.styrmodell, e.anpassning, e.malvarde, e.process, s.recurrence,
                    s.responsible_role, s.responsible_person, s.responsible_grupp, s.start_on, s.end_on, s.counted_from, s.anchor_on, s.hours,
                    s.laid_on_units, e.version
             from egenkontroll e join schedule s on s.source_id = e.id ",
            $tail
        )
    };
}

impl TryFrom<EgenkontrollRow> for Egenkontroll {
    type Error = Error;

    fn try_from(row: EgenkontrollRow) -> Result<Self> {
        let in_row = InRow::of("egenkontroll", row.id);
        Ok(Self {
            id: EgenkontrollId(row.id),
            schedule: ScheduleId(row.schedule_id),
            node: NodeId(row.node_id),
            year: row.year,
            counted_from: row.counted_from,
            anchor: row.anchor_on,
            content: Content {
                number: row.number,
                kontrollmal: row.kontrollmal,
                vad: row.vad,
                metod: row.metod,
                urval: row.urval,
                dokumentation: row.dokumentation,
                bedomning: row.bedomning,
                styrmodell: row.styrmodell,
                anpassning: row.anpassning,
                malvarde: row.malvarde,
                process: row.process,
                responsible: responsible_of(
                    in_row,
                    row.responsible_role.as_deref(),
                    row.responsible_person,
                    row.responsible_grupp,
                )?,
                recurrence: in_row.code("recurrence", &row.recurrence, Recurrence::from_code)?,
                start: row.start_on,
                end: row.end_on,
                hours: in_row.code_if_any("hours", row.hours.as_deref(), Hours::from_code)?,
                laid_on_units: row.laid_on_units,
            },
            version: row.version,
        })
    }
}

/// The plan of a unit and year: its own rows and those that the avdelning has laid on it, in the order of their ids.
pub async fn list(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Egenkontroll>> {
    let found = rows!(
        tx,
        EgenkontrollRow,
        select!(
            "where e.year = $2 and s.active and (e.node_id = $1 or (s.laid_on_units and exists
                 (select 1 from occurrence o where o.schedule_id = s.id and o.node_id = $1)))
             order by e.id"
        ),
        node.0,
        year
    )?;
    found.into_iter().map(Egenkontroll::try_from).collect()
}

/// Rows of a unit and year that have been removed.
pub async fn removed(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Egenkontroll>> {
    let found = rows!(
        tx,
        EgenkontrollRow,
        select!("where e.year = $2 and not s.active and e.node_id = $1 order by e.id"),
        node.0,
        year
    )?;
    found.into_iter().map(Egenkontroll::try_from).collect()
}

/// A row and whether it is in use.
pub async fn get(tx: &mut Tx, id: EgenkontrollId) -> Result<(Egenkontroll, bool)> {
    let row = rows!(tx, EgenkontrollRow, select!("where e.id = $1"), id.0)?.pop().ok_or(Error::NotFound)?;
    let (active,) =
        row!(tx, (bool,), "select active from schedule where id = $1", row.schedule_id)?.ok_or(Error::NotFound)?;
    Ok((row.try_into()?, active))
}

/// Adds a row, counted from a day of its year or the whole of it, with its occurrences. The same id again is the same row: nothing happens.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: EgenkontrollId,
    node: NodeId,
    year: impl Into<PlanYear>,
    content: &Content,
) -> Result<()> {
    insert(tx, now, id, node, year.into(), content, None).await
}

async fn insert(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: EgenkontrollId,
    node: NodeId,
    plan: PlanYear,
    c: &Content,
    copied_from: Option<EgenkontrollId>,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Egenkontroll, id.0, node.0, &(plan, c)).await? {
        return Ok(());
    }
    let PlanYear { year, counted_from } = plan;
    let added = execute!(
        tx,
        "insert into egenkontroll (id, node_id, year, number, kontrollmal, vad, metod, urval, dokumentation, bedomning,
                                   styrmodell, anpassning, malvarde, process, copied_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (id) do nothing",
        id.0,
        node.0,
        year,
        &c.number,
        &c.kontrollmal,
        &c.vad,
        &c.metod,
        c.urval,
        &c.dokumentation,
        &c.bedomning,
        &c.styrmodell,
        &c.anpassning,
        c.malvarde,
        &c.process,
        copied_from.map(|c| c.0),
    )?;
    if added == 0 {
        return Ok(());
    }
    let anchor = schedule::carried(tx, copied_from.map(|c| c.0), None).await?;
    let schedule = Schedule { anchor, counted_from, ..schedule_of(ScheduleId::new(), id, node, year, c) };
    match copied_from {
        Some(_) => schedule::save_again(tx, &schedule).await?,
        None => schedule::save(tx, &schedule).await?,
    }
    let fields = changes(fields(c).into_iter().map(|(label, value)| (label, String::new(), value)));
    let what = if copied_from.is_some() { "Kopierad från förra året" } else { "Tillagd" };
    record(tx, now, node, id, what, "", fields).await
}

/// Changes a row and brings its occurrences in step. `Conflict` when it is no longer as the person saw it.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, id: EgenkontrollId, version: i64, c: &Content) -> Result<()> {
    let (before, _) = get(tx, id).await?;
    let done = execute!(
        tx,
        "update egenkontroll set number = $3, kontrollmal = $4, vad = $5, metod = $6, urval = $7, dokumentation = $8,
                bedomning = $9, styrmodell = $10, anpassning = $11, malvarde = $12, process = $13,
                version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        &c.number,
        &c.kontrollmal,
        &c.vad,
        &c.metod,
        c.urval,
        &c.dokumentation,
        &c.bedomning,
        &c.styrmodell,
        &c.anpassning,
        c.malvarde,
        &c.process,
    )?;
    touched(done)?;
    schedule::save(tx, &schedule_of(before.schedule, id, before.node, before.year, c)).await?;
    let differing =
        changes(fields(&before.content).into_iter().zip(fields(c)).map(|((label, old), (_, new))| (label, old, new)));
    record(tx, now, before.node, id, "Ändrad", "", differing).await
}

/// The next version: who changes the row as it was before it was taken out or put back is told.
async fn passed(tx: &mut Tx, id: EgenkontrollId) -> Result<()> {
    touched(execute!(tx, "update egenkontroll set version = version + 1 where id = $1", id.0)?)
}

/// Removes a row from the plan, with the reason. What was done stays.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, id: EgenkontrollId, reason: &str) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::retire(tx, id.0).await?)?;
    record(tx, now, row.node, id, "Borttagen ur planen", reason, vec![]).await
}

/// Puts a removed row back.
pub async fn restore(tx: &mut Tx, now: DateTime<Utc>, id: EgenkontrollId) -> Result<()> {
    let (row, _) = get(tx, id).await?;
    passed(tx, id).await?;
    touched(schedule::restore(tx, id.0).await?)?;
    record(tx, now, row.node, id, "Återställd till planen", "", vec![]).await
}

/// Copies a unit's own rows to another year; rows already copied there are left alone. Gives the number copied.
pub async fn copy_plan(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    from: i32,
    to: impl Into<PlanYear>,
) -> Result<usize> {
    let to = to.into();
    tx.hold(Held::Node(node)).await?;
    let rows: Vec<Egenkontroll> = list(tx, node, from).await?.into_iter().filter(|e| e.node == node).collect();
    let copied: Vec<Uuid> = rows!(
        tx,
        (Uuid,),
        "select copied_from from egenkontroll where node_id = $1 and year = $2 and copied_from is not null",
        node.0,
        to.year
    )?
    .into_iter()
    .map(|(id,)| id)
    .collect();
    let mut count = 0;
    for row in rows.iter().filter(|r| !copied.contains(&r.id.0)) {
        let content = row.content.in_year(to.year);
        insert(tx, now, EgenkontrollId::new(), node, to, &content, Some(row.id)).await?;
        count += 1;
    }
    Ok(count)
}

fn schedule_of(schedule: ScheduleId, id: EgenkontrollId, node: NodeId, year: i32, c: &Content) -> Schedule {
    Schedule {
        id: schedule,
        node,
        year,
        area: Area::Egenkontroll,
        source: id.0,
        level: None,
        category: Category::Egenkontroll,
        title: c.kontrollmal.clone(),
        description: String::new(),
        recurrence: c.recurrence,
        responsible: c.responsible,
        start: c.start,
        end: c.end,
        anchor: None,
        hours: c.hours,
        laid_on_units: c.laid_on_units,
        counted_from: None,
        version: 0,
    }
}

fn fields(c: &Content) -> Vec<(&'static str, String)> {
    let date = |d: Option<NaiveDate>| d.map(format::date).unwrap_or_default();
    vec![
        ("Nummer", c.number.clone()),
        ("Kontrollmål", c.kontrollmal.clone()),
        ("Vad kontrolleras", c.vad.clone()),
        ("Metod", c.metod.clone()),
        ("Urval", c.urval.map(format::int).unwrap_or_default()),
        ("Hur dokumenteras", c.dokumentation.clone()),
        ("Bedömning", c.bedomning.clone()),
        ("Styrmodell", c.styrmodell.clone()),
        ("Enhetens anpassning", c.anpassning.clone()),
        ("Målvärde (%)", c.malvarde.map(format::decimal).unwrap_or_default()),
        ("Process", c.process.clone()),
        ("Utförs av", who(c.responsible)),
        ("Hur ofta", c.recurrence.label()),
        ("Start", date(c.start)),
        ("Slut", date(c.end)),
        ("Klockslag", c.hours.map(Hours::label).unwrap_or_default()),
        ("Gäller alla enheter", if c.laid_on_units { "ja".to_owned() } else { String::new() }),
    ]
}

/// Who, for the history: roles by their label, persons and groups by what they are, since names may change.
pub(crate) fn who(responsible: Responsible) -> String {
    match responsible {
        Responsible::Nobody => String::new(),
        Responsible::Role(role) => role.label().to_owned(),
        Responsible::Person(_) => "en person".to_owned(),
        Responsible::Grupp(_) => "en grupp".to_owned(),
    }
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: EgenkontrollId,
    what: &str,
    reason: &str,
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Egenkontroll, thing: id.0, what, reason, changes }).await
}
