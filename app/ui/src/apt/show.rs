//! Show: the meeting as it is prepared, held and written down. Whoever runs it chooses points and slides, notes and decides;
//! everybody sees the agenda and puts something on it.

use domain::{
    apt::{Deltagare, Mote, State},
    atgard::{Atgard, Source},
    format,
    id::{AptId, PersonId},
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{
    Target,
    apt::{self, protokoll, punkt},
    atgard, enkat, history, person,
};

use super::{
    agenda::{Choices, Point, new_point},
    api::{SetAptState, UpdateAptNarvaro},
    data,
    fot::Fot,
    preview,
};
use crate::{
    components::{Fact, FormState, Hidden, HistoryList, PageHead, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// `/apt/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let with_slides = use_query_map().get_untracked().get("bilder").is_some();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Apt(id), Action::View).await?;
        let mote = apt::get(&mut tx, id).await?;
        let points = punkt::list(&mut tx, id).await?;
        let known = punkt::persons(&mut tx, mote.node).await?;
        let there = protokoll::present(&mut tx, id).await?;
        let may_edit = mote.is_open() && (mote.is_edited_by(&actor));
        let may_report = mote.is_open() && actor.may(mote.node, Area::Apt, Action::TickOwn);
        let atgarder = atgard::of_source(&mut tx, &actor, Source::Apt(id)).await?;
        let choices = if may_edit {
            Choices {
                persons: std::iter::once((String::new(), "Ingen".to_owned()))
                    .chain(known.iter().map(|d| (d.id.to_string(), d.name.clone())))
                    .collect(),
                responsible: person::options(&mut tx, &actor.tree, mote.node).await?,
                enkater: enkat::list(&mut tx, mote.node)
                    .await?
                    .into_iter()
                    .filter(|e| e.state != domain::enkat::State::Utkast)
                    .map(|e| (e.id.to_string(), e.content.title))
                    .collect(),
                sealable: ctx.attachments,
            }
        } else {
            Choices::default()
        };
        let many = points.len();
        let agenda = points
            .iter()
            .map(|p| view! { <Point mote=mote.clone() p=p.clone() last=p.nr == i64::try_from(many).unwrap_or(0) may_edit may_report choices=&choices/> })
            .collect_view();
        let facts = facts(&mote);
        let entries = history::list(&mut tx, &[id.0]).await?;
        let present = (may_edit || !there.is_empty() || !mote.guests.is_empty())
            .then(|| present(&mote, &known, &there, may_edit));
        let decided = (!atgarder.is_empty()).then(|| decided(atgarder));
        let new_point = may_edit.then(|| new_point(id));
        // drawn when they are asked for: they read what the whole year holds
        let slides = if with_slides {
            let foot = Fot::of_mote(&mut tx, &mote).await?;
            Some((data::mote(&mut tx, &actor, &mote, &points, ctx.today).await?, foot))
        } else {
            None
        };
        let preview = preview::section(&mote, slides);
        Ok(view! {
            <PageHead title=mote.title() sub=format!("{} · {}", mote.node_name, mote.state.label())>
                {actions(&mote, may_edit)}
            </PageHead>
            <div class="two-col">
                <div class="stack loose">
                    <ol class="agenda" id="dagordning" data-live="apt">{agenda}</ol>
                    {new_point}
                    {preview}
                    <details class="disclosure no-print">
                        <summary>"Historik"</summary>
                        <HistoryList entries/>
                    </details>
                </div>
                <aside class="stack loose agenda-side">
                    <section class="card"><div class="card-head"><h2>"Mötet"</h2></div> <div class="card-text">{facts}</div></section>
                    {present} {decided}
                </aside>
            </div>
        })
    })
}

