//! Occurrences as every list reads them, and what is done with one: tick off, undo, give up; and in its modules move,
//! mark together, sum.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    format,
    history::changes,
    hours::Hours,
    id::{AptId, NodeId, OccurrenceId, PersonId, ScheduleId},
    occurrence::{Andel, Figure, Item, Occurrence, Outcome, Share, State, Tick},
    permission::Area,
    person::Actor,
    recurrence::Recurrence,
    schedule::{Category, Level, Responsible},
    siffror::{serie::SerieId, slag::Mark},
    tal::Tal,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Part, Result, Tx, apt, atgard, genomforande,
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    schedule::responsible_of,
    serie, touched,
};

#[derive(FromRow)]
#[allow(clippy::struct_excessive_bools)] // the columns of the question
struct ItemRow {
    id: Uuid,
    schedule_id: Uuid,
    node_id: Uuid,
    start_on: NaiveDate,
    due_on: NaiveDate,
    moved_from: Option<NaiveDate>,
    state: String,
    outcome: Option<String>,
    total_n: Option<i64>,
    total_d: Option<i64>,
    kvinnor_n: Option<i64>,
    kvinnor_d: Option<i64>,
    man_n: Option<i64>,
    man_d: Option<i64>,
    note: String,
    reason: String,
    performed_by: Option<Uuid>,
    performed_on: Option<NaiveDate>,
    version: i64,
    area: String,
    source_id: Uuid,
    level: Option<String>,
    category: String,
    title: String,
    recurrence: String,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    performer: Option<String>,
    person_name: Option<String>,
    grupp_name: Option<String>,
    has_figures: bool,
    closed_mote: Option<Uuid>,
    hours: Option<String>,
    goes_on: bool,
    active: bool,
    draws: bool,
    counts: bool,
}

/// The one list of columns that every list of items reads.
macro_rules! select_items {
    ($tail:literal) => {
        concat!(
            "select o.id, o.schedule_id, o.node_id, o.start_on, o.due_on, o.moved_from, o.state, o.outcome,
                    o.total_n, o.total_d, o.kvinnor_n, o.kvinnor_d, o.man_n, o.man_d, o.note, o.reason,
                    o.performed_by, o.performed_on, o.version, s.area, s.source_id, s.level, s.category, s.title,
                    s.recurrence, s.responsible_role, s.responsible_person, s.responsible_grupp,
                    p.name as performer, rp.name as person_name, rg.name as grupp_name,
                    o.state = 'utford' and exists (select 1 from figure f where f.occurrence_id = o.id) as has_figures,
                    s.closed_mote, s.hours, s.goes_on, s.active,
                    e.urval is not null or coalesce(m.kind, '') = 'stickprov' as draws,
                    e.malvarde is not null or s.level is not null and o.state in ('planerad', 'pagar') and exists
                        (select 1 from occurrence b join figure f on f.occurrence_id = b.id
                         where b.schedule_id = o.schedule_id) as counts
             from occurrence o
             join schedule s on s.id = o.schedule_id
             left join egenkontroll e on e.id = s.source_id
             left join egenkontroll_mall m on m.egenkontroll_id = s.source_id
             left join person p on p.id = o.performed_by
             left join person rp on rp.id = s.responsible_person
             left join grupp rg on rg.id = s.responsible_grupp ",
            $tail
        )
    };
}

pub mod moved;
pub mod sums;
pub mod together;

pub use sums::{late_count, progress};

/// Everything of a unit's year: what is in use, and what was done before its control was removed.
pub async fn year(tx: &mut Tx, actor: &Actor, node: NodeId, year: i32) -> Result<Vec<Item>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.years.get(snapshot.as_ref(), &(node, year)) {
        let mut items = kept.to_vec();
        own(&mut items, actor);
        return seen(tx, actor, items).await;
    }
    let found = rows!(
        tx,
        ItemRow,
        select_items!("where o.node_id = $1 and o.year = $2 and (s.active or o.state = 'utford')"),
        node.0,
        year
    )?;
    let items = items(tx, actor, found).await?;
    let (weight, parts) = (items.len().max(1), vec![Part::Plan(node), Part::Namn]);
    tx.store.memory.years.set(snapshot.as_ref(), (node, year), weight, parts, &items.clone().into());
    seen(tx, actor, items).await
}

