//! Enhetsmål: the texts of a unit's own goals, one row for each goal that has any.

use chrono::{DateTime, Utc};
use domain::{
    history::differing,
    verksamhetsplan::{
        enhetsmal::{Content, Enhetsmal},
        forvantat::Lank,
        mal::{
            MalId,
            bort::{Kopplad, Slag},
        },
        plan::{Innehall, Plan, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{forvantat, record};
use crate::{
    Error, Result, Tx,
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    serie, touched,
};

impl Versioned for Content {}

#[derive(FromRow)]
struct EnhetsmalRow {
    mal_id: Uuid,
    content: String,
    fran_i_fjol: bool,
    version: i64,
}

impl TryFrom<EnhetsmalRow> for Enhetsmal {
    type Error = Error;

    fn try_from(row: EnhetsmalRow) -> Result<Self> {
        let content = InRow::of("enhetsmal", row.mal_id).versioned("content", &row.content)?;
        Ok(Self { mal: MalId(row.mal_id), content, fran_i_fjol: row.fran_i_fjol, version: row.version })
    }
}

/// The texts of a goal; none where nobody has written any.
pub async fn get(tx: &mut Tx, mal: MalId) -> Result<Option<Enhetsmal>> {
    let sql = "select mal_id, content, fran_i_fjol, version from enhetsmal where mal_id = $1";
    row!(tx, EnhetsmalRow, sql, mal.0)?.map(Enhetsmal::try_from).transpose()
}

/// The texts of a plan's own goals, in no order.
pub async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Vec<Enhetsmal>> {
    let sql = "select e.mal_id, e.content, e.fran_i_fjol, e.version from enhetsmal e join mal m on m.id = e.mal_id
               where m.plan_id = $1";
    rows!(tx, EnhetsmalRow, sql, plan.0)?.into_iter().map(Enhetsmal::try_from).collect()
}

/// Writes the texts of a goal that is the plan's own. `version` is 0 where it had none. `Conflict` when they are no longer as the person
/// saw them, `Invalid` while the plan is not open.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, version): (MalId, i64),
    content: &Content,
) -> Result<()> {
    let plan = opened(tx, plan, mal, Innehall::Mal).await?;
    let before = get(tx, mal).await?;
    let fran_i_fjol = before.as_ref().is_some_and(|before| before.is_untouched_by(content));
    if version == 0 {
        let new = Enhetsmal { mal, content: content.clone(), fran_i_fjol, version };
        touched(insert(tx, &new).await?)?;
    } else {
        let sql = "update enhetsmal set content = $3, fran_i_fjol = $4, version = version + 1
                   where mal_id = $1 and version = $2";
        touched(execute!(tx, sql, mal.0, version, versioned(content)?, fran_i_fjol)?)?;
    }
    let before = before.map(|before| before.content).unwrap_or_default();
    record(tx, now, (plan.node, mal.0), ("Texter ändrade", ""), differing(before.told(), content.told())).await
}

/// What of its page hangs on a goal and would be gone with it: rows that have an outcome or are fed by a series, and groups that have
/// written of it. Its texts, and rows that are only expected, are part of the goal and go with it.
pub async fn kopplade(tx: &mut Tx, mal: MalId) -> Result<Vec<Kopplad>> {
    let utfall = forvantat::utfall(tx, mal).await?;
    let mut out = Vec::new();
    for rad in forvantat::of_mal(tx, mal).await? {
        if utfall.iter().any(|one| one.rad == rad.id) {
            out.push(Kopplad { slag: Slag::Forvantat, namn: rad.content.text });
        } else if let Some(Lank::Serie(serie)) = rad.content.lank {
            out.push(Kopplad { slag: Slag::Serie, namn: serie::get(tx, serie).await?.content.namn });
        }
    }
    let sql = "select g.namn from vpgrupp g where exists
               (select 1 from grupprapport r where r.grupp_id = g.id and r.mal_id = $1) order by g.namn, g.id";
    let grupper = rows!(tx, (String,), sql, mal.0)?;
    out.extend(grupper.into_iter().map(|(namn,)| Kopplad { slag: Slag::Grupp, namn }));
    Ok(out)
}

/// Writes the texts of a goal that has none; 0 where it has.
pub(super) async fn insert(tx: &mut Tx, new: &Enhetsmal) -> Result<u64> {
    let sql =
        "insert into enhetsmal (mal_id, content, fran_i_fjol) values ($1, $2, $3) on conflict (mal_id) do nothing";
    Ok(execute!(tx, sql, new.mal.0, versioned(&new.content)?, new.fran_i_fjol)?)
}

/// Holds a plan in which something of a goal is to be written, and gives it. `Invalid` where that is not open, `NotFound` where the goal
/// is not the plan's own: those of the nodes above are read.
pub(super) async fn opened(tx: &mut Tx, plan: PlanId, mal: MalId, what: Innehall) -> Result<Plan> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = super::get(tx, plan).await?;
    let own = row!(tx, (Uuid,), "select id from mal where plan_id = $1 and id = $2", plan.id.0, mal.0)?;
    own.ok_or(Error::NotFound)?;
    plan.check_open(what).map_err(|why| Error::at("", why))?;
    Ok(plan)
}
