//! Wraps the table of the outcomes of a plan. Saves each cell as it is left, shows what the server says of its row, keeps and resends what did
//! not arrive, and shows what others write. The table inside is a complete form without this.

use leptos::{html, prelude::*};

use crate::saving::{Words, until_seen};

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(any(feature = "hydrate", test))]
mod ko;

/// The listeners are on the one root: no cell has signals or listeners of its own.
#[island]
pub fn Utfall(
    /// Id of the plan.
    plan: String,
    /// The period.
    period: String,
    /// Number of the last change that the table holds.
    nr: i64,
    /// When something was saved last: "Sparat 14.02"; may be empty.
    sparat: String,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let words = RwSignal::new(Words { text: sparat, ..Words::default() });
    let said = RwSignal::new(Vec::<String>::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(root) = root.get_untracked() {
            browser::start(root.into(), plan.clone(), period.clone(), nr, (words, said));
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (plan, period, nr);
    view! {
        <div class="utfall" node_ref=root>
            <p class="utfall-sparat">
                <span class:late=move || words.with(|w| w.wrong) role="status">{move || words.with(|w| w.text.clone())}</span>
                {islands::login_link(move || !words.with(|w| w.out))}
            </p>
            {until_seen(said, "notice warn")}
            {children()}
        </div>
    }
}
