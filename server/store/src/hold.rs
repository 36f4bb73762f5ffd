//! Holding: who writes a thing holds its row first, so that what is read after that is still so when it is written. SQLite
//! has one writer anyway; on PostgreSQL the second waits until the first has ended, and then reads what that one has left.
//! What names the version or the state it saw in its `where` needs no more than that. The story `race` goes through every
//! function that writes.

use domain::{
    ekonomi::konto::KontoId,
    id::{AptId, AvvikelseId, EgenkontrollId, EnkatId, GruppId, NodeId, OccurrenceId, ScheduleId},
    siffror::{dimension::DimensionId, serie::SerieId},
    verksamhetsplan::{aktivitet::PlanaktivitetId, plan::PlanId},
};

use crate::{Error, Result, Tx, occurrence::places};

/// The row of a thing that is to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Held {
    /// A unit: what is added to its plans, and what is numbered in it.
    Node(NodeId),
    /// A free activity.
    Schedule(ScheduleId),
    /// A tillfälle.
    Occurrence(OccurrenceId),
    /// A row of the egenkontrollplan.
    Egenkontroll(EgenkontrollId),
    /// A meeting, with its points, slides, notes and beslut.
    Apt(AptId),
    /// An enkät with its versions.
    Enkat(EnkatId),
    /// A case.
    Avvikelse(AvvikelseId),
    /// A series with its values. Held before the dimensions that it is divided by.
    Serie(SerieId),
    /// A dimension with its values.
    Dimension(DimensionId),
    /// A verksamhetsplan: its goals, texts and indikatorer, and how far it has come.
    Verksamhetsplan(PlanId),
    /// What is done to reach the goals of one, with its part of each year.
    Planaktivitet(PlanaktivitetId),
    /// The account of a plan: its rows and amounts.
    Konto(KontoId),
}

impl Tx {
    /// Holds it until the transaction ends. `NotFound` when there is no such thing.
    pub(crate) async fn hold(&mut self, held: Held) -> Result<()> {
        let (sql, id) = match held {
            Held::Node(id) => ("update node set version = version where id = $1", id.0),
            Held::Schedule(id) => ("update schedule set version = version where id = $1", id.0),
            Held::Occurrence(id) => ("update occurrence set version = version where id = $1", id.0),
            Held::Egenkontroll(id) => ("update egenkontroll set version = version where id = $1", id.0),
            Held::Apt(id) => ("update apt_mote set version = version where id = $1", id.0),
            Held::Enkat(id) => ("update enkat set version = version where id = $1", id.0),
            Held::Avvikelse(id) => ("update avvikelse set version = version where id = $1", id.0),
            Held::Serie(id) => ("update serie set version = version where id = $1", id.0),
            Held::Dimension(id) => ("update dimension set version = version where id = $1", id.0),
            Held::Planaktivitet(id) => ("update planaktivitet set version = version where id = $1", id.0),
            Held::Verksamhetsplan(id) => ("update verksamhetsplan set version = version where id = $1", id.0),
            Held::Konto(id) => ("update konto set version = version where id = $1", id.0),
        };
        if execute!(self, sql, id)? == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Holds an enkät beside others who do the same: those who enter answers do not wait for each other, but it is not closed
    /// and its questions are not changed until they have ended. PostgreSQL keeps in the row which transaction did so last: no
    /// more than the row of the version tells, which an answer refers to.
    pub(crate) async fn share(&mut self, id: EnkatId) -> Result<()> {
        let sql = format!("select id from enkat where id = $1{}", self.for_share());
        row!(self, (uuid::Uuid,), sqlx::AssertSqlSafe(sql), id.0)?.ok_or(Error::NotFound).map(drop)
    }

    /// Holds a unit beside others who do the same: it does not end until this has.
    pub(crate) async fn share_node(&mut self, id: NodeId) -> Result<()> {
        let sql = format!("select id from node where id = $1{}", self.for_share());
        row!(self, (uuid::Uuid,), sqlx::AssertSqlSafe(sql), id.0)?.ok_or(Error::NotFound).map(drop)
    }

    /// The node of a group that is chosen, which until this ends is neither moved nor merged into another. None for one that is not
    /// there, or is part of another by now.
    pub(crate) async fn share_group(&mut self, id: GruppId) -> Result<Option<NodeId>> {
        let sql = format!("select node_id from grupp where id = $1 and merged_into is null{}", self.for_share());
        let found = row!(self, (uuid::Uuid,), sqlx::AssertSqlSafe(sql), id.0)?;
        Ok(found.map(|(at,)| NodeId(at)))
    }

    /// Holds dimensions beside others who do the same: none of their values goes until this has ended. Their ids, units and names;
    /// of those that are there.
    pub(crate) async fn share_dimensions(
        &mut self,
        ids: &[DimensionId],
    ) -> Result<Vec<(uuid::Uuid, uuid::Uuid, String)>> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        // all in one order, so that no two wait for each other
        let sql = format!(
            "select id, node_id, namn from dimension where id in ({}) order by id{}",
            places(1, ids.len()),
            self.for_share()
        );
        Ok(rows_of!(self, (uuid::Uuid, uuid::Uuid, String), sql, ids)?)
    }

    /// Holds the plans of nodes for a year beside others who do the same: no goal of theirs goes until this has ended.
    pub(crate) async fn share_plans(&mut self, nodes: &[NodeId], year: i32) -> Result<()> {
        if nodes.is_empty() {
            return Ok(());
        }
        // all in one order, so that no two wait for each other
        let sql = format!(
            "select id from verksamhetsplan where year = $1 and node_id in ({}) order by id{}",
            places(2, nodes.len()),
            self.for_share()
        );
        rows_of!(self, (uuid::Uuid,), sql, nodes, i64::from(year))?;
        Ok(())
    }

    /// What a question ends with whose row is to stay as it is until this ends, beside others who ask the same.
    fn for_share(&self) -> &'static str {
        if self.store.is_sqlite() || !self.writes() { "" } else { " for share" }
    }
}
