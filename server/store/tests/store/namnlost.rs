//! What is in nobody's name: every table of the database is looked through for what would tell whose it is. A table that
//! begins to hold such things, or a time beside them, fails here.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    forslag::{Kind, State},
    id::{ForslagId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
};
use sqlx::{AssertSqlSafe, Connection, Row};
use store::{Store, Target, forslag, person::NewPerson};
use uuid::Uuid;

/// The tables that hold things in nobody's name, with the columns that may hold ids which are not random: of what the thing
/// belongs to. Of the person and the devices only how many have been entered is known.
const UNNAMED: [(&str, &[&str]); 7] = [
    ("forslag", &["node_id", "person_id"]),
    ("enkat_kvitto", &[]),
    ("enkat_inkorg", &["version_id"]),
    ("enkat_svar", &["version_id"]),
    ("enkat_fritext", &["version_id"]),
    ("enkat_rakning", &["version_id"]),
    ("enkat_tabell", &["enkat_id"]),
];

const SAID: &str = "Egen telefonkö för den som ringer första gången";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 41, 7).unwrap().and_utc()
}

async fn world(store: &Store) -> (NodeId, Actor) {
    let mut tx = store.system(true).await.unwrap();
    let top = Node {
        id: NodeId::new(),
        parent: None,
        kind: NodeKind::Enhet,
        name: "Enheten".into(),
        active: true,
        version: 1,
    };
    store::organisation::create_node(&mut tx, now(), &top).await.unwrap();
    let id = PersonId::new();
    let (name, email, password_hash) = ("Enhetschef".into(), "chef@demo.se".into(), "x".into());
    let new = NewPerson { id, name, email, password_hash, roles: vec![(Role::Enhetschef, top.id)] };
    store::person::create(&mut tx, now(), &new).await.unwrap();
    let actor = store::person::actor(&mut tx, id, 1).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    (top.id, (*actor).clone())
}

/// Twelve förslag in turn, every third by name. Gives the ids of the others, in the order they came.
async fn said(store: &Store) -> Vec<ForslagId> {
    let (unit, actor) = world(store).await;
    let mut unnamed = Vec::new();
    for n in 0..12 {
        let (id, named) = (ForslagId::new(), n % 3 == 0);
        let text = if named { format!("Kaffe {n}") } else { format!("{SAID} {n}") };
        let mut tx = store.write(&actor, Target::Node(unit, Area::Forslag), Action::TickOwn).await.unwrap();
        forslag::create(&mut tx, (now(), today()), id, unit, (Kind::Forslag, &text, named)).await.unwrap();
        tx.commit().await.unwrap();
        if !named {
            unnamed.push(id);
        }
    }
    // one that goes on: by the chef's name
    let mut tx = store.write(&actor, Target::Thing(Area::Forslag, unnamed[0].0), Action::Edit).await.unwrap();
    let before = forslag::get(&mut tx, unnamed[0]).await.unwrap();
    forslag::set_state(&mut tx, (now(), today()), &before, before.version, (State::Provas, "")).await.unwrap();
    tx.commit().await.unwrap();
    forslag::scatter(store, today()).await.unwrap();
    store.tidy().await.unwrap();
    unnamed
}

/// Whether a text holds a time of the day.
fn holds_a_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(5).any(|w| w[2] == b':' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit))
}

