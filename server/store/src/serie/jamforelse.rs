//! Jämförelse: what a series is seen beside. Key figures of Kolada are fetched by a job: of several servers one takes each, and what it
//! took and never brought is another's after a while.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Utc};
use domain::{
    history::{changes, said},
    id::NodeId,
    kon::Kon,
    permission::Area,
    siffror::{
        dimension::DimensionsvardeId,
        jamforelse::{ArsVarde, Content, JAMFORELSER_MOST, Jamforelse, JamforelseId, Med, Nyckeltal, passar_inte},
        serie::{Serie, SerieId},
    },
    tal::Tal,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::record;
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::InRow,
    kept::Part,
    occurrence::places,
    touched,
};

/// How old values may be before they are fetched again.
const FETCHED_EVERY: Days = Days::new(30);
/// How long after a fetch that failed the next is tried.
const TRIED_AFTER: TimeDelta = TimeDelta::days(1);
/// How long a server that took one may be about it.
const CLAIMED_FOR: TimeDelta = TimeDelta::minutes(15);
/// Letters of why a fetch failed.
const SAID_MOST: usize = 500;

#[derive(FromRow)]
struct JamforelseRow {
    id: Uuid,
    serie_id: Uuid,
    namn: String,
    med_serie_id: Option<Uuid>,
    med_varde: Option<Uuid>,
    kpi: Option<String>,
    kommun: Option<String>,
    kon: String,
    hamtad: Option<NaiveDate>,
    fel: String,
    asked: bool,
    next_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<JamforelseRow> for Jamforelse {
    type Error = Error;

    fn try_from(row: JamforelseRow) -> Result<Self> {
        let in_row = InRow::of("jamforelse", row.id);
        let med = match (row.med_serie_id, row.kpi, row.kommun) {
            (Some(serie), ..) => Med::Serie { serie: SerieId(serie), varde: row.med_varde.map(DimensionsvardeId) },
            (None, Some(kpi), Some(kommun)) => Med::Kolada(Nyckeltal { kpi, kommun, kon: kon(in_row, &row.kon)? }),
            _ => return in_row.must("kpi", None),
        };
        Ok(Self {
            id: JamforelseId(row.id),
            serie: SerieId(row.serie_id),
            namn: row.namn,
            med,
            hamtad: row.hamtad,
            fel: row.fel,
            begard: row.asked,
            nasta: row.next_at,
            version: row.version,
        })
    }
}

/// Of whom a key figure is; none is all.
fn kon(in_row: InRow, code: &str) -> Result<Option<Kon>> {
    if code.is_empty() { Ok(None) } else { in_row.code("kon", code, Kon::from_code).map(Some) }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select id, serie_id, namn, med_serie_id, med_varde, kpi, kommun, kon, hamtad, fel, asked, next_at, version
             from jamforelse ",
            $tail
        )
    };
}

/// What a series is compared with, in the order it was added.
pub async fn list(tx: &mut Tx, serie: SerieId) -> Result<Arc<[Jamforelse]>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.jamforelser.get(snapshot.as_ref(), &serie) {
        return Ok(kept);
    }
    let found = rows!(tx, JamforelseRow, select!("where serie_id = $1 order by id"), serie.0)?;
    let found: Arc<[Jamforelse]> = found.into_iter().map(Jamforelse::try_from).collect::<Result<_>>()?;
    let weight = found.len().max(1);
    tx.store.memory.jamforelser.set(snapshot.as_ref(), serie, weight, vec![Part::Anything], &found);
    Ok(found)
}

