//! The story of two servers on one database: what is committed on one is heard of on the other, and what is rolled back is
//! not; on SQLite, where there is one, it hears itself.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    event::{Changed, What},
    id::NodeId,
    organisation::{Node, NodeKind},
    permission::Area,
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use store::Store;
use tokio::{sync::broadcast::Receiver, time::timeout};

fn now() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

fn node(parent: Option<NodeId>, name: &str) -> Node {
    let kind = if parent.is_some() { NodeKind::Enhet } else { NodeKind::Organisation };
    Node { id: NodeId::new(), parent, kind, name: name.into(), active: true, version: 1 }
}

async fn write(store: &Store, new: &Node, commit: bool) {
    let mut tx = store.system(true).await.unwrap();
    store::organisation::create_node(&mut tx, now(), new).await.unwrap();
    if commit {
        tx.commit().await.unwrap();
    }
}

async fn heard(changes: &mut Receiver<Changed>) -> Changed {
    timeout(Duration::from_secs(10), changes.recv()).await.expect("it is heard").unwrap()
}

#[tokio::test]
async fn what_is_committed_anywhere_is_heard_everywhere_in_order_and_nothing_else() {
    let (_folder, pairs) = crate::common::pairs().await;
    for (db, [here, there]) in pairs {
        let listening = [here.clone(), there.clone()].map(|s| tokio::spawn(async move { s.listen().await }));
        let (mut own, mut other) = (here.subscribe(), there.subscribe());
        if db == "postgres" {
            // that a server begins to listen is told as well: what came before was not heard
            assert_eq!(heard(&mut own).await.what, What::Anything);
            assert_eq!(heard(&mut other).await.what, What::Anything);
        }
        let top = node(None, "Staden");
        write(&here, &top, true).await;
        let first = heard(&mut own).await;
        assert_eq!(first.what, What::In(Area::Organisation, top.id), "{db}");
        if db == "postgres" {
            assert_eq!(heard(&mut other).await.what, What::In(Area::Organisation, top.id), "{db}");
        }
        write(&here, &node(Some(top.id), "Ångrad"), false).await;
        let unit = node(Some(top.id), "Enheten");
        write(&here, &unit, true).await;
        let second = heard(&mut own).await;
        assert_eq!(
            (second.what, second.seq.open),
            (What::In(Area::Organisation, unit.id), first.seq.open + 1),
            "{db}: the undone is not told"
        );
        assert!(own.try_recv().is_err(), "{db}");
        assert_eq!(here.seq(), second.seq, "{db}");
        for task in listening {
            task.abort();
        }
    }
}

#[tokio::test]
async fn when_the_database_has_been_away_everybody_is_told_that_anything_may_have_changed_and_hears_again() {
    let Some((url, mut cluster)) = crate::common::own_database().await else { return };
    let name = url.rsplit('/').next().and_then(|n| n.split('?').next()).unwrap().to_owned();
    let here = Store::connect(&url).await.unwrap();
    here.migrate().await.unwrap();
    let task = tokio::spawn({
        let here = here.clone();
        async move { here.listen().await }
    });
    let mut changes = here.subscribe();
    assert_eq!(heard(&mut changes).await.what, What::Anything);
    let top = node(None, "Staden");
    write(&here, &top, true).await;
    assert_eq!(heard(&mut changes).await.what, What::In(Area::Organisation, top.id));

    // what a restart does to those who are connected: the lines are cut, and for a while nobody is let in
    let closed = format!("alter database {name} with allow_connections false");
    cluster.execute(AssertSqlSafe(closed)).await.unwrap();
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()";
    sqlx::query(cut).bind(&name).execute(&mut cluster).await.unwrap();
    assert!(changes.try_recv().is_err(), "nothing is said while it is away");
    let opened = format!("alter database {name} with allow_connections true");
    cluster.execute(AssertSqlSafe(opened)).await.unwrap();

    assert_eq!(heard(&mut changes).await.what, What::Anything, "anything may have changed");
    let unit = node(Some(top.id), "Enheten");
    write(&here, &unit, true).await;
    let next = heard(&mut changes).await.what;
    assert_eq!(next, What::In(Area::Organisation, unit.id), "and the next commit is heard");
    task.abort();
    cluster.close().await.unwrap();
}
