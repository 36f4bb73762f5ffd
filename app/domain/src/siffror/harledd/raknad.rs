//! Räknad: the values of a series that is reckoned from others, of what somebody is shown of its parts: what is hidden from that person
//! of a part is hidden of the whole, and nothing more is known through it.

use std::collections::BTreeSet;

use super::{
    Rakning, Sedan, Tidsserie, index,
    matt::{is_andel, kronor},
    medel_av_tolv, summa_av_tolv,
};
use crate::{
    occurrence::Share,
    period::Period,
    siffror::{
        serie::{Brott, Content},
        slag::{Mark, Slag, Varde},
    },
    tal::Tal,
};

/// How many times a mean is of.
const TWELVE: i64 = 12;

/// A part, as somebody sees it.
pub struct Del<'a> {
    /// Its series.
    pub content: &'a Content,
    /// The values of the part that are shown.
    pub values: &'a Tidsserie,
    /// The times whose value is not shown.
    pub dolda: BTreeSet<Period>,
}

/// What was reckoned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raknad {
    /// The values, where every part has one.
    pub values: Tidsserie,
    /// The times that have none because a part of them is not shown.
    pub dolda: BTreeSet<Period>,
    /// Whether months weigh the same in a mean because nobody knows what they are of: see [`VAGER_LIKA`].
    pub lika: bool,
}

/// What is said of a mean in which every month weighs the same.
pub const VAGER_LIKA: &str =
    "Medlet är ungefärligt: varje månad väger lika, eftersom det inte är känt hur många varje månad är av.";

/// Where a series that is reckoned from others is broken: its own breaks, and those of its parts with their names.
#[must_use]
pub fn brott(own: &Content, parts: &[&Content]) -> Vec<Brott> {
    let mut all = own.brott.clone();
    for part in parts {
        let named = part.brott.iter().map(|b| Brott { varfor: format!("{}: {}", part.namn, b.varfor), ..b.clone() });
        for b in named {
            // two parts of one series
            if !all.contains(&b) {
                all.push(b);
            }
        }
    }
    all.sort_by_key(|b| b.fran);
    all
}

/// The values of a series that is reckoned from `a` and, where two are reckoned together, `b`. `content` has the breaks of its parts
/// ([`brott`]): neither an index nor a mean goes over one.
#[must_use]
pub fn raknad(content: &Content, a: &Del<'_>, b: Option<&Del<'_>>) -> Raknad {
    let Some(harledd) = content.harledd else { return Raknad::default() };
    let first = match (harledd.med, b) {
        (None, _) => alone(a),
        (Some((rakning, _)), Some(b)) => together(content, rakning, a, b),
        // a part that is not there any more
        (Some(_), None) => return Raknad::default(),
    };
    let found = match (harledd.sedan, harledd.med.zip(b)) {
        (None, _) => first,
        (Some(Sedan::Index(bas)), _) => as_index(content, first, bas),
        (Some(Sedan::MedelAvTolv), Some(((Rakning::Delat, _), b)))
            if a.content.slag.adds_up() && b.content.slag.adds_up() =>
        {
            all_by_all(content, &first.dolda, a, b)
        }
        (Some(Sedan::MedelAvTolv), with) => {
            let with = with.map(|((rakning, _), b)| (rakning, b.content.slag));
            as_mean(content, first, has_weight(a.content.slag, with))
        }
    };
    in_its_unit(content, found)
}

/// What is reckoned in kronor, in the unit of the series: last of all, so that nothing is rounded away before.
fn in_its_unit(content: &Content, found: Raknad) -> Raknad {
    let Some(into) = kronor(&content.enhet) else { return found };
    let of = |(period, varde): (Period, Varde)| Some((period, Varde { tal: varde.tal.over(into)?, ..varde }));
    Raknad { values: found.values.into_iter().filter_map(of).collect(), ..found }
}

/// A value of a part; of money in kronor. None where it is too large.
fn kr(of: &Content, tal: Tal) -> Option<Tal> {
    kronor(&of.enhet).map_or(Some(tal), |factor| tal.times(factor))
}

/// What a single part is, of money in kronor.
fn alone(a: &Del<'_>) -> Raknad {
    let of = |(period, varde): (&Period, &Varde)| Some((*period, Varde { tal: kr(a.content, varde.tal)?, ..*varde }));
    Raknad { values: a.values.iter().filter_map(of).collect(), dolda: a.dolda.clone(), lika: false }
}

/// What two parts are together, of money in kronor.
fn together(content: &Content, rakning: Rakning, a: &Del<'_>, b: &Del<'_>) -> Raknad {
    let of = |period: &Period, varde: &Varde| {
        let other = b.values.get(period)?;
        let parts = ((a.content, kr(a.content, varde.tal)?), (b.content, kr(b.content, other.tal)?));
        let (tal, share) = one(content, rakning, parts.0, parts.1)?;
        Some(Varde { tal, share, mark: varde.mark.max(other.mark) })
    };
    let values = a.values.iter().filter_map(|(period, varde)| Some((*period, of(period, varde)?))).collect();
    let is_there = |of: &Del<'_>, p: &Period| of.dolda.contains(p) || of.values.contains_key(p);
    let hidden = a.dolda.iter().filter(|p| is_there(b, p)).chain(b.dolda.iter().filter(|p| is_there(a, p)));
    Raknad { values, dolda: hidden.copied().collect(), lika: false }
}

