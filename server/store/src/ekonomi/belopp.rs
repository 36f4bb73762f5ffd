//! Belopp: what stands in the cells of an account. A cell that is written again keeps what it was, so that each can be told; who writes
//! holds the account, and several cells are written all or none.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        konto::{Content, KontoId, RadId, Resultatrakning},
        tid::Tid,
    },
    format,
    history::{Change, changes},
    tal::Tal,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Error, Result, Tx, hold::Held, in_row::InRow, verksamhetsplan::record};

/// A cell: its row, time and kind.
pub type Plats = (RadId, Tid, Art);
/// The revisions that a person saw: a cell that is not there had none.
pub type Seen = HashMap<Plats, i32>;

/// How many amounts the history tells one by one.
const TOLD_MOST: usize = 20;

/// What came of writing amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Where the cell was empty.
    pub nya: usize,
    /// In place of another.
    pub andrade: usize,
    /// Taken out.
    pub tomda: usize,
    /// That stood there already, and were not written again.
    pub oforandrade: usize,
}

#[derive(FromRow)]
struct BeloppRow {
    konto_id: Uuid,
    rad_id: Uuid,
    tid: String,
    art: String,
    revision: i64,
    tal: Option<i64>,
    anm: String,
    kommentar: String,
    per: Option<NaiveDate>,
    preliminar: bool,
    sedd: NaiveDate,
}

impl BeloppRow {
    fn read(self) -> Result<(Belopp, i32, NaiveDate)> {
        let in_row = InRow::of("belopp", self.konto_id);
        let belopp = Belopp {
            rad: RadId(self.rad_id),
            tid: in_row.code("tid", &self.tid, Tid::from_code)?,
            art: in_row.code("art", &self.art, Art::from_code)?,
            tal: self.tal.map(Tal::of_stored),
            not: self.anm,
            kommentar: self.kommentar,
            per: self.per,
            preliminar: self.preliminar,
        };
        Ok((belopp, in_row.must("revision", i32::try_from(self.revision).ok())?, self.sedd))
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select konto_id, rad_id, tid, art, revision, tal, anm, kommentar, per, preliminar, sedd from belopp ",
            $tail
        )
    };
}

/// Whether there is anything in a cell.
fn is_empty(belopp: &Belopp) -> bool {
    belopp.tal.is_none() && belopp.not.is_empty() && belopp.kommentar.is_empty()
}

/// What stands in the cells of an account, and how many times each has been written.
pub(super) async fn all(tx: &mut Tx, konto: KontoId) -> Result<(Vec<Belopp>, Seen)> {
    let (mut belopp, mut revisions) = (Vec::new(), Seen::new());
    for row in rows!(tx, BeloppRow, select!("where konto_id = $1 and gallande"), konto.0)? {
        let (read, revision, _) = row.read()?;
        revisions.insert((read.rad, read.tid, read.art), revision);
        if !is_empty(&read) {
            belopp.push(read);
        }
    }
    Ok((belopp, revisions))
}

/// What a cell has held, the first first, each with the day that it was written: a replaced forecast is read here.
pub async fn tidigare(tx: &mut Tx, konto: KontoId, (rad, tid, art): Plats) -> Result<Vec<(Belopp, NaiveDate)>> {
    let sql = select!("where konto_id = $1 and rad_id = $2 and tid = $3 and art = $4 order by revision");
    let found = rows!(tx, BeloppRow, sql, konto.0, rad.0, tid.code(), art.code())?;
    found.into_iter().map(|row| row.read().map(|(belopp, _, sedd)| (belopp, sedd))).collect()
}

/// Whether a row has an amount or words somewhere.
pub(super) async fn has_any(tx: &mut Tx, konto: KontoId, rad: RadId) -> Result<bool> {
    let sql = "select rad_id from belopp where konto_id = $1 and rad_id = $2 and gallande
               and (tal is not null or anm <> '' or kommentar <> '')";
    Ok(row!(tx, (Uuid,), sql, konto.0, rad.0)?.is_some())
}

/// The account as it stands now, whose rows amounts are written of.
async fn stands(tx: &mut Tx, konto: &Resultatrakning) -> Result<Content> {
    let sql = "select content from konto where id = $1";
    let (content,) = row!(tx, (String,), sql, konto.id.0)?.ok_or(Error::NotFound)?;
    InRow::of("konto", konto.id.0).versioned("content", &content)
}

