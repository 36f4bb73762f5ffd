//! What the two plan pages share: unit and year, grid or list, search, import and export, copying, what was removed.

use chrono::{Datelike, NaiveDate};
use domain::{counted::CountFrom, format, text::compared};
use leptos::prelude::*;

use super::{ErrorSummary, FormState, Hidden, PageHead, TextArea, YearSwitch};
use crate::place::Place;
use crate::upphorda::{UnitNotice, UpphordaLink};

/// What a plan page is about.
#[derive(Clone, Debug)]
pub struct PlanKind {
    /// Heading: "Egenkontrollplan".
    pub title: &'static str,
    /// Path of the page.
    pub path: &'static str,
    /// Path of the form that copies the plan.
    pub copy: &'static str,
}

/// Heading, unit and year, the views, search, and the actions of those who may edit.
#[component]
pub fn PlanHead(
    /// Which plan.
    kind: PlanKind,
    /// Where the page stands.
    place: Place,
    /// Today.
    today: NaiveDate,
    /// "41 av 68 utförda".
    sentence: String,
    /// Number of rows in the plan.
    rows: usize,
    /// Whether the person may change the plan.
    may_edit: bool,
) -> impl IntoView {
    let PlanKind { title, path, copy } = kind;
    let this_year = today.year();
    let list = place.get("vy") == Some("lista");
    let sub = format!("{} · {sentence}", place.unit_name);
    let at = |suffix: &str| place.link(&format!("{path}{suffix}"), this_year, &[]);
    let next = place.year + 1;
    let edit = (may_edit).then(|| {
        let copy_form = (rows > 0).then(|| {
            view! {
                <form class="cluster" method="post" action=copy>
                    <Hidden name="node" value=place.unit.to_string()/>
                    <Hidden name="from" value=place.year.to_string()/>
                    {copied_from(next, today)}
                    <button class="button secondary">{format!("Kopiera till {next}")}</button>
                </form>
            }
        });
        view! {
            {copy_form}
            <a class="button secondary" href=at("/importera")>"Läs in"</a>
            <a class="button" href=at("/ny")>"Ny kontroll"</a>
        }
    });
    let units = (place.units.len() > 1).then(|| view! { <UnitSwitch place=place.clone() path/> });
    let (unit, year) = (place.unit.to_string(), place.year.to_string());
    let export =
        crate::place::join(&format!("{path}/export.xlsx"), &[("enhet".to_owned(), unit), ("ar".to_owned(), year)]);
    view! {
        <PageHead title=format!("{title} {}", place.year) sub>
            <a class="button secondary" href=export download="">
                "Till Excel"
            </a>
            {edit}
        </PageHead>
        <UnitNotice place=place.clone() path/>
        <div class="filter-bar">
            <nav class="segmented" aria-label="Visa som">
                <a href=place.with(path, &[("vy", "")]) aria-current=(!list).then_some("true")>"Månader"</a>
                <a href=place.with(path, &[("vy", "lista")]) aria-current=list.then_some("true")>"Lista"</a>
            </nav>
            <YearSwitch place=place.clone() path/>
            {units}
            <Search place=place.clone() path/>
        </div>
    }
}

/// From when a copy for a year that has months behind it is counted.
fn copied_from(year: i32, today: NaiveDate) -> Option<impl IntoView> {
    let choices = CountFrom::choices(year, today);
    let options = choices
        .iter()
        .map(|choice| view! { <option value=choice.code()>{format!("räkna {}", choice.words(today))}</option> })
        .collect_view();
    (!choices.is_empty()).then(|| {
        view! {
            <label class="visually-hidden" for="kopia-fran">"Räkna kopian från"</label>
            <select id="kopia-fran" name="counted_from">{options}</select>
        }
    })
}

/// What else the page's URL asks for, carried along in a form that chooses `name` anew.
fn kept(place: &Place, name: &str) -> impl IntoView + use<> {
    let others = place.query.iter().filter(|(k, _)| k != name);
    others.map(|(k, v)| view! { <input type="hidden" name=k.clone() value=v.clone()/> }).collect_view()
}

/// Chooses between the units that the person sees.
#[component]
pub fn UnitSwitch(
    /// Where the page stands.
    place: Place,
    /// Path of the page.
    path: &'static str,
) -> impl IntoView {
    let options = place
        .units
        .iter()
        .map(|(id, name)| {
            let selected = *id == place.unit;
            view! { <option value=id.to_string() selected=selected>{name.clone()}</option> }
        })
        .collect_view();
    view! {
        <form class="cluster" method="get" action=path>
            {kept(&place, "enhet")} <label class="visually-hidden" for="valj-enhet">"Enhet"</label>
            <select id="valj-enhet" name="enhet" data-submit="">{options}</select>
            <noscript><button class="button secondary small">"Byt enhet"</button></noscript>
            <UpphordaLink/>
        </form>
    }
}

/// Searches the rows of the page; what is searched for stands in the URL.
#[component]
pub fn Search(
    /// Where the page stands.
    place: Place,
    /// Path of the page.
    path: &'static str,
    /// What the field says.
    #[prop(default = "Sök i planen")]
    what: &'static str,
) -> impl IntoView {
    let value = place.get("q").unwrap_or_default().to_owned();
    view! {
        <form class="cluster" method="get" action=path role="search">
            {kept(&place, "q")} <label class="visually-hidden" for="sok">{what}</label>
            <input id="sok" type="search" name="q" value=value placeholder=what/>
            <button class="button secondary small">"Sök"</button>
        </form>
    }
}

