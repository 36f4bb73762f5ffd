//! Step: which of the answers that wait are published now, so that watching figures change tells nothing, nor to somebody
//! who has entered some of them.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::MINST;
use crate::kon::Kon;

/// Stands for whoever enters answers from paper: who types one in is not who was spoken of, so that each counts as
/// of a person of its own.
pub const PAPPER: Uuid = Uuid::max();

/// How many answers each person has entered.
pub type Antal = BTreeMap<Uuid, i64>;

/// What is known of who has entered the answers that wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inmatare {
    /// By the kön of the answer.
    pub by_kon: BTreeMap<Option<Kon>, Antal>,
    /// Of whatever kön: at most so many of each.
    pub any: Antal,
}

impl Inmatare {
    /// Whether `n` answers of these köns can be shown as a group: at least five, and certainly of three persons or more. They
    /// are of three when they are more than what any two have entered.
    fn is_group(&self, n: i64, kon: &[Option<Kon>]) -> bool {
        n >= MINST && n > self.of_two(n, kon)
    }

    /// The most that two persons can have entered of `n` answers of these köns.
    fn of_two(&self, n: i64, kon: &[Option<Kon>]) -> i64 {
        let mut sums = self.any.clone();
        for (person, more) in kon.iter().filter_map(|k| self.by_kon.get(k)).flatten() {
            *sums.entry(*person).or_default() += more;
        }
        // each of those on paper is of somebody else
        let paper = sums.remove(&PAPPER).unwrap_or(0).clamp(0, 2);
        let mut most: Vec<i64> = sums.into_values().map(|sum| sum.clamp(0, n)).chain((0..paper).map(|_| 1)).collect();
        most.sort_unstable_by_key(|sum| std::cmp::Reverse(*sum));
        most.iter().take(2).sum()
    }
}

/// Where a period stands when its answers are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// More answers are awaited.
    Open,
    /// More are awaited, and no period comes after it that what is left could be joined with.
    OpenLast,
    /// It is being closed, and nothing of it has been published.
    Whole,
    /// It is being closed and some of it has been published, or it was closed before: what is too little is joined with the
    /// next.
    Ended,
    /// The enkät is over: nothing comes after this.
    Last,
}

/// What is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slapp {
    /// Köns whose answers are published by themselves, all that wait.
    pub own: Vec<Option<Kon>>,
    /// Köns whose answers are published together, all that wait, without kön.
    pub together: Vec<Option<Kon>>,
    /// Whether those that are published together may be of fewer than three persons: the enkät is over.
    pub thin: bool,
}

/// Which of the answers of a period that wait, so many of each kön, are published now. A kön is published whole or not at
/// all: so what is known of who entered the others stays true.
///
/// - Open: each kön that is a group. In the last period only while a group can be left.
/// - Whole: each kön that is a group, and the others together; while these are none, the smallest kön joins them. What is
///   no group in all waits.
/// - Ended: each kön that is a group, and the others together if they are one. What is left waits.
/// - Last: as Whole; but five are enough for the others, also when fewer than three have entered them. Fewer than five in
///   all are not published.
#[must_use]
pub fn slapp(waiting: &BTreeMap<Option<Kon>, i64>, entered: &Inmatare, stage: Stage) -> Slapp {
    let mut left: BTreeMap<Option<Kon>, i64> = waiting.iter().filter(|w| *w.1 > 0).map(|(k, n)| (*k, *n)).collect();
    let mut out = Slapp::default();
    for (kon, n) in left.clone() {
        let total: i64 = left.values().sum();
        let goes = match stage {
            Stage::Open => true,
            Stage::OpenLast => total - n >= MINST,
            // without kön is with the others
            Stage::Whole | Stage::Ended | Stage::Last => kon.is_some(),
        };
        if goes && entered.is_group(n, &[kon]) {
            left.remove(&kon);
            out.own.push(kon);
        }
    }
    if left.is_empty() || matches!(stage, Stage::Open | Stage::OpenLast) {
        return out;
    }
    let is_group = |left: &BTreeMap<Option<Kon>, i64>| {
        let (n, kons): (i64, Vec<_>) = (left.values().sum(), left.keys().copied().collect());
        (entered.is_group(n, &kons), n)
    };
    let goes = |left: &BTreeMap<Option<Kon>, i64>| match (is_group(left), stage) {
        ((_, n), Stage::Last) => n >= MINST,
        ((group, _), _) => group,
    };
    if matches!(stage, Stage::Whole | Stage::Last) {
        // the smallest last; of two as small the later one
        out.own.sort_by_key(|kon| (std::cmp::Reverse(waiting.get(kon).copied().unwrap_or(0)), *kon));
        while !goes(&left)
            && let Some(kon) = out.own.pop()
        {
            left.insert(kon, waiting.get(&kon).copied().unwrap_or(0));
        }
        out.own.sort_unstable();
    }
    if goes(&left) {
        out.thin = !is_group(&left).0;
        out.together = left.into_keys().collect();
    }
    out
}