#[tokio::test]
async fn no_table_of_the_sqlite_file_tells_when_something_unnamed_came_or_who_was_at_work() {
    let folder = std::env::temp_dir().join(format!("kvalitet-namnlos-{}", Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("kvalitet.db");
    let url = format!("sqlite://{}", file.display());
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let unnamed = said(&store).await;
    store.close().await;

    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let tables: Vec<(String, String)> =
        sqlx::query_as("select name, lower(sql) from sqlite_master where type = 'table' and name not like 'sqlite%'")
            .fetch_all(&mut c)
            .await
            .unwrap();
    let ids: BTreeSet<Vec<u8>> = unnamed.iter().map(|id| id.0.as_bytes().to_vec()).collect();
    for (table, sql) in &tables {
        let own = UNNAMED.iter().find(|(name, _)| name == table);
        assert!(own.is_none() || sql.ends_with("without rowid"), "{table} has row numbers, which tell the order");
        for column in sqlx::query(AssertSqlSafe(format!("select name from pragma_table_info('{table}')")))
            .fetch_all(&mut c)
            .await
            .unwrap()
        {
            let column: String = column.get(0);
            let query = format!("select typeof({column}), cast({column} as blob), cast({column} as text) from {table}");
            for row in sqlx::query(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap() {
                let (kind, bytes, text): (String, Option<Vec<u8>>, Option<String>) =
                    (row.get(0), row.get(1), row.try_get(2).ok().flatten());
                let (bytes, text) = (bytes.unwrap_or_default(), text.unwrap_or_default());
                let is_moved_on = table == "history" && ids.contains(&bytes) && bytes == unnamed[0].0.as_bytes();
                if own.is_none() && !is_moved_on {
                    assert!(!text.contains(SAID), "{table}.{column} holds what was said without a name: list it here");
                    assert!(!ids.contains(&bytes), "{table}.{column} holds the id of something unnamed: list it here");
                }
                let Some((_, references)) = own else { continue };
                assert!(!holds_a_time(&text), "{table}.{column} holds a time: {text}");
                if kind == "blob" && bytes.len() == 16 && !references.contains(&column.as_str()) {
                    let id = Uuid::from_slice(&bytes).unwrap();
                    assert_eq!(id.get_version_num(), 4, "{table}.{column} holds an id with a time");
                }
            }
        }
    }
    for (name, _) in UNNAMED {
        assert!(tables.iter().any(|(table, _)| table == name), "{name} is no table");
    }
    let rows: Vec<(i64,)> =
        sqlx::query_as("select cast(count(*) as bigint) from history where area = 'forslag' and person_id is null")
            .fetch_all(&mut c)
            .await
            .unwrap();
    assert_eq!(rows[0].0, 0, "a row of the history in nobody's name lies between others that have a time");
    c.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn postgres_and_its_system_columns_do_not_tell_it_either() {
    let Some((url, cluster)) = crate::common::own_database().await else { return };
    cluster.close().await.unwrap();
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let unnamed = said(&store).await;
    let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text from information_schema.columns
         where table_schema = 'public'",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    for (table, column, kind) in columns {
        let own = UNNAMED.iter().find(|(name, _)| *name == table);
        assert!(own.is_none() || !kind.starts_with("time"), "{table}.{column} is a time");
        let (Some((_, references)), "uuid") = (own, kind.as_str()) else { continue };
        if !references.contains(&column.as_str()) {
            let query = format!("select {column} from {table}");
            for (id,) in sqlx::query_as::<_, (Uuid,)>(AssertSqlSafe(query)).fetch_all(&mut c).await.unwrap() {
                assert_eq!(id.get_version_num(), 4, "{table}.{column} holds an id with a time");
            }
        }
    }
    // xmin is the number of the transaction that wrote a row, ctid its place
    let rows: Vec<(i64, Uuid)> =
        sqlx::query_as("select xmin::text::bigint, id from forslag where person_id is null order by ctid")
            .fetch_all(&mut c)
            .await
            .unwrap();
    assert_eq!(rows.iter().map(|r| r.0).collect::<BTreeSet<_>>().len(), 1, "they are not written together");
    let order: Vec<Uuid> = rows.iter().map(|r| r.1).collect();
    let came: Vec<Uuid> = unnamed.iter().map(|id| id.0).collect();
    assert_eq!(order.len(), came.len());
    assert_ne!(order, came, "they lie in the order they came");
    let named: Vec<(i64,)> =
        sqlx::query_as("select count(*) from history where xmin in (select xmin from forslag where person_id is null)")
            .fetch_all(&mut c)
            .await
            .unwrap();
    assert_eq!(named[0].0, 0, "the history is written together with what is unnamed");
    c.close().await.unwrap();
}
