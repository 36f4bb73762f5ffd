//! Summa: what rows make together, by kind and netto, reckoned each time and never kept. A sum tells how many of its rows are
//! blank, and is set against a budget only where the same rows have both: half an outcome against a whole budget would look like
//! money left.

use std::collections::HashMap;

use super::{
    avvikelse::Avvikelse,
    belopp::{Art, Belopp},
    fraga::Fraga,
    jamford::is_off,
    konto::{Content, Rad, RadId, Radslag, Verksamhet, VerksamhetId},
    manad::{self, Manadsbudget},
    tid::Tid,
};
use crate::tal::Tal;

/// What several amounts make together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summa {
    /// Of those that have a figure; blank where none has.
    pub tal: Option<Tal>,
    /// How many have one.
    pub av: usize,
    /// How many rows that are in use at the time lack one.
    pub saknas: usize,
    /// It is too large to be kept, and so blank.
    pub for_stor: bool,
}

impl Summa {
    /// Of amounts; `None` is a row that is in use and blank.
    #[must_use]
    pub fn of(parts: impl IntoIterator<Item = Option<Tal>>) -> Self {
        let (mut known, mut saknas) = (Vec::new(), 0);
        for part in parts {
            match part {
                Some(tal) => known.push(tal),
                None => saknas += 1,
            }
        }
        let av = known.len();
        let sum = Tal::checked_sum(known);
        Self { tal: sum.filter(|_| av > 0), av, saknas, for_stor: sum.is_none() }
    }

    /// The sum where no row lacks its part.
    #[must_use]
    pub fn hel(self) -> Option<Tal> {
        self.tal.filter(|_| self.saknas == 0)
    }
}

/// What a line of an account is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Del {
    /// A row.
    Rad(RadId),
    /// The rows of a kind of a verksamhet.
    Grupp(VerksamhetId, Radslag),
    /// Netto of a verksamhet: its costs − its income.
    Verksamhet(VerksamhetId),
    /// The rows of a kind of all verksamheter.
    Alla(Radslag),
    /// Netto of the account.
    Netto,
}

/// What is typed for months and for what is reported.
const TYPED: [Art; 2] = [Art::Budget, Art::Utfall];
/// What is parted among the months.
const YEAR: (Tid, Art) = (Tid::Bokslut, Art::Budget);

/// An account with its amounts.
#[derive(Clone, Debug)]
pub struct Konto<'a> {
    /// Its unit, its signs and its rows.
    pub content: &'a Content,
    belopp: HashMap<(RadId, Tid, Art), &'a Belopp>,
    forecasts: HashMap<RadId, Vec<&'a Belopp>>,
    months: HashMap<RadId, Manadsbudget>,
}

impl<'a> Konto<'a> {
    /// With all amounts that are kept of it, in any order. Of two of one row, time and kind the later in the list counts.
    #[must_use]
    pub fn new(content: &'a Content, all: &'a [Belopp]) -> Self {
        let belopp: HashMap<_, _> = all.iter().map(|b| ((b.rad, b.tid, b.art), b)).collect();
        let mut forecasts: HashMap<RadId, Vec<&Belopp>> = HashMap::new();
        for b in belopp.values().filter(|b| b.art == Art::Prognos && b.tal.is_some()) {
            forecasts.entry(b.rad).or_default().push(b);
        }
        for made in forecasts.values_mut() {
            made.sort_by_key(|b| b.tid.ordinal());
        }
        let kept = |rad, tid| belopp.get(&(rad, tid, Art::Budget)).and_then(|b| b.tal);
        let months = content.rader().map(|(_, rad)| (rad.id, manad::budget(content.enhet, |tid| kept(rad.id, tid))));
        let months = months.collect();
        Self { content, belopp, forecasts, months }
    }

    /// The budget of a row by its months.
    #[must_use]
    pub fn months(&self, rad: RadId) -> Option<&Manadsbudget> {
        self.months.get(&rad)
    }

