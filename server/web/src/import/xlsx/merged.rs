//! Merged: the merged areas of a sheet, each once and none over another. Excel writes no others, but a file can name one area fifty
//! thousand times, and where two lie over each other nobody can say what a cell holds.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use domain::rows::cell_name;

use super::layout::At;

/// Merged cells: the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) first: At,
    pub(super) last: At,
}

impl Area {
    /// "B2:C4"
    fn name(&self) -> String {
        let cell = |(row, column): At| cell_name(column as usize, row.saturating_add(1));
        format!("{}:{}", cell(self.first), cell(self.last))
    }
}

/// The areas without copies and without those of one cell, from above. The fault names two that lie over each other.
pub(super) fn apart(mut areas: Vec<Area>) -> Result<Vec<Area>, String> {
    areas.retain(|area| area.first != area.last);
    areas.sort_unstable();
    areas.dedup();
    // those that reach the row where we are, by their first column: no two of them share one
    let mut here: BTreeMap<u32, Area> = BTreeMap::new();
    let mut ends: BinaryHeap<Reverse<(u32, u32)>> = BinaryHeap::new();
    for area in &areas {
        while let Some(Reverse((row, column))) = ends.peek().copied().filter(|Reverse((row, _))| *row < area.first.0) {
            ends.pop();
            // its column may be another's by now
            if here.get(&column).is_some_and(|other| other.last.0 == row) {
                here.remove(&column);
            }
        }
        let left = here.range(..=area.last.1).next_back();
        if let Some((_, other)) = left.filter(|(_, other)| other.last.1 >= area.first.1) {
            return Err(format!(
                "Sammanfogade celler ligger över varandra i filen ({} och {}), så det går inte att säga vad som står i dem. Öppna filen i \
                 Excel, låt den laga filen och spara den på nytt som xlsx.",
                other.name(),
                area.name()
            ));
        }
        here.insert(area.first.1, *area);
        ends.push(Reverse((area.last.0, area.first.1)));
    }
    Ok(areas)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(first: At, last: At) -> Area {
        Area { first, last }
    }

    #[test]
    fn an_area_counts_once_however_often_the_file_names_it() {
        let one = area((1, 0), (4, 0));
        let copies = vec![one; 49_999];
        assert_eq!(apart(copies).unwrap(), [one]);
        assert_eq!(apart(vec![area((3, 3), (3, 3)), one, one]).unwrap(), [one], "one cell alone is not merged");
    }

    #[test]
    fn areas_beside_and_below_each_other_are_right_and_those_over_each_other_are_refused_by_name() {
        let apart_ones = [
            area((0, 0), (1, 0)),
            area((0, 1), (5, 1)),
            area((0, 2), (0, 4)),
            area((1, 2), (2, 9)),
            area((2, 0), (3, 0)),
        ];
        assert_eq!(apart(apart_ones.to_vec()).unwrap(), apart_ones);
        for over in [area((5, 0), (6, 2)), area((1, 9), (1, 10)), area((0, 0), (9, 0)), area((3, 0), (4, 0))] {
            let mut areas = apart_ones.to_vec();
            areas.push(over);
            assert!(apart(areas).unwrap_err().contains("ligger över varandra"), "{over:?}");
        }
        let said = apart(vec![area((1, 1), (3, 2)), area((2, 2), (4, 3))]).unwrap_err();
        assert!(said.starts_with("Sammanfogade celler ligger över varandra i filen (B2:C4 och C3:D5),"), "{said}");
    }
}
