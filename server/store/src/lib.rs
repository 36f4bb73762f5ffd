//! All SQL. Owns the connection to the database, the one door to a transaction, the migrations, and the macro that runs
//! one SQL text on SQLite and PostgreSQL. This file is the only place that asks which of the two it is.

use std::{str::FromStr, time::Duration};

use domain::{
    event::Changed,
    id::PersonId,
    permission::{Action, Area},
    person::Actor,
};
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::{Migrate, MigrateError, Migrator},
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::broadcast;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Conflict,
    /// The person may not do this.
    #[error("not permitted")]
    Forbidden,
    /// The database refused or did not answer.
    #[error("database: {0}")]
    Db(#[from] sqlx::Error),
    /// The database cannot be brought to this version of the program.
    #[error("{0}")]
    Migration(String),
}

/// What the store gives.
pub type Result<T> = std::result::Result<T, Error>;

/// The database, and the channel that tells open screens what changed.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
    events: broadcast::Sender<Changed>,
}

#[derive(Clone, Debug)]
enum Pool {
    /// SQLite takes one writer at a time: readers have a pool of their own, so that they never wait for it.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A transaction for one person and one action. Rolled back when dropped.
pub struct Tx {
    pub(crate) inner: Inner,
    actor: Option<PersonId>,
    changed: Vec<Changed>,
    events: broadcast::Sender<Changed>,
}

pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs a piece of sqlx code on the connection of either database: `on!(tx, |c| sqlx::query(…).execute(c).await)`.
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match &mut $tx.inner {
            $crate::Inner::Sqlite(t) => {
                let $conn = &mut **t;
                $body
            }
            $crate::Inner::Postgres(t) => {
                let $conn = &mut **t;
                $body
            }
        }
    };
}

/// All rows of a query as `$row`: `rows!(tx, Row, "select …", a, b)`.
macro_rules! rows {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($tx, |c| sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(c).await)
    };
}

/// The first row of a query, if any.
macro_rules! row {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($tx, |c| sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(c).await)
    };
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($tx, |c| sqlx::query($sql)$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected()))
    };
}

pub mod aktivitet;
pub mod egenkontroll;
pub mod history;
pub mod internkontroll;
pub mod occurrence;
pub mod organisation;
pub mod person;
pub mod schedule;
pub mod session;
mod target;

pub use target::Target;

impl Store {
    /// Connects to `sqlite://path`, `sqlite::memory:` or `postgres://…`. A SQLite file that is not there is made.
    pub async fn connect(url: &str) -> Result<Self> {
        let pool = if url.starts_with("postgres") {
            let pool =
                PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(5)).connect(url).await?;
            Pool::Postgres(pool)
        } else {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // full: what has been answered "Sparat" is on the disk, also after a power cut
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .statement_cache_capacity(200);
            let in_memory = url.contains(":memory:");
            let pool = |connections: u32| {
                let options = options.clone();
                let pool =
                    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(5));
                // a database in memory lives as long as its only connection
                let pool = if in_memory { pool.min_connections(1).idle_timeout(None).max_lifetime(None) } else { pool };
                pool.connect_with(options)
            };
            let write = pool(1).await?;
            let read = if in_memory { write.clone() } else { pool(4).await? };
            Pool::Sqlite { read, write }
        };
        Ok(Self { pool, events: broadcast::channel(256).0 })
    }

    /// Brings the database to this version of the program. Refuses one that a newer version has written.
    pub async fn migrate(&self) -> Result<()> {
        let done = match &self.pool {
            Pool::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await,
            Pool::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await,
        };
        done.map_err(|error| {
            Error::Migration(match error {
                MigrateError::VersionMissing(version) => format!(
                    "Databasen är gjord av en nyare version av Kvalitetshjulet (migrering {version}). \
                     Installera den versionen eller läs in en säkerhetskopia."
                ),
                other => format!("Databasen kunde inte uppdateras: {other}"),
            })
        })
    }

    /// The name and version of the database, when it answers.
    pub async fn health(&self) -> Result<&'static str> {
        let mut tx = self.system(false).await?;
        row!(tx, (i64,), "select cast(1 as bigint)")?.ok_or(Error::NotFound)?;
        Ok(match self.pool {
            Pool::Sqlite { .. } => "sqlite",
            Pool::Postgres(_) => "postgres",
        })
    }

    /// Closes all connections; SQLite writes its log back into the file.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }

    /// What changes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.events.subscribe()
    }

    /// The door to reading: a transaction for this person, thing and action. `Forbidden` when it is not allowed.
    pub async fn read(&self, actor: &Actor, target: Target, action: Action) -> Result<Tx> {
        self.open(actor, target, action, false).await
    }

    /// The door to writing: as [`Store::read`], and SQLite takes its write lock at once, PostgreSQL that of the node when
    /// it is a node's plan that is written.
    pub async fn write(&self, actor: &Actor, target: Target, action: Action) -> Result<Tx> {
        self.open(actor, target, action, true).await
    }

    async fn open(&self, actor: &Actor, target: Target, action: Action, write: bool) -> Result<Tx> {
        let mut tx = self.system(write).await?;
        tx.actor = Some(actor.person);
        if !target.permits(&mut tx, actor, action).await? {
            return Err(Error::Forbidden);
        }
        if write {
            target.hold(&mut tx).await?;
        }
        Ok(tx)
    }

    /// A transaction of the program itself: login, sessions, the command line, the demo. Not for what a person asks for.
    pub async fn system(&self, write: bool) -> Result<Tx> {
        let inner = match &self.pool {
            Pool::Sqlite { write: pool, .. } if write => Inner::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Pool::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, actor: None, changed: vec![], events: self.events.clone() })
    }

    /// Whether all migrations of this program are in the database, and no other.
    pub async fn is_current(&self) -> Result<bool> {
        let (applied, known) = match &self.pool {
            Pool::Sqlite { write, .. } => {
                let mut c = write.acquire().await?;
                (c.list_applied_migrations("_sqlx_migrations").await, SQLITE_MIGRATIONS.iter().count())
            }
            Pool::Postgres(pool) => {
                let mut c = pool.acquire().await?;
                (c.list_applied_migrations("_sqlx_migrations").await, POSTGRES_MIGRATIONS.iter().count())
            }
        };
        Ok(applied.is_ok_and(|a| a.len() == known))
    }
}

impl Tx {
    /// The person it was opened for; none for the program itself.
    #[must_use]
    pub fn actor(&self) -> Option<PersonId> {
        self.actor
    }

    /// Lets the program write history in somebody's name: the demo.
    pub fn act_as(&mut self, person: PersonId) {
        self.actor = Some(person);
    }

    /// Notes a change, told to open screens at commit.
    pub(crate) fn note(&mut self, area: Area, id: uuid::Uuid) {
        self.changed.push(Changed { area, id });
    }

    /// Makes the changes last, and tells open screens.
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(t) => t.commit().await?,
            Inner::Postgres(t) => t.commit().await?,
        }
        for change in self.changed {
            // an error means that no screen listens
            let _ = self.events.send(change);
        }
        Ok(())
    }
}

/// Gives `Conflict` when an update that named the version it saw touched no row.
pub(crate) fn touched(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::Conflict) } else { Ok(()) }
}
