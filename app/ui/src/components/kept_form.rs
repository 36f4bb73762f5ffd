//! A form that was posted after the session had ended, and whose content may not lie in any session: everything is kept on
//! the page, and sent from it after login in another tab.

use leptos::prelude::*;

use super::PageHead;
use crate::ctx::Ctx;

/// What was typed, and how to go on.
#[component]
pub fn KeptForm(
    /// The request's; what was posted is in its flash.
    ctx: Ctx,
    /// The address that it is posted to again.
    action: String,
    /// What is not saved yet, as a sentence.
    what: &'static str,
    /// The words of the button, which stand in the sentence before it too.
    button: &'static str,
) -> impl IntoView {
    let fields = ctx.flash.submitted.as_ref().map(|s| s.fields.clone()).unwrap_or_default();
    let kept =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <PageHead title="Du har blivit utloggad"/>
        <section class="card">
            <div class="card-body">
                <p>{what}</p>
                <ol>
                    <li><a href=islands::contract::LOG_IN target="_blank" rel="noopener">"Logga in i en ny flik"</a></li>
                    <li>{format!("Kom tillbaka hit och välj {button}.")}</li>
                </ol>
                <form method="post" action=action>
                    {kept}
                    <button class="button">{button}</button>
                </form>
            </div>
        </section>
    }
}
