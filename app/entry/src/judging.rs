//! Wraps the table in which cases are judged. Saves each answer as it is given, says so per row once the server has it,
//! keeps and resends what did not arrive, and shows what others answer. The table inside is a complete form without this.

use leptos::{html, prelude::*};

use crate::saving::{Words, until_seen};

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod grid;

/// The listeners are on the one root: two hundred cases with ten criteria have no signals and no listeners of their own.
#[island]
pub fn Judging(
    /// Id of the run.
    run: String,
    /// Number of the last change that the table holds.
    seen: i64,
    /// How many answers there are to give.
    asked: i64,
    /// How many are given.
    answered: i64,
    /// Name of the person.
    me: String,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let words = RwSignal::new(Words::default());
    let said = RwSignal::new(Vec::<String>::new());
    let given = RwSignal::new(answered);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(root) = root.get_untracked() {
            let signals = browser::Signals { words, said, given };
            browser::start(root.into(), run.clone(), me.clone(), seen, signals);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (run, seen, me);
    view! {
        <div class="judging" node_ref=root>
            <p class="judge-status">
                <span class="judge-progress">{move || given.get()} " av " {asked} " svar"</span>
                <span class="judge-words" class:late=move || words.with(|w| w.wrong) role="status">
                    {move || words.with(|w| w.text.clone())}
                </span>
                {islands::login_link(move || !words.with(|w| w.out))}
            </p>
            {until_seen(said, "notice warn judge-said")}
            {children()}
        </div>
    }
}
