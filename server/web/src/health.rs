//! `GET /halsa`: whether the server works, for those who watch over it.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::json;
use tokio::time::timeout;

use crate::state::AppState;

/// A database that takes longer than this does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Status, database and version; 503 when the database does not answer.
pub async fn get(State(state): State<AppState>) -> Response {
    let version = env!("CARGO_PKG_VERSION");
    match timeout(PATIENCE, state.store.health()).await {
        Ok(Ok(database)) => Json(json!({ "status": "ok", "database": database, "version": version })).into_response(),
        failed => {
            if let Ok(Err(cause)) = failed {
                tracing::error!(%cause, "the database does not answer");
            }
            let body = json!({ "status": "fel", "database": state.settings.database, "version": version });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}
