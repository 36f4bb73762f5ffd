//! Reference: what a list of cases holds, and the recognition of persons in it. Units write births as `060606` and
//! `111111 M`; such a list is refused, with the rows numbered instead and kön taken from the letter or the digit.

use std::collections::HashMap;

use crate::{
    kon::Kon,
    table::{NOTHING_ABOVE, is_ditto},
};

mod person;
mod read;

pub use person::names_person;
use person::{Mark, is_bare, kon_of, mark};
pub(crate) use read::is_reference;

/// The most rows of a list.
pub const ROWS_MAX: usize = 20_000;
/// The longest reference, in characters.
const REFERENCE_MAX: usize = 60;

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the case is called.
    pub reference: String,
    /// Kön, where the list says it.
    pub kon: Option<Kon>,
    /// Name or initials of the handläggare, where the list says it.
    pub handlaggare: String,
}

/// A list of cases, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The rows in order; the first has row number 1.
    pub rows: Vec<Row>,
    /// The rows, as indices, whose kön is not certain, with what stands there.
    pub asked: Vec<(usize, String)>,
    /// What was passed by or filled in while it was read, in sentences.
    pub notes: Vec<String>,
    /// What stands for kön in each row, where any is asked about: which question it is depends on all of them.
    said: Vec<String>,
}

/// What is wrong with a list, in the order it is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No row at all.
    Empty,
    /// More than [`ROWS_MAX`]; how many there are.
    TooMany(usize),
    /// Rows (counted from 1) that hold a personnummer or a birth.
    Persons(Vec<usize>),
    /// Rows (counted from 1) whose kön is not certain, and what stands there, each text once.
    Kon(Vec<usize>, Vec<String>),
    /// Rows (counted from 1) with a ditto mark that nothing stands above.
    Dittos(Vec<usize>),
    /// References that stand more than once, with their rows.
    Twice(Vec<(String, Vec<usize>)>),
    /// A reference that is a whole text; its row.
    TooLong(usize),
}

impl Fault {
    /// What the user reads.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Empty => {
                "Listan är tom. Klistra in ärendena, en rad per ärende, eller skriv hur många de är.".to_owned()
            }
            Self::TooMany(n) => format!(
                "Listan har {} rader. Högst {} läses in. Skriv i stället hur många ärendena är, så dras radnummer i din \
                 egen lista.",
                crate::format::int(i64::try_from(*n).unwrap_or(i64::MAX)),
                crate::format::int(i64::try_from(ROWS_MAX).unwrap_or(i64::MAX))
            ),
            Self::Persons(rows) => format!(
                "{} ser ut som personnummer eller födelsedatum. De har inte sparats. Raderna är nu numrerade i stället, \
                 med kön där det framgick. Dra så här, eller klistra in en lista med ärendenummer.",
                in_words(rows)
            ),
            Self::Kon(rows, texts) => format!(
                "{}: kön står som {}. Välj under listan hur det ska läsas, eller skriv K eller M på raderna.",
                in_words(rows),
                texts.iter().take(3).map(|t| format!("”{t}”")).collect::<Vec<_>>().join(", ")
            ),
            Self::Dittos(rows) => format!("{}: {NOTHING_ABOVE}", in_words(rows)),
            Self::Twice(twice) => {
                let named = twice.iter().take(3).map(|(reference, rows)| {
                    let named: Vec<String> = rows.iter().take(5).map(ToString::to_string).collect();
                    let more = rows.len() - named.len();
                    let more = if more > 0 { format!(" och {more} till") } else { String::new() };
                    format!("{reference} (rad {}{more})", named.join(" och "))
                });
                let more = if twice.len() > 3 { format!(" och {} till", twice.len() - 3) } else { String::new() };
                let named: Vec<String> = named.collect();
                format!(
                    "Samma ärende står flera gånger: {}{more}. Ta bort dubbletterna, annars är det lättare att bli dragen.",
                    named.join(", ")
                )
            }
            Self::TooLong(row) => {
                format!(
                    "Rad {row} är längre än {REFERENCE_MAX} tecken. Skriv bara ärendets nummer, ingen text om ärendet."
                )
            }
        }
    }
}

fn in_words(rows: &[usize]) -> String {
    let named: Vec<String> = rows.iter().take(5).map(ToString::to_string).collect();
    match rows.len() {
        1 => format!("Rad {}", named[0]),
        n if n > 5 => format!("Rad {} och {} rader till", named.join(", "), n - 5),
        _ => {
            let (last, first) = named.split_last().map_or(("", &[] as &[String]), |(l, f)| (l.as_str(), f));
            format!("Rad {} och {last}", first.join(", "))
        }
    }
}

