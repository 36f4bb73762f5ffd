//! What is open and what is done, counted by the database and kept by unit: after a commit in one unit of a thousand that one is
//! asked for again. For Att göra, the count in the menu, and the units side by side.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;
use domain::{
    apt::Kind,
    atgora::open::{Decided, First, Open},
    id::{NodeId, PersonId},
    occurrence::{Item, Status, month_end},
    permission::{Action, Area},
    person::Actor,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Progress, YearUntil, open, places};
use crate::{Part, Result, Tx, in_row::InRow, schedule::responsible_of};

/// Units that are asked about in one question: the same text for any of so many, so that it is prepared once.
const CHUNK: usize = 50;

/// The last day up to which Att göra looks: the end of the next month.
#[must_use]
pub fn horizon(today: NaiveDate) -> NaiveDate {
    month_end(month_end(today).succ_opt().unwrap_or(today))
}

#[derive(FromRow)]
struct OpenRow {
    node_id: Uuid,
    area: String,
    start_on: NaiveDate,
    due_on: NaiveDate,
    begun: bool,
    responsible_role: Option<String>,
    responsible_person: Option<Uuid>,
    responsible_grupp: Option<Uuid>,
    mote_kind: Option<String>,
    mote_node: Option<Uuid>,
    chair_id: Option<Uuid>,
    secretary_id: Option<Uuid>,
    n: i64,
}

fn open_of(row: OpenRow) -> Result<Open> {
    let of_unit = |table| InRow::of(table, row.node_id);
    let kind = of_unit("apt_mote").code_if_any("kind", row.mote_kind.as_deref(), Kind::from_code)?;
    let closed = kind.is_some_and(Kind::is_closed);
    Ok(Open {
        area: of_unit("schedule").code("area", &row.area, Area::from_code)?,
        start: row.start_on,
        due: row.due_on,
        begun: row.begun,
        responsible: responsible_of(
            of_unit("schedule"),
            row.responsible_role.as_deref(),
            row.responsible_person,
            row.responsible_grupp,
        )?,
        decided: row.mote_node.filter(|_| closed).map(|node| Decided {
            node: NodeId(node),
            run_by: [row.chair_id.map(PersonId), row.secretary_id.map(PersonId)],
        }),
        n: row.n,
    })
}

/// What is open at each of these units with its last day, or its first, up to `until`: as [`super::open`], counted. What the
/// person does not see is in it (see [`Open::is_seen`]).
pub async fn of(tx: &mut Tx, nodes: &[NodeId], until: NaiveDate) -> Result<Vec<(NodeId, Arc<[Open]>)>> {
    let snapshot = tx.snapshot().await?;
    let mut known: HashMap<NodeId, Arc<[Open]>> = HashMap::with_capacity(nodes.len());
    let mut missing = Vec::new();
    for &node in nodes {
        match tx.store.memory.sums.get(snapshot.as_ref(), &(node, until)) {
            Some(kept) => drop(known.insert(node, kept)),
            None => missing.push(node),
        }
    }
    for (asked, padded) in chunks(&missing) {
        let sql = format!(
            "select o.node_id, s.area, o.start_on, o.due_on, o.state = 'pagar' as begun, s.responsible_role,
                    s.responsible_person, s.responsible_grupp, m.kind as mote_kind, m.node_id as mote_node, m.chair_id,
                    m.secretary_id, cast(count(*) as bigint) as n
             from occurrence o join schedule s on s.id = o.schedule_id left join apt_mote m on m.id = s.closed_mote
             where o.node_id in ({}) and s.active and not s.unlisted and o.state in ('planerad', 'pagar')
               and (o.due_on <= $1 or o.start_on <= $1)
             group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
            places(2, padded.len())
        );
        let mut found: HashMap<NodeId, Vec<Open>> = HashMap::new();
        for row in rows_of!(tx, OpenRow, sql, &padded, until)? {
            found.entry(NodeId(row.node_id)).or_default().push(open_of(row)?);
        }
        for &node in asked {
            let sums: Arc<[Open]> = found.remove(&node).unwrap_or_default().into();
            // of nothing, too, it is kept that it is nothing
            let (weight, parts) = (sums.len().max(1), vec![Part::Plan(node)]);
            tx.store.memory.sums.set(snapshot.as_ref(), (node, until), weight, parts, &sums);
            known.insert(node, sums);
        }
    }
    Ok(nodes.iter().filter_map(|node| Some((*node, known.remove(node)?))).collect())
}

/// The units in parts that are asked about at once, each also with its last repeated, so that there are few different texts.
fn chunks(nodes: &[NodeId]) -> impl Iterator<Item = (&[NodeId], Vec<NodeId>)> {
    nodes.chunks(CHUNK).map(|asked| {
        let size = if asked.len() == 1 { 1 } else { CHUNK };
        let last = asked.last().copied().into_iter();
        (asked, asked.iter().copied().chain(last.cycle()).take(size).collect())
    })
}

