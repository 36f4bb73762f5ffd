//! Bedömning: how the goals of a plan were met in a period, as the plan's own node has decided it: its own goals, and those above that it
//! shares.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    history::{differing, said},
    verksamhetsplan::{
        enhetsmal::bedomning::{Beslut, BeslutForm, check, foresla_av},
        mal::MalId,
        plan::{Innehall, PlanId},
    },
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    forvantat::{self, period},
    record, stangning,
};
use crate::{
    Error, Result, Tx,
    hold::Held,
    in_row::{InRow, Versioned, versioned},
    touched,
};

impl Versioned for Beslut {}

#[derive(FromRow)]
struct BeslutRow {
    mal_id: Uuid,
    manad: i64,
    content: String,
    version: i64,
}

impl BeslutRow {
    fn read(&self) -> Result<(u32, Beslut)> {
        let in_row = InRow::of("malbedomning", self.mal_id);
        let manad = in_row.must("manad", u32::try_from(self.manad).ok())?;
        Ok((manad, in_row.versioned("content", &self.content)?))
    }
}

/// What was decided of the goals of a plan in the period that ends with a month.
pub async fn of_plan(tx: &mut Tx, plan: PlanId, manad: u32) -> Result<BTreeMap<MalId, Beslut>> {
    let sql = "select mal_id, manad, content, version from malbedomning where plan_id = $1 and manad = $2";
    let found = rows!(tx, BeslutRow, sql, plan.0, i64::from(manad))?;
    found.into_iter().map(|row| Ok((MalId(row.mal_id), row.read()?.1))).collect()
}

/// What was decided of a goal in a plan, by the last month of the period, with the version of each.
pub async fn of_mal(tx: &mut Tx, plan: PlanId, mal: MalId) -> Result<BTreeMap<u32, (Beslut, i64)>> {
    let sql = "select mal_id, manad, content, version from malbedomning where plan_id = $1 and mal_id = $2";
    let found = rows!(tx, BeslutRow, sql, plan.0, mal.0)?;
    let pair = |row: BeslutRow| row.read().map(|(manad, beslut)| (manad, (beslut, row.version)));
    found.into_iter().map(pair).collect()
}

/// Decides how a goal was met in a period; the goal is the plan's own or one above it. `version` is 0 where nothing was decided. The
/// decision is held against what is proposed now. `Conflict` when it is no longer as the person saw it.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (mal, manad): (MalId, u32),
    version: i64,
    form: &BeslutForm,
) -> Result<()> {
    tx.hold(Held::Verksamhetsplan(plan)).await?;
    let plan = super::get(tx, plan).await?;
    plan.check_open(Innehall::Uppfoljning).map_err(|why| Error::at("", why))?;
    let period = period(&plan, manad)?;
    stangning::check_open(tx, &plan, period).await?;
    super::mal::share_above(tx, &plan).await?;
    let trad = super::mal::trad(tx, plan.node, plan.year).await?;
    let goal = trad.get(mal).ok_or(Error::NotFound)?;
    let rader = forvantat::of_mal(tx, mal).await?;
    let forslag = foresla_av(&rader, &forvantat::utfall_i(tx, mal, manad).await?);
    let beslut = check(form, forslag.as_ref()).map_err(Error::Invalid)?;
    let before = of_mal(tx, plan.id, mal).await?.remove(&manad).map(|(before, _)| before);
    let done = if version == 0 {
        let sql = "insert into malbedomning (plan_id, mal_id, manad, content) values ($1, $2, $3, $4)
                   on conflict (plan_id, mal_id, manad) do nothing";
        execute!(tx, sql, plan.id.0, mal.0, i64::from(manad), versioned(&beslut)?)?
    } else {
        let sql = "update malbedomning set content = $5, version = version + 1
                   where plan_id = $1 and mal_id = $2 and manad = $3 and version = $4";
        execute!(tx, sql, plan.id.0, mal.0, i64::from(manad), version, versioned(&beslut)?)?
    };
    touched(done)?;
    // of a goal that others share it is the plan's alone, and no other unit reads it in the history of the goal
    let (thing, mut told) = if goal.is_shared(plan.node) {
        (plan.id.0, said(vec![("Mål", goal.content.med_nr())]))
    } else {
        (mal.0, vec![])
    };
    told.extend(differing(self::told(before.as_ref()), self::told(Some(&beslut))));
    let what = format!("Bedömning {}", period.within_year());
    record(tx, now, (plan.node, thing), (&what, ""), told).await
}

fn told(beslut: Option<&Beslut>) -> Vec<(&'static str, String)> {
    let status = beslut.map_or_else(String::new, |beslut| beslut.status.label().to_owned());
    let analys = beslut.map_or_else(String::new, |beslut| beslut.analys.clone());
    vec![("Målet", status), ("Analys", analys)]
}
