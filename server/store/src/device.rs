//! Devices that have logged in before, for an account each. What comes is hashed: the table holds nothing that a cookie holds
//! and no name.

use domain::id::PersonId;

use crate::{Result, Tx};

/// How long a device is known without a login, in days.
const KEPT: i64 = 400;

/// Whether the device has logged in to the account before.
pub async fn known(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(row!(tx, (i64,), "select last_day from device where id = $1", id)?.is_some())
}

/// The device has logged in to the account. `true` when it is the first time. `now` in seconds since 1970.
pub async fn logged_in(tx: &mut Tx, id: &str, person: PersonId, now: i64) -> Result<bool> {
    let new = !known(tx, id).await?;
    execute!(
        tx,
        "insert into device (id, person_id, last_day) values ($1, $2, $3)
         on conflict (id) do update set last_day = excluded.last_day",
        id,
        person.0,
        now.div_euclid(86_400)
    )?;
    Ok(new)
}

/// No device of the account is known any more: somebody else has given it a new password.
pub(crate) async fn forget(tx: &mut Tx, person: PersonId) -> Result<()> {
    execute!(tx, "delete from device where person_id = $1", person.0)?;
    Ok(())
}

/// Removes devices that have not logged in for a year and a month.
pub async fn purge(tx: &mut Tx, now: i64) -> Result<()> {
    execute!(tx, "delete from device where last_day < $1", now.div_euclid(86_400) - KEPT)?;
    Ok(())
}
