//! What `make bench` needs for enkäter: `bench_enkat fill URL` makes a unit with 200 handläggare and an enkät with 100 000
//! published answers; `bench_enkat send BASE URL` logs the 200 in and lets each send 20 answers within a minute, and
//! prints how long the answers took and whether all are there.

use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    enkat::{Content, FragaForm, Grain, Kanal, Period, Questions, State, Svar, Varde, check_fraga},
    id::{EnkatId, NodeId, PersonId},
    kon::Kon,
    organisation::{Node, NodeKind},
    permission::Role,
};
use store::{Store, person::NewPerson};
use uuid::Uuid;

#[path = "bench_siffror/client.rs"]
mod client;

use client::{Client, FORM};

const PEOPLE: usize = 200;
const EACH: usize = 20;
const PUBLISHED: usize = 100_000;
/// Answers that are written in one transaction while filling.
const BATCH: usize = 10_000;
const MINUTE: Duration = Duration::from_mins(1);
/// Answers for programs.
const JSON: &str = "application/json";

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url] => fill(url).await,
        ["send", base, url] => send(base, url).await,
        _ => bail!("bench_enkat fill URL | bench_enkat send BASE URL"),
    }
}

fn day(y: i32, m: u32, d: u32) -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(y, m, d).context("a day")
}

fn now() -> Result<DateTime<Utc>> {
    day(2026, 11, 23)?.and_hms_opt(9, 0, 0).map(|t| t.and_utc()).context("a time")
}

async fn fill(url: &str) -> Result<()> {
    let (store, now) = (Store::connect(url).await?, now()?);
    store.migrate().await?;
    let mut tx = store.system(true).await?;
    ensure!(store::person::count(&mut tx).await? == 0, "the database has content");
    let node = |parent, kind, name: &str| Node {
        id: NodeId::new(),
        parent,
        kind,
        name: name.to_owned(),
        active: true,
        version: 1,
    };
    let top = node(None, NodeKind::Organisation, "Staden");
    let unit = node(Some(top.id), NodeKind::Enhet, "Enheten");
    let (unit_id, password_hash) = (unit.id, web::password::hash(web::demo::PASSWORD.to_owned()).await);
    for node in [top, unit] {
        store::organisation::create_node(&mut tx, now, &node).await?;
    }
    for n in 0..=PEOPLE {
        let (name, role) = if n == 0 {
            ("Enhetschef".to_owned(), Role::Enhetschef)
        } else {
            (format!("Handläggare {n}"), Role::Medarbetare)
        };
        let new = NewPerson {
            id: PersonId::new(),
            name,
            email: format!("h{n}@demo.se"),
            password_hash: password_hash.clone(),
            roles: vec![(role, unit_id)],
        };
        store::person::create(&mut tx, now, &new).await?;
    }
    let id = enkat(&mut tx, now, unit_id).await?;
    let version = store::enkat::versions(&mut tx, id).await?.pop().context("a version")?.id;
    tx.commit().await?;
    for batch in 0..PUBLISHED / BATCH {
        let mut tx = store.system(true).await?;
        let found = store::enkat::get(&mut tx, id).await?;
        let mut all = Vec::with_capacity(BATCH);
        for n in batch * BATCH..(batch + 1) * BATCH {
            let values =
                BTreeMap::from([(1, Varde::Val(n % 3)), (2, Varde::Val(n % 7 / 3)), (3, Varde::Val(n % 11 / 4))]);
            let month = u32::try_from(n % 10)? + 1;
            let kon = Some(Kon::ALL[n % 17 % 4]);
            let svar = Svar { id: Uuid::new_v4(), version, period: Period::Month(2026, month), kon, values };
            all.push(svar);
        }
        let by = store::enkat::svar::Inmatning { person: PersonId::new(), month: "2026-11", form: false };
        store::enkat::svar::take(&mut tx, &found, by, &all).await?;
        tx.commit().await?;
    }
    store::enkat::slapp::sweep(&store, day(2026, 11, 23)?).await?;
    let mut tx = store.system(false).await?;
    let (waiting, published) = store::enkat::svar::counts(&mut tx, id).await?;
    ensure!(waiting == 0 && published == i64::try_from(PUBLISHED)?, "{published} published, {waiting} wait");
    drop(tx);
    store.close().await;
    println!("/enkater/{id}/resultat");
    Ok(())
}

