//! The questions at a glance, and which to work with first.

use std::sync::Arc;

use domain::{
    enkat::{
        Enkat,
        resultat::{Fler, Matris, waiting_sentence},
    },
    format,
    occurrence::Share,
};
use leptos::prelude::*;

use super::{
    data::{Fragresultat, Resultat},
    distribution::segments,
};
use crate::components::chart::{ChartTable, MatrixChart, StackedBar};

/// How many answers, how many of those asked, and what waits.
#[component]
pub(super) fn Figures(
    /// What is shown.
    shown: Summary,
    /// Whether the person may write how many were handed out.
    may_edit: bool,
) -> impl IntoView {
    let waiting =
        waiting_sentence(&shown.enkat, shown.waiting).unwrap_or_else(|| "Alla svar är med i siffrorna.".to_owned());
    let rate = if !shown.fler.is_empty() {
        let told = shown.fler.iter().map(Fler::sentence).collect::<Vec<_>>().join(" ");
        let link = may_edit.then(
            || view! { <a href=format!("/enkater/{}/varden#utdelade", shown.enkat.id)>"Rätta antalet utdelade"</a> },
        );
        view! {
            <p class="value suppressed">"–"</p>
            <p class="sentence">{told} " Svarsfrekvensen visas när det är rättat. " {link}</p>
        }
        .into_any()
    } else if let Some(share) = shown.svarsfrekvens {
        let sentence = format!(
            "{} svar på {} utdelade, under avslutade perioder där antalet utdelade är känt.",
            format::int(share.numerator),
            format::int(share.denominator),
        );
        view! {
            <p class="value">{format::percent(share.numerator, share.denominator)}</p>
            <p class="sentence">{sentence}</p>
        }
        .into_any()
    } else {
        let link = may_edit.then(|| {
            view! { <a href=format!("/enkater/{}/varden", shown.enkat.id)>"Skriv hur många som delats ut"</a> }
        });
        view! {
            <p class="value suppressed">"–"</p>
            <p class="sentence">"Antalet utdelade är inte känt. " {link}</p>
        }
        .into_any()
    };
    view! {
        <section class="figures wide" aria-label="Svaren i siffror">
            <div class="figure">
                <p class="label">"Svar i resultatet"</p>
                <p class="value">{format::int(shown.shown)}</p>
                <p class="sentence">{waiting}</p>
            </div>
            <div class="figure">
                <p class="label">"Svarsfrekvens"</p>
                {rate}
            </div>
        </section>
    }
}

/// What the figures at the top are made of.
pub(super) struct Summary {
    enkat: Enkat,
    shown: i64,
    waiting: i64,
    svarsfrekvens: Option<Share>,
    fler: Vec<Fler>,
}

impl From<&Resultat> for Summary {
    fn from(r: &Resultat) -> Self {
        Self {
            enkat: r.enkat.clone(),
            shown: r.shown,
            waiting: r.waiting,
            svarsfrekvens: r.svarsfrekvens,
            fler: r.fler.clone(),
        }
    }
}

/// A line for each question: bar, share, how many.
#[component]
pub(super) fn Overview(
    /// The questions.
    questions: Vec<Arc<Fragresultat>>,
) -> impl IntoView {
    let rows = questions
        .into_iter()
        .map(|q| {
            let figures = match q.total() {
                Some(figur) => {
                    let label = figur.finding(&q.now().categories);
                    view! {
                        <StackedBar segments=segments(q.now(), &figur) label compact=true/>
                        <span class="overview-share">{figur.share_words()}</span>
                        <span class="overview-n">{format!("{} svar", format::int(figur.n))}</span>
                    }
                    .into_any()
                }
                None => view! {
                    <span class="overview-none">"Visas när fem har svarat"</span>
                }
                .into_any(),
            };
            view! {
                <li class="overview-row">
                    <a class="overview-title" href=format!("#fraga-{}", q.key())>{q.title()}</a>
                    {figures}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-head"><h2>"Frågorna i korthet"</h2></div>
            <ol class="overview">{rows}</ol>
        </section>
    }
}

/// The matrix with what each number is.
#[component]
pub(super) fn Matrix(
    /// The matrix.
    matris: Matris,
) -> impl IntoView {
    let sentence = matris.sentence();
    let label = format!("Prioriteringsmatris. {sentence}");
    let legend = matris
        .points
        .iter()
        .map(|p| {
            let first = p.kvadrant == domain::enkat::resultat::Kvadrant::ForbattraForst;
            view! {
                <li>
                    <span class="matrix-number" class:first=first>{p.number}</span>
                    <span class="matrix-text">{p.text.clone()} <span class="muted">{p.kvadrant.label()}</span></span>
                </li>
            }
        })
        .collect_view();
    let rows = matris
        .points
        .iter()
        .map(|p| {
            view! {
                <tr>
                    <th scope="row">{format!("{}. {}", p.number, p.text)}</th>
                    <td class="num">{format!("{:.0}", p.importance)}</td>
                    <td class="num">{format::share(p.result)}</td>
                    <td>{p.kvadrant.label()}</td>
                </tr>
            }
        })
        .collect_view();
    let mean = view! {
        <tr class="total">
            <th scope="row">"Medel, där rutan delas"</th>
            <td class="num">{format!("{:.0}", matris.importance)}</td>
            <td class="num">{format::share(matris.result)}</td>
            <td></td>
        </tr>
    };
    view! {
        <section class="card result">
            <div class="card-head">
                <h2>"Vad är viktigast att förbättra?"</h2>
            </div>
            <div class="card-body">
                <p class="result-sentence">{sentence}</p>
                <div class="matrix">
                    <MatrixChart matris label/>
                    <div class="stack tight">
                        <ol class="matrix-legend">{legend}</ol>
                        <p class="result-note">
                            "Vikten är satt för hand eller är frågans samband med helhetsfrågan, 0–100. Rutan delas vid medelvärdena."
                        </p>
                        <ChartTable of="prioriteringsmatris">
                            <table class="table dense">
                                <thead>
                                    <tr>
                                        <th scope="col">"Fråga"</th>
                                        <th class="num" scope="col">"Vikt"</th>
                                        <th class="num" scope="col">"Resultat"</th>
                                        <th scope="col">"Ruta"</th>
                                    </tr>
                                </thead>
                                <tbody>{rows} {mean}</tbody>
                            </table>
                        </ChartTable>
                    </div>
                </div>
            </div>
        </section>
    }
}
