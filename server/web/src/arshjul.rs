//! Årshjul: the sheet for the wall as a file.

use axum::{Router, extract::State, response::Response, routing::get};
use chrono::Datelike;
use domain::{
    arshjul::{
        Filter, Zoom,
        sheet::{Sheet, sheet},
    },
    dokument::namn::file_name,
    id::NodeId,
    permission::{Action, Area},
    person::Actor,
    year::Year,
};
use http::{HeaderMap, Uri};
use store::{Target, occurrence};
use ui::{arshjul::SHEET, error::AppError};

use crate::{
    blocking,
    document::{self, Format},
    extract::CurrentActor,
    form::Fields,
    pdf, plain,
    state::AppState,
};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(SHEET, get(file))
}

/// `GET /arshjul/hjulet.pdf?enhet=…&ar=…`, with the filters of the page
async fn file(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes());
    let written = async {
        let (name, sheet) = read(&state, &actor, &query).await?;
        let now = state.clock.now();
        let write = move || pdf::wheel::write(&sheet, now).map_err(|cause| cause.to_string());
        let written = blocking::write("arshjul", write).await?;
        Ok::<_, AppError>(document::sent(Format::Pdf, &name, written))
    };
    written.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

/// What is printed is what the page shows to everybody: the same door, the same filters.
async fn read(state: &AppState, actor: &Actor, query: &Fields) -> Result<(String, Sheet), AppError> {
    let today = state.clock.today();
    let (unit, name) = match query.get("enhet") {
        "" => actor.units().first().cloned().ok_or(AppError::Forbidden)?,
        id => {
            let id: NodeId = id.parse().map_err(|_| AppError::NotFound)?;
            (id, actor.tree.name(id).to_owned())
        }
    };
    let year = match query.get("ar") {
        "" => today.year(),
        year => year.parse::<Year>().map_err(|_| AppError::NotFound)?.get(),
    };
    let mut tx = state.store.read(actor, Target::Node(unit, Area::Aktivitet), Action::View).await?;
    let items = occurrence::year(&mut tx, actor, unit, year).await?;
    drop(tx);
    let zoom = match query.get("zoom") {
        "" => Zoom::Year,
        code => Zoom::from_code(code),
    };
    let sheet = sheet(items, &name, year, &Filter::from_query(&query.0), zoom, today);
    Ok((file_name(&format!("Årshjul {year}"), &name, None), sheet))
}
