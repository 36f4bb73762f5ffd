//! Persons: accounts, the roles they hold, and who can be chosen to carry something out.

pub mod lista;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use domain::{
    history::{Change, changes},
    id::{GrantId, GruppId, NodeId, PersonId},
    moment::day,
    organisation::{NodeKind, Tree, swedish_order},
    permission::{Area, Grants, Role},
    person::{Actor, Grant, Person},
    sakerhet::Slag,
    schedule::Responsible,
};
use uuid::Uuid;

use crate::{
    Error, Part, Result, Tx,
    belongs::{self, Thing},
    device, history,
    hold::Held,
    in_row::InRow,
    organisation::{self, what_happened, yes_no},
    sakerhet, touched, utkast,
};

/// What a login is checked against.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose it is.
    pub person: PersonId,
    /// The hash of the password, in PHC format.
    pub password_hash: String,
    /// Whether the person can log in.
    pub active: bool,
    /// A session is dead when its epoch is not this one.
    pub session_epoch: i64,
    /// Whether the password was given by somebody else and opens nothing but the page where it is changed.
    pub must_change: bool,
}

/// A person to be added.
#[derive(Clone)]
pub struct NewPerson {
    /// Made by the caller, so that a resend is the same person.
    pub id: PersonId,
    /// Never empty; shown wherever the person has done something.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// The hash of the password, in PHC format.
    pub password_hash: String,
    /// Roles, each at a node; the first is the node of the person's history.
    pub roles: Vec<(Role, NodeId)>,
}

/// E-mail addresses are the same whatever their case. Folded here: SQLite folds ASCII only.
fn email_key(email: &str) -> String {
    domain::text::compared(email.trim())
}

/// What a login with this e-mail is checked against.
pub async fn credentials(tx: &mut Tx, email: &str) -> Result<Option<Credentials>> {
    let found = row!(
        tx,
        (Uuid, String, bool, i64, bool),
        "select id, password_hash, active, session_epoch, must_change from person where email_key = $1",
        email_key(email)
    )?;
    Ok(found.map(|(id, password_hash, active, session_epoch, must_change)| Credentials {
        person: PersonId(id),
        password_hash,
        active,
        session_epoch,
        must_change,
    }))
}

/// The person of a session with roles, groups and the tree. None when deactivated or when the session is of another
/// epoch.
pub async fn actor(tx: &mut Tx, person: PersonId, session_epoch: i64) -> Result<Option<Arc<Actor>>> {
    let (snapshot, key) = (tx.snapshot().await?, (person, session_epoch, tx.store.day()));
    if let Some(kept) = tx.store.memory.actors.get(snapshot.as_ref(), &key) {
        return Ok(Some(kept));
    }
    let Some((name, grants, groups)) = standing(tx, person, session_epoch).await? else { return Ok(None) };
    let tree = organisation::tree(tx).await?;
    let actor = Arc::new(Actor { person, name, grants, groups, tree, epoch: session_epoch });
    tx.store.memory.actors.set(snapshot.as_ref(), key, 1, vec![Part::Person(person), Part::Trad], &actor);
    Ok(Some(actor))
}

/// Name, roles and groups, in one question: what it is, its text, its node or group.
async fn standing(tx: &mut Tx, person: PersonId, epoch: i64) -> Result<Option<(String, Grants, Vec<GruppId>)>> {
    let found = rows!(
        tx,
        (String, String, Uuid),
        "select 'name', name, id from person where id = $1 and active and session_epoch = $2
         union all select 'role', role, node_id from role_grant where person_id = $1
         union all select 'grupp', '', grupp_id from grupp_member where person_id = $1",
        person.0,
        epoch
    )?;
    let (mut name, mut grants, mut groups) = (None, vec![], vec![]);
    for (what, text, id) in found {
        match what.as_str() {
            "name" => name = Some(text),
            "role" => {
                grants.push((InRow::of("role_grant", person.0).code("role", &text, Role::from_code)?, NodeId(id)));
            }
            _ => groups.push(GruppId(id)),
        }
    }
    Ok(name.map(|name| (name, Grants(grants), groups)))
}

