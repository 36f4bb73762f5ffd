//! Yearly: what lives longer than a year. The thing holds when it is; each of its years has a schedule of its own with one time, made
//! once of it, so that the wheel of the year shows its part. All parts have the state of the thing, and one of them stands for it in lists.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    id::ScheduleId,
    occurrence::State,
    recurrence::{Recurrence, Slot},
    schedule::Schedule,
};
use uuid::Uuid;

use crate::{Result, Tx, in_row::InRow, schedule};

/// How many years after this one are laid ahead: the rest of what goes on longer is laid when they come.
const AHEAD: i32 = 5;

/// The part of a thing in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The year of its wheel.
    pub year: i32,
    /// Its days, within the year.
    pub slot: Slot,
    /// Whether the thing has a part in a later year.
    pub goes_on: bool,
}

/// How a thing stands, which is how all its parts do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    /// What is stored of each part.
    pub state: State,
    /// Why, of what is given up.
    pub reason: &'a str,
    /// The day, of what is done.
    pub on: Option<NaiveDate>,
}

/// The parts of a thing in each year from its first to its last; `arc` gives that of a year. None is laid further ahead than
/// [`AHEAD`] years.
pub(crate) fn parts(
    (first, last): (i32, Option<i32>),
    today: NaiveDate,
    arc: impl Fn(i32) -> Option<Slot>,
) -> Vec<Part> {
    let ahead = today.year() + AHEAD;
    let until = last.unwrap_or(ahead).min(ahead.max(first));
    let found: Vec<(i32, Slot)> = (first..=until).filter_map(|year| Some((year, arc(year)?))).collect();
    let last_part = found.last().map(|(year, _)| *year);
    let more = last.is_none_or(|last| last > until);
    let goes_on = |year: i32| Some(year) != last_part || more;
    found.into_iter().map(|(year, slot)| Part { year, slot, goes_on: goes_on(year) }).collect()
}

/// Brings the schedules of a thing in step with its parts: `thing` says all of them but year and days. Who calls this holds the thing, so that
/// two servers make one schedule of each year. Whether anything became otherwise.
pub(crate) async fn bring_in_step(
    tx: &mut Tx,
    thing: &Schedule,
    parts: &[Part],
    standing: Standing<'_>,
    today: NaiveDate,
) -> Result<bool> {
    let laid = laid(tx, thing.source).await?;
    let known: HashMap<ScheduleId, Schedule> =
        schedule::of_source(tx, thing.source).await?.into_iter().map(|one| (one.id, one)).collect();
    // the one that stands for it: that of this year, else the nearest
    let listed = parts.iter().map(|part| part.year).min_by_key(|year| ((year - today.year()).abs(), *year));
    let mut changed = 0;
    for part in parts {
        let there = laid.get(&part.year).copied();
        let id = there.unwrap_or_else(ScheduleId::new);
        let new = Schedule {
            id,
            year: part.year,
            recurrence: Recurrence::Once,
            start: Some(part.slot.start),
            end: Some(part.slot.due),
            ..thing.clone()
        };
        if known.get(&id).is_none_or(|old| !is_same(old, &new)) {
            let sql = "update occurrence set slot_due = $2, start_on = $3, due_on = $2, version = version + 1
                       where schedule_id = $1 and (slot_due <> $2 or start_on <> $3)";
            execute!(tx, sql, id.0, part.slot.due, part.slot.start)?;
            schedule::save_again(tx, &new).await?;
            changed += 1;
        }
        if there.is_none() {
            own(tx, thing.source, (part.year, id)).await?;
        }
        let unlisted = Some(part.year) != listed;
        let sql = "update schedule set goes_on = $2, unlisted = $3
                   where id = $1 and (goes_on <> $2 or unlisted <> $3)";
        changed += execute!(tx, sql, id.0, part.goes_on, unlisted)?;
        let sql = "update occurrence set state = $2, reason = $3, performed_on = $4, version = version + 1
                   where schedule_id = $1 and (state <> $2 or reason <> $3)";
        changed += execute!(tx, sql, id.0, standing.state.code(), standing.reason, standing.on)?;
    }
    for (year, id) in laid {
        if !parts.iter().any(|part| part.year == year) {
            take_away(tx, thing.source, (year, id)).await?;
            changed += 1;
        }
    }
    Ok(changed > 0)
}

/// Takes all parts of a thing from their years: it is removed.
pub(crate) async fn remove(tx: &mut Tx, source: Uuid) -> Result<()> {
    for part in laid(tx, source).await? {
        take_away(tx, source, part).await?;
    }
    Ok(())
}

/// The schedule of each year that has one.
pub(crate) async fn laid(tx: &mut Tx, source: Uuid) -> Result<HashMap<i32, ScheduleId>> {
    let in_row = InRow::of("arsschema", source);
    let found = rows!(tx, (i64, Uuid), "select year, schedule_id from arsschema where source_id = $1", source)?;
    let read = |(year, id)| Ok((in_row.must("year", i32::try_from(year).ok())?, ScheduleId(id)));
    found.into_iter().map(read).collect()
}

/// Writes down whose the schedule of a year is.
pub(crate) async fn own(tx: &mut Tx, source: Uuid, (year, schedule): (i32, ScheduleId)) -> Result<()> {
    let sql = "insert into arsschema (source_id, year, schedule_id) values ($1, $2, $3)";
    execute!(tx, sql, source, i64::from(year), schedule.0)?;
    Ok(())
}

async fn take_away(tx: &mut Tx, source: Uuid, (year, id): (i32, ScheduleId)) -> Result<()> {
    execute!(tx, "delete from arsschema where source_id = $1 and year = $2", source, i64::from(year))?;
    execute!(tx, "delete from occurrence where schedule_id = $1", id.0)?;
    execute!(tx, "delete from schedule where id = $1", id.0)?;
    Ok(())
}

/// Whether a schedule says the same as another would.
fn is_same(old: &Schedule, new: &Schedule) -> bool {
    (old.year, &old.title, &old.description, old.category, old.responsible, old.start, old.end)
        == (new.year, &new.title, &new.description, new.category, new.responsible, new.start, new.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn whole(year: i32) -> Slot {
        Slot { start: day(year, 1, 1), due: day(year, 12, 31) }
    }

    #[test]
    fn each_year_has_a_part_and_only_the_last_can_be_late() {
        let found = parts((2019, Some(2022)), day(2021, 5, 3), |year| Some(whole(year)));
        let told: Vec<(i32, bool)> = found.iter().map(|part| (part.year, part.goes_on)).collect();
        assert_eq!(told, [(2019, true), (2020, true), (2021, true), (2022, false)]);
    }

    #[test]
    fn what_has_no_end_is_laid_some_years_ahead_and_goes_on() {
        let found = parts((2021, None), day(2022, 5, 3), |year| Some(whole(year)));
        assert_eq!((found.len(), found.last().unwrap().year), (7, 2027));
        assert!(found.iter().all(|part| part.goes_on));
        let later = parts((2040, Some(2041)), day(2022, 5, 3), |year| Some(whole(year)));
        assert_eq!(later.iter().map(|part| part.year).collect::<Vec<_>>(), [2040], "its first year is always there");
        assert!(later[0].goes_on);
    }
}
