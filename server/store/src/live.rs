//! Live: who listens is told which area changed. On SQLite there is one server, and it tells itself; on PostgreSQL the
//! database tells all servers, in the transaction that writes, so that no server hears of what was rolled back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{event::Changed, permission::Area};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{sync::broadcast, time};

/// The channel of the database.
const CHANNEL: &str = "kvalitetshjulet";
/// How long to wait before the database is asked again.
const AGAIN: Duration = Duration::from_millis(500);
/// So many changes may wait for a slow listener before it is told that anything may have changed.
const WAITING: usize = 256;

/// What tells the listeners.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    sender: broadcast::Sender<Changed>,
    seq: Arc<AtomicU64>,
}

impl Live {
    pub fn new() -> Self {
        Self { sender: broadcast::channel(WAITING).0, seq: Arc::default() }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }

    pub fn seq(&self) -> u64 {
        self.seq.load(Ordering::Acquire)
    }

    pub fn tell(&self, area: Option<Area>) {
        let seq = self.seq.fetch_add(1, Ordering::AcqRel) + 1;
        // an error means that nobody listens
        let _ = self.sender.send(Changed { area, seq });
    }

    /// Listens to the database for as long as the program runs. When the connection was lost, anything may have changed.
    pub async fn listen(&self, pool: &PgPool) {
        loop {
            if let Ok(mut listener) = PgListener::connect_with(pool).await
                && listener.listen(CHANNEL).await.is_ok()
            {
                self.tell(None);
                while let Ok(Some(told)) = listener.try_recv().await {
                    for code in told.payload().split(',') {
                        self.tell(Area::from_code(code));
                    }
                }
            }
            time::sleep(AGAIN).await;
        }
    }
}

/// What is sent with a transaction: the areas it changed, each once.
pub(crate) fn areas(changed: &[Area]) -> Vec<Area> {
    let mut areas = changed.to_vec();
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// The text of a notification.
pub(crate) fn payload(areas: &[Area]) -> String {
    areas.iter().map(|a| a.code()).collect::<Vec<_>>().join(",")
}

/// The question that notifies: channel, text.
pub(crate) const NOTIFY: &str = "select cast(pg_notify($1, $2) as text)";

/// The channel, for [`NOTIFY`].
pub(crate) fn channel() -> &'static str {
    CHANNEL
}
