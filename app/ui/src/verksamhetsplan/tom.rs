//! Tomt: what stands where there is no plan of the year, and where a plan has no goals: what it means, and ways to begin.

use domain::verksamhetsplan::{
    mal::Benamning,
    plan::{Innehall, Plan, PlanId},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    PATH,
    api::{CopyVerksamhetsplan, CreateVerksamhetsplan, LAS_IN},
    plan::Sedd,
};
use crate::{
    components::{ChoiceField, Empty, ErrorSummary, FormState, Hidden},
    place::Place,
};

/// There is no plan of the year.
pub(super) fn ingen_plan(place: &Place, before: Option<&Plan>, may_edit: bool) -> impl IntoView + use<> {
    let title = format!("Ingen plan för {} än", place.year);
    if !may_edit {
        let text = "Enhetens mål för året står här när planen är påbörjad.";
        return view! { <Empty title text/> }.into_any();
    }
    let copy = before.map(|before| {
        view! {
            <section class="stack tight">
                <h3>{format!("Kopiera planen för {}", before.year)}</h3>
                <p class="help">"Enhetens egna mål och kapitlen följer med. Texterna är märkta tills någon har ändrat dem."</p>
                {kopiera(before, "button")}
            </section>
        }
    });
    let begin = begin(place, before.is_some());
    let text = "Här står vad enheten ska nå under året, varför, och hur det går.";
    view! { <Empty title text><div class="stack loose plan-borja">{copy} {begin}</div></Empty> }.into_any()
}

/// Begins an empty plan, or one whose goals are read from a table.
fn begin(place: &Place, beside: bool) -> impl IntoView + use<> {
    let state = FormState::of(CreateVerksamhetsplan::PATH, None);
    let id = state.new_id(|| PlanId::new().to_string());
    let names = Benamning::ALL.map(|one| (one.code(), one.plural())).to_vec();
    let value = vec![Benamning::default().code().to_owned()];
    let class = if beside { "button secondary" } else { "button" };
    view! {
        <form class="form" method="post" action=CreateVerksamhetsplan::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id/>
            <Hidden name="node" value=place.unit.to_string()/>
            <Hidden name="year" value=place.year.to_string()/>
            <ChoiceField state name="benamning" legend="Vad kallar ni era egna mål?" options=names value row=true/>
            <div class="form-actions">
                <button class=class>"Börja på planen"</button>
                <button class="button secondary" name="sedan" value=LAS_IN>"Börja och läs in en målkedja"</button>
            </div>
        </form>
    }
}

/// Copies a plan to the year after.
pub(super) fn kopiera(from: &Plan, class: &'static str) -> impl IntoView + use<> {
    let state = FormState::of(CopyVerksamhetsplan::PATH, Some(("plan", &from.id.to_string())));
    let new = state.new_id(|| PlanId::new().to_string());
    view! {
        <form method="post" action=CopyVerksamhetsplan::PATH>
            <ErrorSummary state/>
            <Hidden name="plan" value=from.id.to_string()/>
            <Hidden name="new" value=new/>
            <button class=class>{format!("Kopiera till {}", from.year + 1)}</button>
        </form>
    }
}

/// The plan has no goals.
pub(super) fn inga_mal(sedd: &Sedd) -> impl IntoView + use<> {
    let at = |rest: &str| format!("{PATH}/{}{rest}", sedd.plan.id);
    if !sedd.skriver {
        let why = sedd.plan.check_open(Innehall::Mal).err().filter(|_| sedd.far.skriva);
        let text = why.unwrap_or("Målen står här när de är skrivna.");
        return view! { <Empty title="Planen har inga mål än" text/> }.into_any();
    }
    let (las_in, new) = (at("/las-in"), at("/mal/ny"));
    view! {
        <Empty title="Planen har inga mål än" text="Läs in kedjan ur en tabell, eller skriv målen ett i taget.">
            <p class="cluster">
                <a class="button" href=las_in>"Läs in en målkedja"</a>
                <a class="button secondary" href=new>"Nytt mål"</a>
            </p>
        </Empty>
    }
    .into_any()
}
