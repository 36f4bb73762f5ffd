//! Bekräftelse: what one administrator asks for and a second one confirms, when the installation has chosen that.

use chrono::{DateTime, Months, SubsecRound, Utc};
use domain::{
    id::{BekraftelseId, GrantId, NodeId, PersonId},
    organisation::Tree,
    permission::Role,
    person::Actor,
    sakerhet::{Begaran, Bekraftelse, Slag, needs_second},
};
use uuid::Uuid;

use super::{set, setting, write};
use crate::{Error, Result, Tx, in_row::InRow, organisation, person};

const SETTING: &str = "tva_administratorer";

/// What came of an attempt to give a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gjort {
    /// It holds.
    Nu,
    /// It waits for a second administrator.
    Vantar,
}

/// Whether a second administrator is needed.
pub async fn is_on(tx: &mut Tx) -> Result<bool> {
    Ok(setting(tx, SETTING).await?.is_some_and(|value| value == "ja"))
}

/// How many can log in and administer the whole organisation. Others who ask the same wait until this transaction ends.
pub async fn administrators(tx: &mut Tx) -> Result<Vec<PersonId>> {
    execute!(tx, "update node set version = version where parent_id is null")?;
    let found = rows!(
        tx,
        (Uuid,),
        "select distinct g.person_id from role_grant g join person p on p.id = g.person_id
         join node n on n.id = g.node_id where p.active and g.role = 'admin' and n.parent_id is null"
    )?;
    Ok(found.into_iter().map(|(id,)| PersonId(id)).collect())
}

/// Whether without this person there would be too few administrators for what has been chosen.
pub async fn is_needed(tx: &mut Tx, person: PersonId) -> Result<bool> {
    if !is_on(tx).await? {
        return Ok(false);
    }
    let all = administrators(tx).await?;
    Ok(all.contains(&person) && all.len() <= 2)
}

/// From now on a second administrator is needed. `Conflict` with fewer than two.
pub async fn turn_on(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    if administrators(tx).await?.len() < 2 {
        return Err(Error::Conflict);
    }
    if !is_on(tx).await? {
        set(tx, SETTING, "ja").await?;
        write(tx, now, Slag::Installning, None, "Två administratörer: på").await?;
    }
    Ok(())
}

/// Gives a role as an administrator does: at once, or when a second one has confirmed it. A role that is held already
/// holds.
pub async fn give(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    id: GrantId,
    (to, role, node): (PersonId, Role, NodeId),
) -> Result<Gjort> {
    // of two who give a node its first chef at once, one is second
    execute!(tx, "update node set version = version where id = $1", node.0)?;
    let held = person::get(tx, to).await?.roles.iter().any(|g| g.role == role && g.node == node);
    let on = is_on(tx).await?;
    if held || !on || !needs_second(on, actor.person, to, role, has_chef(tx, node).await?) {
        person::add_role(tx, now, id, to, role, node).await?;
        return Ok(Gjort::Nu);
    }
    let tree = organisation::tree(tx).await?;
    tree.get(node).ok_or(Error::NotFound)?;
    ask(tx, now, Begaran::Roll(to, role, node), &tree).await?;
    Ok(Gjort::Vantar)
}

/// Whether anybody leads the node or something below it, can log in or not, or has led it as far back as events are kept:
/// who takes a chef away does not make the next one the first.
async fn has_chef(tx: &mut Tx, node: NodeId) -> Result<bool> {
    let tree = organisation::tree(tx).await?;
    let led = rows!(
        tx,
        (Uuid, String),
        "select node_id, role from role_grant where role in ('enhetschef', 'bitradande_chef')
         union select node_id, detail from sakerhet where slag = 'roll_borttagen' and node_id is not null"
    )?;
    let chef = |role: &str| {
        [Role::Enhetschef, Role::BitradandeChef].iter().any(|r| role == r.code() || role.starts_with(r.label()))
    };
    Ok(led.into_iter().any(|(at, role)| chef(&role) && tree.is_within(NodeId(at), node)))
}

fn in_words(what: Begaran, tree: &Tree) -> String {
    match what {
        Begaran::Roll(_, role, node) => format!("{}, {}", role.label(), tree.name(node)),
        Begaran::Av => "Två administratörer: av".to_owned(),
    }
}

/// Asks for something. The same again while it waits is the same.
async fn ask(tx: &mut Tx, now: DateTime<Utc>, what: Begaran, tree: &Tree) -> Result<()> {
    if list(tx).await?.iter().any(|b| b.what == what) {
        return Ok(());
    }
    let me = tx.actor().ok_or(Error::Forbidden)?;
    let (slag, person, role, node) = match what {
        Begaran::Roll(person, role, node) => ("roll", Some(person), role.code(), Some(node)),
        Begaran::Av => ("av", None, "", None),
    };
    execute!(
        tx,
        "insert into bekraftelse (id, slag, person_id, node_id, role, asked_by, at) values ($1, $2, $3, $4, $5, $6, $7)",
        BekraftelseId::new().0,
        slag,
        person.map(|p| p.0),
        node.map(|n| n.0),
        role,
        me.0,
        now.trunc_subsecs(0)
    )?;
    write(tx, now, Slag::Begard, person, &in_words(what, tree)).await?;
    Ok(())
}

