//! Agenda: the points of a meeting with their slides, and the forms that change them.

use domain::{
    apt::{Bild, Mote, Punkt, Slag, State},
    id::AptId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{CreateAptBild, CreateAptPunkt, MoveAptBild, MoveAptPunkt, UpdateAptBild, UpdateAptPunkt},
    bildfil, panel,
};
use crate::components::{ErrorSummary, FormState, Hidden, SelectField, TextArea, TextField};

/// What the forms choose from: code and label.
#[derive(Default)]
pub(super) struct Choices {
    /// Those who can lead a point.
    pub persons: Vec<(String, String)>,
    /// Those who can answer for an åtgärd.
    pub responsible: Vec<(String, String)>,
    /// Enkäter that a slide can show.
    pub enkater: Vec<(String, String)>,
    /// Whether the server can lock files.
    pub sealable: bool,
}

/// The form of a new point.
pub(super) fn new_point(mote: AptId) -> AnyView {
    let state = FormState::of(CreateAptPunkt::PATH, None);
    let id = state.new_id(|| domain::id::PunktId::new().to_string());
    view! {
        <form class="form card card-text" method="post" action=CreateAptPunkt::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=id/>
            <TextField state=state name="title" label="Ny punkt" required=true/>
            <div class="form-actions"><button class="button secondary">"Lägg till punkten"</button></div>
        </form>
    }
    .into_any()
}

/// A point.
#[component]
pub(super) fn Point<'a>(
    mote: Mote,
    p: Punkt,
    last: bool,
    may_edit: bool,
    may_report: bool,
    choices: &'a Choices,
) -> impl IntoView + use<> {
    let id = mote.id;
    let leaders = p.leaders.iter().map(|d| d.name.clone()).collect::<Vec<_>>().join(" och ");
    let topics = p
        .amnen
        .iter()
        .map(|a| view! { <li class="prewrap">{a.text.clone()} <span class="row-meta">{a.who.clone()}</span></li> })
        .collect_view();
    let slides = p.bilder.iter().map(|b| slide_row(id, b, p.bilder.len(), may_edit, choices)).collect_view();
    let moves = may_edit.then(|| {
        let first = p.nr == 1;
        view! {
            <span class="agenda-moves">
                {(!first).then(|| step(MoveAptPunkt::PATH, id, &p.id.to_string(), "upp", &format!("Flytta upp {}", p.title), "↑"))}
                {(!last).then(|| step(MoveAptPunkt::PATH, id, &p.id.to_string(), "ner", &format!("Flytta ner {}", p.title), "↓"))}
            </span>
        }
    });
    let writing = if may_edit {
        view! {
            <details class="more-fields" open=mote.state == State::Avslutat>
                <summary aria-label=format!("Anteckna och besluta under {}", p.title)>"Anteckna och besluta"</summary>
                {panel::writing(id, &p, &choices.responsible)}
            </details>
            <details class="more-fields">
                <summary aria-label=format!("Ändra punkten {}", p.title)>"Ändra punkten"</summary>
                {edit_point(id, &p, &choices.persons)}
            </details>
        }
        .into_any()
    } else {
        let beslut =
            p.beslut.iter().map(|b| view! { <li class="decision prewrap">{b.text.clone()}</li> }).collect_view();
        view! {
            {(!p.anteckning.is_empty()).then(|| view! { <p class="prewrap">{p.anteckning.clone()}</p> })}
            {(!p.beslut.is_empty()).then(|| view! { <h3>"Beslut"</h3> <ul class="decisions">{beslut}</ul> })}
        }
        .into_any()
    };
    let topic = may_report.then(|| panel::topic(id, &p));
    view! {
        <li class="agenda-point card" id=format!("punkt-{}", p.id)>
            <div class="card-head">
                <h2>{format!("{}. {}", p.nr, p.title)}</h2>
                {moves}
            </div>
            <div class="card-text stack">
                {(!leaders.is_empty()).then(|| view! { <p class="row-meta">{format!("Leds av {leaders}")}</p> })}
                {(!p.link.is_empty()).then(|| view! { <p><a href=p.link.clone()>{p.link.clone()}</a></p> })}
                {(!p.amnen.is_empty()).then(|| view! { <ul class="topics">{topics}</ul> })}
                {(!p.bilder.is_empty()).then(|| view! { <ol class="agenda-slides">{slides}</ol> })}
                <div class="agenda-actions">{topic} {writing}</div>
            </div>
        </li>
    }
}

fn step(action: &'static str, mote: AptId, id: &str, to: &'static str, label: &str, sign: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=id.to_owned()/>
            <Hidden name="to" value=to/>
            <button class="button quiet small" aria-label=label.to_owned()>{sign}</button>
        </form>
    }
    .into_any()
}

