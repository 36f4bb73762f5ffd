//! `/enkater/{id}/fritext`: what the clients have written, by question and period, for those who choose what is shown on
//! APT. A text stands without its other answers and without kön: it was parted from them when it was published.

use domain::{
    enkat::{Fraga, Period, Version},
    format,
    id::EnkatId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    enkat::{
        self,
        resultat::{self, Fritext},
    },
};

use super::tabs::{ResultHead, Tab};
use crate::{
    components::{Empty, Hidden, load},
    ctx::Ctx,
    enkat::api::MarkEnkatFritext,
    error::AppError,
};

/// Texts on a page.
const PAGE: usize = 100;

/// `/enkater/{id}/fritext`
#[component]
pub fn FritextPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let only_apt = query.get("visa").is_some_and(|v| v == "apt");
    let page: usize = query.get("sida").and_then(|s| s.parse().ok()).filter(|n| *n > 0).unwrap_or(1);
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::TickAny).await?;
        let enkat = enkat::get(&mut tx, id).await?;
        let versions = enkat::versions(&mut tx, id).await?;
        let all = resultat::fritexter(&mut tx, id).await?;
        drop(tx);
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let apt = all.iter().filter(|t| t.apt).count();
        let mut chosen: Vec<Fritext> = all.into_iter().filter(|t| t.apt || !only_apt).collect();
        // by question as they are asked, the latest period first
        let order = order(&versions);
        let place = |t: &Fritext| order.iter().position(|q| q.key == t.fraga).unwrap_or(usize::MAX);
        chosen.sort_by(|a, b| (place(a), &b.period, a.id).cmp(&(place(b), &a.period, b.id)));
        let path = format!("/enkater/{id}/fritext");
        let content = if count == 0 {
            let (title, text) = if order.is_empty() {
                (
                    "Enkäten har ingen fritextfråga",
                    "Lägg till en fråga av typen fritext om du vill veta mer än siffror.",
                )
            } else {
                ("Ingen har skrivit något än", "Det som skrivs visas här tillsammans med minst fyra andra svar.")
            };
            let may_edit = actor.may(enkat.node, Area::Enkat, Action::Edit);
            let add = (order.is_empty() && may_edit)
                .then(|| view! { <p><a class="button secondary" href=format!("/enkater/{id}/fragor")>"Till frågorna"</a></p> });
            view! { <Empty title text>{add}</Empty> }.into_any()
        } else {
            let pages = chosen.len().div_ceil(PAGE).max(1);
            let texts: Vec<Fritext> = chosen.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
            view! {
                <nav class="chips" aria-label="Urval">
                    <a class="chip" href=path.clone() aria-current=(!only_apt).then_some("true")>{format!("Alla {}", format::int(count))}</a>
                    <a class="chip" href=format!("{path}?visa=apt") aria-current=only_apt.then_some("true")>{format!("Visas på APT {apt}")}</a>
                </nav>
                {if texts.is_empty() {
                    view! { <p class="result-note">"Ingen kommentar här."</p> }.into_any()
                } else {
                    groups(id, &order, texts).into_any()
                }}
                {(pages > 1).then(|| steps(&path, only_apt, page, pages))}
            }
            .into_any()
        };
        Ok(view! {
            <ResultHead enkat actor current=Tab::Fritext texts=Some(count)/>
            <div class="stack">{content}</div>
        })
    })
}

/// The free text questions, as they are asked now and then those that are not any more.
fn order(versions: &[Version]) -> Vec<Fraga> {
    let mut out: Vec<Fraga> = Vec::new();
    for question in versions.iter().filter(|v| v.in_use).rev().flat_map(|v| &v.questions.list) {
        if !question.is_choice() && !out.iter().any(|q| q.key == question.key) {
            out.push(question.clone());
        }
    }
    out
}

fn groups(id: EnkatId, order: &[Fraga], texts: Vec<Fritext>) -> impl IntoView + use<> {
    let questions: Vec<(String, Vec<Fritext>)> = texts
        .chunk_by(|a, b| a.fraga == b.fraga)
        .map(|own| {
            let text = order.iter().find(|q| q.key == own[0].fraga).map_or("Tidigare fråga", |q| q.text.as_str());
            (text.to_owned(), own.to_vec())
        })
        .collect();
    questions
        .into_iter()
        .map(|(heading, own)| {
            let periods = own
                .chunk_by(|a, b| a.period == b.period)
                .map(|texts| {
                    let name = texts[0].period.parse::<Period>().map_or_else(|()| texts[0].period.clone(), Period::label);
                    let rows = texts.iter().cloned().map(|text| view! { <TextRow id text/> }).collect_view();
                    view! {
                        <h3 class="fritext-period">{format::capitalised(&name)}</h3>
                        <ul class="rows fritext">{rows}</ul>
                    }
                })
                .collect_view();
            let count = own.len();
            view! {
                <section class="card">
                    <div class="card-head">
                        <h2>{heading}</h2>
                        <p class="sub">{if count == 1 { "1 kommentar".to_owned() } else { format!("{count} kommentarer") }}</p>
                    </div>
                    {periods}
                </section>
            }
        })
        .collect_view()
}

#[component]
fn TextRow(id: EnkatId, text: Fritext) -> impl IntoView {
    let (value, words, class) = if text.apt {
        ("", "Visas på APT, ta bort", "button secondary small on")
    } else {
        ("on", "Får visas på APT", "button secondary small")
    };
    // which of many buttons: the beginning of the text says
    let about: String = text.text.chars().take(40).collect();
    view! {
        <li class="row" id=format!("text-{}", text.id)>
            <blockquote class="row-text prewrap">{text.text.clone()}</blockquote>
            <div class="row-actions">
                <form method="post" action=MarkEnkatFritext::PATH>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="text" value=text.id.to_string()/>
                    <Hidden name="apt" value=value/>
                    <button class=class aria-label=format!("{words}: {about}")>{words}</button>
                </form>
            </div>
        </li>
    }
}

fn steps(path: &str, only_apt: bool, page: usize, pages: usize) -> impl IntoView + use<> {
    let link = |n: usize| {
        let more = if only_apt { "&visa=apt" } else { "" };
        format!("{path}?sida={n}{more}")
    };
    view! {
        <nav class="pagination" aria-label="Sidor">
            {(page > 1).then(|| view! { <a class="button secondary small" href=link(page - 1) rel="prev">"Föregående"</a> })}
            <span>{format!("Sida {page} av {pages}")}</span>
            {(page < pages).then(|| view! { <a class="button secondary small" href=link(page + 1) rel="next">"Nästa"</a> })}
        </nav>
    }
}
