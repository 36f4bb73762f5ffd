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

impl Luckor {
    /// What either leaves.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            finns: self.finns || other.finns,
            totalen: self.totalen || other.totalen,
            delarna: self.delarna || other.delarna,
        }
    }
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
    // without them each dimension adds up to what the parts do
    let has_margins = values.iter().any(|s| !s.plats.is_del() && level(&s.plats) != 0);
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
            let of_all = level(&sum) == 0;
            agrees &= levels.values().all(|parts| parts == stored);
            let axes = if of_all && has_margins { sum.0.len() } else { 0 };
            for parts in levels.values().copied().chain((0..axes).map(|at| across(at, &stands, &under))) {
                if few(*stored - parts) {
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

/// What a dimension adds up to as it is shown: of each of its values the sum that is stored, or that of its parts.
fn across(at: usize, stands: &HashMap<&Plats, Option<Tal>>, under: &Under) -> Tal {
    let of_one = |plats: &Plats| level(plats) == 1 << at;
    let full = |plats: &Plats| (1 << plats.0.len()) - 1;
    let made = under.iter().filter(|(sum, _)| of_one(sum));
    let mut shown: HashMap<&Plats, Tal> =
        made.filter_map(|(sum, levels)| Some((sum, *levels.get(&full(sum))?))).collect();
    shown.extend(stands.iter().filter(|(sum, _)| of_one(sum)).filter_map(|(sum, stored)| Some((*sum, (*stored)?))));
    shown.into_values().sum()
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
