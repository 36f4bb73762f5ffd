//! The egenkontrollplan: what its table has of its own; all else is that of a [`plan`](crate::plan).

use domain::{egenkontroll::Content, egenkontroll_columns, id::EgenkontrollId, schedule::Responsible};
use sqlx::FromRow;

use crate::{Result, belongs::Thing, in_row::InRow, plan::table};

const THING: Thing = Thing::Egenkontroll;

#[derive(FromRow)]
pub struct Beside {
    laid_on_units: bool,
}

impl Beside {
    #[allow(clippy::unnecessary_wraps)] // the other kind's can fail
    fn read(self, _: InRow, responsible: Responsible) -> Result<(Responsible, bool)> {
        Ok((responsible, self.laid_on_units))
    }
}

egenkontroll_columns!(
    table
    "egenkontroll", EgenkontrollId,
    also "s.laid_on_units", "join schedule s on s.source_id = r.id",
    of "(r.node_id = $1 or (s.laid_on_units and exists
            (select 1 from occurrence o where o.schedule_id = s.id and o.node_id = $1)))";
);
