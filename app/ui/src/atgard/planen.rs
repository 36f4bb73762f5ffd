//! Planen: what an åtgärd that comes from a verksamhetsplan begins with: what its source is called, and how it stood. An åtgärd is read by
//! everybody in the unit, so counts of few are not written there.

use chrono::NaiveDate;
use domain::{
    atgard::Source,
    person::Actor,
    verksamhetsplan::{
        indikator::{Utfallsperiod, skydd},
        mal::{MalId, Uppfyllelse},
        plan::{Plan, PlanId},
    },
};
use store::{Tx, ekonomi, planaktivitet, verksamhetsplan};

use crate::{error::AppError, verksamhetsplan::utfall_data};

/// What a source in a plan is called, and what it found wanting.
pub(super) async fn about(
    tx: &mut Tx,
    actor: &Actor,
    today: NaiveDate,
    (plan, source): (PlanId, Source),
) -> Result<(String, String), AppError> {
    let plan = verksamhetsplan::get(tx, plan).await?;
    let period = Utfallsperiod::av_planen(plan.year, today);
    Ok(match source {
        Source::Indikator(id) => {
            let av = utfall_data::Av::En(id);
            let mut data = utfall_data::read_av(tx, actor, today, (&plan, period), av).await?;
            let rader = std::mem::take(&mut data.rutnat.rader);
            let mut rad = rader.into_iter().find(|rad| rad.id == id).ok_or(AppError::NotFound)?;
            let content = data.content(&rad).ok_or(AppError::NotFound)?;
            skydd::skydda(&mut rad, content, &data.utfall(id));
            let why = if rad.ifylld { format!("{}: {}", period.label(), rad.varfor) } else { String::new() };
            (format!("indikatorn {}", rad.namn), why)
        }
        Source::Enhetsmal(id) => {
            let mal = verksamhetsplan::mal::of_plan(tx, &plan, id).await?;
            (format!("målet {}", mal.content.med_nr()), assessed(tx, &plan, id).await?)
        }
        Source::Aktivitet(id) => {
            let one = planaktivitet::get(tx, id).await?;
            (format!("aktiviteten {}", one.content.text), one.lage.avvikelse)
        }
        Source::Konto(_) => {
            let lage = ekonomi::lage(tx, &plan).await?;
            let why = lage.and_then(|lage| lage.handlingsplan).map(|plan| plan.varfor).unwrap_or_default();
            (format!("budgeten för {}", plan.year), why)
        }
        Source::Egen
        | Source::Genomforande(_)
        | Source::Occurrence(_)
        | Source::Avvikelse(_)
        | Source::Forslag(_)
        | Source::Apt(_)
        | Source::Jamstalldhet(_) => (String::new(), String::new()),
    })
}

/// How a goal was met in the last period that was assessed, with why.
async fn assessed(tx: &mut Tx, plan: &Plan, id: MalId) -> Result<String, AppError> {
    let all = verksamhetsplan::bedomning::of_mal(tx, plan.id, id).await?;
    let last = all.into_iter().rfind(|(_, (beslut, _))| beslut.status != Uppfyllelse::Ingen);
    let Some((manad, (beslut, _))) = last else { return Ok(String::new()) };
    let period = Utfallsperiod::until(plan.year, manad).map(Utfallsperiod::label).unwrap_or_default();
    Ok(format!("{period}: {}. {}", beslut.status.label().to_lowercase(), beslut.analys).trim_end().to_owned())
}
