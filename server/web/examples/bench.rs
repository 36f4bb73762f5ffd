//! What `make bench` needs beside the server itself: `bench fill URL` fills an empty database with five units and three
//! years, one of them crowded; `bench serve FILE` serves the bytes of a file, to compare with.

use anyhow::{Context, Result, bail, ensure};
use axum::{Router, body::Bytes, http::header, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    aktivitet, egenkontroll,
    id::{EgenkontrollId, NodeId, PersonId, ScheduleId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    recurrence::form::Fields,
};
use store::{Store, Target, Tx, person::NewPerson};

const YEARS: [i32; 3] = [2024, 2025, 2026];
const UNITS: usize = 5;
/// Monthly controls per unit and year: twelve times each.
const CONTROLS: usize = 20;
/// Activities of the first unit's last year, so that its wheel holds 300 items.
const CROWD: usize = 60;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url] => fill(url).await,
        ["serve", file] => serve(file).await,
        _ => bail!("bench fill URL | bench serve FILE"),
    }
}

async fn fill(url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    store.migrate().await?;
    let now = moment()?;
    let mut tx = store.system(true).await?;
    ensure!(store::person::count(&mut tx).await? == 0, "the database has content");
    let top = node(&mut tx, now, None, NodeKind::Organisation, "Staden").await?;
    let avdelning = node(&mut tx, now, Some(top), NodeKind::Avdelning, "Avdelningen").await?;
    let password_hash = web::password::hash(web::demo::PASSWORD.to_owned()).await;
    for unit in 0..UNITS {
        let unit_id = node(&mut tx, now, Some(avdelning), NodeKind::Enhet, &format!("Enhet {}", unit + 1)).await?;
        let chef = NewPerson {
            id: PersonId::new(),
            name: format!("Enhetschef {}", unit + 1),
            email: format!("enhetschef{}@demo.se", unit + 1),
            password_hash: password_hash.clone(),
            roles: vec![(Role::Enhetschef, unit_id)],
        };
        store::person::create(&mut tx, now, &chef).await?;
        for year in YEARS {
            plan(&mut tx, now, unit_id, year).await?;
            if unit == 0 && year == YEARS[2] {
                crowd(&mut tx, now, unit_id, year).await?;
            }
        }
    }
    tx.commit().await?;
    tick_all(&store, now).await?;
    store.close().await;
    Ok(())
}

fn moment() -> Result<DateTime<Utc>> {
    NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|d| d.and_hms_opt(9, 0, 0)).map(|t| t.and_utc()).context("a day")
}

async fn node(tx: &mut Tx, now: DateTime<Utc>, parent: Option<NodeId>, kind: NodeKind, name: &str) -> Result<NodeId> {
    let id = NodeId::new();
    let node = Node { id, parent, kind, name: name.to_owned(), active: true, version: 1 };
    store::organisation::create_node(tx, now, &node).await?;
    Ok(id)
}

async fn plan(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId, year: i32) -> Result<()> {
    for n in 0..CONTROLS {
        let form = egenkontroll::Form {
            kontrollmal: format!("Kontroll {}", n + 1),
            metod: "Stickprov".into(),
            responsible: if n % 3 == 0 { "roll:enhetschef".into() } else { "roll:metodutvecklare".into() },
            when: Fields::named("varje_manad"),
            ..egenkontroll::Form::default()
        };
        let content = egenkontroll::check(&form, year).ok().context("the form is right")?;
        store::plan::create(tx, now, EgenkontrollId::new(), unit, year, &content).await?;
    }
    Ok(())
}

async fn crowd(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId, year: i32) -> Result<()> {
    for n in 0..CROWD {
        let form = aktivitet::Form {
            title: format!("Möte {}", n + 1),
            category: ["mote", "arbetsmiljo", "rapport", "aktivitet"][n % 4].into(),
            when: Fields { start: format!("{year}-{:02}-{:02}", n % 12 + 1, n % 28 + 1), ..Fields::default() },
            ..aktivitet::Form::default()
        };
        let content = aktivitet::check(&form, year).ok().context("the form is right")?;
        store::aktivitet::create(tx, now, ScheduleId::new(), unit, year, &content).await?;
    }
    Ok(())
}

/// Ticks off what lies before October of the last year.
async fn tick_all(store: &Store, now: DateTime<Utc>) -> Result<()> {
    let mut tx = store.system(true).await?;
    for person in store::person::list(&mut tx).await? {
        let actor = store::person::actor(&mut tx, person.id, 1).await?.context("an active person")?;
        tx.act_as(actor.person);
        for (unit, _) in actor.units() {
            for year in YEARS {
                for item in store::occurrence::year(&mut tx, &actor, unit, year).await? {
                    let due = item.occurrence.due;
                    if Some(due) < NaiveDate::from_ymd_opt(2026, 10, 1) {
                        let tick = domain::occurrence::Tick { performed_on: due, ..Default::default() };
                        store::occurrence::tick(&mut tx, now, &item, item.occurrence.version, &tick).await?;
                    }
                }
            }
        }
    }
    tx.commit().await?;
    // the door that pages go through, once, so that a wrong fill is seen here and not as a fast empty page
    let mut tx = store.system(false).await?;
    let person = store::person::list(&mut tx).await?.into_iter().next().context("a person")?;
    let actor = store::person::actor(&mut tx, person.id, 1).await?.context("an active person")?;
    let (unit, _) = actor.units().into_iter().next().context("a unit")?;
    drop(tx);
    let mut tx = store.read(&actor, Target::Node(unit, Area::Aktivitet), Action::View).await?;
    let items = store::occurrence::year(&mut tx, &actor, unit, 2026).await?.len();
    println!("{items} items on the first wheel");
    Ok(())
}

async fn serve(file: &str) -> Result<()> {
    let bytes = Bytes::from(std::fs::read(file)?);
    let answer = move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(answer))).await?;
    Ok(())
}