/// Asks again whether the login of a person holds, and with which roles and groups: in the transaction that writes. Gives the
/// person as they now are where roles or groups have changed; `LoggedOut` when the login has ended.
pub(crate) async fn again(tx: &mut Tx, actor: &Actor) -> Result<Option<Actor>> {
    let (_, grants, groups) = standing(tx, actor.person, actor.epoch).await?.ok_or(Error::LoggedOut)?;
    let same =
        |a: &[(Role, NodeId)], b: &[(Role, NodeId)]| a.len() == b.len() && a.iter().all(|grant| b.contains(grant));
    let unchanged = same(&grants.0, &actor.grants.0)
        && groups.len() == actor.groups.len()
        && groups.iter().all(|group| actor.groups.contains(group));
    Ok((!unchanged).then(|| Actor { grants, groups, ..actor.clone() }))
}

/// How many persons there are, active or not.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    Ok(row!(tx, (i64,), "select count(*) from person")?.map_or(0, |(n,)| n))
}

/// Adds a person. The same id again changes nothing; `Conflict` when another person has the e-mail (see
/// [`email_taken`]), `NotFound` when a node of a role is not there.
pub async fn create(tx: &mut Tx, now: DateTime<Utc>, new: &NewPerson) -> Result<()> {
    let roles: Vec<_> = new.roles.iter().map(|(role, node)| (role.code(), *node)).collect();
    if !belongs::is_new(tx, Thing::Person, new.id.0, new.id.0, &(&new.name, email_key(&new.email), roles)).await? {
        return Ok(());
    }
    if email_taken(tx, &new.email, new.id).await? {
        return Err(Error::Conflict);
    }
    let tree = organisation::tree(tx).await?;
    if new.roles.iter().any(|(_, node)| tree.get(*node).is_none()) {
        return Err(Error::NotFound);
    }
    let inserted = execute!(
        tx,
        "insert into person (id, name, email, email_key, password_hash) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
        new.id.0,
        &new.name,
        &new.email,
        email_key(&new.email),
        &new.password_hash
    );
    if unique(inserted)? == 0 {
        return Ok(());
    }
    sakerhet::write(tx, now, Slag::KontoSkapat, Some(new.id), "").await?;
    let mut told = changes([("Namn", String::new(), new.name.clone()), ("E-post", String::new(), new.email.clone())]);
    for (role, node) in &new.roles {
        let added = execute!(
            tx,
            "insert into role_grant (id, person_id, node_id, role) values ($1, $2, $3, $4) on conflict do nothing",
            GrantId::new().0,
            new.id.0,
            node.0,
            role.code()
        )?;
        if added > 0 {
            told.extend(changes([("Roll", String::new(), in_words(&tree, *role, *node))]));
            // the program itself, as in the demo or at the first start, tells nobody
            let told_to = tx.actor().is_some();
            sakerhet::role(tx, now, Slag::RollTillagd, (new.id, *role, *node), &tree, told_to).await?;
        }
    }
    write(tx, now, new.id, "Skapad", told).await
}

/// Whether somebody else than `except` logs in with this e-mail, so that a form can say so at the field.
pub async fn email_taken(tx: &mut Tx, email: &str, except: PersonId) -> Result<bool> {
    let found = row!(tx, (Uuid,), "select id from person where email_key = $1", email_key(email))?;
    Ok(found.is_some_and(|(id,)| id != except.0))
}

/// Two that race for the same e-mail: the second is told of a conflict, not of a fault.
fn unique(done: std::result::Result<u64, sqlx::Error>) -> Result<u64> {
    done.map_err(|error| match &error {
        sqlx::Error::Database(cause) if cause.is_unique_violation() => Error::Conflict,
        _ => Error::Db(error),
    })
}

