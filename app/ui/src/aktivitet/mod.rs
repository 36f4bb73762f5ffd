//! Aktivitet: what a unit lays on its wheel by itself. New, show, change, take away.

pub mod api;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    aktivitet::Form,
    counted::PlanYear,
    format,
    id::ScheduleId,
    permission::{Action, Area},
    person::Actor,
    recurrence::form::{self, Timing},
    schedule::{Category, Schedule},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, history, occurrence, person, schedule, verksamhetsplan::uppfoljning};

use self::api::{CreateAktivitet, RemoveAktivitet, UpdateAktivitet};
use crate::{
    components::{
        ErrorSummary, Fact, FormState, Hidden, HistoryList, ItemRows, PageHead, RecurrenceFields, SaveOrShow,
        SelectField, TextArea, TextField, load,
        plan::{Removal, Tabs},
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/aktiviteter/ny`
#[component]
pub fn NyAktivitetPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Aktivitet), Action::Edit).await?;
        let options = person::options(&mut tx, &actor.tree, place.unit).await?;
        let state = FormState::nested(CreateAktivitet::PATH, None);
        let id = state.new_id(|| ScheduleId::new().to_string());
        let form = Form { category: Category::Aktivitet.code().into(), ..Form::default() };
        let sub = format!("{} · {}", place.unit_name, place.year);
        Ok(view! {
            <PageHead title="Ny aktivitet" sub/>
            <form class="form" method="post" action=CreateAktivitet::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Hidden name="year" value=place.year.to_string()/>
                <Fields state=state.clone() form options year=place.year today=ctx.today stored=None/>
                <div class="form-actions">
                    <SaveOrShow state save="Lägg på hjulet"/>
                    <a class="button quiet" href=place.link("/arshjul", chrono::Datelike::year(&ctx.today), &[])>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/aktiviteter/{id}`
#[component]
pub fn AktivitetPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let (tab, editing) = (query.get("flik").unwrap_or_default(), query.get("redigera").is_some());
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: ScheduleId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Schedule(id), Action::View).await?;
        let found = schedule::get(&mut tx, id).await?;
        if found.area != Area::Aktivitet {
            return Err(AppError::NotFound);
        }
        // that of a row of a goal is changed there
        let of_goal = uppfoljning::of_schedule(&mut tx, id).await?;
        let may_edit = of_goal.is_none() && actor.may(found.node, Area::Aktivitet, Action::Edit);
        let options = person::options(&mut tx, &actor.tree, found.node).await?;
        let items = occurrence::of_source(&mut tx, &actor, id.0).await?;
        let entries = if tab == "historik" { Some(history::list(&mut tx, &[id.0]).await?) } else { None };
        let path = format!("/aktiviteter/{id}");
        let tabs = view! { <Tabs path=path.clone() history=entries.is_some()/> };
        let content = if let Some(entries) = entries {
            view! { <HistoryList entries/> }.into_any()
        } else if editing && may_edit {
            view! { <EditForm found=found.clone() options today=ctx.today/> }.into_any()
        } else {
            view! {
                <div class="two-col">
                    <section class="stack tight">
                        <div class="section-head"><h2>"Tillfällen"</h2></div>
                        <div class="card"><ItemRows items today=ctx.today/></div>
                    </section>
                    <aside class="stack">
                        {of_goal.map(|(plan, mal)| {
                            let href = format!("/verksamhetsplan/{plan}/mal/{mal}#uppfoljning");
                            view! { <p class="notice info">"Tiderna hör till en uppföljning. " <a href=href>"Ändra dem på målets sida"</a></p> }
                        })}
                        <About found=found.clone() actor=actor.clone() today=ctx.today/>
                        {may_edit.then(|| view! { <Removal id=id.to_string() active=true remove=RemoveAktivitet::PATH words="Ta bort från hjulet"/> })}
                    </aside>
                </div>
            }
            .into_any()
        };
        Ok(view! {
            <PageHead title=found.title.clone() sub=format!("{} · {}", found.category.label(), actor.tree.name(found.node))>
                {(may_edit && !editing)
                    .then(|| view! { <a class="button secondary" href=format!("{path}?redigera=ja")>"Ändra"</a> })}
                <a class="button secondary" href="/arshjul">"Till årshjulet"</a>
            </PageHead>
            {tabs}
            {content}
        })
    })
}

#[component]
fn About(found: Schedule, actor: Arc<Actor>, today: NaiveDate) -> impl IntoView {
    let timing = found.timing();
    let plan = PlanYear { year: found.year, counted_from: found.counted_from };
    view! {
        <section class="card">
            <div class="card-head"><h2>"Om aktiviteten"</h2></div>
            <dl class="dl card-text">
                <Fact label="Beskrivning" value=found.description.clone()/>
                <Fact label="Hur ofta" value=timing.sentence()/>
                <Fact label="Dagar" value=timing.next(found.area, plan, today)/>
                <Fact label="Start" value=found.start.map(format::date).unwrap_or_default()/>
                <Fact label="Slut" value=found.end.map(format::date).unwrap_or_default()/>
                <Fact label="Enhet" value=actor.tree.name(found.node).to_owned()/>
            </dl>
        </section>
    }
}

#[component]
fn EditForm(found: Schedule, options: Vec<(String, String)>, today: NaiveDate) -> impl IntoView {
    let id = found.id.to_string();
    let state = FormState::nested(UpdateAktivitet::PATH, Some(("id", &id)));
    let (year, stored) = (found.year, found.timing());
    let form = Form {
        title: found.title,
        description: found.description,
        category: found.category.code().to_owned(),
        responsible: found.responsible.code(),
        when: form::Fields::of(&stored),
    };
    view! {
        <form class="form" method="post" action=UpdateAktivitet::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id.clone()/>
            <Hidden name="version" value=found.version.to_string()/>
            <Fields state=state.clone() form options year today stored=Some(stored)/>
            <div class="form-actions">
                <SaveOrShow state save="Spara"/>
                <a class="button quiet" href=format!("/aktiviteter/{id}")>"Avbryt"</a>
            </div>
        </form>
    }
}

#[component]
fn Fields(
    state: FormState,
    form: Form,
    options: Vec<(String, String)>,
    year: i32,
    today: NaiveDate,
    stored: Option<Timing>,
) -> impl IntoView {
    let when = form.when.clone();
    let s = move || state.clone();
    let categories = Category::FREE.into_iter().map(|c| (c.code().to_owned(), c.label().to_owned())).collect();
    view! {
        <TextField state=s() name="title" label="Vad" value=form.title required=true help="Det som hjulet visar, till exempel APT eller Skyddsrond."/>
        <SelectField state=s() name="category" label="Kategori" options=categories value=form.category required=true/>
        <RecurrenceFields state=s() when year today area=Area::Aktivitet stored counted=None/>
        <SelectField state=s() name="responsible" label="Ansvarig" options=who_options(options) value=form.responsible/>
        <TextArea state=s() name="description" label="Beskrivning" value=form.description/>
    }
}
