//! The story of a förslag: said with and without a name, moved on by two, turned down, made an åtgärd; on SQLite and
//! PostgreSQL.

#![allow(clippy::unwrap_used)]

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    event::{Changed, What},
    forslag::{Kind, State},
    id::{ForslagId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    person::Actor,
};
use store::{Error, Store, Target, forslag, history, person::NewPerson};
use tokio::{sync::broadcast::Receiver, time::timeout};

use crate::{
    Brought,
    race::table::{Elsewhere, Own, Where},
    sent::{self, make},
};

pub const BROUGHT: Brought = Brought {
    kept: &[
        ("forslag::create", Own),
        ("forslag::scatter", Elsewhere("forslag: who moves one on meanwhile waits and then finds it")),
        ("forslag::set_state", Where),
    ],
    makes: &[(
        "forslag::create",
        make!(|tx, w, id, text| {
            let said = (Kind::Forslag, text, false);
            forslag::create(tx, (sent::now(), sent::today()), ForslagId(id), w.unit, said).await
        }),
    )],
};

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
        forslag::scatter(&store, today()).await.unwrap();
        let mut tx = store.read(&chef, Target::Node(unit, Area::Forslag), Action::View).await.unwrap();
        let list = forslag::list(&mut tx, unit).await.unwrap();
        assert_eq!(list.len(), 2, "{db}: sent twice is one, and written anew it is still there");
        let of = |id| list.iter().find(|f| f.id == id).unwrap();
        assert_eq!((of(unnamed).who.as_str(), of(named).who.as_str()), ("", "Handläggare 1"), "{db}");
        assert_eq!((of(unnamed).on, of(unnamed).version), (today(), 1), "{db}: the day stands in the row");
        let told = history::list(&mut tx, &[unnamed.0]).await.unwrap();
        assert!(told.is_empty(), "{db}: a row of the history would tell the order");
        let told = history::list(&mut tx, &[named.0]).await.unwrap();
        assert_eq!((told[0].who.as_str(), told[0].at), ("Handläggare 1", now()), "{db}");
    }
}

#[tokio::test]
async fn open_screens_hear_of_what_has_a_name_at_once_and_of_the_rest_together() {
    for (db, store) in crate::common::stores().await {
        let listening = tokio::spawn({
            let store = store.clone();
            async move { store.listen().await }
        });
        let (unit, handlaggare, _) = world(&store).await;
        let mut heard = store.subscribe();
        say(&store, unit, &handlaggare, ("Egen kö", false)).await;
        say(&store, unit, &handlaggare, ("Egen skrivare", false)).await;
        say(&store, unit, &handlaggare, ("Kaffe på APT", true)).await;
        let told = What::In(Area::Forslag, unit);
        let next = async |heard: &mut Receiver<Changed>| loop {
            let event = timeout(Duration::from_secs(10), heard.recv()).await.expect("it is heard").unwrap();
            if matches!(event.what, What::In(Area::Forslag, _)) {
                return event.what;
            }
        };
        assert_eq!(next(&mut heard).await, told, "{db}: that which is named");
        assert!(heard.try_recv().is_err(), "{db}: nothing of the others");
        store.tell_gathered().await.unwrap();
        assert_eq!(next(&mut heard).await, told, "{db}");
        store.tell_gathered().await.unwrap();
        assert!(heard.try_recv().is_err(), "{db}: once, however many came");
        listening.abort();
    }
}

#[tokio::test]
async fn of_two_who_move_it_on_at_once_the_later_is_told_and_only_those_who_lead_may() {
    for (db, store) in crate::common::stores().await {
        let (unit, handlaggare, chef) = world(&store).await;
        let id = say(&store, unit, &handlaggare, ("Egen kö", false)).await;
        let denied = store.write(&handlaggare, Target::Thing(Area::Forslag, id.0), Action::Edit).await;
        assert!(matches!(denied, Err(Error::Forbidden)), "{db}");
        let mut tx = store.write(&chef, Target::Thing(Area::Forslag, id.0), Action::Edit).await.unwrap();
        let seen = forslag::get(&mut tx, id).await.unwrap();
        let when = (now(), today());
        forslag::set_state(&mut tx, when, &seen, seen.version, (State::Diskuteras, "")).await.unwrap();
        let late = forslag::set_state(&mut tx, when, &seen, seen.version, (State::Avslagen, "Nej")).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}");
        tx.commit().await.unwrap();
        let mut tx = store.read(&handlaggare, Target::Thing(Area::Forslag, id.0), Action::View).await.unwrap();
        assert_eq!(forslag::get(&mut tx, id).await.unwrap().state, State::Diskuteras, "{db}");
    }
}
