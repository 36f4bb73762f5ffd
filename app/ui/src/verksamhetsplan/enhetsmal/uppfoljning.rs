//! Uppföljning on the page of a goal: what is followed, how often, by whom and where it is shown, with the form of a row.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    id::ScheduleId,
    permission::Area,
    person::Actor,
    recurrence::form::Timing,
    verksamhetsplan::{
        enhetsmal::uppfoljning::{Content, Form, Plats, Uppfoljning, UppfoljningId},
        plan::Innehall,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Tx, person, verksamhetsplan::uppfoljning};

use super::{
    Adress, Sida, open_own,
    uppfoljning_api::{CreateMaluppfoljning, RemoveMaluppfoljning, UpdateMaluppfoljning},
    way,
};
use crate::{
    components::{
        ErrorSummary, FormState, Hidden, PageHead, RecurrenceFields, SaveOrShow, SelectField, TextField, load,
        recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    verksamhetsplan::oppen::form_or_why,
};

/// What is followed of a goal, with the names and the activities that stand beside it.
pub(super) struct Foljs {
    rader: Vec<Uppfoljning>,
    aktiviteter: HashMap<UppfoljningId, ScheduleId>,
    /// Who can follow it, by code.
    namn: HashMap<String, String>,
}

/// Reads what is followed of a goal.
pub(super) async fn read(tx: &mut Tx, actor: &Actor, sida: &Sida) -> Result<Foljs, AppError> {
    let rader = uppfoljning::of_mal(tx, sida.mal.id).await?;
    if rader.is_empty() {
        return Ok(Foljs { rader, aktiviteter: HashMap::new(), namn: HashMap::new() });
    }
    let aktiviteter = uppfoljning::aktiviteter(tx, sida.mal.id).await?;
    let namn = person::options(tx, &actor.tree, sida.mal.node).await?.into_iter().collect();
    Ok(Foljs { rader, aktiviteter, namn })
}

impl Foljs {
    /// Who follows a row: the one who is chosen, else as the table named them.
    fn vem(&self, content: &Content) -> String {
        content.vem(self.namn.get(&content.responsible.code()).map(String::as_str))
    }
}

/// The section of the goal; nothing of one that is shared and of which nothing is followed.
pub(super) fn section(sida: &Sida, foljs: &Foljs) -> AnyView {
    let may_write = sida.may_write();
    if foljs.rader.is_empty() && !may_write {
        return ().into_any();
    }
    let new = may_write.then(
        || view! { <a class="button secondary" href=format!("{}/uppfoljning/ny", sida.href())>"Lägg till uppföljning"</a> },
    );
    let content = if foljs.rader.is_empty() {
        let text = "Inget är skrivet än om vad som följs upp och hur ofta.";
        view! { <p class="card-text help">{text}</p> }.into_any()
    } else {
        let rows = foljs.rader.iter().map(|rad| row(sida, foljs, rad)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" id="uppfoljning">
            <div class="card-head"><h2>"Det här följs upp"</h2> {new}</div>
            {content}
        </section>
    }
    .into_any()
}

fn row(sida: &Sida, foljs: &Foljs, rad: &Uppfoljning) -> AnyView {
    let content = &rad.content;
    let href = format!("{}/uppfoljning/{}", sida.href(), rad.id);
    let vad = content.vad.clone();
    let title = if sida.may_write() {
        view! { <a class="row-title" href=href>{vad}</a> }.into_any()
    } else {
        view! { <span class="row-title">{vad}</span> }.into_any()
    };
    let shown = content.visat();
    let shown = if shown.is_empty() { String::new() } else { format!("Visas: {shown}") };
    let parts = [content.timing().sentence(), foljs.vem(content), shown];
    let meta = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let wheel = foljs.aktiviteter.get(&rad.id).map(|id| {
        let about = format!("Tiderna för {}", content.vad);
        view! { <a class="button secondary small" href=format!("/aktiviteter/{id}") aria-label=about>"Tider"</a> }
    });
    view! {
        <li class="row" id=format!("foljs-{}", rad.id)>
            <div class="row-text">{title} <div class="row-meta">{meta}</div></div>
            <span class="row-actions">{wheel}</span>
        </li>
    }
    .into_any()
}

/// `/verksamhetsplan/{id}/mal/{mal}/uppfoljning/ny`
#[component]
pub fn NyUppfoljningPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let options = person::options(&mut tx, &actor.tree, sida.plan.node).await?;
        drop(tx);
        let mal = sida.mal.id.to_string();
        let state = FormState::nested(CreateMaluppfoljning::PATH, Some(("mal", &mal)));
        let id = state.new_id(|| UppfoljningId::new().to_string());
        let (year, today) = (sida.plan.year, ctx.today);
        let content = form_or_why(&sida.plan, Innehall::Mal, state.is_back(), || {
            view! {
                <form class="form" method="post" action=CreateMaluppfoljning::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id/>
                    <Hidden name="plan" value=sida.plan.id.to_string()/>
                    <Hidden name="mal" value=mal/>
                    <Fields state=state.clone() form=Form::default() options year today stored=None/>
                    <div class="form-actions">
                        <SaveOrShow state save="Lägg till"/>
                        <a class="button quiet" href=sida.href()>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {way(&sida, Some("Ny uppföljning"))}
            <PageHead title="Ny uppföljning" sub=sida.titel() about=sida.titel()/>
            {content}
        })
    })
}

