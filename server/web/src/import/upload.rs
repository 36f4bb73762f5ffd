//! Upload: receives a file or pasted cells, keeps the table for the preview, and writes what the user has confirmed.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, Multipart, Request, State, multipart::Field},
    response::Response,
};
use domain::{
    counted::CountFrom,
    field::FieldError,
    id::NodeId,
    import::{Plan, Table, Verdict, meant, rows_in_words},
    permission::Action,
    person::Actor,
    year::Year,
};
use http::HeaderMap;
use store::Target;
use ui::{
    error::AppError,
    flash::{Flash, Submitted, Toast},
    import::{
        plan::{self, Against, Choice},
        read_as::{ASKED, READ_AS},
        underlag::{self, Till},
    },
    place::join,
};
use uuid::Uuid;

use super::{
    encoding,
    read::{self, For, Ways},
};
use crate::{
    blocking,
    extract::Visitor,
    form::{Fields, clean},
    link, plain, session,
    state::AppState,
    utloggad,
};

/// The most bytes that are received, most of them to be thrown away: a browser reads our answer only when it has been
/// allowed to send its file.
pub(super) const BODY_MAX: usize = 64 * 1024 * 1024;
/// The most bytes of pasted cells.
const PASTED_MAX: usize = 1024 * 1024;
/// The most bytes of any other field.
const FIELD_MAX: usize = 1024;
/// The most parts of a form.
const PARTS_MAX: usize = 20;

/// Told when the work of reading the table broke off.
pub(super) const UNREADABLE: &str = "Tabellen kan inte läsas.";

/// What is told when a form with a file broke off on its way.
pub(super) fn not_received() -> AppError {
    let message = "Filen kom inte fram. Ladda om sidan och försök igen.".to_owned();
    AppError::Invalid(vec![FieldError { field: String::new(), message }])
}

/// The form of an import, with its file or pasted text.
#[derive(Default)]
pub(super) struct Upload {
    /// What was typed.
    pub(super) fields: Fields,
    /// Name and content; none when no file was chosen.
    pub(super) file: Option<(String, Vec<u8>)>,
    /// A part was larger than it may be, at this field.
    pub(super) too_large: Option<&'static str>,
    /// The file in each way that it may be written, when it does not say which.
    pub(super) ways: Option<Ways>,
}

impl Upload {
    /// Reads a form with a file. None when it is not one.
    pub(super) async fn receive(request: Request, state: &AppState) -> Option<Self> {
        let mut parts = Multipart::from_request(request, state).await.ok()?;
        let mut upload = Self::default();
        for _ in 0..PARTS_MAX {
            let Some(part) = parts.next_field().await.ok()? else { return Some(upload) };
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file) = part.file_name().map(clean) {
                match content(part, read::FILE_MAX).await? {
                    Some(bytes) if file.is_empty() && bytes.is_empty() => {}
                    Some(bytes) => upload.file = Some((file, bytes)),
                    None => upload.too_large = Some("file"),
                }
                continue;
            }
            let max = if matches!(name.as_str(), "text" | "rows") { PASTED_MAX } else { FIELD_MAX };
            match content(part, max).await? {
                Some(bytes) => upload.fields.push(&name, &bytes),
                None => upload.too_large = Some("text"),
            }
        }
        None
    }

    /// The tables that can be meant, or what is wrong with which field.
    pub(super) async fn tables(
        &mut self,
        what: For,
        meant: impl FnOnce(Vec<Table>) -> Vec<Table> + Send + 'static,
    ) -> Result<(Vec<Table>, &'static str), FieldError> {
        let at = |field: &str, message: String| FieldError { field: field.to_owned(), message };
        match self.too_large {
            Some("file") => return Err(at("file", read::too_large())),
            Some(field) => {
                return Err(at(field, "Texten är för lång. Spara tabellen som en fil och välj den.".to_owned()));
            }
            None => {}
        }
        let pasted = self.fields.get("text").to_owned();
        match self.file.take() {
            Some(_) if !pasted.trim().is_empty() => {
                Err(at("file", "Välj antingen en fil eller inklistrad text, inte båda.".to_owned()))
            }
            Some((name, bytes)) => {
                let again = bytes.clone();
                let read = read::sheets_beside(what, name, bytes).await;
                if read.as_ref().is_ok() || read.as_ref().is_err_and(|fault| fault == encoding::UNSURE) {
                    self.ways = read::ways(what, again).await.and_then(Result::ok);
                }
                let first = self.ways.as_mut().map(|ways| Ok(vec![std::mem::take(&mut ways.ways[0].1)]));
                let read = first.unwrap_or(read);
                let tables = read.map_err(|message| at("file", message))?;
                let tables = blocking::run(move || meant(tables)).await;
                tables.map(|tables| (tables, "file")).map_err(|_| at("file", UNREADABLE.to_owned()))
            }
            None if pasted.trim().is_empty() => {
                Err(at("file", "Välj en fil, eller klistra in tabellen från Excel.".to_owned()))
            }
            None => {
                let read = blocking::run(move || read::text_for(what, &pasted)).await;
                let table = read.unwrap_or_else(|_| Err(UNREADABLE.to_owned()));
                table.map(|t| (vec![t], "text")).map_err(|message| at("text", message))
            }
        }
    }
}

