//! Fyllning: that a series is filled in is something to do, with a time for each period. It is planned when the series or its values
//! change, and each night for the year that has come; it is done when the period has a value.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    id::ScheduleId,
    period::Period,
    permission::Area,
    recurrence::Recurrence,
    schedule::{Category, Schedule},
    siffror::{
        fyllning::{Fyllning, fran, fyllningar, tider},
        serie::{Serie, SerieId},
    },
    year::Year,
};
use uuid::Uuid;

use super::get;
use crate::{Result, Store, Tx, hold::Held, in_row::InRow, schedule};

/// Brings what is to be filled in of a series in step with its values, and tells screens of it where something is otherwise. Who calls
/// this holds the series.
pub(super) async fn bring_in_step(tx: &mut Tx, today: NaiveDate, id: SerieId) -> Result<()> {
    // nobody has said what day it is: each night it is done again
    if Year::try_from(today.year()).is_err() {
        return Ok(());
    }
    let serie = get(tx, id).await?;
    let (first, filled) = filled(tx, &serie, today).await?;
    let asked = fyllningar(&serie, first, &filled, today);
    let (planned, mut changed) = (planned(tx, id, fran(&serie.content, today)).await?, 0);
    for fyllning in &asked {
        match planned.get(&fyllning.period) {
            // what is done, or was moved by somebody, has its day
            Some(plan) if !fyllning.fylld && !plan.is_touched && !plan.fits(&serie, fyllning) => {
                schedule::save_again(tx, &schedule_of(&serie, fyllning, plan.id)).await?;
                let sql = "update schedule set year = $2 where id = $1";
                execute!(tx, sql, plan.id.0, i64::from(fyllning.start.year()))?;
                changed += 1;
            }
            // what was filled before anybody asked is nothing to have done
            None if !fyllning.fylld => {
                plan(tx, &serie, fyllning).await?;
                changed += 1;
            }
            _ => {}
        }
    }
    changed += tick(tx, today, id).await?;
    let wanted = |period: &Period| asked.iter().any(|f| f.period == *period) || filled.contains(period);
    for (_, plan) in planned.iter().filter(|(period, _)| !wanted(period)) {
        let sql = "delete from occurrence where schedule_id = $1 and state = 'planerad'";
        changed += execute!(tx, sql, plan.id.0)?;
    }
    if changed > 0 {
        tx.note(Area::Serie, serie.node);
    }
    Ok(())
}

/// The same for all series that somebody fills, for what the year or the month has brought: each in a transaction of its own, so that
/// nobody who writes waits for all of them.
pub async fn all(store: &Store, today: NaiveDate) -> Result<()> {
    let mut tx = store.system(false).await?;
    let ids = rows!(&mut tx, (Uuid,), "select id from serie where closed_on is null order by id")?;
    drop(tx);
    for (id,) in ids {
        let id = SerieId(id);
        // one that cannot be read keeps nobody else's from being planned
        if let Err(cause) = planned_anew(store, today, id).await {
            tracing::warn!(%cause, serie = %id, "what is to be filled in of a series was not planned");
        }
    }
    Ok(())
}

async fn planned_anew(store: &Store, today: NaiveDate, id: SerieId) -> Result<()> {
    let mut tx = store.system(true).await?;
    tx.hold(Held::Serie(id)).await?;
    bring_in_step(&mut tx, today, id).await?;
    tx.commit().await
}

/// The first period that has a value, or of which it is said that there is none, and which of those that can be asked for are so: a
/// few, however long the series is. A cell that was emptied says nothing.
async fn filled(tx: &mut Tx, serie: &Serie, today: NaiveDate) -> Result<(Option<Period>, BTreeSet<Period>)> {
    let in_row = InRow::of("siffra", serie.id.0);
    let read = |(period,): (String,)| in_row.code("period", &period, |text| text.parse().ok());
    let sql = "select period from siffra where serie_id = $1 and gallande and (mark <> 'saknas' or anm <> '')
               order by period limit 1";
    let first = row!(tx, (String,), sql, serie.id.0)?.map(read).transpose()?;
    let asked: Vec<(String,)> = tider(serie, today).map(|period| (period.to_string(),)).collect();
    if first.is_none() || asked.is_empty() {
        return Ok((first, BTreeSet::new()));
    }
    // each is looked up by itself: one that is divided finely has thousands of values in these periods
    let periods = (2..2 + asked.len()).map(|n| format!("(cast(${n} as text))")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "with t(period) as (values {periods})
         select t.period from t where exists (
             select 1 from siffra s where s.serie_id = $1 and s.period = t.period and s.gallande
                 and (s.mark <> 'saknas' or s.anm <> ''))"
    );
    let found = rows_of!(tx, (String,), sql.as_str(), asked, serie.id.0)?;
    Ok((first, found.into_iter().map(read).collect::<Result<_>>()?))
}

