//! The form of a row of what is expected of a goal: a new one, and one that is changed, moved or taken away.

use std::collections::HashMap;

use domain::{
    period::Grain,
    siffror::serie::{Serie, SerieId},
    verksamhetsplan::{
        forvantat::{Form, ForvantatId, Jamforelse, Lank, Rad, hjalp::hjalp},
        plan::Innehall,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::{Tx, serie, verksamhetsplan::forvantat};

use super::{
    Adress, Sida,
    api::{CreateForvantat, MoveForvantat, RemoveForvantat, UpdateForvantat},
    open_own, way,
};
use crate::{
    components::{Checkbox, ErrorSummary, FormState, Hidden, PageHead, SelectField, TextField, load},
    ctx::Ctx,
    error::AppError,
    verksamhetsplan::oppen::form_or_why,
};

/// The names of the series that rows are followed in.
pub async fn serier(tx: &mut Tx, sida: &Sida, rader: &[Rad]) -> Result<HashMap<SerieId, String>, AppError> {
    if !rader.iter().any(|rad| matches!(rad.content.lank, Some(Lank::Serie(_)))) {
        return Ok(HashMap::new());
    }
    let all = serie::list(tx, sida.mal.node).await?;
    Ok(all.iter().map(|serie| (serie.id, serie.content.namn.clone())).collect())
}

/// The series of the unit as choices, none of them first.
async fn choices(tx: &mut Tx, sida: &Sida) -> Result<Vec<(String, String)>, AppError> {
    let all = serie::list(tx, sida.plan.node).await?;
    let ingen = (String::new(), "Ingen, utfallet skrivs in".to_owned());
    let serie = |serie: &Serie| (Lank::Serie(serie.id).code(), serie.content.namn.clone());
    Ok(std::iter::once(ingen).chain(all.iter().map(serie)).collect())
}

/// `/verksamhetsplan/{id}/mal/{mal}/rad/ny`
#[component]
pub fn NyRadPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let lankar = choices(&mut tx, &sida).await?;
        drop(tx);
        let mal = sida.mal.id.to_string();
        let state = FormState::nested(CreateForvantat::PATH, Some(("mal", &mal)));
        let id = state.new_id(|| ForvantatId::new().to_string());
        let content = form_or_why(&sida.plan, Innehall::Mal, state.is_back(), || {
            view! {
                <form class="form" method="post" action=CreateForvantat::PATH>
                    <ErrorSummary state=state.clone()/>
                    <Hidden name="id" value=id/>
                    <Hidden name="plan" value=sida.plan.id.to_string()/>
                    <Hidden name="mal" value=mal/>
                    <Fields state form=Form::default() lankar year=sida.plan.year/>
                    <div class="form-actions">
                        <button class="button">"Lägg till"</button>
                        <a class="button quiet" href=sida.href()>"Avbryt"</a>
                    </div>
                </form>
            }
            .into_any()
        });
        Ok(view! {
            {way(&sida, Some("Ny rad"))}
            <PageHead title="Ny rad i förväntat resultat" sub=sida.titel() about=sida.titel()/>
            {content}
        })
    })
}

/// `/verksamhetsplan/{id}/mal/{mal}/rad/{rad}`
#[component]
pub fn RadPage() -> impl IntoView {
    let adress = Adress::current();
    load(async move {
        let ctx = Ctx::current()?;
        let (mut tx, sida) = open_own(&ctx, &adress).await?;
        let id: ForvantatId = adress.rad.parse().map_err(|_| AppError::NotFound)?;
        let rader = forvantat::of_mal(&mut tx, sida.mal.id).await?;
        let place = rader.iter().position(|rad| rad.id == id).ok_or(AppError::NotFound)?;
        let has_utfall = forvantat::utfall(&mut tx, sida.mal.id).await?.iter().any(|one| one.rad == id);
        let lankar = choices(&mut tx, &sida).await?;
        drop(tx);
        let rad = &rader[place];
        let key = id.to_string();
        let state = FormState::nested(UpdateForvantat::PATH, Some(("id", &key)));
        let question = hjalp(&rad.content).map(|said| view! { <p class="notice info">{said}</p> });
        let content = form_or_why(&sida.plan, Innehall::Mal, state.is_back(), || {
            view! {
                <div class="stack loose">
                    {question}
                    <form class="form" method="post" action=UpdateForvantat::PATH>
                        <ErrorSummary state=state.clone()/>
                        {names(&sida, rad, true)}
                        <Fields state form=rad.content.form() lankar year=sida.plan.year/>
                        <div class="form-actions">
                            <button class="button">"Spara"</button>
                            <a class="button quiet" href=sida.href()>"Avbryt"</a>
                        </div>
                    </form>
                    {moves(&sida, rad, place, rader.len())}
                    {removal(&sida, rad, has_utfall)}
                </div>
            }
            .into_any()
        });
        Ok(view! {
            {way(&sida, Some("Ändra rad"))}
            <PageHead title="Ändra raden" sub=rad.content.text.clone() about=rad.content.text.clone()/>
            {content}
        })
    })
}