/// Changes name and e-mail. `Conflict` when the version is not the current one or when another person has the e-mail.
pub async fn update(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: PersonId,
    version: i64,
    name: &str,
    email: &str,
) -> Result<()> {
    let before = get(tx, id).await?;
    let changes = changes([("Namn", before.name, name.to_owned()), ("E-post", before.email, email.to_owned())]);
    if changes.is_empty() {
        return Ok(());
    }
    if email_taken(tx, email, id).await? {
        return Err(Error::Conflict);
    }
    let updated = execute!(
        tx,
        "update person set name = $1, email = $2, email_key = $3, version = version + 1 where id = $4 and version = $5",
        name,
        email,
        email_key(email),
        id.0,
        version
    );
    touched(unique(updated)?)?;
    write(tx, now, id, "Ändrad", changes).await
}

/// Deactivates a person, whose sessions end at once, or lets the person in again. `Conflict` when the version is not
/// the current one, and for deactivating the last administrator who can log in (ask [`is_last_admin`] first).
pub async fn set_active(tx: &mut Tx, now: DateTime<Utc>, id: PersonId, version: i64, active: bool) -> Result<()> {
    let before = get(tx, id).await?;
    if before.active == active {
        return Ok(());
    }
    if !active && is_last_admin(tx, id).await? {
        return Err(Error::Conflict);
    }
    touched(execute!(
        tx,
        "update person set active = $1, version = version + 1,
           session_epoch = session_epoch + case when $1 then 0 else 1 end
         where id = $2 and version = $3",
        active,
        id.0,
        version
    )?)?;
    let slag = if active { Slag::KontoAktiverat } else { Slag::KontoAvaktiverat };
    sakerhet::write(tx, now, slag, Some(id), "").await?;
    utkast::replace(tx, day(now), id).await?;
    let changes = changes([("Kan logga in", yes_no(before.active), yes_no(active))]);
    write(tx, now, id, what_happened(before.active, active), changes).await
}

/// Whether nobody else who can log in is administrator. Others who ask the same wait until this transaction ends, so
/// that two administrators cannot remove each other at the same moment.
pub async fn is_last_admin(tx: &mut Tx, person: PersonId) -> Result<bool> {
    hold_admins(tx).await?;
    let admins: Vec<Uuid> = rows!(
        tx,
        (Uuid,),
        "select distinct g.person_id from role_grant g join person p on p.id = g.person_id
         where p.active and g.role = $1",
        Role::Admin.code()
    )?
    .into_iter()
    .map(|(id,)| id)
    .collect();
    Ok(admins == [person.0])
}

/// Who makes somebody administrator no longer does so alone until the transaction ends.
async fn hold_admins(tx: &mut Tx) -> Result<()> {
    execute!(tx, "update node set version = version where parent_id is null")?;
    Ok(())
}

/// Sets a new password; sessions opened with the old one end. One that the person of the transaction has not chosen for
/// themselves is for one time: it must be changed at the first login, and no device is known any more.
pub async fn set_password(tx: &mut Tx, now: DateTime<Utc>, person: PersonId, hash: &str) -> Result<()> {
    let own = tx.actor() == Some(person);
    found(execute!(
        tx,
        "update person set password_hash = $1, must_change = $2, session_epoch = session_epoch + 1 where id = $3",
        hash,
        !own,
        person.0
    )?)?;
    if own {
        sakerhet::write(tx, now, Slag::LosenordBytt, Some(person), "").await?;
    } else {
        device::forget(tx, person).await?;
        sakerhet::password_reset(tx, now, person).await?;
    }
    utkast::replace(tx, day(now), person).await?;
    write(tx, now, person, "Nytt lösenord", vec![]).await
}

/// The password of a person who was just added was made by the program for one time, and must be changed.
pub async fn must_change(tx: &mut Tx, person: PersonId) -> Result<()> {
    found(execute!(tx, "update person set must_change = $1 where id = $2", true, person.0)?)
}

