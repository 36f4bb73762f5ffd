//! The form of a goal: new, changed, moved, removed.

use domain::{
    id::ForslagId,
    import::shortened,
    permission::Action,
    verksamhetsplan::{
        mal::{Form, Mal, MalId, Niva, Trad},
        plan::{Innehall, Plan, PlanId},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::verksamhetsplan::mal;

use super::{
    PATH,
    flikar::read,
    mal_api::{CreateMal, MoveMal, RemoveMal, UpdateMal, in_list},
    oppen::form_or_why,
    plan::crumbs,
    stjarnor,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// `/verksamhetsplan/{id}/mal/ny`
#[component]
pub fn NyttMalPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let asked = query.get("under").and_then(|id| id.parse::<MalId>().ok());
    let from_list = query.get("fran").is_some_and(|from| from == "lista");
    let star = query.get("fran").and_then(|id| id.parse::<ForslagId>().ok());
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let trad = mal::trad(&mut tx, plan.node, plan.year).await?;
        let above = asked.and_then(|id| trad.get(id));
        let niva = above.map_or(Niva::Enhetsmal, |mal| below(mal.content.niva));
        let form = Form { niva: niva.code().to_owned(), ..Form::default() };
        let form = match star {
            Some(star) => stjarnor::form(&mut tx, &plan, star, form).await?,
            None => form,
        };
        drop(tx);
        let under = above.map(|mal| mal.id.to_string()).unwrap_or_default();
        let back = format!("{PATH}/{}{}", plan.id, if from_list { "?vy=lista" } else { "" });
        let state = FormState::nested(CreateMal::PATH, None);
        let new = state.new_id(|| MalId::new().to_string());
        // beside the fields of the goal, not one of them
        let place = FormState::of(CreateMal::PATH, None);
        let options = places(
            &plan,
            &trad,
            trad.walk().into_iter().map(|post| post.mal).filter(|mal| mal.content.niva != Niva::Enhetsmal),
        );
        let content = form_or_why(&plan, Innehall::Mal, state.is_back(), || {
            view! {
                <form class="form" method="post" action=CreateMal::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=new/>
                    <Hidden name="plan" value=plan.id.to_string()/>
                    {fields(&state, &plan, form)}
                    <SelectField state=place name="under" label="Ligger under" options value=under
                        help="Det mål som det här målet bidrar till. Det kan flyttas senare."/>
                    <div class="form-actions">
                        <button class="button">"Lägg till målet"</button>
                        <a class="button quiet" href=back>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, "Nytt mål")}
            <PageHead title="Nytt mål" sub=format!("Verksamhetsplan {}", plan.year)/>
            {content}
        })
    })
}

/// The level under another.
fn below(niva: Niva) -> Niva {
    Niva::ALL.into_iter().find(|one| *one > niva).unwrap_or(Niva::Enhetsmal)
}

/// Goals to choose between, each with its level, and that it is none of them.
fn places<'a>(plan: &Plan, trad: &Trad, goals: impl Iterator<Item = &'a Mal>) -> Vec<(String, String)> {
    let label = |mal: &Mal| {
        let depth = trad.path(mal.id).len().saturating_sub(1);
        let blanks = "\u{a0}\u{a0}\u{a0}".repeat(depth);
        format!("{blanks}{} ({})", shortened(&mal.content.med_nr(), 90), plan.benamning.niva(mal.content.niva))
    };
    let none = (String::new(), "Inget, det står överst".to_owned());
    std::iter::once(none).chain(goals.map(|mal| (mal.id.to_string(), label(mal)))).collect()
}

fn fields(state: &FormState, plan: &Plan, form: Form) -> impl IntoView + use<> {
    let s = || state.clone();
    let levels = Niva::ALL.map(|niva| (niva.code().to_owned(), plan.benamning.niva(niva).to_owned())).to_vec();
    view! {
        <SelectField state=s() name="niva" label="Nivå" options=levels value=form.niva required=true/>
        <div class="inline-fields">
            <TextField state=s() name="nr" label="Nummer" value=form.nr short=true help="Som staden har det, till exempel 1.2."/>
        </div>
        <TextField state=s() name="titel" label="Mål" value=form.titel required=true
            help="Vad som ska vara sant när målet är nått. Skriv aldrig namn eller personnummer."/>
        <TextArea state=s() name="beskrivning" label="Beskrivning" value=form.beskrivning rows=3/>
    }
}

