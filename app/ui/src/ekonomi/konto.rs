//! `/verksamhetsplan/{id}/ekonomi`: the account. The heading is how it stands; under it the account at a time, its months, its forecasts
//! or the year's budget, as the address says.

use domain::{
    atgard::{
        Atgard, Source,
        access::{Behind, may_add},
    },
    ekonomi::{
        diagram,
        handling::{handlingsplan, is_answered},
        mening,
        summa::{Del, Konto},
        uppstallning::{self, Urval},
    },
    permission::Action,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{atgard, ekonomi::Rakning, history};

use super::{
    borja::borja,
    data::{self, Data},
    fri::tabeller,
    path,
    tabell::tabell,
    under,
    vy::{Val, Vy, val},
};
use crate::{
    atgard::SourceCard,
    components::{Empty, HistoryList, PageHead, chart::SerieChart, load},
    ctx::Ctx,
    verksamhetsplan::flikar::{Flik, flikar},
};

/// `/verksamhetsplan/{id}/ekonomi`
#[component]
pub fn KontoPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let asked = ["vy", "tid", "del"].map(|name| query.get(name).unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, data) = data::read(&ctx, &id, Action::View).await?;
        let Some(rakning) = &data.rakning else {
            let title = format!("Ekonomi {}", data.plan.year);
            return Ok(view! {
                <div class="konto-page" id="ekonomi" data-live="verksamhetsplan">
                    <PageHead title/>
                    {flikar(data.plan.id, Flik::Ekonomi)}
                    {borja(&data)}
                </div>
            }
            .into_any());
        };
        let entries = history::list(&mut tx, &[rakning.konto.id.0]).await?;
        let actor = ctx.actor()?;
        let atgarder = atgard::of_source(&mut tx, &actor, Source::Konto(rakning.konto.id)).await?;
        drop(tx);
        let adds = may_add(&actor, data.plan.node, Behind::Open);
        let asked = asked.each_ref().map(String::as_str);
        Ok(view! {
            <div class="konto-page" id="ekonomi" data-live="verksamhetsplan atgard">
                {shown(&data, rakning, asked)}
                {handling(rakning, atgarder, adds, ctx.today)}
                {tabeller(data.plan.id, &data.tabeller, data.may_edit)}
                <details class="disclosure no-print">
                    <summary>"Historik"</summary>
                    <HistoryList entries/>
                </details>
            </div>
        }
        .into_any())
    })
}

/// What is done about a forecast that is worse than budget, and that it is asked for.
fn handling(rakning: &Rakning, atgarder: Vec<Atgard>, adds: bool, today: chrono::NaiveDate) -> impl IntoView + use<> {
    let (id, konto) = (rakning.konto.id, rakning.konto());
    let (source, tid) = (Source::Konto(id), konto.senaste());
    let per = rakning.belopp.iter().filter(|b| b.tid == tid).filter_map(|b| b.per).max();
    let asked = handlingsplan(id, &konto, tid, is_answered(&atgarder, per)).map(|plan| {
        let link = adds.then(|| view! { " " <a href=source.new_atgard()>"Skriv en handlingsplan"</a> });
        view! { <p class="notice warn" id="handlingsplan">{plan.varfor} {link}</p> }
    });
    let may_add = adds && !atgarder.is_empty();
    view! { {asked} <SourceCard source list=atgarder today may_add/> }
}

fn shown(data: &Data, rakning: &Rakning, asked: [&str; 3]) -> impl IntoView + use<> {
    let konto = rakning.konto();
    let content = konto.content;
    let chosen = Val::of(&konto, asked);
    let plan = data.plan.id;
    let may = data.may_edit;
    let to = path(plan);
    let is_empty = rakning.belopp.is_empty();
    let title = mening::fynd(&konto, chosen.tid);
    let sub = format!("{} · {}", content.namn, content.enhet.rubrik());
    let body = if is_empty { empty(data, &to) } else { picture(data, &konto, chosen) };
    view! {
        <PageHead title sub about=format!("Ekonomi {}", data.plan.year)>
            {may.then(|| view! { <a class="button secondary" href=format!("{to}/las-in")>"Läs in en tabell"</a> })}
            {may.then(|| view! { <a class="button secondary" href=format!("{to}/rader")>"Ändra rader"</a> })}
            {may.then(|| view! { <a class="button" href=format!("{to}/fyll?tid={}", chosen.tid)>"Fyll i belopp"</a> })}
        </PageHead>
        {flikar(plan, Flik::Ekonomi)}
        {under::asked(data, rakning, &konto)}
        {(!is_empty).then(|| val(plan, content, chosen))}
        {body}
        {(!is_empty && chosen.vy == Vy::Konto).then(|| under::konto(data, rakning, &konto, chosen.tid))}
    }
}

/// No amount yet.
fn empty(data: &Data, to: &str) -> AnyView {
    let href = format!("{to}/fyll?art=budget");
    let link = data.may_edit.then(|| view! { <a class="button" href=href>"Fyll i budgeten"</a> });
    view! {
        <Empty title="Inga belopp än" text="När budgeten är ifylld står den här, rad för rad med summor.">{link}</Empty>
    }
    .into_any()
}

/// The table that was asked for; of forecasts with their picture.
fn picture(data: &Data, konto: &Konto<'_>, val: Val) -> AnyView {
    match val.vy {
        Vy::Konto => {
            let fjol = data.fjol.as_ref().map(Rakning::konto);
            let urval = Urval { tid: val.tid, fjol: fjol.as_ref(), tomma: false };
            view! { <div>{tabell(&uppstallning::konto(konto, urval))}</div> }.into_any()
        }
        Vy::Manader => view! { <div>{tabell(&uppstallning::manader(konto, val.del))}</div> }.into_any(),
        Vy::Budget => view! { <div>{tabell(&uppstallning::budget(konto))}</div> }.into_any(),
        Vy::Prognoser => prognoser(konto, val.del),
    }
}

/// How the forecasts of a line have changed, with its picture, and how right they were when the year is over.
fn prognoser(konto: &Konto<'_>, del: Del) -> AnyView {
    let Some(picture) = diagram::prognoser(konto, del) else {
        let text =
            "Varje månads prognos sparas med sin dag. När den första finns ritas den här, mot budget och utfall.";
        return view! { <Empty title="Inga prognoser än" text/> }.into_any();
    };
    let sakerhet = uppstallning::sakerhet(konto, del);
    let right = (!sakerhet.rader.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>"Prognossäkerhet"</h2>
                <p class="muted">"Varje prognos mot årets utfall."</p>
                {tabell(&sakerhet)}
            </section>
        }
    });
    view! {
        <div class="card"><div class="card-body"><SerieChart diagram=picture/></div></div>
        <section class="stack tight">
            <h2>"Prognoser"</h2>
            {tabell(&uppstallning::prognoser(konto, del))}
        </section>
        {right}
    }
    .into_any()
}