fn edit_point(mote: AptId, p: &Punkt, persons: &[(String, String)]) -> AnyView {
    let key = p.id.to_string();
    let state = FormState::nested(UpdateAptPunkt::PATH, Some(("id", &key)));
    let s = || state.clone();
    let who = |n: usize| p.leaders.get(n).map(|d| d.id.to_string()).unwrap_or_default();
    let kinds = Slag::ALL.into_iter().map(|k| view! { <option value=k.code()>{k.label()}</option> }).collect_view();
    let field = format!("{key}-slag");
    view! {
        <form class="form" method="post" action=CreateAptBild::PATH>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="punkt" value=key.clone()/>
            <div class="field">
                <label for=field.clone()>"Ny bild"</label>
                <div class="cluster">
                    <select id=field name="slag">{kinds}</select>
                    <button class="button secondary small">"Lägg till bilden"</button>
                </div>
            </div>
        </form>
        <form class="form" method="post" action=UpdateAptPunkt::PATH>
            <ErrorSummary state=s()/>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=key.clone()/>
            <Hidden name="version" value=p.version.to_string()/>
            <TextField state=s() name="title" label="Punkt" value=p.title.clone() required=true/>
            <div class="inline-fields">
                <SelectField state=s() name="leader1" label="Leds av" options=persons.to_vec() value=who(0)/>
                <SelectField state=s() name="leader2" label="och av" options=persons.to_vec() value=who(1)/>
            </div>
            <TextField state=s() name="link" label="Länk till underlag" value=p.link.clone()/>
            <div class="form-actions"><button class="button secondary small">"Spara punkten"</button></div>
        </form>
        <form method="post" action=MoveAptPunkt::PATH>
            <Hidden name="mote" value=mote.to_string()/>
            <Hidden name="id" value=key/>
            <Hidden name="to" value="bort"/>
            <button class="button quiet small" aria-label=format!("Ta bort punkten {}", p.title)>"Ta bort punkten"</button>
        </form>
    }
    .into_any()
}

fn slide_row(mote: AptId, b: &Bild, count: usize, may_edit: bool, choices: &Choices) -> AnyView {
    let key = b.id.to_string();
    let about = [&b.rubrik, &b.fraga].into_iter().find(|t| !t.is_empty()).cloned().unwrap_or_default();
    let edit = may_edit.then(|| {
        let state = FormState::nested(UpdateAptBild::PATH, Some(("id", &key)));
        let s = || state.clone();
        let text = match b.slag {
            Slag::Text => Some(("Text", "Rubriker, listor och fetstil skrivs med Markdown: # Rubrik, - punkt, **fet**.")),
            Slag::Tabell => Some(("Tabell", "En rad i taget med semikolon emellan, eller klistra in från Excel. En enda rad blir en stor siffra: Prognos; +0,4 mnkr")),
            _ => None,
        };
        let what = format!("{}{}", b.slag.label(), if about.is_empty() { String::new() } else { format!(": {about}") });
        view! {
            {(count > 1)
                .then(|| {
                    view! {
                        {step(MoveAptBild::PATH, mote, &key, "upp", &format!("Flytta upp bilden {what}"), "↑")}
                        {step(MoveAptBild::PATH, mote, &key, "ner", &format!("Flytta ner bilden {what}"), "↓")}
                    }
                })}
            {step(MoveAptBild::PATH, mote, &key, "bort", &format!("Ta bort bilden {what}"), "×")}
            <details class="more-fields" open=state.is_back() || bildfil::state(mote, b).is_back()>
                <summary aria-label=format!("Ändra bilden {what}")>"Ändra"</summary>
                <form class="form" method="post" action=UpdateAptBild::PATH>
                    <ErrorSummary state=s()/>
                    <Hidden name="mote" value=mote.to_string()/>
                    <Hidden name="id" value=key.clone()/>
                    <Hidden name="version" value=b.version.to_string()/>
                    {(b.slag == Slag::Enkat)
                        .then(|| {
                            let value = b.enkat.map(|e| e.to_string()).unwrap_or_default();
                            view! { <SelectField state=s() name="enkat" label="Enkät" options=choices.enkater.clone() value/> }
                        })}
                    {text
                        .map(|(label, help)| {
                            view! { <TextArea state=s() name="text" label=label value=b.text.clone() rows=5 help=help/> }
                        })}
                    <TextField state=s() name="rubrik" label="Rubrik" value=b.rubrik.clone()
                        help="Tom: rubriken skrivs av siffrorna."/>
                    <TextField state=s() name="fraga" label="Fråga att tala om" value=b.fraga.clone()/>
                    <TextField state=s() name="minuter" label="Minuter på klockan" value=b.minuter.map(|m| m.to_string()).unwrap_or_default() short=true/>
                    <TextArea state=s() name="stod" label="Stödord för dig som visar" value=b.stod.clone() rows=2/>
                    <div class="form-actions"><button class="button secondary small">"Spara bilden"</button></div>
                </form>
                {(b.slag == Slag::Text).then(|| bildfil::form(mote, b, choices.sealable))}
            </details>
        }
    });
    view! {
        <li id=format!("bild-{key}")>
            <span class="agenda-slide">{b.slag.label()} <span class="row-meta">{about.clone()}</span></span>
            {edit}
        </li>
    }
    .into_any()
}
