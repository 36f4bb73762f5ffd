//! Inläsning: a table becomes values of a series. What is new, what is otherwise and what is the same is shown before anything is kept;
//! what cannot be told is asked about once and remembered; sums are compared and not stored; nothing is corrected and nothing guessed
//! (docs/doman.md 10).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    dimension::Dimension,
    serie::Content,
    siffra::{Ny, Plats, Siffra, Verkan},
    slag::Varde,
};
use crate::{import::Table, period::Period, tal::Tal};

mod bedom;
mod cell;
mod egen;
mod fragor;
mod kolumner;
mod las;
mod namn;
mod rutor;
mod sagt;
mod summor;
#[cfg(test)]
mod tests;
pub(super) mod tid;
mod upplagg;

pub use cell::{Cell, Last, cell};
pub(super) use fragor::fits;
pub use las::utan_personnummer;
pub use namn::key as namn_key;
pub use upplagg::Upplagg;

/// The most rows of a table that is read into a series.
pub const ROWS_MOST: usize = super::siffra::IMPORT_MOST;
/// What was answered about the tables of a series, by the keys of the questions. Stored with the series as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Svar {
    svar: BTreeMap<String, String>,
}

/// Their answer is of one table alone: the next has other times.
const OF_ONE_TABLE: [&str; 4] = ["ar", "period", "fel", "andringar"];
/// The most answers that are remembered.
const SVAR_MOST: usize = 2_000;

impl Svar {
    /// An answer.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.svar.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Answers a question; an empty answer is none.
    pub fn set(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            self.svar.remove(key);
        } else if self.svar.len() < SVAR_MOST || self.svar.contains_key(key) {
            self.svar.insert(key.to_owned(), value.to_owned());
        }
    }

    /// These answers, and in their place those of a preview where it has others.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut out = self.clone();
        for (key, value) in &other.svar {
            out.set(key, value);
        }
        out
    }

    /// What is remembered for the next table.
    #[must_use]
    pub fn att_minnas(&self) -> Self {
        let svar = self.svar.iter().filter(|(key, value)| !is_of_one_table(key, value));
        Self { svar: svar.map(|(key, value)| (key.clone(), value.clone())).collect() }
    }

    /// Every question and its answer.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.svar.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// Whether an answer is of one table alone, and not remembered. That a final value may be replaced was said of what stood there then;
/// that it stays is true for the same table next month.
#[must_use]
pub fn is_of_one_table(key: &str, value: &str) -> bool {
    let replaces = key.starts_with("andring:") && value.starts_with(bedom::FIL);
    OF_ONE_TABLE.contains(&key) || key.starts_with("fel:") || replaces
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Val {
    /// As it is sent and remembered.
    pub value: String,
    /// As the user reads it.
    pub label: String,
    /// Whether it is the likeliest, which is offered first and never taken unasked.
    pub foreslas: bool,
}

impl Val {
    fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), foreslas: false }
    }

    fn forslag(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { foreslas: true, ..Self::new(value, label) }
    }
}

/// A question about a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraga {
    /// By which it is answered, see [`Svar`].
    pub key: String,
    /// A sentence in Swedish.
    pub text: String,
    /// What can be answered.
    pub choices: Vec<Val>,
    /// What has been answered.
    pub svar: Option<String>,
    /// Nothing is kept before it is answered. Where it need not be, the table's own figure is kept.
    pub maste: bool,
    /// The period at whose row it is asked; none for the table as a whole.
    pub period: Option<Period>,
    /// The name that it is about, and the place of its dimension among those of the series: the answer is how files call a value.
    pub om: Option<(usize, String)>,
}

impl Fraga {
    /// Whether it stands in the way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.maste && self.svar.is_none()
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fel {
    /// As Excel calls it: B7.
    pub ruta: String,
    /// A sentence in Swedish that names it.
    pub text: String,
    /// The key by which it is left out ([`HOPPA`]).
    pub key: String,
    /// The period of its row, where it has one.
    pub period: Option<Period>,
    /// It is left out.
    pub hoppas: bool,
}

/// The answer by which a cell is left out.
pub const HOPPA: &str = namn::HOPPA;
/// The answer by which a name becomes a new value of its dimension: whoever stores the answer makes the value.
pub const NY: &str = namn::NY;
/// The key by which all faulty cells are left out, see [`Granskning::alla_fel`].
pub const ALLA_FEL: &str = "fel";
/// What the answer begins with by which the columns have the values of the dimension in their order.
pub const ORDNING: &str = "ordning";

/// A column of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kolumn {
    /// The place of its values.
    pub plats: Plats,
    /// What it is called.
    pub namn: String,
}

/// A value of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruta {
    /// The place of its column in [`Granskning::kolumner`].
    pub kolumn: usize,
    /// As Excel calls it.
    pub ruta: String,
    /// What the table says, or what was chosen in its place; none where it is missing.
    pub varde: Option<Varde>,
    /// A word of it.
    pub not: String,
    /// What is there, where it is another.
    pub fore: Option<Varde>,
    /// What it does.
    pub verkan: Verkan,
    /// It is kept as it was, or left out, because somebody said so.
    pub kvar: bool,
    /// The rows of differences point at it.
    pub pekas: bool,
}