/// `NotFound` when there is no such comparison.
pub async fn get(tx: &mut Tx, id: JamforelseId) -> Result<Jamforelse> {
    row!(tx, JamforelseRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// Compares a series with something. The same id again is the same one: nothing happens. `Invalid` where the other series is none, or
/// of another unit or time; where the value is none of it; where it is compared with that already, or with too many. Whether the
/// person may see the other series is asked before. What is fetched is asked for at once.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: JamforelseId,
    serie: SerieId,
    content: &Content,
) -> Result<()> {
    tx.hold(Held::Serie(serie)).await?;
    if !belongs::is_new(tx, Thing::Jamforelse, id.0, serie.0, content).await? {
        return Ok(());
    }
    let own = super::get(tx, serie).await?;
    let there = list(tx, serie).await?;
    if there.len() >= JAMFORELSER_MOST {
        return Err(Error::at("", format!("En serie har högst {JAMFORELSER_MOST} jämförelser. Ta bort en först.")));
    }
    if there.iter().any(|other| other.med == content.med) {
        let field = if matches!(content.med, Med::Kolada(_)) { "kpi" } else { "serie" };
        return Err(Error::at(field, "Serien jämförs redan med det."));
    }
    fits(tx, &own, &content.med).await?;
    let kolada = match &content.med {
        Med::Kolada(of) => Some(of),
        Med::Serie { .. } => None,
    };
    let (other, varde) = match content.med {
        Med::Serie { serie, varde } => (Some(serie.0), varde.map(|id| id.0)),
        Med::Kolada(_) => (None, None),
    };
    execute!(
        tx,
        "insert into jamforelse (id, serie_id, namn, med_serie_id, med_varde, kpi, kommun, kon, asked, next_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id.0,
        serie.0,
        &content.namn,
        other,
        varde,
        kolada.map(|of| of.kpi.as_str()),
        kolada.map(|of| of.kommun.as_str()),
        kolada.and_then(|of| of.kon).map_or("", Kon::code),
        kolada.is_some(),
        kolada.map(|_| now.trunc_subsecs(0))
    )?;
    let told = told(tx, &own, content).await?;
    record(tx, now, (own.node, serie), ("Jämförelse tillagd", ""), said(told)).await
}

/// Takes a comparison away, with what was fetched for it. `Conflict` when it is no longer as the person saw it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, before: &Jamforelse, version: i64) -> Result<()> {
    let own = super::get(tx, before.serie).await?;
    let content = Content { namn: before.namn.clone(), med: before.med.clone() };
    let told = told(tx, &own, &content).await?;
    // it is held first: a fetch that ends just then would leave years of what is gone
    let sql = "update jamforelse set version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, before.id.0, version)?)?;
    execute!(tx, "delete from jamforelse_varde where jamforelse_id = $1", before.id.0)?;
    execute!(tx, "delete from jamforelse where id = $1", before.id.0)?;
    let gone = told.into_iter().map(|(label, was)| (label, was, String::new()));
    record(tx, now, (own.node, own.id), ("Jämförelse borttagen", ""), changes(gone)).await
}

/// The years of some comparisons, each in the order of time. One that has none is not there.
pub async fn ars_varden(tx: &mut Tx, ids: &[JamforelseId]) -> Result<HashMap<JamforelseId, Vec<ArsVarde>>> {
    let mut found: HashMap<JamforelseId, Vec<ArsVarde>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "select jamforelse_id, ar, tal, antal, status from jamforelse_varde where jamforelse_id in ({})
         order by jamforelse_id, ar",
        places(1, ids.len())
    );
    for (id, ar, tal, count, status) in rows_of!(tx, (Uuid, i64, Option<i64>, Option<i64>, String), sql, ids)? {
        let ar = InRow::of("jamforelse_varde", id).must("ar", i32::try_from(ar).ok())?;
        let tal = tal.map(Tal::of_stored);
        found.entry(JamforelseId(id)).or_default().push(ArsVarde { ar, tal, count, status });
    }
    Ok(found)
}

/// Id, kpi, kommun and kön of what was taken.
type Taken = (Uuid, Option<String>, Option<String>, String);

