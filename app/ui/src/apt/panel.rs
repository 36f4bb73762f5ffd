//! Panel: what is written beside a slide while the meeting goes on: note, beslut, åtgärd, and the controls of the slide to
//! tick off. The same forms stand on the page of the meeting; they are real forms and work without a script.

use chrono::NaiveDate;
use domain::{
    apt::Punkt,
    atgard::Form,
    id::{AmneId, AptId, AtgardId, BeslutId},
    occurrence::Item,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{CreateAptAtgard, CreateAptBeslut, RemoveAptBeslut, UpdateAptNote};
use crate::components::{
    DateField, ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField, recurrence::who_options,
    rows::QuickTick,
};

/// What was noted and decided under a point, with the forms to write more.
pub fn writing(mote: AptId, punkt: &Punkt, options: &[(String, String)]) -> AnyView {
    let key = punkt.id.to_string();
    let note = FormState::of(UpdateAptNote::PATH, Some(("punkt", &key)));
    let beslut = FormState::of(CreateAptBeslut::PATH, Some(("punkt", &key)));
    let beslut_id = beslut.new_id(|| BeslutId::new().to_string());
    let decided = punkt
        .beslut
        .iter()
        .map(|b| {
            view! {
                <li class="decision">
                    <span class="prewrap">{b.text.clone()}</span>
                    <form method="post" action=RemoveAptBeslut::PATH>
                        <Hidden name="mote" value=mote.to_string()/>
                        <Hidden name="id" value=b.id.to_string()/>
                        <button class="button quiet small" aria-label=format!("Ta bort beslutet: {}", b.text)>"Ta bort"</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        {(!punkt.beslut.is_empty()).then(|| view! { <h4>"Beslut"</h4> <ul class="decisions">{decided}</ul> })}
        <form class="form" method="post" action=CreateAptBeslut::PATH data-quiet="">
            <ErrorSummary state=beslut.clone()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="punkt" value=key.clone()/>
            <input type="hidden" name="id" value=beslut_id data-fresh=""/>
            <TextArea state=beslut.clone() name="beslut" label="Nytt beslut" rows=2 required=true/>
            <div class="form-actions"><button class="button small">"Anteckna beslutet"</button></div>
        </form>
        <form class="form" method="post" action=UpdateAptNote::PATH data-quiet="keep">
            <ErrorSummary state=note.clone()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="punkt" value=key.clone()/>
            <Hidden name="version" value=punkt.version.to_string()/>
            <TextArea state=note.clone() name="anteckning" label="Anteckning till protokollet" value=punkt.anteckning.clone() rows=4/>
            <div class="form-actions"><button class="button secondary small">"Spara anteckningen"</button></div>
        </form>
        {atgard(mote, &key, options)}
    }
    .into_any()
}

fn atgard(mote: AptId, key: &str, options: &[(String, String)]) -> AnyView {
    let state = FormState::nested(CreateAptAtgard::PATH, Some(("punkt", key)));
    let id = state.new_id(|| AtgardId::new().to_string());
    let form = Form::default();
    let s = move || state.clone();
    view! {
        <details class="more-fields" open=s().is_back()>
            <summary>"Ny åtgärd"</summary>
            <form class="form" method="post" action=CreateAptAtgard::PATH data-quiet="">
                <ErrorSummary state=s()/>
                <Hidden name="mote" value=mote.to_string()/>
                <Hidden name="punkt" value=key.to_owned()/>
                <input type="hidden" name="id" value=id data-fresh=""/>
                <TextField state=s() name="title" label="Vad ska göras?" value=form.title required=true/>
                <SelectField state=s() name="responsible" label="Ansvarig" options=who_options(options.to_vec()) value=form.responsible required=true/>
                <DateField state=s() name="due" label="Klar senast" value=form.due required=true/>
                <div class="form-actions"><button class="button secondary small">"Lägg till åtgärden"</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// Controls to tick off where they are talked about, and how many `more` stand in Att göra.
pub fn ticking(items: Vec<Item>, more: usize, today: NaiveDate) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let rows = items
        .into_iter()
        .map(|item| {
            let title = item.name(today);
            view! { <li class="panel-tick"><span>{title}</span> <QuickTick item today/></li> }
        })
        .collect_view();
    let more = (more > 0).then(|| {
        view! {
            <p class="help">
                {format!("och {more} till, i ")}
                <a href="/?visa=enheten" target="_blank" rel="noopener">"Att göra för hela enheten"</a>
            </p>
        }
    });
    view! { <h4>"Bocka av"</h4> <ul class="panel-ticks">{rows}</ul> {more} }.into_any()
}

/// Anybody puts something on the list of a point.
pub fn topic(mote: AptId, punkt: &Punkt) -> AnyView {
    use super::api::CreateAptAmne;
    let key = punkt.id.to_string();
    let state = FormState::of(CreateAptAmne::PATH, Some(("punkt", &key)));
    let id = state.new_id(|| AmneId::new().to_string());
    view! {
        <details class="more-fields" open=state.is_back()>
            <summary aria-label=format!("Anmäl något under {}", punkt.title)>"Anmäl något"</summary>
            <form class="form" method="post" action=CreateAptAmne::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="mote" value=mote.to_string()/>
                <Hidden name="punkt" value=key/>
                <Hidden name="id" value=id/>
                <TextArea state=state.clone() name="amne" label="Vad vill du ta upp?" rows=2 required=true
                    help="Ditt namn står bredvid. Skriv aldrig namn eller personnummer på klienter."/>
                <div class="form-actions"><button class="button small">"Anmäl"</button></div>
            </form>
        </details>
    }
    .into_any()
}
