//! The form of a jämställdhetsanalys: new, and changed.

use domain::{
    format,
    id::NodeId,
    permission::{Action, Area},
    siffror::jamstalldhet::{Bedomning, Form, analys::JamstalldhetId},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, Tx, serie, serie::jamstalldhet};

use super::{
    jamstalldhet::PATH,
    jamstalldhet_api::{CreateJamstalldhetsanalys, UpdateJamstalldhetsanalys},
};
use crate::{
    components::{DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// The series of a unit as choices, none of them first.
async fn series(tx: &mut Tx, node: NodeId) -> Result<Vec<(String, String)>, AppError> {
    let egna = (String::new(), "Ingen, egna siffror".to_owned());
    let all = serie::list(tx, node).await?;
    Ok(std::iter::once(egna).chain(all.iter().map(|s| (s.id.to_string(), s.content.namn.clone()))).collect())
}

/// `/siffror/jamstalldhet/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::Edit).await?;
        let series = series(&mut tx, place.unit).await?;
        drop(tx);
        let state = FormState::nested(CreateJamstalldhetsanalys::PATH, None);
        let around = FormState::of(CreateJamstalldhetsanalys::PATH, None);
        let id = state.new_id(|| JamstalldhetId::new().to_string());
        let datum = format::date(ctx.today);
        Ok(view! {
            <PageHead title="Ny jämställdhetsanalys" sub=place.unit_name.clone()/>
            <form class="form" method="post" action=CreateJamstalldhetsanalys::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Fields state around form=Form::default() series serie=String::new() datum/>
                <div class="form-actions">
                    <button class="button">"Spara analysen"</button>
                    <a class="button quiet" href=PATH>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/siffror/jamstalldhet/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let id: JamstalldhetId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Jamstalldhet(id), Action::Edit).await?;
        let found = jamstalldhet::get(&mut tx, id).await?;
        let series = series(&mut tx, found.node).await?;
        drop(tx);
        let id = id.to_string();
        let state = FormState::nested(UpdateJamstalldhetsanalys::PATH, Some(("id", &id)));
        let around = FormState::of(UpdateJamstalldhetsanalys::PATH, Some(("id", &id)));
        let content = &found.skriven.content;
        let serie = found.skriven.serie.map(|id| id.to_string()).unwrap_or_default();
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href="/siffror">"Siffror"</a></li>
                    <li><a href=PATH>"Jämställdhetsanalyser"</a></li>
                    <li><a href=format!("{PATH}/{id}")>{content.fraga.clone()}</a></li>
                    <li aria-current="page">"Ändra"</li>
                </ol>
            </nav>
            <PageHead title="Ändra analysen" sub=content.fraga.clone()/>
            <form class="form" method="post" action=UpdateJamstalldhetsanalys::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.clone()/>
                <Hidden name="version" value=found.version.to_string()/>
                <Fields state around form=content.form() series serie datum=format::date(found.skriven.on)/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=format!("{PATH}/{id}")>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// The fields; those of `around` are not of the nested form.
#[component]
fn Fields(
    state: FormState,
    around: FormState,
    form: Form,
    series: Vec<(String, String)>,
    serie: String,
    datum: String,
) -> impl IntoView {
    let s = move || state.clone();
    let judged: Vec<(String, String)> = std::iter::once((String::new(), "Inte bedömd än".to_owned()))
        .chain(Bedomning::ALL.into_iter().map(|b| (b.code().to_owned(), b.label().to_owned())))
        .collect();
    let about = (series.len() > 1).then(|| {
        view! {
            <SelectField state=around.clone() name="serie" label="Vilken serie gäller den?" options=series value=serie
                help="Om siffrorna kommer ur en serie hos er: välj den, så finns en länk till den."/>
        }
    });
    view! {
        <TextField state=s() name="fraga" label="Vad undrar ni?" value=form.fraga required=true
            help="Till exempel: Har kvinnor och män förändringsplan lika ofta?"/>
        <TextField state=s() name="avgransning" label="Vilka räknas inte med?" value=form.avgransning
            help="Till exempel: Utan barnfamiljer."/>
        {about}
        <DateField state=around.clone() name="datum" label="Dag" value=datum/>
        <fieldset class="fieldset stack tight">
            <legend>"Första gruppen"</legend>
            <TextField state=s() name="namn_a" label="Vilka är det?" value=form.namn_a required=true/>
            <div class="inline-fields">
                <TextField state=s() name="taljare_a" label="Hur många stämmer det för?" value=form.taljare_a short=true inputmode="numeric"/>
                <TextField state=s() name="namnare_a" label="Av hur många i gruppen?" value=form.namnare_a short=true inputmode="numeric"/>
                <TextField state=s() name="procent_a" label="Eller andel i %" value=form.procent_a short=true inputmode="decimal"/>
            </div>
        </fieldset>
        <fieldset class="fieldset stack tight">
            <legend>"Andra gruppen"</legend>
            <TextField state=s() name="namn_b" label="Vilka är det?" value=form.namn_b required=true/>
            <div class="inline-fields">
                <TextField state=s() name="taljare_b" label="Hur många stämmer det för?" value=form.taljare_b short=true inputmode="numeric"/>
                <TextField state=s() name="namnare_b" label="Av hur många i gruppen?" value=form.namnare_b short=true inputmode="numeric"/>
                <TextField state=s() name="procent_b" label="Eller andel i %" value=form.procent_b short=true inputmode="decimal"/>
            </div>
        </fieldset>
        <p class="help">
            "Med antal prövas om skillnaden är större än slumpen kan ge. Är de så få att någon kan kännas igen visas de bara för dem som gör analyser."
        </p>
        <TextArea state=s() name="utfall" label="Vad kom fram?" value=form.utfall rows=3
            help="Läses av alla i enheten. Skriv aldrig namn eller personnummer."/>
        <SelectField state=s() name="bedomning" label="Är skillnaden motiverad?" options=judged value=form.bedomning
            help="Den kan bedömas senare. En bedömning har alltid ett skäl."/>
        <TextArea state=s() name="skal" label="Varför?" value=form.skal rows=3 conditional=true/>
        <TextArea state=s() name="slutsats" label="Vad gör ni åt det?" value=form.slutsats rows=3/>
    }
}
