//! Remiss: when everybody in the unit is asked what they think of a plan, what they have said of its chapters and goals, and what was
//! answered.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    history::{changes, said},
    id::PersonId,
    verksamhetsplan::plan::{
        Plan, PlanId,
        remiss::{
            Form, Om, Remiss, SYNPUNKTER_MOST, Svar, SvarForm, Synpunkt, SynpunktId, check, check_svar, check_synpunkt,
        },
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Gang, kapitel, mal, record};
use crate::{
    Error, Result, Tx,
    belongs::{self, Thing},
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    occurrence::places,
    touched,
};

impl Versioned for Svar {}

/// A synpunkt with the names that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sagd {
    /// As it was said.
    pub synpunkt: Synpunkt,
    /// Who said it.
    pub who: String,
    /// Who answered; empty while nobody has.
    pub svarade: String,
}

#[derive(FromRow)]
struct SynpunktRow {
    id: Uuid,
    plan_id: Uuid,
    om: String,
    person_id: Uuid,
    said_on: NaiveDate,
    body: String,
    svar: Option<String>,
    version: i64,
}

impl TryFrom<SynpunktRow> for Synpunkt {
    type Error = Error;

    fn try_from(row: SynpunktRow) -> Result<Self> {
        let in_row = InRow::of("synpunkt", row.id);
        let svar = row.svar.as_deref().map(|text| in_row.versioned("svar", text)).transpose()?;
        Ok(Self {
            id: SynpunktId(row.id),
            plan: PlanId(row.plan_id),
            om: in_row.code("om", &row.om, Om::from_code)?,
            who: PersonId(row.person_id),
            on: row.said_on,
            text: row.body,
            svar,
            version: row.version,
        })
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!("select id, plan_id, om, person_id, said_on, body, svar, version from synpunkt ", $tail)
    };
}

/// What has been said of a plan, the first first.
pub async fn list(tx: &mut Tx, plan: PlanId) -> Result<Vec<Synpunkt>> {
    let found = rows!(tx, SynpunktRow, select!("where plan_id = $1 order by said_on, id"), plan.0)?;
    found.into_iter().map(Synpunkt::try_from).collect()
}

/// The same with the names of those who said it and answered.
pub async fn sagda(tx: &mut Tx, plan: PlanId) -> Result<Vec<Sagd>> {
    let all = list(tx, plan).await?;
    let asked: HashSet<PersonId> =
        all.iter().flat_map(|one| [Some(one.who), one.svar.as_ref().map(|svar| svar.who)]).flatten().collect();
    let names = names(tx, &asked).await?;
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    let sagd = |synpunkt: Synpunkt| Sagd {
        who: name(synpunkt.who),
        svarade: synpunkt.svar.as_ref().map(|svar| name(svar.who)).unwrap_or_default(),
        synpunkt,
    };
    Ok(all.into_iter().map(sagd).collect())
}

/// What some persons are called.
async fn names(tx: &mut Tx, asked: &HashSet<PersonId>) -> Result<HashMap<PersonId, String>> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("select id, name from person where id in ({})", places(1, asked.len()));
    let found = rows_of!(tx, (Uuid, String), sql, asked)?;
    Ok(found.into_iter().map(|(id, name)| (PersonId(id), name)).collect())
}

/// A synpunkt of a plan. `NotFound` for one of another.
pub async fn get(tx: &mut Tx, plan: PlanId, id: SynpunktId) -> Result<Synpunkt> {
    row!(tx, SynpunktRow, select!("where plan_id = $1 and id = $2"), plan.0, id.0)?.ok_or(Error::NotFound)?.try_into()
}

async fn held(tx: &mut Tx, id: PlanId) -> Result<Plan> {
    tx.hold(Held::Verksamhetsplan(id)).await?;
    super::get(tx, id).await
}

