//! Import: a unit's own table, from Excel, CSV or the clipboard, becomes rows of an egenkontrollplan or internkontrollplan.
//!
//! Owns what the columns are called, how their words are read and what the preview says of every row. Nothing is
//! written from here: the preview lists what would be new, and the store writes that when the user has confirmed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    counted::{CountFrom, Fate},
    permission::Area,
};

mod cell;
mod column;
mod egenkontroll;
mod fill;
mod internkontroll;
mod names;
mod number;
mod read;
pub mod sheets;
mod table;
mod there;
mod word;

pub use cell::Cell;
pub use column::{Column, fold, recognised};
pub use egenkontroll::{cells as egenkontroll_cells, read as read_egenkontroll};
pub use internkontroll::{cells as internkontroll_cells, read as read_internkontroll};
pub use names::Names;
pub use read::{Options, Read};
pub use table::{Mark, Row, Table};
pub use word::{rhythm_of, shortened};

/// The most rows one import takes. A unit's plan has some tens.
pub const ROWS_MAX: usize = 2_000;
/// The most rows of a file that are looked at: many sheets are numbered far below what is filled in.
pub const LOOKED_AT_MAX: usize = 20_000;
/// The most columns a table has.
pub const COLUMNS_MAX: usize = crate::table::CELLS_MAX;

/// Which plan a table is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Egenkontrollplan.
    Egenkontroll,
    /// Internkontrollplan.
    Internkontroll,
}

impl Plan {
    crate::every! {
        /// Both plans.
        Egenkontroll, Internkontroll
    }

    /// As in URLs and on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.area().code()
    }

    /// The plan of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }

    /// The area whose permissions count.
    #[must_use]
    pub fn area(self) -> Area {
        match self {
            Self::Egenkontroll => Area::Egenkontroll,
            Self::Internkontroll => Area::Internkontroll,
        }
    }

    /// As the user reads it: "egenkontrollplan".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Egenkontroll => "egenkontrollplan",
            Self::Internkontroll => "internkontrollplan",
        }
    }

    /// The columns, in the order of export and template.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Egenkontroll => column::EGENKONTROLL,
            Self::Internkontroll => column::INTERNKONTROLL,
        }
    }
}

/// Whether a table looks like a plan of either kind: two columns of one are named where a head may be.
#[must_use]
pub fn looks_like_a_plan(table: &Table) -> bool {
    table.rows.iter().take(crate::rows::WITHIN).any(|row| {
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        recognised(&cells) >= 2
    })
}

/// The tables of a file that can be meant: those with the header of the plan, or else the one that looks most like it.
#[must_use]
pub fn meant(plan: Plan, tables: Vec<Table>) -> Vec<Table> {
    let (meant, others): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(|table| table.is_plan(plan));
    if !meant.is_empty() {
        return meant;
    }
    let best = others.iter().position(looks_like_a_plan).unwrap_or(0);
    others.into_iter().skip(best).take(1).collect()
}

/// A cell in clean characters without blanks round it; line breaks stay.
fn clean(text: &str) -> String {
    crate::text::clean(text).trim().to_owned()
}

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The row, as Excel counts.
    pub line: u32,
    /// What the file calls the column; empty when the row as a whole is meant.
    pub column: String,
    /// A sentence in Swedish that says what to do.
    pub message: String,
}

impl Problem {
    /// Where it is, in words: "Rad 7, Målvärde (%)".
    #[must_use]
    pub fn place(&self) -> String {
        if self.column.is_empty() {
            format!("Rad {}", self.line)
        } else {
            format!("Rad {}, {}", self.line, self.column)
        }
    }
}

/// What happens to a row when the user confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is written.
    New,
    /// The plan has it: left as it is.
    AlreadyThere,
    /// An earlier row of the file is the same.
    Duplicate,
    /// The file says that it is not part of the plan.
    NotInPlan,
    /// Something must be mended first.
    Faulty,
}

impl Verdict {
    /// As the user reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "Ny",
            Self::AlreadyThere => "Finns redan",
            Self::Duplicate => "Dubblett",
            Self::NotInPlan => "Hoppas över",
            Self::Faulty => "Behöver rättas",
        }
    }
}

