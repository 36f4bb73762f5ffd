//! Ekonomi: a table of amounts for the account of a plan. `ui::ekonomi` shows and writes it.

use chrono::NaiveDate;
use domain::{import::Table, permission::Area, siffror::inlasning::Svar, verksamhetsplan::plan::PlanId};
use store::{Tx, verksamhetsplan};
use ui::{
    ekonomi::las_in_data::{Mot, Vald, path},
    error::AppError,
    import::underlag::Till,
};
use uuid::Uuid;

use super::tabell::Mottagare;

/// The amounts of `/verksamhetsplan/{id}/ekonomi/las-in`.
pub(super) struct Ekonomi(Mot);

impl Mottagare for Ekonomi {
    type Id = PlanId;
    const AREA: Area = Area::Verksamhetsplan;

    fn uuid(id: PlanId) -> Uuid {
        id.0
    }

    fn path(id: PlanId) -> String {
        path(id)
    }

    fn till(id: PlanId) -> Till {
        Till::konto(id)
    }

    fn preview(id: PlanId, underlag: Uuid) -> String {
        Vald { underlag, ..Vald::default() }.address(id)
    }

    async fn read(tx: &mut Tx, id: PlanId) -> Result<Self, AppError> {
        let plan = verksamhetsplan::get(tx, id).await?;
        Mot::read(tx, plan).await.map(Self)
    }

    fn judge(&self, table: &Table, _: NaiveDate) -> Result<(), String> {
        self.0.las(table, &Svar::default()).map(drop)
    }
}
