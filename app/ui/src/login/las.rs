//! Lås: the page that asks for the password before the content of cases is shown again.

use islands::contract::UNLOCK;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{ErrorSummary, FormState, Hidden, PageHead, TextField};

/// Asks for the password and leads back.
#[component]
pub fn LasPage() -> impl IntoView {
    let till = use_query_map().get_untracked().get("till").unwrap_or_else(|| "/".to_owned());
    let state = FormState::of(UNLOCK, None);
    view! {
        <PageHead title="Ärendena är låsta" sub="Ingen har rört tangenter eller skärm på en halvtimme."/>
        <section class="card narrow" data-last-sida="">
            <div class="card-body">
                <form class="form" method="post" action=UNLOCK novalidate>
                    <ErrorSummary state=state.clone()/>
                    <p>"Skriv ditt lösenord, så kommer du tillbaka dit du var. Det du har skrivit finns kvar."</p>
                    <Hidden name="till" value=till/>
                    <TextField
                        state
                        name="password"
                        label="Lösenord"
                        kind="password"
                        autocomplete="current-password"
                        required=true
                    />
                    <div class="form-actions"><button class="button">"Lås upp"</button></div>
                </form>
            </div>
        </section>
    }
}
