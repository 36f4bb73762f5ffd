//! There: the rows that a plan has, found again by those of a file.

use std::collections::{HashMap, HashSet};

use super::{
    Cell, Names, Plan, Row,
    column::{Header, key},
    number,
    read::Layout,
    word,
};

/// The rows of a plan, by the rows of a file.
pub(super) struct There {
    entries: Vec<Entry>,
    /// The entry that each row of the file is, in its order.
    of_rows: Vec<Option<usize>>,
    /// What the entries are called by.
    names: HashSet<String>,
}

/// A row of the plan.
struct Entry {
    apart: Vec<String>,
    cells: Vec<Cell>,
    taken: bool,
}

impl There {
    pub(super) fn new<C>(layout: &Layout<C>, names: &Names, existing: &[C], header: &Header<'_>) -> Self {
        let mut entries: Vec<Entry> = vec![];
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for content in existing {
            let cells = (layout.cells)(content, names);
            let texts = layout.key.map(|field| cell_of(layout.plan, &cells, field));
            let Some(key) = key_of([&texts[0], &texts[1], &texts[2]]) else { continue };
            by_key.entry(key).or_default().push(entries.len());
            let apart = layout.apart.iter().map(|field| self::key(&cell_of(layout.plan, &cells, field))).collect();
            entries.push(Entry { apart, cells, taken: false });
        }
        let shown = |row: &Row| key_of(layout.key.map(|field| header.cell(row, field)));
        let in_file: HashSet<String> = header.rows.iter().filter_map(|row| shown(row)).collect();
        // by what Excel shows, or by the value behind it, as it was read before formats were. The second does not find a row that
        // another row of the file is by what it shows: 1.1 is not 1.10 where both are there
        let group = |row: &Row| {
            let bare =
                || key_of(layout.key.map(|field| header.bare(row, field))).filter(|bare| !in_file.contains(bare));
            shown(row).filter(|key| by_key.contains_key(key)).or_else(bare).filter(|key| by_key.contains_key(key))
        };
        let mut asked: HashMap<String, Vec<(usize, Vec<String>)>> = HashMap::new();
        for (i, row) in header.rows.iter().enumerate() {
            // what the file says is not in the plan is none of its rows
            if word::yes(header.cell(row, "in_plan")) == Some(false) && !header.cell(row, "in_plan").is_empty() {
                continue;
            }
            if let Some(key) = group(row) {
                asked.entry(key).or_default().push((i, apart(layout, header, row)));
            }
        }
        let mut of_rows = vec![None; header.rows.len()];
        for (key, rows) in &asked {
            let group = by_key.get(key).map_or(&[][..], Vec::as_slice);
            for (row, entry) in met(rows, group, &mut entries) {
                of_rows[row] = Some(entry);
            }
        }
        Self { entries, of_rows, names: by_key.into_keys().collect() }
    }

    /// The row of the plan that a row of the file is, by its place in the file.
    pub(super) fn row(&self, place: usize) -> Option<&[Cell]> {
        let entry = self.of_rows.get(place).copied().flatten()?;
        self.entries.get(entry).map(|entry| entry.cells.as_slice())
    }

    /// Whether the plan has rows of the same key, for something else.
    pub(super) fn has_others(&self, key: &str) -> bool {
        self.names.contains(key)
    }
}

/// Which rows of a file are which entries of the plan, of those that have the same key: first those that are the same in what
/// tells them apart, then those that say less. Where as many are left on both sides, somebody has written them in other words.
fn met(rows: &[(usize, Vec<String>)], group: &[usize], entries: &mut [Entry]) -> Vec<(usize, usize)> {
    let (mut found, mut left) = (vec![], vec![]);
    for (row, apart) in rows {
        match group.iter().find(|entry| entries[**entry].apart == *apart) {
            Some(entry) => {
                entries[*entry].taken = true;
                found.push((*row, *entry));
            }
            None => left.push((*row, apart)),
        }
    }
    let mut strange: Vec<(usize, &Vec<String>)> = vec![];
    let mut different: Vec<&Vec<String>> = vec![];
    for (row, apart) in left {
        let alike = |entry: &&usize| {
            std::iter::zip(apart, &entries[**entry].apart).all(|(a, b)| a == b || a.is_empty() || b.is_empty())
        };
        let free = |entry: &&usize| !entries[**entry].taken;
        let entry = group.iter().filter(alike).find(free).or_else(|| group.iter().find(alike)).copied();
        if let Some(entry) = entry {
            entries[entry].taken = true;
            found.push((row, entry));
        } else {
            if !different.contains(&apart) {
                different.push(apart);
            }
            strange.push((row, apart));
        }
    }
    let free: Vec<usize> = group.iter().copied().filter(|entry| !entries[*entry].taken).collect();
    if free.len() == different.len() {
        for (apart, entry) in std::iter::zip(different, free) {
            found.extend(strange.iter().filter(|(_, a)| *a == apart).map(|(row, _)| (*row, entry)));
        }
    }
    found
}

/// What tells a row from others of the same key.
pub(super) fn apart<C>(layout: &Layout<C>, header: &Header<'_>, row: &Row) -> Vec<String> {
    layout.apart.iter().map(|field| key(header.cell(row, field))).collect()
}

/// What tells a row from others; none where it says nothing of what it is about.
pub(super) fn key_of(texts: [&str; 3]) -> Option<String> {
    let keys = || texts.map(|text| key(&number::number(text))).join("\u{1f}");
    (!texts[2].is_empty() || !texts[1].is_empty()).then(keys)
}

fn cell_of(plan: Plan, cells: &[Cell], field: &str) -> String {
    let place = plan.columns().iter().position(|c| c.field == field);
    place.and_then(|i| cells.get(i)).map(Cell::shown).unwrap_or_default()
}
