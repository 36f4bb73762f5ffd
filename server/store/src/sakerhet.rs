//! Säkerhet: what happens around accounts and secrets, written in the transaction where it happens, and who is to see it.
//! No text of a case is ever here, and no address that was typed.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Months, SubsecRound, Utc};
use domain::{
    id::{NodeId, NotisId, PersonId, SakerhetId},
    organisation::Tree,
    permission::Role,
    random,
    sakerhet::{Handelse, MANADER_STANDARD, Notis, Slag, manader, must_be_seen, opens_secrets},
};
use uuid::Uuid;

use crate::{Error, Part, Result, Tx, in_row::InRow, organisation};

pub mod bekraftelse;

/// The most rows an hour for accounts that are not there: somebody who tries a million of them fills no disk.
const UNKNOWN: i64 = 200;
/// Rows of a page.
pub const PAGE: i64 = 100;
/// The most rows of a workbook.
pub const EXPORT: i64 = 20_000;

/// Writes down that something happened, done by the person of the transaction.
pub async fn write(
    tx: &mut Tx,
    now: DateTime<Utc>,
    slag: Slag,
    person: Option<PersonId>,
    detail: &str,
) -> Result<SakerhetId> {
    write_at(tx, now, slag, (person, None), detail).await
}

async fn write_at(
    tx: &mut Tx,
    now: DateTime<Utc>,
    slag: Slag,
    (person, node): (Option<PersonId>, Option<NodeId>),
    detail: &str,
) -> Result<SakerhetId> {
    let (id, actor) = (SakerhetId::new(), tx.actor().map(|p| p.0));
    execute!(
        tx,
        "insert into sakerhet (id, at, slag, person_id, actor_id, node_id, detail) values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        now.trunc_subsecs(0),
        slag.code(),
        person.map(|p| p.0),
        actor,
        node.map(|n| n.0),
        detail
    )?;
    Ok(id)
}

/// Writes down what may happen many times: the same within the hour is counted on one row.
pub async fn count(tx: &mut Tx, now: DateTime<Utc>, slag: Slag, person: Option<PersonId>, detail: &str) -> Result<()> {
    gathered(tx, now, slag, person, "", detail).await
}

/// As [`count`], for a login to an account that is not there: of what was typed only a hash is kept, made with the key of
/// the installation. When very many are tried within the hour, the rest are counted together.
pub async fn count_unknown(
    tx: &mut Tx,
    now: DateTime<Utc>,
    slag: Slag,
    hash: impl FnOnce(&str) -> String,
) -> Result<()> {
    let new = random::hex::<32>();
    execute!(
        tx,
        "insert into installation (name, value) values ('okant_nyckel', $1) on conflict (name) do nothing",
        new
    )?;
    let key = setting(tx, "okant_nyckel").await?.ok_or(Error::NotFound)?;
    let hour = now.timestamp().div_euclid(3_600);
    let (rows,) = row!(
        tx,
        (i64,),
        "select count(*) from sakerhet where at >= $1 and okant <> ''",
        DateTime::from_timestamp(hour * 3_600, 0).unwrap_or(now)
    )?
    .unwrap_or_default();
    let okant = if rows >= UNKNOWN { "flera".to_owned() } else { hash(&key) };
    gathered(tx, now, slag, None, &okant, "").await
}

async fn gathered(
    tx: &mut Tx,
    now: DateTime<Utc>,
    slag: Slag,
    person: Option<PersonId>,
    okant: &str,
    detail: &str,
) -> Result<()> {
    let hour = now.timestamp().div_euclid(3_600);
    let actor = tx.actor().map(|p| p.0);
    let whose = |p: Option<Uuid>| p.map(|p| p.simple().to_string()).unwrap_or_default();
    let key = [slag.code(), &whose(person.map(|p| p.0)), &whose(actor), okant, detail, &hour.to_string()].join("|");
    execute!(
        tx,
        "insert into sakerhet (id, at, slag, person_id, actor_id, okant, detail, gathered)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (gathered) do update set times = sakerhet.times + 1, at = excluded.at",
        SakerhetId::new().0,
        now.trunc_subsecs(0),
        slag.code(),
        person.map(|p| p.0),
        actor,
        okant,
        detail,
        key
    )?;
    Ok(())
}

