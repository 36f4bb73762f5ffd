//! Ny: the report of a handläggare, in under two minutes on a phone. What is written stays on the device until the server
//! has it.

use domain::{
    avvikelse::{
        Ror,
        intake::{CONSEQUENCE_HELP, RapportForm},
    },
    format,
    id::AvvikelseId,
    permission::{Action, Area},
};
use entry::Draft;
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Target, person};

use super::api::CreateAvvikelse;
use crate::{
    components::{
        Checkbox, ChoiceField, DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField,
        load,
    },
    ctx::Ctx,
    place::Place,
};

/// The form as it is meant: with `ungefar` the words count and not the day that stood there from the beginning.
#[must_use]
pub fn meant(form: RapportForm, nar: &str) -> RapportForm {
    if nar == "ungefar" && !form.about.trim().is_empty() {
        RapportForm { day: String::new(), time: String::new(), ..form }
    } else {
        form
    }
}

/// `/avvikelser/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let actor = ctx.actor()?;
        let mut tx = ctx.read(Target::Node(place.unit, Area::Avvikelse), Action::TickOwn).await?;
        let mut colleagues = vec![(String::new(), "Nej, det är jag själv".to_owned())];
        for (code, label) in person::options(&mut tx, &actor.tree, place.unit).await? {
            let id = code.strip_prefix("person:").map(str::to_owned);
            colleagues.extend(id.filter(|id| *id != actor.person.to_string()).map(|id| (id, label)));
        }
        drop(tx);
        let state = FormState::nested(CreateAvvikelse::PATH, None);
        let id = state.new_id(|| AvvikelseId::new().to_string());
        let units: Vec<_> = place.units.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        let s = move || state.clone();
        let (back, replaced) = (s().is_back().then_some(""), s().replaced_id());
        let today = format::date(ctx.today);
        let unit = place.unit.to_string();
        let several = units.len() > 1;
        Ok(view! {
            <PageHead title="Rapportera avvikelse" sub=place.unit_name.clone()>
                <a class="button secondary" href="/avvikelser/nytt-klagomal">"Klagomål utifrån"</a>
            </PageHead>
            <p class="lead">"Skriv aldrig namn eller personnummer. Använd ärendets nummer. Bara du, enhetens chefer och lex Sarah-utredaren läser rapporten."</p>
            <Draft>
                <form class="form narrow" method="post" action=CreateAvvikelse::PATH data-draft="" data-back=back data-replaced=replaced>
                    <ErrorSummary state=s()/>
                    <Hidden name="id" value=id/>
                    {if several {
                        view! { <UnitField unit units/> }.into_any()
                    } else {
                        view! { <Hidden name="node" value=unit/> }.into_any()
                    }}
                    <TextArea state=s() name="what" label="Vad hände?" required=true rows=4/>
                    <div class="inline-fields">
                        <DateField state=s() name="day" label="Dag" value=today required=true/>
                        <TextField state=s() name="time" label="Klockan" kind="time" short=true/>
                    </div>
                    <ChoiceField state=s() name="ror" legend="Vem rör det?"
                        options=Ror::ALL.map(|r| (r.code(), r.label())).to_vec() value=vec![Ror::Brukare.code().to_owned()]/>
                    <TextArea state=s() name="consequence" label="Vad blev det för konsekvens för den enskilde?" required=true rows=3
                        help=CONSEQUENCE_HELP/>
                    <TextArea state=s() name="done_at_once" label="Vad gjordes direkt?" rows=2/>
                    <fieldset class="fieldset stack tight">
                        <legend>"Kan det vara något av det här?"</legend>
                        <Checkbox state=s() name="suspected" label="Ett missförhållande, eller en påtaglig risk för ett (lex Sarah)"/>
                        <Checkbox state=s() name="pui" label="Personuppgifter har kommit fel, försvunnit eller ändrats"/>
                        <div class="of-incident inline-fields">
                            <DateField state=s() name="discovered_day" label="Upptäcktes, dag"
                                help="De 72 timmarna till IMY räknas härifrån. Tomt räknas från rapporten."/>
                            <TextField state=s() name="discovered_time" label="Upptäcktes, klockan" kind="time" short=true/>
                        </div>
                    </fieldset>
                    <details class="more-fields" open=s().is_back() data-opens="">
                        <summary>"Mer, om du vet"</summary>
                        <div class="stack">
                            <fieldset class="fieldset">
                                <legend>"Om du inte vet dagen"</legend>
                                <label class="check">
                                    <input type="checkbox" name="nar" value="ungefar" checked=s().value_of("nar").is_some()/>
                                    <span>"Det hände ungefär så här:"</span>
                                </label>
                                <TextField state=s() name="about" label="När ungefär?" help="Till exempel: i början av oktober."/>
                            </fieldset>
                            <TextField state=s() name="reference" label="Ärendets nummer" short=true/>
                            <TextField state=s() name="place" label="Var?" help="Arbetsgrupp eller plats."/>
                            <TextField state=s() name="process" label="Process eller rutin"/>
                            <TextField state=s() name="noticed_by" label="Vem upptäckte det?" help="Funktion, inte namn."/>
                            <TextArea state=s() name="suggestion" label="Hur kan det undvikas?" rows=2/>
                            <SelectField state=s() name="on_behalf_of" label="Rapporterar du åt en kollega?" options=colleagues/>
                        </div>
                    </details>
                    <div class="form-actions">
                        <button class="button">"Skicka rapporten"</button>
                        <a class="button quiet" href="/avvikelser">"Avbryt"</a>
                    </div>
                </form>
            </Draft>
        })
    })
}

/// Which unit, where the person has several.
#[component]
pub fn UnitField(unit: String, units: Vec<(String, String)>) -> impl IntoView {
    let options = units
        .into_iter()
        .map(|(id, name)| {
            let selected = id == unit;
            view! { <option value=id selected=selected>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="enhet-val">"Enhet"</label>
            <select id="enhet-val" name="node">{options}</select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_stood_there_does_not_win_over_words_that_were_meant() {
        let form = RapportForm { day: "2026-11-23".into(), about: "i oktober".into(), ..RapportForm::default() };
        assert_eq!(meant(form.clone(), "ungefar").day, "");
        assert_eq!(meant(form.clone(), "").day, "2026-11-23");
        assert_eq!(meant(RapportForm { about: String::new(), ..form }, "ungefar").day, "2026-11-23");
    }
}
