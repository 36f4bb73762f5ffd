//! Answers: taken in, taken back, published. Nothing here writes who, when or in which order.
//!
//! An answer that is taken lies in `enkat_inkorg` until its period has enough of them (`domain::redovisning::slapp`).
//! [`sweep`] then publishes several at once, chosen at random, under new ids, and adds them to the counts that every
//! figure is read from; what goes on waiting is written anew in random order in the same transaction. So neither the
//! order of rows nor the number of the transaction that wrote one tells which answer came when.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::{
    enkat::{Enkat, Period, Svar, Varde, Version},
    id::{EnkatId, EnkatVersionId},
    permission::Area,
    redovisning::{Stage, may_take_back, slapp},
};
use uuid::Uuid;

use super::{get, versions};
use crate::{Result, Store, Tx, shuffle};

/// The value that stands for a question without an answer.
pub const BLANK: i32 = -1;

/// Takes an answer. `false` when it was taken before: a resend.
pub async fn take(tx: &mut Tx, svar: &Svar) -> Result<bool> {
    let new = execute!(tx, "insert into enkat_kvitto (id) values ($1) on conflict (id) do nothing", svar.id)?;
    if new == 0 {
        return Ok(false);
    }
    write_waiting(
        tx,
        &Waiting {
            id: svar.id,
            version: svar.version.0,
            period: svar.period.to_string(),
            kon: svar.kon.map(|k| k.code().to_owned()).unwrap_or_default(),
            svar: as_json(&svar.values)?,
        },
    )
    .await?;
    Ok(true)
}

/// Whether an answer of this id was taken before, or taken back.
pub async fn is_known(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(row!(tx, (Uuid,), "select id from enkat_kvitto where id = $1", id)?.is_some())
}

/// Takes an answer of the enkät back, as long as it waits to be published and enough others do. `false` when it is
/// published, or must stay. A resend of one that has not come is not taken afterwards.
pub async fn take_back(tx: &mut Tx, enkat: &Enkat, id: Uuid) -> Result<bool> {
    let found = row!(
        tx,
        (Uuid, String, String),
        "select i.version_id, i.period, i.kon from enkat_inkorg i join enkat_version v on v.id = i.version_id
         where i.id = $1 and v.enkat_id = $2",
        id,
        enkat.id.0
    )?;
    let Some((version, period, kon)) = found else {
        let new = execute!(tx, "insert into enkat_kvitto (id) values ($1) on conflict (id) do nothing", id)?;
        return Ok(new > 0);
    };
    let (waiting,) = row!(
        tx,
        (i64,),
        "select cast(count(*) as bigint) from enkat_inkorg where version_id = $1 and period = $2 and kon = $3",
        version,
        &period,
        &kon
    )?
    .unwrap_or((0,));
    let late = period.parse().is_ok_and(|p| enkat.has_closed(p));
    let stage = if late { Stage::Closed } else { Stage::Open };
    if !may_take_back(published(tx, version, &period, &kon).await?, waiting, stage) {
        return Ok(false);
    }
    Ok(execute!(tx, "delete from enkat_inkorg where id = $1", id)? > 0)
}

/// A row of `enkat_inkorg`.
struct Waiting {
    id: Uuid,
    version: Uuid,
    period: String,
    kon: String,
    svar: String,
}

async fn write_waiting(tx: &mut Tx, w: &Waiting) -> Result<()> {
    execute!(
        tx,
        "insert into enkat_inkorg (id, version_id, period, kon, svar) values ($1, $2, $3, $4, $5)",
        w.id,
        w.version,
        &w.period,
        &w.kon,
        &w.svar
    )?;
    Ok(())
}

fn as_json(values: &BTreeMap<i32, Varde>) -> Result<String> {
    Ok(serde_json::to_string(values).map_err(|e| sqlx::Error::Encode(e.into()))?)
}

/// How many answers of an enkät wait to be published, and how many are.
pub async fn counts(tx: &mut Tx, id: EnkatId) -> Result<(i64, i64)> {
    let found = row!(
        tx,
        (i64, i64),
        "select (select cast(count(*) as bigint) from enkat_inkorg i join enkat_version v on v.id = i.version_id
                 where v.enkat_id = $1),
                (select cast(coalesce(sum(p.n), 0) as bigint) from enkat_publicerat p
                 join enkat_version v on v.id = p.version_id where v.enkat_id = $1)",
        id.0
    )?;
    Ok(found.unwrap_or((0, 0)))
}

