//! Siffra: the values of series. One holds for each place; what it replaced stays, and is read as what was known before. How
//! values are written stands in [`skriv`].

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    occurrence::Share,
    period::Period,
    siffror::{
        dimension::DimensionsvardeId,
        serie::{Serie, SerieId},
        siffra::{Ny, Plats, Siffra, SiffraImportId, Ursprung},
        slag::{Mark, Varde},
        tabell::{SENASTE, Sedda},
    },
    tal::Tal,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{fyllning, record};
use crate::{Result, Tx, hold::Held, in_row::InRow, occurrence::places};

mod skriv;

pub(super) use skriv::put;
pub use skriv::{Seen, Written};

/// How many of the latest revisions are shown.
const REVISIONS_MOST: i64 = 50;

/// The mark of what is known to be missing.
const SAKNAS: &str = "saknas";

#[derive(FromRow)]
struct SiffraRow {
    serie_id: Uuid,
    period: String,
    plats: String,
    revision: i64,
    skrivning: i64,
    gallande: bool,
    tal: Option<i64>,
    taljare: Option<i64>,
    namnare: Option<i64>,
    mark: String,
    anm: String,
    sedd: NaiveDate,
    ursprung: String,
    import_id: Option<Uuid>,
}

/// What a [`SiffraRow`] is read from, of a table that is called `s`.
macro_rules! columns {
    () => {
        "s.serie_id, s.period, s.plats, s.revision, s.skrivning, s.gallande, s.tal, s.taljare, s.namnare, s.mark, s.anm, s.sedd,
         s.ursprung, s.import_id"
    };
}
use columns;

impl SiffraRow {
    /// The value, in a series of so many dimensions.
    fn read(self, dimensions: usize) -> Result<Siffra> {
        let in_row = InRow::of("siffra", self.serie_id);
        let varde = if self.mark == SAKNAS {
            None
        } else {
            let share = self.taljare.zip(self.namnare);
            Some(Varde {
                tal: Tal::of_stored(in_row.must("tal", self.tal)?),
                share: share.map(|(numerator, denominator)| Share { numerator, denominator }),
                mark: in_row.code("mark", &self.mark, Mark::from_code)?,
            })
        };
        let ursprung = match (self.ursprung.as_str(), self.import_id) {
            ("inskriven", _) => Some(Ursprung::Inskriven),
            ("import", Some(id)) => Some(Ursprung::Import(SiffraImportId(id))),
            ("kontroll", _) => Some(Ursprung::Kontroll),
            ("hamtad", _) => Some(Ursprung::Hamtad),
            _ => None,
        };
        Ok(Siffra {
            period: in_row.code("period", &self.period, |text| text.parse().ok())?,
            plats: in_row.code("plats", &self.plats, |text| Plats::read(text, dimensions))?,
            varde,
            not: self.anm,
            sedd: self.sedd,
            ursprung: in_row.must("ursprung", ursprung)?,
            revision: in_row.must("revision", i32::try_from(self.revision).ok())?,
            skrivning: self.skrivning,
            gallande: self.gallande,
        })
    }
}

/// The values of a series that hold, in order of time and place; `dimensions` is how many divide it.
pub async fn all(tx: &mut Tx, id: SerieId, dimensions: usize) -> Result<Vec<Siffra>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from siffra s where s.serie_id = $1 and s.gallande order by s.period, s.plats"
    );
    rows!(tx, SiffraRow, sql, id.0)?.into_iter().map(|row| row.read(dimensions)).collect()
}

/// The value that stands where another would go; none where nothing does.
pub(super) async fn star(tx: &mut Tx, serie: &Serie, ny: &Ny) -> Result<Option<Siffra>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from siffra s where s.serie_id = $1 and s.gallande and s.period = $2 and s.plats = $3"
    );
    let found = row!(tx, SiffraRow, sql, serie.id.0, ny.period.to_string(), ny.plats.to_string())?;
    found.map(|row| row.read(serie.content.dimensioner.len())).transpose()
}

/// Whether the import that a value of `s` came with was undone.
macro_rules! angrad {
    () => {
        "s.import_id is not null and not s.gallande
             and exists (select 1 from siffra_import i where i.id = s.import_id and i.undone_at is not null)"
    };
}

/// What is read of the values of several series.
#[derive(FromRow)]
struct Latest {
    #[sqlx(flatten)]
    row: SiffraRow,
    angrad: bool,
    dimensions: i64,
}

/// A value of which it is known whether its import was undone.
fn version(row: SiffraRow, angrad: bool, dimensions: usize) -> Result<Siffra> {
    let mut value = row.read(dimensions)?;
    if let (true, Ursprung::Import(id)) = (angrad, value.ursprung) {
        value.ursprung = Ursprung::Angrad(id);
    }
    Ok(value)
}

