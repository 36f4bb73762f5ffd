//! Puts a block of cells that was copied in a spreadsheet into the grid of a series, and takes it out again. What it fills waits to be
//! saved as what is typed does: the form is sent once, and the server says at each cell what is wrong with it.

use leptos::{html, prelude::*};

#[cfg(feature = "hydrate")]
mod browser;

/// What is said of the last block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
struct Said {
    text: String,
    /// Something of it is not in the grid.
    is_left: bool,
    /// It is in the grid, and can be taken out.
    is_in: bool,
}

/// Stands in the form of the grid, and hears what is pasted there. What is said stays until somebody has seen it.
#[island]
pub fn Klistra() -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let said = RwSignal::new(Said::default());
    let listens = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(root) = root.get_untracked() {
            browser::start(root.into(), said);
            listens.set(true);
        }
    });
    view! {
        <div class="stack tight" node_ref=root>
            <p class="help" hidden=move || !listens.get()>
                "Du kan klistra in flera rutor från Excel: ställ markören i rutan längst upp till vänster."
            </p>
            <div role="status">
                {move || {
                    let Said { text, is_left, is_in } = said.get();
                    (!text.is_empty())
                        .then(|| {
                            let class = if is_left { "notice warn" } else { "notice info" };
                            view! {
                                <div class=class>
                                    <p>{text}</p>
                                    <p class="cluster">
                                        <button type="button" class="button secondary small" data-angra="" hidden=!is_in>
                                            "Ångra inklistringen"
                                        </button>
                                        <button type="button" class="button quiet small" data-sett="">
                                            "Jag har sett det"
                                        </button>
                                    </p>
                                </div>
                            }
                        })
                }}
            </div>
        </div>
    }
}
