//! Sum: the figures that are shown, each a sum of atoms.

use std::collections::BTreeMap;

use super::{Atom, Redovisning, add, size};
use crate::kon::Kon;

/// The figure of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many chose each category.
    pub counts: Vec<i64>,
    /// How many they are: none, or at least [`MINST`](super::MINST).
    pub n: i64,
}

/// The figure of a period, or of several that were too small by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first period.
    pub first: usize,
    /// The last one; the same for a single one.
    pub last: usize,
    /// Whether more answers are awaited.
    pub open: bool,
    /// How many chose each category.
    pub counts: Vec<i64>,
    /// How many they are.
    pub n: i64,
}

impl Redovisning {
    fn sum<'a>(&self, atoms: impl Iterator<Item = &'a Atom>) -> Sum {
        let mut counts = vec![0; self.categories];
        atoms.for_each(|a| add(&mut counts, &a.counts));
        Sum { n: size(&counts), counts }
    }

    /// All that is shown.
    #[must_use]
    pub fn total(&self) -> Sum {
        self.sum(self.atoms.iter())
    }

    /// By kön, over the periods in which the kön is shown by itself. A kön that is so in none is not there. The köns and
    /// [`unsplit`](Self::unsplit) are together the total.
    #[must_use]
    pub fn by_kon(&self) -> Vec<(Kon, Sum)> {
        let of = |kon| self.sum(self.atoms.iter().filter(|a| a.kon == Some(kon)));
        Kon::ALL.into_iter().map(|kon| (kon, of(kon))).filter(|(_, sum)| sum.n > 0).collect()
    }

    /// What is not shown by kön: open periods, and köns that were too few.
    #[must_use]
    pub fn unsplit(&self) -> Sum {
        self.sum(self.atoms.iter().filter(|a| a.kon.is_none()))
    }

    /// In time: one for each period or run of periods. They are together the total.
    #[must_use]
    pub fn by_period(&self) -> Vec<Run> {
        self.runs(|_| true)
    }

    /// In time for each kön, only where the kön is shown by itself. The runs are those of [`by_period`](Self::by_period).
    #[must_use]
    pub fn by_period_and_kon(&self) -> Vec<(Kon, Run)> {
        let of = |kon| self.runs(move |a| a.kon == Some(kon)).into_iter().map(move |run| (kon, run));
        Kon::ALL.into_iter().flat_map(of).collect()
    }

    /// Only what lies wholly between two periods, these included, as for a tertial or a year.
    #[must_use]
    pub fn between(&self, first: usize, last: usize) -> Self {
        let atoms = self.atoms.iter().filter(|a| first <= a.first && a.last <= last).cloned().collect();
        Self { atoms, waiting: 0, categories: self.categories }
    }

    /// The runs with those of their atoms that are kept. What came late to a period stands with the run of the period.
    fn runs(&self, keep: impl Fn(&Atom) -> bool) -> Vec<Run> {
        // runs do not overlap, so the last that begins at or before a period is the one that may hold it
        let mut spans: BTreeMap<usize, usize> = BTreeMap::new();
        for atom in &self.atoms {
            let last = spans.entry(atom.first).or_insert(atom.last);
            *last = (*last).max(atom.last);
        }
        let span = |atom: &Atom| {
            let held = spans.range(..=atom.first).find(|(_, last)| atom.last <= **last);
            held.map_or((atom.first, atom.last), |(first, last)| (*first, *last))
        };
        let mut out: BTreeMap<(usize, usize), Run> = BTreeMap::new();
        for atom in self.atoms.iter().filter(|a| keep(a)) {
            let (first, last) = span(atom);
            let run = out.entry((first, last)).or_insert_with(|| Run {
                first,
                last,
                open: false,
                counts: vec![0; self.categories],
                n: 0,
            });
            run.open |= atom.open;
            add(&mut run.counts, &atom.counts);
            run.n = size(&run.counts);
        }
        out.into_values().collect()
    }
}
