//! The goals and the breaks of a series: what is there, and a form for one more.

use domain::{
    format,
    siffror::serie::{MAL_MOST, Serie},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{CreateSerieBrott, CreateSerieMal, RemoveSerieBrott, RemoveSerieMal};
use crate::components::{Checkbox, DateField, ErrorSummary, FormState, Hidden, SelectField, TextField};

fn ids(serie: &Serie) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=serie.id.to_string()/>
        <Hidden name="version" value=serie.version.to_string()/>
    }
}

/// A row with what it says and a button that removes it.
fn row(serie: &Serie, words: String, at: usize, action: &'static str) -> impl IntoView + use<> {
    let label = format!("Ta bort: {words}");
    let state = FormState::of(action, Some(("at", &at.to_string())));
    view! {
        <li class="row">
            <div class="row-text"><p>{words}</p></div>
            <div class="row-actions">
                <form method="post" action=action>
                    <ErrorSummary state/>
                    {ids(serie)}
                    <Hidden name="at" value=at.to_string()/>
                    <button class="button quiet small" aria-label=label>"Ta bort"</button>
                </form>
            </div>
        </li>
    }
}

/// The goals.
pub fn goals(serie: &Serie) -> impl IntoView + use<> {
    let content = &serie.content;
    let state = FormState::nested(CreateSerieMal::PATH, None);
    let rows = content.mal.iter().enumerate().map(|(at, mal)| {
        let of = if mal.namn.is_empty() { String::new() } else { format!("{}: ", mal.namn) };
        row(serie, format!("{of}{}", mal.said(content)), at, RemoveSerieMal::PATH)
    });
    let rows = rows.collect_view();
    let options = vec![("hogst".to_owned(), "Högst".to_owned()), ("minst".to_owned(), "Minst".to_owned())];
    let more = (content.mal.len() < MAL_MOST).then(|| {
        view! {
            <form class="form" method="post" action=CreateSerieMal::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(serie)}
                <div class="inline-fields">
                    <TextField state=state.clone() name="namn" label="Vems mål, eller för vad?" help="Till exempel Årsmål 2022."/>
                    <SelectField state=state.clone() name="hogst" label="Högst eller minst" options required=true/>
                    <TextField state=state.clone() name="tal" label=format!("Mål, {}", content.enhet) short=true required=true inputmode="decimal"/>
                </div>
                <div class="form-actions"><button class="button secondary">"Lägg till målet"</button></div>
            </form>
        }
    });
    view! {
        <section class="stack" id="mal">
            <div>
                <h2>"Mål"</h2>
                <p class="help">"Varje mål ritas som en linje, och det sista slutliga värdet jämförs med det."</p>
            </div>
            {(!content.mal.is_empty()).then(|| view! { <div class="card"><ul class="rows">{rows}</ul></div> })}
            {more}
        </section>
    }
}

/// The breaks.
pub fn breaks(serie: &Serie) -> impl IntoView + use<> {
    let content = &serie.content;
    let state = FormState::nested(CreateSerieBrott::PATH, None);
    let rows = content.brott.iter().enumerate().map(|(at, b)| {
        let better = if b.rapportering { ", bättre rapportering" } else { "" };
        row(serie, format!("{}: {}{better}", format::date(b.fran), b.varfor), at, RemoveSerieBrott::PATH)
    });
    let rows = rows.collect_view();
    let more = (content.brott.len() < MAL_MOST).then(|| {
        view! {
            <form class="form" method="post" action=CreateSerieBrott::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(serie)}
                <div class="inline-fields">
                    <DateField state=state.clone() name="fran" label="Från och med" required=true/>
                    <TextField state=state.clone() name="varfor" label="Vad är annorlunda?" required=true help="Till exempel: Två enheter blev en."/>
                </div>
                <Checkbox state=state.clone() name="rapportering" label="En ökning efter det kan komma av bättre rapportering"/>
                <div class="form-actions"><button class="button secondary">"Lägg till brottet"</button></div>
            </form>
        }
    });
    view! {
        <section class="stack" id="brott">
            <div>
                <h2>"Brott"</h2>
                <p class="help">
                    "När något började räknas på ett annat sätt. Linjen bryts där, och värden på var sin sida jämförs inte med varandra."
                </p>
            </div>
            {(!content.brott.is_empty()).then(|| view! { <div class="card"><ul class="rows">{rows}</ul></div> })}
            {more}
        </section>
    }
}