/// Asks that no second administrator be needed any more: a second one has to say so too.
pub async fn ask_off(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    if !is_on(tx).await? {
        return Ok(());
    }
    ask(tx, now, Begaran::Av, &Tree::default()).await
}

/// What waits, the oldest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Bekraftelse>> {
    let found = rows!(
        tx,
        (Uuid, String, Option<Uuid>, Option<String>, Option<Uuid>, String, Uuid, String, DateTime<Utc>),
        "select b.id, b.slag, b.person_id, p.name, b.node_id, b.role, b.asked_by, a.name, b.at
         from bekraftelse b left join person p on p.id = b.person_id join person a on a.id = b.asked_by
         order by b.at, b.id"
    )?;
    found
        .into_iter()
        .map(|(id, slag, person, name, node, role, asked_by, asked_by_name, at)| {
            let in_row = InRow::of("bekraftelse", id);
            let what = match slag.as_str() {
                "roll" => Begaran::Roll(
                    PersonId(in_row.must("person_id", person)?),
                    in_row.code("role", &role, Role::from_code)?,
                    NodeId(in_row.must("node_id", node)?),
                ),
                "av" => Begaran::Av,
                _ => return in_row.must("slag", None),
            };
            let (person, asked_by) = (name.unwrap_or_default(), PersonId(asked_by));
            Ok(Bekraftelse { id: BekraftelseId(id), what, person, asked_by, asked_by_name, at })
        })
        .collect()
}

/// `NotFound` when nothing waits under this id.
pub async fn get(tx: &mut Tx, id: BekraftelseId) -> Result<Bekraftelse> {
    list(tx).await?.into_iter().find(|b| b.id == id).ok_or(Error::NotFound)
}

/// Whether this administrator's account is in the hands of the other: made, let in again or given a password by them within a
/// month. Then it is no second pair of eyes.
pub async fn depends_on(tx: &mut Tx, now: DateTime<Utc>, me: PersonId, other: PersonId) -> Result<bool> {
    let since = now.checked_sub_months(Months::new(1)).unwrap_or(now).trunc_subsecs(0);
    let found = row!(
        tx,
        (Uuid,),
        "select id from sakerhet where person_id = $1 and actor_id = $2 and at >= $3
           and slag in ('konto_skapat', 'konto_aktiverat', 'losenord_aterstallt') limit 1",
        me.0,
        other.0,
        since
    )?;
    Ok(found.is_some())
}

/// A second administrator, the person of the transaction, confirms: it begins to hold. `Forbidden` for whoever asked, and
/// for one whose account is in their hands.
pub async fn confirm(tx: &mut Tx, now: DateTime<Utc>, id: BekraftelseId) -> Result<Bekraftelse> {
    let waits = get(tx, id).await?;
    let me = tx.actor().ok_or(Error::Forbidden)?;
    if waits.asked_by == me || depends_on(tx, now, me, waits.asked_by).await? {
        return Err(Error::Forbidden);
    }
    // two who confirm at once: the second finds nothing
    if execute!(tx, "delete from bekraftelse where id = $1", id.0)? == 0 {
        return Err(Error::NotFound);
    }
    let tree = organisation::tree(tx).await?;
    match waits.what {
        Begaran::Roll(person, role, node) => {
            write(tx, now, Slag::Bekraftad, Some(person), &in_words(waits.what, &tree)).await?;
            // in the name of whoever asked, who may be the person: a second one has only said yes
            tx.act_as(waits.asked_by);
            person::add_role(tx, now, GrantId::new(), person, role, node).await?;
            tx.act_as(me);
        }
        Begaran::Av => {
            set(tx, SETTING, "nej").await?;
            write(tx, now, Slag::Installning, None, "Två administratörer: av").await?;
        }
    }
    Ok(waits)
}

/// Somebody declines, or takes back what they asked for.
pub async fn decline(tx: &mut Tx, now: DateTime<Utc>, id: BekraftelseId) -> Result<()> {
    let waits = get(tx, id).await?;
    if execute!(tx, "delete from bekraftelse where id = $1", id.0)? == 0 {
        return Err(Error::NotFound);
    }
    let tree = organisation::tree(tx).await?;
    let person = match waits.what {
        Begaran::Roll(person, ..) => Some(person),
        Begaran::Av => None,
    };
    write(tx, now, Slag::Avslagen, person, &in_words(waits.what, &tree)).await?;
    Ok(())
}
