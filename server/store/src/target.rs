//! What an action is aimed at, and whether the person may: the check behind the door to every transaction.

use domain::{
    atgard::{
        Source,
        access::{Behind, may_add},
    },
    enkat::{State, is_there},
    id::{
        AptId, AtgardId, AvvikelseId, EgenkontrollId, EnkatId, GenomforandeId, GruppId, InternkontrollId, NodeId,
        OccurrenceId, PersonId, ScheduleId, SkarmId,
    },
    permission::{Action, Area},
    person::Actor,
    schedule::Responsible,
    siffror::{dimension::DimensionId, jamstalldhet::analys::JamstalldhetId},
};
use uuid::Uuid;

use crate::{Error, Result, Tx, apt, atgard, avvikelse, hold::Held, in_row::InRow, schedule::responsible_of};

/// What an action is aimed at. Things are looked up, so that their node decides and not what the caller says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An area of a node.
    Node(NodeId, Area),
    /// An area wherever the person has it: the list of one's own.
    Anywhere(Area),
    /// A tillfälle: the node that it is carried out for decides.
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
    /// A thing of an area that asks for nothing but its node: in the table that is called as the area, such as a
    /// förbättringsförslag.
    Thing(Area, Uuid),
    /// By what the series of a unit are divided.
    Dimension(DimensionId),
    /// An analysis of whether two groups are met alike.
    Jamstalldhet(JamstalldhetId),
    /// A meeting. Edit is also for who chairs it or writes its minutes; a meeting of those who lead is theirs alone.
    Apt(AptId),
    /// A wall screen.
    Skarm(SkarmId),
    /// A new åtgärd of a source, at the source's node; of one that comes from nothing, at this one.
    NyAtgard(Source, NodeId),
    /// The account of a person: for who administers everywhere that they have a role.
    Konto(PersonId),
    /// A group of persons.
    Grupp(GruppId),
    /// The whole installation: for who administers the topmost node.
    Installation,
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
            Self::Internkontroll(id) => of_thing(tx, Area::Internkontroll, id.0).await?,
            Self::Apt(id) => return meeting_permits(tx, actor, id, action).await,
            Self::NyAtgard(source, named) => return adds(tx, actor, source, named).await,
            Self::Konto(id) => return account_permits(tx, actor, id, action).await,
            Self::Installation => return Ok(actor.looks_after_all()),
            Self::Grupp(id) => {
                let found = row!(tx, (Uuid,), "select node_id from grupp where id = $1 and merged_into is null", id.0)?;
                match found {
                    Some((node,)) => (NodeId(node), Area::Organisation),
                    // whoever administers nothing is not told whether there is one
                    None if !actor.administers_something() => return Ok(false),
                    None => return Err(Error::NotFound),
                }
            }
            Self::Dimension(id) => {
                let (node,) =
                    row!(tx, (Uuid,), "select node_id from dimension where id = $1", id.0)?.ok_or(Error::NotFound)?;
                (NodeId(node), Area::Serie)
            }
            Self::Jamstalldhet(id) => {
                let sql = "select node_id from jamstalldhetsanalys where id = $1";
                let (node,) = row!(tx, (Uuid,), sql, id.0)?.ok_or(Error::NotFound)?;
                (NodeId(node), Area::Serie)
            }
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
            Self::Thing(area, id) => of_thing(tx, area, id).await?,
            Self::Enkat(id) => {
                let (node, state) = row!(tx, (Uuid, String), "select node_id, state from enkat where id = $1", id.0)?
                    .ok_or(Error::NotFound)?;
                let state = InRow::of("enkat", id.0).code("state", &state, State::from_code)?;
                return Ok(actor.may(NodeId(node), Area::Enkat, action)
                    && (action != Action::View || is_there(actor, NodeId(node), state)));
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
    /// Whoever writes to what ends with a unit holds the unit: it ends before that, and the door says so, or after. What is written to
    /// a node's plans is by that written by one at a time: a reading that decides what to add, as at import and copying, then still
    /// holds when it is added. SQLite has one writer anyway; PostgreSQL waits for the row. Whoever enters an answer shares the unit and
    /// the enkät with others who do: neither is another until the answer is there.
    pub(crate) async fn hold(self, tx: &mut Tx, action: Action) -> Result<()> {
        let Some((node, area)) = self.place(tx).await? else { return Ok(()) };
        let answers = match self {
            Self::Enkat(id) if action == Action::TickOwn => Some(id),
            _ => None,
        };
        if let Some(id) = answers {
            tx.share_node(node).await?;
            return tx.share(id).await;
        }
        let traits = area.traits();
        let adds = matches!(self, Self::Node(..)) && traits.holds_node;
        if adds || !traits.after_end.contains(&action) || matches!(self, Self::NyAtgard(..)) {
            tx.hold(Held::Node(node)).await?;
        }
        Ok(())
    }

    /// The unit in which the thing is, and its area. None for what is the organisation's, or no unit's.
    async fn place(self, tx: &mut Tx) -> Result<Option<(NodeId, Area)>> {
        let (table, id, area) = match self {
            Self::Anywhere(_) | Self::Konto(_) | Self::Grupp(_) | Self::Installation
            // what was open of cases is finished after the end
            | Self::Avvikelse(_) => return Ok(None),
            Self::Node(node, area) => return Ok(Some((node, area))),
            Self::NyAtgard(source, named) => {
                let node = atgard::node_of_source(tx, source).await?.unwrap_or(named);
                return Ok(Some((node, Area::Atgard)));
            }
            Self::Thing(area, id) => (area.code(), id, area),
            Self::Egenkontroll(id) => ("egenkontroll", id.0, Area::Egenkontroll),
            Self::Internkontroll(id) => ("internkontroll", id.0, Area::Internkontroll),
            Self::Genomforande(id) => ("genomforande", id.0, Area::Egenkontroll),
            Self::Atgard(id) => ("atgard", id.0, Area::Atgard),
            Self::Enkat(id) => ("enkat", id.0, Area::Enkat),
            Self::Apt(id) => ("apt_mote", id.0, Area::Apt),
            Self::Skarm(id) => ("skarm", id.0, Area::Apt),
            Self::Dimension(id) => ("dimension", id.0, Area::Serie),
            Self::Jamstalldhet(id) => ("jamstalldhetsanalys", id.0, Area::Serie),
            Self::Schedule(id) => {
                let found = row!(tx, (Uuid, String), "select node_id, area from schedule where id = $1", id.0)?;
                return at(InRow::of("schedule", id.0), found);
            }
            Self::Occurrence(id) => {
                let sql = "select o.node_id, s.area from occurrence o join schedule s on s.id = o.schedule_id where o.id = $1";
                let found = row!(tx, (Uuid, String), sql, id.0)?;
                return at(InRow::of("occurrence", id.0), found);
            }
        };
        let sql = format!("select node_id from {table} where id = $1");
        let (node,) = row!(tx, (Uuid,), sqlx::AssertSqlSafe(sql), id)?.ok_or(Error::NotFound)?;
        Ok(Some((NodeId(node), area)))
    }
}

