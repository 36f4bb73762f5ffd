//! The parts of the month's page: a series as its finding, a small picture and a table of three times; and the controls and cases of the
//! month in a line each.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    format,
    period::Period,
    permission::Area,
    schedule::Responsible,
    siffror::{manad::Tid, serie::Serie, siffra::words, slag::Mark},
};
use leptos::prelude::*;

use super::{
    data::{DOLT, Data},
    manad::{Lage, Rad},
    show::apt_form,
    side::goal_mark,
    table::value_cell,
};
use crate::{components::chart::Spark, place::Place};

/// A series in a month. `people`: what those who fill series are called, by their code.
pub fn row(r: Rad, people: &HashMap<String, String>, today: NaiveDate) -> impl IntoView + use<> {
    let Rad { data, period, lage, spark, tider, andel } = r;
    let serie = &data.serie;
    let content = &serie.content;
    let (id, when) = (serie.id, for_time(period));
    let unusual = matches!(&lage, Lage::Varde(fynd) if fynd.ovanlig);
    let unusual = unusual.then(|| view! { <span class="badge">"Ovanlig ändring"</span> });
    let on_apt = content.visas.apt.then(|| view! { <span class="badge brand">"På APT"</span> });
    let open = serie.closed_on.is_none();
    let apt =
        (open && data.may_edit).then(|| apt_form(serie, "button quiet small", Some(format!(": {}", content.namn))));
    let quality = (!content.kvalitet.is_empty()).then(|| format!("Att tänka på: {}", content.kvalitet));
    let (heading, notes, goals, figures) = match &lage {
        Lage::Varde(fynd) => {
            let goals = fynd.mal.iter().map(|lage| goal_mark(lage, Some(content))).collect_view();
            let picture = (spark.len() > 1).then(|| view! { <Spark points=spark/> });
            let figures = view! {
                <div class="manad-spark">{picture}</div>
                {table(&data, &tider)}
            };
            let notes: Vec<String> = fynd.noter.iter().cloned().chain(quality).collect();
            (fynd.rubrik.clone(), notes, Some(goals), Some(figures))
        }
        Lage::Uppdelat(None) => (format!("Delarna har värden {when}, men totalen har inget"), vec![], None, None),
        Lage::Uppdelat(Some(own)) => (format!("{own} har inget värde {when}, men andra har"), vec![], None, None),
        Lage::Utan(word) => (format!("Inget värde {when}: {word}"), vec![], None, None),
        Lage::Dold => (format!("Värdet {when} visas inte: någon kan kännas igen"), vec![], None, None),
        Lage::Saknas(fran) => (format!("Värdet {when} saknas än"), vec![who(serie, *fran, people, today)], None, None),
    };
    let due = matches!(&lage, Lage::Saknas(fran) if *fran <= today);
    let fill = (due && open && data.may_fill).then(|| {
        let label = format!("Fyll på {}: {}", period.label(), content.namn);
        view! { <a class="button secondary small" href=format!("/siffror/{id}/fyll") aria-label=label>{format!("Fyll på {}", period.within_year())}</a> }
    });
    let notes = notes.join(" ");
    view! {
        <li class="manad-row" id=format!("serie-{id}")>
            <div class="manad-text">
                <p class="manad-name"><a href=format!("/siffror/{id}")>{content.namn.clone()}</a> " " {unusual} " " {on_apt}</p>
                <h2><span class="visually-hidden">{format!("{}: ", content.namn)}</span> {heading}</h2>
                {(!notes.is_empty()).then(|| view! { <p class="row-meta">{notes}</p> })}
                {andel.map(|said| view! { <p class="row-meta">{format!("{said}.")}</p> })}
                {goals}
                <div class="manad-actions no-print">{fill} {apt}</div>
            </div>
            {figures}
        </li>
    }
}

/// `för april 2022`, `för vecka 12 2022`: a time in the heading of a value that is not there.
fn for_time(period: Period) -> String {
    format!("för {}", period.label())
}

