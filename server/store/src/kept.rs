//! What has been worked out from the database and is kept in memory until the part of it that it was made of ([`Part`]) has
//! changed, by whomever: the command line and other servers on the same database too. Whoever reads asks for the
//! [`Snapshot`] first: the database answers whether anything has been committed, and which parts.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::NaiveDate;
use domain::{
    atgard::notis::AtgardNotis,
    atgora::open::Open,
    avvikelse::{Vantar, frislappt::Redovisat, register::Group},
    id::{NodeId, PersonId},
    occurrence::Item,
    organisation::Tree,
    person::Actor,
    sakerhet::Notis,
    siffror::{
        jamforelse::Jamforelse,
        jamstalldhet::analys::Analys,
        serie::{Serie, SerieId},
        visning::Visning,
    },
};
use sqlx::{Connection, SqliteConnection};

use crate::{
    Result, Tx,
    occurrence::{Progress, YearUntil},
    serie::visning::{Ritat, RitatKey},
};

pub mod part;

pub use part::Part;
use part::{Changes, Row};

/// The data as committed at some time, and what has changed since: what is read at one holds as long as its parts do.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Which database of this process.
    store: u64,
    /// How many changes had been seen.
    count: u64,
    changes: Arc<Mutex<Changes>>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        (self.store, self.count) == (other.store, other.count)
    }
}

impl Eq for Snapshot {}

fn lock(changes: &Mutex<Changes>) -> MutexGuard<'_, Changes> {
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

tokio::task_local! {
    static ASKED: Mutex<Asked>;
}

/// What a piece of work knows of the snapshot.
enum Asked {
    /// Nothing yet.
    Not,
    /// As it was when it was first asked.
    At(Snapshot),
    /// The work has itself written. What it has read before may be older than what it would read now.
    Written,
}

/// Within this work, a request, the snapshot is asked for once, and what is kept is used until the work itself writes. Outside
/// of such work nothing is kept: whoever has read a person's roles must go on with what is of the same snapshot.
pub async fn one_snapshot<F: Future>(work: F) -> F::Output {
    ASKED.scope(Mutex::new(Asked::Not), work).await
}

fn set_asked(asked: Asked) {
    // outside of a piece of work there is nothing to set
    let _ = ASKED.try_with(|known| *known.lock().unwrap_or_else(PoisonError::into_inner) = asked);
}

/// Ends the keeping for this piece of work.
pub(crate) fn written() {
    set_asked(Asked::Written);
}

/// What a store keeps, and how it knows what has changed.
#[derive(Debug)]
pub(crate) struct Memory {
    store: u64,
    changes: Arc<Mutex<Changes>>,
    /// SQLite counts, for each connection, the commits of all others: one that never writes is asked. None for a database
    /// in memory, which has one connection, and for PostgreSQL.
    counter: tokio::sync::Mutex<Option<SqliteConnection>>,
    /// On PostgreSQL, up to where nobody needs what has changed any more: see [`Tx::forget_changes`].
    forget: Mutex<Option<String>>,
    /// By the hash of the id: data and when it expires.
    pub sessions: Kept<String, (String, i64)>,
    /// The organisation, by day: see [`crate::Shared::is_day`].
    pub tree: Kept<NaiveDate, Tree>,
    /// By person, epoch and day: with the tree.
    pub actors: Kept<(PersonId, i64, NaiveDate), Actor>,
    /// By person and day: see [`crate::occurrence::sums::late_count`].
    pub late: Kept<(PersonId, NaiveDate), i64>,
    /// By person and units: see [`crate::avvikelse::frist::list`].
    pub waiting: Kept<(PersonId, Vec<NodeId>), [Vantar]>,
    /// By unit and year: see [`crate::occurrence::year`].
    pub years: Kept<(NodeId, i32), [Item]>,
    /// By units and day: see [`crate::occurrence::open`].
    pub open: Kept<(Vec<NodeId>, NaiveDate), [Item]>,
    /// By unit and day: see [`crate::occurrence::sums::of`].
    pub sums: Kept<(NodeId, NaiveDate), [Open]>,
    /// By units: see [`crate::avvikelse::register::groups`].
    pub groups: Kept<Vec<NodeId>, [Group]>,
    /// By unit: see [`crate::avvikelse::frislappt::get`].
    pub released: Kept<NodeId, Redovisat>,
    /// By unit and years: see [`crate::occurrence::sums::progress`].
    pub progress: Kept<YearsOf, [(i32, Progress)]>,
    /// By person: see [`crate::sakerhet::unseen`].
    pub notices: Kept<PersonId, [Notis]>,
    /// By person: see [`crate::atgard::notis::unseen`].
    pub laid: Kept<PersonId, [AtgardNotis]>,
    /// By unit: see [`crate::serie::list`].
    pub serier: Kept<NodeId, [Serie]>,
    /// By series: see [`crate::serie::get`].
    pub serie: Kept<SerieId, Serie>,
    /// By series: see [`crate::serie::jamforelse::list`].
    pub jamforelser: Kept<SerieId, [Jamforelse]>,
    /// By series: see [`crate::serie::jamstalldhet::of_serie`].
    pub analyser: Kept<SerieId, [Analys]>,
    /// By series and whether small numbers are hidden: see [`crate::serie::visning::get`].
    pub visningar: Kept<(SerieId, bool), Visning>,
    /// By series, what is hidden of it, day, and what is drawn: see [`crate::serie::visning::ritat`].
    pub ritat: Kept<RitatKey, Ritat>,
}

