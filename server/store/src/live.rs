//! Live: who listens is told which area changed in which node. On SQLite there is one server, and it tells itself; on
//! PostgreSQL the database tells all servers, in the transaction that writes, so that no server hears of what was rolled
//! back.
//!
//! What nobody has put their name to ([`Tx::note_gathered`]) is not told when it comes: beside who was at work that minute
//! it would tell whose it is. It waits, and is told with all else that has come by then ([`Store::tell_gathered`]).

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{
    event::{Changed, Seq, What},
    id::NodeId,
    permission::Area,
};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{sync::broadcast, time};

use crate::{Result, Store, Tx};

/// The channel of the database.
const CHANNEL: &str = "kvalitetshjulet";
/// How long to wait before the database is asked again.
const AGAIN: Duration = Duration::from_millis(500);
/// How many changes may wait for a slow listener before it is told that anything may have changed.
const WAITING: usize = 256;
/// The longest text of a notification; PostgreSQL takes fewer than 8000 bytes.
const LONGEST: usize = 7_900;
/// The text that says that anything may have changed.
const ANYTHING: &str = "*";
/// The question that notifies: channel, text.
const NOTIFY: &str = "select cast(pg_notify($1, $2) as text)";

/// What tells the listeners.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    sender: broadcast::Sender<Changed>,
    seq: Arc<Mutex<Seq>>,
    gathered: Arc<Mutex<BTreeSet<(Area, NodeId)>>>,
}

impl Live {
    pub fn new() -> Self {
        Self { sender: broadcast::channel(WAITING).0, seq: Arc::default(), gathered: Arc::default() }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }

    pub fn seq(&self) -> Seq {
        self.seq.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn tell(&self, what: What) {
        let mut seq = self.seq.lock().unwrap_or_else(PoisonError::into_inner);
        seq.count(what);
        // an error means that nobody listens
        let _ = self.sender.send(Changed { what, seq: seq.clone() });
    }

    /// Keeps what was committed until it is told with the rest.
    pub fn gather(&self, changed: &[(Area, NodeId)]) {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).extend(changed);
    }

    fn take_gathered(&self) -> Vec<(Area, NodeId)> {
        std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }

    /// Listens to the database for as long as the program runs. When the connection was lost, anything may have changed.
    pub async fn listen(&self, pool: &PgPool) {
        loop {
            if let Ok(mut listener) = PgListener::connect_with(pool).await
                && listener.listen(CHANNEL).await.is_ok()
            {
                self.tell(What::Anything);
                while let Ok(Some(told)) = listener.try_recv().await {
                    for text in told.payload().split(',') {
                        self.tell(read(text));
                    }
                }
            }
            time::sleep(AGAIN).await;
        }
    }
}

/// What one part of a notification says. Another version of the program may say what this one does not know.
fn read(text: &str) -> What {
    let known = text.split_once(':').and_then(|(area, node)| Some((Area::from_code(area)?, node.parse().ok()?)));
    known.map_or(What::Anything, |(area, node)| What::In(area, node))
}

/// The text of a notification: areas and nodes, and nothing else.
fn payload(changed: &[(Area, NodeId)]) -> String {
    let text = changed.iter().map(|(area, node)| format!("{}:{node}", area.code())).collect::<Vec<_>>().join(",");
    if text.len() > LONGEST { ANYTHING.to_owned() } else { text }
}

/// What a transaction has changed, each once.
pub(crate) fn each_once(changed: &[(Area, NodeId)]) -> Vec<(Area, NodeId)> {
    changed.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

impl Tx {
    /// Notes a change, told to open screens at commit.
    pub(crate) fn note(&mut self, area: Area, node: NodeId) {
        self.changed.push((area, node));
    }

    /// Notes a change that is in nobody's name: it is told some minutes after the commit, with others.
    pub(crate) fn note_gathered(&mut self, area: Area, node: NodeId) {
        self.gathered.push((area, node));
    }

    /// On PostgreSQL, lets the database tell all servers when this transaction is committed.
    pub(crate) async fn notify(&mut self, changed: &[(Area, NodeId)]) -> Result<()> {
        if !changed.is_empty() && !self.store.is_sqlite() {
            row!(self, (Option<String>,), NOTIFY, CHANNEL, payload(changed))?;
        }
        Ok(())
    }
}

impl Store {
    /// What changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.live.subscribe()
    }

    /// How many changes this server has heard of.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.live.seq()
    }

    /// Tells what has been gathered. To be called every so many minutes by the clock, not when something has come.
    pub async fn tell_gathered(&self) -> Result<()> {
        let gathered = self.live.take_gathered();
        if gathered.is_empty() {
            return Ok(());
        }
        let mut tx = self.system(true).await?;
        for (area, node) in gathered {
            tx.note(area, node);
        }
        tx.commit().await
    }

    /// Tells everybody to look again at what is public of secret areas. To be called by the clock, whether anything has
    /// changed or not.
    pub fn tell_public(&self) {
        for area in Area::ALL.into_iter().filter(|a| a.is_secret()) {
            self.live.tell(What::Public(area));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_says_area_and_node_and_one_that_is_too_long_or_unknown_says_that_anything_may_have_changed() {
        let node = NodeId(uuid::Uuid::from_u128(7));
        let text = payload(&[(Area::Avvikelse, node), (Area::Enkat, node)]);
        let all: Vec<What> = text.split(',').map(read).collect();
        assert_eq!(all, [What::In(Area::Avvikelse, node), What::In(Area::Enkat, node)]);
        assert_eq!(read(&payload(&vec![(Area::Enkat, node); 200])), What::Anything);
        assert_eq!(read("enkat"), What::Anything);
    }
}
