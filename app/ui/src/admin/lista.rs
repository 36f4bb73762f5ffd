//! `/admin/personer/importera`: persons from a list. The list is pasted or sent as a file (`web::import::lista` reads it), and the page
//! that answers shows what would become of each row. Nothing of it is kept: the list stands in the page until it is confirmed.

use domain::{
    permission::{Action, Area},
    person::lista::{self, Kolumn, Lista, Rad, Utfall},
};
use leptos::{prelude::*, server_fn::ServerFn};
use store::Target;

use super::{administrator, api::ImportPersons};
use crate::{
    components::{ErrorSummary, FileField, FormState, Hidden, PageHead, TextArea, load},
    ctx::Ctx,
};

/// The path, which the list is posted to.
pub const PATH: &str = "/admin/personer/importera";
/// The faults that are listed above the table; the rows say the rest.
const LISTED: usize = domain::field::ERRORS_MAX;

/// The form, and below it what would become of the list that was sent.
#[component]
pub fn ListaPage() -> impl IntoView {
    load(async move {
        let ctx = Ctx::current()?;
        let actor = administrator(&ctx)?;
        // what comes back from the confirmation is the same list, which somebody may have been before
        let sent = FormState::of(ImportPersons::PATH, None).value("rows", "");
        let state = FormState::of(PATH, None);
        let text = if sent.is_empty() { state.value("rows", "") } else { sent };
        let mut shown = None;
        if !text.is_empty() && state.error("rows").is_none() && state.error("file").is_none() {
            let mut tx = ctx.read(Target::Anywhere(Area::Person), Action::Edit).await?;
            let persons = store::person::list(&mut tx).await?;
            shown = Some(lista::read(&text, &actor, &persons));
        }
        let nodes: Vec<String> = super::node_choices(&actor).into_iter().map(|(_, name)| name).collect();
        let example = nodes.last().map(|name| name.trim_start_matches('\u{a0}').to_owned()).unwrap_or_default();
        let refused = match &shown {
            Some(Err(faults)) => faults.first().map(|fault| fault.message.clone()),
            _ => None,
        };
        let read = shown.and_then(Result::ok);
        let is_read = read.is_some();
        let preview = read.map(|list| view! { <Preview list text=text.clone()/> });
        Ok(view! {
            <nav class="breadcrumbs" aria-label="Du är här">
                <ol>
                    <li><a href="/admin">"Administration"</a></li>
                    <li><a href="/admin/personer">"Personer"</a></li>
                    <li aria-current="page">"Läs in en lista"</li>
                </ol>
            </nav>
            <PageHead title="Läs in personer från en lista" sub="Du får se varje rad innan något sparas."/>
            <div class="stack loose">
                {preview}
                {refused.map(|text| view! { <div class="notice late" role="alert" id="fel" tabindex="-1"><p>{text}</p></div> })}
                <Upload state text again=is_read/>
                {(!is_read).then(|| view! { <Template example/> })}
            </div>
        })
    })
}

/// The form for the list. After a preview it holds the list, to be mended and looked at again.
#[component]
fn Upload(state: FormState, text: String, again: bool) -> impl IntoView {
    let heading = if again { "Ändra i listan" } else { "Listan" };
    let button = if again { "Förhandsgranska igen" } else { "Förhandsgranska" };
    view! {
        <section class="stack tight">
            <h2>{heading}</h2>
            <form class="form" method="post" action=PATH enctype="multipart/form-data">
                {(state.error("file").is_some() || state.error("rows").is_some()).then(|| view! { <ErrorSummary state=state.clone()/> })}
                <FileField state=state.clone() help=format!("xlsx eller CSV, högst {} rader.", lista::ROWS_MAX)/>
                <div data-unkept="">
                    <TextArea
                        state
                        name="rows"
                        label="Eller klistra in från Excel"
                        value=text
                        rows=8
                        help="Markera tabellen med rubrikraden i Excel, kopiera, och klistra in här."
                    />
                </div>
                <div class="form-actions">
                    <button class=if again { "button secondary" } else { "button" }>{button}</button>
                    <a class="button quiet" href="/admin/personer">"Avbryt"</a>
                </div>
            </form>
        </section>
    }
}

