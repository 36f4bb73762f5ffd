//! The story of ids that forms bring: who and what can be named in a unit, and an id that is something else's already; on
//! SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    aktivitet, apt,
    atgard::{self, Source},
    egenkontroll, enkat,
    id::{AptId, AtgardId, EgenkontrollId, EnkatId, GrantId, GruppId, NodeId, OccurrenceId, PersonId, ScheduleId},
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::form::Fields,
    schedule::Responsible,
};
use store::{
    Error, Store, Tx,
    belongs::{Second, check},
    person::NewPerson,
};
use uuid::Uuid;

const YEAR: i32 = 2026;

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, m, d).unwrap()
}

fn now() -> DateTime<Utc> {
    day(11, 23).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// An avdelning with a unit that has a group, and another unit.
struct World {
    avdelning: NodeId,
    unit: NodeId,
    arbetsgrupp: NodeId,
    other: NodeId,
}

async fn node(tx: &mut Tx, parent: Option<NodeId>, kind: NodeKind, name: &str) -> NodeId {
    let id = NodeId::new();
    let node = Node { id, parent, kind, name: name.into(), active: true, version: 1 };
    store::organisation::create_node(tx, now(), &node).await.unwrap();
    id
}

async fn world(tx: &mut Tx) -> World {
    let avdelning = node(tx, None, NodeKind::Avdelning, "Avdelningen").await;
    let unit = node(tx, Some(avdelning), NodeKind::Enhet, "Norra").await;
    let arbetsgrupp = node(tx, Some(unit), NodeKind::Arbetsgrupp, "Grupp 1").await;
    let other = node(tx, Some(avdelning), NodeKind::Enhet, "Södra").await;
    World { avdelning, unit, arbetsgrupp, other }
}

async fn person(tx: &mut Tx, role: Role, node: NodeId) -> PersonId {
    let id = PersonId::new();
    let (name, email) = (role.label().to_owned(), format!("{id}@demo.se"));
    let new = NewPerson { id, name, email, password_hash: "x".into(), roles: vec![(role, node)] };
    store::person::create(tx, now(), &new).await.unwrap();
    id
}

fn control(responsible: Responsible) -> egenkontroll::Content {
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        responsible: responsible.code(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    egenkontroll::check(&form, YEAR).unwrap()
}

/// The fields that are refused.
fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> Vec<String> {
    match done {
        Err(Error::Invalid(faults)) => faults.into_iter().map(|f| f.field).collect(),
        other => panic!("was not refused in words: {other:?}"),
    }
}

async fn stores() -> Vec<(&'static str, Store)> {
    crate::common::stores().await
}

#[tokio::test]
async fn who_works_in_the_unit_above_it_or_in_its_groups_can_be_named_and_nobody_else() {
    for (db, store) in stores().await {
        let mut tx = store.system(true).await.unwrap();
        let w = world(&mut tx).await;
        for (role, at, expected) in [
            (Role::Enhetschef, w.unit, true),
            (Role::Medarbetare, w.arbetsgrupp, true),
            (Role::Controller, w.avdelning, true),
            (Role::Enhetschef, w.other, false),
            (Role::Admin, w.unit, false),
        ] {
            let who = person(&mut tx, role, at).await;
            let asked = check(&mut tx, w.unit, [("who", Second::Person(who))]).await;
            assert_eq!(asked.is_ok(), expected, "{db}: {role:?}");
            store::person::set_active(&mut tx, now(), who, 1, false).await.ok();
            let gone = check(&mut tx, w.unit, [("who", Second::Person(who))]).await;
            assert!(gone.is_err(), "{db}: {role:?} has no account any more");
        }
        let named =
            [("a", Second::Person(PersonId::new())), ("b", Second::Nothing), ("c", Second::Grupp(GruppId::new()))];
        assert_eq!(refused(check(&mut tx, w.unit, named).await), ["a", "c"], "{db}: all that is wrong is told at once");
    }
}

#[tokio::test]
async fn who_has_left_the_unit_stays_in_what_is_theirs_until_somebody_else_is_chosen() {
    for (db, store) in stores().await {
        let mut tx = store.system(true).await.unwrap();
        let w = world(&mut tx).await;
        let here = person(&mut tx, Role::Medarbetare, w.unit).await;
        let there = person(&mut tx, Role::Medarbetare, w.other).await;
        let (id, other) = (EgenkontrollId::new(), control(Responsible::Person(there)));
        let new = store::plan::create(&mut tx, now(), EgenkontrollId::new(), w.unit, YEAR, &other).await;
        assert_eq!(refused(new), ["responsible"], "{db}");
        let mine = control(Responsible::Person(here));
        store::plan::create(&mut tx, now(), id, w.unit, YEAR, &mine).await.unwrap();
        let grant = store::person::get(&mut tx, here).await.unwrap().roles[0].id;
        store::person::add_role(&mut tx, now(), GrantId::new(), here, Role::Medarbetare, w.other).await.unwrap();
        store::person::remove_role(&mut tx, now(), grant).await.unwrap();
        let same = egenkontroll::Content { vad: "Tio ärenden".into(), ..mine };
        store::plan::update(&mut tx, now(), id, 1, &same).await.unwrap();
        assert_eq!(
            store::plan::copy_plan::<domain::egenkontroll::Content>(&mut tx, now(), w.unit, YEAR, YEAR + 1)
                .await
                .unwrap(),
            1,
            "{db}"
        );
        let changed = store::plan::update(&mut tx, now(), id, 2, &other).await;
        assert_eq!(refused(changed), ["responsible"], "{db}");
    }
}

#[tokio::test]
async fn what_has_the_id_of_something_else_is_not_made_and_lays_hands_on_nothing() {
    for (db, store) in stores().await {
        let mut tx = store.system(true).await.unwrap();
        let w = world(&mut tx).await;
        let (id, chef) = (EgenkontrollId::new(), Responsible::Role(Role::Enhetschef));
        for _ in 0..2 {
            store::plan::create(&mut tx, now(), id, w.other, YEAR, &control(chef)).await.unwrap();
        }
        let theirs = store::schedule::of_source(&mut tx, id.0).await.unwrap().remove(0);
        let again = store::plan::create(&mut tx, now(), id, w.unit, YEAR, &control(chef)).await;
        assert_eq!(refused(again), ["id"], "{db}: another unit's row");
        let free = aktivitet::Content {
            title: "Planeringsdag".into(),
            description: String::new(),
            category: domain::schedule::Category::Mote,
            responsible: Responsible::Nobody,
            recurrence: domain::recurrence::Recurrence::Once,
            start: None,
            end: Some(day(12, 3)),
            hours: None,
        };
        let meeting = apt::Content {
            kind: apt::Kind::Apt,
            on: day(12, 9),
            time: String::new(),
            place: String::new(),
            chair: None,
            secretary: None,
        };
        let survey = enkat::Form {
            title: "Samtal".into(),
            kanal: "telefon".into(),
            grain: "manad".into(),
            first: "2026-01-01".into(),
            last: "2026-12-31".into(),
            ..enkat::Form::default()
        };
        let survey = enkat::check(&survey, NaiveDate::default()).unwrap();
        let todo = atgard::Content {
            title: "Byt larm".into(),
            why: String::new(),
            responsible: chef,
            due: day(12, 1),
            follow_up: None,
        };
        // the row itself, and its schedule: both are found by the id that something new would have
        for taken in [id.0, theirs.id.0] {
            refused(store::aktivitet::create(&mut tx, now(), ScheduleId(taken), w.unit, YEAR, &free).await);
            refused(store::apt::create(&mut tx, now(), AptId(taken), w.unit, &meeting, None).await);
            refused(store::enkat::create(&mut tx, now(), EnkatId(taken), w.unit, &survey).await);
            let (now, today, id) = (now(), day(11, 23), AtgardId(taken));
            refused(store::atgard::create(&mut tx, now, today, id, w.unit, Source::Egen, &todo).await);
        }
        let after = store::schedule::of_source(&mut tx, id.0).await.unwrap();
        assert_eq!(after, [theirs], "{db}: nothing of the other unit has changed");
        // a meeting's own mark is nobody else's, whatever the id of the form
        let mote = AptId::new();
        for _ in 0..2 {
            store::apt::create(&mut tx, now(), mote, w.unit, &meeting, None).await.unwrap();
        }
        let mark = store::apt::get(&mut tx, mote).await.unwrap().occurrence.unwrap();
        check(&mut tx, w.unit, [("mark", Second::Mark(mark))]).await.unwrap();
        assert_eq!(refused(check(&mut tx, w.other, [("mark", Second::Mark(mark))]).await), ["mark"], "{db}");
    }
}

#[tokio::test]
async fn a_meeting_takes_no_control_for_its_mark() {
    for (db, store) in stores().await {
        let mut tx = store.system(true).await.unwrap();
        let w = world(&mut tx).await;
        let chef = person(&mut tx, Role::Enhetschef, w.unit).await;
        let id = EgenkontrollId::new();
        store::plan::create(&mut tx, now(), id, w.unit, YEAR, &control(Responsible::Nobody)).await.unwrap();
        let actor = store::person::actor(&mut tx, chef, 1).await.unwrap().unwrap();
        let items = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
        let content = apt::Content {
            kind: apt::Kind::Apt,
            on: day(12, 9),
            time: String::new(),
            place: String::new(),
            chair: Some(chef),
            secretary: Some(PersonId::new()),
        };
        for mark in [items[11].occurrence.id, OccurrenceId(Uuid::new_v4())] {
            let made = store::apt::create(&mut tx, now(), AptId::new(), w.unit, &content, Some(mark)).await;
            assert_eq!(refused(made), ["mark", "secretary"], "{db}");
        }
    }
}
