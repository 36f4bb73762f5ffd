//! Kolada: the answer of Kolada as a file or pasted, for a server without internet. What the comparison asks for is read out of it and the
//! rest is said; years that are not in it stay as they were.

use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use domain::{
    field::FieldError,
    format::{self, NBSP},
    permission::{Action, Area},
    person::Actor,
    siffror::{
        jamforelse::{ArsVarde, JamforelseId, Nyckeltal},
        kolada::{self, Svar, Urval},
        serie::SerieId,
    },
};
use store::Target;
use ui::{
    error::AppError,
    flash::{Flash, Toast},
    serie::jamforelse_fil::{asked, path},
};

use super::{
    read::FILE_MAX,
    upload::{self, Upload},
};
use crate::{blocking, extract::Visitor, link, plain, session, state::AppState};

/// The longest address of a next page that is told.
const ADDRESS_MOST: usize = 200;

/// `POST /siffror/{id}/jamforelse/{jamforelse}/fil`
pub(super) async fn receive(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, jamforelse)): Path<(String, String)>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let (Ok(id), Ok(jamforelse)) = (id.parse::<SerieId>(), jamforelse.parse::<JamforelseId>()) else {
        return plain::answer(&headers, &AppError::NotFound);
    };
    // before anything is received from somebody who may not
    if let Some(actor) = &visitor.actor {
        if !actor.grants.may_somewhere(Area::Serie, Action::Edit) {
            return plain::answer(&headers, &AppError::Forbidden);
        }
        if let Err(refused) = what(&state, actor, id, jamforelse).await {
            return plain::answer(&headers, &refused);
        }
    }
    let Some(upload) = Upload::receive(request, &state).await else {
        return plain::answer(&headers, &upload::not_received());
    };
    let answered = match visitor.actor.clone() {
        Some(actor) => write(&state, &visitor, &actor, (id, jamforelse), upload).await,
        None => upload::log_in_first(&path(id, jamforelse), &state, &visitor, upload).await,
    };
    answered.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn what(state: &AppState, actor: &Actor, id: SerieId, jamforelse: JamforelseId) -> Result<Nyckeltal, AppError> {
    let mut tx = state.store.read(actor, Target::Thing(Area::Serie, id.0), Action::Edit).await?;
    Ok(asked(&mut tx, id, jamforelse).await?.1)
}

async fn write(
    state: &AppState,
    visitor: &Visitor,
    actor: &Actor,
    (id, jamforelse): (SerieId, JamforelseId),
    mut upload: Upload,
) -> Result<Response, AppError> {
    let action = path(id, jamforelse);
    let av = what(state, actor, id, jamforelse).await?;
    let (bytes, field) = match sent(&mut upload) {
        Ok(sent) => sent,
        Err(fault) => return upload::refuse(&action, state, visitor, upload, fault, &action).await,
    };
    let judged = blocking::run(move || read(&av, &bytes, if field == "file" { "Filen" } else { "Texten" })).await;
    let read = match judged.unwrap_or_else(|_| Err(upload::UNREADABLE.to_owned())) {
        Ok(read) => read,
        Err(message) => {
            let fault = FieldError { field: field.to_owned(), message };
            return upload::refuse(&action, state, visitor, upload, fault, &action).await;
        }
    };
    let mut tx = state.store.write(actor, Target::Thing(Area::Serie, id.0), Action::Edit).await?;
    // it may be gone since
    asked(&mut tx, id, jamforelse).await?;
    let kept = store::serie::jamforelse::merge(&mut tx, jamforelse, state.clock.today(), &read.years).await?;
    tx.commit().await?;
    let (said, more) = read.said(kept);
    let toast = Toast::word(said).to_read_if(more);
    session::leave(state, &visitor.session, Flash { submitted: None, toast: Some(toast) }, true).await?;
    Ok(link::see_other(&format!("/siffror/{id}")))
}

