//! Stängning: the periods of a plan that are closed. What is taken from sources is stored when its period is closed, with what it is judged
//! by, so that what was reported stays as it was; a change after that is a revision, and the first one after it is opened again too.

use chrono::{DateTime, NaiveDate, Utc};
use domain::verksamhetsplan::{
    indikator::{
        Utfallsperiod,
        stangning::{self, Stangd},
    },
    plan::{Plan, PlanId},
};

use super::{
    indikator, record,
    utfall::{self, Matade},
};
use crate::{Error, Result, Tx, in_row::InRow};

/// The periods of a plan that are closed, the earliest first.
pub async fn list(tx: &mut Tx, plan: &Plan) -> Result<Vec<Stangd>> {
    let sql = "select manad, stangd_on from stangd_period where plan_id = $1 order by manad";
    let in_row = InRow::of("stangd_period", plan.id.0);
    let found = rows!(tx, (i64, NaiveDate), sql, plan.id.0)?;
    let read = |(manad, on): (i64, NaiveDate)| {
        let month = in_row.must("manad", u32::try_from(manad).ok())?;
        Ok(Stangd { period: in_row.must("manad", Utfallsperiod::until(plan.year, month))?, on })
    };
    found.into_iter().map(read).collect()
}

/// Whether a period of a plan is closed.
pub async fn is_stangd(tx: &mut Tx, plan: &Plan, period: Utfallsperiod) -> Result<bool> {
    Ok(stangning::is_stangd(&list(tx, plan).await?, period))
}

/// `Invalid` with a sentence where a period of a plan is closed.
pub(super) async fn check_open(tx: &mut Tx, plan: &Plan, period: Utfallsperiod) -> Result<()> {
    if is_stangd(tx, plan, period).await? {
        return Err(Error::at(
            "",
            format!("{} är stängd. Öppna perioden igen under Utfall för att ändra.", period.label()),
        ));
    }
    Ok(())
}

/// Closes a period of a plan; one that is closed stays so. It waits for those who write in the plan, and they for it: what comes after it is
/// a revision. `matade` is what sources have, which is stored as it is on this day.
pub async fn close(
    tx: &mut Tx,
    (now, today): (DateTime<Utc>, NaiveDate),
    (plan, period): (PlanId, Utfallsperiod),
    matade: &Matade,
) -> Result<()> {
    let of = utfall::hold(tx, plan, period).await?;
    if of.stangd {
        return Ok(());
    }
    for own in indikator::list(tx, plan).await? {
        let id = own.indikator.id;
        let stored = utfall::get(tx, id, period).await?;
        let before = stored.as_ref().map(|s| s.utfall.clone()).unwrap_or_default();
        let shown = utfall::visat(before.clone(), period, false, matade.get(&id));
        let is_fed = shown != before.clone().tinad();
        let after = shown.fryst_av(&own.indikator.content);
        if is_fed {
            utfall::put(tx, now, &of, (id, stored.as_ref()), &after, "").await?;
            utfall::tell(tx, now, &of, &own.indikator, (&before, &after), "").await?;
        } else if let Some(stored) = stored.filter(|_| after != before) {
            utfall::frys(tx, now, &of, (id, &stored), &after).await?;
        }
    }
    utfall::rapportera(tx, &of).await?;
    let sql = "insert into stangd_period (plan_id, manad, stangd_on) values ($1, $2, $3)";
    execute!(tx, sql, plan.0, i64::from(period.month()), today)?;
    let what = format!("{} stängd", period.label());
    record(tx, now, (of.plan.node, plan.0), (&what, ""), vec![]).await
}

/// Opens a closed period of a plan again; one that is open stays so. Corrections that were made meanwhile stay.
pub async fn reopen(tx: &mut Tx, now: DateTime<Utc>, (plan, period): (PlanId, Utfallsperiod)) -> Result<()> {
    let of = utfall::hold(tx, plan, period).await?;
    if !of.stangd {
        return Ok(());
    }
    let sql = "delete from stangd_period where plan_id = $1 and manad = $2";
    execute!(tx, sql, plan.0, i64::from(period.month()))?;
    let what = format!("{} öppnad igen", period.label());
    record(tx, now, (of.plan.node, plan.0), (&what, ""), vec![]).await
}
