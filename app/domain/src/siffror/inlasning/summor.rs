//! Summor: the sums of a table beside what its parts make, and what its rows of differences say. Where everything points at one cell,
//! what would agree is offered; what the table says is kept unless somebody chooses otherwise.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Fraga, Summarad, Underlag, Val,
    kolumner::called,
    las::{Lasning, LastAndring},
    sagt,
    upplagg::Upplagg,
};
use crate::{
    period::Period,
    siffror::{
        siffra::Plats,
        summa::{self, Andring, Pekar, Rad},
    },
    tal::Tal,
};

/// The key of the question about a cell that the differences point at.
pub(super) fn key(period: Period, plats: &Plats) -> String {
    format!("ruta:{period}:{plats}")
}

/// What was answered about a cell, where the table still says what it said then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rutsvar {
    /// What the table says.
    Fil,
    /// Another figure.
    Skriv(Tal),
    /// Nothing.
    Hoppa,
}

/// Reads an answer about a cell in which `star` stands.
pub(super) fn svar(u: &Underlag<'_>, key: &str, star: Tal) -> Option<Rutsvar> {
    let mut parts = u.svar.get(key)?.split(':');
    let tal = |part: Option<&str>| part?.parse().ok().map(Tal::of_stored);
    let (what, stood) = (parts.next()?, tal(parts.next())?);
    (stood == star).then_some(())?;
    match what {
        "fil" => Some(Rutsvar::Fil),
        "hoppa" => Some(Rutsvar::Hoppa),
        "skriv" => tal(parts.next()).map(Rutsvar::Skriv),
        _ => None,
    }
}

/// Whether a place is a part of another.
fn is_under(plats: &Plats, of: &Plats) -> bool {
    std::iter::zip(&plats.0, &of.0).all(|(own, of)| of.is_none() || own == of)
}

/// The sums with their sentences, the questions about cells, and what the rows of differences have wrong.
pub(super) fn summor(last: &Lasning, u: &Underlag<'_>) -> (Vec<Summarad>, Vec<Fraga>, Vec<String>) {
    let (mut out, mut fragor, mut andringar) = (Vec::new(), Vec::new(), Vec::new());
    if last.upplagg == Some(Upplagg::Lang) || last.upplagg == Some(Upplagg::UtanTid) {
        langa(last, u, &mut out);
    } else {
        let patterns: Vec<&Plats> = unique(last.summor.iter().map(|s| &s.plats));
        for pattern in patterns {
            breda(last, u, pattern, (&mut out, &mut fragor, &mut andringar));
        }
        out.sort_by_key(|s| s.period);
    }
    for langd in &last.langder {
        let off = langd.tryckt != langd.delarna;
        let av = called(u, &langd.plats.0);
        out.push(Summarad {
            period: None,
            rubrik: if off { sagt::langd(u, &av, langd.tryckt, langd.delarna) } else { String::new() },
            av,
            tryckt: langd.tryckt,
            delarna: langd.delarna,
            text: String::new(),
            fraga: None,
            rattad: false,
        });
    }
    (out, fragor, andringar)
}

fn unique<'a>(all: impl Iterator<Item = &'a Plats>) -> Vec<&'a Plats> {
    let mut seen = HashSet::new();
    all.filter(|plats| seen.insert(*plats)).collect()
}

/// The name of what a sum is of, where that is not everything.
fn av(u: &Underlag<'_>, plats: &Plats) -> String {
    if plats.0.iter().all(Option::is_none) { String::new() } else { called(u, &plats.0) }
}

/// Sums that stand in rows of their own.
fn langa(last: &Lasning, u: &Underlag<'_>, out: &mut Vec<Summarad>) {
    let mut made: HashMap<(Period, Plats), Option<Tal>> =
        last.summor.iter().map(|s| ((s.period, s.plats.clone()), Some(Tal::ZERO))).collect();
    let mut parts: HashSet<(Period, Plats)> = HashSet::new();
    for value in &last.varden {
        // each of its places with some of them left out
        for mask in 1..1_u32 << value.plats.0.len() {
            let place = value.plats.0.iter().enumerate().map(|(d, id)| id.filter(|_| mask & 1 << d == 0));
            let place = (value.period, Plats(place.collect()));
            if place.1 == value.plats {
                continue;
            }
            if let Some(sum) = made.get_mut(&place) {
                *sum = sum.and_then(|sum| Some(sum + value.varde?.tal));
                parts.insert(place);
            }
        }
    }
    for s in &last.summor {
        let place = (s.period, s.plats.clone());
        let Some(delarna) = made.get(&place).copied().flatten().filter(|_| parts.contains(&place)) else { continue };
        let av = av(u, &s.plats);
        let off = s.tal != delarna;
        out.push(Summarad {
            period: Some(s.period),
            rubrik: if off { sagt::summa(u, &av, s.period, s.tal, delarna, false) } else { String::new() },
            text: if off {
                sagt::utan_pekare((!last.andringar.is_empty()).then_some(u.content.grain))
            } else {
                String::new()
            },
            av,
            tryckt: s.tal,
            delarna,
            fraga: None,
            rattad: false,
        });
    }
}

