//! What the administration can change. Each function checks the fields, opens a transaction for this administrator and
//! this thing, and makes one change.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use chrono::Datelike;
use domain::{
    field::{Checker, FieldError},
    id::{GrantId, NodeId, PersonId},
    organisation::{Node, NodeKind, check_name, check_node},
    permission::{Action, Area, Role},
    person::{Person, access::ByAnother, check_person, lista},
};
use leptos::prelude::*;
use store::{
    Error, Target, Tx, aktivitet, logga, organisation,
    person::{self, NewPerson, lista::Skrivet},
    sakerhet::bekraftelse::{self, Gjort},
};

use super::{flyttad, invalid};
use crate::{
    ctx::Ctx,
    error::AppError,
    flash::{Done, Secret},
};

const EMAIL_TAKEN: &str = "Det finns redan en person med den e-postadressen.";
const LAST_ADMIN: &str =
    "Det behövs minst en administratör som kan logga in. Gör någon annan till administratör först.";

const TWO_ADMINS: &str = "Installationen kräver två administratörer, och det finns bara två. Gör en till till administratör \
                          först, eller be om att kravet tas bort under Säkerhet.";

/// The transaction in which a person is changed, and the person as stored.
async fn open(ctx: &Ctx, id: PersonId) -> Result<(Tx, Person), AppError> {
    let mut tx = ctx.write(Target::Konto(id), Action::Edit).await?;
    let person = person::get(&mut tx, id).await?;
    Ok((tx, person))
}

/// What another administrator has to do.
fn by_another(words: &str) -> AppError {
    AppError::Conflict(words.to_owned())
}

/// Role and node of a form. A node that the actor may not administer is refused where the transaction is opened.
fn check_role(role: &str, node: &str) -> Result<(Role, NodeId), Vec<FieldError>> {
    let mut check = Checker::default();
    let role = Role::from_code(role);
    if role.is_none() {
        check.error("role", "Välj en roll.");
    }
    let node = node.parse::<NodeId>().ok();
    if node.is_none() {
        check.error("node", "Välj var rollen gäller.");
    }
    match (role, node) {
        (Some(role), Some(node)) => check.finish((role, node)),
        _ => check.finish((Role::Medarbetare, NodeId(uuid::Uuid::nil()))),
    }
}

/// The faults of several checks, in their order.
fn faults<T>(checked: &Result<T, Vec<FieldError>>) -> Vec<FieldError> {
    checked.as_ref().err().cloned().unwrap_or_default()
}

