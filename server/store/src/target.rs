//! What an action is aimed at, and whether the person may: the check behind the door to every transaction.

use domain::{
    id::{
        AptId, AtgardId, AvvikelseId, EgenkontrollId, EnkatId, ForslagId, GenomforandeId, InternkontrollId, NodeId,
        OccurrenceId, ScheduleId, SkarmId,
    },
    permission::{Action, Area},
    person::Actor,
    schedule::Responsible,
};
use uuid::Uuid;

use crate::{Error, Result, Tx, apt, avvikelse, hold::Held, in_row::InRow, schedule::responsible_of};

/// What an action is aimed at. Things are looked up, so that their node decides and not what the caller says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An area of a node.
    Node(NodeId, Area),
    /// An area wherever the person has it: the list of one's own.
    Anywhere(Area),
    /// One occurrence.
    Occurrence(OccurrenceId),
    /// A schedule: a free activity.
    Schedule(ScheduleId),
    /// A row of the egenkontrollplan.
    Egenkontroll(EgenkontrollId),
    /// A row of the internkontrollplan.
    Internkontroll(InternkontrollId),
    /// A run of an egenkontroll: its answers.
    Genomforande(GenomforandeId),
    /// An åtgärd. One that a meeting of those who lead has decided is there for them and for whoever is to do it.
    Atgard(AtgardId),
    /// An enkät with its answers.
    Enkat(EnkatId),
    /// A förbättringsförslag.
    Forslag(ForslagId),
    /// A meeting. Edit is also for who chairs it or writes its minutes; a meeting of those who lead is theirs alone.
    Apt(AptId),
    /// A wall screen.
    Skarm(SkarmId),
    /// A case. View is for the reporter and for those who handle it, Edit for those who handle it, TickAny for the lex
    /// Sarah-utredare: the log of who has opened it. To others it is not there.
    Avvikelse(AvvikelseId),
}

type OccurrenceRow = (Uuid, String, Option<Uuid>, Option<String>, Option<Uuid>, Option<Uuid>);
type AtgardRow = (Uuid, Option<Uuid>, Option<String>, Option<Uuid>, Option<Uuid>);

impl Target {
    /// Whether the person may. `NotFound` when there is no such thing.
    pub(crate) async fn permits(self, tx: &mut Tx, actor: &Actor, action: Action) -> Result<bool> {
        let (node, area) = match self {
            Self::Anywhere(area) => return Ok(actor.grants.may_somewhere(area, action)),
            Self::Node(node, area) => (node, area),
            Self::Egenkontroll(id) => {
                let (node,) = row!(tx, (Uuid,), "select node_id from egenkontroll where id = $1", id.0)?
                    .ok_or(Error::NotFound)?;
                return Ok(actor.may(NodeId(node), Area::Egenkontroll, action)
                    || action == Action::View && laid_on_own_unit(tx, actor, id.0).await?);
            }
            Self::Internkontroll(id) => {
                let (node,) = row!(tx, (Uuid,), "select node_id from internkontroll where id = $1", id.0)?
                    .ok_or(Error::NotFound)?;
                (NodeId(node), Area::Internkontroll)
            }
            Self::Apt(id) => return meeting_permits(tx, actor, id, action).await,
            Self::Skarm(id) => {
                let (node,) =
                    row!(tx, (Uuid,), "select node_id from skarm where id = $1", id.0)?.ok_or(Error::NotFound)?;
                (NodeId(node), Area::Apt)
            }
            Self::Avvikelse(id) => return case_permits(tx, actor, id, action).await,
            Self::Genomforande(id) => return run_permits(tx, actor, id, action).await,
            Self::Atgard(id) => {
                let found = row!(
                    tx,
                    AtgardRow,
                    "select a.node_id, s.closed_mote, s.responsible_role, s.responsible_person, s.responsible_grupp
                     from atgard a join schedule s on s.source_id = a.id and s.level is null where a.id = $1",
                    id.0
                )?;
                let (node, closed, role, person, grupp) = found.ok_or(Error::NotFound)?;
                let in_row = InRow::of("atgard", id.0);
                let of = (NodeId(node), responsible_of(in_row, role.as_deref(), person, grupp)?);
                see_decided(tx, actor, of, closed).await?;
                (NodeId(node), Area::Atgard)
            }
            Self::Forslag(id) => {
                let (node,) =
                    row!(tx, (Uuid,), "select node_id from forslag where id = $1", id.0)?.ok_or(Error::NotFound)?;
                (NodeId(node), Area::Forslag)
            }
            Self::Enkat(id) => {
                let (node,) =
                    row!(tx, (Uuid,), "select node_id from enkat where id = $1", id.0)?.ok_or(Error::NotFound)?;
                (NodeId(node), Area::Enkat)
            }
            Self::Schedule(id) => {
                let (node, area) = row!(tx, (Uuid, String), "select node_id, area from schedule where id = $1", id.0)?
                    .ok_or(Error::NotFound)?;
                (NodeId(node), InRow::of("schedule", id.0).code("area", &area, Area::from_code)?)
            }
            Self::Occurrence(id) => {
                let found = row!(
                    tx,
                    OccurrenceRow,
                    "select o.node_id, s.area, s.closed_mote, s.responsible_role, s.responsible_person, s.responsible_grupp
                     from occurrence o join schedule s on s.id = o.schedule_id where o.id = $1",
                    id.0
                )?;
                let (node, area, closed, role, person, grupp) = found.ok_or(Error::NotFound)?;
                let in_row = InRow::of("occurrence", id.0);
                let area = in_row.code("area", &area, Area::from_code)?;
                let responsible = responsible_of(in_row, role.as_deref(), person, grupp)?;
                let node = NodeId(node);
                see_decided(tx, actor, (node, responsible), closed).await?;
                if action == Action::TickOwn {
                    return Ok(actor.may_tick(area, responsible, node));
                }
                (node, area)
            }
        };
        Ok(actor.may(node, area, action))
    }
}