/// `/verksamhetsplan/{id}/mal/{mal}/uppfoljning/{uppfoljning}`
#[component]
pub fn UppfoljningPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let id: UppfoljningId = adress.uppfoljning.parse().map_err(|_| AppError::NotFound)?;
        let rad = uppfoljning::get(&mut tx, sida.mal.id, id).await?;
        let options = person::options(&mut tx, &actor.tree, sida.plan.node).await?;
        drop(tx);
        let key = id.to_string();
        let state = FormState::nested(UpdateMaluppfoljning::PATH, Some(("id", &key)));
        let (year, today) = (sida.plan.year, ctx.today);
        let (form, stored) = (rad.content.form(), Some(rad.content.timing()));
        let content = form_or_why(&sida.plan, Innehall::Mal, state.is_back(), || {
            view! {
                <div class="stack loose">
                    <form class="form" method="post" action=UpdateMaluppfoljning::PATH>
                        <ErrorSummary state=state.clone()/>
                        {names(&sida, &rad)}
                        <Fields state=state.clone() form options year today stored/>
                        <div class="form-actions">
                            <SaveOrShow state save="Spara"/>
                            <a class="button quiet" href=sida.href()>"Avbryt"</a>
                        </div>
                    </form>
                    {removal(&sida, &rad)}
                </div>
            }
            .into_any()
        });
        Ok(view! {
            {way(&sida, Some("Uppföljning"))}
            <PageHead title=rad.content.vad.clone() sub="Uppföljning".to_owned() about=sida.titel()/>
            {content}
        })
    })
}

/// What the forms of a row name it by.
fn names(sida: &Sida, rad: &Uppfoljning) -> impl IntoView + use<> {
    view! {
        <Hidden name="plan" value=sida.plan.id.to_string()/>
        <Hidden name="mal" value=sida.mal.id.to_string()/>
        <Hidden name="id" value=rad.id.to_string()/>
        <Hidden name="version" value=rad.version.to_string()/>
    }
}

fn removal(sida: &Sida, rad: &Uppfoljning) -> impl IntoView + use<> {
    let state = FormState::of(RemoveMaluppfoljning::PATH, Some(("id", &rad.id.to_string())));
    let back = state.is_back();
    view! {
        <details class="disclosure" open=back>
            <summary>"Ta bort uppföljningen"</summary>
            <form class="stack tight" method="post" action=RemoveMaluppfoljning::PATH>
                <ErrorSummary state/>
                {names(sida, rad)}
                <p>"Det som är gjort står kvar på årshjulet. Det som inte är gjort försvinner därifrån."</p>
                <div class="cluster"><button class="button danger">"Ta bort uppföljningen"</button></div>
            </form>
        </details>
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
    let chosen = state.values("visas", &form.visas);
    let boxes = Plats::ALL.map(|plats| {
        let checked = chosen.iter().any(|code| code == plats.code());
        view! {
            <label class="choice">
                <input type="checkbox" name="form[visas][]" value=plats.code() checked=checked/>
                <span>{plats.label()}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let id = state.id("visas");
    let s = move || state.clone();
    view! {
        <TextField state=s() name="vad" label="Vad följs upp?" value=form.vad required=true
            help="Till exempel: Placeringar på tillfälliga boenden."/>
        <RecurrenceFields state=s() when year today area=Area::Egenkontroll stored counted=None/>
        <SelectField state=s() name="responsible" label="Ansvarig" options=who_options(options) value=form.responsible/>
        <TextField state=s() name="av" label="Eller av, i ord" value=form.av help="När det är flera, eller någon utan konto."/>
        <fieldset class="fieldset">
            <legend>"Visas"</legend>
            <div class="choices column" id=id>{boxes}</div>
        </fieldset>
        <TextField state=s() name="visas_annars" label="Visas på annat ställe" value=form.visas_annars/>
    }
}
