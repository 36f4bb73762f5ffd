//! A part of a document on the page: the same blocks are written to Word.

use domain::genomforande::documentation::Block;
use leptos::prelude::*;

/// The part.
pub fn document_block(block: Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2>{text}</h2> }.into_any(),
        Block::Text(text) => view! { <p class="prewrap">{text}</p> }.into_any(),
        Block::Facts(facts) => {
            let facts = facts
                .into_iter()
                .map(|(label, value)| view! { <dt>{label}</dt> <dd class="prewrap">{value}</dd> })
                .collect_view();
            view! { <dl class="dl">{facts}</dl> }.into_any()
        }
        Block::Table { caption, head, rows } => {
            let head = head.into_iter().map(|h| view! { <th scope="col">{h}</th> }).collect_view();
            let rows = rows
                .into_iter()
                .map(|cells| {
                    let mut cells = cells.into_iter();
                    let first = cells.next().unwrap_or_default();
                    let rest = cells.map(|c| view! { <td>{c}</td> }).collect_view();
                    view! { <tr><th scope="row">{first}</th> {rest}</tr> }
                })
                .collect_view();
            view! {
                <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
                    <table class="table">
                        <thead><tr>{head}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    }
}
