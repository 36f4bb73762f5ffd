//! Lista: a list of persons, as a file or pasted. It is read to the rows of a table and shown in the page that answers; nothing of it
//! is kept, and the rows are written by the server function of the same page.

use axum::{
    extract::{FromRequestParts, Request, State},
    response::{IntoResponse, Response},
};
use domain::{
    field::FieldError,
    import::Table,
    permission::{Action, Area},
    table,
};
use http::StatusCode;
use ui::{admin::LISTA, error::AppError, flash::Submitted};

use super::{read, upload::Upload};
use crate::{blocking, extract::Visitor, link, page, plain, state::AppState, utloggad};

/// `POST /admin/personer/importera`
pub(super) async fn receive(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    // before anything is received from somebody who may not
    match &visitor.actor {
        None => {
            let answer = utloggad::not_received(&state, &visitor.session, Some(LISTA)).await;
            return answer.unwrap_or_else(|error| plain::answer(&parts.headers, &error));
        }
        Some(actor) if !actor.grants.may_somewhere(Area::Person, Action::Edit) => {
            return plain::answer(&parts.headers, &AppError::Forbidden);
        }
        Some(_) => {}
    }
    let Some(mut upload) = Upload::receive(Request::from_parts(parts.clone(), body), &state).await else {
        return link::see_other(LISTA).into_response();
    };
    let typed = upload.fields.get("rows").to_owned();
    let (rows, errors) = match rows(&mut upload).await {
        Ok(rows) => (rows, vec![]),
        Err(fault) => (typed, vec![fault]),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let fields = vec![("rows".to_owned(), rows)];
    let submitted = Submitted { action: LISTA.to_owned(), fields, errors, ..Submitted::default() };
    page::again(&state, parts, visitor, submitted, status).await
}

/// The list as rows of cells with tabs between, numbered as in its file.
pub(super) async fn rows(upload: &mut Upload) -> Result<String, FieldError> {
    let at = |field: &str, message: String| FieldError { field: field.to_owned(), message };
    match upload.too_large {
        Some("file") => return Err(at("file", read::too_large())),
        Some(_) => return Err(at("rows", "Texten är för lång. Dela upp listan.".to_owned())),
        None => {}
    }
    let pasted = upload.fields.get("rows").to_owned();
    // the list of a preview stands in the field: a file that is chosen then comes in its place
    match upload.file.take() {
        Some((name, bytes)) => {
            read::beside(name, bytes).await.map(|table| lines(&table)).map_err(|text| at("file", text))
        }
        None if pasted.trim().is_empty() => {
            Err(at("file", "Välj en fil, eller klistra in tabellen från Excel.".to_owned()))
        }
        None => {
            let read = blocking::run(move || read::text(&pasted)).await;
            let read = read.unwrap_or_else(|_| Err("Tabellen kan inte läsas.".to_owned()));
            read.map(|table| lines(&table)).map_err(|text| at("rows", text))
        }
    }
}

/// A table as text, with an empty line for each row that it has none of.
fn lines(table: &Table) -> String {
    let mut out = String::new();
    let mut line = 1;
    for row in table.rows() {
        while line < row.line {
            out.push('\n');
            line += 1;
        }
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
        out.push_str(&table::line(&cells));
        out.push('\n');
        line += 1;
    }
    out.trim_end().to_owned()
}
