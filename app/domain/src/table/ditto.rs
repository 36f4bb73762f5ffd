//! Ditto: the marks by which a cell says that it holds what stands above it.

/// The rows in which ditto marks were filled, as Excel counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dittos {
    /// How many cells were filled.
    pub cells: usize,
    /// The rows, each once.
    pub lines: Vec<u32>,
}

impl Dittos {
    /// What the user is told; none where there were none.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let (mark, filled) = match self.cells {
            0 => return None,
            1 => ("1 ditotecken".to_owned(), "ifyllt"),
            n => (format!("{n} ditotecken"), "ifyllda"),
        };
        let rows = crate::rows::lines_in_words(&self.lines);
        Some(format!("{mark} ({rows}) är {filled} med det som står ovanför."))
    }
}

/// What is said of a mark that could not be filled, after where it stands.
pub const NOTHING_ABOVE: &str = "ditotecknet har inget ovanför sig att upprepa. Skriv ut det som ska stå där.";

/// What a row with text in a single cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// A row as any other: of a case nothing but its number may be known.
    Row,
    /// A heading between the rows: what is repeated stands above it.
    Heading,
}

/// Puts what stands above in every cell that holds a ditto mark. The rows are those below the head. A mark with nothing above it
/// stays as it is, and so does one right under a heading that could be what is meant: see [`NOTHING_ABOVE`].
pub fn fill_dittos<'r>(rows: impl IntoIterator<Item = (u32, &'r mut Vec<String>)>, alone: Alone) -> Dittos {
    let mut filled = Dittos::default();
    let (mut above, mut heading): (&[String], Option<usize>) = (&[], None);
    for (line, cells) in rows {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        for (place, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| is_ditto(cell)) {
            let meant =
                above.get(place).filter(|meant| !meant.is_empty() && !is_ditto(meant) && heading != Some(place));
            let Some(meant) = meant else { continue };
            cell.clone_from(meant);
            filled.cells += 1;
            if filled.lines.last() != Some(&line) {
                filled.lines.push(line);
            }
        }
        let mut texts = (0..).zip(cells.iter()).filter(|(_, cell)| !cell.is_empty()).map(|(place, _)| place);
        let (first, second) = (texts.next(), texts.next());
        if second.is_none() && alone == Alone::Heading {
            heading = first;
        } else {
            above = cells;
            heading = None;
        }
    }
    filled
}

/// Whether a cell says "the same as above": `"`, `”`, `''`, `-"-`, `〃`, dito.
#[must_use]
pub fn is_ditto(cell: &str) -> bool {
    // almost no cell, and a table has tens of thousands
    if cell.is_empty() || cell.len() > 16 {
        return false;
    }
    let bare = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_'));
    matches!(bare, "\"" | "\"\"" | "”" | "“" | "„" | "″" | "〃" | "''" | "’’" | "´´" | "d:o" | "D:o" | "dito" | "Dito")
}
