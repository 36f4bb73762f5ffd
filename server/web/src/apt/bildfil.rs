//! Pictures of slides: put there by who prepares the meeting, with words for whoever does not see them, and shown to those who
//! see the meeting.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    response::Response,
    routing::{get, post},
};
use domain::{
    apt::{
        Bildfil,
        bildfil::{Form, PIXELS_MAX, check},
    },
    avvikelse::bilaga::sentences,
    field::FieldError,
    format,
    id::{AptId, BildId, BildfilId},
    permission::Action,
    person::Actor,
};
use http::HeaderMap;
use store::{Target, apt::bildfil};
use ui::{
    error::AppError,
    flash::{Flash, Submitted, Toast},
};

use crate::{
    bilaga::{self, BODY_MAX, File, Sent, Which},
    blocking,
    extract::{CurrentActor, Visitor},
    link, plain, session,
    state::AppState,
};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/apt/{id}/bilder/{bild}/fil", post(upload).layer(DefaultBodyLimit::max(BODY_MAX)))
        .route("/apt/{id}/bildfiler/{fil}", get(show))
}

/// `POST /apt/{id}/bilder/{bild}/fil`: a picture, or other words for the one that is there.
async fn upload(
    State(state): State<AppState>,
    Path((mote, bild)): Path<(String, String)>,
    visitor: Visitor,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    if let Some(refusal) = bilaga::refuse_announced(&headers) {
        return refusal;
    }
    let Some(actor) = visitor.actor.clone() else { return link::see_other(&link::login(&format!("/apt/{mote}"))) };
    let done = async {
        let of: (AptId, BildId) =
            (mote.parse().map_err(|_| AppError::NotFound)?, bild.parse().map_err(|_| AppError::NotFound)?);
        // before anything is received from somebody who may not
        drop(state.store.read(&actor, Target::Apt(of.0), Action::Edit).await?);
        let flash = match bilaga::receive(request, &state, bilaga::picture).await {
            Ok(sent) => keep(&state, &actor, of, sent).await?,
            Err(message) => refused(of, &Form::default(), vec![at_file(message)]),
        };
        let back = if flash.submitted.is_some() { "fel".to_owned() } else { format!("bild-{bild}") };
        session::leave(&state, &visitor.session, flash, true).await?;
        Ok::<_, AppError>(link::see_other(&format!("/apt/{mote}#{back}")))
    };
    done.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

fn at_file(message: String) -> FieldError {
    FieldError { field: "fil".to_owned(), message }
}

/// Back to the form with what was typed.
fn refused((mote, bild): (AptId, BildId), typed: &Form, errors: Vec<FieldError>) -> Flash {
    let fields = [("bild", bild.to_string()), ("alt", typed.alt.clone()), ("bildtext", typed.bildtext.clone())];
    let submitted = Submitted {
        action: format!("/apt/{mote}/bilder/{bild}/fil"),
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        errors,
        ..Submitted::default()
    };
    Flash { submitted: Some(submitted), toast: None }
}

async fn keep(state: &AppState, actor: &Actor, of: (AptId, BildId), sent: Sent) -> Result<Flash, AppError> {
    let typed = Form { alt: sent.fields.get("alt").to_owned(), bildtext: sent.fields.get("bildtext").to_owned() };
    let (said, mut errors) = match check(&typed) {
        Ok(said) => (said, vec![]),
        Err(errors) => (Form::default(), errors),
    };
    let file = sent.file.and_then(within).unwrap_or_else(|message| {
        errors.insert(0, at_file(message));
        None
    });
    if !errors.is_empty() {
        return Ok(refused(of, &typed, errors));
    }
    let now = state.clock.now();
    let (text, removed) = if let Some((file, size)) = file {
        let removed = sentences(&file.removed);
        if let Some(refused) = put(state, actor, of, (file, size), said, &typed).await? {
            return Ok(refused);
        }
        ("Bildfilen är sparad", removed)
    } else {
        let mut tx = state.store.write(actor, Target::Apt(of.0), Action::Edit).await?;
        if bildfil::of(&mut tx, of.0, of.1).await?.is_none() {
            return Ok(refused(of, &typed, vec![at_file("Välj en bildfil först.".to_owned())]));
        }
        bildfil::describe(&mut tx, now, of, &said).await?;
        tx.commit().await?;
        ("Bildfilens text är sparad", String::new())
    };
    let toast =
        if removed.is_empty() { Toast::word(text) } else { Toast::word(format!("{text}. {removed}")).to_read_if(true) };
    Ok(Flash { submitted: None, toast: Some(toast) })
}

/// A file, and how many pixels it has across and down.
type Measured = (File, (u32, u32));

/// A picture with its size, when it is not larger than what a page of pictures can draw.
fn within(file: Option<File>) -> Result<Option<Measured>, String> {
    let Some(file) = file else { return Ok(None) };
    let Some((width, height)) = file.pixels else {
        return Err("Filen kan inte läsas. Öppna den, spara den på nytt och välj den igen.".to_owned());
    };
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX {
        let millions = |n: u64| format::int(i64::try_from(n / 1_000_000).unwrap_or(i64::MAX));
        return Err(format!(
            "Bilden har {} miljoner bildpunkter. Gör den mindre, till högst {} miljoner, och välj den igen.",
            millions(pixels),
            millions(PIXELS_MAX)
        ));
    }
    Ok(Some((file, (width, height))))
}

/// Seals a picture and puts it on its slide. Gives the form back where the meeting has no room for it.
async fn put(
    state: &AppState,
    actor: &Actor,
    of: (AptId, BildId),
    (file, (width, height)): (File, (u32, u32)),
    said: Form,
    typed: &Form,
) -> Result<Option<Flash>, AppError> {
    let Some(keys) = state.settings.keys() else { return Err(AppError::NotFound) };
    let id = BildfilId::new();
    let (name, media, bytes) = (file.name.clone(), file.kind.media_type(), file.bytes);
    let seal = move || keys.seal(Which { of: of.0.0, id: id.0, name: &name, media }, &bytes);
    let Ok(Some(sealed)) = blocking::run(seal).await else {
        return Err(AppError::Internal(domain::random::reference()));
    };
    let Form { alt, bildtext } = said;
    let fil = Bildfil { id, mote: of.0, name: file.name, alt, bildtext, width, height, removed: file.removed };
    let mut tx = state.store.write(actor, Target::Apt(of.0), Action::Edit).await?;
    match bildfil::save(&mut tx, state.clock.now(), of, &fil, (media, sealed)).await {
        Err(store::Error::Invalid(errors)) => return Ok(Some(refused(of, typed, errors))),
        other => other?,
    }
    tx.commit().await?;
    Ok(None)
}

/// `GET /apt/{id}/bildfiler/{fil}`
async fn show(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path((mote, fil)): Path<(String, String)>,
) -> Response {
    let opened = async {
        let mote: AptId = mote.parse().map_err(|_| AppError::NotFound)?;
        let fil: BildfilId = fil.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.read(&actor, Target::Apt(mote), Action::View).await?;
        let (found, media, sealed) = bildfil::sealed(&mut tx, mote, fil).await?;
        drop(tx);
        open(&state, found, media, sealed).await
    };
    match opened.await {
        Ok((media, bytes)) => bilaga::shown(&media, bytes),
        Err(error) => plain::answer(&headers, &error),
    }
}

/// A picture that was sealed: its media type and its bytes.
pub(crate) async fn open(
    state: &AppState,
    fil: Bildfil,
    media: String,
    sealed: Vec<u8>,
) -> Result<(String, Vec<u8>), AppError> {
    let keys = state.settings.keys();
    let opened = blocking::run(move || {
        let which = Which { of: fil.mote.0, id: fil.id.0, name: &fil.name, media: &media };
        let bytes = keys?.open(which, &sealed)?;
        Some((media, bytes))
    });
    opened.await.ok().flatten().ok_or_else(|| {
        let reference = domain::random::reference();
        tracing::error!(reference, "a picture does not open with the key of this server");
        AppError::Internal(reference)
    })
}