/// Ends every session of a person.
pub async fn bump_epoch(tx: &mut Tx, now: DateTime<Utc>, person: PersonId) -> Result<()> {
    found(execute!(tx, "update person set session_epoch = session_epoch + 1 where id = $1", person.0)?)?;
    sakerhet::write(tx, now, Slag::UtloggadOverallt, Some(person), "").await?;
    utkast::replace(tx, day(now), person).await?;
    write(tx, now, person, "Utloggad överallt", vec![]).await
}

fn found(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::NotFound) } else { Ok(()) }
}

type PersonRow = (Uuid, String, String, bool, i64);

/// Everybody with an account, sorted by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Person>> {
    let mut roles: HashMap<Uuid, Vec<Grant>> = HashMap::new();
    let grants =
        rows!(tx, (Uuid, Uuid, String, Uuid), "select person_id, id, role, node_id from role_grant order by id")?;
    for (person, id, role, node) in grants {
        roles.entry(person).or_default().extend(grant_of((id, role, node)));
    }
    let mut persons: Vec<_> = rows!(tx, PersonRow, "select id, name, email, active, version from person")?
        .into_iter()
        .map(|row| {
            let roles = roles.remove(&row.0).unwrap_or_default();
            person_of(row, roles)
        })
        .collect();
    persons.sort_by_cached_key(|p| (swedish_order(&p.name), p.id));
    Ok(persons)
}

/// With roles, able to log in or not. `NotFound` when there is no such person.
pub async fn get(tx: &mut Tx, id: PersonId) -> Result<Person> {
    let row = row!(tx, PersonRow, "select id, name, email, active, version from person where id = $1", id.0)?
        .ok_or(Error::NotFound)?;
    let roles = rows!(
        tx,
        (Uuid, String, Uuid),
        "select id, role, node_id from role_grant where person_id = $1 order by id",
        id.0
    )?;
    Ok(person_of(row, roles.into_iter().map(grant_of).collect::<Result<_>>()?))
}

/// Every role that is held, by whom and where, whether they can log in or not.
pub(crate) async fn grants(tx: &mut Tx) -> Result<Vec<(PersonId, Role, NodeId)>> {
    let found =
        rows!(tx, (Uuid, Uuid, String, Uuid), "select person_id, id, role, node_id from role_grant order by id")?;
    found
        .into_iter()
        .map(|(person, id, role, node)| grant_of((id, role, node)).map(|g| (PersonId(person), g.role, g.node)))
        .collect()
}

fn person_of((id, name, email, active, version): PersonRow, roles: Vec<Grant>) -> Person {
    Person { id: PersonId(id), name, email, active, roles, version }
}

fn grant_of((id, role, node): (Uuid, String, Uuid)) -> Result<Grant> {
    let role = InRow::of("role_grant", id).code("role", &role, Role::from_code)?;
    Ok(Grant { id: GrantId(id), role, node: NodeId(node) })
}

/// Gives a person a role at a node; one that is already held changes nothing. `NotFound` when person or node is not
/// there.
pub async fn add_role(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: GrantId,
    person: PersonId,
    role: Role,
    node: NodeId,
) -> Result<()> {
    get(tx, person).await?;
    // a part that is moved under it at the same moment is moved before or after, and not past it
    tx.hold(Held::Node(node)).await?;
    let tree = organisation::tree(tx).await?;
    belongs::untaken(tx, id.0).await?;
    let added = execute!(
        tx,
        "insert into role_grant (id, person_id, node_id, role) values ($1, $2, $3, $4) on conflict do nothing",
        id.0,
        person.0,
        node.0,
        role.code()
    )?;
    if added == 0 {
        let sql = "select id from role_grant where person_id = $1 and node_id = $2 and role = $3";
        let held = row!(tx, (Uuid,), sql, person.0, node.0, role.code())?;
        // the id of the form is that of another role
        return if held.is_some() { Ok(()) } else { Err(belongs::taken()) };
    }
    sakerhet::role(tx, now, Slag::RollTillagd, (person, role, node), &tree, true).await?;
    let changes = changes([("Roll", String::new(), in_words(&tree, role, node))]);
    write(tx, now, person, "Roll tillagd", changes).await
}

