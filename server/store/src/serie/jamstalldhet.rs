//! Jämställdhet: the analyses of a unit of whether two groups are met alike. What each asks and answers is read as a whole; the series
//! that it is about, if any, is one of the unit's.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    format,
    history::{Change, differing, said},
    id::NodeId,
    permission::Area,
    siffror::{
        jamstalldhet::{
            Content,
            analys::{Analys, JamstalldhetId, Skriven},
        },
        serie::SerieId,
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    history::{self, Record},
    in_row::{InRow, Versioned, versioned},
    kept::Part,
    touched,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct AnalysRow {
    id: Uuid,
    node_id: Uuid,
    serie_id: Option<Uuid>,
    content: String,
    done_on: NaiveDate,
    who: Option<String>,
    version: i64,
}

impl TryFrom<AnalysRow> for Analys {
    type Error = Error;

    fn try_from(row: AnalysRow) -> Result<Self> {
        let content = InRow::of("jamstalldhetsanalys", row.id).versioned("content", &row.content)?;
        let skriven = Skriven { on: row.done_on, serie: row.serie_id.map(SerieId), content };
        let (id, node) = (JamstalldhetId(row.id), NodeId(row.node_id));
        Ok(Self { id, node, skriven, who: row.who.unwrap_or_default(), version: row.version })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select j.id, j.node_id, j.serie_id, j.content, j.done_on, p.name as who, j.version
             from jamstalldhetsanalys j left join person p on p.id = j.person_id ",
            $tail
        )
    };
}

/// The most that a unit's list holds.
pub const MOST: i64 = 200;

/// The analyses of a unit, the latest first; at most [`MOST`].
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Analys>> {
    let sql = select!("where j.node_id = $1 order by j.done_on desc, j.id desc limit cast($2 as bigint)");
    rows!(tx, AnalysRow, sql, node.0, MOST)?.into_iter().map(Analys::try_from).collect()
}

/// The analyses of a unit that were made from one day to another, the latest first; at most [`MOST`].
pub async fn between(tx: &mut Tx, node: NodeId, (first, last): (NaiveDate, NaiveDate)) -> Result<Vec<Analys>> {
    let sql = select!(
        "where j.node_id = $1 and j.done_on >= $2 and j.done_on <= $3 order by j.done_on desc, j.id desc limit cast($4 as bigint)"
    );
    rows!(tx, AnalysRow, sql, node.0, first, last, MOST)?.into_iter().map(Analys::try_from).collect()
}

/// The analyses that are about a series, the latest first; at most [`MOST`].
pub async fn of_serie(tx: &mut Tx, serie: SerieId) -> Result<Arc<[Analys]>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.analyser.get(snapshot.as_ref(), &serie) {
        return Ok(kept);
    }
    let sql = select!("where j.serie_id = $1 order by j.done_on desc, j.id desc limit cast($2 as bigint)");
    let found = rows!(tx, AnalysRow, sql, serie.0, MOST)?;
    let found: Arc<[Analys]> = found.into_iter().map(Analys::try_from).collect::<Result<_>>()?;
    let weight = found.len().max(1);
    tx.store.memory.analyser.set(snapshot.as_ref(), serie, weight, vec![Part::Anything], &found);
    Ok(found)
}

/// `NotFound` when there is no such analysis.
pub async fn get(tx: &mut Tx, id: JamstalldhetId) -> Result<Analys> {
    row!(tx, AnalysRow, select!("where j.id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Adds an analysis in the name of who is logged in. The same id again is the same one: nothing happens. `Invalid` where its series is
/// not the unit's.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: JamstalldhetId,
    node: NodeId,
    skriven: &Skriven,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Jamstalldhet, id.0, node.0, skriven).await? {
        return Ok(());
    }
    belongs::check(tx, node, [("serie", Second::from(skriven.serie))]).await?;
    let who = tx.actor().map(|person| person.0);
    execute!(
        tx,
        "insert into jamstalldhetsanalys (id, node_id, serie_id, content, done_on, person_id)
         values ($1, $2, $3, $4, $5, $6)",
        id.0,
        node.0,
        skriven.serie.map(|serie| serie.0),
        versioned(&skriven.content)?,
        skriven.on,
        who
    )?;
    let told = told(tx, skriven).await?;
    record(tx, now, (node, id), "Skapad", said(told)).await
}

/// Changes an analysis; whose it is stays. `Conflict` when it is no longer as the person saw it, `Invalid` where it has got a series
/// that is not the unit's.
pub async fn update(tx: &mut Tx, now: DateTime<Utc>, before: &Analys, version: i64, skriven: &Skriven) -> Result<()> {
    let was = &before.skriven;
    belongs::check(tx, before.node, [("serie", Second::chosen(skriven.serie, was.serie))]).await?;
    let done = execute!(
        tx,
        "update jamstalldhetsanalys set serie_id = $3, content = $4, done_on = $5, version = version + 1
         where id = $1 and version = $2",
        before.id.0,
        version,
        skriven.serie.map(|serie| serie.0),
        versioned(&skriven.content)?,
        skriven.on
    )?;
    touched(done)?;
    let changes = differing(told(tx, was).await?, told(tx, skriven).await?);
    record(tx, now, (before.node, before.id), "Ändrad", changes).await
}

/// What an analysis says of itself, with the name of its series.
async fn told(tx: &mut Tx, skriven: &Skriven) -> Result<Vec<(&'static str, String)>> {
    let serie = match skriven.serie {
        Some(id) => super::get(tx, id).await?.content.namn,
        None => String::new(),
    };
    let mut told = skriven.content.told();
    told.extend([("Serie", serie), ("Dag", format::date(skriven.on))]);
    Ok(told)
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, JamstalldhetId),
    what: &str,
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Serie, thing: id.0, what, reason: "", changes }).await
}
