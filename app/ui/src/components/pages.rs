//! The pages of a long list: which rows are shown, and links to the pages near this one.

use leptos::prelude::*;

/// "Visar 1–50 av 212" and the links. Nothing where there is one page.
#[component]
pub fn Pages(
    /// The page that is shown, from 1.
    page: usize,
    /// Rows of a page.
    per_page: usize,
    /// Rows in all.
    total: usize,
    /// The address of a page.
    link: impl Fn(usize) -> String,
) -> impl IntoView {
    let pages = total.div_ceil(per_page).max(1);
    let first = (page - 1) * per_page + 1;
    let last = (page * per_page).min(total);
    let links = (1..=pages)
        .filter(|p| *p == 1 || *p == pages || p.abs_diff(page) <= 2)
        .map(|p| {
            let current = (p == page).then_some("page");
            view! { <li><a href=link(p) aria-current=current aria-label=format!("Sida {p}")>{p}</a></li> }
        })
        .collect_view();
    (pages > 1).then(|| {
        view! {
            <nav class="pagination" aria-label="Sidor">
                <p class="range">{format!("Visar {first}–{last} av {total}")}</p>
                <ul>{links}</ul>
            </nav>
        }
    })
}
