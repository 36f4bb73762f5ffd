//! Säkerhet: what stands before every page and function of the application for those who are logged in, and what is written
//! down after them: who was refused what, and which files were taken out. And the events as a workbook.

use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, MatchedPath, Request, State},
    middleware::Next,
    response::Response,
    routing::post,
};
use chrono::{DateTime, Utc};
use domain::{
    format,
    id::PersonId,
    sakerhet::{Handelse, Slag},
};
use http::{HeaderMap, StatusCode, Uri};
use server_fn::axum::get_server_fn_service;
use sha2::{Digest, Sha256};
use ui::{
    ctx::{Device, Login},
    error::AppError,
    flash::Flash,
};

use crate::{
    blocking,
    extract::{CurrentActor, Visitor},
    form, one_time, opening, plain,
    state::AppState,
    workbook::{self, Cell, Sheet},
};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/admin/sakerhet/export.xlsx", post(export))
}

/// Where somebody says something without a name: to write down who was refused there would tell who spoke soon after.
const UNNAMED: [&str; 5] =
    ["/forslag", "/enkater/{id}/svara", "/enkater/{id}/angra", "/enkater/{id}/klistra", "/api/create_enkatsvar"];

/// On an answer whose status no longer says that it was refused: a form is led back to its page.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

/// Leads those with a one-time password to its change, stops what opens a case without anybody's meaning it, and writes
/// down what was refused and taken out.
pub async fn watch(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let route = parts.extensions.get::<MatchedPath>().map(|m| m.as_str().to_owned()).unwrap_or_default();
    let Some(actor) = visitor.actor.clone() else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    match one_time::lead(&parts, &visitor.session).await {
        Ok(None) => {}
        Ok(Some(answer)) => return answer,
        Err(error) => return plain::answer(&parts.headers, &error),
    }
    if let Some(answer) = opening::stop(&parts, &route, state.settings.public_url.as_deref()) {
        return answer;
    }
    // a function is called by its own path; what nobody has written is not repeated
    let path = parts.uri.path();
    let known = route == "/api/{*fn}" && get_server_fn_service(path, parts.method.clone()).is_some();
    let asked = if known { path.to_owned() } else { route.clone() };
    let response = next.run(Request::from_parts(parts, body)).await;
    let event = if let (Some(label), StatusCode::OK) = (opening::file(&route), response.status()) {
        Some((Slag::Uttag, label.to_owned()))
    } else if !route.is_empty() && !UNNAMED.contains(&asked.as_str()) && refused(&response) {
        Some((Slag::Nekad, asked))
    } else {
        None
    };
    if let Some((slag, detail)) = event
        && let Err(cause) = note(&state, actor.person, slag, &detail).await
    {
        tracing::warn!(%cause, "an event was not written down");
    }
    response
}

fn refused(response: &Response) -> bool {
    matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
        || response.extensions().get::<Refused>().is_some()
}

async fn note(state: &AppState, person: PersonId, slag: Slag, detail: &str) -> store::Result<()> {
    let mut tx = state.store.system(true).await?;
    tx.act_as(person);
    store::sakerhet::count(&mut tx, state.clock.now(), slag, None, detail).await?;
    tx.commit().await
}

/// Writes down what became of a login. Of an address that is nobody's only a keyed hash is kept.
pub async fn login(state: &AppState, slag: Slag, whose: Option<PersonId>, typed: &str) -> store::Result<()> {
    let mut tx = state.store.system(true).await?;
    let now = state.clock.now();
    match whose {
        Some(person) => store::sakerhet::count(&mut tx, now, slag, Some(person), "").await?,
        None => store::sakerhet::count_unknown(&mut tx, now, slag, |key| keyed(key, typed)).await?,
    }
    tx.commit().await
}

/// Eight digits that say whether the same was typed again, and not what.
fn keyed(key: &str, typed: &str) -> String {
    let inner = Sha256::digest(format!("{key}{}", domain::text::compared(typed.trim())));
    let outer = format!("{:x}", Sha256::digest([key.as_bytes(), &inner[..]].concat()));
    outer[..8].to_owned()
}

/// `POST /admin/sakerhet/export.xlsx?…`, with what the page is filtered by, in the form and else in the address.
async fn export(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    uri: Uri,
    body: Body,
) -> Response {
    let query = match form::filter(&uri, &headers, body).await {
        Ok(query) => query,
        Err(refused) => return refused,
    };
    let ctx = state.ctx(Some(actor), Device::default(), Login::default(), Flash::default());
    let written = async {
        let (rows, more) = ui::sakerhet::export(&ctx, &query).await?;
        let sheet = sheet(&rows, more, ctx.now);
        let file = blocking::write("sakerhet", move || workbook::write(&[sheet])).await?;
        Ok::<_, AppError>(workbook::attachment(file, &format!("säkerhet-{}", format::date(ctx.today))))
    };
    written.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

const HEAD: [(&str, f64); 6] =
    [("När", 18.0), ("Händelse", 26.0), ("Gånger", 8.0), ("Konto", 30.0), ("Gjort av", 30.0), ("Vad", 50.0)];

fn sheet(rows: &[Handelse], more: bool, now: DateTime<Utc>) -> Sheet {
    let mut sheet = Sheet::new("Säkerhet", &HEAD, "Säkerhetshändelser");
    sheet.rows = rows.iter().map(row).collect();
    sheet.foot.extend(more.then(|| workbook::cut(rows.len())));
    sheet.foot.push(format!("Uttaget {}.", ui::moment::stamp(now)));
    sheet
}

fn row(h: &Handelse) -> Vec<Cell> {
    vec![
        ui::moment::stamp(h.at).into(),
        h.slag.label().into(),
        h.times.into(),
        ui::sakerhet::whose(h).into(),
        h.actor.clone().into(),
        h.detail.clone().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_unknown_account_is_known_again_and_cannot_be_read() {
        assert_eq!(keyed("nyckel", "Ingen@demo.se "), keyed("nyckel", "ingen@demo.se"));
        assert_ne!(keyed("nyckel", "ingen@demo.se"), keyed("annan", "ingen@demo.se"));
        assert_eq!(keyed("nyckel", "ingen@demo.se").len(), 8);
    }
}
