//! The form of a row: new, and change.

use chrono::NaiveDate;
use domain::{
    id::InternkontrollId,
    internkontroll::{Form, Internkontroll, KONSEKVENS, SANNOLIKHET},
    permission::{Action, Area},
    recurrence::{Recurrence, form::Timing},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, internkontroll, person};

use super::api::{CreateInternkontroll, UpdateInternkontroll};
use crate::{
    components::{
        Counted, ErrorSummary, FormState, Hidden, PageHead, RecurrenceFields, SaveOrShow, SelectField, TextArea,
        TextField, counted_field, load, recurrence::who_options,
    },
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/internkontroll/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Internkontroll), Action::Edit).await?;
        let options = person::options(&mut tx, &actor.tree, place.unit).await?;
        let state = FormState::nested(CreateInternkontroll::PATH, None);
        let form = Form { recurrence: Recurrence::Monthly.kind(), ..Form::default() };
        let id = state.new_id(|| InternkontrollId::new().to_string());
        let sub = format!("{} · plan för {}", place.unit_name, place.year);
        Ok(view! {
            <PageHead title="Ny internkontroll" sub/>
            <form class="form" method="post" action=CreateInternkontroll::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Hidden name="year" value=place.year.to_string()/>
                <Fields state=state.clone() form options year=place.year today=ctx.today stored=None/>
                <div class="form-actions">
                    <SaveOrShow state save="Lägg till i planen"/>
                    <a class="button quiet" href=place.link("/internkontroll", chrono::Datelike::year(&ctx.today), &[])>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/internkontroll/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: InternkontrollId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Internkontroll(id), Action::Edit).await?;
        let (row, _) = internkontroll::get(&mut tx, id).await?;
        let options = person::options(&mut tx, &actor.tree, row.node).await?;
        let sub = format!("{} · plan för {}", actor.tree.name(row.node), row.year);
        Ok(view! {
            <PageHead title=format!("Ändra {}", row.content.systematisk_kontroll) sub/>
            <EditForm row options back=String::new() today=ctx.today/>
        })
    })
}

/// The form that changes a row, on its own page or in its place in the list.
#[component]
pub fn EditForm(
    row: Internkontroll,
    options: Vec<(String, String)>,
    /// Where to go afterwards; empty for the row's page.
    back: String,
    today: NaiveDate,
) -> impl IntoView {
    let id = row.id.to_string();
    let state = FormState::nested(UpdateInternkontroll::PATH, Some(("id", &id)));
    let cancel = if back.is_empty() { format!("/internkontroll/{id}") } else { back.clone() };
    view! {
        <form class="form" method="post" action=UpdateInternkontroll::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="id" value=id/>
            <Hidden name="version" value=row.version.to_string()/>
            <Hidden name="back" value=back/>
            <Fields state=state.clone() form=row.content.form() options year=row.year today stored=Some(row.timing()) counted=Counted::Stands(row.counted_from)/>
            <div class="form-actions">
                <SaveOrShow state save="Spara"/>
                <a class="button quiet" href=cancel>"Avbryt"</a>
            </div>
        </form>
    }
}

/// A scale of five with its words.
fn scale(words: [&'static str; 5]) -> Vec<(String, String)> {
    std::iter::once((String::new(), "Inte bedömd".to_owned()))
        .chain((1..).zip(words).map(|(n, word)| (n.to_string(), format!("{n} – {word}"))))
        .collect()
}

#[component]
fn Fields(
    state: FormState,
    form: Form,
    options: Vec<(String, String)>,
    year: i32,
    today: NaiveDate,
    stored: Option<Timing>,
    #[prop(optional)] counted: Counted,
) -> impl IntoView {
    let when = form.when();
    let s = move || state.clone();
    let who = who_options(options);
    view! {
        <fieldset class="fieldset">
            <legend>"Risk"</legend>
            <TextField state=s() name="process" label="Process" value=form.process/>
            <TextField state=s() name="arbetssatt" label="Arbetssätt" value=form.arbetssatt/>
            <TextArea state=s() name="oonskad_handelse" label="Oönskad händelse" value=form.oonskad_handelse rows=2/>
            <div class="inline-fields">
                <SelectField state=s() name="sannolikhet" label="Sannolikhet" options=scale(SANNOLIKHET) value=form.sannolikhet/>
                <SelectField state=s() name="konsekvens" label="Konsekvens" options=scale(KONSEKVENS) value=form.konsekvens/>
            </div>
        </fieldset>
        <fieldset class="fieldset">
            <legend>"Systematisk kontroll"</legend>
            <TextField state=s() name="systematisk_kontroll" label="Vad kontrolleras" value=form.systematisk_kontroll required=true/>
            <SelectField state=s() name="utfors_av" label="Utförs av" options=who.clone() value=form.utfors_av/>
            <TextField state=s() name="dokumenteras_i" label="Dokumenteras i" value=form.dokumenteras_i/>
        </fieldset>
        <fieldset class="fieldset">
            <legend>"Kontrollaktivitet"</legend>
            <TextField state=s() name="kontrollaktivitet" label="Hur verifieras kontrollen" value=form.kontrollaktivitet required=true
                help="Så bekräftar den kontrollansvariga att den systematiska kontrollen är gjord."/>
            <SelectField state=s() name="kontrollansvarig" label="Kontrollansvarig" options=who value=form.kontrollansvarig/>
        </fieldset>
        <RecurrenceFields state=s() when year today area=Area::Internkontroll stored counted=Some(counted)/>
        {counted_field(s(), year, today, counted)}
    }
}
