//! The story of who gives whom what: who sees it, who has to confirm it, what is left of it and for how long.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{GrantId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    person::Actor,
    sakerhet::Slag,
};
use store::{
    Error, Store, Tx, device, organisation, person,
    sakerhet::{
        self, Urval,
        bekraftelse::{self, Gjort},
    },
    session,
};

const NOW: DateTime<Utc> = DateTime::from_timestamp_nanos(1_790_000_000_000_000_000);

struct World {
    store: Store,
    db: &'static str,
    root: NodeId,
    unit: NodeId,
    other_unit: NodeId,
    admin: PersonId,
    second: PersonId,
    chef: PersonId,
    medarbetare: PersonId,
}

impl World {
    async fn of(db: &'static str, store: Store) -> Self {
        let mut tx = store.system(true).await.unwrap();
        let mut nodes = Vec::new();
        for (kind, name) in
            [(NodeKind::Organisation, "Staden"), (NodeKind::Enhet, "Bromma"), (NodeKind::Enhet, "Västra enheten")]
        {
            let parent = nodes.first().copied();
            let node = Node { id: NodeId::new(), parent, kind, name: name.into(), active: true, version: 1 };
            organisation::create_node(&mut tx, NOW, &node).await.unwrap();
            nodes.push(node.id);
        }
        let mut persons = Vec::new();
        for (name, role, node) in [
            ("Administratör 1", Role::Admin, nodes[0]),
            ("Administratör 2", Role::Admin, nodes[0]),
            ("Enhetschef", Role::Enhetschef, nodes[1]),
            ("Handläggare", Role::Medarbetare, nodes[1]),
        ] {
            let email = format!("{}@demo.se", name.replace(' ', "").to_lowercase());
            let (id, password_hash) = (PersonId::new(), "hash".to_owned());
            let new = person::NewPerson { id, name: name.into(), email, password_hash, roles: vec![(role, node)] };
            person::create(&mut tx, NOW, &new).await.unwrap();
            persons.push(id);
        }
        tx.commit().await.unwrap();
        Self {
            store,
            db,
            root: nodes[0],
            unit: nodes[1],
            other_unit: nodes[2],
            admin: persons[0],
            second: persons[1],
            chef: persons[2],
            medarbetare: persons[3],
        }
    }

    async fn by(&self, person: PersonId) -> Tx {
        let mut tx = self.store.system(true).await.unwrap();
        tx.act_as(person);
        tx
    }

    async fn actor(&self, person: PersonId) -> Arc<Actor> {
        let mut tx = self.store.system(true).await.unwrap();
        let email = person::get(&mut tx, person).await.unwrap().email;
        let epoch = person::credentials(&mut tx, &email).await.unwrap().unwrap().session_epoch;
        person::actor(&mut tx, person, epoch).await.unwrap().unwrap()
    }

