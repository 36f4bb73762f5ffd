//! What the pages that read in a table have in common: the form where it is chosen or pasted, and which sheet of a workbook is meant. The table is
//! received and kept by `web`, at the address of the page.

use domain::{
    format,
    import::rows_in_words,
    rows::lines_in_words,
    verksamhetsplan::tabell::{Fel, Fraga},
};
use leptos::prelude::*;

use crate::components::{ErrorSummary, FileField, FormState, TextArea};

/// A real form: it works before and without WASM. `notice` says why a table that was sent is not shown; `about` what a table holds and `limit` how
/// much of it there can be. It is posted to `action`, and `back` leads out of it.
#[component]
pub fn TableForm(
    action: String,
    back: String,
    notice: Option<String>,
    about: &'static str,
    limit: String,
) -> impl IntoView {
    let state = FormState::of(&action, None);
    view! {
        {notice.map(|text| view! { <div class="notice warn" role="alert" id="resultat" tabindex="-1"><p>{text}</p></div> })}
        <form class="form" method="post" action=action enctype="multipart/form-data">
            <ErrorSummary state=state.clone()/>
            <p>{about}</p>
            // what is pasted or chosen lies elsewhere too: leaving the page asks nothing about it
            <div class="form" data-unkept="">
                <FileField state=state.clone() help=limit/>
                <TextArea
                    state
                    name="text"
                    label="Eller klistra in från Excel"
                    conditional=true
                    rows=6
                    help="Markera tabellen med sin rubrikrad i Excel, kopiera, och klistra in här. Ta inte med namn eller personnummer."
                />
            </div>
            <div class="form-actions">
                <button class="button">"Förhandsgranska"</button>
                <a class="button quiet" href=back>"Avbryt"</a>
            </div>
        </form>
    }
}

/// How much of a table is read, in words.
#[must_use]
pub fn limit(rows: usize) -> String {
    format!("xlsx eller CSV, högst 5 MB och {} rader.", format::int(i64::try_from(rows).unwrap_or(i64::MAX)))
}

/// Several sheets of the workbook can be meant: each, by address, name and count of rows, is a link to its preview. `other` is the page itself.
#[component]
pub fn Sheets(sheets: Vec<(String, String, usize)>, other: String) -> impl IntoView {
    let links = sheets.into_iter().map(|(to, name, rows)| {
        view! { <li><a href=format!("{to}#resultat")>{name}</a> " " <span class="muted">{rows_in_words(rows)}</span></li> }
    });
    let links = links.collect_view();
    view! {
        <div class="stack" id="resultat" tabindex="-1">
            <p>"Arbetsboken har flera blad som kan läsas. Välj ett, så får du se vad som händer innan något sparas."</p>
            <ul class="stack">{links}</ul>
            <p><a class="button secondary" href=other>"Välj en annan fil"</a></p>
        </div>
    }
}

/// What is to be known about a table: what was not read, what was filled, what is there already.
pub fn notes(notes: &[String]) -> impl IntoView + use<> {
    let rows = notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    (!notes.is_empty()).then(|| view! { <ul class="notice info">{rows}</ul> })
}

/// What is wrong with which row: the table is mended, and read again.
pub fn faults(fel: &[Fel]) -> impl IntoView + use<> {
    let rows = fel.iter().map(|fel| view! { <li>{format!("Rad {}: {}", fel.line, fel.text)}</li> }).collect_view();
    (!fel.is_empty()).then(|| {
        view! {
            <div class="notice late" id="fel" tabindex="-1">
                <strong>"Tabellen går inte att läsa in än"</strong>
                <ul>{rows}</ul>
                <p>"Rätta i tabellen och läs in den igen."</p>
            </div>
        }
    })
}

/// What is asked about a table, answered all at once: the answers stand in the address of its preview, at `action` with `kept`. The name of an
/// answer begins with `before`.
pub fn questions(
    action: String,
    kept: Vec<(String, String)>,
    before: &'static str,
    fragor: &[Fraga],
) -> impl IntoView + use<> {
    let fields = fragor.iter().enumerate().map(|(n, fraga)| question(n, before, fraga)).collect_view();
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let kept = kept.collect_view();
    (!fragor.is_empty()).then(|| {
        view! {
            <form class="card card-body import-fragor" method="get" action=action aria-label="Frågor om tabellen">
                {kept} {fields}
                <div class="form-actions"><button class="button secondary">"Visa med svaren"</button></div>
            </form>
        }
    })
}

fn question(n: usize, before: &str, fraga: &Fraga) -> impl IntoView + use<> {
    let id = format!("svar-{n}");
    let chosen = fraga.svar.as_deref();
    let options = fraga.val.iter().map(|val| {
        let near = fraga.foreslaget.as_deref() == Some(val.code.as_str());
        let label = if near { format!("{} (förslag)", val.label) } else { val.label.clone() };
        let selected = chosen == Some(val.code.as_str());
        view! { <option value=val.code.clone() selected=selected>{label}</option> }
    });
    let options = options.collect_view();
    let rows = match fraga.rader.as_slice() {
        [] => String::new(),
        lines => format!("{}.", format::capitalised(&lines_in_words(lines))),
    };
    let must = if fraga.maste { "Måste besvaras." } else { "Utan svar läses det in som det står." };
    view! {
        <div class="field">
            <label for=id.clone()>{fraga.text.clone()}</label>
            <p class="help" id=format!("{id}-hjalp")>{rows} " " {must}</p>
            <select id=id.clone() name=format!("{before}{}", fraga.key) aria-describedby=format!("{id}-hjalp")>
                <option value="">"Välj"</option>
                {options}
            </select>
        </div>
    }
}
