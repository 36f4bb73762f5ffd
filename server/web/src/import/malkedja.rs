//! Målkedja: a table of goals for a plan, as a file or pasted. It is read and kept for the preview; the page shows what it would do, and the
//! server function of `ui::verksamhetsplan` writes it.

use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use domain::{
    field::FieldError,
    permission::{Action, Area},
    person::Actor,
    siffror::inlasning::{Svar, utan_personnummer},
    verksamhetsplan::plan::PlanId,
};
use store::Target;
use ui::{
    error::AppError,
    import::underlag::{self, Till},
    verksamhetsplan::las_in_data::{Mot, Vald, path},
};

use super::{
    read::For,
    upload::{self, UNREADABLE, Upload},
};
use crate::{blocking, extract::Visitor, link, plain, state::AppState};

/// `POST /verksamhetsplan/{id}/las-in`
pub(super) async fn receive(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let Ok(id) = id.parse::<PlanId>() else { return plain::answer(&headers, &AppError::NotFound) };
    // before anything is received from somebody who may not
    if let Some(actor) = &visitor.actor {
        if !actor.grants.may_somewhere(Area::Verksamhetsplan, Action::Edit) {
            return plain::answer(&headers, &AppError::Forbidden);
        }
        if let Err(refused) = state.store.read(actor, target(id), Action::Edit).await {
            return plain::answer(&headers, &refused.into());
        }
    }
    let Some(upload) = Upload::receive(request, &state).await else {
        let message = "Filen kom inte fram. Ladda om sidan och försök igen.".to_owned();
        let error = AppError::Invalid(vec![FieldError { field: String::new(), message }]);
        return plain::answer(&headers, &error);
    };
    let answered = match visitor.actor.clone() {
        Some(actor) => show(&state, &visitor, &actor, id, upload).await,
        None => upload::log_in_first(&path(id), &state, &visitor, upload).await,
    };
    answered.unwrap_or_else(|error| plain::answer(&headers, &error))
}

fn target(id: PlanId) -> Target {
    Target::Thing(Area::Verksamhetsplan, id.0)
}

async fn show(
    state: &AppState,
    visitor: &Visitor,
    actor: &Actor,
    id: PlanId,
    mut upload: Upload,
) -> Result<Response, AppError> {
    let action = path(id);
    let mut tx = state.store.read(actor, target(id), Action::Edit).await?;
    let mot = Mot::read(&mut tx, id).await?;
    drop(tx);
    let rubrik = underlag::rubrik(upload.file.as_ref().map(|(name, _)| name.as_str()));
    let (tables, field) = match upload.tables(For::Serie, |tables| tables).await {
        Ok(read) => read,
        Err(fault) => return upload::refuse(&action, state, visitor, upload, fault, &action).await,
    };
    let judged = blocking::run(move || {
        // of one on any sheet nothing is kept
        if let Err(why) = tables.iter().try_for_each(utan_personnummer) {
            return (vec![], Some(why));
        }
        let (mut kept, mut left_out) = (vec![], vec![]);
        for table in tables {
            // a sheet that can be read is enough: which is meant is asked
            match mot.las(&table, &Svar::default()) {
                Ok(_) => kept.push(table),
                Err(why) => left_out.push((table.sheet().to_owned(), why)),
            }
        }
        for (sheet, why) in left_out.iter().filter(|(sheet, _)| !sheet.is_empty()) {
            for table in &mut kept {
                table.note(format!("Bladet ”{sheet}” är inte med: {why}"));
            }
        }
        (kept, left_out.into_iter().next().map(|(_, why)| why))
    });
    let at = |message: String| FieldError { field: field.to_owned(), message };
    let (tables, fault) = judged.await.unwrap_or_else(|_| (vec![], Some(UNREADABLE.to_owned())));
    if tables.is_empty() {
        let fault = at(fault.unwrap_or_else(|| UNREADABLE.to_owned()));
        return upload::refuse(&action, state, visitor, upload, fault, &action).await;
    }
    let clocks = (state.clock.now().timestamp(), state.clock.seconds());
    let mut tx = state.store.write_own(actor).await?;
    let kept = underlag::keep(&mut tx, actor.person, &Till::malkedja(id), (&rubrik, &tables), &[], clocks).await?;
    let Some(underlag) = kept else {
        drop(tx);
        let fault = at("Tabellen har för mycket text för att läsas in på en gång. Dela upp den.".to_owned());
        return upload::refuse(&action, state, visitor, upload, fault, &action).await;
    };
    tx.commit().await?;
    let vald = Vald { underlag, ..Vald::default() };
    // the fragment takes reader and screen to the result
    Ok(link::see_other(&format!("{}#resultat", vald.address(id))))
}
