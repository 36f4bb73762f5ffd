//! Svar: a table of answers to an enkät, pasted or as a file. It goes the way of a single answer ([`crate::enkat`]): what is asked and
//! what became of it stand in the answer to the post itself, so that no session, which has a person, ever holds an answer. The table
//! stands in the page until it is confirmed, and afterwards nowhere.

use axum::{
    extract::{FromRequestParts, Path, Request, State},
    response::Response,
};
use domain::{
    enkat::tabell::{FIELD, ROWS_MAX},
    field::FieldError,
    id::EnkatId,
    rate,
};
use http::{StatusCode, request::Parts};
use sha2::{Digest, Sha256};
use ui::{
    ctx::Ctx,
    enkat::tabell_api::{self as api, ANGRA, ANTAL, FRO, MARKE, NOT, SPARA, STEG, Sedd, Sparad, UTFALL},
    error::AppError,
    flash::{Flash, Submitted},
};
use uuid::Uuid;

use super::{lista, upload::Upload};
use crate::{
    extract::Visitor,
    form::{self, Fields},
    gate::Hasty,
    page, plain,
    state::AppState,
    utloggad,
};

/// What the page is told.
#[derive(Default)]
struct Told {
    status: StatusCode,
    fields: Vec<(String, String)>,
    errors: Vec<FieldError>,
    problem: Option<String>,
    /// Why it has to come again later.
    wait: Option<AppError>,
}

/// `POST /enkater/{id}/klistra`
pub(super) async fn receive(State(state): State<AppState>, Path(id): Path<String>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &state).await {
        Ok(visitor) => visitor,
        Err(refusal) => return refusal,
    };
    let Ok(enkat) = id.parse::<EnkatId>() else { return plain::answer(&parts.headers, &AppError::NotFound) };
    let action = api::action_of(enkat);
    // before anything is received from somebody who may not
    if visitor.actor.is_none() {
        let answer = utloggad::not_received(&state, &visitor.session, Some(&action)).await;
        return answer.unwrap_or_else(|error| plain::answer(&parts.headers, &error));
    }
    let ctx = state.ctx(visitor.actor.clone(), visitor.device.clone(), visitor.login.clone(), Flash::default());
    if let Err(error) = api::may(&ctx, enkat).await {
        return plain::answer(&parts.headers, &error);
    }
    let read = if form::is_form(&parts.headers) {
        match form::read(&parts.headers, body).await {
            Ok(body) => Ok(Fields::parse(&body)),
            Err(refusal) => return refusal,
        }
    } else {
        uploaded(Request::from_parts(parts.clone(), body), &state).await
    };
    let told = match (read, parts.extensions.get::<Hasty>()) {
        (Ok(fields), Some(Hasty(seconds))) => Err((fields, AppError::Wait(*seconds))),
        (Ok(fields), None) => done(&ctx, enkat, fields).await,
        (Err(told), _) => Ok(told),
    };
    answer(&state, (parts, visitor), action, told).await
}

/// The page again, with what became of it, or with what was sent where it could not be done just now.
async fn answer(
    state: &AppState,
    (parts, visitor): (Parts, Visitor),
    action: String,
    told: Result<Told, (Fields, AppError)>,
) -> Response {
    let told = match told {
        Ok(told) => told,
        Err((
            fields,
            error @ (AppError::Conflict(_)
            | AppError::Internal(_)
            | AppError::Wait(_)
            | AppError::Busy
            | AppError::Unreached
            | AppError::Unsure),
        )) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Told { status, fields: fields.0, problem: Some(error.message()), wait: Some(error), ..Told::default() }
        }
        Err((_, error)) => return plain::answer(&parts.headers, &error),
    };
    let Told { status, fields, errors, problem, wait } = told;
    let submitted = Submitted { action, fields, errors, problem, ..Submitted::default() };
    let response = page::again(state, parts, visitor, submitted, status).await;
    match wait {
        Some(error) => plain::waiting(response, &error),
        None => response,
    }
}

/// The rows of a file or of what was pasted, as the page then holds them.
async fn uploaded(request: Request, state: &AppState) -> Result<Fields, Told> {
    let wrong = |fields: Vec<(String, String)>, fault| Told {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        fields,
        errors: vec![fault],
        ..Told::default()
    };
    let Some(mut upload) = Upload::receive(request, state).await else {
        let message = "Tabellen kom inte fram. Försök igen.".to_owned();
        return Err(wrong(vec![], FieldError { field: FIELD.to_owned(), message }));
    };
    let typed = upload.fields.get(FIELD).to_owned();
    match lista::rows(&mut upload).await {
        Ok(rows) => Ok(Fields(vec![(FIELD.to_owned(), rows)])),
        Err(fault) => Err(wrong(vec![(FIELD.to_owned(), typed)], fault)),
    }
}