impl List {
    /// Whether it can be drawn from.
    pub fn check(&self) -> Result<(), Fault> {
        if self.rows.is_empty() {
            return Err(Fault::Empty);
        }
        if self.rows.len() > ROWS_MAX {
            return Err(Fault::TooMany(self.rows.len()));
        }
        let persons = self.persons();
        if !persons.is_empty() {
            return Err(Fault::Persons(persons));
        }
        let is_one = |row: &Row| is_ditto(&row.reference) || is_ditto(&row.handlaggare);
        let dittos: Vec<usize> = (1..).zip(&self.rows).filter(|(_, row)| is_one(row)).map(|(i, _)| i).collect();
        if !dittos.is_empty() {
            return Err(Fault::Dittos(dittos));
        }
        if !self.asked.is_empty() {
            let mut texts: Vec<String> = Vec::new();
            for (_, text) in &self.asked {
                if texts.len() < 3 && !texts.contains(text) {
                    texts.push(text.clone());
                }
            }
            return Err(Fault::Kon(self.asked.iter().map(|(i, _)| i + 1).collect(), texts));
        }
        if let Some(long) = self.rows.iter().position(|r| r.reference.chars().count() > REFERENCE_MAX) {
            return Err(Fault::TooLong(long + 1));
        }
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, row) in self.rows.iter().enumerate() {
            places.entry(row.reference.to_lowercase()).or_default().push(i + 1);
        }
        let mut twice: Vec<(String, Vec<usize>)> = places
            .into_values()
            .filter(|rows| rows.len() > 1)
            .map(|rows| (self.rows[rows[0] - 1].reference.clone(), rows))
            .collect();
        twice.sort_by_key(|(_, rows)| rows[0]);
        if twice.is_empty() { Ok(()) } else { Err(Fault::Twice(twice)) }
    }

    /// The rows, counted from 1, that name a person. Six or eight bare digits may be a case number that happens to read
    /// as a date: they count when at least half of the bare numbers of that length in the list do.
    #[must_use]
    pub fn persons(&self) -> Vec<usize> {
        let marks: Vec<Mark> = self.rows.iter().map(|row| mark(&row.reference)).collect();
        let bare = |digits: usize| self.rows.iter().filter(|r| is_bare(&r.reference, digits)).count();
        let maybe = |digits: usize| {
            std::iter::zip(&self.rows, &marks)
                .filter(|(r, m)| is_bare(&r.reference, digits) && **m == Mark::Maybe)
                .count()
        };
        let counts = [6, 8, 10].map(|digits| (digits, 2 * maybe(digits) >= bare(digits)));
        let mut rows: Vec<usize> = std::iter::zip(&self.rows, &marks)
            .enumerate()
            .filter(|(_, (row, mark))| match mark {
                Mark::Sure => true,
                Mark::Maybe => counts.iter().any(|(digits, counts)| *counts && is_bare(&row.reference, *digits)),
                Mark::No => false,
            })
            .map(|(i, _)| i + 1)
            .collect();
        // a name column may hold one as well
        rows.extend((1..).zip(&self.rows).filter(|(_, r)| mark(&r.handlaggare) == Mark::Sure).map(|(i, _)| i));
        // and the column of kön, when the columns are others than their heads say: what is asked about is repeated
        rows.extend(self.asked.iter().filter(|(_, text)| mark(text) != Mark::No).map(|(i, _)| i + 1));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The same cases without what they are called: "Rad 1", "Rad 2", with kön from the list, the letter or the digit.
    #[must_use]
    pub fn numbered(&self) -> Self {
        let rows: Vec<Row> = (1..)
            .zip(&self.rows)
            .map(|(i, row)| Row {
                reference: format!("Rad {i}"),
                kon: row.kon.or_else(|| kon_of(&row.reference)),
                handlaggare: if mark(&row.handlaggare) == Mark::Sure { String::new() } else { row.handlaggare.clone() },
            })
            .collect();
        let asked = self.asked.iter().filter(|(i, text)| rows[*i].kon.is_none() && mark(text) == Mark::No);
        let asked = asked.cloned().collect();
        let said = self.said.iter().map(|text| if mark(text) == Mark::No { text.clone() } else { String::new() });
        Self { said: said.collect(), rows, asked, notes: self.notes.clone() }
    }
}

#[cfg(test)]
mod tests;
