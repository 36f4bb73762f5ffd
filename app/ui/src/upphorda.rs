//! `/upphorda`: units that have ended, and what is said of them and of the years before a unit on its pages.

use chrono::{Datelike, NaiveDate};
use domain::{
    format,
    id::NodeId,
    organisation::{Tree, liv},
    permission::{Action, Area},
    person::Actor,
};
use leptos::prelude::*;

use crate::{
    components::{Empty, PageHead, load},
    ctx::Ctx,
    error::AppError,
    place::{Place, join},
};

/// Its path.
pub const PATH: &str = "/upphorda";

/// The units that have ended and whose plans the person sees, or that they administer, the latest first.
#[component]
pub fn UpphordaPage() -> impl IntoView {
    load(async move {
        let ctx = Ctx::current()?;
        let actor = ctx.actor()?;
        let seen: Vec<NodeId> = actor.ended_units().into_iter().map(|(id, _)| id).collect();
        let all = liv::ended_units(&actor.tree).into_iter();
        let rows: Vec<Row> = all
            .filter(|(node, _)| seen.contains(&node.id) || actor.administers(node.id))
            .map(|(node, to)| Row {
                id: node.id,
                name: node.name.clone(),
                to,
                became: actor.tree.efterfoljare(node.id).into_iter().map(|node| node.name.clone()).collect(),
                read: seen.contains(&node.id),
            })
            .collect();
        let content = if rows.is_empty() {
            view! {
                <Empty
                    title="Ingen enhet har upphört"
                    text="En enhet som har upphört eller slagits ihop med en annan finns kvar här, med sina planer, dokument, ärenden och sin historik."
                >
                    <p><a class="button secondary" href="/">"Till Att göra"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Rows rows/> }.into_any()
        };
        Ok::<_, AppError>(view! {
            <PageHead title="Upphörda enheter"/>
            {content}
        })
    })
}

struct Row {
    id: NodeId,
    name: String,
    to: NaiveDate,
    became: Vec<String>,
    /// Whether the person reads its plans.
    read: bool,
}

/// Where a unit is read: path and what it is called.
const PARTS: [(&str, &str); 8] = [
    ("/arshjul", "Årshjul"),
    ("/egenkontroll", "Egenkontroll"),
    ("/internkontroll", "Internkontroll"),
    ("/avvikelser", "Avvikelser"),
    ("/enkater", "Enkäter"),
    ("/apt", "Möten"),
    ("/atgarder", "Åtgärder"),
    ("/forslag", "Förslag"),
];

#[component]
fn Rows(rows: Vec<Row>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let link = |(path, label): (&str, &str)| {
                let query = [("enhet".to_owned(), row.id.to_string()), ("ar".to_owned(), row.to.year().to_string())];
                let name = format!("{label}, {}", row.name);
                view! { <a href=join(path, &query) aria-label=name>{label.to_owned()}</a> }
            };
            let parts = if row.read {
                view! { <div class="cluster">{PARTS.map(link).collect_view()}</div> }.into_any()
            } else {
                view! { <span class="muted">"Läses av dem som har en roll där"</span> }.into_any()
            };
            let names: Vec<&str> = row.became.iter().map(String::as_str).collect();
            view! {
                <tr>
                    <th scope="row">{row.name.clone()}</th>
                    <td>{format::date(row.to)}</td>
                    <td>{if names.is_empty() { "–".to_owned() } else { format::and(&names) }}</td>
                    <td>{parts}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="Upphörda enheter">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Enhet"</th>
                        <th scope="col">"Sista dag"</th>
                        <th scope="col">"Blev"</th>
                        <th scope="col">"Läs"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// What is said on a page of a unit that has ended, and on one of a year that began before the unit: what was there, by name, with a
/// link to each. Nothing on any other.
#[component]
pub fn UnitNotice(
    /// Where the page stands.
    place: Place,
    /// Path of the page.
    path: &'static str,
) -> impl IntoView {
    let Ok(actor) = Ctx::current().and_then(|ctx| ctx.actor()) else { return ().into_any() };
    let tree: &Tree = &actor.tree;
    if let Some(text) = liv::ended_words(tree, place.unit) {
        return view! {
            <div class="notice warn">
                <p>{text}</p>
                <p><a href=PATH>"Upphörda enheter"</a></p>
            </div>
        }
        .into_any();
    }
    let Some(text) = liv::before_words(tree, place.unit, place.year) else { return ().into_any() };
    let year = tree.liv(place.unit).map_or(place.year, |liv| liv.plan_year(place.year)).to_string();
    let may = actor.units_with_ended();
    let links = tree
        .foregangare(place.unit)
        .into_iter()
        .filter(|node| may.iter().any(|(id, _)| *id == node.id))
        .map(|node| {
            let href = place.with(path, &[("enhet", &node.id.to_string()), ("ar", &year)]);
            view! { <a href=href>{format!("{} {year}", node.name)}</a> }
        })
        .collect_view();
    let any = !links.is_empty();
    view! {
        <div class="notice">
            <p>{text}</p>
            {any.then(|| view! { <p class="cluster">{links}</p> })}
        </div>
    }
    .into_any()
}

/// A link to the units that have ended, for who sees any.
#[component]
pub fn UpphordaLink() -> impl IntoView {
    let any = Ctx::current().and_then(|ctx| ctx.actor()).is_ok_and(|actor| !actor.ended_units().is_empty());
    any.then(|| view! { <a href=PATH>"Upphörda enheter"</a> })
}

/// The predecessors of a unit whose figures the person may see in an area, by the rules that hold in their own lists; in the order
/// of the tree.
#[must_use]
pub(crate) fn seen_before(actor: &Actor, unit: NodeId, area: Area) -> Vec<(NodeId, String)> {
    let before = actor.tree.foregangare(unit).into_iter();
    let seen = before.filter(|node| actor.may(node.id, area, Action::View));
    seen.map(|node| (node.id, node.name.clone())).collect()
}

/// What is said where figures of a unit stand beside each other in time: since when it is, what was there before, and that their
/// figures are not put together with its own. None where nothing was before.
#[must_use]
pub(crate) fn apart_words(actor: &Actor, unit: NodeId, area: Area) -> Option<String> {
    let before = actor.tree.foregangare(unit);
    if before.is_empty() {
        return None;
    }
    let seen = seen_before(actor, unit, area);
    let hidden: Vec<&str> =
        before.iter().filter(|node| seen.iter().all(|(id, _)| *id != node.id)).map(|node| node.name.as_str()).collect();
    let since = liv::since_words(&actor.tree, unit)?;
    let hidden = if hidden.is_empty() {
        String::new()
    } else {
        format!(" Siffrorna för {} läses av dem som har en roll där.", format::and(&hidden))
    };
    Some(format!("{since} Deras siffror står för sig och räknas inte ihop med enhetens.{hidden}"))
}
