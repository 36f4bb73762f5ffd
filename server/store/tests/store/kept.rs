//! The story of what is kept in memory in a city of many units: what changes in one of them is seen there and by all above it,
//! whoever changed it, and what is kept of the others is not read again.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    atgora::{Tally, open::Open},
    id::{NodeId, PersonId},
    organisation::Tree,
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::Recurrence,
    schedule::Responsible,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::{
    Store, Target, WATCHED,
    occurrence::{self, sums},
    one_snapshot, organisation, person,
};

use crate::plan::{World, day, now, today};

/// Two servers on one database, with a control at each of two units.
async fn cities() -> (crate::common::Folder, Vec<(&'static str, World, World)>) {
    let (folder, pairs) = crate::common::pairs().await;
    let mut cities = Vec::new();
    for (db, [ours, theirs]) in pairs {
        let ours = World::new(ours).await;
        for unit in [ours.unit, ours.other] {
            ours.add_control_at(unit, Responsible::Role(Role::Enhetschef), Recurrence::Monthly, false).await;
        }
        let theirs = ours.at(theirs);
        cities.push((db, ours, theirs));
    }
    (folder, cities)
}

type Sums = Vec<(NodeId, Arc<[Open]>)>;

/// What a page that lists both units asks for, as a request does.
async fn look(store: &Store, who: &Actor, units: &[NodeId]) -> (Sums, i64) {
    one_snapshot(async {
        let mut tx = store.read(who, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let sums = sums::of(&mut tx, units, sums::horizon(today())).await.unwrap();
        (sums, occurrence::late_count(&mut tx, who, today()).await.unwrap())
    })
    .await
}

fn late(sums: &Sums) -> Vec<i64> {
    sums.iter().map(|(_, open)| Tally::of_open(open.iter(), today()).late).collect()
}

#[tokio::test]
async fn what_changes_in_a_unit_is_seen_there_and_above_and_the_other_unit_is_not_read_again() {
    let (_folder, cities) = cities().await;
    for (db, ours, theirs) in cities {
        let units = [ours.unit, ours.other];
        let controller = ours.person(Role::Controller, ours.avdelning).await;
        let top = ours.person(Role::Enhetschef, ours.avdelning).await;
        let chefer = [ours.person(Role::Enhetschef, ours.unit).await, ours.person(Role::Enhetschef, ours.other).await];
        let (before, none) = look(&ours.store, &controller, &units).await;
        assert_eq!((late(&before), none), (vec![10, 10], 0), "{db}: the controller is late with nothing");
        let counts = async || {
            let mut out = Vec::new();
            for (who, units) in [(&chefer[0], &units[..1]), (&chefer[1], &units[1..]), (&top, &units[..])] {
                out.push(look(&ours.store, who, units).await.1);
            }
            out
        };
        assert_eq!(counts().await, [10, 10, 20], "{db}");
        let same = look(&ours.store, &controller, &units).await.0;
        assert!((0..2).all(|n| Arc::ptr_eq(&before[n].1, &same[n].1)), "{db}: kept");

        // another server ticks at the first unit
        let item = theirs.items(&chefer[0], units[0]).await.remove(0);
        theirs.tick(&chefer[0], &item, 1).await.unwrap();
        let (after, _) = look(&ours.store, &controller, &units).await;
        assert_eq!(late(&after), [9, 10], "{db}");
        assert!(Arc::ptr_eq(&before[1].1, &after[1].1), "{db}: the other unit was not asked about");
        assert!(!Arc::ptr_eq(&before[0].1, &after[0].1), "{db}");
        assert_eq!(counts().await, [9, 10, 19], "{db}");

        // a case that comes in, and somebody who logs in, change no plan
        let mut tx = theirs.store.system(true).await.unwrap();
        store::session::save(&mut tx, "id", "{}", 1).await.unwrap();
        tx.commit().await.unwrap();
        let (still, _) = look(&ours.store, &controller, &units).await;
        assert!((0..2).all(|n| Arc::ptr_eq(&after[n].1, &still[n].1)), "{db}");
    }
}

#[tokio::test]
async fn a_control_of_the_avdelning_that_lies_on_units_is_seen_to_change_in_each() {
    let (_folder, cities) = cities().await;
    for (db, ours, theirs) in cities {
        let units = [ours.unit, ours.other];
        let top = ours.person(Role::Enhetschef, ours.avdelning).await;
        assert_eq!(look(&ours.store, &top, &units).await.1, 20, "{db}");
        let who = Responsible::Role(Role::Enhetschef);
        let id = theirs.add_control_at(ours.avdelning, who, Recurrence::Monthly, true).await;
        let (sums, all) = look(&ours.store, &top, &units).await;
        assert_eq!((late(&sums), all), (vec![20, 20], 40), "{db}");
        // its schedule is the avdelning's, and what is removed is gone from the units
        let mut tx = theirs.store.system(true).await.unwrap();
        store::plan::remove(&mut tx, now(), id, "Görs inte").await.unwrap();
        tx.commit().await.unwrap();
        let (sums, all) = look(&ours.store, &top, &units).await;
        assert_eq!((late(&sums), all), (vec![10, 10], 20), "{db}");
    }
}

#[tokio::test]
async fn who_loses_a_role_and_a_unit_that_is_renamed_are_seen_at_the_next_look() {
    let (_folder, cities) = cities().await;
    for (db, ours, theirs) in cities {
        let chef = ours.person(Role::Enhetschef, ours.unit).await;
        let other = ours.person(Role::Enhetschef, ours.other).await;
        let actor = async |who: PersonId| {
            one_snapshot(async {
                let mut tx = ours.store.system(false).await.unwrap();
                person::actor(&mut tx, who, 1).await.unwrap().unwrap()
            })
            .await
        };
        let first = [actor(chef.person).await, actor(other.person).await];
        assert!(Arc::ptr_eq(&first[0].tree, &first[1].tree), "{db}: one tree for all");
        let mut tx = theirs.store.system(true).await.unwrap();
        let grant = person::get(&mut tx, chef.person).await.unwrap().roles[0].id;
        person::remove_role(&mut tx, now(), grant).await.unwrap();
        tx.commit().await.unwrap();
        assert!(actor(chef.person).await.grants.0.is_empty(), "{db}");
        assert!(Arc::ptr_eq(&actor(other.person).await, &first[1]), "{db}: others' roles are kept");

        let mut tx = theirs.store.system(true).await.unwrap();
        organisation::update_node(&mut tx, now(), ours.unit, 1, "Nya namnet", true).await.unwrap();
        tx.commit().await.unwrap();
        let tree: Arc<Tree> = Arc::clone(&actor(other.person).await.tree);
        assert_eq!(tree.name(ours.unit), "Nya namnet", "{db}");
        // a name that stands in the lists of others
        let items = async || ours.items(&other, ours.other).await;
        let tick = items().await.remove(0);
        ours.tick(&other, &tick, 1).await.unwrap();
        assert_eq!(items().await[0].performed_by_label, "Enhetschef", "{db}");
        let mut tx = theirs.store.system(true).await.unwrap();
        let whose = person::get(&mut tx, other.person).await.unwrap();
        person::update(&mut tx, now(), other.person, whose.version, "Chefen", &whose.email).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(items().await[0].performed_by_label, "Chefen", "{db}");
    }
}

#[tokio::test]
async fn of_two_who_write_at_once_the_one_that_began_first_and_ends_last_is_seen_too() {
    let (_folder, cities) = cities().await;
    for (db, ours, theirs) in cities {
        // SQLite has one writer
        if db == "sqlite" {
            continue;
        }
        let units = [ours.unit, ours.other];
        let top = ours.person(Role::Enhetschef, ours.avdelning).await;
        let items = ours.items(&top, ours.unit).await;
        assert_eq!(look(&ours.store, &top, &units).await.1, 20);
        let tick = domain::occurrence::Tick { performed_on: today(), ..Default::default() };
        let (mut first, mut second) =
            (ours.store.system(true).await.unwrap(), theirs.store.system(true).await.unwrap());
        // both at the same unit: neither waits for the other
        occurrence::tick(&mut first, now(), &items[0], 1, &tick).await.unwrap();
        occurrence::tick(&mut second, now(), &items[1], 1, &tick).await.unwrap();
        assert_eq!(look(&ours.store, &top, &units).await.1, 20, "neither is committed");
        second.commit().await.unwrap();
        assert_eq!(look(&ours.store, &top, &units).await.1, 19, "the second");
        first.commit().await.unwrap();
        assert_eq!(look(&ours.store, &top, &units).await.1, 18, "and the first, whose transaction is the older one");
        assert_eq!(look(&theirs.store, &top, &units).await.1, 18);
    }
}

#[tokio::test]
async fn a_server_that_slept_while_what_had_changed_was_forgotten_reads_all_anew() {
    let (_folder, cities) = cities().await;
    for (db, ours, theirs) in cities {
        let units = [ours.unit, ours.other];
        let top = ours.person(Role::Enhetschef, ours.avdelning).await;
        assert_eq!(look(&ours.store, &top, &units).await.1, 20, "{db}");
        let item = theirs.items(&top, ours.unit).await.remove(0);
        theirs.tick(&top, &item, 1).await.unwrap();
        for _ in 0..3 {
            let mut tx = theirs.store.system(true).await.unwrap();
            tx.forget_changes().await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(look(&ours.store, &top, &units).await.1, 19, "{db}");
        let before = look(&ours.store, &top, &units).await.0;
        // who has looked since forgets nothing
        let mut tx = theirs.store.system(true).await.unwrap();
        tx.forget_changes().await.unwrap();
        tx.commit().await.unwrap();
        let after = look(&ours.store, &top, &units).await.0;
        assert!((0..2).all(|n| Arc::ptr_eq(&before[n].1, &after[n].1)), "{db}");
        assert_eq!(late(&after), [9, 10], "{db}");
    }
}

#[tokio::test]
async fn of_more_than_a_list_holds_the_first_last_days_are_listed_and_the_rest_is_counted() {
    let (_folder, cities) = cities().await;
    for (db, ours, _) in cities {
        let units = [ours.unit, ours.other];
        let top = ours.person(Role::Enhetschef, ours.avdelning).await;
        let until = sums::horizon(today());
        let mut tx = ours.store.read(&top, Target::Anywhere(Area::Aktivitet), Action::View).await.unwrap();
        let open = sums::of(&mut tx, &units, until).await.unwrap();
        for (most, listed) in [(300, 24), (5, 5)] {
            let (items, total) = sums::first(&mut tx, &top, &open, most, until, |_, _| true, |_| true).await.unwrap();
            assert_eq!((items.len(), total), (listed, 24), "{db}");
            let months: Vec<u32> = items.iter().map(|i| i.occurrence.month()).take(5).collect();
            assert_eq!(months, [1, 1, 2, 2, 3], "{db}");
        }
        let october = |_: NodeId, open: &Open| open.due == day(2026, 10, 31);
        let (items, total) =
            sums::first(&mut tx, &top, &open, 300, until, october, |i| i.occurrence.month() == 10).await.unwrap();
        assert_eq!((items.len(), total), (2, 2), "{db}");
    }
}

/// The tables whose changes a database names, with the parts they are named as, and at what; as its triggers say.
async fn named(url: &str) -> (BTreeSet<(String, String)>, BTreeSet<(String, String)>) {
    let rows: Vec<(String, String, String)> = if url.starts_with("postgres") {
        let mut c = PgConnection::connect(url).await.unwrap();
        sqlx::query_as(
            "select cast(c.relname as text), cast(t.tgname as text), p.prosrc from pg_trigger t
             join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal",
        )
        .fetch_all(&mut c)
        .await
        .unwrap()
    } else {
        let mut c = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_as("select tbl_name, name, sql from sqlite_master where type = 'trigger'")
            .fetch_all(&mut c)
            .await
            .unwrap()
    };
    let parts = ["plan", "fall", "redovisat", "trad", "namn", "person", "serier", "siffror"];
    let named = rows.iter().flat_map(|(table, _, text)| {
        let of = |part: &&str| text.contains(&format!("'{part}'"));
        parts.iter().filter(move |part| of(part)).map(|part| (table.clone(), (*part).to_owned()))
    });
    (named.collect(), rows.iter().map(|(table, name, _)| (table.clone(), name.clone())).collect())
}

#[tokio::test]
async fn both_databases_name_the_changes_of_the_tables_that_what_is_kept_is_made_of() {
    let (_folder, urls) = crate::common::urls().await;
    let expected: BTreeSet<_> = WATCHED.iter().map(|(table, part)| ((*table).to_owned(), (*part).to_owned())).collect();
    let mut triggers = Vec::new();
    for (db, url) in urls {
        Store::connect(&url).await.unwrap().migrate().await.unwrap();
        let (named, all) = named(&url).await;
        assert_eq!(named, expected, "{db}");
        triggers.push(all);
    }
    assert!(triggers.windows(2).all(|pair| pair[0] == pair[1]), "{triggers:?}");
}
