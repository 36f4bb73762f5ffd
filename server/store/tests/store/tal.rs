//! Figures that were floats are the same figures after an upgrade, exactly, on both databases.

#![allow(clippy::unwrap_used)]

use std::{fmt::Write, fs, path::Path};

use domain::tal::Tal;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

/// What was kept, as a float writes it, and what it is in ten-thousandths.
const KEPT: [(&str, i64); 8] = [
    ("317.0", 3_170_000),
    ("3.3", 33_000),
    ("0.1", 1_000),
    ("-0.3333", -3_333),
    ("435935.05", 4_359_350_500),
    ("0.0", 0),
    ("-1000000000000.0", -10_000_000_000_000_000),
    ("57.0000000000000007", 570_000),
];

/// The migrations of a database, in order: those before figures were exact, and the one that makes them so.
fn migrations(database: &str) -> (String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let place = files.iter().position(|file| file.to_string_lossy().ends_with("_tal.sql")).unwrap();
    let read = |file: &_| fs::read_to_string(file).unwrap();
    (files[..place].iter().map(read).collect::<Vec<_>>().join("\n"), read(&files[place]))
}

fn id(db: &str, n: usize) -> String {
    let hex = format!("{n:032x}");
    if db == "postgres" { format!("cast('{hex}' as uuid)") } else { format!("x'{hex}'") }
}

fn before(db: &str) -> String {
    let (unit, me) = (id(db, 900), id(db, 901));
    let mut sql = format!(
        "insert into node (id, kind, name) values ({unit}, 'enhet', 'Enheten');
         insert into schedule (id, node_id, year, area, source_id, category, title, recurrence)
             values ({me}, {unit}, 2026, 'egenkontroll', {me}, 'egenkontroll', 'Kontroll', 'manad');
         insert into occurrence (id, schedule_id, node_id, year, slot_due, start_on, due_on, state)
             values ({me}, {me}, {unit}, 2026, '2026-01-31', '2026-01-01', '2026-01-31', 'utford');"
    );
    for (n, (value, _)) in KEPT.iter().enumerate() {
        let plan = id(db, n);
        write!(
            sql,
            "insert into figure (occurrence_id, position, label, value) values ({me}, {n}, 'Antal', {value});
             insert into egenkontroll (id, node_id, year, kontrollmal, malvarde) values ({plan}, {unit}, 2026, 'x', {value});"
        )
        .unwrap();
    }
    write!(sql, "insert into egenkontroll (id, node_id, year, kontrollmal) values ({me}, {unit}, 2026, 'utan');")
        .unwrap();
    sql
}

#[tokio::test]
async fn a_figure_is_the_same_after_an_upgrade() {
    const FIGURES: &str = "select value from figure order by position";
    const GOALS: &str = "select malvarde from egenkontroll order by id";
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let (earlier, exact) = migrations(db);
        let steps = [earlier, before(db), exact];
        let (figures, goals): (Vec<(i64,)>, Vec<(Option<i64>,)>) = if db == "postgres" {
            let mut c = PgConnection::connect(&url).await.unwrap();
            for step in steps {
                c.execute(AssertSqlSafe(step)).await.unwrap();
            }
            (
                sqlx::query_as(FIGURES).fetch_all(&mut c).await.unwrap(),
                sqlx::query_as(GOALS).fetch_all(&mut c).await.unwrap(),
            )
        } else {
            let mut c = SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
            for step in steps {
                c.execute(AssertSqlSafe(step)).await.unwrap();
            }
            (
                sqlx::query_as(FIGURES).fetch_all(&mut c).await.unwrap(),
                sqlx::query_as(GOALS).fetch_all(&mut c).await.unwrap(),
            )
        };
        let expected: Vec<i64> = KEPT.iter().map(|(_, exact)| *exact).collect();
        assert_eq!(figures.into_iter().map(|(value,)| value).collect::<Vec<_>>(), expected, "{db}");
        let goals: Vec<Option<i64>> = goals.into_iter().map(|(goal,)| goal).collect();
        assert_eq!(goals, expected.iter().copied().map(Some).chain([None]).collect::<Vec<_>>(), "{db}");
        assert_eq!(Tal::of_stored(expected[4]).to_string(), "435\u{a0}935,05");
    }
}