/// The unit and the area of a row of a plan.
fn at(in_row: InRow, found: Option<(Uuid, String)>) -> Result<Option<(NodeId, Area)>> {
    let (node, area) = found.ok_or(Error::NotFound)?;
    let area = in_row.code("area", &area, Area::from_code)?;
    Ok(Some((NodeId(node), area)))
}

/// The node of a thing, in the table that is called as its area. What is a secret has a door of its own.
async fn of_thing(tx: &mut Tx, area: Area, id: Uuid) -> Result<(NodeId, Area)> {
    if area.is_secret() {
        return Err(Error::NotFound);
    }
    let sql = format!("select node_id from {} where id = $1", area.code());
    let (node,) = row!(tx, (Uuid,), sqlx::AssertSqlSafe(sql), id)?.ok_or(Error::NotFound)?;
    Ok((NodeId(node), area))
}

/// A run is seen as its plan is.
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
    let responsible = responsible_of(InRow::of("genomforande", id.0), role.as_deref(), person, grupp)?;
    Ok(match action {
        Action::TickOwn => actor.may_judge(responsible, node, kollegie),
        _ => actor.may(node, Area::Egenkontroll, action),
    })
}

/// Who somebody is to a case decides, not their role in its area. Whoever may not see it is told that there is none: an id
/// that is guessed tells nothing.
async fn case_permits(tx: &mut Tx, actor: &Actor, id: AvvikelseId, action: Action) -> Result<bool> {
    let relation = avvikelse::relation(tx, actor, id).await?;
    if !relation.sees() {
        return Err(Error::NotFound);
    }
    Ok(relation.permits(action))
}

/// To those who do not see a meeting of those who lead it is not there.
async fn meeting_permits(tx: &mut Tx, actor: &Actor, id: AptId, action: Action) -> Result<bool> {
    let mote = apt::get(tx, id).await?;
    if mote.is_there_for(actor) { Ok(mote.permits(actor, action)) } else { Err(Error::NotFound) }
}

/// An åtgärd is added where what it comes from belongs: to others there is no such case, or meeting.
async fn adds(tx: &mut Tx, actor: &Actor, source: Source, named: NodeId) -> Result<bool> {
    let node = atgard::node_of_source(tx, source).await?.unwrap_or(named);
    let behind = match source {
        Source::Avvikelse(case) => {
            let relation = avvikelse::relation(tx, actor, case).await?;
            if !relation.sees() {
                return Err(Error::NotFound);
            }
            // read for the utredare alone: of others it decides nothing
            let decided = relation.lex_sarah && avvikelse::is_lex_sarah(tx, case).await?;
            Behind::Case(relation, decided)
        }
        Source::Apt(mote) => Behind::Meeting(meeting_permits(tx, actor, mote, Action::Edit).await?),
        Source::Egen
        | Source::Genomforande(_)
        | Source::Occurrence(_)
        | Source::Forslag(_)
        | Source::Jamstalldhet(_)
        | Source::Indikator(_)
        | Source::Enhetsmal(_)
        | Source::Aktivitet(_)
        | Source::Konto(_) => Behind::Open,
    };
    Ok(may_add(actor, node, behind))
}

/// The account of a person is looked after where all their roles are. Whoever administers nothing is not told whether there is one.
async fn account_permits(tx: &mut Tx, actor: &Actor, id: PersonId, action: Action) -> Result<bool> {
    if !actor.administers_something() {
        return Ok(false);
    }
    let sql = "select g.node_id from person p left join role_grant g on g.person_id = p.id where p.id = $1";
    let found = rows!(tx, (Option<Uuid>,), sql, id.0)?;
    if found.is_empty() {
        return Err(Error::NotFound);
    }
    let roles_at = found.into_iter().filter_map(|(at,)| at).map(NodeId);
    Ok(matches!(action, Action::View | Action::Edit) && actor.looks_after(roles_at))
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
