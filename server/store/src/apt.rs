//! Meetings: when, who, where it stands. Points and slides are in `punkt`, what is said and decided in `protokoll`, the
//! screens on the wall in `skarm`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    aktivitet,
    apt::{Content, Deltagare, Kind, Mall, Mote, State},
    format,
    history::{Change, changes},
    hours::Hours,
    id::{AptId, NodeId, OccurrenceId, PersonId, ScheduleId},
    occurrence::{Andel, Tick},
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::Recurrence,
    schedule::{Category, Responsible},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx, aktivitet as free,
    belongs::{self, Second, Thing},
    history::{self, Record},
    hold::Held,
    in_row::InRow,
    occurrence, schedule, touched,
};

pub mod bildfil;
mod planen;
pub mod protokoll;
pub mod punkt;
pub mod siffror;
pub mod skarm;
pub mod tv;
pub mod visat;

#[derive(FromRow)]
struct MoteRow {
    id: Uuid,
    node_id: Uuid,
    node_name: String,
    kind: String,
    held_on: NaiveDate,
    held_at: String,
    place: String,
    chair_id: Option<Uuid>,
    chair_name: Option<String>,
    secretary_id: Option<Uuid>,
    secretary_name: Option<String>,
    guests: String,
    state: String,
    occurrence_id: Option<Uuid>,
    approver: Option<String>,
    approved_on: Option<NaiveDate>,
    version: i64,
}

fn deltagare(id: Option<Uuid>, name: Option<String>) -> Option<Deltagare> {
    Some(Deltagare { id: PersonId(id?), name: name? })
}

impl TryFrom<MoteRow> for Mote {
    type Error = Error;

