//! Jämförelser: what a series is seen beside. The form where it is chosen, most often among the unit's own series; and on the page of
//! the series where the lines come from, and their values as tables.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    drawing::serie::Diagram,
    format,
    period::{Grain, Period},
    siffror::{
        dimension::Dimension,
        jamforelse::{ArsVarde, JAMFORELSER_MOST, JamforelseId},
        serie::{Content, Serie},
    },
    tal::Tal,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    data::{DOLT, Data},
    jamforelse_api::{CreateJamforelse, RemoveJamforelse, RenewJamforelse},
    jamforelse_data::{Jamford, Valbara, Visas},
    jamforelse_fil,
    table::{beneath, hittills, marked_cell, time_head},
};
use crate::components::{ErrorSummary, FormState, Hidden, SelectField, TextField};

/// On the page that changes a series: what it is compared with, and the forms for one more. `hamtas`: whether this server fetches key
/// figures.
pub fn section(
    own: &Serie,
    jamforda: &[Jamford],
    att_valja: &Valbara,
    dimensioner: &[Dimension],
    hamtas: bool,
) -> impl IntoView + use<> {
    let rows = jamforda.iter().map(|of| row(own, of)).collect_view();
    let more = if jamforda.len() < JAMFORELSER_MOST {
        view! { {another_series(own, att_valja, dimensioner)} {key_figure(own, hamtas)} }.into_any()
    } else {
        // it may have got its last one while the form was open
        let state = FormState::of(CreateJamforelse::PATH, Some(("serie", &own.id.to_string())));
        view! {
            <ErrorSummary state/>
            <p class="help">"En serie har högst sex jämförelser. Ta bort en för att lägga till en annan."</p>
        }
        .into_any()
    };
    view! {
        <section class="stack" id="jamforelser">
            <div>
                <h2>"Jämförelser"</h2>
                <p class="help">
                    "Det som seriens linje ses tillsammans med. Det ritas tunt, och ingenting i serien ändras av det."
                </p>
            </div>
            {(!jamforda.is_empty()).then(|| view! { <div class="card"><ul class="rows">{rows}</ul></div> })}
            {more}
        </section>
    }
}

/// A comparison with its buttons.
fn row(own: &Serie, of: &Jamford) -> impl IntoView + use<> {
    let (id, serie) = (of.of.id.to_string(), own.id.to_string());
    let words = format!("{}: {}", of.namn, of.med);
    let label = format!("Ta bort: {words}");
    let removed = FormState::of(RemoveJamforelse::PATH, Some(("id", &id)));
    let noter = of.noter().join(" ");
    let from_file = of.of.is_hamtad().then(|| {
        let label = format!("Läs in från fil: {}", of.namn);
        view! {
            <a class="button quiet small" href=jamforelse_fil::path(own.id, of.of.id) aria-label=label>"Läs in från fil"</a>
        }
    });
    let fetched = (of.of.is_hamtad() && of.hamtas).then(|| {
        let state = FormState::of(RenewJamforelse::PATH, Some(("id", &id)));
        let label = format!("Hämta nu: {}", of.namn);
        view! {
            <form method="post" action=RenewJamforelse::PATH>
                <ErrorSummary state/>
                <Hidden name="id" value=id.clone()/>
                <Hidden name="serie" value=serie.clone()/>
                <button class="button quiet small" aria-label=label>"Hämta nu"</button>
            </form>
        }
    });
    let version = of.of.version.to_string();
    view! {
        <li class="row">
            <div class="row-text">
                <p>{words}</p>
                {(!noter.is_empty()).then(|| view! { <p class="row-meta">{noter}</p> })}
            </div>
            <div class="row-actions">
                {fetched} {from_file}
                <form method="post" action=RemoveJamforelse::PATH>
                    <ErrorSummary state=removed/>
                    <Hidden name="id" value=id/>
                    <Hidden name="serie" value=serie/>
                    <Hidden name="version" value=version/>
                    <button class="button quiet small" aria-label=label>"Ta bort"</button>
                </form>
            </div>
        </li>
    }
}

/// The hidden fields of a form for one more: its id, the series, and with what kind of thing.
fn about(state: &FormState, own: &Serie, med: &'static str) -> impl IntoView + use<> {
    let id = state.new_id(|| JamforelseId::new().to_string());
    view! {
        <ErrorSummary state=state.clone()/>
        <Hidden name="id" value=id/>
        <Hidden name="serie" value=own.id.to_string()/>
        <Hidden name="form[med]" value=med/>
    }
}

