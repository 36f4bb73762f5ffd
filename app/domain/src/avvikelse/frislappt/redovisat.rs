//! What pages read of the releases.

use super::{Ar, Del, Frislappt, Manad, Manader, PerKategori, Redovisat, Tabell, label};
use crate::avvikelse::{Kind, Orsak};

impl Redovisat {
    /// Everything that was released of a unit.
    #[must_use]
    pub fn of(releases: impl IntoIterator<Item = Frislappt>) -> Self {
        let mut out = Self::default();
        for release in releases {
            match release {
                Frislappt::Manader(m) => out.manader.push(m),
                Frislappt::Del(d) => out.delar.push(*d),
                Frislappt::Ar(a) => out.ar.push(a),
            }
        }
        out.manader.sort_by_key(|m| m.first);
        out.delar.sort_by_key(|d| d.first);
        out.ar.sort_by_key(|a| a.year);
        out
    }

    /// Whether nothing has been released.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { manader, delar, ar } = self;
        manader.is_empty() && delar.is_empty() && ar.is_empty()
    }

    /// The runs that end in a year: what they are called and how many.
    #[must_use]
    pub fn manader(&self, year: i32) -> Vec<(String, i64)> {
        let of_year = self.manader.iter().filter(|m| m.last.year() == year);
        of_year.map(|m| (label(m.first, m.last, year), m.n)).collect()
    }

    /// How many in the runs that end in a year: the sum of what is shown. `None` where there is none.
    #[must_use]
    pub fn total(&self, year: i32) -> Option<i64> {
        let mut of_year = self.manader.iter().filter(|m| m.last.year() == year).peekable();
        of_year.peek()?;
        Some(of_year.map(|m| m.n).sum())
    }

    /// The last month that a year's total holds.
    #[must_use]
    pub fn until(&self, year: i32) -> Option<Manad> {
        self.manader.iter().filter(|m| m.last.year() == year).map(|m| m.last).max()
    }

    /// The run that a month is counted in, with what it is called in that month's year; none where it waits for more.
    #[must_use]
    pub fn som_har(&self, month: Manad) -> Option<(String, i64)> {
        let run = self.manader.iter().find(|m| m.first <= month && month <= m.last)?;
        Some((label(run.first, run.last, month.year()), run.n))
    }

    /// What is told of the cases of a year, part by part.
    #[must_use]
    pub fn delar(&self, year: i32) -> Vec<&Del> {
        self.delar.iter().filter(|d| d.last.year() == year).collect()
    }

    /// Every part, the latest first.
    pub fn alla_delar(&self) -> impl Iterator<Item = &Del> {
        self.delar.iter().rev()
    }

    /// The years that were typed in or pasted, the latest first.
    pub fn ar(&self) -> impl Iterator<Item = &Ar> {
        self.ar.iter().rev()
    }
}

impl Manader {
    /// Its first month.
    #[must_use]
    pub fn first(&self) -> Manad {
        self.first
    }

    /// Its last month.
    #[must_use]
    pub fn last(&self) -> Manad {
        self.last
    }

    /// How many cases.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.n
    }
}

impl Del {
    /// Its last month.
    #[must_use]
    pub fn last(&self) -> Manad {
        self.last
    }

    /// The year it is shown under.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.last.year()
    }

    /// The months, in words.
    #[must_use]
    pub fn label(&self) -> String {
        label(self.first, self.last, self.year())
    }

    /// How many cases.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.n
    }

    /// Under each kind, in the order of [`Kind::ALL`].
    #[must_use]
    pub fn kinds(&self) -> [Option<i64>; Kind::ALL.len()] {
        self.kinds
    }

    /// Reported to IVO, and to IMY.
    #[must_use]
    pub fn myndigheter(&self) -> [Option<i64>; 2] {
        [self.ivo, self.imy]
    }

    /// Under each cause.
    #[must_use]
    pub fn orsaker(&self) -> &[(Orsak, Option<i64>)] {
        &self.orsaker
    }

    /// By process.
    #[must_use]
    pub fn processer(&self) -> &Tabell {
        &self.processer
    }

    /// By the unit's own words.
    #[must_use]
    pub fn handelsetyper(&self) -> &Tabell {
        &self.handelsetyper
    }

    /// How long they took.
    #[must_use]
    pub fn tider(&self) -> &Tabell {
        &self.tider
    }

    /// Klagomål and synpunkter by what they are about; none where that is not shown.
    #[must_use]
    pub fn kategorier(&self) -> [Option<&[PerKategori]>; 2] {
        [self.klagomal.as_deref(), self.synpunkter.as_deref()]
    }
}

impl Ar {
    /// The calendar year that the counts are of.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Events of the year, each once.
    #[must_use]
    pub fn n(&self) -> i64 {
        self.n
    }

    /// Whether that is a sum of what is known only.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.delvis
    }

    /// Under each kind, in the order of [`Kind::ALL`].
    #[must_use]
    pub fn kinds(&self) -> [Option<i64>; Kind::ALL.len()] {
        self.kinds
    }

    /// Reported to IVO, and to IMY.
    #[must_use]
    pub fn myndigheter(&self) -> [Option<i64>; 2] {
        [self.ivo, self.imy]
    }
}

impl Tabell {
    /// The classes that are shown, the most first.
    #[must_use]
    pub fn rader(&self) -> &[(String, i64)] {
        &self.rader
    }

    /// How many cases are in none of them.
    #[must_use]
    pub fn rest(&self) -> i64 {
        self.rest
    }
}