/// A time that is planned.
struct Plan {
    id: ScheduleId,
    title: String,
    start: Option<NaiveDate>,
    due: Option<NaiveDate>,
    who: (Option<String>, Option<Uuid>, Option<Uuid>),
    /// Whether its tillfälle is there: that of a series that was closed is not.
    is_there: bool,
    /// Whether somebody has moved it, or begun it.
    is_touched: bool,
}

impl Plan {
    /// Whether it says what is asked for now.
    fn fits(&self, serie: &Serie, fyllning: &Fyllning) -> bool {
        let (role, person, grupp) = schedule::responsible_columns(serie.content.responsible);
        (self.is_there || fyllning.fylld)
            && (self.start, self.due) == (Some(fyllning.start), Some(fyllning.due))
            && self.title == fyllning.title(&serie.content)
            && (self.who.0.as_deref(), self.who.1, self.who.2) == (role, person, grupp)
    }
}

type PlanRow = (
    String,
    Uuid,
    String,
    Option<NaiveDate>,
    Option<NaiveDate>,
    Option<String>,
    Option<Uuid>,
    Option<Uuid>,
    bool,
    bool,
);

/// The times that are planned from a period on, and earlier ones that are still to be done.
async fn planned(tx: &mut Tx, id: SerieId, from: Period) -> Result<HashMap<Period, Plan>> {
    let in_row = InRow::of("serie_fyllning", id.0);
    let sql = "select f.period, s.id, s.title, s.start_on, s.end_on, s.responsible_role, s.responsible_person, s.responsible_grupp,
                   exists (select 1 from occurrence o where o.schedule_id = s.id),
                   exists (select 1 from occurrence o where o.schedule_id = s.id and (o.moved_from is not null or o.state <> 'planerad'))
               from serie_fyllning f join schedule s on s.id = f.schedule_id
               where f.serie_id = $1
                   and (f.period >= $2
                        or exists (select 1 from occurrence o where o.schedule_id = s.id and o.state = 'planerad'))";
    let found = rows!(tx, PlanRow, sql, id.0, from.to_string())?;
    let plan = |(period, id, title, start, due, role, person, grupp, is_there, is_touched): PlanRow| {
        let period = in_row.code("period", &period, |text| text.parse().ok())?;
        Ok((period, Plan { id: ScheduleId(id), title, start, due, who: (role, person, grupp), is_there, is_touched }))
    };
    found.into_iter().map(plan).collect()
}

async fn plan(tx: &mut Tx, serie: &Serie, fyllning: &Fyllning) -> Result<()> {
    let id = ScheduleId::new();
    schedule::save_again(tx, &schedule_of(serie, fyllning, id)).await?;
    let sql = "insert into serie_fyllning (serie_id, period, schedule_id) values ($1, $2, $3)";
    execute!(tx, sql, serie.id.0, fyllning.period.to_string(), id.0)?;
    Ok(())
}

fn schedule_of(serie: &Serie, fyllning: &Fyllning, id: ScheduleId) -> Schedule {
    Schedule {
        id,
        node: serie.node,
        year: fyllning.start.year(),
        area: Area::Serie,
        source: serie.id.0,
        level: None,
        category: Category::Aktivitet,
        title: fyllning.title(&serie.content),
        description: String::new(),
        recurrence: Recurrence::Once,
        responsible: serie.content.responsible,
        start: Some(fyllning.start),
        end: Some(fyllning.due),
        anchor: None,
        hours: None,
        laid_on_units: false,
        counted_from: None,
        version: 0,
    }
}

/// What has a value is done, and what has none any more is to be done again.
async fn tick(tx: &mut Tx, today: NaiveDate, id: SerieId) -> Result<u64> {
    let has_value = "exists (select 1 from serie_fyllning f join siffra x on x.serie_id = f.serie_id and x.period = f.period and x.gallande
                                 and (x.mark <> 'saknas' or x.anm <> '')
                             where f.schedule_id = occurrence.schedule_id)";
    let of_serie = "schedule_id in (select schedule_id from serie_fyllning where serie_id = $1)";
    let done = format!(
        "update occurrence set state = 'utford', performed_on = $2, version = version + 1
         where state in ('planerad', 'pagar') and {of_serie} and {has_value}"
    );
    let done = execute!(tx, sqlx::AssertSqlSafe(done), id.0, today)?;
    let undone = format!(
        "update occurrence set state = 'planerad', performed_on = null, version = version + 1
         where state = 'utford' and {of_serie} and not {has_value}"
    );
    Ok(done + execute!(tx, sqlx::AssertSqlSafe(undone), id.0)?)
}
