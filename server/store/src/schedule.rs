//! Schedules and the occurrences that follow from them: written when a control or an activity is, so that lists only read.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    counted, format,
    history::changes,
    hours::Hours,
    id::{GruppId, NodeId, OccurrenceId, PersonId, ScheduleId},
    organisation::Node,
    permission::{Action, Area, Role},
    recurrence::{Recurrence, Slot},
    schedule::{Category, Level, Responsible, Schedule},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Second},
    history::{self, Record},
    in_row::InRow,
    occurrence::places,
    organisation,
};

/// Who, from the three columns.
pub(crate) fn responsible_of(
    in_row: InRow,
    role: Option<&str>,
    person: Option<Uuid>,
    grupp: Option<Uuid>,
) -> Result<Responsible> {
    let role = in_row.code_if_any("responsible_role", role, Role::from_code)?;
    Ok(match (role, person, grupp) {
        (Some(role), _, _) => Responsible::Role(role),
        (_, Some(person), _) => Responsible::Person(PersonId(person)),
        (_, _, Some(grupp)) => Responsible::Grupp(GruppId(grupp)),
        _ => Responsible::Nobody,
    })
}

/// Who, as the three columns.
pub(crate) fn responsible_columns(who: Responsible) -> (Option<&'static str>, Option<Uuid>, Option<Uuid>) {
    match who {
        Responsible::Nobody => (None, None, None),
        Responsible::Role(role) => (Some(role.code()), None, None),
        Responsible::Person(id) => (None, Some(id.0), None),
        Responsible::Grupp(id) => (None, None, Some(id.0)),
    }
}

