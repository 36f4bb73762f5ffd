//! The month grid: rows × January–December, as in the units' own tables. A cell that can be ticked off opens in place.

use chrono::{Datelike, NaiveDate};
use domain::{
    format,
    occurrence::{Item, Status, When},
    schedule::Category,
};
use leptos::prelude::*;

use super::{MOVE_KEYS, MoveForm, StatusMark, moves, rows::QuickTick};

/// A row of the grid.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// What it is.
    pub title: String,
    /// Where it stands.
    pub href: String,
    /// A line under it: number, target, level.
    pub sub: String,
    /// Who carries it out.
    pub who: String,
    /// The ring it is on.
    pub category: Category,
    /// Its occurrences of the year.
    pub items: Vec<Item>,
}

/// Rows under a heading; an empty heading shows none.
#[derive(Clone, Debug)]
pub struct GridGroup {
    /// Heading.
    pub heading: String,
    /// Its rows.
    pub rows: Vec<GridRow>,
}

/// The grid of a year.
#[component]
pub fn MonthGrid(
    /// The year shown.
    year: i32,
    /// Today.
    today: NaiveDate,
    /// The rows.
    groups: Vec<GridGroup>,
    /// What the first column holds.
    first: &'static str,
    /// What a screen reader calls the table.
    label: String,
) -> impl IntoView {
    let now = (today.year() == year).then_some(today.month());
    // a column that says the same in each row is said once
    let mut whose: Vec<&str> = groups.iter().flat_map(|g| &g.rows).map(|row| row.who.as_str()).collect();
    let rows = whose.len();
    whose.dedup();
    let of_all = (rows > 1 && whose.len() == 1).then(|| whose[0].to_owned());
    let movable = groups.iter().flat_map(|g| &g.rows).flat_map(|row| &row.items).find(|i| i.can_be_moved()).cloned();
    let (with_who, columns) = (of_all.is_none(), if of_all.is_none() { "14" } else { "13" });
    let head = (1..=12)
        .map(|m: u32| {
            let (is_now, tertial) = (now == Some(m), m > 1 && m % 4 == 1);
            view! {
                <th scope="col" class:now=is_now class:tertial=tertial>
                    <span aria-hidden="true">{format::month_short(m)}</span>
                    <span class="visually-hidden">
                        {format::month_name(m)} {is_now.then_some(", denna månad")}
                    </span>
                </th>
            }
        })
        .collect_view();
    let body = groups
        .into_iter()
        .map(|group| {
            let heading = (!group.heading.is_empty()).then(|| {
                let class = group.rows.first().map(|r| format!("dot cat-{}", r.category.code()));
                view! {
                    <tr class="group">
                        <th colspan=columns scope="colgroup"><span class=class></span> {group.heading}</th>
                    </tr>
                }
            });
            let rows = group.rows.into_iter().map(|row| grid_row(row, now, today, with_who)).collect_view();
            view! { <tbody>{heading} {rows}</tbody> }
        })
        .collect_view();
    let of_all = of_all.filter(|who| !who.is_empty());
    view! {
        {of_all.map(|who| view! { <p class="muted">{format!("Alla utförs av: {who}")}</p> })}
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="month-grid">
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        {with_who.then(|| view! { <th scope="col" class="who">"Utförs av"</th> })}
                        {head}
                    </tr>
                </thead>
                {body}
            </table>
        </div>
        <MoveForm first=movable today/>
    }
}

