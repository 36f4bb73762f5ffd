//! Planen: the slides of the verksamhetsplan: how the unit's goals are met, how its indikatorer stand, and its account. What is said is what
//! everybody reads, whoever presents: counts of few are hidden here from those too who write in the plan.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    apt::{
        deck::{self, Blad},
        finding,
    },
    format,
    id::NodeId,
    person::Actor,
    verksamhetsplan::{
        enhetsmal::bedomning::visad,
        indikator::{Content, Utfallsperiod, ruta::Kolumn, rutnat::Rad, sammanfattning, skydd},
        mal::{MalId, Niva, Uppfyllelse, rakning::Rakning},
        plan::{Plan, State},
    },
};
use store::{
    Tx,
    ekonomi::{self, Lage},
    verksamhetsplan,
};

use crate::{error::AppError, verksamhetsplan::utfall_data};

/// The plan that is told of on a day, with its period: that of the report that the unit works with, which in winter is of the year before.
/// On a wall one that is decided.
async fn plan(
    tx: &mut Tx,
    node: NodeId,
    wall: bool,
    today: NaiveDate,
) -> Result<Option<(Plan, Utfallsperiod)>, AppError> {
    let rapport = Utfallsperiod::rapport(today);
    let mut years = vec![rapport.year(), today.year()];
    years.dedup();
    for year in years {
        let found = verksamhetsplan::of_year(tx, node, year).await?;
        let decided = |plan: &Plan| matches!(plan.state, State::Faststalld | State::Reviderad);
        if let Some(plan) = found.filter(|plan| !wall || decided(plan)) {
            let period = Utfallsperiod::av_planen(plan.year, today);
            return Ok(Some((plan, period)));
        }
    }
    Ok(None)
}

/// What a slide says where there is no plan to tell of.
fn none(kicker: &str, wall: bool) -> Blad {
    let (rubrik, text) = if wall {
        ("Planen är inte fastställd än", "Det som står i verksamhetsplanen visas här när den är fastställd.")
    } else {
        ("Enheten har ingen verksamhetsplan än", "Det som står i verksamhetsplanen visas här när den finns.")
    };
    let delar = vec![deck::Del::Tomt(text.to_owned())];
    Blad { kicker: kicker.to_owned(), rubrik: rubrik.to_owned(), delar, ..Blad::default() }
}

/// The unit's own goals: each with how it is met, and on a wall how many of them.
pub async fn mal(tx: &mut Tx, node: NodeId, wall: bool, today: NaiveDate) -> Result<Blad, AppError> {
    let Some((plan, period)) = plan(tx, node, wall, today).await? else { return Ok(none("Mål", wall)) };
    let trad = verksamhetsplan::mal::trad(tx, plan.node, plan.year).await?;
    let decided = verksamhetsplan::bedomning::of_plan(tx, plan.id, period.month()).await?;
    let status: BTreeMap<MalId, Uppfyllelse> = decided.iter().map(|(id, beslut)| (*id, visad(Some(beslut)))).collect();
    let rakning = Rakning::under(&trad, None, &status);
    let delar = if wall && rakning.alla() > 0 {
        deck::wall::mal(rakning)
    } else {
        let row = |id: MalId, titel: String| {
            let met = status.get(&id).copied().unwrap_or_default();
            let word = met.short();
            (titel, met.mark().map_or_else(|| word.to_owned(), |mark| mark.with(word)))
        };
        let own = trad.of_niva(Niva::Enhetsmal);
        deck::mal(plan.benamning, own.into_iter().map(|mal| row(mal.id, mal.content.med_nr())).collect())
    };
    let kicker = format!("{} · {}", plan.benamning.plural(), period.label());
    Ok(Blad { kicker, rubrik: finding::mal(rakning, plan.benamning), delar, ..Blad::default() })
}

