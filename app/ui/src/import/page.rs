//! The page: first the form for a file or pasted cells, then the preview of what was sent.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use domain::{
    counted::CountFrom,
    id::NodeId,
    import::{Plan, Preview, Table, rows_in_words},
    permission::Action,
    person::Actor,
};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use store::Target;
use uuid::Uuid;

use super::{
    plan::{self, Choice},
    preview::PreviewView,
    read_as::{ReadAs, ReadAsView},
    underlag::{self, Till},
};
use crate::{
    components::{
        Checkbox, ErrorSummary, FileField, FormState, Hidden, PageHead, SelectField, TextArea, TextField, load,
    },
    ctx::Ctx,
    error::AppError,
    place::{Place, join},
};

/// `/egenkontroll/importera`
#[component]
pub fn EgenkontrollImportPage() -> impl IntoView {
    page(Plan::Egenkontroll)
}

/// `/internkontroll/importera`
#[component]
pub fn InternkontrollImportPage() -> impl IntoView {
    page(Plan::Internkontroll)
}

/// The path that the form posts to and the preview stands on.
#[must_use]
pub fn path(plan: Plan) -> String {
    format!("/{}/importera", plan.code())
}

struct Data {
    place: Place,
    /// The units whose plan the person may change.
    units: Vec<(NodeId, String)>,
    today: NaiveDate,
    step: Step,
}

enum Step {
    /// Choose a file.
    Form,
    /// The table is not kept any longer.
    Gone,
    /// Several sheets can be meant: their names, and how many rows each has.
    Sheets { id: Uuid, choice: Choice, sheets: Vec<(String, usize)>, beyond: String },
    /// What was sent.
    Preview { id: Uuid, choice: Choice, preview: Result<Preview, AppError> },
}

fn page(plan: Plan) -> impl IntoView {
    // the address is read before anything is waited for: it belongs to the page, not to the transaction
    let place = Ctx::current().and_then(|ctx| Place::current(&ctx));
    load(async move {
        let Data { place, units, today, step } = data(plan, place?).await?;
        let sub = format!("{} · {}", place.unit_name, place.year);
        let back = place.link(&format!("/{}", plan.code()), today.year(), &[]);
        let read = if matches!(step, Step::Preview { .. }) { ReadAs::of(plan, &place) } else { ReadAs::default() };
        let content = match step {
            Step::Preview { id, choice, preview: Ok(preview) } => {
                EitherOf3::A(view! { <PreviewView id choice preview today read back=back.clone()/> })
            }
            Step::Sheets { id, choice, sheets, beyond } => {
                EitherOf3::B(view! { <ChooseSheet id choice sheets beyond back=back.clone()/> })
            }
            step => {
                let notice = match step {
                    Step::Gone => Some(
                        "Det du skickade finns inte kvar här. Om du nyss läste in det står raderna i planen. Annars: välj \
                         filen igen."
                            .to_owned(),
                    ),
                    Step::Preview { preview: Err(error), .. } => Some(error.message()),
                    _ => None,
                };
                // in other letters it may be a plan
                EitherOf3::C(view! {
                    <ReadAsView read/>
                    <UploadForm plan place units notice back=back.clone()/>
                })
            }
        };
        Ok(view! {
            <PageHead title=format!("Läs in {}", plan.noun()) sub>
                <a class="button secondary" href=back>"Till planen"</a>
            </PageHead>
            {content}
        })
    })
}

async fn data(plan: Plan, mut place: Place) -> Result<Data, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let may = |node: NodeId| actor.may(node, plan.area(), Action::Edit);
    let units: Vec<(NodeId, String)> = place.units.iter().filter(|(id, _)| may(*id)).cloned().collect();
    if !may(place.unit) {
        // somebody who did not choose a unit gets the first whose plan can be changed
        let first = units.first().filter(|_| !place.asked).cloned();
        (place.unit, place.unit_name) = first.ok_or(AppError::Forbidden)?;
    }
    let step = match place.get("underlag") {
        None => Step::Form,
        Some(id) => step(&ctx, &actor, plan, &place, id).await?,
    };
    Ok(Data { place, units, today: ctx.today, step })
}

async fn step(ctx: &Ctx, actor: &Arc<Actor>, plan: Plan, place: &Place, id: &str) -> Result<Step, AppError> {
    let Ok(id) = id.parse::<Uuid>() else { return Ok(Step::Gone) };
    let move_dates = place.get("flytta").is_some();
    let chosen = place.get("blad").and_then(|n| n.parse::<usize>().ok());
    let sheet = chosen.and_then(|n| n.checked_sub(1)).unwrap_or(0);
    let counted = place.get("raknas").and_then(CountFrom::from_code);
    let counted = counted.unwrap_or(CountFrom::preselected(place.year, ctx.today));
    let mut choice = Choice { plan, node: place.unit, year: place.year, move_dates, sheet, counted };
    let mut tx = ctx.read(Target::Node(choice.node, plan.area()), Action::Edit).await?;
    let kept = underlag::get(&mut tx, actor.person, &Till::plan(plan), id, ctx.now.timestamp()).await?;
    let Some(tables) = kept.map(|kept| kept.tables) else {
        return Ok(Step::Gone);
    };
    let table = match tables.as_slice() {
        [] => return Ok(Step::Gone),
        [one] => {
            choice.sheet = 0;
            one
        }
        many => {
            let Some(table) = many.get(sheet).filter(|_| chosen.is_some()) else {
                let sheets = many.iter().map(|table| (table.sheet().to_owned(), below_head(table))).collect();
                let beyond = many.first().map(|table| table.beyond().to_owned()).unwrap_or_default();
                return Ok(Step::Sheets { id, choice, sheets, beyond });
            };
            table
        }
    };
    let preview = plan::preview(&mut tx, &actor.tree, ctx.today, &choice, table).await;
    match preview {
        preview @ (Ok(_) | Err(AppError::Invalid(_))) => Ok(Step::Preview { id, choice, preview }),
        Err(error) => Err(error),
    }
}

