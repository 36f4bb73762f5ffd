//! Kopiering: the plan of the next year begins as this one is. What is copied already is not copied again, so that two who copy at once make
//! one year; nor is what has been removed from the copy since (table `kopierat`).

use chrono::{DateTime, Utc};
use domain::{
    history::said,
    permission::Area,
    verksamhetsplan::{
        enhetsmal::uppfoljning::UppfoljningId,
        forvantat::ForvantatId,
        indikator::{Indikator, IndikatorId},
        kopiering::{
            Fran, Kopia, Nya, Till,
            borttaget::Utelamnat,
            kapitel::{Kapitelkopia, kopiera_kapitel},
            kopiera,
        },
        mal::MalId,
        plan::{
            Plan, PlanId,
            kapitel::{Kapitel, KapitelId},
        },
    },
};

use super::{enhetsmal, forvantat, indikator, kapitel, kopierat, mal, record, uppfoljning};
use crate::{
    Result, Tx,
    belongs::{self, Thing},
    hold::Held,
};

/// What came of copying a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kopierad {
    /// The plan of the next year.
    pub plan: PlanId,
    /// How many goals, texts, rows, indikatorer and chapters were copied now; 0 where all of them had been already.
    pub antal: usize,
    /// What was left out, as it had been removed from the copy.
    pub utelamnat: Utelamnat,
    /// What is to be known of it, in sentences.
    pub notes: Vec<String>,
}

/// Copies a plan to the year after. `id` is that of the new plan where there is none. `Invalid` where that one is not open.
pub async fn kopiera_plan(tx: &mut Tx, now: DateTime<Utc>, from: PlanId, id: PlanId) -> Result<Kopierad> {
    let from = super::get(tx, from).await?;
    // two who copy at once make one plan
    tx.hold(Held::Node(from.node)).await?;
    let year = from.year + 1;
    let made_of = (year, from.benamning.code());
    let is_new = belongs::is_new(tx, Thing::Of(Area::Verksamhetsplan), id.0, from.node.0, &made_of).await?;
    let there = super::of_year(tx, from.node, year).await?;
    let is_new = is_new && there.is_none();
    let to = there.map_or(id, |there| there.id);
    if is_new {
        super::insert(tx, now, id, (from.node, year), from.benamning).await?;
    }
    let (to, trad) = mal::held(tx, to).await?;
    let old = mal::trad(tx, from.node, from.year).await?;
    // what hangs on goals is read of both years, and stored below
    let (fran_texts, till_texts) = (enhetsmal::of_plan(tx, from.id).await?, enhetsmal::of_plan(tx, to.id).await?);
    let (fran_rows, till_rows) = (forvantat::of_plan(tx, from.id).await?, forvantat::of_plan(tx, to.id).await?);
    let (fran_measured, till_measured) = (measured(tx, from.id).await?, measured(tx, to.id).await?);
    let (fran_followed, till_followed) =
        (uppfoljning::of_plan(tx, from.id).await?, uppfoljning::of_plan(tx, to.id).await?);
    let done = kopierat::of_plan(tx, to.id).await?;
    let outcomes = forvantat::utfall_of_plan(tx, from.id).await?;
    let at_the_end = outcomes.into_iter().filter(|one| one.manad == 12);
    let utfall = at_the_end.filter_map(|one| Some((one.rad, one.utfall.total?))).collect();
    let fran = Fran {
        node: from.node,
        year: from.year,
        trad: &old,
        enhetsmal: &fran_texts,
        forvantat: &fran_rows,
        utfall: &utfall,
        indikatorer: &fran_measured,
        uppfoljning: &fran_followed,
        stjarnor: &[],
    };
    let till = Till {
        trad: &trad,
        forvantat: &till_rows,
        enhetsmal: &till_texts,
        indikatorer: &till_measured,
        uppfoljning: &till_followed,
        kopierat: &done,
    };
    let kopia = with_new_ids(&fran, &till);
    store_goals(tx, now, &to, &kopia).await?;
    store_what_hangs(tx, now, &to, &kopia).await?;
    for (source, copy) in kopia.par() {
        kopierat::keep(tx, to.id, source, copy).await?;
    }
    let chapters = copy_chapters(tx, now, (&from, &to), is_new).await?;
    let antal = kopia.antal() + chapters.nya.len();
    let (mut utelamnat, mut notes) = (kopia.utelamnat, kopia.notes);
    utelamnat.borttaget.kapitel = chapters.borttagna;
    notes.extend(utelamnat.notes(year));
    Ok(Kopierad { plan: to.id, antal, utelamnat, notes })
}

