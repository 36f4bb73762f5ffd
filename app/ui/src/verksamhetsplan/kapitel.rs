//! The chapters of a plan: as they are read, and the form of each.

use domain::{
    format,
    permission::{Action, Area},
    verksamhetsplan::plan::{
        Innehall, Plan, PlanId,
        kapitel::{Content, KAPITEL_MOST, Kapitel, KapitelId, Lage},
        remiss::Om,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{
    person,
    verksamhetsplan::{bilaga, kapitel},
};

use super::{
    PATH, bilagor,
    flikar::{Flik, flikar, read},
    kapitel_api::{CreateKapitel, MarkKapitel, MoveKapitel, RemoveKapitel, UpdateKapitel},
    oppen::sluten,
    plan::crumbs,
};
use crate::{
    components::{
        Checkbox, DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
};

/// `/verksamhetsplan/{id}/kapitel`
#[component]
pub fn KapitelPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let all = kapitel::list(&mut tx, plan.id).await?;
        let who = person::options(&mut tx, &actor.tree, plan.node).await?;
        let beside = bilaga::list(&mut tx, plan.id).await?;
        drop(tx);
        let may = actor.may(plan.node, Area::Verksamhetsplan, Action::Edit);
        let says = actor.may(plan.node, Area::Verksamhetsplan, Action::TickOwn);
        let says = says && plan.pa_remiss(ctx.today).is_some();
        let open = plan.check_open(Innehall::Kapitel);
        let writes = may && open.is_ok();
        let count = all.len();
        let (before, after): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| !one.content.efter_malen);
        let side = |heading: &'static str, side: Vec<Kapitel>| {
            (!side.is_empty()).then(|| {
                let last = side.len() - 1;
                let rows = side.iter().enumerate().map(|(at, one)| {
                    let say = says.then(|| say(one));
                    view! { {shown(one, &who, writes, (at == 0, at == last))} {say} }
                });
                view! { <section class="stack"><h2>{heading}</h2> {rows.collect_view()}</section> }
            })
        };
        let new = (writes && count < KAPITEL_MOST).then(|| new_form(plan.id, who_options(who.clone())));
        let why_not = may.then(|| sluten(&plan, Innehall::Kapitel)).flatten();
        Ok(view! {
            {crumbs(&plan, "Kapitel")}
            <PageHead title="Kapitel" about=format!("Verksamhetsplan {}", plan.year) sub=format!("Verksamhetsplan {} · {}", plan.year, plan.said())>
                <a class="button secondary" href=format!("{PATH}/{}/remiss", plan.id)>"Remiss"</a>
                <a class="button secondary" href=format!("{PATH}/{}/dokument", plan.id)>"Hela planen"</a>
            </PageHead>
            {flikar(plan.id, Flik::Kapitel)}
            {why_not}
            <div class="stack loose plan-kapitel" id="kapitel" data-live="verksamhetsplan">
                {side("Före målen", before)}
                {side("Efter målen", after)}
                {(count == 0).then(|| view! { <p class="help">"Planen har inga kapitel."</p> })}
            </div>
            {new}
            {bilagor::view(plan.id, &beside, writes)}
        })
    })
}

/// The way to say what one thinks of a chapter, while the plan is on remiss.
fn say(one: &Kapitel) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}/remiss?om={}#tyck", one.plan, Om::Kapitel(one.id).code());
    let label = format!("Lämna en synpunkt om {}", one.content.rubrik);
    view! { <p class="no-print"><a href=href aria-label=label>"Lämna en synpunkt"</a></p> }
}

/// A chapter as it is read, with what is done with it.
fn shown(one: &Kapitel, who: &[(String, String)], writes: bool, (first, last): (bool, bool)) -> impl IntoView + use<> {
    let (lage, content) = (one.lage(), &one.content);
    let code = content.responsible.code();
    let named = who.iter().find(|(value, _)| *value == code && !code.is_empty()).map(|(_, label)| label.clone());
    let senast = content.senast.map(|day| format!("senast {}", format::date(day)));
    let meta: Vec<String> = named.into_iter().chain(senast).collect();
    let class = match lage {
        Lage::Klart => "badge done",
        Lage::Paborjat | Lage::Tomt => "badge",
    };
    let text = if content.text.is_empty() {
        view! { <p class="muted">"Ingen text än."</p> }.into_any()
    } else {
        view! { <p class="prewrap">{content.text.clone()}</p> }.into_any()
    };
    let actions = writes.then(|| actions(one, first, last));
    view! {
        <article class="card" id=format!("kapitel-{}", one.id)>
            <div class="card-head">
                <div>
                    <h3>{content.rubrik.clone()}</h3>
                    <p>
                        <span class=class>{lage.label()}</span> " "
                        {one.fran_i_fjol.then(|| view! { <span class="badge warn">"Från i fjol, inte ändrat"</span> " " })}
                        {meta.join(" · ")}
                    </p>
                </div>
                {actions}
            </div>
            <div class="card-body">{text}</div>
        </article>
    }
}