/// Writes amounts of an account: all of them or none. One that stands there already is not written again, and one without figure and
/// words empties its cell. With `seen`, a cell that somebody else has written meanwhile is a `Conflict`; so is an account whose unit or
/// signs have become others. `Invalid` where a row is gone, or two amounts are of one cell.
pub async fn write(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    konto: &Resultatrakning,
    nya: &[Belopp],
    seen: Option<&Seen>,
) -> Result<Written> {
    tx.hold(Held::Konto(konto.id)).await?;
    let content = stands(tx, konto).await?;
    if (content.enhet, content.teckenform) != (konto.content.enhet, konto.content.teckenform) {
        return Err(Error::Conflict);
    }
    let (belopp, revisions) = all(tx, konto.id).await?;
    let there: HashMap<Plats, &Belopp> = belopp.iter().map(|b| ((b.rad, b.tid, b.art), b)).collect();
    let (mut written, mut told, mut taken) = (Written::default(), Vec::new(), HashSet::new());
    for ny in nya {
        let plats = (ny.rad, ny.tid, ny.art);
        if content.rad(ny.rad).is_none() {
            return Err(Error::at("", "En rad finns inte längre. Ladda om sidan."));
        }
        if !taken.insert(plats) {
            return Err(Error::at("", "Två belopp är angivna för samma ruta."));
        }
        let before = there.get(&plats).copied();
        let revision = revisions.get(&plats).copied().unwrap_or(0);
        match (before, is_empty(ny)) {
            (Some(before), _) if before == ny => {
                written.oforandrade += 1;
                continue;
            }
            (None, true) => {
                written.oforandrade += 1;
                continue;
            }
            (Some(_), true) => written.tomda += 1,
            (Some(_), false) => written.andrade += 1,
            (None, false) => written.nya += 1,
        }
        if seen.is_some_and(|seen| seen.get(&plats).copied().unwrap_or(0) != revision) {
            return Err(Error::Conflict);
        }
        replace(tx, today, konto.id, ny, revision).await?;
        told.push(Change {
            label: place(&content, ny),
            before: before.map_or_else(String::new, |before| words(&content, before)),
            after: words(&content, ny),
        });
    }
    if !told.is_empty() {
        let changes = if told.len() > TOLD_MOST { counted(written) } else { told };
        record(tx, now, (konto.node, konto.id.0), ("Belopp ändrade", ""), changes).await?;
    }
    Ok(written)
}

/// Puts an amount in its cell after what stood there.
async fn replace(tx: &mut Tx, today: NaiveDate, konto: KontoId, ny: &Belopp, revision: i32) -> Result<()> {
    if revision > 0 {
        let sql = "update belopp set gallande = false
                   where konto_id = $1 and rad_id = $2 and tid = $3 and art = $4 and gallande";
        execute!(tx, sql, konto.0, ny.rad.0, ny.tid.code(), ny.art.code())?;
    }
    let sql =
        "insert into belopp (konto_id, rad_id, tid, art, revision, gallande, tal, anm, kommentar, per, preliminar,
                                   sedd, person_id)
               values ($1, $2, $3, $4, $5, true, $6, $7, $8, $9, $10, $11, $12)";
    let person = tx.actor().map(|person| person.0);
    execute!(
        tx,
        sql,
        konto.0,
        ny.rad.0,
        ny.tid.code(),
        ny.art.code(),
        i64::from(revision) + 1,
        ny.tal.map(Tal::stored),
        ny.not.as_str(),
        ny.kommentar.as_str(),
        ny.per,
        ny.preliminar,
        today,
        person,
    )?;
    Ok(())
}

/// `Utfall april · Personal, Ekonomiskt bistånd`
fn place(content: &Content, ny: &Belopp) -> String {
    let rad = content.rad(ny.rad).map_or_else(String::new, |(v, rad)| format!("{}, {}", rad.namn, v.namn));
    format!("{} {} · {rad}", ny.art.label(), ny.tid.label())
}

/// An amount with its words, as the history tells it.
fn words(content: &Content, belopp: &Belopp) -> String {
    let slag = content.rad(belopp.rad).map(|(_, rad)| rad.slag);
    let shown = belopp.tal.zip(slag).map(|(tal, slag)| content.enhet.said(content.teckenform.turned(slag, tal)));
    let parts = [shown.unwrap_or_default(), belopp.not.clone(), belopp.kommentar.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What the history tells of many.
fn counted(written: Written) -> Vec<Change> {
    let count = |n: usize| if n == 0 { String::new() } else { format::int(i64::try_from(n).unwrap_or(i64::MAX)) };
    changes([
        ("Nya belopp", String::new(), count(written.nya)),
        ("Ändrade belopp", String::new(), count(written.andrade)),
        ("Tömda rutor", String::new(), count(written.tomda)),
    ])
}
