//! Tables of answers, entered all at once and taken back all at once. What is kept of one beside its answers is a mark, by which the
//! same table is known when it comes again: hashed with the key of the server over all of it, in whatever order its rows stand, and
//! of large tables alone. Whoever has the file and no key can try no guess with it.

use domain::{
    enkat::{Enkat, Svar, tabell::REMEMBERED_FROM},
    id::EnkatId,
};
use uuid::Uuid;

use super::{
    antal,
    svar::{Inmatning, as_json, entered_by, take, taken_back},
};
use crate::{Result, Tx};

/// What became of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inlagd {
    /// Its answers are entered; the mark by which it is known from now on, where it got one.
    Ny(Option<Uuid>),
    /// It was entered before, under other ids: nothing is to be kept of this, and it is asked about.
    Samma,
    /// Some of its ids are those of answers that have come before, whatever became of them: the same form again.
    Redan,
}

/// Enters all answers of a table, or none: whatever is not [`Inlagd::Ny`] is to be rolled back. `again`: somebody has said that the
/// same table is to be entered once more.
pub async fn take_all(tx: &mut Tx, enkat: &Enkat, by: Inmatning<'_>, all: &[Svar], again: bool) -> Result<Inlagd> {
    // held first: of two who enter the same table at once the second waits here, and then sees the mark of the first
    let tagna = take(tx, enkat, by, all).await?;
    if usize::try_from(tagna.new).ok() != Some(all.len()) {
        return Ok(Inlagd::Redan);
    }
    let Some(mark) = mark(tx, enkat.id, all)? else { return Ok(Inlagd::Ny(None)) };
    let new = execute!(
        tx,
        "insert into enkat_tabell (id, enkat_id) values ($1, $2) on conflict (id) do nothing",
        mark,
        enkat.id.0
    )?;
    Ok(match (new, again) {
        (0, false) => Inlagd::Samma,
        (0, true) => Inlagd::Ny(None),
        _ => Inlagd::Ny(Some(mark)),
    })
}

/// Whether a table is known when it comes again: whether the server has a key.
#[must_use]
pub fn remembers(tx: &Tx) -> bool {
    tx.store.sealing.as_ref().is_some_and(antal::Sealing::marks)
}

/// The mark of a table: none of a small one, and none without a key.
fn mark(tx: &Tx, enkat: EnkatId, all: &[Svar]) -> Result<Option<Uuid>> {
    let Some(sealing) = tx.store.sealing.as_ref().filter(|_| all.len() >= REMEMBERED_FROM) else { return Ok(None) };
    let mut rows = Vec::with_capacity(all.len());
    for svar in all {
        let kon = svar.kon.map(domain::kon::Kon::code).unwrap_or_default();
        rows.push(format!("{} {} {kon} {}", svar.version, svar.period, as_json(&svar.values)?));
    }
    rows.sort();
    Ok(sealing.mark(enkat.0, rows.join("\n").as_bytes()))
}

/// What became of a table that is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Borttagna {
    /// How many of its answers waited and are gone.
    pub gone: i64,
    /// How many could not be taken back: they are published, or are not there.
    pub left: i64,
}

/// Takes the answers of a table back, those that wait to be published. When all of them are gone its mark goes too.
pub async fn take_all_back(
    tx: &mut Tx,
    enkat: &Enkat,
    by: Inmatning<'_>,
    ids: &[Uuid],
    mark: Option<Uuid>,
) -> Result<Borttagna> {
    let mut inmatat = antal::hold(tx, enkat.id).await?;
    let who = entered_by(enkat, by);
    let mut out = Borttagna::default();
    for id in ids {
        match taken_back(tx, enkat.id, *id).await? {
            Some(key) => {
                inmatat.enter(who, key, tx.store.sealing.is_some(), -1);
                out.gone += 1;
            }
            None => out.left += 1,
        }
    }
    inmatat.begin(by.month);
    if by.form {
        inmatat.count_form(by.person, -out.gone);
    }
    antal::write(tx, enkat.id, &inmatat).await?;
    if let Some(mark) = mark.filter(|_| out.left == 0) {
        execute!(tx, "delete from enkat_tabell where id = $1 and enkat_id = $2", mark, enkat.id.0)?;
    }
    Ok(out)
}

/// Writes the marks of an enkät anew: in PostgreSQL they then have one transaction number, and none tells when its table came.
pub(super) async fn rewrite(tx: &mut Tx, enkat: EnkatId) -> Result<()> {
    execute!(tx, "update enkat_tabell set enkat_id = enkat_id where enkat_id = $1", enkat.0)?;
    Ok(())
}
