//! Meetings: the minutes and the slides as files, and the pictures of slides.

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
    blocking::{self, Heavy},
    document::{self, Format, Paper},
    extract::CurrentActor,
    pdf::{self, deck::Pictures, picture},
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
        .route("/apt/{id}/bildspel.pdf", get(bildspel))
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
        let document = ui::apt::minutes(&mut tx, &actor, id, state.clock.today()).await?;
        Paper::of(&mut tx, document).await
    };
    match read.await {
        Ok(paper) => document::answer(&headers, format, paper, state.clock.now()).await,
        Err(error) => plain::answer(&headers, &error),
    }
}

/// `GET /apt/{id}/bildspel.pdf`: to whoever sees the slides.
async fn bildspel(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let written = async {
        let id: AptId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Apt(id), Action::View).await?;
        let deck = ui::apt::bildspel(&mut tx, &actor, id, state.clock.today()).await?;
        let place = Heavy::Deck.place().await;
        let mut opened = vec![];
        for fil in deck.pictures() {
            let (fil, media, sealed) = store::apt::bildfil::sealed(&mut tx, id, fil).await?;
            let id = fil.id;
            // one that does not open is told in words on its slide, and to whoever runs the server
            if let Ok((_, bytes)) = bildfil::open(&state, fil, media, sealed).await {
                opened.push((id, bytes));
            }
        }
        let logga = match &deck.logga {
            Some(logga) => Some(store::logga::bytes(&mut tx, deck.node, logga.id).await?.1),
            None => None,
        };
        drop(tx);
        let (name, now) = (deck.file_name.clone(), state.clock.now());
        let write = move || {
            let _place = place;
            let read = |(id, bytes)| Some((id, picture::read(bytes)?));
            let own = opened.into_iter().filter_map(read).collect();
            let pictures = Pictures { own, logga: logga.and_then(picture::read) };
            pdf::deck::write(&deck, &pictures, now).map_err(|cause| cause.to_string())
        };
        let written = blocking::write("bildspel", write).await?;
        Ok::<_, AppError>(document::sent(Format::Pdf, &name, written))
    };
    written.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}
