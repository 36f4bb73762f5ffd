//! Limits: how many streams a session and a wall screen hold open, and how long a body is waited for. What one person writes
//! is counted in `store::rate`.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Notify;

use crate::gate::Patience;

/// What this server allows, and what of it is taken.
#[derive(Debug, Default)]
pub struct Limits {
    /// How long heads and bodies may take.
    pub patience: Patience,
    /// The codes for a television that opened nothing.
    pub tries: crate::tv::Tries,
    streams: Mutex<Streams>,
}

/// Whose streams are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A session. A browser has one stream, that its tabs share; one that cannot share has one for each tab.
    Session(i128),
    /// The address of a wall screen, by the hash of its token.
    Screen(Arc<[u8]>),
}

impl Holder {
    fn most(&self) -> usize {
        match self {
            Self::Session(_) => 12,
            Self::Screen(_) => 20,
        }
    }
}

#[derive(Debug, Default)]
struct Streams {
    open: HashMap<Holder, VecDeque<(u64, Arc<Notify>)>>,
    opened: u64,
}

impl Limits {
    /// With so much patience.
    #[must_use]
    pub fn new(patience: Patience) -> Self {
        Self { patience, ..Self::default() }
    }

    fn streams<T>(&self, work: impl FnOnce(&mut Streams) -> T) -> T {
        work(&mut self.streams.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A place for one more stream. When there are too many the oldest ends: it may be dead without anybody knowing, and if
    /// it is not it comes back. To refuse the new one would let whoever holds the places keep the others out.
    #[must_use]
    pub fn open(self: &Arc<Self>, holder: Holder, times: u32) -> Place {
        let end = Arc::new(Notify::new());
        let most = holder.most().saturating_mul(times as usize);
        let number = self.streams(|streams| {
            streams.opened += 1;
            let (number, open) = (streams.opened, streams.open.entry(holder.clone()).or_default());
            open.push_back((number, Arc::clone(&end)));
            while open.len() > most {
                if let Some((_, oldest)) = open.pop_front() {
                    oldest.notify_one();
                }
            }
            number
        });
        Place { limits: Arc::clone(self), holder, number, end }
    }
}

/// The place of an open stream; dropped with it.
#[derive(Debug)]
pub struct Place {
    limits: Arc<Limits>,
    holder: Holder,
    number: u64,
    end: Arc<Notify>,
}

impl Place {
    /// Waits until the place is given to another.
    pub async fn taken(&self) {
        self.end.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.limits.streams(|streams| {
            if let Some(open) = streams.open.get_mut(&self.holder) {
                open.retain(|(number, _)| *number != self.number);
                if open.is_empty() {
                    streams.open.remove(&self.holder);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn the_thirteenth_stream_of_a_session_ends_the_first_and_those_of_others_stay() {
        let limits = Arc::new(Limits::default());
        let other = limits.open(Holder::Session(2), 1);
        let mut places: Vec<Place> = (0..13).map(|_| limits.open(Holder::Session(1), 1)).collect();
        assert!(places[0].taken().now_or_never().is_some());
        assert!(places[1..].iter().chain([&other]).all(|place| place.taken().now_or_never().is_none()));
        places.truncate(3);
        let more: Vec<Place> = (0..10).map(|_| limits.open(Holder::Session(1), 1)).collect();
        assert!(places[1].taken().now_or_never().is_none(), "what was closed makes room");
        drop((places, more, other));
        assert!(limits.streams(|streams| streams.open.is_empty()), "nothing is kept of what is over");
    }
}
