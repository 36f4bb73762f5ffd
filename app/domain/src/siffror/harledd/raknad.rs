//! Räknad: the values of a series that is reckoned from others, of what somebody is shown of its parts: what is hidden from that person
//! of a part is hidden of the whole, and nothing more is known through it.

use std::collections::BTreeSet;

use super::{
    Rakning, Sedan, Tidsserie, index,
    matt::{is_andel, kronor},
    medel_av_tolv,
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
}

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
        (None, _) => Raknad { values: a.values.clone(), dolda: a.dolda.clone() },
        (Some((rakning, _)), Some(b)) => together(content, rakning, a, b),
        // a part that is not there any more
        (Some(_), None) => return Raknad::default(),
    };
    match harledd.sedan {
        None => first,
        Some(Sedan::Index(bas)) => as_index(content, first, bas),
        Some(Sedan::MedelAvTolv) => as_mean(content, first),
    }
}

fn together(content: &Content, rakning: Rakning, a: &Del<'_>, b: &Del<'_>) -> Raknad {
    let of = |period: &Period, varde: &Varde| {
        let other = b.values.get(period)?;
        let (tal, share) = one(content, rakning, (a.content, varde.tal), (b.content, other.tal))?;
        Some(Varde { tal, share, mark: varde.mark.max(other.mark) })
    };
    let values = a.values.iter().filter_map(|(period, varde)| Some((*period, of(period, varde)?))).collect();
    let is_there = |of: &Del<'_>, p: &Period| of.dolda.contains(p) || of.values.contains_key(p);
    let hidden = a.dolda.iter().filter(|p| is_there(b, p)).chain(b.dolda.iter().filter(|p| is_there(a, p)));
    Raknad { values, dolda: hidden.copied().collect() }
}

/// One figure of two, with täljare and nämnare where it is a share of whole counts; none by nought.
fn one(
    content: &Content,
    rakning: Rakning,
    (of_a, a): (&Content, Tal),
    (of_b, b): (&Content, Tal),
) -> Option<(Tal, Option<Share>)> {
    // what it is in: kronor where the unit tells of no money, as that of an index
    let into = kronor(&content.enhet).unwrap_or(Tal::whole(1));
    let kr = |of: &Content, tal: Tal| kronor(&of.enhet).map_or(Some(tal), |factor| tal.times(factor));
    let converted = |of: &Content, tal: Tal| match kronor(&of.enhet) {
        Some(factor) => tal.times(factor)?.over(into),
        None => Some(tal),
    };
    let is_share = |of: &Content| of.slag == Slag::Andel;
    let alone = |tal: Tal| Some((tal, None));
    match rakning {
        Rakning::Plus => alone(converted(of_a, a)? + converted(of_b, b)?),
        Rakning::Minus => alone(converted(of_a, a)? - converted(of_b, b)?),
        Rakning::Ganger => {
            let product = converted(of_a, a)?.times(converted(of_b, b)?)?;
            alone(if is_share(of_a) || is_share(of_b) { product.over(Tal::HUNDRED)? } else { product })
        }
        Rakning::Delat if is_andel(content, of_a, of_b) => {
            let (a, b) = (kr(of_a, a)?, kr(of_b, b)?);
            let tal = a.times(Tal::HUNDRED)?.over(b)?;
            // all by all makes a year only of what can be added up
            let counts = of_a.slag.adds_up() && of_b.slag.adds_up();
            let whole = a.int().zip(b.int()).filter(|(n, d)| counts && *n >= 0 && *d > 0);
            Some((tal, whole.map(|(numerator, denominator)| Share { numerator, denominator })))
        }
        Rakning::Delat => match kronor(&of_a.enhet) {
            Some(factor) => alone(a.times(factor)?.over(b.times(into)?)?),
            // of an index only how values stand to each other is kept: the more decimals the better
            None if matches!(content.harledd.and_then(|h| h.sedan), Some(Sedan::Index(_))) => {
                alone(a.times(Tal::HUNDRED)?.over(b)?)
            }
            None => alone(a.over(b)?),
        },
    }
}

fn as_index(content: &Content, first: Raknad, bas: Period) -> Raknad {
    let Some(mut values) = index(&first.values, bas) else {
        // of a base that is not shown nothing is
        let hidden = first.dolda.contains(&bas);
        let all = first.values.keys().copied().chain(first.dolda);
        return Raknad { values: Tidsserie::new(), dolda: if hidden { all.collect() } else { BTreeSet::new() } };
    };
    // on the other side of a break it is per cent of something else
    values.retain(|p, _| content.jamforbara(bas, *p));
    let dolda = first.dolda.into_iter().filter(|p| content.jamforbara(bas, *p)).collect();
    Raknad { values, dolda }
}

fn as_mean(content: &Content, first: Raknad) -> Raknad {
    let begins = |last: Period| Period::of_ordinal(last.ordinal() - TWELVE + 1, last.grain());
    let mut values = medel_av_tolv(&first.values);
    values.retain(|last, _| content.jamforbara(begins(*last), *last));
    if content.slag == Slag::Andel {
        // without täljare and nämnare each month weighs the same
        for varde in values.values_mut().filter(|v| v.share.is_none()) {
            varde.mark = varde.mark.max(Mark::Ungefarlig);
        }
    }
    let is_there = |p: Period| first.values.contains_key(&p) || first.dolda.contains(&p);
    let times =
        |last: Period| (begins(last).ordinal()..=last.ordinal()).map(move |n| Period::of_ordinal(n, last.grain()));
    let lasts = first.values.keys().chain(&first.dolda).copied().filter(|last| {
        times(*last).all(is_there)
            && times(*last).any(|p| first.dolda.contains(&p))
            && content.jamforbara(begins(*last), *last)
    });
    let dolda = lasts.collect();
    Raknad { values, dolda }
}

#[cfg(test)]
mod tests;
