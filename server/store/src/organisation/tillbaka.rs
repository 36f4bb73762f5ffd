//! A merge that is taken back before its day: the old units go on, and the new one goes, if nothing stands in it. All in one
//! transaction, as the merge was.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    format,
    history::changes,
    id::{GrantId, NodeId},
    organisation::{Node, Tree, dagar::may_take_back},
    sakerhet::Begaran,
};
use uuid::Uuid;

use super::{dagar::come_back, held, read, write};
use crate::{
    Error, Result, Tx,
    hold::Held,
    person,
    sakerhet::{self, bekraftelse},
    touched,
};

/// What becomes of a table's rows of a unit that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rad {
    /// They stand in the way: what one of them is called, and many. Of what is secret no number is told.
    Star(&'static str, &'static str),
    /// As [`Rad::Star`], of what is secret: called by one word.
    Hemligt(&'static str),
    /// They go with it.
    Foljer,
    /// They stay, as those of the node above: what has happened is not unsaid.
    Upp,
    /// They are asked about in a way of their own.
    Egen,
}

/// Every table that names a node, and what becomes of its rows.
pub const TABLES: [(&str, Rad); 31] = [
    ("apt_beslut", Rad::Star("beslut", "beslut")),
    ("apt_mall", Rad::Foljer),
    ("apt_mote", Rad::Star("möte", "möten")),
    ("atgard", Rad::Star("åtgärd", "åtgärder")),
    ("avvikelse", Rad::Hemligt("ärenden")),
    ("avvikelse_ar", Rad::Star("inläst år av avvikelser", "inlästa år av avvikelser")),
    // figures of the cases there are, which are none
    ("avvikelse_frislappt", Rad::Foljer),
    ("avvikelse_gallrad", Rad::Hemligt("gallrade ärenden")),
    ("avvikelse_installning", Rad::Foljer),
    ("avvikelse_ord", Rad::Foljer),
    ("bekraftelse", Rad::Egen),
    ("dimension", Rad::Star("uppdelning av siffror", "uppdelningar av siffror")),
    ("egenkontroll", Rad::Star("kontroll i egenkontrollplanen", "kontroller i egenkontrollplanen")),
    ("enkat", Rad::Star("enkät", "enkäter")),
    // that of itself goes; that of another unit is said by the domain
    ("foregangare", Rad::Egen),
    ("forslag", Rad::Star("förslag", "förslag")),
    ("genomforande", Rad::Star("påbörjad kontroll", "påbörjade kontroller")),
    ("grupp", Rad::Star("grupp", "grupper")),
    ("history", Rad::Upp),
    ("internkontroll", Rad::Star("kontroll i internkontrollplanen", "kontroller i internkontrollplanen")),
    ("jamstalldhetsanalys", Rad::Star("jämställdhetsanalys", "jämställdhetsanalyser")),
    ("node", Rad::Egen),
    ("node_logga", Rad::Foljer),
    ("occurrence", Rad::Egen),
    // those of a plan are in the way with it
    ("planaktivitet", Rad::Star("aktivitet i verksamhetsplanen", "aktiviteter i verksamhetsplanen")),
    ("role_grant", Rad::Egen),
    ("sakerhet", Rad::Upp),
    ("schedule", Rad::Egen),
    ("serie", Rad::Star("serie av siffror", "serier av siffror")),
    ("skarm", Rad::Star("skärm", "skärmar")),
    ("verksamhetsplan", Rad::Star("verksamhetsplan", "verksamhetsplaner")),
];

/// What would come of taking a merge back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blir {
    /// What stands in the new unit, so that it cannot go: `2 möten`.
    pub hinder: Vec<String>,
    /// Roles in the new unit, which go.
    pub roller: usize,
    /// Roles that wait for a second administrator, which are asked for no longer.
    pub vantar: usize,
    /// Whether something that was set up for the new unit goes with it: settings, templates, logo.
    pub installt: bool,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tillbaka {
    /// Roles that went.
    pub roller: usize,
    /// Planned times that came back in the old units.
    pub kom: u64,
}

