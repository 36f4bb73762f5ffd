//! What `make bench` needs for series: `bench_siffror fill URL` makes a unit with a hundred series of thirteen months, one of sixteen
//! districts in ten years, an empty one that is divided in two ways, and twenty persons who fill one each, and prints the paths of the
//! divided ones. `bench_siffror import BASE URL` reads a table of 9 360 rows into the empty one and prints the milliseconds until the
//! preview, and until it is read in. `bench_siffror write BASE URL` lets the twenty fill a cell every other second for a minute, or
//! until the server is killed, and prints how long they waited and what they were told; `bench_siffror count URL` reads that and
//! prints how much of it is not in the database.

use anyhow::{Context, Result, anyhow, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    period::{Grain, Period},
    permission::Role,
    siffror::{
        dimension::{Dimension, DimensionId, DimensionsvardeId, VardeForm, check_varde},
        serie::{Content, Form, Serie, SerieId, check},
        siffra::{Ny, Plats, Ursprung},
        slag::Varde,
    },
    tal::Tal,
};
use store::{
    Store, Tx,
    person::NewPerson,
    serie::{self, dimension, siffra},
};

#[path = "bench_siffror/client.rs"]
mod client;
#[path = "bench_siffror/read_in.rs"]
mod read_in;
#[path = "bench_siffror/write.rs"]
mod write;
#[path = "bench_siffror/writers.rs"]
mod writers;

/// Series of one figure each; the first of them are filled by somebody of their own.
const SERIES: usize = 100;
/// Who fills one, besides the chef.
const WRITERS: usize = 20;
/// Months of such a series: the last, and the same of the year before.
const MONTHS: i64 = 13;
/// Values of what the large series is divided by.
const DISTRICTS: usize = 16;
/// Its months.
const TEN_YEARS: i64 = 120;
/// The series that a table is read into.
const LONG: &str = "Hushåll efter orsak";
/// By what it is divided, with how many values.
const DIVIDED: [(&str, usize); 2] = [("Distrikt", 13), ("Orsak", 20)];

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", url] => fill(url).await,
        ["import", base, url] => read_in::read_in(base, url).await,
        ["write", base, url] => write::write(base, url).await,
        ["count", url] => write::count(url).await,
        _ => bail!("bench_siffror fill URL | import BASE URL | write BASE URL | count URL"),
    }
}

fn today() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, 23).context("a day")
}

fn now() -> Result<DateTime<Utc>> {
    today()?.and_hms_opt(9, 0, 0).map(|t| t.and_utc()).context("a time")
}

/// So many months, the last of which is over today.
fn months(many: i64) -> impl Iterator<Item = Period> {
    let last = Period::Month(2026, 10).ordinal();
    (last - many + 1..=last).map(|n| Period::of_ordinal(n, Grain::Manad))
}

/// What the nth value of a dimension is called: without a figure, which could be a time.
fn called(dimension: &str, n: usize) -> Result<String> {
    Ok(format!("{dimension} {}", char::from(b'A' + u8::try_from(n)?)))
}

async fn fill(url: &str) -> Result<()> {
    let (store, now) = (Store::connect(url).await?, now()?);
    store.is_day(today()?);
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
    let unit_id = unit.id;
    for node in [top, unit] {
        store::organisation::create_node(&mut tx, now, &node).await?;
    }
    let who = people(&mut tx, now, unit_id).await?;
    for n in 0..SERIES {
        let responsible = who.get(n).map_or_else(|| "roll:metodutvecklare".to_owned(), |id| format!("person:{id}"));
        let content = content(&writers_serie(n), &responsible, &[])?;
        let values = (0..).zip(months(MONTHS)).map(|(k, period)| (period, Plats::default(), 290 + k));
        made(&mut tx, now, unit_id, &content, values).await?;
    }
    let districts = divided(&mut tx, now, unit_id, "Stadsdel", DISTRICTS).await?;
    let districts_content = content("Hushåll efter stadsdel", "roll:metodutvecklare", &[&districts])?;
    let mut values = Vec::new();
    for (m, period) in (0..).zip(months(TEN_YEARS)) {
        for (d, district) in (0..).zip(&districts.values) {
            // some are so few that they are hidden from most
            values.push((period, Plats(vec![Some(district.id)]), 2 + (d * 29 + m * 7) % 140));
        }
    }
    let large = made(&mut tx, now, unit_id, &districts_content, values).await?;
    let mut dimensions = Vec::new();
    for (namn, many) in DIVIDED {
        dimensions.push(divided(&mut tx, now, unit_id, namn, many).await?);
    }
    let long = content(LONG, "roll:metodutvecklare", &dimensions.iter().collect::<Vec<_>>())?;
    let long = made(&mut tx, now, unit_id, &long, []).await?;
    tx.commit().await?;
    store.close().await;
    println!("/siffror/{large} /siffror/{long}");
    Ok(())
}

