//! What a table that saves each cell as it is left says of the saving.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
pub use browser::{ASK, Saving};

/// What the line over the table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The sentence.
    pub text: String,
    /// Something is not saved.
    pub wrong: bool,
    /// Because nobody is logged in.
    pub out: bool,
}

/// Sentences that stay until somebody says that they are seen. `class` is of the box around them.
pub fn until_seen(said: RwSignal<Vec<String>>, class: &'static str) -> impl IntoView {
    let list = move || {
        let sentences = said.get();
        (!sentences.is_empty()).then(|| {
            let items = sentences.into_iter().map(|s| view! { <li>{s}</li> }).collect_view();
            view! {
                <div class=class>
                    <ul>{items}</ul>
                    <button type="button" class="button secondary small" on:click=move |_| said.set(vec![])>
                        "Jag har sett det"
                    </button>
                </div>
            }
        })
    };
    view! { <div role="alert">{list}</div> }
}
