//! Runs of egenkontroller, what is not a page: the form that begins one, which may carry a file, and the files of its documentation.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State, multipart::Field},
    response::Response,
    routing::{get, post},
};
use domain::{
    field::FieldError,
    genomforande::{
        StartForm, check_start,
        reference::{List, names_person},
    },
    id::{EgenkontrollId, GenomforandeId, OccurrenceId},
    permission::{Action, Area},
    person::Actor,
    sample::Seed,
};
use http::HeaderMap;
use store::{Target, genomforande, occurrence, plan};
use ui::{
    ctx::{Device, Login},
    error::AppError,
    flash::{Flash, Submitted, Toast},
    genomforande::START,
};

use crate::{
    blocking,
    document::{self, Format, Paper},
    extract::{CurrentActor, Visitor},
    form::clean,
    import, link, plain, session,
    state::AppState,
    utloggad,
};

/// The most bytes received: a file is 5 MB at most, a pasted list of twenty thousand cases one.
const BODY_MAX: usize = 16 * 1024 * 1024;
/// The most bytes of a field.
const FIELD_MAX: usize = 4 * 1024 * 1024;
/// The most empty rows in a row that are kept of a file, so that those below have their numbers.
const GAP_MAX: usize = 1_000;

/// The routes.
pub fn routes() -> Router<AppState> {
    let file = |format| get(move |state, actor, headers, id| documentation(state, actor, headers, id, format));
    Router::new()
        .route(START, post(start).layer(DefaultBodyLimit::max(BODY_MAX)))
        .route("/genomforanden/{id}/dokumentation.docx", file(Format::Word))
        .route("/genomforanden/{id}/dokumentation.pdf", file(Format::Pdf))
}

/// The fields of the form that starts a run, with the list of cases.
#[derive(Default)]
struct Sent {
    occurrence: String,
    save: bool,
    form: StartForm,
    file: Option<(String, Vec<u8>)>,
    /// What the reader of the file had to say, in sentences.
    notes: Vec<String>,
    /// Whether the list came in a file, with whatever else stood in it.
    from_file: bool,
    /// Whether a field was longer than is received: what there is of it is not what was sent.
    cut: bool,
}

impl Sent {
    async fn receive(request: Request, state: &AppState) -> Option<Self> {
        let mut parts = Multipart::from_request(request, state).await.ok()?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.ok()? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file) = part.file_name().map(clean) {
                // one byte more than a file may have, so that the reader says that it is too large
                let (bytes, _) = content(part, import::FILE_MAX + 1).await?;
                if !file.is_empty() || !bytes.is_empty() {
                    sent.file = Some((file, bytes));
                }
                continue;
            }
            let (value, cut) = content(part, FIELD_MAX).await?;
            sent.cut |= cut;
            let value = clean(&String::from_utf8_lossy(&value));
            let form = &mut sent.form;
            match name.as_str() {
                "tillfalle" => sent.occurrence = value,
                "spara_mall" => sent.save = value == "on",
                "kind" => form.kind = value,
                "kriterier" => form.kriterier = value,
                "urval" => form.urval = value,
                "population" => form.population = value,
                "lista" => form.lista = value,
                "kon" => form.kon = value,
                "numrera" => form.numrera = value,
                "kollegie" => form.kollegie = value,
                _ => {}
            }
        }
        Some(sent)
    }

    /// The form as it goes back to the page. What names persons never does: the list is numbered first, and of a table with
    /// more in it than a list needs, which can be names, what it needs goes back; so no session holds it.
    fn back(&mut self, errors: Vec<FieldError>, problem: Option<String>) -> Submitted {
        let list = List::read(&self.form.lista);
        if !list.persons().is_empty() {
            self.form.lista = list.numbered().text();
        } else if self.from_file || names_person(&self.form.lista) {
            self.form.lista = list.text();
        }
        let f = &self.form;
        let fields = [
            ("tillfalle", &self.occurrence),
            ("kind", &f.kind),
            ("kriterier", &f.kriterier),
            ("urval", &f.urval),
            ("population", &f.population),
            ("lista", &f.lista),
            ("kon", &f.kon),
            ("numrera", &f.numrera),
            ("kollegie", &f.kollegie),
            ("spara_mall", &if self.save { "on".to_owned() } else { String::new() }),
        ];
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        Submitted { action: START.to_owned(), fields, errors, problem, ..Submitted::default() }
    }

    fn page(&self) -> String {
        ui::place::join("/genomforanden/ny", &[("tillfalle".to_owned(), self.occurrence.clone())])
    }
}

