//! VP-grupper on the page of a goal: who has it as theirs, what they have written, and the form of a group.

use domain::{
    format,
    id::PersonId,
    permission::Action,
    person::Person,
    verksamhetsplan::enhetsmal::vpgrupp::{Form, GrupprapportId, Vpgrupp, VpgruppId},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Tx, verksamhetsplan::vpgrupp};

use super::{
    Adress, Sida,
    api::{CreateGrupprapport, CreateVpgrupp, RemoveVpgrupp, UpdateVpgrupp},
    open, way,
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, Newest, PageHead, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
};

/// The groups of a goal, and what they have written of it.
pub fn section(
    sida: &Sida,
    (grupper, skrivet): (&[Vpgrupp], &[vpgrupp::Skriven]),
    people: &[Person],
    who: PersonId,
) -> AnyView {
    let new = sida.may_edit.then(|| {
        view! { <a class="button secondary" href=format!("{}/grupp/ny", sida.href())>"Ny VP-grupp"</a> }
    });
    if grupper.is_empty() && new.is_none() && skrivet.is_empty() {
        return ().into_any();
    }
    let none = grupper.is_empty().then(|| view! { <p class="help">"Ingen VP-grupp har målet än."</p> });
    let groups = grupper.iter().map(|grupp| one(sida, grupp, people, who)).collect_view();
    let asked = skrivet.len();
    let reports = skrivet.iter().map(|one| {
        let meta: Vec<&str> =
            [one.grupp.as_str(), one.who.as_str()].into_iter().filter(|word| !word.is_empty()).collect();
        let meta = format!("{} · {}", format::date(one.rapport.on), meta.join(" · "));
        view! {
            <li class="row">
                <div class="row-text">
                    <p class="prewrap">{one.rapport.text.clone()}</p>
                    <p class="row-meta">{meta}</p>
                </div>
            </li>
        }
    });
    let reports = (asked > 0).then(|| view! { <ul class="rows">{reports.collect_view()}</ul> });
    view! {
        <section class="card" id="grupper">
            <div class="card-head"><h2>"VP-grupper"</h2> {new}</div>
            <div class="card-body">{none} {groups}</div>
            {reports} <Newest asked most=vpgrupp::MOST what="rapporterna"/>
        </section>
    }
    .into_any()
}

/// A group: its name, who is in it, and where its members write.
fn one(sida: &Sida, grupp: &Vpgrupp, people: &[Person], who: PersonId) -> AnyView {
    let names: Vec<String> =
        people.iter().filter(|p| grupp.medlemmar.contains(&p.id)).map(|p| p.name.clone()).collect();
    let names = if names.is_empty() { "Ingen är med än".to_owned() } else { names.join(", ") };
    let edit = sida.may_edit.then(|| {
        let name = format!(" {}", grupp.namn);
        view! {
            <a href=format!("{}/grupp/{}", sida.href(), grupp.id)>"Ändra" <span class="visually-hidden">{name}</span></a>
        }
    });
    let form = grupp.may_report(who, sida.may_edit).then(|| report(sida, grupp));
    view! {
        <div class="stack tight">
            <h3>{grupp.namn.clone()}</h3>
            <p>{names} " " {edit}</p>
            {form}
        </div>
    }
    .into_any()
}

