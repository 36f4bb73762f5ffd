//! Twenty who fill their series at once, until the server is killed under them, and what is left of it in the database.

use std::{
    collections::HashMap,
    io,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use domain::{
    period::Period,
    siffror::{serie::SerieId, siffra::Siffra},
    tal::Tal,
};
use store::{Store, Tx, serie::siffra};

use super::{
    WRITERS, all,
    client::{Client, FORM},
    fields,
    writers::all_save,
    writers_email, writers_serie,
};

/// The cell: the month that has no value yet.
const MONTH: Period = Period::Month(2026, 11);

/// The nth value of the cell, which is its nth revision: never so far from the last that it is asked about.
fn value(revision: i64) -> i64 {
    300 + revision
}

/// Lets all write; prints that they have begun, how long one of a hundred waited, and of each series how often it was said to be saved.
pub async fn write(base: &str, url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let ids: HashMap<String, SerieId> = all(&mut tx).await?.into_iter().map(|s| (s.content.namn, s.id)).collect();
    drop(tx);
    store.close().await;
    // logged in one after the other: a password costs what it costs
    let mut clients = Vec::new();
    for n in 0..WRITERS {
        let id = *ids.get(&writers_serie(n)).context("a series")?;
        clients.push((Client::log_in(base, &writers_email(n))?, id));
    }
    all_save(base, clients, save)
}

/// Opens the grid, types in the cell, and saves: how long it took until the page said so.
fn save(client: &mut Client, id: SerieId, revision: i64) -> Result<Duration> {
    let (status, _, page) = client.ask(&format!("GET /siffror/{id}/fyll"), "text/html", ("", b""))?;
    ensure!(status == 200, "the grid of {id}: {status}");
    let mut form = fields(&page, "/api/update_siffror")?;
    let month = MONTH.to_string();
    let (_, cols) = form.iter().find(|(name, _)| name == "cols").context("the columns of the grid")?;
    let column = cols.split('|').position(|col| col == month).context("the column of the month")?;
    let cell = format!("form[c-0-{column}]");
    let (_, text) = form.iter_mut().find(|(name, _)| *name == cell).context("the cell of the month")?;
    *text = value(revision).to_string();
    let form = serde_urlencoded::to_string(form)?;
    let sent = Instant::now();
    let (status, to, said) = client.ask("POST /api/update_siffror", "text/html", (FORM, form.as_bytes()))?;
    ensure!(status == 303 && !to.ends_with("#fel"), "{id} was not saved: {status} {to} {said}");
    let (_, _, page) = client.ask(&format!("GET {to}"), "text/html", ("", b""))?;
    let waited = sent.elapsed();
    ensure!(page.contains("Sparat"), "{to} does not say that it is saved");
    Ok(waited)
}

/// Reads what [`write`] printed, and prints how many times it was said to be saved, and how many of those are not there.
pub async fn count(url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let (mut saves, mut lost) = (0, 0);
    for line in io::read_to_string(io::stdin())?.lines() {
        let Some((id, told)) = line.strip_prefix("told ").and_then(|rest| rest.split_once(' ')) else { continue };
        let (id, told): (SerieId, i64) = (id.parse()?, told.parse()?);
        let cell = cell(&mut tx, id).await?;
        let there = cell.as_ref().map_or(0, |cell| i64::from(cell.revision));
        ensure!(there <= told + 1, "{id} has {there} revisions, and its writer was told of {told}");
        let holds = cell.and_then(|cell| cell.varde).map(|varde| varde.tal);
        let is_right = there == 0 || holds == Some(Tal::whole(value(there)));
        saves += told;
        lost += (told - there).max(0) + i64::from(!is_right);
    }
    ensure!(saves > 0, "nothing was said to be saved");
    println!("{saves}, {lost} lost");
    Ok(())
}

async fn cell(tx: &mut Tx, id: SerieId) -> Result<Option<Siffra>> {
    Ok(siffra::all(tx, id, 0).await?.into_iter().find(|siffra| siffra.period == MONTH))
}
