//! Fill: the rows of a table that somebody has filled in, told from those that only wait for it: numbered beforehand, with a
//! formula that gives 0, or with a heading across the whole table.

use super::{
    Mark, Row,
    column::{Header, fault, fold, follows, in_words, key},
};
use crate::{
    field::FieldError,
    rows::{is_error, is_figure, lines_in_words},
};

/// Columns whose cell alone makes no row: a number and an answer that are there beforehand.
const BEFOREHAND: [&str; 3] = ["number", "in_plan", "laid_on_units"];

impl Header<'_> {
    /// Leaves the rows that are filled in, and says which were passed by. `identity` are the columns that say what a row is
    /// about: what a formula gives there counts, an error too.
    pub(super) fn leave_filled(&mut self, identity: &[&str]) -> Result<(), FieldError> {
        let names: Vec<String> = self.names.iter().map(|name| fold(name)).collect();
        let name = |place: usize| names.get(place).map_or("", String::as_str);
        let mut kept = Vec::with_capacity(self.rows.len());
        let (mut empty, mut headings, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for row in std::mem::take(&mut self.rows) {
            if self.is_filled(&row, &names, identity) {
                kept.push(row);
            } else if row.marks.iter().any(|(_, mark)| *mark == Mark::Wide) {
                headings.push(row.line);
            } else if (0..).zip(&row.cells).any(|(place, text)| is_error(text) && !follows(name(place))) {
                errors.push(row.line);
            } else {
                empty.push(row.line);
            }
        }
        match empty.len() {
            0 => {}
            1 => self.notes.push(format!(
                "1 rad hoppades över: den har bara nummer, nollor eller formler ({}).",
                lines_in_words(&empty)
            )),
            n => self.notes.push(format!(
                "{n} rader hoppades över: de har bara nummer, nollor eller formler ({}).",
                lines_in_words(&empty)
            )),
        }
        match errors.len() {
            0 => {}
            1 => self.notes.push(format!(
                "1 rad hoppades över: utom nummer har den bara fel från Excel, som #SAKNAS! ({}). Rätta den i filen om den ska med.",
                lines_in_words(&errors)
            )),
            n => self.notes.push(format!(
                "{n} rader hoppades över: utom nummer har de bara fel från Excel, som #SAKNAS! ({}). Rätta dem i filen om de ska med.",
                lines_in_words(&errors)
            )),
        }
        match headings.len() {
            0 => {}
            1 => self.notes.push(format!("En mellanrubrik läses inte in ({}).", lines_in_words(&headings))),
            n => self.notes.push(format!("{n} mellanrubriker läses inte in ({}).", lines_in_words(&headings))),
        }
        if kept.is_empty() {
            let passed = empty.len() + headings.len() + errors.len();
            return Err(fault(if passed == 0 {
                "Tabellen har en rubrikrad men inga rader under den.".to_owned()
            } else {
                format!(
                    "Tabellen har en rubrikrad men ingen ifylld rad under den. {passed} rader har bara nummer, nollor, formler eller mellanrubriker."
                )
            }));
        }
        if kept.len() > super::ROWS_MAX {
            return Err(fault(format!(
                "Tabellen har {} rader. Läs in högst {} åt gången.",
                in_words(kept.len()),
                in_words(super::ROWS_MAX)
            )));
        }
        self.rows = kept;
        Ok(())
    }

    fn is_filled(&self, row: &Row, names: &[String], identity: &[&str]) -> bool {
        let asked = |place: usize| self.found.iter().find(|(p, _)| *p == place).map(|(_, column)| column.field);
        // what it is about may stand in the formula
        let unread = row.marks.iter().filter(|(_, mark)| *mark == Mark::NoValue);
        if unread.filter_map(|(place, _)| asked(usize::from(*place))).any(|field| identity.contains(&field)) {
            return true;
        }
        (0..).zip(&row.cells).any(|(place, text)| {
            if text.is_empty() || row.has(place, &Mark::Covered) || row.has(place, &Mark::Wide) || is_nothing(text) {
                return false;
            }
            let formula = row.has(place, &Mark::Formula);
            let name = names.get(place).map_or("", String::as_str);
            match asked(place) {
                Some(field) if BEFOREHAND.contains(&field) => false,
                Some(field) => !formula || identity.contains(&field),
                None if follows(name) => false,
                // an error there is no text that somebody has written
                None => !formula && !is_figure(text) && !is_error(text),
            }
        })
    }
}

/// What a cell holds where nobody has written anything. An error is something: a formula that gives one may be what the row is about,
/// and the cell is named.
fn is_nothing(text: &str) -> bool {
    let zero = text.bytes().any(|b| b == b'0') && text.chars().all(|c| matches!(c, '0' | ',' | '.' | ' ' | '%'));
    zero || matches!(key(text).as_str(), "-" | "–" | "nej" | "valj" | "valj ...")
}
