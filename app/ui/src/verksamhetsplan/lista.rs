//! Lista: the goals as a list in a list, with what is done with each.

use domain::verksamhetsplan::mal::{Mal, MalId, Niva, kedja, kedja::Punkt};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH,
    kedja::{matt, status},
    mal_api::RemoveMal,
    plan::Sedd,
};
use crate::components::{ErrorSummary, FormState, Hidden};

/// The list.
pub(super) fn view(sedd: &Sedd) -> impl IntoView + use<> {
    let points = kedja::lista(&sedd.trad).iter().map(|punkt| point(sedd, punkt)).collect_view();
    view! { <ul class="mallista card">{points}</ul> }
}

fn point(sedd: &Sedd, punkt: &Punkt) -> AnyView {
    let Some(mal) = sedd.trad.get(punkt.mal) else { return ().into_any() };
    let skipped = mal.under.filter(|_| !punkt.hoppade.is_empty()).map(|_| {
        let names: Vec<String> = punkt.hoppade.iter().map(|niva| niva.said()).collect();
        format!(" · inget {}", names.join(" eller "))
    });
    let owner = sedd.agare[mal.content.niva.kolumn()].clone().filter(|_| mal.is_shared(sedd.plan.node));
    let owner = owner.map(|owner| format!(" · {owner}"));
    let text = (!mal.content.beskrivning.is_empty())
        .then(|| view! { <p class="prewrap mallista-text">{mal.content.beskrivning.clone()}</p> });
    let under = (!punkt.under.is_empty()).then(|| {
        let points = punkt.under.iter().map(|punkt| point(sedd, punkt)).collect_view();
        view! { <ul>{points}</ul> }
    });
    view! {
        <li id=format!("mal-{}", mal.id)>
            <div class="mallista-rad">
                <div class="mallista-mal">
                    <p class="mallista-niva">{sedd.ett_namn(mal.content.niva)} {owner} {skipped}</p>
                    <p><a href=sedd.mal(mal.id)>{mal.content.med_nr()}</a> {matt(sedd, mal)}</p>
                    {text}
                </div>
                {status(sedd, mal)}
                {sedd.skriver.then(|| actions(sedd, mal))}
            </div>
            {under}
        </li>
    }
    .into_any()
}

/// What is done with a goal: with one that is shared, that goals of the unit's own are laid under it.
fn actions(sedd: &Sedd, mal: &Mal) -> impl IntoView + use<> {
    let (plan, id, name) = (sedd.plan.id, mal.id, mal.content.med_nr());
    let at = |rest: &str| format!("{PATH}/{plan}/mal{rest}");
    let link = |href: String, word: &'static str| {
        view! { <a class="button quiet small" href=href aria-label=format!("{word}: {name}")>{word}</a> }
    };
    let under = (mal.content.niva != Niva::Enhetsmal).then(|| link(at(&format!("/ny?under={id}")), "Nytt mål under"));
    let own = (!mal.is_shared(sedd.plan.node)).then(|| {
        view! {
            {link(at(&format!("/{id}/redigera")), "Ändra")}
            {link(at(&format!("/{id}/redigera#flytta")), "Flytta")}
            {remove(sedd, id, mal.version, &name)}
        }
    });
    view! { <div class="mallista-gor no-print">{under} {own}</div> }
}

fn remove(sedd: &Sedd, id: MalId, version: i64, name: &str) -> impl IntoView + use<> {
    let state = FormState::of(RemoveMal::PATH, Some(("id", &id.to_string())));
    view! {
        <form method="post" action=RemoveMal::PATH>
            <ErrorSummary state/>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="plan" value=sedd.plan.id.to_string()/>
            <Hidden name="version" value=version.to_string()/>
            <button class="button quiet small" aria-label=format!("Ta bort: {name}")>"Ta bort"</button>
        </form>
    }
}
