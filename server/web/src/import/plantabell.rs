//! The tables of a verksamhetsplan: received for their preview, which `ui::verksamhetsplan` shows and writes; and all of a plan as a workbook
//! that is read back, a sheet for each kind.

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::NaiveDate;
use domain::{
    dokument::namn::file_name,
    import::Table,
    permission::{Action, Area},
    person::Actor,
    verksamhetsplan::{
        inlasning::{Tabellslag, igenkand},
        plan::PlanId,
    },
};
use http::HeaderMap;
use store::{Target, Tx, verksamhetsplan};
use ui::{
    error::AppError,
    import::underlag::Till,
    verksamhetsplan::las_in_data::{Vald, mot, path},
};
use uuid::Uuid;

use super::tabell::Mottagare;
use crate::{
    blocking,
    extract::CurrentActor,
    plain,
    state::AppState,
    workbook::{self, Sheet, attachment},
};

/// The tables of `/verksamhetsplan/{id}/las-in`.
pub(super) struct Plantabell;

impl Mottagare for Plantabell {
    type Id = PlanId;
    const AREA: Area = Area::Verksamhetsplan;

    fn uuid(id: PlanId) -> Uuid {
        id.0
    }

    fn path(id: PlanId) -> String {
        path(id)
    }

    fn till(id: PlanId) -> Till {
        Till::plantabell(id)
    }

    fn preview(id: PlanId, underlag: Uuid) -> String {
        Vald { underlag, ..Vald::default() }.address(id)
    }

    /// What kind a table is follows from its columns alone.
    async fn read(_: &mut Tx, _: PlanId) -> Result<Self, AppError> {
        Ok(Self)
    }

    fn judge(&self, table: &Table, _: NaiveDate) -> Result<(), String> {
        igenkand(table).map(drop)
    }
}

/// `GET /verksamhetsplan/{id}/plan.xlsx`. For who writes in the plan: few persons are not hidden in what is read back.
pub(super) async fn workbook(
    State(state): State<AppState>,
    CurrentActor(actor): CurrentActor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    exported(&state, &actor, &id).await.unwrap_or_else(|error| plain::answer(&headers, &error))
}

async fn exported(state: &AppState, actor: &Actor, id: &str) -> Result<Response, AppError> {
    let id: PlanId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut tx = state.store.read(actor, Target::Thing(Area::Verksamhetsplan, id.0), Action::Edit).await?;
    let plan = verksamhetsplan::get(&mut tx, id).await?;
    let today = state.clock.today();
    let mot = mot(&mut tx, actor, today, &plan).await?;
    drop(tx);
    let unit = actor.tree.name(plan.node);
    let name = file_name(&format!("Verksamhetsplan {}", plan.year), unit, Some(today));
    let paper = format!("Verksamhetsplan {}, {unit}", plan.year);
    let sheets: Vec<Sheet> = mot.blad().into_iter().map(|(slag, rows)| sheet(slag, rows, &paper)).collect();
    let file = blocking::write("verksamhetsplan", move || workbook::write(&sheets)).await?;
    Ok(attachment(file, &name))
}

/// A kind of table under the headings by which it is known again. Figures are texts with their units, as they are read back.
fn sheet(slag: Tabellslag, rows: Vec<Vec<String>>, paper: &str) -> Sheet {
    let columns: Vec<_> = slag.kolumner().iter().map(|kolumn| (kolumn.namn, width(kolumn.falt))).collect();
    let mut sheet = Sheet { still: 0, ..Sheet::new(slag.label(), &columns, paper) };
    sheet.rows = rows.into_iter().map(|cells| cells.into_iter().map(Into::into).collect()).collect();
    sheet
}

fn width(falt: &str) -> f64 {
    match falt {
        "titel" | "namn" | "text" | "beskrivning" | "kommentar" => 44.0,
        "mal" | "under" => 32.0,
        "nr" | "enhet" | "decimaler" => 10.0,
        _ => 16.0,
    }
}
