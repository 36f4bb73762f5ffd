//! Kontroll: a figure that is noted when a control is ticked off, and goes into a series with it: both, or neither.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    field::FieldError,
    id::NodeId,
    moment,
    occurrence::Figure,
    siffror::{
        kontroll::{INTE_ENHETENS, ny},
        serie::{Serie, SerieId},
        siffra::{Ny, Siffra, Ursprung},
    },
    year::Year,
};
use uuid::Uuid;

use super::{get, siffra};
use crate::{Error, Result, Tx, hold::Held};

/// A figure that its series takes.
#[derive(Clone, Debug)]
pub struct Provad {
    /// That it goes into, held until the transaction ends.
    pub serie: Serie,
    /// What goes into it.
    pub ny: Ny,
    /// What stands there; none where nothing does.
    pub star: Option<Siffra>,
}

/// Tries the figures of a tick at a unit against the series that they name, which are held until the transaction ends: what stands
/// there does so until it is written. Each figure with what it would do, none of one that names no series; writes nothing. `Invalid`
/// where one cannot go there, at `figure_serie_1` or another field of the figure, by its place among them.
pub async fn provade(tx: &mut Tx, node: NodeId, figures: &[Figure]) -> Result<Vec<Option<Provad>>> {
    let mut held: BTreeMap<Uuid, Option<Serie>> = BTreeMap::new();
    for id in figures.iter().filter_map(|figure| figure.serie) {
        held.insert(id.0, None);
    }
    // all in one order, so that no two wait for each other; another unit's is not held, nor told from one that is not there
    for (id, serie) in &mut held {
        let id = SerieId(*id);
        match get(tx, id).await {
            Ok(found) if found.node == node => {
                tx.hold(Held::Serie(id)).await?;
                *serie = Some(get(tx, id).await?);
            }
            Ok(_) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let (mut tried, mut faults): (Vec<Option<Provad>>, Vec<FieldError>) = (Vec::new(), Vec::new());
    for (n, figure) in (1..).zip(figures) {
        let Some(id) = figure.serie else {
            tried.push(None);
            continue;
        };
        let mut fault = |part: &str, message: String| {
            faults.push(FieldError { field: format!("figure_{part}_{n}"), message });
        };
        let Some(Some(serie)) = held.get(&id.0) else {
            fault("serie", INTE_ENHETENS.to_owned());
            continue;
        };
        match ny(serie, node, figure) {
            Err(fel) => fault(fel.falt, fel.text),
            Ok(ny) => {
                let twice =
                    |other: &Provad| other.serie.id == id && other.ny.period == ny.period && other.ny.varde != ny.varde;
                if tried.iter().flatten().any(twice) {
                    fault("value", format!("Serien får två olika värden för {}.", ny.period.label()));
                    continue;
                }
                let star = siffra::star(tx, serie, &ny).await?;
                tried.push(Some(Provad { serie: serie.clone(), ny, star }));
            }
        }
    }
    if faults.is_empty() { Ok(tried) } else { Err(Error::Invalid(faults)) }
}

/// Writes what was tried in the same transaction. Who calls this has asked what is to be asked.
pub(crate) async fn infor(tx: &mut Tx, now: DateTime<Utc>, provade: &[Option<Provad>]) -> Result<()> {
    let today = day(tx, now);
    for Provad { serie, ny, .. } in provade.iter().flatten() {
        siffra::write(tx, (now, today), serie, Ursprung::Kontroll, std::slice::from_ref(ny), None).await?;
    }
    Ok(())
}

/// Where figures have gone, for the history: `serien ”Hushåll”, januari 2022`.
pub(crate) fn infort(provade: &[Option<Provad>]) -> String {
    let one = |of: &Provad| format!("serien ”{}”, {}", of.serie.content.namn, of.ny.period.label());
    provade.iter().flatten().map(one).collect::<Vec<_>>().join("; ")
}

/// The day it is; before anybody has said it, that of the clock.
fn day(tx: &Tx, now: DateTime<Utc>) -> NaiveDate {
    let said = tx.store.day();
    if Year::try_from(said.year()).is_ok() { said } else { moment::day(now) }
}

/// The series that a figure of this name went into last in a unit, whichever control noted it.
pub async fn senast(tx: &mut Tx, node: NodeId, label: &str) -> Result<Option<SerieId>> {
    let sql = "select f.serie_id from figure f join occurrence o on o.id = f.occurrence_id
               where o.node_id = $1 and f.label = $2 and f.serie_id is not null order by o.due_on desc, f.position limit 1";
    Ok(row!(tx, (Uuid,), sql, node.0, label)?.map(|(id,)| SerieId(id)))
}
