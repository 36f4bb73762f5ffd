//! Meetings: the minutes as a file, and the pictures of slides.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{id::AptId, permission::Action};
use http::HeaderMap;
use store::Target;
use ui::error::AppError;

use crate::{
    document::{self, Format},
    extract::CurrentActor,
    plain,
    state::AppState,
};

mod bildfil;

/// The routes.
pub fn routes() -> Router<AppState> {
    let file = |format| get(move |state, actor, headers, id| protokoll(state, actor, headers, id, format));
    Router::new()
        .route("/apt/{id}/protokoll.docx", file(Format::Word))
        .route("/apt/{id}/protokoll.pdf", file(Format::Pdf))
        .merge(bildfil::routes())
}

/// `GET /apt/{id}/protokoll.docx` and `.pdf`
async fn protokoll(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
    format: Format,
) -> Response {
    let read = async {
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Apt(id), Action::View).await?;
        ui::apt::minutes(&mut tx, &actor, id, state.clock.today()).await
    };
    match read.await {
        Ok(document) => document::answer(&headers, format, document, state.clock.now()).await,
        Err(error) => plain::answer(&headers, &error),
    }
}