async fn enkat(tx: &mut store::Tx, now: DateTime<Utc>, unit: NodeId) -> Result<EnkatId> {
    let id = EnkatId::new();
    let content = Content {
        title: "Samtal per telefon".to_owned(),
        intro: String::new(),
        kanal: Kanal::Telefon,
        grain: Grain::Manad,
        first: day(2026, 1, 1)?,
        last: day(2026, 12, 31)?,
        target: Some(4),
    };
    store::enkat::create(tx, now, id, unit, &content).await?;
    let mut questions = Questions { kon: true, list: vec![] };
    for key in 1..=3 {
        let form = FragaForm {
            kind: "ja_nej_delvis".to_owned(),
            text: format!("Fråga {key}"),
            required: "on".to_owned(),
            overall: if key == 1 { "on".to_owned() } else { String::new() },
            ..FragaForm::default()
        };
        questions.put(check_fraga(&form, key).map_err(|e| anyhow!("{e:?}"))?);
    }
    let found = store::enkat::get(tx, id).await?;
    let version = store::enkat::versions(tx, id).await?.pop().context("a version")?;
    store::enkat::update_questions(tx, now, &found, (&version, &version.questions), &questions, "Frågor", vec![])
        .await?;
    store::enkat::set_state(tx, now, id, 1, State::Oppen).await?;
    Ok(id)
}

async fn send(base: &str, url: &str) -> Result<()> {
    let store = Store::connect(url).await?;
    let mut tx = store.system(false).await?;
    let unit = store::organisation::tree(&mut tx).await?.walk().last().context("a unit")?.1.id;
    let id = store::enkat::list(&mut tx, unit).await?.pop().context("an enkät")?.id;
    let version = store::enkat::versions(&mut tx, id).await?.pop().context("a version")?.id;
    let (waiting, published) = store::enkat::svar::counts(&mut tx, id).await?;
    let before = waiting + published;
    drop(tx);
    // logged in one after the other: a password costs what it costs
    let mut clients = Vec::new();
    for n in 1..=PEOPLE {
        let mut client = Client::log_in(base, &format!("h{n}@demo.se"))?;
        let (status, _, body) = client.ask("POST /api/get_enkatkonto", JSON, (FORM, b""))?;
        ensure!(status == 200, "login of {n}: {status} {body}");
        let konto: serde_json::Value = serde_json::from_str(&body)?;
        clients.push((client, konto["konto"].as_str().context("a key")?.to_owned()));
    }
    let began = Instant::now();
    let threads: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(n, (mut client, konto))| {
            thread::spawn(move || -> Result<Vec<Duration>> {
                let mut took = Vec::new();
                for k in 0..EACH {
                    // spread over the minute, each at a time of its own
                    let share = (f64::from(u32::try_from(k * PEOPLE + (n * 37) % PEOPLE)?)) / f64::from(u32::try_from(EACH * PEOPLE)?);
                    thread::sleep((began + MINUTE.mul_f64(share)).saturating_duration_since(Instant::now()));
                    let svar = serde_json::json!([{
                        "id": Uuid::new_v4(), "version": version, "period": "2026-11", "kon": if n % 2 == 0 { "kvinna" } else { "man" },
                        "values": [[1, "0"], [2, (k % 3).to_string()], [3, "2"]],
                    }]);
                    let form = [("enkat", id.to_string()), ("konto", konto.clone()), ("svar", svar.to_string())];
                    let body = serde_urlencoded::to_string(form)?;
                    let sent = Instant::now();
                    let (status, _, body) = client.ask("POST /api/create_enkatsvar", JSON, (FORM, body.as_bytes()))?;
                    took.push(sent.elapsed());
                    ensure!(status == 200 && body.contains("\"refused\":null"), "{status} {body}");
                }
                Ok(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for thread in threads {
        took.extend(thread.join().map_err(|_| anyhow!("a sender panicked"))??);
    }
    took.sort_unstable();
    let mut tx = store.system(false).await?;
    let (waiting, published) = store::enkat::svar::counts(&mut tx, id).await?;
    let lost = i64::try_from(took.len())? - (waiting + published - before);
    let p99 = took[took.len() * 99 / 100];
    println!("{} ms, {lost} lost", p99.as_millis());
    Ok(())
}