/// Takes the logo of a node away.
#[server(endpoint = "remove_node_logga")]
pub async fn remove_node_logga(id: NodeId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    logga::remove(&mut tx, ctx.now, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin?nod={id}#logga"), "Loggan är borttagen"))
}

/// Adds a person. The password is made by the program, is shown once and must be changed: nobody knows another's.
#[server(endpoint = "create_person")]
pub async fn create_person(
    id: PersonId,
    name: String,
    email: String,
    role: String,
    node: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let who = check_person(&name, &email);
    let what = check_role(&role, &node);
    let faults = [faults(&who), faults(&what)].concat();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let ((name, email), (role, node)) = (who?, what?);
    // hashing is heavy, and not for those who may not
    drop(ctx.read(Target::Node(node, Area::Person), Action::Edit).await?);
    let password = (ctx.passwords.generate)();
    let password_hash = (ctx.passwords.hash)(password.clone()).await;
    let mut tx = ctx.write(Target::Node(node, Area::Person), Action::Edit).await?;
    let page = format!("/admin/personer/{id}");
    if person::email_taken(&mut tx, &email, id).await? {
        return Err(invalid("email", EMAIL_TAKEN));
    }
    let new = NewPerson { id, name: name.clone(), email, password_hash, roles: vec![] };
    person::create(&mut tx, ctx.now, &new).await?;
    let stored = person::credentials(&mut tx, &new.email).await?;
    if stored.is_none_or(|stored| stored.password_hash != new.password_hash) {
        // the form was sent again: the password was shown the first time
        return Ok(Done::at(page, SHOWN).to_read());
    }
    person::must_change(&mut tx, id).await?;
    let done = bekraftelse::give(&mut tx, ctx.now, &actor, GrantId::new(), (id, role, node)).await?;
    tx.commit().await?;
    let waits = if done == Gjort::Vantar { WAITS } else { "" };
    Ok(Done::shown_once(page, one_time(&name, password, waits)))
}

const SHOWN: &str = "Personen finns redan och lösenordet har visats. Skapa ett nytt om det inte hann läsas.";

/// What is said of a role that a second administrator has to confirm.
const WAITS: &str = " Rollen börjar gälla när en annan administratör har bekräftat den.";

fn one_time(name: &str, password: String, more: &str) -> Secret {
    Secret {
        title: format!("Engångslösenord till {name}"),
        text: format!(
            "Lämna det till personen själv. Det visas bara den här gången, och vid första inloggningen väljer personen ett \
             eget.{more}"
        ),
        value: password,
        href: None,
        code: None,
        list: vec![],
    }
}

/// Adds the persons of a list, all or none. Each gets a one-time password as one person does; all are shown once, together.
#[server(endpoint = "import_persons")]
pub async fn import_persons(rows: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.read(Target::Anywhere(Area::Person), Action::Edit).await?;
    let count = lista::read(&rows, &actor, &person::list(&mut tx).await?)?.sparas()?.len();
    drop(tx);
    let keys = (ctx.passwords.generate_many)(count).await;
    let mut tx = ctx.write(Target::Anywhere(Area::Person), Action::Edit).await?;
    let written = person::lista::import(&mut tx, ctx.now, &actor, &rows, keys).await?;
    tx.commit().await?;
    Ok(said_of_list(written))
}

/// What is said of a list: how many, and the passwords to hand over.
fn said_of_list(written: Skrivet) -> Done {
    let Skrivet { nya, roller, vantar } = written;
    let mut said = match nya.len() {
        0 => String::new(),
        1 => "1 person är tillagd.".to_owned(),
        n => format!("{n} personer är tillagda."),
    };
    let more = match roller {
        0 => String::new(),
        1 => " 1 person som redan fanns har fått en roll till.".to_owned(),
        n => format!(" {n} personer som redan fanns har fått en roll till."),
    };
    said.push_str(&more);
    let waits = match vantar {
        0 => String::new(),
        1 => " 1 roll börjar gälla när en annan administratör har bekräftat den.".to_owned(),
        n => format!(" {n} roller börjar gälla när en annan administratör har bekräftat dem."),
    };
    said.push_str(&waits);
    if nya.is_empty() {
        let said = if said.is_empty() { "Alla i listan fanns redan. Inget är ändrat.".to_owned() } else { said };
        return Done::at(PERSONS, said.trim().to_owned()).to_read();
    }
    let text = format!(
        "{said} Lämna varje engångslösenord till personen själv. De visas bara den här gången, och vid första inloggningen väljer \
         personen ett eget. Skriv ut sidan eller kopiera tabellen nu; ett lösenord som har kommit bort ersätter du på personens sida."
    );
    let list = nya.into_iter().map(|(name, email, password)| [name, email, password]).collect();
    let secret =
        Secret { title: "Engångslösenord".to_owned(), text, value: String::new(), href: None, code: None, list };
    Done::shown_once(PERSONS, secret)
}

const PERSONS: &str = "/admin/personer";

#[server(endpoint = "update_person")]
pub async fn update_person(id: PersonId, version: i64, name: String, email: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    ctx.actor()?;
    let (name, email) = check_person(&name, &email)?;
    let (mut tx, stored) = open(&ctx, id).await?;
    if person::email_taken(&mut tx, &email, id).await? {
        return Err(invalid("email", EMAIL_TAKEN));
    }
    match person::update(&mut tx, ctx.now, id, version, &name, &email).await {
        Err(Error::Conflict) => {
            return Err(AppError::Conflict(format!(
                "Någon annan ändrade personen medan du skrev. Nu gäller namnet ”{}” och e-postadressen {}. Spara igen om \
             det du skrev ska gälla i stället.",
                stored.name, stored.email
            )));
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(Done::said("Ändringen är sparad"))
}

#[server(endpoint = "set_person_active")]
pub async fn set_person_active(id: PersonId, version: i64, active: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    if !active {
        actor.does_to(id, ByAnother::Deactivating).map_err(by_another)?;
    }
    let (mut tx, stored) = open(&ctx, id).await?;
    if !active && stored.active && person::is_last_admin(&mut tx, id).await? {
        return Err(AppError::Conflict(LAST_ADMIN.to_owned()));
    }
    if !active && stored.active && bekraftelse::is_needed(&mut tx, id).await? {
        return Err(AppError::Conflict(TWO_ADMINS.to_owned()));
    }
    person::set_active(&mut tx, ctx.now, id, version, active).await?;
    tx.commit().await?;
    Ok(Done::said(if active { "Personen kan logga in igen" } else { "Personen är avaktiverad" }))
}

/// Gives a person a one-time password, which is shown once and must be changed: an administrator chooses nobody else's.
#[server(endpoint = "set_person_password")]
pub async fn set_person_password(id: PersonId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    ctx.actor()?.does_to(id, ByAnother::Password).map_err(by_another)?;
    // asked before the hashing too, as in create_person
    drop(ctx.read(Target::Konto(id), Action::Edit).await?);
    let password = (ctx.passwords.generate)();
    let hash = (ctx.passwords.hash)(password.clone()).await;
    let (mut tx, stored) = open(&ctx, id).await?;
    person::set_password(&mut tx, ctx.now, id, &hash).await?;
    tx.commit().await?;
    Ok(Done::shown_once(format!("/admin/personer/{id}"), one_time(&stored.name, password, "")))
}

#[server(endpoint = "create_role")]
pub async fn create_role(id: GrantId, person: PersonId, role: String, node: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (role, node) = check_role(&role, &node)?;
    let mut tx = ctx.write(Target::Node(node, Area::Person), Action::Edit).await?;
    // whose account is another's to look after gets no role here either
    store::permitted(&mut tx, &actor, Target::Konto(person), Action::Edit).await?;
    let done = bekraftelse::give(&mut tx, ctx.now, &actor, id, (person, role, node)).await?;
    tx.commit().await?;
    Ok(Done::said(match done {
        Gjort::Nu => "Rollen är tillagd",
        Gjort::Vantar => WAITS.trim_start(),
    })
    .to_read_if(done == Gjort::Vantar))
}

#[server(endpoint = "remove_role")]
pub async fn remove_role(id: GrantId, person: PersonId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.write(Target::Anywhere(Area::Person), Action::Edit).await?;
    let stored = person::get(&mut tx, person).await?;
    let grant = stored.roles.iter().find(|g| g.id == id).ok_or(AppError::NotFound)?;
    store::permitted(&mut tx, &actor, Target::Node(grant.node, Area::Person), Action::Edit).await?;
    actor.takes_role(person, grant).map_err(by_another)?;
    if grant.looks_after_all(&actor.tree) && bekraftelse::is_needed(&mut tx, person).await? {
        return Err(AppError::Conflict(TWO_ADMINS.to_owned()));
    }
    match person::remove_role(&mut tx, ctx.now, id).await {
        Err(Error::Conflict) => return Err(AppError::Conflict(LAST_ADMIN.to_owned())),
        done => done?,
    }
    tx.commit().await?;
    Ok(Done::said("Rollen är borttagen"))
}

#[server(endpoint = "create_node")]
pub async fn create_node(id: NodeId, parent: NodeId, kind: String, name: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let kind = NodeKind::from_code(&kind).ok_or_else(|| invalid("kind", "Välj vad det är."))?;
    actor.tree.get(parent).ok_or(AppError::NotFound)?;
    let name = check_node(&actor.tree, &name, kind, Some(parent))?;
    let mut tx = ctx.write(Target::Node(parent, Area::Organisation), Action::Edit).await?;
    let said = format!("{name} är tillagd");
    let node = Node { id, parent: Some(parent), kind, name, active: true, version: 1 };
    organisation::create_node(&mut tx, ctx.now, &node).await?;
    aktivitet::ensure_reports_of(&mut tx, ctx.now, ctx.today, id).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin?nod={id}"), said))
}

#[server(endpoint = "update_node")]
pub async fn update_node(id: NodeId, version: i64, name: String, active: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let stored = actor.tree.get(id).ok_or(AppError::NotFound)?;
    let name = check_name(&name)?;
    if stored.parent.is_none() && !active {
        let text = "Hela organisationen kan inte tas ur bruk.";
        return Err(AppError::Conflict(text.to_owned()));
    }
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    match organisation::update_node(&mut tx, ctx.now, id, version, &name, active).await {
        Err(Error::Conflict) => {
            return Err(AppError::Conflict(format!(
                "Någon annan ändrade enheten medan du skrev. Nu gäller namnet ”{}”. Spara igen om det du skrev ska gälla i \
             stället.",
                stored.name
            )));
        }
        done => done?,
    }
    if active && !stored.active {
        aktivitet::ensure_reports_of(&mut tx, ctx.now, ctx.today, id).await?;
    }
    tx.commit().await?;
    Ok(Done::said(match (stored.active, active) {
        (true, false) => format!("{name} är tagen ur bruk"),
        (false, true) => format!("{name} är i bruk igen"),
        _ => "Ändringen är sparad".to_owned(),
    }))
}

/// Moves a node, with all that lies below it. Only who administers all three: itself, what it leaves and where it comes.
#[server(endpoint = "move_node")]
pub async fn move_node(id: NodeId, version: i64, parent: NodeId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let stored = actor.tree.get(id).ok_or(AppError::NotFound)?;
    let mut tx = ctx.write(Target::Node(id, Area::Organisation), Action::Edit).await?;
    for node in stored.parent.into_iter().chain([parent]) {
        store::permitted(&mut tx, &actor, Target::Node(node, Area::Organisation), Action::Edit).await?;
    }
    let moved = match organisation::move_node(&mut tx, ctx.now, id, version, parent, ctx.today.year()).await {
        Err(Error::Conflict) => return Err(AppError::overtaken()),
        done => done?,
    };
    tx.commit().await?;
    let (said, to_read) = flyttad::said(&stored.name, actor.tree.name(parent), moved);
    Ok(Done::at(format!("/admin?nod={id}"), said).to_read_if(to_read))
}
