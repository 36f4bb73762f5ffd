//! The story of a server that is upgraded in the middle of a year: controls every second week go on in the weeks that they stand
//! in, also where the start was moved; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, Connection, Executor};
use store::Store;

const SQLITE: &str = include_str!("../../../../migrations/sqlite/0020_ankare.sql");
const POSTGRES: &str = include_str!("../../../../migrations/postgres/0020_ankare.sql");

/// What it is, its rhythm, its start, what it was counted from, its tillfällen with how they stand, and what it is counted from
/// now.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const CASES: [Case; 8] = [
    (
        "the start was moved a week on when two were done",
        "varannan_vecka",
        Some("2026-02-16"),
        "2026-01-04",
        &[("2026-01-04", "utford"), ("2026-01-18", "utford"), ("2026-02-22", "planerad"), ("2026-03-08", "planerad")],
        "2026-02-22",
    ),
    (
        "it was every week, and one that was done is in the other week",
        "varannan_vecka",
        None,
        "2026-01-04",
        &[("2026-01-04", "utford"), ("2026-01-11", "utford"), ("2026-01-25", "planerad")],
        "2026-01-25",
    ),
    (
        "what is open and was moved says nothing",
        "varannan_vecka",
        Some("2026-02-16"),
        "2026-01-04",
        &[("2026-01-04", "utford"), ("2026-02-17", "flyttad"), ("2026-02-22", "planerad")],
        "2026-02-22",
    ),
    (
        "all is done from the start on, and it agrees",
        "varannan_vecka",
        Some("2026-02-16"),
        "2026-01-04",
        &[("2026-01-04", "utford"), ("2026-02-22", "utford"), ("2026-03-08", "utford")],
        "2026-02-22",
    ),
    (
        "all is done from the start on, in both weeks: nothing shows it",
        "varannan_vecka",
        Some("2026-02-16"),
        "2026-01-04",
        &[("2026-01-04", "utford"), ("2026-02-22", "utford"), ("2026-03-01", "utford")],
        "2026-01-04",
    ),
    (
        "every third month, begun in January, moved to February",
        "var_n_manad:3",
        Some("2026-02-01"),
        "2026-01-31",
        &[("2026-01-31", "utford"), ("2026-02-28", "utford"), ("2026-05-31", "utford"), ("2026-11-30", "utford")],
        "2026-02-28",
    ),
    (
        "every third month, done in months that are no third: nothing shows it",
        "var_n_manad:3",
        Some("2026-02-01"),
        "2026-01-31",
        &[("2026-01-31", "utford"), ("2026-02-28", "utford"), ("2026-04-30", "utford")],
        "2026-01-31",
    ),
    (
        "copied from the year before, which its weeks are counted from",
        "varannan_vecka",
        Some("2026-02-16"),
        "2025-03-03",
        &[("2026-02-22", "utford")],
        "2025-03-03",
    ),
];

/// An id as the database writes it.
fn id(db: &str, n: usize) -> String {
    let hex = format!("{n:032x}");
    if db == "postgres" { format!("cast('{hex}' as uuid)") } else { format!("x'{hex}'") }
}

/// The whole year's plan of a unit, as the version before left it.
fn before(db: &str) -> String {
    let mut sql = format!("insert into node (id, kind, name) values ({}, 'enhet', 'Enheten');", id(db, 999));
    for (i, (_, rhythm, start, anchor, slots, _)) in CASES.iter().enumerate() {
        let start = start.map_or("null".to_owned(), |s| format!("'{s}'"));
        let (me, unit) = (id(db, i + 1), id(db, 999));
        write!(
            sql,
            "insert into schedule (id, node_id, year, area, source_id, category, title, recurrence, start_on, anchor_on)
             values ({me}, {unit}, 2026, 'egenkontroll', {me}, 'egenkontroll', 'Kontroll {i}', '{rhythm}', {start}, '{anchor}');"
        )
        .unwrap();
        for (n, (due, state)) in slots.iter().enumerate() {
            let occurrence = id(db, (i + 1) * 1_000 + n);
            let (state, moved) =
                if *state == "flyttad" { ("planerad", format!("'{due}'")) } else { (*state, "null".into()) };
            write!(
                sql,
                "insert into occurrence (id, schedule_id, node_id, year, slot_due, start_on, due_on, moved_from, state)
                 values ({occurrence}, {me}, {unit}, 2026, '{due}', '{due}', '{due}', {moved}, '{state}');"
            )
            .unwrap();
        }
    }
    sql
}

#[tokio::test]
async fn a_fortnight_whose_start_was_moved_goes_on_in_the_weeks_that_are_left_after_an_upgrade() {
    const ASKED: &str = "select title, anchor_on from schedule order by title";
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        Store::connect(&url).await.unwrap().migrate().await.unwrap();
        let sql = before(db);
        // twice: what is right is let be
        let found: Vec<(String, Option<NaiveDate>)> = if db == "postgres" {
            let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
            for sql in [&sql, POSTGRES, POSTGRES] {
                c.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            }
            sqlx::query_as(ASKED).fetch_all(&mut c).await.unwrap()
        } else {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            for sql in [&sql, SQLITE, SQLITE] {
                c.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            }
            sqlx::query_as(ASKED).fetch_all(&mut c).await.unwrap()
        };
        for ((what, .., now), (_, anchor)) in CASES.iter().zip(found) {
            assert_eq!(anchor, Some(now.parse().unwrap()), "{db}: {what}");
        }
    }
}
