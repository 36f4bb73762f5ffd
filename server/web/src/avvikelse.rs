//! Avvikelser, what is no page: files of a case in and out, and the register as a workbook.

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, Request, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use domain::{
    atgard::Source,
    avvikelse::{
        Kind,
        arende::{Arende, Bilaga, Syn},
        bilaga::sentences,
        dokument::dokument,
    },
    field::FieldError,
    format,
    id::{AvvikelseId, BilagaId},
    permission::Action,
    person::Actor,
};
use http::{HeaderMap, HeaderValue, Uri, header};
use store::{Target, avvikelse};
use ui::{
    ctx::{Device, Login},
    error::AppError,
    flash::{Flash, Submitted, Toast},
};

use crate::{
    bilaga::{self, BODY_MAX, File, SANDBOX, Which},
    blocking, document, download,
    extract::{CurrentActor, Visitor},
    form, link, plain, session,
    state::AppState,
    workbook::{self, Cell, Sheet},
};

/// The routes.
pub fn routes() -> Router<AppState> {
    let file = |format| get(move |state, actor, headers, id| ivo(state, actor, headers, id, format));
    Router::new()
        .route("/avvikelser/{id}/bilagor", post(upload).layer(DefaultBodyLimit::max(BODY_MAX)))
        .route("/avvikelser/{id}/bilagor/{bilaga}", get(download))
        .route("/avvikelser/{id}/ivo.docx", file(document::Format::Word))
        .route("/avvikelser/{id}/ivo.pdf", file(document::Format::Pdf))
        .route("/avvikelser/export.xlsx", post(export))
}

/// `POST /avvikelser/{id}/bilagor`
async fn upload(State(state): State<AppState>, Path(id): Path<String>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers().clone();
    if let Some(refusal) = bilaga::refuse_announced(&headers) {
        return refusal;
    }
    let page = format!("/avvikelser/{id}?flik=bilagor");
    let Some(actor) = visitor.actor.clone() else { return link::see_other(&link::login(&page)) };
    let done = async {
        let case: AvvikelseId = id.parse().map_err(|_| AppError::NotFound)?;
        // before anything is received from somebody who may not
        drop(state.store.read(&actor, Target::Avvikelse(case), Action::Edit).await?);
        let sent = bilaga::receive(request, &state, bilaga::taken).await.and_then(|sent| sent.file);
        let sent = sent.and_then(|file| file.ok_or_else(|| bilaga::NONE.to_owned()));
        let flash = match sent {
            Ok(file) => attach(&state, &actor, case, file).await?,
            Err(message) => refused(&id, message),
        };
        let back = if flash.submitted.is_some() { format!("{page}#fel") } else { page.clone() };
        session::leave(&state, &visitor.session, flash, true).await?;
        Ok::<_, AppError>(link::see_other(&back))
    };
    done.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

fn refused(id: &str, message: String) -> Flash {
    let errors = vec![FieldError { field: "fil".to_owned(), message }];
    let action = format!("/avvikelser/{id}/bilagor");
    Flash { submitted: Some(Submitted { action, errors, ..Submitted::default() }), toast: None }
}

async fn attach(state: &AppState, actor: &Actor, case: AvvikelseId, file: File) -> Result<Flash, AppError> {
    let Some(keys) = state.settings.keys() else { return Err(AppError::NotFound) };
    let (id, now) = (BilagaId::new(), state.clock.now());
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let (name, media, bytes) = (file.name.clone(), file.kind.media_type(), file.bytes);
    let seal = move || keys.seal(Which { of: case.0, id: id.0, name: &name, media }, &bytes);
    let Ok(Some(sealed)) = blocking::run(seal).await else {
        return Err(AppError::Internal(domain::random::reference()));
    };
    let mut tx = state.store.write(actor, Target::Avvikelse(case), Action::Edit).await?;
    let (found, _) = avvikelse::handle(&mut tx, now, actor, case).await?;
    let media = file.kind.media_type().to_owned();
    let removed = file.removed;
    let said = sentences(&removed);
    let bilaga = Bilaga { id, name: file.name.clone(), media, size, removed, who: String::new(), at: now };
    match avvikelse::bilaga::create(&mut tx, now, &found, &bilaga, sealed).await {
        Err(store::Error::Conflict) => {
            let most = avvikelse::bilaga::MOST;
            let message = format!("Ett ärende kan ha högst {most} filer. Ta bort någon som inte behövs.");
            return Ok(refused(&case.to_string(), message));
        }
        other => other?,
    }
    tx.commit().await?;
    let text = format!("{} är bifogad", file.name);
    let toast =
        if said.is_empty() { Toast::word(text) } else { Toast::word(format!("{text}. {said}")).to_read_if(true) };
    Ok(Flash { submitted: None, toast: Some(toast) })
}

/// `GET /avvikelser/{id}/bilagor/{bilaga}`
async fn download(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path((case, id)): Path<(String, String)>,
) -> Response {
    let opened = async {
        let case: AvvikelseId = case.parse().map_err(|_| AppError::NotFound)?;
        let id: BilagaId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.write(&actor, Target::Avvikelse(case), Action::Edit).await?;
        let (file, sealed) = avvikelse::bilaga::open(&mut tx, state.clock.now(), &actor, case, id).await?;
        tx.commit().await?;
        let (keys, name, media) = (state.settings.keys(), file.name.clone(), file.media.clone());
        let open = move || keys?.open(Which { of: case.0, id: id.0, name: &name, media: &media }, &sealed);
        let bytes = blocking::run(open).await.ok().flatten().ok_or_else(|| {
            let reference = domain::random::reference();
            tracing::error!(reference, "a file does not open with the key of this server");
            AppError::Internal(reference)
        })?;
        Ok::<_, AppError>((file, bytes))
    };
    match opened.await {
        Ok((file, bytes)) => {
            // only ever saved, never shown
            let disposition = download::as_sent(&file.name);
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
            for (name, value) in [(header::CONTENT_TYPE, file.media), (header::CONTENT_DISPOSITION, disposition)] {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    headers.insert(name, value);
                }
            }
            response
        }
        Err(error) => plain::answer(&headers, &error),
    }
}

