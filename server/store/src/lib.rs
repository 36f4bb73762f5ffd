//! All SQL. Owns the connection to the database, the one door to a transaction, the migrations, and the macro that runs
//! one SQL text on SQLite and PostgreSQL. This file, and `kept` and `hold` once, are the only places that ask which of the
//! two it is.

use std::{
    ops::Deref,
    str::FromStr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
    time::Duration,
};

use chrono::{Datelike, NaiveDate};
use domain::{
    event::What,
    field::FieldError,
    id::{NodeId, PersonId},
    organisation::Tree,
    permission::Area,
    random,
};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
    migrate::{Migrate, Migrator},
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// How many different statements a connection keeps prepared.
const STATEMENTS: usize = 200;
/// How long a request waits for a connection: what has not had one by then is told so, and does not stand in the way of
/// others.
const ACQUIRE: Duration = Duration::from_secs(3);

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
    /// What a form names does not belong where it was named; each says what to do.
    #[error("named what does not belong: {0:?}")]
    Invalid(Vec<FieldError>),
    /// The login has ended since the request began.
    #[error("logged out")]
    LoggedOut,
    /// A row holds what this version of the program cannot read. What stands there is not said: it may be secret.
    #[error("{table} {id}: what stands in {column} cannot be read")]
    Unread {
        /// As the migrations call it.
        table: &'static str,
        /// Its id, or that of the node or thing it belongs to.
        id: uuid::Uuid,
        /// As the migrations call it.
        column: &'static str,
    },
    /// There was no connection to the database in time: many ask at once, or somebody writes for long. Nothing was done.
    #[error("no connection in time")]
    Busy,
    /// The database does not answer: it is gone, or starts. Nothing was done.
    #[error("the database does not answer")]
    Unreached,
    /// The database went away when it was to save: whether it did is not known.
    #[error("the database did not answer when it was to save")]
    Unsure,
    /// The database refused.
    #[error("database: {0}")]
    Db(#[source] sqlx::Error),
    /// The database cannot be brought to this version of the program.
    #[error("{0}")]
    Migration(String),
    /// The database cannot be spoken to as it is set up, with the way out.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    /// A sentence at a field of a form; at none where it is about the whole.
    #[must_use]
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.to_owned(), message: message.into() }])
    }
}

impl From<sqlx::Error> for Error {
    /// What the database refuses because somebody else was first is a conflict and no fault: a key that is taken, what is
    /// referred to gone or what is to go referred to, and two that wait for each other, or cannot be put one after the other.
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        if matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed) {
            tracing::debug!(cause = %error, "the database");
            return Self::Unreached;
        }
        match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => Self::Conflict,
            Some(cause) if cause.is_foreign_key_violation() => {
                // somebody was first, or something is referred to that we have not thought of
                tracing::warn!(constraint = cause.constraint(), "a row is referred to");
                Self::Conflict
            }
            // PostgreSQL: it is shut down, crashed or starting
            Some(cause) if matches!(cause.code().as_deref(), Some("57P01" | "57P02" | "57P03")) => Self::Unreached,
            Some(cause) if matches!(cause.code().as_deref(), Some("40001" | "40P01")) => Self::Conflict,
            // SQLite: another process writes, as the command line does
            Some(cause) if matches!(cause.code().as_deref(), Some("5" | "6" | "261" | "517")) => Self::Busy,
            _ => Self::Db(error),
        }
    }
}

/// What the store gives.
pub type Result<T> = std::result::Result<T, Error>;

/// The database, and the channel that tells open screens what changed: all of it, also transactions of the program itself. What
/// a request of a person is given is its [`Door`]. Cheap to clone: each layer round a request has one.
#[derive(Clone, Debug)]
pub struct Store(Door);

impl Deref for Store {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.0
    }
}

