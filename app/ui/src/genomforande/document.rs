//! Document: the run as "dokumentation av egenkontroll", to print or to open in Word.

use std::sync::Arc;

use domain::{dokument::Dokument, id::GenomforandeId, person::Actor};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::load::Data;
use crate::{
    components::{PageHead, document_blocks, document_logo, load, paper_notice},
    ctx::Ctx,
    error::AppError,
};

/// The document of a run, for the Word file.
pub async fn document(ctx: Ctx, actor: Arc<Actor>, id: GenomforandeId) -> Result<Dokument, AppError> {
    let data = Data::read(ctx, actor, id).await?;
    Ok(data.document())
}

/// `/genomforanden/{id}/dokumentation`
#[component]
pub fn DokumentationPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(async move {
        let data = Data::of(&id).await?;
        let document = data.document();
        let notice = paper_notice(&document, data.run.is_open().then_some("genomförandet avslutas"));
        let (title, sub) = (document.title.clone(), document.sub());
        let path = format!("/genomforanden/{}", data.run.id);
        let logo = document_logo(&document, data.run.node);
        let blocks = document_blocks(document);
        Ok(view! {
            {logo}
            <PageHead title sub>
                <a class="button" href=format!("{path}/dokumentation.docx") download="">"Till Word"</a>
                <a class="button secondary" href=format!("{path}/dokumentation.pdf") download="">"Till PDF"</a>
                <button class="button secondary" type="button" data-print="">"Skriv ut"</button>
                <a class="button secondary" href=path.clone()>"Till genomförandet"</a>
            </PageHead>
            {notice}
            <article class="document stack">{blocks}</article>
        })
    })
}
