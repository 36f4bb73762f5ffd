//! What somebody has typed or pasted as a table.

use crate::table::{Alone, Record, fill_dittos, typed};

/// A typed or pasted table. A single row with one or two cells is a figure with what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tabell {
    /// What stands above the table, alone in its row.
    pub rubrik: Vec<String>,
    /// The rows; the first is the heading.
    pub rows: Vec<Vec<String>>,
    /// How many rows there are beyond [`TABELL_MAX`].
    pub more: usize,
}

/// The most rows below the heading that are shown, on as many slides as they need (`deck`).
pub const TABELL_MAX: usize = 60;

/// Reads a typed or pasted table: rows of cells, parted by tabs or semicolons.
#[must_use]
pub fn table(text: &str) -> Tabell {
    let mut records = typed(text);
    // a marking in a spreadsheet is often wider than what stands in it
    let width =
        records.iter().filter_map(|r| r.cells.iter().rposition(|c| !c.is_empty())).max().map_or(0, |last| last + 1);
    for record in &mut records {
        record.cells.truncate(width);
    }
    let alone = |r: &&Record| r.cells.iter().filter(|c| !c.is_empty()).count() == 1;
    let above = if width > 1 { records.iter().take_while(alone).count() } else { 0 };
    // a heading and a row have to be left
    let rubrik: Vec<String> = if above + 2 <= records.len() {
        records.drain(..above).flat_map(|r| r.cells).filter(|c| !c.is_empty()).collect()
    } else {
        vec![]
    };
    fill_dittos(records.iter_mut().skip(1).map(|r| (r.line, &mut r.cells)), Alone::Row);
    let mut rows: Vec<Vec<String>> = records.into_iter().map(|r| r.cells).collect();
    let more = rows.len().saturating_sub(1 + TABELL_MAX);
    rows.truncate(1 + TABELL_MAX);
    Tabell { rubrik, rows, more }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_pasted_from_a_spreadsheet_or_typed() {
        assert_eq!(table("Konto\tUtfall\nLöner\t3,5").rows, [["Konto", "Utfall"], ["Löner", "3,5"]]);
        assert_eq!(table("Prognos; +0,4 mnkr\n\n").rows, [["Prognos", "+0,4 mnkr"]]);
        assert_eq!(table("  "), Tabell::default());
    }

    #[test]
    fn a_ditto_mark_right_below_the_head_of_a_table_stays_a_mark() {
        let read = table("Mål 2026\nMål\tAndel\n\"\t97 %\nTrygghet\t90 %\n\"\t91 %");
        let first: Vec<&str> = read.rows.iter().map(|r| r[0].as_str()).collect();
        assert_eq!(first, ["Mål", "\"", "Trygghet", "Trygghet"]);
    }

    #[test]
    fn a_table_with_a_title_line_breaks_and_dittos_is_shown_as_it_looks() {
        let text = "Bokslut 2025\t\t\n\nKonto\tUtfall\t\n\"Löner\n(tillsvidare)\"\t3,5\t\n\"Köpt vård\" m.m.\t\"\t\n";
        let read = table(text);
        assert_eq!(read.rubrik, ["Bokslut 2025"]);
        assert_eq!(read.rows, [["Konto", "Utfall"], ["Löner\n(tillsvidare)", "3,5"], ["\"Köpt vård\" m.m.", "3,5"]]);
        let figure = table("Prognos\nLöner\t3");
        assert_eq!((figure.rubrik.len(), figure.rows.len()), (0, 2), "a heading needs rows below it");
    }

    #[test]
    fn rows_that_a_slide_has_no_room_for_are_counted() {
        let rows: Vec<String> = (0..65).map(|n| format!("Rad {n};{n}")).collect();
        let read = table(&rows.join("\n"));
        assert_eq!((read.rows.len(), read.more), (61, 4));
    }
}