/// Another series of the same unit and time.
fn another_series(own: &Serie, att_valja: &Valbara, dimensioner: &[Dimension]) -> AnyView {
    let content = &own.content;
    let state = FormState::nested(CreateJamforelse::PATH, Some(("form[med]", "serie")));
    let some = att_valja.utelamnade.clone().map(|words| view! { <p class="help">{words}</p> });
    if att_valja.serier.is_empty() {
        let words = format!(
            "Det finns ingen annan serie att jämföra med. Den ska räknas i {} och ha ett värde varje {}.",
            content.enhet,
            content.grain.label()
        );
        return view! { <ErrorSummary state/> <p class="help">{words}</p> {some} }.into_any();
    }
    let s = || state.clone();
    let first = std::iter::once((String::new(), "Välj serie".to_owned()));
    let series: Vec<_> =
        first.chain(att_valja.serier.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect();
    let values = dimensioner.iter().flat_map(|d| d.values.iter().map(move |v| (d, v)));
    let values = values.map(|(d, v)| (v.id.to_string(), format!("{}: {}", d.namn, v.namn)));
    let parts: Vec<_> = std::iter::once((String::new(), "Hela serien".to_owned())).chain(values).collect();
    let part = (parts.len() > 1).then(|| {
        view! {
            <SelectField state=s() name="varde" label="Hela serien eller en del av den" options=parts
                help="Delen ska höra till den valda seriens första uppdelning."/>
        }
    });
    view! {
        <form class="form" method="post" action=CreateJamforelse::PATH>
            {about(&state, own, "serie")}
            {some}
            <div class="inline-fields">
                <SelectField state=s() name="serie" label="Jämför med serien" options=series required=true/>
                {part}
                <TextField state=s() name="namn" label="Vad ska linjen heta?" help="Är fältet tomt heter den som serien."/>
            </div>
            <div class="form-actions"><button class="button secondary">"Lägg till jämförelsen"</button></div>
        </form>
    }
    .into_any()
}

/// A key figure of Kolada.
fn key_figure(own: &Serie, hamtas: bool) -> impl IntoView + use<> {
    let state = FormState::nested(CreateJamforelse::PATH, Some(("form[med]", "kolada")));
    let s = || state.clone();
    let help = format!(
        "Kolada har ett värde om året för varje kommun. Serien räknas i {}: välj ett nyckeltal som räknas likadant. {}",
        own.content.enhet,
        if hamtas {
            "Värdena hämtas efteråt, och igen efter en månad, eller läses in från fil."
        } else {
            "Den här servern hämtar inget från Kolada: värdena läser du in från fil efteråt."
        }
    );
    let who = [("T", "Alla"), ("K", "Kvinnor"), ("M", "Män")];
    let who: Vec<_> = who.into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect();
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>"Jämför med ett nyckeltal från Kolada"</summary>
            <form class="form" method="post" action=CreateJamforelse::PATH>
                {about(&state, own, "kolada")}
                <p class="help">{help}</p>
                <div class="inline-fields">
                    <TextField state=s() name="kpi" label="Nyckeltal" short=true required=true help="Dess id hos Kolada, till exempel N31807."/>
                    <TextField state=s() name="kommun" label="Kommun eller grupp" short=true required=true
                        help="Kommunkod, till exempel 0180, eller en grupp av kommuner, till exempel G35881."/>
                    <SelectField state=s() name="kon" label="Vilka räknas?" options=who/>
                    <TextField state=s() name="namn" label="Vad ska linjen heta?" required=true help="Till exempel Stockholms stad."/>
                </div>
                <div class="form-actions"><button class="button secondary">"Lägg till nyckeltalet"</button></div>
            </form>
        </details>
    }
}

/// Under the picture: with what each line is, where it comes from, and what is not shown of it. `annat`: the picture shows something
/// else than the values, which stand in the table.
pub fn under(jamforda: &[Jamford], picture: Option<&Diagram>, annat: Option<&str>) -> AnyView {
    let drawn = |namn: &str| picture.is_some_and(|of| of.lines.iter().any(|line| line.chosen && line.name == namn));
    let rows = jamforda.iter().map(|of| {
        let mut noter = of.noter();
        let has_values = of.varden().is_some_and(|values| !values.is_empty())
            || matches!(&of.visas, Visas::Ar(values) if values.iter().any(|v| v.tal.is_some()));
        if picture.is_some() && has_values && !drawn(&of.namn) {
            noter.push("Jämförelsen syns inte i den här bilden.".to_owned());
        }
        let noter = noter.join(" ");
        let med = of.href.clone().map(|href| {
            let med = of.med.clone();
            view! { <a href=href>{med}</a> ". " }
        });
        view! { <p class="serie-note">{format!("{}. ", of.namn.trim_end_matches('.'))} {med} {noter}</p> }
    });
    let rows = rows.collect_view();
    let elsewhere = annat.filter(|_| !jamforda.is_empty()).map(|under| {
        view! { <p class="serie-note">{format!("Jämförelsernas värden står under {under}.")}</p> }
    });
    view! { {rows} {elsewhere} }.into_any()
}

