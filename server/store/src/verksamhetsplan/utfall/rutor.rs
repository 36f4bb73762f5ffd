//! The cells of the outcomes of a period, as they are typed in the table of a plan: each is laid on what stands by then, and what could not
//! be laid is told of cell by cell.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::verksamhetsplan::{
    indikator::{
        Content, IndikatorId, Utfall, Utfallsperiod,
        ruta::{self, Kolumn, ifylld},
    },
    plan::PlanId,
};

use super::{Matade, get, hold, visat, write};
use crate::{Error, Result, Tx, verksamhetsplan::indikator};

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

/// Writes cells of a period. Each is laid on what stands by now; one that somebody else has changed meanwhile is told of and not written.
/// `matade` is what sources have, which a cell may be typed over. The cells of an indikator that is none of the plan's are refused alone.
pub async fn save(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (plan, period): (PlanId, Utfallsperiod),
    (cells, skal): (&[Cell], &str),
    matade: &Matade,
) -> Result<Written> {
    let of = hold(tx, plan, period).await?;
    let mut out = Written::default();
    let mut rows: BTreeMap<IndikatorId, Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        rows.entry(cell.id).or_default().push(cell);
    }
    for (id, cells) in rows {
        let indikator = match indikator::get(tx, plan, id).await {
            Ok(found) => found.indikator,
            Err(Error::NotFound) => {
                let message = "Indikatorn finns inte längre.";
                let nekad = |c: &&Cell| Nekad { id, kolumn: c.kolumn, message: message.to_owned(), skal: false };
                out.nekade.extend(cells.iter().map(nekad));
                continue;
            }
            Err(other) => return Err(other),
        };
        let stored = get(tx, id, period).await?.map(|s| s.utfall).unwrap_or_default();
        let before = visat(stored, period, of.stangd, matade.get(&id));
        let after = laid(&indikator.content, &before, &cells, &mut out);
        match write(tx, now, &of, &indikator, (&before, after), skal).await {
            Ok(true) => out.andrade += 1,
            Ok(false) => {}
            Err(Error::Invalid(faults)) => {
                let message = faults.into_iter().map(|f| f.message).collect::<Vec<_>>().join(" ");
                // those that were laid are refused together
                let told = |id: IndikatorId, kolumn| out.nekade.iter().any(|n| n.id == id && n.kolumn == kolumn);
                let met = |id, kolumn| out.krockar.iter().any(|k| k.id == id && k.kolumn == kolumn);
                let laid = cells.iter().filter(|c| !told(c.id, c.kolumn) && !met(c.id, c.kolumn));
                let nekad = |c: &&Cell| Nekad { id: c.id, kolumn: c.kolumn, message: message.clone(), skal: true };
                let mut refused: Vec<Nekad> = laid.map(nekad).collect();
                out.nekade.append(&mut refused);
            }
            Err(other) => return Err(other),
        }
    }
    Ok(out)
}

/// Whether two cells say the same, whatever spaces stand in them: the one before a unit is of another kind than the one that is typed.
fn is_samma(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// An outcome with the cells that can be laid on it.
fn laid(content: &Content, before: &Utfall, cells: &[&Cell], out: &mut Written) -> Utfall {
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
