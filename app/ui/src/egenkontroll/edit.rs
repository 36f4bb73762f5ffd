//! The form of a row: new, and change.

use chrono::NaiveDate;
use domain::{
    egenkontroll::Form,
    id::{EgenkontrollId, NodeId},
    organisation::NodeKind,
    permission::{Action, Area},
    recurrence::{Recurrence, form::Timing},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, egenkontroll, person};

use super::api::{CreateEgenkontroll, UpdateEgenkontroll};
use crate::{
    components::{
        Checkbox, Counted, ErrorSummary, FormState, Hidden, PageHead, RecurrenceFields, SaveOrShow, SelectField,
        TextArea, TextField, counted_field, load, recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/egenkontroll/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        // a controller adds to the avdelning, everybody else to the unit
        let node = owner(&actor, place.unit).ok_or(AppError::Forbidden)?;
        let mut tx = ctx.read(Target::Node(node, Area::Egenkontroll), Action::Edit).await?;
        let options = person::options(&mut tx, &actor.tree, place.unit).await?;
        let state = FormState::nested(CreateEgenkontroll::PATH, None);
        let form =
            Form { recurrence: Recurrence::Monthly.kind(), styrmodell: "SOSFS 2011:9".into(), ..Form::default() };
        let id = state.new_id(|| EgenkontrollId::new().to_string());
        let sub = format!("{} · plan för {}", actor.tree.name(node), place.year);
        let spans_units = actor.tree.get(node).is_some_and(|n| n.kind < NodeKind::Enhet);
        Ok(view! {
            <PageHead title="Ny egenkontroll" sub/>
            <form class="form" method="post" action=CreateEgenkontroll::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=node.to_string()/>
                <Hidden name="year" value=place.year.to_string()/>
                <Fields state=state.clone() form options spans_units year=place.year today=ctx.today stored=None/>
                <div class="form-actions">
                    <SaveOrShow state save="Lägg till i planen"/>
                    <a class="button quiet" href=place.link("/egenkontroll", chrono::Datelike::year(&ctx.today), &[])>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// The node that a new row belongs to: the unit, or the node above it that the person may edit.
fn owner(actor: &domain::person::Actor, unit: NodeId) -> Option<NodeId> {
    actor.tree.path(unit).into_iter().find(|n| actor.may(*n, Area::Egenkontroll, Action::Edit))
}

/// `/egenkontroll/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EgenkontrollId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Egenkontroll(id), Action::Edit).await?;
        let (row, _) = egenkontroll::get(&mut tx, id).await?;
        let options = person::options(&mut tx, &actor.tree, row.node).await?;
        let sub = format!("{} · plan för {}", actor.tree.name(row.node), row.year);
        let spans_units = actor.tree.get(row.node).is_some_and(|n| n.kind < NodeKind::Enhet);
        Ok(view! {
            <PageHead title=format!("Ändra {}", row.content.kontrollmal) sub/>
            <EditForm row options spans_units back=String::new() today=ctx.today/>
        })
    })
}

/// The form that changes a row, on its own page or in its place in the list.
#[component]
pub fn EditForm(
    row: domain::egenkontroll::Egenkontroll,
    options: Vec<(String, String)>,
    spans_units: bool,
    /// Where to go afterwards; empty for the row's page.
    back: String,
    today: NaiveDate,
) -> impl IntoView {
    let id = row.id.to_string();
    let state = FormState::nested(UpdateEgenkontroll::PATH, Some(("id", &id)));
    let cancel = if back.is_empty() { format!("/egenkontroll/{id}") } else { back.clone() };
    let past = (chrono::Datelike::year(&today) > row.year).then(|| {
        view! { <p class="notice warn">{format!("Det här är planen för {}, ett år som har passerat.", row.year)}</p> }
    });
    view! {
        <form class="form" method="post" action=UpdateEgenkontroll::PATH>
            <ErrorSummary state=state.clone()/>
            {past}
            <Hidden name="id" value=id/>
            <Hidden name="version" value=row.version.to_string()/>
            <Hidden name="back" value=back/>
            <Fields state=state.clone() form=row.content.form() options spans_units year=row.year today stored=Some(row.timing()) counted=Counted::Stands(row.counted_from)/>
            <div class="form-actions">
                <SaveOrShow state save="Spara"/>
                <a class="button quiet" href=cancel>"Avbryt"</a>
            </div>
        </form>
    }
}

#[component]
fn Fields(
    state: FormState,
    form: Form,
    options: Vec<(String, String)>,
    spans_units: bool,
    year: i32,
    today: NaiveDate,
    stored: Option<Timing>,
    #[prop(optional)] counted: Counted,
) -> impl IntoView {
    let when = form.when();
    let s = move || state.clone();
    let laid = form.laid_on_units == "on";
    view! {
        <TextField state=s() name="kontrollmal" label="Kontrollmål" value=form.kontrollmal required=true
            help="Det som listan och hjulet visar, till exempel Dokumentation."/>
        <TextArea state=s() name="vad" label="Vad kontrolleras" value=form.vad rows=2/>
        <TextField state=s() name="metod" label="Hur sker kontrollen" value=form.metod help="Till exempel stickprov eller andel ur uppföljningsfil."/>
        <SelectField state=s() name="responsible" label="Utförs av" options=who_options(options) value=form.responsible/>
        <RecurrenceFields state=s() when year today area=Area::Egenkontroll stored counted=Some(counted)/>
        {counted_field(s(), year, today, counted)}
        {spans_units.then(|| view! { <Checkbox state=s() name="laid_on_units" label="Gäller alla enheter under avdelningen" checked=laid/> })}
        <div class="inline-fields">
            <TextField state=s() name="number" label="Nummer i planen" value=form.number short=true/>
            <TextField state=s() name="urval" label="Urval, antal ärenden" value=form.urval short=true inputmode="numeric"/>
            <TextField state=s() name="malvarde" label="Målvärde i procent" value=form.malvarde short=true inputmode="decimal"/>
        </div>
        <details class="more-fields" open=s().is_back()>
            <summary>"Fler uppgifter: dokumentation, rutin, styrmodell, anpassning, process"</summary>
            <TextArea state=s() name="dokumentation" label="Hur dokumenteras" value=form.dokumentation rows=2/>
            <TextArea state=s() name="bedomning" label="Rutin eller metod för bedömning" value=form.bedomning rows=2/>
            <TextField state=s() name="styrmodell" label="Styrmodell" value=form.styrmodell/>
            <TextArea state=s() name="anpassning" label="Enhetens anpassning" value=form.anpassning rows=2/>
            <TextField state=s() name="process" label="Process" value=form.process/>
        </details>
    }
}
