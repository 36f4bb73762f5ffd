//! Skriv: how values are written. Who writes holds the series, reads what holds in the periods at hand, and writes what is otherwise
//! in statements of many rows: all of it, or none.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::{
    field::FieldError,
    format,
    history::{Change, changes},
    period::Period,
    siffror::{
        dimension::Dimension,
        serie::{Content, Serie},
        siffra::{IMPORT_MOST, Ny, Plats, SERIE_MOST, Siffra, Ursprung, Verkan, fel, verkan, words},
        slag::Varde,
    },
};
use sqlx::AssertSqlSafe;

use super::{SAKNAS, SiffraRow, columns};
use crate::{
    Error, Result, Tx,
    occurrence::places,
    serie::{dimension, get, harledd},
};

/// The revisions that a person saw: what is not there stood for nothing.
pub type Seen = HashMap<(Period, Plats), i32>;

/// What came of writing values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Where nothing was.
    pub nya: usize,
    /// That replaced another.
    pub andrade: usize,
    /// That were there already, and were not written again.
    pub oforandrade: usize,
}

/// How many rows a statement writes: SQLite looks each of its places up by name.
const ROWS: usize = 100;
/// How many columns of a row are its own, and not those of all that are written at once.
const OWN: usize = 8;
/// How many values the history tells one by one.
const TOLD_MOST: usize = 20;
/// How many faults are said at once.
const FAULTS_MOST: usize = 5;

/// What is to be written of a place, with what it replaces.
struct Row<'a> {
    ny: &'a Ny,
    before: Option<Siffra>,
    revision: i32,
}

/// Writes values of a series that is held. What came of it, and what the history tells.
pub(in crate::serie) async fn put(
    tx: &mut Tx,
    today: NaiveDate,
    serie: &Serie,
    ursprung: Ursprung,
    nya: &[Ny],
    expected: Option<&Seen>,
) -> Result<(Written, Vec<Change>)> {
    let stored = get(tx, serie.id).await?;
    let content = &stored.content;
    harledd::no_values(content)?;
    let meant = &serie.content;
    if (content.slag, content.grain, &content.dimensioner) != (meant.slag, meant.grain, &meant.dimensioner) {
        return Err(Error::Conflict);
    }
    // no value of them goes until this has ended
    tx.share_dimensions(&content.dimensioner).await?;
    let dimensions = dimension::of_serie(tx, &stored).await?;
    check(content, &dimensions, nya)?;

    let mut there = current(tx, &stored, nya).await?;
    let mut written = Written::default();
    let mut rows = Vec::new();
    let mut taken = HashSet::new();
    for ny in nya {
        let place = (ny.period, ny.plats.clone());
        // the same value twice is one: others were refused
        if !taken.insert((ny.period, &ny.plats)) {
            continue;
        }
        let (before, last) = there.remove(&place).unwrap_or_default();
        match verkan(before.as_ref(), ny) {
            Verkan::Oforandrad => {
                written.oforandrade += 1;
                continue;
            }
            Verkan::Ny => written.nya += 1,
            // it was asked about before it was sent
            Verkan::Andrad | Verkan::Fragas => written.andrade += 1,
        }
        let stands = before.as_ref().map_or(0, |before| before.revision);
        if expected.is_some_and(|seen| seen.get(&place).copied().unwrap_or(0) != stands) {
            return Err(Error::Conflict);
        }
        rows.push(Row { ny, before, revision: last + 1 });
    }
    if written.nya > 0 {
        has_room(tx, &stored, written.nya).await?;
    }
    supersede(tx, &stored, &rows).await?;
    insert(tx, today, &stored, ursprung, &rows).await?;
    let told = told(content, &dimensions, &rows, written);
    Ok((written, told))
}

