//! Lista: the persons of a list are written, all or none, each with the role it gives.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    id::{GrantId, NodeId, PersonId},
    permission::{Action, Area},
    person::{Actor, lista},
};

use super::{NewPerson, again, create, list, must_change};
use crate::{
    Error, Result, Target, Tx, organisation, permitted,
    sakerhet::bekraftelse::{self, Gjort},
};

/// What came of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skrivet {
    /// The persons who were added, each with the one-time password that is shown once: name, e-mail, password.
    pub nya: Vec<(String, String, String)>,
    /// How many who were there already got a role.
    pub roller: usize,
    /// How many roles wait for a second administrator.
    pub vantar: usize,
}

/// Writes the rows of a list, read against who there is now. `keys` are one-time passwords, each with its hash: as many as the list
/// has rows, and more do no harm. `Invalid` when something has to be mended, and then nothing is
/// written.
pub async fn import(
    tx: &mut Tx,
    now: DateTime<Utc>,
    actor: &Actor,
    text: &str,
    keys: Vec<(String, String)>,
) -> Result<Skrivet> {
    // of two who read in lists at the same moment, the second sees what the first has written
    let tree = organisation::held(tx).await?;
    // roles and units as they are now: the keys took their time
    let now_held = again(tx, actor).await?.unwrap_or_else(|| actor.clone());
    let actor = &Actor { tree, ..now_held };
    let persons = list(tx).await?;
    let rows = lista::read(text, actor, &persons).and_then(|list| list.sparas()).map_err(Error::Invalid)?;
    let nodes: BTreeSet<NodeId> = rows.iter().map(|row| row.node).collect();
    for node in nodes {
        permitted(tx, actor, Target::Node(node, Area::Person), Action::Edit).await?;
    }
    let (mut out, mut keys) = (Skrivet::default(), keys.into_iter());
    for row in rows {
        let person = if let Some(person) = row.person {
            out.roller += 1;
            person
        } else {
            // the list was read before the keys were made, and holds no more rows than it did then
            let (password, password_hash) = keys.next().ok_or(Error::Conflict)?;
            let id = PersonId::new();
            let new = NewPerson { id, name: row.name, email: row.email, password_hash, roles: vec![] };
            create(tx, now, &new).await?;
            must_change(tx, id).await?;
            out.nya.push((new.name, new.email, password));
            id
        };
        let done = bekraftelse::give(tx, now, actor, GrantId::new(), (person, row.role, row.node)).await?;
        out.vantar += usize::from(done == Gjort::Vantar);
    }
    Ok(out)
}