/// Every value that a series ever had, in the order in which it was written: what was shown once is known to who saw it, also what an
/// import wrote that was undone.
pub async fn versions(tx: &mut Tx, id: SerieId, dimensions: usize) -> Result<Vec<Siffra>> {
    #[derive(FromRow)]
    struct Version {
        #[sqlx(flatten)]
        row: SiffraRow,
        angrad: bool,
    }
    let sql = concat!(
        "select ",
        columns!(),
        ", ",
        angrad!(),
        " as angrad from siffra s where s.serie_id = $1 order by s.period, s.skrivning, s.plats"
    );
    rows!(tx, Version, sql, id.0)?.into_iter().map(|of| version(of.row, of.angrad, dimensions)).collect()
}

/// The values that hold of the last `per` periods of each of these series, in order of time and place: all places, since a total
/// that is not kept is the sum of its parts. A series without values is not there.
pub async fn latest(tx: &mut Tx, ids: &[SerieId], per: usize) -> Result<HashMap<SerieId, Vec<Siffra>>> {
    of_latest(tx, ids, per, ("and s.gallande", "false")).await
}

/// Every value that these series ever had of the last `per` periods in which they have one that holds, see [`versions`].
pub async fn latest_versions(tx: &mut Tx, ids: &[SerieId], per: usize) -> Result<HashMap<SerieId, Vec<Siffra>>> {
    of_latest(tx, ids, per, ("", angrad!())).await
}

/// Those of the values of the last periods that `which` takes.
async fn of_latest(
    tx: &mut Tx,
    ids: &[SerieId],
    per: usize,
    (which, angrad): (&str, &str),
) -> Result<HashMap<SerieId, Vec<Siffra>>> {
    if ids.is_empty() || per == 0 {
        return Ok(HashMap::new());
    }
    // from which period on is asked once for each series, and not for each of its values
    let sql = format!(
        "with f as materialized (
             select e.id, (select cast(count(*) as bigint) from serie_dimension d where d.serie_id = e.id) as dimensions,
                    (select min(p.period) from
                        (select distinct x.period from siffra x where x.serie_id = e.id and x.gallande
                         order by x.period desc limit cast($1 as bigint)) p) as first
             from serie e where e.id in ({})
         )
         select {}, {angrad} as angrad, f.dimensions from f join siffra s on s.serie_id = f.id {which} and s.period >= f.first
         order by s.serie_id, s.period, s.plats, s.skrivning",
        places(2, ids.len()),
        columns!()
    );
    let per = i64::try_from(per).unwrap_or(i64::MAX);
    by_serie(rows_of!(tx, Latest, sql.as_str(), ids, per)?)
}

/// The values by their series, in the order of the rows.
fn by_serie(rows: Vec<Latest>) -> Result<HashMap<SerieId, Vec<Siffra>>> {
    let mut found: HashMap<SerieId, Vec<Siffra>> = HashMap::new();
    for Latest { row, angrad, dimensions } in rows {
        let id = SerieId(row.serie_id);
        let value = version(row, angrad, usize::try_from(dimensions).unwrap_or_default())?;
        found.entry(id).or_default().push(value);
    }
    Ok(found)
}

/// The first and the last period of each of these series that something is kept of, also that it is missing. A series without values
/// is not there.
pub async fn spann(tx: &mut Tx, ids: &[SerieId]) -> Result<HashMap<SerieId, (Period, Period)>> {
    type Row = (Uuid, Option<String>, Option<String>);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    // each is the end of an index: no value is looked at
    let sql = format!(
        "select e.id, (select min(x.period) from siffra x where x.serie_id = e.id and x.gallande),
                (select max(x.period) from siffra x where x.serie_id = e.id and x.gallande)
         from serie e where e.id in ({})",
        places(1, ids.len())
    );
    let mut found = HashMap::new();
    for (id, first, last) in rows_of!(tx, Row, sql, ids)? {
        let in_row = InRow::of("siffra", id);
        if let Some((first, last)) = first.zip(last) {
            let read = |text: &str| in_row.code("period", text, |text| text.parse().ok());
            found.insert(SerieId(id), (read(&first)?, read(&last)?));
        }
    }
    Ok(found)
}

/// Which values of their dimension these series have, which are divided by one: of what holds, as their totals are made of it
/// (`tabell::totaler_av`). A series without values is not there.
pub async fn sedda(tx: &mut Tx, ids: &[SerieId]) -> Result<HashMap<SerieId, Sedda>> {
    type Row = (Uuid, String, String, String);
    type Of = (Option<Period>, Vec<(DimensionsvardeId, Period)>);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "with f as materialized (
             select e.id, (select min(p.period) from (
                 select distinct x.period from siffra x where x.serie_id = e.id and x.gallande
                 order by x.period desc limit cast($1 as bigint)) p) as first
             from serie e where e.id in ({})
         )
         select f.id, f.first, s.plats, max(s.period) as last
         from f join siffra s on s.serie_id = f.id and s.gallande
         group by f.id, f.first, s.plats",
        places(2, ids.len())
    );
    let most = i64::try_from(SENASTE).unwrap_or(i64::MAX);
    let mut found: HashMap<SerieId, Of> = HashMap::new();
    for (id, first, plats, last) in rows_of!(tx, Row, sql, ids, most)? {
        let in_row = InRow::of("siffra", id);
        let read = |text: &str| in_row.code("period", text, |text| text.parse().ok());
        let of = found.entry(SerieId(id)).or_default();
        of.0 = Some(read(&first)?);
        let plats = in_row.code("plats", &plats, |text| Plats::read(text, 1))?;
        if let Some(part) = plats.0.first().copied().flatten() {
            of.1.push((part, read(&last)?));
        }
    }
    Ok(found.into_iter().map(|(id, (fran, last))| (id, Sedda::of_last(fran, &last))).collect())
}

