//! How SQLite is built and how each connection to a file is set, asked of SQLite itself: when one of these changes without a
//! word (a power cut costs what was answered, what was deleted can be read) no other test would tell.

use std::{fs, path::PathBuf};

use sqlx::{AssertSqlSafe, Row, SqliteConnection};
use uuid::Uuid;

use crate::{Pool, Store};

/// Setting, and what every connection says that it is.
const EVERYWHERE: &[(&str, &str)] = &[
    // who reads and who writes do not wait for each other
    ("journal_mode", "wal"),
    ("foreign_keys", "1"),
    // full: what has been answered is on the disk, also after a power cut
    ("synchronous", "2"),
    // in milliseconds; longer than anything we write takes
    ("busy_timeout", "10000"),
    // what is deleted is overwritten
    ("secure_delete", "1"),
    ("read_uncommitted", "0"),
    // no leave to write what the memory of the program holds over the schema
    ("writable_schema", "0"),
];

/// What the library is built with, or not (.cargo/config.toml says why).
const BUILT_WITH: &[&str] = &["DEFAULT_MEMSTATUS=0", "ENABLE_UNLOCK_NOTIFY", "THREADSAFE=1"];
const BUILT_WITHOUT: &[&str] = &["ENABLE_MEMORY_MANAGEMENT", "OMIT_FOREIGN_KEY", "OMIT_WAL", "DEFAULT_MEMSTATUS=1"];

/// A store in a file that is gone afterwards.
async fn in_a_file() -> (PathBuf, Store) {
    let folder = std::env::temp_dir().join(format!("kvalitet-{}", Uuid::new_v4()));
    fs::create_dir(&folder).expect("the folder for temporary files can be written");
    let store = Store::connect(&format!("sqlite://{}", folder.join("story.db").display())).await.expect("connected");
    store.migrate().await.expect("migrated");
    (folder, store)
}

/// What a connection answers, whatever its type is.
async fn all(c: &mut SqliteConnection, pragma: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(format!("pragma {pragma}"))).fetch_all(c).await.expect(pragma);
    rows.iter().map(|row| row.try_get_unchecked(0).expect(pragma)).collect()
}

#[tokio::test]
async fn each_connection_keeps_what_is_answered_checks_what_is_named_and_wipes_what_is_deleted() {
    let (folder, store) = in_a_file().await;
    let Pool::Sqlite { read, write } = &store.0.pool else { unreachable!("a file is SQLite") };
    // the one that writes, and all that read: each is another connection
    let mut connections = vec![("writes", "0", write.acquire().await.expect("free"))];
    for _ in 0..read.options().get_max_connections() {
        connections.push(("reads", "1", read.acquire().await.expect("free")));
    }
    for (which, query_only, c) in &mut connections {
        for (setting, asked) in EVERYWHERE.iter().chain(&[("query_only", *query_only)]) {
            assert_eq!(all(c, setting).await, [*asked], "{setting} of a connection that {which}");
        }
    }
    drop(connections);
    store.close().await;
    fs::remove_dir_all(&folder).expect("the folder is ours");
}

#[tokio::test]
async fn the_library_counts_no_memory_and_has_what_the_store_relies_on() {
    let (folder, store) = in_a_file().await;
    let Pool::Sqlite { write, .. } = &store.0.pool else { unreachable!("a file is SQLite") };
    let options = all(&mut write.acquire().await.expect("free"), "compile_options").await;
    for asked in BUILT_WITH {
        assert!(options.iter().any(|o| o == asked), "SQLite is built without {asked}: {options:?}");
    }
    for refused in BUILT_WITHOUT {
        assert!(!options.iter().any(|o| o == refused), "SQLite is built with {refused}");
    }
    store.close().await;
    fs::remove_dir_all(&folder).expect("the folder is ours");
}
