//! Släpp: answers that wait are published when there are enough of them, of three persons or more
//! (`domain::redovisning::slapp`): several at once, under new ids, added to the counts that every figure is read from.
//! What goes on waiting is written anew in random order in the same transaction. So neither the order of rows nor the
//! number of the transaction that wrote one tells which answer came when.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::{
    enkat::{Enkat, Inmatat, Period, Varde, Version},
    id::{EnkatId, EnkatVersionId},
    kon::Kon,
    permission::Area,
    redovisning::{Stage, slapp},
};
use uuid::Uuid;

use super::{
    antal, get,
    svar::{Waiting, as_json, write_waiting},
    tabell, versions,
};
use crate::{Result, Store, Tx, in_row::InRow, shuffle};

/// The value that stands for a question without an answer.
pub const BLANK: i32 = -1;

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
    let inmatat = antal::hold(tx, id).await?;
    let enkat = get(tx, id).await?;
    let versions = versions(tx, id).await?;
    let through = enkat.to_be_closed_through(today);
    let mut rows = waiting(tx, id).await?;
    shuffle(&mut rows);
    let mut sweep =
        Sweep { tx, enkat: &enkat, versions: &versions, inmatat, pools: BTreeMap::new(), n: 0, thin: false };
    for row in rows {
        // what cannot be read stays as it is
        let Ok(period) = row.period.parse() else { continue };
        execute!(sweep.tx, "delete from enkat_inkorg where id = $1", row.id)?;
        sweep.pools.entry((row.version, period)).or_default().push(row);
    }
    let last = Period::of(enkat.content.last, enkat.content.grain);
    let is_over = today > enkat.content.last;
    let ended = if is_over { Stage::Last } else { Stage::Ended };
    for period in enkat.closes(through) {
        sweep.carry(|p| p < period, period);
        sweep.look(period, if period == last { ended } else { Stage::Ended }, false).await?;
        if period < last {
            sweep.carry(|p| p == period, period.after());
        }
    }
    let has_closed = |period: Period| through.is_some_and(|t| period <= t);
    if is_over && has_closed(last) {
        sweep.carry(|p| p < last, last);
    }
    let periods: Vec<Period> = sweep.pools.keys().map(|(_, period)| *period).collect();
    for period in periods {
        let stage = match (has_closed(period), period >= last) {
            (false, false) => Stage::Open,
            (false, true) => Stage::OpenLast,
            (true, false) => Stage::Ended,
            (true, true) => ended,
        };
        sweep.look(period, stage, has_closed(period)).await?;
    }
    let Sweep { tx, inmatat, pools, n, thin, .. } = sweep;
    // their receipts too: they have the same ids, and would otherwise tell the order
    let mut staying: Vec<Waiting> = pools
        .into_iter()
        .flat_map(|((_, period), rows)| rows.into_iter().map(move |w| Waiting { period: period.to_string(), ..w }))
        .collect();
    shuffle(&mut staying);
    for row in &staying {
        execute!(tx, "delete from enkat_kvitto where id = $1", row.id)?;
        execute!(tx, "insert into enkat_kvitto (id) values ($1)", row.id)?;
        write_waiting(tx, row).await?;
    }
    tabell::rewrite(tx, id).await?;
    antal::write(tx, id, &inmatat).await?;
    if through != enkat.closed_through {
        let through = through.map(|p| p.to_string()).unwrap_or_default();
        execute!(tx, "update enkat set closed_through = $2 where id = $1", id.0, through)?;
    }
    if thin {
        execute!(tx, "update enkat set thin = $2 where id = $1", id.0, true)?;
    }
    if n > 0 || through != enkat.closed_through {
        tx.note(Area::Enkat, enkat.node);
    }
    Ok(n)
}

/// An enkät that is looked through.
struct Sweep<'a> {
    tx: &'a mut Tx,
    enkat: &'a Enkat,
    versions: &'a [Version],
    inmatat: Inmatat,
    /// What waits, by version and period.
    pools: BTreeMap<(Uuid, Period), Vec<Waiting>>,
    /// How many have been published.
    n: i64,
    /// Whether some of them may be of fewer than three persons.
    thin: bool,
}

