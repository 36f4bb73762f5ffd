//! Import: tables of values that were read as a whole. One is undone as a whole too, for a day, as long as nobody has changed a
//! value of it since.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    format,
    history::{Change, changes},
    siffror::{
        serie::{Serie, SerieId},
        siffra::{Ny, SiffraImportId, Ursprung},
    },
};
use uuid::Uuid;

use super::{
    fyllning, harledd, record,
    siffra::{Seen, Written, put},
};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::InRow,
};

/// How many imports of a series are listed: the latest.
const LISTED: i64 = 20;
/// How long one can be undone.
const UNDONE_WITHIN: TimeDelta = TimeDelta::hours(24);

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Primary key.
    pub id: SiffraImportId,
    /// The name of its file, or that it was pasted.
    pub rubrik: String,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// By whom; empty for the program itself.
    pub who: String,
    /// What came of it.
    pub written: Written,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// Until when it can be undone.
    pub undoable_until: DateTime<Utc>,
}

/// What came of undoing an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Values that are there no longer.
    pub borta: usize,
    /// Values that are again what they were before.
    pub aterstallda: usize,
}

type ImportRow = (Uuid, DateTime<Utc>, Option<String>, String, i64, i64, i64, Option<DateTime<Utc>>);

fn import((id, at, who, rubrik, nya, andrade, oforandrade, undone_at): ImportRow) -> Result<Import> {
    let in_row = InRow::of("siffra_import", id);
    let count = |column, n: i64| in_row.must(column, usize::try_from(n).ok());
    Ok(Import {
        id: SiffraImportId(id),
        rubrik,
        at,
        who: who.unwrap_or_default(),
        written: Written {
            nya: count("nya", nya)?,
            andrade: count("andrade", andrade)?,
            oforandrade: count("oforandrade", oforandrade)?,
        },
        undone_at,
        undoable_until: at + UNDONE_WITHIN,
    })
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select i.id, i.at, p.name, i.rubrik, i.nya, i.andrade, i.oforandrade, i.undone_at
             from siffra_import i left join person p on p.id = i.person_id ",
            $tail
        )
    };
}

/// The tables that were read into a series last, the latest first; twenty at most.
pub async fn list(tx: &mut Tx, id: SerieId) -> Result<Vec<Import>> {
    let sql = select!("where i.serie_id = $1 order by i.at desc, i.id desc limit cast($2 as bigint)");
    rows!(tx, ImportRow, sql, id.0, LISTED)?.into_iter().map(import).collect()
}

/// One of a series. `NotFound` when it is none of it.
async fn get(tx: &mut Tx, serie: SerieId, id: SiffraImportId) -> Result<Import> {
    let sql = select!("where i.id = $1 and i.serie_id = $2");
    import(row!(tx, ImportRow, sql, id.0, serie.0)?.ok_or(Error::NotFound)?)
}

/// Whether a table was read into a series under the id that a page has made for it. `Invalid` when something else has it: asked before
/// the table is looked at.
pub async fn is_read(tx: &mut Tx, serie: SerieId, id: SiffraImportId) -> Result<bool> {
    match row!(tx, (Uuid,), "select serie_id from siffra_import where id = $1", id.0)? {
        Some((of,)) if of == serie.0 => Ok(true),
        Some(_) => Err(belongs::taken()),
        None => belongs::untaken(tx, id.0).await.map(|()| false),
    }
}

