//! What results are made of: counts of published answers, free texts, how many were handed out, results from elsewhere.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    enkat::{
        Enkat, Period,
        fordelning::{Fordelning, is_rounded},
        resultat::{Par, Rakning, Utifran, UtifranForm},
    },
    history::changes,
    id::{EnkatId, EnkatVersionId},
    kon::Kon,
    seen::seen,
};
use uuid::Uuid;

use super::record;
use crate::{
    Error, Result, Tx,
    hold::Held,
    in_row::{InRow, Versioned, versioned},
};

/// The counts of published answers of an enkät.
pub async fn rakningar(tx: &mut Tx, enkat: &Enkat) -> Result<Vec<Rakning>> {
    let found = rows!(
        tx,
        (Uuid, i32, String, i32, String, i32, i64),
        "select r.version_id, r.fraga, r.period, r.wave, r.kon, r.value, r.n
         from enkat_rakning r join enkat_version v on v.id = r.version_id where v.enkat_id = $1",
        enkat.id.0
    )?;
    let read = |(version, fraga, period, wave, kon, value, n): (Uuid, i32, String, i32, String, i32, i64)| {
        let in_row = InRow::of("enkat_rakning", version);
        let period: Period = in_row.code("period", &period, |p| p.parse().ok())?;
        Ok(Rakning {
            version: EnkatVersionId(version),
            fraga,
            wave: in_row.must("wave", usize::try_from(wave).ok())?,
            closed: enkat.has_closed(period),
            period,
            kon: in_row.code_if_any("kon", kon.as_str(), Kon::from_code)?,
            value: usize::try_from(value).ok(),
            n,
        })
    };
    found.into_iter().map(read).collect()
}

/// How answers to a question go together with those to the overall question.
pub async fn par(tx: &mut Tx, id: EnkatId) -> Result<Vec<Par>> {
    let found = rows!(
        tx,
        (Uuid, i32, i32, i32, i64),
        "select p.version_id, p.fraga, p.value, p.overall_value, p.n
         from enkat_par p join enkat_version v on v.id = p.version_id where v.enkat_id = $1",
        id.0
    )?;
    let value = |v: i32| usize::try_from(v).ok();
    Ok(found
        .into_iter()
        .filter_map(|(version, fraga, v, overall, n)| {
            Some(Par { version: EnkatVersionId(version), fraga, value: value(v)?, overall: value(overall)?, n })
        })
        .collect())
}

/// A free text, parted from its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fritext {
    /// Random: it leads to no answer.
    pub id: Uuid,
    /// Key of the question.
    pub fraga: i32,
    /// `2026-11`.
    pub period: String,
    /// What was written.
    pub text: String,
    /// Whether it may be shown on APT.
    pub apt: bool,
}

/// The free texts of an enkät, the latest period first and within it in no order.
pub async fn fritexter(tx: &mut Tx, id: EnkatId) -> Result<Vec<Fritext>> {
    let found = rows!(
        tx,
        (Uuid, i32, String, String, bool),
        "select f.id, f.fraga, f.period, f.body, f.apt from enkat_fritext f join enkat_version v on v.id = f.version_id
         where v.enkat_id = $1 order by f.period desc, f.id",
        id.0
    )?;
    Ok(found.into_iter().map(|(id, fraga, period, text, apt)| Fritext { id, fraga, period, text, apt }).collect())
}

/// How many free texts an enkät has.
pub async fn count_fritexter(tx: &mut Tx, id: EnkatId) -> Result<i64> {
    let found = row!(
        tx,
        (i64,),
        "select cast(count(*) as bigint) from enkat_fritext f join enkat_version v on v.id = f.version_id
         where v.enkat_id = $1",
        id.0
    )?;
    Ok(found.map_or(0, |(n,)| n))
}

/// Says whether a free text of the enkät may be shown on APT.
pub async fn mark_fritext(tx: &mut Tx, now: DateTime<Utc>, enkat: &Enkat, text: Uuid, apt: bool) -> Result<()> {
    let done = execute!(
        tx,
        "update enkat_fritext set apt = $3 where id = $1
             and version_id in (select id from enkat_version where enkat_id = $2)",
        text,
        enkat.id.0,
        apt
    )?;
    if done == 0 {
        return Err(Error::NotFound);
    }
    let what = if apt { "Fritext får visas på APT" } else { "Fritext visas inte på APT" };
    record(tx, now, enkat.node, enkat.id, what, vec![]).await
}

/// How many were handed out, by period.
pub async fn utdelade(tx: &mut Tx, id: EnkatId) -> Result<Vec<(String, i64)>> {
    Ok(rows!(tx, (String, i64), "select period, n from enkat_utdelade where enkat_id = $1 order by period", id.0)?)
}

/// What is written of how many were handed out, as a form names it that is to change it.
#[must_use]
pub fn utdelade_seen(utdelade: &[(String, i64)]) -> String {
    let rows: Vec<String> = utdelade.iter().map(|(period, n)| format!("{period} {n}")).collect();
    seen(rows.iter().map(String::as_str))
}