/// What all clones of a [`Store`] and of its [`Door`] share.
#[derive(Clone, Debug)]
pub struct Shared {
    pool: Pool,
    memory: Arc<kept::Memory>,
    live: live::Live,
    rates: rate::Rates,
    /// Whether answers have come since they were last looked through.
    answers: Arc<AtomicBool>,
    /// The day in Sweden, as days since the first of the first year: see [`Shared::is_day`].
    day: Arc<AtomicI32>,
    sealing: Option<enkat::antal::Sealing>,
    used: Arc<used::Used>,
}

/// Reading and writing have connections of their own. SQLite takes one writer at a time, and readers never wait for it;
/// on both databases a connection for reading cannot write.
#[derive(Clone, Debug)]
enum Pool {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres { read: PgPool, write: PgPool },
}

/// A transaction for one person and one action: what is written is rolled back when it is dropped. One for reading is a
/// connection, taken when it is first needed, and each question sees what is committed by then: to begin and to end would
/// be two rounds to the database.
pub struct Tx {
    inner: Inner,
    store: Door,
    actor: Option<PersonId>,
    changed: Vec<(Area, NodeId)>,
    /// As `changed`, but in nobody's name: see [`live`].
    gathered: Vec<(Area, NodeId)>,
    /// The tree where nobody else moves anything in it until this ends: [`organisation::held`].
    tree: Option<Arc<Tree>>,
}

enum Inner {
    SqliteRead(SqlitePool, Option<PoolConnection<Sqlite>>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PgPool, Option<PoolConnection<Postgres>>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection of a transaction.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Runs a piece of sqlx code on the connection of either database: `on!(tx, |c| sqlx::query(…).execute(c).await)`.
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx.conn().await? {
            $crate::Conn::Sqlite($conn) => $body,
            $crate::Conn::Postgres($conn) => $body,
        }
    };
}

/// All rows of a query as `$row`: `rows!(tx, Row, "select …", a, b)`.
macro_rules! rows {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($tx, |c| sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(c).await)
    };
}

