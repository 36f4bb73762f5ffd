//! Underlag: the tables that a preview stands on, kept between the upload and the confirmation. It lies among the
//! sessions, where every server process finds it and where what has expired is removed.

use domain::{
    id::{BatchId, PersonId},
    import::{Plan, Table},
};
use serde::{Deserialize, Serialize};
use store::{Tx, session};
use uuid::Uuid;

use crate::error::AppError;

/// How long a table is kept, in seconds.
pub const KEPT_SECONDS: i64 = 30 * 60;
/// The most bytes of the tables of one file.
const BYTES_MAX: usize = 2 * 1024 * 1024;
/// How many files' tables one person has at most; a new one takes the place of another.
const SLOTS: u128 = 20;
/// How many tables of one file are kept beside each other.
const BESIDE_MAX: usize = 10;

#[derive(Serialize, Deserialize)]
struct KeptTables<T> {
    id: Uuid,
    person: PersonId,
    plan: Plan,
    /// The clock of pages, which may be frozen. The row's own expiry goes by real time.
    since: i64,
    tables: T,
}

/// Keeps the tables that can be meant for a person, without taking the place of those in `beside`, which were kept of the
/// same file. `now` is the clock of pages and `real_now` the real time, both in seconds. `None` when it holds too much text.
pub async fn keep(
    tx: &mut Tx,
    person: PersonId,
    plan: Plan,
    tables: &[Table],
    beside: &[Uuid],
    now: i64,
    real_now: i64,
) -> Result<Option<Uuid>, AppError> {
    let slot = |id: &Uuid| id.as_u128() % SLOTS;
    let mut id = BatchId::new().0;
    // a file has a few at most, so that most ids will do
    while beside.len() < BESIDE_MAX && beside.iter().any(|other| slot(other) == slot(&id)) {
        id = BatchId::new().0;
    }
    let kept = KeptTables { id, person, plan, since: now, tables };
    let data = serde_json::to_string(&kept).map_err(|e| AppError::Internal(e.to_string()))?;
    if data.len() > BYTES_MAX {
        return Ok(None);
    }
    session::save(tx, &key(person, id), &data, real_now + KEPT_SECONDS).await?;
    Ok(Some(id))
}

/// The tables, when they are this person's, for this plan, and not too old.
pub async fn get(
    tx: &mut Tx,
    person: PersonId,
    plan: Plan,
    id: Uuid,
    now: i64,
) -> Result<Option<Vec<Table>>, AppError> {
    // the expiry of the row is for the hourly cleaning
    let Some((data, _)) = session::get(tx, &key(person, id), i64::MIN).await? else { return Ok(None) };
    let kept: Option<KeptTables<Vec<Table>>> = serde_json::from_str(&data).ok();
    Ok(kept
        .filter(|k| k.id == id && k.person == person && k.plan == plan && now - k.since <= KEPT_SECONDS)
        .map(|k| k.tables))
}

/// Never the key of a session: those are hashes.
fn key(person: PersonId, id: Uuid) -> String {
    format!("underlag:{person}:{}", id.as_u128() % SLOTS)
}
