//! Klistra: a block of cells that somebody has copied in a spreadsheet, laid into the grid of a series from the cell that has the focus
//! to the right and down. What is blank or hidden in it changes nothing, and what finds no place is counted.

use super::visad::is_dold;
use crate::{
    format::int,
    table::{self, Record},
    text::clean,
};

/// What a block does to a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The cells that are filled, by row and column from 0, each with its text.
    pub rutor: Vec<((usize, usize), String)>,
    /// How many of its cells lie outside the grid.
    pub utanfor: usize,
    /// How many of its cells are hidden where they were copied: nobody knows their values.
    pub dolda: usize,
}

/// Lays what was pasted into a grid of so many rows and columns (`size`), from the cell at `start`. None where it is a single cell: that
/// is put in by the browser.
#[must_use]
pub fn block(text: &str, start: (usize, usize), size: (usize, usize)) -> Option<Block> {
    let text = clean(text);
    if !text.trim_end_matches('\n').contains(['\t', '\n']) {
        return None;
    }
    let records: Vec<Record> = table::records(&text, table::COPIED).collect();
    let mut out = Block::default();
    for (r, record) in (start.0..).zip(&records) {
        for (c, cell) in (start.1..).zip(&record.cells) {
            let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            if cell.is_empty() {
                continue;
            }
            if r >= size.0 || c >= size.1 {
                out.utanfor += 1;
            } else if is_dold(&cell) {
                out.dolda += 1;
            } else {
                out.rutor.push(((r, c), cell));
            }
        }
    }
    Some(out)
}

/// `1 ruta`, `12 rutor`
fn rutor(n: usize) -> String {
    if n == 1 { "1 ruta".to_owned() } else { format!("{} rutor", int(i64::try_from(n).unwrap_or(i64::MAX))) }
}

impl Block {
    /// What the user is told, in sentences.
    #[must_use]
    pub fn said(&self) -> String {
        let said = match self.rutor.len() {
            0 => "Inget är ifyllt.".to_owned(),
            1 => "1 ruta är ifylld men inte sparad än. Spara när den stämmer.".to_owned(),
            n => format!("{} är ifyllda men inte sparade än. Spara när de stämmer.", rutor(n)),
        };
        let utanfor = (self.utanfor > 0)
            .then(|| format!("{} i det inklistrade hamnar utanför tabellen och är inte med.", rutor(self.utanfor)));
        let dolda = (self.dolda > 0).then(|| {
            let word = if self.dolda == 1 { "är dold" } else { "är dolda" };
            format!("{} {word} i det inklistrade och ändrar inget.", rutor(self.dolda))
        });
        [Some(said), utanfor, dolda].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_goes_to_the_right_and_down_and_what_finds_no_place_is_counted() {
        let text = "336\t\u{2212}4\t1\u{a0}346\r\n323 prel\t\tmånga\r\nca 3,2\t–\t80 %\r\n";
        let found = block(text, (1, 1), (3, 4)).unwrap();
        let said: Vec<(usize, usize, &str)> = found.rutor.iter().map(|((r, c), t)| (*r, *c, t.as_str())).collect();
        let fits = [(1, 1, "336"), (1, 2, "−4"), (1, 3, "1 346"), (2, 1, "323 prel"), (2, 3, "många")];
        assert_eq!((said.as_slice(), found.utanfor), (fits.as_slice(), 3));
        assert_eq!(
            found.said(),
            "5 rutor är ifyllda men inte sparade än. Spara när de stämmer. 3 rutor i det inklistrade hamnar utanför \
             tabellen och är inte med."
        );
        let one = block("1\n2", (0, 0), (1, 1)).unwrap();
        assert!(one.said().starts_with("1 ruta är ifylld men inte sparad än."), "{}", one.said());
    }

    #[test]
    fn a_single_cell_is_the_browsers_own() {
        for text in ["336", "336\r\n", "1 346 hushåll\n"] {
            assert_eq!(block(text, (0, 0), (3, 3)), None, "{text:?}");
        }
    }

    #[test]
    fn a_cell_that_is_hidden_where_it_was_copied_changes_nothing() {
        let found = block("291\t– visas inte: någon kan kännas igen", (0, 0), (1, 2)).unwrap();
        assert_eq!((found.rutor.len(), found.dolda, found.utanfor), (1, 1, 0));
        assert!(found.said().ends_with(" 1 ruta är dold i det inklistrade och ändrar inget."), "{}", found.said());
    }
}
