//! Receiving a table for a thing, as a file or pasted: read, judged against what the thing holds, and kept for the preview. What the table
//! means is said by its kind (`Mottagare`); the page shows what it would do, and a server function writes it.

use std::{future::Future, str::FromStr};

use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use chrono::NaiveDate;
use domain::{
    field::FieldError,
    import::Table,
    permission::{Action, Area},
    person::Actor,
    siffror::inlasning::utan_personnummer,
};
use store::{Target, Tx};
use ui::{
    error::AppError,
    import::underlag::{self, Till},
};
use uuid::Uuid;

use super::{
    read::{For, Ways},
    upload::{self, UNREADABLE, Upload},
};
use crate::{blocking, extract::Visitor, link, plain, state::AppState};

/// A kind of table, and what one is judged against.
pub(super) trait Mottagare: Sized + Send + 'static {
    /// What names the thing in the address.
    type Id: FromStr + Copy + Send + Sync + 'static;
    /// The area of the thing.
    const AREA: Area;

    /// The id as the database has it.
    fn uuid(id: Self::Id) -> Uuid;
    /// The page, which its form posts to.
    fn path(id: Self::Id) -> String;
    /// What the tables are kept for.
    fn till(id: Self::Id) -> Till;
    /// The address of the preview.
    fn preview(id: Self::Id, underlag: Uuid) -> String;
    /// What the thing holds.
    fn read(tx: &mut Tx, id: Self::Id) -> impl Future<Output = Result<Self, AppError>> + Send;
    /// Whether a table can be read with nothing answered; the sentence says why not.
    fn judge(&self, table: &Table, today: NaiveDate) -> Result<(), String>;
}

/// `POST` of the page of a kind of table.
pub(super) async fn receive<M: Mottagare>(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let Ok(id) = id.parse::<M::Id>() else { return plain::answer(&headers, &AppError::NotFound) };
    // before anything is received from somebody who may not
    if let Some(actor) = &visitor.actor {
        if !actor.grants.may_somewhere(M::AREA, Action::Edit) {
            return plain::answer(&headers, &AppError::Forbidden);
        }
        if let Err(refused) = state.store.read(actor, target::<M>(id), Action::Edit).await {
            return plain::answer(&headers, &refused.into());
        }
    }
    let Some(upload) = Upload::receive(request, &state).await else {
        return plain::answer(&headers, &upload::not_received());
    };
    let answered = match visitor.actor.clone() {
        Some(actor) => show::<M>(&state, &visitor, &actor, id, upload).await,
        None => upload::log_in_first(&M::path(id), &state, &visitor, upload).await,
    };
    answered.unwrap_or_else(|error| plain::answer(&headers, &error))
}

fn target<M: Mottagare>(id: M::Id) -> Target {
    Target::Thing(M::AREA, M::uuid(id))
}

async fn show<M: Mottagare>(
    state: &AppState,
    visitor: &Visitor,
    actor: &Actor,
    id: M::Id,
    mut upload: Upload,
) -> Result<Response, AppError> {
    let action = M::path(id);
    let mut tx = state.store.read(actor, target::<M>(id), Action::Edit).await?;
    let mot = M::read(&mut tx, id).await?;
    drop(tx);
    let rubrik = underlag::rubrik(upload.file.as_ref().map(|(name, _)| name.as_str()));
    let (mut tables, field) = match upload.tables(For::Serie, |tables| tables).await {
        Ok(read) => read,
        Err(fault) => return upload::refuse(&action, state, visitor, upload, fault, &action).await,
    };
    if let (Some(Ways { ways, unsure }), [table]) = (&upload.ways, tables.as_mut_slice()) {
        note_ways(table, ways.first().map_or("", |(kodning, _)| kodning.label()), *unsure);
    }
    let today = state.clock.today();
    let judged = blocking::run(move || sheets(&mot, tables, today)).await;
    let (tables, fault) = judged.unwrap_or_else(|_| (vec![], Some(UNREADABLE.to_owned())));
    let at = |message: String| FieldError { field: field.to_owned(), message };
    if tables.is_empty() {
        let fault = at(fault.unwrap_or_else(|| UNREADABLE.to_owned()));
        return upload::refuse(&action, state, visitor, upload, fault, &action).await;
    }
    let clocks = (state.clock.now().timestamp(), state.clock.seconds());
    let mut tx = state.store.write_own(actor).await?;
    let kept = underlag::keep(&mut tx, actor.person, &M::till(id), (&rubrik, &tables), &[], clocks).await?;
    let Some(underlag) = kept else {
        drop(tx);
        let fault = at("Tabellen har för mycket text för att läsas in på en gång. Dela upp den.".to_owned());
        return upload::refuse(&action, state, visitor, upload, fault, &action).await;
    };
    tx.commit().await?;
    // the fragment takes reader and screen to the result
    Ok(link::see_other(&format!("{}#resultat", M::preview(id, underlag))))
}

/// The sheets that can be read, each with a note about those that cannot; the first fault, should there be none.
fn sheets<M: Mottagare>(mot: &M, tables: Vec<Table>, today: NaiveDate) -> (Vec<Table>, Option<String>) {
    // of one on any sheet nothing is kept
    if let Err(why) = tables.iter().try_for_each(utan_personnummer) {
        return (vec![], Some(why));
    }
    let (mut kept, mut left_out) = (vec![], vec![]);
    for table in tables {
        // a sheet that can be read is enough: which is meant is asked
        match mot.judge(&table, today) {
            Ok(()) => kept.push(table),
            Err(why) => left_out.push((table.sheet().to_owned(), why)),
        }
    }
    for (sheet, why) in left_out.iter().filter(|(sheet, _)| !sheet.is_empty()) {
        for table in &mut kept {
            table.note(format!("Bladet ”{sheet}” är inte med: {why}"));
        }
    }
    (kept, left_out.into_iter().next().map(|(_, why)| why))
}

/// How the letters of a file were read, where it does not say.
fn note_ways(table: &mut Table, label: &str, unsure: bool) {
    table.note(if unsure {
        format!(
            "Bokstäverna i filen kan läsas på flera sätt. Här är den läst som {label}. Se efter att å, ä och ö är rätt."
        )
    } else {
        format!("Filen är läst som {label}.")
    });
}
