//! The bilagor of a plan, under its chapters: as they are numbered, and the form of each.

use domain::verksamhetsplan::plan::{
    PlanId,
    bilaga::{BILAGOR_MOST, Bilaga, Content, PlanbilagaId},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::bilagor_api::{CreatePlanbilaga, MovePlanbilaga, RemovePlanbilaga, UpdatePlanbilaga};
use crate::components::{ErrorSummary, FormState, Hidden, TextField};

/// The section; nothing where there is none and whoever reads writes none.
pub(super) fn view(plan: PlanId, all: &[Bilaga], writes: bool) -> impl IntoView + use<> {
    let last = all.len().saturating_sub(1);
    let rows = (0..).zip(all).map(|(at, one): (usize, &Bilaga)| row(one, at, last, writes)).collect_view();
    let count = all.len();
    let new = (writes && count < BILAGOR_MOST).then(|| new_form(plan));
    let listed = (count > 0).then(|| view! { <ul class="stack tight plan-bilagor">{rows}</ul> });
    let none = (count == 0).then(|| view! { <p class="help">"Planen har inga bilagor."</p> });
    (count > 0 || writes).then(|| {
        view! {
            <section class="stack" id="bilagor">
                <h2>"Bilagor"</h2>
                {listed} {none} {new}
            </section>
        }
    })
}

fn row(one: &Bilaga, at: usize, last: usize, writes: bool) -> impl IntoView + use<> {
    let said = one.content.said(at + 1);
    let actions = writes.then(|| actions(one, at == 0, at == last));
    view! { <li id=format!("bilaga-{}", one.id)><p>{said}</p> {actions}</li> }
}

fn ids(one: &Bilaga) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=one.id.to_string()/>
        <Hidden name="plan" value=one.plan.to_string()/>
    }
}

fn actions(one: &Bilaga, first: bool, last: bool) -> impl IntoView + use<> {
    let (titel, key, version) = (one.content.titel.clone(), one.id.to_string(), one.version.to_string());
    let step = |earlier: bool, word: &'static str| {
        view! {
            <form method="post" action=MovePlanbilaga::PATH>
                {ids(one)}
                <Hidden name="earlier" value=earlier.to_string()/>
                <button class="button quiet small" aria-label=format!("{word}: {titel}")>{word}</button>
            </form>
        }
    };
    let state = FormState::nested(UpdatePlanbilaga::PATH, Some(("id", &key)));
    let gone = FormState::of(RemovePlanbilaga::PATH, Some(("id", &key)));
    let open = state.is_back() || gone.is_back();
    view! {
        <div class="cluster no-print">
            {(!first).then(|| step(true, "Flytta upp"))}
            {(!last).then(|| step(false, "Flytta ned"))}
        </div>
        <details class="disclosure no-print" open=open>
            <summary aria-label=format!("Ändra: {titel}")>"Ändra"</summary>
            <form class="form" method="post" action=UpdatePlanbilaga::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(one)}
                <Hidden name="version" value=version.clone()/>
                {fields(&state, Some(&one.content))}
                <div class="form-actions"><button class="button">"Spara"</button></div>
            </form>
            <form method="post" action=RemovePlanbilaga::PATH>
                <ErrorSummary state=gone/>
                {ids(one)}
                <Hidden name="version" value=version/>
                <button class="button quiet" aria-label=format!("Ta bort: {titel}")>"Ta bort bilagan"</button>
            </form>
        </details>
    }
}

fn new_form(plan: PlanId) -> impl IntoView {
    let state = FormState::nested(CreatePlanbilaga::PATH, None);
    let id = state.new_id(|| PlanbilagaId::new().to_string());
    let open = state.is_back();
    view! {
        <details class="disclosure no-print" open=open>
            <summary>"Ny bilaga"</summary>
            <form class="form" method="post" action=CreatePlanbilaga::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=plan.to_string()/>
                {fields(&state, None)}
                <div class="form-actions"><button class="button">"Lägg till bilagan"</button></div>
            </form>
        </details>
    }
}

fn fields(state: &FormState, content: Option<&Content>) -> impl IntoView + use<> {
    let s = || state.clone();
    let text = |of: fn(&Content) -> String| content.map(of).unwrap_or_default();
    view! {
        <TextField state=s() name="titel" label="Bilagans namn" value=text(|c| c.titel.clone()) required=true/>
        <TextField state=s() name="hanvisning" label="Var den finns" value=text(|c| c.hanvisning.clone())
            help="Till exempel ett diarienummer eller en adress."/>
    }
}
