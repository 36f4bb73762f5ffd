//! Short codes that open a wall screen on a television: only their hashes are kept, one for each screen. A code that is used
//! up has made an address of the television's own.

use chrono::{DateTime, Utc};
use domain::{apt::tv::HOLDS, id::SkarmId, permission::Area};
use uuid::Uuid;

use super::skarm;
use crate::{
    Result, Tx,
    history::{self, Record},
};

/// Makes a code that opens the screen once, for a quarter of an hour from the real second `at`. One from before opens nothing
/// any more.
pub async fn renew(tx: &mut Tx, (now, at): (DateTime<Utc>, i64), id: SkarmId, hash: &[u8]) -> Result<()> {
    let screen = skarm::get(tx, id).await?;
    execute!(tx, "delete from skarm_kod where expires_at <= $1", at)?;
    execute!(
        tx,
        "insert into skarm_kod (skarm_id, code_hash, expires_at) values ($1, $2, $3)
         on conflict (skarm_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at",
        id.0,
        hash,
        at + HOLDS
    )?;
    record(tx, now, &screen, "Kod för en tv").await
}

/// Uses a code up: the screen that it opened is from now on opened by the token of this hash too. None where no code of this
/// hash holds.
pub async fn open(tx: &mut Tx, (now, at): (DateTime<Utc>, i64), code: &[u8], token: &[u8]) -> Result<Option<SkarmId>> {
    // of two who type it at the same moment one row is left to one of them
    let used = row!(
        tx,
        (Uuid,),
        "delete from skarm_kod where code_hash = $1 and expires_at > $2 returning skarm_id",
        code,
        at
    )?;
    let Some((id,)) = used else { return Ok(None) };
    execute!(tx, "insert into skarm_adress (token_hash, skarm_id) values ($1, $2)", token, id)?;
    let screen = skarm::get(tx, SkarmId(id)).await?;
    record(tx, now, &screen, "Öppnad med kod").await?;
    Ok(Some(screen.id))
}

/// Takes back every code of the screen and every address that one has made.
pub(super) async fn take_back(tx: &mut Tx, id: SkarmId) -> Result<()> {
    execute!(tx, "delete from skarm_kod where skarm_id = $1", id.0)?;
    execute!(tx, "delete from skarm_adress where skarm_id = $1", id.0)?;
    Ok(())
}

async fn record(tx: &mut Tx, now: DateTime<Utc>, screen: &domain::apt::skarm::Skarm, what: &str) -> Result<()> {
    let record =
        Record { now, node: screen.node, area: Area::Apt, thing: screen.id.0, what, reason: "", changes: vec![] };
    history::write(tx, record).await
}
