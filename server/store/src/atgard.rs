//! Åtgärder: what, why and where from are here; who, when and how it goes are in their schedules and tillfällen.

pub mod notis;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    apt::Kind,
    atgard::{Atgard, Content, FollowUp, Source},
    format,
    history::changes,
    id::{AptId, AtgardId, ForslagId, NodeId, OccurrenceId, ScheduleId},
    occurrence::{Item, Outcome, State, When},
    permission::Area,
    person::Actor,
    recurrence::Recurrence,
    schedule::{Category, Level, Responsible, Schedule},
    verksamhetsplan::plan::PlanId,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx, apt,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    schedule::{self, responsible_of},
    touched,
};

#[derive(FromRow)]
struct AtgardRow {
    id: Uuid,
    node_id: Uuid,
    node_name: String,
    title: String,
    why: String,
    source_kind: String,
    source_id: Option<Uuid>,
    source_title: Option<String>,
    source_start: Option<NaiveDate>,
    source_due: Option<NaiveDate>,
    source_plan: Option<Uuid>,
    created_on: NaiveDate,
    version: i64,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    person_name: Option<String>,
    grupp_name: Option<String>,
    occurrence_id: Uuid,
    due_on: NaiveDate,
    state: String,
    occurrence_version: i64,
    performed_on: Option<NaiveDate>,
    reason: String,
    f_id: Option<Uuid>,
    f_due: Option<NaiveDate>,
    f_state: Option<String>,
    f_outcome: Option<String>,
    f_note: Option<String>,
    f_on: Option<NaiveDate>,
    closed_mote: Option<Uuid>,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select a.id, a.node_id, n.name as node_name, a.title, a.why, a.source_kind, a.source_id,
                    ss.title as source_title, so.start_on as source_start, so.due_on as source_due,
                    case a.source_kind
                        when 'indikator' then (select i.plan_id from indikator i where i.id = a.source_id)
                        when 'enhetsmal' then (select m.plan_id from mal m where m.id = a.source_id)
                        when 'planaktivitet' then (select pa.plan_id from planaktivitet pa where pa.id = a.source_id)
                        when 'konto' then (select k.plan_id from konto k where k.id = a.source_id)
                    end as source_plan, a.created_on, a.version, s.responsible_role,
                    s.responsible_person, s.responsible_grupp, rp.name as person_name, rg.name as grupp_name,
                    o.id as occurrence_id, o.due_on, o.state, o.version as occurrence_version, o.performed_on, o.reason,
                    fo.id as f_id, fo.due_on as f_due, fo.state as f_state, fo.outcome as f_outcome, fo.note as f_note,
                    fo.performed_on as f_on, s.closed_mote
             from atgard a
             join node n on n.id = a.node_id
             join schedule s on s.source_id = a.id and s.level is null
             join occurrence o on o.schedule_id = s.id
             left join schedule fs on fs.source_id = a.id and fs.level = 'uppfoljning'
             left join occurrence fo on fo.schedule_id = fs.id
             left join person rp on rp.id = s.responsible_person
             left join grupp rg on rg.id = s.responsible_grupp
             left join genomforande g on a.source_kind = 'genomforande' and g.id = a.source_id
             left join occurrence so on so.id = g.occurrence_id
                                     or a.source_kind = 'forekomst' and so.id = a.source_id
             left join schedule ss on ss.id = so.schedule_id ",
            $tail
        )
    };
}

