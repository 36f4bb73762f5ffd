//! The forms of the page of rows: a verksamhet, a row, and the settings of the account.

use domain::{
    ekonomi::konto::{Content, Rad, Radslag, Verksamhet},
    verksamhetsplan::plan::PlanId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    borja::{enheter, former},
    path,
    rader_api::{CreateKontorad, CreateVerksamhet, UpdateKonto, UpdateKontorad, UpdateVerksamhet},
};
use crate::components::{Checkbox, ErrorSummary, FormState, Hidden, SelectField, TextField};

/// What each form names: the plan, and the version of the account that the person saw.
#[derive(Clone, Copy, Debug)]
pub struct Plats {
    /// Whose account it is.
    pub plan: PlanId,
    /// That of the account.
    pub version: i64,
}

impl Plats {
    fn hidden(self) -> impl IntoView {
        view! {
            <Hidden name="plan" value=self.plan.to_string()/>
            <Hidden name="version" value=self.version.to_string()/>
        }
    }
}

/// The fields of a verksamhet.
fn verksamhet_fields(state: &FormState, namn: &str, vo: &str) -> impl IntoView + use<> {
    let s = || state.clone();
    view! {
        <div class="inline-fields">
            <TextField state=s() name="namn" label="Verksamhet" value=namn.to_owned() required=true/>
            <TextField state=s() name="vo" label="VO-kod" value=vo.to_owned() short=true/>
        </div>
    }
}

/// A new verksamhet.
pub fn new_verksamhet(plats: Plats) -> impl IntoView {
    let state = FormState::nested(CreateVerksamhet::PATH, None);
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>"Lägg till en verksamhet"</summary>
            <form class="form" method="post" action=CreateVerksamhet::PATH>
                <ErrorSummary state=state.clone()/>
                {plats.hidden()}
                {verksamhet_fields(&state, "", "")}
                <p class="help">"Den får standardraderna, som du kan ändra."</p>
                <div class="form-actions"><button class="button">"Lägg till"</button></div>
            </form>
        </details>
    }
}

/// A verksamhet that is there.
pub fn verksamhet_form(plats: Plats, v: &Verksamhet) -> impl IntoView + use<> {
    let id = v.id.to_string();
    let state = FormState::nested(UpdateVerksamhet::PATH, Some(("id", &id)));
    view! {
        <form class="form" method="post" action=UpdateVerksamhet::PATH>
            <ErrorSummary state=state.clone()/>
            {plats.hidden()}
            <Hidden name="id" value=id/>
            {verksamhet_fields(&state, &v.namn, &v.vo)}
            <div class="form-actions">
                <button class="button">"Spara"</button>
                <a class="button quiet" href=format!("{}/rader", path(plats.plan))>"Avbryt"</a>
            </div>
        </form>
    }
}

/// The fields of a row. One with amounts stays of its kind.
fn rad_fields(state: &FormState, content: &Content, rad: Option<&Rad>, fixed: bool) -> impl IntoView + use<> {
    let s = || state.clone();
    let slag = rad.map_or_else(String::new, |rad| rad.slag.code().to_owned());
    let kinds = Radslag::ALL.into_iter().filter(|slag| content.teckenform.has(*slag));
    let kinds: Vec<_> = kinds.map(|slag| (slag.code().to_owned(), slag.label().to_owned())).collect();
    let kind = if fixed {
        view! { <input type="hidden" name=state.name("slag") value=slag/> }.into_any()
    } else {
        view! { <SelectField state=s() name="slag" label="Slag" options=kinds value=slag required=true/> }.into_any()
    };
    view! {
        <div class="inline-fields">
            <TextField state=s() name="namn" label="Radens namn" value=rad.map_or_else(String::new, |rad| rad.namn.clone()) required=true/>
            {kind}
        </div>
        <Checkbox state=s() name="projekt" label="Projekt med egna medel, till exempel ett statsbidrag" checked=rad.is_some_and(|rad| rad.projekt)/>
    }
}

/// A new row of a verksamhet.
pub fn new_rad(plats: Plats, content: &Content, v: &Verksamhet) -> impl IntoView + use<> {
    let id = v.id.to_string();
    let state = FormState::nested(CreateKontorad::PATH, Some(("verksamhet", &id)));
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>{format!("Lägg till en rad i {}", v.namn)}</summary>
            <form class="form" method="post" action=CreateKontorad::PATH>
                <ErrorSummary state=state.clone()/>
                {plats.hidden()}
                <Hidden name="verksamhet" value=id/>
                {rad_fields(&state, content, None, false)}
                <div class="form-actions"><button class="button">"Lägg till"</button></div>
            </form>
        </details>
    }
}

/// A row that is there.
pub fn rad_form(plats: Plats, content: &Content, rad: &Rad, fixed: bool) -> impl IntoView + use<> {
    let id = rad.id.to_string();
    let state = FormState::nested(UpdateKontorad::PATH, Some(("id", &id)));
    view! {
        <form class="form" method="post" action=UpdateKontorad::PATH>
            <ErrorSummary state=state.clone()/>
            {plats.hidden()}
            <Hidden name="id" value=id/>
            {rad_fields(&state, content, Some(rad), fixed)}
            <div class="form-actions">
                <button class="button">"Spara"</button>
                <a class="button quiet" href=format!("{}/rader", path(plats.plan))>"Avbryt"</a>
            </div>
        </form>
    }
}

/// What the account is as a whole.
pub fn settings(plats: Plats, content: &Content) -> impl IntoView + use<> {
    let state = FormState::nested(UpdateKonto::PATH, None);
    let s = || state.clone();
    let form = content.form();
    view! {
        <section class="stack tight">
            <h2>"Inställningar"</h2>
            <form class="form" method="post" action=UpdateKonto::PATH>
                <ErrorSummary state=s()/>
                {plats.hidden()}
                <TextField state=s() name="namn" label="Budgetens namn" value=form.namn/>
                <SelectField state=s() name="enhet" label="Beloppen anges i" options=enheter() value=form.enhet required=true
                    help="Talen räknas inte om när du byter: de står kvar som de är, i den nya enheten."/>
                <SelectField state=s() name="teckenform" label="Så skrivs kostnader och avvikelser" options=former() value=form.teckenform required=true/>
                <div class="inline-fields">
                    <TextField state=s() name="grans_andel" label="Gräns för kommentar, %" value=form.grans_andel short=true/>
                    <TextField state=s() name="grans_belopp" label="Gräns för kommentar, belopp" value=form.grans_belopp short=true/>
                </div>
                <p class="help">"Vid tertial och bokslut behöver en rad en kommentar när avvikelsen är större än båda gränserna."</p>
                <div class="form-actions"><button class="button">"Spara inställningarna"</button></div>
            </form>
        </section>
    }
}
