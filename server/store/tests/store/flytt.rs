//! The story of a part of the organisation that is moved: who reads its cases after that, what of its plans follows, and what is
//! told when nobody knows whether it was saved.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use domain::{
    id::{GrantId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::Recurrence,
    sakerhet::Slag,
    schedule::Responsible,
};
use sqlx::Connection;
use store::{
    Error, Store, Tx, history, organisation, person, plan,
    sakerhet::{
        self, Urval,
        bekraftelse::{self, Gjort},
    },
};

use crate::plan::{World, content, now, worlds};

async fn add(tx: &mut Tx, parent: NodeId, kind: NodeKind, name: &str) -> NodeId {
    let node = Node { id: NodeId::new(), parent: Some(parent), kind, name: name.into(), active: true, version: 1 };
    organisation::create_node(tx, now(), &node).await.unwrap();
    node.id
}

async fn top(store: &Store) -> NodeId {
    let mut tx = store.system(false).await.unwrap();
    organisation::root(&mut tx).await.unwrap()
}

async fn avdelning(world: &World, name: &str) -> NodeId {
    let root = top(&world.store).await;
    let mut tx = world.store.system(true).await.unwrap();
    let id = add(&mut tx, root, NodeKind::Avdelning, name).await;
    tx.commit().await.unwrap();
    id
}

async fn move_to(world: &World, by: PersonId, moved: NodeId, to: NodeId) -> Result<organisation::Flyttad, Error> {
    let mut tx = world.store.system(true).await?;
    tx.act_as(by);
    let version = organisation::tree(&mut tx).await?.get(moved).map_or(0, |node| node.version);
    let done = organisation::move_node(&mut tx, now(), moved, version, to, 2026).await?;
    tx.commit().await?;
    Ok(done)
}