/// What names the row in a form.
fn names(sida: &Sida, rad: &Rad, version: bool) -> impl IntoView + use<> {
    view! {
        <Hidden name="id" value=rad.id.to_string()/>
        <Hidden name="plan" value=sida.plan.id.to_string()/>
        <Hidden name="mal" value=sida.mal.id.to_string()/>
        {version.then(|| view! { <Hidden name="version" value=rad.version.to_string()/> })}
    }
}

/// To another place among the rows of the goal.
fn moves(sida: &Sida, rad: &Rad, place: usize, all: usize) -> Option<AnyView> {
    let button = |earlier: bool, word: &'static str| {
        view! {
            <form method="post" action=MoveForvantat::PATH>
                {names(sida, rad, false)}
                <Hidden name="earlier" value=earlier.to_string()/>
                <button class="button secondary">{word}</button>
            </form>
        }
    };
    let up = (place > 0).then(|| button(true, "Flytta upp"));
    let down = (place + 1 < all).then(|| button(false, "Flytta ned"));
    (all > 1).then(|| {
        view! {
            <section class="stack tight">
                <h2>"Ordning"</h2>
                <p>{format!("Rad {} av {all}.", place + 1)}</p>
                <div class="cluster">{up} {down}</div>
            </section>
        }
        .into_any()
    })
}

fn removal(sida: &Sida, rad: &Rad, has_utfall: bool) -> AnyView {
    let state = FormState::of(RemoveForvantat::PATH, Some(("id", &rad.id.to_string())));
    if has_utfall {
        let text = "Raden har utfall och kan inte tas bort. Ändra den i stället, så finns utfallet kvar.";
        return view! { <p class="help">{text}</p> }.into_any();
    }
    let back = state.is_back();
    view! {
        <details class="disclosure" open=back>
            <summary>"Ta bort raden"</summary>
            <form class="stack tight" method="post" action=RemoveForvantat::PATH>
                <ErrorSummary state/>
                {names(sida, rad, true)}
                <p>"Raden står kvar i målets historik."</p>
                <div class="cluster"><button class="button danger">"Ta bort raden"</button></div>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn Fields(state: FormState, form: Form, lankar: Vec<(String, String)>, year: i32) -> impl IntoView {
    let s = move || state.clone();
    let hur: Vec<(String, String)> = std::iter::once((String::new(), "Sägs bara i ord".to_owned()))
        .chain(Jamforelse::ALL.into_iter().map(|one| (one.code().to_owned(), one.label().to_owned())))
        .collect();
    let per: Vec<(String, String)> = std::iter::once((String::new(), "Året".to_owned()))
        .chain(Grain::ALL.into_iter().map(|grain| (grain.code().to_owned(), format!("Per {}", grain.label()))))
        .collect();
    let fjol = format!("Värde {}", year - 1);
    let followed = (lankar.len() > 1).then(|| {
        view! {
            <SelectField state=s() name="lank" label="Följs i en serie" options=lankar value=form.lank
                help="Seriens värde föreslås som utfall i varje period. Du läser det och sparar."/>
        }
    });
    view! {
        <TextField state=s() name="text" label="Vad förväntas?" value=form.text required=true
            help="Till exempel: Antal vuxna med ekonomiskt bistånd."/>
        <fieldset class="fieldset stack tight">
            <legend>"Målvärde"</legend>
            <p class="help">"En rad utan tal är lika bra. Med ett tal bedöms utfallet av sig självt."</p>
            <div class="inline-fields">
                <SelectField state=s() name="jamforelse" label="Jämförelse" options=hur value=form.jamforelse/>
                <TextField state=s() name="malvarde" label="Tal eller ord" value=form.malvarde short=true/>
                <TextField state=s() name="enhet" label="Enhet" value=form.enhet short=true/>
                <SelectField state=s() name="per" label="Talet gäller" options=per value=form.per/>
            </div>
            <Checkbox state=s() name="ungefar" label="Talet är ungefärligt" checked=form.ungefar == "on"/>
            <TextField state=s() name="villkor" label="Villkor på en del" value=form.villkor
                help="Till exempel: varav högst 50 % kvinnor."/>
        </fieldset>
        <div class="inline-fields">
            <TextField state=s() name="fjol" label=fjol value=form.fjol short=true/>
            <TextField state=s() name="fjol_ar" label="Om värdet är från ett annat år" value=form.fjol_ar short=true inputmode="numeric"/>
        </div>
        <TextField state=s() name="delgrupp" label="Delgrupp" value=form.delgrupp help="Till exempel: Unga vuxna 18–24 år."/>
        {followed}
    }
}
