//! Planaktivitet: what is done to reach the goals of a verksamhetsplan, one thing however many years it lasts. It is on the wheel of each of
//! its years ([`yearly`]), and how far it has come is said of it once.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    history::{Change, differing, said},
    id::{NodeId, ScheduleId},
    occurrence::State,
    permission::Area,
    recurrence::Recurrence,
    schedule::{Category, Responsible, Schedule},
    verksamhetsplan::{
        aktivitet::{Content, Lage, Planaktivitet, PlanaktivitetId, Satt},
        mal::MalId,
        plan::{Innehall, Plan, PlanId},
    },
    year::Year,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Store, Tx,
    belongs::{self, Second, Thing},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    organisation::grupp::named_in_json,
    touched,
    verksamhetsplan::{self, mal},
    yearly::{self, Standing},
};

impl Versioned for Content {}

impl Versioned for Lage {}

/// The most aktiviteter that a unit has in all its plans.
pub const MOST: i64 = 2_000;

#[derive(FromRow)]
struct AktivitetRow {
    id: Uuid,
    node_id: Uuid,
    year: i64,
    content: String,
    lage: String,
    version: i64,
}

impl TryFrom<AktivitetRow> for Planaktivitet {
    type Error = Error;

    fn try_from(row: AktivitetRow) -> Result<Self> {
        let in_row = InRow::of("planaktivitet", row.id);
        Ok(Self {
            id: PlanaktivitetId(row.id),
            node: NodeId(row.node_id),
            year: in_row.must("year", i32::try_from(row.year).ok())?,
            content: in_row.versioned("content", &row.content)?,
            lage: in_row.versioned("lage", &row.lage)?,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "select a.id, a.node_id, p.year, a.content, a.lage, a.version
             from planaktivitet a join verksamhetsplan p on p.id = a.plan_id ",
            $tail
        )
    };
}

/// What is shown in the plan of a node and year, by its days: what was written in it, and what goes on in the year, for what its goal has
/// become there. At most [`MOST`] are read of a node.
pub async fn list(tx: &mut Tx, node: NodeId, year: i32) -> Result<Vec<Planaktivitet>> {
    let sql = select!("where a.node_id = $1 order by a.id desc limit cast($2 as bigint)");
    let found = rows!(tx, AktivitetRow, sql, node.0, MOST)?;
    let mut found = found.into_iter().map(Planaktivitet::try_from).collect::<Result<Vec<_>>>()?;
    found.retain(|one| one.is_shown_in(year));
    found.sort_by_key(|one| (one.content.start.or(one.content.slut), one.content.slut, one.id));
    if found.iter().any(|one| one.year != year && one.content.mal.is_some()) {
        let now = mal::arvda(tx, node, year).await?;
        for one in &mut found {
            one.content.mal = one.content.mal.map(|mal| now.get(&mal).copied().unwrap_or(mal));
        }
    }
    Ok(found)
}

/// `NotFound` when there is no such aktivitet.
pub async fn get(tx: &mut Tx, id: PlanaktivitetId) -> Result<Planaktivitet> {
    row!(tx, AktivitetRow, select!("where a.id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// What is done for a goal, whatever its year: it stands in the way of removing the goal.
pub(crate) async fn of_mal(tx: &mut Tx, mal: MalId) -> Result<Vec<Planaktivitet>> {
    let found = rows!(tx, AktivitetRow, select!("where a.mal_id = $1 order by a.id"), mal.0)?;
    found.into_iter().map(Planaktivitet::try_from).collect()
}

/// The plan that an aktivitet was written in.
pub async fn plan_of(tx: &mut Tx, id: PlanaktivitetId) -> Result<Plan> {
    let found = row!(tx, (Uuid,), "select plan_id from planaktivitet where id = $1", id.0)?;
    verksamhetsplan::get(tx, PlanId(found.ok_or(Error::NotFound)?.0)).await
}

/// Adds an aktivitet to a plan, with its part of each year. The same id again is the same one: nothing happens. `Invalid` where it names
/// what is not the unit's, and while the plan is laid before whoever decides.
pub async fn create(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    plan: PlanId,
    id: PlanaktivitetId,
    content: &Content,
) -> Result<()> {
    let node = verksamhetsplan::get(tx, plan).await?.node;
    if !belongs::is_new(tx, Thing::Of(Area::Planaktivitet), id.0, node.0, &(plan, content)).await? {
        return Ok(());
    }
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &verksamhetsplan::get(tx, plan).await?;
    named(tx, plan, None, content).await?;
    let sql = "insert into planaktivitet (id, node_id, plan_id, mal_id, content, lage) values ($1, $2, $3, $4, $5, $6)";
    let mal = content.mal.map(|mal| mal.0);
    execute!(tx, sql, id.0, node.0, plan.id.0, mal, versioned(content)?, versioned(&Lage::default())?)?;
    bring_in_step(tx, today, id).await?;
    let told = told(tx, content).await?;
    record(tx, now, (node, id), ("Skapad", ""), said(told)).await
}

/// Changes what is done, for which goal and when. `Conflict` when it is no longer as the person saw it, `Invalid` as [`create`].
pub async fn update(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    before: &Planaktivitet,
    version: i64,
    content: &Content,
) -> Result<()> {
    let plan = plan_of(tx, before.id).await?.id;
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = &verksamhetsplan::get(tx, plan).await?;
    named(tx, plan, Some(&before.content), content).await?;
    let sql =
        "update planaktivitet set content = $3, mal_id = $4, version = version + 1 where id = $1 and version = $2";
    let mal = content.mal.map(|mal| mal.0);
    touched(execute!(tx, sql, before.id.0, version, versioned(content)?, mal)?)?;
    bring_in_step(tx, today, before.id).await?;
    let (was, is) = (told(tx, &before.content).await?, told(tx, content).await?);
    record(tx, now, (before.node, before.id), ("Ändrad", ""), differing(was, is)).await
}

/// Says how far it has come, on the wheels of all its years. One without an end that is closed ends on the day: it was in the years until
/// then. `Conflict` when it is no longer as the person saw it.
pub async fn set_lage(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    before: &Planaktivitet,
    version: i64,
    lage: &Lage,
) -> Result<()> {
    let mut content = before.content.clone();
    if !lage.satt.is_open() && content.slut.is_none() {
        content.slut = content.start.map(|start| start.max(today));
    }
    let sql = "update planaktivitet set lage = $3, content = $4, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, before.id.0, version, versioned(lage)?, versioned(&content)?)?)?;
    bring_in_step(tx, today, before.id).await?;
    let mut changes = differing(told_lage(&before.lage), told_lage(lage));
    changes.extend(differing(before.content.told(), content.told()));
    record(tx, now, (before.node, before.id), (lage.satt.label(), &lage.skal), changes).await
}

/// Takes an aktivitet from its plan and from all wheels, with the reason. `Conflict` when it is no longer as the person saw it, `Invalid` where
/// something has been said of how far it has come: that is given up, and stays.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, before: &Planaktivitet, version: i64, reason: &str) -> Result<()> {
    if before.lage != Lage::default() {
        return Err(Error::at("reason", "Aktiviteten har följts upp. Välj läget Utgått i stället, så finns den kvar."));
    }
    let plan = plan_of(tx, before.id).await?.id;
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    verksamhetsplan::get(tx, plan).await?.check_open(Innehall::Aktivitet).map_err(|why| Error::at("", why))?;
    touched(execute!(tx, "delete from planaktivitet where id = $1 and version = $2", before.id.0, version)?)?;
    yearly::remove(tx, before.id.0).await?;
    record(tx, now, (before.node, before.id), ("Borttagen", reason), vec![]).await
}

/// Lays the parts of what the years have brought, for all aktiviteter that are not over: each in a transaction of its own. Run each night.
pub async fn all(store: &Store, today: NaiveDate) -> Result<()> {
    let mut tx = store.system(false).await?;
    let ids = rows!(&mut tx, (Uuid,), "select id from planaktivitet order by id")?;
    drop(tx);
    for (id,) in ids {
        // one that cannot be read keeps nobody else's from being laid
        if let Err(cause) = laid_anew(store, today, PlanaktivitetId(id)).await {
            tracing::warn!(%cause, planaktivitet = %id, "the years of an aktivitet were not laid");
        }
    }
    Ok(())
}

async fn laid_anew(store: &Store, today: NaiveDate, id: PlanaktivitetId) -> Result<()> {
    let mut tx = store.system(true).await?;
    tx.hold(Held::Planaktivitet(id)).await?;
    bring_in_step(&mut tx, today, id).await?;
    tx.commit().await
}

/// Gives what a group carries out to the one that it has become part of: the schedules are the caller's.
pub(crate) async fn regroup(tx: &mut Tx, from: Responsible, to: Responsible) -> Result<()> {
    let like = named_in_json(from);
    let found = rows!(tx, AktivitetRow, select!("where a.content like $1 order by a.id"), like)?;
    for row in found {
        let id = PlanaktivitetId(row.id);
        tx.hold(Held::Planaktivitet(id)).await?;
        let mut one = get(tx, id).await?;
        if one.content.responsible == from {
            one.content.responsible = to;
            let sql = "update planaktivitet set content = $2, version = version + 1 where id = $1";
            execute!(tx, sql, id.0, versioned(&one.content)?)?;
        }
    }
    Ok(())
}

/// Brings the parts of an aktivitet in step with it, and tells screens where something is otherwise. Who calls this holds it, or has just
/// written it.
async fn bring_in_step(tx: &mut Tx, today: NaiveDate, id: PlanaktivitetId) -> Result<()> {
    // nobody has said what day it is: each night it is done again
    if Year::try_from(today.year()).is_err() {
        return Ok(());
    }
    let one = get(tx, id).await?;
    let parts = match one.content.years() {
        Some(years) => yearly::parts(years, today, |year| one.arc(year)),
        None => vec![],
    };
    let (state, on) = match one.lage.satt {
        Satt::EjPaborjad => (State::Planerad, None),
        Satt::Pagar => (State::Pagar, None),
        Satt::Avslutad => (State::Utford, Some(today)),
        Satt::Utgatt => (State::EjUtford, None),
    };
    let standing = Standing { state, reason: &one.lage.skal, on };
    if yearly::bring_in_step(tx, &schedule_of(&one), &parts, standing, today).await? {
        tx.note(Area::Planaktivitet, one.node);
    }
    Ok(())
}

/// What all its parts say.
fn schedule_of(one: &Planaktivitet) -> Schedule {
    Schedule {
        id: ScheduleId(one.id.0),
        node: one.node,
        year: one.year,
        area: Area::Planaktivitet,
        source: one.id.0,
        level: None,
        category: Category::Aktivitet,
        title: one.content.text.clone(),
        description: String::new(),
        recurrence: Recurrence::Once,
        responsible: one.content.responsible,
        start: None,
        end: None,
        anchor: None,
        hours: None,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    }
}

/// Asks whether all that an aktivitet names is the unit's, and whether the plan is open for it.
async fn named(tx: &mut Tx, plan: &Plan, was: Option<&Content>, content: &Content) -> Result<()> {
    plan.check_open(Innehall::Aktivitet).map_err(|why| Error::at("", why))?;
    let responsible = was.map_or(Responsible::Nobody, |was| was.responsible);
    belongs::check(tx, plan.node, [("responsible", Second::chosen(content.responsible, responsible))]).await?;
    let Some(goal) = content.mal.filter(|goal| was.and_then(|was| was.mal) != Some(*goal)) else { return Ok(()) };
    mal::share_above(tx, plan).await?;
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    if trad.get(goal).is_none() {
        return Err(Error::at("mal", "Målet finns inte i planen. Välj ur listan."));
    }
    Ok(())
}

/// What an aktivitet says of itself for the history, with the name of its goal.
async fn told(tx: &mut Tx, content: &Content) -> Result<Vec<(&'static str, String)>> {
    let goal = match content.mal {
        Some(id) => mal::title(tx, id).await?,
        None => String::new(),
    };
    let mut told = content.told();
    told.push(("Mål", goal));
    Ok(told)
}

fn told_lage(lage: &Lage) -> Vec<(&'static str, String)> {
    vec![
        ("Läge", lage.satt.label().to_owned()),
        ("Varför", lage.skal.clone()),
        ("Avvikelse", lage.avvikelse.clone()),
        ("Analys", lage.analys.clone()),
    ]
}

async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, id): (NodeId, PlanaktivitetId),
    (what, reason): (&str, &str),
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Planaktivitet, thing: id.0, what, reason, changes }).await
}
