//! Groups that are moved to another node, and two that become one.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    history::changes,
    id::{GruppId, NodeId, PersonId},
    organisation::{Grupp, check_group_merge, check_group_move, swedish_order},
    permission::Area,
    schedule::Responsible,
};
use uuid::Uuid;

use super::{groups, held, write};
use crate::{
    Error, Result, Tx, history, hold::Held, in_row::InRow, person, planaktivitet, serie, touched, verksamhetsplan,
};

/// What a move has left behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flyttad {
    /// Rows in plans of this year and later that the group carries out, and series that it fills, where it no longer belongs:
    /// somebody else has to be chosen.
    pub utan_grupp: usize,
    /// Members who can log in and have no role where it belongs now: they stay until somebody takes them out.
    pub utan_roll: usize,
}

/// What a merge has joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sammanslagen {
    /// Members who came with the other group.
    pub nya: usize,
    /// What the other carried out and the one that is left carries out now: controls, activities and åtgärder, of all years,
    /// and series.
    pub uppdrag: usize,
}

/// How many rows of plans, activities and åtgärder a group carries out, of all years, and how many series it fills.
pub async fn uppdrag(tx: &mut Tx, id: GruppId) -> Result<usize> {
    // what is to be filled in is planned too, and is of the series
    let filled = serie::filled_by(tx, Responsible::Grupp(id)).await?;
    let planned = rows!(tx, (Uuid,), "select distinct source_id from schedule where responsible_grupp = $1", id.0)?;
    let of_series = |source: Uuid| filled.iter().any(|serie| serie.id.0 == source);
    Ok(filled.len() + planned.iter().filter(|(source,)| !of_series(*source)).count())
}

/// Moves a group to another node. `Conflict` when the version is not the current one, `Invalid` where it cannot lie there. What it
/// carries out stays its own, also where it no longer belongs: of how much that is so from `year` on is told.
pub async fn move_group(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: GruppId,
    version: i64,
    to: NodeId,
    year: i32,
) -> Result<Flyttad> {
    // no node is moved meanwhile
    let tree = held(tx).await?;
    let group = groups(tx).await?.into_iter().find(|g| g.id == id).ok_or(Error::NotFound)?;
    check_group_move(&tree, &group, to).map_err(|message| Error::at("node", message))?;
    touched(execute!(
        tx,
        "update grupp set node_id = $1, version = version + 1 where id = $2 and version = $3 and merged_into is null",
        to.0,
        id.0,
        version
    )?)?;
    let told = changes([("Hör till", tree.name(group.node).to_owned(), tree.name(to).to_owned())]);
    write(tx, now, to, id.0, "Flyttad", told).await?;
    let left = rows!(
        tx,
        (Uuid, Uuid),
        "select distinct source_id, node_id from schedule where responsible_grupp = $1 and year >= $2 and active",
        id.0,
        i64::from(year)
    )?;
    let filled = serie::filled_by(tx, Responsible::Grupp(id)).await?;
    let is_series: HashSet<Uuid> = filled.iter().map(|serie| serie.id.0).collect();
    let planned = left.into_iter().filter(|(source, _)| !is_series.contains(source)).map(|(_, node)| NodeId(node));
    let filled = filled.into_iter().filter(|serie| serie.closed_on.is_none()).map(|serie| serie.node);
    let utan_grupp = planned.chain(filled).filter(|node| !tree.is_within(*node, to)).count();
    let persons = person::list(tx).await?;
    let away = |id: &PersonId| persons.iter().any(|p| p.id == *id && p.active && !p.works_near(&tree, to));
    Ok(Flyttad { utan_grupp, utan_roll: group.members.iter().filter(|id| away(id)).count() })
}

