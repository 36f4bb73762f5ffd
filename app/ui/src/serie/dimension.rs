//! `/siffror/uppdelningar`: by what the unit divides its figures. A value that is used ends with a day and a successor; only one without
//! figures is removed.

use domain::{
    format,
    id::NodeId,
    permission::{Action, Area},
    siffror::dimension::{Dimension, DimensionId, Dimensionsvarde, DimensionsvardeId},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Target, serie};

use super::{
    PATH,
    dimension_api::{
        CreateDimension, CreateDimensionsvarde, MoveDimensionsvarde, RemoveDimension, RemoveDimensionsvarde,
        UpdateDimension, UpdateDimensionsvarde,
    },
};
use crate::{
    components::{
        DateField, Empty, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextField, load, plan::UnitSwitch,
    },
    ctx::Ctx,
    place::Place,
    upphorda::UnitNotice,
};

const HERE: &str = "/siffror/uppdelningar";

/// `/siffror/uppdelningar`
#[component]
pub fn UppdelningarPage() -> impl IntoView {
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let (ctx, place) = (Ctx::current()?, place?);
        let mut tx = ctx.read(Target::Node(place.unit, Area::Serie), Action::Edit).await?;
        let all = serie::dimension::list(&mut tx, place.unit).await?;
        drop(tx);
        let nothing = all.is_empty().then(|| {
            view! {
                <Empty title="Inga uppdelningar än" text="En uppdelning har ett namn och värden: Hushållstyp med ensamstående och par, Stadsdel, Kön. En serie kan delas upp efter högst tre.">
                    <p><a class="button" href="#ny">"Lägg till en uppdelning"</a></p>
                </Empty>
            }
        });
        let sections = all.iter().map(|dim| section(dim, place.unit)).collect_view();
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href=PATH>"Siffror"</a></li>
                    <li aria-current="page">"Uppdelningar"</li>
                </ol>
            </nav>
            <PageHead title="Uppdelningar" sub=place.unit_name.clone()/>
            <UnitNotice place=place.clone() path=HERE/>
            {(place.units.len() > 1)
                .then(|| view! { <div class="filter-bar"><UnitSwitch place=place.clone() path=HERE/></div> })}
            <div class="stack loose" id="uppdelningar" data-live="serie">{nothing} {sections} {new(place.unit)}</div>
        })
    })
}

/// The form of a new one.
fn new(node: NodeId) -> impl IntoView {
    let state = FormState::of(CreateDimension::PATH, None);
    let id = state.new_id(|| DimensionId::new().to_string());
    view! {
        <section class="stack tight" id="ny">
            <h2>"Ny uppdelning"</h2>
            <form class="form" method="post" action=CreateDimension::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <Hidden name="node" value=node.to_string()/>
                <TextField state=state.clone() name="namn" label="Vad heter den?" required=true help="Till exempel Hushållstyp. Värdena läggs till efteråt."/>
                <div class="form-actions"><button class="button">"Lägg till uppdelningen"</button></div>
            </form>
        </section>
    }
}

/// What every form of a dimension brings.
fn ids(dim: &Dimension, node: NodeId, name: &'static str) -> impl IntoView + use<> {
    view! {
        <Hidden name="node" value=node.to_string()/>
        <Hidden name=name value=dim.id.to_string()/>
        <Hidden name="version" value=dim.version.to_string()/>
    }
}

