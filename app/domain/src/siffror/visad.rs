//! Visad: what of a series is shown to who does not fill it. Where a part counts one to four persons or households, it is hidden, and so
//! much beside it that no sum gives it away, also to somebody who saw what stood there before (docs/doman.md 10).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    dimension::{Dimension, DimensionsvardeId},
    dolt::{Dolt, Tabell, andel_visas, dolt_over_time},
    serie::Content,
    siffra::{Plats, Siffra},
    slag::{Slag, Varde},
};
use crate::{period::Period, redovisning::MINST, tal::Tal};

/// What is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dolda {
    /// Places of values that are stored, totals among them.
    pub platser: HashSet<(Period, Plats)>,
    /// Sums over the other dimensions: the place of the dimension, its value, the time.
    pub summor: HashSet<(usize, DimensionsvardeId, Period)>,
    /// Times whose total is hidden.
    pub totaler: BTreeSet<Period>,
}

/// What of a series is hidden. `all` is every value that it ever had, with its revisions, in any order: what was shown once is known.
/// Nothing is hidden of a series that counts nobody, and of one without dimensions.
#[must_use]
pub fn dolda(content: &Content, dimensions: &[Dimension], all: &[Siffra]) -> Dolda {
    let mut out = Dolda::default();
    if !content.skyddas || dimensions.is_empty() || matches!(content.slag, Slag::Belopp | Slag::Medel) {
        return out;
    }
    let mut periods: BTreeMap<Period, Vec<&Siffra>> = BTreeMap::new();
    for siffra in all {
        periods.entry(siffra.period).or_default().push(siffra);
    }
    for (period, mut values) in periods {
        // most times have nobody to protect
        if values.iter().any(|s| s.varde.is_some_and(|v| is_few(content.slag, &v))) {
            values.sort_by_key(|s| (s.sedd, s.revision));
            Tid { content, dimensions, period, values: &values }.hide(&mut out);
        }
    }
    out
}

/// Whether a value tells of one to four.
fn is_few(slag: Slag, varde: &Varde) -> bool {
    match slag {
        Slag::Bestand | Slag::Flode => varde.tal > Tal::ZERO && varde.tal < Tal::whole(MINST),
        Slag::Andel => varde.share.is_some_and(|s| !andel_visas(s.numerator, s.denominator)),
        Slag::Belopp | Slag::Medel => false,
    }
}

/// The values of a time, in the order in which they were written.
struct Tid<'a> {
    content: &'a Content,
    dimensions: &'a [Dimension],
    period: Period,
    values: &'a [&'a Siffra],
}

