//! Logos of nodes: given by who administers them, shown to those who work there and on their wall screens.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    field::FieldError,
    format,
    id::{LoggaId, NodeId},
    logga::{BYTES_MAX, SIDE_MAX},
    permission::{Action, Area},
};
use http::HeaderMap;
use store::{Target, Tx, logga};
use ui::{
    error::AppError,
    flash::{Flash, Submitted, Toast},
};

use crate::{
    bilaga::{self, BODY_MAX, File},
    extract::{CurrentActor, Visitor},
    link, plain, session,
    state::AppState,
    token,
};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/admin/enheter/{node}/logga", post(upload).layer(DefaultBodyLimit::max(BODY_MAX)))
        .route("/enheter/{node}/logga/{id}", get(show))
        .route("/skarm/{token}/logga/{id}", get(on_screen))
}

/// `POST /admin/enheter/{node}/logga`
async fn upload(
    State(state): State<AppState>,
    Path(node): Path<String>,
    visitor: Visitor,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    if let Some(refusal) = bilaga::refuse_announced(&headers) {
        return refusal;
    }
    let page = format!("/admin?nod={node}");
    let Some(actor) = visitor.actor.clone() else { return link::see_other(&link::login(&page)) };
    let done = async {
        let id: NodeId = node.parse().map_err(|_| AppError::NotFound)?;
        let target = Target::Node(id, Area::Organisation);
        // before anything is received from somebody who may not
        drop(state.store.read(&actor, target, Action::Edit).await?);
        let sent = bilaga::receive(request, &state, bilaga::picture).await.and_then(|sent| sent.file);
        let sent = sent.and_then(|file| within(file.ok_or_else(|| bilaga::NONE.to_owned())?));
        let (flash, at) = match sent {
            Ok((file, size)) => {
                let mut tx = state.store.write(&actor, target, Action::Edit).await?;
                let (new, media) = (LoggaId::new(), file.kind.media_type());
                logga::save(&mut tx, state.clock.now(), (id, new), size, (media, file.bytes)).await?;
                tx.commit().await?;
                (Flash { submitted: None, toast: Some(Toast::word("Loggan är sparad")) }, "logga")
            }
            Err(message) => {
                let errors = vec![FieldError { field: "fil".to_owned(), message }];
                let action = format!("/admin/enheter/{id}/logga");
                let submitted = Submitted { action, errors, ..Submitted::default() };
                (Flash { submitted: Some(submitted), toast: None }, "fel")
            }
        };
        session::leave(&state, &visitor.session, flash, true).await?;
        Ok::<_, AppError>(link::see_other(&format!("{page}#{at}")))
    };
    done.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

/// A picture that is no larger than a logo.
fn within(file: File) -> Result<(File, (u32, u32)), String> {
    let size = file.pixels.filter(|(width, height)| *width <= SIDE_MAX && *height <= SIDE_MAX);
    match size {
        Some(size) if file.bytes.len() <= BYTES_MAX => Ok((file, size)),
        _ => Err(format!(
            "Loggan är för stor. Den får vara högst {} kB och {} bildpunkter på bredden och höjden.",
            format::int(i64::try_from(BYTES_MAX / 1_024).unwrap_or(i64::MAX)),
            format::int(i64::from(SIDE_MAX))
        )),
    }
}

/// `GET /enheter/{node}/logga/{id}`: for those who see the unit.
async fn show(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path((node, id)): Path<(String, String)>,
) -> Response {
    let opened = async {
        let node: NodeId = node.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Node(node, Area::Organisation), Action::View).await?;
        read(&mut tx, node, &id).await
    };
    answer(&headers, opened.await)
}

/// `GET /skarm/{token}/logga/{id}`: for who holds the address of the screen.
async fn on_screen(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path((token, id)): Path<(String, String)>,
) -> Response {
    let opened = async {
        let (mut tx, screen) = state.store.screen(&token::hash(&token)).await?;
        read(&mut tx, screen.node, &id).await
    };
    answer(&headers, opened.await)
}

async fn read(tx: &mut Tx, unit: NodeId, id: &str) -> Result<(String, Vec<u8>), AppError> {
    let id: LoggaId = id.parse().map_err(|_| AppError::NotFound)?;
    Ok(logga::bytes(tx, unit, id).await?)
}

fn answer(headers: &HeaderMap, read: Result<(String, Vec<u8>), AppError>) -> Response {
    match read {
        Ok((media, bytes)) => bilaga::shown(&media, bytes),
        Err(error) => plain::answer(headers, &error),
    }
}
