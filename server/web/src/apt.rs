//! Meetings: the minutes as a Word file.

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

use crate::{extract::CurrentActor, import, plain, state::AppState, word};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/apt/{id}/protokoll.docx", get(protokoll))
}

/// `GET /apt/{id}/protokoll.docx`
async fn protokoll(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let read = async {
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Apt(id), Action::View).await?;
        let document = ui::apt::minutes(&mut tx, &actor, id).await?;
        Ok::<_, AppError>((import::slug(&document.title), document))
    };
    match read.await {
        Ok((name, document)) => word::answer(&headers, &name, &document),
        Err(error) => plain::answer(&headers, &error),
    }
}