/// Who is to give a value, or when its source has it.
fn who(serie: &Serie, fran: NaiveDate, people: &HashMap<String, String>, today: NaiveDate) -> String {
    let responsible = serie.content.responsible;
    let name = match responsible {
        Responsible::Nobody => None,
        Responsible::Role(role) => Some(role.label().to_owned()),
        Responsible::Person(_) | Responsible::Grupp(_) => {
            Some(people.get(&responsible.code()).cloned().unwrap_or_else(|| responsible.told()))
        }
    };
    let who = match name {
        Some(name) => format!("{} ska fylla på det.", format::capitalised(&name)),
        None => "Ingen är vald att fylla på serien.".to_owned(),
    };
    if fran > today { format!("Källan har det {}. {who}", format::date(fran)) } else { who }
}

/// The time of the row, the one before it and the same one of last year, with what the row's is against each.
fn table(data: &Data, tider: &[Tid]) -> impl IntoView + use<> {
    let content = &data.serie.content;
    let own = tider.first().map(|tid| tid.period);
    let rows = tider.iter().map(|tid| {
        let value = match tid.varde {
            Some(varde) => view! { <td class="num">{words(content, Some(varde))}</td> }.into_any(),
            None if data.is_dold(tid.period) => value_cell(content, None, Some(DOLT.to_owned()), false),
            None => view! { <td class="num">"saknas"</td> }.into_any(),
        };
        // that the row's own will be replaced stands at it
        let other = tid.varde.is_some_and(|v| v.mark == Mark::Preliminar) && own != Some(tid.period);
        let said = tid.mot.said(content);
        let said = if other && !said.is_empty() { format!("{said}, mot preliminärt") } else { said };
        view! { <tr><th scope="row">{format::capitalised(&tid.period.label())}</th> {value} <td class="num">{said}</td></tr> }
    });
    let rows = rows.collect_view();
    let unit = if content.enhet.is_empty() { "Värde".to_owned() } else { format::capitalised(&content.enhet) };
    view! {
        <table class="manad-table">
            <caption class="visually-hidden">{format!("{}: värden och ändringar", content.namn)}</caption>
            <thead><tr><th scope="col">"Tid"</th> <th scope="col" class="num">{unit}</th> <th scope="col" class="num">"Ändring mot"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The controls of the month, a line for each plan.
pub fn controls(place: &Place, all: Vec<(Area, Option<String>)>, manad: Period) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let year = manad.first_day().year().to_string();
    let codes = Area::codes(all.iter().map(|(area, _)| *area));
    let rows = all.into_iter().map(|(area, said)| {
        let of = area.traits();
        let href = place.link(of.path, place.year, &[("ar", &year), ("vy", "lista")]);
        let said = said.unwrap_or_else(|| "inga planerade".to_owned());
        view! { <li><a href=href>{of.label}</a> {format!(": {said}.")}</li> }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <section class="stack tight" id="manadens-kontroller" data-live=codes>
                <h2>"Kontroller"</h2>
                <ul class="manad-lines">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// How many cases the month has, as everybody sees it: those of the months that it was released with.
pub fn released(place: &Place, run: Option<(String, i64)>, manad: Period) -> AnyView {
    let said = match run {
        Some((months, n)) => format!("{} avvikelser, klagomål och synpunkter {months}.", format::int(n)),
        None => format!("Inget antal visas för {}: månader läggs ihop tills fem ärenden har kommit in.", manad.label()),
    };
    let year = manad.first_day().year().to_string();
    let href = place.link("/avvikelser/statistik", place.year, &[("ar", &year)]);
    view! {
        <section class="stack tight" id="manadens-avvikelser">
            <h2>"Avvikelser"</h2>
            <p>{said} " " <a href=href>"Året i siffror"</a></p>
        </section>
    }
    .into_any()
}
