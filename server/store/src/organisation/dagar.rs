//! The days of a unit as an administrator writes them: a last day, which is the end of its plans and its lists, a first one, and the
//! units that were there before it.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{
    format,
    history::changes,
    id::NodeId,
    organisation::{
        Node, Tree,
        dagar::{Form, check_before, check_last, may_go_on},
    },
    permission::{Action, Area},
};
use uuid::Uuid;

use super::{groups, held, read, sla_ihop::active_grants, write};
use crate::{Error, Result, Tx, hold::Held, in_row::InRow, occurrence::places, sakerhet, schedule, touched};

/// What units that end leave behind, as far as it can be told without opening what is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slut {
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
    /// Groups that belong to them.
    pub grupper: Vec<String>,
    /// Arbetsgrupper that lie under them and end with them.
    pub arbetsgrupper: Vec<String>,
}

/// What units leave behind that end after a day.
pub(super) async fn slut(tx: &mut Tx, tree: &Tree, units: &[NodeId], last: NaiveDate) -> Result<Slut> {
    let mut slut = Slut::default();
    let sql = format!(
        "select s.area, o.start_on, o.state = 'planerad' and o.moved_from is null
                and not exists (select 1 from apt_mote m where m.occurrence_id = o.id), cast(count(*) as bigint)
         from occurrence o join schedule s on s.id = o.schedule_id
         where s.active and o.state in ('planerad', 'pagar') and o.node_id in ({}) group by 1, 2, 3",
        places(1, units.len())
    );
    for (area, start, untouched, n) in rows_of!(tx, (String, NaiveDate, bool, i64), sql, units)? {
        let area = InRow::of("schedule", Uuid::nil()).code("area", &area, Area::from_code)?;
        let n = usize::try_from(n).unwrap_or_default();
        if area.traits().after_end.contains(&Action::TickOwn) {
            slut.atgarder += n;
        } else if start <= last {
            slut.ogjorda += n;
        } else if untouched {
            slut.efter += n;
        } else {
            slut.kvar += n;
        }
    }
    let within = places(1, units.len());
    let sql = format!("select cast(count(*) as bigint) from enkat where state = 'oppen' and node_id in ({within})");
    let found = rows_of!(tx, (i64,), sql, units)?;
    slut.enkater = found.first().map_or(0, |(n,)| usize::try_from(*n).unwrap_or_default());
    let sql = format!("select cast(count(*) as bigint) from skarm where node_id in ({within})");
    let found = rows_of!(tx, (i64,), sql, units)?;
    slut.skarmar = found.first().map_or(0, |(n,)| usize::try_from(*n).unwrap_or_default());
    slut.grupper = groups(tx).await?.into_iter().filter(|g| units.contains(&g.node)).map(|g| g.name).collect();
    let below = units.iter().flat_map(|unit| tree.within(*unit).filter(move |node| node.id != *unit));
    slut.arbetsgrupper = below.filter(|node| tree.in_use(node)).map(|node| node.name.clone()).collect();
    Ok(slut)
}

/// What would come of a last day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upphor {
    /// What the unit leaves behind.
    pub slut: Slut,
    /// Persons who can log in and have a role in the unit or below it.
    pub personer: usize,
    /// Of those, who have none anywhere else that goes on.
    pub bara_har: usize,
}

