//! Register: counts of cases. An event that is of several kinds is counted once in the total and once under each kind, so
//! the kinds together may be more than the total; the same holds for causes.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Kategori, Kind, Kinds};
use crate::{
    field::{Checker, FieldError},
    organisation::swedish_order,
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
    /// How many cases are so alike.
    pub n: i64,
}

/// How many cases, exactly: in all and of each kind. For those who handle them.
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
    /// Which of them nobody has given, of a year from before. There the count is the least that it can be, with what is among
    /// it, and is never shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tomma: Tomma,
    /// Whether some of what was added has blanks that the sum does not have: one of two units has given it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delvis: bool,
    /// Praise and klagomål by category, of a year from before where somebody has given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kategorier: Option<PerAr>,
}

/// Praise and klagomål of a year in the order of [`Kategori::ALL`]; none where nobody has given it.
pub type PerAr = [[Option<i64>; 2]; Kategori::ALL.len()];

/// Counts that nobody has given: they are no zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tomma {
    /// In the order of [`Kind::ALL`].
    pub kinds: [bool; Kind::ALL.len()],
    /// Reported to IVO.
    pub ivo: bool,
    /// Reported to IMY.
    pub imy: bool,
}

/// Whether there is nothing to write: a count from before blanks were kept is read and written as it was.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Tomma {
    /// Of two that are added: what one of them has is shown, and is a sum of what is known.
    fn and(self, other: Self) -> Self {
        let mut kinds = self.kinds;
        kinds.iter_mut().zip(other.kinds).for_each(|(own, other)| *own &= other);
        Self { kinds, ivo: self.ivo && other.ivo, imy: self.imy && other.imy }
    }
}

impl Counts {
    /// Under each kind; none where nobody has given it.
    #[must_use]
    pub fn known_kinds(&self) -> [Option<i64>; Kind::ALL.len()] {
        let mut out = self.kinds.map(Some);
        out.iter_mut().zip(self.tomma.kinds).filter(|(_, blank)| *blank).for_each(|(n, _)| *n = None);
        out
    }

    /// Reported to IVO and to IMY; none where nobody has given it.
    #[must_use]
    pub fn known_myndigheter(&self) -> [Option<i64>; 2] {
        [(!self.tomma.ivo).then_some(self.ivo), (!self.tomma.imy).then_some(self.imy)]
    }

    /// Whether the total is a sum of what is known only: nobody has given how many there were of one of the three that it is of.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        let blank = |kind: Kind| Kind::ALL.iter().zip(self.tomma.kinds).any(|(k, blank)| *k == kind && blank);
        self.delvis || [Kind::Avvikelse, Kind::Klagomal, Kind::Synpunkt].into_iter().any(blank)
    }

    /// How many there are of a kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> i64 {
        Kind::ALL.iter().zip(self.kinds).find(|(k, _)| **k == kind).map_or(0, |(_, n)| n)
    }

    /// Both together. Where one of them has a blank it is a sum of what is known.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.delvis = self.is_partial() || other.is_partial();
        self.total += other.total;
        for (n, more) in self.kinds.iter_mut().zip(other.kinds) {
            *n += more;
        }
        self.ivo += other.ivo;
        self.imy += other.imy;
        self.tomma = self.tomma.and(other.tomma);
        // of two units' categories only what both have given is given
        self.kategorier = self.kategorier.zip(other.kategorier).map(|(mut own, other)| {
            for (n, more) in own.iter_mut().flatten().zip(other.iter().flatten()) {
                *n = n.zip(*more).map(|(n, more)| n + more);
            }
            own
        });
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
    words.sort_by_cached_key(|(word, n)| (std::cmp::Reverse(*n), swedish_order(word)));
    words
}

/// How long closed cases took, in days from in to closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadTime {
    /// How many are closed.
    pub n: i64,
    /// Half of them took at most so long; of an even number the longer of the two in the middle.
    pub median: i64,
    /// Days that the slowest of them took.
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
    /// The calendar year in which the cases came in.
    pub year: i32,
    /// Of the cases that came in that year.
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