/// The bytes of a part. `Some(None)` when there are more than `max`: the rest is received and thrown away. `None` when
/// the sending broke off.
#[allow(clippy::option_option)]
async fn content(mut part: Field<'_>, max: usize) -> Option<Option<Vec<u8>>> {
    let mut out = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.ok()? {
        if let Some(bytes) = &mut out {
            if bytes.len() + chunk.len() > max {
                out = None;
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
    }
    Some(out)
}

/// A file or pasted cells: kept for the preview. Nothing is written to the plan.
pub(super) async fn receive(plan: Plan, State(state): State<AppState>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers().clone();
    // before anything is received from somebody who may not
    let may = |actor: &Arc<Actor>| actor.grants.may_somewhere(plan.area(), Action::Edit);
    if visitor.actor.as_ref().is_some_and(|actor| !may(actor)) {
        return plain::answer(&headers, &AppError::Forbidden);
    }
    let Some(upload) = Upload::receive(request, &state).await else {
        return plain::answer(&headers, &not_received());
    };
    let answered = match visitor.actor.clone() {
        Some(actor) => show(plan, &state, &visitor, &actor, upload).await,
        None => log_in_first(&path(plan), &state, &visitor, upload).await,
    };
    answered.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn show(
    plan: Plan,
    state: &AppState,
    visitor: &Visitor,
    actor: &Actor,
    mut upload: Upload,
) -> Result<Response, AppError> {
    let node: NodeId = upload.fields.get("enhet").parse().map_err(|_| AppError::NotFound)?;
    let move_dates = !upload.fields.get("flytta").is_empty();
    let target = Target::Node(node, plan.area());
    // before anything is unpacked for somebody who may not use it
    drop(state.store.read(actor, target, Action::Edit).await?);
    let back = page(plan, node, upload.fields.get("ar"), &[]);
    let year = match year(upload.fields.get("ar")) {
        Ok(year) => year,
        Err(fault) => return refuse(&path(plan), state, visitor, upload, fault, &page(plan, node, "", &[])).await,
    };
    let (tables, field) = match upload.tables(For::Plan, move |tables| meant(plan, tables)).await {
        Ok(read) => read,
        Err(fault) => return refuse(&path(plan), state, visitor, upload, fault, &back).await,
    };
    let mut tx = state.store.read(actor, target, Action::Edit).await?;
    let counted = CountFrom::preselected(year, state.clock.today());
    let mut choice = Choice { plan, node, year, move_dates, sheet: 0, counted };
    let against = Against::the_plan(&mut tx, &actor.tree, &choice).await?;
    drop(tx);
    let (tree, today) = (actor.tree.clone(), state.clock.today());
    let judged = blocking::run(move || {
        let mut fault = None;
        for (sheet, table) in tables.iter().enumerate() {
            choice.sheet = sheet;
            match against.judge(&tree, today, &choice, table) {
                // one that can be read is enough: which is meant is asked
                Ok(_) => return (tables, None),
                Err(error) => fault = Some(error),
            }
        }
        (tables, fault)
    });
    let Ok((tables, faults)) = judged.await else {
        let fault = FieldError { field: field.to_owned(), message: UNREADABLE.to_owned() };
        return refuse(&path(plan), state, visitor, upload, fault, &back).await;
    };
    // read in another way it may be a plan: the page asks
    let asks = upload.ways.as_ref().is_some_and(|ways| ways.unsure);
    if let Some(error) = faults.filter(|_| !asks) {
        let AppError::Invalid(faults) = error else { return Err(error) };
        let message = faults.into_iter().map(|f| f.message).next().unwrap_or_default();
        let fault = FieldError { field: field.to_owned(), message };
        return refuse(&path(plan), state, visitor, upload, fault, &back).await;
    }
    let (till, clocks) = (Till::plan(plan), (state.clock.now().timestamp(), state.clock.seconds()));
    let mut tx = state.store.write_own(actor).await?;
    let Some(id) = underlag::keep(&mut tx, actor.person, &till, ("", &tables), &[], clocks).await? else {
        drop(tx);
        let message = "Tabellen har för mycket text för att läsas in på en gång. Dela upp den.".to_owned();
        let fault = FieldError { field: field.to_owned(), message };
        return refuse(&path(plan), state, visitor, upload, fault, &back).await;
    };
    let mut query = vec![("underlag", id.to_string())];
    let mut kept = vec![id];
    if let Some(Ways { ways, unsure }) = upload.ways {
        for (at, (kodning, table)) in ways.into_iter().enumerate() {
            if at == 0 {
                query.push((READ_AS, kodning.code().to_owned()));
            } else {
                let table = std::slice::from_ref(&table);
                if let Some(id) = underlag::keep(&mut tx, actor.person, &till, ("", table), &kept, clocks).await? {
                    kept.push(id);
                    query.push((kodning.code(), id.to_string()));
                }
            }
        }
        if unsure {
            query.push((ASKED, "ja".to_owned()));
        }
    }
    tx.commit().await?;
    if move_dates {
        query.push(("flytta", "ja".to_owned()));
    }
    // the fragment takes reader and screen to the result, and keeps the page from scrolling to where the form stood
    Ok(link::see_other(&format!("{}#resultat", page(plan, node, &year.to_string(), &query))))
}

/// Back to the form, with what was typed and what is wrong. A browser does not send a file twice: it is chosen again.
pub(super) async fn refuse(
    action: &str,
    state: &AppState,
    visitor: &Visitor,
    upload: Upload,
    fault: FieldError,
    back: &str,
) -> Result<Response, AppError> {
    let submitted = submitted(action, upload.fields, vec![fault], None);
    session::leave(state, &visitor.session, Flash { submitted: Some(submitted), toast: None }, true).await?;
    Ok(link::see_other(&format!("{back}#fel")))
}

/// Whoever was logged out meanwhile gets the pasted text back after the login.
pub(super) async fn log_in_first(
    action: &str,
    state: &AppState,
    visitor: &Visitor,
    upload: Upload,
) -> Result<Response, AppError> {
    let chosen = |name: &str| upload.fields.get(name).to_owned();
    let query = [("enhet".to_owned(), chosen("enhet")), ("ar".to_owned(), chosen("ar"))];
    let back = join(action, &query.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>());
    let had_text = !upload.fields.get("text").trim().is_empty();
    let problem = if had_text {
        "Du hade blivit utloggad, så inget lästes in. Det du klistrade in finns kvar. Förhandsgranska igen."
    } else {
        "Du hade blivit utloggad, så inget lästes in. Välj filen igen."
    };
    let submitted = submitted(action, upload.fields, vec![], Some(problem));
    utloggad::answer(state, &visitor.session, submitted, Some(&back)).await
}

fn submitted(action: &str, fields: Fields, errors: Vec<FieldError>, problem: Option<&str>) -> Submitted {
    Submitted {
        action: action.to_owned(),
        fields: fields.0,
        errors,
        problem: problem.map(str::to_owned),
        ..Submitted::default()
    }
}

/// Writes the new rows of a table that was shown, all or none, checked against the plan as it is now.
pub(super) async fn confirm(
    plan: Plan,
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Some(actor) = visitor.actor.clone() else {
        // after the login the preview is there again, if it is not too old
        let query: Vec<_> = fields.0.into_iter().collect();
        return link::see_other(&link::login(&join(&path(plan), &query)));
    };
    write(plan, &state, &visitor, &actor, &fields).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn write(
    plan: Plan,
    state: &AppState,
    visitor: &Visitor,
    actor: &Actor,
    fields: &Fields,
) -> Result<Response, AppError> {
    let node: NodeId = fields.get("enhet").parse().map_err(|_| AppError::NotFound)?;
    let year = year(fields.get("ar")).map_err(|fault| AppError::Invalid(vec![fault]))?;
    let sheet = fields.get("blad").parse::<usize>().unwrap_or(1).saturating_sub(1);
    let today = state.clock.today();
    // as the page shows it until somebody chooses
    let counted = CountFrom::from_code(fields.get("raknas")).unwrap_or(CountFrom::preselected(year, today));
    let choice = Choice { plan, node, year, move_dates: !fields.get("flytta").is_empty(), sheet, counted };
    let batch: Uuid = fields.get("underlag").parse().map_err(|_| AppError::NotFound)?;
    let mut tx = state.store.write(actor, Target::Node(node, plan.area()), Action::Edit).await?;
    let now = state.clock.now();
    let kept = underlag::get(&mut tx, actor.person, &Till::plan(plan), batch, now.timestamp()).await?;
    let Some(table) = kept.and_then(|kept| kept.tables.into_iter().nth(sheet)) else {
        // the page says that it is not kept any longer
        let query = [("underlag", batch.to_string())];
        return Ok(link::see_other(&page(plan, node, &year.to_string(), &query)));
    };
    let preview = plan::write(&mut tx, &actor.tree, (now, today), &choice, &table, batch).await?;
    tx.commit().await?;
    let text = match preview.count(Verdict::New) {
        0 => "Alla rader fanns redan i planen.".to_owned(),
        1 => "1 rad är inläst".to_owned(),
        n => format!("{} är inlästa", rows_in_words(n)),
    };
    let left_out = preview.left_out_sentence(counted, today);
    let more = left_out.is_some() || preview.count(Verdict::New) == 0;
    let text = match left_out {
        Some(sentence) => format!("{}. {sentence}", text.trim_end_matches('.')),
        None => text,
    };
    let toast = Toast::word(text).to_read_if(more);
    session::leave(state, &visitor.session, Flash { submitted: None, toast: Some(toast) }, true).await?;
    let query = [("enhet".to_owned(), node.to_string()), ("ar".to_owned(), year.to_string())];
    Ok(link::see_other(&join(&format!("/{}", plan.code()), &query)))
}

fn path(plan: Plan) -> String {
    format!("/{}/importera", plan.code())
}

fn page(plan: Plan, node: NodeId, year: &str, more: &[(&str, String)]) -> String {
    let mut query = vec![("enhet".to_owned(), node.to_string())];
    // a year that is none would make the page one that does not exist
    if self::year(year).is_ok() {
        query.push(("ar".to_owned(), year.trim().to_owned()));
    }
    query.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    join(&path(plan), &query)
}

fn year(text: &str) -> Result<i32, FieldError> {
    text.parse().map(Year::get).map_err(|_| FieldError {
        field: "ar".to_owned(),
        message: "Skriv året med fyra siffror, som 2026.".to_owned(),
    })
}
