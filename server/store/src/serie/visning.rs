//! Series as they are shown, kept in memory: a page of a series is asked for far more often than a value of it is written.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    id::NodeId,
    siffror::{
        serie::{Serie, SerieId},
        visad::Dolda,
        visning::{Visning, parted},
    },
};

use super::{dimension, siffra};
use crate::{
    Result, Tx,
    kept::{Part, RITAT_MOST},
};

/// A series with all its values; with `guarded` as it is shown to those from whom small numbers are hidden.
pub async fn get(tx: &mut Tx, serie: &Serie, guarded: bool) -> Result<Arc<Visning>> {
    let snapshot = tx.snapshot().await?;
    let key = (serie.id, guarded);
    if let Some(kept) = tx.store.memory.visningar.get(snapshot.as_ref(), &key) {
        return Ok(kept);
    }
    let content = &serie.content;
    let dimensioner = dimension::of_serie(tx, serie).await?;
    let (all, dolda) = if guarded {
        let every = siffra::versions(tx, serie.id, content.dimensioner.len()).await?;
        parted(content, &dimensioner, every)
    } else {
        (siffra::all(tx, serie.id, content.dimensioner.len()).await?, Dolda::default())
    };
    let made = Arc::new(Visning::of(content, dimensioner, all, dolda));
    let parts = vec![Part::Siffror(serie.id), Part::Serier(serie.node)];
    tx.store.memory.visningar.set(snapshot.as_ref(), key, made.size().max(1), parts, &made);
    Ok(made)
}

/// What is drawn of a series: of which, of which of the series that it is made of small numbers are hidden, on what day, and all else that
/// it depends on, as of where it stands.
pub type RitatKey = (SerieId, Vec<bool>, NaiveDate, String);

/// What is drawn of a series, as a page has it.
#[derive(Debug, Default)]
pub struct Ritat {
    /// Its pieces of HTML, whole and escaped.
    pub html: Vec<String>,
    /// Whether it says something that matters.
    pub betyder: bool,
    /// Whether a value of it is to be filled.
    pub saknas: bool,
}

/// What is drawn of a series, if it is kept.
pub async fn ritat(tx: &mut Tx, key: &RitatKey) -> Result<Option<Arc<Ritat>>> {
    let snapshot = tx.snapshot().await?;
    Ok(tx.store.memory.ritat.get(snapshot.as_ref(), key))
}

/// Keeps what was drawn of a series of a unit, which is made of the values of these and of what else its key says. A table of thousands of
/// columns is not: it would take the place of what many look at.
pub async fn keep_ritat(tx: &mut Tx, key: RitatKey, node: NodeId, of: &[SerieId], ritat: &Arc<Ritat>) -> Result<()> {
    let snapshot = tx.snapshot().await?;
    let parts = of.iter().map(|id| Part::Siffror(*id)).chain([Part::Serier(node)]).collect();
    let weight = ritat.html.iter().map(String::len).sum::<usize>() + key.3.len() + 200;
    if weight > RITAT_MOST / 16 {
        return Ok(());
    }
    tx.store.memory.ritat.set(snapshot.as_ref(), key, weight, parts, ritat);
    Ok(())
}