/// The indikatorer that are shown at APT, or on a wall those that may hang there: of those that have an outcome in the period, or should.
pub async fn indikatorer(
    tx: &mut Tx,
    actor: &Actor,
    node: NodeId,
    wall: bool,
    today: NaiveDate,
) -> Result<Blad, AppError> {
    let Some((plan, period)) = plan(tx, node, wall, today).await? else { return Ok(none("Indikatorer", wall)) };
    let mut data = utfall_data::read(tx, actor, today, &plan, period).await?;
    let rader = std::mem::take(&mut data.rutnat.rader);
    let all = rader.len();
    let shown = rader.into_iter().filter_map(|mut rad| {
        let content = data.content(&rad)?.clone();
        let visas = if wall { content.visas.tavla } else { content.visas.apt };
        // who writes in the plan reads counts of few there, and not before everybody
        let stands = data.utfall(rad.id);
        skydd::skydda(&mut rad, &content, &stands);
        (visas && (rad.asked || rad.ifylld)).then_some((rad, content))
    });
    let shown: Vec<(Rad, Content)> = shown.collect();
    let rakning = sammanfattning::Rakning::of(shown.iter().map(|(rad, _)| rad.bedomning.status));
    let urval = chosen(shown.len(), all, wall);
    let rows = shown.iter().map(|(rad, _)| row(rad)).collect();
    let kicker = format!("Indikatorer · {}", period.label());
    let delar = deck::indikatorer(rows, urval, wall);
    Ok(Blad { kicker, rubrik: finding::indikatorer(&rakning), delar, ..Blad::default() })
}

fn row(rad: &Rad) -> [String; 4] {
    let utfall = rad.rutor.iter().find(|ruta| ruta.kolumn == Kolumn::Totalt);
    let utfall = utfall.map(|ruta| ruta.visad.clone()).unwrap_or_default();
    let status = rad.bedomning.status;
    let word = status.label().to_lowercase();
    let status = status.marke().map_or_else(|| word.clone(), |mark| mark.with(&word));
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    [rad.namn.clone(), or_dash(utfall), or_dash(rad.arsmal.clone()), status]
}

/// `4 av planens 19 indikatorer visas här.` Empty where they are all there.
fn chosen(shown: usize, all: usize, wall: bool) -> String {
    if wall || shown == all || shown == 0 {
        return String::new();
    }
    let n = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
    format!("{} av planens {} indikatorer visas här.", n(shown), n(all))
}

/// The account of the plan: that of this year once something is known of it beside its budget, and before that the one of the year whose
/// report is written.
pub async fn konto(tx: &mut Tx, node: NodeId, today: NaiveDate) -> Result<Blad, AppError> {
    let mut shown: Option<(Plan, Option<Lage>)> = None;
    for year in kontoar(today) {
        let Some(plan) = verksamhetsplan::of_year(tx, node, year).await? else { continue };
        let lage = ekonomi::lage(tx, &plan).await?;
        if lage.as_ref().is_some_and(|lage| lage.per.is_some()) {
            shown = Some((plan, lage));
            break;
        }
        if shown.as_ref().is_none_or(|(_, before)| before.is_none()) {
            shown = Some((plan, lage));
        }
    }
    let Some((plan, found)) = shown else { return Ok(none("Ekonomi", false)) };
    let kicker = match found.as_ref().and_then(|lage| lage.per) {
        Some(per) => format!("Ekonomi {} · per {}", plan.year, format::date(per)),
        None => format!("Ekonomi {}", plan.year),
    };
    let rubrik = found.as_ref().map_or_else(|| "Kontot har inga belopp än".to_owned(), |l| finding::ekonomi(&l.fynd));
    let delar = deck::ekonomi(found.as_ref().map(|lage| &lage.tabell));
    Ok(Blad { kicker, rubrik, delar, ..Blad::default() })
}

/// The years whose accounts are asked for, the first first: a meeting in spring is about the year that goes on.
fn kontoar(today: NaiveDate) -> Vec<i32> {
    let mut years = vec![today.year(), Utfallsperiod::rapport(today).year()];
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_of_the_year_comes_before_that_of_the_report() {
        let day = |month, day| NaiveDate::from_ymd_opt(2022, month, day).unwrap_or_default();
        assert_eq!(kontoar(day(3, 8)), [2022, 2021]);
        assert_eq!(kontoar(day(9, 8)), [2022]);
    }
}
