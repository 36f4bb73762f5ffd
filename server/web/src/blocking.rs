//! Blocking: work that takes the processor for long, away from the threads that answer everybody. Some at a time, so that a
//! rush of documents leaves room for pages and does not take the memory.

use std::fmt::Display;

use domain::random;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
};
use ui::{
    ctx::{Later, Work},
    error::AppError,
};

static PLACES: Semaphore = Semaphore::const_new(4);

/// Work that takes much memory: less of it is done at a time than of other work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heavy {
    /// The slides of a meeting with their pictures, of which there are 120 MB at most.
    Deck,
    /// A workbook, which is unpacked.
    Workbook,
}

/// A place for work that takes much memory: from before the memory is taken, until the work that it is moved into is over.
#[derive(Debug)]
pub struct Place {
    _permit: Option<SemaphorePermit<'static>>,
}

impl Heavy {
    /// A place, when there is one.
    pub async fn place(self) -> Place {
        static DECKS: Semaphore = Semaphore::const_new(1);
        static WORKBOOKS: Semaphore = Semaphore::const_new(2);
        let places = match self {
            Self::Deck => &DECKS,
            Self::Workbook => &WORKBOOKS,
        };
        // never closed, so there is always a permit to wait for
        Place { _permit: places.acquire().await.ok() }
    }
}

/// The work panicked: with a file from outside, because of what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// Does the work when there is room for it.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Broken> {
    // never closed, so there is always a permit to wait for
    let permit = PLACES.acquire().await;
    let done = spawn_blocking(move || {
        // goes on though nobody waits any longer, and so does its place
        let _permit = permit;
        work()
    });
    done.await.map_err(|_| Broken)
}

/// The work of pages and server functions, as they are given it through `Ctx`. What panics leaves nothing, which they see.
pub const WORK: Work = work;

fn work(work: Box<dyn FnOnce() + Send>) -> Later<()> {
    Box::pin(async move {
        if run(work).await.is_err() {
            tracing::error!("work of a page panicked");
        }
    })
}

/// A file that was written here: what sends a file takes nothing else, so none is written where everybody is answered.
#[derive(Debug)]
pub struct Written(Vec<u8>);

impl Written {
    /// Its bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Writes a file. One that cannot be written is a fault of ours.
pub async fn write<E: Display + Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
) -> Result<Written, AppError> {
    let failed = |cause: &dyn Display| {
        let reference = random::reference();
        tracing::error!(reference, %cause, what, "a file could not be written");
        AppError::Internal(reference)
    };
    match run(work).await {
        Ok(Ok(bytes)) => Ok(Written(bytes)),
        Ok(Err(cause)) => Err(failed(&cause)),
        Err(Broken) => Err(failed(&"panic")),
    }
}
