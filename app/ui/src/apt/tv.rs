//! Tv: where the short code of a wall screen is typed, by somebody in front of a television and without a login.

use leptos::prelude::*;

use crate::components::{ErrorSummary, FormState, PageTitle, TextField};

/// Where the code is typed; `server/web` owns what comes of it.
pub const TV: &str = "/tv";

/// `/tv`
#[component]
pub fn TvPage() -> impl IntoView {
    let state = FormState::of(TV, None);
    view! {
        <PageTitle text="Skärm på en tv – Kvalitetshjulet"/>
        <section class="card">
            <div class="card-body">
                <h1>"Skärm på en tv"</h1>
                <p>"Koden får du av den som sköter skärmen, under APT och Skärmar. Den gäller i en kvart."</p>
                <form class="form" method="post" action=TV novalidate>
                    <ErrorSummary state=state.clone()/>
                    <TextField state name="kod" label="Kod, tio siffror" autocomplete="off" required=true/>
                    <button class="button wide" type="submit">"Visa skärmen"</button>
                </form>
            </div>
        </section>
    }
}
