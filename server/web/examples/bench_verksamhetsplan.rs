//! What `make bench` needs for verksamhetsplaner: `bench_verksamhetsplan fill URL` makes a unit with the plans of five years, each a copy
//! of the one before, with twelve enhetsmål, forty indikatorer and their outcomes, and twenty persons who fill one of them each; beside it
//! a unit whose plan is long. It prints the paths of the plan, of a goal and an indikator in it, and of the long plan.
//! `bench_verksamhetsplan see BASE URL` lets two write in one row by turns and prints how long it took until the other had read it.
//! `bench_verksamhetsplan write BASE URL` lets the twenty fill a cell every other second for a minute, or until the server is killed, and
//! prints how long they waited and what they were told; `bench_verksamhetsplan count URL` reads that and prints how much of it is not in
//! the database.

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    verksamhetsplan::{
        enhetsmal::bedomning::BeslutForm,
        forvantat::{ForvantatId, bedomning::UtfallForm},
        indikator::{IndikatorId, Utfallsperiod},
        mal::{Benamning, MalId, Niva, Uppfyllelse},
        plan::{
            Far, Form, PlanId, Steg,
            kapitel::{Content as Kapitel, KapitelId},
        },
    },
};
use store::{
    Store, Tx,
    person::NewPerson,
    verksamhetsplan::{
        self, bedomning, enhetsmal, forvantat, indikator, kapitel, kopiering, mal,
        utfall::{self, Cell, Matade},
    },
};

#[path = "bench_siffror/client.rs"]
mod client;
#[path = "bench_verksamhetsplan/grid.rs"]
mod grid;
#[path = "bench_verksamhetsplan/innehall.rs"]
mod innehall;
#[path = "bench_siffror/writers.rs"]
mod writers;

/// Whose plan is measured.
const UNIT: &str = "Enheten";
/// The year of its first plan.
const FIRST: i32 = 2022;
/// The year of its fifth.
const LAST: i32 = 2026;
/// Goals of the city, which the unit's own lie under: inriktningsmål, and KF-mål under each.
const CITY: [usize; 2] = [3, 2];
/// Enhetsmål of a plan.
const GOALS: usize = 12;
/// What is expected of each: every other row has a number.
const ROWS: usize = 6;
/// Indikatorer of a plan.
const INDIKATORER: usize = 40;
/// Who fills an indikator of their own, the first of the plan, besides the chef.
const WRITERS: usize = 20;
/// The period that they fill, which is asked for on the day that is measured.
const PERIOD: Utfallsperiod = Utfallsperiod::tertial_2(LAST);

/// How much is written in a plan.
struct Length {
    /// Letters of a chapter.
    chapter: usize,
    /// Letters of each of the four texts of a goal.
    text: usize,
    /// Chapters beside those that a plan begins with.
    more: usize,
}

/// What is written as a rule.
const USUAL: Length = Length { chapter: 1_200, text: 500, more: 0 };
/// More than sixty pages.
const LONG: Length = Length { chapter: 7_500, text: 3_300, more: 6 };

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url] => fill(url).await,
        ["see", base, url] => grid::see(base, url).await,
        ["write", base, url] => grid::write(base, url).await,
        ["count", url] => grid::count(url).await,
        _ => bail!("bench_verksamhetsplan fill URL | see BASE URL | write BASE URL | count URL"),
    }
}

fn today() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(LAST, 11, 23).context("a day")
}

fn now() -> Result<DateTime<Utc>> {
    today()?.and_hms_opt(9, 0, 0).map(|t| t.and_utc()).context("a time")
}

fn writers_email(n: usize) -> String {
    format!("h{}@demo.se", n + 1)
}

