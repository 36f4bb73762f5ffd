//! The story of a förslag: said with and without a name, moved on by two, turned down, made an åtgärd; on SQLite and
//! PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    forslag::{Kind, State},
    id::{ForslagId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
};
use store::{Error, Store, Target, forslag, history, person::NewPerson};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 41, 7).unwrap().and_utc()
}

async fn world(store: &Store) -> (NodeId, Arc<Actor>, Arc<Actor>) {
    let mut tx = store.system(true).await.unwrap();
    let node = |parent, kind, name: &str| Node {
        id: NodeId::new(),
        parent,
        kind,
        name: name.into(),
        active: true,
        version: 1,
    };
    let top = node(None, NodeKind::Organisation, "Staden");
    let unit = node(Some(top.id), NodeKind::Enhet, "Enheten");
    let unit_id = unit.id;
    for node in [top, unit] {
        store::organisation::create_node(&mut tx, now(), &node).await.unwrap();
    }
    let mut actors = Vec::new();
    for (role, name) in [(Role::Medarbetare, "Handläggare 1"), (Role::Enhetschef, "Enhetschef")] {
        let id = PersonId::new();
        let (email, password_hash) = (format!("{id}@demo.se"), "x".into());
        let new = NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, unit_id)] };
        store::person::create(&mut tx, now(), &new).await.unwrap();
        actors.push(store::person::actor(&mut tx, id, 1).await.unwrap().unwrap());
    }
    tx.commit().await.unwrap();
    (unit_id, actors[0].clone(), actors[1].clone())
}

async fn say(store: &Store, unit: NodeId, who: &Actor, (text, named): (&str, bool)) -> ForslagId {
    let id = ForslagId::new();
    for _ in 0..2 {
        let mut tx = store.write(who, Target::Node(unit, Area::Forslag), Action::TickOwn).await.unwrap();
        forslag::create(&mut tx, (now(), today()), id, unit, (Kind::Forslag, text, named)).await.unwrap();
        tx.commit().await.unwrap();
    }
    id
}

#[tokio::test]
async fn what_is_said_without_a_name_is_kept_without_one_everywhere() {
    for (db, store) in crate::common::stores().await {
        let (unit, handlaggare, chef) = world(&store).await;
        let unnamed = say(&store, unit, &handlaggare, ("Egen kö för nybesök", false)).await;
        let named = say(&store, unit, &handlaggare, ("Kaffe på APT", true)).await;
        let mut tx = store.read(&chef, Target::Node(unit, Area::Forslag), Action::View).await.unwrap();
        let list = forslag::list(&mut tx, unit).await.unwrap();
        assert_eq!(list.len(), 2, "{db}: sent twice is one");
        let who = |id| list.iter().find(|f| f.id == id).unwrap().who.clone();
        assert_eq!((who(unnamed).as_str(), who(named).as_str()), ("", "Handläggare 1"), "{db}");
        let told = history::list(&mut tx, &[unnamed.0]).await.unwrap();
        assert_eq!((told.len(), told[0].who.as_str()), (1, ""), "{db}");
        assert_ne!(told[0].at, now(), "{db}: not even the minute, which could be held beside who was at work");
        assert_eq!(history::list(&mut tx, &[named.0]).await.unwrap()[0].who, "Handläggare 1", "{db}");
    }
}

#[tokio::test]
async fn of_two_who_move_it_on_at_once_the_later_is_told_and_only_those_who_lead_may() {
    for (db, store) in crate::common::stores().await {
        let (unit, handlaggare, chef) = world(&store).await;
        let id = say(&store, unit, &handlaggare, ("Egen kö", false)).await;
        let denied = store.write(&handlaggare, Target::Forslag(id), Action::Edit).await;
        assert!(matches!(denied, Err(Error::Forbidden)), "{db}");
        let mut tx = store.write(&chef, Target::Forslag(id), Action::Edit).await.unwrap();
        let seen = forslag::get(&mut tx, id).await.unwrap();
        let when = (now(), today());
        forslag::set_state(&mut tx, when, &seen, seen.version, (State::Diskuteras, "")).await.unwrap();
        let late = forslag::set_state(&mut tx, when, &seen, seen.version, (State::Avslagen, "Nej")).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        tx.commit().await.unwrap();
        let mut tx = store.read(&handlaggare, Target::Forslag(id), Action::View).await.unwrap();
        assert_eq!(forslag::get(&mut tx, id).await.unwrap().state, State::Diskuteras, "{db}");
    }
}