/// All rows of a query about several nodes, whose ids take the places after the other arguments:
/// `rows_of!(tx, Row, sql, nodes, a, b)`. The text may hold nothing but our own words and places.
macro_rules! rows_of {
    ($tx:expr, $row:ty, $sql:expr, $nodes:expr $(, $arg:expr)* $(,)?) => {
        on!($tx, |c| {
            let mut query = sqlx::query_as::<_, $row>(sqlx::AssertSqlSafe($sql))$(.bind($arg))*;
            for node in $nodes {
                query = query.bind(node.0);
            }
            query.fetch_all(c).await
        })
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
pub mod apt;
pub mod atgard;
pub mod avvikelse;
pub mod belongs;
pub mod device;
mod door;
mod egenkontroll;
pub mod ekonomi;
pub mod enkat;
mod explain;
pub mod forslag;
pub mod genomforande;
pub mod history;
mod hold;
mod in_row;
mod internkontroll;
mod kept;
mod live;
pub mod logga;
pub mod occurrence;
pub mod organisation;
pub mod person;
pub mod plan;
pub mod planaktivitet;
pub mod rate;
mod refusal;
pub mod sakerhet;
pub mod schedule;
pub mod serie;
pub mod session;
#[cfg(test)]
mod settings;
mod target;
mod used;
pub mod utkast;
pub mod valkommen;
pub mod verksamhetsplan;
mod wire;
mod yearly;

pub use door::Door;
pub use explain::check_address;
pub use kept::{Kept, Part, Snapshot, one_snapshot, part::WATCHED};
pub use target::{Target, permitted};
pub use used::Used;

impl Pool {
    async fn sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|_| explain::of_address())?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // full: what has been answered "Sparat" is on the disk, also after a power cut
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            // what is deleted is overwritten: an answer that was published leaves no trace of when it came
            .pragma("secure_delete", "on")
            .statement_cache_capacity(STATEMENTS)
            // a year of a unit goes to the reader without the thread of the database waiting for it
            .row_buffer_size(1_000);
        let in_memory = url.contains(":memory:");
        let pool = |connections: u32, options: SqliteConnectOptions| {
            let pool = SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE)
                // a file does not hang up
                .test_before_acquire(false);
            // a database in memory lives as long as its only connection
            let pool = if in_memory { pool.min_connections(1).idle_timeout(None).max_lifetime(None) } else { pool };
            pool.connect_with(options)
        };
        let write = pool(1, options.clone()).await.map_err(|error| explain::of_file(&error, url))?;
        let read = if in_memory { write.clone() } else { pool(4, options.pragma("query_only", "on")).await? };
        Ok(Self::Sqlite { read, write })
    }

    /// The connection that says whether anybody has written; see [`kept`]. None for a database in memory.
    async fn sqlite_counter(url: &str) -> Result<Option<SqliteConnection>> {
        if url.contains(":memory:") {
            return Ok(None);
        }
        Ok(Some(SqliteConnectOptions::from_str(url)?.pragma("query_only", "on").connect().await?))
    }

    async fn postgres(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url).map_err(|_| explain::of_address())?;
        let options = options.statement_cache_capacity(STATEMENTS);
        let options = wire::guarded(options);
        let pool = |connections: u32, options: PgConnectOptions| {
            PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE)
                // one that was just used is alive; asking each time would be a round to the database. After a restart all are
                // dead, and nobody may be handed one
                .test_before_acquire(false)
                .before_acquire(|connection, about| {
                    Box::pin(async move {
                        if about.idle_for > Duration::from_millis(100) {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect_with(options)
        };
        let write = pool(8, options.clone()).await.map_err(|error| explain::of_server(&error, &options))?;
        // all our questions are about a few ids: the plan is the same whichever they are, and made once. To compile one
        // takes longer than any of them
        let read = pool(
            16,
            options.options([
                ("default_transaction_read_only", "on"),
                ("plan_cache_mode", "force_generic_plan"),
                ("jit", "off"),
            ]),
        )
        .await?;
        Ok(Self::Postgres { read, write })
    }
}

impl Shared {
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.pool, Pool::Sqlite { .. })
    }

    /// Says what day it is in Sweden: which units have ended is asked wherever there is a tree. Before anybody has said it, none has.
    pub fn is_day(&self, day: NaiveDate) {
        self.day.store(day.num_days_from_ce(), Ordering::Release);
    }

    /// The day that was last said; the first there is before that.
    pub(crate) fn day(&self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.day.load(Ordering::Acquire)).unwrap_or_default()
    }
}

impl Store {
    /// Connects to `sqlite://path`, `sqlite::memory:` or `postgres://…`. A SQLite file that is not there is made. A PostgreSQL
    /// on another machine is spoken to with TLS; see [`wire`].
    pub async fn connect(url: &str) -> Result<Self> {
        // a process has one; a test has many, and no log
        let _ = ADDRESS.set(without_password(url));
        let (pool, counter) = if url.starts_with("postgres") {
            (Pool::postgres(url).await?, None)
        } else {
            (Pool::sqlite(url).await?, Pool::sqlite_counter(url).await?)
        };
        Ok(Self(Door::of(Shared {
            pool,
            memory: Arc::new(kept::Memory::new(counter)),
            live: live::Live::new(),
            rates: rate::Rates::default(),
            answers: Arc::default(),
            day: Arc::default(),
            sealing: None,
            used: Arc::default(),
        })))
    }

    /// What it keeps of persons is sealed so from now on (`enkat::antal`).
    #[must_use]
    pub fn sealed(self, sealing: enkat::antal::Sealing) -> Self {
        Self(Door::of(Shared { sealing: Some(sealing), ..self.0.shared() }))
    }

    /// Brings the database to this version of the program. Refuses one that a newer version has written.
    pub async fn migrate(&self) -> Result<()> {
        let done = match &self.pool {
            Pool::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await,
            Pool::Postgres { write, .. } => POSTGRES_MIGRATIONS.run(write).await,
        };
        done.map_err(|error| explain::of_migration(&error))
    }