async fn fill(url: &str) -> Result<()> {
    let (store, now) = (Store::connect(url).await?, now()?);
    store.is_day(today()?);
    store.migrate().await?;
    let mut tx = store.system(true).await?;
    ensure!(store::person::count(&mut tx).await? == 0, "the database has content");
    let top = node(&mut tx, None, NodeKind::Organisation, "Staden").await?;
    let unit = node(&mut tx, Some(top), NodeKind::Enhet, UNIT).await?;
    let beside = node(&mut tx, Some(top), NodeKind::Enhet, "Enheten bredvid").await?;
    let chef = people(&mut tx, unit, beside).await?;
    tx.act_as(chef);

    let mut stad = city(&mut tx, top).await?;
    let mut plan = enhet(&mut tx, (unit, FIRST), &USUAL).await?;
    for year in FIRST..=LAST {
        if year > FIRST {
            stad = kopiering::kopiera_plan(&mut tx, now, stad, PlanId::new()).await?.plan;
            plan = kopiering::kopiera_plan(&mut tx, now, plan, PlanId::new()).await?.plan;
        }
        decide(&mut tx, stad, year).await?;
        decide(&mut tx, plan, year).await?;
        for period in Utfallsperiod::rapporter(year) {
            if period.last_day() < today()? {
                follow(&mut tx, plan, period).await?;
            }
        }
    }
    let long = enhet(&mut tx, (beside, LAST), &LONG).await?;
    decide(&mut tx, long, LAST).await?;

    let all = indikator::list(&mut tx, plan).await?;
    ensure!(all.len() == INDIKATORER, "{} indikatorer were copied of {INDIKATORER}", all.len());
    let one = all.into_iter().next().context("an indikator")?;
    tx.commit().await?;
    store.close().await;
    let (path, goal, indikator) = (format!("/verksamhetsplan/{plan}"), one.mal, one.indikator.id);
    println!("{path} {path}/mal/{goal} {path}/indikatorer/{indikator} /verksamhetsplan/{long}");
    Ok(())
}

async fn node(tx: &mut Tx, parent: Option<NodeId>, kind: NodeKind, name: &str) -> Result<NodeId> {
    let id = NodeId::new();
    let node = Node { id, parent, kind, name: name.to_owned(), active: true, version: 1 };
    store::organisation::create_node(tx, now()?, &node).await?;
    Ok(id)
}

/// The chef, one who reads, those who fill an indikator each, and the chef of the unit beside: the id of the first.
async fn people(tx: &mut Tx, unit: NodeId, beside: NodeId) -> Result<PersonId> {
    let password_hash = web::password::hash(web::demo::PASSWORD.to_owned()).await;
    let account = |name: String, email: String, role| NewPerson {
        id: PersonId::new(),
        name,
        email,
        password_hash: password_hash.clone(),
        roles: vec![role],
    };
    let chef = account("Enhetschef".into(), "h0@demo.se".into(), (Role::Enhetschef, unit));
    let id = chef.id;
    let mut all = vec![
        chef,
        account("Handläggare".into(), "medarbetare@demo.se".into(), (Role::Medarbetare, unit)),
        account("Enhetschef bredvid".into(), "bredvid@demo.se".into(), (Role::Enhetschef, beside)),
    ];
    for n in 0..WRITERS {
        let name = format!("Metodutvecklare {}", n + 1);
        all.push(account(name, writers_email(n), (Role::Metodutvecklare, unit)));
    }
    for new in all {
        store::person::create(tx, now()?, &new).await?;
    }
    Ok(id)
}

/// The city's plan of the first year.
async fn city(tx: &mut Tx, top: NodeId) -> Result<PlanId> {
    let now = now()?;
    let plan = verksamhetsplan::create(tx, now, PlanId::new(), (top, FIRST), Benamning::Enhetsmal).await?;
    let [aims, below] = CITY;
    for n in 1..=aims {
        let aim = MalId::new();
        let content = innehall::mal(Niva::Inriktningsmal, &n.to_string(), "Staden är till för alla")?;
        mal::create(tx, now, plan, (aim, None), &content).await?;
        for k in 1..=below {
            let content = innehall::mal(Niva::KfMal, &format!("{n}.{k}"), "Invånarna försörjer sig själva")?;
            mal::create(tx, now, plan, (MalId::new(), Some(aim)), &content).await?;
        }
    }
    Ok(plan)
}

