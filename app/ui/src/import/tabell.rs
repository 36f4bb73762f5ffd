//! What the pages that read in a table have in common: the form where it is chosen or pasted, and which sheet of a workbook is meant. The table is
//! received and kept by `web`, at the address of the page.

use domain::{format, import::rows_in_words};
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
