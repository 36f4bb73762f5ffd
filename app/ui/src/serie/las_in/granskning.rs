//! Granskning: what reading a table in would do: counts, questions, the rows, and the button that writes.

use domain::{
    format,
    siffror::{inlasning::Granskning, serie::Serie, siffra::SiffraImportId},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    fragor::{Var, fel, om_tabellen},
    path,
    tabell::{Visa, tabell},
};
use crate::{
    components::{ErrorSummary, FormState, Hidden, PageHead},
    serie::{
        las_in_api::{ImportSiffror, SetSerieSvar},
        las_in_data::Vald,
    },
};

fn int(n: usize) -> String {
    format::int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// How many notes are shown.
const NOTES: usize = 12;

#[component]
pub(super) fn GranskningView(
    serie: Serie,
    vald: Vald,
    granskning: Granskning,
    query: Vec<(String, String)>,
) -> impl IntoView {
    let get = |name: &str| query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let var = Var { id: serie.id, vald };
    let columns = !get("kolumner").is_empty();
    let visa = Visa::of(get("visa"));
    let has_columns = granskning.fragor.iter().any(|f| f.period.is_none() && f.svar.is_some());
    let change = (has_columns && !columns).then(|| {
        let to = format!("{}#resultat", var.vald.address(var.id, &[("kolumner", "ja")]));
        view! { " · " <a href=to>"Ändra kolumnerna"</a> }
    });
    let mut notes = granskning.notes.clone();
    let first = if notes.is_empty() { String::new() } else { notes.remove(0) };
    let rows = !granskning.rader.is_empty();
    view! {
        <PageHead title=granskning.rubrik()/>
        <div class="stack" id="resultat" tabindex="-1">
            <ErrorSummary state=FormState::of(SetSerieSvar::PATH, None)/>
            {rows.then(|| counts(&granskning))}
            {om_tabellen(&var, &granskning, columns)}
            {fel(&var, &granskning)}
            {rows
                .then(|| {
                    view! {
                        <div class="cluster import-filter">
                            {filter(&var, &granskning, visa)}
                            <p class="muted">{first.clone()} {change}</p>
                        </div>
                        {more(notes, &granskning.andringar)}
                        {tabell(&var, &serie.content, &granskning, visa)}
                    }
                })}
            {confirm(&var, &granskning)}
        </div>
    }
}

/// How many values do what.
fn counts(g: &Granskning) -> impl IntoView + use<> {
    let cell = |n: usize, what: &str, more: String, warn: bool| {
        let (what, n) = (what.to_owned(), int(n));
        view! {
            <li class:warn=warn>
                <strong>{n}</strong>
                <span>{what} <br/> <span class="muted">{more}</span></span>
            </li>
        }
    };
    let off = g.avviker().count();
    let one = |n: usize, one: &str, many: &str| if n == 1 { one.to_owned() } else { many.to_owned() };
    let changed = one(g.antal.andrade, "ändrat", "ändrade");
    let all = g.summor.len();
    let sums = if off == 0 {
        cell(all, &one(all, "summa stämmer", "summor stämmer"), String::new(), false)
    } else {
        let words = format!("{} av {} avviker", one(off, "summa", "summor"), int(all));
        cell(off, &words, "båda talen visas".to_owned(), true)
    };
    view! {
        <ul class="import-counts">
            {cell(g.antal.nya, &one(g.antal.nya, "nytt", "nya"), g.nya_nar(), false)}
            {cell(g.antal.andrade, &changed, g.andrade_var(), false)}
            {(g.antal.fragas > 0).then(|| cell(g.antal.fragas, &one(g.antal.fragas, "fråga", "frågor"), "ändras mycket".to_owned(), true))}
            {cell(g.antal.oforandrade, &one(g.antal.oforandrade, "oförändrat", "oförändrade"), "sparas inte igen".to_owned(), false)}
            {(all > 0).then_some(sums)}
            {(!g.sparas_inte.is_empty())
                .then(|| {
                    let n = g.sparas_inte.len();
                    cell(n, &one(n, "rad sparas inte", "rader sparas inte"), g.sparas_inte_som(), false)
                })}
        </ul>
    }
}

/// Which rows are shown.
fn filter(var: &Var, g: &Granskning, visa: Visa) -> impl IntoView + use<> {
    let grain = g.rader.first().map(|r| r.period.grain());
    let unit = grain.map_or("rader", |grain| if g.rader.len() == 1 { grain.label() } else { grain.many() });
    let all = if g.rader.len() == 1 { format!("1 {unit}") } else { format!("Alla {} {unit}", int(g.rader.len())) };
    let link = |to: Visa, words: String| {
        let href = format!("{}#resultat", var.vald.address(var.id, &[("visa", to.code())]));
        let current = (to == visa).then_some("true");
        view! { <a href=href aria-current=current>{words}</a> }
    };
    view! {
        <div class="segmented" role="group" aria-label="Vilka rader som visas">
            {link(Visa::Alla, all)}
            {link(Visa::Nya, format!("Nya {}", int(g.antal.nya)))}
            {link(Visa::Behover, format!("Behöver dig {}", int(g.behover().len())))}
        </div>
    }
}

/// What else is to be known about the table.
fn more(notes: Vec<String>, andringar: &[String]) -> Option<impl IntoView + use<>> {
    let all: Vec<String> = notes.into_iter().chain(andringar.iter().cloned()).collect();
    (!all.is_empty()).then(|| {
        let left = all.len().saturating_sub(NOTES);
        let words = if all.len() == 1 {
            "En sak till om tabellen".to_owned()
        } else {
            format!("{} saker till om tabellen", all.len())
        };
        let items = all.into_iter().take(NOTES).map(|note| view! { <li>{note}</li> }).collect_view();
        view! {
            <details class="import-notes">
                <summary>{words}</summary>
                <ul>
                    {items}
                    {(left > 0).then(|| view! { <li>{format!("och {left} till")}</li> })}
                </ul>
            </details>
        }
    })
}

/// The button that writes, or what stands in its way.
fn confirm(var: &Var, g: &Granskning) -> impl IntoView + use<> {
    let again = path(var.id);
    if !g.kan_sparas() {
        let why = match (g.oppna().count(), g.fel_kvar().count()) {
            (0, 0) => view! { "Det finns inget nytt att läsa in." }.into_any(),
            (0, _) => {
                view! { <a href="#fel">"Rätta eller hoppa över rutorna"</a> " som inte kan läsas, så går det att läsa in." }.into_any()
            }
            _ => {
                let to = format!("{}#resultat", var.vald.address(var.id, &[("visa", Visa::Behover.code())]));
                view! { <a href=to>"Svara på frågorna"</a> ", så går det att läsa in." }.into_any()
            }
        };
        return view! {
            <div class="form-actions sticky import-bar">
                <a class="button secondary" href=again>"Välj en annan fil"</a>
                <a class="button quiet" href=format!("/siffror/{}", var.id)>"Avbryt"</a>
                <p class="muted">{why}</p>
            </div>
        }
        .into_any();
    }
    let state = FormState::of(ImportSiffror::PATH, Some(("serie", &var.id.to_string())));
    let id = state.new_id(|| SiffraImportId::new().to_string());
    view! {
        <form method="post" action=ImportSiffror::PATH>
            <ErrorSummary state/>
            <Hidden name="id" value=id/>
            <Hidden name="serie" value=var.id.to_string()/>
            <Hidden name="vald" value=var.vald.sent()/>
            <Hidden name="sett" value=g.sett()/>
            <div class="form-actions sticky import-bar">
                <button class="button">{g.knapp()}</button>
                <a class="button secondary" href=format!("/siffror/{}", var.id)>"Avbryt"</a>
                <p class="muted">"Hela inläsningen går att ångra i ett dygn. Kolumnerna blir ihågkomna till nästa gång."</p>
            </div>
        </form>
    }
    .into_any()
}
