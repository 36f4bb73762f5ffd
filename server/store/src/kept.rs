//! What has been worked out from the database and is kept in memory until anything at all is committed, by whomever: the
//! command line and other servers on the same database too. Whoever reads asks for the [`Moment`] first; the database
//! answers without looking at a row, and what is kept of another moment is not used.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::NaiveDate;
use domain::{
    atgard::notis::AtgardNotis,
    avvikelse::{Vantar, frislappt::Redovisat, register::Group},
    id::{NodeId, PersonId},
    occurrence::Item,
    person::Actor,
    sakerhet::Notis,
};
use sqlx::{Connection, SqliteConnection};

use crate::{
    Result, Tx,
    occurrence::{ByUnitAndYear, YearUntil},
};

/// Names the data as committed at some time: equal moments, equal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Which database of this process.
    store: u64,
    /// What the database calls it.
    data: String,
}

tokio::task_local! {
    static ASKED: Mutex<Asked>;
}

/// What a piece of work knows of the moment.
enum Asked {
    /// Nothing yet.
    Not,
    /// As it was when it was first asked.
    At(Moment),
    /// The work has itself written. What it has read before may be older than what it would read now.
    Written,
}

/// Within this work, a request, the moment is asked for once, and what is kept is used until the work itself writes. Outside
/// of such work nothing is kept: whoever has read a person's roles must go on with what is of the same moment.
pub async fn one_moment<F: Future>(work: F) -> F::Output {
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

/// What a store keeps, and how it tells one moment from another.
#[derive(Debug)]
pub(crate) struct Memory {
    store: u64,
    /// SQLite counts, for each connection, the commits of all others: one that never writes is asked. None for a database
    /// in memory, which has one connection, and for PostgreSQL.
    counter: tokio::sync::Mutex<Option<SqliteConnection>>,
    /// By the hash of the id: data and when it expires.
    pub sessions: Kept<String, (String, i64)>,
    /// By person and epoch.
    pub actors: Kept<(PersonId, i64), Actor>,
    /// By person and day: see [`crate::occurrence::late_count`].
    pub late: Kept<(PersonId, NaiveDate), i64>,
    /// By person and units: see [`crate::avvikelse::frist::list`].
    pub waiting: Kept<(PersonId, Vec<NodeId>), [Vantar]>,
    /// By unit and year: see [`crate::occurrence::year`].
    pub years: Kept<(NodeId, i32), [Item]>,
    /// By units and day: see [`crate::occurrence::open`].
    pub open: Kept<(Vec<NodeId>, NaiveDate), [Item]>,
    /// By units: see [`crate::avvikelse::register::groups`].
    pub groups: Kept<Vec<NodeId>, [Group]>,
    /// By unit: see [`crate::avvikelse::frislappt::get`].
    pub released: Kept<NodeId, Redovisat>,
    /// By units and years: see [`crate::occurrence::progress`].
    pub progress: Kept<(Vec<NodeId>, [YearUntil; 2]), ByUnitAndYear>,
    /// By person: see [`crate::sakerhet::unseen`].
    pub notices: Kept<PersonId, [Notis]>,
    /// By person: see [`crate::atgard::notis::unseen`].
    pub laid: Kept<PersonId, [AtgardNotis]>,
}

impl Memory {
    pub fn new(counter: Option<SqliteConnection>) -> Self {
        static STORES: AtomicU64 = AtomicU64::new(0);
        Self {
            store: STORES.fetch_add(1, Ordering::Relaxed),
            counter: tokio::sync::Mutex::new(counter),
            // two of the largest; thousands of the common ones
            sessions: Kept::new(4 * 1024 * 1024),
            actors: Kept::new(1_000),
            late: Kept::new(10_000),
            // a few kilobytes each: texts are in it
            waiting: Kept::new(2_000),
            // items are about half a kilobyte each
            years: Kept::new(20_000),
            open: Kept::new(10_000),
            // forty bytes each
            groups: Kept::new(100_000),
            // the largest, with the words of a unit, are a few kilobytes
            released: Kept::new(10_000),
            progress: Kept::new(10_000),
            notices: Kept::new(10_000),
            laid: Kept::new(10_000),
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
    /// What had been committed when this was first asked in the same work ([`one_moment`]): what is read from then on is as
    /// new or newer. None outside of such work, when it has written, and for a database in memory, which does not count.
    pub async fn moment(&mut self) -> Result<Option<Moment>> {
        let store = self.store.memory.store;
        let asked = ASKED.try_with(|known| match &*known.lock().unwrap_or_else(PoisonError::into_inner) {
            Asked::Not => Ok(()),
            Asked::At(moment) => Err(Some(moment.clone()).filter(|moment| moment.store == store)),
            Asked::Written => Err(None),
        });
        match asked {
            Ok(Ok(())) if !self.writes() => {}
            Ok(Err(known)) if !self.writes() => return Ok(known),
            _ => return Ok(None),
        }
        let data = if self.store.is_sqlite() {
            match self.store.memory.counter.lock().await.as_mut() {
                Some(counter) => {
                    let commits: i64 = sqlx::query_scalar("pragma data_version").fetch_one(counter).await?;
                    commits.to_string()
                }
                None => return Ok(None),
            }
        } else {
            // which transactions are seen and which are not yet, in all databases of the cluster: others that write
            // only make it forget more often
            let (snapshot,) = row!(self, (String,), "select cast(pg_current_snapshot() as text)")?.unwrap_or_default();
            snapshot
        };
        let moment = Moment { store, data };
        set_asked(Asked::At(moment.clone()));
        Ok(Some(moment))
    }
}

/// Things of one moment, up to a weight.
#[derive(Debug)]
pub struct Kept<K, V: ?Sized> {
    shelf: Mutex<Shelf<K, V>>,
    most: usize,
}

#[derive(Debug)]
struct Shelf<K, V: ?Sized> {
    moment: Option<Moment>,
    things: HashMap<K, Arc<V>>,
    weight: usize,
}

impl<K: Eq + Hash, V: ?Sized> Kept<K, V> {
    /// Holds things whose weights sum to this; in what unit is for the user to say.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { shelf: Mutex::new(Shelf { moment: None, things: HashMap::new(), weight: 0 }), most }
    }

    /// The thing, if it is of this very moment.
    pub fn get(&self, moment: Option<&Moment>, key: &K) -> Option<Arc<V>> {
        let kept = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        kept.things.get(key).filter(|_| moment.is_some() && kept.moment.as_ref() == moment).cloned()
    }

    /// Keeps a thing that was read at or after the moment. Those of another moment go, and all when there are too many.
    pub fn set(&self, moment: Option<Moment>, key: K, weight: usize, thing: &Arc<V>) {
        let Some(moment) = moment else { return };
        let mut kept = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.moment.as_ref() != Some(&moment) || kept.weight + weight > self.most {
            *kept = Shelf { moment: Some(moment), things: HashMap::new(), weight: 0 };
        }
        // one that outweighs all the others together is not worth keeping
        if weight <= self.most && kept.things.insert(key, Arc::clone(thing)).is_none() {
            kept.weight += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_of_one_moment_and_no_more_than_there_is_room_for() {
        let kept: Kept<&str, str> = Kept::new(10);
        let at = |data: &str| Some(Moment { store: 0, data: data.to_owned() });
        let seen = |moment: &Option<Moment>, key| kept.get(moment.as_ref(), &key).map(|thing| thing.to_string());
        let (now, later) = (at("1"), at("2"));
        kept.set(now.clone(), "a", 4, &Arc::from("A"));
        kept.set(now.clone(), "b", 4, &Arc::from("B"));
        assert_eq!((seen(&now, "a"), seen(&now, "b")), (Some("A".into()), Some("B".into())));
        assert_eq!((seen(&later, "a"), seen(&None, "a")), (None, None));
        kept.set(now.clone(), "c", 4, &Arc::from("C"));
        assert_eq!((seen(&now, "a"), seen(&now, "c")), (None, Some("C".into())), "full: it begins anew");
        kept.set(later.clone(), "d", 4, &Arc::from("D"));
        assert_eq!((seen(&now, "c"), seen(&later, "d")), (None, Some("D".into())));
        kept.set(later.clone(), "e", 11, &Arc::from("E"));
        kept.set(None, "f", 1, &Arc::from("F"));
        assert_eq!((seen(&later, "e"), seen(&later, "f"), seen(&None, "f")), (None, None, None));
    }
}
