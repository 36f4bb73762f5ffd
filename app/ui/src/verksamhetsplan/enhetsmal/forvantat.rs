//! Förväntat resultat on the page of a goal: a row for each, with what is aimed at, what it was last year, and what came out.

use std::collections::HashMap;

use domain::{
    siffror::serie::SerieId,
    verksamhetsplan::{
        forvantat::{
            Content, Lank, Rad,
            bedomning::{Utfall, bedom, marks},
            hjalp::hjalp,
        },
        indikator::tid::Utfallsperiod,
    },
};
use leptos::prelude::*;
use store::verksamhetsplan::forvantat::Utfallsrad;

use super::{Sida, fran_i_fjol};
use crate::verksamhetsplan::marke::marke;

/// The table of a goal.
pub fn section(sida: &Sida, rader: &[Rad], utfall: &[Utfallsrad], serier: &HashMap<SerieId, String>) -> AnyView {
    let may_write = sida.may_write();
    let new = may_write
        .then(|| view! { <a class="button secondary" href=format!("{}/rad/ny", sida.href())>"Lägg till rad"</a> });
    let content = if rader.is_empty() {
        let text = "Inget är skrivet än om vad som förväntas.";
        view! { <p class="card-text help">{text}</p> }.into_any()
    } else {
        let perioder = Utfallsperiod::rapporter(sida.plan.year);
        let heads = perioder.map(|period| view! { <th scope="col">{period.within_year()}</th> }).collect_view();
        let rows = rader.iter().map(|rad| row(sida, rad, &perioder, utfall, serier)).collect_view();
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label="Förväntat resultat">
                <table class="table forvantat">
                    <thead>
                        <tr>
                            <th scope="col">"Vad som förväntas"</th>
                            <th scope="col">"Målvärde"</th>
                            <th scope="col">"Förra året"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" id="forvantat">
            <div class="card-head"><h2>"Förväntat resultat"</h2> {new}</div>
            {content}
        </section>
    }
    .into_any()
}

fn row(
    sida: &Sida,
    rad: &Rad,
    perioder: &[Utfallsperiod; 3],
    utfall: &[Utfallsrad],
    serier: &HashMap<SerieId, String>,
) -> AnyView {
    let content = &rad.content;
    let text = content.text.clone();
    let href = format!("{}/rad/{}", sida.href(), rad.id);
    let name = if sida.may_write() {
        view! { <a href=href.clone()>{text}</a> }.into_any()
    } else {
        view! { <span>{text}</span> }.into_any()
    };
    let delgrupp = content.delgrupp.clone();
    let delgrupp = (!delgrupp.is_empty()).then(|| view! { <p class="forvantat-not">{delgrupp}</p> });
    let fjol =
        (rad.copied_from.is_some() && rad.version == 1).then(|| view! { <p class="forvantat-not">{fran_i_fjol()}</p> });
    let question = sida.may_write().then(|| hjalp(content)).flatten();
    let question = question.map(|said| view! { <p class="forvantat-not">{said}</p> });
    let serie = match content.lank {
        Some(Lank::Serie(id)) => serier.get(&id).map(|namn| (id, namn.clone())),
        _ => None,
    };
    let serie = serie.map(|(id, namn)| {
        view! { <p class="forvantat-not">"Följs i serien " <a href=format!("/siffror/{id}")>{namn}</a></p> }
    });
    let cells = perioder.iter().map(|period| {
        let of = utfall.iter().find(|one| one.rad == rad.id && one.manad == period.month());
        cell(sida, rad, *period, of.map(|one| &one.utfall))
    });
    view! {
        <tr id=format!("rad-{}", rad.id)>
            <th scope="row">{name} {delgrupp} {serie} {fjol} {question}</th>
            <td data-label="Målvärde">{aim(content)}</td>
            <td data-label="Förra året">{before(content)}</td>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// What is aimed at, without last year's value, which has a column of its own.
pub fn aim(content: &Content) -> String {
    Content { fjol: None, ..content.clone() }.mal()
}

fn before(content: &Content) -> String {
    content.fjol.map_or_else(String::new, |fjol| format!("{} ({})", content.with_unit(fjol.varde), fjol.ar))
}

/// What came out in a period, and what it says of the row.
fn cell(sida: &Sida, rad: &Rad, period: Utfallsperiod, utfall: Option<&Utfall>) -> AnyView {
    let href = format!("{}/rad/{}/utfall/{}", sida.href(), rad.id, period.month());
    let label = period.within_year();
    let hidden = format!(" utfall, {label}: {}", rad.content.text);
    let write = |word: &'static str| {
        let (href, hidden) = (href.clone(), hidden.clone());
        view! { <a class="forvantat-fyll" href=href>{word} <span class="visually-hidden">{hidden}</span></a> }
    };
    let Some(utfall) = utfall else {
        return view! { <td data-label=label>{sida.may_follow().then(|| write("Fyll i"))}</td> }.into_any();
    };
    let change = sida.may_follow().then(|| write("Ändra"));
    view! { <td data-label=label>{outcome(&rad.content, utfall)} {change}</td> }.into_any()
}

/// What came out, with mark and word, why, and what does not fit together in it.
pub fn outcome(content: &Content, utfall: &Utfall) -> AnyView {
    let judged = bedom(content, utfall);
    let total = utfall.said(content);
    let total = (!total.is_empty()).then(|| view! { <p class="forvantat-utfall">{total}</p> });
    let status = judged.status.map(|status| view! { <p>{marke(status.mark(), status.short())}</p> });
    let fler = std::iter::once(judged.skal).chain(marks(content, utfall)).chain(std::iter::once(utfall.not.clone()));
    let fler = fler.filter(|said| !said.is_empty()).map(|said| view! { <p class="forvantat-not prewrap">{said}</p> });
    view! { {total} {status} {fler.collect_view()} }.into_any()
}
