//! Files of a case. They come and go encrypted: the store never sees what is in them.

use chrono::{DateTime, Utc};
use domain::{
    avvikelse::{
        Arende,
        arende::Bilaga,
        bilaga::{codes, of_codes, sentences},
    },
    history::changes,
    id::{AvvikelseId, BilagaId},
    person::Actor,
};
use uuid::Uuid;

use super::{opened, record, relation};
use crate::{Error, Result, Tx};

/// The most files of a case.
pub const MOST: i64 = 20;

/// The files of a case, without their bytes, the first one first.
pub async fn list(tx: &mut Tx, id: AvvikelseId) -> Result<Vec<Bilaga>> {
    let found = rows!(
        tx,
        (Uuid, String, String, i64, String, Option<String>, DateTime<Utc>),
        "select b.id, b.name, b.media, b.size, b.removed, p.name, b.at
         from avvikelse_bilaga b left join person p on p.id = b.person_id where b.avvikelse_id = $1 order by b.at, b.id",
        id.0
    )?;
    Ok(found
        .into_iter()
        .map(|(id, name, media, size, removed, who, at)| Bilaga {
            id: BilagaId(id),
            name,
            media,
            size,
            removed: of_codes(&removed),
            who: who.unwrap_or_default(),
            at,
        })
        .collect())
}

/// Attaches a file. The same id again is the same file. `Conflict` when the case has as many as it may.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, case: &Arende, bilaga: &Bilaga, sealed: Vec<u8>) -> Result<()> {
    let (n,) =
        row!(tx, (i64,), "select cast(count(*) as bigint) from avvikelse_bilaga where avvikelse_id = $1", case.id.0)?
            .unwrap_or_default();
    if n >= MOST {
        return Err(Error::Conflict);
    }
    let me = tx.actor().map(|p| p.0);
    let added = execute!(
        tx,
        "insert into avvikelse_bilaga (id, avvikelse_id, name, media, size, sealed, person_id, at, removed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        bilaga.id.0,
        case.id.0,
        &bilaga.name,
        &bilaga.media,
        bilaga.size,
        &sealed,
        me,
        chrono::SubsecRound::trunc_subsecs(now, 3),
        codes(&bilaga.removed)
    )?;
    if added == 0 {
        return Ok(());
    }
    let fields = [
        ("Fil", String::new(), bilaga.name.clone()),
        ("Borttaget ur filen", String::new(), sentences(&bilaga.removed)),
    ];
    record(tx, now, case, "Fil bifogad", "", changes(fields)).await
}

/// A file with its encrypted bytes, for those who handle the case; that it was opened is written down. `NotFound` when
/// there is none, or none for them.
pub async fn open(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    case: AvvikelseId,
    id: BilagaId,
) -> Result<(Bilaga, Vec<u8>)> {
    if !relation(tx, actor, case).await?.sees_investigation() {
        return Err(Error::NotFound);
    }
    let (sealed,) =
        row!(tx, (Vec<u8>,), "select sealed from avvikelse_bilaga where id = $1 and avvikelse_id = $2", id.0, case.0)?
            .ok_or(Error::NotFound)?;
    let found = list(tx, case).await?.into_iter().find(|b| b.id == id).ok_or(Error::NotFound)?;
    opened(tx, now, actor, case, &format!("Filen {}", found.name)).await?;
    Ok((found, sealed))
}

/// Takes a file away.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>, case: &Arende, id: BilagaId) -> Result<()> {
    let found = list(tx, case.id).await?.into_iter().find(|b| b.id == id).ok_or(Error::NotFound)?;
    execute!(tx, "delete from avvikelse_bilaga where id = $1", id.0)?;
    record(tx, now, case, "Fil borttagen", "", changes([("Fil", found.name, String::new())])).await
}
