//! The form of an aktivitet: new, and changed.

use domain::{
    permission::{Action, Area},
    verksamhetsplan::{
        aktivitet::{PlanaktivitetForm, PlanaktivitetId},
        indikator::slag::Ursprung,
        mal::Trad,
        plan::{Innehall, Plan},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Target, person, planaktivitet, verksamhetsplan};

use super::{
    PATH,
    api::{CreatePlanaktivitet, UpdatePlanaktivitet},
};
use crate::{
    components::{
        DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextField, load, recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    verksamhetsplan::{flikar::read, oppen::form_or_why},
};

/// `/verksamhetsplan/{id}/aktiviteter/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let mal = use_query_map().get_untracked().get("mal").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, plan) = read(&ctx, &id, Action::Edit).await?;
        let trad = verksamhetsplan::mal::trad(&mut tx, plan.node, plan.year).await?;
        let options = person::options(&mut tx, &actor.tree, plan.node).await?;
        drop(tx);
        let state = FormState::nested(CreatePlanaktivitet::PATH, Some(("plan", &plan.id.to_string())));
        let id = state.new_id(|| PlanaktivitetId::new().to_string());
        let back = format!("/verksamhetsplan/{}/aktiviteter", plan.id);
        let content = form_or_why(&plan, Innehall::Aktivitet, state.is_back(), || {
            view! {
                <form class="form" method="post" action=CreatePlanaktivitet::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id/>
                    <Hidden name="plan" value=plan.id.to_string()/>
                    <Fields state form=PlanaktivitetForm { mal, ..PlanaktivitetForm::default() } options goals=goals(&trad)/>
                    <div class="form-actions">
                        <button class="button">"Lägg till aktiviteten"</button>
                        <a class="button quiet" href=back>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, "Ny aktivitet")}
            <PageHead title="Ny aktivitet" sub=format!("Verksamhetsplan {}", plan.year)/>
            {content}
        })
    })
}

/// `/planaktiviteter/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: PlanaktivitetId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Thing(Area::Planaktivitet, id.0), Action::Edit).await?;
        let found = planaktivitet::get(&mut tx, id).await?;
        let plan = planaktivitet::plan_of(&mut tx, id).await?;
        let trad = verksamhetsplan::mal::trad(&mut tx, plan.node, plan.year).await?;
        let options = person::options(&mut tx, &actor.tree, plan.node).await?;
        drop(tx);
        let state = FormState::nested(UpdatePlanaktivitet::PATH, Some(("id", &id.to_string())));
        let content = form_or_why(&plan, Innehall::Aktivitet, state.is_back(), || {
            view! {
                <form class="form" method="post" action=UpdatePlanaktivitet::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id.to_string()/>
                    <Hidden name="version" value=found.version.to_string()/>
                    <Fields state form=found.content.form() options goals=goals(&trad)/>
                    <div class="form-actions">
                        <button class="button">"Spara"</button>
                        <a class="button quiet" href=format!("{PATH}/{id}")>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {crumbs(&plan, "Ändra aktiviteten")}
            <PageHead title="Ändra aktiviteten" sub=found.content.text.clone()/>
            {content}
        })
    })
}

/// Where an aktivitet is: in its plan, among the others.
pub(super) fn crumbs(plan: &Plan, here: &str) -> impl IntoView + use<> {
    let (id, here) = (plan.id, here.to_owned());
    view! {
        <nav class="breadcrumbs" aria-label="Du är här">
            <ol>
                <li><a href=format!("/verksamhetsplan/{id}")>{format!("Verksamhetsplan {}", plan.year)}</a></li>
                <li><a href=format!("/verksamhetsplan/{id}/aktiviteter")>"Aktiviteter"</a></li>
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// The goals of a plan as choices, in the order of the chain, none first.
fn goals(trad: &Trad) -> Vec<(String, String)> {
    let all = trad.walk().into_iter().map(|post| (post.mal.id.to_string(), post.mal.content.med_nr()));
    std::iter::once((String::new(), "Inget visst mål".to_owned())).chain(all).collect()
}

#[component]
fn Fields(
    state: FormState,
    form: PlanaktivitetForm,
    options: Vec<(String, String)>,
    goals: Vec<(String, String)>,
) -> impl IntoView {
    let s = move || state.clone();
    let owners: Vec<(String, String)> =
        Ursprung::ALL.into_iter().rev().map(|of| (of.code().to_owned(), of.label().to_owned())).collect();
    let owner = if form.agare.is_empty() { Ursprung::Enhet.code().to_owned() } else { form.agare };
    view! {
        <TextField state=s() name="text" label="Vad ska göras?" value=form.text required=true
            help="Till exempel: Följa enhetens MI-plan."/>
        <SelectField state=s() name="mal" label="För vilket mål?" options=goals value=form.mal/>
        <div class="inline-fields">
            <DateField state=s() name="start" label="Startdatum" value=form.start/>
            <DateField state=s() name="slut" label="Slutdatum" value=form.slut/>
        </div>
        <p class="help">"Den kan börja ett tidigare år och sluta ett senare. Den syns på årshjulet för varje år som den pågår."</p>
        <SelectField state=s() name="responsible" label="Ansvarig" options=who_options(options) value=form.responsible/>
        <SelectField state=s() name="agare" label="Vem har beslutat den?" options=owners value=owner/>
    }
}
