//! Databases that a story can look into from outside: a SQLite file and, where a cluster is named, one of PostgreSQL. And
//! stories that run once on each.

use std::future::Future;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// Where PostgreSQL is: a URL of a cluster in which the tests may create databases.
const POSTGRES: &str = "KVALITET_TEST_POSTGRES";
/// What changes at any request.
const RESTLESS: [&str; 3] = ["session", "login_attempt", "_sqlx_migrations"];

/// A database of its own; that of SQLite goes when the story ends.
pub struct Database {
    /// For messages.
    pub name: &'static str,
    pub url: String,
    folder: Option<std::path::PathBuf>,
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Makes each story a test on SQLite, in memory, and one on PostgreSQL. A story that is not listed is dead code, and does not
/// pass clippy.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story().await;
            })*
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $story() {
                $crate::common::database::on_postgres(super::$story()).await;
            })*
        }
    };
}

tokio::task_local! {
    /// The cluster in which the applications of a story have their databases.
    static CLUSTER: String;
}

/// Runs a story with every application on a database of its own in PostgreSQL. Nothing when no cluster is named, but not
/// under CI.
pub async fn on_postgres(story: impl Future<Output = ()>) {
    if let Some(cluster) = cluster() {
        Box::pin(CLUSTER.scope(cluster, story)).await;
    }
}

/// The database of an application that is made in a story.
pub async fn of_story() -> String {
    match CLUSTER.try_with(Clone::clone) {
        Ok(cluster) => created(&cluster).await,
        Err(_) => "sqlite::memory:".to_owned(),
    }
}

fn cluster() -> Option<String> {
    let cluster = std::env::var(POSTGRES).ok();
    if cluster.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{POSTGRES} must be set under CI");
        eprintln!("{POSTGRES} is not set: this story ran on SQLite only");
    }
    cluster
}

/// A new database in a cluster.
async fn created(cluster: &str) -> String {
    let name = format!("kvalitet_{}", uuid::Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(cluster).await.unwrap();
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (host, _) = cluster.rsplit_once('/').unwrap();
    format!("{host}/{name}")
}

/// One of each kind. PostgreSQL is left out when no cluster is named, but not under CI.
pub async fn databases() -> Vec<Database> {
    let folder = std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let url = format!("sqlite://{}/story.db", folder.display());
    let mut all = vec![Database { name: "sqlite", url, folder: Some(folder) }];
    if let Some(cluster) = cluster() {
        all.push(Database { name: "postgres", url: created(&cluster).await, folder: None });
    }
    all
}

/// A connection beside the program's own.
pub enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Beside {
    pub async fn connect(url: &str) -> Self {
        if url.starts_with("sqlite") {
            Self::Sqlite(SqliteConnection::connect(url).await.unwrap())
        } else {
            Self::Postgres(PgConnection::connect(url).await.unwrap())
        }
    }

    /// One column of texts.
    pub async fn texts(&mut self, sql: String) -> Vec<String> {
        match self {
            Self::Sqlite(c) => {
                c.fetch_all(AssertSqlSafe(sql)).await.unwrap().iter().map(|r| r.get::<String, _>(0)).collect()
            }
            Self::Postgres(c) => {
                c.fetch_all(AssertSqlSafe(sql)).await.unwrap().iter().map(|r| r.get::<String, _>(0)).collect()
            }
        }
    }

    async fn tables(&mut self) -> Vec<String> {
        let sql = match self {
            Self::Sqlite(_) => "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
            Self::Postgres(_) => "select cast(tablename as text) from pg_tables where schemaname = 'public'",
        };
        let mut all = self.texts(sql.to_owned()).await;
        all.retain(|t| !RESTLESS.contains(&t.as_str()));
        all.sort();
        all
    }

    /// All that is stored, as a text for each row, table by table; but for what is written down because it was refused.
    pub async fn all(&mut self) -> Vec<String> {
        let mut out = Vec::new();
        for table in self.tables().await.into_iter().filter(|table| table != "sakerhet") {
            let sql = match self {
                Self::Sqlite(_) => {
                    let sql = format!("select name from pragma_table_info('{table}')");
                    let columns: Vec<String> =
                        self.texts(sql).await.iter().map(|c| format!("quote(\"{c}\")")).collect();
                    format!("select {} as line from {table} order by 1", columns.join(" || ' ' || "))
                }
                Self::Postgres(_) => format!("select t::text as line from {table} t order by 1"),
            };
            out.extend(self.texts(sql).await.into_iter().map(|line| format!("{table}: {line}")));
        }
        out
    }
}
