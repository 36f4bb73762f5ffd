//! The preview: every row of the file with what happens to it, what is wrong and where, and the button that writes.

use chrono::NaiveDate;
use domain::{
    counted::CountFrom,
    format,
    import::{Plan, Preview, PreviewRow, Problem, Verdict, rows_in_words},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{
    page::{address, path},
    plan::Choice,
    read_as::{ReadAs, ReadAsView},
};
use crate::{components::Hidden, place::join};

/// How many problems are listed above the table; the rows say the rest.
const LISTED: usize = domain::field::ERRORS_MAX;

#[component]
pub(super) fn PreviewView(
    id: Uuid,
    choice: Choice,
    preview: Preview,
    today: NaiveDate,
    read: ReadAs,
    back: String,
) -> impl IntoView {
    let moves = (preview.outside_year > 0 && !read.asks).then(|| {
        let to = format!("{}#resultat", address(id, &Choice { move_dates: true, ..choice }));
        let to = read.moved().unwrap_or(to);
        let rows = rows_in_words(preview.outside_year);
        view! {
            <div class="notice warn">
                <p>{format!("{rows} har datum som inte ligger i {}.", choice.year)}</p>
                <p><a class="button secondary" href=to>{format!("Flytta datumen till {}", choice.year)}</a></p>
            </div>
        }
    });
    // where it is chosen below, each choice says what it makes late
    let late = preview.late_sentence(today).filter(|_| preview.choices.is_empty());
    let late = late.map(|sentence| view! { <div class="notice warn"><p>{sentence}</p></div> });
    view! {
        <div class="stack">
            <h2 id="resultat" tabindex="-1">{preview.sentence()}</h2>
            <ReadAsView read=read.clone()/>
            <Problems preview=preview.clone()/>
            {moves}
            <Notes notes=preview.notes.clone()/>
            {late}
            {(!read.asks).then(|| view! { <Confirm id choice preview=preview.clone() today back/> })}
            <Rows plan=choice.plan preview/>
        </div>
    }
}

/// What to know about the file: which sheet was read, what was passed by.
#[component]
fn Notes(notes: Vec<String>) -> impl IntoView {
    if let [] | [_] = notes.as_slice() {
        let one = notes.into_iter().next();
        return one.map(|note| view! { <div class="notice"><p>{note}</p></div> }).into_any();
    }
    let count = notes.len();
    let more = count.saturating_sub(LISTED);
    let items = notes.into_iter().take(LISTED).map(|note| view! { <li>{note}</li> }).collect_view();
    view! {
        <div class="notice">
            <h3>{format!("{count} saker att veta om filen")}</h3>
            <ul>
                {items}
                {(more > 0).then(|| view! { <li>{format!("och {more} till")}</li> })}
            </ul>
        </div>
    }
    .into_any()
}

/// What must be mended, each with its row and column and a link to it.
#[component]
fn Problems(preview: Preview) -> impl IntoView {
    let faulty = preview.count(Verdict::Faulty);
    let more = preview.problems().count().saturating_sub(LISTED);
    let items = preview
        .problems()
        .take(LISTED)
        .map(|problem| {
            let (place, message) = (problem.place(), problem.message.clone());
            view! { <li><a href=format!("#rad-{}", problem.line)>{place}</a> ": " {message}</li> }
        })
        .collect_view();
    (faulty > 0).then(|| {
        view! {
            <div class="notice late" id="fel" tabindex="-1">
                <h3>{format!("{} behöver rättas", rows_in_words(faulty))}</h3>
                <ul>
                    {items}
                    {(more > 0).then(|| view! { <li>{format!("Och {more} till, markerade i tabellen nedan.")}</li> })}
                </ul>
                <p>
                    "Rätta i filen och läs in den igen. De rader som är rätta kan du läsa in nu: de hoppas över nästa gång."
                </p>
            </div>
        }
    })
}

#[component]
fn Confirm(id: Uuid, choice: Choice, preview: Preview, today: NaiveDate, back: String) -> impl IntoView {
    let new = preview.count(Verdict::New);
    let again = path(choice.plan);
    let again = join(&again, &[("enhet".into(), choice.node.to_string()), ("ar".into(), choice.year.to_string())]);
    if new == 0 {
        return view! {
            <p>"Det finns inget nytt att läsa in."</p>
            <p class="cluster">
                <a class="button" href=again>"Välj en annan fil"</a>
                <a class="button secondary" href=back>"Till planen"</a>
            </p>
        }
        .into_any();
    }
    view! {
        <form method="post" action=format!("{}/bekrafta", path(choice.plan))>
            <Hidden name="underlag" value=id.to_string()/>
            <Hidden name="enhet" value=choice.node.to_string()/>
            <Hidden name="ar" value=choice.year.to_string()/>
            <Hidden name="blad" value=(choice.sheet + 1).to_string()/>
            {choice.move_dates.then(|| view! { <Hidden name="flytta" value="on"/> })}
            {count_from(choice.counted, &preview, today)}
            <div class="form-actions">
                <button class="button">{format!("Läs in {}", rows_in_words(new))}</button>
                <a class="button secondary" href=again>"Välj en annan fil"</a>
                <a class="button secondary" href=back>"Avbryt"</a>
            </div>
        </form>
    }
    .into_any()
}

/// From when the plan is counted: each choice with what it makes late. What is chosen until somebody chooses is said.
fn count_from(chosen: CountFrom, preview: &Preview, today: NaiveDate) -> Option<impl IntoView> {
    let choices = preview
        .choices
        .iter()
        .map(|(choice, late)| {
            let said = match late {
                0 => "inget blir försenat".to_owned(),
                1 => "1 tillfälle blir försenat direkt".to_owned(),
                n => format!("{} tillfällen blir försenade direkt", format::int(i64::try_from(*n).unwrap_or(i64::MAX))),
            };
            view! {
                <label class="choice">
                    <input type="radio" name="raknas" value=choice.code() checked=*choice == chosen/>
                    <span>{format!("{}: {said}", choice.label(today))}</span>
                </label>
            }
        })
        .collect_view();
    let left_out = preview.left_out_sentence(chosen, today);
    (!preview.choices.is_empty()).then(|| {
        view! {
            <fieldset class="fieldset field" aria-describedby="raknas-hjalp">
                <legend>"Räkna från"</legend>
                <p class="help" id="raknas-hjalp">
                    "Planen läses in när en del av året har gått. Välj en tidigare månad om det som skulle ha gjorts sedan dess ska \
                     finnas med, till exempel för att ni gjorde det men inte har skrivit ner det. "
                    {left_out}
                </p>
                <div class="choices many-lines">{choices}</div>
            </fieldset>
        }
    })
}

#[component]
fn Rows(plan: Plan, preview: Preview) -> impl IntoView {
    let label = format!("Raderna i filen, {}", plan.noun());
    let figures: Vec<bool> = (0..preview.columns.len()).map(|column| holds_figures(&preview, column)).collect();
    let heads = preview
        .columns
        .iter()
        .zip(&figures)
        .map(|(name, num)| view! { <th scope="col" class:num=*num>{name.clone()}</th> })
        .collect_view();
    // what is wrong is said in words as often as above; beyond that a row says that it has to be mended
    let mut words = LISTED;
    let rows = preview
        .rows
        .iter()
        .map(|row| {
            let said = row.problems.len().min(words);
            words -= said;
            row_view(row, &preview.columns, &figures, said)
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="table dense import-preview">
                <thead>
                    <tr>
                        <th scope="col">"Rad"</th>
                        {heads}
                        <th scope="col">"Att veta"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Whether a column holds numbers or days only: they stand at the right and are not broken.
fn holds_figures(preview: &Preview, column: usize) -> bool {
    let mut cells =
        preview.rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ',' | ' ' | '%')))
}

fn row_view(row: &PreviewRow, columns: &[String], figures: &[bool], words: usize) -> impl IntoView + use<> {
    let (line, badge) = match row.verdict {
        Verdict::New => ("ok", "badge done"),
        Verdict::Faulty => ("error", "badge late"),
        Verdict::Duplicate => ("warn", "badge warn"),
        Verdict::AlreadyThere | Verdict::NotInPlan => ("", "badge"),
    };
    let bad = |column: &str| row.problems.iter().any(|p| p.column == column);
    let cells = columns
        .iter()
        .zip(figures)
        .zip(&row.cells)
        .map(|((column, num), cell)| view! { <td class:bad=bad(column) class:num=*num>{cell.clone()}</td> })
        .collect_view();
    let said = |problem: &Problem| {
        let message = problem.message.clone();
        if problem.column.is_empty() { message } else { format!("{}: {message}", problem.column) }
    };
    let problems = row.problems.iter().take(words).map(|p| view! { <p>{said(p)}</p> }).collect_view();
    view! {
        <tr class=line id=format!("rad-{}", row.line)>
            <th scope="row">{row.line} " " <span class=badge>{row.verdict.label()}</span></th>
            {cells}
            <td>
                {problems}
                {(!row.note.is_empty()).then(|| view! { <p>{row.note.clone()}</p> })}
            </td>
        </tr>
    }
}