/// A role was given or taken: written down, and one that must be seen is told to those who are to see it.
pub(crate) async fn role(
    tx: &mut Tx,
    now: DateTime<Utc>,
    slag: Slag,
    (person, role, node): (PersonId, Role, NodeId),
    tree: &Tree,
    told: bool,
) -> Result<()> {
    let detail = format!("{}, {}", role.label(), tree.name(node));
    let id = write_at(tx, now, slag, (Some(person), Some(node)), &detail).await?;
    if told && must_be_seen(tx.actor(), person, role) {
        tell(tx, id, person, &[node], tree).await?;
    }
    Ok(())
}

/// A part of the organisation was moved: which roles hold there is decided by what it lies under.
pub(crate) async fn moved(tx: &mut Tx, now: DateTime<Utc>, node: NodeId, detail: &str) -> Result<()> {
    write_at(tx, now, Slag::NodFlyttad, (None, Some(node)), detail).await.map(drop)
}

/// Somebody has got a new password from another: for those who read secrets it must be seen.
pub(crate) async fn password_reset(tx: &mut Tx, now: DateTime<Utc>, person: PersonId) -> Result<()> {
    let id = write(tx, now, Slag::LosenordAterstallt, Some(person), "").await?;
    let found = rows!(tx, (Uuid, String), "select node_id, role from role_grant where person_id = $1", person.0)?;
    let mut nodes = Vec::new();
    for (node, role) in found {
        let role = InRow::of("role_grant", person.0).code("role", &role, Role::from_code)?;
        nodes.extend(opens_secrets(role).then_some(NodeId(node)));
    }
    if !nodes.is_empty() {
        let tree = organisation::tree(tx).await?;
        tell(tx, id, person, &nodes, &tree).await?;
    }
    Ok(())
}

/// The person concerned is to see it, and the chefer of the nodes, above them and below: a role holds for what lies below.
async fn tell(tx: &mut Tx, id: SakerhetId, person: PersonId, nodes: &[NodeId], tree: &Tree) -> Result<()> {
    let chefer = rows!(
        tx,
        (Uuid, Uuid),
        "select g.person_id, g.node_id from role_grant g join person p on p.id = g.person_id
         where p.active and g.role in ('enhetschef', 'bitradande_chef')"
    )?;
    let touched = |at: NodeId| nodes.iter().any(|node| tree.is_within(*node, at) || tree.is_within(at, *node));
    let mut told: HashSet<Uuid> = HashSet::from([person.0]);
    told.extend(chefer.into_iter().filter(|(_, at)| touched(NodeId(*at))).map(|(chef, _)| chef));
    for who in told {
        execute!(
            tx,
            "insert into sakerhet_notis (id, sakerhet_id, person_id) values ($1, $2, $3)
             on conflict (person_id, sakerhet_id) do nothing",
            NotisId::new().0,
            id.0,
            who
        )?;
    }
    Ok(())
}

/// So many notices are listed; those before them come when these have been seen.
pub const MOST: i64 = 50;

/// What a person has not yet said that they have seen, the latest first, at most [`MOST`].
pub async fn unseen(tx: &mut Tx, person: PersonId) -> Result<Arc<[Notis]>> {
    let snapshot = tx.snapshot().await?;
    if let Some(kept) = tx.store.memory.notices.get(snapshot.as_ref(), &person) {
        return Ok(kept);
    }
    let found = rows!(
        tx,
        (Uuid, DateTime<Utc>, String, Option<Uuid>, Option<String>, Option<String>, String),
        "select n.id, s.at, s.slag, s.person_id, p.name, a.name, s.detail
         from sakerhet_notis n join sakerhet s on s.id = n.sakerhet_id
         left join person p on p.id = s.person_id left join person a on a.id = s.actor_id
         where n.person_id = $1 order by s.at desc, n.id desc limit cast($2 as bigint)",
        person.0,
        MOST
    )?;
    let out: Arc<[Notis]> = found
        .into_iter()
        .map(|(id, at, slag, whose, name, actor, detail)| {
            Ok(Notis {
                id: NotisId(id),
                at,
                slag: InRow::of("sakerhet_notis", id).code("slag", &slag, Slag::from_code)?,
                person: name.unwrap_or_default(),
                actor: actor.unwrap_or_default(),
                detail,
                own: whose == Some(person.0),
            })
        })
        .collect::<Result<_>>()?;
    // of nothing, too, it is kept that it is nothing
    tx.store.memory.notices.set(snapshot.as_ref(), person, out.len().max(1), vec![Part::Anything], &out);
    Ok(out)
}

