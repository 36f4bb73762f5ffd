//! What the administration can change. Each function checks the fields, opens a transaction for this administrator and
//! this thing, and makes one change.

// the macro makes a struct of each function, with a public field per argument
#![allow(missing_docs)]

use std::sync::Arc;

use domain::{
    field::{Checker, FieldError},
    id::{GrantId, GruppId, NodeId, PersonId},
    organisation::{Node, NodeKind, check_node},
    permission::{Action, Area, Role},
    person::{Actor, Person, check_password, check_person},
};
use leptos::prelude::*;
use store::{
    Error, Target, Tx, organisation,
    person::{self, NewPerson},
};

use super::{invalid, may_administer};
use crate::{ctx::Ctx, error::AppError, flash::Done};

const EMAIL_TAKEN: &str = "Det finns redan en person med den e-postadressen.";
const LAST_ADMIN: &str =
    "Det behövs minst en administratör som kan logga in. Gör någon annan till administratör först.";

/// The transaction in which a person is changed, and the person as stored.
async fn open(ctx: &Ctx, actor: &Arc<Actor>, id: PersonId) -> Result<(Tx, Person), AppError> {
    let mut tx = ctx.store.write(actor, Target::Anywhere(Area::Person), Action::Edit).await?;
    let person = person::get(&mut tx, id).await?;
    if may_administer(actor, &person) { Ok((tx, person)) } else { Err(AppError::Forbidden) }
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

#[server(endpoint = "create_person")]
pub async fn create_person(
    id: PersonId,
    name: String,
    email: String,
    role: String,
    node: String,
    password: String,
    password_again: String,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let who = check_person(&name, &email);
    let what = check_role(&role, &node);
    let secret = check_password(&password, &password_again);
    let faults = [faults(&who), faults(&what), faults(&secret)].concat();
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let ((name, email), (role, node)) = (who?, what?);
    // hashing is heavy, and not for those who may not
    if !actor.may(node, Area::Person, Action::Edit) {
        return Err(AppError::Forbidden);
    }
    let password_hash = (ctx.passwords.hash)(password).await;
    let mut tx = ctx.store.write(&actor, Target::Node(node, Area::Person), Action::Edit).await?;
    if person::email_taken(&mut tx, &email, id).await? {
        return Err(invalid("email", EMAIL_TAKEN));
    }
    person::create(&mut tx, ctx.now, &NewPerson { id, name, email, password_hash, roles: vec![(role, node)] }).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin/personer/{id}"), "Personen är tillagd"))
}

#[server(endpoint = "update_person")]
pub async fn update_person(id: PersonId, version: i64, name: String, email: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (name, email) = check_person(&name, &email)?;
    let (mut tx, stored) = open(&ctx, &actor, id).await?;
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
    if !active && id == actor.person {
        let text = "Du kan inte avaktivera ditt eget konto. Be en annan administratör.";
        return Err(AppError::Conflict(text.to_owned()));
    }
    let (mut tx, stored) = open(&ctx, &actor, id).await?;
    if !active && stored.active && person::is_last_admin(&mut tx, id).await? {
        return Err(AppError::Conflict(LAST_ADMIN.to_owned()));
    }
    person::set_active(&mut tx, ctx.now, id, version, active).await?;
    tx.commit().await?;
    Ok(Done::said(if active { "Personen kan logga in igen" } else { "Personen är avaktiverad" }))
}

#[server(endpoint = "set_person_password")]
pub async fn set_person_password(id: PersonId, password: String, password_again: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    check_password(&password, &password_again)?;
    // asked before the hashing too, as in create_person
    open(&ctx, &actor, id).await?;
    let hash = (ctx.passwords.hash)(password).await;
    let (mut tx, _) = open(&ctx, &actor, id).await?;
    person::set_password(&mut tx, ctx.now, id, &hash).await?;
    tx.commit().await?;
    Ok(Done::said("Det nya lösenordet gäller"))
}

#[server(endpoint = "add_role")]
pub async fn add_role(id: GrantId, person: PersonId, role: String, node: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let (role, node) = check_role(&role, &node)?;
    let mut tx = ctx.store.write(&actor, Target::Node(node, Area::Person), Action::Edit).await?;
    // whose account is another's to look after gets no role here either
    if !may_administer(&actor, &person::get(&mut tx, person).await?) {
        return Err(AppError::Forbidden);
    }
    person::add_role(&mut tx, ctx.now, id, person, role, node).await?;
    tx.commit().await?;
    Ok(Done::said("Rollen är tillagd"))
}

#[server(endpoint = "remove_role")]
pub async fn remove_role(id: GrantId, person: PersonId) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut tx = ctx.store.write(&actor, Target::Anywhere(Area::Person), Action::Edit).await?;
    let stored = person::get(&mut tx, person).await?;
    let grant = stored.roles.iter().find(|g| g.id == id).ok_or(AppError::NotFound)?;
    if !actor.may(grant.node, Area::Person, Action::Edit) {
        return Err(AppError::Forbidden);
    }
    if grant.role == Role::Admin && person == actor.person {
        let text = "Du kan inte ta bort din egen roll som administratör. Be en annan administratör.";
        return Err(AppError::Conflict(text.to_owned()));
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
    let above = actor.tree.get(parent).ok_or(AppError::NotFound)?;
    let name = check_node(&name, kind, Some(above))?;
    let mut tx = ctx.store.write(&actor, Target::Node(parent, Area::Organisation), Action::Edit).await?;
    let said = format!("{name} är tillagd");
    let node = Node { id, parent: Some(parent), kind, name, active: true, version: 1 };
    organisation::create_node(&mut tx, ctx.now, &node).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin?nod={id}"), said))
}

#[server(endpoint = "update_node")]
pub async fn update_node(id: NodeId, version: i64, name: String, active: bool) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let stored = actor.tree.get(id).ok_or(AppError::NotFound)?;
    let above = stored.parent.and_then(|p| actor.tree.get(p));
    let name = check_node(&name, stored.kind, above)?;
    if stored.parent.is_none() && !active {
        let text = "Hela organisationen kan inte tas ur bruk.";
        return Err(AppError::Conflict(text.to_owned()));
    }
    let mut tx = ctx.store.write(&actor, Target::Node(id, Area::Organisation), Action::Edit).await?;
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
    tx.commit().await?;
    Ok(Done::said(match (stored.active, active) {
        (true, false) => format!("{name} är tagen ur bruk"),
        (false, true) => format!("{name} är i bruk igen"),
        _ => "Ändringen är sparad".to_owned(),
    }))
}