/// What is open at these units with its last day up to `until`, late ones of earlier years included. In the order of the
/// last days, whatever the unit.
pub async fn open(tx: &mut Tx, actor: &Actor, nodes: &[NodeId], until: NaiveDate) -> Result<Vec<Item>> {
    let (snapshot, key) = (tx.snapshot().await?, (nodes.to_vec(), until));
    if let Some(kept) = tx.store.memory.open.get(snapshot.as_ref(), &key) {
        let mut items = kept.to_vec();
        own(&mut items, actor);
        return seen(tx, actor, items).await;
    }
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        select_items!(
            "where o.node_id in ({nodes}) and s.active and not s.unlisted and o.state in ('planerad', 'pagar')
               and (o.due_on <= $1 or o.start_on <= $1)"
        ),
        nodes = places(2, nodes.len())
    );
    let found = rows_of!(tx, ItemRow, sql, nodes, until)?;
    let items = items(tx, actor, found).await?;
    let parts = nodes.iter().copied().map(Part::Plan).chain([Part::Namn]).collect();
    tx.store.memory.open.set(snapshot.as_ref(), key, items.len().max(1), parts, &items.clone().into());
    seen(tx, actor, items).await
}

/// `$2, $3, $4`: the places of so many ids.
pub(crate) fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// The occurrences of a control or an activity, oldest first. Of a removed one what is done and given up, and a run that is
/// under way: it is closed where its answers are.
pub async fn of_source(tx: &mut Tx, actor: &Actor, source: Uuid) -> Result<Vec<Item>> {
    let found = rows!(
        tx,
        ItemRow,
        select_items!(
            "where s.source_id = $1 and (s.active or o.state in ('utford', 'ej_utford') or exists
                 (select 1 from genomforande g where g.occurrence_id = o.id and g.stage = 'pagar'))"
        ),
        source
    )?;
    let items = items(tx, actor, found).await?;
    seen(tx, actor, items).await
}

/// `NotFound` when there is no such occurrence.
pub async fn get(tx: &mut Tx, actor: &Actor, id: OccurrenceId) -> Result<Item> {
    let found = rows!(tx, ItemRow, select_items!("where o.id = $1"), id.0)?;
    items(tx, actor, found).await?.pop().ok_or(Error::NotFound)
}

async fn items(tx: &mut Tx, actor: &Actor, found: Vec<ItemRow>) -> Result<Vec<Item>> {
    let mut figures: HashMap<Uuid, Vec<Figure>> = HashMap::new();
    for row in found.iter().filter(|r| r.has_figures) {
        figures.insert(row.id, figures_of(tx, row.id).await?);
    }
    let mut items = found.into_iter().map(|row| item(row, &mut figures)).collect::<Result<Vec<_>>>()?;
    // here and not in the question: the databases would carry the whole rows through the sorting
    items.sort_by_key(|i| (i.occurrence.due, i.occurrence.id));
    own(&mut items, actor);
    Ok(items)
}

/// Those that the person sees: all but what a meeting of those who lead has decided for others.
async fn seen(tx: &mut Tx, actor: &Actor, mut items: Vec<Item>) -> Result<Vec<Item>> {
    if items.iter().all(|i| i.closed_mote.is_none()) {
        return Ok(items);
    }
    let mut known: HashMap<(AptId, Responsible), bool> = HashMap::new();
    for item in &items {
        let Some(mote) = item.closed_mote else { continue };
        if let Entry::Vacant(unknown) = known.entry((mote, item.responsible)) {
            let of = (item.occurrence.node, item.responsible);
            unknown.insert(apt::sees_decided(tx, actor, of, Some(mote)).await?);
        }
    }
    items.retain(|i| i.closed_mote.is_none_or(|mote| known.get(&(mote, i.responsible)).is_some_and(|sees| *sees)));
    Ok(items)
}