#[tokio::test]
async fn an_administrator_does_not_move_a_unit_under_where_they_lead_and_read_its_cases_unseen() {
    for (name, world) in worlds().await {
        let root = top(&world.store).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let admin = world.person(Role::Admin, root).await;
        world.person(Role::Admin, root).await;
        let new = avdelning(&world, "Nya avdelningen").await;
        let give = async |role: Role, node: NodeId| {
            let mut tx = world.store.system(true).await.unwrap();
            tx.act_as(admin.person);
            let what = (admin.person, role, node);
            let done = bekraftelse::give(&mut tx, now(), &admin, GrantId::new(), what).await.unwrap();
            tx.commit().await.unwrap();
            done
        };
        let mut tx = world.store.system(true).await.unwrap();
        bekraftelse::turn_on(&mut tx, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(give(Role::Enhetschef, new).await, Gjort::Nu, "{name}: the first chef of an empty avdelning");

        let refused = move_to(&world, admin.person, world.unit, new).await;
        let Err(Error::Invalid(faults)) = refused else { panic!("{name}: {refused:?}") };
        let said = "Flytten skulle ge Enhetschef på Nya avdelningen insyn i ärendena i Enheten.";
        assert!(faults[0].field == "parent" && faults[0].message.starts_with(said), "{name}: {faults:?}");
        let mut tx = world.store.system(false).await.unwrap();
        let tree = organisation::tree(&mut tx).await.unwrap();
        assert!(tree.is_within(world.unit, world.avdelning), "{name}: it lies where it lay");
        drop(tx);

        // in the ordinary way a second administrator is asked, and the chef of the unit is told
        assert_eq!(give(Role::Enhetschef, world.unit).await, Gjort::Vantar, "{name}");
        assert!(move_to(&world, admin.person, world.unit, new).await.is_err(), "{name}: nothing holds yet");
        let mut tx = world.store.system(true).await.unwrap();
        tx.act_as(admin.person);
        person::add_role(&mut tx, now(), GrantId::new(), admin.person, Role::Enhetschef, world.unit).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.system(false).await.unwrap();
        assert_eq!(sakerhet::unseen(&mut tx, chef.person).await.unwrap().len(), 1, "{name}: it is seen");
        drop(tx);
        move_to(&world, admin.person, world.unit, new).await.unwrap();

        let mut tx = world.store.system(false).await.unwrap();
        let urval = Urval { slag: Some(Slag::NodFlyttad), ..Urval::default() };
        let (events, _) = sakerhet::list(&mut tx, &urval, 0, 10).await.unwrap();
        let told: Vec<_> = events.iter().map(|event| event.detail.as_str()).collect();
        assert_eq!(told, ["Enheten, från Avdelningen till Nya avdelningen"], "{name}");
        assert!(!events[0].actor.is_empty(), "{name}: with who did it");
    }
}

#[tokio::test]
async fn a_role_that_is_given_while_a_unit_is_moved_is_seen_or_stops_the_move() {
    for (name, world) in worlds().await {
        let root = top(&world.store).await;
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let admin = world.person(Role::Admin, root).await;
        for round in 0..6_u64 {
            let new = avdelning(&world, &format!("Avdelning {round}")).await;
            let give = async || {
                let mut tx = world.store.system(true).await?;
                tx.act_as(admin.person);
                tokio::time::sleep(std::time::Duration::from_millis(round * 2)).await;
                person::add_role(&mut tx, now(), GrantId::new(), admin.person, Role::LexSarah, new).await?;
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                tx.commit().await
            };
            let (given, moved) = tokio::join!(give(), move_to(&world, admin.person, world.unit, new));
            given.unwrap();
            let mut tx = world.store.system(true).await.unwrap();
            let seen = sakerhet::unseen(&mut tx, chef.person).await.unwrap();
            let seen = seen.iter().any(|notis| notis.detail.ends_with(&format!("Avdelning {round}")));
            assert_eq!(moved.is_ok(), seen, "{name} {round}: {moved:?}");
            for role in person::get(&mut tx, admin.person).await.unwrap().roles {
                if role.role == Role::LexSarah {
                    person::remove_role(&mut tx, now(), role.id).await.unwrap();
                }
            }
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_unit_that_is_moved_leaves_the_common_controls_it_had_and_takes_those_of_where_it_comes() {
    for (name, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let other = world.person(Role::Enhetschef, world.other).await;
        let who = Responsible::Role(Role::Enhetschef);
        let soder = avdelning(&world, "Söder").await;
        let root = top(&world.store).await;
        let old = world.add_control_at(world.avdelning, who, Recurrence::Monthly, true).await;
        let own = world.add_control_at(world.avdelning, who, Recurrence::Monthly, false).await;
        let staden = world.add_control_at(root, who, Recurrence::Quarterly, true).await;
        let new = world.add_control_at(soder, who, Recurrence::Quarterly, true).await;
        let mut tx = world.store.system(true).await.unwrap();
        let next = domain::id::EgenkontrollId::new();
        plan::create(&mut tx, now(), next, soder, 2027, &content(who, Recurrence::Quarterly, true)).await.unwrap();
        tx.commit().await.unwrap();
        let count = async |actor, unit, id: domain::id::EgenkontrollId| {
            world.items(actor, unit).await.iter().filter(|item| item.source == id.0).count()
        };
        let items = world.items(&chef, world.unit).await;
        let done = items.iter().find(|item| item.source == old.0).unwrap();
        world.tick(&chef, done, 1).await.unwrap();

        let moved = move_to(&world, chef.person, world.unit, soder).await.unwrap();
        assert_eq!(
            moved,
            organisation::Flyttad { utan_grupp: 0, gick: 11, kom: 8 },
            "{name}: of this year and the next"
        );
        assert_eq!(count(&chef, world.unit, old).await, 1, "{name}: what is done stays");
        assert_eq!(count(&chef, world.unit, new).await, 4, "{name}");
        assert_eq!(count(&chef, world.unit, staden).await, 4, "{name}: what lies above both is as it was");
        assert_eq!(count(&other, world.other, old).await, 12, "{name}: who stays keeps all");
        let mut tx = world.store.system(false).await.unwrap();
        for (thing, before, after) in [(old.0, "11 planerade", ""), (new.0, "", "4 planerade")] {
            let told = history::list(&mut tx, &[thing]).await.unwrap();
            let change = &told[0].changes[0];
            assert_eq!((change.label.as_str(), change.before.as_str()), ("Tillfällen i Enheten", before), "{name}");
            assert!(change.after == after && told[0].reason == "Enheten ligger nu under Söder", "{name}: {told:?}");
        }
        for silent in [own.0, staden.0] {
            assert_eq!(history::list(&mut tx, &[silent]).await.unwrap().len(), 1, "{name}: nothing to tell");
        }
        let told = history::list(&mut tx, &[world.unit.0]).await.unwrap();
        let of_move = told.iter().find(|entry| entry.what == "Flyttad").unwrap();
        assert_eq!(of_move.changes.len(), 3, "{name}: {of_move:?}");
        drop(tx);

        // a later save of what stayed behind takes nothing from the unit, and gives it nothing
        let mut tx = world.store.system(true).await.unwrap();
        let row = plan::get(&mut tx, new).await.unwrap().0;
        plan::update(&mut tx, now(), new, row.version, &content(Responsible::Nobody, Recurrence::Quarterly, true))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&chef, world.unit, new).await, 4, "{name}");

        let back = move_to(&world, chef.person, world.unit, world.avdelning).await.unwrap();
        assert_eq!((back.gick, back.kom), (8, 11), "{name}: what is done is not asked for twice");
    }
}

#[tokio::test]
async fn a_list_of_persons_is_held_against_the_roles_and_units_of_the_moment_it_is_written() {
    for (name, world) in worlds().await {
        let root = top(&world.store).await;
        let first = world.person(Role::Admin, root).await;
        let local = world.person(Role::Admin, world.avdelning).await;
        let soder = avdelning(&world, "Söder").await;
        let text = "Namn;E-post;Roll;Enhet\nA;a@demo.se;Handläggare;Enheten";
        let keys = || vec![("lösenord".to_owned(), "hash".to_owned())];
        // while the passwords were hashed, the unit went to another avdelning
        move_to(&world, first.person, world.unit, soder).await.unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        let refused = person::lista::import(&mut tx, now(), &local, text, keys()).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{name}: {refused:?}");
        drop(tx);
        move_to(&world, first.person, world.unit, world.avdelning).await.unwrap();
        let mut tx = world.store.system(true).await.unwrap();
        person::lista::import(&mut tx, now(), &local, text, keys()).await.unwrap();
        drop(tx);
        // or the role was taken away
        let mut tx = world.store.system(true).await.unwrap();
        let grant = person::get(&mut tx, local.person).await.unwrap().roles[0].id;
        person::remove_role(&mut tx, now(), grant).await.unwrap();
        let refused = person::lista::import(&mut tx, now(), &local, text, keys()).await;
        assert!(matches!(refused, Err(Error::Invalid(_) | Error::Forbidden)), "{name}: {refused:?}");
    }
}

#[tokio::test]
async fn who_loses_the_database_at_the_moment_of_saving_is_not_told_that_nothing_was_saved() {
    let Some((url, mut cluster)) = crate::common::own_database().await else { return };
    let name = url.rsplit('/').next().and_then(|n| n.split('?').next()).unwrap().to_owned();
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let mut tx = store.system(true).await.unwrap();
    let at: DateTime<Utc> = now();
    sakerhet::set_months(&mut tx, at, 36).await.unwrap();
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()";
    sqlx::query(cut).bind(&name).execute(&mut cluster).await.unwrap();
    let lost = tx.commit().await;
    assert!(matches!(lost, Err(Error::Unsure)), "{lost:?}");
    cluster.close().await.unwrap();
}
