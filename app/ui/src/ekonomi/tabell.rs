//! A table of amounts as it is seen on a page: figures from the right, each deviation with its arrow and its words, so that a minus is
//! never what tells whether it is good.

use domain::ekonomi::uppstallning::{Cell, Kolumnslag, Rad, Radform, Uppstallning};
use leptos::prelude::*;

/// The table with its footnotes under it. Its caption is for those who do not see where it stands.
pub fn tabell(of: &Uppstallning) -> impl IntoView + use<> {
    let heads = of.kolumner.iter().map(|kolumn| {
        let class = if kolumn.slag == Kolumnslag::Text { "" } else { "num" };
        view! { <th scope="col" class=class>{kolumn.rubrik.clone()}</th> }
    });
    let heads = heads.collect_view();
    let rows = of.rader.iter().map(|rad| row(of, rad)).collect_view();
    let notes = (1..).zip(&of.fotnoter).map(|(n, text): (usize, &String)| {
        view! { <li><sup>{n}</sup> " " {text.clone()}</li> }
    });
    let notes = notes.collect_view();
    let has_notes = !of.fotnoter.is_empty();
    let (namn, label) = (of.namn.clone(), of.namn.clone());
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="table dense konto-tabell">
                <caption class="visually-hidden">{namn}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="muted">{of.enhet.rubrik()} "."</p>
        {has_notes.then(|| view! { <ul class="konto-noter">{notes}</ul> })}
    }
}

fn row(of: &Uppstallning, rad: &Rad) -> AnyView {
    let first = rad.celler.first().cloned().unwrap_or_default();
    let width = of.kolumner.len().to_string();
    match rad.form {
        Radform::Rubrik => view! {
            <tr class="group konto-verksamhet"><th colspan=width scope="colgroup">{first.text}</th></tr>
        }
        .into_any(),
        Radform::Underrubrik => view! {
            <tr class="konto-slag"><th colspan=width scope="colgroup">{first.text}</th></tr>
        }
        .into_any(),
        Radform::Rad | Radform::Summa | Radform::Netto => {
            let class = match rad.form {
                Radform::Summa => "konto-summa",
                Radform::Netto => "total konto-netto",
                _ => "",
            };
            let cells = of.kolumner.iter().zip(&rad.celler).skip(1);
            let cells = cells.map(|(kolumn, ruta)| cell(kolumn.slag, ruta)).collect_view();
            view! { <tr class=class><th scope="row">{first.text.clone()} {footnote(&first)}</th> {cells}</tr> }
                .into_any()
        }
    }
}

fn footnote(of: &Cell) -> Option<impl IntoView + use<>> {
    of.fotnot.map(|n| view! { <sup>{n}</sup> })
}

/// A figure; one with an effect has its arrow and its words under it.
fn cell(slag: Kolumnslag, ruta: &Cell) -> AnyView {
    let note = footnote(ruta);
    if slag == Kolumnslag::Text {
        return view! { <td>{ruta.text.clone()} {note}</td> }.into_any();
    }
    let effect = ruta.effekt.map(|effekt| {
        let words = if ruta.ord.is_empty() { effekt.label().to_owned() } else { ruta.ord.clone() };
        let class = format!("konto-effekt {}", effekt.code());
        view! {
            <small class=class><span aria-hidden="true">{effekt.arrow()}</span> " " {words}</small>
        }
    });
    view! { <td class="num">{ruta.text.clone()} {note} {effect}</td> }.into_any()
}
