//! Steg: how far a plan has come, what was decided, and the steps that somebody can take now.

use domain::{
    format,
    verksamhetsplan::plan::{Plan, State, Steg},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{PATH, api::SetPlanSteg, plan::Sedd, tom};
use crate::components::{DateField, ErrorSummary, FormState, Hidden, HistoryList, TextArea, TextField};

/// The section under the goals.
pub(super) fn view(sedd: &Sedd) -> impl IntoView + use<> {
    let plan = &sedd.plan;
    let steps: Vec<Steg> = plan.steps(sedd.far);
    let copy = sedd.far.skriva.then(|| tom::kopiera(plan, "button secondary"));
    let revision = plan.revision.as_ref().map(|revision| {
        let (day, why) = (format::date(revision.fran), revision.varfor.clone());
        view! { <p class="notice info">{format!("Planen revideras sedan {day}: {why}")}</p> }
    });
    let forms = steps.iter().map(|steg| step(sedd, *steg)).collect_view();
    view! {
        <section class="stack plan-gang no-print" id="gang">
            <h2>"Planens gång"</h2>
            <p>{format!("Planen för {} är {}.", plan.year, plan.said())}</p>
            {revision}
            {remiss(sedd)}
            {decisions(plan)}
            <div class="stack tight">{forms}</div>
            {copy}
            <details class="disclosure">
                <summary>"Planens historik"</summary>
                <HistoryList entries=sedd.historik.clone()/>
            </details>
        </section>
    }
}

/// Until when the unit is asked, and the way to what has been said.
fn remiss(sedd: &Sedd) -> impl IntoView + use<> {
    let plan = &sedd.plan;
    let href = format!("{PATH}/{}/remiss", plan.id);
    let said = plan.remiss.map(|remiss| format!("{}. ", remiss.said(sedd.today)));
    let word = if said.is_some() { "Se synpunkterna" } else { "Skicka planen på remiss" };
    // before it has been on one there is something to do for who writes it, and nothing to see
    let asks = sedd.far.skriva && (plan.state == State::Utkast || plan.revision.is_some());
    (said.is_some() || asks).then(|| view! { <p>{said} <a href=href>{word}</a></p> })
}

fn decisions(plan: &Plan) -> impl IntoView + use<> {
    let rows: Vec<_> = plan
        .beslut
        .iter()
        .map(|beslut| {
            let what = if beslut.nr == 1 { "Fastställd" } else { "Reviderad" };
            let dnr = (!beslut.dnr.is_empty()).then(|| format!(", dnr {}", beslut.dnr));
            let why = (!beslut.varfor.is_empty()).then(|| format!(": {}", beslut.varfor));
            view! { <li>{what} " " {format::date(beslut.on)} {dnr} {why}</li> }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ul aria-label="Beslut om planen">{rows}</ul> })
}

/// A step: pressed, or opened where something is to be said with it.
fn step(sedd: &Sedd, steg: Steg) -> impl IntoView + use<> {
    let state = FormState::nested(SetPlanSteg::PATH, Some(("form[steg]", steg.code())));
    let back = state.is_back();
    let s = || state.clone();
    let fields = match steg {
        Steg::Faststall | Steg::FaststallRevision => Some(
            view! {
                {brister(sedd)}
                <div class="inline-fields">
                    <DateField state=s() name="on" label="Dag för beslutet" help="Tomt är i dag."/>
                    <TextField state=s() name="dnr" label="Diarienummer"/>
                </div>
            }
            .into_any(),
        ),
        Steg::OppnaRevision => Some(
            view! { <TextArea state=s() name="varfor" label="Varför ändras planen?" required=true rows=2 help="Skälet står kvar vid beslutet."/> }
                .into_any(),
        ),
        Steg::AvbrytRevision => Some(
            {
                let words = if sedd.ger_ater {
                    "Kapitel, mål, förväntat resultat och indikatorer blir som de är fastställda. Utfall, bedömningar och aktiviteter ändras inte. Det som ändrades finns i historiken."
                } else {
                    "Det som redan har ändrats i planen står kvar. Ändra tillbaka det först om det inte ska gälla."
                };
                view! { <p>{words}</p> }.into_any()
            },
        ),
        Steg::Foresla | Steg::TaTillbaka => None,
    };
    let ids = view! {
        <Hidden name="plan" value=sedd.plan.id.to_string()/>
        <Hidden name="version" value=sedd.plan.version.to_string()/>
        <input type="hidden" name="form[steg]" value=steg.code()/>
    };
    let summary = view! { <ErrorSummary state=s()/> };
    match fields {
        None => view! {
            <form method="post" action=SetPlanSteg::PATH>
                {summary} {ids}
                {(steg == Steg::Foresla).then(|| view! {
                    <p class="help">"Målen, kapitlen och aktiviteterna kan då inte ändras förrän planen är fastställd eller tagen tillbaka."</p>
                })}
                <button class="button secondary">{steg.verb()}</button>
            </form>
        }
        .into_any(),
        Some(fields) => view! {
            <details class="disclosure" open=back>
                <summary>{steg.verb()}</summary>
                <form class="form" method="post" action=SetPlanSteg::PATH>
                    {summary} {ids} {fields}
                    <div class="form-actions"><button class="button">{steg.verb()}</button></div>
                </form>
            </details>
        }
        .into_any(),
    }
}

/// What is missing before the plan is decided, what stops it first.
fn brister(sedd: &Sedd) -> impl IntoView + use<> {
    let rows = sedd.brister.iter().map(|brist| {
        let stops = brist.stoppar.then(|| view! { <strong>"Måste rättas. "</strong> });
        view! { <li>{stops} {brist.text.clone()}</li> }
    });
    (!sedd.brister.is_empty()).then(|| {
        view! {
            <div class="notice warn">
                <strong>"Se efter före beslutet"</strong>
                <ul>{rows.collect_view()}</ul>
            </div>
        }
    })
}
