//! The door: all that a request of a person has of the database. What is read and written is asked for in somebody's name, or
//! shown to a wall by its token; a transaction of the program itself is not behind it ([`Store::system`](crate::Store::system)).

use std::{
    ops::Deref,
    sync::{Arc, atomic::Ordering},
};

use domain::{apt::skarm::Skarm, permission::Action, person::Actor};

use crate::{Error, Inner, Pool, Result, Shared, Target, Tx, apt, organisation, person, rate};

/// What a person's request is given of a [`Store`](crate::Store). Cheap to clone.
#[derive(Clone, Debug)]
pub struct Door(Arc<Shared>);

impl Deref for Door {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Door {
    pub(crate) fn of(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> Shared {
        Shared::clone(&self.0)
    }

    pub(crate) async fn begin(&self, write: bool) -> Result<Tx> {
        let inner = match &self.pool {
            Pool::Sqlite { write: pool, .. } if write => Inner::SqliteWrite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Sqlite { read, .. } => Inner::SqliteRead(read.clone(), None),
            Pool::Postgres { write: pool, .. } if write => {
                Inner::PostgresWrite(pool.begin().await.map_err(|error| crate::not_got(error, pool))?)
            }
            Pool::Postgres { read, .. } => Inner::PostgresRead(read.clone(), None),
        };
        Ok(Tx { inner, store: self.clone(), actor: None, changed: vec![], gathered: vec![], tree: None })
    }

    /// The door to reading: a transaction for this person, thing and action. `Forbidden` when it is not allowed.
    pub async fn read(&self, actor: &Actor, target: Target, action: Action) -> Result<Tx> {
        self.open(actor, target, action, false).await
    }

    /// The door to writing: as [`Door::read`], and SQLite takes its write lock at once, PostgreSQL that of the node when
    /// it is a node's plan that is written. Whether the login still holds, and with which roles, is asked again in it: what
    /// the request brought may have been long on its way. `LoggedOut` when it does not, `Conflict` when the roles are others
    /// and would still do.
    pub async fn write(&self, actor: &Actor, target: Target, action: Action) -> Result<Tx> {
        self.open(actor, target, action, true).await
    }

    async fn open(&self, actor: &Actor, target: Target, action: Action, write: bool) -> Result<Tx> {
        let mut tx = self.begin(write).await?;
        tx.actor = Some(actor.person);
        let changed = if write { person::again(&mut tx, actor).await? } else { None };
        let asks = changed.as_ref().unwrap_or(actor);
        if !target.permits(&mut tx, asks, action).await? {
            return Err(refused(&mut tx, asks, target, action).await?);
        }
        if changed.is_some() {
            return Err(Error::Conflict);
        }
        if write {
            target.hold(&mut tx, action).await?;
            // a unit that ended while this was on its way, or while it waited for the row, is not written
            if organisation::last_days(&mut tx).await? != actor.tree.last_days() {
                return Err(Error::Conflict);
            }
        }
        Ok(tx)
    }

    /// The door to reading what is the person's own, whatever roles they hold: the account, the logins, the notices.
    pub async fn read_own(&self, actor: &Actor) -> Result<Tx> {
        let mut tx = self.begin(false).await?;
        tx.actor = Some(actor.person);
        Ok(tx)
    }

    /// The door to writing what is the person's own, whatever roles they hold: the account, the logins. `LoggedOut` as in
    /// [`Door::write`].
    pub async fn write_own(&self, actor: &Actor) -> Result<Tx> {
        let mut tx = self.begin(true).await?;
        tx.actor = Some(actor.person);
        person::again(&mut tx, actor).await?;
        Ok(tx)
    }

    /// The door of a wall screen: what its token opens is reading, and the screen says what. `NotFound` for a token that
    /// opens nothing, as when it has been revoked.
    pub async fn screen(&self, token_hash: &[u8]) -> Result<(Tx, Skarm)> {
        let mut tx = self.begin(false).await?;
        let skarm = apt::skarm::of_token(&mut tx, token_hash).await?;
        Ok((tx, skarm))
    }

    /// How much persons have written of late.
    #[must_use]
    pub fn rates(&self) -> &rate::Rates {
        &self.rates
    }

    /// Notes that answers have come.
    pub fn note_answers(&self) {
        self.answers.store(true, Ordering::Release);
    }
}

/// Why it is not permitted: the unit has ended, and the person could have done it before that, or they may not at all.
async fn refused(tx: &mut Tx, actor: &Actor, target: Target, action: Action) -> Result<Error> {
    if !actor.tree.has_ends() {
        return Ok(Error::Forbidden);
    }
    let before = Actor { tree: Arc::new(actor.tree.without_ends()), ..actor.clone() };
    if !target.permits(tx, &before, action).await? {
        return Ok(Error::Forbidden);
    }
    let message = "Enheten har upphört, så det här går inte att ändra. Det du ser går att läsa som förut.".to_owned();
    Ok(Error::at("enhet", message))
}
