//! The cells of the outcomes of a period, as they are typed in the table of a plan: each is laid on what stands by then, and what could not
//! be laid is told of cell by cell.

use domain::verksamhetsplan::indikator::{
    Content, IndikatorId, Utfall,
    ruta::{self, Kolumn, ifylld},
};

/// A cell that somebody has written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The indikator.
    pub id: IndikatorId,
    /// The column.
    pub kolumn: Kolumn,
    /// What was typed; empty takes away what stood there.
    pub text: String,
    /// What stood there when the person saw it, as the cell takes it back.
    pub was: String,
}

/// A cell that two have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Krock {
    /// The indikator.
    pub id: IndikatorId,
    /// The column.
    pub kolumn: Kolumn,
    /// What stands there now, as the cell takes it back.
    pub nu: String,
}

/// Why a cell was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nekad {
    /// The indikator.
    pub id: IndikatorId,
    /// The column.
    pub kolumn: Kolumn,
    /// A sentence that says what to do.
    pub message: String,
    /// Whether it is a reason that is missing.
    pub skal: bool,
}

/// What became of cells that were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many outcomes are otherwise.
    pub andrade: usize,
    /// Those that somebody else had changed. They stand as that one left them.
    pub krockar: Vec<Krock>,
    /// Those that say nothing that can be kept.
    pub nekade: Vec<Nekad>,
    /// What was read otherwise than it stood, in sentences.
    pub sagt: Vec<String>,
}

/// Whether two cells say the same, whatever spaces stand in them: the one before a unit is of another kind than the one that is typed.
fn is_samma(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// An outcome with the cells that can be laid on it.
pub(super) fn laid(content: &Content, before: &Utfall, cells: &[&Cell], out: &mut Written) -> Utfall {
    let mut after = before.clone();
    for cell in cells {
        let (id, kolumn) = (cell.id, cell.kolumn);
        let not = if kolumn == Kolumn::Totalt { before.not.as_str() } else { "" };
        let now = ruta::skriven(content, kolumn.varde(before).as_ref(), not);
        let typed = cell.text.trim();
        if is_samma(typed, &now) {
            continue;
        }
        let read = match ruta::las(content, typed, before.tal()) {
            Ok(read) => read,
            Err(message) => {
                out.nekade.push(Nekad { id, kolumn, message, skal: false });
                continue;
            }
        };
        if !is_samma(&now, &cell.was) {
            out.krockar.push(Krock { id, kolumn, nu: now });
            continue;
        }
        let (next, said) = ifylld(&after, kolumn, read);
        after = next;
        out.sagt.extend(said.map(|said| format!("{}: {said}", content.namn)));
    }
    after
}