fn atgard(row: AtgardRow, actor: &Actor) -> Result<Atgard> {
    let in_row = InRow::of("atgard", row.id);
    let role = row.responsible_role.as_deref();
    let responsible = responsible_of(in_row, role, row.responsible_person, row.responsible_grupp)?;
    let node = NodeId(row.node_id);
    let state = |code: &str| in_row.code("state", code, State::from_code);
    let source_label = match (row.source_title, row.source_start, row.source_due) {
        (Some(title), Some(start), Some(due)) => format!("{title}, {}", When::of(start, due).with_year()),
        _ => String::new(),
    };
    Ok(Atgard {
        id: AtgardId(row.id),
        node,
        node_name: row.node_name,
        title: row.title,
        why: row.why,
        source: Source::of_columns(&row.source_kind, row.source_id),
        source_label,
        source_plan: row.source_plan.map(PlanId),
        responsible,
        responsible_label: match responsible {
            Responsible::Nobody => String::new(),
            Responsible::Role(role) => role.label().to_owned(),
            Responsible::Person(_) => row.person_name.unwrap_or_default(),
            Responsible::Grupp(_) => row.grupp_name.unwrap_or_default(),
        },
        occurrence: OccurrenceId(row.occurrence_id),
        due: row.due_on,
        state: state(&row.state)?,
        occurrence_version: row.occurrence_version,
        done_on: row.performed_on,
        reason: row.reason,
        follow_up: match (row.f_id, row.f_due, row.f_state) {
            (Some(id), Some(due), Some(stored)) => Some(FollowUp {
                occurrence: OccurrenceId(id),
                due,
                state: state(&stored)?,
                outcome: in_row.code_if_any("outcome", row.f_outcome.as_deref(), Outcome::from_code)?,
                note: row.f_note.unwrap_or_default(),
                on: row.f_on,
            }),
            _ => None,
        },
        created_on: row.created_on,
        may_tick: actor.may_tick(Area::Atgard, responsible, node),
        closed_mote: row.closed_mote.map(AptId),
        version: row.version,
    })
}

/// The åtgärder of a unit that the person sees, in the order of their last day.
pub async fn list(tx: &mut Tx, actor: &Actor, node: NodeId) -> Result<Vec<Atgard>> {
    let found = rows!(tx, AtgardRow, select!("where a.node_id = $1 order by o.due_on, a.id"), node.0)?;
    seen(tx, actor, found).await
}

/// The åtgärder of a source, in the order of their last day.
pub async fn of_source(tx: &mut Tx, actor: &Actor, source: Source) -> Result<Vec<Atgard>> {
    let (kind, id) = source.columns();
    let Some(id) = id else { return Ok(vec![]) };
    let sql = select!("where a.source_kind = $1 and a.source_id = $2 order by o.due_on, a.id");
    let found = rows!(tx, AtgardRow, sql, kind, id)?;
    seen(tx, actor, found).await
}

/// The åtgärder of all förslag of a unit: which förslag, and the åtgärd.
pub async fn of_forslag(tx: &mut Tx, actor: &Actor, node: NodeId) -> Result<Vec<(ForslagId, Atgard)>> {
    let sql = select!("where a.node_id = $1 and a.source_kind = 'forslag' order by o.due_on, a.id");
    let found = rows!(tx, AtgardRow, sql, node.0)?;
    let of = |a: Atgard| if let Source::Forslag(id) = a.source { Some((id, a)) } else { None };
    Ok(seen(tx, actor, found).await?.into_iter().filter_map(of).collect())
}

/// Those that the person sees.
async fn seen(tx: &mut Tx, actor: &Actor, found: Vec<AtgardRow>) -> Result<Vec<Atgard>> {
    let mut out = Vec::with_capacity(found.len());
    for row in found {
        let one = atgard(row, actor)?;
        if apt::sees_decided(tx, actor, (one.node, one.responsible), one.closed_mote).await? {
            out.push(one);
        }
    }
    Ok(out)
}

/// `NotFound` when there is no such åtgärd, or none that the person sees.
pub async fn get(tx: &mut Tx, actor: &Actor, id: AtgardId) -> Result<Atgard> {
    let row = row!(tx, AtgardRow, select!("where a.id = $1"), id.0)?.ok_or(Error::NotFound)?;
    atgard(row, actor)
}

/// The unit of a source: an åtgärd belongs where its source does. `NotFound` when there is no such source.
pub async fn node_of_source(tx: &mut Tx, source: Source) -> Result<Option<NodeId>> {
    let sql = match source {
        Source::Egen => return Ok(None),
        Source::Genomforande(_) => "select node_id from genomforande where id = $1",
        Source::Occurrence(_) => "select node_id from occurrence where id = $1",
        Source::Avvikelse(_) => "select node_id from avvikelse where id = $1",
        Source::Forslag(_) => "select node_id from forslag where id = $1",
        Source::Jamstalldhet(_) => "select node_id from jamstalldhetsanalys where id = $1",
        Source::Apt(_) => "select node_id from apt_mote where id = $1",
        Source::Indikator(_) => {
            "select p.node_id from indikator i join verksamhetsplan p on p.id = i.plan_id where i.id = $1"
        }
        Source::Enhetsmal(_) => {
            "select p.node_id from mal m join verksamhetsplan p on p.id = m.plan_id where m.id = $1"
        }
        Source::Aktivitet(_) => "select node_id from planaktivitet where id = $1",
        Source::Konto(_) => "select p.node_id from konto k join verksamhetsplan p on p.id = k.plan_id where k.id = $1",
    };
    let (_, id) = source.columns();
    let (node,) = row!(tx, (Uuid,), sql, id)?.ok_or(Error::NotFound)?;
    Ok(Some(NodeId(node)))
}

