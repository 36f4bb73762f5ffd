//! Tabell: the table behind the picture of a series. A value with what it is against the time before and the same time last year,
//! the tertials and the year, and the totals that nobody has stored (docs/doman.md 10).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    dimension::{Dimension, DimensionsvardeId},
    forandring::{Forandring, forandring},
    harledd::Tidsserie,
    serie::Content,
    siffra::Siffra,
    slag::{Langre, Mark, Sammanlagd, Varde, langre},
};
use crate::{
    format,
    period::{Grain, Period},
    tal::Tal,
};

/// How a value stands against another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mot {
    /// One of the two has no value.
    Inget,
    /// Something was counted otherwise between them.
    Brott,
    /// The change.
    Andring(Forandring),
}

impl Mot {
    /// `+8 (+2,4 %)`, `över brott`, or nothing.
    #[must_use]
    pub fn said(&self, content: &Content) -> String {
        match self {
            Self::Inget => String::new(),
            Self::Brott => "över brott".to_owned(),
            Self::Andring(change) => change.said(content.slag, content.decimaler),
        }
    }

    /// Whether one of the two will be replaced.
    #[must_use]
    pub fn preliminar(&self) -> bool {
        matches!(self, Self::Andring(change) if change.preliminar)
    }
}

/// A column of the table: a time and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// The time.
    pub period: Period,
    /// Its value; none breaks the line.
    pub varde: Option<Varde>,
    /// Against the time before.
    pub mot_fore: Mot,
    /// Against the same time last year; weeks have none.
    pub mot_fjol: Mot,
}

/// How the value of one time stands against another's.
#[must_use]
pub fn mot(content: &Content, values: &Tidsserie, now: Period, other: Option<Period>) -> Mot {
    let known = other.and_then(|other| Some((other, *values.get(&other)?, *values.get(&now)?)));
    match known {
        None => Mot::Inget,
        Some((other, ..)) if !content.jamforbara(other, now) => Mot::Brott,
        Some((_, before, now)) => Mot::Andring(forandring(content.slag, before, now)),
    }
}

/// The columns between two times, the earliest first; times without a value are there too, so that a gap is seen. Of more than
/// [`MOST`] the newest: how many are left out is [`utelamnade`].
#[must_use]
pub fn kolumner(content: &Content, values: &Tidsserie, first: Period, last: Period) -> Vec<Kolumn> {
    let mut out = Vec::new();
    let mut period = Period::of_ordinal(first.ordinal() + utelamnade(first, last), content.grain);
    while period <= last {
        out.push(Kolumn {
            period,
            varde: values.get(&period).copied(),
            mot_fore: mot(content, values, period, Some(period.before())),
            mot_fjol: mot(content, values, period, period.year_before()),
        });
        period = period.after();
    }
    out
}

/// The most columns of a table: twenty-five years of weeks.
pub const MOST: i64 = 1_300;

/// How many of the times between two are older than those that a table shows.
#[must_use]
pub fn utelamnade(first: Period, last: Period) -> i64 {
    (last.ordinal() - first.ordinal() + 1 - MOST).max(0)
}

/// Whether a value stands as it is: its time is over and nobody expects another.
#[must_use]
pub fn is_final(period: Period, varde: &Varde, today: NaiveDate) -> bool {
    varde.mark != Mark::Preliminar && period.last_day() < today
}

/// The values that stand as they are: those that means and trends are made of.
#[must_use]
pub fn slutliga(values: &Tidsserie, today: NaiveDate) -> Tidsserie {
    values.iter().filter(|(p, v)| is_final(**p, v, today)).map(|(p, v)| (*p, *v)).collect()
}

/// A value of a longer time, as a column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Langd {
    /// Its year.
    pub ar: i32,
    /// "Medel 2021", "Tertial 2 2021".
    pub rubrik: String,
    /// The value and what it is made of.
    pub langre: Langre,
}

/// The value of several times in a row, of those that stand as they are; none where no value is known, where none can be made, and
/// over a break.
#[must_use]
pub fn sammanlagt(content: &Content, values: &Tidsserie, times: &[Period], today: NaiveDate) -> Option<Langre> {
    let (way, first, last) = (content.sammanlagd?, times.first()?, times.last()?);
    if !content.jamforbara(*first, *last) {
        return None;
    }
    let of = |p: &Period| values.get(p).copied().filter(|v| is_final(*p, v, today));
    langre(way, &times.iter().map(of).collect::<Vec<_>>())
}

