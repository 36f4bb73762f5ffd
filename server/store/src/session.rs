//! Sessions and failed logins. Ids and keys come hashed: the tables hold nothing that opens a session or names a person.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::id::PersonId;

use crate::{Part, Result, Tx};

/// Whose login a session is, as the person's own list tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Whose.
    pub person: PersonId,
    /// The person's epoch at login.
    pub epoch: i64,
    /// Browser and system.
    pub device: String,
    /// The day of the login.
    pub since: NaiveDate,
    /// When it ends at the latest, in seconds.
    pub ends_at: i64,
}

/// A login in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inloggning {
    /// The hash of the session's id.
    pub id: String,
    /// Browser and system.
    pub device: String,
    /// The day of the login.
    pub since: NaiveDate,
}

/// The data of a session that has not expired, and when it does. `now` in seconds since 1970.
pub async fn get(tx: &mut Tx, id: &str, now: i64) -> Result<Option<(String, i64)>> {
    let (snapshot, id) = (tx.snapshot().await?, id.to_owned());
    let mut found = tx.store.memory.sessions.get(snapshot.as_ref(), &id);
    if found.is_none() {
        found = row!(tx, (String, i64), "select data, expires_at from session where id = $1", &id)?.map(Arc::new);
        if let Some(session) = &found {
            tx.store.memory.sessions.set(snapshot.as_ref(), id, session.0.len(), vec![Part::Anything], session);
        }
    }
    Ok(found.filter(|found| found.1 > now).map(Arc::unwrap_or_clone))
}

/// Writes a session of nobody.
pub async fn save(tx: &mut Tx, id: &str, data: &str, expires_at: i64) -> Result<()> {
    save_of(tx, id, data, expires_at, None).await
}

/// Writes a session, and whose it is.
pub async fn save_of(tx: &mut Tx, id: &str, data: &str, expires_at: i64, owner: Option<&Owner>) -> Result<()> {
    execute!(
        tx,
        "insert into session (id, data, expires_at, person_id, epoch, device, since, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set data = excluded.data, expires_at = excluded.expires_at,
           person_id = excluded.person_id, epoch = excluded.epoch, device = excluded.device, since = excluded.since,
           ends_at = excluded.ends_at",
        id,
        data,
        expires_at,
        owner.map(|o| o.person.0),
        owner.map(|o| o.epoch),
        owner.map(|o| o.device.as_str()),
        owner.map(|o| o.since),
        owner.map(|o| o.ends_at)
    )?;
    Ok(())
}

/// Writes a session again. False, and nothing is written, when it has been ended meanwhile: who was logged out in another
/// window, or from another device, stays so.
pub async fn keep_of(tx: &mut Tx, id: &str, data: &str, expires_at: i64, owner: Option<&Owner>) -> Result<bool> {
    let done = execute!(
        tx,
        "update session set data = $2, expires_at = $3, person_id = $4, epoch = $5, device = $6, since = $7, ends_at = $8
         where id = $1",
        id,
        data,
        expires_at,
        owner.map(|o| o.person.0),
        owner.map(|o| o.epoch),
        owner.map(|o| o.device.as_str()),
        owner.map(|o| o.since),
        owner.map(|o| o.ends_at)
    )?;
    Ok(done > 0)
}

/// The logins of a person that have not ended, the latest day first. No moment of use is in them.
pub async fn of_person(tx: &mut Tx, person: PersonId, now: i64) -> Result<Vec<Inloggning>> {
    let rows = rows!(
        tx,
        (String, String, NaiveDate),
        "select s.id, s.device, s.since from session s join person p on p.id = s.person_id and p.session_epoch = s.epoch
         where s.person_id = $1 and s.ends_at > $2 order by s.since desc, s.device, s.id",
        person.0,
        now
    )?;
    Ok(rows.into_iter().map(|(id, device, since)| Inloggning { id, device, since }).collect())
}