    fn try_from(row: MoteRow) -> Result<Self> {
        let in_row = InRow::of("apt_mote", row.id);
        Ok(Self {
            id: AptId(row.id),
            node: NodeId(row.node_id),
            node_name: row.node_name,
            kind: in_row.code("kind", &row.kind, Kind::from_code)?,
            on: row.held_on,
            time: row.held_at,
            place: row.place,
            chair: deltagare(row.chair_id, row.chair_name),
            secretary: deltagare(row.secretary_id, row.secretary_name),
            guests: row.guests,
            state: in_row.code("state", &row.state, State::from_code)?,
            occurrence: row.occurrence_id.map(OccurrenceId),
            approved_by: row.approver.unwrap_or_default(),
            approved_on: row.approved_on,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select m.id, m.node_id, n.name as node_name, m.kind, m.held_on, m.held_at, m.place, m.chair_id,
                    c.name as chair_name, m.secretary_id, s.name as secretary_name, m.guests, m.state, m.occurrence_id,
                    a.name as approver, m.approved_on, m.version
             from apt_mote m
             join node n on n.id = m.node_id
             left join person c on c.id = m.chair_id
             left join person s on s.id = m.secretary_id
             left join person a on a.id = m.approved_by ",
            $tail
        )
    };
}

/// The most meetings that are listed.
pub const MOST: i64 = 300;

/// The meetings of a unit that the person sees, the latest first, and how many there were with those that the person does not see:
/// at most [`MOST`].
pub async fn list(tx: &mut Tx, actor: &Actor, node: NodeId) -> Result<(Vec<Mote>, usize)> {
    let sql = select!("where m.node_id = $1 order by m.held_on desc, m.id desc limit cast($2 as bigint)");
    let all = rows!(tx, MoteRow, sql, node.0, MOST)?;
    let asked = all.len();
    let all = all.into_iter().map(Mote::try_from);
    let seen: Result<Vec<Mote>> = all.filter(|m| m.as_ref().map_or(true, |m| m.is_there_for(actor))).collect();
    Ok((seen?, asked))
}

/// Whether the person sees what a meeting of those who lead has decided: as the meeting, and whoever is to do it.
pub(crate) async fn sees_decided(
    tx: &mut Tx,
    actor: &Actor,
    (node, responsible): (NodeId, Responsible),
    closed_mote: Option<AptId>,
) -> Result<bool> {
    let Some(id) = closed_mote else { return Ok(true) };
    if actor.is_trusted(node, Area::Apt, Action::Edit) || actor.is_responsible(responsible, node) {
        return Ok(true);
    }
    Ok(get(tx, id).await?.is_there_for(actor))
}

/// `NotFound` when there is no such meeting.
pub async fn get(tx: &mut Tx, id: AptId) -> Result<Mote> {
    row!(tx, MoteRow, select!("where m.id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The meeting of a mark on the wheel, if one is prepared.
pub async fn of_occurrence(tx: &mut Tx, id: OccurrenceId) -> Result<Option<AptId>> {
    Ok(row!(tx, (Uuid,), "select id from apt_mote where occurrence_id = $1", id.0)?.map(|(id,)| AptId(id)))
}

/// The last meeting of the kind before a day.
pub async fn before(tx: &mut Tx, node: NodeId, kind: Kind, on: NaiveDate) -> Result<Option<Mote>> {
    let sql =
        select!("where m.node_id = $1 and m.kind = $2 and m.held_on < $3 order by m.held_on desc, m.id desc limit 1");
    row!(tx, MoteRow, sql, node.0, kind.code(), on)?.map(Mote::try_from).transpose()
}

/// The meeting of the kind that was held before this one: one that is only planned has not been.
pub async fn held_before(tx: &mut Tx, mote: &Mote, today: NaiveDate) -> Result<Option<Mote>> {
    before(tx, mote.node, mote.kind, mote.on.min(today + chrono::Days::new(1))).await
}

/// The day that "since last time" counts from when the meeting before was `last`: half a year where there was none.
#[must_use]
pub fn since(mote: &Mote, last: Option<&Mote>) -> NaiveDate {
    last.map_or_else(|| mote.on - chrono::Days::new(182), |m| m.on)
}

/// The agenda that a kind of meeting begins with, and its version; nought while it is the standard one.
pub async fn mall(tx: &mut Tx, node: NodeId, kind: Kind) -> Result<(Mall, i64)> {
    let sql = "select punkter, version from apt_mall where node_id = $1 and kind = $2";
    Ok(match row!(tx, (String, i64), sql, node.0, kind.code())? {
        Some((punkter, version)) => (Mall::of_text(&punkter), version),
        None => (Mall::standard(kind), 0),
    })
}

/// Changes that agenda. `Conflict` when it is no longer as the person saw it.
pub async fn save_mall(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, kind): (NodeId, Kind),
    version: i64,
    mall: &Mall,
) -> Result<()> {
    let (before, _) = self::mall(tx, node, kind).await?;
    let done = execute!(
        tx,
        "insert into apt_mall (node_id, kind, punkter, version) select $1, $2, $3, 1 where $4 = 0
         on conflict (node_id, kind) do nothing",
        node.0,
        kind.code(),
        mall.text(),
        version
    )? + execute!(
        tx,
        "update apt_mall set punkter = $3, version = version + 1 where node_id = $1 and kind = $2 and version = $4 and $4 > 0",
        node.0,
        kind.code(),
        mall.text(),
        version
    )?;
    touched(done)?;
    let told = changes([(kind.label(), before.text(), mall.text())]);
    history::write(
        tx,
        Record { now, node, area: Area::Apt, thing: node.0, what: "Dagordning", reason: "", changes: told },
    )
    .await
}

/// Adds a meeting with its agenda: the points of the unit's own, with the slides and leaders that they had last time. A
/// meeting that has no mark on the wheel yet gets one. The same id again is the same meeting: nothing happens.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: AptId,
    node: NodeId,
    content: &Content,
    mark: Option<OccurrenceId>,
) -> Result<()> {
    tx.hold(Held::Node(node)).await?;
    if !belongs::is_new(tx, Thing::Mote, id.0, node.0, &(content, mark)).await? {
        return Ok(());
    }
    let named = [
        ("mark", mark.map_or(Second::Nothing, Second::Mark)),
        ("chair", content.chair.into()),
        ("secretary", content.secretary.into()),
    ];
    belongs::check(tx, node, named).await?;
    let mark = match mark {
        Some(mark) => {
            let free = row!(
                tx,
                (Uuid,),
                "select o.id from occurrence o where o.id = $1 and o.node_id = $2
                 and not exists (select 1 from apt_mote m where m.occurrence_id = o.id)",
                mark.0,
                node.0
            )?;
            // somebody else has begun to prepare it
            free.ok_or(Error::Conflict)?.0
        }
        None => own_mark(tx, now, node, content).await?,
    };
    let last = before(tx, node, content.kind, content.on).await?;
    execute!(
        tx,
        "insert into apt_mote (id, node_id, kind, held_on, held_at, place, chair_id, secretary_id, occurrence_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.0,
        node.0,
        content.kind.code(),
        content.on,
        &content.time,
        &content.place,
        content.chair.map(|p| p.0),
        content.secretary.map(|p| p.0),
        mark
    )?;
    punkt::lay_out(tx, id, node, content, last.as_ref()).await?;
    record(tx, now, (node, id), "Tillagt", "", changes(fields(content).into_iter().map(|(l, v)| (l, String::new(), v))))
        .await
}

/// A mark of its own on the wheel: an activity with one day. Its id is made here and not by the form: a schedule of another
/// unit cannot be named for it. A resend does not come here, the meeting is there already.
async fn own_mark(tx: &mut Tx, now: DateTime<Utc>, node: NodeId, content: &Content) -> Result<Uuid> {
    schedule::check_days(tx, node, "on", (content.on, content.on)).await?;
    let schedule = ScheduleId::new();
    free::create(tx, now, schedule, node, content.on.year(), &activity(content)).await?;
    let (mark,) =
        row!(tx, (Uuid,), "select id from occurrence where schedule_id = $1", schedule.0)?.ok_or(Error::NotFound)?;
    Ok(mark)
}

fn activity(content: &Content) -> aktivitet::Content {
    aktivitet::Content {
        title: content.kind.label().to_owned(),
        description: String::new(),
        category: Category::Mote,
        responsible: content.chair.map_or(Responsible::Role(Role::Enhetschef), Responsible::Person),
        recurrence: Recurrence::Once,
        start: None,
        end: Some(content.on),
        hours: Hours::from_code(&content.time),
    }
}

/// Changes when, where and who; the mark on the wheel goes with it. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    before: &Mote,
    version: i64,
    c: &Content,
) -> Result<()> {
    let was = |who: &Option<Deltagare>| who.as_ref().map(|d| d.id);
    let named = [
        ("chair", Second::chosen(c.chair, was(&before.chair))),
        ("secretary", Second::chosen(c.secretary, was(&before.secretary))),
    ];
    belongs::check(tx, before.node, named).await?;
    if c.on != before.on {
        schedule::check_days(tx, before.node, "on", (c.on, c.on)).await?;
    }
    let done = execute!(
        tx,
        "update apt_mote set held_on = $3, held_at = $4, place = $5, chair_id = $6, secretary_id = $7, version = version + 1
         where id = $1 and version = $2 and state <> 'justerat'",
        before.id.0,
        version,
        c.on,
        &c.time,
        &c.place,
        c.chair.map(|p| p.0),
        c.secretary.map(|p| p.0)
    )?;
    touched(done)?;
    if let Some(mark) = before.occurrence.filter(|_| c.on != before.on) {
        let item = occurrence::get(tx, actor, mark).await?;
        if item.occurrence.state.is_open() && !item.removed {
            let version = item.occurrence.version;
            occurrence::moved::move_to(tx, now, &item, version, (c.on, c.on), "Mötet är flyttat").await?;
        }
    }
    if let Some(mark) = before.occurrence.filter(|_| c.time != before.time) {
        // a mark of its own; what recurs has hours of its own
        execute!(
            tx,
            "update schedule set hours = $2, version = version + 1
             where recurrence = 'en_gang' and id = (select schedule_id from occurrence where id = $1)",
            mark.0,
            Hours::from_code(&c.time).map(Hours::code)
        )?;
    }
    let old = Content {
        kind: before.kind,
        on: before.on,
        time: before.time.clone(),
        place: before.place.clone(),
        chair: before.chair.as_ref().map(|d| d.id),
        secretary: before.secretary.as_ref().map(|d| d.id),
    };
    let differing = fields(&old).into_iter().zip(fields(c)).map(|((label, old), (_, new))| (label, old, new));
    record(tx, now, (before.node, before.id), "Ändrat", "", changes(differing)).await
}

/// Ends the meeting, takes it up again, or approves its minutes. Ending it ticks its mark on the wheel off.
pub async fn set_state(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    actor: &Actor,
    before: &Mote,
    version: i64,
    to: State,
) -> Result<()> {
    let approver = (to == State::Justerat).then_some(actor.person.0);
    let done = execute!(
        tx,
        "update apt_mote set state = $3, approved_by = $4, approved_on = $5, version = version + 1
         where id = $1 and version = $2 and state <> 'justerat' and ($3 <> 'justerat' or state = 'avslutat')",
        before.id.0,
        version,
        to.code(),
        approver,
        approver.map(|_| today)
    )?;
    touched(done)?;
    if let Some(mark) = before.occurrence.filter(|_| to != State::Planerat) {
        let item = occurrence::get(tx, actor, mark).await?;
        if item.occurrence.state.is_open() && !item.removed {
            let tick = Tick {
                performed_on: before.on.min(today),
                outcome: None,
                andel: Andel::default(),
                note: String::new(),
                figures: vec![],
            };
            occurrence::tick(tx, now, &item, item.occurrence.version, &tick).await?;
        }
    }
    let what = match to {
        State::Planerat => "Återupptaget",
        State::Avslutat => "Avslutat",
        State::Justerat => "Justerat",
    };
    record(tx, now, (before.node, before.id), what, "", vec![]).await
}

/// The meeting, for one who is to change something of it: nobody else does until the transaction ends. `Conflict` when its
/// minutes are approved.
pub async fn open(tx: &mut Tx, id: AptId) -> Result<Mote> {
    tx.hold(Held::Apt(id)).await?;
    let mote = get(tx, id).await?;
    if mote.is_open() { Ok(mote) } else { Err(Error::Conflict) }
}

fn fields(c: &Content) -> Vec<(&'static str, String)> {
    vec![
        ("Möte", c.kind.label().to_owned()),
        ("Dag", format::date(c.on)),
        ("Tid", c.time.clone()),
        ("Plats", c.place.clone()),
    ]
}

pub(super) async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, AptId),
    what: &str,
    reason: &str,
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Apt, thing: id.0, what, reason, changes }).await
}