/// Publishes what may be published of every enkät, closes periods that are over, and writes anew what goes on waiting.
/// Gives how many were published.
pub async fn sweep(store: &Store, today: NaiveDate) -> Result<i64> {
    let mut tx = store.system(false).await?;
    let enkater = rows!(
        tx,
        (Uuid, bool),
        "select e.id, exists (select 1 from enkat_inkorg i join enkat_version v on v.id = i.version_id
                              where v.enkat_id = e.id)
         from enkat e where e.state <> 'utkast'"
    )?;
    let mut due = Vec::new();
    for (id, has_waiting) in enkater {
        let enkat = get(&mut tx, EnkatId(id)).await?;
        if has_waiting || enkat.to_be_closed_through(today) != enkat.closed_through {
            due.push(enkat.id);
        }
    }
    drop(tx);
    let mut published = 0;
    for id in due {
        let mut tx = store.system(true).await?;
        published += sweep_one(&mut tx, id, today).await?;
        tx.commit().await?;
    }
    Ok(published)
}

/// As [`sweep`], for one enkät in a transaction of the caller's.
pub async fn sweep_one(tx: &mut Tx, id: EnkatId, today: NaiveDate) -> Result<i64> {
    // the row is locked: another process that sweeps waits here
    execute!(tx, "update enkat set sweeps = sweeps + 1 where id = $1", id.0)?;
    let enkat = get(tx, id).await?;
    let versions = versions(tx, id).await?;
    let through = enkat.to_be_closed_through(today);
    let mut streams: BTreeMap<Stream, Vec<Waiting>> = BTreeMap::new();
    for row in waiting(tx, id).await? {
        let stage = stage_of(&enkat, through, &row.period);
        // what came late is looked through for all köns together
        let kon = if stage == Stage::Closed { String::new() } else { row.kon.clone() };
        let key = Stream { version: row.version, period: row.period.clone(), late: stage == Stage::Closed, kon };
        streams.entry(key).or_default().push(row);
    }
    let (mut going, mut staying) = (Vec::new(), Vec::new());
    for (stream, mut rows) in streams {
        let stage = stage_of(&enkat, through, &stream.period);
        let published = published(tx, stream.version, &stream.period, &stream.kon).await?;
        let n = slapp(published, i64::try_from(rows.len()).unwrap_or(i64::MAX), stage);
        shuffle(&mut rows);
        let rest = rows.split_off(usize::try_from(n).unwrap_or(0).min(rows.len()));
        let wave =
            if stage == Stage::Closed && !rows.is_empty() { next_wave(tx, id, &stream.period).await? } else { 0 };
        if !rows.is_empty() {
            publish(tx, &versions, &rows, wave).await?;
        }
        going.extend(rows);
        staying.extend(rest);
    }
    for row in going.iter().chain(&staying) {
        execute!(tx, "delete from enkat_inkorg where id = $1", row.id)?;
    }
    // their receipts too: they have the same ids, and would otherwise tell the order
    shuffle(&mut staying);
    for row in &staying {
        execute!(tx, "delete from enkat_kvitto where id = $1", row.id)?;
        execute!(tx, "insert into enkat_kvitto (id) values ($1)", row.id)?;
        write_waiting(tx, row).await?;
    }
    if through != enkat.closed_through {
        let through = through.map(|p| p.to_string()).unwrap_or_default();
        execute!(tx, "update enkat set closed_through = $2 where id = $1", id.0, through)?;
    }
    if !going.is_empty() || through != enkat.closed_through {
        tx.note(Area::Enkat, enkat.node);
    }
    Ok(i64::try_from(going.len()).unwrap_or(i64::MAX))
}

/// Answers that are looked through together (`domain::redovisning`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stream {
    version: Uuid,
    period: String,
    late: bool,
    kon: String,
}

fn stage_of(enkat: &Enkat, through: Option<Period>, period: &str) -> Stage {
    match period.parse::<Period>() {
        Ok(p) if enkat.has_closed(p) => Stage::Closed,
        Ok(p) if through.is_some_and(|t| p <= t) => Stage::Closing,
        _ => Stage::Open,
    }
}

/// A number that no publication of the period has had.
async fn next_wave(tx: &mut Tx, id: EnkatId, period: &str) -> Result<i32> {
    let last = row!(
        tx,
        (Option<i32>,),
        "select max(r.wave) from enkat_rakning r join enkat_version v on v.id = r.version_id
         where v.enkat_id = $1 and r.period = $2",
        id.0,
        period
    )?;
    Ok(last.and_then(|(n,)| n).unwrap_or(0) + 1)
}

