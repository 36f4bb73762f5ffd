//! One enkät: what it is, how it goes, its questions and its history.

use std::sync::Arc;

use domain::{
    enkat::{Enkat, State, Version, is_asked, resultat::waiting_sentence},
    format,
    id::EnkatId,
    permission::Action,
    person::Actor,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    enkat::{self, antal, svar},
    history,
};

use super::api::{CopyEnkat, SetEnkatState};
use crate::{
    components::{Hidden, HistoryList, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// `/enkater/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let tab = use_query_map().get_untracked().get("flik").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::View).await?;
        let found = enkat::get(&mut tx, id).await?;
        let may_edit = actor.may(found.node, domain::permission::Area::Enkat, Action::Edit);
        let may_answer = actor.may(found.node, domain::permission::Area::Enkat, Action::TickOwn);
        let versions = enkat::versions(&mut tx, id).await?;
        let (waiting, published) = svar::counts(&mut tx, id).await?;
        let entries = if tab == "historik" { Some(history::list(&mut tx, &[id.0]).await?) } else { None };
        let progress = progress(&ctx, &mut tx, &found, may_edit).await?;
        let before = match found.copied_from {
            Some(before) => enkat::get(&mut tx, before).await.ok(),
            None => None,
        };
        let path = format!("/enkater/{id}");
        let is_history = entries.is_some();
        let content = match entries {
            Some(entries) => view! { <HistoryList entries/> }.into_any(),
            None => view! {
                <div class="two-col">
                    <div class="stack">
                        <Counts found=found.clone() waiting published progress/>
                        <VersionList versions=versions.clone() id may_edit/>
                    </div>
                    <aside class="stack"><About found=found.clone() actor=actor.clone() before/></aside>
                </div>
            }
            .into_any(),
        };
        let answer = (may_answer && found.state == State::Oppen)
            .then(|| view! { <a class="button" href=format!("{path}/svara")>"Svara"</a> });
        let paste = (may_answer && found.state == State::Oppen)
            .then(|| view! { <a class="button quiet" href=format!("{path}/klistra")>"Klistra in flera svar"</a> });
        let results = (found.state != State::Utkast)
            .then(|| view! { <a class="button secondary" href=format!("{path}/resultat")>"Resultat"</a> });
        let sub = format!("{} · {}", found.state.label(), actor.tree.name(found.node));
        Ok(view! {
            <PageHead title=found.content.title.clone() sub>
                {may_edit.then(|| view! { <EditActions found=found.clone()/> })} {paste} {results} {answer}
            </PageHead>
            <nav class="tabs" aria-label="Flikar">
                <a href=path.clone() aria-current=(!is_history).then_some("page")>"Enkät"</a>
                <a href=format!("{path}?flik=historik") aria-current=is_history.then_some("page")>"Historik"</a>
            </nav>
            {content}
        })
    })
}

/// How the month goes against the target: entered by all, and what the target asks for. For those who lead it.
struct Progress {
    entered: i64,
    asked: i64,
    people: usize,
}

async fn progress(ctx: &Ctx, tx: &mut store::Tx, found: &Enkat, may_edit: bool) -> Result<Option<Progress>, AppError> {
    let Some(target) = found.content.target.filter(|_| may_edit && found.state == State::Oppen) else {
        return Ok(None);
    };
    let entered = antal::of_month(tx, found.id, &super::svar_api::month_of(ctx)).await?.values().sum();
    let tree = &ctx.actor()?.tree;
    let people = store::person::list(tx)
        .await?
        .into_iter()
        .filter(|p| p.active && is_asked(&p.grants(), tree, found.node))
        .count();
    let asked = target * i64::try_from(people).unwrap_or(0);
    Ok(Some(Progress { entered, asked, people }))
}

#[component]
fn EditActions(found: Enkat) -> impl IntoView {
    let id = found.id;
    let to = |to: State, words: &'static str, class: &'static str| {
        view! {
            <form method="post" action=SetEnkatState::PATH>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="version" value=found.version.to_string()/>
                <Hidden name="to" value=to.code()/>
                <button class=class>{words}</button>
            </form>
        }
    };
    let state = match found.state {
        State::Utkast => to(State::Oppen, "Öppna enkäten", "button"),
        State::Oppen => to(State::Stangd, "Stäng enkäten", "button secondary"),
        State::Stangd => to(State::Oppen, "Öppna igen", "button secondary"),
    };
    view! {
        <a class="button secondary" href=format!("/enkater/{id}/redigera")>"Ändra"</a>
        <a class="button secondary" href=format!("/enkater/{id}/fragor")>"Frågor"</a>
        <form method="post" action=CopyEnkat::PATH>
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="new" value=EnkatId::new().to_string()/>
            <button class="button secondary">"Kopiera"</button>
        </form>
        {state}
    }
}