impl Sweep<'_> {
    /// What waits for some periods waits for another from now on.
    fn carry(&mut self, which: impl Fn(Period) -> bool, to: Period) {
        let from: Vec<(Uuid, Period)> = self.pools.keys().copied().filter(|(_, p)| which(*p)).collect();
        for (version, period) in from {
            let rows = self.pools.remove(&(version, period)).unwrap_or_default();
            self.pools.entry((version, to)).or_default().extend(rows);
            self.inmatat.carry(EnkatVersionId(version), period, to);
        }
    }

    /// Publishes what may be published of a period; `late` when it was closed before: then as a wave of its own.
    async fn look(&mut self, period: Period, stage: Stage, late: bool) -> Result<()> {
        let keys: Vec<(Uuid, Period)> = self.pools.keys().copied().filter(|(_, p)| *p == period).collect();
        for key in keys {
            let rows = self.pools.remove(&key).unwrap_or_default();
            let mut n: BTreeMap<Option<Kon>, i64> = BTreeMap::new();
            for row in &rows {
                *n.entry(kon(row)?).or_default() += 1;
            }
            let version = EnkatVersionId(key.0);
            let begun = late || stage == Stage::Ended && published(self.tx, version, period).await? > 0;
            let stage = if stage == Stage::Ended && !begun { Stage::Whole } else { stage };
            self.inmatat.account(version, period, n.values().sum());
            let slapp = slapp(&n, &self.inmatat.inmatare(version, period), stage);
            let (mut going, mut staying) = (Vec::new(), Vec::new());
            for row in rows {
                let kon = kon(&row)?;
                if slapp.own.contains(&kon) {
                    going.push(Waiting { period: period.to_string(), ..row });
                } else if slapp.together.contains(&kon) {
                    going.push(Waiting { period: period.to_string(), kon: String::new(), ..row });
                } else {
                    staying.push(row);
                }
            }
            if !going.is_empty() {
                let wave = if late { next_wave(self.tx, self.enkat.id, &period.to_string()).await? } else { 0 };
                shuffle(&mut going);
                publish(self.tx, self.versions, &going, wave).await?;
                let kons: Vec<Option<Kon>> = slapp.own.iter().chain(&slapp.together).copied().collect();
                let left = i64::try_from(staying.len()).unwrap_or(i64::MAX);
                self.inmatat.published(version, period, &kons, left);
                self.n += i64::try_from(going.len()).unwrap_or(i64::MAX);
                self.thin |= slapp.thin;
            }
            if !staying.is_empty() {
                self.pools.insert(key, staying);
            }
        }
        Ok(())
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

/// How many answers of a period have been published.
async fn published(tx: &mut Tx, version: EnkatVersionId, period: Period) -> Result<i64> {
    let found = row!(
        tx,
        (i64,),
        "select cast(coalesce(sum(n), 0) as bigint) from enkat_publicerat where version_id = $1 and period = $2",
        version.0,
        period.to_string()
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

fn kon(row: &Waiting) -> Result<Option<Kon>> {
    InRow::of("enkat_inkorg", row.id).code_if_any("kon", row.kon.as_str(), Kon::from_code)
}

/// A cell of `enkat_rakning`: version, question, period, kön, value.
type Counted = (Uuid, i32, String, String, i32);

async fn publish(tx: &mut Tx, versions: &[Version], rows: &[Waiting], wave: i32) -> Result<()> {
    add_published(tx, rows).await?;
    let mut counted: BTreeMap<Counted, i64> = BTreeMap::new();
    let mut pairs: HashMap<(Uuid, i32, i32, i32), i64> = HashMap::new();
    let mut texts: Vec<(Uuid, i32, &str, String)> = Vec::new();
    for row in rows {
        let mut values: BTreeMap<i32, Varde> = InRow::of("enkat_inkorg", row.id).json("svar", &row.svar)?;
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
