//! What stands around the account: what is asked about it, what does not add up, the rows that want a comment, and its projects.

use domain::ekonomi::{
    Tid,
    belopp::Art,
    handling::{Kommentar, kommentarer},
    konto::RadId,
    projekt::projekt,
    summa::Konto,
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::ekonomi::Rakning;

use super::{
    api::{SetKontoEnhet, UpdateBeloppskommentar},
    data::Data,
};
use crate::components::{ErrorSummary, FormState, Hidden, TextArea};

/// What is asked about the account: whether its unit is right, where its amounts are larger than any unit's.
pub fn asked(data: &Data, rakning: &Rakning, konto: &Konto<'_>) -> Option<impl IntoView + use<>> {
    let fraga = konto.asked()?;
    let (plan, version) = (data.plan.id.to_string(), rakning.konto.version.to_string());
    let buttons = data.may_edit.then(|| {
        let choices = fraga.choices.iter().map(|choice| {
            let class = if choice.foreslas { "button secondary small" } else { "button quiet small" };
            view! {
                <form method="post" action=SetKontoEnhet::PATH>
                    <Hidden name="plan" value=plan.clone()/>
                    <Hidden name="version" value=version.clone()/>
                    <Hidden name="enhet" value=choice.value.clone()/>
                    <button class=class>{choice.label.clone()}</button>
                </form>
            }
        });
        let choices = choices.collect_view();
        view! { <div class="cluster">{choices}</div> }
    });
    let state = FormState::of(SetKontoEnhet::PATH, None);
    Some(view! {
        <div class="notice warn" id="enhet">
            <ErrorSummary state/>
            <p><strong>{fraga.text}</strong> " Talen står kvar som de är."</p>
            {buttons}
        </div>
    })
}

/// Under the account at a time.
pub fn konto(data: &Data, rakning: &Rakning, konto: &Konto<'_>, tid: Tid) -> impl IntoView + use<> {
    let off = konto.avvikande();
    let printed = konto.content.noter.clone();
    let projects: Vec<String> = projekt(konto, tid).iter().map(|p| p.said(konto.content.enhet)).collect();
    view! {
        {comments(data, rakning, konto, tid)}
        {made(data, rakning, konto, tid)}
        {sentences("Projekt med egna medel", &projects)}
        {sentences("Det här stämmer inte", &off)}
        {sentences("Siffror i den inlästa tabellen", &printed)}
    }
}

fn sentences(title: &'static str, all: &[String]) -> Option<impl IntoView + use<>> {
    let items = all.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    (!all.is_empty()).then(|| view! { <section class="stack tight"><h2>{title}</h2> <ul>{items}</ul></section> })
}

/// The rows that a report asks about, each with its form for who may answer.
fn comments(data: &Data, rakning: &Rakning, konto: &Konto<'_>, tid: Tid) -> Option<impl IntoView + use<>> {
    let all = kommentarer(konto, tid);
    let forms = all.iter().map(|kommentar| comment(data, rakning, kommentar)).collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <section class="stack" id="kommentarer">
                <h2>"Rader som behöver en kommentar"</h2>
                {forms}
            </section>
        }
    })
}

fn comment(data: &Data, rakning: &Rakning, of: &Kommentar) -> AnyView {
    if !data.may_edit {
        return view! { <p>{of.fraga.clone()}</p> }.into_any();
    }
    form(data, rakning, (of.rad, of.tid), (&of.fraga, "")).into_any()
}

/// The comments that were made at a time, each with its form for who may change it.
fn made(data: &Data, rakning: &Rakning, konto: &Konto<'_>, tid: Tid) -> Option<impl IntoView + use<>> {
    let kept = konto.content.rader().filter_map(|(v, rad)| {
        let kommentar = &konto.kept(rad.id, tid, Art::Utfall)?.kommentar;
        (!kommentar.is_empty()).then(|| (rad.id, format!("{}, {}", rad.namn, v.namn), kommentar.as_str()))
    });
    let shown = kept.map(|(rad, namn, kommentar)| {
        let change = data.may_edit.then(|| {
            let (label, aria) = (format!("Kommentar till {namn}"), format!("Ändra kommentaren till {namn}"));
            view! {
                <details class="disclosure no-print">
                    <summary aria-label=aria>"Ändra kommentaren"</summary>
                    {form(data, rakning, (rad, tid), (&label, kommentar))}
                </details>
            }
        });
        view! { <div class="stack tight"><p class="prewrap"><strong>{namn}</strong> ": " {kommentar.to_owned()}</p> {change}</div> }
    });
    let shown: Vec<_> = shown.collect();
    (!shown.is_empty()).then(|| view! { <section class="stack"><h2>"Kommentarer"</h2> {shown}</section> })
}

/// The form of a comment: what is asked, and what stands there.
fn form(
    data: &Data,
    rakning: &Rakning,
    (rad, tid): (RadId, Tid),
    (label, stands): (&str, &str),
) -> impl IntoView + use<> {
    let seen = rakning.revisioner.get(&(rad, tid, Art::Utfall)).copied().unwrap_or(0);
    let (rad, tid) = (rad.to_string(), tid.code());
    let state = FormState::of(UpdateBeloppskommentar::PATH, Some(("rad", &rad)));
    let (label, stands) = (label.to_owned(), stands.to_owned());
    view! {
        <form class="form" method="post" action=UpdateBeloppskommentar::PATH>
            <ErrorSummary state=state.clone()/>
            <Hidden name="plan" value=data.plan.id.to_string()/>
            <Hidden name="rad" value=rad/>
            <Hidden name="tid" value=tid/>
            <Hidden name="seen" value=seen.to_string()/>
            <TextArea state name="kommentar" label value=stands rows=2 required=true/>
            <div><button class="button secondary small">"Spara kommentaren"</button></div>
        </form>
    }
}