impl Tid<'_> {
    fn hide(&self, out: &mut Dolda) {
        let has_groups = self.dimensions.iter().any(|d| d.values.iter().any(|v| v.grupp.is_some()));
        let whole = |s: &&Siffra| s.varde.is_none_or(|v| v.tal.int().is_some());
        let counts = self.content.slag.adds_up() && self.values.iter().all(|s| whole(&s));
        if self.dimensions.len() > 2 || has_groups || !counts {
            return self.plainly(out);
        }
        let (rows, columns) = self.axes();
        let tables = self.tables(&rows, &columns);
        let hidden = dolt_over_time(&tables);
        self.note(&hidden, (&rows, &columns), out);
    }

    /// The values of the dimensions that have a figure: those of the second one down, or one row, and those of the first across.
    fn axes(&self) -> (Vec<Option<DimensionsvardeId>>, Vec<DimensionsvardeId>) {
        let used = |at: usize| -> Vec<DimensionsvardeId> {
            let used: HashSet<DimensionsvardeId> = self
                .values
                .iter()
                .filter(|s| s.plats.is_del())
                .filter_map(|s| s.plats.0.get(at).copied().flatten())
                .collect();
            self.dimensions[at].values.iter().map(|v| v.id).filter(|id| used.contains(id)).collect()
        };
        let rows = if self.dimensions.len() == 2 { used(1).into_iter().map(Some).collect() } else { vec![None] };
        (rows, used(0))
    }

    /// The table as it stood after each day and revision.
    fn tables(&self, rows: &[Option<DimensionsvardeId>], columns: &[DimensionsvardeId]) -> Vec<Tabell> {
        let two = self.dimensions.len() == 2;
        let mut cells = vec![vec![None; columns.len()]; rows.len()];
        let mut out = Vec::new();
        for (i, s) in self.values.iter().enumerate() {
            let of = |at: usize| s.plats.0.get(at).copied().flatten();
            let row = if two { rows.iter().position(|r| r.is_some() && *r == of(1)) } else { Some(0) };
            let column = columns.iter().position(|c| Some(*c) == of(0));
            if let (Some(row), Some(column), true) = (row, column, s.plats.is_del()) {
                cells[row][column] = s.varde.and_then(|v| v.tal.int());
            }
            let next = self.values.get(i + 1);
            if next.is_none_or(|n| (n.sedd, n.revision) != (s.sedd, s.revision)) {
                out.push(Tabell { cells: cells.clone(), rows: two, columns: two, total: true });
            }
        }
        out
    }

    /// Notes what a table hides, by the places of the series.
    fn note(
        &self,
        hidden: &Dolt,
        (rows, columns): (&[Option<DimensionsvardeId>], &[DimensionsvardeId]),
        out: &mut Dolda,
    ) {
        let two = self.dimensions.len() == 2;
        let is = |all: &[bool], at: usize| all.get(at).copied().unwrap_or(false);
        for (i, row) in rows.iter().enumerate() {
            for (k, column) in columns.iter().enumerate() {
                if hidden.cells.get(i).is_some_and(|cells| is(cells, k)) {
                    let mut plats = vec![Some(*column)];
                    plats.extend(two.then_some(*row));
                    out.platser.insert((self.period, Plats(plats)));
                    if !two {
                        out.summor.insert((0, *column, self.period));
                    }
                }
            }
            if let (Some(id), true, true) = (row, two, is(&hidden.rows, i)) {
                out.summor.insert((1, *id, self.period));
                out.platser.insert((self.period, Plats(vec![None, Some(*id)])));
            }
        }
        for (_, id) in columns.iter().enumerate().filter(|(k, _)| two && is(&hidden.columns, *k)) {
            out.summor.insert((0, *id, self.period));
            out.platser.insert((self.period, Plats(vec![Some(*id), None])));
        }
        // a total that is stored is not always the sum of what is there
        let few = self
            .values
            .iter()
            .rfind(|s| is_total(s))
            .is_some_and(|s| s.varde.is_some_and(|v| is_few(self.content.slag, &v)));
        if hidden.total || few {
            self.no_total(out);
        }
    }

    /// All parts are hidden; and the total where it is few itself, or where parts that were shown have become few.
    fn plainly(&self, out: &mut Dolda) {
        let parts = || self.values.iter().filter(|s| !is_total(s));
        let is_few = |s: &&&Siffra| s.varde.is_some_and(|v| is_few(self.content.slag, &v));
        for s in parts() {
            out.platser.insert((self.period, s.plats.clone()));
            let sums = s.plats.0.iter().enumerate().filter_map(|(at, id)| Some((at, (*id)?, self.period)));
            out.summor.extend(sums);
        }
        for (at, dim) in self.dimensions.iter().enumerate() {
            let groups = dim.values.iter().filter(|v| dim.is_grupp(v.id));
            out.summor.extend(groups.map(|v| (at, v.id, self.period)));
        }
        let first = self.values.first().map(|s| (s.sedd, s.revision));
        let later = parts().any(|s| is_few(&s) && Some((s.sedd, s.revision)) != first);
        let sum: Tal = self.latest().filter_map(|s| s.varde).map(|v| v.tal).sum();
        let few = self.content.slag.adds_up() && sum > Tal::ZERO && sum < Tal::whole(MINST);
        let stored = self.values.iter().rfind(|s| is_total(s));
        if later || few || stored.is_some_and(|s| is_few(&&s)) {
            self.no_total(out);
        }
    }

    /// The parts that hold now.
    fn latest(&self) -> impl Iterator<Item = &Siffra> {
        let mut last: BTreeMap<&Plats, &Siffra> = BTreeMap::new();
        for s in self.values.iter().filter(|s| s.plats.is_del()) {
            last.insert(&s.plats, s);
        }
        last.into_values()
    }

    fn no_total(&self, out: &mut Dolda) {
        out.totaler.insert(self.period);
        out.platser.insert((self.period, Plats::total(self.dimensions.len())));
    }
}

fn is_total(s: &Siffra) -> bool {
    s.plats.0.iter().all(Option::is_none)
}

#[cfg(test)]
mod tests;
