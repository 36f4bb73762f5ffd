//! Verksamhetsplaner: the whole plan as a file.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use domain::{
    permission::{Action, Area},
    verksamhetsplan::plan::PlanId,
};
use http::HeaderMap;
use store::Target;
use ui::error::AppError;

use crate::{
    document::{self, Format, Paper},
    extract::CurrentActor,
    plain,
    state::AppState,
};

/// The routes.
pub fn routes() -> Router<AppState> {
    let file = |format| get(move |state, actor, headers, id| plan(state, actor, headers, id, format));
    Router::new()
        .route("/verksamhetsplan/{id}/plan.docx", file(Format::Word))
        .route("/verksamhetsplan/{id}/plan.pdf", file(Format::Pdf))
}

/// `GET /verksamhetsplan/{id}/plan.docx` and `.pdf`
async fn plan(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
    format: Format,
) -> Response {
    let read = async {
        let id: PlanId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Thing(Area::Verksamhetsplan, id.0), Action::View).await?;
        let plan = store::verksamhetsplan::get(&mut tx, id).await?;
        let document = ui::verksamhetsplan::document(&mut tx, &actor, &plan, state.clock.today()).await?;
        Paper::of(&mut tx, document).await
    };
    match read.await {
        Ok(paper) => document::answer(&headers, format, paper, state.clock.now()).await,
        Err(error) => plain::answer(&headers, &error),
    }
}