/// A sum of the table beside what its parts make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summarad {
    /// Its period; none of a sum over the periods.
    pub period: Option<Period>,
    /// What it sums up, where that is not all: "Bromma".
    pub av: String,
    /// As it is printed.
    pub tryckt: Tal,
    /// What the parts make.
    pub delarna: Tal,
    /// The first sentence about it; empty where both agree.
    pub rubrik: String,
    /// What more can be said: which cell everything points at, or that none can be told.
    pub text: String,
    /// The key of the question about the cell, where there is one.
    pub fraga: Option<String>,
    /// The cell was changed so that it agrees.
    pub rattad: bool,
}

impl Summarad {
    /// Whether it is not what its parts make.
    #[must_use]
    pub fn avviker(&self) -> bool {
        self.tryckt != self.delarna
    }
}

/// A period of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// What time the row is of, as fine as its series says.
    pub period: Period,
    /// The table says that it is preliminary.
    pub preliminar: bool,
    /// Its values, by column.
    pub rutor: Vec<Ruta>,
    /// How many are new, changed, the same, and asked about.
    pub antal: Antal,
}

impl Rad {
    /// Whether all of it is there already.
    #[must_use]
    pub fn is_oforandrad(&self) -> bool {
        self.antal.nya + self.antal.andrade + self.antal.fragas == 0
    }
}

/// How many values do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antal {
    /// Nothing was there.
    pub nya: usize,
    /// Another is there.
    pub andrade: usize,
    /// The same is there, or what is there is kept.
    pub oforandrade: usize,
    /// Asked about.
    pub fragas: usize,
}

/// What reading a table into a series would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granskning {
    /// How the table is laid out; none before that can be told.
    pub upplagg: Option<Upplagg>,
    /// The places of its values, in its order.
    pub kolumner: Vec<Kolumn>,
    /// Its periods, the oldest first.
    pub rader: Vec<Rad>,
    /// Its sums, in the order of the table.
    pub summor: Vec<Summarad>,
    /// Rows of differences that are not what lies between their values, and those that cannot be checked.
    pub andringar: Vec<String>,
    /// How many values do what.
    pub antal: Antal,
    /// The rows of the table that are not values, by their first text.
    pub sparas_inte: Vec<String>,
    /// What is asked, answered or not.
    pub fragor: Vec<Fraga>,
    /// What is wrong with which cell.
    pub fel: Vec<Fel>,
    /// What to know about the table.
    pub notes: Vec<String>,
    /// What is to be written. Empty while something is asked or wrong.
    pub values: Vec<Ny>,
    /// The revision of what each of them replaces; 0 where nothing was there.
    pub revisioner: Vec<i32>,
}

impl Granskning {
    /// The questions that stand in the way.
    pub fn oppna(&self) -> impl Iterator<Item = &Fraga> {
        self.fragor.iter().filter(|fraga| fraga.is_open())
    }

    /// The faults that stand in the way.
    pub fn fel_kvar(&self) -> impl Iterator<Item = &Fel> {
        self.fel.iter().filter(|fel| !fel.hoppas)
    }

    /// The answer by which all faulty cells are left out ([`ALLA_FEL`]): those that were shown, with what is wrong with them, and no others.
    #[must_use]
    pub fn alla_fel(&self) -> String {
        format!("{HOPPA}:{}", crate::seen::seen(self.fel.iter().map(|fel| fel.text.as_str())))
    }

    /// The sums that are not what their parts make, and were not mended.
    pub fn avviker(&self) -> impl Iterator<Item = &Summarad> {
        self.summor.iter().filter(|summa| summa.avviker() && !summa.rattad)
    }

    /// Whether it can be written: nothing is asked or wrong, and there is something.
    #[must_use]
    pub fn kan_sparas(&self) -> bool {
        !self.values.is_empty()
    }

    /// A question by its key.
    #[must_use]
    pub fn fraga(&self, key: &str) -> Option<&Fraga> {
        self.fragor.iter().find(|fraga| fraga.key == key)
    }

    /// The periods at which somebody has to look: changed, asked about, faulty, or with a sum that is off.
    #[must_use]
    pub fn behover(&self) -> Vec<Period> {
        let changed = self.rader.iter().filter(|r| r.antal.andrade + r.antal.fragas > 0).map(|r| r.period);
        let sums = self.avviker().filter_map(|s| s.period);
        let asked = self.oppna().filter_map(|f| f.period).chain(self.fel_kvar().filter_map(|f| f.period));
        let mut all: Vec<Period> = changed.chain(sums).chain(asked).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// A word for what is to be written and what it replaces: what was seen is written, or it is said that something else is there now.
    #[must_use]
    pub fn sett(&self) -> String {
        let said = self.values.iter().zip(&self.revisioner).map(|(ny, revision)| {
            let tal = ny.varde.map_or_else(String::new, |v| format!("{} {:?}", v.tal.stored(), v.mark));
            format!("{} {} {tal} {revision}", ny.period, ny.plats)
        });
        let said: Vec<String> = said.collect();
        crate::seen::seen(said.iter().map(String::as_str))
    }
}

/// What a table is held against.
#[derive(Clone, Copy, Debug)]
pub struct Underlag<'a> {
    /// The series.
    pub content: &'a Content,
    /// Its dimensions, in its order.
    pub dims: &'a [Dimension],
    /// What is there.
    pub siffror: &'a [Siffra],
    /// What was answered, before and in this preview.
    pub svar: &'a Svar,
    /// The day.
    pub today: NaiveDate,
}

/// What reading a table into a series would do. The fault is a sentence about the table as a whole.
pub fn granska(table: &Table, underlag: &Underlag<'_>) -> Result<Granskning, String> {
    let last = las::las(table, underlag)?;
    bedom::bedom(last, underlag)
}
