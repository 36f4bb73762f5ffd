//! Verksamhetsplaner of the demo: the chain of the underlag, with the city's goals at the top, the nämnd's at the avdelning and åtaganden of
//! the first unit; last year's decided, and this year's copied from it, decided and opened again to be revised.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    siffror::inlasning::Svar,
    verksamhetsplan::{
        enhetsmal::bedomning::BeslutForm,
        indikator::tid::Utfallsperiod,
        mal::{
            Benamning, MalId, Niva, Trad,
            Uppfyllelse::{self, Delvis, Helt, Ingen, Inte},
            inlasning::{Under, las},
        },
        plan::{
            Far, Form, PlanId, Steg,
            bilaga::{self, PlanbilagaId},
            kapitel,
            remiss::{self, Om, SynpunktId},
        },
    },
};
use store::{Tx, verksamhetsplan};

use super::{People, at, table};

const KEDJA: &str = include_str!("../../demo/malkedja-sodermalm-2014.csv");
/// What stands in some of the chapters.
const TEXTER: [(&str, &str); 3] = [
    (
        "Ekonomisk hushållning",
        "Enheten följer utfallet varje månad och rapporterar avvikelser till avdelningen. Budgeten är i balans.",
    ),
    (
        "Verksamhetsutveckling",
        "Under året utvecklar enheten uppföljningen av genomförandeplaner, och barnets situation står i varje utredning.",
    ),
    ("Kommunikation", "Beslut från enhetens möten står i protokollet, som alla läser samma vecka."),
];
/// Who of the unit said what of which chapter, and what was answered.
const SYNPUNKTER: [(usize, &str, &str, &str, &str); 2] = [
    (1, "Kommunikation", "Skriv också hur den som arbetar kväll får veta.", "ja", ""),
    (2, "Ekonomisk hushållning", "Kan vi följa utfallet varannan vecka?", "nej", "Utfallet kommer en gång i månaden."),
];
/// How the åtaganden are met at the end of August, in the order of the chain; of those without an answer nobody has said anything.
const BEDOMDA: [Uppfyllelse; 10] = [Delvis, Helt, Delvis, Inte, Helt, Ingen, Delvis, Helt, Delvis, Ingen];
/// A chapter that is written and not yet said to be done.
const PABORJAT: usize = 1;
const ALLT: Far = Far { skriva: true, besluta: true };

/// The plans of a year: of the top, the avdelning and the first unit.
struct Planer {
    stad: PlanId,
    avdelning: PlanId,
    enhet: PlanId,
}

pub(super) async fn fill(tx: &mut Tx, now: DateTime<Utc>, people: &People, today: NaiveDate) -> Result<()> {
    tx.act_as(people.persons[0]);
    let year = today.year();
    let before = last_year(tx, now, people, year - 1).await?;
    let mut copied = Vec::new();
    for plan in [before.stad, before.avdelning, before.enhet] {
        copied.push(verksamhetsplan::kopiering::kopiera_plan(tx, now, plan, PlanId::new()).await?.plan);
    }
    let enhet = copied.last().copied().ok_or_else(|| anyhow!("the unit has no plan"))?;
    chapters(tx, now, enhet).await?;
    on_remiss(tx, now, people, (enhet, year)).await?;
    assess(tx, now, enhet, (Utfallsperiod::tertial_2(year), &BEDOMDA)).await?;
    assess(tx, now, before.enhet, (Utfallsperiod::vb(year - 1), &[Helt; 10])).await?;
    for (plan, year) in [(before.enhet, year - 1), (enhet, year)] {
        decide(tx, now, plan, year).await?;
    }
    let opened = day(today, year, (2, 15));
    let form = Form { varfor: "Nämnden har beslutat om en ny budget.".to_owned(), ..step(Steg::OppnaRevision) };
    takes(tx, (at(now, opened), opened), enhet, &form).await
}

/// The chain of the underlag.
async fn last_year(tx: &mut Tx, now: DateTime<Utc>, people: &People, year: i32) -> Result<Planer> {
    let tree = store::organisation::tree(tx).await?;
    let top = *tree.path(people.avdelning).last().ok_or_else(|| anyhow!("the avdelning stands nowhere"))?;
    let mut plans = Vec::new();
    for node in [top, people.avdelning, people.units[0]] {
        plans.push(verksamhetsplan::create(tx, now, PlanId::new(), (node, year), Benamning::Atagande).await?);
    }
    let [stad, avdelning, enhet] = plans[..] else { return Err(anyhow!("three plans were made")) };
    let last = las(&table(KEDJA)?, &Trad::default(), &Svar::default()).map_err(|why| anyhow!(why))?;
    let mut ids: HashMap<usize, MalId> = HashMap::new();
    // a goal is made after what it lies under
    let mut order: Vec<usize> = (0..last.rader.len()).collect();
    order.sort_by_key(|row| last.rader[*row].content.niva);
    for row in order {
        let goal = &last.rader[row];
        let plan = match goal.content.niva {
            Niva::Inriktningsmal | Niva::KfMal => stad,
            Niva::Namndmal => avdelning,
            Niva::Enhetsmal => enhet,
        };
        let under = match goal.under {
            Under::Rad(above) => ids.get(&above).copied(),
            Under::Inget | Under::Finns(_) => None,
        };
        let id = MalId::new();
        verksamhetsplan::mal::create(tx, now, plan, (id, under), &goal.content).await?;
        ids.insert(row, id);
    }
    Ok(Planer { stad, avdelning, enhet })
}

