//! Frisläppt: the counts of cases that everybody may read, handler or not, logged in or passing a wall.
//!
//! # The promise
//!
//! Whoever reads every figure that has ever been shown, and adds and subtracts them as they like, knows of no month and of
//! no class with one to four cases more than that it has so few. It is kept by three things:
//!
//! 1. **A figure is released once and then never moves.** It is a snapshot ([`Frislappt`]): what is assessed anew, removed or
//!    written later does not reach it, so no two moments can be subtracted.
//! 2. **Months are joined until five have been registered** ([`manader`]), and everything else is about whole such runs
//!    ([`delar`]), so no total holds a month that is not shown. A case belongs to the day on which the *server* took it in:
//!    who types an earlier day does not reach a month that is over.
//! 3. **What is shown of a run's cases follows [`skydd`]**: kinds, causes, processes, the unit's own words and how long they
//!    took, once for each tertial that has ended, and with the rest of the year where a tertial has fewer than twenty.
//!
//! [`Redovisat`] is the one type that pages read such counts from. It is made of releases and of nothing else.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    Kategori, Kind, Kinds, Orsak,
    register::Counts,
    skydd::{closed, marks, small, suppress},
};
use crate::{format, redovisning::MINST};

/// A tertial with fewer waits for the rest of its year.
pub const TERTIAL_MINST: i64 = 20;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Manad(i64);

impl Manad {
    /// The month 1–12 of a year.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Self {
        Self(i64::from(year) * 12 + i64::from(month.clamp(1, 12)) - 1)
    }

    /// The month of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self::new(day.year(), day.month())
    }

    /// As it is stored: months since the year 0.
    #[must_use]
    pub const fn code(self) -> i64 {
        self.0
    }

    /// The month of a stored number.
    #[must_use]
    pub const fn from_code(code: i64) -> Self {
        Self(code)
    }

    /// The calendar year that it lies in.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::try_from(self.0.div_euclid(12)).unwrap_or_default()
    }

    /// 1–12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::try_from(self.0.rem_euclid(12) + 1).unwrap_or(1)
    }

    /// The month after, over New Year too.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The last month of its tertial.
    #[must_use]
    const fn tertial_end(self) -> Self {
        Self(self.0.div_euclid(4) * 4 + 3)
    }
}

/// `mars`, `mars–maj`, and with years where they are not those of the heading: `november 2025–januari`.
#[must_use]
pub fn label(first: Manad, last: Manad, year: i32) -> String {
    let name = |m: Manad, year: i32| match format::month_name(m.month()) {
        name if m.year() == year => name.to_owned(),
        name => format!("{name} {}", m.year()),
    };
    if first == last { name(last, year) } else { format!("{}–{}", name(first, year), name(last, year)) }
}

/// Months after each other that have ended, joined until five cases were registered, and how many were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manader {
    first: Manad,
    last: Manad,
    n: i64,
}

/// What is told of the cases of some [`Manader`] after each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Del {
    first: Manad,
    last: Manad,
    n: i64,
    kinds: [Option<i64>; Kind::ALL.len()],
    ivo: Option<i64>,
    imy: Option<i64>,
    orsaker: Vec<(Orsak, Option<i64>)>,
    processer: Tabell,
    handelsetyper: Tabell,
    tider: Tabell,
    klagomal: Option<Vec<PerKategori>>,
    synpunkter: Option<Vec<PerKategori>>,
}

/// A year whose counts were typed in or pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ar {
    year: i32,
    n: i64,
    kinds: [Option<i64>; Kind::ALL.len()],
    ivo: Option<i64>,
    imy: Option<i64>,
    /// Whether the whole is a sum of what is known only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    delvis: bool,
}

/// Classes that are shown, and how many cases are in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabell {
    rader: Vec<(String, i64)>,
    rest: i64,
}

/// What a klagomål or a synpunkt is about, and how many are.
pub type PerKategori = (Kategori, Option<i64>);

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frislappt {
    /// How many in some months.
    Manader(Manader),
    /// What they were.
    Del(Box<Del>),
    /// A year from before.
    Ar(Ar),
}

/// Everything that everybody may read of a unit's cases in numbers. There is no way to one but by what was released.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redovisat {
    manader: Vec<Manader>,
    delar: Vec<Del>,
    ar: Vec<Ar>,
}