/// Reads a table into a series, all of it or nothing; see [`super::siffra::write`]. The same id again is the same one: nothing
/// happens, and what came of it the first time is told.
pub async fn create(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    serie: &Serie,
    id: SiffraImportId,
    rubrik: &str,
    nya: &[Ny],
    expected: Option<&Seen>,
) -> Result<Written> {
    tx.hold(Held::Serie(serie.id)).await?;
    if !belongs::is_new(tx, Thing::SiffraImport, id.0, serie.id.0, &(rubrik, nya)).await? {
        return Ok(get(tx, serie.id, id).await?.written);
    }
    let person = tx.actor().map(|person| person.0);
    execute!(
        tx,
        "insert into siffra_import (id, serie_id, person_id, at, rubrik, nya, andrade, oforandrade)
         values ($1, $2, $3, $4, $5, 0, 0, 0)",
        id.0,
        serie.id.0,
        person,
        chrono::SubsecRound::trunc_subsecs(now, 3),
        rubrik
    )?;
    let (written, told) = put(tx, today, serie, Ursprung::Import(id), nya, expected).await?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    execute!(
        tx,
        "update siffra_import set nya = $2, andrade = $3, oforandrade = $4 where id = $1",
        id.0,
        count(written.nya),
        count(written.andrade),
        count(written.oforandrade)
    )?;
    fyllning::bring_in_step(tx, today, serie.id).await?;
    record(tx, now, (serie.node, serie.id), ("Siffror inlästa", rubrik), told).await?;
    Ok(written)
}

/// Undoes an import: what it replaced holds again, and what it wrote stays as what was once read. Undone already, nothing happens.
/// `NotFound` when it is none of the series, `Invalid` after a day, and where somebody has changed a value of it since.
pub async fn undo(tx: &mut Tx, now: DateTime<Utc>, serie: &Serie, id: SiffraImportId) -> Result<Undone> {
    tx.hold(Held::Serie(serie.id)).await?;
    let import = get(tx, serie.id, id).await?;
    let undone = Undone { borta: import.written.nya, aterstallda: import.written.andrade };
    if import.undone_at.is_some() {
        return Ok(undone);
    }
    // what it replaced would hold again
    harledd::no_values(&super::get(tx, serie.id).await?.content)?;
    if now > import.undoable_until {
        return Err(Error::at(
            "id",
            "Inläsningen är äldre än ett dygn och går inte att ångra. Rätta värdena eller läs in dem igen.",
        ));
    }
    let sql = "select cast(count(*) as bigint) from siffra where import_id = $1 and not gallande";
    match row!(tx, (i64,), sql, id.0)?.map_or(0, |(n,)| n) {
        0 => {}
        1 => return Err(changed_since("Ett av inläsningens värden")),
        n => return Err(changed_since(&format!("{} av inläsningens värden", format::int(n)))),
    }
    let moment = chrono::SubsecRound::trunc_subsecs(now, 3);
    execute!(tx, "update siffra_import set undone_at = $2 where id = $1", id.0, moment)?;
    execute!(tx, "update siffra set gallande = false where import_id = $1", id.0)?;
    execute!(
        tx,
        "update siffra set gallande = true
         where serie_id = $1 and not gallande
             and (period, plats) in (select n.period, n.plats from siffra n where n.import_id = $2)
             and revision = (select max(o.revision) from siffra o left join siffra_import i on i.id = o.import_id
                             where o.serie_id = siffra.serie_id and o.period = siffra.period and o.plats = siffra.plats
                                 and i.undone_at is null)",
        serie.id.0,
        id.0
    )?;
    fyllning::bring_in_step(tx, tx.store.day(), serie.id).await?;
    record(tx, now, (serie.node, serie.id), ("Inläsning ångrad", &import.rubrik), told(undone)).await?;
    Ok(undone)
}

fn changed_since(what: &str) -> Error {
    Error::at("id", format!("{what} har ändrats efteråt, så inläsningen går inte att ångra. Rätta värdena för hand."))
}

fn told(undone: Undone) -> Vec<Change> {
    let count = |n: usize| if n == 0 { String::new() } else { format::int(i64::try_from(n).unwrap_or(i64::MAX)) };
    changes([
        ("Värden som togs bort", String::new(), count(undone.borta)),
        ("Värden som är som förut", String::new(), count(undone.aterstallda)),
    ])
}
