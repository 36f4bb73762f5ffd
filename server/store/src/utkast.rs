//! Utkast: by what a device knows the drafts of a person, and the keys that seal them there. The drafts themselves never
//! come here. A key is replaced at logout and with a new password; one that has been replaced still opens what was sealed with
//! it, for its person alone.

use chrono::{Days, NaiveDate};
use domain::id::PersonId;
use uuid::Uuid;

use crate::{Door, Error, Result, Tx};

/// How long a replaced key is kept, in days: a draft that nobody has opened for a year is not opened any more.
const KEPT: u64 = 365;
/// The most keys that are looked up at once: a device has drafts of few.
const MOST: usize = 50;

/// What devices know a person's drafts by, and what opens them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Konto {
    /// A random name; only here it can be told whose.
    pub konto: Uuid,
    /// Seals drafts with XChaCha20-Poly1305; 32 random bytes.
    pub nyckel: [u8; 32],
}

impl Konto {
    fn of((konto, nyckel): (Uuid, Vec<u8>)) -> Option<Self> {
        Some(Self { konto, nyckel: nyckel.try_into().ok()? })
    }
}

async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Konto>> {
    let found = row!(
        tx,
        (Uuid, Vec<u8>),
        "select konto, nyckel from utkast_nyckel where person_id = $1 and replaced_on is null",
        person.0
    )?;
    Ok(found.and_then(Konto::of))
}

/// The one that a person's drafts are sealed with now: made at the first use, at random.
pub async fn konto(door: &Door, person: PersonId) -> Result<Konto> {
    let mut tx = door.begin(false).await?;
    if let Some(known) = find(&mut tx, person).await? {
        return Ok(known);
    }
    drop(tx);
    let mut tx = door.begin(true).await?;
    execute!(
        tx,
        "insert into utkast_nyckel (konto, person_id, nyckel) values ($1, $2, $3) on conflict do nothing",
        Uuid::new_v4(),
        person.0,
        domain::sample::Seed::new().0.to_vec()
    )?;
    let made = find(&mut tx, person).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(made)
}

/// The keys of these names, as far as they are the person's.
pub async fn known(door: &Door, person: PersonId, names: &[Uuid]) -> Result<Vec<Konto>> {
    let mut tx = door.begin(false).await?;
    let mut out = Vec::new();
    for name in names.iter().take(MOST) {
        let found = row!(
            tx,
            (Uuid, Vec<u8>),
            "select konto, nyckel from utkast_nyckel where konto = $1 and person_id = $2",
            *name,
            person.0
        )?;
        out.extend(found.and_then(Konto::of));
    }
    Ok(out)
}

/// What is written from now on is sealed with another key.
pub async fn replace(tx: &mut Tx, today: NaiveDate, person: PersonId) -> Result<()> {
    execute!(
        tx,
        "update utkast_nyckel set replaced_on = $2 where person_id = $1 and replaced_on is null",
        person.0,
        today
    )?;
    Ok(())
}

/// Removes keys that were replaced long ago.
pub async fn purge(tx: &mut Tx, today: NaiveDate) -> Result<()> {
    let before = today.checked_sub_days(Days::new(KEPT)).unwrap_or(today);
    execute!(tx, "delete from utkast_nyckel where replaced_on < $1", before)?;
    Ok(())
}
