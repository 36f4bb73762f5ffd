//! What a goal is measured by and what is done for it, on its page: how each stands, and why.

use chrono::NaiveDate;
use domain::{
    format,
    verksamhetsplan::{aktivitet::Planaktivitet, indikator::rutnat::Rad},
};
use leptos::prelude::*;
use store::verksamhetsplan::indikator::Placerad;

use super::{PATH, Sida};
use crate::{
    planaktivitet,
    verksamhetsplan::{marke::marke, utfall_data::Data},
};

/// The indikatorer of the goal, in the period that its assessment is of.
/// Those of the plans above are read, and have their outcomes there.
pub fn indikatorer(sida: &Sida, data: &Data, shared: &[Placerad]) -> AnyView {
    let mal = sida.mal.id;
    let of_goal = |rad: &&Rad| data.indikatorer.get(&rad.id).is_some_and(|one| one.mal == mal);
    let own = data.rutnat.rader.iter().filter(of_goal).map(|rad| row(sida, data, rad).into_any());
    let shared = shared.iter().filter(|one| one.mal == mal).map(|one| shared_row(one).into_any());
    let rows: Vec<AnyView> = own.chain(shared).collect();
    let new = sida.may_edit.then(|| {
        let href = format!("{PATH}/{}/indikatorer/ny?mal={mal}", sida.plan.id);
        view! { <a class="button secondary small" href=href>"Ny indikator"</a> }
    });
    if rows.is_empty() && new.is_none() {
        return ().into_any();
    }
    let list = if rows.is_empty() {
        view! { <p class="card-text help">"Målet mäts inte med någon indikator än."</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" id="indikatorer">
            <div class="card-head"><h2>{format!("Indikatorer, {}", data.period.label())}</h2> {new}</div>
            {list}
        </section>
    }
    .into_any()
}

fn row(sida: &Sida, data: &Data, rad: &Rad) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}/indikatorer/{}?period={}", sida.plan.id, rad.id, data.period);
    let goal = if rad.arsmal.is_empty() { String::new() } else { format!("Årsmål {}. ", rad.arsmal) };
    let status = rad.bedomning.status;
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=href>{rad.namn.clone()}</a>
                <p class="row-meta">{goal} {rad.varfor.clone()}</p>
            </div>
            <div class="row-who">{marke(status.marke(), status.label())}</div>
        </li>
    }
}

fn shared_row(one: &Placerad) -> impl IntoView + use<> {
    let content = &one.indikator.content;
    let goal = content.arsmal.shown(content);
    let goal = if goal.is_empty() { String::new() } else { format!("Årsmål {goal}. ") };
    let whose = format!("{goal}Gemensam: {}. Följs upp i den planen.", content.ursprung.label());
    view! {
        <li class="row">
            <div class="row-text">
                <span class="row-title">{content.namn.clone()}</span>
                <p class="row-meta">{whose}</p>
            </div>
        </li>
    }
}

/// What is done for the goal.
pub fn aktiviteter(sida: &Sida, all: &[Planaktivitet], today: NaiveDate) -> AnyView {
    let mal = Some(sida.mal.id);
    let rows: Vec<_> = all.iter().filter(|one| one.content.mal == mal).map(|one| aktivitet(one, today)).collect();
    let new = sida.may_edit.then(|| {
        let href = format!("{PATH}/{}/aktiviteter/ny?mal={}", sida.plan.id, sida.mal.id);
        view! { <a class="button secondary small" href=href>"Ny aktivitet"</a> }
    });
    if rows.is_empty() && new.is_none() {
        return ().into_any();
    }
    let list = if rows.is_empty() {
        view! { <p class="card-text help">"Inga aktiviteter hör till målet än."</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" id="malets-aktiviteter">
            <div class="card-head"><h2>"Aktiviteter"</h2> {new}</div>
            {list}
        </section>
    }
    .into_any()
}

fn aktivitet(one: &Planaktivitet, today: NaiveDate) -> impl IntoView + use<> {
    let (content, status) = (&one.content, one.status(today));
    let when = match (content.start, content.slut) {
        (Some(start), Some(slut)) => format!("{}–{}", format::date(start), format::date(slut)),
        (Some(start), None) => format!("från {}", format::date(start)),
        (None, Some(slut)) => format!("klar senast {}", format::date(slut)),
        (None, None) => "utan datum".to_owned(),
    };
    let otherwise = one.lage.avvikelse.clone();
    let meta = if otherwise.is_empty() { when } else { format!("{when} · {otherwise}") };
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=format!("{}/{}", planaktivitet::PATH, one.id)>{content.text.clone()}</a>
                <p class="row-meta">{meta}</p>
            </div>
            <div class="row-who">{marke(status.mark(), status.label())}</div>
        </li>
    }
}
