//! Egenkontroll: what the pages of its plan have of their own: the columns, and the control that a row has. All else is that of a [`plan`].

pub mod api;
mod page;

use domain::egenkontroll::Content;
use leptos::prelude::*;

use crate::plan;

/// `/egenkontroll`
#[component]
pub fn PlanPage() -> impl IntoView {
    plan::plan_page::<Content>()
}

/// `/egenkontroll/ny`
#[component]
pub fn NyPage() -> impl IntoView {
    plan::ny_page::<Content>()
}

/// `/egenkontroll/{id}`
#[component]
pub fn ShowPage() -> impl IntoView {
    plan::show_page::<Content>()
}

/// `/egenkontroll/{id}/redigera`
#[component]
pub fn EditPage() -> impl IntoView {
    plan::edit_page::<Content>()
}