/// What would come of it.
pub async fn preview(tx: &mut Tx, id: NodeId) -> Result<Blir> {
    let tree = super::tree(tx).await?;
    let node = tree.get(id).ok_or(Error::NotFound)?;
    let waits = waiting(tx, id).await?.len();
    let mut installt = false;
    for table in ["apt_mall", "avvikelse_installning", "node_logga"] {
        installt |=
            count(tx, &format!("select cast(count(*) as bigint) from {table} where node_id = $1"), id).await? > 0;
    }
    Ok(Blir { hinder: stands(tx, &tree, node).await?, roller: grants(tx, id).await?.len(), vantar: waits, installt })
}

/// Takes a merge back, with the version of the new unit that was seen. `Conflict` when it is another by now, `Invalid` at the field
/// `id` where it cannot be, or something stands in the new unit.
pub async fn undo_merge(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    (id, version): (NodeId, i64),
) -> Result<Tillbaka> {
    // nothing else is moved, merged or planned there meanwhile
    let tree = held(tx).await?;
    let new = tree.get(id).cloned().ok_or(Error::NotFound)?;
    let parent = new.parent.ok_or(Error::NotFound)?;
    let (units, from) = may_take_back(&tree, id, today).map_err(|message| Error::at("id", message))?;
    let above: BTreeSet<NodeId> = units.iter().chain([&id]).flat_map(|unit| tree.path(*unit)).collect();
    for node in &above {
        tx.hold(Held::Node(*node)).await?;
    }
    let hinder = stands(tx, &tree, &new).await?;
    if !hinder.is_empty() {
        return Err(Error::at("id", in_the_way(&new.name, &hinder)));
    }
    let mut done = Tillbaka::default();
    for grant in grants(tx, id).await? {
        match person::remove_role(tx, now, grant).await {
            Err(Error::Conflict) => return Err(Error::at("id", LAST_ADMIN.to_owned())),
            gone => gone?,
        }
        done.roller += 1;
    }
    for waits in waiting(tx, id).await? {
        bekraftelse::decline(tx, now, waits).await?;
    }
    let sql = "delete from occurrence where node_id = $1 and state = 'planerad' and moved_from is null
               and not exists (select 1 from apt_mote m where m.occurrence_id = occurrence.id)";
    execute!(tx, sql, id.0)?;
    execute!(tx, "delete from schedule where node_id = $1", id.0)?;
    execute!(tx, "delete from foregangare where node_id = $1", id.0)?;
    for (table, becomes) in TABLES {
        match becomes {
            Rad::Foljer => {
                let sql = format!("delete from {table} where node_id = $1");
                execute!(tx, sqlx::AssertSqlSafe(sql), id.0)?;
            }
            Rad::Upp => {
                let sql = format!("update {table} set node_id = $2 where node_id = $1");
                execute!(tx, sqlx::AssertSqlSafe(sql), id.0, parent.0)?;
            }
            Rad::Star(..) | Rad::Hemligt(_) | Rad::Egen => {}
        }
    }
    touched(execute!(tx, "delete from node where id = $1 and version = $2", id.0, version)?)?;
    let last = from.checked_sub_days(Days::new(1)).unwrap_or(from);
    for unit in &units {
        let sql = "update node set to_on = null, version = version + 1 where id = $1 and to_on = $2";
        touched(execute!(tx, sql, unit.0, last)?)?;
    }
    tx.tree = Some(read(tx).await?);

    let names: Vec<&str> = units.iter().map(|unit| tree.name(*unit)).collect();
    let together = format::and(&names);
    let reason = format!("Sammanslagningen av {together} till {} togs tillbaka", new.name);
    let old = Node { name: together.clone(), id: units[0], ..new.clone() };
    let above = &above.into_iter().filter(|node| *node != id).collect();
    done.kom = come_back(tx, now, &old, &units, (above, &reason), last).await?;
    for unit in &units {
        let told =
            changes([("Sista dag", format::date(last), String::new()), ("Ersatt av", new.name.clone(), String::new())]);
        write(tx, now, *unit, unit.0, "Sammanslagningen togs tillbaka", told).await?;
    }
    let told = changes([
        ("Enhet som togs bort", new.name.clone(), String::new()),
        ("Första dag", format::date(from), String::new()),
        ("Roller som togs bort", String::new(), if done.roller == 0 { String::new() } else { done.roller.to_string() }),
    ]);
    write(tx, now, parent, parent.0, &reason, told).await?;
    sakerhet::moved(tx, now, parent, &reason).await?;
    Ok(done)
}