/// Says of each item what it is to the person, and of which unit.
fn own(items: &mut [Item], actor: &Actor) {
    // few differ in what decides
    let mut known: HashMap<(Area, Responsible, NodeId), (bool, bool)> = HashMap::new();
    for item in items {
        let (area, who, node) = (item.area, item.responsible, item.occurrence.node);
        actor.tree.name(node).clone_into(&mut item.node_name);
        (item.mine, item.may_tick) = *known
            .entry((area, who, node))
            .or_insert_with(|| (actor.is_responsible(who, node), actor.may_tick(area, who, node)));
    }
}

async fn figures_of(tx: &mut Tx, occurrence: Uuid) -> Result<Vec<Figure>> {
    let in_row = InRow::of("figure", occurrence);
    rows!(
        tx,
        (String, i64, String, String, Option<String>, Option<Uuid>),
        "select label, value, unit, mark, period, serie_id from figure where occurrence_id = $1 order by position",
        occurrence
    )?
    .into_iter()
    .map(|(label, value, unit, mark, period, serie)| {
        Ok(Figure {
            label,
            value: Tal::of_stored(value),
            unit,
            mark: in_row.code("mark", &mark, Mark::from_code)?,
            period: in_row.code_if_any("period", period.as_deref(), |text| text.parse().ok())?,
            serie: serie.map(SerieId),
        })
    })
    .collect()
}

fn item(row: ItemRow, figures: &mut HashMap<Uuid, Vec<Figure>>) -> Result<Item> {
    let share = |n: Option<i64>, d: Option<i64>| Some(Share { numerator: n?, denominator: d? });
    let in_row = InRow::of("occurrence", row.id);
    let role = row.responsible_role.as_deref();
    let responsible = responsible_of(in_row, role, row.responsible_person, row.responsible_grupp)?;
    let area = in_row.code("area", &row.area, Area::from_code)?;
    let recurrence = in_row.code("recurrence", &row.recurrence, Recurrence::from_code)?;
    let node = NodeId(row.node_id);
    Ok(Item {
        occurrence: Occurrence {
            id: OccurrenceId(row.id),
            schedule: ScheduleId(row.schedule_id),
            node,
            start: row.start_on,
            due: row.due_on,
            moved_from: row.moved_from,
            hours: in_row.code_if_any("hours", row.hours.as_deref(), Hours::from_code)?,
            state: in_row.code("state", &row.state, State::from_code)?,
            outcome: in_row.code_if_any("outcome", row.outcome.as_deref(), Outcome::from_code)?,
            andel: Andel {
                total: share(row.total_n, row.total_d),
                kvinnor: share(row.kvinnor_n, row.kvinnor_d),
                man: share(row.man_n, row.man_d),
            },
            note: row.note,
            figures: figures.remove(&row.id).unwrap_or_default(),
            reason: row.reason,
            performed_by: row.performed_by.map(PersonId),
            performed_on: row.performed_on,
            goes_on: row.goes_on,
            version: row.version,
        },
        area,
        source: row.source_id,
        level: in_row.code_if_any("level", row.level.as_deref(), Level::from_code)?,
        category: in_row.code("category", &row.category, Category::from_code)?,
        title: row.title,
        rhythm: recurrence.label(),
        recurrence: Some(recurrence),
        responsible,
        responsible_label: match responsible {
            Responsible::Nobody => String::new(),
            Responsible::Role(role) => role.label().to_owned(),
            Responsible::Person(_) => row.person_name.unwrap_or_default(),
            Responsible::Grupp(_) => row.grupp_name.unwrap_or_default(),
        },
        node_name: String::new(),
        performed_by_label: row.performer.unwrap_or_default(),
        mine: false,
        may_tick: false,
        closed_mote: row.closed_mote.map(AptId),
        removed: !row.active,
        draws: row.draws,
        counts: row.counts,
    })
}