/// Takes the comparison that has waited longest to be fetched, those that somebody waits for first: one that was never fetched, was
/// asked for, or whose values are older than 30 days. Of a series that is closed only when it is asked for. No other server gets it
/// for 15 minutes. None where nothing is due.
pub async fn claim(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<(JamforelseId, Nyckeltal)>> {
    let now = now.trunc_subsecs(0);
    // two servers at once take two: PostgreSQL passes by what the other is taking
    let skip = if tx.store.is_sqlite() { "" } else { " for update of j skip locked" };
    let sql = format!(
        "update jamforelse set claimed_at = $1 where id = (
             select j.id from jamforelse j join serie s on s.id = j.serie_id
             where j.next_at <= $1 and (j.claimed_at is null or j.claimed_at <= $2)
                 and (j.asked or s.closed_on is null)
             order by j.asked desc, j.next_at, j.id limit 1{skip})
             and (claimed_at is null or claimed_at <= $2)
         returning id, kpi, kommun, kon"
    );
    let taken = row!(tx, Taken, sqlx::AssertSqlSafe(sql), now, now - CLAIMED_FOR)?;
    let Some((id, kpi, kommun, code)) = taken else { return Ok(None) };
    let in_row = InRow::of("jamforelse", id);
    let (kpi, kommun) = (in_row.must("kpi", kpi)?, in_row.must("kommun", kommun)?);
    Ok(Some((JamforelseId(id), Nyckeltal { kpi, kommun, kon: kon(in_row, &code)? })))
}

/// Keeps what was fetched on a day instead of what was there, and tells open pages. Of one that was taken away meanwhile nothing is
/// kept.
pub async fn fetched(tx: &mut Tx, id: JamforelseId, day: NaiveDate, values: &[ArsVarde]) -> Result<()> {
    let next = (day + FETCHED_EVERY).and_time(NaiveTime::MIN).and_utc();
    let sql =
        "update jamforelse set hamtad = $2, fel = '', asked = false, claimed_at = null, next_at = $3 where id = $1";
    if execute!(tx, sql, id.0, day, next)? == 0 {
        return Ok(());
    }
    execute!(tx, "delete from jamforelse_varde where jamforelse_id = $1", id.0)?;
    keep(tx, id, values).await?;
    note(tx, id).await
}

