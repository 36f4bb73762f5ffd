//! Utkast: by what a device knows the drafts of a person, and the key that seals them there. The drafts themselves never
//! come here.

use domain::id::PersonId;
use uuid::Uuid;

use crate::{Error, Result, Store, Tx};

/// What devices know a person's drafts by, and what opens them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Konto {
    /// A random name; only here it can be told whose.
    pub konto: Uuid,
    /// The key.
    pub nyckel: [u8; 32],
}

async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Konto>> {
    let found = row!(tx, (Uuid, Vec<u8>), "select konto, nyckel from utkast_konto where person_id = $1", person.0)?;
    Ok(found.and_then(|(konto, nyckel)| Some(Konto { konto, nyckel: nyckel.try_into().ok()? })))
}

/// A person's: made at the first use, at random, the same ever after.
pub async fn konto(store: &Store, person: PersonId) -> Result<Konto> {
    let mut tx = store.system(false).await?;
    if let Some(known) = find(&mut tx, person).await? {
        return Ok(known);
    }
    drop(tx);
    let mut tx = store.system(true).await?;
    execute!(
        tx,
        "insert into utkast_konto (person_id, konto, nyckel) values ($1, $2, $3) on conflict (person_id) do nothing",
        person.0,
        Uuid::new_v4(),
        domain::sample::Seed::new().0.to_vec()
    )?;
    let made = find(&mut tx, person).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(made)
}
