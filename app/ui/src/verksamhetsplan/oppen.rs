//! What stands where a form of a plan would be, when nothing is written in the plan now.

use domain::verksamhetsplan::plan::{Innehall, Plan, State};
use leptos::prelude::*;

use super::PATH;

/// That the plan is closed for this, and the way to where it is opened. Empty when it is open.
pub fn sluten(plan: &Plan, what: Innehall) -> Option<AnyView> {
    let why = plan.closed(what)?;
    let to = format!("{PATH}/{}#gang", plan.id);
    let how = if plan.state == State::Forslag { "Ta tillbaka den till utkast" } else { "Öppna den för revidering" };
    Some(view! { <p class="notice info">{why} " " <a href=to>{how}</a> " för att kunna ändra det här."</p> }.into_any())
}

/// The form, or why there is none. What somebody had written when the plan was closed stays to read and copy: `back` says that it came back.
pub fn form_or_why(plan: &Plan, what: Innehall, back: bool, form: impl FnOnce() -> AnyView) -> AnyView {
    match sluten(plan, what) {
        None => form(),
        Some(why) if back => view! { {why} {form()} }.into_any(),
        Some(why) => why,
    }
}
