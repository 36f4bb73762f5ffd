//! How many answers a person has entered in a month: what "3 av 4 denna månad" is read from. Kept apart from the answers.
//!
//! A device reports how many it has entered; a form without script is counted by the server. What is reported waits in
//! memory ([`Pending`]) and is written now and then, for all persons of a month at once and in random order, so that a
//! count does not change when an answer comes. What is lost when the server is killed, the device reports again.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::id::{EnkatId, PersonId};
use uuid::Uuid;

use crate::{Result, Store, Tx, shuffle};

/// The device that stands for forms without script.
pub const FORM: Uuid = Uuid::nil();

/// Whose count, in which enkät and month (`2026-11`), on which device.
type Key = (PersonId, EnkatId, String, Uuid);

/// What a device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Report {
    n: i64,
    /// Of two reports the one with the higher number holds.
    number: i64,
}

/// Reports that are not yet written, and whether answers have come since they were last looked through.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    reports: Arc<Mutex<HashMap<Key, Report>>>,
    answers: Arc<AtomicBool>,
}

impl Pending {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<Key, Report>) -> T) -> T {
        work(&mut self.reports.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that answers have come.
    pub fn note_answers(&self) {
        self.answers.store(true, Ordering::Release);
    }

    /// Whether answers have come since this was last asked.
    #[must_use]
    pub fn take_answers(&self) -> bool {
        self.answers.swap(false, Ordering::AcqRel)
    }

    /// A device says how many answers it has entered.
    pub fn report(&self, person: PersonId, enkat: EnkatId, month: &str, device: Uuid, (n, number): (i64, i64)) {
        let key = (person, enkat, month.to_owned(), device);
        self.with(|all| {
            let standing = all.entry(key).or_insert(Report { n, number });
            if number > standing.number {
                *standing = Report { n, number };
            }
        });
    }

    /// One more (or with −1 one fewer) through a form without script.
    pub fn count_form(&self, person: PersonId, enkat: EnkatId, month: &str, more: i64) {
        let key = (person, enkat, month.to_owned(), FORM);
        self.with(|all| all.entry(key).or_insert(Report { n: 0, number: 0 }).n += more);
    }
}

type Row = (Uuid, Uuid, i64, i64);

async fn rows_of(tx: &mut Tx, enkat: EnkatId, month: &str) -> Result<HashMap<(PersonId, Uuid), Report>> {
    let found = rows!(
        tx,
        Row,
        "select person_id, device, n, report from enkat_antal where enkat_id = $1 and month = $2",
        enkat.0,
        month
    )?;
    Ok(found
        .into_iter()
        .map(|(person, device, n, number)| ((PersonId(person), device), Report { n, number }))
        .collect())
}

/// What is written, with what waits laid over it.
fn merged(
    mut written: HashMap<(PersonId, Uuid), Report>,
    pending: &HashMap<Key, Report>,
    (enkat, month): (EnkatId, &str),
) -> HashMap<(PersonId, Uuid), Report> {
    for ((person, e, m, device), new) in pending {
        if *e != enkat || m != month {
            continue;
        }
        let standing = written.entry((*person, *device)).or_insert(Report { n: 0, number: 0 });
        if *device == FORM {
            standing.n += new.n;
        } else if new.number >= standing.number {
            *standing = *new;
        }
    }
    written
}

/// How many answers each person has entered in a month; who has none is not there.
pub async fn of_month(store: &Store, tx: &mut Tx, enkat: EnkatId, month: &str) -> Result<HashMap<PersonId, i64>> {
    let written = rows_of(tx, enkat, month).await?;
    let all = store.pending().with(|pending| merged(written, pending, (enkat, month)));
    let mut sums: HashMap<PersonId, i64> = HashMap::new();
    for ((person, _), report) in all {
        *sums.entry(person).or_default() += report.n.max(0);
    }
    sums.retain(|_, n| *n > 0);
    Ok(sums)
}

/// Writes what waits: for each enkät and month concerned all rows anew, in random order. Gives how many reports were
/// written. When the database refuses, they wait on.
pub async fn flush(store: &Store) -> Result<usize> {
    let taken = store.pending().with(std::mem::take);
    if taken.is_empty() {
        return Ok(0);
    }
    match write(store, &taken).await {
        Ok(()) => Ok(taken.len()),
        Err(error) => {
            for ((person, enkat, month, device), report) in taken {
                if device == FORM {
                    store.pending().count_form(person, enkat, &month, report.n);
                } else {
                    store.pending().report(person, enkat, &month, device, (report.n, report.number));
                }
            }
            Err(error)
        }
    }
}

async fn write(store: &Store, taken: &HashMap<Key, Report>) -> Result<()> {
    let months: BTreeSet<(EnkatId, &str)> = taken.keys().map(|(_, enkat, month, _)| (*enkat, month.as_str())).collect();
    let mut tx = store.system(true).await?;
    for (enkat, month) in months {
        // two processes that write the same month wait for each other here
        execute!(&mut tx, "update enkat set sweeps = sweeps + 1 where id = $1", enkat.0)?;
        let written = rows_of(&mut tx, enkat, month).await?;
        let mut all: Vec<_> = merged(written, taken, (enkat, month)).into_iter().collect();
        shuffle(&mut all);
        execute!(&mut tx, "delete from enkat_antal where enkat_id = $1 and month = $2", enkat.0, month)?;
        for ((person, device), report) in all {
            execute!(
                &mut tx,
                "insert into enkat_antal (enkat_id, month, person_id, device, n, report)
                 values ($1, $2, $3, $4, $5, $6)",
                enkat.0,
                month,
                person.0,
                device,
                report.n.max(0),
                report.number
            )?;
        }
    }
    tx.commit().await
}

/// What devices know the person by, where it has been made.
pub async fn known_key(tx: &mut Tx, person: PersonId) -> Result<Option<Uuid>> {
    Ok(row!(tx, (Uuid,), "select device_key from enkat_konto where person_id = $1", person.0)?.map(|(key,)| key))
}

/// What devices know the person by: made at the first use, at random, the same ever after.
pub async fn device_key(store: &Store, person: PersonId) -> Result<Uuid> {
    let mut tx = store.system(false).await?;
    if let Some(key) = known_key(&mut tx, person).await? {
        return Ok(key);
    }
    drop(tx);
    let mut tx = store.system(true).await?;
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