/// `GET /avvikelser/{id}/ivo.docx` and `.pdf`: the whole case in one file, for those who handle it.
async fn ivo(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
    format: document::Format,
) -> Response {
    let opened = async {
        let id: AvvikelseId = id.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = state.store.write(&actor, Target::Avvikelse(id), Action::Edit).await?;
        let found = match avvikelse::open(&mut tx, state.clock.now(), &actor, id, "Underlaget till IVO").await? {
            Syn::Handlaggare(found, _) if found.case.is_lex_sarah() => found,
            _ => return Err(AppError::NotFound),
        };
        let atgarder = store::atgard::of_source(&mut tx, &actor, Source::Avvikelse(id)).await?;
        let logga = store::logga::of(&mut tx, found.node).await?;
        let document = dokument(&found, &atgarder, ui::moment::stamp).logga(logga);
        let paper = document::Paper::of(&mut tx, document).await?;
        tx.commit().await?;
        Ok::<_, AppError>(paper)
    };
    match opened.await {
        Ok(paper) => document::answer(&headers, format, paper, state.clock.now()).await,
        Err(error) => plain::answer(&headers, &error),
    }
}

/// `POST /avvikelser/export.xlsx?…`, with what the register is filtered by, in the form and else in the address: it is written down for each case.
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
        let (cases, all) = ui::avvikelse::export(&ctx, &query).await?;
        let sheet = sheet(&cases, all, ctx.now);
        let file = blocking::write("avvikelser", move || workbook::write(&[sheet])).await?;
        Ok::<_, AppError>(workbook::attachment(file, &format!("avvikelser-{}", format::date(ctx.today))))
    };
    written.await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

const HEAD: [(&str, f64); 16] = [
    ("Nummer", 11.0),
    ("Kom in", 12.0),
    ("Vad", 70.0),
    ("Typ", 30.0),
    ("Läge", 14.0),
    ("Enhet", 30.0),
    ("Händelsetyp", 22.0),
    ("Process", 22.0),
    ("Orsaker", 30.0),
    ("Beslut", 40.0),
    ("Åtgärder kvar", 10.0),
    ("Åtgärder klara", 10.0),
    ("Effekt", 40.0),
    ("Återkoppling", 13.0),
    ("Avslutat", 12.0),
    ("Anmält till IVO", 12.0),
];

/// The register: what happened, what was decided and when. Neither who reported nor how to reach who complained is in it.
fn sheet(cases: &[Arende], all: bool, now: DateTime<Utc>) -> Sheet {
    let mut sheet = Sheet::new("Avvikelser", &HEAD, "Register över avvikelser");
    sheet.rows = cases.iter().map(row).collect();
    sheet.foot.extend((!all).then(|| workbook::cut(cases.len())));
    sheet.foot.push(format!("Uttaget {}. Innehållet omfattas av socialtjänstsekretess.", ui::moment::stamp(now)));
    sheet
}

fn row(a: &Arende) -> Vec<Cell> {
    let (r, case) = (a.rad(), &a.case);
    let kinds = r.kinds.iter().map(Kind::label).collect::<Vec<_>>().join(", ");
    let kinds = if r.positive { "Beröm".to_owned() } else { kinds };
    let orsaker: Vec<&str> = case.utredning.orsaker.iter().map(|orsak| orsak.label()).collect();
    vec![
        r.number.into(),
        r.inkommen.into(),
        r.what.into(),
        kinds.into(),
        r.state.label().into(),
        r.node_name.into(),
        a.handelsetyp.clone().into(),
        a.process.clone().into(),
        orsaker.join(", ").into(),
        case.utredning.beslut.clone().into(),
        case.atgarder_open.into(),
        case.atgarder_done.into(),
        case.effect.clone().into(),
        case.feedback_on.into(),
        a.closed_on.into(),
        case.ivo.as_ref().map(|ivo| ivo.on).into(),
    ]
}
