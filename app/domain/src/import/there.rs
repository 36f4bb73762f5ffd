//! There: the rows that a plan has, found again by those of a file.

use std::collections::{HashMap, HashSet};

use super::{
    Cell, Names, Plan,
    column::{Header, key},
    number,
    read::Layout,
};

/// The rows of a plan by what tells them apart.
pub(super) struct There {
    rows: HashMap<String, Vec<Cell>>,
    /// The keys of the rows of the file, as Excel shows them.
    in_file: HashSet<String>,
}

impl There {
    pub(super) fn new<C>(layout: &Layout<C>, names: &Names, existing: &[C], header: &Header<'_>) -> Self {
        let rows = existing.iter().filter_map(|content| {
            let cells = (layout.cells)(content, names);
            let texts = layout.key.map(|field| cell_of(layout.plan, &cells, field));
            key_of([&texts[0], &texts[1], &texts[2]]).map(|key| (key, cells))
        });
        let in_file = header.rows.iter().filter_map(|row| key_of(layout.key.map(|field| header.cell(row, field))));
        Self { rows: rows.collect(), in_file: in_file.collect() }
    }

    /// The row of the plan that a row of the file is: by what Excel shows, or by the value behind it, as it was read before
    /// formats were. The second does not find a row that another row of the file is by what it shows: 1.1 is not 1.10 where both
    /// are there.
    pub(super) fn row(&self, shown: Option<&str>, bare: Option<&str>) -> Option<&[Cell]> {
        let by_value = || bare.filter(|bare| !self.in_file.contains(*bare)).and_then(|bare| self.rows.get(bare));
        shown.and_then(|shown| self.rows.get(shown)).or_else(by_value).map(Vec::as_slice)
    }
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
