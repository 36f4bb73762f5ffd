//! The enkäter of a unit, and those that wait for the person's answers.

use chrono::NaiveDate;
use domain::{
    enkat::{Enkat, State, is_asked},
    format,
    id::PersonId,
    permission::{Action, Area},
    person::Actor,
};
use leptos::prelude::*;
use store::{
    Target, Tx,
    enkat::{self, antal, svar},
};

use crate::{
    components::{
        Empty, PageHead, load,
        plan::{Search, UnitSwitch, found},
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// What a list says of an enkät.
pub struct Row {
    enkat: Enkat,
    /// Answers that the person has entered this month.
    mine: i64,
    published: i64,
}

async fn row(tx: &mut Tx, person: PersonId, enkat: Enkat, month: &str) -> Result<Row, AppError> {
    let mine = antal::of_month(tx, enkat.id, month).await?.get(&person).copied().unwrap_or(0);
    let (_, published) = svar::counts(tx, enkat.id).await?;
    Ok(Row { enkat, mine, published })
}

/// `/enkater`
#[component]
pub fn EnkaterPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Enkat), Action::View).await?;
        let may_edit = actor.may(place.unit, Area::Enkat, Action::Edit);
        let may_answer = actor.may(place.unit, Area::Enkat, Action::TickOwn);
        let month = super::svar_api::month_of(&ctx);
        let mut all = enkat::list(&mut tx, place.unit).await?;
        // a draft is for those who write it
        all.retain(|e| may_edit || e.state != State::Utkast);
        let any = !all.is_empty();
        all.retain(|e| found(place.get("q"), &[&e.content.title, &e.content.intro]));
        let mut rows = Vec::new();
        for enkat in all {
            rows.push(row(&mut tx, actor.person, enkat, &month).await?);
        }
        let groups = [(State::Oppen, "Öppna"), (State::Utkast, "Utkast"), (State::Stangd, "Stängda")]
            .into_iter()
            .filter_map(|(state, heading)| {
                let (own, rest) = std::mem::take(&mut rows).into_iter().partition(|r: &Row| r.enkat.state == state);
                rows = rest;
                let own: Vec<Row> = own;
                (!own.is_empty()).then(|| view! { <Group heading rows=own today=ctx.today may_answer/> })
            })
            .collect_view();
        let whole = place.with("/enkater", &[("q", "")]);
        let content = if !any {
            view! { <NoneYet may_edit place=place.clone() ctx=ctx.clone()/> }.into_any()
        } else if groups.is_empty() {
            view! {
                <Empty title="Ingen enkät stämmer med sökningen" text="Prova ett annat ord.">
                    <p><a class="button secondary" href=whole>"Visa alla"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <div class="stack loose">{groups}</div> }.into_any()
        };
        let units = (place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path="/enkater"/> });
        let new = may_edit.then(|| {
            let href = place.link("/enkater/ny", chrono::Datelike::year(&ctx.today), &[]);
            view! { <a class="button" href=href>"Ny enkät"</a> }
        });
        Ok(view! {
            <PageHead title="Brukarenkäter" sub=place.unit_name.clone()>{new}</PageHead>
            <UnitNotice place=place.clone() path="/enkater"/>
            <div class="filter-bar">{units} {any.then(|| view! { <Search place=place.clone() path="/enkater" what="Sök enkät"/> })}</div>
            {content}
        })
    })
}

#[component]
fn NoneYet(may_edit: bool, place: Place, ctx: Ctx) -> impl IntoView {
    if may_edit {
        let href = place.link("/enkater/ny", chrono::Datelike::year(&ctx.today), &[]);
        view! {
            <Empty
                title="Ingen enkät än"
                text="Gör en enkät med några korta frågor som ställs i slutet av ett samtal. Svaren är anonyma och syns som siffror när de är minst fem."
            >
                <p><a class="button" href=href>"Ny enkät"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty title="Ingen enkät än" text="När din enhet öppnar en enkät svarar du här efter samtalen."/> }
            .into_any()
    }
}