/// How many bytes of HTML are kept in all.
pub(crate) const RITAT_MOST: usize = 8 * 1024 * 1024;

/// A unit, and years with the day until which each is counted.
type YearsOf = (NodeId, [YearUntil; 2]);

impl Memory {
    pub fn new(counter: Option<SqliteConnection>) -> Self {
        static STORES: AtomicU64 = AtomicU64::new(0);
        Self {
            store: STORES.fetch_add(1, Ordering::Relaxed),
            changes: Arc::default(),
            counter: tokio::sync::Mutex::new(counter),
            forget: Mutex::new(None),
            // two of the largest; thousands of the common ones
            sessions: Kept::new(4 * 1024 * 1024),
            tree: Kept::new(1),
            actors: Kept::new(10_000),
            late: Kept::new(10_000),
            // a few kilobytes each: texts are in it
            waiting: Kept::new(2_000),
            // items are about half a kilobyte each
            years: Kept::new(20_000),
            open: Kept::new(10_000),
            // a hundred bytes each, some ten for a unit
            sums: Kept::new(100_000),
            // forty bytes each
            groups: Kept::new(100_000),
            // the largest, with the words of a unit, are a few kilobytes
            released: Kept::new(10_000),
            progress: Kept::new(10_000),
            notices: Kept::new(10_000),
            laid: Kept::new(10_000),
            // a kilobyte or two each
            serier: Kept::new(3_000),
            serie: Kept::new(1_000),
            jamforelser: Kept::new(3_000),
            analyser: Kept::new(1_000),
            // some hundred and fifty bytes for each value by itself, in a line, hidden, or named; a larger series is read each time
            visningar: Kept::new(150_000),
            // in bytes: a page of a series is some thirty thousand, a row of a list one
            ritat: Kept::new(RITAT_MOST),
        }
    }

    pub async fn close(&self) {
        if let Some(counter) = self.counter.lock().await.take() {
            // an error would say that it is closed
            let _ = counter.close().await;
        }
    }
}

