//! Those who fill one grid at once: each sees what the others write, until the server is killed under them; and what is left of it in the
//! database.

use std::{
    collections::HashMap,
    io,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use domain::{
    tal::Tal,
    verksamhetsplan::{
        indikator::{IndikatorId, ruta::Kolumn},
        plan::PlanId,
    },
};
use islands::contract::Utfallssvar;
use store::{
    Store, Tx,
    verksamhetsplan::{
        indikator,
        utfall::{self, Stored},
    },
};

use super::{
    LAST, PERIOD, UNIT, WRITERS,
    client::{Client, FORM},
    writers::{all_save, p99},
    writers_email,
};

/// How often the two who write in one row do.
const TURNS: u32 = 100;

/// The nth value of a cell, which is the nth time that it is written.
fn value(version: i64) -> i64 {
    300 + version
}

/// The field of a cell.
fn falt(id: IndikatorId, kolumn: Kolumn) -> String {
    format!("c-{id}.{}", kolumn.code())
}

/// The grid as the screen of one person has it: what stands in its cells, and the last change that it knows.
struct Grid {
    client: Client,
    plan: PlanId,
    nr: i64,
    stands: HashMap<String, String>,
}

impl Grid {
    /// Logs in, and reads what stands there.
    fn open(base: &str, email: &str, plan: PlanId) -> Result<Self> {
        let mut grid = Self { client: Client::log_in(base, email)?, plan, nr: 0, stands: HashMap::new() };
        grid.ask()?;
        Ok(grid)
    }

    /// What stands in a cell.
    fn stands(&self, cell: &str) -> &str {
        self.stands.get(cell).map_or("", String::as_str)
    }

    /// Asks what others have written, as a page does while nobody types.
    fn ask(&mut self) -> Result<()> {
        self.send("/api/get_utfall", &[]).map(drop)
    }

    /// Leaves a cell with something new in it: how long it took until the page said that it was saved.
    fn save(&mut self, cell: &str, text: &str) -> Result<Duration> {
        let was = self.stands(cell).to_owned();
        let (before, typed) = (format!("form[w-{cell}]"), format!("form[{cell}]"));
        let sent = Instant::now();
        let answer = self.send("/api/update_utfall", &[(&*before, &*was), (&*typed, text)])?;
        let waited = sent.elapsed();
        let is_saved = answer.nekade.is_empty() && answer.krockar.is_empty() && answer.sparat.starts_with("Sparat");
        ensure!(is_saved && self.stands(cell) == text, "{cell} was not saved: {answer:?}");
        Ok(waited)
    }

    fn send(&mut self, path: &str, more: &[(&str, &str)]) -> Result<Utfallssvar> {
        let (plan, period, nr) = (self.plan.to_string(), PERIOD.to_string(), self.nr.to_string());
        let mut form = vec![("plan", plan.as_str()), ("period", period.as_str()), ("nr", nr.as_str())];
        form.extend_from_slice(more);
        let form = serde_urlencoded::to_string(form)?;
        let call = format!("POST {path}");
        let (status, _, said) = self.client.ask(&call, "application/json", (FORM, form.as_bytes()))?;
        ensure!(status == 200, "{path}: {status} {said}");
        let answer: Utfallssvar = serde_json::from_str(&said)?;
        for cell in answer.rader.iter().flat_map(|row| &row.rutor) {
            self.stands.insert(cell.falt.clone(), cell.skriven.clone());
        }
        self.nr = answer.nr;
        Ok(answer)
    }
}

/// The plan that is filled, and its indikatorer in order.
async fn rows(url: &str) -> Result<(PlanId, Vec<IndikatorId>)> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    let unit = tree.walk().iter().find(|(_, node)| node.name == UNIT).context("the unit")?.1.id;
    let plan = store::verksamhetsplan::of_year(&mut tx, unit, LAST).await?.context("its plan")?.id;
    let rows = indikator::list(&mut tx, plan).await?.into_iter().map(|one| one.indikator.id).collect();
    drop(tx);
    store.close().await;
    Ok((plan, rows))
}

/// Two write in one row by turns, one in kvinnor and the other in män. Prints how long it took from the cell that one leaves until the
/// other has read it, who asks at once; a page asks every 2,5 seconds.
pub async fn see(base: &str, url: &str) -> Result<()> {
    let (plan, rows) = rows(url).await?;
    let row = *rows.get(WRITERS).context("a row that nobody else fills")?;
    let mut writes = (Grid::open(base, &writers_email(0), plan)?, Kolumn::Kvinnor);
    let mut reads = (Grid::open(base, &writers_email(1), plan)?, Kolumn::Man);
    let mut took = Vec::new();
    for n in 0..TURNS {
        let (cell, text) = (falt(row, writes.1), (400 + n).to_string());
        let began = Instant::now();
        writes.0.save(&cell, &text)?;
        reads.0.ask()?;
        took.push(began.elapsed());
        ensure!(reads.0.stands(&cell) == text, "{cell} is {text}, and the other reads {:?}", reads.0.stands(&cell));
        std::mem::swap(&mut writes, &mut reads);
    }
    println!("{}", p99(took)?);
    Ok(())
}

/// Lets all write; prints that they have begun, how long one of a hundred waited, and of each indikator how often it was said to be saved.
pub async fn write(base: &str, url: &str) -> Result<()> {
    let (plan, rows) = rows(url).await?;
    // logged in one after the other: a password costs what it costs
    let mut grids = Vec::new();
    for (n, id) in rows.into_iter().take(WRITERS).enumerate() {
        grids.push((Grid::open(base, &writers_email(n), plan)?, id));
    }
    ensure!(grids.len() == WRITERS, "{} indikatorer for {WRITERS} who write", grids.len());
    // the page has asked what the others wrote before anything is typed in it
    all_save(base, grids, |grid, id, nth| {
        grid.ask()?;
        grid.save(&falt(id, Kolumn::Totalt), &value(nth).to_string())
    })
}

/// Reads what [`write`] printed, and prints how many times it was said to be saved, and how many of those are not there.
pub async fn count(url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let (mut saves, mut lost) = (0, 0);
    for line in io::read_to_string(io::stdin())?.lines() {
        let Some((id, told)) = line.strip_prefix("told ").and_then(|rest| rest.split_once(' ')) else { continue };
        let (id, told): (IndikatorId, i64) = (id.parse()?, told.parse()?);
        let stored = stored(&mut tx, id).await?;
        let there = stored.as_ref().map_or(0, |stored| stored.version);
        ensure!(there <= told + 1, "{id} was written {there} times, and its writer was told of {told}");
        let holds = stored.and_then(|stored| stored.utfall.tal());
        let is_right = there == 0 || holds == Some(Tal::whole(value(there)));
        saves += told;
        lost += (told - there).max(0) + i64::from(!is_right);
    }
    ensure!(saves > 0, "nothing was said to be saved");
    println!("{saves}, {lost} lost");
    Ok(())
}

async fn stored(tx: &mut Tx, id: IndikatorId) -> Result<Option<Stored>> {
    Ok(utfall::alla(tx, id).await?.into_iter().find(|one| one.gallande && one.period == PERIOD))
}
