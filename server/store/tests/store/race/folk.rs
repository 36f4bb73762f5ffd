//! The organisation, its groups, persons and their roles, sessions.

use domain::{
    id::{EgenkontrollId, GrantId, GruppId, NodeId, PersonId},
    organisation::{Node, NodeKind, dagar::Form, sammanslagning::Sammanslagning},
    permission::Role,
    recurrence::Recurrence,
    schedule::Responsible,
};
use store::{
    organisation::{self, dagar, grupp, sla_ihop, tillbaka},
    person,
    person::NewPerson,
    plan, schedule, session,
};

use crate::plan::content;

use super::{Law, World, day, now, op, today, worlds};

fn somebody(w: &World, role: Role) -> NewPerson {
    let id = PersonId::new();
    let (name, email, password_hash) = ("Handläggare 2".into(), format!("{id}@demo.se"), "x".into());
    NewPerson { id, name, email, password_hash, roles: vec![(role, w.unit)] }
}

fn node(parent: Option<NodeId>) -> Node {
    let kind = if parent.is_some() { NodeKind::Arbetsgrupp } else { NodeKind::Organisation };
    Node { id: NodeId::new(), parent, kind, name: "Grupp 1".into(), active: true, version: 1 }
}

#[tokio::test]
async fn of_two_who_write_the_same_of_the_organisation_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("the same node, group and person", Law::Both, async || {
            let (node, group, person) = (node(Some(unit)), GruppId::new(), somebody(w, Role::Medarbetare));
            let new = || {
                let (node, person) = (node.clone(), person.clone());
                op!(|tx| async {
                    organisation::create_node(tx, now(), &node).await?;
                    organisation::create_group(tx, now(), group, unit, "Team B").await?;
                    person::create(tx, now(), &person).await
                })
            };
            (new(), new())
        })
        .await;
        w.race("update_node", Law::One, async || {
            let standing = w.now(async |tx| organisation::tree(tx).await.unwrap()).await.get(unit).unwrap().clone();
            let new = |name: &str| {
                let name = format!("{name} {}", standing.version);
                op!(|tx| organisation::update_node(tx, now(), unit, standing.version, &name, true))
            };
            (new("Ett"), new("Två"))
        })
        .await;
        w.race("move_node", Law::One, async || {
            let (above, moved) = (NodeId::new(), NodeId::new());
            let other = NodeId::new();
            for (id, kind) in [(above, NodeKind::Enhet), (other, NodeKind::Enhet), (moved, NodeKind::Arbetsgrupp)] {
                let node = Node { id, parent: Some(unit), kind, name: "Grupp 2".into(), active: true, version: 1 };
                w.now(async |tx| organisation::create_node(tx, now(), &node).await.unwrap()).await;
            }
            let new = |to: NodeId| op!(|tx| organisation::move_node(tx, now(), moved, 1, to, 2026));
            (new(above), new(other))
        })
        .await;
        let team = GruppId::new();
        w.now(async |tx| organisation::create_group(tx, now(), team, unit, "Team A").await.unwrap()).await;
        w.race("update_group", Law::One, async || {
            let all = w.now(async |tx| organisation::groups(tx).await.unwrap()).await;
            let v = all.into_iter().find(|g| g.id == team).unwrap().version;
            let new = |name: &str| {
                let (name, members) = (format!("{name} {v}"), vec![w.staff.person]);
                op!(|tx| organisation::update_group(tx, now(), team, v, &name, &members))
            };
            (new("Ett"), new("Två"))
        })
        .await;
        groups(w).await;
        units(w).await;
    }
}