/// The counts of a year from before, as a form or a row of a file sends them. Empty is not known, and no zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct YearForm {
    /// 2022.
    pub year: String,
    /// Klagomål, and synpunkter that are no praise.
    pub klagomal: String,
    /// Synpunkter that are praise.
    pub positiva: String,
    /// The table of klagomål and synpunkter: category, praise, klagomål.
    pub kategorier: String,
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
    let mut read = |field: &str, text: &str| check.int(field, text, 0..=1_000_000);
    let klagomal = read("klagomal", &form.klagomal);
    let positiva = read("positiva", &form.positiva);
    let avvikelser = read("avvikelser", &form.avvikelser);
    let lex_sarah = read("lex_sarah", &form.lex_sarah);
    let pui = read("pui", &form.pui);
    let ivo = read("ivo", &form.ivo);
    let imy = read("imy", &form.imy);
    let kategorier = read_kategorier(&mut check, &form.kategorier);
    let sum = |at: usize| kategorier.iter().flatten().filter_map(|row| row[at]).sum::<i64>();
    for (given, at, name) in [(positiva, 0, "positiva synpunkterna"), (klagomal, 1, "klagomålen")] {
        if given.is_some_and(|n| sum(at) > n) {
            let n = given.unwrap_or_default();
            let told = format!("I tabellen per kategori är {name} tillsammans {}, men året har {n}.", sum(at));
            check.error("kategorier", told);
        }
    }
    // what nobody knows is at least what is known to be among it
    let known = [klagomal, positiva, avvikelser, lex_sarah, pui, ivo, imy];
    let least = |given: Option<i64>, among: i64| given.unwrap_or(among);
    let (ivo_least, imy_least) = (least(ivo, 0), least(imy, 0));
    let (lex_least, pui_least) = (least(lex_sarah, ivo_least), least(pui, imy_least));
    let avvikelser_least = least(avvikelser, lex_least.max(pui_least));
    for (field, part, whole, message) in [
        (
            "lex_sarah",
            lex_least,
            avvikelser_least,
            "Missförhållandena räknas bland avvikelserna och kan inte vara fler.",
        ),
        (
            "pui",
            pui_least,
            avvikelser_least,
            "Personuppgiftsincidenterna räknas bland avvikelserna och kan inte vara fler.",
        ),
        ("ivo", ivo_least, lex_least, "Fler kan inte vara anmälda till IVO än det finns missförhållanden."),
        ("imy", imy_least, pui_least, "Fler kan inte vara anmälda till IMY än det finns personuppgiftsincidenter."),
    ] {
        if part > whole {
            check.error(field, message);
        }
    }
    if known == [None; 7] && kategorier.is_none() && !check.has_errors() {
        check.error("avvikelser", "Skriv minst ett antal. Det som ingen vet lämnas tomt.");
    }
    // a table of categories tells the least that there were
    let (klagomal_least, positiva_least) = (least(klagomal, sum(1)), least(positiva, sum(0)));
    let mut counts = Counts {
        total: avvikelser_least + klagomal_least + positiva_least,
        ivo: ivo_least,
        imy: imy_least,
        kategorier,
        ..Counts::default()
    };
    (counts.tomma.ivo, counts.tomma.imy) = (ivo.is_none(), imy.is_none());
    for ((kind, n), blank) in Kind::ALL.into_iter().zip(&mut counts.kinds).zip(&mut counts.tomma.kinds) {
        let (given, known_least) = match kind {
            Kind::Avvikelse => (avvikelser, avvikelser_least),
            Kind::LexSarah => (lex_sarah, lex_least),
            Kind::Pui => (pui, pui_least),
            Kind::Klagomal => (klagomal, klagomal_least),
            Kind::Synpunkt => (positiva, positiva_least),
        };
        (*n, *blank) = (known_least, given.is_none());
    }
    let year = year.and_then(|y| i32::try_from(y).ok()).unwrap_or(today.year());
    check.finish((year, counts))
}

/// The table of klagomål and synpunkter as it is typed: a row for each category, empty where nobody has given it.
#[must_use]
pub fn kategori_text(kategorier: Option<&PerAr>) -> String {
    let cell = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let row = |(at, k): (usize, Kategori)| {
        let [positive, klagomal] = kategorier.and_then(|all| all.get(at)).copied().unwrap_or_default();
        format!("{}; {}; {}", k.label(), cell(positive), cell(klagomal))
    };
    Kategori::ALL.into_iter().enumerate().map(row).collect::<Vec<_>>().join("\n")
}

impl YearForm {
    /// A year as it is written, to be changed.
    #[must_use]
    pub fn of(year: i32, counts: &Counts) -> Self {
        let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let of =
            |kind: Kind| Kind::ALL.iter().zip(counts.known_kinds()).find(|(k, _)| **k == kind).and_then(|(_, n)| n);
        let [ivo, imy] = counts.known_myndigheter().map(text);
        Self {
            year: year.to_string(),
            klagomal: text(of(Kind::Klagomal)),
            positiva: text(of(Kind::Synpunkt)),
            kategorier: kategori_text(counts.kategorier.as_ref()),
            avvikelser: text(of(Kind::Avvikelse)),
            lex_sarah: text(of(Kind::LexSarah)),
            pui: text(of(Kind::Pui)),
            ivo,
            imy,
        }
    }
}

mod kategorier;
pub use kategorier::is_unknown;
use kategorier::read_kategorier;

#[cfg(test)]
mod tests;
