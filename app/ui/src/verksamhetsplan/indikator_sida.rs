//! `/verksamhetsplan/{id}/indikatorer/{indikator}`: an indikator with its outcome of a period, all that belongs to the figure, its status, and
//! its outcomes over the years.

use std::collections::BTreeSet;

use domain::{
    atgard::{
        Source,
        access::{Behind, may_add},
    },
    format,
    permission::Action,
    verksamhetsplan::indikator::{IndikatorId, Utfallsperiod, bedomning::Flagga, skydd, utfall::Harkomst},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    atgard, history,
    verksamhetsplan::indikator::{self, Placerad},
};

use super::{
    PATH,
    flikar::read,
    indikator::{crumbs, goal_of, may_edit},
    indikator_aren::{aren, corrected, over_years},
    indikator_utfall::{outcome, status_form},
    marke::marke,
    utfall_api::period_of,
    utfall_data::{self, Data, sida, varfor},
};
use crate::{
    atgard::SourceCard,
    components::{Fact, HistoryList, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// `/verksamhetsplan/{id}/indikatorer/{indikator}`
#[component]
pub fn IndikatorPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, indikator) = (params.get("id").unwrap_or_default(), params.get("indikator").unwrap_or_default());
    let asked = use_query_map().get_untracked().get("period").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let own: IndikatorId = indikator.parse().map_err(|_| AppError::NotFound)?;
        let found = indikator::get(&mut tx, plan.id, own).await?;
        let period =
            if asked.is_empty() { Utfallsperiod::av_planen(plan.year, ctx.today) } else { period_of(&plan, &asked)? };
        // the version before what is shown of it: what is written in between is met rather than lost
        let mut aren = aren(&mut tx, own).await?;
        let av = utfall_data::Av::En(own);
        let data = utfall_data::read_av(&mut tx, &actor, ctx.today, (&plan, period), av).await?;
        let goal = goal_of(&data.trad, found.mal);
        let version = aren.version(period);
        let entries = history::list(&mut tx, &[own.0]).await?;
        let source = Source::Indikator(own);
        let atgarder = atgard::of_source(&mut tx, &actor, source).await?;
        drop(tx);
        let adds = may_add(&actor, plan.node, Behind::Open);
        let asks = adds && atgarder.is_empty();
        let content = &found.indikator.content;
        let edit = may_edit(&ctx, plan.node);
        if !edit {
            for ((_, one), all) in aren.led.iter().zip(&mut aren.utfall) {
                for stored in all.iter_mut() {
                    stored.utfall = skydd::visat(&one.indikator.content, &stored.utfall);
                }
            }
        }
        let change = edit
            .then(|| view! { <a class="button secondary" href=format!("{}/redigera", sida(plan.id, own))>"Ändra"</a> });
        let forms = edit.then(|| view! { {outcome(&data, &found, version)} {status_form(&data, &found, version)} });
        Ok(view! {
            <div class="stack loose" id="indikator" data-live="verksamhetsplan atgard">
                <div>
                    {crumbs(&plan, None, &content.namn)}
                    <PageHead title=content.namn.clone() sub=goal>{change}</PageHead>
                    {perioder(&data, &found)}
                </div>
                <div class="indikator-kolumner">
                    <div class="stack loose">{judged(&data, own)} {risk(&data, own, asks)} {forms}</div>
                    <aside class="card card-body" aria-label="Om indikatorn">{facts(&data, &found)}</aside>
                </div>
                {over_years(&data, &aren)}
                <SourceCard source list=atgarder today=ctx.today may_add=adds/>
                {edit.then(|| view! {
                    {corrected(content, &aren)}
                    <section class="stack tight">
                        <h2>"Historik"</h2>
                        <HistoryList entries/>
                    </section>
                })}
            </div>
        })
    })
}

fn perioder(data: &Data, own: &Placerad) -> impl IntoView + use<> {
    let year = data.plan.year;
    let mut all: BTreeSet<Utfallsperiod> = own.indikator.content.periodicitet.perioder(year).into_iter().collect();
    all.extend(Utfallsperiod::rapporter(year));
    all.insert(data.period);
    let here = data.period;
    let base = sida(data.plan.id, own.indikator.id);
    let links = all.into_iter().map(|period| {
        let href = format!("{base}?period={period}");
        let word = if period.is_vb() { "Helår".to_owned() } else { period.within_year() };
        view! { <a href=href aria-current=(period == here).then_some("page")>{word}</a> }
    });
    view! { <nav class="segmented" aria-label="Period">{links.collect_view()}</nav> }
}

/// How it stands, and what the figures are.
fn judged(data: &Data, id: IndikatorId) -> Option<impl IntoView + use<>> {
    let rad = data.rutnat.rader.iter().find(|rad| rad.id == id)?;
    let status = rad.bedomning.status;
    let figures = rad.rutor.iter().filter(|ruta| !ruta.visad.is_empty()).map(|ruta| {
        let parts = if ruta.delar.is_empty() { String::new() } else { format!(" ({})", ruta.delar) };
        view! { <Fact label=ruta.kolumn.label() value=format!("{}{parts}", ruta.visad)/> }
    });
    let utfall = data.utfall(id);
    let from = match &utfall.harkomst {
        Harkomst::Inskrivet => String::new(),
        other => format::capitalised(&other.said()),
    };
    let closed = data.stangd.map(|closed| format!("Perioden är stängd sedan {}.", format::date(closed.on)));
    Some(view! {
        <section class="card card-body stack tight" aria-label="Bedömning">
            <p class="indikator-lage">{marke(status.marke(), status.label())}</p>
            <p>{varfor(data, rad)}</p>
            <dl class="dl">
                {figures.collect_view()}
                <Fact label="I fjol" value=rad.fjol.clone()/>
                <Fact label="Missvisande" value=utfall.missvisande.clone()/>
                <Fact label="Utan kön" value=utfall.utan_kon.clone()/>
                <Fact label="Analys" value=utfall.analys.clone()/>
                <Fact label="Varifrån" value=from/>
            </dl>
            {closed.map(|words| view! { <p class="help">{words}</p> })}
        </section>
    })
}

/// That a goal is reached by little is a risk: until the risks of a unit have a list of their own it is met by an åtgärd.
fn risk(data: &Data, id: IndikatorId, adds: bool) -> Option<impl IntoView + use<>> {
    let rad = data.rutnat.rader.iter().find(|rad| rad.id == id)?;
    let asks = adds && rad.bedomning.flaggor.iter().any(Flagga::is_risk);
    asks.then(|| {
        let href = Source::Indikator(id).new_atgard();
        view! {
            <p class="notice info" id="risk">
                "Målet nås med liten marginal. Vad kan gå fel innan året är slut? " <a href=href>"Lägg till en åtgärd"</a>
            </p>
        }
    })
}

/// What the indikator is.
fn facts(data: &Data, own: &Placerad) -> impl IntoView + use<> {
    let (goal, at) = (goal_of(&data.trad, own.mal), format!("{PATH}/{}/mal/{}", data.plan.id, own.mal));
    let goal = (!goal.is_empty()).then(|| view! { <dt>"Mål"</dt> <dd><a href=at>{goal}</a></dd> });
    // its name is the heading
    let all = own.indikator.content.told().into_iter().skip(1);
    let all = all.map(|(label, value)| view! { <Fact label value/> }).collect_view();
    view! { <h2 class="visually-hidden">"Om indikatorn"</h2> <dl class="dl">{goal} {all}</dl> }
}