const LAST_ADMIN: &str = "Den som är ensam administratör har sin roll i den nya enheten. Gör någon till administratör för hela organisationen först.";

/// Why the new unit cannot go.
#[must_use]
pub fn in_the_way(name: &str, hinder: &[String]) -> String {
    let hinder: Vec<&str> = hinder.iter().map(String::as_str).collect();
    format!(
        "Sammanslagningen går inte att ta tillbaka så länge det finns något i {name}: {}. Ta bort det eller flytta det först.",
        format::and(&hinder)
    )
}

async fn grants(tx: &mut Tx, id: NodeId) -> Result<Vec<GrantId>> {
    let found = rows!(tx, (Uuid,), "select id from role_grant where node_id = $1 order by id", id.0)?;
    Ok(found.into_iter().map(|(id,)| GrantId(id)).collect())
}

/// The roles in the unit that wait for a second administrator.
async fn waiting(tx: &mut Tx, id: NodeId) -> Result<Vec<domain::id::BekraftelseId>> {
    let all = bekraftelse::list(tx).await?.into_iter();
    Ok(all.filter(|b| matches!(b.what, Begaran::Roll(_, _, node) if node == id)).map(|b| b.id).collect())
}

async fn count(tx: &mut Tx, sql: &str, id: NodeId) -> Result<i64> {
    Ok(row!(tx, (i64,), sqlx::AssertSqlSafe(sql.to_owned()), id.0)?.map_or(0, |(n,)| n))
}

/// What stands in a unit, in words. What the program has laid there itself does not, as long as nobody has done anything with it.
async fn stands(tx: &mut Tx, tree: &Tree, node: &Node) -> Result<Vec<String>> {
    let id = node.id;
    let mut found = Vec::new();
    let below = tree.within(id).filter(|other| other.id != id).map(|other| other.name.clone());
    found.extend(below);
    let words = |n: i64, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{} {many}", format::int(n))),
    };
    for (table, becomes) in TABLES {
        let sql = format!("select cast(count(*) as bigint) from {table} where node_id = $1");
        match becomes {
            Rad::Star(one, many) => found.extend(words(count(tx, &sql, id).await?, one, many)),
            Rad::Hemligt(called) if count(tx, &sql, id).await? > 0 => found.push(called.to_owned()),
            Rad::Hemligt(_) | Rad::Foljer | Rad::Upp | Rad::Egen => {}
        }
    }
    let own = "select cast(count(*) as bigint) from schedule where node_id = $1 and area = 'aktivitet' and active
               and (report_key is null or version > 1)";
    found.extend(words(count(tx, own, id).await?, "aktivitet", "aktiviteter"));
    let touched = "select cast(count(*) as bigint) from occurrence
                   where node_id = $1 and (state <> 'planerad' or moved_from is not null)";
    let touched = count(tx, touched, id).await?;
    found.extend(words(
        touched,
        "tillfälle som är utfört, påbörjat eller flyttat",
        "tillfällen som är utförda, påbörjade eller flyttade",
    ));
    Ok(found)
}
