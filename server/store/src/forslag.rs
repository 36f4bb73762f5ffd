//! Förbättringsförslag and guldstjärnor. What is said without a name is written so that nobody with the file can tell when,
//! but for the day: a random id, no row numbers, no history, and [`scatter`] writes those of the last days anew, in random
//! order and one transaction, so that neither their order nor what was written beside them tells.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    forslag::{Forslag, Kind, State},
    history::changes,
    id::{ForslagId, NodeId},
    permission::Area,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Store, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    in_row::InRow,
    shuffle, touched,
};

#[derive(FromRow)]
struct ForslagRow {
    id: Uuid,
    node_id: Uuid,
    kind: String,
    text: String,
    state: String,
    reason: String,
    who: Option<String>,
    created_on: NaiveDate,
    changed_on: NaiveDate,
    version: i64,
}

impl TryFrom<ForslagRow> for Forslag {
    type Error = Error;

    fn try_from(row: ForslagRow) -> Result<Self> {
        let in_row = InRow::of("forslag", row.id);
        Ok(Self {
            id: ForslagId(row.id),
            node: NodeId(row.node_id),
            kind: in_row.code("kind", &row.kind, Kind::from_code)?,
            text: row.text,
            state: in_row.code("state", &row.state, State::from_code)?,
            reason: row.reason,
            who: row.who.unwrap_or_default(),
            on: row.created_on,
            changed_on: row.changed_on,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select f.id, f.node_id, f.kind, f.text, f.state, f.reason, p.name as who, f.created_on, f.changed_on, f.version
             from forslag f left join person p on p.id = f.person_id ",
            $tail
        )
    };
}

/// The most that a unit's list holds.
pub const MOST: i64 = 500;

/// What has been said in a unit, the latest first; at most [`MOST`].
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Forslag>> {
    let sql = select!("where f.node_id = $1 order by f.changed_on desc, f.id desc limit cast($2 as bigint)");
    rows!(tx, ForslagRow, sql, node.0, MOST)?.into_iter().map(Forslag::try_from).collect()
}

/// `NotFound` when there is no such förslag.
pub async fn get(tx: &mut Tx, id: ForslagId) -> Result<Forslag> {
    row!(tx, ForslagRow, select!("where f.id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Adds what somebody says. When it is not named, nothing is written that tells who it was or when, and open screens hear
/// of it later, with others. The same id again is the same one: nothing happens.
pub async fn create(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    id: ForslagId,
    node: NodeId,
    (kind, text, named): (Kind, &str, bool),
) -> Result<()> {
    let said = (kind.code(), text, named);
    if !belongs::is_new(tx, Thing::Forslag, id.0, node.0, &said).await? {
        return Ok(());
    }
    let who = tx.actor().filter(|_| named).map(|p| p.0);
    let added = execute!(
        tx,
        "insert into forslag (id, node_id, kind, text, person_id, created_on, changed_on)
         values ($1, $2, $3, $4, $5, $6, $6) on conflict (id) do nothing",
        id.0,
        node.0,
        kind.code(),
        text,
        who,
        today
    )?;
    if added == 0 {
        // the same form sent twice at once
        belongs::same(tx, Thing::Forslag, id.0, &said).await?;
    } else if named {
        let told = changes([("Text", String::new(), text.to_owned())]);
        record(tx, now, node, id, ("Tillagt", ""), told).await?;
    } else {
        tx.note_gathered(Area::Forslag, node);
    }
    Ok(())
}

/// Writes what was said without a name since `since` anew, in random order. To be called by the clock, not when something
/// has come.
pub async fn scatter(store: &Store, since: NaiveDate) -> Result<()> {
    let mut tx = store.system(true).await?;
    let sql = "select id from forslag where person_id is null and created_on >= $1";
    let mut moved: Vec<(Uuid, Uuid)> =
        rows!(&mut tx, (Uuid,), sql, since)?.into_iter().map(|(id,)| (id, Uuid::new_v4())).collect();
    // away and back: SQLite writes a row in its place only when its id changes, and somebody who moves one on meanwhile
    // waits on PostgreSQL and then finds it
    shuffle(&mut moved);
    for (id, away) in &moved {
        execute!(&mut tx, "update forslag set id = $2 where id = $1", id, away)?;
    }
    shuffle(&mut moved);
    for (id, away) in &moved {
        execute!(&mut tx, "update forslag set id = $1 where id = $2", id, away)?;
    }
    tx.commit().await
}

/// Moves a förslag on. `Conflict` when it is no longer as the person saw it.
pub async fn set_state(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    before: &Forslag,
    version: i64,
    (to, reason): (State, &str),
) -> Result<()> {
    let done = execute!(
        tx,
        "update forslag set state = $3, reason = $4, changed_on = $5, version = version + 1 where id = $1 and version = $2",
        before.id.0,
        version,
        to.code(),
        reason,
        today
    )?;
    touched(done)?;
    let told = changes([("Läge", before.state.label().to_owned(), to.label().to_owned())]);
    record(tx, now, before.node, before.id, (to.label(), reason), told).await
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    id: ForslagId,
    (what, reason): (&str, &str),
    changes: Vec<domain::history::Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Forslag, thing: id.0, what, reason, changes }).await
}
