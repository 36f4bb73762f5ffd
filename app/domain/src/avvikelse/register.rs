//! Register: counts of cases. An event that is of several kinds is counted once in the total and once under each kind, so
//! the kinds together may be more than the total; the same holds for causes.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Kategori, Kind, Kinds, Orsak, State};
use crate::{
    field::{Checker, FieldError},
    organisation::swedish_key,
};

/// What counts ask of a case. Nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What it is.
    pub kinds: Kinds,
    /// How far it has come.
    pub state: State,
    /// The day it came in: the month it is counted in.
    pub inkommen: NaiveDate,
    /// The day it was closed.
    pub avslutad: Option<NaiveDate>,
    /// What lay behind.
    pub orsaker: Vec<Orsak>,
    /// The unit's own word for what happened; may be empty.
    pub handelsetyp: String,
    /// The process; may be empty.
    pub process: String,
    /// Of a klagomål or a synpunkt.
    pub kategori: Option<Kategori>,
    /// Whether it is praise.
    pub positive: bool,
    /// Whether it was reported to IVO.
    pub ivo: bool,
    /// Whether it was reported to IMY.
    pub imy: bool,
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

    fn add(&mut self, head: &Head) {
        self.total += 1;
        for (kind, n) in Kind::ALL.into_iter().zip(&mut self.kinds) {
            *n += i64::from(head.kinds.has(kind));
        }
        self.ivo += i64::from(head.ivo);
        self.imy += i64::from(head.imy);
    }
}

/// Counts cases.
#[must_use]
pub fn count<'a>(heads: impl IntoIterator<Item = &'a Head>) -> Counts {
    let mut counts = Counts::default();
    heads.into_iter().for_each(|head| counts.add(head));
    counts
}

/// The months of a year, January first.
#[must_use]
pub fn by_month(heads: &[Head], year: i32) -> [Counts; 12] {
    let mut months = [Counts::default(); 12];
    for head in heads.iter().filter(|h| h.inkommen.year() == year) {
        if let Some(month) = months.get_mut(head.inkommen.month0() as usize) {
            month.add(head);
        }
    }
    months
}

/// For each cause how many events have it, those without any last. An event with several causes is under each.
#[must_use]
pub fn by_orsak(heads: &[Head]) -> Vec<(Option<Orsak>, i64)> {
    let of = |keep: &dyn Fn(&Head) -> bool| i64::try_from(heads.iter().filter(|h| keep(h)).count()).unwrap_or(i64::MAX);
    let mut out: Vec<_> =
        Orsak::ALL.into_iter().map(|orsak| (Some(orsak), of(&|h| h.orsaker.contains(&orsak)))).collect();
    out.push((None, of(&|h| h.orsaker.is_empty())));
    out
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
pub fn by_kategori(heads: &[Head]) -> Vec<KategoriRow> {
    let rows = Kategori::ALL.map(|kategori| KategoriRow { kategori, positive: 0, synpunkter: 0, klagomal: 0 });
    let mut rows = rows.to_vec();
    for head in heads.iter().filter(|h| h.kinds.is_from_outside()) {
        let Some(row) = rows.iter_mut().find(|r| Some(r.kategori) == head.kategori) else { continue };
        if head.kinds.has(Kind::Klagomal) {
            row.klagomal += 1;
        } else if head.positive {
            row.positive += 1;
        } else {
            row.synpunkter += 1;
        }
    }
    rows
}

/// How many events have each word, the most first; those without any are not there.
fn by_word(heads: &[Head], word: fn(&Head) -> &str) -> Vec<(&str, i64)> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for word in heads.iter().map(word).filter(|w| !w.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    let mut out: Vec<_> = counts.into_iter().collect();
    out.sort_by_cached_key(|(word, n)| (std::cmp::Reverse(*n), swedish_key(word)));
    out
}

/// How many events have each of the unit's own words, the most first.
#[must_use]
pub fn by_handelsetyp(heads: &[Head]) -> Vec<(&str, i64)> {
    by_word(heads, |h| &h.handelsetyp)
}

/// How many events belong to each process, the most first.
#[must_use]
pub fn by_process(heads: &[Head]) -> Vec<(&str, i64)> {
    by_word(heads, |h| &h.process)
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

/// The lead times of closed cases; `None` where none is closed.
#[must_use]
pub fn lead_time(heads: &[Head]) -> Option<LeadTime> {
    let closed = heads.iter().filter(|h| h.state == State::Avslutad);
    let mut days: Vec<i64> = closed.filter_map(|h| Some((h.avslutad? - h.inkommen).num_days().max(0))).collect();
    days.sort_unstable();
    let longest = *days.last()?;
    let median = *days.get(days.len() / 2)?;
    Some(LeadTime { n: i64::try_from(days.len()).unwrap_or(i64::MAX), median, longest })
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
pub fn by_year(heads: &[Head], imported: &[(i32, Counts)]) -> Vec<Year> {
    let mut years: BTreeMap<i32, Year> =
        imported.iter().map(|(year, counts)| (*year, Year { year: *year, counts: *counts, imported: true })).collect();
    for head in heads {
        let year = head.inkommen.year();
        let own = Year { year, counts: Counts::default(), imported: false };
        let row = years.entry(year).or_insert(own);
        if row.imported {
            *row = own;
        }
        row.counts.add(head);
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
    let year = check.int("year", &form.year, 1990..=i64::from(today.year()));
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