    async fn give(&self, by: PersonId, to: PersonId, role: Role, node: NodeId) -> Gjort {
        let actor = self.actor(by).await;
        let mut tx = self.by(by).await;
        let done = bekraftelse::give(&mut tx, NOW, &actor, GrantId::new(), (to, role, node)).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    async fn told(&self, person: PersonId) -> Vec<String> {
        let mut tx = self.store.system(false).await.unwrap();
        sakerhet::unseen(&mut tx, person).await.unwrap().iter().map(domain::sakerhet::Notis::sentence).collect()
    }

    async fn holds(&self, person: PersonId, role: Role) -> bool {
        let mut tx = self.store.system(false).await.unwrap();
        person::get(&mut tx, person).await.unwrap().roles.iter().any(|g| g.role == role)
    }
}

async fn worlds() -> Vec<World> {
    let mut out = Vec::new();
    for (name, store) in crate::common::stores().await {
        out.push(World::of(name, store).await);
    }
    out
}

#[tokio::test]
async fn who_makes_herself_chef_is_seen_by_the_chefer_until_each_has_said_so() {
    for w in worlds().await {
        assert!(w.told(w.chef).await.is_empty(), "{}: the first people are nobody's news", w.db);
        assert_eq!(w.give(w.admin, w.admin, Role::Enhetschef, w.unit).await, Gjort::Nu, "{}", w.db);
        let sentence = "Administratör 1 har gett Administratör 1 rollen Enhetschef, Bromma.";
        assert_eq!(w.told(w.chef).await, [sentence], "{}", w.db);
        assert_eq!(w.told(w.admin).await, ["Administratör 1 har gett dig rollen Enhetschef, Bromma."], "{}", w.db);
        assert!(w.told(w.medarbetare).await.is_empty() && w.told(w.second).await.is_empty(), "{}", w.db);

        let mut tx = w.store.system(true).await.unwrap();
        let hers = sakerhet::unseen(&mut tx, w.chef).await.unwrap()[0].id;
        sakerhet::see(&mut tx, w.admin, hers).await.unwrap();
        let left = sakerhet::unseen(&mut tx, w.chef).await.unwrap().len();
        assert_eq!(left, 1, "{}: nobody sees it in another's place", w.db);
        sakerhet::see(&mut tx, w.chef, hers).await.unwrap();
        sakerhet::see(&mut tx, w.chef, hers).await.unwrap();
        tx.commit().await.unwrap();
        assert!(w.told(w.chef).await.is_empty(), "{}", w.db);
        assert_eq!(w.told(w.admin).await.len(), 1, "{}", w.db);
    }
}

#[tokio::test]
async fn a_role_above_is_seen_by_the_chefer_below_and_an_ordinary_one_by_nobody() {
    for w in worlds().await {
        w.give(w.admin, w.second, Role::LexSarah, w.root).await;
        assert_eq!(w.told(w.chef).await.len(), 1, "{}", w.db);
        w.give(w.admin, w.medarbetare, Role::Metodutvecklare, w.unit).await;
        assert_eq!(w.told(w.chef).await.len(), 1, "{}", w.db);
        w.give(w.admin, w.second, Role::Enhetschef, w.other_unit).await;
        assert_eq!(w.told(w.chef).await.len(), 1, "{}: another unit", w.db);
        w.give(w.admin, w.admin, Role::Medarbetare, w.unit).await;
        assert_eq!(w.told(w.chef).await.len(), 2, "{}: any role to oneself", w.db);
    }
}

#[tokio::test]
async fn a_new_password_for_a_chef_is_for_one_time_and_is_seen() {
    for w in worlds().await {
        let mut tx = w.by(w.admin).await;
        device::logged_in(&mut tx, "enhet", w.chef, NOW.timestamp()).await.unwrap();
        person::set_password(&mut tx, NOW, w.chef, "hash-2").await.unwrap();
        person::set_password(&mut tx, NOW, w.medarbetare, "hash-2").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.told(w.chef).await, ["Administratör 1 har gett dig ett nytt engångslösenord."], "{}", w.db);
        assert!(w.told(w.medarbetare).await.is_empty(), "{}", w.db);
        let must = async |w: &World| {
            let mut tx = w.store.system(false).await.unwrap();
            person::credentials(&mut tx, "enhetschef@demo.se").await.unwrap().unwrap().must_change
        };
        assert!(must(&w).await, "{}", w.db);
        let mut tx = w.by(w.chef).await;
        assert!(!device::known(&mut tx, "enhet").await.unwrap(), "{}: the old devices are not known", w.db);
        person::set_password(&mut tx, NOW, w.chef, "hash-3").await.unwrap();
        tx.commit().await.unwrap();
        assert!(!must(&w).await, "{}", w.db);
    }
}