async fn done(ctx: &Ctx, enkat: EnkatId, fields: Fields) -> Result<Told, (Fields, AppError)> {
    let ids = |n: usize| ids(fields.get(FRO), n);
    let known = ["", SPARA, ANGRA];
    let step = known.into_iter().find(|step| *step == fields.get(STEG)).unwrap_or_default();
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let became = |utfall: &str, more: Vec<(String, String)>| Told {
        fields: [vec![pair(UTFALL, utfall.to_owned())], more].concat(),
        ..Told::default()
    };
    if step == ANGRA {
        let n = fields.get(ANTAL).parse::<usize>().ok().filter(|n| (1..=ROWS_MAX).contains(n));
        let Some(n) = n else { return Err((fields, AppError::NotFound)) };
        let undone = api::undo(ctx, enkat, &ids(n), fields.get(MARKE).parse().ok()).await;
        return match undone {
            Ok(gone) => {
                Ok(became("borta", vec![pair(ANTAL, gone.gone.to_string()), pair("kvar", gone.left.to_string())]))
            }
            Err(error) => Err((fields, error)),
        };
    }
    // whatever is to be done: nothing of a person is shown again
    let faults = match api::look(ctx, enkat, &fields.0).await {
        Ok(Sedd::Visas(faults)) => faults,
        Ok(Sedd::Avvisad(rest, errors)) => {
            let fields = vec![pair(FIELD, rest)];
            return Ok(Told { status: StatusCode::UNPROCESSABLE_ENTITY, fields, errors, ..Told::default() });
        }
        Err(error) => return Err((fields, error)),
    };
    if step != SPARA {
        return Ok(shown(fields, "", (StatusCode::OK, faults)));
    }
    match api::save(ctx, enkat, &fields.0, ids).await {
        Ok(Sparad::Ja(n, mark, notes)) => {
            let mark = mark.map(|mark| mark.to_string()).unwrap_or_default();
            let way_back = [pair(ANTAL, n.to_string()), pair(FRO, fields.get(FRO).to_owned()), pair(MARKE, mark)];
            Ok(became("sparad", way_back.into_iter().chain(notes.into_iter().map(|note| pair(NOT, note))).collect()))
        }
        Ok(Sparad::Redan) => Ok(became("redan", vec![])),
        Ok(Sparad::Samma) => Ok(shown(fields, "samma", (StatusCode::CONFLICT, faults))),
        Ok(Sparad::Vanta(seconds)) => {
            let wait = AppError::Wait(seconds);
            let problem = Some(format!("{} {}", rate::rows_sentence(), wait.message()));
            let told = shown(fields, "", (StatusCode::TOO_MANY_REQUESTS, faults));
            Ok(Told { problem, wait: Some(wait), ..told })
        }
        Ok(Sparad::Titta) => Ok(shown(fields, "titta", (StatusCode::UNPROCESSABLE_ENTITY, faults))),
        Err(error) => Err((fields, error)),
    }
}

/// The table and what was chosen, shown again.
fn shown(fields: Fields, utfall: &str, (status, errors): (StatusCode, Vec<FieldError>)) -> Told {
    let mut fields = fields.0;
    fields.retain(|(name, _)| name != UTFALL);
    fields.push((UTFALL.to_owned(), utfall.to_owned()));
    Told { status, fields, errors, ..Told::default() }
}

/// The ids of the answers of a form: as good as random to whoever does not have what they are made of, which stands in its page alone.
/// The same form sent twice has the same, so that its answers come once. None where nothing was sent to make them of.
fn ids(seed: &str, n: usize) -> Vec<Uuid> {
    let Some(seed) = seed.parse::<Uuid>().ok().filter(|seed| seed.get_version_num() == 4) else { return vec![] };
    let of = |at: usize| {
        let at = u64::try_from(at).unwrap_or(u64::MAX).to_be_bytes();
        let hash = Sha256::new().chain_update(b"kvalitetshjulet svar").chain_update(seed).chain_update(at).finalize();
        uuid::Builder::from_random_bytes(std::array::from_fn(|i| hash[i])).into_uuid()
    };
    (0..n.min(ROWS_MAX)).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_sent_twice_has_the_same_ids_and_no_other_has_them() {
        let (one, other) = (Uuid::new_v4().to_string(), Uuid::new_v4().to_string());
        assert_eq!(ids(&one, 12), ids(&one, 12));
        assert!(ids(&one, 12).iter().all(|id| id.get_version_num() == 4 && !ids(&other, 12).contains(id)));
        assert!(!ids(&one, 12).is_sorted(), "the order of the ids is not that of the rows");
        assert!(ids("", 12).is_empty());
        assert!(ids("0193a5b0-7c3e-7d21-8f00-5a1b2c3d4e5f", 12).is_empty(), "one that could tell the time");
    }
}
