//! Visad: what of a series is shown to who does not fill it. Where a part counts one to four persons or households, it is hidden, and so
//! much beside it that no sum gives it away, also to somebody who saw what stood there before (docs/doman.md 10).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    dimension::{Dimension, DimensionsvardeId},
    dolt::{Dolt, Tabell, andel_visas, dolt_over_time},
    serie::Content,
    siffra::{Plats, Siffra, Ursprung},
    slag::Slag,
};
use crate::{period::Period, redovisning::MINST, tal::Tal};

mod lucka;

use lucka::{Luckor, luckor, parts_were_few};

/// Why a value is not shown: on the page, in the workbook, and where either is copied from.
pub const DOLT: &str = "visas inte: någon kan kännas igen";

/// Whether a text that was copied or exported from here says that its value is hidden: it is no value, and says nothing of the one
/// that is stored.
#[must_use]
pub fn is_dold(text: &str) -> bool {
    text.contains(DOLT)
}

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

/// Whether something of a series may be hidden: it counts somebody, and is divided.
#[must_use]
pub fn skyddas(content: &Content) -> bool {
    content.skyddas && !content.dimensioner.is_empty() && !matches!(content.slag, Slag::Belopp | Slag::Medel)
}

/// What of a series is hidden. `all` is every value that it ever had, with its revisions, in any order: what was shown once is known.
/// Nothing is hidden of a series that counts nobody, and of one without dimensions ([`skyddas`]). What is hidden of a time follows from its
/// own values alone: who shows some times reads the others not.
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
        values.sort_by_key(|s| (s.skrivning, s.revision));
        // what was undone stood once, and what was written since stood without it
        let kvar: Vec<&Siffra> = values.iter().copied().filter(|s| !was_undone(s)).collect();
        let luckor = if content.slag.adds_up() {
            let of_kvar = if kvar.len() < values.len() { luckor(&kvar) } else { Luckor::default() };
            luckor(&values).with(of_kvar)
        } else {
            Luckor::default()
        };
        // most times have nobody to protect
        if luckor.finns || values.iter().any(|s| is_few(content.slag, s)) {
            Tid { content, dimensions, period, values: &values, kvar: &kvar, luckor }.hide(&mut out);
        }
    }
    out
}

/// The most cells of a time that are looked at one by one.
const CELLS_MOST: usize = 2_000;
/// The most writes of a time that are read beside each other.
const WRITES_MOST: usize = 50;

/// Whether so many are one to four.
fn few(n: Tal) -> bool {
    n > Tal::ZERO && n < Tal::whole(MINST)
}

/// Whether a value tells of one to four.
fn is_few(slag: Slag, siffra: &Siffra) -> bool {
    siffra.varde.is_some_and(|varde| match slag {
        Slag::Bestand | Slag::Flode => few(varde.tal),
        Slag::Andel => varde.share.is_some_and(|s| !andel_visas(s.numerator, s.denominator)),
        Slag::Belopp | Slag::Medel => false,
    })
}

fn was_undone(s: &Siffra) -> bool {
    matches!(s.ursprung, Ursprung::Angrad(_))
}

fn is_total(s: &Siffra) -> bool {
    s.plats.0.iter().all(Option::is_none)
}

/// The values of a time, in the order in which they were written.
struct Tid<'a> {
    content: &'a Content,
    dimensions: &'a [Dimension],
    period: Period,
    values: &'a [&'a Siffra],
    /// Those of them that were not undone.
    kvar: &'a [&'a Siffra],
    luckor: Luckor,
}

/// The values of the dimensions that have a figure: those of the second one down, or one row, and those of the first across.
type Axes = (Vec<Option<DimensionsvardeId>>, Vec<DimensionsvardeId>);