/// Units that become one, while somebody does the same with one of them, moves it, renames it or adds to its plan.
async fn units(w: &World) {
    let unit = |kind: NodeKind, above: NodeId| Node {
        id: NodeId::new(),
        parent: Some(above),
        kind,
        name: "Del".into(),
        active: true,
        version: 1,
    };
    // an avdelning with three units: the names in it are free
    let three = async || {
        let above = unit(NodeKind::Avdelning, w.unit);
        let nodes = [0; 3].map(|_| unit(NodeKind::Enhet, above.id));
        w.now(async |tx| {
            for node in std::iter::once(&above).chain(&nodes) {
                organisation::create_node(tx, now(), node).await.unwrap();
            }
        })
        .await;
        let [a, b, c] = nodes.map(|node| node.id);
        (above.id, [a, b, c])
    };
    let merging = |parent: NodeId, units: [NodeId; 2]| {
        let what = Sammanslagning { units: units.to_vec(), name: "Hela".into(), parent, from: day(12, 1) };
        let (actor, id, seen) = (w.chef.clone(), NodeId::new(), units.map(|unit| (unit, 1)));
        op!(|tx| sla_ihop::merge_nodes(tx, now(), &actor, id, &what, &seen))
    };
    w.race("merge_nodes", Law::One, async || {
        let (above, [a, b, c]) = three().await;
        (merging(above, [a, b]), merging(above, [b, c]))
    })
    .await;
    w.race("merge_nodes and update_node", Law::One, async || {
        let (above, [a, b, _]) = three().await;
        (merging(above, [a, b]), op!(|tx| organisation::update_node(tx, now(), b, 1, "Del B", true)))
    })
    .await;
    w.race("merge_nodes and move_node", Law::One, async || {
        let (above, [a, b, _]) = three().await;
        let other = unit(NodeKind::Avdelning, w.unit);
        w.now(async |tx| organisation::create_node(tx, now(), &other).await.unwrap()).await;
        let to = other.id;
        (merging(above, [a, b]), op!(|tx| organisation::move_node(tx, now(), b, 1, to, 2026)))
    })
    .await;
    w.race("merge_nodes and a role in one of them", Law::Both, async || {
        let (above, [a, b, _]) = three().await;
        let person = w.staff.person;
        (op!(|tx| person::add_role(tx, now(), GrantId::new(), person, Role::Medarbetare, b)), merging(above, [a, b]))
    })
    .await;
    let ending = |unit: NodeId, last| op!(|tx| dagar::end_node(tx, now(), today(), (unit, 1), last));
    w.race("end_node", Law::One, async || {
        let (_, [a, ..]) = three().await;
        (ending(a, day(12, 1)), ending(a, day(12, 2)))
    })
    .await;
    w.race("end_node and merge_nodes", Law::One, async || {
        let (above, [a, b, _]) = three().await;
        (ending(a, day(12, 1)), merging(above, [a, b]))
    })
    .await;
    w.race("remove_last and what follows on it", Law::One, async || {
        let (_, [a, b, _]) = three().await;
        w.now(async |tx| dagar::end_node(tx, now(), today(), (a, 1), day(12, 1)).await.unwrap()).await;
        let form = Form { from: "2026-12-05".into(), units: vec![a] };
        (
            op!(|tx| dagar::remove_last(tx, now(), today(), (a, 2))),
            op!(|tx| dagar::set_before(tx, now(), today(), (b, 1), &form)),
        )
    })
    .await;
    w.race("undo_merge and a group in the new unit", Law::One, async || {
        let (above, [a, b, _]) = three().await;
        let id = NodeId::new();
        let what = Sammanslagning { units: vec![a, b], name: "Hela".into(), parent: above, from: day(12, 1) };
        let actor = w.chef.clone();
        w.now(async |tx| sla_ihop::merge_nodes(tx, now(), &actor, id, &what, &[(a, 1), (b, 1)]).await.unwrap()).await;
        (
            op!(|tx| tillbaka::undo_merge(tx, now(), today(), (id, 1))),
            op!(|tx| organisation::create_group(tx, now(), GruppId::new(), id, "Team F")),
        )
    })
    .await;
}

/// Two groups that become one, and one that is moved, while somebody else does the same, or lets it carry something out.
async fn groups(w: &World) {
    let unit = w.unit;
    let pair = async || {
        let (one, other) = (GruppId::new(), GruppId::new());
        w.now(async |tx| {
            organisation::create_group(tx, now(), one, unit, "Team C").await.unwrap();
            organisation::create_group(tx, now(), other, unit, "Team D").await.unwrap();
        })
        .await;
        (one, other)
    };
    w.race("merge_groups", Law::One, async || {
        let (one, other) = pair().await;
        (
            op!(|tx| grupp::merge_groups(tx, now(), (one, 1), (other, 1))),
            op!(|tx| grupp::merge_groups(tx, now(), (other, 1), (one, 1))),
        )
    })
    .await;
    w.race("merge_groups and update_group", Law::One, async || {
        let (one, other) = pair().await;
        let members = vec![w.staff.person];
        (
            op!(|tx| grupp::merge_groups(tx, now(), (one, 1), (other, 1))),
            op!(|tx| organisation::update_group(tx, now(), other, 1, "Team E", &members)),
        )
    })
    .await;
    w.race("move_group", Law::One, async || {
        let (one, _) = pair().await;
        let node = node(Some(unit));
        w.now(async |tx| organisation::create_node(tx, now(), &node).await.unwrap()).await;
        let (to, there) = (node.id, node.id);
        (
            op!(|tx| grupp::move_group(tx, now(), one, 1, to, 2026)),
            op!(|tx| grupp::move_group(tx, now(), one, 1, there, 2026)),
        )
    })
    .await;
    let mut made = Vec::new();
    w.race("a control of a group and merge_groups", Law::Before, async || {
        let (one, other) = pair().await;
        let id = EgenkontrollId::new();
        made.push((id, other));
        let content = content(Responsible::Grupp(other), Recurrence::Quarterly, false);
        (
            op!(|tx| plan::create(tx, now(), id, unit, 2026, &content)),
            op!(|tx| grupp::merge_groups(tx, now(), (one, 1), (other, 1))),
        )
    })
    .await;
    for (id, other) in made {
        let left = w.now(async |tx| schedule::of_source(tx, id.0).await.unwrap()).await;
        let stranded = left.iter().any(|s| s.responsible == Responsible::Grupp(other));
        assert!(!stranded, "{}: carried out by a group that nobody is in", w.db);
    }
}