fn section(dim: &Dimension, node: NodeId) -> impl IntoView + use<> {
    let key = dim.id.to_string();
    let rename = FormState::of(UpdateDimension::PATH, Some(("id", &key)));
    let remove = FormState::of(RemoveDimension::PATH, Some(("id", &key)));
    let count = dim.values.len();
    let values = if count == 1 { "1 värde".to_owned() } else { format!("{count} värden") };
    let last = count.saturating_sub(1);
    let rows = dim.values.iter().enumerate().map(|(at, v)| row(dim, v, node, (at > 0, at < last))).collect_view();
    let heading = format!("uppdelning-{key}");
    view! {
        <section class="stack tight" aria-labelledby=heading.clone()>
            <div class="section-head"><h2 id=heading.clone()>{dim.namn.clone()}</h2> <span class="count">{values}</span></div>
            {(count > 0).then(|| view! { <div class="card"><ul class="rows">{rows}</ul></div> })}
            {add(dim, node)}
            <details class="disclosure" open=rename.is_back() || remove.is_back()>
                <summary>{format!("Byt namn på eller ta bort {}", dim.namn)}</summary>
                <div class="stack">
                    <form class="form" method="post" action=UpdateDimension::PATH>
                        <ErrorSummary state=rename.clone()/>
                        {ids(dim, node, "id")}
                        <TextField state=rename.clone() name="nytt" label="Namn" value=dim.namn.clone() required=true/>
                        <div class="form-actions"><button class="button secondary">"Byt namn"</button></div>
                    </form>
                    <form method="post" action=RemoveDimension::PATH>
                        <ErrorSummary state=remove.clone()/>
                        {ids(dim, node, "id")}
                        <p class="help">"En uppdelning som någon serie använder kan inte tas bort."</p>
                        <button class="button secondary">{format!("Ta bort {}", dim.namn)}</button>
                    </form>
                </div>
            </details>
        </section>
    }
}

/// `kod 12 · ingår i Ensamstående · 2020-01-01 – 2021-12-31 · ersatt av Par`.
fn about(dim: &Dimension, v: &Dimensionsvarde) -> String {
    let name = |id: Option<DimensionsvardeId>| id.and_then(|id| dim.get(id)).map(|v| v.namn.clone());
    let mut parts = Vec::new();
    if !v.kod.is_empty() {
        parts.push(format!("kod {}", v.kod));
    }
    parts.extend(name(v.grupp).map(|g| format!("ingår i {g}")));
    parts.extend(v.fran.map(|d| format!("från {}", format::date(d))));
    parts.extend(v.till.map(|d| format!("till {}", format::date(d))));
    parts.extend(name(v.ersatt_av).map(|n| format!("ersatt av {n}")));
    if dim.is_grupp(v.id) {
        parts.push("grupp: summan av sina delar".to_owned());
    }
    parts.join(" · ")
}

fn row(dim: &Dimension, v: &Dimensionsvarde, node: NodeId, (up, down): (bool, bool)) -> impl IntoView + use<> {
    let key = v.id.to_string();
    let state = FormState::nested(UpdateDimensionsvarde::PATH, Some(("id", &key)));
    let remove = FormState::of(RemoveDimensionsvarde::PATH, Some(("id", &key)));
    let moved = FormState::of(MoveDimensionsvarde::PATH, Some(("id", &key)));
    let step = |earlier: bool, sign: &'static str, word: &str| {
        let label = format!("Flytta {} {word}", v.namn);
        view! {
            <form method="post" action=MoveDimensionsvarde::PATH>
                {ids(dim, node, "dimension")}
                <Hidden name="id" value=v.id.to_string()/>
                <Hidden name="earlier" value=earlier.to_string()/>
                <button class="button quiet small" aria-label=label><span aria-hidden="true">{sign}</span></button>
            </form>
        }
    };
    let meta = about(dim, v);
    view! {
        <li class="row">
            <div class="row-text">
                <ErrorSummary state=moved/>
                <strong class="row-title">{v.namn.clone()}</strong>
                {(!meta.is_empty()).then(|| view! { <p class="row-meta">{meta}</p> })}
            </div>
            <div class="row-actions">{up.then(|| step(true, "↑", "upp"))} {down.then(|| step(false, "↓", "ned"))}</div>
            <details class="row-more" open=state.is_back() || remove.is_back()>
                <summary class="button secondary small" aria-label=format!("Ändra {}", v.namn)>
                    <span class="when-closed">"Ändra"</span>
                    <span class="when-open">"Stäng"</span>
                </summary>
                <div class="stack">
                    <form class="form" method="post" action=UpdateDimensionsvarde::PATH>
                        <ErrorSummary state=state.clone()/>
                        {ids(dim, node, "dimension")}
                        <Hidden name="id" value=key.clone()/>
                        {fields(dim, &state, Some(v))}
                        <div class="form-actions"><button class="button">"Spara"</button></div>
                    </form>
                    <form method="post" action=RemoveDimensionsvarde::PATH>
                        <ErrorSummary state=remove.clone()/>
                        {ids(dim, node, "dimension")}
                        <Hidden name="id" value=key/>
                        <p class="help">"Ett värde som har siffror tas inte bort. Skriv dess sista dag, och vad det är ersatt av."</p>
                        <button class="button secondary small">{format!("Ta bort {}", v.namn)}</button>
                    </form>
                </div>
            </details>
        </li>
    }
}

