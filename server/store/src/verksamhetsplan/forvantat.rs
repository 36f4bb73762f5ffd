//! Förväntat resultat: the rows of what is expected of a goal, and what came out of each in a period.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    history::{differing, said},
    verksamhetsplan::{
        forvantat::{
            Content, ForvantatId, Lank, RADER_MOST, Rad,
            bedomning::{Utfall, UtfallForm, check},
        },
        indikator::tid::Utfallsperiod,
        mal::MalId,
        plan::{Innehall, Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{enhetsmal::opened, record, stangning};
use crate::{
    Error, Result, Tx,
    belongs::{self, Second, Thing},
    in_row::{InRow, Versioned, versioned},
    touched,
};

impl Versioned for Content {}
impl Versioned for Utfall {}

/// What came out of a row in a period, as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utfallsrad {
    /// The row that it is of.
    pub rad: ForvantatId,
    /// The last month of the period, which begins in January: 4, 8 or 12.
    pub manad: u32,
    /// What came out.
    pub utfall: Utfall,
    /// Rises with every change.
    pub version: i64,
}

#[derive(FromRow)]
struct ForvantatRow {
    id: Uuid,
    mal_id: Uuid,
    ordning: i64,
    copied_from: Option<Uuid>,
    content: String,
    version: i64,
}

impl TryFrom<ForvantatRow> for Rad {
    type Error = Error;

    fn try_from(row: ForvantatRow) -> Result<Self> {
        Ok(Self {
            id: ForvantatId(row.id),
            mal: MalId(row.mal_id),
            ordning: row.ordning,
            copied_from: row.copied_from.map(ForvantatId),
            content: InRow::of("forvantat", row.id).versioned("content", &row.content)?,
            version: row.version,
        })
    }
}

#[derive(FromRow)]
struct UtfallRow {
    forvantat_id: Uuid,
    manad: i64,
    content: String,
    version: i64,
}

impl TryFrom<UtfallRow> for Utfallsrad {
    type Error = Error;

    fn try_from(row: UtfallRow) -> Result<Self> {
        let in_row = InRow::of("forvantatutfall", row.forvantat_id);
        Ok(Self {
            rad: ForvantatId(row.forvantat_id),
            manad: in_row.must("manad", u32::try_from(row.manad).ok())?,
            utfall: in_row.versioned("content", &row.content)?,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select f.id, f.mal_id, f.ordning, f.copied_from, f.content, f.version from forvantat f ", $tail)
    };
}

macro_rules! select_utfall {
    ($tail:literal) => {
        concat!(
            "select u.forvantat_id, u.manad, u.content, u.version from forvantatutfall u
             join forvantat f on f.id = u.forvantat_id ",
            $tail
        )
    };
}

/// What is expected of a goal, in order.
pub async fn of_mal(tx: &mut Tx, mal: MalId) -> Result<Vec<Rad>> {
    let found = rows!(tx, ForvantatRow, select!("where f.mal_id = $1 order by f.ordning, f.id"), mal.0)?;
    found.into_iter().map(Rad::try_from).collect()
}

/// What is expected of a plan's own goals, those of each in order.
pub async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Vec<Rad>> {
    let sql = select!("join mal m on m.id = f.mal_id where m.plan_id = $1 order by f.mal_id, f.ordning, f.id");
    rows!(tx, ForvantatRow, sql, plan.0)?.into_iter().map(Rad::try_from).collect()
}

/// `NotFound` when the goal has no such row.
pub async fn get(tx: &mut Tx, mal: MalId, id: ForvantatId) -> Result<Rad> {
    row!(tx, ForvantatRow, select!("where f.mal_id = $1 and f.id = $2"), mal.0, id.0)?
        .ok_or(Error::NotFound)?
        .try_into()
}

/// What came out of the rows of a goal, in every period.
pub async fn utfall(tx: &mut Tx, mal: MalId) -> Result<Vec<Utfallsrad>> {
    let found = rows!(tx, UtfallRow, select_utfall!("where f.mal_id = $1"), mal.0)?;
    found.into_iter().map(Utfallsrad::try_from).collect()
}

/// What came out of the rows of a plan's own goals, in every period.
pub async fn utfall_of_plan(tx: &mut Tx, plan: PlanId) -> Result<Vec<Utfallsrad>> {
    let sql = select_utfall!("join mal m on m.id = f.mal_id where m.plan_id = $1");
    rows!(tx, UtfallRow, sql, plan.0)?.into_iter().map(Utfallsrad::try_from).collect()
}

/// What came out of the rows of a goal in one period, by row.
pub(super) async fn utfall_i(tx: &mut Tx, mal: MalId, manad: u32) -> Result<BTreeMap<ForvantatId, Utfall>> {
    let all = utfall(tx, mal).await?;
    Ok(all.into_iter().filter(|one| one.manad == manad).map(|one| (one.rad, one.utfall)).collect())
}

/// Adds a row, last. The same id again is the same one: nothing happens. `Invalid` while the plan is not open, where the goal has as many
/// as it can have, and where the series is not the unit's.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (id, mal): (ForvantatId, MalId),
    content: &Content,
) -> Result<()> {
    if !belongs::is_new(tx, Thing::Forvantat, id.0, mal.0, content).await? {
        return Ok(());
    }
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let there = of_mal(tx, mal).await?;
    if there.len() >= RADER_MOST {
        return Err(Error::at("", format!("Målet har {RADER_MOST} rader, och fler får det inte.")));
    }
    feeds(tx, &plan, content.lank, None).await?;
    let ordning = there.last().map_or(1, |last| last.ordning + 1);
    insert(tx, &Rad { id, mal, ordning, copied_from: None, content: content.clone(), version: 1 }).await?;
    record(tx, now, (plan.node, mal.0), ("Förväntat resultat tillagt", ""), said(content.told())).await
}

/// Writes a new row; its goal, and what it was copied from, are known to be there.
pub(super) async fn insert(tx: &mut Tx, rad: &Rad) -> Result<()> {
    let sql = "insert into forvantat (id, mal_id, ordning, copied_from, content) values ($1, $2, $3, $4, $5)";
    let copied_from = rad.copied_from.map(|id| id.0);
    execute!(tx, sql, rad.id.0, rad.mal.0, rad.ordning, copied_from, versioned(&rad.content)?)?;
    Ok(())
}

/// Changes a row; what came out of it stays. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id, version): (MalId, ForvantatId, i64),
    content: &Content,
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let before = get(tx, mal, id).await?;
    feeds(tx, &plan, content.lank, before.content.lank).await?;
    let sql = "update forvantat set content = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, versioned(content)?)?)?;
    let told = differing(before.content.told(), content.told());
    record(tx, now, (plan.node, mal.0), ("Förväntat resultat ändrat", ""), told).await
}

/// Takes a row away. `Conflict` when it is no longer as the person saw it, `Invalid` where something has come out of it.
pub async fn remove(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id, version): (MalId, ForvantatId, i64),
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let gone = get(tx, mal, id).await?;
    if row!(tx, (i64,), "select manad from forvantatutfall where forvantat_id = $1 limit 1", id.0)?.is_some() {
        return Err(Error::at("", "Raden har utfall och tas inte bort. Ändra den i stället, så finns utfallet kvar."));
    }
    touched(execute!(tx, "delete from forvantat where id = $1 and version = $2", id.0, version)?)?;
    let nothing = Content::default().told();
    let told = differing(gone.content.told(), nothing);
    record(tx, now, (plan.node, mal.0), ("Förväntat resultat borttaget", ""), told).await
}

