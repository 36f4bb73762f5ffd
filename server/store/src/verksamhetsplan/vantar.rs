//! Väntar: what is read of many plans at once to say what they ask of somebody ([`domain::verksamhetsplan::vantar`]). The first page of
//! everybody asks it, so it reads in a few questions what a unit's page reads plan by plan.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use domain::{
    id::{NodeId, PersonId},
    verksamhetsplan::{
        enhetsmal::vpgrupp::Vpgrupp,
        indikator::{Indikator, IndikatorId},
        mal::MalId,
        plan::{
            Plan, PlanId,
            kapitel::{Kapitel, KapitelId},
        },
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{PlanRow, indikator::Placerad, vpgrupp};
use crate::{Result, Tx, in_row::InRow, occurrence::places};

/// The plans of some nodes from a year to another, the earliest first.
pub async fn planer(tx: &mut Tx, nodes: &[NodeId], (first, last): (i32, i32)) -> Result<Vec<Plan>> {
    if nodes.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select id, node_id, year, state, benamning, gang, version from verksamhetsplan
         where year >= $1 and year <= $2 and node_id in ({}) order by year, id",
        places(3, nodes.len())
    );
    let found = rows_of!(tx, PlanRow, sql, nodes, i64::from(first), i64::from(last))?;
    found.into_iter().map(Plan::try_from).collect()
}

#[derive(FromRow)]
struct IndikatorRow {
    id: Uuid,
    plan_id: Uuid,
    mal_id: Uuid,
    ordning: i64,
    copied_from: Option<Uuid>,
    content: String,
    version: i64,
}

/// The indikatorer of some plans, those of each in their order.
pub async fn indikatorer(tx: &mut Tx, planer: &[PlanId]) -> Result<Vec<Placerad>> {
    if planer.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select id, plan_id, mal_id, ordning, copied_from, content, version from indikator
         where plan_id in ({}) order by plan_id, ordning, id",
        places(1, planer.len())
    );
    let read = |row: IndikatorRow| {
        let indikator = Indikator {
            id: IndikatorId(row.id),
            copied_from: row.copied_from.map(IndikatorId),
            content: InRow::of("indikator", row.id).versioned("content", &row.content)?,
            version: row.version,
        };
        Ok(Placerad { plan: PlanId(row.plan_id), mal: MalId(row.mal_id), ordning: row.ordning, indikator })
    };
    rows_of!(tx, IndikatorRow, sql, planer)?.into_iter().map(read).collect()
}

#[derive(FromRow)]
struct KapitelRow {
    id: Uuid,
    plan_id: Uuid,
    ordning: i64,
    content: String,
    klart: bool,
    fran_i_fjol: bool,
    version: i64,
}

/// The chapters of some plans that are not done, those of each in their order.
pub async fn kapitel(tx: &mut Tx, planer: &[PlanId]) -> Result<Vec<Kapitel>> {
    if planer.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select id, plan_id, ordning, content, klart, fran_i_fjol, version from plankapitel
         where not klart and plan_id in ({}) order by plan_id, ordning, id",
        places(1, planer.len())
    );
    let read = |row: KapitelRow| {
        Ok(Kapitel {
            id: KapitelId(row.id),
            plan: PlanId(row.plan_id),
            ordning: row.ordning,
            content: InRow::of("plankapitel", row.id).versioned("content", &row.content)?,
            klart: row.klart,
            fran_i_fjol: row.fran_i_fjol,
            version: row.version,
        })
    };
    rows_of!(tx, KapitelRow, sql, planer)?.into_iter().map(read).collect()
}

/// Of which of some plans a person has said something on remiss.
pub async fn sagt(tx: &mut Tx, person: PersonId, planer: &[PlanId]) -> Result<HashSet<PlanId>> {
    if planer.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "select distinct plan_id from synpunkt where person_id = $1 and plan_id in ({})",
        places(2, planer.len())
    );
    let found = rows_of!(tx, (Uuid,), sql, planer, person.0)?;
    Ok(found.into_iter().map(|(id,)| PlanId(id)).collect())
}

/// A VP-grupp with its plan, and the day on which it last wrote of each goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grupp {
    /// Which plan it writes in.
    pub plan: Plan,
    /// Its goals and members.
    pub grupp: Vpgrupp,
    /// When it last wrote of a goal; those of which it has written nothing are not there.
    pub skrivet: BTreeMap<MalId, NaiveDate>,
}

/// The VP-grupper of a year that somebody is a member of.
pub async fn grupper(tx: &mut Tx, person: PersonId, year: i32) -> Result<Vec<Grupp>> {
    let sql = "select distinct g.plan_id from vpgrupp_medlem gm join vpgrupp g on g.id = gm.grupp_id
               join verksamhetsplan p on p.id = g.plan_id where gm.person_id = $1 and p.year = $2";
    let mut out = Vec::new();
    for (plan,) in rows!(tx, (Uuid,), sql, person.0, i64::from(year))? {
        let plan = super::get(tx, PlanId(plan)).await?;
        let sql = "select r.grupp_id, r.mal_id, r.done_on from grupprapport r join vpgrupp g on g.id = r.grupp_id
                   where g.plan_id = $1 order by r.done_on";
        let skrivna = rows!(tx, (Uuid, Uuid, NaiveDate), sql, plan.id.0)?;
        for grupp in vpgrupp::of_plan(tx, &plan).await? {
            if grupp.medlemmar.contains(&person) {
                let own = skrivna.iter().filter(|(of, ..)| *of == grupp.id.0);
                let skrivet = own.map(|(_, mal, on)| (MalId(*mal), *on)).collect();
                out.push(Grupp { plan: plan.clone(), grupp, skrivet });
            }
        }
    }
    Ok(out)
}