/// The plan of a unit, with its chapters, its goals, what is expected of them, and what they are measured by.
async fn enhet(tx: &mut Tx, (node, year): (NodeId, i32), length: &Length) -> Result<PlanId> {
    let now = now()?;
    let plan = verksamhetsplan::create(tx, now, PlanId::new(), (node, year), Benamning::Enhetsmal).await?;
    let all = kapitel::list(tx, plan).await?;
    for (n, one) in all.iter().enumerate() {
        let content = Kapitel { text: innehall::text(n, length.chapter), ..one.content.clone() };
        kapitel::update(tx, now, plan, (one.id, one.version), &content).await?;
    }
    let first = &all.first().context("a chapter")?.content;
    for n in 0..length.more {
        let rubrik = format!("Fördjupning {}", n + 1);
        let content = Kapitel { rubrik, text: innehall::text(n, length.chapter), ..first.clone() };
        kapitel::create(tx, now, plan, KapitelId::new(), &content).await?;
    }
    let trad = mal::trad(tx, node, year).await?;
    let above: Vec<MalId> = trad.of_niva(Niva::KfMal).into_iter().map(|mal| mal.id).collect();
    ensure!(!above.is_empty(), "the city has no goals of {year}");
    let mut goals = Vec::new();
    for n in 0..GOALS {
        let id = MalId::new();
        let content = innehall::mal(Niva::Enhetsmal, "", &format!("Enhetens mål {}", n + 1))?;
        mal::create(tx, now, plan, (id, Some(above[n % above.len()])), &content).await?;
        enhetsmal::update(tx, now, plan, (id, 0), &innehall::texter(n, length.text)?).await?;
        for k in 0..ROWS {
            forvantat::create(tx, now, plan, (ForvantatId::new(), id), &innehall::rad(k, year)?).await?;
        }
        goals.push(id);
    }
    for n in 0..INDIKATORER {
        let id = (IndikatorId::new(), goals[n % GOALS]);
        indikator::create(tx, now, plan, id, &innehall::indikator(n)?).await?;
    }
    Ok(plan)
}

/// Lays a plan before whoever decides, and decides it as the year begins.
async fn decide(tx: &mut Tx, plan: PlanId, year: i32) -> Result<()> {
    let on = NaiveDate::from_ymd_opt(year, 1, 28).context("a day")?;
    for steg in [Steg::Foresla, Steg::Faststall] {
        let version = verksamhetsplan::get(tx, plan).await?.version;
        let form = Form { steg: steg.code().to_owned(), ..Form::default() };
        let far = Far { skriva: true, besluta: true };
        verksamhetsplan::step(tx, (now()?, on), (plan, version), &form, far).await?;
    }
    Ok(())
}

/// The outcomes of a period, and how its goals were met. Those who write fill the first indikatorer themselves.
async fn follow(tx: &mut Tx, plan: PlanId, period: Utfallsperiod) -> Result<()> {
    let now = now()?;
    let waits = if period == PERIOD { WRITERS } else { 0 };
    let mut cells = Vec::new();
    for (n, one) in indikator::list(tx, plan).await?.into_iter().enumerate().skip(waits) {
        let id = one.indikator.id;
        let of_row = innehall::utfall(n, period.month());
        cells.extend(of_row.map(|(kolumn, text)| Cell { id, kolumn, text, was: String::new() }));
    }
    let written = utfall::save(tx, now, (plan, period), (&cells, ""), &Matade::new()).await?;
    ensure!(written.andrade == INDIKATORER - waits, "the outcomes of {period} were not written: {written:?}");
    let found = verksamhetsplan::get(tx, plan).await?;
    let trad = mal::trad(tx, found.node, found.year).await?;
    for goal in trad.of_niva(Niva::Enhetsmal) {
        let rows = forvantat::of_mal(tx, goal.id).await?;
        for row in rows.into_iter().filter(|row| row.content.malvarde.is_some()) {
            let form = UtfallForm { total: "78".to_owned(), ..UtfallForm::default() };
            forvantat::update_utfall(tx, now, plan, (goal.id, row.id), (period.month(), 0), &form).await?;
        }
        let form = BeslutForm { status: Uppfyllelse::Delvis.code().to_owned(), analys: innehall::text(1, 300) };
        bedomning::update(tx, now, plan, (goal.id, period.month()), 0, &form).await?;
    }
    Ok(())
}