impl Tx {
    /// What had been committed when this was first asked in the same work ([`one_snapshot`]): what is read from then on is as
    /// new or newer. None outside of such work, when it has written, and for a database in memory, which does not count.
    pub async fn snapshot(&mut self) -> Result<Option<Snapshot>> {
        let store = self.store.memory.store;
        let asked = ASKED.try_with(|known| match &*known.lock().unwrap_or_else(PoisonError::into_inner) {
            Asked::Not => Ok(()),
            Asked::At(snapshot) => Err(Some(snapshot.clone()).filter(|snapshot| snapshot.store == store)),
            Asked::Written => Err(None),
        });
        match asked {
            Ok(Ok(())) if !self.writes() => {}
            Ok(Err(known)) if !self.writes() => return Ok(known),
            _ => return Ok(None),
        }
        let memory = Arc::clone(&self.store.memory);
        let count = if self.store.is_sqlite() {
            let mut counter = memory.counter.lock().await;
            let Some(counter) = counter.as_mut() else { return Ok(None) };
            let commits: i64 = sqlx::query_scalar("pragma data_version").fetch_one(&mut *counter).await?;
            let (known, nr) = {
                let changes = lock(&memory.changes);
                (changes.data == commits.to_string(), changes.nr)
            };
            // what is committed between the two questions is read here and asked for once more the next time
            let rows: Vec<(String, String, i64)> = if known {
                vec![]
            } else {
                sqlx::query_as("select slag, nyckel, nr from forandring where nr > $1")
                    .bind(nr)
                    .fetch_all(counter)
                    .await?
            };
            let mut changes = lock(&memory.changes);
            changes.nr = rows.iter().map(|row| row.2).chain([changes.nr]).max().unwrap_or_default();
            let rows: Vec<Row> = rows.into_iter().map(|(slag, nyckel, _)| (slag, nyckel)).collect();
            changes.note(commits.to_string(), &rows)
        } else {
            let before = Some(lock(&memory.changes).data.clone()).filter(|data| !data.is_empty());
            let (data, mut rows) = self.changed_since(before.as_deref()).await?;
            let mut changes = lock(&memory.changes);
            if before.as_ref().is_some_and(|before| forgotten(before, &rows) || went_back(before, &data)) {
                changes.note_all();
            }
            rows.retain(|(slag, _)| slag != FORGOTTEN);
            changes.note(data, &rows)
        };
        let snapshot = Snapshot { store, count, changes: Arc::clone(&memory.changes) };
        set_asked(Asked::At(snapshot.clone()));
        Ok(Some(snapshot))
    }

    /// On PostgreSQL: which transactions are seen now and which are not yet, in all databases of the cluster, and what was
    /// changed by those that were not seen before. Both in one question: they are of the same instant.
    async fn changed_since(&mut self, before: Option<&str>) -> Result<(String, Vec<Row>)> {
        let found = match before {
            None => rows!(self, (String, String, String), "select cast(pg_current_snapshot() as text), '', ''")?,
            Some(before) => rows!(
                self,
                (String, String, String),
                "select cast(pg_current_snapshot() as text), '', ''
                 union all
                 select '', slag, nyckel from forandring
                 where txid >= pg_snapshot_xmin(cast($1 as pg_snapshot))
                   and not pg_visible_in_snapshot(txid, cast($1 as pg_snapshot))",
                before
            )?,
        };
        let (mut data, mut rows) = (String::new(), vec![]);
        for (snapshot, slag, nyckel) in found {
            if slag.is_empty() { data = snapshot } else { rows.push((slag, nyckel)) }
        }
        Ok((data, rows))
    }

    /// On PostgreSQL, takes away what was changed before the last time this was called. To be called by the clock, every
    /// hour or so: a server that has not looked for so long forgets all it keeps, for what it missed is named no more. On
    /// SQLite each part has one row, and stays.
    pub async fn forget_changes(&mut self) -> Result<()> {
        if self.store.is_sqlite() {
            return Ok(());
        }
        let now = row!(self, (String,), "select cast(pg_snapshot_xmin(pg_current_snapshot()) as text)")?;
        let now = now.unwrap_or_default().0;
        // of a database that was brought here from another cluster, whose count of transactions had come further
        execute!(
            self,
            "delete from forandring
             where txid >= pg_snapshot_xmax(pg_current_snapshot()) and txid <> pg_current_xact_id()"
        )?;
        let before = self.store.memory.forget.lock().unwrap_or_else(PoisonError::into_inner).replace(now);
        if let Some(before) = before {
            execute!(self, "delete from forandring where txid < cast($1 as xid8)", &before)?;
            execute!(self, "insert into forandring (slag, nyckel) values ($1, $2)", FORGOTTEN, &before)?;
        }
        Ok(())
    }
}