/// `/verksamhetsplan/{id}/mal/{mal}/redigera`
#[component]
pub fn RedigeraMalPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let (id, goal) = (params.get("id").unwrap_or_default(), params.get("mal").unwrap_or_default());
    let from_goal = use_query_map().get_untracked().get("fran").is_some_and(|from| from == "mal");
    load(async move {
        let ctx = Ctx::current()?;
        let goal: MalId = goal.parse().map_err(|_| AppError::NotFound)?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let found = mal::of_plan(&mut tx, &plan, goal).await?;
        let trad = mal::trad(&mut tx, plan.node, plan.year).await?;
        drop(tx);
        let own = goal.to_string();
        let back = FormState::nested(UpdateMal::PATH, Some(("id", &own))).is_back();
        let content = form_or_why(&plan, Innehall::Mal, back, || {
            view! {
                <div class="stack loose">
                    {change(&plan, &found, from_goal)}
                    {move_form(&plan, &trad, &found)}
                    {remove(plan.id, &found)}
                </div>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, "Ändra målet")}
            <PageHead title="Ändra målet" sub=found.content.med_nr()/>
            {content}
        })
    })
}

fn ids(plan: PlanId, found: &Mal) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=found.id.to_string()/>
        <Hidden name="plan" value=plan.to_string()/>
        <Hidden name="version" value=found.version.to_string()/>
    }
}

/// The form of what a goal says; whoever gives up is back where they came from.
fn change(plan: &Plan, found: &Mal, from_goal: bool) -> impl IntoView + use<> {
    let back = if from_goal { format!("{PATH}/{}/mal/{}", plan.id, found.id) } else { in_list(plan.id, found.id) };
    let state = FormState::nested(UpdateMal::PATH, Some(("id", &found.id.to_string())));
    view! {
        <form class="form" method="post" action=UpdateMal::PATH>
            <ErrorSummary state=state.clone()/>
            {ids(plan.id, found)}
            {fields(&state, plan, found.content.form())}
            <div class="form-actions">
                <button class="button">"Spara"</button>
                <a class="button quiet" href=back>"Avbryt"</a>
            </div>
        </form>
    }
}

/// Under which goal it lies, and before which of those there.
fn move_form(plan: &Plan, trad: &Trad, found: &Mal) -> impl IntoView + use<> {
    // of its own, so that its fields have ids of theirs
    let state = FormState::of(MoveMal::PATH, Some(("id", &found.id.to_string())));
    let above = trad.above(found.id).map(|mal| mal.id);
    let possible = trad.places_for(found.id, plan.node);
    let options = places(plan, trad, possible.iter().filter_map(|id| trad.get(*id)));
    let beside: Vec<&Mal> = trad.children(above).collect();
    let here = beside.iter().position(|mal| mal.id == found.id);
    let next = here.and_then(|at| beside.get(at + 1)).map(|mal| mal.id.to_string()).unwrap_or_default();
    let before = beside.iter().filter(|mal| mal.id != found.id);
    let before = before.map(|mal| (mal.id.to_string(), format!("Före {}", shortened(&mal.content.med_nr(), 90))));
    let before: Vec<(String, String)> = before.chain([(String::new(), "Sist".to_owned())]).collect();
    view! {
        <section class="stack" id="flytta">
            <h2>"Flytta"</h2>
            <form class="form" method="post" action=MoveMal::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(plan.id, found)}
                <SelectField state=state.clone() name="under" label="Ligger under" options
                    value=above.map(|id| id.to_string()).unwrap_or_default() required=true/>
                <SelectField state name="fore" label="Plats" options=before value=next required=true
                    help="Bland målen där det ligger nu. Under ett annat mål hamnar det sist."/>
                <div class="form-actions"><button class="button secondary">"Flytta målet"</button></div>
            </form>
        </section>
    }
}

fn remove(plan: PlanId, found: &Mal) -> impl IntoView + use<> {
    let state = FormState::of(RemoveMal::PATH, Some(("id", &found.id.to_string())));
    view! {
        <section class="stack" id="ta-bort">
            <h2>"Ta bort"</h2>
            <form class="stack tight" method="post" action=RemoveMal::PATH>
                <ErrorSummary state/>
                {ids(plan, found)}
                <p class="help">"Ett mål som något hör till kan inte tas bort: mål under det, bedömningar eller det som mäts."</p>
                <div class="form-actions"><button class="button secondary">"Ta bort målet"</button></div>
            </form>
        </section>
    }
}