/// What is to be stored of the new year.
fn with_new_ids(fran: &Fran<'_>, till: &Till<'_>) -> Kopia {
    let mut nya = Nya {
        mal: &mut MalId::new,
        forvantat: &mut ForvantatId::new,
        indikator: &mut IndikatorId::new,
        uppfoljning: &mut UppfoljningId::new,
    };
    kopiera(fran, till, &mut nya)
}

/// The goals, each after what it lies under.
async fn store_goals(tx: &mut Tx, now: DateTime<Utc>, to: &Plan, kopia: &Kopia) -> Result<()> {
    for new in &kopia.mal {
        mal::insert(tx, to, (new.id, new.under, new.copied_from), new.ordning, &new.content).await?;
        record(tx, now, (to.node, new.id.0), ("Kopierad", ""), said(new.content.told())).await?;
    }
    Ok(())
}

/// What a plan is measured by, each with its goal.
async fn measured(tx: &mut Tx, plan: PlanId) -> Result<Vec<(Indikator, MalId)>> {
    Ok(indikator::list(tx, plan).await?.into_iter().map(|one| (one.indikator, one.mal)).collect())
}

/// The texts of goals, what is expected of them and what they are measured by, after what the plan has already.
async fn store_what_hangs(tx: &mut Tx, now: DateTime<Utc>, to: &Plan, kopia: &Kopia) -> Result<()> {
    for new in &kopia.enhetsmal {
        enhetsmal::insert(tx, new).await?;
        record(tx, now, (to.node, new.mal.0), ("Texter kopierade", ""), said(new.content.told())).await?;
    }
    let last = indikator::list(tx, to.id).await?.last().map_or(0, |last| last.ordning);
    for (new, ordning) in kopia.indikatorer.iter().zip(last + 1..) {
        let (indikator, mal) = new;
        let id = (indikator.id, *mal, indikator.copied_from);
        indikator::insert(tx, to.id, id, ordning, &indikator.content).await?;
        record(tx, now, (to.node, indikator.id.0), ("Kopierad", ""), said(indikator.content.told())).await?;
    }
    for new in &kopia.forvantat {
        forvantat::insert(tx, new).await?;
        record(tx, now, (to.node, new.mal.0), ("Förväntat resultat kopierat", ""), said(new.content.told())).await?;
    }
    for new in &kopia.uppfoljning {
        uppfoljning::insert(tx, to, new).await?;
        record(tx, now, (to.node, new.mal.0), ("Uppföljning kopierad", ""), said(new.content.told())).await?;
    }
    Ok(())
}

/// The chapters, and what came of them. A plan whose year before has none begins with the usual ones.
async fn copy_chapters(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (from, to): (&Plan, &Plan),
    is_new: bool,
) -> Result<Kapitelkopia> {
    let (old, there) = (kapitel::list(tx, from.id).await?, kapitel::list(tx, to.id).await?);
    if old.is_empty() && is_new {
        kapitel::begin(tx, to.id).await?;
        return Ok(Kapitelkopia::default());
    }
    // one that nobody has written in gives way to last year's
    let mut done = kopierat::of_plan(tx, to.id).await?;
    let mut stays = Vec::with_capacity(there.len());
    for one in there {
        let blank = one.version == 1 && one.content.text.is_empty() && !one.klart;
        // but not to one whose copy somebody has removed
        let gives_way = |old: &Kapitel| {
            let same = old.content.rubrik == one.content.rubrik && !old.content.text.is_empty();
            same && done.0.get(&old.id.0).is_none_or(|copy| *copy == one.id.0)
        };
        if blank && old.iter().any(gives_way) {
            execute!(tx, "delete from plankapitel where id = $1 and version = 1", one.id.0)?;
            kopierat::forget(tx, to.id, one.id.0).await?;
            done.0.retain(|_, copy| *copy != one.id.0);
        } else {
            stays.push(one);
        }
    }
    let kopia = kopiera_kapitel(&old, &stays, (to.id, &done), &mut KapitelId::new);
    for (source, one) in &kopia.nya {
        kapitel::insert(tx, one).await?;
        kopierat::keep(tx, to.id, source.0, one.id.0).await?;
        let told = said(vec![("Rubrik", one.content.rubrik.clone()), ("Text", one.content.text.clone())]);
        record(tx, now, (to.node, one.id.0), ("Kopierad", ""), told).await?;
    }
    for (source, there) in &kopia.fanns {
        kopierat::keep(tx, to.id, source.0, there.0).await?;
    }
    Ok(kopia)
}
