//! Answers: taken in and taken back. Nothing here writes who, when or in which order, but for the counts of
//! [`super::antal`], which are sealed. An answer that is taken lies in `enkat_inkorg` until [`super::slapp`] publishes it.

use std::collections::BTreeMap;

use domain::{
    enkat::{Enkat, Kanal, Period, Svar, Varde},
    id::{EnkatId, EnkatVersionId, PersonId},
    kon::Kon,
    redovisning::PAPPER,
    sent::Stands,
};
use uuid::Uuid;

use super::antal;
use crate::{Result, Tx, in_row::InRow};

/// Who enters answers, in the month that goes on (`2026-11`). Kept only as a count.
#[derive(Clone, Copy, Debug)]
pub struct Inmatning<'a> {
    /// Whoever is logged in.
    pub person: PersonId,
    /// `2026-11`, on the clock of the place.
    pub month: &'a str,
    /// Through a form without script: a device counts for itself.
    pub form: bool,
}

/// What stands here under the id of an answer. A device makes the id with the answer, and may send it until the enkät is over:
/// when it is published, or has gone over to the next period, it is the same. A form without script can come back with
/// another answer in it ("Back" in the browser), so it is the same only while it can be seen to be; what is published holds
/// nothing by which it could.
pub async fn stands(tx: &mut Tx, svar: &Svar, form: bool) -> Result<Stands> {
    if row!(tx, (Uuid,), "select id from enkat_kvitto where id = $1", svar.id)?.is_none() {
        return Ok(Stands::Nothing);
    }
    let sql = "select version_id, svar, period, kon from enkat_inkorg where id = $1";
    let same = match row!(tx, (Uuid, String, String, String), sql, svar.id)? {
        Some((version, values, period, kon)) => {
            let kon_now = svar.kon.map_or("", Kon::code);
            let moved = period != svar.period.to_string() || kon != kon_now;
            version == svar.version.0 && values == as_json(&svar.values)? && !(form && moved)
        }
        None => !form,
    };
    Ok(if same { Stands::Same } else { Stands::Other })
}

/// What came of taking answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagna {
    /// How many were not taken before.
    pub new: i64,
    /// The ids of those that were not taken, because another answer has the id. The rest are resends.
    pub other: Vec<Uuid>,
}

/// Takes answers to an enkät.
pub async fn take(tx: &mut Tx, enkat: &Enkat, by: Inmatning<'_>, all: &[Svar]) -> Result<Tagna> {
    // held before anything else: whoever looks through sees answers and counts of the same moment
    let mut inmatat = antal::hold(tx, enkat.id).await?;
    let (exact, mut tagna) = (tx.store.sealing.is_some(), Tagna::default());
    for svar in all {
        let new = execute!(tx, "insert into enkat_kvitto (id) values ($1) on conflict (id) do nothing", svar.id)?;
        if new == 0 {
            if stands(tx, svar, by.form).await? != Stands::Same {
                tagna.other.push(svar.id);
            }
            continue;
        }
        tagna.new += 1;
        inmatat.enter(entered_by(enkat, by), (svar.version, svar.period, svar.kon), exact, 1);
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
    }
    inmatat.begin(by.month);
    if by.form {
        inmatat.count_form(by.person, tagna.new);
    }
    antal::write(tx, enkat.id, &inmatat).await?;
    Ok(tagna)
}

/// Who counts as having entered an answer. What is asked now decides, not what the enkät is changed to before it is
/// published.
pub(super) fn entered_by(enkat: &Enkat, by: Inmatning<'_>) -> PersonId {
    if enkat.content.kanal == Kanal::Papper { PersonId(PAPPER) } else { by.person }
}

/// Takes an answer of the enkät back, as long as it waits to be published. `false` when it is published. A resend of one
/// that has not come is not taken afterwards.
pub async fn take_back(tx: &mut Tx, enkat: &Enkat, by: Inmatning<'_>, id: Uuid) -> Result<bool> {
    let mut inmatat = antal::hold(tx, enkat.id).await?;
    let done = if let Some(key) = taken_back(tx, enkat.id, id).await? {
        inmatat.enter(entered_by(enkat, by), key, tx.store.sealing.is_some(), -1);
        true
    } else {
        execute!(tx, "insert into enkat_kvitto (id) values ($1) on conflict (id) do nothing", id)? > 0
    };
    inmatat.begin(by.month);
    if by.form && done {
        inmatat.count_form(by.person, -1);
    }
    antal::write(tx, enkat.id, &inmatat).await?;
    Ok(done)
}

/// Deletes an answer of the enkät that waits, whose counts are held. What it was counted as; none where it does not wait.
pub(super) async fn taken_back(
    tx: &mut Tx,
    enkat: EnkatId,
    id: Uuid,
) -> Result<Option<(EnkatVersionId, Period, Option<Kon>)>> {
    let found = row!(
        tx,
        (Uuid, String, String),
        "select i.version_id, i.period, i.kon from enkat_inkorg i join enkat_version v on v.id = i.version_id
         where i.id = $1 and v.enkat_id = $2",
        id,
        enkat.0
    )?;
    let Some((version, period, kon)) = found else { return Ok(None) };
    let in_row = InRow::of("enkat_inkorg", id);
    let period = in_row.code("period", &period, |p| p.parse().ok())?;
    let kon = in_row.code_if_any("kon", kon.as_str(), Kon::from_code)?;
    execute!(tx, "delete from enkat_inkorg where id = $1", id)?;
    Ok(Some((EnkatVersionId(version), period, kon)))
}

/// A row of `enkat_inkorg`.
pub(super) struct Waiting {
    pub id: Uuid,
    pub version: Uuid,
    pub period: String,
    pub kon: String,
    pub svar: String,
}

pub(super) async fn write_waiting(tx: &mut Tx, w: &Waiting) -> Result<()> {
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

pub(super) fn as_json(values: &BTreeMap<i32, Varde>) -> Result<String> {
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