/// Moves a row one place. At the end nothing happens.
pub async fn move_rad(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id): (MalId, ForvantatId),
    earlier: bool,
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let mut rader = of_mal(tx, mal).await?;
    let place = rader.iter().position(|rad| rad.id == id).ok_or(Error::NotFound)?;
    let beside = if earlier { place.checked_sub(1) } else { Some(place + 1) };
    let Some(beside) = beside.filter(|beside| *beside < rader.len()) else { return Ok(()) };
    rader.swap(place, beside);
    for (ordning, rad) in (1_i64..).zip(&rader) {
        execute!(tx, "update forvantat set ordning = $2 where id = $1", rad.id.0, ordning)?;
    }
    let told = said(vec![("Förväntat resultat", rader[beside].content.text.clone())]);
    let what = if earlier { "Rad flyttad upp" } else { "Rad flyttad ned" };
    record(tx, now, (plan.node, mal.0), (what, ""), told).await
}

/// Writes what came out of a row in a period. `version` is 0 where nothing was written. `Conflict` when it is no longer as the person saw
/// it, `Invalid` with what is wrong in the form, which is held against the row as it is now.
pub async fn update_utfall(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, id): (MalId, ForvantatId),
    (manad, version): (u32, i64),
    form: &UtfallForm,
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Uppfoljning).await?;
    let period = period(&plan, manad)?;
    stangning::check_open(tx, &plan, period).await?;
    let rad = get(tx, mal, id).await?;
    let new = check(form, &rad.content).map_err(Error::Invalid)?;
    let before = utfall_i(tx, mal, manad).await?.remove(&id).unwrap_or_default();
    let done = if version == 0 {
        let sql = "insert into forvantatutfall (forvantat_id, manad, content) values ($1, $2, $3)
                   on conflict (forvantat_id, manad) do nothing";
        execute!(tx, sql, id.0, i64::from(manad), versioned(&new)?)?
    } else {
        let sql = "update forvantatutfall set content = $4, version = version + 1
                   where forvantat_id = $1 and manad = $2 and version = $3";
        execute!(tx, sql, id.0, i64::from(manad), version, versioned(&new)?)?
    };
    touched(done)?;
    let mut told = said(vec![("Förväntat resultat", rad.content.text.clone())]);
    told.extend(differing(before.told(&rad.content), new.told(&rad.content)));
    let what = format!("Utfall {}", period.within_year());
    record(tx, now, (plan.node, mal.0), (&what, ""), told).await
}

/// The period of a plan that ends with a month: one of the three that are reported. `NotFound` of another.
pub(super) fn period(plan: &Plan, manad: u32) -> Result<Utfallsperiod> {
    Utfallsperiod::rapporter(plan.year).into_iter().find(|one| one.month() == manad).ok_or(Error::NotFound)
}

/// Whether what a row is fed from is the unit's. What it was fed from already is not asked about.
async fn feeds(tx: &mut Tx, plan: &Plan, new: Option<Lank>, was: Option<Lank>) -> Result<()> {
    match new.filter(|_| new != was) {
        Some(Lank::Serie(serie)) => belongs::check(tx, plan.node, [("lank", Second::Serie(serie))]).await,
        Some(Lank::Indikator(_)) => Err(Error::at("lank", "Indikatorn hör inte till planen. Välj ur listan.")),
        None => Ok(()),
    }
}
