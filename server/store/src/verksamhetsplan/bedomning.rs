//! Bedömning: how the goals of a plan were met at the end of a period, as the chef of the unit has decided.

use std::collections::BTreeMap;

use domain::verksamhetsplan::{enhetsmal::bedomning::Beslut, mal::MalId, plan::PlanId};
use uuid::Uuid;

use crate::{
    Result, Tx,
    in_row::{InRow, Versioned},
};

impl Versioned for Beslut {}

/// What was decided of each goal of a plan in the period that ends with a month, 1–12; of those that were assessed.
pub async fn of_plan(tx: &mut Tx, plan: PlanId, manad: u32) -> Result<BTreeMap<MalId, Beslut>> {
    let sql = "select mal_id, content from malbedomning where plan_id = $1 and manad = $2";
    let found = rows!(tx, (Uuid, String), sql, plan.0, i64::from(manad))?;
    let read = |(mal, content): (Uuid, String)| {
        Ok((MalId(mal), InRow::of("malbedomning", plan.0).versioned("content", &content)?))
    };
    found.into_iter().map(read).collect()
}
