//! Earlier: what the same control showed before, also in the plans of other years.

use chrono::NaiveDate;
use domain::{
    genomforande::documentation::Earlier,
    id::{EgenkontrollId, NodeId},
    occurrence::{Andel, Outcome, Share, When},
};
use sqlx::FromRow;

use crate::{Result, Tx, in_row::InRow};

#[derive(FromRow)]
struct EarlierRow {
    start_on: NaiveDate,
    due_on: NaiveDate,
    outcome: Option<String>,
    total_n: Option<i64>,
    total_d: Option<i64>,
    kvinnor_n: Option<i64>,
    kvinnor_d: Option<i64>,
    man_n: Option<i64>,
    man_d: Option<i64>,
    whole: bool,
}

/// What the control showed at a unit before a day, oldest first: its own tillfällen, those of the rows that it was copied
/// from, and those of rows with the same kontrollmål in the plans of that unit. The unit can also be one that was there before the
/// control's own.
pub async fn earlier(tx: &mut Tx, id: EgenkontrollId, node: NodeId, before: NaiveDate) -> Result<Vec<Earlier>> {
    let found = rows!(
        tx,
        EarlierRow,
        "with recursive line (id, depth) as (
             select e.id, 0 from egenkontroll e where e.id = $1
             union all
             select e.copied_from, l.depth + 1 from egenkontroll e join line l on l.id = e.id
             where e.copied_from is not null and l.depth < 30),
         same (id) as (
             select id from line
             union
             select e.id from egenkontroll e join egenkontroll mine on mine.id = $1
             where e.kontrollmal = mine.kontrollmal and e.node_id in (mine.node_id, $2))
         select o.start_on, o.due_on, o.outcome, o.total_n, o.total_d, o.kvinnor_n, o.kvinnor_d, o.man_n, o.man_d,
                coalesce(g.n >= g.population, false) as whole
         from occurrence o left join genomforande g on g.occurrence_id = o.id and g.stage = 'avslutad'
              join schedule s on s.id = o.schedule_id join same on same.id = s.source_id
         where o.node_id = $2 and o.state = 'utford' and o.due_on < $3
           and (o.total_d is not null or o.outcome is not null)
         order by o.due_on",
        id.0,
        node.0,
        before
    )?;
    let share = |n: Option<i64>, d: Option<i64>| Some(Share { numerator: n?, denominator: d? });
    let in_row = InRow::of("occurrence", id.0);
    let earlier = |row: EarlierRow| {
        let outcome = in_row.code_if_any("outcome", row.outcome.as_deref(), Outcome::from_code)?;
        Ok(Earlier {
            when: When::of(row.start_on, row.due_on),
            andel: Andel {
                total: share(row.total_n, row.total_d),
                kvinnor: share(row.kvinnor_n, row.kvinnor_d),
                man: share(row.man_n, row.man_d),
            },
            outcome: outcome.map(|o| o.label().to_owned()).unwrap_or_default(),
            all: row.whole,
        })
    };
    found.into_iter().map(earlier).collect()
}
