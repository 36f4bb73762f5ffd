//! Register: counts of cases. An event that is of several kinds is counted once in the total and once under each kind, so
//! the kinds together may be more than the total; the same holds for causes.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Kategori, Kind, Kinds};
use crate::{
    field::{Checker, FieldError},
    organisation::swedish_key,
};

/// Cases that are alike in all that counts ask about, and how many they are. Nothing of their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The year they came in.
    pub year: i32,
    /// The month, 1–12.
    pub month: u32,
    /// What they are.
    pub kinds: Kinds,
    /// Of a klagomål or a synpunkt.
    pub kategori: Option<Kategori>,
    /// Whether they are praise.
    pub positive: bool,
    /// Whether they were reported to IVO.
    pub ivo: bool,
    /// Whether they were reported to IMY.
    pub imy: bool,
    /// How many.
    pub n: i64,
}

/// How many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Events, each once.
    pub total: i64,
    /// Under each kind, in the order of [`Kind::ALL`].
    pub kinds: [i64; Kind::ALL.len()],
    /// Reported to IVO.
    pub ivo: i64,
    /// Reported to IMY.
    pub imy: i64,
}

impl Counts {
    /// How many there are of a kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> i64 {
        Kind::ALL.iter().zip(self.kinds).find(|(k, _)| **k == kind).map_or(0, |(_, n)| n)
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.total += other.total;
        for (n, more) in self.kinds.iter_mut().zip(other.kinds) {
            *n += more;
        }
        self.ivo += other.ivo;
        self.imy += other.imy;
        self
    }

    fn add(&mut self, head: &Group) {
        self.total += head.n;
        for (kind, n) in Kind::ALL.into_iter().zip(&mut self.kinds) {
            *n += if head.kinds.has(kind) { head.n } else { 0 };
        }
        self.ivo += if head.ivo { head.n } else { 0 };
        self.imy += if head.imy { head.n } else { 0 };
    }
}

/// Counts cases.
#[must_use]
pub fn count<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Counts {
    let mut counts = Counts::default();
    groups.into_iter().for_each(|group| counts.add(group));
    counts
}

/// The months of a year, January first.
#[must_use]
pub fn by_month(groups: &[Group], year: i32) -> [Counts; 12] {
    let mut months = [Counts::default(); 12];
    for group in groups.iter().filter(|g| g.year == year) {
        if let Some(month) = months.get_mut((group.month as usize).wrapping_sub(1)) {
            month.add(group);
        }
    }
    months
}

/// A row of the table of klagomål and synpunkter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KategoriRow {
    /// What they are about.
    pub kategori: Kategori,
    /// Praise.
    pub positive: i64,
    /// Synpunkter that are no praise.
    pub synpunkter: i64,
    /// Klagomål.
    pub klagomal: i64,
}

/// The table of klagomål and synpunkter, one row for each category.
#[must_use]
pub fn by_kategori<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Vec<KategoriRow> {
    let rows = Kategori::ALL.map(|kategori| KategoriRow { kategori, positive: 0, synpunkter: 0, klagomal: 0 });
    let mut rows = rows.to_vec();
    for group in groups.into_iter().filter(|g| g.kinds.is_from_outside()) {
        let Some(row) = rows.iter_mut().find(|r| Some(r.kategori) == group.kategori) else { continue };
        if group.kinds.has(Kind::Klagomal) {
            row.klagomal += group.n;
        } else if group.positive {
            row.positive += group.n;
        } else {
            row.synpunkter += group.n;
        }
    }
    rows
}

/// Words with how many have each: the most first, then in the order of the alphabet.
#[must_use]
pub fn ranked(mut words: Vec<(String, i64)>) -> Vec<(String, i64)> {
    words.sort_by_cached_key(|(word, n)| (std::cmp::Reverse(*n), swedish_key(word)));
    words
}

/// How long closed cases took, in days from in to closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTime {
    /// How many are closed.
    pub n: i64,
    /// Half of them took at most so long; of an even number the longer of the two in the middle.
    pub median: i64,
    /// The longest.
    pub longest: i64,
}