/// The bytes of a part, at most `max`, and whether there were more; those are received and thrown away.
async fn content(mut part: Field<'_>, max: usize) -> Option<(Vec<u8>, bool)> {
    let (mut out, mut cut) = (Vec::new(), false);
    while let Some(chunk) = part.chunk().await.ok()? {
        let room = max.saturating_sub(out.len()).min(chunk.len());
        out.extend_from_slice(&chunk[..room]);
        cut |= room < chunk.len();
    }
    Some((out, cut))
}

/// Begins a run.
async fn start(State(state): State<AppState>, visitor: Visitor, request: Request) -> Response {
    let headers = request.headers().clone();
    // before anything is received from somebody who may not
    let may = |actor: &Arc<Actor>| actor.grants.may_somewhere(Area::Egenkontroll, Action::TickOwn);
    if visitor.actor.as_ref().is_some_and(|actor| !may(actor)) {
        return plain::answer(&headers, &AppError::Forbidden);
    }
    let Some(mut sent) = Sent::receive(request, &state).await else {
        let message = "Formuläret kom inte fram. Ladda om sidan och försök igen.".to_owned();
        return plain::answer(&headers, &AppError::Invalid(vec![FieldError { field: String::new(), message }]));
    };
    let answered = match visitor.actor.clone() {
        Some(actor) => begin(&state, &visitor, &actor, &mut sent).await,
        None => log_in_first(&state, &visitor, &mut sent).await,
    };
    answered.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn begin(state: &AppState, visitor: &Visitor, actor: &Actor, sent: &mut Sent) -> Result<Response, AppError> {
    let id: OccurrenceId = sent.occurrence.parse().map_err(|_| AppError::NotFound)?;
    // before a file is unpacked for somebody who may not use it
    drop(state.store.read(actor, Target::Occurrence(id), Action::TickOwn).await?);
    if sent.cut {
        let message = "Listan är större än 4 MB, så allt kom inte fram och inget är draget. Ta bort kolumner som inte behövs, \
                       eller skriv hur många ärendena är.";
        sent.form.lista = String::new();
        let fault = FieldError { field: "lista".to_owned(), message: message.to_owned() };
        return refuse(state, visitor, sent, vec![fault]).await;
    }
    if let Err(fault) = read_file(sent).await {
        return refuse(state, visitor, sent, vec![fault]).await;
    }
    let form = sent.form.clone();
    let checked = match blocking::run(move || check_start(&form)).await {
        Ok(Ok(checked)) => checked,
        Ok(Err(errors)) => return refuse(state, visitor, sent, errors).await,
        Err(blocking::Broken) => return Err(AppError::Internal(domain::random::reference())),
    };
    let mut tx = state.store.write(actor, Target::Occurrence(id), Action::TickOwn).await?;
    let item = occurrence::get(&mut tx, actor, id).await?;
    if item.area != Area::Egenkontroll {
        return Err(AppError::NotFound);
    }
    let (now, today) = (state.clock.now(), state.clock.today());
    let new = GenomforandeId::new();
    let run = match genomforande::create(&mut tx, now, today, new, &item, &checked, Seed::new()).await {
        Err(store::Error::Conflict) => {
            return Err(AppError::Conflict(
                item.removed_words()
                    .unwrap_or_else(|| "Tillfället är redan utfört. Öppna det och läs vad som gäller nu.".to_owned()),
            ));
        }
        other => other?,
    };
    let control = EgenkontrollId(item.source);
    let (row, _) = plan::get(&mut tx, control).await?;
    if sent.save && run == new && actor.may(row.node, Area::Egenkontroll, Action::Edit) {
        let seen = genomforande::mall_seen(&genomforande::mall(&mut tx, control).await?);
        genomforande::save_mall(&mut tx, now, control, &checked.mall, &seen).await?;
    }
    tx.commit().await?;
    let mut text = match (run == new, checked.sizes) {
        (false, _) => "Kontrollen var redan påbörjad: här är den".to_owned(),
        (true, Some((population, n))) => {
            format!("{} av {} ärenden är dragna", domain::format::int(n), domain::format::int(population))
        }
        (true, None) => "Genomförandet är påbörjat".to_owned(),
    };
    let mut more = false;
    for note in sent.notes.iter().chain(checked.list.iter().flat_map(|list| &list.notes)).filter(|_| run == new) {
        more = true;
        text = format!("{}. {note}", text.trim_end_matches('.'));
    }
    let flash = Flash { submitted: None, toast: Some(Toast::word(text).to_read_if(more)) };
    session::leave(state, &visitor.session, flash, true).await?;
    Ok(link::see_other(&format!("/genomforanden/{run}")))
}

/// Reads the file, when there is one, into the list.
async fn read_file(sent: &mut Sent) -> Result<(), FieldError> {
    let Some((name, bytes)) = sent.file.take() else { return Ok(()) };
    let at = |message: String| FieldError { field: "fil".to_owned(), message };
    if !sent.form.lista.trim().is_empty() {
        return Err(at("Välj antingen en fil eller en inklistrad lista, inte båda.".to_owned()));
    }
    let table = import::read_beside(name, bytes).await.map_err(|message| {
        // cases have another way in than a file
        at(format!("{message} Du kan också kopiera kolumnen och klistra in den, eller skriva hur många ärendena är."))
    })?;
    // as it would have been pasted, so that a file and a copy of it are read in one way; rows keep their numbers
    let mut lines: Vec<String> = Vec::new();
    for row in table.rows() {
        lines.resize((row.line as usize).saturating_sub(1).min(lines.len() + GAP_MAX).max(lines.len()), String::new());
        lines.push(domain::table::line(&row.cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    sent.form.lista = lines.join("\n");
    sent.from_file = true;
    sent.notes = table.notes().to_vec();
    Ok(())
}

/// Back to the form, with what was typed and what is wrong.
async fn refuse(
    state: &AppState,
    visitor: &Visitor,
    sent: &mut Sent,
    errors: Vec<FieldError>,
) -> Result<Response, AppError> {
    let notes = std::mem::take(&mut sent.notes);
    let submitted = sent.back(errors, (!notes.is_empty()).then(|| notes.join(" ")));
    session::leave(state, &visitor.session, Flash { submitted: Some(submitted), toast: None }, true).await?;
    Ok(link::see_other(&format!("{}#fel", sent.page())))
}

/// Whoever was logged out meanwhile gets the form back after the login.
async fn log_in_first(state: &AppState, visitor: &Visitor, sent: &mut Sent) -> Result<Response, AppError> {
    let problem = "Du hade blivit utloggad, så inget drogs. Det du skrev finns kvar. Försök igen.".to_owned();
    let submitted = sent.back(vec![], Some(problem));
    utloggad::answer(state, &visitor.session, submitted, Some(&sent.page())).await
}

/// `GET /genomforanden/{id}/dokumentation.docx` and `.pdf`
async fn documentation(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    headers: HeaderMap,
    Path(id): Path<String>,
    format: Format,
) -> Response {
    let written = async {
        let id: GenomforandeId = id.parse().map_err(|_| AppError::NotFound)?;
        let ctx = state.ctx(Some(actor.clone()), Device::default(), Login::default(), Flash::default());
        let document = ui::genomforande::document(ctx, actor.clone(), id).await?;
        let mut tx = state.store.read(&actor, Target::Genomforande(id), Action::View).await?;
        Paper::of(&mut tx, document).await
    };
    match written.await {
        Ok(paper) => document::answer(&headers, format, paper, state.clock.now()).await,
        Err(error) => plain::answer(&headers, &error),
    }
}
