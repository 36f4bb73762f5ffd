//! Målkedja: a table of goals for a plan. `ui::verksamhetsplan` shows and writes it.

use chrono::NaiveDate;
use domain::{import::Table, permission::Area, siffror::inlasning::Svar, verksamhetsplan::plan::PlanId};
use store::Tx;
use ui::{
    error::AppError,
    import::underlag::Till,
    verksamhetsplan::las_in_data::{Mot, Vald, path},
};
use uuid::Uuid;

use super::tabell::Mottagare;

/// The goals of `/verksamhetsplan/{id}/las-in`.
pub(super) struct Malkedja(Mot);

impl Mottagare for Malkedja {
    type Id = PlanId;
    const AREA: Area = Area::Verksamhetsplan;

    fn uuid(id: PlanId) -> Uuid {
        id.0
    }

    fn path(id: PlanId) -> String {
        path(id)
    }

    fn till(id: PlanId) -> Till {
        Till::malkedja(id)
    }

    fn preview(id: PlanId, underlag: Uuid) -> String {
        Vald { underlag, ..Vald::default() }.address(id)
    }

    async fn read(tx: &mut Tx, id: PlanId) -> Result<Self, AppError> {
        Mot::read(tx, id).await.map(Self)
    }

    fn judge(&self, table: &Table, _: NaiveDate) -> Result<(), String> {
        self.0.las(table, &Svar::default()).map(drop)
    }
}
