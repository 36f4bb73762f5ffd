//! Tabell: the tables that a plan comes in: goals, expected results, aktiviteter, what is followed up. By the names of their columns, whatever
//! their order; a column that nobody asks for is told of, and what cannot be told is asked and never guessed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    import::{self, fold},
    rows,
    table::{Alone, fill_dittos},
};

/// A column of one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// Name of the field that its cells go to.
    pub falt: &'static str,
    /// Its heading in our own tables.
    pub namn: &'static str,
    /// Other headings that mean it, folded.
    pub aven: &'static [&'static str],
    /// A table without it is none.
    pub maste: bool,
}

/// The most rows that one import takes.
pub const RADER_MOST: usize = 1_000;

/// A row of a table, by the fields of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rad {
    /// The number of the row as Excel counts, from 1.
    pub line: u32,
    celler: HashMap<&'static str, String>,
}

impl Rad {
    /// The text of a cell; empty where the row or the table has none.
    #[must_use]
    pub fn cell(&self, falt: &str) -> &str {
        self.celler.get(falt).map_or("", String::as_str)
    }
}

/// The rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tabell {
    /// In order; none is empty.
    pub rader: Vec<Rad>,
    /// The fields whose columns it has.
    pub falt: Vec<&'static str>,
    /// What was passed by and what was filled, in sentences.
    pub notes: Vec<String>,
}

/// The place among some columns of the one that a heading means.
fn named(kolumner: &[Kolumn], name: &str) -> Option<usize> {
    let folded = fold(name);
    kolumner.iter().position(|k| fold(k.namn) == folded || k.aven.contains(&folded.as_str()))
}

/// The head of a table that has some columns; none where one is missing that a table of them must have.
fn head(table: &import::Table, kolumner: &[Kolumn]) -> Option<rows::Head> {
    let enough = |names: &[String]| {
        let found: Vec<usize> = names.iter().filter_map(|name| named(kolumner, name)).collect();
        found.len() > 1 && kolumner.iter().enumerate().all(|(at, k)| !k.maste || found.contains(&at))
    };
    rows::head(table.rows(), |name| named(kolumner, name), enough)
}

/// The fields whose columns a table has, each once; none where it cannot be read as a table of those columns.
#[must_use]
pub fn falt(table: &import::Table, kolumner: &[Kolumn]) -> Vec<&'static str> {
    let Some(head) = head(table, kolumner) else { return Vec::new() };
    let mut found = Vec::new();
    for at in head.names.iter().filter_map(|name| named(kolumner, name)) {
        if !found.contains(&kolumner[at].falt) {
            found.push(kolumner[at].falt);
        }
    }
    found
}

/// Reads a table by the names of its columns. The sentence says what it lacks.
pub fn las(table: &import::Table, kolumner: &[Kolumn]) -> Result<Tabell, String> {
    let Some(head) = head(table, kolumner) else {
        let must: Vec<String> = kolumner.iter().filter(|k| k.maste).map(|k| format!("”{}”", k.namn)).collect();
        let all: Vec<String> = kolumner.iter().map(|k| k.namn.to_lowercase()).collect();
        let and = |names: &[String]| crate::format::and(&names.iter().map(String::as_str).collect::<Vec<_>>());
        return Err(format!(
            "Tabellen behöver en rubrikrad där {} står. De kolumner som läses är {}.",
            and(&must),
            and(&all)
        ));
    };
    let mut notes: Vec<String> = table.notes().to_vec();
    let (mut places, mut unread) = (Vec::new(), Vec::new());
    for (place, name) in head.names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        match named(kolumner, name) {
            Some(at) if !places.iter().any(|(_, falt)| *falt == kolumner[at].falt) => {
                places.push((place, kolumner[at].falt));
            }
            _ => unread.push(name.as_str()),
        }
    }
    notes.extend(lases_inte_in(&unread));
    let mut body: Vec<(u32, Vec<String>)> =
        table.rows().iter().skip(head.last + 1).map(|row| (row.line, row.cells.clone())).collect();
    not_too_long(body.len())?;
    notes.extend(fill_dittos(body.iter_mut().map(|(line, cells)| (*line, cells)), Alone::Row).note());
    let rader = body.into_iter().map(|(line, mut cells)| {
        let celler = places.iter().filter_map(|(place, falt)| {
            let text = std::mem::take(cells.get_mut(*place)?);
            Some((*falt, text.trim().to_owned())).filter(|(_, text)| !text.is_empty())
        });
        Rad { line, celler: celler.collect() }
    });
    let rader = rader.filter(|rad| !rad.celler.is_empty()).collect();
    Ok(Tabell { rader, falt: places.into_iter().map(|(_, falt)| falt).collect(), notes })
}

