//! The organisation tree and its groups.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    history::{Change, changes},
    id::{GruppId, NodeId, PersonId},
    organisation::{Grupp, Liv, Node, NodeKind, Tree, check_move, swedish_order},
    permission::Area,
    sakerhet::flytt,
};
use uuid::Uuid;

use crate::{
    Error, Part, Result, Tx,
    belongs::{self, Thing},
    history,
    hold::Held,
    in_row::InRow,
    person, sakerhet, schedule, touched,
};

pub mod dagar;
pub mod grupp;
pub mod sla_ihop;
pub mod tillbaka;

type NodeRow = (Uuid, Option<Uuid>, String, String, bool, i64);

/// The whole tree, with nodes that are no longer in use.
pub async fn tree(tx: &mut Tx) -> Result<Arc<Tree>> {
    if let Some(held) = &tx.tree {
        return Ok(Arc::clone(held));
    }
    let (snapshot, day) = (tx.snapshot().await?, tx.store.day());
    if let Some(kept) = tx.store.memory.tree.get(snapshot.as_ref(), &day) {
        return Ok(kept);
    }
    let tree = read(tx).await?;
    tx.store.memory.tree.set(snapshot.as_ref(), day, 1, vec![Part::Trad], &tree);
    Ok(tree)
}

async fn read(tx: &mut Tx) -> Result<Arc<Tree>> {
    let nodes = rows!(tx, NodeRow, "select id, parent_id, kind, name, active, version from node")?;
    let lives = lives(tx).await?;
    let tree = Tree::new(nodes.into_iter().map(node_of).collect::<Result<_>>()?);
    Ok(Arc::new(tree.on(tx.store.day(), lives)))
}

/// The days of those nodes that have any, and their predecessors.
async fn lives(tx: &mut Tx) -> Result<BTreeMap<NodeId, Liv>> {
    let found = rows!(
        tx,
        (Uuid, Option<NaiveDate>, Option<NaiveDate>, Option<Uuid>, bool),
        "select n.id, n.from_on, n.to_on, f.predecessor_id, coalesce(f.sammanslagen, false)
         from node n left join foregangare f on f.node_id = n.id
         where n.from_on is not null or n.to_on is not null or f.predecessor_id is not null
         order by n.id, f.predecessor_id"
    )?;
    let mut lives: BTreeMap<NodeId, Liv> = BTreeMap::new();
    for (id, from, to, before, merged) in found {
        let liv = lives.entry(NodeId(id)).or_default();
        (liv.from, liv.to) = (from, to);
        liv.sammanslagen |= merged;
        liv.foregangare.extend(before.map(NodeId));
    }
    Ok(lives)
}

/// The last days that are set, in the order of ids.
pub(crate) async fn last_days(tx: &mut Tx) -> Result<Vec<(NodeId, NaiveDate)>> {
    let found = rows!(tx, (Uuid, NaiveDate), "select id, to_on from node where to_on is not null order by id")?;
    let mut days: Vec<_> = found.into_iter().map(|(id, to)| (NodeId(id), to)).collect();
    days.sort_unstable();
    Ok(days)
}

/// The whole tree, in which others move nothing until this transaction ends: read once, and [`tree`] gives the same after that.
pub(crate) async fn held(tx: &mut Tx) -> Result<Arc<Tree>> {
    execute!(tx, "update node set version = version where parent_id is null")?;
    let tree = read(tx).await?;
    tx.tree = Some(Arc::clone(&tree));
    Ok(tree)
}

fn node_of((id, parent, kind, name, active, version): NodeRow) -> Result<Node> {
    let kind = InRow::of("node", id).code("kind", &kind, NodeKind::from_code)?;
    Ok(Node { id: NodeId(id), parent: parent.map(NodeId), kind, name, active, version })
}

async fn get_node(tx: &mut Tx, id: NodeId) -> Result<Node> {
    row!(tx, NodeRow, "select id, parent_id, kind, name, active, version from node where id = $1", id.0)?
        .ok_or(Error::NotFound)
        .and_then(node_of)
}

/// The topmost node, to which belongs what has no node of its own. `NotFound` before there is one.
pub async fn root(tx: &mut Tx) -> Result<NodeId> {
    let (id,) =
        row!(tx, (Uuid,), "select id from node where parent_id is null order by id limit 1")?.ok_or(Error::NotFound)?;
    Ok(NodeId(id))
}

