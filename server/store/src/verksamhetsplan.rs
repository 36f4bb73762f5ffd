//! Verksamhetsplan: the plan of a node and year: how far it has come, and what was decided. Its goals stand in [`mal`].

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    field::FieldError,
    history::{Change, changes, said},
    id::NodeId,
    permission::Area,
    verksamhetsplan::{
        mal::Benamning,
        plan::{
            Beslut, Far, Form, Plan, PlanId, Revision, State, Steg, check_step,
            granskning::{Brist, Text, granska},
            remiss::Remiss,
        },
    },
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    history::{self, Record},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
};

pub mod bedomning;
pub mod beslutat;
pub mod bilaga;
pub mod enhetsmal;
pub mod forvantat;
pub mod indikator;
pub mod inlasning;
pub mod kallor;
pub mod kapitel;
mod kopierat;
pub mod kopiering;
mod kopplat;
pub mod mal;
pub mod remiss;
pub mod stangning;
pub mod uppfoljning;
pub mod utfall;
pub mod vantar;
pub mod vpgrupp;

/// What a plan has gone through, as its row holds it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Gang {
    remiss: Option<Remiss>,
    revision: Option<Revision>,
    beslut: Vec<Beslut>,
}

impl Versioned for Gang {}

#[derive(FromRow)]
struct PlanRow {
    id: Uuid,
    node_id: Uuid,
    year: i64,
    state: String,
    benamning: String,
    gang: String,
    version: i64,
}

impl TryFrom<PlanRow> for Plan {
    type Error = Error;

    fn try_from(row: PlanRow) -> Result<Self> {
        let in_row = InRow::of("verksamhetsplan", row.id);
        let Gang { remiss, revision, beslut } = in_row.versioned("gang", &row.gang)?;
        Ok(Self {
            id: PlanId(row.id),
            node: NodeId(row.node_id),
            year: in_row.must("year", i32::try_from(row.year).ok())?,
            state: in_row.code("state", &row.state, State::from_code)?,
            benamning: in_row.code("benamning", &row.benamning, Benamning::from_code)?,
            remiss,
            revision,
            beslut,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select id, node_id, year, state, benamning, gang, version from verksamhetsplan ", $tail)
    };
}

/// `NotFound` when there is no such plan.
pub async fn get(tx: &mut Tx, id: PlanId) -> Result<Plan> {
    row!(tx, PlanRow, select!("where id = $1"), id.0)?.ok_or(Error::NotFound)?.try_into()
}

/// The plan of a node for a year; none where nobody has made it.
pub async fn of_year(tx: &mut Tx, node: NodeId, year: i32) -> Result<Option<Plan>> {
    let found = row!(tx, PlanRow, select!("where node_id = $1 and year = $2"), node.0, i64::from(year))?;
    found.map(Plan::try_from).transpose()
}

/// The plans of a node, the latest year first.
pub async fn list(tx: &mut Tx, node: NodeId) -> Result<Vec<Plan>> {
    let found = rows!(tx, PlanRow, select!("where node_id = $1 order by year desc"), node.0)?;
    found.into_iter().map(Plan::try_from).collect()
}

/// Makes the plan of a node for a year, and gives it. Where somebody has made it already it is that one: the unit is held, so that two
/// who begin at once make one.
pub async fn create(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: PlanId,
    (node, year): (NodeId, i32),
    benamning: Benamning,
) -> Result<PlanId> {
    tx.hold(Held::Node(node)).await?;
    if !belongs::is_new(tx, Thing::Of(Area::Verksamhetsplan), id.0, node.0, &(year, benamning.code())).await? {
        return Ok(id);
    }
    if let Some(there) = of_year(tx, node, year).await? {
        return Ok(there.id);
    }
    insert(tx, now, id, (node, year), benamning).await?;
    kapitel::begin(tx, id).await?;
    Ok(id)
}

/// Writes a new plan, with nothing in it; that the unit has none of the year is known.
async fn insert(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: PlanId,
    (node, year): (NodeId, i32),
    benamning: Benamning,
) -> Result<()> {
    let sql = "insert into verksamhetsplan (id, node_id, year, benamning, gang) values ($1, $2, $3, $4, $5)";
    execute!(tx, sql, id.0, node.0, i64::from(year), benamning.code(), versioned(&Gang::default())?)?;
    record(tx, now, (node, id.0), ("Skapad", ""), said(vec![("År", year.to_string())])).await
}

/// What is missing before a plan is decided, what stops it first.
pub async fn brister(tx: &mut Tx, plan: &Plan) -> Result<Vec<Brist>> {
    let kapitel = kapitel::list(tx, plan.id).await?;
    let trad = mal::trad(tx, plan.node, plan.year).await?;
    let own = trad.walk().into_iter().map(|post| post.mal).filter(|mal| !mal.is_shared(plan.node));
    let texts: Vec<(String, String)> = own
        .flat_map(|mal| {
            let place = format!("Målet ”{}”", mal.content.titel);
            [(place.clone(), mal.content.titel.clone()), (place, mal.content.beskrivning.clone())]
        })
        .collect();
    let texts: Vec<Text<'_>> = texts.iter().map(|(plats, text)| Text { plats, text }).collect();
    let synpunkter = remiss::list(tx, plan.id).await?;
    Ok(granska(&kapitel, &synpunkter, &texts, vec![]))
}

/// Takes a plan a step on. `Conflict` when it is no longer as the person saw it; `Invalid` where the step does not begin there, where the
/// person may not take it, and where a text of what is to be decided names a person. A change that is given up gives back what was decided;
/// beside the plan stands what of it stays all the same, since it has been followed.
pub async fn step(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    (id, version): (PlanId, i64),
    form: &Form,
    far: Far,
) -> Result<(Plan, Vec<String>)> {
    tx.hold(Held::Verksamhetsplan(id)).await?;
    let before = get(tx, id).await?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    let after = check_step(&before, form, far, today).map_err(Error::Invalid)?;
    let steg = form.steg();
    if after.beslut.len() > before.beslut.len() {
        let stops = brister(tx, &before).await?.into_iter().filter(|brist| brist.stoppar);
        let faults: Vec<FieldError> =
            stops.map(|brist| FieldError { field: String::new(), message: brist.text }).collect();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
    }
    let gang = Gang { remiss: after.remiss, revision: after.revision.clone(), beslut: after.beslut.clone() };
    let sql = "update verksamhetsplan set state = $3, gang = $4, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, after.state.code(), versioned(&gang)?)?)?;
    let stays = match steg {
        Some(Steg::OppnaRevision) => {
            beslutat::keep(tx, &before).await?;
            vec![]
        }
        Some(Steg::AvbrytRevision) => beslutat::restore(tx, now, &before).await?,
        _ => vec![],
    };
    let varfor = after.revision.as_ref().filter(|_| before.revision.is_none()).map(|revision| &*revision.varfor);
    let told = changes([
        ("Läge", before.said(), after.said()),
        ("Diarienummer", String::new(), after.beslut.last().map(|beslut| beslut.dnr.clone()).unwrap_or_default()),
        ("Står kvar", String::new(), stays.join(", ")),
    ]);
    let what = steg.map_or("Ändrad", Steg::verb);
    record(tx, now, (before.node, id.0), (what, varfor.unwrap_or_default()), told).await?;
    Ok((get(tx, id).await?, stays))
}

/// Writes down what was done with a plan, or with something of it: `thing` is the id of what was changed.
pub(crate) async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (node, thing): (NodeId, Uuid),
    (what, reason): (&str, &str),
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, Record { now, node, area: Area::Verksamhetsplan, thing, what, reason, changes }).await
}