fn actions(one: &Kapitel, first: bool, last: bool) -> impl IntoView + use<> {
    let (id, plan, rubrik) = (one.id, one.plan, one.content.rubrik.clone());
    let step = |earlier: bool, word: &'static str| {
        view! {
            <form method="post" action=MoveKapitel::PATH>
                {ids(id, plan)}
                <Hidden name="earlier" value=earlier.to_string()/>
                <button class="button quiet small" aria-label=format!("{word}: {rubrik}")>{word}</button>
            </form>
        }
    };
    view! {
        <div class="cluster">
            <a class="button secondary small" href=format!("{PATH}/{plan}/kapitel/{id}") aria-label=format!("Ändra: {rubrik}")>"Ändra"</a>
            {(!first).then(|| step(true, "Flytta upp"))}
            {(!last).then(|| step(false, "Flytta ned"))}
        </div>
    }
}

fn ids(id: KapitelId, plan: PlanId) -> impl IntoView {
    view! {
        <Hidden name="id" value=id.to_string()/>
        <Hidden name="plan" value=plan.to_string()/>
    }
}

fn new_form(plan: PlanId, who: Vec<(String, String)>) -> impl IntoView {
    let state = FormState::nested(CreateKapitel::PATH, None);
    let id = state.new_id(|| KapitelId::new().to_string());
    let open = state.is_back();
    view! {
        <details class="disclosure" open=open>
            <summary>"Nytt kapitel"</summary>
            <form class="form" method="post" action=CreateKapitel::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=plan.to_string()/>
                {fields(&state, None, who)}
                <div class="form-actions"><button class="button">"Lägg till kapitlet"</button></div>
            </form>
        </details>
    }
}

/// `/verksamhetsplan/{id}/kapitel/{kapitel}`
#[component]
pub fn EttKapitelPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, chapter) = (params.get("id").unwrap_or_default(), params.get("kapitel").unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let chapter: KapitelId = chapter.parse().map_err(|_| AppError::NotFound)?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        let found = kapitel::get(&mut tx, plan.id, chapter).await?;
        let who = person::options(&mut tx, &actor.tree, plan.node).await?;
        drop(tx);
        let may = actor.may(plan.node, Area::Verksamhetsplan, Action::Edit);
        let key = found.id.to_string();
        let back = FormState::nested(UpdateKapitel::PATH, Some(("id", &key))).is_back();
        let content = match (may, sluten(&plan, Innehall::Kapitel)) {
            (true, None) => form(&plan, &found, who_options(who)).into_any(),
            // what somebody had written when the plan was closed
            (true, Some(why)) if back => view! { {why} {form(&plan, &found, who_options(who))} }.into_any(),
            (true, Some(why)) => view! { {why} {shown(&found, &who, false, (true, true))} }.into_any(),
            (false, _) => shown(&found, &who, false, (true, true)).into_any(),
        };
        let rubrik = found.content.rubrik.clone();
        Ok(view! {
            {crumbs(&plan, &rubrik)}
            <PageHead title=rubrik.clone() sub=format!("Kapitel i verksamhetsplanen för {}", plan.year)/>
            {content}
        })
    })
}

fn form(plan: &Plan, found: &Kapitel, who: Vec<(String, String)>) -> impl IntoView + use<> {
    let (id, plan, version) = (found.id, plan.id, found.version.to_string());
    let key = id.to_string();
    let state = FormState::nested(UpdateKapitel::PATH, Some(("id", &key)));
    let mark_state = FormState::of(MarkKapitel::PATH, Some(("id", &key)));
    let remove_state = FormState::of(RemoveKapitel::PATH, Some(("id", &key)));
    let back = format!("{PATH}/{plan}/kapitel#kapitel-{id}");
    let done = found.lage() == Lage::Klart;
    view! {
        <div class="stack loose">
            <form class="form" method="post" action=UpdateKapitel::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(id, plan)}
                <Hidden name="version" value=version.clone()/>
                {fields(&state, Some(&found.content), who)}
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=back>"Avbryt"</a>
                </div>
            </form>
            <div class="cluster">
                <form method="post" action=MarkKapitel::PATH>
                    <ErrorSummary state=mark_state/>
                    {ids(id, plan)}
                    <Hidden name="version" value=version.clone()/>
                    <Hidden name="klart" value=(!done).to_string()/>
                    <button class="button secondary">{if done { "Öppna kapitlet igen" } else { "Markera som klart" }}</button>
                </form>
                <form method="post" action=RemoveKapitel::PATH>
                    <ErrorSummary state=remove_state/>
                    {ids(id, plan)}
                    <Hidden name="version" value=version/>
                    <button class="button quiet">"Ta bort kapitlet"</button>
                </form>
            </div>
        </div>
    }
}

fn fields(state: &FormState, content: Option<&Content>, who: Vec<(String, String)>) -> impl IntoView + use<> {
    let s = || state.clone();
    let text = |of: fn(&Content) -> String| content.map(of).unwrap_or_default();
    view! {
        <TextField state=s() name="rubrik" label="Rubrik" value=text(|c| c.rubrik.clone()) required=true/>
        <TextArea state=s() name="text" label="Text" value=text(|c| c.text.clone()) rows=10
            help="Skriv aldrig namn eller personnummer."/>
        <Checkbox state=s() name="efter_malen" label="Står efter målen" checked=content.is_some_and(|c| c.efter_malen)/>
        <div class="inline-fields">
            <SelectField state=s() name="responsible" label="Vem skriver?" options=who value=text(|c| c.responsible.code())/>
            <DateField state=s() name="senast" label="Klart senast" value=text(|c| c.senast.map(format::date).unwrap_or_default())/>
        </div>
    }
}
