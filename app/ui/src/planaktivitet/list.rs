//! The table of what is done in a year for the goals of a plan, goal by goal: what, when, who, how far, and what became otherwise.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    format,
    permission::{Action, Area},
    verksamhetsplan::{
        aktivitet::{Planaktivitet, Status},
        indikator::sammanfattning::Aktivitetsrakning,
        mal::{MalId, Trad},
        plan::Plan,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{Target, Tx, person, planaktivitet, verksamhetsplan};

use super::PATH;
use crate::{
    components::{Empty, PageHead, load, plan::UnitSwitch},
    ctx::Ctx,
    error::AppError,
    place::Place,
    upphorda::UnitNotice,
    verksamhetsplan::{
        flikar::{Flik, flikar, read},
        marke::marke,
    },
};

/// `/planaktiviteter`
#[component]
pub fn ListPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Planaktivitet), Action::View).await?;
        let content = if let Some(plan) = verksamhetsplan::of_year(&mut tx, place.unit, place.year).await? {
            shown(&ctx, &mut tx, &plan).await?
        } else {
            let href = place.link("/verksamhetsplan", place.year, &[]);
            view! {
                <PageHead title=format!("Aktiviteter {}", place.year)/>
                <Empty title="Ingen plan än" text="Aktiviteter hör till verksamhetsplanen för ett år.">
                    <p><a class="button" href=href>"Till verksamhetsplanen"</a></p>
                </Empty>
            }
            .into_any()
        };
        Ok(view! {
            <UnitNotice place=place.clone() path=PATH/>
            {(place.units.len() > 1).then(|| view! { <div class="filter-bar"><UnitSwitch place path=PATH/></div> })}
            {content}
        })
    })
}

/// `/verksamhetsplan/{id}/aktiviteter`
#[component]
pub fn PlanPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = read(&ctx, &id, Action::View).await?;
        shown(&ctx, &mut tx, &plan).await
    })
}

async fn shown(ctx: &Ctx, tx: &mut Tx, plan: &Plan) -> Result<AnyView, AppError> {
    let actor = ctx.actor()?;
    let all = planaktivitet::list(tx, plan.node, plan.year).await?;
    let trad = verksamhetsplan::mal::trad(tx, plan.node, plan.year).await?;
    let names: HashMap<String, String> = person::options(tx, &actor.tree, plan.node).await?.into_iter().collect();
    let may_edit = actor.may(plan.node, Area::Planaktivitet, Action::Edit);
    let today = ctx.today;
    let count = Aktivitetsrakning::of(all.iter().map(|one| one.status(today)));
    let title = match count.mening() {
        said if said.is_empty() => "Aktiviteter".to_owned(),
        said => said.trim_end_matches('.').to_owned(),
    };
    let new = format!("/verksamhetsplan/{}/aktiviteter/ny", plan.id);
    let content = if all.is_empty() {
        let button = may_edit.then(|| view! { <p><a class="button" href=new.clone()>"Ny aktivitet"</a></p> });
        view! {
            <Empty
                title="Inga aktiviteter än"
                text="Här står det enheten gör för att nå sina mål. En aktivitet kan pågå i flera år och syns på årshjulet för vart och ett av dem."
            >
                {button}
            </Empty>
        }
        .into_any()
    } else {
        table(&all, &trad, &names, (plan.year, today))
    };
    let nothing = all.is_empty();
    Ok(view! {
        <PageHead title sub=format!("Verksamhetsplan {} · {}", plan.year, plan.said()) about="Aktiviteter">
            {(may_edit && !nothing).then(|| view! { <a class="button" href=new>"Ny aktivitet"</a> })}
        </PageHead>
        <div class="filter-bar">{flikar(plan.id, Flik::Aktiviteter)}</div>
        <div class="stack" id="aktiviteter" data-live="planaktivitet">{content}</div>
    }
    .into_any())
}

/// The table: under each goal, in the order of the chain, then what is for no certain goal.
fn table(
    all: &[Planaktivitet],
    trad: &Trad,
    names: &HashMap<String, String>,
    (year, today): (i32, NaiveDate),
) -> AnyView {
    let goals = trad.walk().into_iter().map(|post| post.mal);
    let groups = goals.map(|goal| (Some(goal.id), goal.content.med_nr()));
    // one that goes on from an earlier year is for the goal that it had then
    let is_here = |mal: Option<MalId>| mal.is_some_and(|id| trad.get(id).is_some());
    let sections = groups.chain([(None, "Inget visst mål".to_owned())]).filter_map(|(mal, heading)| {
        let of = |one: &&Planaktivitet| match mal {
            Some(_) => one.content.mal == mal,
            None => !is_here(one.content.mal),
        };
        let rows: Vec<_> = all.iter().filter(of).map(|one| row(one, names, (year, today))).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <tbody>
                    <tr class="group"><th colspan="6" scope="colgroup">{heading}</th></tr>
                    {rows}
                </tbody>
            }
        })
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Aktiviteter">
            <table class="table planaktivitet-table">
                <thead>
                    <tr>
                        <th scope="col">"Aktivitet"</th>
                        <th scope="col">"Startdatum"</th>
                        <th scope="col">"Slutdatum"</th>
                        <th scope="col">"Ansvarig"</th>
                        <th scope="col">"Läge"</th>
                        <th scope="col">"Avvikelse"</th>
                    </tr>
                </thead>
                {sections.collect_view()}
            </table>
        </div>
    }
    .into_any()
}

fn row(one: &Planaktivitet, names: &HashMap<String, String>, (year, today): (i32, NaiveDate)) -> impl IntoView + use<> {
    let content = &one.content;
    let date = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), format::date);
    let who = names.get(&content.responsible.code()).cloned().unwrap_or_else(|| content.responsible.told());
    let status = one.status(today);
    let otherwise = match (status, one.lage.avvikelse.as_str(), one.lage.skal.as_str()) {
        (Status::Utgatt, _, skal) => skal.to_owned(),
        (_, avvikelse, _) => avvikelse.to_owned(),
    };
    let notes = [content.utanfor(year), content.hjalp()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let analys = (!one.lage.analys.is_empty()).then(|| {
        let text = one.lage.analys.clone();
        view! { <tr><td colspan="6" class="prewrap"><strong>"Analys: "</strong> {text}</td></tr> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{PATH}/{}", one.id)>{content.text.clone()}</a>
                {(!notes.is_empty()).then(|| view! { <p class="row-meta">{notes}</p> })}
            </th>
            <td>{date(content.start)}</td>
            <td>{date(content.slut)}</td>
            <td>{who}</td>
            <td>{marke(status.mark(), status.label())}</td>
            <td class="prewrap">{otherwise}</td>
        </tr>
        {analys}
    }
}