fn grid_row(row: GridRow, now: Option<u32>, today: NaiveDate, with_who: bool) -> impl IntoView {
    let cells = (1..=12)
        .map(|m: u32| {
            let (is_now, tertial) = (now == Some(m), m > 1 && m % 4 == 1);
            let (here, moved): (Vec<&Item>, Vec<&Item>) = (
                row.items.iter().filter(|i| i.occurrence.month() == m).collect(),
                row.items.iter().filter(|i| i.moved_from().is_some_and(|from| from.month() == m)).collect(),
            );
            let content = cell(&here, m, &row, today).or_else(|| moved.first().map(|item| ghost(item)));
            view! {
                <td class:now=is_now class:tertial=tertial>
                    {content}
                </td>
            }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=row.href.clone()>{row.title.clone()}</a>
                {(!row.sub.is_empty()).then(|| view! { <span class="sub">{row.sub.clone()}</span> })}
            </th>
            {with_who.then(|| view! { <td class="who">{row.who.clone()}</td> })}
            {cells}
        </tr>
    }
}

/// A month without anything is blank; with one time it is its mark, with several the most urgent mark and a count.
fn cell(items: &[&Item], month: u32, row: &GridRow, today: NaiveDate) -> Option<AnyView> {
    let most_urgent = items.iter().min_by_key(|i| (i.status(today), i.occurrence.due))?;
    let status = most_urgent.status(today);
    let id = most_urgent.occurrence.id;
    // of several weeks or days in a month the mark is that of one: it says which
    let when = most_urgent.week_or_day().map_or_else(|| format::month_name(month).to_owned(), When::label);
    let mut label = format!("{}, {when}: {}", row.title, most_urgent.status_words(today).to_lowercase());
    let result = most_urgent.figures_label();
    if items.len() == 1 && !result.is_empty() {
        label = format!("{label}, {result}");
    }
    let done = items.iter().filter(|i| !i.occurrence.state.is_open()).count();
    if items.len() > 1 {
        // as it stands in the cell
        label = format!("{label}, {done}/{} klara i {}", items.len(), format::month_name(month));
    }
    let count = (items.len() > 1).then(|| view! { <span class="n">{format!("{done}/{}", items.len())}</span> });
    let mark = view! { <StatusMark status category=row.category/> };
    // of several the mark is that of one: which of them would be moved is not seen
    let moved = moves(most_urgent).filter(|_| items.len() == 1);
    let titel = moved.is_some().then(|| most_urgent.name(today));
    let keys = moved.is_some().then_some(MOVE_KEYS);
    let several = (items.len() > 1 && items.iter().any(|item| item.can_be_moved()))
        .then_some("Flera tillfällen i månaden. Öppna raden för att flytta ett av dem.");
    let due_now = matches!(status, Status::Forsenad | Status::Pagar);
    Some(if most_urgent.may_tick && due_now {
        let popover = format!("bocka-{id}");
        let item = (*most_urgent).clone();
        view! {
            <button
                class="cell"
                popovertarget=popover.clone()
                aria-label=format!("{label}. Bocka av")
                data-flytt=moved
                data-titel=titel
                aria-keyshortcuts=keys
                title=several
            >
                {mark} {count}
            </button>
            <div class="popover" popover="auto" id=popover>
                <h2>{item.title.clone()}</h2>
                <p>
                    {format::capitalised(&when)} " · " {status.label()}
                    {(!item.responsible_label.is_empty()).then(|| format!(" · {}", item.responsible_label))}
                </p>
                <div class="cluster">
                    <QuickTick item=item.clone() today/>
                    <a class="button secondary small" href=format!("/forekomster/{id}")>
                        {if item.kind().finding.is_demanded() { "Avvikelse, flytta …" } else { "Med resultat, flytta …" }}
                    </a>
                </div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <a
                class="cell"
                href=most_urgent.href()
                aria-label=label
                data-flytt=moved
                data-titel=titel
                aria-keyshortcuts=keys
                title=several
            >
                {mark} {count}
            </a>
        }
        .into_any()
    })
}

/// Where something stood before it was moved.
fn ghost(item: &Item) -> AnyView {
    let to = item.week_or_day().map_or_else(|| format::month_name(item.occurrence.month()).to_owned(), When::label);
    view! {
        <a class="cell moved" href=format!("/forekomster/{}", item.occurrence.id) aria-label=format!("{}, flyttad till {to}", item.title)>
            <span aria-hidden="true">"→"</span>
        </a>
    }
    .into_any()
}