/// The lead times of closed cases, given how many took so many days; `None` where none is closed.
#[must_use]
pub fn lead_time(closed: &[(i64, i64)]) -> Option<LeadTime> {
    let mut closed: Vec<(i64, i64)> = closed.iter().copied().filter(|(_, n)| *n > 0).collect();
    closed.sort_unstable();
    let n: i64 = closed.iter().map(|(_, n)| n).sum();
    let longest = closed.last()?.0;
    let mut before = 0;
    let middle = closed.iter().find(|(_, some)| {
        before += some;
        before > n / 2
    });
    Some(LeadTime { n, median: middle?.0, longest })
}

/// A year of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// How many.
    pub counts: Counts,
    /// Whether the figures were imported from before.
    pub imported: bool,
}

/// Year against year, the earliest first: the cases, and for years without any what was imported.
#[must_use]
pub fn by_year(groups: &[Group], imported: &[(i32, Counts)]) -> Vec<Year> {
    let mut years: BTreeMap<i32, Year> =
        imported.iter().map(|(year, counts)| (*year, Year { year: *year, counts: *counts, imported: true })).collect();
    for group in groups {
        let year = group.year;
        let own = Year { year, counts: Counts::default(), imported: false };
        let row = years.entry(year).or_insert(own);
        if row.imported {
            *row = own;
        }
        row.counts.add(group);
    }
    years.into_values().collect()
}

/// The counts of a year from before, as a form or a row of a file sends them. Empty is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct YearForm {
    /// 2022.
    pub year: String,
    /// Klagomål and synpunkter.
    pub klagomal: String,
    /// Avvikelser, those below among them.
    pub avvikelser: String,
    /// Those that were missförhållanden.
    pub lex_sarah: String,
    /// Those that were personuppgiftsincidenter.
    pub pui: String,
    /// Reported to IVO.
    pub ivo: String,
    /// Reported to IMY.
    pub imy: String,
}

/// Checks the counts of a year from before. What lies among the avvikelser is not added to the total.
pub fn check_year(form: &YearForm, today: NaiveDate) -> Result<(i32, Counts), Vec<FieldError>> {
    let mut check = Checker::default();
    let year = check.int("year", &form.year, i64::from(crate::year::FIRST)..=i64::from(today.year()));
    if form.year.trim().is_empty() {
        check.error("year", "Skriv vilket år.");
    }
    let mut read = |field: &str, text: &str| check.int(field, text, 0..=1_000_000).unwrap_or(0);
    let klagomal = read("klagomal", &form.klagomal);
    let avvikelser = read("avvikelser", &form.avvikelser);
    let lex_sarah = read("lex_sarah", &form.lex_sarah);
    let pui = read("pui", &form.pui);
    let ivo = read("ivo", &form.ivo);
    let imy = read("imy", &form.imy);
    for (field, part, whole, message) in [
        ("lex_sarah", lex_sarah, avvikelser, "Missförhållandena räknas bland avvikelserna och kan inte vara fler."),
        ("pui", pui, avvikelser, "Personuppgiftsincidenterna räknas bland avvikelserna och kan inte vara fler."),
        ("ivo", ivo, lex_sarah, "Fler kan inte vara anmälda till IVO än det finns missförhållanden."),
        ("imy", imy, pui, "Fler kan inte vara anmälda till IMY än det finns personuppgiftsincidenter."),
    ] {
        if part > whole {
            check.error(field, message);
        }
    }
    let mut counts = Counts { total: avvikelser + klagomal, ivo, imy, ..Counts::default() };
    for (kind, n) in Kind::ALL.into_iter().zip(&mut counts.kinds) {
        *n = match kind {
            Kind::Avvikelse => avvikelser,
            Kind::LexSarah => lex_sarah,
            Kind::Pui => pui,
            Kind::Klagomal => klagomal,
            Kind::Synpunkt => 0,
        };
    }
    let year = year.and_then(|y| i32::try_from(y).ok()).unwrap_or(today.year());
    check.finish((year, counts))
}

#[cfg(test)]
mod tests;