fn report(sida: &Sida, grupp: &Vpgrupp) -> AnyView {
    let key = grupp.id.to_string();
    let state = FormState::of(CreateGrupprapport::PATH, Some(("grupp", &key)));
    let id = state.new_id(|| GrupprapportId::new().to_string());
    let opened = state.is_back();
    view! {
        <details class="disclosure" open=opened>
            <summary>"Skriv hur det går"</summary>
            <form class="form" method="post" action=CreateGrupprapport::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=sida.plan.id.to_string()/>
                <Hidden name="grupp" value=key/>
                <Hidden name="mal" value=sida.mal.id.to_string()/>
                <TextArea state name="text" label="Hur går det?" required=true rows=4
                    help="Läses av alla i enheten. En ny rapport läggs till, den förra står kvar."/>
                <div class="form-actions"><button class="button">"Spara rapporten"</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// Who can be in a group: those who work in the unit, and who is in it already.
async fn candidates(tx: &mut Tx, ctx: &Ctx, sida: &Sida, now: &[PersonId]) -> Result<Vec<(String, String)>, AppError> {
    let actor = ctx.actor()?;
    let all = store::person::list(tx).await?;
    let near = |p: &Person| now.contains(&p.id) || p.active && p.works_near(&actor.tree, sida.plan.node);
    Ok(all.into_iter().filter(near).map(|p| (p.id.to_string(), p.name)).collect())
}

/// The goals of the plan as choices.
fn goals(sida: &Sida) -> Vec<(String, String)> {
    sida.trad.walk().into_iter().map(|post| (post.mal.id.to_string(), post.mal.content.med_nr())).collect()
}

/// `/verksamhetsplan/{id}/mal/{mal}/grupp/ny`
#[component]
pub fn NyGruppPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open(&ctx, &adress, Action::Edit).await?;
        let people = candidates(&mut tx, &ctx, &sida, &[]).await?;
        drop(tx);
        let state = FormState::nested(CreateVpgrupp::PATH, None);
        let id = state.new_id(|| VpgruppId::new().to_string());
        let form = Form { mal: vec![sida.mal.id.to_string()], ..Form::default() };
        let goals = goals(&sida);
        Ok(view! {
            {way(&sida, Some("Ny VP-grupp"))}
            <PageHead title="Ny VP-grupp" sub=sida.titel() about=sida.titel()/>
            <form class="form" method="post" action=CreateVpgrupp::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="plan" value=sida.plan.id.to_string()/>
                <Fields state form goals people/>
                <div class="form-actions">
                    <button class="button">"Skapa gruppen"</button>
                    <a class="button quiet" href=sida.href()>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/verksamhetsplan/{id}/mal/{mal}/grupp/{grupp}`
#[component]
pub fn GruppPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open(&ctx, &adress, Action::Edit).await?;
        let id: VpgruppId = adress.grupp.parse().map_err(|_| AppError::NotFound)?;
        let grupp = vpgrupp::get(&mut tx, &sida.plan, id).await?;
        let people = candidates(&mut tx, &ctx, &sida, &grupp.medlemmar).await?;
        drop(tx);
        let key = id.to_string();
        let state = FormState::nested(UpdateVpgrupp::PATH, Some(("id", &key)));
        let form = Form {
            namn: grupp.namn.clone(),
            mal: grupp.mal.iter().map(ToString::to_string).collect(),
            medlemmar: grupp.medlemmar.iter().map(ToString::to_string).collect(),
        };
        let goals = goals(&sida);
        let gone = FormState::of(RemoveVpgrupp::PATH, Some(("id", &key)));
        let names = || {
            view! {
                <Hidden name="plan" value=sida.plan.id.to_string()/>
                <Hidden name="id" value=key.clone()/>
                <Hidden name="version" value=grupp.version.to_string()/>
            }
        };
        Ok(view! {
            {way(&sida, Some("VP-grupp"))}
            <PageHead title="Ändra VP-gruppen" sub=grupp.namn.clone() about=grupp.namn.clone()/>
            <div class="stack loose">
                <form class="form" method="post" action=UpdateVpgrupp::PATH>
                    <ErrorSummary state=state.clone()/>
                    {names()}
                    <Fields state form goals people/>
                    <div class="form-actions">
                        <button class="button">"Spara"</button>
                        <a class="button quiet" href=sida.href()>"Avbryt"</a>
                    </div>
                </form>
                <details class="disclosure" open=gone.is_back()>
                    <summary>"Ta bort gruppen"</summary>
                    <form class="stack tight" method="post" action=RemoveVpgrupp::PATH>
                        <ErrorSummary state=gone.clone()/>
                        {names()}
                        <p>"En grupp som har skrivit rapporter går inte att ta bort."</p>
                        <div class="cluster"><button class="button danger">"Ta bort gruppen"</button></div>
                    </form>
                </details>
            </div>
        })
    })
}

#[component]
fn Fields(state: FormState, form: Form, goals: Vec<(String, String)>, people: Vec<(String, String)>) -> impl IntoView {
    let nobody = people.is_empty().then(|| view! { <p class="help">"Ingen person har en roll i enheten än."</p> });
    let members = boxes(&state, "medlemmar", "Vilka är med?", people, &form.medlemmar, nobody.map(IntoAny::into_any));
    let goals = boxes(&state, "mal", "Vilka mål har gruppen?", goals, &form.mal, None);
    view! {
        <TextField state name="namn" label="Gruppens namn" value=form.namn required=true help="Till exempel: Unga vuxna."/>
        {goals}
        {members}
    }
}

/// Boxes to tick, of which several can be.
fn boxes(
    state: &FormState,
    name: &'static str,
    legend: &'static str,
    all: Vec<(String, String)>,
    stored: &[String],
    none: Option<AnyView>,
) -> AnyView {
    let chosen = state.values(name, stored);
    let (id, field, invalid) = (state.id(name), format!("{}[]", state.name(name)), state.invalid(name));
    let ticks = all.into_iter().enumerate().map(|(i, (value, label))| {
        let checked = chosen.contains(&value);
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    id=(i == 0).then(|| id.clone())
                    name=field.clone()
                    value=value
                    checked=checked
                    aria-invalid=invalid
                />
                <span>{label}</span>
            </label>
        }
    });
    let ticks = ticks.collect_view();
    let described_by = state.described_by(name, false);
    view! {
        <fieldset class="fieldset field" class:invalid=invalid.is_some() aria-describedby=described_by>
            <legend>{legend}</legend>
            {state.fault(name)} {none}
            <div>{ticks}</div>
        </fieldset>
    }
    .into_any()
}
