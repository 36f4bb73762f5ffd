//! Redovisning: which figures of a survey are shown, so that no figure and no difference of figures tells what fewer than
//! five persons answered.
//!
//! # The promise
//!
//! An *answer* has a period, a kön and, for each question, one category; "Inget svar" is a category, so that a question
//! that some leave out has the same groups as the others. A *figure* is what a group of answers chose: a count for each
//! category. Whoever sees every figure of every page, slide and export, now and at every earlier moment, and adds and
//! subtracts them as they like, gets the figure of no group of one to four answers.
//!
//! It is kept by one idea. The answers of a question are parted into **atoms**: disjoint groups of at least [`MINST`],
//! and whatever is shown is a sum of whole atoms. Sums and differences of sums of atoms that are figures of a group are
//! again sums of atoms. So there is nothing to check figure by figure: [`redovisa`] makes the atoms, and the methods of
//! [`Redovisning`] only add.
//!
//! # The atoms of a moment
//!
//! - A *closed* period is parted by kön. A kön with fewer than five answers goes to the *rest*; while the rest has one to
//!   four, the smallest kön that is left joins it. So the rest, which anybody gets as total minus the others, is none or at
//!   least five. When all have joined, the period has a total only.
//! - Closed periods are taken in the order of time. One with fewer than five answers is put together with those after it
//!   until the *run* has five; the run is parted by kön as a whole. What is left over at the end waits.
//! - An *open* period is one atom, without kön.
//!
//! # The atoms over time
//!
//! Two moments have two sets of atoms, and the difference of a figure then and now must not be small either. That an atom
//! of closed periods never changes gives most of it: runs are made from the oldest on, so a later period only adds. What
//! else is needed falls on whoever publishes answers, and [`slapp`] says it:
//!
//! 1. **Every kön of a period is a stream of its own.** A stream publishes all that waits of it, at least five, or nothing.
//!    It is not enough that the period as a whole does so: if six are published, five women and a man, and all who come
//!    later are men, then the figure of then minus the women of the closed period is the man.
//! 2. **A period is closed by an act, not by the calendar**, in order, once and for good, also when it has no answers: in
//!    the transaction that closes it, what waits is published ([`Stage::Whole`], [`Stage::Ended`]) and the fact is stored.
//!    Köns that are too few by themselves are published together, without kön, when they are enough together.
//! 3. **What is too little is joined with the next period**: it waits there, and is one of its answers.
//! 4. **What comes after the closing is a wave of its own** ([`Cell::wave`]), published and parted by the same rule. Added
//!    to the closed period it would move its köns by one or two. No two publications share a wave. What is too little for a
//!    wave is joined with the next period that is closed.
//! 5. **At the end nothing comes after.** In the last period at least five are left for its closing ([`Stage::OpenLast`]),
//!    and then all that is left is published together ([`Stage::Last`]), if it is five.
//!
//! # Those who enter answers
//!
//! Who has entered four of five answers knows the fifth. So what is published at once, and each kön of it, is also entered
//! by **at least three persons**, the same for every group that any figures can be made to tell apart. One who adds answers
//! of her own cannot make a colleague's answer stand alone: with hers alone the group is of two. Which answers are whose is
//! not known, only how many of a kön each has entered since that kön was last published ([`Inmatare`]); a group is of three
//! when it is more than any two can have entered. That is why a stream is published whole: what is known is then true of
//! what is left. Only at the end (5) answers of fewer than three are published, and the chef is told so ([`Slapp::thin`]).
//! On paper it does not matter: who types in is not who was spoken of ([`PAPPER`]).
//!
//! The tests play random years by these rules, collect every figure of every moment, and check that answers which no
//! figure tells apart are never fewer than five, nor of fewer than three persons.
//!
//! # What it does not promise
//!
//! If all five of a group answered the same, their answer is known. Who knows what four of five answered knows the fifth.
//! The number of answers that wait is no secret, nor is how many of a kön there are where it can be reckoned from the
//! rules. Figures for several units, channels or other groups keep the promise only if each is made of atoms of its own
//! and a sum over them is the sum of what is shown.

use std::collections::BTreeMap;

use crate::kon::Kon;

mod step;
mod sum;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod time_tests;

pub use step::{Antal, Inmatare, PAPPER, Slapp, Stage, slapp};
pub use sum::{Run, Sum};

/// The smallest group whose figure is shown.
pub const MINST: i64 = 5;

/// Published answers to a question from one period and kön.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The place of the period in time.
    pub period: usize,
    /// 0 for what was published until the period was closed; 1, 2 … for what came later, a number for each publication.
    pub wave: usize,
    /// The kön; none where it was not answered or not asked.
    pub kon: Option<Kon>,
    /// How many chose each category, "Inget svar" among them.
    pub counts: Vec<i64>,
    /// Whether the period has been closed: stored by the transaction that published its last answers, not reckoned from
    /// today.
    pub closed: bool,
}

