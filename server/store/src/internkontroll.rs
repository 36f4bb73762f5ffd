//! The internkontrollplan: what its table has of its own, with a schedule for each of two levels; all else is that of a
//! [`plan`](crate::plan).

use domain::{id::InternkontrollId, internkontroll::Content, internkontroll_columns, schedule::Responsible};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Result, belongs::Thing, in_row::InRow, plan::table, schedule::responsible_of};

const THING: Thing = Thing::Internkontroll;

#[derive(FromRow)]
#[allow(clippy::struct_field_names)] // as they are asked for
pub struct Beside {
    ansvarig_role: Option<String>,
    ansvarig_person: Option<Uuid>,
    ansvarig_grupp: Option<Uuid>,
}

impl Beside {
    fn read(self, in_row: InRow, utfors_av: Responsible) -> Result<(Responsible, Responsible)> {
        let role = self.ansvarig_role.as_deref();
        Ok((utfors_av, responsible_of(in_row, role, self.ansvarig_person, self.ansvarig_grupp)?))
    }
}

internkontroll_columns!(
    table
    "internkontroll", InternkontrollId,
    also "a.responsible_role as ansvarig_role, a.responsible_person as ansvarig_person,
          a.responsible_grupp as ansvarig_grupp",
    "join schedule s on s.source_id = r.id and s.level = 'systematisk'
     join schedule a on a.source_id = r.id and a.level = 'aktivitet'",
    of "r.node_id = $1";
);