#[component]
fn Group(heading: &'static str, rows: Vec<Row>, today: NaiveDate, may_answer: bool) -> impl IntoView {
    let count = rows.len();
    let rows = rows.into_iter().map(|r| view! { <EnkatRow row=r today may_answer/> }).collect_view();
    view! {
        <section class="stack tight">
            <div class="section-head"><h2>{heading}</h2> <span class="count">{count}</span></div>
            <div class="card"><ul class="rows">{rows}</ul></div>
        </section>
    }
}

#[component]
fn EnkatRow(row: Row, today: NaiveDate, may_answer: bool) -> impl IntoView {
    let Enkat { id, content, state, .. } = row.enkat;
    let begins = content.first > today;
    let ended = content.last < today;
    let meta = match state {
        State::Utkast => "Utkast, tar inte emot svar".to_owned(),
        State::Oppen if begins => format!("Börjar {}", format::date(content.first)),
        State::Oppen if ended => format!("Perioden slutade {}", format::date(content.last)),
        _ => format!("{}–{}", format::date(content.first), format::date(content.last)),
    };
    let meta = format!("{} · {meta} · {} svar visas", content.kanal.label(), format::int(row.published));
    let answer = (may_answer && state == State::Oppen && !begins).then(|| {
        view! {
            <a class="button small" href=format!("/enkater/{id}/svara")>
                "Svara" <span class="visually-hidden">" på " {content.title.clone()}</span>
            </a>
        }
    });
    let results = (state != State::Utkast).then(|| {
        view! {
            <a class="button secondary small" href=format!("/enkater/{id}/resultat")>
                "Resultat" <span class="visually-hidden">" av " {content.title.clone()}</span>
            </a>
        }
    });
    let progress =
        (may_answer && state == State::Oppen).then(|| progress_words(row.mine, content.target, today)).flatten();
    view! {
        <li class="row">
            <div class="row-text">
                <a class="row-title" href=format!("/enkater/{id}")>{content.title.clone()}</a>
                <p class="row-meta">{meta}</p>
            </div>
            <span class="row-who">{progress}</span>
            <span class="row-actions">{results} {answer}</span>
        </li>
    }
}

/// `3 av 4 i november`; where there is no target only what is entered.
#[must_use]
pub fn progress_words(mine: i64, target: Option<i64>, today: NaiveDate) -> Option<String> {
    let month = format::month_name(chrono::Datelike::month(&today));
    match target {
        Some(target) => Some(format!("{} av {} i {month}", format::int(mine), format::int(target))),
        None if mine > 0 => Some(format!("{} i {month}", format::int(mine))),
        None => None,
    }
}

/// On Att göra: the enkäter in which the person has answers left to enter this month.
#[component]
pub fn EnkatRader() -> impl IntoView {
    let rows = Suspend::new(async move {
        let ctx = Ctx::current().ok()?;
        let actor = ctx.actor().ok()?;
        let left = left_to_do(&ctx, &actor).await.ok()?;
        (!left.is_empty()).then(|| {
            let rows =
                left.into_iter().map(|r| view! { <EnkatRow row=r today=ctx.today may_answer=true/> }).collect_view();
            view! {
                <section class="stack tight" aria-labelledby="enkater-nu">
                    <div class="section-head"><h2 id="enkater-nu">"Enkätsvar denna månad"</h2></div>
                    <div class="card"><ul class="rows">{rows}</ul></div>
                </section>
            }
        })
    });
    view! { <Suspense>{rows}</Suspense> }
}

async fn left_to_do(ctx: &Ctx, actor: &Actor) -> Result<Vec<Row>, AppError> {
    let mut left = Vec::new();
    let month = super::svar_api::month_of(ctx);
    let mut tx = ctx.read(Target::Anywhere(Area::Enkat), Action::TickOwn).await?;
    for (unit, _) in actor.units() {
        if !is_asked(&actor.grants, &actor.tree, unit) {
            continue;
        }
        for enkat in enkat::list(&mut tx, unit).await? {
            let c = &enkat.content;
            let now = enkat.state == State::Oppen && c.first <= ctx.today && c.last >= ctx.today;
            let Some(target) = c.target.filter(|_| now) else { continue };
            let row = row(&mut tx, actor.person, enkat, &month).await?;
            if row.mine < target {
                left.push(row);
            }
        }
    }
    Ok(left)
}
