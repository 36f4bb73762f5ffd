//! What `make bench` needs for a city: `bench_stad fill URL UNITS` makes so many units in avdelningar of fifty, each with a
//! chef, two years of controls and some cases, and a controller of all; `bench_stad write URL` commits something in one of
//! them every half second, from a process of its own, until it is ended: a page that nobody writes beside is not a
//! working day.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    avvikelse::{
        Innehall,
        intake::{Rapport, When},
        word::Ror,
    },
    egenkontroll,
    id::{AvvikelseId, EgenkontrollId, NodeId, PersonId},
    occurrence::Tick,
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::form::Fields,
};
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use store::{Store, Tx, avvikelse, occurrence, person::NewPerson};

/// Units of an avdelning.
const AVDELNING: usize = 50;
/// Units that are written in one transaction.
const BATCH: usize = 20;
/// Controls of a unit: twelve times in the year, four in the one before.
const CONTROLS: usize = 9;
/// Cases of a unit.
const CASES: usize = 3;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url, units] => fill(url, units.parse()?).await,
        ["write", url] => write(url).await,
        _ => bail!("bench_stad fill URL UNITS | bench_stad write URL"),
    }
}

fn today() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, 23).context("a day")
}

fn now() -> Result<DateTime<Utc>> {
    today()?.and_hms_opt(9, 0, 0).map(|t| t.and_utc()).context("a time")
}

async fn node(tx: &mut Tx, parent: Option<NodeId>, kind: NodeKind, name: &str) -> Result<NodeId> {
    let id = NodeId::new();
    let node = Node { id, parent, kind, name: name.to_owned(), active: true, version: 1 };
    store::organisation::create_node(tx, now()?, &node).await?;
    Ok(id)
}

async fn fill(url: &str, units: usize) -> Result<()> {
    let (store, now) = (Store::connect(url).await?, now()?);
    store.migrate().await?;
    let mut tx = store.system(true).await?;
    ensure!(store::person::count(&mut tx).await? == 0, "the database has content");
    let top = node(&mut tx, None, NodeKind::Organisation, "Staden").await?;
    let password_hash = web::password::hash(web::demo::PASSWORD.to_owned()).await;
    let account = |name: String, email: String, role| NewPerson {
        id: PersonId::new(),
        name,
        email,
        password_hash: password_hash.clone(),
        roles: vec![role],
    };
    let controller = account("Controller".into(), "controller@demo.se".into(), (Role::Controller, top));
    store::person::create(&mut tx, now, &controller).await?;
    tx.commit().await?;
    let mut avdelning = top;
    for batch in (0..units).collect::<Vec<_>>().chunks(BATCH) {
        let mut tx = store.system(true).await?;
        for &n in batch {
            if n % AVDELNING == 0 {
                let name = format!("Avdelning {}", n / AVDELNING + 1);
                avdelning = node(&mut tx, Some(top), NodeKind::Avdelning, &name).await?;
            }
            let unit = node(&mut tx, Some(avdelning), NodeKind::Enhet, &format!("Enhet {}", n + 1)).await?;
            let chef = account(
                format!("Enhetschef {}", n + 1),
                format!("enhetschef{}@demo.se", n + 1),
                (Role::Enhetschef, unit),
            );
            store::person::create(&mut tx, now, &chef).await?;
            tx.act_as(chef.id);
            plan(&mut tx, now, unit).await?;
            cases(&mut tx, now, unit).await?;
        }
        tx.commit().await?;
    }
    store.close().await;
    tick(url).await?;
    println!("{units} units");
    Ok(())
}

async fn plan(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId) -> Result<()> {
    for (year, recurrence) in [(2025, "kvartal"), (2026, "varje_manad")] {
        for n in 0..CONTROLS {
            let form = egenkontroll::Form {
                kontrollmal: format!("Kontroll {}", n + 1),
                metod: "Stickprov".into(),
                responsible: if n % 3 == 0 { "roll:enhetschef".into() } else { "roll:metodutvecklare".into() },
                when: Fields::named(recurrence),
                ..egenkontroll::Form::default()
            };
            let content = egenkontroll::check(&form, year).ok().context("the form is right")?;
            store::plan::create(tx, now, EgenkontrollId::new(), unit, year, &content).await?;
        }
    }
    Ok(())
}

async fn cases(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId) -> Result<()> {
    for n in 0..CASES {
        let rapport = Rapport {
            what: format!("Beslutet kom fram för sent, nr {n}"),
            when: When::Exact(today()?, None),
            place: String::new(),
            process: "Nybesök".into(),
            reference: String::new(),
            noticed_by: "Handläggare".into(),
            consequence: "Hyran betalades en dag för sent".into(),
            done_at_once: String::new(),
            ror: Ror::Brukare,
            suggestion: String::new(),
            suspected: false,
            pui: false,
            discovered: None,
            on_behalf_of: None,
        };
        avvikelse::create(tx, now, today()?, AvvikelseId::new(), unit, Innehall::Rapport(rapport)).await?;
    }
    Ok(())
}

/// Ticks off what lies before October, all at once.
async fn tick(url: &str) -> Result<()> {
    let sql = "update occurrence set state = 'utford', performed_on = due_on where due_on < '2026-10-01'";
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await?;
        connection.execute(sql).await?;
        connection.execute("vacuum analyze").await?;
    } else {
        SqliteConnection::connect(url).await?.execute(sql).await?;
    }
    Ok(())
}

async fn write(url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    let (_, unit) = *tree.walk().last().context("a unit")?;
    let chef = store::person::list(&mut tx).await?;
    let chef = chef.iter().find(|p| p.roles.iter().any(|grant| grant.node == unit.id)).context("its chef")?.id;
    let chef = store::person::actor(&mut tx, chef, 1).await?.context("its chef")?;
    drop(tx);
    loop {
        let mut tx = store.system(true).await?;
        tx.act_as(chef.person);
        let items = occurrence::year(&mut tx, &chef, unit.id, 2026).await?;
        let item = items.last().context("a tillfälle")?;
        let version = item.occurrence.version;
        if item.occurrence.performed_on.is_some() {
            occurrence::undo(&mut tx, now()?, item, version, "").await?;
        } else {
            let tick = Tick { performed_on: today()?, ..Tick::default() };
            occurrence::tick(&mut tx, now()?, item, version, &tick).await?;
        }
        tx.commit().await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