/// What would come of a last day of a unit.
pub async fn preview(tx: &mut Tx, unit: NodeId, last: NaiveDate) -> Result<Upphor> {
    let tree = super::tree(tx).await?;
    let slut = slut(tx, &tree, &[unit], last).await?;
    let (mut here, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
    for (person, _, at) in active_grants(tx).await? {
        if tree.is_within(at, unit) {
            here.insert(person);
        } else if tree.last_day(at).is_none_or(|to| to > last) {
            elsewhere.insert(person);
        }
    }
    Ok(Upphor { slut, personer: here.len(), bara_har: here.difference(&elsewhere).count() })
}

/// The unit as it is held with all that is laid on it from above: nothing else is moved, merged or planned there meanwhile.
async fn hold(tx: &mut Tx, id: NodeId) -> Result<(std::sync::Arc<Tree>, Node, BTreeSet<NodeId>)> {
    let tree = held(tx).await?;
    let node = tree.get(id).cloned().ok_or(Error::NotFound)?;
    let above: BTreeSet<NodeId> = tree.path(id).into_iter().collect();
    for at in &above {
        tx.hold(Held::Node(*at)).await?;
    }
    Ok((tree, node, above))
}

/// Lets a unit end after a day. `Conflict` when the version is not the current one, `Invalid` where it cannot. Gives how many planned
/// times after that day went.
pub async fn end_node(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    (id, version): (NodeId, i64),
    last: NaiveDate,
) -> Result<u64> {
    let (tree, node, above) = hold(tx, id).await?;
    check_last(&tree, &node, &format::date(last), today).map_err(Error::Invalid)?;
    let sql = "update node set to_on = $1, version = version + 1
               where id = $2 and version = $3 and to_on is null and active";
    touched(execute!(tx, sql, last, id.0, version)?)?;
    tx.tree = Some(read(tx).await?);
    let reason = format!("Sista dagen för {} är {}", node.name, format::date(last));
    let (gone, _) = schedule::follow_days(tx, now, &[id], (schedule::AFTER_LAST, &reason), last.year()).await?;
    let (common, _) = schedule::lay_anew(tx, now, (&node, &[id]), &reason, &above, last.year()).await?;
    let gone = gone + common;
    let told = changes([
        ("Sista dag", String::new(), format::date(last)),
        ("Planerade tillfällen som togs bort", String::new(), times(gone)),
    ]);
    write(tx, now, id, id.0, "Sista dag satt", told).await?;
    sakerhet::moved(tx, now, id, &format!("{}, sista dag {}", node.name, format::date(last))).await?;
    Ok(gone)
}

/// Takes away a last day that has not passed. `Conflict` when the version is not the current one, `Invalid` where it cannot be. Gives
/// how many planned times came back.
pub async fn remove_last(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    (id, version): (NodeId, i64),
) -> Result<u64> {
    let (tree, node, above) = hold(tx, id).await?;
    let last = may_go_on(&tree, &node, today).map_err(|message| Error::at("to", message))?;
    let sql = "update node set to_on = null, version = version + 1 where id = $1 and version = $2 and to_on = $3";
    touched(execute!(tx, sql, id.0, version, last)?)?;
    tx.tree = Some(read(tx).await?);
    let reason = format!("Sista dagen för {} togs bort", node.name);
    let come = come_back(tx, now, &node, &[id], (&above, &reason), last).await?;
    let told = changes([
        ("Sista dag", format::date(last), String::new()),
        ("Planerade tillfällen som kom tillbaka", String::new(), times(come)),
    ]);
    write(tx, now, id, id.0, "Sista dag borttagen", told).await?;
    sakerhet::moved(tx, now, id, &format!("{}, sista dag {} borttagen", node.name, format::date(last))).await?;
    Ok(come)
}

/// Lays what was planned after a last day that units no longer have. Gives how many times came.
pub(super) async fn come_back(
    tx: &mut Tx,
    now: DateTime<Utc>,
    named: &Node,
    units: &[NodeId],
    (above, reason): (&BTreeSet<NodeId>, &str),
    last: NaiveDate,
) -> Result<u64> {
    let (_, own) = schedule::follow_days(tx, now, units, (schedule::AFTER_LAST, reason), last.year()).await?;
    let (_, common) = schedule::lay_anew(tx, now, (named, units), reason, above, last.year()).await?;
    Ok(own + common)
}

/// What a first day has done to the plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Borjat {
    /// Planned times before it that went.
    pub gick: u64,
    /// Planned times that came, because it is earlier than it was.
    pub kom: u64,
}