/// Ends a login of a person, and says whether there was one.
pub async fn end(tx: &mut Tx, person: PersonId, id: &str) -> Result<bool> {
    Ok(execute!(tx, "delete from session where id = $1 and person_id = $2", id, person.0)? > 0)
}

/// Ends all logins of a person but one, and says how many.
pub async fn end_others(tx: &mut Tx, person: PersonId, but: &str) -> Result<u64> {
    Ok(execute!(tx, "delete from session where person_id = $1 and id <> $2", person.0, but)?)
}

/// Ends a session.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    execute!(tx, "delete from session where id = $1", id)?;
    Ok(())
}

/// Removes what has expired, and failed logins older than a day.
pub async fn delete_expired(tx: &mut Tx, now: i64) -> Result<u64> {
    execute!(tx, "delete from login_attempt where last_at < $1", now - 86_400)?;
    execute!(tx, "delete from login_address where last_at < $1", now - 86_400)?;
    Ok(execute!(tx, "delete from session where expires_at <= $1", now)?)
}

/// Failures in a row and the second of the last one, for an account or an address.
pub async fn attempts(tx: &mut Tx, key: &str) -> Result<(i64, i64)> {
    Ok(row!(tx, (i64, i64), "select failures, last_at from login_attempt where id = $1", key)?.unwrap_or((0, 0)))
}

/// Counts a failure.
pub async fn fail(tx: &mut Tx, key: &str, now: i64) -> Result<()> {
    execute!(
        tx,
        "insert into login_attempt (id, failures, last_at) values ($1, 1, $2)
         on conflict (id) do update set failures = login_attempt.failures + 1, last_at = excluded.last_at",
        key,
        now
    )?;
    Ok(())
}

/// Guesses at the own password in a row before one has to wait, and how long, in seconds: whoever sits down at a computer
/// that is logged in gets few.
const GUESSES: i64 = 5;
const WAIT: i64 = 15 * 60;

fn guesses(person: PersonId) -> String {
    format!("losenord:{person}")
}

/// Counts a guess at the person's own password, wherever it is asked for. `false`, and nothing is counted, when there were
/// too many. Counted before it is known to be wrong, so that guesses at the same time all are; [`guessed`] takes it back.
pub async fn guess(tx: &mut Tx, person: PersonId, now: i64) -> Result<bool> {
    let key = guesses(person);
    let (failures, last) = attempts(tx, &key).await?;
    if failures >= GUESSES && now - last < WAIT {
        return Ok(false);
    }
    fail(tx, &key, now).await?;
    Ok(true)
}

/// Forgets the guesses: the password was right.
pub async fn guessed(tx: &mut Tx, person: PersonId) -> Result<()> {
    forgive(tx, &guesses(person)).await
}

/// Forgets failures after a login.
pub async fn forgive(tx: &mut Tx, key: &str) -> Result<()> {
    execute!(tx, "delete from login_attempt where id = $1", key)?;
    Ok(())
}

/// How many accounts have failed at an address since a second, and when the last one did.
pub async fn failed_at(tx: &mut Tx, address: &str, since: i64) -> Result<(i64, i64)> {
    let found = row!(
        tx,
        (i64, Option<i64>),
        "select count(*), max(last_at) from login_address where address = $1 and last_at >= $2",
        address,
        since
    )?;
    Ok(found.map_or((0, 0), |(accounts, last)| (accounts, last.unwrap_or(0))))
}

/// Counts an account as failed at an address.
pub async fn fail_at(tx: &mut Tx, address: &str, account: &str, now: i64) -> Result<()> {
    execute!(
        tx,
        "insert into login_address (address, account, last_at) values ($1, $2, $3)
         on conflict (address, account) do update set last_at = excluded.last_at",
        address,
        account,
        now
    )?;
    Ok(())
}

/// The account was right at the address: it no longer counts there. Others still do.
pub async fn forgive_at(tx: &mut Tx, address: &str, account: &str) -> Result<()> {
    execute!(tx, "delete from login_address where address = $1 and account = $2", address, account)?;
    Ok(())
}