impl Tid<'_> {
    fn hide(&self, out: &mut Dolda) {
        let any_total = self.values.iter().any(|s| is_total(s) && is_few(self.content.slag, s));
        if any_total || self.luckor.totalen {
            self.no_total(out);
        }
        let axes = self.is_table().then(|| self.axes());
        let Some((rows, columns)) = axes.filter(|(rows, columns)| rows.len() * columns.len() <= CELLS_MOST) else {
            return self.plainly(out);
        };
        if self.writes().count() > WRITES_MOST {
            // what was shown in earlier writes is not looked at
            self.no_total(out);
            return self.plainly(out);
        }
        let tables = self.tables(&rows, &columns);
        let hidden = dolt_over_time(&tables);
        if hidden.total || self.leaves_few(tables.last(), &hidden) {
            self.no_total(out);
        }
        // a margin is no cell of the table, and what was undone was seen and holds no longer
        let has_margins = self.values.iter().any(|s| !s.plats.is_del() && !is_total(s));
        if has_margins || self.luckor.delarna || self.is_undone() {
            return self.plainly(out);
        }
        self.note(&hidden, (&rows, &columns), out);
    }

    /// Whether it is a table of whole counts whose sums are those of its rows and columns.
    fn is_table(&self) -> bool {
        let has_groups = self.dimensions.iter().any(|d| d.values.iter().any(|v| v.grupp.is_some()));
        let whole = |s: &&Siffra| s.varde.is_none_or(|v| v.tal.int().is_some());
        self.dimensions.len() <= 2 && !has_groups && self.content.slag.adds_up() && self.values.iter().all(whole)
    }

    fn axes(&self) -> Axes {
        let parts = || self.values.iter().filter(|s| s.plats.is_del());
        // in the order in which they were made: that in which they are shown may change, and what is hidden may not follow it
        let used = |at: usize| -> BTreeSet<DimensionsvardeId> {
            parts().filter_map(|s| s.plats.0.get(at).copied().flatten()).collect()
        };
        let rows = if self.dimensions.len() == 2 { used(1).into_iter().map(Some).collect() } else { vec![None] };
        (rows, used(0).into_iter().collect())
    }

    /// The values by the writes that they came with.
    fn writes(&self) -> impl Iterator<Item = &[&Siffra]> {
        self.values.chunk_by(|a, b| a.skrivning == b.skrivning)
    }

    /// The table as it stood after each write, and as it stands when a write was undone.
    fn tables(&self, rows: &[Option<DimensionsvardeId>], columns: &[DimensionsvardeId]) -> Vec<Tabell> {
        let two = self.dimensions.len() == 2;
        let row_at: HashMap<_, _> = rows.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let column_at: HashMap<_, _> = columns.iter().enumerate().map(|(i, id)| (Some(*id), i)).collect();
        let put = |cells: &mut Vec<Vec<Option<i64>>>, s: &Siffra| {
            let of = |at: usize| s.plats.0.get(at).copied().flatten();
            let row = if two { of(1) } else { None };
            if let (true, Some(row), Some(column)) = (s.plats.is_del(), row_at.get(&row), column_at.get(&of(0))) {
                cells[*row][*column] = s.varde.and_then(|v| v.tal.int());
            }
        };
        let table = |cells: &Vec<Vec<_>>| Tabell { cells: cells.clone(), rows: two, columns: two, total: true };
        let empty = vec![vec![None; columns.len()]; rows.len()];
        let mut cells = empty.clone();
        let mut out = Vec::new();
        for write in self.writes() {
            for s in write {
                put(&mut cells, s);
            }
            out.push(table(&cells));
        }
        if self.is_undone() {
            let mut cells = empty;
            self.values.iter().filter(|s| s.gallande).for_each(|s| put(&mut cells, s));
            out.push(table(&cells));
        }
        out
    }

    /// Whether something was undone, also where it has been written again since: which values stood beside each other then is not told by
    /// the order of the writes.
    fn is_undone(&self) -> bool {
        if self.kvar.len() < self.values.len() {
            return true;
        }
        let last: HashMap<&Plats, bool> = self.values.iter().map(|s| (&s.plats, s.gallande)).collect();
        last.into_values().any(|holds| !holds)
    }

    /// Whether a total that is stored leaves one to four beside the cells that are shown: it is not always the sum of what is there.
    fn leaves_few(&self, table: Option<&Tabell>, hidden: &Dolt) -> bool {
        let stored = self.values.iter().rfind(|s| s.gallande && is_total(s)).and_then(|s| s.varde);
        let is_hidden = |r: usize, c: usize| hidden.cells.get(r).and_then(|row| row.get(c)).is_some_and(|is| *is);
        let rows = table.into_iter().flat_map(|table| table.cells.iter().enumerate());
        let cells = rows.flat_map(|(r, row)| row.iter().enumerate().map(move |(c, n)| (r, c, *n)));
        let shown: Tal = cells.filter(|(r, c, _)| !is_hidden(*r, *c)).filter_map(|(.., n)| n.map(Tal::whole)).sum();
        stored.is_some_and(|stored| few(stored.tal - shown))
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
        for (k, id) in columns.iter().enumerate() {
            if two && is(&hidden.columns, k) {
                out.summor.insert((0, *id, self.period));
                out.platser.insert((self.period, Plats(vec![Some(*id), None])));
            }
        }
    }

    /// All parts are hidden, sums over some dimensions too; and the total where the parts made few together, or where some that were
    /// shown have become few.
    fn plainly(&self, out: &mut Dolda) {
        let slag = self.content.slag;
        let parts = || self.values.iter().filter(|s| !is_total(s));
        for s in parts() {
            out.platser.insert((self.period, s.plats.clone()));
            let sums = s.plats.0.iter().enumerate().filter_map(|(at, id)| Some((at, (*id)?, self.period)));
            out.summor.extend(sums);
        }
        for (at, dim) in self.dimensions.iter().enumerate() {
            let groups = dim.values.iter().filter(|v| dim.is_grupp(v.id));
            out.summor.extend(groups.map(|v| (at, v.id, self.period)));
        }
        let first = self.values.first().map(|s| s.skrivning);
        let later = parts().any(|s| is_few(slag, s) && Some(s.skrivning) != first);
        let were_few = || parts_were_few(self.values) || parts_were_few(self.kvar);
        if later || slag.adds_up() && were_few() {
            self.no_total(out);
        }
    }

    fn no_total(&self, out: &mut Dolda) {
        out.totaler.insert(self.period);
        out.platser.insert((self.period, Plats::total(self.dimensions.len())));
    }
}

#[cfg(test)]
mod tests;
