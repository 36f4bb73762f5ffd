//! Lucka: what a stored sum leaves when its parts are taken away. One to four that are left tell of a part that is not there.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Plats, Siffra, Tal, few};

/// What the sums of a time leave.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Luckor {
    /// Some sum leaves one to four.
    pub finns: bool,
    /// The total cannot be shown.
    pub totalen: bool,
    /// The parts cannot be shown either: what the sum is made of was shown before it left few, it is not the total, or the totals that
    /// were shown are not those of the parts.
    pub delarna: bool,
}

/// A sum and what stands below it: for each level, by which dimensions it is named, what is there together.
type Under = HashMap<Plats, BTreeMap<u32, Tal>>;

/// What the sums of a time leave after each write; the values in the order in which they were written.
pub(super) fn luckor(values: &[&Siffra]) -> Luckor {
    let mut out = Luckor::default();
    if values.iter().all(|s| s.plats.is_del()) {
        return out;
    }
    let mut stands: HashMap<&Plats, Option<Tal>> = HashMap::new();
    let mut under = Under::new();
    let mut agrees = true;
    let mut writes = 0;
    for write in values.chunk_by(|a, b| a.skrivning == b.skrivning) {
        writes += 1;
        let mut touched: HashSet<Plats> = HashSet::new();
        for s in write {
            let now = s.varde.map(|v| v.tal);
            let was = stands.insert(&s.plats, now).flatten();
            let change = now.unwrap_or(Tal::ZERO) - was.unwrap_or(Tal::ZERO);
            for sum in above(&s.plats) {
                let parts = under.entry(sum.clone()).or_default().entry(level(&s.plats)).or_insert(Tal::ZERO);
                *parts = *parts + change;
                touched.insert(sum);
            }
            touched.insert(s.plats.clone());
        }
        for sum in touched {
            let (Some(Some(stored)), Some(levels)) = (stands.get(&sum), under.get(&sum)) else { continue };
            for parts in levels.values() {
                agrees &= *stored == *parts;
                if few(*stored - *parts) {
                    let of_all = level(&sum) == 0;
                    out.finns = true;
                    out.totalen |= of_all || writes > 1;
                    out.delarna |= !of_all || writes > 1;
                }
            }
        }
    }
    out.delarna |= !agrees && writes > 1;
    out
}

/// By which dimensions a place is named, one bit each.
fn level(plats: &Plats) -> u32 {
    plats.0.iter().enumerate().filter(|(_, id)| id.is_some()).fold(0, |level, (at, _)| level | 1 << at)
}

/// The sums that a place is part of.
fn above(plats: &Plats) -> impl Iterator<Item = Plats> {
    let own = level(plats);
    let with =
        |level: u32| Plats(plats.0.iter().enumerate().map(|(at, id)| id.filter(|_| level & (1 << at) != 0)).collect());
    (0..own).filter(move |level| level & own == *level).map(with)
}

/// Whether the parts of a time made one to four together, after any of its writes or as they stand now.
pub(super) fn parts_were_few(values: &[&Siffra]) -> bool {
    let tal = |s: &Siffra| s.varde.map_or(Tal::ZERO, |v| v.tal);
    let mut stands: HashMap<&Plats, Tal> = HashMap::new();
    let mut sum = Tal::ZERO;
    for write in values.chunk_by(|a, b| a.skrivning == b.skrivning) {
        for s in write.iter().filter(|s| s.plats.is_del()) {
            sum = sum + tal(s) - stands.insert(&s.plats, tal(s)).unwrap_or(Tal::ZERO);
        }
        if few(sum) {
            return true;
        }
    }
    let now: HashMap<&Plats, Tal> =
        values.iter().filter(|s| s.gallande && s.plats.is_del()).map(|s| (&s.plats, tal(s))).collect();
    few(now.into_values().sum())
}