/// Cases that are alike in all that a [`Del`] asks about, and how many they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Underlag {
    /// Whether somebody has assessed them. The kinds of those that wait are not counted.
    pub assessed: bool,
    /// What they are.
    pub kinds: Kinds,
    /// Of a klagomål or a synpunkt.
    pub kategori: Option<Kategori>,
    /// Reported to IVO.
    pub ivo: bool,
    /// Reported to IMY.
    pub imy: bool,
    /// The process; may be empty.
    pub process: String,
    /// The unit's own word; may be empty.
    pub handelsetyp: String,
    /// Days from in to closed, of those that are closed.
    pub lead_days: Option<i64>,
    /// How many cases are so alike.
    pub n: i64,
}

/// How long cases took, up to and with so many days.
const TIDER: [(i64, &str); 5] = [
    (14, "Högst två veckor"),
    (30, "15–30 dagar"),
    (60, "31–60 dagar"),
    (90, "61–90 dagar"),
    (i64::MAX, "Mer än 90 dagar"),
];

/// The runs that can be released today, from the first month that is not, given how many cases were registered in each
/// month. What is left at the end waits. The label of a run tells nothing of months without any: it begins where the one
/// before ended.
#[must_use]
pub fn manader(from: Manad, today: NaiveDate, registered: &BTreeMap<Manad, i64>) -> Vec<Manader> {
    let (mut out, mut first, mut n) = (vec![], from, 0);
    let mut month = from;
    while month < Manad::of(today) {
        n += registered.get(&month).copied().unwrap_or(0).max(0);
        if n >= MINST {
            out.push(Manader { first, last: month, n });
            (first, n) = (month.next(), 0);
        }
        month = month.next();
    }
    out
}

/// From and to which month something more can be told today, and of how many cases, given the runs after the last that it
/// was told of, in order. A tertial that has ended with twenty or more is told of by itself; one with fewer makes its year
/// wait until it has ended.
#[must_use]
pub fn delar(runs: &[Manader], today: NaiveDate) -> Vec<(Manad, Manad, i64)> {
    let Some(mut end) = runs.first().map(|r| r.last.tertial_end()) else { return vec![] };
    let (mut out, mut waiting, mut carried) = (vec![], Vec::<Manader>::new(), false);
    let mut runs = runs.iter().peekable();
    while end < Manad::of(today) {
        while let Some(run) = runs.next_if(|r| r.last <= end) {
            waiting.push(*run);
        }
        let n: i64 = waiting.iter().map(|r| r.n).sum();
        let over = end.month() == 12;
        if let (Some(first), Some(last)) = (waiting.first(), waiting.last()) {
            if over || (!carried && n >= TERTIAL_MINST) {
                out.push((first.first, last.last, n));
                waiting.clear();
                carried = false;
            } else {
                carried = true;
            }
        }
        end = end.next().tertial_end();
    }
    out
}

/// What is counted under each kind, and what of it went to IVO and IMY, as everybody sees it. The others of the three are
/// what is not it; missförhållanden and personuppgiftsincidenter overlap among the avvikelser.
fn kinds(whole: i64, counts: &Counts) -> ([Option<i64>; Kind::ALL.len()], Option<i64>, Option<i64>) {
    let of = |kind| counts.of(kind);
    let top = marks(whole, &[of(Kind::Avvikelse), of(Kind::Klagomal), of(Kind::Synpunkt)]);
    let at = |shown: &[Option<i64>], i: usize| shown.get(i).copied().flatten();
    let avvikelse = at(&top, 0);
    let among = |whole: Option<i64>, parts: &[i64]| whole.map_or(vec![], |whole| marks(whole, parts));
    let parts = among(avvikelse, &[of(Kind::LexSarah), of(Kind::Pui)]);
    let (lex_sarah, pui) = (at(&parts, 0), at(&parts, 1));
    let shown = Kind::ALL.map(|kind| match kind {
        Kind::Avvikelse => avvikelse,
        Kind::LexSarah => lex_sarah,
        Kind::Pui => pui,
        Kind::Klagomal => at(&top, 1),
        Kind::Synpunkt => at(&top, 2),
    });
    (shown, at(&among(lex_sarah, &[counts.ivo]), 0), at(&among(pui, &[counts.imy]), 0))
}

/// The classes of a table: the most first, the rest in one.
fn tabell<'a>(whole: i64, words: impl Iterator<Item = (&'a str, i64)>) -> Tabell {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for (word, n) in words.filter(|(word, _)| !word.is_empty()) {
        *counts.entry(word).or_default() += n;
    }
    let shown = suppress(whole, &counts.values().copied().collect::<Vec<_>>());
    let rader: Vec<(String, i64)> =
        counts.into_keys().zip(shown).filter_map(|(word, n)| n.map(|n| (word.to_owned(), n))).collect();
    let rest = whole - rader.iter().map(|(_, n)| n).sum::<i64>();
    Tabell { rader: super::register::ranked(rader), rest }
}