/// About how many rows a sheet has: all but its head.
fn below_head(table: &Table) -> usize {
    table.rows().len().saturating_sub(1)
}

/// Several sheets of the workbook can be meant: each is a link to its preview.
#[component]
fn ChooseSheet(
    id: Uuid,
    choice: Choice,
    sheets: Vec<(String, usize)>,
    /// Which sheets nobody has looked at.
    beyond: String,
    back: String,
) -> impl IntoView {
    let head = format!("Vilket blad ska läsas in som {}?", choice.plan.noun());
    let count = sheets.len();
    let links = (0..)
        .zip(sheets)
        .map(|(sheet, (name, rows))| {
            let to = format!("{}#resultat", address(id, &Choice { sheet, ..choice }));
            view! { <li><a href=to>{name}</a> " " <span class="muted">{rows_in_words(rows)}</span></li> }
        })
        .collect_view();
    view! {
        <div class="stack">
            <h2 id="resultat" tabindex="-1">{head}</h2>
            <p>{format!("Arbetsboken har {count} blad som kan vara planen. Välj ett, så får du se varje rad innan något sparas.")}</p>
            <ul class="stack">{links}</ul>
            {(!beyond.is_empty()).then(|| view! { <div class="notice warn"><p>{beyond}</p></div> })}
            <p class="cluster">
                <a class="button secondary" href=back>"Avbryt"</a>
            </p>
        </div>
    }
}

/// The address of the preview of a kept table.
pub(super) fn address(id: Uuid, choice: &Choice) -> String {
    let mut query = vec![
        ("enhet".to_owned(), choice.node.to_string()),
        ("ar".to_owned(), choice.year.to_string()),
        ("underlag".to_owned(), id.to_string()),
        ("blad".to_owned(), (choice.sheet + 1).to_string()),
    ];
    if choice.move_dates {
        query.push(("flytta".to_owned(), "ja".to_owned()));
    }
    join(&path(choice.plan), &query)
}

/// A real form: it works before and without WASM.
#[component]
fn UploadForm(
    plan: Plan,
    place: Place,
    units: Vec<(NodeId, String)>,
    notice: Option<String>,
    back: String,
) -> impl IntoView {
    let action = path(plan);
    let state = FormState::of(&action, None);
    let unit = place.unit.to_string();
    let year = place.year.to_string();
    let choice_of_unit = if units.len() > 1 {
        let options = units.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        Either::Left(view! {
            <SelectField state=state.clone() name="enhet" label="Enhet" options value=unit required=true/>
        })
    } else {
        Either::Right(view! { <Hidden name="enhet" value=unit/> })
    };
    view! {
        <div class="stack loose">
            {notice.map(|text| view! { <div class="notice warn" role="alert"><p>{text}</p></div> })}
            <form class="form" method="post" action=action enctype="multipart/form-data">
                <ErrorSummary state=state.clone()/>
                <p>
                    "Välj en fil från Excel, eller kopiera tabellen i Excel och klistra in den. Du får se varje rad innan något \
                     sparas. Rader som redan finns i planen hoppas över."
                </p>
                {choice_of_unit}
                <TextField
                    state=state.clone()
                    name="ar"
                    label="Planens år"
                    value=year
                    required=true
                    short=true
                    inputmode="numeric"
                />
                // what is pasted or chosen lies elsewhere too: leaving the page asks nothing about it
                <div class="form" data-unkept="">
                    <FileField state=state.clone() help="xlsx eller CSV, högst 5 MB och 2 000 rader."/>
                    <TextArea
                        state=state.clone()
                        name="text"
                        label="Eller klistra in från Excel"
                        required=true
                        rows=5
                        help="Markera tabellen med rubrikraden i Excel, kopiera, och klistra in här."
                    />
                </div>
                <Checkbox state=state name="flytta" label="Flytta datum från ett annat år till planens år"/>
                <div class="form-actions">
                    <button class="button">"Förhandsgranska"</button>
                    <a class="button secondary" href=back>"Avbryt"</a>
                </div>
            </form>
            <ColumnHelp plan/>
        </div>
    }
}

/// What the columns are called and what to write in them, and the empty template.
#[component]
fn ColumnHelp(plan: Plan) -> impl IntoView {
    let rows = plan
        .columns()
        .iter()
        .map(|column| {
            view! {
                <tr>
                    <th scope="row">{column.label} {column.required.then_some(" *")}</th>
                    <td>{column.help}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Kolumnerna"</h2>
            <p>
                "Kolumnerna kan stå i vilken ordning som helst. De som är märkta med * måste finnas; hur ofta kan också visas \
                 med ett kryss i en kolumn per månad. "
                <a href=format!("/{}/mall.xlsx", plan.code())>"Hämta en tom mall för Excel"</a>
            </p>
            <div class="table-wrap" tabindex="0" role="region" aria-label="Kolumnerna">
                <table class="table dense">
                    <thead>
                        <tr>
                            <th scope="col">"Kolumn"</th>
                            <th scope="col">"Vad du skriver"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