    /// What is kept of a row at a time.
    #[must_use]
    pub fn kept(&self, rad: RadId, tid: Tid, art: Art) -> Option<&'a Belopp> {
        self.belopp.get(&(rad, tid, art)).copied()
    }

    /// All that is kept of it, in no order.
    pub fn belopp(&self) -> impl Iterator<Item = &'a Belopp> + '_ {
        self.belopp.values().copied()
    }

    /// The amount of a row. A budget that is not typed is its months', which the year's is parted into ([`manad`]); an outcome of
    /// several months is their sum where each has one; a forecast is the last that was made until then.
    #[must_use]
    pub fn rad(&self, rad: RadId, tid: Tid, art: Art) -> Option<Tal> {
        if art == Art::Prognos {
            return self.forecast(rad, tid).and_then(|b| b.tal);
        }
        if let Some(kept) = self.kept(rad, tid, art).and_then(|b| b.tal) {
            return Some(kept);
        }
        self.of_months(rad, tid, art)
    }

    /// The last forecast of a row that was made until a time.
    #[must_use]
    pub fn forecast(&self, rad: RadId, tid: Tid) -> Option<&'a Belopp> {
        let made = self.forecasts.get(&rad)?;
        made.iter().rev().find(|b| b.tid.ordinal() <= tid.ordinal()).copied()
    }

    /// The time at which it is seen until somebody chooses another: the last of which there is an outcome or a forecast, and the report
    /// that a month closes where its outcome is whole. The year where there is no more than a budget.
    #[must_use]
    pub fn senaste(&self) -> Tid {
        let known = self.belopp.values().filter(|b| b.art != Art::Budget && b.tal.is_some()).map(|b| b.tid);
        let Some(last) = known.max_by_key(|tid| tid.ordinal()) else { return Tid::Bokslut };
        let is_whole = |tid: &Tid| self.summa(Del::Netto, *tid, Art::Utfall).hel().is_some();
        let closed = Tid::all().find(|tid| tid.is_report() && tid.last() == last.last());
        closed.filter(is_whole).unwrap_or(last)
    }

    /// The rows that a line is of.
    #[must_use]
    pub fn rader(&self, del: Del) -> Vec<&'a Rad> {
        let belongs = |v: &Verksamhet, rad: &Rad| match del {
            Del::Rad(id) => rad.id == id,
            Del::Grupp(id, slag) => v.id == id && rad.slag == slag,
            Del::Verksamhet(id) => v.id == id,
            Del::Alla(slag) => rad.slag == slag,
            Del::Netto => true,
        };
        self.content.rader().filter(|(v, rad)| belongs(v, rad)).map(|(_, rad)| rad).collect()
    }

    /// What kind of line it is: netto has the signs of a cost.
    #[must_use]
    pub fn slag(&self, del: Del) -> Radslag {
        match del {
            Del::Rad(id) => self.content.rad(id).map_or(Radslag::Netto, |(_, rad)| rad.slag),
            Del::Grupp(_, slag) | Del::Alla(slag) => slag,
            Del::Verksamhet(_) | Del::Netto => Radslag::Netto,
        }
    }

    /// Whether a row is in use at a time: it has a budget or an outcome then, or a forecast of the year.
    #[must_use]
    pub fn is_in_use(&self, rad: RadId, tid: Tid) -> bool {
        Art::ALL.into_iter().any(|art| self.rad(rad, tid, art).is_some() || self.rad(rad, Tid::Bokslut, art).is_some())
    }

    /// The sum of a line. Rows that are blank in every column are no part of it.
    #[must_use]
    pub fn summa(&self, del: Del, tid: Tid, art: Art) -> Summa {
        self.of_rows(del, tid, |rad| self.rad(rad.id, tid, art))
    }

    pub(super) fn of_rows(&self, del: Del, tid: Tid, value: impl Fn(&Rad) -> Option<Tal>) -> Summa {
        let is_netto = matches!(del, Del::Verksamhet(_) | Del::Netto);
        let sign = |rad: &Rad, tal: Tal| if is_netto { rad.slag.in_netto(tal) } else { tal };
        let rows = self.rader(del).into_iter().filter(|rad| self.is_in_use(rad.id, tid));
        Summa::of(rows.map(|rad| value(rad).map(|tal| sign(rad, tal))))
    }

    /// What a line of a month or a report is set against: the outcome, against the budget of the same months. None where a row
    /// has one of the two alone.
    #[must_use]
    pub fn avvikelse(&self, del: Del, tid: Tid) -> Option<Avvikelse> {
        let [budget, utfall] = [Art::Budget, Art::Utfall].map(|art| self.summa(del, tid, art).hel());
        Avvikelse::of(self.slag(del), budget, utfall)
    }

    /// How the last forecast until a time stands against the year's budget; none where a row has one of the two alone. At the
    /// bokslut the last forecast of the year.
    #[must_use]
    pub fn prognosavvikelse(&self, del: Del, tid: Tid) -> Option<Avvikelse> {
        let prognos = self.of_rows(del, Tid::Bokslut, |rad| self.rad(rad.id, tid, Art::Prognos)).hel();
        Avvikelse::of(self.slag(del), self.summa(del, Tid::Bokslut, Art::Budget).hel(), prognos)
    }

    /// What is asked where an amount or a sum is larger than that of any unit ([`super::enhet::Enhet::asked`]), until somebody has said that
    /// the unit of the account is right.
    #[must_use]
    pub fn asked(&self) -> Option<Fraga> {
        let sums = Art::ALL.into_iter().filter_map(|art| self.summa(Del::Netto, Tid::Bokslut, art).tal);
        let all = self.belopp().filter_map(|b| b.tal).chain(sums);
        let largest = all.max_by_key(|tal| tal.stored().unsigned_abs())?;
        self.content.enhet.asked(largest).filter(|_| !self.content.enhet_bekraftad)
    }

    /// What is wrong with the account as a whole, in sentences: months that do not make their year, and outcomes of a tertial or
    /// the year that are not what their months make, within half a step of the last decimal for each month. Nothing is corrected.
    #[must_use]
    pub fn avvikande(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (v, rad) in self.content.rader() {
            let namn = format!("{}, {}", rad.namn, v.namn);
            out.extend(self.months(rad.id).and_then(|months| months.said(&namn, self.content.enhet)));
            out.extend(self.shrunk(rad.id, &namn));
            for (tid, art) in Tid::all().filter(|tid| tid.is_report()).flat_map(|tid| TYPED.map(|art| (tid, art))) {
                // the year's budget is told with its months
                let Some(typed) = self.kept(rad.id, tid, art).and_then(|b| b.tal).filter(|_| (tid, art) != YEAR) else {
                    continue;
                };
                let Some(parts) = self.parts(rad.id, tid, art) else { continue };
                if let Some(made) = Tal::checked_sum(parts.iter().copied()).filter(|made| is_off(typed, *made, &parts))
                {
                    let [typed, made] = [typed, made].map(|tal| self.content.enhet.said(tal));
                    let (art, tid) = (art.label(), tid.label());
                    out.push(format!("{art} för {namn} är {typed} för {tid}, men månaderna ger {made}."));
                }
            }
        }
        out
    }

    /// What is said of an outcome of January–August that is less than that of January–April.
    fn shrunk(&self, rad: RadId, namn: &str) -> Option<String> {
        let [first, second] = [Tid::T1, Tid::T2].map(|tid| self.rad(rad, tid, Art::Utfall));
        let (first, second) = first.zip(second).filter(|(first, second)| second < first)?;
        let [first, second] = [first, second].map(|tal| self.content.enhet.said(tal));
        Some(format!(
            "Utfall för {namn} är {first} för tertial 1 men {second} för tertial 2. Tertial 2 är januari till och med augusti."
        ))
    }

    /// What the months of a time make; none where one of them is blank.
    fn of_months(&self, rad: RadId, tid: Tid, art: Art) -> Option<Tal> {
        Tal::checked_sum(self.parts(rad, tid, art)?)
    }

    /// The months of a time; none where one of them is blank.
    fn parts(&self, rad: RadId, tid: Tid, art: Art) -> Option<Vec<Tal>> {
        let of_month = |month| match art {
            Art::Budget => self.months(rad)?.of(month),
            _ => self.kept(rad, Tid::Manad(month), art)?.tal,
        };
        tid.months().map(of_month).collect()
    }

    /// Whether an amount that a line is made of at a time will be replaced.
    #[must_use]
    pub fn is_preliminar(&self, del: Del, tid: Tid, art: Art) -> bool {
        let will = |rad: &Rad, tid| self.kept(rad.id, tid, art).is_some_and(|b| b.preliminar && b.tal.is_some());
        let known = |rad: &Rad| self.kept(rad.id, tid, art).is_some_and(|b| b.tal.is_some());
        // what was typed of the whole counts, and then its months do not
        let months = |rad: &Rad| !known(rad) && tid.months().any(|month| will(rad, Tid::Manad(month)));
        self.rader(del).into_iter().any(|rad| will(rad, tid) || months(rad))
    }

    /// Whether somebody has commented on a row's outcome at a time: a report asks for no more of it. A word that stood in a cell
    /// explains no deviation ("Preliminärt", "ca 6 miljoner"), and what was said of a budget or a forecast none of the outcome.
    #[must_use]
    pub fn has_comment(&self, rad: RadId, tid: Tid) -> bool {
        self.kept(rad, tid, Art::Utfall).is_some_and(|b| !b.kommentar.is_empty())
    }

    /// What was told in words in the cells of a line's rows at a time and commented on, each with the name of its row.
    #[must_use]
    pub fn noter(&self, del: Del, tid: Tid) -> Vec<(&'a str, &'a str)> {
        let of = |rad: &'a Rad| {
            let kept = Art::ALL.into_iter().filter_map(move |art| self.kept(rad.id, tid, art));
            let said = kept.flat_map(|b| [b.not.as_str(), b.kommentar.as_str()]).filter(|said| !said.is_empty());
            said.map(move |said| (rad.namn.as_str(), said))
        };
        self.rader(del).into_iter().flat_map(of).collect()
    }
}
