//! Layout: what a sheet says of its cells beside their values: which are merged, hidden, or given by a formula.

use std::collections::{HashMap, HashSet};

use domain::import::COLUMNS_MAX;
use quick_xml::{Reader, events::Event};

use super::{
    TOO_LARGE_UNPACKED, UNREADABLE,
    merged::{self, Area},
    package::{attribute, is_true},
};

/// A cell by row and column, from 0.
pub(super) type At = (u32, u32);

/// The most merged areas, in all sheets.
const AREAS_MAX: usize = 50_000;
/// The most formulas of a sheet.
const FORMULAS_MAX: usize = 500_000;

/// What a sheet says of its cells beside their values.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) merged: Vec<Area>,
    pub(super) hidden_rows: HashSet<u32>,
    /// First and last.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) formulas: HashSet<At>,
    /// Formulas whose value the file does not hold: a program wrote it that works nothing out.
    pub(super) without_value: Vec<At>,
    /// Cells that show an error.
    pub(super) errors: HashMap<At, String>,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    kind: String,
    formula: bool,
    in_value: bool,
    value: String,
    inline: bool,
}

impl Layout {
    /// Reads it from the text of a sheet. `areas` counts the merged ones of all sheets. The fault is a sentence for the user.
    pub(super) fn read(xml: &[u8], areas: &mut usize) -> Result<Self, String> {
        let mut layout = Self::default();
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        let (mut at, mut cell): (At, Cell) = ((0, 0), Cell::default());
        loop {
            match reader.read_event().map_err(|_| UNREADABLE.to_owned())? {
                Event::Start(e) => match e.local_name().as_ref() {
                    b"row" => {
                        if let Some(row) = attribute(&e, b"r").parse::<u32>().ok().and_then(|r| r.checked_sub(1)) {
                            at = (row, 0);
                        }
                        if is_true(&attribute(&e, b"hidden")) || attribute(&e, b"ht").parse() == Ok(0.0) {
                            layout.hidden_rows.insert(at.0);
                        }
                    }
                    b"c" => {
                        at = place(&attribute(&e, b"r")).unwrap_or(at);
                        cell = Cell { kind: attribute(&e, b"t"), ..Cell::default() };
                    }
                    b"f" => cell.formula = true,
                    b"v" => cell.in_value = true,
                    b"is" => cell.inline = true,
                    b"col" if is_true(&attribute(&e, b"hidden")) => {
                        let number = |name| attribute(&e, name).parse::<u32>().ok().and_then(|n| n.checked_sub(1));
                        if let (Some(first), Some(last)) = (number(b"min"), number(b"max")) {
                            layout.hidden_columns.push((first, last));
                        }
                    }
                    b"mergeCell" => {
                        *areas += 1;
                        let range = attribute(&e, b"ref");
                        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                        if let (Some(a), Some(b)) = (place(first), place(last)) {
                            let first = (a.0.min(b.0), a.1.min(b.1));
                            layout.merged.push(Area { first, last: (a.0.max(b.0), a.1.max(b.1)) });
                        }
                    }
                    _ => {}
                },
                Event::Text(text) if cell.in_value && cell.value.len() < 40 => {
                    cell.value.push_str(&String::from_utf8_lossy(&text));
                }
                Event::End(e) => match e.local_name().as_ref() {
                    b"row" => at = (at.0.saturating_add(1), 0),
                    b"v" => cell.in_value = false,
                    b"c" => {
                        layout.note(at, std::mem::take(&mut cell));
                        at.1 = at.1.saturating_add(1);
                    }
                    _ => {}
                },
                Event::Eof => {
                    layout.merged = merged::apart(std::mem::take(&mut layout.merged))?;
                    return Ok(layout);
                }
                _ => {}
            }
            let formulas = layout.formulas.len() + layout.without_value.len() + layout.errors.len();
            if *areas > AREAS_MAX || formulas > FORMULAS_MAX {
                return Err(TOO_LARGE_UNPACKED.to_owned());
            }
        }
    }

    fn note(&mut self, at: At, cell: Cell) {
        // no table is as wide
        if at.1 as usize >= COLUMNS_MAX {
            return;
        }
        if cell.formula {
            // a text can be worked out to be empty; a figure cannot
            if cell.value.trim().is_empty() && cell.kind != "str" && !cell.inline {
                self.without_value.push(at);
            } else {
                self.formulas.insert(at);
            }
        }
        if cell.kind == "e" && !cell.value.is_empty() {
            self.errors.insert(at, cell.value);
        }
    }
}

/// "B7" as row 6, column 1.
fn place(name: &str) -> Option<At> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|n| *n < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(letter) + 1)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_says_what_is_merged_hidden_and_worked_out() {
        let layout = Layout::read(
            b"<worksheet><cols><col min='3' max='4' hidden='1'/><col min='5' max='5'/></cols><sheetData>
              <row r='1'><c r='A1'><v>1</v></c><c r='B1'><f>A1*2</f><v>2</v></c><c><f>A1*3</f></c></row>
              <row hidden='1'><c r='A2'><f>X</f><v/></c><c r='B2' t='str'><f>\"\"</f><v></v></c></row>
              <row r='7' ht='0'><c r='B7' t='e'><f>1/0</f><v>#SPILL!</v></c></row>
              </sheetData><mergeCells><mergeCell ref='A2:A4'/><mergeCell ref='$C$1:$B$1'/><mergeCell ref='x'/></mergeCells></worksheet>",
            &mut 0,
        )
        .unwrap();
        let area = |first, last| Area { first, last };
        assert_eq!(layout.merged, [area((0, 1), (0, 2)), area((1, 0), (3, 0))]);
        assert_eq!(layout.without_value, [(0, 2), (1, 0)]);
        assert_eq!(layout.formulas, HashSet::from([(0, 1), (1, 1), (6, 1)]));
        assert_eq!(layout.hidden_rows, HashSet::from([1, 6]));
        assert_eq!(layout.hidden_columns, [(2, 3)]);
        assert_eq!(layout.errors[&(6, 1)], "#SPILL!");
    }

    #[test]
    fn a_cell_is_found_by_its_name() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("b7"), Some((6, 1)));
        assert_eq!(place("$AA$10"), Some((9, 26)));
        for broken in ["", "A", "7", "A0", "Å1", "AAAAAAAAAAAA1", "A99999999999"] {
            assert_eq!(place(broken), None, "{broken}");
        }
    }
}
