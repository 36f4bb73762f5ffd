//! The plan: its goals as a chain.

use domain::{
    permission::{Action, Area},
    verksamhetsplan::plan::{Plan, PlanId},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, Tx, verksamhetsplan};

use super::{
    PATH,
    api::CreateVerksamhetsplan,
    flikar::{Flik, flikar, read},
};
use crate::{
    components::{Empty, ErrorSummary, FormState, Hidden, PageHead, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
};

/// `/verksamhetsplan`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Verksamhetsplan), Action::View).await?;
        let found = verksamhetsplan::of_year(&mut tx, place.unit, place.year).await?;
        let may_edit = actor.may(place.unit, Area::Verksamhetsplan, Action::Edit);
        let content = match found {
            Some(plan) => shown(&mut tx, &plan).await?,
            None => view! { <PageHead title=format!("Verksamhetsplan {}", place.year)/> {none(&place, may_edit)} }
                .into_any(),
        };
        Ok(view! {
            <UnitNotice place=place.clone() path=PATH/>
            {(place.units.len() > 1).then(|| view! { <div class="filter-bar"><UnitSwitch place path=PATH/></div> })}
            {content}
        })
    })
}

/// `/verksamhetsplan/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        shown(&mut tx, &plan).await
    })
}

/// What stands where there is no plan of the year.
fn none(place: &Place, may_edit: bool) -> impl IntoView + use<> {
    let state = FormState::of(CreateVerksamhetsplan::PATH, None);
    let id = state.new_id(|| PlanId::new().to_string());
    let (node, year) = (place.unit.to_string(), place.year.to_string());
    let begin = may_edit.then(|| {
        view! {
            <form method="post" action=CreateVerksamhetsplan::PATH>
                <ErrorSummary state/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=node/>
                <Hidden name="year" value=year/>
                <button class="button">"Börja på planen"</button>
            </form>
        }
    });
    view! { <Empty title="Ingen plan än" text="Här står vad enheten ska nå under året, varför, och hur det går.">{begin}</Empty> }
}

async fn shown(tx: &mut Tx, plan: &Plan) -> Result<AnyView, AppError> {
    let trad = verksamhetsplan::mal::trad(tx, plan.node, plan.year).await?;
    let rows = trad.walk().into_iter().map(|post| {
        let href = format!("{PATH}/{}/mal/{}", plan.id, post.mal.id);
        view! { <li class="row"><a class="row-title" href=href>{post.mal.content.med_nr()}</a></li> }
    });
    let rows = rows.collect_view();
    Ok(view! {
        <PageHead title=format!("Verksamhetsplan {}", plan.year) sub=plan.said()/>
        {flikar(plan.id, Flik::Mal)}
        <div class="stack" id="plan" data-live="verksamhetsplan"><ul class="rows">{rows}</ul></div>
    }
    .into_any())
}