/// The plan that a source stands in; none of what stands in none. `NotFound` when there is no such source.
pub async fn plan_of_source(tx: &mut Tx, source: Source) -> Result<Option<PlanId>> {
    let sql = match source {
        Source::Indikator(_) => "select plan_id from indikator where id = $1",
        Source::Enhetsmal(_) => "select plan_id from mal where id = $1",
        Source::Aktivitet(_) => "select plan_id from planaktivitet where id = $1",
        Source::Konto(_) => "select plan_id from konto where id = $1",
        Source::Egen
        | Source::Genomforande(_)
        | Source::Occurrence(_)
        | Source::Avvikelse(_)
        | Source::Forslag(_)
        | Source::Apt(_)
        | Source::Jamstalldhet(_) => return Ok(None),
    };
    let (_, id) = source.columns();
    let (plan,) = row!(tx, (Uuid,), sql, id)?.ok_or(Error::NotFound)?;
    Ok(Some(PlanId(plan)))
}

/// Adds an åtgärd with its tillfällen. The same id again is the same åtgärd: nothing happens.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    id: AtgardId,
    node: NodeId,
    source: Source,
    c: &Content,
) -> Result<()> {
    let (kind, source_id) = source.columns();
    if !belongs::is_new(tx, Thing::Of(Area::Atgard), id.0, node.0, &(kind, source_id, c)).await? {
        return Ok(());
    }
    if let Source::Occurrence(of) = source {
        // not taken away meanwhile
        tx.hold(Held::Occurrence(of)).await?;
    }
    if let Source::Apt(mote) = source {
        // what a meeting decided stands in its minutes: once they are approved there is no more
        apt::open(tx, mote).await?;
    }
    let created_by = tx.actor().map(|p| p.0);
    let added = execute!(
        tx,
        "insert into atgard (id, node_id, title, why, source_kind, source_id, created_by, created_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        id.0,
        node.0,
        &c.title,
        &c.why,
        kind,
        source_id,
        created_by,
        today,
    )?;
    if added == 0 {
        return Ok(());
    }
    schedule::save(tx, &schedule_of(ScheduleId::new(), id, node, None, c, c.due)).await?;
    if let Some(day) = c.follow_up {
        schedule::save(tx, &schedule_of(ScheduleId::new(), id, node, Some(Level::Uppfoljning), c, day)).await?;
    }
    close_off(tx, id).await?;
    notis::tell(tx, now, (id, node), c.responsible, matches!(source, Source::Avvikelse(_))).await?;
    let fields = fields(c).into_iter().map(|(label, value)| (label, String::new(), value)).collect();
    record(tx, now, node, id, "Tillagd", fields).await
}

/// Changes an åtgärd and moves its open tillfällen. `Conflict` when it is no longer as the person saw it.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, before: &Atgard, version: i64, c: &Content) -> Result<()> {
    let id = before.id;
    let done = execute!(
        tx,
        "update atgard set title = $3, why = $4, version = version + 1 where id = $1 and version = $2",
        id.0,
        version,
        &c.title,
        &c.why
    )?;
    touched(done)?;
    let schedules = schedule::of_source(tx, id.0).await?;
    let of_level = |level: Option<Level>| schedules.iter().find(|s| s.level == level).map(|s| s.id);
    if let Some(schedule) = of_level(None) {
        replan(tx, schedule, &schedule_of(schedule, id, before.node, None, c, c.due)).await?;
    }
    let level = Some(Level::Uppfoljning);
    match (of_level(level), c.follow_up) {
        (Some(schedule), Some(day)) => {
            replan(tx, schedule, &schedule_of(schedule, id, before.node, level, c, day)).await?;
        }
        (None, Some(day)) => {
            // who is responsible was asked about with the åtgärd itself
            schedule::save_again(tx, &schedule_of(ScheduleId::new(), id, before.node, level, c, day)).await?;
        }
        (Some(schedule), None) => {
            let sql = "delete from occurrence where schedule_id = $1 and state in ('planerad', 'pagar')";
            // what has been followed up stays
            if execute!(tx, sql, schedule.0)? > 0 {
                execute!(tx, "delete from schedule where id = $1", schedule.0)?;
            }
        }
        (None, None) => {}
    }
    close_off(tx, id).await?;
    if before.responsible != c.responsible {
        notis::tell(tx, now, (id, before.node), c.responsible, matches!(before.source, Source::Avvikelse(_))).await?;
    }
    let old = Content {
        title: before.title.clone(),
        why: before.why.clone(),
        responsible: before.responsible,
        due: before.due,
        follow_up: before.follow_up.as_ref().map(|f| f.due),
    };
    let fields = fields(&old).into_iter().zip(fields(c)).map(|((label, old), (_, new))| (label, old, new)).collect();
    record(tx, now, before.node, id, "Ändrad", fields).await
}

