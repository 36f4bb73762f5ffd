//! What lies in the tables: the same tables on both databases, rows of every version that has been in use, and an answer that
//! says which row cannot be read where one cannot.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::common;

/// Writes straight into a database: what a version of the program may have left there.
pub async fn write(url: &str, sql: String) {
    let sql = AssertSqlSafe(sql);
    let rows = if url.starts_with("sqlite") {
        let mut c = SqliteConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut c).await.unwrap().rows_affected()
    } else {
        let mut c = PgConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut c).await.unwrap().rows_affected()
    };
    assert_eq!(rows, 1);
}

/// A text that a version of the program kept in a row: `tests/frozen/NAME`. They are never changed.
pub fn frozen(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen").join(name)).unwrap().trim().to_owned()
}

fn migrations(database: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database)
}

fn names(database: &str) -> BTreeSet<String> {
    let entry = |entry: Result<fs::DirEntry, _>| entry.unwrap().file_name().into_string().unwrap();
    fs::read_dir(migrations(database)).unwrap().map(entry).collect()
}

/// What has changed is counted by SQLite's one writer, and named by its transaction where many write (migration 0029).
const COUNTED_APART: &str = "forandring";

/// The columns of each table.
async fn tables(url: &str) -> BTreeMap<String, BTreeSet<String>> {
    let found: Vec<(String, String)> = if url.starts_with("sqlite") {
        let sql = "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
                   where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_'";
        sqlx::query_as(sql).fetch_all(&mut SqliteConnection::connect(url).await.unwrap()).await.unwrap()
    } else {
        let sql = "select cast(table_name as text), cast(column_name as text) from information_schema.columns
                   where table_schema = 'public'";
        sqlx::query_as(sql).fetch_all(&mut PgConnection::connect(url).await.unwrap()).await.unwrap()
    };
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in found {
        out.entry(table).or_default().insert(column);
    }
    out
}

#[tokio::test]
async fn the_two_databases_have_the_same_migrations_tables_and_columns() {
    assert_eq!(names("sqlite"), names("postgres"), "migrations");
    let (_folder, urls) = common::urls().await;
    let mut found = Vec::new();
    for (name, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        found.push((name, tables(&url).await));
    }
    let (first, rest) = found.split_first().unwrap();
    assert!(first.1.contains_key("avvikelse"), "{:?}", first.1.keys());
    for (name, tables) in rest {
        for (table, columns) in first.1.iter().filter(|(table, _)| *table != COUNTED_APART) {
            assert_eq!(tables.get(table), Some(columns), "{table} on {} and {name}", first.0);
        }
        assert_eq!(tables.len(), first.1.len(), "tables on {name} alone");
    }
}

/// Ways to read what a row holds that guess where they cannot: [`store`]'s `in_row` is the one that does not.
const GUESSES: [&str; 5] = ["from_code(", "and_then(", "filter_map(", "serde_json::from_str", "serde_json::from_slice"];

/// What is not read from a row: what another server says, what a form holds; and sealed counts, which are lost with their key.
const NOT_ROWS: [(&str, &str); 5] = [
    ("live.rs", "Area::from_code(area)"),
    ("in_row.rs", "serde_json::from_"),
    ("genomforande/cell.rs", "Responsible::from_code(&value)"),
    ("apt.rs", "Hours::from_code(&c"),
    ("enkat/antal.rs", "serde_json::from_slice"),
];

fn guesses(folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            guesses(&path, out);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            for (n, line) in text.lines().enumerate() {
                let sign = GUESSES.iter().find(|sign| line.contains(**sign));
                let known = NOT_ROWS.iter().any(|(file, what)| path.ends_with(file) && line.contains(what));
                let reads = !known && !line.contains("in_row") && !line.contains("InRow") && !line.contains("of_unit");
                if reads && sign.is_some_and(|sign| sign.starts_with("serde") || line.contains("from_code")) {
                    out.push(format!("{}:{}: {}", path.display(), n + 1, line.trim()));
                }
            }
        }
    }
}

#[test]
fn no_row_is_read_by_guessing() {
    let mut out = Vec::new();
    guesses(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    assert!(out.is_empty(), "read these with in_row::InRow:\n{}", out.join("\n"));
}