/// A group of at least [`MINST`] answers. All that is shown is a sum of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Its first period.
    pub first: usize,
    /// Its last period; the same unless small ones were put together.
    pub last: usize,
    /// Its kön; none for the rest of a period and for what is not parted by kön.
    pub kon: Option<Kon>,
    /// Whether its period is open: it will grow, and be parted by kön when the period is closed.
    pub open: bool,
    /// How many chose each category.
    pub counts: Vec<i64>,
}

/// What is shown of a question: the atoms, and methods that add them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redovisning {
    /// The groups, in the order of time.
    pub atoms: Vec<Atom>,
    /// How many published answers are not shown yet, because they are too few.
    pub waiting: i64,
    /// How many categories there are.
    categories: usize,
}

/// The answers of one or several periods by kön.
#[derive(Clone, Debug, Default)]
struct Group {
    periods: Option<(usize, usize)>,
    by_kon: BTreeMap<Option<Kon>, Vec<i64>>,
}

fn size(counts: &[i64]) -> i64 {
    counts.iter().fold(0, |sum, n| sum.saturating_add(*n))
}

/// Adds counts place by place. What is negative counts as none.
fn add(to: &mut Vec<i64>, counts: &[i64]) {
    to.resize(to.len().max(counts.len()), 0);
    to.iter_mut().zip(counts).for_each(|(sum, n)| *sum = sum.saturating_add((*n).max(0)));
}

impl Group {
    fn n(&self) -> i64 {
        self.by_kon.values().fold(0, |sum, counts| sum.saturating_add(size(counts)))
    }

    /// Takes another group in. Periods without answers leave no trace in the label of a run.
    fn take(&mut self, other: &Self) {
        let (Some((first, last)), true) = (other.periods, other.n() > 0) else { return };
        self.periods = Some(self.periods.map_or((first, last), |(f, l)| (f.min(first), l.max(last))));
        for (kon, counts) in &other.by_kon {
            add(self.by_kon.entry(*kon).or_default(), counts);
        }
    }

    /// Its atoms by kön: those of five or more, and the rest, which is none or five or more.
    fn by_kon(self, open: bool, categories: usize) -> Vec<Atom> {
        let Some((first, last)) = self.periods else { return vec![] };
        let mut rest: Vec<i64> = vec![0; categories];
        let mut shown: Vec<(Kon, Vec<i64>)> = Vec::new();
        for (kon, counts) in self.by_kon {
            match kon {
                Some(kon) if size(&counts) >= MINST && !open => shown.push((kon, counts)),
                _ => add(&mut rest, &counts),
            }
        }
        // the smallest last; of two as small the later one
        shown.sort_by_key(|(kon, counts)| (std::cmp::Reverse(size(counts)), *kon));
        while (1..MINST).contains(&size(&rest)) {
            let Some((_, smallest)) = shown.pop() else { break };
            add(&mut rest, &smallest);
        }
        shown.sort_by_key(|(kon, _)| *kon);
        let atom = |kon, mut counts: Vec<i64>| {
            counts.resize(categories, 0);
            Atom { first, last, kon, open, counts }
        };
        let mut atoms: Vec<Atom> = shown.into_iter().map(|(kon, counts)| atom(Some(kon), counts)).collect();
        if size(&rest) > 0 {
            atoms.push(atom(None, rest));
        }
        atoms
    }
}

/// Everything that is published of one period.
#[derive(Debug, Default)]
struct Published {
    open: bool,
    waves: BTreeMap<usize, Group>,
}

/// Makes the atoms of a question from its published answers. Cells in any order; several of the same period, wave and kön
/// are added. A period is closed when all its cells are and those of all periods before it: one that is closed before an
/// earlier one is not shown.
#[must_use]
pub fn redovisa(cells: &[Cell]) -> Redovisning {
    let categories = cells.iter().map(|c| c.counts.len()).max().unwrap_or(0);
    let mut periods: BTreeMap<usize, Published> = BTreeMap::new();
    for cell in cells {
        let period = periods.entry(cell.period).or_default();
        period.open |= !cell.closed;
        let group = period.waves.entry(cell.wave).or_default();
        group.periods = Some((cell.period, cell.period));
        add(group.by_kon.entry(cell.kon).or_default(), &cell.counts);
    }
    let mut out = Redovisning { categories, ..Redovisning::default() };
    let mut run = Group::default();
    let mut open_before = false;
    for period in periods.into_values() {
        let mut late = Group::default();
        for (wave, group) in period.waves {
            if period.open || open_before {
                late.take(&group);
                continue;
            }
            let into = if wave == 0 { &mut run } else { &mut late };
            into.take(&group);
            if into.n() >= MINST {
                out.atoms.extend(std::mem::take(into).by_kon(false, categories));
            }
        }
        if period.open && late.n() >= MINST {
            out.atoms.extend(std::mem::take(&mut late).by_kon(true, categories));
        }
        out.waiting += late.n();
        open_before |= period.open;
    }
    out.waiting += run.n();
    out
}
