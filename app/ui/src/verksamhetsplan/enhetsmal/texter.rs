//! `/verksamhetsplan/{id}/mal/{mal}/texter`: the texts of a goal, in one form.

use domain::verksamhetsplan::{enhetsmal::Form, plan::Innehall};
use leptos::{prelude::*, server_fn::ServerFn};
use store::verksamhetsplan::enhetsmal;

use super::{Adress, api::UpdateEnhetsmal, open_own, way};
use crate::{
    components::{Checkbox, ErrorSummary, FormState, Hidden, PageHead, TextArea, TextField, load},
    ctx::Ctx,
    verksamhetsplan::oppen::form_or_why,
};

/// The form.
#[component]
pub fn TexterPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let there = enhetsmal::get(&mut tx, sida.mal.id).await?;
        drop(tx);
        let mal = sida.mal.id.to_string();
        let state = FormState::nested(UpdateEnhetsmal::PATH, Some(("mal", &mal)));
        let (form, version) = there.map_or_else(|| (Form::default(), 0), |there| (there.content.form(), there.version));
        let content = form_or_why(&sida.plan, Innehall::Mal, state.is_back(), || {
            view! {
                <form class="form" method="post" action=UpdateEnhetsmal::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="plan" value=sida.plan.id.to_string()/>
                    <Hidden name="mal" value=mal/>
                    <Hidden name="version" value=version.to_string()/>
                    <Fields state form/>
                    <div class="form-actions">
                        <button class="button">"Spara"</button>
                        <a class="button quiet" href=sida.href()>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {way(&sida, Some("Texter"))}
            <PageHead title="Ändra texterna" sub=sida.titel() about=sida.titel()/>
            {content}
        })
    })
}

#[component]
fn Fields(state: FormState, form: Form) -> impl IntoView {
    let s = move || state.clone();
    view! {
        <p class="help">"Det som lämnas tomt visas inte i planen. Texterna läses av alla i enheten. Skriv aldrig namn eller personnummer."</p>
        <TextArea state=s() name="arbetssatt" label="Arbetssätt" value=form.arbetssatt rows=5 help="Hur ni arbetar för att nå målet."/>
        <TextArea state=s() name="resursanvandning" label="Resursanvändning" value=form.resursanvandning rows=3
            help="Vilka människor, vilken tid och vilka pengar det tar."/>
        <TextArea state=s() name="uppfoljning" label="Uppföljning" value=form.uppfoljning rows=3 help="Hur ni följer hur det går."/>
        <TextArea state=s() name="utveckling" label="Utveckling" value=form.utveckling rows=3 help="Vad som ska bli bättre."/>
        <TextField state=s() name="process" label="Process" value=form.process help="Den process som målet hör till."/>
        <TextArea state=s() name="delgrupper" label="Delgrupper" value=form.delgrupper rows=2
            help="Grupper inom målet som följs var för sig, en på varje rad. Till exempel: Unga vuxna 18–24 år."/>
        <TextField state=s() name="agenda" label="Mål i Agenda 2030" value=form.agenda help="Till exempel: 5.2, 10.2."/>
        <Checkbox state=s() name="ekonomi" label="Målet handlar om enhetens pengar" checked=form.ekonomi == "on"/>
    }
}
