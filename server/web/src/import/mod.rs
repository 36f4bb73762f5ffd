//! Import and export of the plans, lists of persons, tables of answers, of values and of a verksamhetsplan, and key figures: files in, files out. What a table means is in `domain::import`, the pages and what is
//! written in `ui::import`.

mod cli;
mod ekonomi;
mod encoding;
mod export;
mod kolada;
mod lista;
mod plantabell;
mod read;
mod siffror;
mod svar;
mod tabell;
mod upload;
mod xlsx;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use domain::import::Plan;
use http::HeaderMap;

pub use cli::run_cli;
pub use read::{FILE_MAX, beside as read_beside, file as read_file, sheets as read_sheets, text as read_text};

use crate::{extract::CurrentActor, state::AppState};

/// Routes of import and export. Their pages are Leptos routes at the same paths.
pub fn routes() -> Router<AppState> {
    let list = post(lista::receive).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let answers = post(svar::receive).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let values = post(tabell::receive::<siffror::Siffror>).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let tables = post(tabell::receive::<plantabell::Plantabell>).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let belopp = post(tabell::receive::<ekonomi::Ekonomi>).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let nyckeltal = post(kolada::receive).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    let mut router = Router::new()
        .route(ui::admin::LISTA, list)
        .route("/enkater/{id}/klistra", answers)
        .route("/siffror/{id}/las-in", values)
        .route("/verksamhetsplan/{id}/las-in", tables)
        .route("/verksamhetsplan/{id}/plan.xlsx", get(plantabell::workbook))
        .route("/verksamhetsplan/{id}/ekonomi/las-in", belopp)
        .route("/siffror/{id}/jamforelse/{jamforelse}/fil", nyckeltal);
    for plan in Plan::ALL {
        let path = |rest: &str| format!("/{}/{rest}", plan.code());
        let upload = post(move |state, visitor, request| upload::receive(plan, state, visitor, request))
            // the file itself is measured while it is received; beyond this nothing is even thrown away
            .layer(DefaultBodyLimit::max(upload::BODY_MAX));
        router = router
            .route(&path("importera"), upload)
            .route(
                &path("importera/bekrafta"),
                post(move |state, visitor, headers, fields| upload::confirm(plan, state, visitor, headers, fields)),
            )
            .route(
                &path("export.xlsx"),
                get(move |state, actor, headers, uri| export::plan(plan, state, actor, headers, uri)),
            )
            .route(
                &path("mall.xlsx"),
                get(move |_: CurrentActor, headers: HeaderMap| async move { export::template(plan, &headers).await }),
            );
    }
    router
}