/// Takes a role away. `Conflict` when it is what makes somebody the last administrator who can log in.
pub async fn remove_role(tx: &mut Tx, now: DateTime<Utc>, id: GrantId) -> Result<()> {
    hold_admins(tx).await?;
    let (person,) =
        row!(tx, (Uuid,), "select person_id from role_grant where id = $1", id.0)?.ok_or(Error::NotFound)?;
    let person = get(tx, PersonId(person)).await?;
    let grant = person.roles.iter().find(|g| g.id == id).copied().ok_or(Error::NotFound)?;
    let only = person.roles.iter().filter(|g| g.role == Role::Admin).count() == 1;
    if grant.role == Role::Admin && only && is_last_admin(tx, person.id).await? {
        return Err(Error::Conflict);
    }
    // history first: it belongs to the node of the first role, which may be this one
    let tree = organisation::tree(tx).await?;
    let changes = changes([("Roll", in_words(&tree, grant.role, grant.node), String::new())]);
    write(tx, now, person.id, "Roll borttagen", changes).await?;
    sakerhet::role(tx, now, Slag::RollBorttagen, (person.id, grant.role, grant.node), &tree, false).await?;
    found(execute!(tx, "delete from role_grant where id = $1", id.0)?)
}

/// Who can be chosen to carry something out at a node, as (code of a `Responsible`, label): the funktioner, the groups
/// of the node or above, and active persons with a role at the node, above it, or below it within the same unit.
/// An administrator sees no content and is not among them.
pub async fn options(tx: &mut Tx, tree: &Tree, node: NodeId) -> Result<Vec<(String, String)>> {
    let mut options: Vec<(String, String)> = Role::ALL
        .into_iter()
        .filter(|r| *r != Role::Admin)
        .map(|r| (Responsible::Role(r).code(), r.label().to_owned()))
        .collect();
    let groups = organisation::groups(tx).await?.into_iter().filter(|g| tree.is_within(node, g.node));
    options.extend(groups.map(|g| (Responsible::Grupp(g.id).code(), g.name)));

    let path = tree.path(node);
    let in_unit = path.iter().any(|n| tree.get(*n).is_some_and(|n| n.kind == NodeKind::Enhet));
    let near = |at: NodeId| path.contains(&at) || in_unit && tree.is_within(at, node);
    let persons: Vec<Person> = list(tx)
        .await?
        .into_iter()
        .filter(|p| p.active && p.roles.iter().any(|g| g.role != Role::Admin && near(g.node)))
        .collect();
    let mut seen = HashSet::new();
    let shared: HashSet<&str> = persons.iter().map(|p| p.name.as_str()).filter(|n| !seen.insert(*n)).collect();
    // two of the same name are told apart by their address
    options.extend(persons.iter().map(|p| {
        let label = if shared.contains(p.name.as_str()) { format!("{} ({})", p.name, p.email) } else { p.name.clone() };
        (Responsible::Person(p.id).code(), label)
    }));
    Ok(options)
}

fn in_words(tree: &Tree, role: Role, node: NodeId) -> String {
    format!("{}, {}", role.label(), tree.name(node))
}

/// The history of a person belongs to the node of the first role; of one without roles, to the organisation.
async fn write(tx: &mut Tx, now: DateTime<Utc>, person: PersonId, what: &str, changes: Vec<Change>) -> Result<()> {
    let first = row!(tx, (Uuid,), "select node_id from role_grant where person_id = $1 order by id limit 1", person.0)?;
    let node = match first {
        Some((node,)) => NodeId(node),
        None => organisation::root(tx).await?,
    };
    let record = history::Record { now, node, area: Area::Person, thing: person.0, what, reason: "", changes };
    history::write(tx, record).await
}
