//! What stands under the form of an indikator: its breaks, its place among those of its goal, and the way out.

use domain::{format, verksamhetsplan::plan::Plan};
use leptos::{prelude::*, server_fn::ServerFn};
use store::verksamhetsplan::indikator;

use super::{
    indikator::ids,
    indikator_api::{CreateIndikatorbrott, MoveIndikator, RemoveIndikator, RemoveIndikatorbrott},
};
use crate::components::{DateField, ErrorSummary, FormState, Hidden, TextField};

/// From when it is measured otherwise.
pub(super) fn breaks(plan: &Plan, own: &indikator::Placerad) -> impl IntoView + use<> {
    let state = FormState::nested(CreateIndikatorbrott::PATH, Some(("id", &own.indikator.id.to_string())));
    let rows = own.indikator.content.brott.iter().enumerate().map(|(at, brott)| {
        let words = format!("{}: {}", format::date(brott.fran), brott.varfor);
        let label = format!("Ta bort: {words}");
        view! {
            <li class="row">
                <div class="row-text"><p>{words}</p></div>
                <div class="row-actions">
                    <form method="post" action=RemoveIndikatorbrott::PATH>
                        {ids(plan, own)}
                        <Hidden name="at" value=at.to_string()/>
                        <button class="button quiet small" aria-label=label>"Ta bort"</button>
                    </form>
                </div>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let listed = (!rows.is_empty()).then(|| view! { <ul class="rows card">{rows}</ul> });
    view! {
        <section class="stack" id="brott">
            <div>
                <h2>"Ändrat sätt att mäta"</h2>
                <p class="help">"Från när den mäts på ett annat sätt. Utfall före och efter jämförs inte, och ingen linje dras över gränsen."</p>
            </div>
            {listed}
            <form class="form" method="post" action=CreateIndikatorbrott::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(plan, own)}
                <div class="inline-fields">
                    <DateField state=state.clone() name="fran" label="Från och med" required=true/>
                    <TextField state=state.clone() name="varfor" label="Vad är annorlunda?" required=true/>
                </div>
                <div class="form-actions"><button class="button secondary">"Lägg till ändringen"</button></div>
            </form>
        </section>
    }
}

/// Its place among those of its goal, and the way out.
pub(super) fn place(plan: &Plan, own: &indikator::Placerad) -> impl IntoView + use<> {
    let state = FormState::of(RemoveIndikator::PATH, Some(("id", &own.indikator.id.to_string())));
    let step = |earlier: bool, words: &'static str| {
        view! {
            <form method="post" action=MoveIndikator::PATH>
                <Hidden name="plan" value=plan.id.to_string()/>
                <Hidden name="id" value=own.indikator.id.to_string()/>
                <Hidden name="earlier" value=earlier.to_string()/>
                <button class="button secondary small">{words}</button>
            </form>
        }
    };
    view! {
        <section class="stack" id="plats">
            <div>
                <h2>"Plats och borttagning"</h2>
                <p class="help">"Ordningen är den bland målets indikatorer. En indikator som har utfall går inte att ta bort."</p>
            </div>
            <ErrorSummary state/>
            <div class="cluster">
                {step(true, "Flytta upp")} {step(false, "Flytta ned")}
                <form method="post" action=RemoveIndikator::PATH>
                    {ids(plan, own)}
                    <button class="button danger small">"Ta bort indikatorn"</button>
                </form>
            </div>
        </section>
    }
}
