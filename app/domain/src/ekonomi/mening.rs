//! Mening: how the account stands, in a sentence: the heading of a slide, a line of a report, what Att göra says of why.

use super::{
    avvikelse::{Avvikelse, Effekt},
    enhet::Enhet,
    prognos::Punkt,
    summa::{Del, Konto},
    tid::Tid,
};
use crate::{format, tal::Tal};

/// `300 tkr bättre än budget`, `lika med budget`: as wide as its figure, never a bare sign. What differs by less than is shown is
/// `obetydligt`.
fn against_budget(avvikelse: Avvikelse, enhet: Enhet) -> String {
    let size = enhet.said(avvikelse.size());
    match avvikelse.effekt() {
        Effekt::Oforandrat => "lika med budget".to_owned(),
        effekt if avvikelse.size().rounded(enhet.decimals()) == Tal::ZERO => {
            format!("obetydligt {} än budget", effekt.label())
        }
        effekt => format!("{size} {} än budget", effekt.label()),
    }
}

/// `Prognosen är 300 tkr bättre än budget.`
#[must_use]
pub fn prognos(avvikelse: Avvikelse, enhet: Enhet) -> String {
    format!("Prognosen är {}.", against_budget(avvikelse, enhet))
}

/// `Utfallet till och med april är 300 tkr sämre än budget.`, `Årets utfall är …`, `Utfallet i mars är …`
#[must_use]
pub fn utfall(avvikelse: Avvikelse, tid: Tid, enhet: Enhet) -> String {
    let against = against_budget(avvikelse, enhet);
    match tid {
        Tid::Bokslut => format!("Årets utfall är {against}."),
        Tid::Manad(month) => format!("Utfallet i {} är {against}.", format::month_name(month)),
        Tid::T1 | Tid::T2 => format!("Utfallet till och med {} är {against}.", format::month_name(tid.last())),
    }
}

/// `Prognosen är 200 tkr sämre än i mars.`: how a forecast of netto changed; none of the first and of one that did not.
#[must_use]
pub fn andring(fore: &Punkt, nu: &Punkt, enhet: Enhet) -> Option<String> {
    let andring = nu.andring.filter(|andring| *andring != Tal::ZERO)?;
    let when = match fore.tid {
        Tid::Manad(_) => format!("i {}", fore.tid.label()),
        _ => format!("vid {}", fore.tid.label()),
    };
    Some(format!("Prognosen är {} {} än {when}.", enhet.said(andring.abs()), Effekt::of_netto(andring).label()))
}

/// `Prognosen är redan 300 tkr sämre än budget. Prognos saknas på två rader.`: of forecasts that lack rows, where they are worse than
/// the whole budget already.
#[must_use]
pub fn redan_samre(avvikelse: Avvikelse, konto: &Konto<'_>, tid: Tid) -> String {
    let said = format!("Prognosen är redan {}.", against_budget(avvikelse, konto.content.enhet));
    [Some(said), prognos_saknas(konto, tid)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `Prognos saknas på två rader.`: for the finding, and beside the plan, which is not asked for while it cannot be told how the year
/// ends. None where no row or every row has a forecast, and at the bokslut, when
/// nothing is forecast any more.
#[must_use]
pub fn prognos_saknas(konto: &Konto<'_>, tid: Tid) -> Option<String> {
    let summa = konto.summa_prognos(Del::Netto, tid);
    (tid != Tid::Bokslut && summa.av > 0 && summa.saknas > 0)
        .then(|| format!("Prognos saknas på {}.", rows(summa.saknas)))
}

/// The finding of an account at a time: the forecast against the budget, where there is one and the year is not over, else the
/// outcome, else what the year's budget is. In every case what stands in the way is said, such as rows without a forecast where
/// others have one, and no blank is read as nought.
#[must_use]
pub fn fynd(konto: &Konto<'_>, tid: Tid) -> String {
    if tid == Tid::Bokslut {
        return hittills(konto, tid);
    }
    if let Some(avvikelse) = konto.prognosavvikelse(Del::Netto, tid) {
        return prognos(avvikelse, konto.content.enhet);
    }
    if let Some(avvikelse) = konto.redan_samre(Del::Netto, tid) {
        return redan_samre(avvikelse, konto, tid);
    }
    [Some(hittills(konto, tid)), prognos_saknas(konto, tid)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The outcome against the budget, else what the year's budget is.
fn hittills(konto: &Konto<'_>, tid: Tid) -> String {
    let enhet = konto.content.enhet;
    if let Some(avvikelse) = konto.avvikelse(Del::Netto, tid) {
        return utfall(avvikelse, tid, enhet);
    }
    let budget = konto.summa(Del::Netto, Tid::Bokslut, super::belopp::Art::Budget);
    let year = konto.content.ar.get();
    match budget.tal {
        _ if budget.for_stor => format!("Budgeten för {year} är för stor för att räknas samman."),
        Some(tal) if budget.saknas == 0 => format!("Budgeten för {year} är {} netto.", enhet.said(tal)),
        Some(_) => format!("Budgeten för {year} saknas på {}.", rows(budget.saknas)),
        None => format!("Budgeten för {year} är inte ifylld."),
    }
}

/// `en rad`, `tre rader`
pub(super) fn rows(n: usize) -> String {
    format!("{} {}", crate::apt::finding::in_words(n, false), if n == 1 { "rad" } else { "rader" })
}