/// One more value.
fn add(dim: &Dimension, node: NodeId) -> impl IntoView + use<> {
    let key = dim.id.to_string();
    let state = FormState::nested(CreateDimensionsvarde::PATH, Some(("dimension", &key)));
    let id = state.new_id(|| DimensionsvardeId::new().to_string());
    view! {
        <details class="disclosure" open=state.is_back() || dim.values.is_empty()>
            <summary>{format!("Lägg till ett värde i {}", dim.namn)}</summary>
            <form class="form" method="post" action=CreateDimensionsvarde::PATH>
                <ErrorSummary state=state.clone()/>
                {ids(dim, node, "dimension")}
                <Hidden name="id" value=id/>
                {fields(dim, &state, None)}
                <div class="form-actions"><button class="button">"Lägg till"</button></div>
            </form>
        </details>
    }
}

fn fields(dim: &Dimension, state: &FormState, v: Option<&Dimensionsvarde>) -> impl IntoView + use<> {
    let s = || state.clone();
    let others = || dim.values.iter().filter(|o| v.is_none_or(|v| v.id != o.id));
    let options = |none: &str, all: Vec<(String, String)>| {
        std::iter::once((String::new(), none.to_owned())).chain(all).collect::<Vec<_>>()
    };
    let named = |o: &Dimensionsvarde| (o.id.to_string(), o.namn.clone());
    let groups = options("Ingen", others().filter(|o| o.grupp.is_none()).map(named).collect());
    let successors = options("Inget", others().map(named).collect());
    let id = |id: Option<DimensionsvardeId>| id.map_or_else(String::new, |id| id.to_string());
    let date = |day: Option<chrono::NaiveDate>| day.map(format::date).unwrap_or_default();
    let some = |of: fn(&Dimensionsvarde) -> String| v.map(of).unwrap_or_default();
    let has_others = others().next().is_some();
    let (fran, till) = (date(v.and_then(|v| v.fran)), date(v.and_then(|v| v.till)));
    let (grupp, ersatt) = (id(v.and_then(|v| v.grupp)), id(v.and_then(|v| v.ersatt_av)));
    view! {
        <div class="inline-fields">
            <TextField state=s() name="namn" label="Värde" value=some(|v| v.namn.clone()) required=true/>
            <TextField state=s() name="kod" label="Kod" value=some(|v| v.kod.clone()) short=true/>
        </div>
        {has_others
            .then(|| {
                view! {
                    <SelectField state=s() name="grupp" label="Ingår i gruppen" options=groups value=grupp
                        help="En grupp är summan av sina delar och fylls inte på själv."/>
                }
            })}
        <div class="inline-fields">
            <DateField state=s() name="fran" label="Används från" value=fran/>
            <DateField state=s() name="till" label="Sista dag" value=till/>
        </div>
        {has_others
            .then(|| {
                view! { <SelectField state=s() name="ersatt_av" label="Ersatt av" options=successors value=ersatt/> }
            })}
    }
}