#[derive(FromRow)]
struct ScheduleRow {
    id: Uuid,
    node_id: Uuid,
    year: i32,
    area: String,
    source_id: Uuid,
    level: Option<String>,
    category: String,
    title: String,
    description: String,
    recurrence: String,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    start_on: Option<NaiveDate>,
    end_on: Option<NaiveDate>,
    anchor_on: Option<NaiveDate>,
    hours: Option<String>,
    laid_on_units: bool,
    counted_from: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<ScheduleRow> for Schedule {
    type Error = Error;

    fn try_from(row: ScheduleRow) -> Result<Self> {
        let in_row = InRow::of("schedule", row.id);
        let role = row.responsible_role.as_deref();
        Ok(Self {
            id: ScheduleId(row.id),
            node: NodeId(row.node_id),
            year: row.year,
            area: in_row.code("area", &row.area, Area::from_code)?,
            source: row.source_id,
            level: in_row.code_if_any("level", row.level.as_deref(), Level::from_code)?,
            category: in_row.code("category", &row.category, Category::from_code)?,
            title: row.title,
            description: row.description,
            recurrence: in_row.code("recurrence", &row.recurrence, Recurrence::from_code)?,
            responsible: responsible_of(in_row, role, row.responsible_person, row.responsible_grupp)?,
            start: row.start_on,
            end: row.end_on,
            anchor: row.anchor_on,
            hours: in_row.code_if_any("hours", row.hours.as_deref(), Hours::from_code)?,
            laid_on_units: row.laid_on_units,
            counted_from: row.counted_from,
            version: row.version,
        })
    }
}

/// A schedule in use.
pub async fn get(tx: &mut Tx, id: ScheduleId) -> Result<Schedule> {
    row!(tx, ScheduleRow, "select * from schedule where id = $1 and active", id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The schedules of a control, in the order of their levels; those taken out of use too.
pub async fn of_source(tx: &mut Tx, source: Uuid) -> Result<Vec<Schedule>> {
    let mut found: Vec<Schedule> = rows!(tx, ScheduleRow, "select * from schedule where source_id = $1", source)?
        .into_iter()
        .map(Schedule::try_from)
        .collect::<Result<_>>()?;
    found.sort_by_key(|s| s.level);
    Ok(found)
}

/// What the schedule of the same level in a copy is counted from; none where nothing is counted.
pub(crate) async fn carried(tx: &mut Tx, copied_from: Option<Uuid>, level: Option<Level>) -> Result<Option<NaiveDate>> {
    let Some(source) = copied_from else { return Ok(None) };
    Ok(of_source(tx, source).await?.iter().find(|s| s.level == level).and_then(Schedule::carried))
}

/// Asks whether who a form lets carry something out belongs where it is carried out; who stands there already is let be.
/// Whatever writes a schedule from a form goes through here: [`save`], and the planning anew of an åtgärd.
pub(crate) async fn check_responsible(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    let before = row!(
        tx,
        (Option<String>, Option<Uuid>, Option<Uuid>),
        "select responsible_role, responsible_person, responsible_grupp from schedule where id = $1",
        schedule.id.0
    )?;
    let in_row = InRow::of("schedule", schedule.id.0);
    let before = match before {
        Some((role, person, grupp)) => responsible_of(in_row, role.as_deref(), person, grupp)?,
        None => Responsible::Nobody,
    };
    let field = schedule.area.who_field(schedule.level);
    belongs::check(tx, schedule.node, [(field, Second::chosen(schedule.responsible, before))]).await
}

/// Writes a schedule of a form, as [`save_again`], if who is to carry it out belongs to its node.
pub(crate) async fn save(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    check_responsible(tx, schedule).await?;
    save_again(tx, schedule).await
}

/// Writes a schedule and brings its occurrences in step: missing ones are made, and those that the rhythm no longer has
/// go away when nobody has touched them. A time that is done, begun, given up or moved by an older rhythm answers for that of
/// the new one ([`Slot::answers_for`]): nothing is asked for twice. Who carries it out is not asked about: they stood in what is copied. From when the
/// year is counted is said when it is made, and by [`recount`] alone after that: a change of anything else keeps it.
pub(crate) async fn save_again(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    let (role, person, grupp) = responsible_columns(schedule.responsible);
    let mut schedule = schedule.clone();
    if schedule.recurrence.is_counted() {
        let before = row!(tx, ScheduleRow, "select * from schedule where id = $1", schedule.id.0)?;
        let before = before.map(Schedule::try_from).transpose()?;
        schedule.anchor = schedule.anchored(before.as_ref());
    }
    let counted = row!(
        tx,
        (Option<NaiveDate>,),
        "insert into schedule (id, node_id, year, area, source_id, level, category, title, description, recurrence,
                               responsible_role, responsible_person, responsible_grupp, start_on, end_on, laid_on_units,
                               anchor_on, counted_from, hours)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         on conflict (id) do update set
             category = excluded.category, title = excluded.title, description = excluded.description,
             recurrence = excluded.recurrence, responsible_role = excluded.responsible_role,
             responsible_person = excluded.responsible_person, responsible_grupp = excluded.responsible_grupp,
             start_on = excluded.start_on, end_on = excluded.end_on, laid_on_units = excluded.laid_on_units,
             anchor_on = excluded.anchor_on, hours = excluded.hours, version = schedule.version + 1
         returning counted_from",
        schedule.id.0,
        schedule.node.0,
        schedule.year,
        schedule.area.code(),
        schedule.source,
        schedule.level.map(Level::code),
        schedule.category.code(),
        &schedule.title,
        &schedule.description,
        schedule.recurrence.code(),
        role,
        person,
        grupp,
        schedule.start,
        schedule.end,
        schedule.laid_on_units,
        schedule.anchor,
        schedule.counted_from,
        schedule.hours.map(Hours::code),
    )?;
    schedule.counted_from = counted.and_then(|(day,)| day);
    bring_in_step(tx, &schedule).await.map(drop)
}

/// Counts a control's year from another day, at both of its levels where it has two: what that leaves out goes away when
/// nobody has touched it, and what it takes in is made. Who changes the control holds it.
pub async fn recount(tx: &mut Tx, now: DateTime<Utc>, source: Uuid, from: Option<NaiveDate>) -> Result<()> {
    let standing = of_source(tx, source).await?;
    let Some(before) = standing.first().filter(|s| s.counted_from != from) else { return Ok(()) };
    execute!(tx, "update schedule set counted_from = $2 where source_id = $1", source, from)?;
    for schedule in &standing {
        bring_in_step(tx, &Schedule { counted_from: from, ..schedule.clone() }).await?;
    }
    let words = |day: Option<NaiveDate>| day.map_or_else(|| "hela året".to_owned(), counted::stored_words);
    let changed = changes([("Räknas", words(before.counted_from), words(from))]);
    let (node, area) = (before.node, before.area);
    history::write(tx, Record { now, node, area, thing: source, what: "Ändrad", reason: "", changes: changed }).await
}

/// How many times of a control's or an activity's rhythm are not asked for, because one that is done, begun, given up or moved
/// in an older rhythm answers for them. Said to whoever changes the rhythm: what is not there is not seen.
pub async fn answered(tx: &mut Tx, source: Uuid) -> Result<usize> {
    let mut answered = 0;
    for schedule in of_source(tx, source).await? {
        let (nodes, slots) = (nodes(tx, &schedule).await?, schedule.slots());
        let at = slots_at(tx, &schedule, &nodes).await?;
        let standing = standing(tx, schedule.id).await?;
        let touched = touched(&schedule, &slots, &standing);
        let asked = |node: Uuid, slot: Slot| {
            standing.iter().any(|(_, n, due, state, moved_from, _)| {
                *n == node && *due == slot.due && state == "planerad" && moved_from.is_none()
            })
        };
        let by_another = |node: Uuid, slot: Slot| !asked(node, slot) && answers(&touched, node, slot);
        answered += at.iter().map(|(n, slots)| slots.iter().filter(|s| by_another(*n, **s)).count()).sum::<usize>();
    }
    Ok(answered)
}

/// The units that a schedule has its times at.
async fn nodes(tx: &mut Tx, schedule: &Schedule) -> Result<Vec<Uuid>> {
    if !schedule.laid_on_units {
        return Ok(vec![schedule.node.0]);
    }
    let found = rows!(
        tx,
        (Uuid,),
        "with recursive below (id) as (
                 select id from node where id = $1
                 union all select n.id from node n join below b on n.parent_id = b.id)
             select n.id from node n join below b on b.id = n.id where n.kind = 'enhet' and n.active",
        schedule.node.0
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Refuses days when the node is not there yet, or not any more: at the field that says them.
pub(crate) async fn check_days(
    tx: &mut Tx,
    node: NodeId,
    field: &str,
    (start, due): (NaiveDate, NaiveDate),
) -> Result<()> {
    let tree = organisation::tree(tx).await?;
    if tree.lives_in(node, start, due) {
        return Ok(());
    }
    let message = match (tree.liv(node).and_then(|liv| liv.from).filter(|from| due < *from), tree.last_day(node)) {
        (Some(from), _) => format!("Enheten finns från {}. Välj en dag från och med då.", format::date(from)),
        (None, Some(last)) => format!("Enhetens sista dag är {}. Välj en dag senast då.", format::date(last)),
        (None, None) => return Ok(()),
    };
    Err(Error::at(field, message))
}

/// The same of what has times: refused where none of them is a day of its unit, for it would be nowhere.
pub(crate) async fn check_times(tx: &mut Tx, schedule: &Schedule, field: &str) -> Result<()> {
    let slots = schedule.slots();
    let tree = organisation::tree(tx).await?;
    match slots.first() {
        Some(first) if !slots.iter().any(|slot| tree.lives_in(schedule.node, slot.start, slot.due)) => {
            check_days(tx, schedule.node, field, (first.start, first.due)).await
        }
        _ => Ok(()),
    }
}

/// The times of a schedule at each of these units: those of its rhythm that lie within the days of the unit.
async fn slots_at(tx: &mut Tx, schedule: &Schedule, nodes: &[Uuid]) -> Result<Vec<(Uuid, Vec<Slot>)>> {
    let slots = schedule.slots();
    let tree = organisation::tree(tx).await?;
    // what is finished after the end has its times there too
    let always = schedule.area.traits().after_end.contains(&Action::TickOwn);
    let of = |node: &Uuid| {
        let lives = |slot: &Slot| always || tree.lives_in(NodeId(*node), slot.start, slot.due);
        slots.iter().copied().filter(lives).collect()
    };
    Ok(nodes.iter().map(|node| (*node, of(node))).collect())
}

/// A time that is there: its id, unit, last day as its slot has it, state, where it was moved from, and first day.
type SlotRow = (Uuid, Uuid, NaiveDate, String, Option<NaiveDate>, NaiveDate);

async fn standing(tx: &mut Tx, schedule: ScheduleId) -> Result<Vec<SlotRow>> {
    let sql = "select id, node_id, slot_due, state, moved_from, start_on from occurrence where schedule_id = $1";
    Ok(rows!(tx, SlotRow, sql, schedule.0)?)
}

/// The times that somebody has done something with and that the rhythm no longer has, by unit.
fn touched(schedule: &Schedule, slots: &[Slot], standing: &[SlotRow]) -> Vec<(Uuid, Slot)> {
    // what is once is said anew each time: an åtgärd that is planned again is to be done again
    let recurs = schedule.recurrence != Recurrence::Once;
    standing
        .iter()
        .filter(|(_, _, due, state, moved_from, start)| {
            let same = |s: &Slot| s.due == *due && (moved_from.is_some() || s.start == *start);
            recurs && (state != "planerad" || moved_from.is_some()) && !slots.iter().any(same)
        })
        .map(|(_, node, due, _, moved_from, start)| (*node, Slot::standing(*start, *due, moved_from.is_some())))
        .collect()
}

fn stands(standing: &[SlotRow], node: Uuid, slot: Slot) -> bool {
    standing.iter().any(|(_, n, due, ..)| *n == node && *due == slot.due)
}

fn answers(touched: &[(Uuid, Slot)], node: Uuid, slot: Slot) -> bool {
    touched.iter().any(|(n, old)| *n == node && old.answers_for(&slot))
}

/// Gives how many times went and came.
async fn bring_in_step(tx: &mut Tx, schedule: &Schedule) -> Result<(u64, u64)> {
    let (mut gone, mut come) = (0, 0);
    let nodes = nodes(tx, schedule).await?;
    let (slots, at) = (schedule.slots(), slots_at(tx, schedule, &nodes).await?);
    let standing = standing(tx, schedule.id).await?;
    for (id, node, due, state, moved_from, start) in &standing {
        let slot = at.iter().find(|(n, _)| n == node).and_then(|(_, slots)| slots.iter().find(|s| s.due == *due));
        if state != "planerad" || moved_from.is_some() {
            continue;
        }
        // somebody may have begun or moved it since we looked
        if let Some(slot) = slot {
            // the last day of a month, and all of the month, end on the same day
            if slot.start != *start {
                let sql = "update occurrence set start_on = $2, version = version + 1
                           where id = $1 and state = 'planerad' and moved_from is null";
                execute!(tx, sql, id, slot.start)?;
            }
        } else {
            // a meeting that is prepared stays with its mark
            let sql = "delete from occurrence where id = $1 and state = 'planerad' and moved_from is null
                       and not exists (select 1 from apt_mote m where m.occurrence_id = $1)";
            gone += execute!(tx, sql, id)?;
        }
    }
    let touched = touched(schedule, &slots, &standing);
    for (node, slots) in at {
        for slot in &slots {
            if stands(&standing, node, *slot) || answers(&touched, node, *slot) {
                continue;
            }
            come += execute!(
                tx,
                "insert into occurrence (id, schedule_id, node_id, year, slot_due, start_on, due_on)
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict (schedule_id, node_id, slot_due) do nothing",
                OccurrenceId::new().0,
                schedule.id.0,
                node,
                schedule.year,
                slot.due,
                slot.start,
                slot.due,
            )?;
        }
    }
    Ok((gone, come))
}

/// Brings what is laid on all units under one of these nodes in step, from `year` on, when a node with its units has been moved in or
/// out there, and says in the history of each control what that did. Gives how many planned times went and came.
pub(crate) async fn lay_anew(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (moved, units): (&Node, &[NodeId]),
    place: &str,
    above: &BTreeSet<NodeId>,
    year: i32,
) -> Result<(u64, u64)> {
    let (mut gone, mut come) = (0, 0);
    // those taken out of use follow too, and are said nothing of: they may be put back
    for active in [true, false] {
        let sql = format!(
            "select * from schedule where laid_on_units and year >= $1 and active = $2 and node_id in ({}) order by id",
            places(3, above.len())
        );
        for row in rows_of!(tx, ScheduleRow, sql, above, i64::from(year), active)? {
            let schedule = Schedule::try_from(row)?;
            let (went, new) = bring_in_step(tx, &schedule).await?;
            if !active || (went, new) == (0, 0) {
                continue;
            }
            (gone, come) = (gone + went, come + new);
            let times = |n: u64| if n == 0 { String::new() } else { format!("{n} planerade") };
            let label = format!("Tillfällen i {}", moved.name);
            let changes = changes([(label.as_str(), times(went), times(new))]);
            let (area, thing) = (schedule.area, schedule.source);
            let record = Record { now, node: moved.id, area, thing, what: "Ändrad", reason: place, changes };
            history::write(tx, record).await?;
            for unit in units {
                tx.note(area, *unit);
            }
        }
    }
    Ok((gone, come))
}

/// What went of planned times when a unit got its last day.
pub(crate) const AFTER_LAST: &str = "Tillfällen efter sista dagen";
/// What went of planned times when a unit got its first day.
pub(crate) const BEFORE_FIRST: &str = "Tillfällen före första dagen";

/// Brings what units have planned themselves in step with their days, from `year` on, and says in the history of each control or
/// activity what that did, under `label`. Gives how many planned times went and came.
pub(crate) async fn follow_days(
    tx: &mut Tx,
    now: DateTime<Utc>,
    units: &[NodeId],
    (label, reason): (&str, &str),
    year: i32,
) -> Result<(u64, u64)> {
    let (mut gone, mut come) = (0, 0);
    let sql = format!(
        "select * from schedule where not laid_on_units and active and year >= $1 and node_id in ({}) order by id",
        places(2, units.len())
    );
    for row in rows_of!(tx, ScheduleRow, sql, units, i64::from(year))? {
        let schedule = Schedule::try_from(row)?;
        let (went, new) = bring_in_step(tx, &schedule).await?;
        if (went, new) == (0, 0) {
            continue;
        }
        (gone, come) = (gone + went, come + new);
        let times = |n: u64| if n == 0 { String::new() } else { format!("{n} planerade") };
        let changes = changes([(label, times(went), times(new))]);
        let (node, area, thing) = (schedule.node, schedule.area, schedule.source);
        history::write(tx, Record { now, node, area, thing, what: "Ändrad", reason, changes }).await?;
    }
    Ok((gone, come))
}

/// Takes the schedules of a control out of use. What is done stays on the wheel; what is open goes from every list.
pub(crate) async fn retire(tx: &mut Tx, source: Uuid) -> Result<u64> {
    Ok(execute!(
        tx,
        "update schedule set active = false, version = version + 1 where source_id = $1 and active",
        source
    )?)
}

/// Puts them back.
pub(crate) async fn restore(tx: &mut Tx, source: Uuid) -> Result<u64> {
    Ok(execute!(
        tx,
        "update schedule set active = true, version = version + 1 where source_id = $1 and not active",
        source
    )?)
}