/// Whether the person may do this to something that is named beside what the transaction was opened for. `Forbidden` when
/// not, `NotFound` when there is no such thing.
pub async fn permitted(tx: &mut Tx, actor: &Actor, target: Target, action: Action) -> Result<()> {
    if target.permits(tx, actor, action).await? { Ok(()) } else { Err(Error::Forbidden) }
}

impl Target {
    /// What is written to a node's plans is written by one at a time: a reading that decides what to add, as at import
    /// and copying, then still holds when it is added. SQLite has one writer anyway; PostgreSQL waits for the row.
    /// Whoever enters an answer has an enkät that stays as it is until the answer is there.
    pub(crate) async fn hold(self, tx: &mut Tx, action: Action) -> Result<()> {
        match self {
            Self::Node(node, Area::Egenkontroll | Area::Internkontroll | Area::Aktivitet | Area::Avvikelse) => {
                tx.hold(Held::Node(node)).await
            }
            Self::Enkat(id) if action == Action::TickOwn => tx.share(id).await,
            _ => Ok(()),
        }
    }
}

/// A run is seen as its plan is. Its answers are given by whoever may carry the control out, and in a kollegiegranskning by
/// every colleague who may carry out something of their own.
async fn run_permits(tx: &mut Tx, actor: &Actor, id: GenomforandeId, action: Action) -> Result<bool> {
    let found = row!(
        tx,
        (Uuid, bool, Option<String>, Option<Uuid>, Option<Uuid>),
        "select g.node_id, g.kollegie, s.responsible_role, s.responsible_person, s.responsible_grupp
         from genomforande g join occurrence o on o.id = g.occurrence_id join schedule s on s.id = o.schedule_id
         where g.id = $1",
        id.0
    )?;
    let (node, kollegie, role, person, grupp) = found.ok_or(Error::NotFound)?;
    let node = NodeId(node);
    let area = Area::Egenkontroll;
    let responsible = responsible_of(InRow::of("genomforande", id.0), role.as_deref(), person, grupp)?;
    Ok(match action {
        Action::TickOwn => {
            actor.may_tick(area, responsible, node) || kollegie && actor.may(node, area, Action::TickOwn)
        }
        _ => actor.may(node, area, action),
    })
}

/// Who somebody is to a case decides, not their role in its area. Whoever may not see it is told that there is none: an id
/// that is guessed tells nothing.
async fn case_permits(tx: &mut Tx, actor: &Actor, id: AvvikelseId, action: Action) -> Result<bool> {
    let relation = avvikelse::relation(tx, actor, id).await?;
    if !relation.sees() {
        return Err(Error::NotFound);
    }
    Ok(match action {
        Action::View => true,
        Action::Edit | Action::TickOwn => relation.sees_investigation(),
        Action::TickAny => relation.sees_log(),
    })
}

/// Who chairs a meeting, or writes its minutes, writes there whatever their role. To those who do not see a meeting of
/// those who lead it is not there.
async fn meeting_permits(tx: &mut Tx, actor: &Actor, id: AptId, action: Action) -> Result<bool> {
    let mote = apt::get(tx, id).await?;
    let runs = mote.is_run_by(actor.person) && actor.may(mote.node, Area::Apt, Action::View);
    let leads = actor.may(mote.node, Area::Apt, Action::Edit);
    if mote.kind.is_closed() && !runs && !leads {
        return Err(Error::NotFound);
    }
    Ok(match action {
        Action::Edit => runs || leads,
        _ => actor.may(mote.node, Area::Apt, action),
    })
}

/// What a meeting of those who lead has decided is not there for others.
async fn see_decided(tx: &mut Tx, actor: &Actor, of: (NodeId, Responsible), closed: Option<Uuid>) -> Result<()> {
    if apt::sees_decided(tx, actor, of, closed.map(AptId)).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether a control of the avdelning is laid on a unit whose plan the person sees.
async fn laid_on_own_unit(tx: &mut Tx, actor: &Actor, source: Uuid) -> Result<bool> {
    let nodes = rows!(
        tx,
        (Uuid,),
        "select distinct o.node_id from occurrence o join schedule s on s.id = o.schedule_id
         where s.source_id = $1 and s.laid_on_units",
        source
    )?;
    Ok(nodes.into_iter().any(|(node,)| actor.may(NodeId(node), Area::Egenkontroll, Action::View)))
}