#[tokio::test]
async fn with_two_administrators_a_role_waits_for_the_second_one() {
    for w in worlds().await {
        let mut tx = w.by(w.admin).await;
        bekraftelse::turn_on(&mut tx, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.give(w.admin, w.admin, Role::LexSarah, w.unit).await, Gjort::Vantar, "{}", w.db);
        assert_eq!(w.give(w.admin, w.admin, Role::LexSarah, w.unit).await, Gjort::Vantar, "{}", w.db);
        assert!(!w.holds(w.admin, Role::LexSarah).await, "{}", w.db);
        assert_eq!(w.give(w.admin, w.medarbetare, Role::Metodutvecklare, w.unit).await, Gjort::Nu, "{}", w.db);
        // nobody leads the other unit: its first chef is not held up, the next one is
        assert_eq!(w.give(w.admin, w.medarbetare, Role::Enhetschef, w.other_unit).await, Gjort::Nu, "{}", w.db);
        assert_eq!(w.give(w.admin, w.admin, Role::Enhetschef, w.other_unit).await, Gjort::Vantar, "{}", w.db);
        assert_eq!(w.give(w.admin, w.admin, Role::Enhetschef, w.root).await, Gjort::Vantar, "{}", w.db);
        // a chef who is put out makes nobody the first one
        let mut tx = w.by(w.admin).await;
        let chef = person::get(&mut tx, w.chef).await.unwrap();
        person::remove_role(&mut tx, NOW, chef.roles[0].id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.give(w.admin, w.second, Role::Enhetschef, w.unit).await, Gjort::Vantar, "{}", w.db);
        let mut tx = w.by(w.second).await;
        person::add_role(&mut tx, NOW, GrantId::new(), w.chef, Role::Enhetschef, w.unit).await.unwrap();
        for notis in sakerhet::unseen(&mut tx, w.chef).await.unwrap().iter() {
            sakerhet::see(&mut tx, w.chef, notis.id).await.unwrap();
        }
        tx.commit().await.unwrap();

        let mut tx = w.by(w.admin).await;
        let waits = bekraftelse::list(&mut tx).await.unwrap();
        assert_eq!(waits.len(), 4, "{}: the same twice is once", w.db);
        let alone = bekraftelse::confirm(&mut tx, NOW, waits[0].id).await;
        assert!(matches!(alone, Err(Error::Forbidden)), "{}: not by herself", w.db);
        drop(tx);
        let mut tx = w.by(w.second).await;
        bekraftelse::confirm(&mut tx, NOW, waits[0].id).await.unwrap();
        let again = bekraftelse::confirm(&mut tx, NOW, waits[0].id).await;
        assert!(matches!(again, Err(Error::NotFound)), "{}", w.db);
        bekraftelse::decline(&mut tx, NOW, waits[1].id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(w.holds(w.admin, Role::LexSarah).await, "{}", w.db);
        assert!(!w.holds(w.admin, Role::Enhetschef).await, "{}", w.db);
        assert_eq!(w.told(w.chef).await.len(), 1, "{}: and it is seen all the same", w.db);
    }
}

#[tokio::test]
async fn one_administrator_alone_gets_past_two_by_no_way_round() {
    for w in worlds().await {
        let mut tx = w.by(w.admin).await;
        bekraftelse::turn_on(&mut tx, NOW).await.unwrap();
        // the other one cannot be put out
        assert!(bekraftelse::is_needed(&mut tx, w.second).await.unwrap(), "{}", w.db);
        // the setting itself goes off by two
        bekraftelse::ask_off(&mut tx, NOW).await.unwrap();
        assert!(bekraftelse::is_on(&mut tx).await.unwrap(), "{}", w.db);
        // an account of one's own making, or the other's after a new password, is no second pair of eyes
        person::set_password(&mut tx, NOW, w.second, "hash-2").await.unwrap();
        let off = bekraftelse::list(&mut tx).await.unwrap()[0].id;
        tx.act_as(w.second);
        let borrowed = bekraftelse::confirm(&mut tx, NOW + TimeDelta::days(3), off).await;
        assert!(matches!(borrowed, Err(Error::Forbidden)), "{}", w.db);
        bekraftelse::confirm(&mut tx, NOW + TimeDelta::days(40), off).await.unwrap();
        assert!(!bekraftelse::is_on(&mut tx).await.unwrap(), "{}", w.db);
        tx.commit().await.unwrap();
        // a third administrator is made with a second one only, when that is on
        let mut tx = w.by(w.admin).await;
        bekraftelse::turn_on(&mut tx, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.give(w.admin, w.medarbetare, Role::Admin, w.root).await, Gjort::Vantar, "{}", w.db);
    }
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_finds_nothing() {
    for w in worlds().await {
        let mut tx = w.by(w.admin).await;
        bekraftelse::turn_on(&mut tx, NOW).await.unwrap();
        tx.commit().await.unwrap();
        for declines in [false, true] {
            w.give(w.admin, w.medarbetare, Role::Enhetschef, w.unit).await;
            let id = bekraftelse::list(&mut w.by(w.admin).await).await.unwrap()[0].id;
            let answer = |no: bool| {
                let (store, second) = (w.store.clone(), w.second);
                tokio::spawn(async move {
                    let mut tx = store.system(true).await?;
                    tx.act_as(second);
                    if no {
                        bekraftelse::decline(&mut tx, NOW, id).await?;
                    } else {
                        bekraftelse::confirm(&mut tx, NOW, id).await?;
                    }
                    // the other one has looked by now
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                    tx.commit().await
                })
            };
            let (one, two) = tokio::join!(answer(declines), answer(true));
            let done = [one.unwrap(), two.unwrap()];
            assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{}: {done:?}", w.db);
            assert!(done.iter().any(|d| matches!(d, Err(Error::NotFound))), "{}: {done:?}", w.db);
            let mut tx = w.by(w.second).await;
            let found = person::get(&mut tx, w.medarbetare).await.unwrap();
            if let Some(grant) = found.roles.iter().find(|g| g.role == Role::Enhetschef) {
                person::remove_role(&mut tx, NOW, grant.id).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn two_administrators_cannot_be_asked_for_where_there_is_one() {
    for w in worlds().await {
        let mut tx = w.by(w.admin).await;
        person::set_active(&mut tx, NOW, w.second, 1, false).await.unwrap();
        assert!(matches!(bekraftelse::turn_on(&mut tx, NOW).await, Err(Error::Conflict)), "{}", w.db);
        assert!(!bekraftelse::is_on(&mut tx).await.unwrap(), "{}", w.db);
    }
}

#[tokio::test]
async fn the_same_within_the_hour_is_counted_and_all_goes_when_its_time_is_up() {
    for w in worlds().await {
        let mut tx = w.store.system(true).await.unwrap();
        for minutes in [0, 10, 90] {
            let at = NOW + TimeDelta::minutes(minutes);
            sakerhet::count(&mut tx, at, Slag::InloggningNekad, Some(w.chef), "").await.unwrap();
        }
        for n in 0..300 {
            let hash = |_: &str| format!("{n:08x}");
            sakerhet::count_unknown(&mut tx, NOW, Slag::InloggningNekad, hash).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = w.store.system(true).await.unwrap();
        let urval = Urval { slag: Some(Slag::InloggningNekad), person: Some(w.chef), ..Urval::default() };
        let (rows, more) = sakerhet::list(&mut tx, &urval, 0, 10).await.unwrap();
        let times: Vec<_> = rows.iter().map(|r| (r.times, r.person.as_str(), r.actor.as_str())).collect();
        assert_eq!((times, more), (vec![(1, "Enhetschef", ""), (2, "Enhetschef", "")], false), "{}", w.db);
        let all = Urval { slag: Some(Slag::InloggningNekad), ..Urval::default() };
        let (rows, more) = sakerhet::list(&mut tx, &all, 0, 1_000).await.unwrap();
        assert_eq!((rows.len(), more), (203, false), "{}: a flood fills no disk", w.db);
        assert_eq!(rows.iter().find(|r| r.okant == "flera").map(|r| r.times), Some(100), "{}", w.db);
        let (page, more) = sakerhet::list(&mut tx, &all, 200, 2).await.unwrap();
        assert_eq!((page.len(), more), (2, true), "{}", w.db);

        sakerhet::set_months(&mut tx, NOW, 12).await.unwrap();
        assert_eq!(sakerhet::months(&mut tx).await.unwrap(), 12, "{}", w.db);
        assert_eq!(sakerhet::purge(&mut tx, NOW + TimeDelta::days(300)).await.unwrap(), 0, "{}", w.db);
        assert!(sakerhet::purge(&mut tx, NOW + TimeDelta::days(400)).await.unwrap() > 200, "{}", w.db);
        let (rows, _) = sakerhet::list(&mut tx, &Urval::default(), 0, 1_000).await.unwrap();
        assert!(rows.is_empty(), "{}: {rows:?}", w.db);
    }
}

#[tokio::test]
async fn an_address_is_forgiven_for_the_account_that_was_right_and_for_no_other() {
    for w in worlds().await {
        let mut tx = w.store.system(true).await.unwrap();
        for (account, at) in [("a", 10), ("b", 20), ("a", 30), ("c", 5_000)] {
            session::fail_at(&mut tx, "huset", account, at).await.unwrap();
        }
        assert_eq!(session::failed_at(&mut tx, "huset", 0).await.unwrap(), (3, 5_000), "{}", w.db);
        session::forgive_at(&mut tx, "huset", "c").await.unwrap();
        assert_eq!(session::failed_at(&mut tx, "huset", 0).await.unwrap(), (2, 30), "{}", w.db);
        assert_eq!(session::failed_at(&mut tx, "huset", 25).await.unwrap(), (1, 30), "{}: within the hour", w.db);
        assert_eq!(session::failed_at(&mut tx, "annat", 0).await.unwrap(), (0, 0), "{}", w.db);
    }
}
