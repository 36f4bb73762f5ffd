//! Units that become a new one: what would come of it, and that it is done. All in one transaction: either the old ones have a last
//! day, the new one is there and its staff can work in it, or nothing has happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    format,
    history::changes,
    id::{GrantId, NodeId},
    organisation::{
        Node, NodeKind, Tree,
        sammanslagning::{Form, Sammanslagning, check, roles},
    },
    permission::{Action, Area, Role},
    person::Actor,
    sent,
};
use uuid::Uuid;

use super::{create_node, groups, held, read, write};
use crate::{
    Error, Result, Tx,
    hold::Held,
    in_row::InRow,
    occurrence::places,
    person,
    sakerhet::{
        self,
        bekraftelse::{self, Gjort},
    },
    schedule, touched,
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
    /// Planned times after the last day, of controls and activities: taken away.
    pub efter: usize,
    /// Times up to the last day that are not done: they cannot be marked afterwards.
    pub ogjorda: usize,
    /// Times after the last day that somebody has moved, begun or prepared: they stay, and cannot be marked.
    pub kvar: usize,
    /// Åtgärder that are not done: they are finished where they are.
    pub atgarder: usize,
    /// Enkäter that are open: they take no answers after the last day.
    pub enkater: usize,
    /// Screens on walls.
    pub skarmar: usize,
    /// Groups that belong to the old units.
    pub grupper: Vec<String>,
    /// Arbetsgrupper that lie under them and end with them.
    pub arbetsgrupper: Vec<String>,
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
    let mut blir = Blir {
        roller: roller.into_iter().collect(),
        bekraftas: bekraftelse::is_on(tx).await?,
        leder_grupp: leder_grupp.count(),
        ..Blir::default()
    };
    let sql = format!(
        "select s.area, o.start_on, o.state = 'planerad' and o.moved_from is null
                and not exists (select 1 from apt_mote m where m.occurrence_id = o.id), cast(count(*) as bigint)
         from occurrence o join schedule s on s.id = o.schedule_id
         where s.active and o.state in ('planerad', 'pagar') and o.node_id in ({}) group by 1, 2, 3",
        places(1, what.units.len())
    );
    for (area, start, untouched, n) in rows_of!(tx, (String, NaiveDate, bool, i64), sql, &what.units)? {
        let area = InRow::of("schedule", Uuid::nil()).code("area", &area, Area::from_code)?;
        let n = usize::try_from(n).unwrap_or_default();
        if area.traits().after_end.contains(&Action::TickOwn) {
            blir.atgarder += n;
        } else if start <= what.last() {
            blir.ogjorda += n;
        } else if untouched {
            blir.efter += n;
        } else {
            blir.kvar += n;
        }
    }
    let sql = format!(
        "select cast(count(*) as bigint) from enkat where state = 'oppen' and node_id in ({})",
        places(1, what.units.len())
    );
    let found = rows_of!(tx, (i64,), sql, &what.units)?;
    blir.enkater = found.first().map_or(0, |(n,)| usize::try_from(*n).unwrap_or_default());
    let sql = format!("select cast(count(*) as bigint) from skarm where node_id in ({})", places(1, what.units.len()));
    let found = rows_of!(tx, (i64,), sql, &what.units)?;
    blir.skarmar = found.first().map_or(0, |(n,)| usize::try_from(*n).unwrap_or_default());
    let of = groups(tx).await?.into_iter().filter(|g| what.units.contains(&g.node));
    blir.grupper = of.map(|g| g.name).collect();
    let below = what.units.iter().flat_map(|unit| tree.within(*unit).filter(move |node| node.id != *unit));
    blir.arbetsgrupper = below.filter(|node| tree.in_use(node)).map(|node| node.name.clone()).collect();
    Ok(blir)
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
async fn active_grants(tx: &mut Tx) -> Result<Vec<(domain::id::PersonId, Role, NodeId)>> {
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
    execute!(tx, "update node set from_on = $1 where id = $2", what.from, id.0)?;
    for unit in &what.units {
        let sql = "insert into foregangare (node_id, predecessor_id, on_day) values ($1, $2, $3)";
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
    done.gick = schedule::end(tx, now, &what.units, &reason, last.year()).await?;
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
