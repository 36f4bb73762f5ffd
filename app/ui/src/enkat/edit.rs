//! The form of an enkät, but for its questions: new, and change.

use chrono::Datelike;
use domain::{
    enkat::{Form, Grain, Kanal, mall::TRE_EFTER_SAMTAL},
    format,
    id::EnkatId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::{Target, enkat};

use super::api::{CreateEnkat, UpdateEnkat};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load},
    ctx::Ctx,
    error::AppError,
    place::Place,
};

/// `/enkater/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        drop(ctx.read(Target::Node(place.unit, Area::Enkat), Action::Edit).await?);
        let state = FormState::nested(CreateEnkat::PATH, None);
        let id = state.new_id(|| EnkatId::new().to_string());
        let year_end = chrono::NaiveDate::from_ymd_opt(ctx.today.year(), 12, 31).unwrap_or(ctx.today);
        let form = Form {
            first: format::date(ctx.today),
            last: format::date(year_end),
            intro: "Får jag ställa tre korta frågor om samtalet? Svaren är anonyma.".into(),
            target: "4".into(),
            ..Form::default()
        };
        Ok(view! {
            <PageHead title="Ny enkät" sub=place.unit_name.clone()/>
            <form class="form" method="post" action=CreateEnkat::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=place.unit.to_string()/>
                <Fields state=state.clone() form/>
                <label class="check">
                    <input
                        type="checkbox"
                        name="mall"
                        value=TRE_EFTER_SAMTAL
                        checked=state.value_of("mall").is_some_and(|mall| !mall.is_empty())
                    />
                    <span>"Börja med tre frågor efter samtal: bemötande, delaktighet och information. De kan ändras sedan."</span>
                </label>
                <div class="form-actions">
                    <button class="button">"Fortsätt till frågorna"</button>
                    <a class="button quiet" href=place.link("/enkater", ctx.today.year(), &[])>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/enkater/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let id: EnkatId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = ctx.read(Target::Enkat(id), Action::Edit).await?;
        let found = enkat::get(&mut tx, id).await?;
        let state = FormState::nested(UpdateEnkat::PATH, Some(("id", &id.to_string())));
        Ok(view! {
            <PageHead title=format!("Ändra {}", found.content.title) sub=actor.tree.name(found.node).to_owned()/>
            <form class="form" method="post" action=UpdateEnkat::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id.to_string()/>
                <Hidden name="version" value=found.version.to_string()/>
                <Fields state form=found.content.form()/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href=format!("/enkater/{id}")>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

#[component]
fn Fields(state: FormState, form: Form) -> impl IntoView {
    let s = move || state.clone();
    let channels =
        Kanal::offered(Kanal::from_code(&form.kanal)).map(|k| (k.code().to_owned(), k.label().to_owned())).collect();
    let grains = vec![
        (Grain::Manad.code().to_owned(), "Månad".to_owned()),
        (Grain::Vecka.code().to_owned(), "Vecka".to_owned()),
    ];
    view! {
        <TextField state=s() name="title" label="Namn" value=form.title required=true help="Till exempel Samtal per telefon 2026."/>
        <TextArea state=s() name="intro" label="Text att läsa upp" value=form.intro rows=2
            help="Det som sägs innan frågorna ställs."/>
        <SelectField state=s() name="kanal" label="Hur ställs frågorna" options=channels value=form.kanal required=true/>
        <div class="inline-fields">
            <TextField state=s() name="first" label="Första dag" kind="date" value=form.first required=true short=true/>
            <TextField state=s() name="last" label="Sista dag" kind="date" value=form.last required=true short=true/>
        </div>
        <TextField state=s() name="target" label="Svar per handläggare och månad" value=form.target short=true inputmode="numeric"
            help="Målet visas för den som svarar, till exempel 3 av 4 i november. Tomt om ni inte har något mål."/>
        <SelectField state=s() name="grain" label="Tid som sparas med ett svar" options=grains value=form.grain required=true
            help="Månad skyddar bäst. Välj vecka bara om ni har många svar varje vecka."/>
    }
}