#[tokio::test]
async fn of_two_who_make_the_first_node_one_is_told() {
    for (db, store) in crate::common::stores().await {
        let (a, b) = (node(None), node(None));
        let mut first = store.system(true).await.unwrap();
        organisation::create_node(&mut first, now(), &a).await.unwrap();
        let other = store.clone();
        let second = tokio::spawn(async move {
            let mut tx = other.system(true).await?;
            organisation::create_node(&mut tx, now(), &b).await?;
            tx.commit().await
        });
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        first.commit().await.unwrap();
        let second = second.await.unwrap();
        assert!(matches!(second, Err(store::Error::Conflict)), "{db}: {second:?}");
    }
}

#[tokio::test]
async fn of_two_who_write_the_same_account_one_is_told_and_somebody_stays_administrator() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("the same address", Law::One, async || {
            let (new, mut other) = (somebody(w, Role::Medarbetare), somebody(w, Role::Medarbetare));
            other.email.clone_from(&new.email);
            (op!(|tx| person::create(tx, now(), &new)), op!(|tx| person::create(tx, now(), &other)))
        })
        .await;
        let id = w.staff.person;
        w.race("update", Law::One, async || {
            let standing = w.now(async |tx| person::get(tx, id).await.unwrap()).await;
            let new = |name: &str| {
                let (v, name, email) =
                    (standing.version, format!("{name} {}", standing.version), standing.email.clone());
                op!(|tx| person::update(tx, now(), id, v, &name, &email))
            };
            (new("Ett"), new("Två"))
        })
        .await;
        w.race("an update and who may log in", Law::One, async || {
            let new = somebody(w, Role::Medarbetare);
            let (id, email) = (new.id, new.email.clone());
            w.now(async |tx| person::create(tx, now(), &new).await.unwrap()).await;
            (
                op!(|tx| person::set_active(tx, now(), id, 1, false)),
                op!(|tx| person::update(tx, now(), id, 1, "Annat namn", &email)),
            )
        })
        .await;
        w.race("passwords, sessions and roles", Law::Both, async || {
            let new = || {
                op!(|tx| async {
                    person::set_password(tx, now(), id, "y").await?;
                    person::bump_epoch(tx, now(), id).await?;
                    person::add_role(tx, now(), GrantId::new(), id, Role::Metodutvecklare, unit).await
                })
            };
            (new(), new())
        })
        .await;
        // two administrators who take each other's role at the same moment
        let (one, other) = (somebody(w, Role::Admin), somebody(w, Role::Admin));
        let ids = [one.id, other.id];
        w.now(async |tx| {
            person::create(tx, now(), &one).await.unwrap();
            person::create(tx, now(), &other).await.unwrap();
        })
        .await;
        w.race("remove_role", Law::One, async || {
            let grants = w
                .now(async |tx| {
                    let mut grants = Vec::new();
                    for id in ids {
                        let add = person::add_role(tx, now(), GrantId::new(), id, Role::Admin, unit);
                        add.await.unwrap();
                        let roles = person::get(tx, id).await.unwrap().roles;
                        grants.push(roles.into_iter().find(|g| g.role == Role::Admin).unwrap().id);
                    }
                    grants
                })
                .await;
            let (a, b) = (grants[0], grants[1]);
            (op!(|tx| person::remove_role(tx, now(), a)), op!(|tx| person::remove_role(tx, now(), b)))
        })
        .await;
    }
}

#[tokio::test]
async fn a_session_that_is_ended_meanwhile_does_not_come_back() {
    for w in worlds().await {
        let w = &w;
        let mut n = 0;
        w.race("keep", Law::Both, async || {
            n += 1;
            let id = format!("session {n}");
            w.now(async |tx| session::save(tx, &id, "{}", 2_000).await.unwrap()).await;
            let other = id.clone();
            (op!(|tx| session::delete(tx, &id)), op!(|tx| session::keep_of(tx, &other, "{}", 3_000, None)))
        })
        .await;
        for n in 1..=n {
            let id = format!("session {n}");
            let found = w.now(async |tx| session::get(tx, &id, 1_000).await.unwrap()).await;
            assert_eq!(found, None, "{}: {id}", w.db);
        }
    }
}

#[tokio::test]
async fn failed_logins_are_all_counted() {
    for w in worlds().await {
        let mut n = 0;
        w.race("fail", Law::Both, async || {
            n += 2;
            let new = || op!(|tx| session::fail(tx, "konto", 1_000));
            (new(), new())
        })
        .await;
        let (counted, _) = w.now(async |tx| session::attempts(tx, "konto").await.unwrap()).await;
        assert_eq!(counted, n, "{}", w.db);
    }
}