/// Moves a schedule to another day, possibly of another year, with its tillfälle while that is open: it stays the same
/// tillfälle, so links and history hold.
async fn replan(tx: &mut Tx, id: ScheduleId, new: &Schedule) -> Result<()> {
    schedule::check_responsible(tx, new).await?;
    let (role, person, grupp) = schedule::responsible_columns(new.responsible);
    execute!(
        tx,
        "update schedule set title = $2, year = $3, start_on = $4, end_on = $4, responsible_role = $5,
                responsible_person = $6, responsible_grupp = $7, version = version + 1
         where id = $1",
        id.0,
        &new.title,
        new.year,
        new.end,
        role,
        person,
        grupp
    )?;
    execute!(
        tx,
        "update occurrence set year = $2, slot_due = $3, start_on = $3, due_on = $3, moved_from = null,
                version = version + 1
         where schedule_id = $1 and state in ('planerad', 'pagar') and due_on <> $3",
        id.0,
        new.year,
        new.end
    )?;
    Ok(())
}

/// Says on its schedules whether a meeting of those who lead decided it: by that every list knows whom it is for.
async fn close_off(tx: &mut Tx, id: AtgardId) -> Result<()> {
    execute!(
        tx,
        "update schedule set closed_mote = (
             select m.id from atgard a join apt_mote m on m.id = a.source_id
             where a.id = $1 and a.source_kind = 'apt' and m.kind = $2)
         where source_id = $1",
        id.0,
        Kind::Ledningsgrupp.code()
    )?;
    Ok(())
}

/// Lets the follow-up go with its åtgärd: what was given up is not followed up.
pub(crate) async fn follow(tx: &mut Tx, item: &Item, given_up: bool) -> Result<()> {
    if item.area == Area::Atgard && item.level.is_none() {
        let sql = "update schedule set active = $2 where source_id = $1 and level = 'uppfoljning'";
        execute!(tx, sql, item.source, !given_up)?;
    }
    Ok(())
}

fn schedule_of(
    schedule: ScheduleId,
    id: AtgardId,
    node: NodeId,
    level: Option<Level>,
    c: &Content,
    day: NaiveDate,
) -> Schedule {
    let title = if level.is_some() { format!("Följ upp effekten: {}", c.title) } else { c.title.clone() };
    Schedule {
        id: schedule,
        node,
        year: day.year(),
        area: Area::Atgard,
        source: id.0,
        level,
        category: Category::Atgard,
        title,
        description: String::new(),
        recurrence: Recurrence::Once,
        responsible: c.responsible,
        start: Some(day),
        end: Some(day),
        anchor: None,
        hours: None,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    }
}

fn fields(c: &Content) -> Vec<(&'static str, String)> {
    vec![
        ("Vad", c.title.clone()),
        ("Varför", c.why.clone()),
        ("Ansvarig", c.responsible.told()),
        ("Klar senast", format::date(c.due)),
        ("Följs upp", c.follow_up.map(format::date).unwrap_or_default()),
    ]
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: AtgardId,
    what: &str,
    fields: Vec<(&str, String, String)>,
) -> Result<()> {
    let changes = changes(fields);
    history::write(tx, Record { now, node, area: Area::Atgard, thing: id.0, what, reason: "", changes }).await
}
