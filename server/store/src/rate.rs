//! How much each person has written of late: in the memory of this server, for `domain::rate`. With two servers on one
//! PostgreSQL each counts its own, so that a limit is at most twice what it says; a restart forgets.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use domain::{
    id::PersonId,
    rate::{Kind, Rate},
};

/// When so many persons are known, those of whom nothing is remembered any more are forgotten.
const MANY: usize = 4_096;

/// The rates of all persons. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Rates(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    of: Mutex<HashMap<(PersonId, Kind), Rate>>,
    times: AtomicU32,
}

impl Default for Rates {
    fn default() -> Self {
        Self(Arc::new(Inner { of: Mutex::default(), times: AtomicU32::new(1) }))
    }
}

impl Rates {
    /// How many times the usual limits hold: for those who measure.
    #[must_use]
    pub fn times(&self) -> u32 {
        self.0.times.load(Ordering::Relaxed)
    }

    /// Sets how many times the usual limits hold.
    pub fn set_times(&self, times: u32) {
        self.0.times.store(times.max(1), Ordering::Relaxed);
    }

    /// Takes `n` more of a kind at the second `now`, all of them or none. `Err` gives the seconds to wait. What is taken is given
    /// back when it is dropped, unless it is [kept](Taken::keep): what was not saved counts for nothing.
    pub fn take(&self, (kind, n): (Kind, u32), person: PersonId, now: i64) -> Result<Taken, u32> {
        let times = self.times();
        self.with(|all| {
            if all.len() >= MANY {
                all.retain(|_, rate| !rate.is_empty(now));
            }
            all.entry((person, kind)).or_insert_with(|| Rate::new(kind)).take(n, now, times)
        })?;
        Ok(Taken { rates: self.clone(), kind, n, person, at: now, kept: false })
    }

    /// Whether the person is now to be asked whether so many answers are right: once.
    #[must_use]
    pub fn asks(&self, person: PersonId, now: i64) -> bool {
        self.with(|all| all.get_mut(&(person, Kind::Answer)).is_some_and(|rate| rate.asks(now)))
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<(PersonId, Kind), Rate>) -> T) -> T {
        work(&mut self.0.of.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What was taken: one, or several together.
#[derive(Debug)]
#[must_use = "what is not kept is given back at once"]
pub struct Taken {
    rates: Rates,
    kind: Kind,
    n: u32,
    person: PersonId,
    at: i64,
    kept: bool,
}

impl Taken {
    /// It came to something: it counts.
    pub fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if !self.kept {
            self.rates.with(|all| {
                if let Some(rate) = all.get_mut(&(self.person, self.kind)) {
                    rate.give_back(self.n, self.at);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_persons_haste_keeps_nobody_else_waiting_and_what_was_not_saved_counts_for_nothing() {
        let rates = Rates::default();
        let (one, other) = (PersonId::new(), PersonId::new());
        for _ in 0..50 {
            drop(rates.take((Kind::Report, 1), one, 0).unwrap());
        }
        for _ in 0..6 {
            rates.take((Kind::Report, 1), one, 0).unwrap().keep();
        }
        assert_eq!(rates.take((Kind::Report, 1), one, 0).unwrap_err(), 60);
        assert!(rates.take((Kind::Report, 1), other, 0).is_ok());
        rates.set_times(2);
        assert!(rates.take((Kind::Report, 1), one, 0).is_ok());
    }
}