/// Asks whether values can stand in a series, each once.
fn check(content: &Content, dimensions: &[Dimension], nya: &[Ny]) -> Result<()> {
    if nya.len() > IMPORT_MOST {
        let most = format::int(i64::try_from(IMPORT_MOST).unwrap_or(i64::MAX));
        return Err(Error::at("", format!("Det är fler än {most} värden på en gång. Dela upp dem.")));
    }
    // none of a value that is not there; of one that is, whether it is a group
    let known: Vec<HashMap<_, _>> = dimensions
        .iter()
        .map(|dimension| dimension.values.iter().map(|value| (value.id, dimension.is_grupp(value.id))).collect())
        .collect();
    let mut faults = Vec::new();
    let mut once: HashMap<(Period, &Plats), &Ny> = HashMap::with_capacity(nya.len());
    for ny in nya {
        let named = || ny.plats.0.iter().zip(&known).filter_map(|(id, known)| Some(known.get(&(*id)?)));
        let fault = if ny.period.grain() != content.grain {
            Some(format!("Serien har ett värde för varje {}.", content.grain.label()))
        } else if ny.plats.0.len() != dimensions.len() || named().any(|is_grupp| is_grupp.is_none()) {
            Some("Värdet står vid något som inte finns i seriens uppdelning.".to_owned())
        } else if named().any(|is_grupp| is_grupp == Some(&true)) {
            Some("En grupp räknas ut av sina delar och har inga egna värden.".to_owned())
        } else if once.insert((ny.period, &ny.plats), ny).is_some_and(|other| other != ny) {
            Some("Två olika värden är angivna för samma plats.".to_owned())
        } else {
            ny.varde.as_ref().and_then(|varde| fel(content, varde))
        };
        if let Some(fault) = fault {
            let message = format!("{}: {fault}", place_words(dimensions, ny));
            faults.push(FieldError { field: format!("{}/{}", ny.period, ny.plats), message });
            if faults.len() >= FAULTS_MOST {
                break;
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// What stands at each place in the periods of what is to be written, and the last revision that anything there has.
async fn current(tx: &mut Tx, serie: &Serie, nya: &[Ny]) -> Result<HashMap<(Period, Plats), (Option<Siffra>, i32)>> {
    let periods = || nya.iter().map(|ny| ny.period);
    let Some((first, last)) = periods().min().zip(periods().max()) else { return Ok(HashMap::new()) };
    let sql = concat!(
        "select ",
        columns!(),
        " from siffra s where s.serie_id = $1 and s.period >= $2 and s.period <= $3 order by s.period, s.plats, s.revision"
    );
    let found = rows!(tx, SiffraRow, sql, serie.id.0, first.to_string(), last.to_string())?;
    let mut there: HashMap<_, (Option<Siffra>, i32)> = HashMap::with_capacity(found.len());
    for row in found {
        let holds = row.gallande;
        let value = row.read(serie.content.dimensioner.len())?;
        let place = there.entry((value.period, value.plats.clone())).or_default();
        place.1 = value.revision;
        if holds {
            place.0 = Some(value);
        }
    }
    Ok(there)
}

/// Asks whether so many new values still fit in a series.
async fn has_room(tx: &mut Tx, serie: &Serie, nya: usize) -> Result<()> {
    let sql = "select cast(count(*) as bigint) from siffra where serie_id = $1 and gallande";
    let there = row!(tx, (i64,), sql, serie.id.0)?.map_or(0, |(n,)| n);
    let most = i64::try_from(SERIE_MOST).unwrap_or(i64::MAX);
    if there.saturating_add(i64::try_from(nya).unwrap_or(i64::MAX)) > most {
        return Err(Error::at(
            "",
            format!("En serie har högst {} värden. Gör en ny serie för resten.", format::int(most)),
        ));
    }
    Ok(())
}

/// What is replaced holds no longer.
async fn supersede(tx: &mut Tx, serie: &Serie, rows: &[Row<'_>]) -> Result<()> {
    let mut replaced: Vec<&Ny> = rows.iter().filter(|row| row.before.is_some()).map(|row| row.ny).collect();
    replaced.sort_by_key(|ny| ny.period);
    // the places of one period are looked up one by one in the index, whatever the database thinks of their number
    for some in replaced.chunk_by(|a, b| a.period == b.period).flat_map(|of_period| of_period.chunks(ROWS)) {
        let sql = format!(
            "update siffra set gallande = false where serie_id = $1 and gallande and period = $2 and plats in ({})",
            places(3, padded(some.len()))
        );
        on!(tx, |c| {
            let query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(serie.id.0).bind(some[0].period.to_string());
            // filled up with the last, so that there are few statements to prepare
            let plats = |at: usize| some[at.min(some.len() - 1)].plats.to_string();
            let bound = (0..padded(some.len())).fold(query, |query, at| query.bind(plats(at)));
            bound.execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(())
}

/// For how many places a statement is prepared that has so many.
fn padded(count: usize) -> usize {
    count.next_power_of_two()
}

/// The number of a write of a series that is held.
async fn count_write(tx: &mut Tx, serie: &Serie) -> Result<i64> {
    let sql = "update serie set skrivningar = skrivningar + 1 where id = $1 returning skrivningar";
    row!(tx, (i64,), sql, serie.id.0)?.map(|(n,)| n).ok_or(Error::NotFound)
}

async fn insert(tx: &mut Tx, today: NaiveDate, serie: &Serie, ursprung: Ursprung, rows: &[Row<'_>]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let skrivning = count_write(tx, serie).await?;
    let person = tx.actor().map(|person| person.0);
    let import = match ursprung {
        Ursprung::Import(id) | Ursprung::Angrad(id) => Some(id.0),
        Ursprung::Inskriven | Ursprung::Kontroll | Ursprung::Hamtad => None,
    };
    for some in rows.chunks(ROWS) {
        let one = |at: usize| format!("($1, $2, $3, $4, $5, $6, true, {})", places(7 + at * OWN, OWN));
        let values = (0..some.len()).map(one).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "insert into siffra (serie_id, sedd, ursprung, import_id, person_id, skrivning, gallande,
                                 period, plats, revision, tal, taljare, namnare, mark, anm)
             values {values}"
        );
        on!(tx, |c| {
            let query = sqlx::query(AssertSqlSafe(sql.as_str()))
                .bind(serie.id.0)
                .bind(today)
                .bind(ursprung.code())
                .bind(import)
                .bind(person)
                .bind(skrivning)
                .persistent(some.len() == ROWS);
            let bound = some.iter().fold(query, |query, Row { ny, revision, .. }| {
                let share = ny.varde.and_then(|varde| varde.share);
                query
                    .bind(ny.period.to_string())
                    .bind(ny.plats.to_string())
                    .bind(i64::from(*revision))
                    .bind(ny.varde.map(|varde| varde.tal.stored()))
                    .bind(share.map(|share| share.numerator))
                    .bind(share.map(|share| share.denominator))
                    .bind(ny.varde.map_or(SAKNAS, |varde| varde.mark.code()))
                    .bind(ny.not.as_str())
            });
            bound.execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(())
}

/// What the history tells: few values each with what it was, many by how many they are.
fn told(content: &Content, dimensions: &[Dimension], rows: &[Row<'_>], written: Written) -> Vec<Change> {
    if rows.len() <= TOLD_MOST {
        return rows
            .iter()
            .map(|row| Change {
                label: place_words(dimensions, row.ny),
                before: row.before.as_ref().map_or_else(String::new, |old| value_words(content, old.varde, &old.not)),
                after: value_words(content, row.ny.varde, &row.ny.not),
            })
            .collect();
    }
    let count = |n: usize| if n == 0 { String::new() } else { format::int(i64::try_from(n).unwrap_or(i64::MAX)) };
    changes([
        ("Nya värden", String::new(), count(written.nya)),
        ("Ändrade värden", String::new(), count(written.andrade)),
        ("Oförändrade värden", String::new(), count(written.oforandrade)),
    ])
}

/// `mars 2022 · Bromma`.
fn place_words(dimensions: &[Dimension], ny: &Ny) -> String {
    let at = ny.plats.0.iter().zip(dimensions);
    let names = at.filter_map(|(id, dimension)| Some(dimension.get((*id)?)?.namn.clone()));
    [ny.period.label()].into_iter().chain(names).collect::<Vec<_>>().join(" · ")
}

/// A value with its note.
fn value_words(content: &Content, varde: Option<Varde>, note: &str) -> String {
    let value = words(content, varde);
    if note.is_empty() { value } else { format!("{value} ({note})") }
}