/// Adds a node. The same id again changes nothing. `NotFound` when the parent is not there, `Conflict` for a second
/// organisation: there is one tree. That the kinds fit is checked by `domain::organisation::check_node`.
pub async fn create_node(tx: &mut Tx, now: DateTime<Utc>, node: &Node) -> Result<()> {
    let of = node.parent.unwrap_or(node.id);
    if !belongs::is_new(tx, Thing::Node, node.id.0, of.0, &(node.kind.code(), &node.name)).await? {
        return Ok(());
    }
    match node.parent {
        // it is there until this has ended
        Some(parent) => tx.hold(Held::Node(parent)).await?,
        None if root(tx).await.is_ok() => return Err(Error::Conflict),
        None => {}
    }
    tx.tree = None;
    // two that race for the first node: there is one root (`node_root`), and the second is told of a conflict
    let added = execute!(
        tx,
        "insert into node (id, parent_id, kind, name, active) values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
        node.id.0,
        node.parent.map(|p| p.0),
        node.kind.code(),
        &node.name,
        node.active
    )?;
    if added == 0 {
        return Ok(());
    }
    let changes =
        changes([("Namn", String::new(), node.name.clone()), ("Slag", String::new(), node.kind.label().to_owned())]);
    write(tx, now, node.id, node.id.0, "Skapad", changes).await
}

/// Renames a node, takes it out of use or into use again. `Conflict` when the version is not the current one, and for
/// taking the whole organisation out of use.
pub async fn update_node(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: NodeId,
    version: i64,
    name: &str,
    active: bool,
) -> Result<()> {
    let before = get_node(tx, id).await?;
    let changes =
        changes([("Namn", before.name.clone(), name.to_owned()), ("Används", yes_no(before.active), yes_no(active))]);
    if changes.is_empty() {
        return Ok(());
    }
    if before.parent.is_none() && !active {
        return Err(Error::Conflict);
    }
    touched(execute!(
        tx,
        "update node set name = $1, active = $2, version = version + 1 where id = $3 and version = $4",
        name,
        active,
        id.0,
        version
    )?)?;
    tx.tree = None;
    write(tx, now, id, id.0, what_happened(before.active, active), changes).await
}

/// What a move has done to the plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flyttad {
    /// Controls and activities that are carried out by a group that belonged above and no longer does: somebody else has to be
    /// chosen for them.
    pub utan_grupp: usize,
    /// Planned times of the common controls above the old place, taken away.
    pub gick: u64,
    /// Planned times of the common controls above the new place, added.
    pub kom: u64,
}

/// Moves a node, with all that lies below it, under another one. `Conflict` when the version is not the current one, `Invalid` where
/// it cannot lie there, or somebody would read its secrets by that ([`flytt`]). What is laid on all units above the old and the new
/// place follows from `year` on: what is planned and untouched goes and comes.
pub async fn move_node(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: NodeId,
    version: i64,
    to: NodeId,
    year: i32,
) -> Result<Flyttad> {
    // of two who move at the same moment, the second sees what the first has moved: no ring comes of both
    let tree = held(tx).await?;
    let before = tree.get(id).ok_or(Error::NotFound)?;
    let refused = |message: String| Error::at("parent", message);
    check_move(&tree, id, to).map_err(refused)?;
    // what is planned there for all units, and the roles that hold there, stay as they are until it is moved
    let above: BTreeSet<NodeId> = before.parent.into_iter().chain([to]).flat_map(|at| tree.path(at)).collect();
    for at in &above {
        tx.hold(Held::Node(*at)).await?;
    }
    flytt::check(&tree, id, to, &person::grants(tx).await?).map_err(refused)?;
    touched(execute!(
        tx,
        "update node set parent_id = $1, version = version + 1 where id = $2 and version = $3",
        to.0,
        id.0,
        version
    )?)?;
    tx.tree = None;
    let from = before.parent.map_or("", |above| tree.name(above));
    let units: Vec<NodeId> = tree.units_within(id).into_iter().map(|unit| unit.id).collect();
    let place = format!("{} ligger nu under {}", before.name, tree.name(to));
    let (gick, kom) = schedule::lay_anew(tx, now, (before, &units), &place, &above, year).await?;
    let times = |n: u64| if n == 0 { String::new() } else { n.to_string() };
    let told = changes([
        ("Ligger under", from.to_owned(), tree.name(to).to_owned()),
        ("Planerade tillfällen som togs bort", String::new(), times(gick)),
        ("Planerade tillfällen som lades till", String::new(), times(kom)),
    ]);
    write(tx, now, id, id.0, "Flyttad", told).await?;
    sakerhet::moved(tx, now, id, &format!("{}, från {from} till {}", before.name, tree.name(to))).await?;
    let lost = rows!(
        tx,
        (Uuid, Uuid),
        "select s.node_id, g.node_id from schedule s join grupp g on g.id = s.responsible_grupp where s.year >= $1",
        i64::from(year)
    )?;
    let lost = lost.into_iter().map(|(at, group)| (NodeId(at), NodeId(group)));
    let lost = lost
        .filter(|(at, group)| tree.is_within(*at, id) && !tree.is_within(*group, id) && !tree.is_within(to, *group));
    Ok(Flyttad { utan_grupp: lost.count(), gick, kom })
}

