//! Every route, and the layers around them.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{Next, from_fn, from_fn_with_state, map_response},
    response::Response,
    routing::{any, get, post},
};
use islands::contract;
use leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
};
use ui::{
    ctx::{Device, Login},
    flash::Flash,
};

use crate::{
    address, api, apt, arshjul, assets, atgard, avvikelse, enkat, form, forslag, gate, genomforande, health, import,
    las, live, logga, logging, login, once, page, plain, sakerhet, security, serie, session::Sessions, start,
    state::AppState, tillfallen, tv, utloggad, verksamhetsplan,
};

/// The whole application.
pub fn router(state: AppState) -> Router {
    let ctx = state.ctx(None, Device::default(), Login::default(), Flash::default());
    let (pages, _) =
        generate_route_list_with_exclusions_and_ssg_and_context(ui::app::shell, None, move || ctx.clone().provide());
    let mut application = Router::new();
    for path in unique(pages.iter().map(leptos_axum::AxumRouteListing::path)) {
        application = application.route(path, get(page::show));
    }
    let application = application
        .route(contract::LOG_IN, post(login::log_in))
        .route(contract::LOG_OUT, post(login::log_out))
        .route("/logga-ut-overallt", post(login::log_out_everywhere))
        .route("/start", post(start::create))
        .route(ui::apt::TV, post(tv::open))
        .route("/api/{*fn}", any(api::run))
        .route(ui::forslag::PATH, post(forslag::say))
        .route("/enkater/{id}/svara", post(enkat::answer))
        .route("/enkater/{id}/angra", post(enkat::take_back))
        .route("/enkater/{id}/resultat.xlsx", get(enkat::export::workbook))
        .merge(import::routes())
        .merge(genomforande::routes())
        .merge(arshjul::routes())
        .merge(atgard::routes())
        .merge(avvikelse::routes())
        .merge(apt::routes())
        .merge(live::routes())
        .merge(las::routes())
        .merge(logga::routes())
        .merge(utloggad::routes())
        .merge(sakerhet::routes())
        .merge(serie::routes())
        .merge(tillfallen::routes())
        .merge(verksamhetsplan::routes())
        .fallback(page::not_found)
        .layer(DefaultBodyLimit::max(form::FORM_MAX))
        .layer(from_fn_with_state(state.clone(), las::guard))
        .layer(from_fn_with_state(state.clone(), gate::admit))
        .layer(from_fn_with_state(state.clone(), sakerhet::watch))
        .layer(Sessions::layer(&state))
        .layer(from_fn_with_state(state.clone(), security::refuse_foreign));

    let fonts = NotForContentType::const_new("font/");
    let compression = CompressionLayer::new()
        .gzip(true)
        .br(true)
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(fonts));
    Router::new()
        .route(contract::HEALTH, get(health::get))
        .route("/pkg/{*file}", get(assets::get))
        .route("/fonts/{*file}", get(assets::get))
        .route("/favicon.ico", get(assets::get))
        .route("/favicon.svg", get(assets::get))
        .route("/sw.js", get(assets::get))
        .merge(once::routes())
        .merge(application)
        .layer(CatchPanicLayer::custom(|_| plain::broken()))
        .layer(map_response(plain::never_empty))
        .layer(from_fn(address::clean))
        .layer(compression)
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn(one_snapshot))
        .layer(from_fn(logging::request))
        .with_state(state)
}

/// What a request reads from memory is asked for once whether it still holds.
async fn one_snapshot(request: Request, next: Next) -> Response {
    store::one_snapshot(next.run(request)).await
}

/// A page with an optional part has two listings, sometimes of one path.
fn unique<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut paths: Vec<_> = paths.collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}
