//! The history of a thing, newest first: who, when, what it said before and after.

use chrono_tz::Europe::Stockholm;
use domain::history::Entry;
use leptos::prelude::*;

use super::{Newest, Pages};

/// The list on the tab "Historik".
#[component]
pub fn HistoryList(entries: Vec<Entry>) -> impl IntoView {
    if entries.is_empty() {
        return view! { <p class="help">"Inget har hänt än."</p> }.into_any();
    }
    let shown = entries.len();
    view! { {timeline(entries)} <Newest asked=shown most=store::history::MOST what="ändringarna"/> }.into_any()
}

/// A page of a longer history.
#[component]
pub fn HistoryPage(
    /// What is on the page.
    entries: Vec<Entry>,
    /// The page, from 1.
    page: usize,
    /// Rows in all.
    total: usize,
    /// The address without the page.
    path: String,
) -> impl IntoView {
    if total == 0 {
        return view! { <p class="help">"Inget har hänt än."</p> }.into_any();
    }
    let link = move |page: usize| if page == 1 { path.clone() } else { format!("{path}&sida={page}") };
    view! { {timeline(entries)} <Pages page per_page=HISTORY_PAGE total link/> }.into_any()
}

/// Rows of a page of [`HistoryPage`].
pub const HISTORY_PAGE: usize = 50;

fn timeline(entries: Vec<Entry>) -> impl IntoView {
    let rows = entries
        .into_iter()
        .map(|entry| {
            let at = entry.at.with_timezone(&Stockholm);
            let who = if entry.who.is_empty() { "Programmet".to_owned() } else { entry.who };
            let changes = entry
                .changes
                .into_iter()
                .map(|c| {
                    let before = (!c.before.is_empty()).then(|| view! { <del>{c.before.clone()}</del> " " });
                    let after = if c.after.is_empty() {
                        view! { <em>"(tomt)"</em> }.into_any()
                    } else {
                        view! { <ins>{c.after.clone()}</ins> }.into_any()
                    };
                    view! { <li><span class="label">{c.label}": "</span>{before}{after}</li> }
                })
                .collect_view();
            view! {
                <li>
                    <p>
                        <strong>{entry.what}</strong>
                        {entry.tillfalle.map(|when| format!(" · {}", when.with_year()))}
                        " · " {who} " · "
                        <time datetime=entry.at.to_rfc3339()>{at.format("%Y-%m-%d %H.%M").to_string()}</time>
                    </p>
                    {(!entry.reason.is_empty()).then(|| view! { <p>"Varför: " {entry.reason}</p> })}
                    <ul class="changes">{changes}</ul>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{rows}</ol> }
}