/// The groups with their members, sorted by name.
pub async fn groups(tx: &mut Tx) -> Result<Vec<Grupp>> {
    let mut members: HashMap<Uuid, Vec<PersonId>> = HashMap::new();
    for (grupp, person) in rows!(tx, (Uuid, Uuid), "select grupp_id, person_id from grupp_member order by person_id")? {
        members.entry(grupp).or_default().push(PersonId(person));
    }
    let mut groups: Vec<_> =
        rows!(tx, (Uuid, Uuid, String, i64), "select id, node_id, name, version from grupp where merged_into is null")?
            .into_iter()
            .map(|(id, node, name, version)| Grupp {
                id: GruppId(id),
                node: NodeId(node),
                name,
                members: members.remove(&id).unwrap_or_default(),
                version,
            })
            .collect();
    groups.sort_by_cached_key(|g| (swedish_order(&g.name), g.id));
    Ok(groups)
}

/// Adds a group without members. The same id again changes nothing. `NotFound` when the node is not there.
pub async fn create_group(tx: &mut Tx, now: DateTime<Utc>, id: GruppId, node: NodeId, name: &str) -> Result<()> {
    if !belongs::is_new(tx, Thing::Grupp, id.0, node.0, &name).await? {
        return Ok(());
    }
    // it is there until this has ended
    tx.hold(Held::Node(node)).await?;
    let sql = "insert into grupp (id, node_id, name) values ($1, $2, $3) on conflict (id) do nothing";
    if execute!(tx, sql, id.0, node.0, name)? == 0 {
        return Ok(());
    }
    let changes = changes([("Namn", String::new(), name.to_owned())]);
    write(tx, now, node, id.0, "Skapad", changes).await
}

/// Renames a group and sets who is a member. `Conflict` when the version is not the current one, `NotFound` when the
/// group is not there, `Invalid` when somebody who is to be a member does not belong to its node.
pub async fn update_group(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: GruppId,
    version: i64,
    name: &str,
    members: &[PersonId],
) -> Result<()> {
    let (node, old_name) =
        row!(tx, (Uuid, String), "select node_id, name from grupp where id = $1 and merged_into is null", id.0)?
            .ok_or(Error::NotFound)?;
    let names: HashMap<Uuid, String> = rows!(tx, (Uuid, String), "select id, name from person")?.into_iter().collect();
    let old: Vec<Uuid> = rows!(tx, (Uuid,), "select person_id from grupp_member where grupp_id = $1", id.0)?
        .into_iter()
        .map(|(p,)| p)
        .collect();
    let added = members.iter().filter(|p| !old.contains(&p.0)).map(|p| ("members", (*p).into()));
    belongs::check(tx, NodeId(node), added.collect::<Vec<_>>()).await?;
    let new: Vec<Uuid> = members.iter().map(|p| p.0).collect();
    let listed = |ids: &[Uuid]| {
        let mut found: Vec<(String, Uuid)> = ids.iter().filter_map(|p| names.get(p).map(|n| (n.clone(), *p))).collect();
        found.sort_by_cached_key(|(n, p)| (swedish_order(n), *p));
        found.dedup();
        found.into_iter().map(|(n, _)| n).collect::<Vec<_>>().join(", ")
    };
    let changes = changes([("Namn", old_name, name.to_owned()), ("Medlemmar", listed(&old), listed(&new))]);
    let same_members = old.iter().all(|p| new.contains(p)) && new.iter().all(|p| old.contains(p));
    if changes.is_empty() && same_members {
        return Ok(());
    }
    touched(execute!(
        tx,
        "update grupp set name = $1, version = version + 1 where id = $2 and version = $3 and merged_into is null",
        name,
        id.0,
        version
    )?)?;
    for gone in old.iter().filter(|p| !new.contains(p)) {
        execute!(tx, "delete from grupp_member where grupp_id = $1 and person_id = $2", id.0, gone)?;
    }
    for added in new.iter().filter(|p| !old.contains(p)) {
        execute!(
            tx,
            "insert into grupp_member (grupp_id, person_id) values ($1, $2) on conflict do nothing",
            id.0,
            added
        )?;
    }
    write(tx, now, NodeId(node), id.0, "Ändrad", changes).await
}

pub(crate) async fn write(
    tx: &mut Tx,
    now: DateTime<Utc>,
    node: NodeId,
    thing: Uuid,
    what: &str,
    changes: Vec<Change>,
) -> Result<()> {
    history::write(tx, history::Record { now, node, area: Area::Organisation, thing, what, reason: "", changes }).await
}

pub(crate) fn yes_no(value: bool) -> String {
    String::from(if value { "Ja" } else { "Nej" })
}

/// One word for a change of something that can be taken out of use.
pub(crate) fn what_happened(was_active: bool, is_active: bool) -> &'static str {
    match (was_active, is_active) {
        (true, false) => "Avaktiverad",
        (false, true) => "Återaktiverad",
        _ => "Ändrad",
    }
}
