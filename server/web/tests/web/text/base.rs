//! Databases for these stories, and every text that one holds.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// A folder that goes when the story ends.
pub struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The address of a fresh database of each kind. PostgreSQL is left out when no cluster is named, but not under CI.
pub async fn databases() -> (Folder, Vec<(&'static str, String)>) {
    let folder = std::env::temp_dir().join(format!("kvalitet-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let mut all = vec![("sqlite", format!("sqlite://{}/story.db", folder.display()))];
    if let Ok(cluster) = std::env::var("KVALITET_TEST_POSTGRES") {
        let name = format!("kvalitet_{}", uuid::Uuid::new_v4().simple());
        let mut connection = PgConnection::connect(&cluster).await.unwrap();
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        let (base, query) = cluster.split_once('?').map_or((&*cluster, String::new()), |(b, q)| (b, format!("?{q}")));
        let authority = base.find("://").map_or(0, |at| at + 3);
        let host = base[authority..].find('/').map_or(base, |at| &base[..authority + at]);
        all.push(("postgres", format!("{host}/{name}{query}")));
    } else {
        assert!(std::env::var_os("CI").is_none(), "PostgreSQL is part of the tests under CI");
    }
    (Folder(folder), all)
}

/// Whether a text in the database is as all text is to be. Our own words have blanks that do not break in their numbers.
pub fn is_clean(text: &str) -> bool {
    domain::text::is_clean(&text.replace('\u{a0}', " "))
}

// the two connections share no type
macro_rules! all_of {
    ($connection:expr, $columns:expr) => {{
        let mut connection = $connection;
        let mut out = Vec::new();
        for column in sqlx::query(AssertSqlSafe($columns)).fetch_all(&mut connection).await.unwrap() {
            let (table, name): (String, String) = (column.get(0), column.get(1));
            let sql = format!("select cast(\"{name}\" as text) from \"{table}\" where \"{name}\" is not null");
            for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap() {
                gather(&format!("{table}.{name}"), row.get(0), &mut out);
            }
        }
        out
    }};
}

/// Every text in the database, also those within JSON: where it stands, and the text.
pub async fn texts(url: &str) -> Vec<(String, String)> {
    if url.starts_with("sqlite") {
        let columns = "select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p \
                       where m.type = 'table' and lower(p.type) = 'text'";
        all_of!(SqliteConnection::connect(url).await.unwrap(), columns)
    } else {
        let columns = "select cast(table_name as text), cast(column_name as text) from information_schema.columns \
                       where table_schema = 'public' and data_type in ('text', 'character varying', 'json', 'jsonb')";
        all_of!(PgConnection::connect(url).await.unwrap(), columns)
    }
}

fn gather(at: &str, text: String, out: &mut Vec<(String, String)>) {
    match serde_json::from_str(&text) {
        Ok(json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) => within(at, &json, out),
        _ => out.push((at.to_owned(), text)),
    }
}

fn within(at: &str, json: &serde_json::Value, out: &mut Vec<(String, String)>) {
    match json {
        serde_json::Value::String(text) => gather(at, text.clone(), out),
        serde_json::Value::Array(all) => all.iter().for_each(|one| within(at, one, out)),
        serde_json::Value::Object(all) => all.iter().for_each(|(key, one)| {
            out.push((at.to_owned(), key.clone()));
            within(at, one, out);
        }),
        _ => {}
    }
}
