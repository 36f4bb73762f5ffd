//! Two at once: every function that writes is raced against itself and against the change that forbids it, twenty rounds
//! each, on SQLite and PostgreSQL. Every other round one has written and not yet committed when the other begins, which is
//! where two that look first and write then pass each other; the rest run free.

#![allow(clippy::unwrap_used)]

use std::{pin::Pin, sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    person::Actor,
};
use store::{Error, Store, Tx, person::NewPerson};
use tokio::sync::Barrier;

mod arende;
mod folk;
mod korning;
mod mote;
mod plan;
pub mod table;

const ROUNDS: usize = 20;

pub type Done<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;
pub type Op = Box<dyn for<'a> FnOnce(&'a mut Tx) -> Done<'a> + Send>;

pub fn boxed<F>(work: F) -> Op
where
    F: for<'a> FnOnce(&'a mut Tx) -> Done<'a> + Send + 'static,
{
    Box::new(work)
}

/// What somebody does in a transaction: `op!(|tx| create(tx, …))`. What it names is its own.
macro_rules! op {
    (|$tx:ident| $body:expr) => {
        $crate::race::boxed(move |$tx| Box::pin(async move { $body.await.map(drop) }))
    };
}
pub(crate) use op;

/// What may come of two at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// One of them; the other is told that somebody was first.
    One,
    /// Both: they do not touch each other, or the second finds done what it wanted.
    Both,
    /// The first, or none: the second is what forbids it, and nothing of the first comes after that.
    Before,
}

fn refused(done: &Result<(), Error>) -> bool {
    matches!(done, Err(Error::Conflict | Error::NotFound | Error::Invalid(_)))
}

/// What both came to, and whether the second waited for the first to end.
struct Met {
    first: Result<(), Error>,
    second: Result<(), Error>,
    waited: bool,
}

async fn alone(store: &Store, who: PersonId, op: Op) -> Result<(), Error> {
    let mut tx = store.system(true).await?;
    tx.act_as(who);
    op(&mut tx).await?;
    tx.commit().await
}

/// The second begins when the first has written and not yet committed.
async fn half_way(store: &Store, who: PersonId, first: Op, second: Op) -> Met {
    let mut tx = store.system(true).await.unwrap();
    tx.act_as(who);
    let written = first(&mut tx).await;
    let other = store.clone();
    let second = tokio::spawn(async move { alone(&other, who, second).await });
    tokio::time::sleep(Duration::from_millis(12)).await;
    let waited = !second.is_finished();
    let first = match written {
        Ok(()) => tx.commit().await,
        Err(error) => {
            drop(tx);
            Err(error)
        }
    };
    Met { first, second: second.await.unwrap(), waited }
}

/// Both begin at the same moment.
async fn free(store: &Store, who: PersonId, first: Op, second: Op) -> Met {
    let start = Arc::new(Barrier::new(2));
    let run = |op: Op| {
        let (store, start) = (store.clone(), start.clone());
        tokio::spawn(async move {
            start.wait().await;
            alone(&store, who, op).await
        })
    };
    let (first, second) = (run(first), run(second));
    Met { first: first.await.unwrap(), second: second.await.unwrap(), waited: true }
}

/// A world in which two race.
pub struct World {
    pub db: &'static str,
    pub store: Store,
    pub unit: NodeId,
    pub chef: Arc<Actor>,
    pub staff: Arc<Actor>,
}

impl World {
    /// Races what `pair` makes, each round anew.
    pub async fn race(&self, what: &str, law: Law, mut pair: impl AsyncFnMut() -> (Op, Op)) {
        for round in 0..ROUNDS {
            let (first, second) = pair().await;
            let who = self.chef.person;
            let half = round % 2 == 0;
            // the change that forbids comes first every fourth time
            let turned = law == Law::Before && round % 4 == 2;
            let met = match (half, turned) {
                (true, false) => half_way(&self.store, who, first, second).await,
                (true, true) => half_way(&self.store, who, second, first).await,
                (false, _) => free(&self.store, who, first, second).await,
            };
            let said = format!("{}: {what}, round {round}: {:?} {:?}", self.db, met.first, met.second);
            match law {
                Law::Both => assert!(met.first.is_ok() && met.second.is_ok(), "{said}"),
                Law::One => {
                    assert!(met.first.is_ok() != met.second.is_ok(), "{said}");
                    assert!(refused(&met.first) || refused(&met.second), "{said}");
                }
                Law::Before if turned => assert!(met.first.is_ok() && refused(&met.second), "{said}"),
                Law::Before if half => {
                    assert!(met.first.is_ok() && (met.second.is_ok() || refused(&met.second)), "{said}");
                    assert!(met.waited, "{said}: committed after what forbids it");
                }
                Law::Before => {
                    let fine = |done: &Result<(), Error>| done.is_ok() || refused(done);
                    assert!(fine(&met.first) && fine(&met.second), "{said}");
                    assert!(met.first.is_ok() || met.second.is_ok(), "{said}");
                }
            }
        }
    }

    /// Does something outside the race.
    pub async fn now<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> T) -> T {
        let mut tx = self.store.system(true).await.unwrap();
        tx.act_as(self.chef.person);
        let done = work(&mut tx).await;
        tx.commit().await.unwrap();
        done
    }
}

pub fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, m, d).unwrap()
}

pub fn today() -> NaiveDate {
    day(11, 23)
}

pub fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

async fn person(tx: &mut Tx, role: Role, node: NodeId, name: &str) -> Arc<Actor> {
    let id = PersonId::new();
    let (email, password_hash) = (format!("{id}@demo.se"), "x".into());
    let new = NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, node)] };
    store::person::create(tx, now(), &new).await.unwrap();
    store::person::actor(tx, id, 1).await.unwrap().unwrap()
}

/// One on each database.
pub async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for (db, store) in crate::common::stores().await {
        let mut tx = store.system(true).await.unwrap();
        let unit = NodeId::new();
        let (kind, name) = (NodeKind::Enhet, "Enheten".into());
        let node = Node { id: unit, parent: None, kind, name, active: true, version: 1 };
        store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
        let chef = person(&mut tx, Role::Enhetschef, unit, "Enhetschef").await;
        let staff = person(&mut tx, Role::Medarbetare, unit, "Handläggare 1").await;
        tx.commit().await.unwrap();
        worlds.push(World { db, store, unit, chef, staff });
    }
    worlds
}