/// Figures of the last tick of the same schedule: their labels are offered again.
pub async fn last_figures(tx: &mut Tx, schedule: ScheduleId) -> Result<Vec<Figure>> {
    let last = row!(
        tx,
        (Uuid,),
        "select o.id from occurrence o join figure f on f.occurrence_id = o.id
         where o.schedule_id = $1 order by o.due_on desc limit 1",
        schedule.0
    )?;
    match last {
        Some((id,)) => figures_of(tx, id).await,
        None => Ok(vec![]),
    }
}

/// How far a unit's year has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Occurrences in the year.
    pub total: i64,
    /// Occurrences that were carried out.
    pub done: i64,
}

/// A year, and the day up to which is counted what was done in it.
pub type YearUntil = (i32, NaiveDate);

/// Years that have anything planned at a unit, oldest first.
pub async fn years(tx: &mut Tx, node: NodeId) -> Result<Vec<i32>> {
    Ok(rows!(tx, (i32,), "select distinct year from occurrence where node_id = $1 order by year", node.0)?
        .into_iter()
        .map(|(y,)| y)
        .collect())
}

/// Ticks off, and puts its figures into the series that they name. `Conflict` when it is no longer as the person saw it, `Invalid` where
/// a series does not take its figure; what that replaces has been asked about before ([`serie::kontroll::provade`]). Gives the new
/// version, by which it can be undone.
pub async fn tick(tx: &mut Tx, now: DateTime<Utc>, item: &Item, version: i64, tick: &Tick) -> Result<i64> {
    let n = |s: Option<Share>| s.map(|s| s.numerator);
    let d = |s: Option<Share>| s.map(|s| s.denominator);
    let id = item.occurrence.id.0;
    let performer = tx.actor().map(|p| p.0);
    // before the tillfälle, as whoever fills a series holds it before the tillfällen that ask for it
    let provade = serie::kontroll::provade(tx, item.occurrence.node, &tick.figures).await?;
    tx.hold(Held::Occurrence(item.occurrence.id)).await?;
    // a run that is under way is closed where its answers are, then also when its control has been removed
    let run = row!(tx, (String,), "select stage from genomforande where occurrence_id = $1", id)?;
    match run {
        Some((stage,)) if stage == "pagar" => return Err(Error::Conflict),
        Some(_) => {}
        None => in_use(item)?,
    }
    let done = execute!(
        tx,
        "update occurrence set state = 'utford', outcome = $3, total_n = $4, total_d = $5, kvinnor_n = $6,
                kvinnor_d = $7, man_n = $8, man_d = $9, note = $10, performed_by = $11, performed_on = $12,
                performed_at = $13, version = version + 1
         where id = $1 and version = $2 and state in ('planerad', 'pagar')",
        id,
        version,
        tick.outcome.map(Outcome::code),
        n(tick.andel.total),
        d(tick.andel.total),
        n(tick.andel.kvinnor),
        d(tick.andel.kvinnor),
        n(tick.andel.man),
        d(tick.andel.man),
        &tick.note,
        performer,
        tick.performed_on,
        chrono::SubsecRound::trunc_subsecs(now, 3),
    )?;
    touched(done)?;
    for (position, figure) in (1_i32..).zip(&tick.figures) {
        execute!(
            tx,
            "insert into figure (occurrence_id, position, label, value, unit, mark, period, serie_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            position,
            &figure.label,
            figure.value.stored(),
            &figure.unit,
            figure.mark.code(),
            figure.period.map(|period| period.to_string()),
            figure.serie.map(|id| id.0)
        )?;
    }
    serie::kontroll::infor(tx, now, &provade).await?;
    let mut after = item.clone();
    after.occurrence.outcome = tick.outcome;
    after.occurrence.andel = tick.andel;
    after.occurrence.figures.clone_from(&tick.figures);
    record(
        tx,
        now,
        item,
        &item.done(tick.outcome),
        "",
        vec![
            ("Dag", String::new(), format::date(tick.performed_on)),
            ("Resultat", String::new(), after.result_label()),
            ("Infört i", String::new(), serie::kontroll::infort(&provade)),
            ("Beskrivning", String::new(), tick.note.clone()),
        ],
    )
    .await?;
    Ok(version + 1)
}