/// How many open occurrences of the person's units the person is late with.
pub async fn late_count(tx: &mut Tx, actor: &Actor, today: NaiveDate) -> Result<i64> {
    let (snapshot, key) = (tx.snapshot().await?, (actor.person, today));
    if let Some(kept) = tx.store.memory.late.get(snapshot.as_ref(), &key) {
        return Ok(*kept);
    }
    let nodes: Vec<NodeId> = actor.units_with_ended().into_iter().map(|(node, _)| node).collect();
    let mut late = 0;
    for (node, sums) in of(tx, &nodes, horizon(today)).await? {
        let own = |open: &&Open| {
            open.is_left(actor, node)
                && open.status(today) == Status::Forsenad
                && actor.is_responsible(open.responsible, node)
        };
        late += sums.iter().filter(own).map(|open| open.n).sum::<i64>();
    }
    let parts = nodes.into_iter().map(Part::Plan).chain([Part::Person(actor.person), Part::Trad]).collect();
    tx.store.memory.late.set(snapshot.as_ref(), key, 1, parts, &Arc::new(late));
    Ok(late)
}

/// The items of what was counted that are to be listed: those of the first last days, at most `most`, with how many there
/// are in all. `wanted` says it of a count, `listed` of an item, the same of both.
pub async fn first(
    tx: &mut Tx,
    actor: &Actor,
    sums: &[(NodeId, Arc<[Open]>)],
    most: i64,
    until: NaiveDate,
    wanted: impl Fn(NodeId, &Open) -> bool,
    listed: impl Fn(&Item) -> bool,
) -> Result<(Vec<Item>, i64)> {
    let all = sums.iter().flat_map(|(node, sums)| sums.iter().map(|open| (*node, open)));
    let first = First::of(
        all.filter(|(node, open)| open.is_left(actor, *node) && open.is_seen(actor, *node) && wanted(*node, open)),
        most,
        until,
    );
    let mut items = open(tx, actor, &first.nodes, first.until).await?;
    items.retain(|item| actor.is_left(item.occurrence.node, item.area, Action::TickOwn) && listed(item));
    items.truncate(usize::try_from(most).unwrap_or_default());
    let n = i64::try_from(items.len()).unwrap_or(i64::MAX);
    // counted at one moment and listed at another, at the earliest
    Ok((items, first.total.max(n)))
}

/// How far each unit has come in each year.
pub type ByUnitAndYear = HashMap<(NodeId, i32), Progress>;

/// How far these units have come in two years, but for what only those who lead see. A unit without anything planned in a year is not there.
pub async fn progress(tx: &mut Tx, nodes: &[NodeId], years: [YearUntil; 2]) -> Result<ByUnitAndYear> {
    let snapshot = tx.snapshot().await?;
    let mut out = HashMap::with_capacity(2 * nodes.len());
    let mut missing = Vec::new();
    for &node in nodes {
        match tx.store.memory.progress.get(snapshot.as_ref(), &(node, years)) {
            Some(kept) => out.extend(kept.iter().map(|(year, progress)| ((node, *year), *progress))),
            None => missing.push(node),
        }
    }
    let [(year, until), (other, other_until)] = years;
    for (asked, padded) in chunks(&missing) {
        let sql = format!(
            "select o.node_id, o.year, cast(count(*) as bigint),
                    cast(sum(case when o.state = 'utford' and (o.year = $1 and o.performed_on <= $2
                                                               or o.year = $3 and o.performed_on <= $4)
                                  then 1 else 0 end) as bigint)
             from occurrence o join schedule s on s.id = o.schedule_id
             where o.node_id in ({}) and o.year in ($1, $3) and (s.active or o.state = 'utford') and s.closed_mote is null
             group by o.node_id, o.year",
            places(5, padded.len())
        );
        let found = rows_of!(tx, (Uuid, i32, i64, i64), sql, &padded, year, until, other, other_until)?;
        let mut by_unit: BTreeMap<Uuid, Vec<(i32, Progress)>> = BTreeMap::new();
        for (node, year, total, done) in found {
            by_unit.entry(node).or_default().push((year, Progress { total, done }));
        }
        for &node in asked {
            let come: Arc<[(i32, Progress)]> = by_unit.remove(&node.0).unwrap_or_default().into();
            out.extend(come.iter().map(|(year, progress)| ((node, *year), *progress)));
            tx.store.memory.progress.set(snapshot.as_ref(), (node, years), 1, vec![Part::Plan(node)], &come);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_units_is_asked_about_in_two_texts() {
        let nodes: Vec<NodeId> = (0..120).map(|n| NodeId(Uuid::from_u128(n))).collect();
        let sizes =
            |n: usize| chunks(&nodes[..n]).map(|(asked, padded)| (asked.len(), padded.len())).collect::<Vec<_>>();
        assert_eq!(sizes(0), []);
        assert_eq!(sizes(1), [(1, 1)]);
        assert_eq!(sizes(2), [(2, 50)]);
        assert_eq!(sizes(120), [(50, 50), (50, 50), (20, 50)]);
        let (_, padded) = chunks(&nodes[..2]).next().unwrap();
        assert!(padded[2..].iter().all(|node| *node == nodes[1]), "no other unit than those asked about");
    }
}