/// Asks the unit until a day, or moves that day. `Conflict` when the plan is no longer as the person saw it; `Invalid` where it is not
/// written in.
pub async fn set(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    (id, version): (PlanId, i64),
    form: &Form,
) -> Result<Remiss> {
    let before = held(tx, id).await?;
    if before.version != version {
        return Err(Error::Conflict);
    }
    let remiss = check(form, &before, today).map_err(Error::Invalid)?;
    let gang = Gang { remiss: Some(remiss), revision: before.revision.clone(), beslut: before.beslut.clone() };
    let sql = "update verksamhetsplan set gang = $3, version = version + 1 where id = $1 and version = $2";
    touched(execute!(tx, sql, id.0, version, versioned(&gang)?)?)?;
    let was = before.remiss.map(|remiss| remiss.said(today)).unwrap_or_default();
    let told = changes([("Remiss", was, remiss.said(today))]);
    record(tx, now, (before.node, id.0), ("På remiss", ""), told).await?;
    Ok(remiss)
}

/// Says something of a part of a plan in the name of who is logged in. The same id again is the same one. `Invalid` where the plan is not
/// on remiss, and at `om` where it has no such part.
pub async fn create(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    plan: PlanId,
    id: SynpunktId,
    (om, text): (&str, &str),
) -> Result<()> {
    let who = tx.actor().ok_or(Error::Forbidden)?;
    if !belongs::is_new(tx, Thing::Synpunkt, id.0, plan.0, &(om, text)).await? {
        return Ok(());
    }
    let plan = held(tx, plan).await?;
    let (text, om) = check_synpunkt(text, om, &plan, today).map_err(Error::Invalid)?;
    let place = plats(tx, &plan, om).await?;
    if list(tx, plan.id).await?.len() >= SYNPUNKTER_MOST {
        let message = format!("Planen har {SYNPUNKTER_MOST} synpunkter, och fler tar den inte emot.");
        return Err(Error::at("", message));
    }
    let sql = "insert into synpunkt (id, plan_id, om, person_id, said_on, body) values ($1, $2, $3, $4, $5, $6)";
    execute!(tx, sql, id.0, plan.id.0, om.code(), who.0, today, &text)?;
    let told = said(vec![("Gäller", place), ("Synpunkt", text)]);
    record(tx, now, (plan.node, id.0), ("Synpunkt lämnad", ""), told).await
}

/// The heading of the chapter, or the title of the goal, that a plan has. `Invalid` at `om` where it has none such.
async fn plats(tx: &mut Tx, plan: &Plan, om: Om) -> Result<String> {
    let found = match om {
        Om::Kapitel(id) => match kapitel::get(tx, plan.id, id).await {
            Ok(kapitel) => Some(kapitel.content.rubrik),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        },
        Om::Mal(id) => mal::trad(tx, plan.node, plan.year).await?.get(id).map(|mal| mal.content.med_nr()),
    };
    found.ok_or_else(|| Error::at("om", "Kapitlet eller målet hör inte till planen. Välj ur listan."))
}

/// Answers a synpunkt, or answers it anew. `Conflict` when it is no longer as the person saw it.
pub async fn answer(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    plan: PlanId,
    (id, version): (SynpunktId, i64),
    form: &SvarForm,
) -> Result<()> {
    let who = tx.actor().ok_or(Error::Forbidden)?;
    let plan = held(tx, plan).await?;
    let before = get(tx, plan.id, id).await?;
    let svar = check_svar(form, who, today).map_err(Error::Invalid)?;
    let sql = "update synpunkt set svar = $4, version = version + 1 where id = $1 and plan_id = $2 and version = $3";
    touched(execute!(tx, sql, id.0, plan.id.0, version, versioned(&svar)?)?)?;
    let was = before.svar.map(|svar| svar.said()).unwrap_or_default();
    record(tx, now, (plan.node, id.0), ("Synpunkt besvarad", ""), changes([("Svar", was, svar.said())])).await
}
