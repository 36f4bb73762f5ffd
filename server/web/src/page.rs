//! Pages: who may see one without a login, what the previous request left for it, and rendering by Leptos.

use axum::{
    body::Body,
    extract::{FromRequestParts, Request, State},
    response::Response,
};
use http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts};
use islands::contract;
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;
use ui::{
    apt::TV,
    ctx::Ctx,
    flash::{Flash, Submitted},
};

use crate::{extract::Visitor, link, plain, security, session, state::AppState};

/// Pages for everybody.
const OPEN: [&str; 4] = [contract::LOG_IN, "/start", "/tillganglighet", TV];
/// Wall screens: a token opens them and nothing else.
const SCREENS: &str = "/skarm/";
/// Where there is no page.
const NOWHERE: &str = "/finns-inte";

/// A page of the application.
pub async fn show(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let path = parts.uri.path();
    match state.has_persons().await {
        Ok(false) if path != "/start" && path != "/tillganglighet" => return link::see_other("/start"),
        Ok(true) if path == "/start" => return link::see_other(contract::LOG_IN),
        Ok(_) => {}
        Err(error) => return plain::answer(&parts.headers, &error.into()),
    }
    if visitor.actor.is_none() && !OPEN.contains(&path) && !path.starts_with(SCREENS) {
        let till = parts.uri.path_and_query().map_or(path, |p| p.as_str());
        return link::see_other(&link::login(till));
    }
    if visitor.actor.is_some() && path == contract::LOG_IN {
        return link::see_other(&till(parts.uri.query()));
    }
    let flash = if reads_flash(&parts.headers, &parts.method) {
        match session::take(&visitor.session, visitor.actor.is_some()).await {
            Ok(flash) => flash,
            Err(error) => return plain::answer(&parts.headers, &error),
        }
    } else {
        Flash::default()
    };
    let ctx = state.ctx(visitor.actor, visitor.device, visitor.login, flash);
    render(ctx, Request::from_parts(parts, body)).await
}

/// The page that a form stands on again, with everything that was typed and what is wrong with it, as the answer to the
/// post itself: so that no session, which has a person, ever holds what is in nobody's name.
pub async fn again(
    state: &AppState,
    mut parts: Parts,
    visitor: Visitor,
    submitted: Submitted,
    status: StatusCode,
) -> Response {
    let flash = Flash { submitted: Some(submitted), toast: None };
    parts.method = Method::GET;
    let ctx = state.ctx(visitor.actor, visitor.device, visitor.login, flash);
    let mut response = render(ctx, Request::from_parts(parts, Body::empty())).await;
    *response.status_mut() = status;
    response
}

/// Everything that is not there.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    if !reads || !plain::wants_html(&parts.headers) {
        return plain::answer(&parts.headers, &ui::error::AppError::NotFound);
    }
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let ctx = state.ctx(visitor.actor, visitor.device, visitor.login, Flash::default());
    // what the routes do not know is not asked of the pages again: they read addresses in ways of their own, and what stands
    // before a page is asked by route
    parts.uri = Uri::from_static(NOWHERE);
    let mut response = render(ctx, Request::from_parts(parts, body)).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Renders the page whole: it is complete without JavaScript, and its status and headers are known when it is sent.
pub(crate) async fn render(ctx: Ctx, request: Request) -> Response {
    let context = move || {
        ctx.clone().provide();
        // leptos_axum has made the nonce just before it calls this
        if let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) {
            options.insert_header(header::CONTENT_SECURITY_POLICY, security::policy(&nonce));
        }
    };
    leptos_axum::render_app_async_stream_with_context(context, ui::app::shell)(request).await
}

/// What is left for a page is for one that somebody looks at.
fn reads_flash(headers: &HeaderMap, method: &Method) -> bool {
    *method == Method::GET && plain::wants_html(headers) && !session::is_ahead(headers)
}

fn till(query: Option<&str>) -> String {
    let fields = crate::form::Fields::parse(query.unwrap_or_default().as_bytes());
    link::local(fields.get("till")).unwrap_or_else(|| "/".to_owned())
}
