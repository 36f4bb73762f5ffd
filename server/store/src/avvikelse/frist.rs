//! Deadlines: what waits in the cases that the person may open. For Att göra, the register and the wheel.

use chrono::NaiveDate;
use domain::{
    avvikelse::{
        Arende, Standing, State,
        deadline::{Deadline, deadlines},
    },
    id::NodeId,
    permission::Role,
    person::Actor,
};

use super::{ArendeRow, arende, installning, select_arende};
use crate::{Result, Tx, occurrence::places};

/// A case in which something waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vantar {
    /// The case.
    pub arende: Arende,
    /// Who the person is to it.
    pub standing: Standing,
    /// Its deadlines that are not kept yet, the earliest first.
    pub deadlines: Vec<Deadline>,
}

/// The most cases that are given.
const MOST: i64 = 200;

/// The cases of these units in which something waits, the most urgent first; at most two hundred. Only units whose cases
/// the person reads are looked at, whatever is asked for.
pub async fn list(tx: &mut Tx, actor: &Actor, nodes: &[NodeId]) -> Result<Vec<Vantar>> {
    let reads = super::handled_units(actor);
    let nodes: Vec<NodeId> = nodes.iter().copied().filter(|n| reads.contains(n)).collect();
    let mut found = Vec::new();
    if !nodes.is_empty() {
        let sql = format!(
            select_arende!(
                "where a.node_id in ({nodes}) and a.frist_on is not null order by a.frist_on, a.doc limit $1"
            ),
            nodes = places(2, nodes.len())
        );
        found = rows_of!(tx, ArendeRow, sql, &nodes, MOST)?;
    }
    let asked = rows!(
        tx,
        ArendeRow,
        select_arende!(
            "join avvikelse_handlaggare h on h.avvikelse_id = a.id
             where h.person_id = $1 and a.frist_on is not null order by a.frist_on, a.doc limit $2"
        ),
        actor.person.0,
        MOST
    )?;
    let mut out: Vec<Vantar> = Vec::new();
    let mut goals = std::collections::HashMap::new();
    for row in found.into_iter().chain(asked) {
        let a = arende(actor, row)?;
        let (leads, lex_sarah) =
            (actor.grants.leads(&actor.tree, a.node), actor.grants.holds(&actor.tree, a.node, Role::LexSarah));
        if out.iter().any(|v| v.arende.id == a.id) {
            continue;
        }
        if !goals.contains_key(&a.node) {
            goals.insert(a.node, installning::get(tx, a.node).await?.goals);
        }
        let open = deadlines(&a.case, &goals[&a.node]).into_iter().filter(|d| d.done.is_none()).collect();
        let standing = Standing { reporter: false, handler: leads || !lex_sarah, lex_sarah };
        // a case without lex Sarah in it is the unit's own: it waits for its chefer
        if leads || standing.handler || a.case.awaits_lex_sarah() || a.case.is_lex_sarah() {
            out.push(Vantar { arende: a, standing, deadlines: open });
        }
    }
    Ok(out)
}

impl Vantar {
    /// What the person is to do with it: a verb and what, without its content.
    #[must_use]
    pub fn what(&self) -> String {
        let case = &self.arende.case;
        let number = self.arende.number();
        if case.awaits_lex_sarah() && self.standing.lex_sarah {
            return format!("Besluta om lex Sarah i {number}");
        }
        if case.state == State::Inkommen {
            return format!("Bedöm {number}");
        }
        match self.deadlines.first() {
            Some(d) => format!("{}: {number}", d.frist.rule().name),
            None => format!("Följ upp {number}"),
        }
    }

    /// The day by which lists place it.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        let case = &self.arende.case;
        self.deadlines.first().map(Deadline::day).or(case.follow_up_on).unwrap_or(case.inkommen)
    }
}