/// Writes how many were handed out in a period; none takes the figure away. `Conflict` when they are no longer as the
/// person saw them ([`utdelade_seen`]).
pub async fn set_utdelade(
    tx: &mut Tx,
    now: DateTime<Utc>,
    enkat: &Enkat,
    (period, n): (&str, Option<i64>),
    saw: &str,
) -> Result<()> {
    tx.hold(Held::Enkat(enkat.id)).await?;
    let standing = utdelade(tx, enkat.id).await?;
    if utdelade_seen(&standing) != saw {
        return Err(Error::Conflict);
    }
    let before = standing.into_iter().find(|(p, _)| p == period).map(|(_, n)| n);
    execute!(tx, "delete from enkat_utdelade where enkat_id = $1 and period = $2", enkat.id.0, period)?;
    if let Some(n) = n {
        execute!(tx, "insert into enkat_utdelade (enkat_id, period, n) values ($1, $2, $3)", enkat.id.0, period, n)?;
    }
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let label = format!("Utdelade {period}");
    record(tx, now, enkat.node, enkat.id, "Ändrad", changes([(label.as_str(), text(before), text(n))])).await
}

impl Versioned for Fordelning {}

/// Results from elsewhere, in the order of their waves.
pub async fn utifran(tx: &mut Tx, id: EnkatId) -> Result<Vec<Utifran>> {
    let found = rows!(
        tx,
        (Uuid, i32, String, String, String, f64, Option<i64>, String),
        "select id, fraga, source, wave, kon, share, n, fordelning
         from enkat_utifran where enkat_id = $1 order by wave, id",
        id.0
    )?;
    let read =
        |(id, fraga, source, wave, kon, share, n, spread): (_, _, _, _, String, _, _, String)| -> Result<Utifran> {
            let in_row = InRow::of("enkat_utifran", id);
            let fordelning = match spread.as_str() {
                "" => None,
                text => Some(in_row.versioned("fordelning", text)?),
            };
            let kon = in_row.code_if_any("kon", kon.as_str(), Kon::from_code)?;
            Ok(Utifran { id, row: UtifranForm { fraga, source, wave, kon, share, n, fordelning } })
        };
    found.into_iter().map(read).collect()
}

/// Writes results from elsewhere. One of the same question, source, wave and kön takes the place of the one that is there. Its
/// distribution stays where a share alone is written that is the same. Gives those whose distribution went: its share was
/// another.
pub async fn save_utifran(
    tx: &mut Tx,
    now: DateTime<Utc>,
    enkat: &Enkat,
    rows: &[UtifranForm],
) -> Result<Vec<UtifranForm>> {
    tx.hold(Held::Enkat(enkat.id)).await?;
    // of each place what stands there, also of one that is written twice here
    let place = |row: &UtifranForm| (row.fraga, row.source.clone(), row.wave.clone(), row.kon.map(Kon::code));
    let mut standing: HashMap<_, _> =
        utifran(tx, enkat.id).await?.into_iter().map(|u| (place(&u.row), u.row)).collect();
    let mut gone = Vec::new();
    for row in rows {
        let mut row = row.clone();
        if let Some(old) = standing.get(&place(&row)).filter(|old| row.fordelning.is_none() && old.fordelning.is_some())
        {
            if is_rounded(row.share, old.share) {
                (row.share, row.fordelning) = (old.share, old.fordelning.clone());
            } else {
                gone.push(row.clone());
            }
        }
        standing.insert(place(&row), row.clone());
        let spread = match &row.fordelning {
            None => String::new(),
            Some(spread) => versioned(spread)?,
        };
        execute!(
            tx,
            "insert into enkat_utifran (id, enkat_id, fraga, source, wave, kon, share, n, fordelning)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (enkat_id, fraga, source, wave, kon)
             do update set share = excluded.share, n = excluded.n, fordelning = excluded.fordelning",
            Uuid::new_v4(),
            enkat.id.0,
            row.fraga,
            &row.source,
            &row.wave,
            row.kon.map_or("", Kon::code),
            row.share,
            row.n,
            spread
        )?;
    }
    let lost = if gone.is_empty() { String::new() } else { gone.len().to_string() };
    let told = changes([
        ("Värden utifrån", String::new(), rows.len().to_string()),
        ("Fördelningar borttagna", String::new(), lost),
    ]);
    record(tx, now, enkat.node, enkat.id, "Värden utifrån inlästa", told).await?;
    Ok(gone)
}

/// Takes away a result from elsewhere.
pub async fn delete_utifran(tx: &mut Tx, now: DateTime<Utc>, enkat: &Enkat, id: Uuid) -> Result<()> {
    let done = execute!(tx, "delete from enkat_utifran where id = $1 and enkat_id = $2", id, enkat.id.0)?;
    if done == 0 {
        return Err(Error::NotFound);
    }
    record(tx, now, enkat.node, enkat.id, "Värde utifrån borttaget", vec![]).await
}
