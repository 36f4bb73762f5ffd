//! Document: the run as "dokumentation av egenkontroll", to print or to open in Word.

use std::sync::Arc;

use domain::{
    genomforande::documentation::{Block, Documentation},
    id::GenomforandeId,
    person::Actor,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::load::Data;
use crate::{
    components::{PageHead, load},
    ctx::Ctx,
    error::AppError,
};

/// The document of a run, for the Word file.
pub async fn document(ctx: Ctx, actor: Arc<Actor>, id: GenomforandeId) -> Result<Documentation, AppError> {
    let data = Data::read(ctx, actor, id).await?;
    let when = data.when();
    Ok(data.parts(&when).document())
}

/// `/genomforanden/{id}/dokumentation`
#[component]
pub fn DokumentationPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let data = Data::of(&id).await?;
        let when = data.when();
        let Documentation { title, sub, blocks } = data.parts(&when).document();
        let path = format!("/genomforanden/{}", data.run.id);
        let blocks = blocks.into_iter().map(block).collect_view();
        Ok(view! {
            <PageHead title sub>
                <a class="button" href=format!("{path}/dokumentation.docx") download="">"Till Word"</a>
                <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
                <a class="button secondary" href=path.clone()>"Till genomförandet"</a>
            </PageHead>
            <article class="document stack">{blocks}</article>
        })
    })
}

fn block(block: Block) -> AnyView {
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