/// One figure of two, with täljare and nämnare where it is a share of whole counts; none by nought. Money is in kronor.
fn one(
    content: &Content,
    rakning: Rakning,
    (of_a, a): (&Content, Tal),
    (of_b, b): (&Content, Tal),
) -> Option<(Tal, Option<Share>)> {
    let is_share = |of: &Content| of.slag == Slag::Andel;
    let alone = |tal: Tal| Some((tal, None));
    match rakning {
        Rakning::Plus => alone(a + b),
        Rakning::Minus => alone(a - b),
        Rakning::Ganger => {
            let product = a.times(b)?;
            alone(if is_share(of_a) || is_share(of_b) { product.over(Tal::HUNDRED)? } else { product })
        }
        Rakning::Delat if is_andel(content, of_a, of_b) => {
            let tal = a.times(Tal::HUNDRED)?.over(b)?;
            // all by all makes a year only of what can be added up
            let counts = of_a.slag.adds_up() && of_b.slag.adds_up();
            let whole = a.int().zip(b.int()).filter(|(n, d)| counts && *n >= 0 && *d > 0);
            Some((tal, whole.map(|(numerator, denominator)| Share { numerator, denominator })))
        }
        // of an index only how values stand to each other is kept: the more decimals the better
        Rakning::Delat
            if kronor(&of_a.enhet).is_none()
                && matches!(content.harledd.and_then(|h| h.sedan), Some(Sedan::Index(_))) =>
        {
            alone(a.times(Tal::HUNDRED)?.over(b)?)
        }
        Rakning::Delat => alone(a.over(b)?),
    }
}

fn as_index(content: &Content, first: Raknad, bas: Period) -> Raknad {
    let Some(mut values) = index(&first.values, bas) else {
        // of a base that is not shown nothing is
        let hidden = first.dolda.contains(&bas);
        let all = first.values.keys().copied().chain(first.dolda);
        return Raknad {
            values: Tidsserie::new(),
            dolda: if hidden { all.collect() } else { BTreeSet::new() },
            lika: false,
        };
    };
    // on the other side of a break it is per cent of something else
    values.retain(|p, _| content.jamforbara(bas, *p));
    let dolda = first.dolda.into_iter().filter(|p| content.jamforbara(bas, *p)).collect();
    Raknad { values, dolda, lika: false }
}

/// Whether the months of what is reckoned weigh what they are of, so that their mean is one: counts and sums do, a mean or a share whose
/// whole nobody knows does not.
fn has_weight(a: Slag, with: Option<(Rakning, Slag)>) -> bool {
    match with {
        // a mean so many times is a sum
        Some((Rakning::Ganger, b)) => a.adds_up() || b.adds_up(),
        // all by all is asked for before
        Some((Rakning::Delat, _)) => false,
        Some((Rakning::Plus | Rakning::Minus, _)) | None => a.adds_up(),
    }
}

/// The mean of each twelve months. Without weight each month weighs the same, so it is not sure.
fn as_mean(content: &Content, first: Raknad, has_weight: bool) -> Raknad {
    let mut values = medel_av_tolv(&first.values);
    values.retain(|last, _| content.jamforbara(begins(*last), *last));
    let mut lika = false;
    // a share whose täljare and nämnare are known has its weight
    for varde in values.values_mut().filter(|v| !has_weight && v.share.is_none()) {
        varde.mark = varde.mark.max(Mark::Ungefarlig);
        lika = true;
    }
    let there = first.values.into_keys().collect();
    Raknad { values, dolda: hidden_means(content, &there, &first.dolda), lika }
}

/// What was paid in twelve months per household of the twelve: a month with many weighs more than one with few. `dolda`: the months that
/// have none because a part is not shown.
fn all_by_all(content: &Content, dolda: &BTreeSet<Period>, a: &Del<'_>, b: &Del<'_>) -> Raknad {
    let both: BTreeSet<Period> = a.values.keys().filter(|p| b.values.contains_key(p)).copied().collect();
    let sums = |of: &Del<'_>| {
        let shared = of.values.iter().filter(|(p, _)| both.contains(p)).map(|(p, v)| (*p, *v)).collect();
        let mut sums = summa_av_tolv(&shared);
        sums.retain(|last, _| content.jamforbara(begins(*last), *last));
        sums
    };
    let (of_a, of_b) = (sums(a), sums(b));
    let shown = |content, values| Del { content, values, dolda: BTreeSet::new() };
    let found = together(content, Rakning::Delat, &shown(a.content, &of_a), &shown(b.content, &of_b));
    Raknad { dolda: hidden_means(content, &both, dolda), ..found }
}

/// The first of the twelve months that end with one.
fn begins(last: Period) -> Period {
    Period::of_ordinal(last.ordinal() - TWELVE + 1, last.grain())
}

/// The months whose mean is not shown: all twelve are there, and one of them is hidden.
fn hidden_means(content: &Content, there: &BTreeSet<Period>, dolda: &BTreeSet<Period>) -> BTreeSet<Period> {
    let times =
        |last: Period| (begins(last).ordinal()..=last.ordinal()).map(move |n| Period::of_ordinal(n, last.grain()));
    let is_hidden = |last: &Period| {
        times(*last).all(|p| there.contains(&p) || dolda.contains(&p))
            && times(*last).any(|p| dolda.contains(&p))
            && content.jamforbara(begins(*last), *last)
    };
    there.union(dolda).copied().filter(is_hidden).collect()
}

#[cfg(test)]
mod tests;