#[component]
fn Counts(found: Enkat, waiting: i64, published: i64, progress: Option<Progress>) -> impl IntoView {
    let sentence = waiting_sentence(&found, waiting).unwrap_or_else(|| "Alla svar visas i resultatet.".to_owned());
    let progress = progress.map(|p| {
        let people = if p.people == 1 { "en handläggare".to_owned() } else { format!("{} handläggare", p.people) };
        view! {
            <div class="figure">
                <p class="label">"Inmatade denna månad"</p>
                <p class="value">{format::int(p.entered)} <span class="of">" av " {format::int(p.asked)}</span></p>
                <p class="sentence">{format!("Målet för {people} tillsammans. Vem som har svarat hur mycket visas inte.")}</p>
            </div>
        }
    });
    view! {
        <section class="figures wide" aria-label="Enkäten i siffror">
            <div class="figure">
                <p class="label">"Svar i resultatet"</p>
                <p class="value">{format::int(published)}</p>
                <p class="sentence">{sentence}</p>
            </div>
            {progress}
        </section>
    }
}

#[component]
fn VersionList(versions: Vec<Version>, id: EnkatId, may_edit: bool) -> impl IntoView {
    let current = versions.iter().rfind(|v| v.in_use).or(versions.last()).cloned();
    let draft = versions.last().filter(|v| !v.in_use && versions.len() > 1).map(|v| v.number);
    let questions = current.map(|v| {
        let list = v
            .questions
            .list
            .iter()
            .map(|q| {
                let choices = if q.is_choice() { q.choices().join(", ") } else { "Fritext".to_owned() };
                view! { <li><strong>{q.text.clone()}</strong> <p class="muted">{choices}</p></li> }
            })
            .collect_view();
        let kon = v.questions.kon.then(
            || view! { <li><strong>"Kön"</strong> <p class="muted">"Kvinna, man, annat, vill inte svara"</p></li> },
        );
        let empty = v.questions.list.is_empty();
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>"Frågor"</h2>
                    <p class="sub">{format!("Version {}", v.number)}</p>
                </div>
                {if empty {
                    view! { <p class="card-text">"Inga frågor än."</p> }.into_any()
                } else {
                    view! { <ol class="card-text stack tight enkat-lista">{list} {kon}</ol> }.into_any()
                }}
            </section>
        }
    });
    view! {
        {draft.filter(|_| may_edit).map(|n| view! {
            <p class="notice info">
                {format!("Version {n} är påbörjad och används inte än. ")}
                <a href=format!("/enkater/{id}/fragor")>"Fortsätt med den"</a>
            </p>
        })}
        {questions}
    }
}

#[component]
fn About(found: Enkat, actor: Arc<Actor>, before: Option<Enkat>) -> impl IntoView {
    let c = found.content;
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{label}</dt> <dd class="prewrap">{value}</dd> })
    };
    let occasion = c.kanal.occasion();
    let grain = format::capitalised(c.grain.label());
    view! {
        <section class="card">
            <div class="card-head"><h2>"Om enkäten"</h2></div>
            <dl class="dl card-text">
                {fact("Text att läsa upp", c.intro)} {fact("Kanal", c.kanal.label().to_owned())}
                {fact("Period", format!("{}–{}", format::date(c.first), format::date(c.last)))}
                {fact("Mål", c.target.map(|n| format!("{} {occasion} per handläggare och månad", format::int(n))).unwrap_or_default())}
                {fact("Sparas med ett svar", format!("{grain}, aldrig dag eller vem"))}
                {fact("Enhet", actor.tree.name(found.node).to_owned())}
                {before.map(|b| view! { <dt>"Förra omgången"</dt> <dd><a href=format!("/enkater/{}", b.id)>{b.content.title}</a></dd> })}
            </dl>
        </section>
    }
}