fn facts(mote: &Mote) -> AnyView {
    let name = |d: &Option<domain::apt::Deltagare>| d.as_ref().map(|d| d.name.clone()).unwrap_or_default();
    view! {
        <dl class="dl">
            <Fact label="Dag" value=format::weekday_date(mote.on)/>
            <Fact label="Tid" value=mote.time.clone()/>
            <Fact label="Plats" value=mote.place.clone()/>
            <Fact label="Ordförande" value=name(&mote.chair)/>
            <Fact label="Sekreterare" value=name(&mote.secretary)/>
        </dl>
    }
    .into_any()
}

fn actions(mote: &Mote, may_edit: bool) -> AnyView {
    let id = mote.id;
    let end = (may_edit && mote.state == State::Planerat).then(|| state_button(mote, State::Avslutat, "Avsluta mötet"));
    let again =
        (may_edit && mote.state == State::Avslutat).then(|| state_button(mote, State::Planerat, "Återuppta mötet"));
    let minutes = (mote.state != State::Planerat)
        .then(|| view! { <a class="button" href=format!("/apt/{id}/protokoll")>"Protokoll"</a> });
    let show = (mote.state == State::Planerat).then(|| {
        view! {
            {may_edit
                .then(|| {
                    view! { <a class="button secondary" href=format!("/apt/{id}/visa?lage=presentator") target="_blank">"Presentatörsvy"</a> }
                })}
            <a class="button" href=format!("/apt/{id}/visa")>"Visa"</a>
        }
    });
    view! {
        {may_edit.then(|| view! { <a class="button secondary" href=format!("/apt/{id}/redigera")>"Ändra"</a> })}
        {again} {end} {minutes} {show}
    }
    .into_any()
}

fn state_button(mote: &Mote, to: State, word: &'static str) -> AnyView {
    view! {
        <form method="post" action=SetAptState::PATH>
            <Hidden name="id" value=mote.id.to_string()/>
            <Hidden name="version" value=mote.version.to_string()/>
            <Hidden name="to" value=to.code()/>
            <button class="button secondary">{word}</button>
        </form>
    }
    .into_any()
}

/// Who is there, with a box for each who works in the unit.
fn present(mote: &Mote, known: &[Deltagare], there: &[PersonId], may_edit: bool) -> AnyView {
    let rows = known
        .iter()
        .map(|d| {
            let checked = there.contains(&d.id);
            view! {
                <label class="choice">
                    <input type="checkbox" name="persons[]" value=d.id.to_string() checked=checked disabled=!may_edit/>
                    <span>{d.name.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let state = FormState::of(UpdateAptNarvaro::PATH, None);
    view! {
        <section class="card">
            <div class="card-head"><h2>"Närvarande"</h2> <span class="count">{there.len()}</span></div>
            <form class="form card-text" method="post" action=UpdateAptNarvaro::PATH>
                <Hidden name="mote" value=mote.id.to_string()/>
                <Hidden name="seen" value=protokoll::present_seen(there, &mote.guests)/>
                <fieldset class="fieldset">
                    <legend class="visually-hidden">"Vilka är här?"</legend>
                    <div class="choices column">{rows}</div>
                </fieldset>
                {if may_edit {
                    view! {
                        <TextField state=state name="guests" label="Andra" value=mote.guests.clone()/>
                        <div class="form-actions"><button class="button secondary small">"Spara närvaron"</button></div>
                    }
                        .into_any()
                } else {
                    view! { <p>{mote.guests.clone()}</p> }.into_any()
                }}
            </form>
        </section>
    }
    .into_any()
}

/// The åtgärder of the meeting.
fn decided(atgarder: Vec<Atgard>) -> AnyView {
    let rows = atgarder
        .into_iter()
        .map(|a| {
            view! {
                <li>
                    <a href=format!("/atgarder/{}", a.id)>{a.title}</a>
                    <span class="row-meta">{format!("{} · {}", format::date(a.due), a.responsible_label)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card"><div class="card-head"><h2>"Åtgärder från mötet"</h2></div> <ul class="plain card-text">{rows}</ul></section>
    }
    .into_any()
}