/// What stands in `forandring` where rows have been taken away: those of transactions before the one it names.
const FORGOTTEN: &str = "glomt";

/// Whether something may have been taken away that was not seen at this snapshot (`xmin:xmax:xip`).
fn forgotten(before: &str, rows: &[Row]) -> bool {
    let first: Option<u64> = before.split(':').next().and_then(|xmin| xmin.parse().ok());
    let mut gone = rows.iter().filter(|(slag, _)| slag == FORGOTTEN);
    gone.any(|(_, upto)| upto.parse::<u64>().ok().is_none_or(|upto| first.is_none_or(|first| first < upto)))
}

/// Whether the transactions are counted from further back than at an earlier snapshot (`xmin:xmax:xip`): the address leads to
/// another cluster, or to this one as it was.
fn went_back(before: &str, data: &str) -> bool {
    let ends = |snapshot: &str| -> Option<(u64, u64)> {
        let mut parts = snapshot.split(':');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    match (ends(before), ends(data)) {
        (Some((xmin, xmax)), Some((xmin_now, xmax_now))) => xmin_now < xmin || xmax_now < xmax,
        _ => true,
    }
}

/// Things that were read, with what they were made of, up to a weight.
#[derive(Debug)]
pub struct Kept<K, V: ?Sized> {
    shelf: Mutex<Shelf<K, V>>,
    most: usize,
}

#[derive(Debug)]
struct Shelf<K, V: ?Sized> {
    things: HashMap<K, Thing<V>>,
    weight: usize,
}

#[derive(Debug)]
struct Thing<V: ?Sized> {
    content: Arc<V>,
    parts: Box<[Part]>,
    store: u64,
    count: u64,
    weight: usize,
}

impl<V: ?Sized> Thing<V> {
    fn holds(&self, snapshot: &Snapshot) -> bool {
        self.store == snapshot.store && lock(&snapshot.changes).holds(self.count, &self.parts)
    }
}

impl<K: Eq + Hash, V: ?Sized> Kept<K, V> {
    /// Holds things whose weights sum to this; in what unit is for the user to say.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { shelf: Mutex::new(Shelf { things: HashMap::new(), weight: 0 }), most }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf<K, V>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thing, if nothing that it was made of has changed up to this snapshot.
    pub fn get(&self, snapshot: Option<&Snapshot>, key: &K) -> Option<Arc<V>> {
        let snapshot = snapshot?;
        self.shelf().things.get(key).filter(|kept| kept.holds(snapshot)).map(|kept| Arc::clone(&kept.content))
    }

    /// Keeps a thing that was read at or after the snapshot, of these parts and of nothing else. Where there is no room those
    /// go that hold no more, then any.
    pub fn set(&self, snapshot: Option<&Snapshot>, key: K, weight: usize, parts: Vec<Part>, thing: &Arc<V>) {
        let Some(snapshot) = snapshot else { return };
        // one that outweighs all the others together is not worth keeping
        if weight > self.most {
            return;
        }
        let mut guard = self.shelf();
        let on = &mut *guard;
        if let Some(before) = on.things.remove(&key) {
            on.weight -= before.weight;
        }
        if on.weight + weight > self.most {
            on.things.retain(|_, kept| kept.holds(snapshot));
            let mut left: usize = on.things.values().map(|kept| kept.weight).sum();
            // some more than is needed, so that the next does not look through them all again
            let room = weight.max(self.most / 4);
            on.things.retain(|_, kept| {
                let stays = left + room <= self.most;
                if !stays {
                    left -= kept.weight;
                }
                stays
            });
            on.weight = left;
        }
        let (store, count) = (snapshot.store, snapshot.count);
        let thing = Thing { content: Arc::clone(thing), parts: parts.into(), store, count, weight };
        on.things.insert(key, thing);
        on.weight += weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(n: u128) -> NodeId {
        NodeId(uuid::Uuid::from_u128(n))
    }

    /// What is known after these changes, each a commit.
    #[allow(clippy::unnecessary_wraps)] // as the store gives it
    fn at(changes: &Arc<Mutex<Changes>>, data: &str, plans: &[NodeId]) -> Option<Snapshot> {
        let rows: Vec<Row> = plans.iter().map(|n| ("plan".to_owned(), n.0.simple().to_string())).collect();
        let count = lock(changes).note(data.to_owned(), &rows);
        Some(Snapshot { store: 0, count, changes: Arc::clone(changes) })
    }

    #[test]
    fn a_cluster_whose_transactions_are_counted_from_further_back_is_another() {
        assert!(!went_back("10:20:12", "10:20:12,15") && !went_back("10:20:", "11:24:"));
        assert!(went_back("10:20:", "9:24:") && went_back("10:20:", "10:19:") && went_back("10:20:", ""));
    }

    #[test]
    fn what_is_kept_goes_when_its_part_changes_and_no_other() {
        let (kept, changes): (Kept<&str, str>, _) = (Kept::new(10), Arc::default());
        let seen = |snapshot: &Option<Snapshot>, key| kept.get(snapshot.as_ref(), &key).map(|thing| thing.to_string());
        let now = at(&changes, "1", &[]);
        kept.set(now.as_ref(), "a", 4, vec![Part::Plan(node(1))], &Arc::from("A"));
        kept.set(now.as_ref(), "b", 4, vec![Part::Anything], &Arc::from("B"));
        assert_eq!((seen(&now, "a"), seen(&now, "b"), seen(&None, "a")), (Some("A".into()), Some("B".into()), None));
        let later = at(&changes, "2", &[node(2)]);
        assert_eq!((seen(&later, "a"), seen(&later, "b")), (Some("A".into()), None));
        // read before the change, kept after it: it may be older than the change
        at(&changes, "3", &[node(1)]);
        kept.set(now.as_ref(), "a", 4, vec![Part::Plan(node(1))], &Arc::from("A"));
        assert_eq!((seen(&later, "a"), seen(&now, "a")), (None, None));
        // another database of the process
        let elsewhere = Some(Snapshot { store: 1, ..now.unwrap() });
        kept.set(elsewhere.as_ref(), "c", 1, vec![], &Arc::from("C"));
        assert_eq!((seen(&elsewhere, "c"), seen(&later, "c")), (Some("C".into()), None));
    }

    #[test]
    fn where_there_is_no_room_what_holds_no_more_goes_first() {
        let (kept, changes): (Kept<&str, str>, _) = (Kept::new(10), Arc::default());
        let now = at(&changes, "1", &[]);
        kept.set(now.as_ref(), "old", 4, vec![Part::Anything], &Arc::from("O"));
        kept.set(now.as_ref(), "a", 4, vec![], &Arc::from("A"));
        kept.set(now.as_ref(), "a", 3, vec![], &Arc::from("A"));
        let later = at(&changes, "2", &[]);
        kept.set(later.as_ref(), "b", 4, vec![], &Arc::from("B"));
        let keys = |keys: [&'static str; 4]| keys.map(|key| kept.get(later.as_ref(), &key).is_some());
        assert_eq!(keys(["old", "a", "b", "c"]), [false, true, true, false]);
        kept.set(later.as_ref(), "c", 11, vec![], &Arc::from("C"));
        assert_eq!(keys(["old", "a", "b", "c"]), [false, true, true, false], "larger than the shelf");
        kept.set(later.as_ref(), "c", 10, vec![], &Arc::from("C"));
        assert_eq!(keys(["old", "a", "b", "c"]), [false, false, false, true]);
    }

    #[test]
    fn a_server_that_has_not_looked_for_long_forgets_all() {
        let gone = |upto: &str| vec![("plan".to_owned(), String::new()), (FORGOTTEN.to_owned(), upto.to_owned())];
        assert!(forgotten("100:120:100,110", &gone("101")));
        assert!(!forgotten("100:120:100,110", &gone("100")));
        assert!(!forgotten("100:100:", &[]));
        assert!(forgotten("", &gone("100")) && forgotten("100:100:", &gone("")));
    }
}