#[server(endpoint = "create_group")]
pub async fn create_group(id: GruppId, name: String, node: String) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut check = Checker::default();
    let name = check.required("name", &name, "ett namn");
    let node = node.parse::<NodeId>().ok();
    if node.is_none() {
        check.error("node", "Välj vad gruppen hör till.");
    }
    check.finish(())?;
    let node = node.ok_or(AppError::NotFound)?;
    let mut tx = ctx.store.write(&actor, Target::Node(node, Area::Organisation), Action::Edit).await?;
    organisation::create_group(&mut tx, ctx.now, id, node, &name).await?;
    tx.commit().await?;
    Ok(Done::at(format!("/admin/grupper?grupp={id}"), "Gruppen är tillagd. Välj vilka som är med."))
}

#[server(endpoint = "update_group")]
pub async fn update_group(
    id: GruppId,
    version: i64,
    name: String,
    // no box that is ticked sends nothing
    #[server(default)] members: Vec<PersonId>,
) -> Result<Done, AppError> {
    let ctx = Ctx::current()?;
    let actor = ctx.actor()?;
    let mut check = Checker::default();
    let name = check.required("name", &name, "ett namn");
    check.finish(())?;
    let mut tx = ctx.store.write(&actor, Target::Anywhere(Area::Organisation), Action::Edit).await?;
    let groups = organisation::groups(&mut tx).await?;
    let stored = groups.iter().find(|g| g.id == id).ok_or(AppError::NotFound)?;
    if !actor.may(stored.node, Area::Organisation, Action::Edit) {
        return Err(AppError::Forbidden);
    }
    match organisation::update_group(&mut tx, ctx.now, id, version, &name, &members).await {
        Err(Error::Conflict) => {
            let persons = person::list(&mut tx).await?;
            let names = persons.iter().filter(|p| stored.members.contains(&p.id)).map(|p| p.name.as_str());
            return Err(AppError::Conflict(format!(
                "Någon annan ändrade gruppen medan du skrev. Nu heter den ”{}” och har medlemmarna: {}. Spara igen om \
                 det du valde ska gälla i stället.",
                stored.name,
                names.collect::<Vec<_>>().join(", ")
            )));
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(Done::said("Gruppen är sparad"))
}
