//! The story of report deadlines over an upgrade: old ones, renamed ones and those that were laid twice keep one key each, on
//! SQLite and PostgreSQL, whether the database comes from before the keys or already has those of the first try.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use sqlx::{AssertSqlSafe, Connection, Executor};
use store::Store;

const SQLITE: [&str; 2] = [
    include_str!("../../../../migrations/sqlite/0022_rapportnycklar.sql"),
    include_str!("../../../../migrations/sqlite/0026_kod_och_notis.sql"),
];
const POSTGRES: [&str; 2] = [
    include_str!("../../../../migrations/postgres/0022_rapportnycklar.sql"),
    include_str!("../../../../migrations/postgres/0026_kod_och_notis.sql"),
];

/// What stood before the columns and tables of the two migrations.
const BEFORE: &str = "drop index schedule_report; alter table schedule drop column report_key;
                      drop table skarm_kod; drop table skarm_adress; drop table atgard_notis;";

const T1: &str = "Tertialrapport 1";
const T2: &str = "Tertialrapport 2";
const PLAN: &str = "Verksamhetsplan för nästa år";
const BERATTELSE: &str = "Verksamhetsberättelse för året som gått";

/// Who laid it.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Program,
    Person,
}
use By::{Person, Program};

/// What it was laid as, by whom, what it is called now, its category now, whether it is still on the wheel, and its key at the end.
type Report = (&'static str, By, &'static str, &'static str, bool, Option<&'static str>);

/// Each unit with its reports, in the order they were laid.
const UNITS: &[(&str, &[Report])] = &[
    (
        "as they were laid",
        &[
            (BERATTELSE, Program, BERATTELSE, "rapport", true, Some("verksamhetsberattelse")),
            (T1, Program, T1, "rapport", true, Some("tertialrapport_1")),
            (T2, Program, T2, "rapport", true, Some("tertialrapport_2")),
            (PLAN, Program, PLAN, "rapport", true, Some("verksamhetsplan")),
        ],
    ),
    (
        "one was renamed and moved to meetings, and laid twice again",
        &[
            (T1, Program, "Uppföljning till nämnden", "mote", true, Some("tertialrapport_1")),
            (T1, Program, T1, "rapport", true, None),
            (T1, Program, "Delårsrapport", "rapport", true, None),
        ],
    ),
    (
        "one was renamed and taken away, and came back",
        &[(T2, Program, "Delår", "rapport", false, Some("tertialrapport_2")), (T2, Program, T2, "rapport", true, None)],
    ),
    (
        "the two tertials were exchanged",
        &[
            (T1, Program, T2, "rapport", true, Some("tertialrapport_1")),
            (T2, Program, T1, "rapport", true, Some("tertialrapport_2")),
        ],
    ),
    (
        "one is called as another that stands beside it",
        &[
            (T1, Program, T2, "rapport", true, Some("tertialrapport_1")),
            (T2, Program, T2, "rapport", true, Some("tertialrapport_2")),
        ],
    ),
    (
        "somebody had written it before the program did, and the program let it be",
        &[(T1, Person, T1, "rapport", true, Some("tertialrapport_1"))],
    ),
    (
        "somebody's own, of another kind or with a name of its own, is no report of the program's",
        &[
            (T1, Person, T1, "mote", true, None),
            ("Rapport till chefen", Person, "Rapport till chefen", "rapport", true, None),
        ],
    ),
    (
        "somebody's was renamed, and the program laid its own",
        &[(T2, Person, "Delår", "rapport", true, None), (T2, Program, T2, "rapport", true, Some("tertialrapport_2"))],
    ),
];

fn id(db: &str, n: usize) -> String {
    let hex = format!("{n:032x}");
    if db == "postgres" { format!("cast('{hex}' as uuid)") } else { format!("x'{hex}'") }
}

/// The units as the version before left them.
fn world(db: &str) -> String {
    let who = id(db, 77);
    let mut sql = format!(
        "insert into person (id, name, email, email_key, password_hash) values ({who}, 'Enhetschef', 'c@demo.se', 'c@demo.se', '');"
    );
    let top = id(db, 999);
    write!(sql, "insert into node (id, kind, name) values ({top}, 'organisation', 'Staden');").unwrap();
    for (u, (what, reports)) in UNITS.iter().enumerate() {
        let unit = id(db, 1_000 + u);
        write!(
            sql,
            "insert into node (id, parent_id, kind, name) values ({unit}, {top}, 'enhet', '{what}');",
            what = what.replace('\'', "''")
        )
        .unwrap();
        for (r, (laid, by, now, category, active, _)) in reports.iter().enumerate() {
            let (me, at) = (id(db, 10_000 + u * 100 + r), id(db, 90_000 + u * 100 + r));
            let by = if *by == Program { "null".to_owned() } else { who.clone() };
            write!(
                sql,
                "insert into schedule (id, node_id, year, area, source_id, category, title, recurrence, active)
                 values ({me}, {unit}, 2026, 'aktivitet', {me}, '{category}', '{now}', 'en_gang', {active});
                 insert into history (id, at, node_id, person_id, area, thing_id, what, changes)
                 values ({at}, '2026-01-01T07:00:00+00:00', {unit}, {by}, 'aktivitet', {me}, 'Tillagd',
                         '[{{\"label\":\"Vad\",\"before\":\"\",\"after\":\"{laid}\"}}]');"
            )
            .unwrap();
        }
    }
    sql
}

#[tokio::test]
async fn each_report_keeps_one_key_over_an_upgrade_whatever_the_unit_has_called_it() {
    const ASKED: &str = "select s.title, s.report_key from schedule s order by s.id";
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        Store::connect(&url).await.unwrap().migrate().await.unwrap();
        let sql = world(db);
        let found: Vec<(String, Option<String>)> = if db == "postgres" {
            let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
            for sql in [BEFORE, &sql, POSTGRES[0], POSTGRES[1]] {
                c.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            }
            sqlx::query_as(ASKED).fetch_all(&mut c).await.unwrap()
        } else {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            for sql in [BEFORE, &sql, SQLITE[0], SQLITE[1]] {
                c.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
            }
            sqlx::query_as(ASKED).fetch_all(&mut c).await.unwrap()
        };
        let mut found = found.into_iter();
        for (what, reports) in UNITS {
            for (laid, _, now, .., key) in *reports {
                let (title, report_key) = found.next().unwrap();
                assert_eq!((title.as_str(), report_key.as_deref()), (*now, *key), "{db}: {what}: {laid}");
            }
        }
        // what a unit has is not laid again, and what it lacks is laid once
        let store = Store::connect(&url).await.unwrap();
        let new_year = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for _ in 0..2 {
            let mut tx = store.system(true).await.unwrap();
            let now = "2026-01-01T07:00:00Z".parse().unwrap();
            store::aktivitet::ensure_reports_everywhere(&mut tx, now, new_year).await.unwrap();
            tx.commit().await.unwrap();
        }
        let counted = "select cast(count(*) as bigint) from schedule where year = 2026 and report_key is not null";
        let (n,): (i64,) = if db == "postgres" {
            let mut c = sqlx::PgConnection::connect(&url).await.unwrap();
            sqlx::query_as(counted).fetch_one(&mut c).await.unwrap()
        } else {
            let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
            sqlx::query_as(counted).fetch_one(&mut c).await.unwrap()
        };
        assert_eq!(n, 4 * i64::try_from(UNITS.len()).unwrap(), "{db}: four of each unit, once");
    }
}
