//! One question: its finding, its distribution, by kön, in time, beside others, and as it was asked before.

use std::sync::Arc;

use domain::{
    enkat::{
        Grain,
        resultat::{Figur, Serie},
    },
    format,
};
use leptos::prelude::*;

use super::{
    compare::Compare,
    data::Fragresultat,
    distribution::Distribution,
    kon::ByKon,
    trend::{KonTrends, Trend},
};

/// The section of a question. By itself it also has a chart for each kön.
#[component]
pub(super) fn Question(
    /// The question.
    q: Arc<Fragresultat>,
    /// Months or weeks.
    grain: Grain,
    /// Whether kön is asked for.
    asks_kon: bool,
    /// Where it stands by itself; empty when it does already.
    alone: String,
) -> impl IntoView {
    let whole = alone.is_empty();
    let more = (!whole).then(|| {
        view! {
            <p class="card-foot no-print">
                <a href=alone>"Visa bara den här frågan" <span class="visually-hidden">{format!(": {}", q.title())}</span></a>
            </p>
        }
    });
    let total = q.total();
    let sub = total.as_ref().map(|f| answers(f.n)).unwrap_or_default();
    let gone = q.number.is_none().then(|| {
        view! { <p class="result-note">{format!("Frågan ställdes till och med version {}.", q.now().versions.1)}</p> }
    });
    let changed = (q.series.len() > 1).then(|| {
        let n = q.now().versions.0;
        view! {
            <p class="notice info">
                {format!("Frågan ändrades i version {n}. Svaren före och efter räknas var för sig, för de är svar på olika frågor.")}
            </p>
        }
    });
    let body = match total {
        None => view! {
            <p class="result-note">"Resultatet visas när minst fem har svarat."</p>
            <Compare q=q.clone()/>
        }
        .into_any(),
        Some(figur) => {
            let serie = q.now().clone();
            view! {
                <div class="result-main">
                    <Finding serie=serie.clone() figur=figur.clone()/>
                    <Distribution serie figur/>
                </div>
                <div class="result-parts">
                    <Trend q=q.clone() grain/>
                    <div class="stack">
                        {asks_kon.then(|| view! { <ByKon q=q.clone() grain/> })}
                        <Compare q=q.clone()/>
                    </div>
                </div>
                {(whole && asks_kon).then(|| view! { <KonTrends q=q.clone() grain/> })}
            }
            .into_any()
        }
    };
    let earlier = q.series.iter().skip(1).cloned().map(|serie| view! { <Earlier serie/> }).collect_view();
    view! {
        <section class="card result" id=format!("fraga-{}", q.key())>
            <div class="card-head">
                <h2>{q.title()}</h2>
                <p class="sub">{sub}</p>
            </div>
            <div class="card-body">{gone} {changed} {body} {earlier}</div>
            {more}
        </section>
    }
}

/// `50 svar`
fn answers(n: i64) -> String {
    format!("{} svar", format::int(n))
}

/// The sentence that is the result, and how sure it is.
#[component]
fn Finding(serie: Serie, figur: Figur) -> impl IntoView {
    let certainty = figur.certainty().map(|words| view! { <p class="result-note">{words}</p> });
    view! {
        <div class="result-finding">
            <p class="result-sentence">{figur.finding(&serie.categories)}</p>
            {certainty}
        </div>
    }
}

/// The question as it was asked before: figures of its own, never added to those of now.
#[component]
fn Earlier(serie: Serie) -> impl IntoView {
    let heading = match serie.versions {
        (first, last) if first == last => format!("Så löd frågan i version {first}"),
        (first, last) => format!("Så löd frågan i version {first}–{last}"),
    };
    let total = serie.total();
    let share = total.as_ref().map(Figur::share_words).unwrap_or_default();
    let body = match total {
        Some(figur) => view! {
            <Finding serie=serie.clone() figur=figur.clone()/>
            <Distribution serie=serie.clone() figur/>
        }
        .into_any(),
        None => view! { <p class="result-note">"Färre än fem svar, visas inte."</p> }.into_any(),
    };
    view! {
        <details class="more-fields chart-table result-earlier">
            <summary>{heading} <span class="result-earlier-share">{share}</span></summary>
            <div class="stack tight">
                <h3><q>{serie.fraga.text.clone()}</q></h3>
                {body}
            </div>
        </details>
    }
}