/// Refuses more rows than one import takes ([`RADER_MOST`]), in a sentence.
pub fn not_too_long(rader: usize) -> Result<(), String> {
    if rader <= RADER_MOST {
        return Ok(());
    }
    let int = |n: usize| crate::format::int(i64::try_from(n).unwrap_or(i64::MAX));
    let (rader, most) = (int(rader), int(RADER_MOST));
    Err(format!("Tabellen har {rader} rader. En inläsning tar högst {most}: dela upp filen."))
}

/// `Kolumnerna ”Källa” och ”År” läses inte in.`: what is said of the columns that nobody asks for; none where there are none.
#[must_use]
pub fn lases_inte_in(kolumner: &[&str]) -> Option<String> {
    let named: Vec<String> = kolumner.iter().map(|name| format!("”{}”", import::shortened(name, 40))).collect();
    match named.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => None,
        [one] => Some(format!("Kolumnen {one} läses inte in.")),
        many => Some(format!("Kolumnerna {} läses inte in.", crate::format::and(many))),
    }
}

/// What is said of rows that are there already.
#[must_use]
pub fn finns_redan(rader: usize) -> Option<String> {
    match rader {
        0 => None,
        1 => Some("En rad finns redan och läses inte in igen.".to_owned()),
        n => {
            let n = crate::format::capitalised(&crate::apt::finding::in_words(n, false));
            Some(format!("{n} rader finns redan och läses inte in igen."))
        }
    }
}

/// What a question about a table can be answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Val {
    /// The answer, as it is sent.
    pub code: String,
    /// As the user reads it.
    pub label: String,
}

impl Val {
    /// An answer and how it reads.
    #[must_use]
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self { code: code.into(), label: label.into() }
    }
}

/// A question about a table that is read. Its answers are kept by key ([`crate::siffror::inlasning::Svar`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraga {
    /// By which it is answered.
    pub key: String,
    /// The rows it is about, as Excel counts; none for the table as a whole.
    pub rader: Vec<u32>,
    /// A sentence in Swedish.
    pub text: String,
    /// What can be answered.
    pub val: Vec<Val>,
    /// What is proposed; chosen by nobody until it is sent.
    pub foreslaget: Option<String>,
    /// What has been answered.
    pub svar: Option<String>,
    /// Nothing is read in before it is answered. Otherwise the table is read as it stands.
    pub maste: bool,
}

impl Fraga {
    /// Whether it stands in the way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.maste && self.svar.is_none()
    }
}

/// What is wrong with a row, which is not read in before it is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fel {
    /// The row, as Excel counts.
    pub line: u32,
    /// Name of the field.
    pub falt: String,
    /// A sentence in Swedish that says what to do.
    pub text: String,
}

/// What reading a table would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasning<T> {
    /// What its rows become, in the order of the table.
    pub rader: Vec<T>,
    /// What is asked.
    pub fragor: Vec<Fraga>,
    /// What is wrong with which row.
    pub fel: Vec<Fel>,
    /// What to know about the table.
    pub notes: Vec<String>,
}

impl<T> Lasning<T> {
    /// Of a table that nothing has been read of but its heads.
    #[must_use]
    pub const fn new(notes: Vec<String>) -> Self {
        Self { rader: Vec::new(), fragor: Vec::new(), fel: Vec::new(), notes }
    }

    /// Whether it can be read in: nothing is wrong and nothing that must be known is open.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.fel.is_empty() && !self.fragor.iter().any(Fraga::is_open)
    }
}

/// A table of a text as tests write it and the clipboard has it.
#[cfg(test)]
pub(crate) fn of_text(text: &str) -> import::Table {
    let mut table = import::Table::default();
    for record in crate::table::records(text, crate::table::TYPED) {
        table.push(record.line, record.cells);
    }
    table
}