/// A table to begin with: the headings, what is written under them, and a row as example.
#[component]
fn Template(example: String) -> impl IntoView {
    let heads = lista::MALL.iter().map(|(_, label, _)| view! { <th scope="col">{*label}</th> }).collect_view();
    let helps = lista::MALL.iter().map(|(_, label, help)| view! { <dt>{*label}</dt> <dd>{*help}</dd> }).collect_view();
    let [name, email, role] = lista::exempel();
    view! {
        <section class="stack tight">
            <h2>"Så ser listan ut"</h2>
            <p>"Kolumnerna kan stå i vilken ordning som helst. Andra kolumner läses inte in. Markera tabellen, kopiera den till Excel och fyll i."</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Mall för listan">
                <table class="table">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>
                        <tr>
                            <td>{name}</td>
                            <td>{email}</td>
                            <td>{role}</td>
                            <td>{example}</td>
                        </tr>
                    </tbody>
                </table>
            </div>
            <dl class="dl">{helps}</dl>
            <p>{format!("Rollerna är {}.", lista::roller())}</p>
        </section>
    }
}

/// What would become of the list.
#[component]
fn Preview(list: Lista, text: String) -> impl IntoView {
    let (faulty, new) = (list.count(Utfall::Fel), list.count(Utfall::Ny) + list.count(Utfall::FarRoll));
    let notes = list.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view();
    let has_notes = !list.notes.is_empty();
    let all = list.sparas().err().unwrap_or_default();
    let more = all.len().saturating_sub(LISTED);
    let faults = all
        .iter()
        .take(LISTED)
        .map(|fault| {
            let line =
                fault.message.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty()).unwrap_or_default();
            view! { <li><a href=format!("#rad-{line}")>{fault.message.clone()}</a></li> }
        })
        .collect_view();
    let rows = list.rader.iter().map(row).collect_view();
    let confirm = match (faulty, new) {
        (0, 0) => view! { <p>"Det finns inget nytt att läsa in."</p> }.into_any(),
        (0, n) => {
            let button = if n == 1 { "Läs in 1 person".to_owned() } else { format!("Läs in {n} personer") };
            view! {
                <form method="post" action=ImportPersons::PATH>
                    <Hidden name="rows" value=text/>
                    <p class="muted">
                        "De som läggs till får var sitt engångslösenord. Lösenorden visas en gång, när listan är inläst."
                    </p>
                    <div class="form-actions">
                        <button class="button">{button}</button>
                    </div>
                </form>
            }
            .into_any()
        }
        (_, _) => view! {
            <div class="notice late">
                <p>"Inget är sparat. Rätta raderna i listan nedan, eller ta bort dem, och förhandsgranska igen."</p>
                <ul>
                    {faults}
                    {(more > 0).then(|| view! { <li>{all.last().map(|fault| fault.message.clone())}</li> })}
                </ul>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="stack">
            <h2 id="resultat" tabindex="-1">{list.sentence()}</h2>
            {has_notes.then(|| view! { <div class="notice">{notes}</div> })}
            {confirm}
            <div class="table-wrap" tabindex="0" role="region" aria-label="Raderna i listan">
                <table class="table dense import-preview">
                    <thead>
                        <tr>
                            <th scope="col">"Rad"</th>
                            {lista::MALL.iter().map(|(_, label, _)| view! { <th scope="col">{*label}</th> }).collect_view()}
                            <th scope="col">"Att veta"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(rad: &Rad) -> impl IntoView + use<> {
    let (line, badge) = match rad.utfall {
        Utfall::Ny | Utfall::FarRoll => ("ok", "badge done"),
        Utfall::Fel => ("error", "badge late"),
        Utfall::FinnsRedan => ("", "badge"),
    };
    let bad = |column: Kolumn| rad.faults.iter().any(|(c, _)| *c == column);
    let cells = lista::MALL
        .iter()
        .zip(&rad.cells)
        .map(|((column, ..), text)| view! { <td class:bad=bad(*column)>{text.clone()}</td> })
        .collect_view();
    let faults = rad.faults.iter().map(|(_, text)| view! { <p>{text.clone()}</p> }).collect_view();
    view! {
        <tr class=line id=format!("rad-{}", rad.line)>
            <th scope="row">{rad.line} " " <span class=badge>{rad.utfall.label()}</span></th>
            {cells}
            <td>{faults} {(!rad.note.is_empty()).then(|| view! { <p>{rad.note.clone()}</p> })}</td>
        </tr>
    }
}
