//! A fresh, migrated store on each database, for stories that must read the same on both.

// only functions marked as tests may unwrap by themselves
#![allow(clippy::unwrap_used)]

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::Store;

/// Where PostgreSQL is: a URL of a cluster in which the tests may create databases.
const POSTGRES: &str = "KVALITET_TEST_POSTGRES";

/// A store per database, with its name for the message of a failed assertion. PostgreSQL is left out when no cluster is
/// named, but not under CI, where a story that ran on one database only would look like one that ran on both.
#[allow(dead_code)] // not every story needs it
pub async fn stores() -> Vec<(&'static str, Store)> {
    let mut stores = vec![("sqlite", fresh("sqlite::memory:").await)];
    if let Ok(url) = std::env::var(POSTGRES) {
        stores.push(("postgres", fresh(&new_database(&url).await).await));
    } else {
        assert!(std::env::var_os("CI").is_none(), "{POSTGRES} must be set under CI");
        eprintln!("{POSTGRES} is not set: this story ran on SQLite only");
    }
    stores
}

/// A folder that goes when the story ends.
#[derive(Debug)]
pub struct Folder(std::path::PathBuf);

impl Folder {
    /// A new one.
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The URL of an empty database of each kind.
#[allow(dead_code)] // not every story needs it
pub async fn urls() -> (Folder, Vec<(&'static str, String)>) {
    let folder = Folder::new();
    let mut urls = vec![("sqlite", format!("sqlite://{}/story.db", folder.path().display()))];
    if let Ok(url) = std::env::var(POSTGRES) {
        urls.push(("postgres", new_database(&url).await));
    }
    (folder, urls)
}

/// Two stores on one database, as two servers or a server and the command line are; one pair for each kind of database.
#[allow(dead_code)] // not every story needs it
pub async fn pairs() -> (Folder, Vec<(&'static str, [Store; 2])>) {
    let (folder, urls) = urls().await;
    let mut pairs = Vec::new();
    for (name, url) in urls {
        let first = fresh(&url).await;
        pairs.push((name, [first, Store::connect(&url).await.unwrap()]));
    }
    (folder, pairs)
}

/// The URL of a PostgreSQL database of its own, and a connection to its cluster from outside it: for a story of what only that
/// database does. Left out as in [`stores`].
#[allow(dead_code)] // not every story needs it
pub async fn own_database() -> Option<(String, PgConnection)> {
    let Ok(cluster) = std::env::var(POSTGRES) else {
        assert!(std::env::var_os("CI").is_none(), "{POSTGRES} must be set under CI");
        return None;
    };
    Some((new_database(&cluster).await, PgConnection::connect(&cluster).await.unwrap()))
}

async fn fresh(url: &str) -> Store {
    let store = Store::connect(url).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// Makes a database of its own for the story: stories run side by side. Gives its URL.
pub async fn new_database(cluster: &str) -> String {
    let name = format!("kvalitet_{}", uuid::Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(cluster).await.unwrap();
    connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    connection.close().await.unwrap();
    // the path of the URL is the database; what follows a question mark stays
    let (base, query) = cluster.split_once('?').map_or((cluster, String::new()), |(b, q)| (b, format!("?{q}")));
    let authority = base.find("://").map_or(0, |at| at + 3);
    let host = base[authority..].find('/').map_or(base, |at| &base[..authority + at]);
    format!("{host}/{name}{query}")
}