/// The times of a year, up to and with the nth; none of weeks, which make no year.
fn of_year(grain: Grain, year: i32, until: u32) -> Option<Vec<Period>> {
    let first = Period::of(NaiveDate::from_ymd_opt(year, 1, 1)?, grain);
    let per_year = grain.per_year()?;
    Some((0..i64::from(until.min(per_year))).map(|n| Period::of_ordinal(first.ordinal() + n, grain)).collect())
}

/// The value of a year; none of a series that is by the year or by the week.
#[must_use]
pub fn ar(content: &Content, values: &Tidsserie, year: i32, today: NaiveDate) -> Option<Langd> {
    if content.grain == Grain::Ar {
        return None;
    }
    let made = sammanlagt(content, values, &of_year(content.grain, year, u32::MAX)?, today)?;
    let way = match made.way {
        Sammanlagd::Andel => "Andel".to_owned(),
        Sammanlagd::Sista => format::capitalised("sista värdet"),
        way => way.label().to_owned(),
    };
    Some(Langd { ar: year, rubrik: format!("{way} {year}"), langre: made })
}

/// The value that a tertialrapport has: tertial 1 is January–April, 2 is January–August. None of times that do not fill tertials.
#[must_use]
pub fn tertial(content: &Content, values: &Tidsserie, year: i32, n: u32, today: NaiveDate) -> Option<Langd> {
    let per_tertial = match content.grain {
        Grain::Manad => 4,
        Grain::Tertial => 1,
        Grain::Vecka | Grain::Kvartal | Grain::Halvar | Grain::Ar => return None,
    };
    let made = sammanlagt(content, values, &of_year(content.grain, year, n * per_tertial)?, today)?;
    Some(Langd { ar: year, rubrik: format!("Tertial {n} {year}"), langre: made })
}

/// So many of the last times of a series are read where many series stand beside each other: the same time last year, what a change
/// is unusual among, and some that are preliminary. What is said of them is said of no other times.
pub const SENASTE: usize = 16;

/// Which values of the dimension of a series have figures. None is asked of one that is divided by several, or by none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sedda {
    /// The earliest of the [`SENASTE`] last times that the series has.
    pub fran: Option<Period>,
    /// Those that it has of any time.
    pub ever: BTreeSet<DimensionsvardeId>,
    /// Those that it has since then.
    pub lately: BTreeSet<DimensionsvardeId>,
}

impl Sedda {
    /// Of the last time of each value.
    #[must_use]
    pub fn of_last(fran: Option<Period>, last: &[(DimensionsvardeId, Period)]) -> Self {
        let lately = last.iter().filter(|(_, period)| Some(*period) >= fran).map(|(id, _)| *id).collect();
        Self { fran, ever: last.iter().map(|(id, _)| *id).collect(), lately }
    }

    /// Of all that a series has.
    #[must_use]
    pub fn of(all: &[Siffra], dimensions: &[Dimension]) -> Self {
        let times: BTreeSet<Period> = all.iter().map(|s| s.period).collect();
        let fran = times.iter().rev().nth(SENASTE - 1).or_else(|| times.first()).copied();
        let of_one = |s: &Siffra| Some((s.plats.0.first().copied().flatten()?, s.period));
        let each: Vec<_> = all.iter().filter(|_| dimensions.len() == 1).filter_map(of_one).collect();
        Self::of_last(fran, &each)
    }
}

/// The totals of a series in time, of all its values. A total that is stored itself wins; of kinds that add up another is the sum of the parts, where no
/// part is known to be missing and, with one dimension, every value that is in use and that the series has has its part. Of the
/// [`SENASTE`] last times the series has what stands in some of them, so that they are the same whoever has read the others.
#[must_use]
pub fn totaler(content: &Content, all: &[Siffra], dimensions: &[Dimension]) -> Tidsserie {
    totaler_av(content, all, dimensions, &Sedda::of(all, dimensions))
}

