//! Administration: the organisation, its people and its groups. Only for those who may edit persons somewhere; what
//! they may change is what lies at or below the node where they are administrator.

use std::sync::Arc;

use domain::{field::FieldError, permission::Role, person::Actor};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{ctx::Ctx, error::AppError};

pub mod api;
mod dagar;
pub mod dagar_api;
mod flyttad;
pub mod group_api;
mod groups;
mod lista;
mod logga;
pub mod merge_api;
mod merge_groups;
mod merge_nodes;
mod organisation;
mod person;
mod persons;
mod slut;
mod tillbaka;

pub use dagar::DagarPage;
pub use groups::GrupperPage;
pub use lista::{ListaPage, PATH as LISTA};
pub use merge_nodes::SlaIhopPage;
pub use organisation::OrganisationPage;
pub use person::{NyPersonPage, PersonPage};
pub use persons::PersonerPage;

/// Who asks, when there is anything that the person may administer.
fn administrator(ctx: &Ctx) -> Result<Arc<Actor>, AppError> {
    let actor = ctx.actor()?;
    if actor.administers_something() { Ok(actor) } else { Err(AppError::Forbidden) }
}

/// The nodes in use that the actor may administer, as choices, indented as they lie in the tree.
fn node_choices(actor: &Actor) -> Vec<(String, String)> {
    actor
        .tree
        .walk()
        .into_iter()
        .filter(|(_, n)| actor.tree.in_use(n) && actor.administers(n.id))
        .map(|(depth, n)| (n.id.to_string(), format!("{}{}", "\u{a0}\u{a0}\u{a0}".repeat(depth), n.name)))
        .collect()
}

fn role_choices() -> Vec<(String, String)> {
    Role::ALL.into_iter().map(|r| (r.code().to_owned(), r.label().to_owned())).collect()
}

/// Choices with a first line that chooses nothing.
fn with_blank(label: &str, mut choices: Vec<(String, String)>) -> Vec<(String, String)> {
    choices.insert(0, (String::new(), label.to_owned()));
    choices
}

/// A fault of one field.
fn invalid(field: &str, message: &str) -> AppError {
    AppError::Invalid(vec![FieldError { field: field.to_owned(), message: message.to_owned() }])
}

/// A parameter of the path.
fn param(key: &str) -> String {
    use_params_map().get_untracked().get(key).unwrap_or_default()
}

/// A parameter of the query; empty when it is absent.
fn query(key: &str) -> String {
    use_query_map().get_untracked().get(key).unwrap_or_default()
}

/// The parts of the administration.
#[component]
pub(crate) fn AdminTabs(
    /// Path of the part that is open.
    current: &'static str,
) -> impl IntoView {
    let all = Ctx::current().and_then(|ctx| ctx.actor()).is_ok_and(|actor| actor.looks_after_all());
    let tabs = [("/admin", "Organisation"), ("/admin/personer", "Personer"), ("/admin/grupper", "Grupper")]
        .into_iter()
        .chain(all.then_some((crate::sakerhet::PATH, "Säkerhet")))
        .map(|(path, label)| {
            view! { <li><a href=path aria-current=(path == current).then_some("page")>{label}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label="Administration">
            <ul>{tabs}</ul>
        </nav>
    }
}

/// "Uppgifter" and "Historik" of one thing.
#[component]
fn ThingTabs(
    /// Link to the first tab.
    path: String,
    /// Link to the tab of the history.
    history: String,
    /// Whether the history is open.
    is_history: bool,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label="Delar">
            <ul>
                <li><a href=path aria-current=(!is_history).then_some("page")>"Uppgifter"</a></li>
                <li><a href=history aria-current=is_history.then_some("page")>"Historik"</a></li>
            </ul>
        </nav>
    }
}
