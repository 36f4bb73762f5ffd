//! Internkontroll: what the pages of its plan have of their own: the columns with their risk, and two levels of control. All else is that of a [`plan`].

pub mod api;
mod page;
mod series;

use domain::internkontroll::Content;
use leptos::prelude::*;

use crate::plan;

/// `/internkontroll`
#[component]
pub fn PlanPage() -> impl IntoView {
    plan::plan_page::<Content>()
}

/// `/internkontroll/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    plan::ny_page::<Content>()
}

/// `/internkontroll/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    plan::show_page::<Content>()
}

/// `/internkontroll/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    plan::edit_page::<Content>()
}
