//! Free tables of a plan: under its account, and the form in which one is typed or pasted.

use domain::{
    ekonomi::{
        Enhet,
        fri::{Form, FriTabell, FriTabellId},
    },
    format,
    permission::Action,
    verksamhetsplan::plan::PlanId,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use store::ekonomi::fri;

use super::{
    borja::enheter,
    data::crumbs,
    fri_api::{CreateFriTabell, RemoveFriTabell, UpdateFriTabell},
    path,
    tabell::tabell,
};
use crate::{
    components::{
        Checkbox, DateField, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
    },
    ctx::Ctx,
    error::AppError,
    verksamhetsplan::flikar,
};

/// The tables under the account, with the way to a new one for who may.
pub fn tabeller(plan: PlanId, all: &[FriTabell], may_edit: bool) -> Option<impl IntoView + use<>> {
    let to = format!("{}/tabeller", path(plan));
    let new = may_edit.then(|| {
        view! { <a class="button quiet small no-print" href=format!("{to}/ny")>"Lägg till en tabell"</a> }
    });
    let shown = all.iter().map(|of| {
        let (titel, href) = (of.content.titel.clone(), format!("{to}/{}", of.id));
        let label = format!("Ändra {titel}");
        let change = may_edit.then(|| {
            view! { <a class="button quiet small no-print" href=href aria-label=label>"Ändra"</a> }
        });
        let sums: Vec<String> = (0..of.content.kolumner.len())
            .filter_map(|at| {
                Some(format!("{}: {}.", of.content.kolumner[at].namn, of.content.summa(at)?.said(of.content.enhet)))
            })
            .collect();
        let day = of.content.per.map(|day| format!("Per {}.", format::date(day)));
        let source = (!of.content.kalla.is_empty()).then(|| format!("Källa: {}.", of.content.kalla));
        let below: Vec<String> = sums.into_iter().chain(source).chain(day).collect();
        view! {
            <div class="stack tight">
                <div class="section-head"><h3>{titel}</h3> {change}</div>
                {tabell(&of.content.uppstallning())}
                <p class="muted">{below.join(" ")}</p>
            </div>
        }
    });
    let shown = shown.collect_view();
    (may_edit || !all.is_empty()).then(|| {
        view! {
            <section class="stack" id="tabeller">
                <div class="section-head"><h2>"Egna tabeller"</h2> {new}</div>
                {shown}
            </section>
        }
    })
}

/// `/verksamhetsplan/{id}/ekonomi/tabeller/ny`
#[component]
pub fn NyTabellPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let ctx = Ctx::current()?;
        let (tx, plan) = flikar::read(&ctx, &id, Action::Edit).await?;
        drop(tx);
        let state = FormState::nested(CreateFriTabell::PATH, None);
        let new = state.new_id(|| FriTabellId::new().to_string());
        let stored = Form { enhet: Enhet::default().code().to_owned(), ..Form::default() };
        Ok(view! {
            {crumbs(&plan, "Ny tabell")}
            <PageHead title="Ny tabell"/>
            <form class="form" method="post" action=CreateFriTabell::PATH>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=new/>
                <Hidden name="plan" value=plan.id.to_string()/>
                {fields(&state, FormState::of(CreateFriTabell::PATH, None), stored)}
                <div class="form-actions">
                    <button class="button">"Spara tabellen"</button>
                    <a class="button quiet" href=path(plan.id)>"Avbryt"</a>
                </div>
            </form>
        })
    })
}

/// `/verksamhetsplan/{id}/ekonomi/tabeller/{tabell}`
#[component]
pub fn TabellPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let [id, tabell] = ["id", "tabell"].map(|name| params.get(name).unwrap_or_default());
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, plan) = flikar::read(&ctx, &id, Action::Edit).await?;
        let tabell: FriTabellId = tabell.parse().map_err(|_| AppError::NotFound)?;
        let found = fri::get(&mut tx, &plan, tabell).await?;
        drop(tx);
        let key = found.id.to_string();
        let state = FormState::nested(UpdateFriTabell::PATH, Some(("id", &key)));
        let bare = FormState::of(UpdateFriTabell::PATH, Some(("id", &key)));
        let removal = FormState::of(RemoveFriTabell::PATH, Some(("id", &key)));
        let hidden = {
            let (plan, id, version) = (plan.id.to_string(), key.clone(), found.version.to_string());
            move || {
                view! {
                    <Hidden name="plan" value=plan.clone()/>
                    <Hidden name="id" value=id.clone()/>
                    <Hidden name="version" value=version.clone()/>
                }
            }
        };
        Ok(view! {
            {crumbs(&plan, "Ändra tabellen")}
            <PageHead title="Ändra tabellen" sub=found.content.titel.clone()/>
            <form class="form" method="post" action=UpdateFriTabell::PATH>
                <ErrorSummary state=state.clone()/>
                {hidden()}
                {fields(&state, bare, found.content.form())}
                <div class="form-actions">
                    <button class="button">"Spara tabellen"</button>
                    <a class="button quiet" href=path(plan.id)>"Avbryt"</a>
                </div>
            </form>
            <form method="post" action=RemoveFriTabell::PATH>
                <ErrorSummary state=removal/>
                {hidden()}
                <button class="button quiet">"Ta bort tabellen"</button>
            </form>
        })
    })
}

/// The fields of a table. That its unit is right is asked when an amount is larger than any unit's.
fn fields(state: &FormState, plain: FormState, stored: Form) -> impl IntoView + use<> {
    let s = || state.clone();
    // what is asked of a table is a fault of its field
    let asks = state.error("tabell").is_some();
    view! {
        <TextField state=s() name="titel" label="Vad visar tabellen?" value=stored.titel required=true
            help="Till exempel: Tilldelad budget och utbetalt bistånd."/>
        <SelectField state=s() name="enhet" label="Beloppen anges i" options=enheter() value=stored.enhet required=true/>
        <TextArea state=s() name="tabell" label="Tabellen, med rubrikrad" value=stored.tabell rows=8 required=true
            help="Klistra in från Excel, eller skriv med semikolon mellan kolumnerna. Första kolumnen är raden, till exempel året. En kolumn som heter Differens räknas ut."/>
        {asks.then(|| view! { <Checkbox state=plain name="ratt" label="Enheten stämmer, fast beloppen är stora"/> })}
        <TextField state=s() name="kalla" label="Källa" value=stored.kalla/>
        <DateField state=s() name="per" label="Beloppen gäller per" value=stored.per/>
    }
}