/// Takes a tick, or a given up one, back to planned. What was noted goes to the history.
pub async fn undo(tx: &mut Tx, now: DateTime<Utc>, item: &Item, version: i64, reason: &str) -> Result<()> {
    in_use(item)?;
    let id = item.occurrence.id.0;
    let done = execute!(
        tx,
        "update occurrence set state = 'planerad', outcome = null, total_n = null, total_d = null, kvinnor_n = null,
                kvinnor_d = null, man_n = null, man_d = null, note = '', reason = '', performed_by = null,
                performed_on = null, performed_at = null, version = version + 1
         where id = $1 and version = $2 and state in ('utford', 'ej_utford')",
        id,
        version
    )?;
    touched(done)?;
    execute!(tx, "delete from figure where occurrence_id = $1", id)?;
    if genomforande::follow(tx, now, item, false, reason).await? {
        execute!(tx, "update occurrence set state = 'pagar' where id = $1", id)?;
    }
    atgard::follow(tx, item, false).await?;
    let before = &item.occurrence;
    record(
        tx,
        now,
        item,
        "Ångrad",
        reason,
        vec![
            ("Dag", before.performed_on.map(format::date).unwrap_or_default(), String::new()),
            ("Resultat", item.result_label(), String::new()),
            ("Beskrivning", before.note.clone(), String::new()),
            ("Orsak", before.reason.clone(), String::new()),
        ],
    )
    .await
}

/// Whether the person ticked this version off within the last ten minutes: then it is undone without a reason.
pub async fn just_ticked(tx: &mut Tx, now: DateTime<Utc>, id: OccurrenceId, person: PersonId) -> Result<bool> {
    let found = row!(
        tx,
        (Option<DateTime<Utc>>,),
        "select performed_at from occurrence where id = $1 and performed_by = $2",
        id.0,
        person.0
    )?;
    Ok(found.and_then(|(at,)| at).is_some_and(|at| (now - at).num_minutes() < 10))
}

/// Gives it up, with the reason.
pub async fn give_up(tx: &mut Tx, now: DateTime<Utc>, item: &Item, version: i64, reason: &str) -> Result<()> {
    in_use(item)?;
    let done = execute!(
        tx,
        "update occurrence set state = 'ej_utford', reason = $3, version = version + 1
         where id = $1 and version = $2 and state in ('planerad', 'pagar')",
        item.occurrence.id.0,
        version,
        reason
    )?;
    touched(done)?;
    genomforande::follow(tx, now, item, true, reason).await?;
    atgard::follow(tx, item, true).await?;
    record(tx, now, item, "Ej utförd", reason, vec![]).await
}

/// Notes that somebody has begun.
pub async fn begin(tx: &mut Tx, now: DateTime<Utc>, item: &Item, version: i64) -> Result<()> {
    in_use(item)?;
    let done = execute!(
        tx,
        "update occurrence set state = 'pagar', version = version + 1
         where id = $1 and version = $2 and state = 'planerad'",
        item.occurrence.id.0,
        version
    )?;
    touched(done)?;
    record(tx, now, item, "Påbörjad", "", vec![]).await
}

/// What has been removed is done nothing with until it is put back, and what follows its thing never: `Conflict`, and
/// [`Item::removed_words`] and [`Item::done_elsewhere`] say it.
pub(crate) fn in_use(item: &Item) -> Result<()> {
    if item.removed || item.kind().follows_thing() { Err(Error::Conflict) } else { Ok(()) }
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    item: &Item,
    what: &str,
    reason: &str,
    fields: Vec<(&str, String, String)>,
) -> Result<()> {
    let record = Record {
        now,
        node: item.occurrence.node,
        area: item.area,
        thing: item.occurrence.id.0,
        what,
        reason,
        changes: changes(fields),
    };
    history::write(tx, record).await
}