/// What was sent, and in which field.
fn sent(upload: &mut Upload) -> Result<(Vec<u8>, &'static str), FieldError> {
    let at = |field: &str, message: &str| FieldError { field: field.to_owned(), message: message.to_owned() };
    match upload.too_large {
        Some("file") => {
            return Err(at("file", &format!("Filen är större än {}{NBSP}MB och lästes inte.", FILE_MAX / 1024 / 1024)));
        }
        Some(field) => return Err(at(field, "Texten är för lång. Spara den som en fil och välj filen.")),
        None => {}
    }
    let pasted = upload.fields.get("text").trim().to_owned();
    match upload.file.take() {
        Some(_) if !pasted.is_empty() => Err(at("file", "Välj antingen en fil eller inklistrad text, inte båda.")),
        Some((_, bytes)) => Ok((bytes, "file")),
        None if pasted.is_empty() => Err(at("file", "Välj filen som Kolada svarar med, eller klistra in svaret.")),
        None => Ok((pasted.into_bytes(), "text")),
    }
}

/// What a file holds of the key figure.
struct Read {
    urval: Urval,
    years: Vec<ArsVarde>,
    av: Nyckeltal,
    /// The address of another page, where it says itself that there is one.
    next: Option<String>,
}

fn read(av: &Nyckeltal, bytes: &[u8], whose: &str) -> Result<Read, String> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let svar: Svar = serde_json::from_slice(text)
        .map_err(|_| format!("{whose} är inte ett svar från Kolada. Ta den som den är, utan att ändra i den."))?;
    let page = kolada::page(svar, None).map_err(|fault| fault.to_string())?;
    let next = page.next.clone();
    let mut urval = Urval::new(av);
    urval.take(page).map_err(|fault| fault.to_string())?;
    if let Some(empty) = urval.empty(whose) {
        let next = if next.is_some() { " Det finns en sida till efter den här: prova med den." } else { "" };
        return Err(format!("{empty}{next}"));
    }
    Ok(Read { years: urval.varden(), urval, av: av.clone(), next })
}

impl Read {
    /// What became of it, and whether there is more to it than that all was read. `kept`: how many years stand
    /// there that it does not hold.
    fn said(&self, kept: usize) -> (String, bool) {
        let int = |n: usize| format::int(i64::try_from(n).unwrap_or(i64::MAX));
        let span = match self.years.as_slice() {
            [] => String::new(),
            [one] => format!(": {}", one.ar),
            [first, .., last] => format!(": {}–{}", first.ar, last.ar),
        };
        let read = match self.years.len() {
            1 => "Ett år är inläst".to_owned(),
            n => format!("{} år är inlästa", int(n)),
        };
        let mut said = vec![format!("{read} för {}{span}.", self.av.said())];
        let missing = self.years.iter().filter(|year| year.tal.is_none()).count();
        match missing {
            0 => {}
            1 if self.years.len() == 1 => said.push("Det saknar värde hos Kolada.".to_owned()),
            n if n == self.years.len() => said.push("Alla saknar värde hos Kolada.".to_owned()),
            n => said.push(format!("{} av dem saknar värde hos Kolada.", int(n))),
        }
        if kept > 0 {
            said.push(format!("{} år som inte står i det inlästa är kvar som förut.", int(kept)));
        }
        let left_out = self.urval.left_out();
        if !left_out.is_empty() {
            said.push(left_out);
        }
        match &self.next {
            Some(next) if is_koladas(next) => {
                said.push(format!("Det inlästa är inte helt: Kolada har en sida till. Läs in den också: {next}"));
            }
            Some(_) => said.push("Det inlästa är inte helt: Kolada har en sida till. Läs in den också.".to_owned()),
            None => {}
        }
        (said.join(" "), said.len() > 1)
    }
}

/// Whether an address out of a file is one of Kolada's that can be told: nobody is sent elsewhere by what a file says.
fn is_koladas(address: &str) -> bool {
    let is_plain = address.len() <= ADDRESS_MOST && address.chars().all(|c| c.is_ascii_graphic());
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    is_plain && rest.and_then(|rest| rest.strip_prefix("api.kolada.se")).is_some_and(|path| path.starts_with('/'))
}