/// Sums that stand in a column beside their parts, with the rows of differences.
fn breda(
    last: &Lasning,
    u: &Underlag<'_>,
    pattern: &Plats,
    (out, fragor, andringar): (&mut Vec<Summarad>, &mut Vec<Fraga>, &mut Vec<String>),
) {
    let under = || last.varden.iter().filter(|v| is_under(&v.plats, pattern));
    let columns: Vec<usize> = under().map(|v| v.kolumn).collect::<BTreeSet<_>>().into_iter().collect();
    let column: HashMap<usize, usize> = columns.iter().enumerate().map(|(at, column)| (*column, at)).collect();
    let periods: Vec<Period> = last
        .summor
        .iter()
        .filter(|s| s.plats == *pattern)
        .map(|s| s.period)
        .chain(under().map(|v| v.period))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let place: HashMap<Period, usize> = periods.iter().enumerate().map(|(at, period)| (*period, at)).collect();
    let mut rows = vec![Rad { delar: vec![None; columns.len()], summa: None }; periods.len()];
    let mut places: Vec<Option<&Plats>> = vec![None; columns.len()];
    for value in under() {
        let at = column[&value.kolumn];
        rows[place[&value.period]].delar[at] = value.varde.map(|v| v.tal);
        places[at] = Some(&value.plats);
    }
    for s in last.summor.iter().filter(|s| s.plats == *pattern) {
        rows[place[&s.period]].summa = Some(s.tal);
    }
    let read: Vec<Andring> = last
        .andringar
        .iter()
        .filter_map(|a| {
            let till = *place.get(&a.till?)?;
            let delar = columns.iter().map(|c| a.delar.get(*c).copied().flatten()).collect();
            Some(Andring { fran: a.fran.and_then(|p| place.get(&p).copied()), till, delar })
        })
        .collect();
    let off = summa::avvikelser(&rows, &read);
    let off: HashMap<usize, &summa::Avvikelse> = off.iter().map(|a| (a.rad, a)).collect();
    for (at, row) in rows.iter().enumerate() {
        let (Some(tryckt), Some(delarna)) = (row.summa, row.delar.iter().copied().sum::<Option<Tal>>()) else {
            continue;
        };
        let (av, period) = (av(u, pattern), periods[at]);
        let mut summarad = Summarad {
            period: Some(period),
            av: av.clone(),
            tryckt,
            delarna,
            rubrik: String::new(),
            text: String::new(),
            fraga: None,
            rattad: false,
        };
        if let Some(avvikelse) = off.get(&at) {
            let touches = read.iter().any(|a| a.till == at || a.fran == Some(at));
            summarad.rubrik = sagt::summa(u, &av, period, tryckt, delarna, avvikelse.pekar.is_some());
            match avvikelse.pekar.and_then(|pekar| Some((pekar, places[pekar.kolumn]?))) {
                Some((pekar, plats)) => {
                    let changes: Vec<Tal> = read
                        .iter()
                        .filter(|a| (a.till == at) != (a.fran == Some(at)) && a.fran.is_some())
                        .filter_map(|a| a.delar[pekar.kolumn])
                        .collect();
                    summarad.text = sagt::pekar(u, &called(u, &plats.0), &pekar, &changes);
                    let fraga = fraga(u, period, plats, &pekar);
                    summarad.rattad = matches!(svar(u, &fraga.key, pekar.star), Some(Rutsvar::Skriv(_)));
                    summarad.fraga = Some(fraga.key.clone());
                    fragor.push(fraga);
                }
                None => {
                    summarad.text =
                        sagt::utan_pekare((!last.andringar.is_empty() && !touches).then_some(u.content.grain));
                }
            }
        }
        out.push(summarad);
    }
    let named: Vec<&LastAndring> =
        last.andringar.iter().filter(|a| a.till.is_some_and(|p| place.contains_key(&p))).collect();
    for wrong in summa::felandringar(&rows, &read) {
        let column = places[wrong.kolumn].map_or_else(String::new, |plats| called(u, &plats.0));
        andringar.push(sagt::felandring(u, &named[wrong.andring].namn, &column, wrong.tryckt, wrong.raknad));
    }
    for unread in last.andringar.iter().filter(|a| a.fran.is_none_or(|p| !place.contains_key(&p))) {
        andringar.push(sagt::kan_inte_kontrolleras(&unread.namn));
    }
}

/// The question about the cell that everything points at.
fn fraga(u: &Underlag<'_>, period: Period, plats: &Plats, pekar: &Pekar) -> Fraga {
    let key = key(period, plats);
    let (star, stamde) = (u.content.shown(pekar.star), u.content.shown(pekar.stamde));
    let code = pekar.star.stored();
    let choices = vec![
        Val::new(format!("fil:{code}"), format!("Ta filens {star}")),
        Val::new(format!("skriv:{code}:{}", pekar.stamde.stored()), format!("Skriv {stamde} med kommentar")),
        Val::new(format!("hoppa:{code}"), "Hoppa över rutan"),
    ];
    let answered = u.svar.get(&key).filter(|a| choices.iter().any(|c| c.value == *a)).map(str::to_owned);
    let text = format!("{} {}: vilket tal ska sparas?", called(u, &plats.0), period.label());
    Fraga { key, text, choices, svar: answered, maste: false, period: Some(period), om: None }
}