/// A person has seen it. One that is another's stays, and one that was seen before is gone: neither is told apart.
pub async fn see(tx: &mut Tx, person: PersonId, id: NotisId) -> Result<()> {
    execute!(tx, "delete from sakerhet_notis where id = $1 and person_id = $2", id.0, person.0)?;
    Ok(())
}

/// What of the events is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Urval {
    /// One kind.
    pub slag: Option<Slag>,
    /// About this person or done by them.
    pub person: Option<PersonId>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// The events, the latest first, and whether there are more after them.
pub async fn list(tx: &mut Tx, urval: &Urval, skip: i64, most: i64) -> Result<(Vec<Handelse>, bool)> {
    let slag = urval.slag.map_or("", Slag::code);
    let nobody = Uuid::nil();
    let person = urval.person.map_or(nobody, |p| p.0);
    let from = urval.from.unwrap_or(DateTime::UNIX_EPOCH);
    let until = urval.until.or_else(|| DateTime::from_timestamp(253_370_764_800, 0)).unwrap_or_default();
    let found = rows!(
        tx,
        (Uuid, DateTime<Utc>, String, Option<String>, Option<String>, String, String, i64),
        "select s.id, s.at, s.slag, p.name, a.name, s.okant, s.detail, s.times
         from sakerhet s left join person p on p.id = s.person_id left join person a on a.id = s.actor_id
         where ($1 = '' or s.slag = $1) and ($2 = $3 or s.person_id = $2 or s.actor_id = $2) and s.at >= $4 and s.at < $5
         order by s.at desc, s.id desc limit cast($6 as bigint) offset $7",
        slag,
        person,
        nobody,
        from,
        until,
        most + 1,
        skip
    )?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = found.len() > most;
    let events = found
        .into_iter()
        .take(most)
        .map(|(id, at, slag, person, actor, okant, detail, times)| {
            Ok(Handelse {
                id: SakerhetId(id),
                at,
                slag: InRow::of("sakerhet", id).code("slag", &slag, Slag::from_code)?,
                person: person.unwrap_or_default(),
                actor: actor.unwrap_or_default(),
                okant,
                detail,
                times,
            })
        })
        .collect::<Result<_>>()?;
    Ok((events, more))
}

/// A setting of the installation.
async fn setting(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(row!(tx, (String,), "select value from installation where name = $1", name)?.map(|(value,)| value))
}

async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    execute!(
        tx,
        "insert into installation (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
        name,
        value
    )?;
    Ok(())
}

/// How many months events are kept.
pub async fn months(tx: &mut Tx) -> Result<i64> {
    Ok(setting(tx, "sakerhet_manader").await?.and_then(|n| manader(&n)).unwrap_or(MANADER_STANDARD))
}

/// Keeps events for so many months.
pub async fn set_months(tx: &mut Tx, now: DateTime<Utc>, months: i64) -> Result<()> {
    set(tx, "sakerhet_manader", &months.to_string()).await?;
    write(tx, now, Slag::Installning, None, &format!("Händelser sparas {months} månader")).await?;
    Ok(())
}

/// Removes events whose time is up, and that somebody was to see them.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    let months = u32::try_from(months(tx).await?).unwrap_or(24);
    let Some(until) = now.checked_sub_months(Months::new(months)) else { return Ok(0) };
    let until = until.trunc_subsecs(0);
    execute!(tx, "delete from sakerhet_notis where sakerhet_id in (select id from sakerhet where at < $1)", until)?;
    Ok(execute!(tx, "delete from sakerhet where at < $1", until)?)
}
