//! `/enkater/{id}/resultat`: what the clients have answered. `?fraga=KEY` is one question by itself; there is no choice
//! of time or group in the address, so nothing can be subtracted from anything.

use std::sync::Arc;

use domain::{
    enkat::{Enkat, State, resultat::waiting_sentence},
    id::EnkatId,
    permission::{Action, Area},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, enkat::resultat};

use super::{
    data::{self, Fragresultat, Resultat},
    overview::{Figures, Matrix, Overview, Summary},
    question::Question,
    tabs::{ResultHead, Tab},
};
use crate::{
    components::{Empty, chart::ChartTextures, load},
    ctx::Ctx,
    error::AppError,
};

/// `/enkater/{id}/resultat`
#[component]
pub fn ResultatPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let chosen = use_query_map().get_untracked().get("fraga").filter(|f| !f.is_empty());
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::View).await?;
        let shown = data::read(&mut tx, &actor, id).await?;
        let node = shown.enkat.node;
        let texts = if actor.may(node, Area::Enkat, Action::TickAny) {
            Some(resultat::count_fritexter(&mut tx, id).await?)
        } else {
            None
        };
        drop(tx);
        let figures = (shown.shown > 0).then(|| Summary::from(&shown));
        let may_edit = actor.may(node, Area::Enkat, Action::Edit);
        let export = (shown.shown > 0).then(|| {
            view! {
                <a class="button secondary" href=format!("/enkater/{id}/resultat.xlsx") download="">"Hämta som Excel"</a>
            }
        });
        let enkat = shown.enkat.clone();
        let content = if shown.shown == 0 {
            let empty = none_yet(&shown, actor.may(node, Area::Enkat, Action::TickOwn)).into_any();
            view! { {empty} {elsewhere(shown)} }.into_any()
        } else {
            match chosen {
                Some(key) => one(shown, &key)?.into_any(),
                None => all(shown, may_edit).into_any(),
            }
        };
        Ok(view! {
            <ResultHead enkat actor current=Tab::Resultat texts>{export}</ResultHead>
            <ChartTextures/>
            <div class="stack results">
                {figures.map(|shown| view! { <Figures shown may_edit/> })}
                {content}
                <p class="result-note">
                    "Siffror visas för grupper om minst fem svar, som minst tre personer har matat in, och ändras inte med mindre än så åt gången. Det gäller också i Excel och utskrift."
                </p>
            </div>
        })
    })
}

fn none_yet(shown: &Resultat, may_answer: bool) -> impl IntoView + use<> {
    let Enkat { id, state, .. } = shown.enkat;
    let (title, text) = match state {
        State::Utkast => ("Enkäten är ett utkast", "Öppna enkäten, så kan den börja ta emot svar."),
        State::Oppen => (
            "Inget resultat än",
            "Resultatet visas när minst fem svar kan visas på en gång. Då syns aldrig vad en enskild person har svarat.",
        ),
        State::Stangd => {
            ("För få svar för ett resultat", "Färre än fem svar visas inte, så att ingen enskild kan kännas igen.")
        }
    };
    let before = shown.questions.iter().find_map(|q| q.waves.first()).map(|w| {
        let href = format!("/enkater/{}/resultat", w.enkat);
        view! { <p><a class="button secondary" href=href>{format!("Resultat av {}", w.title)}</a></p> }
    });
    let answer = (may_answer && state == State::Oppen)
        .then(|| view! { <p><a class="button" href=format!("/enkater/{id}/svara")>"Svara på enkäten"</a></p> });
    let waiting = waiting_sentence(&shown.enkat, shown.waiting).map(|words| view! { <p>{words}</p> });
    view! { <Empty title text>{waiting} {answer} {before}</Empty> }
}

/// What is known from elsewhere of the questions of an enkät that has no result of its own.
fn elsewhere(shown: Resultat) -> impl IntoView + use<> {
    let (grain, asks_kon) = (shown.enkat.content.grain, shown.asks_kon);
    let known = shown.questions.into_iter().filter(|q| !q.outside.is_empty());
    known.map(|q| view! { <Question q=Arc::new(q) grain asks_kon alone=String::new()/> }).collect_view()
}

/// All questions.
fn all(shown: Resultat, may_edit: bool) -> impl IntoView {
    let id = shown.enkat.id;
    let grain = shown.enkat.content.grain;
    let asks_kon = shown.asks_kon;
    let questions: Vec<Arc<Fragresultat>> = shown.questions.into_iter().map(Arc::new).collect();
    let weighed = questions.iter().filter(|q| q.importance.is_some()).count();
    let matrix = match shown.matris {
        Some(matris) => Some(view! { <Matrix matris/> }.into_any()),
        // only those who can do something about it are told
        None if may_edit && questions.len() > 2 && weighed < 2 => Some(
            view! {
                <p class="result-note">
                    "Vill du se vad som är viktigast att förbättra? Markera en helhetsfråga eller sätt vikt på frågorna under Frågor. "
                    <a href=format!("/enkater/{id}/fragor")>"Till frågorna"</a>
                </p>
            }
            .into_any(),
        ),
        None => None,
    };
    let sections = questions
        .iter()
        .cloned()
        .map(|q| {
            let alone = format!("/enkater/{id}/resultat?fraga={}", q.key());
            view! { <Question q grain asks_kon alone/> }
        })
        .collect_view();
    view! {
        <Overview questions/>
        {matrix}
        {sections}
    }
}

/// One question, with links to the others.
fn one(shown: Resultat, key: &str) -> Result<impl IntoView + use<>, AppError> {
    let path = format!("/enkater/{}/resultat", shown.enkat.id);
    let (grain, asks_kon) = (shown.enkat.content.grain, shown.asks_kon);
    let links = shown
        .questions
        .iter()
        .map(|q| {
            let here = (q.key().to_string() == key).then_some("true");
            let words = q.number.map_or_else(|| "Tidigare fråga".to_owned(), |n| format!("Fråga {n}"));
            view! { <a class="chip" href=format!("{path}?fraga={}", q.key()) aria-current=here title=q.title()>{words}</a> }
        })
        .collect_view();
    let q = shown.questions.into_iter().find(|q| q.key().to_string() == key).ok_or(AppError::NotFound)?;
    Ok(view! {
        <nav class="chips" aria-label="Frågor">
            <a class="chip" href=path>"Alla frågor"</a>
            {links}
        </nav>
        <Question q=Arc::new(q) grain asks_kon alone=String::new()/>
    })
}
