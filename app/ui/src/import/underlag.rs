//! Underlag: the tables that a preview stands on, kept between the upload and the confirmation. It lies among the
//! sessions, where every server process finds it and where what has expired is removed.

use domain::{
    id::{BatchId, PersonId},
    import::{Plan, Table},
    personnummer::varning,
    siffror::serie::SerieId,
    verksamhetsplan::plan::PlanId,
};
use serde::{Deserialize, Serialize};
use store::{Tx, session};
use uuid::Uuid;

use crate::error::AppError;

/// How long a table is kept, in seconds.
pub const KEPT_SECONDS: i64 = 30 * 60;
/// How many files' tables one person has at most; a new one takes the place of another.
const SLOTS: u128 = 20;
/// How many tables of one file are kept beside each other.
const BESIDE_MAX: usize = 10;

/// What tables are read into: those of one are no other's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    code: String,
    /// The most bytes of the tables of one file.
    most: usize,
}

impl Till {
    /// A plan of a unit.
    #[must_use]
    pub fn plan(plan: Plan) -> Self {
        Self { code: plan.code().to_owned(), most: 2 * 1024 * 1024 }
    }

    /// A verksamhetsplan: its goals, indikatorer, outcomes, expected results and aktiviteter.
    #[must_use]
    pub fn plantabell(id: PlanId) -> Self {
        Self { code: format!("plantabell:{id}"), most: 4 * 1024 * 1024 }
    }

    /// A series, whose tables are longer.
    #[must_use]
    pub fn serie(id: SerieId) -> Self {
        Self { code: format!("serie:{id}"), most: 8 * 1024 * 1024 }
    }

    /// The account of a verksamhetsplan.
    #[must_use]
    pub fn konto(id: PlanId) -> Self {
        Self { code: format!("konto:{id}"), most: 2 * 1024 * 1024 }
    }
}

/// What is kept of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<T = Vec<Table>> {
    id: Uuid,
    person: PersonId,
    /// The code of what it is read into.
    #[serde(rename = "plan")]
    till: String,
    /// The clock of pages, which may be frozen. The row's own expiry goes by real time.
    since: i64,
    /// What the file is called, or that it was pasted.
    #[serde(default)]
    pub rubrik: String,
    /// Its tables.
    pub tables: T,
}

/// The name of a file as it may be shown and kept: without one that tells of a person.
#[must_use]
pub fn rubrik(file: Option<&str>) -> String {
    match file.map(str::trim) {
        Some(name) if name.is_empty() || varning(name).is_some() => "Fil".to_owned(),
        Some(name) => name.chars().take(120).collect(),
        None => "Inklistrat".to_owned(),
    }
}

/// Keeps the tables that can be meant for a person, without taking the place of those in `beside`, which were kept of the
/// same file. `now` is the clock of pages and `real_now` the real time, both in seconds. `None` when it holds too much text.
pub async fn keep(
    tx: &mut Tx,
    person: PersonId,
    till: &Till,
    (rubrik, tables): (&str, &[Table]),
    beside: &[Uuid],
    (now, real_now): (i64, i64),
) -> Result<Option<Uuid>, AppError> {
    let slot = |id: &Uuid| id.as_u128() % SLOTS;
    let mut id = BatchId::new().0;
    // a file has a few at most, so that most ids will do
    while beside.len() < BESIDE_MAX && beside.iter().any(|other| slot(other) == slot(&id)) {
        id = BatchId::new().0;
    }
    let kept = Kept { id, person, till: till.code.clone(), since: now, rubrik: rubrik.to_owned(), tables };
    let data = serde_json::to_string(&kept).map_err(|e| AppError::Internal(e.to_string()))?;
    if data.len() > till.most {
        return Ok(None);
    }
    session::save(tx, &key(person, id), &data, real_now + KEPT_SECONDS).await?;
    Ok(Some(id))
}

/// What was kept, when it is this person's, for the same, and not too old.
pub async fn get(tx: &mut Tx, person: PersonId, till: &Till, id: Uuid, now: i64) -> Result<Option<Kept>, AppError> {
    Ok(fetch(tx, person, till.clone(), id, now).await?.and_then(Fetched::read))
}

/// What was kept, as it lies: reading long tables takes the processor for a while, and needs no transaction.
pub struct Fetched {
    data: String,
    person: PersonId,
    till: Till,
    id: Uuid,
    now: i64,
}

/// What lies where something was kept.
pub async fn fetch(tx: &mut Tx, person: PersonId, till: Till, id: Uuid, now: i64) -> Result<Option<Fetched>, AppError> {
    // the expiry of the row is for the hourly cleaning
    let found = session::get(tx, &key(person, id), i64::MIN).await?;
    Ok(found.map(|(data, _)| Fetched { data, person, till, id, now }))
}

impl Fetched {
    /// What it is, when it is this person's, for the same, and not too old.
    #[must_use]
    pub fn read(self) -> Option<Kept> {
        let kept: Kept = serde_json::from_str(&self.data).ok()?;
        let is_it = kept.id == self.id && kept.person == self.person && kept.till == self.till.code;
        (is_it && self.now - kept.since <= KEPT_SECONDS).then_some(kept)
    }
}

/// Never the key of a session: those are hashes.
fn key(person: PersonId, id: Uuid) -> String {
    format!("underlag:{person}:{}", id.as_u128() % SLOTS)
}