/// The totals of the times that `all` is of, which may be some of the series': `sedda` is of all of them, so that the totals are the same.
#[must_use]
pub fn totaler_av(content: &Content, all: &[Siffra], dimensions: &[Dimension], sedda: &Sedda) -> Tidsserie {
    let mut periods: BTreeMap<Period, Vec<&Siffra>> = BTreeMap::new();
    for siffra in all {
        periods.entry(siffra.period).or_default().push(siffra);
    }
    let total = |period: Period, all: &[&Siffra]| {
        if let Some(stored) = all.iter().find(|s| s.plats.0.iter().all(Option::is_none)) {
            return stored.varde;
        }
        let parts: Vec<&&Siffra> = all.iter().filter(|s| s.plats.is_del()).collect();
        let has = |id: DimensionsvardeId| parts.iter().any(|s| s.plats.0.contains(&Some(id)));
        let seen = if Some(period) >= sedda.fran { &sedda.lately } else { &sedda.ever };
        let whole = dimensions.iter().take(1).all(|dim| {
            let in_use = dim.in_use(period.first_day(), period.last_day());
            in_use.iter().filter(|v| seen.contains(&v.id)).all(|v| has(v.id))
        });
        whole.then(|| summa(content, parts.into_iter().map(|s| s.varde))).flatten()
    };
    periods.iter().filter_map(|(p, all)| Some((*p, total(*p, all)?))).collect()
}

/// The values of each value of a dimension, in its order; `at` is its place among those of the series. One that is stored by itself
/// wins over the sum of its parts; a group is the sum of its own. Those without any value are left out.
#[must_use]
pub fn delar(
    content: &Content,
    all: &[Siffra],
    dimension: &Dimension,
    at: usize,
) -> Vec<(DimensionsvardeId, Tidsserie)> {
    let of = |id: DimensionsvardeId| {
        let mut stored = Tidsserie::new();
        let mut parts: BTreeMap<Period, Vec<Option<Varde>>> = BTreeMap::new();
        for s in all.iter().filter(|s| s.plats.0.get(at) == Some(&Some(id))) {
            let alone = s.plats.0.iter().enumerate().all(|(i, v)| i == at || v.is_none());
            match s.varde {
                Some(varde) if alone => {
                    stored.insert(s.period, varde);
                }
                _ if alone => {}
                varde if s.plats.is_del() => parts.entry(s.period).or_default().push(varde),
                _ => {}
            }
        }
        for (period, values) in parts {
            if let Some(sum) = summa(content, values.into_iter()) {
                stored.entry(period).or_insert(sum);
            }
        }
        stored
    };
    let own: BTreeMap<DimensionsvardeId, Tidsserie> = dimension.values.iter().map(|v| (v.id, of(v.id))).collect();
    let group = |id: DimensionsvardeId| {
        let members = dimension.values.iter().filter(|v| v.grupp == Some(id)).filter_map(|v| own.get(&v.id));
        let members: Vec<&Tidsserie> = members.filter(|values| !values.is_empty()).collect();
        let periods: BTreeSet<Period> = members.iter().flat_map(|values| values.keys().copied()).collect();
        let sum = |p: Period| summa(content, members.iter().map(|values| values.get(&p).copied()));
        periods.into_iter().filter_map(|p| Some((p, sum(p)?))).collect::<Tidsserie>()
    };
    let all = dimension.values.iter().map(|v| match own.get(&v.id) {
        Some(values) if !dimension.is_grupp(v.id) => (v.id, values.clone()),
        _ => (v.id, group(v.id)),
    });
    all.filter(|(_, values)| !values.is_empty()).collect()
}

/// Parts added; none of a kind that does not add up, without parts, and where one of them is missing.
fn summa(content: &Content, parts: impl Iterator<Item = Option<Varde>>) -> Option<Varde> {
    let parts: Vec<Varde> = parts.collect::<Option<_>>()?;
    let mark = parts.iter().map(|v| v.mark).max()?;
    let tal: Tal = parts.iter().map(|v| v.tal).sum();
    content.slag.adds_up().then_some(Varde { tal, share: None, mark })
}

#[cfg(test)]
mod tests;