impl Del {
    /// What is told of the cases from one month to another. `None` when they are not as many as were released: then
    /// something is wrong, and nothing more is told.
    #[must_use]
    pub fn new(
        (first, last, n): (Manad, Manad, i64),
        cases: &[Underlag],
        orsaker: &BTreeMap<Orsak, i64>,
    ) -> Option<Self> {
        let sum = |keep: &dyn Fn(&Underlag) -> bool| cases.iter().filter(|c| keep(c)).map(|c| c.n).sum::<i64>();
        if small(n) || sum(&|_| true) != n {
            return None;
        }
        let has = |c: &Underlag, kind| c.assessed && c.kinds.has(kind);
        let counts = Counts {
            total: n,
            kinds: Kind::ALL.map(|kind| sum(&|c| has(c, kind))),
            ivo: sum(&|c| has(c, Kind::LexSarah) && c.ivo),
            imy: sum(&|c| has(c, Kind::Pui) && c.imy),
            ..Counts::default()
        };
        let (kinds, ivo, imy) = kinds(n, &counts);
        let by_orsak = Orsak::ALL.map(|orsak| orsaker.get(&orsak).copied().unwrap_or(0));
        let by_kategori = |kind: Kind| {
            let whole = Kind::ALL.iter().zip(kinds).find(|(k, _)| **k == kind).and_then(|(_, n)| n)?;
            let counts = Kategori::ALL.map(|k| sum(&|c| has(c, kind) && c.kategori == Some(k)));
            let shown = closed(whole, &counts)?;
            Some(Kategori::ALL.into_iter().zip(shown).collect())
        };
        let tid = |days: i64| TIDER.into_iter().find(|(most, _)| days <= *most).map_or("", |(_, word)| word);
        Some(Self {
            first,
            last,
            n,
            kinds,
            ivo,
            imy,
            orsaker: Orsak::ALL.into_iter().zip(marks(n, &by_orsak)).collect(),
            processer: tabell(n, cases.iter().map(|c| (c.process.as_str(), c.n))),
            handelsetyper: tabell(n, cases.iter().map(|c| (c.handelsetyp.as_str(), c.n))),
            tider: tabell(n, cases.iter().map(|c| (c.lead_days.map_or("", tid), c.n))),
            klagomal: by_kategori(Kind::Klagomal),
            synpunkter: by_kategori(Kind::Synpunkt),
        })
    }
}

impl Ar {
    /// A year from before. `None` where there are so few that nothing is told.
    #[must_use]
    pub fn new(year: i32, counts: &Counts) -> Option<Self> {
        // hidden as if all were shown: what is blank stands here as the least that it can be. One to four of a kind that is
        // blank are in no sum either: who reads the kinds when all have been given would know of them from the sum before
        let mut told = *counts;
        for ((kind, n), blank) in Kind::ALL.into_iter().zip(&mut told.kinds).zip(counts.tomma.kinds) {
            if blank && small(*n) && matches!(kind, Kind::Avvikelse | Kind::Klagomal | Kind::Synpunkt) {
                told.total -= *n;
                *n = 0;
            }
        }
        let (mut kinds, mut ivo, mut imy) = kinds(told.total, &told);
        // and what nobody has given is not shown, as none or as its least
        kinds.iter_mut().zip(counts.tomma.kinds).filter(|(_, blank)| *blank).for_each(|(n, _)| *n = None);
        ivo = ivo.filter(|_| !counts.tomma.ivo);
        imy = imy.filter(|_| !counts.tomma.imy);
        let (n, delvis) = (told.total, counts.is_partial());
        (counts.total == 0 || n >= MINST).then_some(Self { year, n, kinds, ivo, imy, delvis })
    }

    /// Whether these counts may take the place of those that were released: where each figure that is shown, and what it
    /// leaves of the whole, is as it was or five or more away.
    #[must_use]
    pub fn may_become(&self, new: &Self) -> bool {
        let far = |a: i64, b: i64| !small((a - b).abs());
        let pairs = self.kinds.iter().zip(&new.kinds).chain([(&self.ivo, &new.ivo), (&self.imy, &new.imy)]);
        far(self.n, new.n)
            && pairs.into_iter().all(|(a, b)| match (a, b) {
                (Some(a), Some(b)) => far(*a, *b) && far(self.n - a, new.n - b),
                _ => true,
            })
    }
}

mod redovisat;

#[cfg(test)]
mod attack;
#[cfg(test)]
mod tests;