    /// The name and version of the database, when it answers.
    pub async fn health(&self) -> Result<&'static str> {
        let mut tx = self.system(false).await?;
        row!(tx, (i64,), "select cast(1 as bigint)")?.ok_or(Error::NotFound)?;
        Ok(match self.pool {
            Pool::Sqlite { .. } => "sqlite",
            Pool::Postgres { .. } => "postgres",
        })
    }

    /// Closes all connections; SQLite writes its log back into the file.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { read, write } => {
                self.memory.close().await;
                read.close().await;
                write.close().await;
            }
            Pool::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }

    /// Whether answers have come since this was last asked.
    #[must_use]
    pub fn take_answers(&self) -> bool {
        self.answers.swap(false, Ordering::AcqRel)
    }

    /// When logins were last used.
    #[must_use]
    pub fn used(&self) -> &Used {
        &self.used
    }

    /// Takes away the traces that rewritten rows leave in the files: SQLite's log, where pages lie in the order they were
    /// written, and PostgreSQL's dead rows, which keep the number of the transaction that wrote them. Goes on without
    /// where others read just then; the next time takes what is left.
    pub async fn tidy(&self) -> Result<()> {
        match &self.pool {
            Pool::Sqlite { write, .. } => {
                sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
            }
            Pool::Postgres { write, .. } => {
                for vacuum in [
                    "vacuum enkat_inkorg",
                    "vacuum enkat_kvitto",
                    "vacuum enkat_inmatat",
                    "vacuum enkat_tabell",
                    "vacuum forslag",
                ] {
                    sqlx::query(vacuum).execute(write).await?;
                }
            }
        }
        Ok(())
    }

    /// Hears what other servers on the same database change, for as long as the program runs. Ends at once on SQLite,
    /// where there is no other.
    pub async fn listen(&self) {
        if let Pool::Postgres { read, .. } = &self.pool {
            self.live.listen(read).await;
        }
    }

    /// A transaction of the program itself: login, sessions, jobs, the command line, the demo. Not for what a person asks for:
    /// what a page is given is a [`Door`], which has none.
    pub async fn system(&self, write: bool) -> Result<Tx> {
        self.begin(write).await
    }

    /// What a request of a person is given.
    #[must_use]
    pub fn door(&self) -> Door {
        self.0.clone()
    }

    /// Whether all migrations of this program are in the database, and no other.
    pub async fn is_current(&self) -> Result<bool> {
        let (applied, known) = match &self.pool {
            Pool::Sqlite { write, .. } => {
                let mut c = write.acquire().await?;
                (c.list_applied_migrations("_sqlx_migrations").await, SQLITE_MIGRATIONS.iter().count())
            }
            Pool::Postgres { write, .. } => {
                let mut c = write.acquire().await?;
                (c.list_applied_migrations("_sqlx_migrations").await, POSTGRES_MIGRATIONS.iter().count())
            }
        };
        Ok(applied.is_ok_and(|a| a.len() == known))
    }
}

/// Why there was no connection to PostgreSQL in time: all are taken, or none can be made.
pub(crate) fn not_got(error: sqlx::Error, pool: &PgPool) -> Error {
    let free = pool.size() < pool.options().get_max_connections();
    if free && matches!(error, sqlx::Error::PoolTimedOut) { Error::Unreached } else { error.into() }
}

/// What failed when it was to be saved. What the database answers is refused; where it gives no answer, it may have saved or not.
fn at_commit(error: sqlx::Error) -> Error {
    let refused = error.as_database_error().is_some();
    match Error::from(error) {
        Error::Unreached => Error::Unsure,
        Error::Db(cause) if !refused => {
            tracing::debug!(%cause, "the database, when it was to save");
            Error::Unsure
        }
        other => other,
    }
}

/// Where the database of this process is, without its password: for the log, which says it when the database does not answer.
static ADDRESS: OnceLock<String> = OnceLock::new();

