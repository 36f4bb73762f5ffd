//! Klagomål: what somebody outside has said, taken down in a minute.

use domain::{
    avvikelse::{Kanal, Kategori},
    format,
    id::AvvikelseId,
    permission::{Action, Area},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{api::CreateKlagomal, ny::UnitField};
use crate::{
    components::{
        Checkbox, ChoiceField, DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField,
        load,
    },
    ctx::Ctx,
    place::Place,
};

/// `/avvikelser/nytt-klagomal`
#[component]
pub fn KlagomalPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        drop(ctx.read(Target::Node(place.unit, Area::Avvikelse), Action::TickOwn).await?);
        let state = FormState::nested(CreateKlagomal::PATH, None);
        let id = state.new_id(|| AvvikelseId::new().to_string());
        let units: Vec<_> = place.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        let choose = |words: Vec<(&str, &str)>| {
            let first = (String::new(), "Välj".to_owned());
            let words = words.into_iter().map(|(code, label)| (code.to_owned(), label.to_owned()));
            std::iter::once(first).chain(words).collect::<Vec<_>>()
        };
        let s = move || state.clone();
        let kinds = vec![("klagomal", "Klagomål"), ("synpunkt", "Synpunkt"), ("positiv", "Beröm")];
        let unit = place.unit.to_string();
        let several = units.len() > 1;
        Ok(view! {
            <PageHead title="Klagomål eller synpunkt utifrån" sub=place.unit_name.clone()>
                <a class="button secondary" href="/avvikelser/ny">"Rapportera avvikelse"</a>
            </PageHead>
            <form class="form narrow" method="post" action=CreateKlagomal::PATH>
                <ErrorSummary state=s()/>
                <Hidden name="id" value=id/>
                {if several {
                    view! { <UnitField unit units/> }.into_any()
                } else {
                    view! { <Hidden name="node" value=unit/> }.into_any()
                }}
                <ChoiceField state=s() name="kind" legend="Vad är det?" options=kinds value=vec![] row=true/>
                <TextArea state=s() name="what" label="Vad framfördes?" required=true rows=4
                    help="Skriv aldrig namn eller personnummer på klienter."/>
                <SelectField state=s() name="kategori" label="Vad handlar det om?" required=true
                    options=choose(Kategori::ALL.map(|k| (k.code(), k.label())).to_vec())/>
                <div class="inline-fields">
                    <SelectField state=s() name="kanal" label="Hur kom det in?" required=true
                        options=choose(Kanal::ALL.map(|k| (k.code(), k.label())).to_vec())/>
                    <DateField state=s() name="on" label="Dag" value=format::date(ctx.today) required=true/>
                </div>
                <TextField state=s() name="contact" label="Hur når vi den som hörde av sig?" conditional=true
                    help="Telefon eller e-post. Används bara för återkoppling, och är inte sökbart."/>
                <Checkbox state=s() name="anonymous" label="Personen vill vara anonym"/>
                <div class="form-actions">
                    <button class="button">"Spara"</button>
                    <a class="button quiet" href="/avvikelser">"Avbryt"</a>
                </div>
            </form>
        })
    })
}
