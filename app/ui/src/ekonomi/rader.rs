//! `/verksamhetsplan/{id}/ekonomi/rader`: what the account is: its verksamheter with their rows, and its settings. One row or verksamhet
//! is changed at a time, as the address says.

use domain::{
    ekonomi::konto::{Rad, Verksamhet},
    permission::Action,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};
use store::ekonomi::Rakning;

use super::{
    data::{self, crumbs},
    path,
    rader_api::{MoveKontorad, MoveVerksamhet, RemoveKontorad, RemoveVerksamhet, UpdateKontorad, UpdateVerksamhet},
    rader_form::{Plats, new_rad, new_verksamhet, rad_form, settings, verksamhet_form},
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// `/verksamhetsplan/{id}/ekonomi/rader`
#[component]
pub fn RaderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let query = use_query_map().get_untracked();
    let opened = query.get("andra").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let (tx, data) = data::read(&ctx, &id, Action::Edit).await?;
        drop(tx);
        let rakning = data.rakning.as_ref().ok_or(AppError::NotFound)?;
        let content = &rakning.konto.content;
        let plats = Plats { plan: data.plan.id, version: rakning.konto.version };
        let to = path(data.plan.id);
        let all = content.verksamheter.iter().map(|v| verksamhet(plats, rakning, v, &opened)).collect_view();
        Ok(view! {
            {crumbs(&data.plan, "Rader och inställningar")}
            <PageHead title="Rader och inställningar" sub=content.namn.clone()>
                <a class="button" href=format!("{to}/fyll")>"Fyll i belopp"</a>
            </PageHead>
            <div class="stack loose">
                {refused()}
                {all}
                {new_verksamhet(plats)}
                {settings(plats, content)}
            </div>
        })
    })
}

/// What is said where a step could not be taken.
fn refused() -> impl IntoView {
    let steps = [MoveVerksamhet::PATH, RemoveVerksamhet::PATH, MoveKontorad::PATH, RemoveKontorad::PATH];
    let back = steps.map(|step| FormState::of(step, None)).into_iter().find(FormState::is_back);
    back.map(|state| view! { <ErrorSummary state/> })
}

fn verksamhet(plats: Plats, rakning: &Rakning, v: &Verksamhet, opened: &str) -> impl IntoView + use<> {
    let id = v.id.to_string();
    let to = path(plats.plan);
    let title = if v.vo.is_empty() { v.namn.clone() } else { format!("{} (VO {})", v.namn, v.vo) };
    let is_open = opened == id || FormState::nested(UpdateVerksamhet::PATH, Some(("id", &id))).is_back();
    let form = is_open.then(|| verksamhet_form(plats, v));
    let has_amounts = v.rader.iter().any(|rad| rakning.har_belopp(rad.id));
    let steps = view! {
        {step(MoveVerksamhet::PATH, plats, &id, Some(true), "Upp", &v.namn)}
        {step(MoveVerksamhet::PATH, plats, &id, Some(false), "Ner", &v.namn)}
        {(!has_amounts).then(|| step(RemoveVerksamhet::PATH, plats, &id, None, "Ta bort", &v.namn))}
    };
    let rows = v.rader.iter().map(|rad| row(plats, rakning, rad, opened)).collect_view();
    let label = format!("Rader i {}", v.namn);
    view! {
        <section class="stack tight" id=id.clone()>
            <div class="section-head">
                <h2>{title}</h2>
                <div class="cluster">
                    <a class="button quiet small" href=format!("{to}/rader?andra={id}#{id}") aria-label=format!("Ändra {}", v.namn)>"Ändra"</a>
                    {steps}
                </div>
            </div>
            {form}
            <div class="table-wrap" tabindex="0" role="region" aria-label=label>
                <table class="table dense konto-rader">
                    <thead>
                        <tr>
                            <th scope="col">"Rad"</th>
                            <th scope="col">"Slag"</th>
                            <th scope="col"><span class="visually-hidden">"Ändra"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {new_rad(plats, &rakning.konto.content, v)}
        </section>
    }
}

fn row(plats: Plats, rakning: &Rakning, rad: &Rad, opened: &str) -> AnyView {
    let id = rad.id.to_string();
    let to = path(plats.plan);
    let has_amounts = rakning.har_belopp(rad.id);
    let is_open = opened == id || FormState::nested(UpdateKontorad::PATH, Some(("id", &id))).is_back();
    if is_open {
        let form = rad_form(plats, &rakning.konto.content, rad, has_amounts);
        return view! { <tr id=id><td colspan="3">{form}</td></tr> }.into_any();
    }
    let namn = if rad.projekt { format!("{} (projekt)", rad.namn) } else { rad.namn.clone() };
    view! {
        <tr id=id.clone()>
            <th scope="row">{namn}</th>
            <td>{rad.slag.label()}</td>
            <td>
                <div class="cluster">
                    <a class="button quiet small" href=format!("{to}/rader?andra={id}#{id}") aria-label=format!("Ändra {}", rad.namn)>"Ändra"</a>
                    {step(MoveKontorad::PATH, plats, &id, Some(true), "Upp", &rad.namn)}
                    {step(MoveKontorad::PATH, plats, &id, Some(false), "Ner", &rad.namn)}
                    {(!has_amounts).then(|| step(RemoveKontorad::PATH, plats, &id, None, "Ta bort", &rad.namn))}
                </div>
            </td>
        </tr>
    }
    .into_any()
}

/// A button that moves or takes away.
fn step(
    action: &'static str,
    plats: Plats,
    id: &str,
    earlier: Option<bool>,
    words: &'static str,
    of: &str,
) -> impl IntoView + use<> {
    let label = format!("{words}: {of}");
    view! {
        <form method="post" action=action>
            <Hidden name="plan" value=plats.plan.to_string()/>
            <Hidden name="version" value=plats.version.to_string()/>
            <Hidden name="id" value=id.to_owned()/>
            {earlier.map(|earlier| view! { <Hidden name="earlier" value=earlier.to_string()/> })}
            <button class="button quiet small" aria-label=label>{words}</button>
        </form>
    }
}