/// Makes one group of two of the same node: `kept` goes on, with the members of both and all that both carry out, and the other is
/// found in its history alone. Both with the version that was seen: `Conflict` when one is another by now, `Invalid` where the two
/// cannot be one.
pub async fn merge_groups(
    tx: &mut Tx,
    now: DateTime<Utc>,
    (kept, version): (GruppId, i64),
    (other, other_version): (GruppId, i64),
) -> Result<Sammanslagen> {
    let tree = held(tx).await?;
    let all = groups(tx).await?;
    let of = |id: GruppId| all.iter().find(|g| g.id == id).cloned().ok_or(Error::NotFound);
    let (kept, other) = (of(kept)?, of(other)?);
    check_group_merge(&kept, &other).map_err(|message| Error::at("other", message))?;
    // who copies a plan there, with the group in it, ends first or begins after
    let below: Vec<NodeId> = tree.within(kept.node).map(|node| node.id).collect();
    for node in below {
        tx.hold(Held::Node(node)).await?;
    }
    let sql = "update grupp set merged_into = $1, version = version + 1
               where id = $2 and version = $3 and merged_into is null";
    touched(execute!(tx, sql, kept.id.0, other.id.0, other_version)?)?;
    let sql = "update grupp set version = version + 1 where id = $1 and version = $2 and merged_into is null";
    touched(execute!(tx, sql, kept.id.0, version)?)?;
    let nya: Vec<PersonId> = other.members.iter().copied().filter(|p| !kept.members.contains(p)).collect();
    for person in &nya {
        let sql = "insert into grupp_member (grupp_id, person_id) values ($1, $2) on conflict do nothing";
        execute!(tx, sql, kept.id.0, person.0)?;
    }
    execute!(tx, "delete from grupp_member where grupp_id = $1", other.id.0)?;
    let reason = format!("{} och {} slogs ihop", kept.name, other.name);
    let mut carried = rows!(
        tx,
        (Uuid, Uuid, Uuid, String),
        "select id, source_id, node_id, area from schedule where responsible_grupp = $1 order by id",
        other.id.0
    )?;
    let sql = "update schedule set responsible_grupp = $1, version = version + 1 where responsible_grupp = $2";
    execute!(tx, sql, kept.id.0, other.id.0)?;
    let filled = serie::filled_by(tx, Responsible::Grupp(other.id)).await?;
    let is_series: HashSet<Uuid> = filled.iter().map(|serie| serie.id.0).collect();
    carried.retain(|(_, source, ..)| !is_series.contains(source));
    carried.sort_by_key(|(_, source, ..)| *source);
    carried.dedup_by_key(|(_, source, ..)| *source);
    for (id, thing, node, area) in &carried {
        let area = InRow::of("schedule", *id).code("area", area, Area::from_code)?;
        let changes = changes([("Utförs av", other.name.clone(), kept.name.clone())]);
        let record =
            history::Record {
                now, node: NodeId(*node), area, thing: *thing, what: "Ändrad", reason: &reason, changes
            };
        history::write(tx, record).await?;
    }
    let of = |group: &Grupp| Responsible::Grupp(group.id);
    let both = (other.name.as_str(), kept.name.as_str());
    let series = serie::regroup(tx, now, (of(&other), of(&kept)), both, &reason).await?;
    let indikatorer = verksamhetsplan::indikator::regroup(tx, now, (of(&other), of(&kept)), both, &reason).await?;
    let kapitel = verksamhetsplan::kapitel::regroup(tx, now, (of(&other), of(&kept)), both, &reason).await?;
    verksamhetsplan::uppfoljning::regroup(tx, of(&other), of(&kept)).await?;
    // after the plans: who changes an aktivitet holds its plan first
    planaktivitet::regroup(tx, of(&other), of(&kept)).await?;
    let uppdrag = carried.len() + series + indikatorer + kapitel;
    let names = names(tx).await?;
    let listed = |group: &Grupp, more: &[PersonId]| {
        let mut found: Vec<&str> =
            group.members.iter().chain(more).filter_map(|p| names.get(&p.0).map(String::as_str)).collect();
        found.sort_by_cached_key(|name| swedish_order(name));
        found.join(", ")
    };
    let told = changes([
        ("Medlemmar", listed(&kept, &[]), listed(&kept, &nya)),
        ("Uppdrag som kom med", String::new(), if uppdrag == 0 { String::new() } else { uppdrag.to_string() }),
    ]);
    write(tx, now, kept.node, kept.id.0, &format!("Slogs ihop med {}", other.name), told).await?;
    let told = changes([("Medlemmar", listed(&other, &[]), String::new())]);
    write(tx, now, other.node, other.id.0, &format!("Gick upp i {}", kept.name), told).await?;
    Ok(Sammanslagen { nya: nya.len(), uppdrag })
}

/// What a column of JSON is `like` that may name somebody: it holds the id, and in which field is seen when it is read.
pub(crate) fn named_in_json(who: Responsible) -> String {
    format!("%{}%", who.code().rsplit(':').next().unwrap_or_default())
}

/// The groups that have become part of this one, in turn too: their history is told with its own.
pub async fn merged_into(tx: &mut Tx, id: GruppId) -> Result<Vec<GruppId>> {
    let found = rows!(
        tx,
        (Uuid,),
        "with recursive part (id) as (
             select id from grupp where merged_into = $1
             union all select g.id from grupp g join part p on g.merged_into = p.id)
         select id from part order by id",
        id.0
    )?;
    Ok(found.into_iter().map(|(id,)| GruppId(id)).collect())
}

async fn names(tx: &mut Tx) -> Result<HashMap<Uuid, String>> {
    Ok(rows!(tx, (Uuid, String), "select id, name from person")?.into_iter().collect())
}
