//! A part of a document on the page: the same blocks are written to Word and to PDF. A text that is read from right to left
//! begins at the right in all three.

use domain::{
    genomforande::documentation::{Block, Documentation},
    paper,
};
use leptos::prelude::*;

/// What the PDF of a document cannot show, said before it is approved or sent. `until`: what the text can be changed before.
pub fn paper_notice(document: &Documentation, until: Option<&str>) -> Option<AnyView> {
    let text = paper::sentence(&paper::missing(document), until)?;
    Some(view! { <p class="notice warn no-print" dir="ltr">{text}</p> }.into_any())
}

/// The part.
pub fn document_block(block: Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2 dir="auto">{text}</h2> }.into_any(),
        Block::Text(text) => view! { <p class="prewrap" dir="auto">{text}</p> }.into_any(),
        Block::Facts(facts) => {
            let facts = facts
                .into_iter()
                .map(|(label, value)| view! { <dt>{label}</dt> <dd class="prewrap" dir="auto">{value}</dd> })
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
                    let rest = cells.map(|c| view! { <td dir="auto">{c}</td> }).collect_view();
                    view! { <tr><th scope="row" dir="auto">{first}</th> {rest}</tr> }
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
