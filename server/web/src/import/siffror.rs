//! Siffror: a table of values for a series. `ui::serie` shows it, answers what is asked and writes it.

use chrono::NaiveDate;
use domain::{
    import::Table,
    permission::Area,
    siffror::{inlasning::Svar, serie::SerieId},
};
use store::Tx;
use ui::{
    error::AppError,
    import::underlag::Till,
    serie::las_in_data::{Mot, Vald, path},
};
use uuid::Uuid;

use super::tabell::Mottagare;

/// The values of `/siffror/{id}/las-in`.
pub(super) struct Siffror(Mot);

impl Mottagare for Siffror {
    type Id = SerieId;
    const AREA: Area = Area::Serie;

    fn uuid(id: SerieId) -> Uuid {
        id.0
    }

    fn path(id: SerieId) -> String {
        path(id)
    }

    fn till(id: SerieId) -> Till {
        Till::serie(id)
    }

    fn preview(id: SerieId, underlag: Uuid) -> String {
        Vald { underlag, ..Vald::default() }.address(id, &[])
    }

    async fn read(tx: &mut Tx, id: SerieId) -> Result<Self, AppError> {
        Mot::read(tx, id).await.map(Self)
    }

    fn judge(&self, table: &Table, today: NaiveDate) -> Result<(), String> {
        self.0.granska(table, &Svar::default(), today).map(drop)
    }
}