/// The chef, one who sees no small numbers, and those who fill a series each: the ids of these.
async fn people(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId) -> Result<Vec<PersonId>> {
    let password_hash = web::password::hash(web::demo::PASSWORD.to_owned()).await;
    let account = |name: String, email: String, role| NewPerson {
        id: PersonId::new(),
        name,
        email,
        password_hash: password_hash.clone(),
        roles: vec![(role, unit)],
    };
    let chef = account("Enhetschef".into(), "h0@demo.se".into(), Role::Enhetschef);
    let reader = account("Handläggare".into(), "medarbetare@demo.se".into(), Role::Medarbetare);
    for new in [chef, reader] {
        store::person::create(tx, now, &new).await?;
    }
    let mut all = Vec::new();
    for n in 0..WRITERS {
        let new = account(format!("Metodutvecklare {}", n + 1), writers_email(n), Role::Metodutvecklare);
        store::person::create(tx, now, &new).await?;
        all.push(new.id);
    }
    Ok(all)
}

fn writers_email(n: usize) -> String {
    format!("h{}@demo.se", n + 1)
}

fn writers_serie(n: usize) -> String {
    format!("Serie {}", n + 1)
}

/// A dimension with so many values.
async fn divided(tx: &mut Tx, now: DateTime<Utc>, unit: NodeId, namn: &str, many: usize) -> Result<Dimension> {
    let id = DimensionId::new();
    dimension::create(tx, now, id, unit, namn).await?;
    for n in 0..many {
        let found = dimension::get(tx, id).await?;
        let form = VardeForm { namn: called(namn, n)?, ..VardeForm::default() };
        let varde = check_varde(&form, &found, None, DimensionsvardeId::new(), today()?);
        let varde = varde.map_err(|faults| anyhow!("a value of {namn}: {faults:?}"))?;
        dimension::create_varde(tx, now, &found, found.version, &varde).await?;
    }
    Ok(dimension::get(tx, id).await?)
}

fn content(namn: &str, responsible: &str, dimensions: &[&Dimension]) -> Result<Content> {
    let dim = |at: usize| dimensions.get(at).map_or_else(String::new, |dimension| dimension.id.to_string());
    let own = dimensions.first().and_then(|dimension| dimension.values.first());
    let form = Form {
        namn: namn.into(),
        enhet: "hushåll".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        responsible: responsible.into(),
        kalla: "Beslutsstöd".into(),
        skyddas: "on".into(),
        dim1: dim(0),
        dim2: dim(1),
        egen: own.map_or_else(String::new, |value| value.id.to_string()),
        ..Form::default()
    };
    check(&form, None).map_err(|faults| anyhow!("{namn}: {faults:?}"))
}

/// Makes a series with values.
async fn made(
    tx: &mut Tx,
    now: DateTime<Utc>,
    unit: NodeId,
    content: &Content,
    values: impl IntoIterator<Item = (Period, Plats, i64)>,
) -> Result<SerieId> {
    let id = SerieId::new();
    serie::create(tx, now, id, unit, content).await?;
    let found = serie::get(tx, id).await?;
    let ny = |(period, plats, n)| Ny { period, plats, varde: Some(Varde::of(Tal::whole(n))), not: String::new() };
    let values: Vec<Ny> = values.into_iter().map(ny).collect();
    siffra::write(tx, (now, today()?), &found, Ursprung::Inskriven, &values, None).await?;
    Ok(id)
}

/// The series of the unit.
async fn all(tx: &mut Tx) -> Result<Vec<Serie>> {
    let unit = store::organisation::tree(tx).await?.walk().last().context("a unit")?.1.id;
    Ok(serie::list(tx, unit).await?.to_vec())
}

/// The fields of a form as the page has them.
fn fields(page: &str, action: &str) -> Result<Vec<(String, String)>> {
    let inputs = scraper::Selector::parse(&format!("form[action=\"{action}\"] input[name]"));
    let inputs = inputs.map_err(|fault| anyhow!("{fault}"))?;
    let page = scraper::Html::parse_document(page);
    let attr = |input: &scraper::ElementRef<'_>, name| input.attr(name).unwrap_or_default().to_owned();
    let fields: Vec<_> = page.select(&inputs).map(|input| (attr(&input, "name"), attr(&input, "value"))).collect();
    ensure!(!fields.is_empty(), "the page has no form for {action}");
    Ok(fields)
}