/// What is read of a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vilka {
    /// The values that hold.
    Gallande,
    /// Every value that there ever was, as of [`versions`].
    Alla,
}

/// The values of each of these series, which have the same grain, from one period to another, in the order in which they were
/// written of each time. A series without values there is not there.
pub async fn mellan(
    tx: &mut Tx,
    ids: &[SerieId],
    (first, last): (Period, Period),
    vilka: Vilka,
) -> Result<HashMap<SerieId, Vec<Siffra>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (holds, angrad) = if vilka == Vilka::Gallande { ("and s.gallande", "false") } else { ("", angrad!()) };
    let sql = format!(
        "with f as materialized (
             select e.id, (select cast(count(*) as bigint) from serie_dimension d where d.serie_id = e.id) as dimensions
             from serie e where e.id in ({})
         )
         select {}, {angrad} as angrad, f.dimensions
         from f join siffra s on s.serie_id = f.id and s.period >= $1 and s.period <= $2 {holds}
         order by s.serie_id, s.period, s.skrivning, s.plats",
        places(3, ids.len()),
        columns!()
    );
    by_serie(rows_of!(tx, Latest, sql.as_str(), ids, first.to_string(), last.to_string())?)
}

/// What was replaced last, and by what: fifty at most, the latest first. What an import wrote that was undone replaced nothing.
pub async fn revisions(tx: &mut Tx, id: SerieId, dimensions: usize) -> Result<Vec<(Siffra, Siffra)>> {
    #[derive(FromRow)]
    struct Replaced {
        #[sqlx(flatten)]
        row: SiffraRow,
        /// The revision that replaced, of itself and of what it replaced.
        by: i64,
    }
    let sql = concat!(
        "with r as materialized (
             select * from (
                 select n.period, n.plats, n.revision, n.sedd,
                        (select max(o.revision) from siffra o left join siffra_import j on j.id = o.import_id
                         where o.serie_id = n.serie_id and o.period = n.period and o.plats = n.plats
                             and o.revision < n.revision and j.undone_at is null) as earlier
                 from siffra n left join siffra_import i on i.id = n.import_id
                 where n.serie_id = $1 and n.revision > 1 and i.undone_at is null
             ) q where q.earlier is not null
             order by q.sedd desc, q.period desc, q.plats, q.revision desc limit cast($2 as bigint)
         )
         select ",
        columns!(),
        ", r.revision as by from r join siffra s on s.serie_id = $1 and s.period = r.period and s.plats = r.plats
             and s.revision in (r.earlier, r.revision)
         order by r.sedd desc, r.period desc, r.plats, r.revision desc, s.revision"
    );
    let mut found = Vec::new();
    let mut before = None;
    for Replaced { row, by } in rows!(tx, Replaced, sql, id.0, REVISIONS_MOST)? {
        let is_new = row.revision == by;
        let value = row.read(dimensions)?;
        if !is_new {
            before = Some(value);
        } else if let Some(old) = before.take() {
            found.push((old, value));
        }
    }
    Ok(found)
}

/// Writes values of a series. What is there already is not written again, what replaces another is a revision of it. `expected`:
/// the revisions that the person saw; `Conflict` when one of them is another by now and the value would change, and when the series
/// has become one that its values do not fit. `Invalid` where a value cannot stand in the series: at the field of its place.
pub async fn write(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    serie: &Serie,
    ursprung: Ursprung,
    nya: &[Ny],
    expected: Option<&Seen>,
) -> Result<Written> {
    tx.hold(Held::Serie(serie.id)).await?;
    let (written, told) = put(tx, today, serie, ursprung, nya, expected).await?;
    if written.nya + written.andrade > 0 {
        let what = match ursprung {
            Ursprung::Inskriven => "Siffror ifyllda",
            Ursprung::Import(_) | Ursprung::Angrad(_) => "Siffror inlästa",
            Ursprung::Kontroll => "Siffror från en kontroll",
            Ursprung::Hamtad => "Siffror hämtade",
        };
        fyllning::bring_in_step(tx, today, serie.id).await?;
        record(tx, now, (serie.node, serie.id), (what, ""), told).await?;
    }
    Ok(written)
}
