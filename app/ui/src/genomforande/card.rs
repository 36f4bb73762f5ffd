//! Card: what the pages of a tillfälle and of a control say about runs.

use domain::{
    genomforande::{Mall, Stage},
    id::{EgenkontrollId, GenomforandeId},
    occurrence::Item,
};
use leptos::prelude::*;

/// On the page of a tillfälle: begin, go on, or see.
#[component]
pub fn RunCard(item: Item, run: Option<(GenomforandeId, Stage)>) -> impl IntoView {
    let open = item.occurrence.state.is_open() && item.may_tick && !item.removed;
    let (text, href, word) = match run {
        Some((id, Stage::Pagar)) => (
            "Genomförandet pågår. Allt som är besvarat är sparat.",
            format!("/genomforanden/{id}"),
            if item.may_tick { "Fortsätt" } else { "Visa" },
        ),
        Some((id, _)) => (
            "Resultat, analys och åtgärder finns i genomförandet.",
            format!("/genomforanden/{id}"),
            "Visa genomförandet",
        ),
        None if open => (
            "Dra ett stickprov och bedöm det mot kriterier, räkna en andel eller gör en bedömning. Resultatet räknas åt dig.",
            format!("/genomforanden/ny?tillfalle={}", item.occurrence.id),
            "Genomför kontrollen",
        ),
        None => return ().into_any(),
    };
    view! {
        <section class="card">
            <div class="card-head">
                <div><h2>"Genomförande"</h2> <p>{text}</p></div>
                <a class="button" href=href>{word}</a>
            </div>
        </section>
    }
    .into_any()
}

/// On the page of a control: how it is carried out by habit.
#[component]
pub fn ControlCard(id: EgenkontrollId, mall: Mall, may_edit: bool) -> impl IntoView {
    let kind = mall.kind.map(|k| view! { <p>{k.label()} {mall.kollegie.then_some(" som kollegiegranskning")}</p> });
    let list = mall.kriterier.iter().map(|k| view! { <li>{k.clone()}</li> }).collect_view();
    let empty = mall.kriterier.is_empty();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>"Kriterier"</h2>
                {may_edit
                    .then(|| view! { <a class="button secondary small" href=format!("/egenkontroll/{id}/kriterier")>"Ändra kriterier"</a> })}
            </div>
            <div class="card-body">
                {kind}
                {if empty {
                    view! { <p class="help">"Inga kriterier än. De kan skrivas här eller när kontrollen genomförs."</p> }.into_any()
                } else {
                    view! { <ul>{list}</ul> }.into_any()
                }}
            </div>
        </section>
    }
}
