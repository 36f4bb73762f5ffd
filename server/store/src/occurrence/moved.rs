//! Moved: a tillfälle on other days of its year, and back again straight after.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{format, history::Change, id::PersonId, occurrence::Item};
use uuid::Uuid;

use super::{in_use, record};
use crate::{Error, Result, Tx, in_row::InRow, schedule, touched};

/// What the history calls a move: by it the latest one is found again.
const MOVED: &str = "Flyttad";
/// What it calls its last day.
const LAST_DAY: &str = "Senast";

/// What it calls its first day.
const FIRST_DAY: &str = "Från";

type Days = (NaiveDate, NaiveDate);

/// A move as the history has it.
fn days((start, due): Days, (to_start, to_due): Days) -> Vec<(&'static str, String, String)> {
    vec![(FIRST_DAY, format::date(start), format::date(to_start)), (LAST_DAY, format::date(due), format::date(to_due))]
}

/// Moves it to other days of its year, with the reason.
pub async fn move_to(
    tx: &mut Tx,
    now: DateTime<Utc>,
    item: &Item,
    version: i64,
    (start, due): Days,
    reason: &str,
) -> Result<()> {
    in_use(item)?;
    let before = &item.occurrence;
    schedule::check_days(tx, before.node, "to", (start, due)).await?;
    let moved_from = before.moved_from.unwrap_or(before.due);
    // moved back to where it was first planned, it is not moved any more
    let moved_from = (moved_from != due).then_some(moved_from);
    let done = execute!(
        tx,
        "update occurrence set start_on = $3, due_on = $4, moved_from = $5, reason = $6, version = version + 1
         where id = $1 and version = $2 and state in ('planerad', 'pagar')",
        before.id.0,
        version,
        start,
        due,
        moved_from,
        reason
    )?;
    touched(done)?;
    let days = days((before.start, before.due), (start, due));
    record(tx, now, item, MOVED, reason, days).await
}

/// Whether the latest thing that was done with it is that the person moved it, within the last ten minutes, from these days: then
/// it is moved back without a reason.
pub async fn just_moved(
    tx: &mut Tx,
    now: DateTime<Utc>,
    item: &Item,
    person: PersonId,
    (start, due): Days,
) -> Result<bool> {
    let found = row!(
        tx,
        (Option<Uuid>, DateTime<Utc>, String, String),
        "select person_id, at, what, changes from history where thing_id = $1 order by at desc, id desc limit 1",
        item.occurrence.id.0
    )?;
    let Some((by, at, what, changes)) = found else { return Ok(false) };
    let changes: Vec<Change> = InRow::of("history", item.occurrence.id.0).json("changes", &changes)?;
    // what did not change is not in the history
    let same = |label: &str, before: NaiveDate, now: NaiveDate| {
        let (before, now) = (format::date(before), format::date(now));
        match changes.iter().find(|change| change.label == label) {
            Some(change) => change.before == before && change.after == now,
            None => before == now,
        }
    };
    let same = same(FIRST_DAY, start, item.occurrence.start) && same(LAST_DAY, due, item.occurrence.due);
    Ok(by == Some(person.0) && what == MOVED && same && (now - at).num_minutes() < 10)
}

/// Takes a move back: it is on the days where it was, with the reason that it had there.
pub async fn move_back(tx: &mut Tx, now: DateTime<Utc>, item: &Item, version: i64, (start, due): Days) -> Result<()> {
    in_use(item)?;
    let moved = &item.occurrence;
    let moved_from = moved.moved_from.filter(|first| *first != due);
    // what it was moved there for, where it was moved there
    let reason = match moved_from {
        None => String::new(),
        Some(_) => reason_of(tx, moved.id.0, due).await?,
    };
    let done = execute!(
        tx,
        "update occurrence set start_on = $3, due_on = $4, moved_from = $5, reason = $6, version = version + 1
         where id = $1 and version = $2 and state in ('planerad', 'pagar')",
        moved.id.0,
        version,
        start,
        due,
        moved_from,
        &reason
    )?;
    touched(done)?;
    let days = days((moved.start, moved.due), (start, due));
    record(tx, now, item, "Flytten ångrad", "", days).await
}

/// Why it was moved to this last day, the last time that it was.
async fn reason_of(tx: &mut Tx, id: Uuid, due: NaiveDate) -> Result<String> {
    let due = format::date(due);
    let found = rows!(
        tx,
        (String, String),
        "select reason, changes from history where thing_id = $1 and what = $2 order by at desc, id desc",
        id,
        MOVED
    )?;
    for (reason, changes) in found {
        let changes: Vec<Change> = InRow::of("history", id).json("changes", &changes)?;
        if changes.iter().any(|c| c.label == LAST_DAY && c.after == due) {
            return Ok(reason);
        }
    }
    Err(Error::Conflict)
}
