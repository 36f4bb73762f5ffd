//! The commands `user add`, `user reset-password` and `user list`.

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use domain::{
    id::{GrantId, NodeId, PersonId},
    organisation::{Node, NodeKind, Tree},
    permission::Role,
    person::check_person,
    text::{clean, compared},
};
use store::{Store, person::NewPerson};

use crate::{config::User, password};

/// Runs one of the commands. Answers on standard out.
pub async fn run(store: &Store, command: User, now: DateTime<Utc>) -> anyhow::Result<()> {
    match command {
        User::Add { email, name, roll, enhet } => add(store, &email, &name, roll, &enhet, now).await,
        User::ResetPassword { email } => reset_password(store, &email, now).await,
        User::List => list(store).await,
    }
}

async fn add(
    store: &Store,
    email: &str,
    name: &str,
    role: Role,
    enhet: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let (name, email, enhet) = (&*clean(name), &*clean(email), &*clean(enhet));
    let (name, email) = check_person(name, email).map_err(sentence)?;
    let password = password::generate();
    let password_hash = password::hash(password.clone()).await;
    let mut tx = store.system(true).await?;
    if store::person::credentials(&mut tx, &email).await?.is_some() {
        bail!("Det finns redan ett konto med den e-postadressen.");
    }
    let tree = store::organisation::tree(&mut tx).await?;
    let node = if let Some(node) = find(&tree, enhet)? {
        node
    } else {
        let id = NodeId::new();
        let name = enhet.trim().to_owned();
        let top = Node { id, parent: None, kind: NodeKind::Organisation, name, active: true, version: 1 };
        store::organisation::create_node(&mut tx, now, &top).await?;
        id
    };
    let person = NewPerson { id: PersonId::new(), name, email: email.clone(), password_hash, roles: vec![] };
    store::person::create(&mut tx, now, &person).await?;
    store::person::must_change(&mut tx, person.id).await?;
    // told to the chefer as when an administrator does it
    store::person::add_role(&mut tx, now, GrantId::new(), person.id, role, node).await?;
    tx.commit().await?;
    println!("Kontot {email} finns nu.");
    show(&password);
    Ok(())
}

/// The node of that name. None in an empty tree, where it is to be made.
fn find(tree: &Tree, name: &str) -> anyhow::Result<Option<NodeId>> {
    let nodes = tree.walk();
    let wanted = compared(name.trim());
    if wanted.is_empty() {
        bail!("Skriv enhetens namn.");
    }
    let same: Vec<_> = nodes.iter().filter(|(_, node)| compared(&node.name) == wanted).collect();
    match same.as_slice() {
        [(_, node)] => Ok(Some(node.id)),
        [] if nodes.is_empty() => Ok(None),
        [] => {
            let known: Vec<_> = nodes.iter().map(|(_, node)| node.name.as_str()).collect();
            bail!("Det finns ingen enhet som heter {}. Det här finns: {}.", name.trim(), known.join(", "))
        }
        _ => bail!("Flera enheter heter {}. Lägg till kontot i webbläsaren i stället.", name.trim()),
    }
}

async fn reset_password(store: &Store, email: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut tx = store.system(false).await?;
    let found = store::person::credentials(&mut tx, &clean(email)).await?;
    drop(tx);
    let person = found.context("Det finns inget konto med den e-postadressen.")?.person;
    let password = password::generate();
    let hash = password::hash(password.clone()).await;
    let mut tx = store.system(true).await?;
    store::person::set_password(&mut tx, now, person, &hash).await?;
    tx.commit().await?;
    println!("Kontot har ett nytt lösenord och är utloggat överallt.");
    show(&password);
    Ok(())
}

async fn list(store: &Store) -> anyhow::Result<()> {
    let mut tx = store.system(false).await?;
    let tree = store::organisation::tree(&mut tx).await?;
    let persons = store::person::list(&mut tx).await?;
    let nodes = tree.walk();
    let node_name = |id| nodes.iter().find(|(_, n)| n.id == id).map_or("", |(_, n)| n.name.as_str());
    for person in persons {
        let roles: Vec<_> =
            person.roles.iter().map(|g| format!("{} ({})", g.role.label(), node_name(g.node))).collect();
        let active = if person.active { "" } else { "\tinaktiv" };
        println!("{}\t{}\t{}{active}", person.email, person.name, roles.join(", "));
    }
    Ok(())
}

fn show(password: &str) {
    println!("Engångslösenord, visas bara nu och byts vid första inloggningen: {password}");
}

fn sentence(errors: Vec<domain::field::FieldError>) -> anyhow::Error {
    let sentences: Vec<_> = errors.into_iter().map(|e| e.message).collect();
    anyhow::anyhow!(sentences.join(" "))
}