/// Some chapters are done, one is begun.
async fn chapters(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId) -> Result<()> {
    let all = verksamhetsplan::kapitel::list(tx, plan).await?;
    for (n, (rubrik, text)) in TEXTER.iter().enumerate() {
        let Some(found) = all.iter().find(|one| one.content.rubrik == *rubrik) else { continue };
        let content = kapitel::Content { text: (*text).to_owned(), ..found.content.clone() };
        verksamhetsplan::kapitel::update(tx, now, plan, (found.id, found.version), &content).await?;
        if n != PABORJAT {
            verksamhetsplan::kapitel::set_klart(tx, now, plan, (found.id, found.version + 1), true).await?;
        }
    }
    Ok(())
}

/// What lies beside the plan, and what those of the unit thought of it before it was decided, with an answer to each.
async fn on_remiss(tx: &mut Tx, now: DateTime<Utc>, people: &People, (plan, year): (PlanId, i32)) -> Result<()> {
    let beside = bilaga::Content { titel: "Arbetsmiljöhjulet".to_owned(), hanvisning: String::new() };
    verksamhetsplan::bilaga::create(tx, now, plan, PlanbilagaId::new(), &beside).await?;
    let (fran, till) = (day(NaiveDate::default(), year, (1, 7)), day(NaiveDate::default(), year, (1, 21)));
    let (when, version) = ((at(now, fran), fran), verksamhetsplan::get(tx, plan).await?.version);
    let form = remiss::Form { till: domain::format::date(till) };
    verksamhetsplan::remiss::set(tx, when, (plan, version), &form).await?;
    let all = verksamhetsplan::kapitel::list(tx, plan).await?;
    for (who, rubrik, text, andrat, varfor) in SYNPUNKTER {
        let Some(found) = all.iter().find(|one| one.content.rubrik == rubrik) else { continue };
        let (id, om) = (SynpunktId::new(), Om::Kapitel(found.id).code());
        tx.act_as(people.persons[who % people.persons.len()]);
        verksamhetsplan::remiss::create(tx, when, plan, id, (&om, text)).await?;
        tx.act_as(people.persons[0]);
        let svar = remiss::SvarForm { andrat: andrat.to_owned(), varfor: varfor.to_owned() };
        verksamhetsplan::remiss::answer(tx, when, plan, (id, 1), &svar).await?;
    }
    Ok(())
}

/// Decides how the unit's own goals were met in a period.
async fn assess(
    tx: &mut Tx,
    now: DateTime<Utc>,
    plan: PlanId,
    (period, answers): (Utfallsperiod, &[Uppfyllelse]),
) -> Result<()> {
    let found = verksamhetsplan::get(tx, plan).await?;
    let trad = verksamhetsplan::mal::trad(tx, found.node, found.year).await?;
    for (goal, status) in trad.of_niva(Niva::Enhetsmal).into_iter().zip(answers).filter(|(_, one)| **one != Ingen) {
        let analys = if *status == Inte { "Fler har blivit av med sin bostad än året före." } else { "" };
        let form = BeslutForm { status: status.code().to_owned(), analys: analys.to_owned() };
        let when = at(now, period.last_day());
        verksamhetsplan::bedomning::update(tx, when, plan, (goal.id, period.month()), 0, &form).await?;
    }
    Ok(())
}

/// Lays a plan before whoever decides, and decides it as the year begins.
async fn decide(tx: &mut Tx, now: DateTime<Utc>, plan: PlanId, year: i32) -> Result<()> {
    let on = day(NaiveDate::default(), year, (1, 28));
    takes(tx, (at(now, on), on), plan, &step(Steg::Foresla)).await?;
    let form = Form { dnr: format!("3.1-{}/{year}", 40 + year % 10), ..step(Steg::Faststall) };
    takes(tx, (at(now, on), on), plan, &form).await
}

fn step(steg: Steg) -> Form {
    Form { steg: steg.code().to_owned(), ..Form::default() }
}

async fn takes(tx: &mut Tx, when: (DateTime<Utc>, NaiveDate), plan: PlanId, form: &Form) -> Result<()> {
    let version = verksamhetsplan::get(tx, plan).await?.version;
    verksamhetsplan::step(tx, when, (plan, version), form, ALLT).await?;
    Ok(())
}

fn day(otherwise: NaiveDate, year: i32, (month, day): (u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(otherwise)
}