/// Says from when a unit is, and after which others. `Conflict` when the version is not the current one, `Invalid` where it cannot be
/// so, or something was done in the unit before that day.
pub async fn set_before(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    (id, version): (NodeId, i64),
    form: &Form,
) -> Result<Borjat> {
    let (tree, node, above) = hold(tx, id).await?;
    let new = check_before(&tree, &node, form, today).map_err(Error::Invalid)?;
    let old = tree.liv(id).cloned().unwrap_or_default();
    let before: Vec<NodeId> = tree.foregangare(id).into_iter().map(|node| node.id).collect();
    if (old.from, &before) == (new.from, &new.foregangare) {
        return Ok(Borjat::default());
    }
    if let Some(from) = new.from {
        done_before(tx, id, from).await?;
    }
    let sql = "update node set from_on = $1, version = version + 1 where id = $2 and version = $3";
    touched(execute!(tx, sql, new.from, id.0, version)?)?;
    execute!(tx, "delete from foregangare where node_id = $1 and not sammanslagen", id.0)?;
    for unit in &new.foregangare {
        let sql = "insert into foregangare (node_id, predecessor_id, on_day, sammanslagen) values ($1, $2, $3, false)";
        // who is before has a day: it was checked
        execute!(tx, sql, id.0, unit.0, new.from.unwrap_or(today))?;
    }
    tx.tree = Some(read(tx).await?);

    let mut done = Borjat::default();
    let reason = match new.from {
        Some(from) => format!("{} finns från {}", node.name, format::date(from)),
        None => format!("Första dagen för {} togs bort", node.name),
    };
    if let Some(from) = new.from {
        // a year that has passed is not laid anew: what nobody touched before the day goes, and nothing comes
        let sql =
            "delete from occurrence where node_id = $1 and due_on < $2 and state = 'planerad' and moved_from is null
                   and not exists (select 1 from apt_mote m where m.occurrence_id = occurrence.id)
                   and exists (select 1 from schedule s where s.id = occurrence.schedule_id and s.area <> 'atgard')";
        done.gick = execute!(tx, sql, id.0, from)?;
    }
    if old.from.is_some_and(|was| was > today && new.from.is_none_or(|from| from < was)) {
        let year = today.year();
        let (_, own) = schedule::follow_days(tx, now, &[id], (schedule::BEFORE_FIRST, &reason), year).await?;
        let (_, common) = schedule::lay_anew(tx, now, (&node, &[id]), &reason, &above, year).await?;
        done.kom = own + common;
    }
    let names = |ids: &[NodeId]| {
        let names: Vec<&str> = ids.iter().map(|id| tree.name(*id)).collect();
        format::and(&names)
    };
    let day = |day: Option<NaiveDate>| day.map(format::date).unwrap_or_default();
    let told = changes([
        ("Första dag", day(old.from), day(new.from)),
        ("Fanns före", names(&before), names(&new.foregangare)),
        ("Planerade tillfällen som togs bort", String::new(), times(done.gick)),
        ("Planerade tillfällen som lades till", String::new(), times(done.kom)),
    ]);
    write(tx, now, id, id.0, "Första dag och det som fanns före", told).await?;
    Ok(done)
}

/// Refuses a first day after something that was done, begun, moved or prepared in the unit.
async fn done_before(tx: &mut Tx, id: NodeId, from: NaiveDate) -> Result<()> {
    let sql = "select cast(count(*) as bigint), min(o.due_on) from occurrence o join schedule s on s.id = o.schedule_id
               where o.node_id = $1 and o.due_on < $2 and s.area <> 'atgard'
                 and (o.state <> 'planerad' or o.moved_from is not null
                      or exists (select 1 from apt_mote m where m.occurrence_id = o.id))";
    let found = row!(tx, (i64, Option<NaiveDate>), sql, id.0, from)?;
    let Some((n, Some(first))) = found.filter(|(n, _)| *n > 0) else { return Ok(()) };
    let what =
        if n == 1 { "1 tillfälle som är".to_owned() } else { format!("{} tillfällen som är", format::int(n)) };
    Err(Error::at(
        "from",
        format!(
            "Enheten har {what} utfört, påbörjat, flyttat eller förberett före den dagen, det första {}. Välj en dag senast då.",
            format::date(first)
        ),
    ))
}

fn times(n: u64) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}
