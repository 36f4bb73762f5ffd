//! Units that become a new one: what would come of it, and that it is done. All in one transaction: either the old ones have a last
//! day, the new one is there and its staff can work in it, or nothing has happened.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    create_node,
    dagar::{Slut, slut},
    held, read, write,
};
use crate::{
    Error, Result, Tx,
    hold::Held,
    person,
    sakerhet::{
        self,
        bekraftelse::{self, Gjort},
    },
    schedule, touched,
};
use chrono::{DateTime, Datelike, Utc};
use domain::{
    format,
    history::changes,
    id::{GrantId, NodeId},
    organisation::{
        Node, NodeKind, Tree,
        sammanslagning::{Form, Sammanslagning, check, roles},
    },
    permission::Role,
    person::Actor,
    sent,
};

/// What would come of it, as far as it can be told without opening what is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blir {
    /// How many persons get each role in the new unit.
    pub roller: Vec<(Role, usize)>,
    /// Whether a second administrator may have to confirm roles that open what is secret.
    pub bekraftas: bool,
    /// Those who lead an arbetsgrupp, and not by that the unit.
    pub leder_grupp: usize,
    /// What the old ones leave behind.
    pub slut: Slut,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gjord {
    /// Roles that hold in the new unit.
    pub roller: usize,
    /// Roles that wait for a second administrator.
    pub vantar: usize,
    /// Planned times after the last day that went.
    pub gick: u64,
    /// Planned times of common controls that came to the new unit.
    pub kom: u64,
}

/// What would come of it.
pub async fn preview(tx: &mut Tx, what: &Sammanslagning) -> Result<Blir> {
    let tree = super::tree(tx).await?;
    let grants = active_grants(tx).await?;
    let mut roller: BTreeMap<Role, usize> = BTreeMap::new();
    for (_, role) in roles(&tree, &what.units, &grants) {
        *roller.entry(role).or_default() += 1;
    }
    let within = |at: NodeId| what.units.iter().any(|unit| at != *unit && tree.is_within(at, *unit));
    let leder_grupp = grants.iter().filter(|(_, role, at)| domain::permission::LEADS.contains(role) && within(*at));
    Ok(Blir {
        roller: roller.into_iter().collect(),
        bekraftas: bekraftelse::is_on(tx).await?,
        leder_grupp: leder_grupp.count(),
        slut: slut(tx, &tree, &what.units, what.last()).await?,
    })
}

/// Whether the node is what these units became: the form was sent again. `Invalid` when the id is that of another node.
pub fn is_done(tree: &Tree, id: NodeId, units: &[NodeId]) -> Result<bool> {
    if tree.get(id).is_none() {
        return Ok(false);
    }
    let before: BTreeSet<NodeId> = tree.liv(id).into_iter().flat_map(|liv| &liv.foregangare).copied().collect();
    let asked: BTreeSet<NodeId> = units.iter().copied().collect();
    if before == asked && !asked.is_empty() { Ok(true) } else { Err(Error::Invalid(vec![sent::taken()])) }
}

/// Every role that is held by somebody who can log in.
pub(super) async fn active_grants(tx: &mut Tx) -> Result<Vec<(domain::id::PersonId, Role, NodeId)>> {
    let persons: BTreeSet<_> = person::list(tx).await?.into_iter().filter(|p| p.active).map(|p| p.id).collect();
    Ok(person::grants(tx).await?.into_iter().filter(|(person, ..)| persons.contains(person)).collect())
}

/// Makes a new unit of others, each with the version that was seen: they end the day before it begins. Who can log in and has a role
/// in them gets it in the new one, as an administrator gives it ([`bekraftelse::give`]). The same id again changes nothing. `Conflict`
/// when a unit is another by now, `Invalid` when the id is that of something else.
pub async fn merge_nodes(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    id: NodeId,
    what: &Sammanslagning,
    versions: &[(NodeId, i64)],
) -> Result<Gjord> {
    // nothing else is moved or merged meanwhile
    let tree = held(tx).await?;
    if is_done(&tree, id, &what.units)? {
        return Ok(Gjord::default());
    }
    // the plans of all of them, and what is laid on them from above, stand as they are until this is done
    let above: BTreeSet<NodeId> =
        what.units.iter().flat_map(|unit| tree.path(*unit)).chain(tree.path(what.parent)).collect();
    for at in &above {
        tx.hold(Held::Node(*at)).await?;
    }
    let last = what.last();
    for unit in &what.units {
        let version = versions.iter().find(|(of, _)| of == unit).map_or(0, |(_, version)| *version);
        let sql = "update node set to_on = $1, version = version + 1
                   where id = $2 and version = $3 and to_on is null and active";
        touched(execute!(tx, sql, last, unit.0, version)?)?;
    }
    // the name is free, and the place one for a unit, also where nobody else changes anything
    let form = Form {
        units: what.units.clone(),
        name: what.name.clone(),
        parent: Some(what.parent),
        from: format::date(what.from),
    };
    check(&tree, &form, what.from).map_err(Error::Invalid)?;
    let new = Node {
        id,
        parent: Some(what.parent),
        kind: NodeKind::Enhet,
        name: what.name.clone(),
        active: true,
        version: 1,
    };
    create_node(tx, now, &new).await?;
    touched(execute!(tx, "update node set from_on = $1 where id = $2", what.from, id.0)?)?;
    for unit in &what.units {
        let sql = "insert into foregangare (node_id, predecessor_id, on_day, sammanslagen) values ($1, $2, $3, true)";
        execute!(tx, sql, id.0, unit.0, what.from)?;
    }
    let after = read(tx).await?;
    tx.tree = Some(after);

    let mut done = Gjord::default();
    let grants = active_grants(tx).await?;
    for (person, role) in roles(&tree, &what.units, &grants) {
        match bekraftelse::give(tx, now, actor, GrantId::new(), (person, role, id)).await? {
            Gjort::Nu => done.roller += 1,
            Gjort::Vantar => done.vantar += 1,
        }
    }

    let names: Vec<&str> = what.units.iter().map(|unit| tree.name(*unit)).collect();
    let reason = format!("{} blev {}", format::and(&names), what.name);
    (done.gick, _) = schedule::follow_days(tx, now, &what.units, (schedule::AFTER_LAST, &reason), last.year()).await?;
    let concerned: Vec<NodeId> = what.units.iter().copied().chain([id]).collect();
    let (gick, kom) = schedule::lay_anew(tx, now, (&new, &concerned), &reason, &above, last.year()).await?;
    (done.gick, done.kom) = (done.gick + gick, kom);

    for unit in &what.units {
        let told = changes([
            ("Sista dag", String::new(), format::date(last)),
            ("Ersatt av", String::new(), what.name.clone()),
        ]);
        let others: Vec<&str> =
            what.units.iter().filter(|other| *other != unit).map(|other| tree.name(*other)).collect();
        write(tx, now, *unit, unit.0, &format!("Slogs ihop med {}", format::and(&others)), told).await?;
    }
    let told = changes([
        ("Första dag", String::new(), format::date(what.from)),
        ("Ersätter", String::new(), format::and(&names)),
    ]);
    write(tx, now, id, id.0, "Sammanslagen", told).await?;
    let detail = format!("{} blir {} från {}", format::and(&names), what.name, format::date(what.from));
    sakerhet::moved(tx, now, id, &detail).await?;
    Ok(done)
}