/// The values of the lines: other series at the times of the table behind, key figures year by year.
pub fn tables(data: &Data, own: &str, jamforda: &[Jamford], times: &[Period], today: NaiveDate) -> Option<AnyView> {
    let content = &data.serie.content;
    let series = series_table(data, own, jamforda, times, today);
    let years = years_table(content, jamforda);
    (series.is_some() || years.is_some()).then(|| {
        view! {
            <section class="stack tight serie-behind" id="jamforelser">
                <h2>"Jämförelser"</h2>
                {series} {years}
            </section>
        }
        .into_any()
    })
}

fn wrapped(label: &'static str, corner: String, heads: AnyView, rows: AnyView) -> AnyView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="table serie-table">
                <thead><tr><th scope="col">{corner}</th> {heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn series_table(data: &Data, own: &str, jamforda: &[Jamford], times: &[Period], today: NaiveDate) -> Option<AnyView> {
    let content = &data.serie.content;
    if times.is_empty() || jamforda.iter().all(|of| of.varden().is_none()) {
        return None;
    }
    let dolt = |hidden: bool| hidden.then(|| DOLT.to_owned());
    let first = times.iter().map(|p| marked_cell(content, data.huvud().get(p), dolt(data.is_dold(*p))));
    let first = first.collect_view();
    let rows = jamforda.iter().filter_map(|of| {
        let (values, Visas::Serie(other, _)) = (of.varden()?, &of.visas) else { return None };
        // with its own decimals, as its own page has them
        let content = &other.serie.content;
        let cells = times.iter().map(|p| marked_cell(content, values.get(p), dolt(of.is_dold(*p)))).collect_view();
        Some(view! { <tr><th scope="row">{of.namn.clone()}</th> {cells}</tr> })
    });
    let rows = rows.collect_view();
    let heads = times.iter().map(|period| time_head(*period, hittills(*period, today))).collect_view();
    let corner = format::capitalised(content.grain.label());
    let rows = view! { <tr><th scope="row">{own.to_owned()}</th> {first}</tr> {rows} };
    Some(wrapped("Jämförelser med andra serier", corner, heads.into_any(), rows.into_any()))
}

fn years_table(content: &Content, jamforda: &[Jamford]) -> Option<AnyView> {
    let of = |of: &Jamford| if let Visas::Ar(values) = &of.visas { values.clone() } else { vec![] };
    let years: BTreeSet<i32> = jamforda.iter().flat_map(of).map(|v| v.ar).collect();
    if years.is_empty() {
        return None;
    }
    let rows = jamforda.iter().filter(|of| matches!(of.visas, Visas::Ar(_))).map(|comparison| {
        let values = of(comparison);
        let cells = years.iter().map(|year| year_cell(content, values.iter().find(|v| v.ar == *year))).collect_view();
        view! { <tr><th scope="row">{comparison.namn.clone()}</th> {cells}</tr> }
    });
    let rows = rows.collect_view().into_any();
    let corner = format::capitalised(Grain::Ar.label());
    let heads = years.iter().map(|year| view! { <th class="num" scope="col">{year.to_string()}</th> }).collect_view();
    Some(wrapped("Nyckeltal från Kolada", corner, heads.into_any(), rows))
}

/// The value of a key figure: one of a series in whole numbers keeps a decimal, for Kolada's is often a mean.
pub(super) fn year_shown(content: &Content, tal: Tal) -> String {
    let decimals = if tal.decimals() > content.decimaler { content.decimaler.max(1) } else { content.decimaler };
    tal.with_decimals(decimals)
}

fn year_cell(content: &Content, value: Option<&ArsVarde>) -> AnyView {
    match value.map(|v| (v.tal, v.count.filter(|n| *n > 1))) {
        Some((Some(tal), count)) => {
            let means = count.map(|n| beneath(format!("medel av {}", format::int(n))));
            view! { <td class="num">{year_shown(content, tal)} " " {means}</td> }.into_any()
        }
        Some((None, _)) => {
            let why = "saknas hos Kolada";
            view! { <td class="num suppressed" title=why>"–" <span class="visually-hidden">{format!(" {why}")}</span></td> }
                .into_any()
        }
        None => view! { <td class="num"></td> }.into_any(),
    }
}