/// What would become of one row of the file, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// The row, as Excel counts.
    pub line: u32,
    /// Its cells, one for each of [`Preview::columns`].
    pub cells: Vec<String>,
    /// What happens to it.
    pub verdict: Verdict,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Why it is left out, or what to know about it; may be empty.
    pub note: String,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The columns that were recognised, as the file calls them, in its order.
    pub columns: Vec<String>,
    /// Every row of the file below the header.
    pub rows: Vec<PreviewRow>,
    /// What to know about the file as a whole.
    pub notes: Vec<String>,
    /// How many rows have a date outside the year of the plan, so that moving them helps.
    pub outside_year: usize,
    /// What becomes of the occurrences of the new rows, counted as is chosen.
    pub fate: Fate,
    /// How many of the new rows have no occurrence left this year, counted as is chosen.
    pub without: usize,
    /// What else can be chosen, and how many occurrences that makes late; empty where there is nothing to choose.
    pub choices: Vec<(CountFrom, usize)>,
}

impl Preview {
    /// How many rows a verdict has.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|r| r.verdict == verdict).count()
    }

    /// Every problem, in the order of the file.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.rows.iter().flat_map(|r| &r.problems)
    }

    /// What happens at once when it is confirmed: occurrences that nobody can carry out in time any more.
    #[must_use]
    pub fn late_sentence(&self, today: NaiveDate) -> Option<String> {
        let day = crate::format::day_month(today);
        match self.fate.late {
            0 => None,
            1 => Some(format!(
                "1 tillfälle blir försenat direkt: dess tid har redan gått ut (i dag är det {day}). Är det redan gjort bockar ni av det \
                 efteråt. Ska det inte vara med: räkna planen från i dag."
            )),
            n => Some(format!(
                "{} tillfällen blir försenade direkt: deras tid har redan gått ut (i dag är det {day}). De som redan är gjorda bockar ni \
                 av efteråt. Ska de inte vara med: räkna planen från i dag.",
                column::in_words(n)
            )),
        }
    }

    /// What is not taken in, because its time had passed on the day that is counted from.
    #[must_use]
    pub fn left_out_sentence(&self, counted: CountFrom, today: NaiveDate) -> Option<String> {
        let said = match self.fate.left_out {
            0 => return None,
            1 => "1 tillfälle som redan har passerat tas inte med".to_owned(),
            n => format!("{} tillfällen som redan har passerat tas inte med", column::in_words(n)),
        };
        let without = match self.without {
            0 => String::new(),
            1 => " 1 kontroll har inget tillfälle kvar i år. Den står i planen och följer med när den kopieras."
                .to_owned(),
            n => format!(
                " {n} kontroller har inget tillfälle kvar i år. De står i planen och följer med när den kopieras."
            ),
        };
        Some(format!("Planen räknas {}: {said}.{without}", counted.words(today)))
    }

    /// "7 nya rader, 0 finns redan, 1 behöver rättas".
    #[must_use]
    pub fn sentence(&self) -> String {
        let new = self.count(Verdict::New);
        let mut parts = vec![
            if new == 1 { "1 ny rad".to_owned() } else { format!("{new} nya rader") },
            format!("{} finns redan", self.count(Verdict::AlreadyThere)),
            format!("{} behöver rättas", self.count(Verdict::Faulty)),
        ];
        match self.count(Verdict::Duplicate) {
            0 => {}
            1 => parts.push("1 dubblett".to_owned()),
            n => parts.push(format!("{n} dubbletter")),
        }
        match self.count(Verdict::NotInPlan) {
            0 => {}
            n => parts.push(format!("{n} hoppas över")),
        }
        parts.join(", ")
    }
}

/// "1 rad" or "7 rader".
#[must_use]
pub fn rows_in_words(n: usize) -> String {
    if n == 1 { "1 rad".to_owned() } else { format!("{n} rader") }
}

#[cfg(test)]
mod seen;
#[cfg(test)]
mod tests;