/// Keeps the years of a file beside those that are not in it, and answers how many those are. A file may hold a single year: what is
/// fetched, and when, stays as it was, and the day is that of the file only where all years are of it. `NotFound` where the comparison
/// is gone.
pub async fn merge(tx: &mut Tx, id: JamforelseId, day: NaiveDate, values: &[ArsVarde]) -> Result<usize> {
    // it is held first: of two files that are read in at once no year is lost
    if execute!(tx, "update jamforelse set fel = '' where id = $1", id.0)? == 0 {
        return Err(Error::NotFound);
    }
    let before = ars_varden(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let kept = before.iter().filter(|had| values.iter().all(|value| value.ar != had.ar)).count();
    keep(tx, id, values).await?;
    if kept == 0 {
        execute!(tx, "update jamforelse set hamtad = $2 where id = $1", id.0, day)?;
    }
    note(tx, id).await?;
    Ok(kept)
}

/// Writes years, each instead of what stood there.
async fn keep(tx: &mut Tx, id: JamforelseId, values: &[ArsVarde]) -> Result<()> {
    for value in values {
        execute!(
            tx,
            "insert into jamforelse_varde (jamforelse_id, ar, tal, antal, status) values ($1, $2, $3, $4, $5)
             on conflict (jamforelse_id, ar) do update
             set tal = excluded.tal, antal = excluded.antal, status = excluded.status",
            id.0,
            i64::from(value.ar),
            value.tal.map(Tal::stored),
            value.count,
            &value.status
        )?;
    }
    Ok(())
}

/// Keeps why a fetch gave nothing; it is tried again a day after it was claimed. The values of before stay. What another has fetched
/// meanwhile, for this one was so long about it, stays too.
pub async fn failed(tx: &mut Tx, id: JamforelseId, said: &str) -> Result<()> {
    let sql = "select claimed_at from jamforelse where id = $1";
    let Some((Some(claimed),)) = row!(tx, (Option<DateTime<Utc>>,), sql, id.0)? else { return Ok(()) };
    let said: String = said.chars().take(SAID_MOST).collect();
    let sql = "update jamforelse set fel = $2, asked = false, claimed_at = null, next_at = $3
               where id = $1 and claimed_at is not null";
    execute!(tx, sql, id.0, said, claimed + TRIED_AFTER)?;
    note(tx, id).await
}

/// Asks for a comparison to be fetched as soon as a server can. `NotFound` when it is gone, `Invalid` when it is not fetched.
pub async fn ask(tx: &mut Tx, now: DateTime<Utc>, before: &Jamforelse) -> Result<()> {
    if !before.is_hamtad() {
        return Err(Error::at("id", "Jämförelsen är med en annan serie och behöver inte hämtas."));
    }
    let sql = "update jamforelse set asked = true, next_at = $2 where id = $1";
    if execute!(tx, sql, before.id.0, now.trunc_subsecs(0))? == 0 {
        return Err(Error::NotFound);
    }
    note(tx, before.id).await
}

/// Tells open pages of the unit.
async fn note(tx: &mut Tx, id: JamforelseId) -> Result<()> {
    let sql = "select s.node_id from jamforelse j join serie s on s.id = j.serie_id where j.id = $1";
    if let Some((node,)) = row!(tx, (Uuid,), sql, id.0)? {
        tx.note(Area::Serie, NodeId(node));
    }
    Ok(())
}

/// Asks whether a series can stand beside this one, and has the value that is named.
async fn fits(tx: &mut Tx, own: &Serie, med: &Med) -> Result<()> {
    let Med::Serie { serie, varde } = med else { return Ok(()) };
    let other = match super::get(tx, *serie).await {
        // as of a series of another unit that may not be seen: an answer tells not which
        Err(Error::NotFound) => return Err(Error::at("serie", OTHER)),
        found => found?,
    };
    if let Some(why) = passar_inte(&own.content, &other.content) {
        return Err(Error::at("serie", why));
    }
    if let Some(varde) = varde {
        let first = other.content.dimensioner.first().map(|id| id.0);
        let sql = "select id from dimensionsvarde where id = $1 and dimension_id = $2";
        if row!(tx, (Uuid,), sql, varde.0, first)?.is_none() {
            return Err(Error::at("varde", "Välj ett värde i den andra seriens första uppdelning, eller totalen."));
        }
    }
    Ok(())
}

/// What is said of a series that is none, or that may not be seen.
pub const OTHER: &str = "Serien finns inte, eller så får du inte se den. Välj ur listan.";

/// What the history says of it. Of a series of another unit the unit, and what the line is called: who reads the history may not
/// see that one.
async fn told(tx: &mut Tx, own: &Serie, content: &Content) -> Result<Vec<(&'static str, String)>> {
    let med = match &content.med {
        Med::Kolada(of) => format!("Kolada {}", of.said()),
        Med::Serie { serie, varde } => {
            let other = super::get(tx, *serie).await?;
            if other.node == own.node {
                let part = match varde {
                    Some(id) => row!(tx, (String,), "select namn from dimensionsvarde where id = $1", id.0)?,
                    None => None,
                };
                let part = part.map_or_else(String::new, |(name,)| format!(", {name}"));
                format!("{}{part}", other.content.namn)
            } else {
                let unit = row!(tx, (String,), "select name from node where id = $1", other.node.0)?;
                format!("En serie i {}", unit.map_or_else(String::new, |(name,)| name))
            }
        }
    };
    Ok(vec![("Jämförs med", med), ("Linjen heter", content.namn.clone())])
}