async fn waiting(tx: &mut Tx, id: EnkatId) -> Result<Vec<Waiting>> {
    let found = rows!(
        tx,
        (Uuid, Uuid, String, String, String),
        "select i.id, i.version_id, i.period, i.kon, i.svar
         from enkat_inkorg i join enkat_version v on v.id = i.version_id where v.enkat_id = $1",
        id.0
    )?;
    Ok(found.into_iter().map(|(id, version, period, kon, svar)| Waiting { id, version, period, kon, svar }).collect())
}

async fn published(tx: &mut Tx, version: Uuid, period: &str, kon: &str) -> Result<i64> {
    let found = row!(
        tx,
        (i64,),
        "select n from enkat_publicerat where version_id = $1 and period = $2 and kon = $3",
        version,
        period,
        kon
    )?;
    Ok(found.map_or(0, |(n,)| n))
}

async fn add_published(tx: &mut Tx, rows: &[Waiting]) -> Result<()> {
    let mut counted: BTreeMap<(Uuid, &str, &str), i64> = BTreeMap::new();
    for row in rows {
        *counted.entry((row.version, &row.period, &row.kon)).or_default() += 1;
    }
    for ((version, period, kon), n) in counted {
        execute!(
            tx,
            "insert into enkat_publicerat (version_id, period, kon, n) values ($1, $2, $3, $4)
             on conflict (version_id, period, kon) do update set n = enkat_publicerat.n + excluded.n",
            version,
            period,
            kon,
            n
        )?;
    }
    Ok(())
}

/// A cell of `enkat_rakning`: version, question, period, kön, value.
type Counted = (Uuid, i32, String, String, i32);

async fn publish(tx: &mut Tx, versions: &[Version], rows: &[Waiting], wave: i32) -> Result<()> {
    add_published(tx, rows).await?;
    let mut counted: BTreeMap<Counted, i64> = BTreeMap::new();
    let mut pairs: HashMap<(Uuid, i32, i32, i32), i64> = HashMap::new();
    let mut texts: Vec<(Uuid, i32, &str, String)> = Vec::new();
    for row in rows {
        let mut values: BTreeMap<i32, Varde> =
            serde_json::from_str(&row.svar).map_err(|e| sqlx::Error::Decode(e.into()))?;
        let Some(version) = versions.iter().find(|v| v.id == EnkatVersionId(row.version)) else { continue };
        let chosen = |values: &BTreeMap<i32, Varde>, key: i32| match values.get(&key) {
            Some(Varde::Val(value)) => i32::try_from(*value).unwrap_or(BLANK),
            _ => BLANK,
        };
        let overall = version.questions.list.iter().find(|q| q.overall).map(|q| (q.key, chosen(&values, q.key)));
        for question in version.questions.list.iter().filter(|q| q.is_choice()) {
            let value = chosen(&values, question.key);
            *counted.entry((row.version, question.key, row.period.clone(), row.kon.clone(), value)).or_default() += 1;
            if let Some((key, overall)) = overall
                && key != question.key
                && value != BLANK
                && overall != BLANK
            {
                *pairs.entry((row.version, question.key, value, overall)).or_default() += 1;
            }
        }
        // a text parts from its answer here, for good
        let own: Vec<i32> = values.iter().filter(|(_, v)| matches!(v, Varde::Text(_))).map(|(k, _)| *k).collect();
        for key in own {
            if let Some(Varde::Text(text)) = values.remove(&key) {
                texts.push((row.version, key, &row.period, text));
            }
        }
        execute!(
            tx,
            "insert into enkat_svar (id, version_id, period, kon, svar) values ($1, $2, $3, $4, $5)",
            Uuid::new_v4(),
            row.version,
            &row.period,
            &row.kon,
            as_json(&values)?
        )?;
    }
    shuffle(&mut texts);
    for (version, fraga, period, text) in texts {
        execute!(
            tx,
            "insert into enkat_fritext (id, version_id, fraga, period, body) values ($1, $2, $3, $4, $5)",
            Uuid::new_v4(),
            version,
            fraga,
            period,
            text
        )?;
    }
    for ((version, fraga, period, kon, value), n) in counted {
        execute!(
            tx,
            "insert into enkat_rakning (version_id, fraga, period, wave, kon, value, n)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (version_id, fraga, period, wave, kon, value)
             do update set n = enkat_rakning.n + excluded.n",
            version,
            fraga,
            period,
            wave,
            kon,
            value,
            n
        )?;
    }
    for ((version, fraga, value, overall), n) in pairs {
        execute!(
            tx,
            "insert into enkat_par (version_id, fraga, value, overall_value, n) values ($1, $2, $3, $4, $5)
             on conflict (version_id, fraga, value, overall_value) do update set n = enkat_par.n + excluded.n",
            version,
            fraga,
            value,
            overall,
            n
        )?;
    }
    Ok(())
}