pub(crate) fn address() -> &'static str {
    ADDRESS.get().map_or("", String::as_str)
}

/// An address without what stands for a password in it.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((who, place)) => format!("{scheme}://{}@{place}", who.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{rest}"),
    }
}

impl Tx {
    pub(crate) async fn conn(&mut self) -> Result<Conn<'_>> {
        Ok(match &mut self.inner {
            Inner::SqliteRead(pool, taken) => Conn::Sqlite(match taken {
                Some(connection) => connection,
                None => taken.insert(pool.acquire().await?),
            }),
            Inner::SqliteWrite(t) => Conn::Sqlite(t),
            Inner::PostgresRead(pool, taken) => Conn::Postgres(match taken {
                Some(connection) => connection,
                None => taken.insert(pool.acquire().await.map_err(|error| not_got(error, pool))?),
            }),
            Inner::PostgresWrite(t) => Conn::Postgres(t),
        })
    }

    /// Whether it can hold what is not committed.
    pub(crate) fn writes(&self) -> bool {
        matches!(self.inner, Inner::SqliteWrite(_) | Inner::PostgresWrite(_))
    }

    /// The person it was opened for; none for the program itself.
    #[must_use]
    pub fn actor(&self) -> Option<PersonId> {
        self.actor
    }

    /// Lets the program write history in somebody's name: the demo.
    pub fn act_as(&mut self, person: PersonId) {
        self.actor = Some(person);
    }

    /// Makes the changes last, and tells open screens.
    pub async fn commit(mut self) -> Result<()> {
        let changed = live::each_once(&self.changed);
        self.notify(&changed).await?;
        let here = self.store.is_sqlite();
        match self.inner {
            Inner::SqliteWrite(t) => t.commit().await.map_err(at_commit)?,
            Inner::PostgresWrite(t) => t.commit().await.map_err(at_commit)?,
            Inner::SqliteRead(..) | Inner::PostgresRead(..) => {}
        }
        kept::written();
        self.store.live.gather(&self.gathered);
        if here {
            for (area, node) in changed {
                self.store.live.tell(What::In(area, node));
            }
        }
        Ok(())
    }
}

/// A random order that nobody can know again: sorted by new random numbers.
pub(crate) fn shuffle<T>(rows: &mut Vec<T>) {
    let mut keyed: Vec<([u8; 16], T)> = rows.drain(..).map(|row| (random::bytes(), row)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    rows.extend(keyed.into_iter().map(|(_, row)| row));
}

/// Gives `Conflict` when an update that named the version it saw touched no row.
pub(crate) fn touched(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::Conflict) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_the_database_without_its_password() {
        for (url, said) in [
            (
                "postgres://kvalitet:hem:lig@t@db.kommun.se:5432/kvalitet?sslmode=verify-full",
                "postgres://kvalitet@db.kommun.se:5432/kvalitet",
            ),
            ("postgres://db.kommun.se/kvalitet?password=hemligt", "postgres://db.kommun.se/kvalitet"),
            ("sqlite:///var/lib/kvalitet.db", "sqlite:///var/lib/kvalitet.db"),
            ("sqlite::memory:", "sqlite::memory:"),
        ] {
            assert_eq!(without_password(url), said);
        }
    }

    #[test]
    fn a_connection_that_breaks_is_a_database_that_does_not_answer() {
        let broken = sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(matches!(Error::from(broken), Error::Unreached));
        assert!(matches!(Error::from(sqlx::Error::PoolTimedOut), Error::Busy));
    }

    #[test]
    fn of_a_connection_that_breaks_when_it_is_to_save_nobody_is_told_that_nothing_was_done() {
        for broken in [
            sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()),
            sqlx::Error::WorkerCrashed,
            sqlx::Error::Protocol("cut off".to_owned()),
        ] {
            assert!(matches!(at_commit(broken), Error::Unsure));
        }
    }
}
