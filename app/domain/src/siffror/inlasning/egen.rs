//! Egen: the workbook of a series as we write it ourselves (`web::serie`), as a workbook or as the CSV that is made of it: a row for each
//! value, with its parts, how sure it is and its word in columns of their own. It is read back without a question.

use super::{
    cell::{Cell, cell},
    upplagg::Rut,
};
use crate::{
    import::{Row, fold},
    siffror::{
        rutnat,
        slag::{Mark, Slag},
        visad::is_dold,
    },
    tal::Tal,
};

/// How far its heading is looked for.
const LOOKED_AT: usize = 15;

/// The columns that such a table has beside its times and its dimensions.
pub(super) struct Egen {
    pub(super) varde: usize,
    taljare: usize,
    namnare: usize,
    marke: usize,
    anmarkning: usize,
    sedd: Option<usize>,
}

impl Egen {
    /// Of a table that has the heading of ours.
    pub(super) fn of(rows: &[Row]) -> Option<Self> {
        rows.iter().take(LOOKED_AT).find_map(|row| {
            let at = |name: &str| row.cells.iter().position(|text| fold(text) == name);
            Some(Self {
                varde: at("varde")?,
                taljare: at("taljare")?,
                namnare: at("namnare")?,
                marke: at("marke")?,
                anmarkning: at("anmarkning")?,
                sedd: at("sedd"),
            })
        })
    }

    /// Whether a column says something of the value beside it.
    pub(super) fn has(&self, c: usize) -> bool {
        [self.taljare, self.namnare, self.marke, self.anmarkning].contains(&c) || self.sedd == Some(c)
    }

    /// Whether a row has a value, or says that there is none.
    pub(super) fn is_value(&self, rut: &Rut<'_>, r: usize) -> bool {
        [self.varde, self.marke, self.anmarkning].iter().any(|c| !rut.text(r, *c).is_empty())
    }

    /// The value of a row.
    pub(super) fn cell(&self, rut: &Rut<'_>, r: usize, slag: Slag) -> Cell {
        let (anmarkning, marke) = (rut.text(r, self.anmarkning), fold(rut.text(r, self.marke)));
        if is_dold(anmarkning) {
            return Cell::Dold;
        }
        let mut last = match cell(rut.text(r, self.varde), slag) {
            Cell::Tom if marke == "saknas" => return Cell::Saknas(anmarkning.to_owned()),
            Cell::Tal(last) => last,
            other => return other,
        };
        // a workbook and what is made of it have a comma before the decimals; a point was typed, and could be either
        if rut.text(r, self.varde).contains(',') {
            last.tusental = None;
        }
        match marke.as_str() {
            "preliminart" => last.mark = Mark::Preliminar,
            "ungefarligt" => last.mark = last.mark.max(Mark::Ungefarlig),
            _ => {}
        }
        if !anmarkning.is_empty() {
            anmarkning.clone_into(&mut last.not);
        }
        if slag == Slag::Andel && last.enhet.is_empty() {
            "%".clone_into(&mut last.enhet);
        }
        let (part, whole) = (rut.text(r, self.taljare), rut.text(r, self.namnare));
        if slag == Slag::Andel && !part.is_empty() && !whole.is_empty() {
            match rutnat::parts(part, whole) {
                Ok(share) if Tal::per_cent(share.numerator, share.denominator) == Some(last.tal) => {
                    last.share = Some(share);
                }
                _ => return Cell::Fel(format!("är {} %, men täljaren och nämnaren är {part} och {whole}.", last.tal)),
            }
        }
        Cell::Tal(last)
    }
}