/// Rows that were removed, with a way back, and what was done of them: that counts in the year as before.
#[component]
pub fn RemovedRows(
    /// Title, where the row stands, and how many times of it were done.
    rows: Vec<(String, String, usize)>,
) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let count = format::int(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        let list = rows
            .into_iter()
            .map(|(title, href, done)| {
                let done = match done {
                    0 => String::new(),
                    1 => ", 1 gång utförd".to_owned(),
                    n => format!(", {n} gånger utförd"),
                };
                view! { <li><a href=href>{title}</a> {done}</li> }
            })
            .collect_view();
        view! {
            <details class="disclosure">
                <summary>{format!("Borttagna ur planen ({count})")}</summary>
                <ul>{list}</ul>
            </details>
        }
    })
}

/// Whether any of the texts holds what is searched for, as texts are compared.
#[must_use]
pub fn found(query: Option<&str>, texts: &[&str]) -> bool {
    let Some(query) = query else { return true };
    let query = compared(query.trim());
    texts.iter().any(|t| compared(t).contains(&query))
}

/// A header that sorts: once from the beginning, once more from the end, then as the page has it by itself.
#[component]
pub fn SortHead<'a>(
    /// What the table is sorted by; with `-` before it from the other end.
    now: String,
    /// What this column is called in the URL.
    key: &'static str,
    /// Its words.
    label: &'static str,
    /// Where a column leads.
    link: &'a dyn Fn(&str) -> String,
    /// Whether it holds figures.
    #[prop(optional)]
    num: bool,
    /// Whether the most comes first, and then the least.
    #[prop(optional)]
    most_first: bool,
) -> impl IntoView + use<> {
    let down = format!("-{key}");
    let (first, second) = if most_first { ("descending", "ascending") } else { ("ascending", "descending") };
    let (sorted, next) = if now == key {
        (Some(first), down)
    } else if now == down {
        (Some(second), String::new())
    } else {
        (None, key.to_owned())
    };
    view! {
        <th scope="col" class="sortable" class:num=num aria-sort=sorted>
            <a href=link(&next)>{label}</a>
        </th>
    }
}

/// The header of a column of a page; the order stands in its URL.
#[must_use]
pub fn sort_head(place: &Place, path: &'static str, key: &'static str, label: &'static str) -> AnyView {
    sorted_by(place, path, (key, label), false)
}

/// The same of a column that sorts the most first.
#[must_use]
pub fn sort_head_down(place: &Place, path: &'static str, key: &'static str, label: &'static str) -> AnyView {
    sorted_by(place, path, (key, label), true)
}

fn sorted_by(
    place: &Place,
    path: &'static str,
    (key, label): (&'static str, &'static str),
    most_first: bool,
) -> AnyView {
    let now = place.get("sortera").unwrap_or_default().to_owned();
    let link = |sort: &str| place.with(path, &[("sortera", sort)]);
    view! { <SortHead now key label link=&link most_first/> }.into_any()
}

/// What the page of a removed control says of it.
pub const REMOVED: &str = "Kontrollen är borttagen ur planen. Det som är utfört finns kvar och räknas. Tillfällen som inte var gjorda \
                           visas ingenstans och kan inte bockas av; återställs kontrollen är de tillbaka.";

/// The tabs of a control's page.
#[component]
pub fn Tabs(path: String, history: bool) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label="Flikar">
            <a href=path.clone() aria-current=(!history).then_some("page")>"Kontroll"</a>
            <a href=format!("{path}?flik=historik") aria-current=history.then_some("page")>"Historik"</a>
        </nav>
    }
}

/// Removing something with a reason, and putting it back where that can be done.
#[component]
pub fn Removal(
    /// Id of the thing.
    id: String,
    /// Whether it is in use.
    active: bool,
    /// Path of the form that removes it.
    remove: &'static str,
    /// Path of the form that puts it back; without one it cannot be.
    #[prop(optional)]
    restore: Option<&'static str>,
    /// What it is taken from: "Ta bort ur planen".
    words: &'static str,
) -> impl IntoView {
    if !active {
        return restore
            .map(|restore| {
                view! {
                    <form method="post" action=restore>
                        <Hidden name="id" value=id/>
                        <button class="button secondary">"Återställ till planen"</button>
                    </form>
                }
            })
            .into_any();
    }
    let state = FormState::of(remove, Some(("id", &id)));
    let help = if restore.is_some() {
        "Det som redan är utfört finns kvar. Den kan återställas."
    } else {
        "Det som redan är utfört finns kvar."
    };
    view! {
        <details class="disclosure" open=state.is_back()>
            <summary>{words}</summary>
            <form class="form" method="post" action=remove>
                <ErrorSummary state=state.clone()/>
                <Hidden name="id" value=id/>
                <TextArea state=state.clone() name="reason" label="Varför tas den bort?" required=true help/>
                <div class="form-actions">
                    <button class="button danger">"Ta bort"</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
