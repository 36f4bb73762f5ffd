//! How many answers persons have entered (`domain::enkat::Inmatat`): one row for each enkät, sealed, as long whatever it
//! holds, and written anew with each answer, in its transaction. Who writes it holds it first: two who do so at once wait
//! for each other.

use std::{collections::BTreeMap, fmt, sync::Arc};

use domain::{
    enkat::Inmatat,
    id::{EnkatId, PersonId},
};
use uuid::Uuid;

use crate::{Door, Result, Tx};

pub use domain::enkat::inmatat::FORM;

/// Turns what is written into something that only the key opens, and back. The id is that of the enkät: sealed for another
/// one it does not open.
type Turn = dyn Fn(Uuid, &[u8]) -> Option<Vec<u8>> + Send + Sync;

/// A keyed hash of what an enkät (its id) has, so that the same is known again: nobody without the key can make it.
type Mark = dyn Fn(Uuid, &[u8]) -> Uuid + Send + Sync;

/// How counts are sealed and tables known again. The key lies with whoever made this, outside of the database.
#[derive(Clone)]
pub struct Sealing {
    seal: Arc<Turn>,
    open: Arc<Turn>,
    mark: Option<Arc<Mark>>,
}

impl Sealing {
    /// With a key that the two hold.
    #[must_use]
    pub fn new(
        seal: impl Fn(Uuid, &[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
        open: impl Fn(Uuid, &[u8]) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        Self { seal: Arc::new(seal), open: Arc::new(open), mark: None }
    }

    /// The same with a keyed hash.
    #[must_use]
    pub fn marking(self, mark: impl Fn(Uuid, &[u8]) -> Uuid + Send + Sync + 'static) -> Self {
        Self { mark: Some(Arc::new(mark)), ..self }
    }

    /// Whether it has one.
    pub(super) fn marks(&self) -> bool {
        self.mark.is_some()
    }

    /// The hash of bytes of an enkät; none where it has none.
    pub(super) fn mark(&self, enkat: Uuid, bytes: &[u8]) -> Option<Uuid> {
        self.mark.as_ref().map(|mark| mark(enkat, bytes))
    }
}

impl fmt::Debug for Sealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealing(…)")
    }
}

/// What the row begins with: whether it is sealed.
const SEALED: u8 = 1;
const CLEAR: u8 = 0;

/// What is counted is as long as a multiple of this, in bytes: some forty persons fit in one.
const LENGTH: usize = 16 * 1024;

/// Empty when the bytes cannot be read.
fn from_bytes(bytes: &[u8]) -> Inmatat {
    let end = bytes.iter().rposition(|b| *b != b' ').map_or(0, |last| last + 1);
    serde_json::from_slice(&bytes[..end]).unwrap_or_default()
}

/// Filled up, so that the length says nothing.
fn to_bytes(all: &Inmatat) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(all).map_err(|e| sqlx::Error::Encode(e.into()))?;
    bytes.resize(bytes.len().next_multiple_of(LENGTH), b' ');
    Ok(bytes)
}

fn read(tx: &Tx, enkat: EnkatId, body: &[u8]) -> Inmatat {
    match (body.split_first(), &tx.store.sealing) {
        (Some((&CLEAR, bytes)), _) => from_bytes(bytes),
        // what another key has sealed is lost: devices report anew, and nobody is known to have entered what waits
        (Some((&SEALED, bytes)), Some(sealing)) => {
            (sealing.open)(enkat.0, bytes).map_or_else(Inmatat::default, |bytes| from_bytes(&bytes))
        }
        _ => Inmatat::default(),
    }
}

/// What is counted in an enkät, held until the transaction ends: to be written again.
pub(crate) async fn hold(tx: &mut Tx, enkat: EnkatId) -> Result<Inmatat> {
    let held = row!(
        tx,
        (Vec<u8>,),
        "insert into enkat_inmatat (enkat_id, body) values ($1, $2)
         on conflict (enkat_id) do update set body = enkat_inmatat.body returning body",
        enkat.0,
        Vec::<u8>::new()
    )?;
    Ok(held.map_or_else(Inmatat::default, |(body,)| read(tx, enkat, &body)))
}

