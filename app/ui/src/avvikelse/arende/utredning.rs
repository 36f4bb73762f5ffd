//! Utredning: what happened when, what was found, causes, risk of repetition, decision. Written over days.

use domain::avvikelse::{Orsak, Step, act::may_write, word::Upprepning};
use leptos::{prelude::*, server_fn::ServerFn};

use super::Data;
use crate::{
    avvikelse::case_api::UpdateUtredning,
    components::{ChoiceField, DateField, ErrorSummary, Fact, FormState, TextArea},
};

/// The tab.
pub fn tab(data: &Data) -> AnyView {
    let u = &data.a.case.utredning;
    if let Err(why) = may_write(&data.a, data.who) {
        let orsaker = u.orsaker.iter().map(|o| o.label()).collect::<Vec<_>>().join(", ");
        return view! {
            <div class="stack">
                <p class="notice">{why}</p>
                <dl class="dl">
                    <Fact label="Händelseförlopp" value=u.timeline.clone()/>
                    <Fact label="Vad utredningen visar" value=u.found.clone()/>
                    <Fact label="Konsekvenser för den enskilde" value=u.consequences.clone()/>
                    <Fact label="Bakomliggande orsaker" value=orsaker/>
                    <Fact label="Risk för att det händer igen" value=u.upprepning.map(|r| r.label().to_owned()).unwrap_or_default()/>
                    <Fact label="Beslut" value=u.beslut.clone()/>
                </dl>
            </div>
        }
        .into_any();
    }
    let state = FormState::nested(UpdateUtredning::PATH, Some(("id", &data.key())));
    let s = move || state.clone();
    let unsent = data.who.lex_sarah && Step::SkickaUtredning.belongs(&data.a.case);
    let sent = unsent.then(|| {
        view! {
            <DateField state=FormState::of(UpdateUtredning::PATH, Some(("id", &data.key()))) name="sent_on" label="Skickad till IVO"
                help="Fyll i dagen när allt är skrivet och skickat. Annars registreras det sedan."/>
        }
    });
    let causes = u.orsaker.iter().map(|o| o.code().to_owned()).collect();
    view! {
        <form class="form narrow" method="post" action=UpdateUtredning::PATH>
            <ErrorSummary state=s()/>
            {data.ids()}
            <TextArea state=s() name="timeline" label="Händelseförlopp" rows=6 conditional=data.a.case.is_lex_sarah() value=u.timeline.clone()
                help="En rad för varje tidpunkt. Skriv aldrig namn eller personnummer."/>
            <TextArea state=s() name="found" label="Vad utredningen visar" rows=5 conditional=true value=u.found.clone()/>
            <TextArea state=s() name="consequences" label="Konsekvenser för den enskilde" rows=3 conditional=true value=u.consequences.clone()/>
            <ChoiceField state=s() name="orsaker" legend="Bakomliggande orsaker"
                options=Orsak::ALL.map(|o| (o.code(), o.label())).to_vec() value=causes multiple=true/>
            <ChoiceField state=s() name="upprepning" legend="Risk för att det händer igen" row=true
                options=Upprepning::ALL.map(|r| (r.code(), r.label())).to_vec()
                value=u.upprepning.map(|r| r.code().to_owned()).into_iter().collect()/>
            <TextArea state=s() name="beslut" label="Beslut" rows=3 conditional=true value=u.beslut.clone()
                help="Vad som ska göras, eller varför inget görs. Åtgärderna läggs till på nästa flik."/>
            {sent}
            <div class="form-actions"><button class="button">"Spara utredningen"</button></div>
        </form>
    }
    .into_any()
}