/// Writes all that is counted in an enkät, in the length that it always has.
pub(crate) async fn write(tx: &mut Tx, enkat: EnkatId, all: &Inmatat) -> Result<()> {
    let bytes = to_bytes(all)?;
    let (way, bytes) = match &tx.store.sealing {
        Some(sealing) => {
            let sealed = (sealing.seal)(enkat.0, &bytes);
            (SEALED, sealed.ok_or_else(|| sqlx::Error::Encode("the counts could not be sealed".into()))?)
        }
        None => (CLEAR, bytes),
    };
    execute!(
        tx,
        "update enkat_inmatat set body = $2 where enkat_id = $1",
        enkat.0,
        [&[way], bytes.as_slice()].concat()
    )?;
    Ok(())
}

/// How many answers each person has entered in the month (`2026-11`) that goes on; who has none is not there.
pub async fn of_month(tx: &mut Tx, enkat: EnkatId, month: &str) -> Result<BTreeMap<PersonId, i64>> {
    let found = row!(tx, (Vec<u8>,), "select body from enkat_inmatat where enkat_id = $1", enkat.0)?;
    Ok(found.map_or_else(BTreeMap::new, |(body,)| read(tx, enkat, &body).of_month(month)))
}

/// A device says how many answers it has entered for the person in the month that goes on. Gives the sum over the person's
/// devices.
pub async fn report(
    tx: &mut Tx,
    (person, enkat, month): (PersonId, EnkatId, &str),
    device: Uuid,
    told: (i64, i64),
) -> Result<i64> {
    let mut all = hold(tx, enkat).await?;
    all.begin(month);
    all.report(person, device, told);
    write(tx, enkat, &all).await?;
    Ok(all.of_month(month).get(&person).copied().unwrap_or(0))
}

/// What devices know the person by, where it has been made.
pub async fn known_key(tx: &mut Tx, person: PersonId) -> Result<Option<Uuid>> {
    Ok(row!(tx, (Uuid,), "select device_key from enkat_konto where person_id = $1", person.0)?.map(|(key,)| key))
}

/// What devices know the person by: made at the first use, at random, the same ever after.
pub async fn device_key(door: &Door, person: PersonId) -> Result<Uuid> {
    let mut tx = door.begin(false).await?;
    if let Some(key) = known_key(&mut tx, person).await? {
        return Ok(key);
    }
    drop(tx);
    let mut tx = door.begin(true).await?;
    execute!(
        tx,
        "insert into enkat_konto (person_id, device_key) values ($1, $2) on conflict (person_id) do nothing",
        person.0,
        Uuid::new_v4()
    )?;
    let key = known_key(&mut tx, person).await?.ok_or(crate::Error::NotFound)?;
    tx.commit().await?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use domain::{enkat::Period, id::EnkatVersionId, kon::Kon};

    use super::*;

    #[test]
    fn counts_are_as_long_whoever_has_entered_and_read_back() {
        let mut all = Inmatat::default();
        let empty = to_bytes(&all).unwrap().len();
        all.begin("2026-11");
        let version = EnkatVersionId(Uuid::from_u128(1));
        for n in 0..40 {
            let person = PersonId(Uuid::from_u128(n));
            all.count_form(person, 4);
            for kon in Kon::ALL.into_iter().take(2) {
                all.enter(person, (version, Period::Month(2026, 11), Some(kon)), true, 4);
            }
            assert_eq!(to_bytes(&all).unwrap().len(), empty, "{n}");
        }
        assert_eq!(from_bytes(&to_bytes(&all).unwrap()), all);
        assert_eq!((from_bytes(b"x"), from_bytes(b"")), (Inmatat::default(), Inmatat::default()));
    }
}
