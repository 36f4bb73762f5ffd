//! The story of an organisation and its people: who is there, who may log in, who can be asked to do what.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use domain::{
    id::{GrantId, GruppId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    schedule::Responsible,
};
use store::{Error, Store, Target, Tx, history, one_snapshot, organisation, person};

const NOW: DateTime<Utc> = DateTime::from_timestamp_nanos(1_790_000_000_123_456_789);

/// An organisation with an avdelning, two units and a working group, and its first administrator.
struct World {
    root: NodeId,
    avdelning: NodeId,
    vasa: NodeId,
    osta: NodeId,
    team: NodeId,
    admin: PersonId,
}

async fn system(store: &Store) -> Tx {
    store.system(true).await.unwrap()
}

fn new_person(name: &str, email: &str, roles: Vec<(Role, NodeId)>) -> person::NewPerson {
    person::NewPerson {
        id: PersonId::new(),
        name: name.into(),
        email: email.into(),
        password_hash: "hash-1".into(),
        roles,
    }
}

async fn node(tx: &mut Tx, parent: Option<NodeId>, kind: NodeKind, name: &str) -> NodeId {
    let node = Node { id: NodeId::new(), parent, kind, name: name.into(), active: true, version: 1 };
    organisation::create_node(tx, NOW, &node).await.unwrap();
    node.id
}

async fn world(tx: &mut Tx) -> World {
    let root = node(tx, None, NodeKind::Organisation, "Staden").await;
    let avdelning = node(tx, Some(root), NodeKind::Avdelning, "Avdelningen").await;
    let vasa = node(tx, Some(avdelning), NodeKind::Enhet, "Vasa").await;
    let osta = node(tx, Some(avdelning), NodeKind::Enhet, "Ösa").await;
    let team = node(tx, Some(vasa), NodeKind::Arbetsgrupp, "Mottagning").await;
    let admin = new_person("Administratör", "admin@demo.se", vec![(Role::Admin, root)]);
    person::create(tx, NOW, &admin).await.unwrap();
    World { root, avdelning, vasa, osta, team, admin: admin.id }
}

#[tokio::test]
async fn a_person_is_found_whatever_the_case_of_the_address_also_with_swedish_letters() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "Åsa.Öberg@Demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();

        let found = person::credentials(&mut tx, " åsa.öberg@DEMO.SE ").await.unwrap().unwrap();
        assert!(found.person == chef.id && found.active && found.password_hash == "hash-1", "{name}");
        assert!(person::credentials(&mut tx, "ingen@demo.se").await.unwrap().is_none(), "{name}");
        assert_eq!(person::count(&mut tx).await.unwrap(), 2, "{name}");
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_person_but_two_persons_cannot_share_an_address() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        person::create(&mut tx, NOW, &chef).await.unwrap();
        assert_eq!(person::count(&mut tx).await.unwrap(), 2, "{name}");
        assert_eq!(history::list(&mut tx, &[chef.id.0]).await.unwrap().len(), 1, "{name}");

        let other = new_person("Handläggare", "CHEF@demo.se", vec![]);
        assert!(person::email_taken(&mut tx, "Chef@demo.se", other.id).await.unwrap(), "{name}");
        assert!(!person::email_taken(&mut tx, "Chef@demo.se", chef.id).await.unwrap(), "{name}");
        assert!(matches!(person::create(&mut tx, NOW, &other).await, Err(Error::Conflict)), "{name}");
        let lost = new_person("Handläggare", "ny@demo.se", vec![(Role::Medarbetare, NodeId::new())]);
        assert!(matches!(person::create(&mut tx, NOW, &lost).await, Err(Error::NotFound)), "{name}");
    }
}

#[tokio::test]
async fn an_actor_carries_roles_groups_and_tree_until_the_session_is_of_an_older_epoch() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        let ledning = GruppId::new();
        organisation::create_group(&mut tx, NOW, ledning, world.vasa, "Ledningsgrupp").await.unwrap();
        organisation::update_group(&mut tx, NOW, ledning, 1, "Ledningsgrupp", &[chef.id]).await.unwrap();

        let actor = person::actor(&mut tx, chef.id, 1).await.unwrap().unwrap();
        assert_eq!(actor.name, "Enhetschef", "{name}");
        assert!(actor.may(world.team, Area::Internkontroll, Action::TickAny), "{name}");
        assert!(!actor.may(world.osta, Area::Internkontroll, Action::View), "{name}");
        assert!(actor.is_responsible(Responsible::Grupp(ledning), world.vasa), "{name}");
        assert_eq!(actor.tree.name(world.osta), "Ösa", "{name}");

        person::bump_epoch(&mut tx, NOW, chef.id).await.unwrap();
        assert!(person::actor(&mut tx, chef.id, 1).await.unwrap().is_none(), "{name}");
        assert!(person::actor(&mut tx, chef.id, 2).await.unwrap().is_some(), "{name}");
        person::set_password(&mut tx, NOW, chef.id, "hash-2").await.unwrap();
        assert!(person::actor(&mut tx, chef.id, 2).await.unwrap().is_none(), "{name}");
        assert!(person::actor(&mut tx, PersonId::new(), 1).await.unwrap().is_none(), "{name}");
        let missing = person::set_password(&mut tx, NOW, PersonId::new(), "hash").await;
        assert!(matches!(missing, Err(Error::NotFound)), "{name}");
    }
}

#[tokio::test]
async fn a_deactivated_person_is_out_at_once_and_comes_back_only_by_logging_in() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        let stale = person::set_active(&mut tx, NOW, chef.id, 7, false).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{name}: a version that nobody has seen");

        person::set_active(&mut tx, NOW, chef.id, 1, false).await.unwrap();
        assert!(person::actor(&mut tx, chef.id, 1).await.unwrap().is_none(), "{name}");
        assert!(!person::credentials(&mut tx, "chef@demo.se").await.unwrap().unwrap().active, "{name}");
        person::set_active(&mut tx, NOW, chef.id, 2, true).await.unwrap();
        assert!(person::actor(&mut tx, chef.id, 1).await.unwrap().is_none(), "{name}: the old session stays dead");
        assert!(person::actor(&mut tx, chef.id, 2).await.unwrap().is_some(), "{name}");
    }
}

#[tokio::test]
async fn somebody_can_always_administer() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let only = person::get(&mut tx, world.admin).await.unwrap();
        assert!(person::is_last_admin(&mut tx, world.admin).await.unwrap(), "{name}");
        let off = person::set_active(&mut tx, NOW, world.admin, only.version, false).await;
        assert!(matches!(off, Err(Error::Conflict)), "{name}");
        let removed = person::remove_role(&mut tx, NOW, only.roles[0].id).await;
        assert!(matches!(removed, Err(Error::Conflict)), "{name}");

        // a second one who cannot log in does not count; one who can does
        let second = new_person("Administratör 2", "admin2@demo.se", vec![(Role::Admin, world.root)]);
        person::create(&mut tx, NOW, &second).await.unwrap();
        person::set_active(&mut tx, NOW, second.id, 1, false).await.unwrap();
        assert!(person::is_last_admin(&mut tx, world.admin).await.unwrap(), "{name}");
        person::set_active(&mut tx, NOW, second.id, 2, true).await.unwrap();
        person::remove_role(&mut tx, NOW, only.roles[0].id).await.unwrap();
        assert!(person::get(&mut tx, world.admin).await.unwrap().roles.is_empty(), "{name}");
        assert!(person::is_last_admin(&mut tx, second.id).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn what_was_done_to_a_person_can_be_read_afterwards_but_no_password() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        tx.act_as(world.admin);
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        let second = NOW + chrono::TimeDelta::seconds(1);
        person::update(&mut tx, second, chef.id, 1, "Enhetschef Vasa", "chef@demo.se").await.unwrap();
        let grant = GrantId::new();
        let third = NOW + chrono::TimeDelta::seconds(2);
        person::add_role(&mut tx, third, grant, chef.id, Role::LexSarah, world.avdelning).await.unwrap();
        person::add_role(&mut tx, third, grant, chef.id, Role::LexSarah, world.avdelning).await.unwrap();
        let fourth = NOW + chrono::TimeDelta::seconds(3);
        person::set_password(&mut tx, fourth, chef.id, "hash-hemlig").await.unwrap();
        tx.commit().await.unwrap();

        let actor = person::actor(&mut system(&store).await, world.admin, 1).await.unwrap().unwrap();
        let mut tx = store.read(&actor, Target::Anywhere(Area::Person), Action::View).await.unwrap();
        let entries = history::list(&mut tx, &[chef.id.0]).await.unwrap();
        let told: Vec<_> = entries.iter().map(|e| (e.what.as_str(), e.who.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Nytt lösenord", "Administratör"),
                ("Roll tillagd", "Administratör"),
                ("Ändrad", "Administratör"),
                ("Skapad", "Administratör"),
            ],
            "{name}"
        );
        let words = format!("{entries:?}");
        assert!(!words.contains("hash"), "{name}: {words}");
        assert_eq!(entries[2].changes.len(), 1, "{name}: the address did not change");
        assert_eq!(entries[2].changes[0].before, "Enhetschef", "{name}");
        assert_eq!(entries[1].changes[0].after, "Lex Sarah-utredare, Avdelningen", "{name}");
        assert_eq!(entries[0].at.timestamp_subsec_nanos(), 123_000_000, "{name}");
    }
}

#[tokio::test]
async fn two_who_change_a_person_at_once_do_not_overwrite_each_other() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        person::update(&mut tx, NOW, chef.id, 1, "Enhetschef Vasa", "chef@demo.se").await.unwrap();
        let second = person::update(&mut tx, NOW, chef.id, 1, "Chef", "chef@demo.se").await;
        assert!(matches!(second, Err(Error::Conflict)), "{name}");
        // the same form sent twice is not a conflict
        person::update(&mut tx, NOW, chef.id, 1, "Enhetschef Vasa", "chef@demo.se").await.unwrap();
        let taken = person::update(&mut tx, NOW, chef.id, 2, "Enhetschef Vasa", "ADMIN@demo.se").await;
        assert!(matches!(taken, Err(Error::Conflict)), "{name}");
    }
}

#[tokio::test]
async fn lists_are_in_the_order_of_the_swedish_alphabet() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        world(&mut tx).await;
        for (i, title) in ["Ökad", "ande", "Åka", "Zeta", "Äga"].iter().enumerate() {
            person::create(&mut tx, NOW, &new_person(title, &format!("p{i}@demo.se"), vec![])).await.unwrap();
        }
        let names: Vec<_> = person::list(&mut tx).await.unwrap().into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["Administratör", "ande", "Zeta", "Åka", "Äga", "Ökad"], "{name}");
    }
}

#[tokio::test]
async fn a_unit_chooses_among_its_funktioner_groups_and_persons() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        for (i, (title, role, node)) in [
            ("Enhetschef Vasa", Role::Enhetschef, world.vasa),
            ("Handläggare", Role::Medarbetare, world.team),
            ("Handläggare", Role::Medarbetare, world.vasa),
            ("Controller", Role::Controller, world.avdelning),
            ("Enhetschef Ösa", Role::Enhetschef, world.osta),
        ]
        .into_iter()
        .enumerate()
        {
            let new = new_person(title, &format!("p{i}@demo.se"), vec![(role, node)]);
            person::create(&mut tx, NOW, &new).await.unwrap();
        }
        for (node, title) in [(world.vasa, "Ledning Vasa"), (world.osta, "Ledning Ösa"), (world.root, "Råd")] {
            organisation::create_group(&mut tx, NOW, GruppId::new(), node, title).await.unwrap();
        }
        let tree = organisation::tree(&mut tx).await.unwrap();
        let options = person::options(&mut tx, &tree, world.vasa).await.unwrap();
        let labels: Vec<_> = options.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "Handläggare",
                "Metodutvecklare",
                "Biträdande enhetschef",
                "Enhetschef",
                "Verksamhetscontroller",
                "Lex Sarah-utredare",
                "Ledning Vasa",
                "Råd",
                "Controller",
                "Enhetschef Vasa",
                "Handläggare (p1@demo.se)",
                "Handläggare (p2@demo.se)",
            ],
            "{name}"
        );
        assert!(options.iter().all(|(code, _)| Responsible::from_code(code).is_some()), "{name}");
        let above = person::options(&mut tx, &tree, world.avdelning).await.unwrap();
        let persons: Vec<_> = above.iter().filter(|(c, _)| c.starts_with("person:")).map(|(_, l)| l).collect();
        assert_eq!(persons, ["Controller"], "{name}: a unit's people are asked by their unit");
    }
}

#[tokio::test]
async fn the_tree_has_one_top_and_keeps_what_is_out_of_use() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let second = Node {
            id: NodeId::new(),
            parent: None,
            kind: NodeKind::Organisation,
            name: "En till".into(),
            active: true,
            version: 1,
        };
        let refused = organisation::create_node(&mut tx, NOW, &second).await;
        assert!(matches!(refused, Err(Error::Conflict)), "{name}");
        let lost = Node { parent: Some(NodeId::new()), kind: NodeKind::Enhet, ..second };
        assert!(matches!(organisation::create_node(&mut tx, NOW, &lost).await, Err(Error::NotFound)), "{name}");

        organisation::update_node(&mut tx, NOW, world.vasa, 1, "Vasastan", false).await.unwrap();
        let stale = organisation::update_node(&mut tx, NOW, world.vasa, 1, "Vasa", true).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{name}");
        let top = organisation::update_node(&mut tx, NOW, world.root, 1, "Staden", false).await;
        assert!(matches!(top, Err(Error::Conflict)), "{name}: the whole organisation stays in use");

        let tree = organisation::tree(&mut tx).await.unwrap();
        let vasa = tree.get(world.vasa).unwrap();
        assert_eq!((vasa.name.as_str(), vasa.active, vasa.version), ("Vasastan", false, 2), "{name}");
        let entries = history::list(&mut tx, &[world.vasa.0]).await.unwrap();
        assert_eq!(entries[0].what, "Avaktiverad", "{name}");
    }
}

#[tokio::test]
async fn the_tree_that_is_kept_in_memory_is_never_older_than_the_last_commit_and_never_one_that_was_rolled_back() {
    let (_folder, pairs) = crate::common::pairs().await;
    for (name, [store, other]) in pairs {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        tx.commit().await.unwrap();
        let seen = async || {
            one_snapshot(async {
                let mut tx = store.system(false).await.unwrap();
                let admin = person::actor(&mut tx, world.admin, 1).await.unwrap().unwrap();
                assert_eq!(admin.tree, organisation::tree(&mut tx).await.unwrap(), "{name}");
                admin.tree.name(world.vasa).to_owned()
            })
            .await
        };
        let rename = async |tx: &mut Tx, to| {
            organisation::update_node(tx, NOW, world.vasa, 1, to, true).await.unwrap();
            // looked at before it is certain
            organisation::tree(tx).await.unwrap().name(world.vasa).to_owned()
        };
        assert_eq!(seen().await, "Vasa", "{name}");
        let mut tx = system(&store).await;
        assert_eq!(rename(&mut tx, "Ångrad").await, "Ångrad", "{name}");
        drop(tx);
        assert_eq!(seen().await, "Vasa", "{name}");
        let mut tx = system(&other).await;
        rename(&mut tx, "Vasastan").await;
        tx.commit().await.unwrap();
        assert_eq!(seen().await, "Vasastan", "{name}");
    }
}

#[tokio::test]
async fn a_group_says_who_came_and_who_left() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let one = new_person("Handläggare 1", "h1@demo.se", vec![(Role::Medarbetare, world.vasa)]);
        let two = new_person("Handläggare 2", "h2@demo.se", vec![(Role::Medarbetare, world.vasa)]);
        person::create(&mut tx, NOW, &one).await.unwrap();
        person::create(&mut tx, NOW, &two).await.unwrap();
        let id = GruppId::new();
        organisation::create_group(&mut tx, NOW, id, world.vasa, "Ledning").await.unwrap();
        organisation::create_group(&mut tx, NOW, id, world.vasa, "Ledning").await.unwrap();
        organisation::update_group(&mut tx, NOW, id, 1, "Ledning", &[one.id, two.id, one.id]).await.unwrap();
        let later = NOW + chrono::TimeDelta::seconds(1);
        organisation::update_group(&mut tx, later, id, 2, "Ledning", &[two.id]).await.unwrap();

        let groups = organisation::groups(&mut tx).await.unwrap();
        assert_eq!(groups.len(), 1, "{name}");
        assert_eq!((groups[0].members.as_slice(), groups[0].version), ([two.id].as_slice(), 3), "{name}");
        let entries = history::list(&mut tx, &[id.0]).await.unwrap();
        assert_eq!(entries.len(), 3, "{name}");
        assert_eq!(entries[0].changes[0].before, "Handläggare 1, Handläggare 2", "{name}");
        assert_eq!(entries[0].changes[0].after, "Handläggare 2", "{name}");

        let stale = organisation::update_group(&mut tx, NOW, id, 1, "Ledning", &[]).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{name}");
        let unknown = organisation::update_group(&mut tx, NOW, id, 3, "Ledning", &[PersonId::new()]).await;
        assert!(matches!(unknown, Err(Error::Invalid(_))), "{name}");
    }
}

#[tokio::test]
async fn a_person_sees_the_own_logins_and_ends_them_and_those_of_an_earlier_epoch_are_over() {
    use store::session::{self, Owner};
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        let since = NOW.date_naive();
        let owner = |person: PersonId, epoch: i64, ends_at: i64| Owner {
            person,
            epoch,
            device: "Firefox på Linux".into(),
            since,
            ends_at,
        };
        for (id, owner) in [
            ("a", owner(chef.id, 1, 1_000)),
            ("b", owner(chef.id, 1, 1_000)),
            ("c", owner(chef.id, 1, 10)),
            ("d", owner(world.admin, 1, 1_000)),
        ] {
            session::save_of(&mut tx, id, "{}", 2_000, Some(&owner)).await.unwrap();
        }
        session::save(&mut tx, "e", "{}", 2_000).await.unwrap();
        let ids = async |tx: &mut Tx, who: PersonId| {
            let all = session::of_person(tx, who, 100).await.unwrap();
            assert!(all.iter().all(|l| l.since == since && l.device == "Firefox på Linux"), "{name}");
            all.into_iter().map(|l| l.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&mut tx, chef.id).await, ["a", "b"], "{name}: one is over");
        assert!(!session::end(&mut tx, world.admin, "a").await.unwrap(), "{name}: another's");
        session::end_others(&mut tx, chef.id, "a").await.unwrap();
        assert_eq!(ids(&mut tx, chef.id).await, ["a"], "{name}");
        assert_eq!(ids(&mut tx, world.admin).await, ["d"], "{name}: others stay");
        person::bump_epoch(&mut tx, NOW, chef.id).await.unwrap();
        assert!(ids(&mut tx, chef.id).await.is_empty(), "{name}: logged out everywhere");
    }
}

#[tokio::test]
async fn a_key_of_drafts_is_replaced_and_opens_what_it_sealed_for_its_person_alone() {
    use store::utkast;
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        tx.commit().await.unwrap();
        let first = utkast::konto(&store, chef.id).await.unwrap();
        assert!(utkast::konto(&store, chef.id).await.unwrap() == first, "{name}: the same as long as one is here");
        let mut tx = system(&store).await;
        utkast::replace(&mut tx, NOW.date_naive(), chef.id).await.unwrap();
        tx.commit().await.unwrap();
        let second = utkast::konto(&store, chef.id).await.unwrap();
        assert!(second.konto != first.konto && second.nyckel != first.nyckel, "{name}");
        let names = [first.konto, second.konto, uuid::Uuid::new_v4()];
        assert!(utkast::known(&store, chef.id, &names).await.unwrap() == [first, second], "{name}");
        assert!(utkast::known(&store, world.admin, &names).await.unwrap().is_empty(), "{name}: another's");
        for (days, left) in [(364, 2), (367, 1)] {
            let mut tx = system(&store).await;
            utkast::purge(&mut tx, NOW.date_naive() + chrono::Days::new(days)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(utkast::known(&store, chef.id, &names).await.unwrap().len(), left, "{name}: {days}");
        }
        let mut tx = system(&store).await;
        person::set_password(&mut tx, NOW, chef.id, "hash-2").await.unwrap();
        tx.commit().await.unwrap();
        assert!(utkast::konto(&store, chef.id).await.unwrap() != second, "{name}: a new password, a new key");
    }
}

#[tokio::test]
async fn whoever_writes_is_asked_again_whether_the_login_and_its_roles_hold() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let chef = new_person("Enhetschef", "chef@demo.se", vec![(Role::Enhetschef, world.vasa)]);
        person::create(&mut tx, NOW, &chef).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = system(&store).await;
        let actor = person::actor(&mut tx, chef.id, 1).await.unwrap().unwrap();
        drop(tx);
        let target = Target::Node(world.vasa, Area::Egenkontroll);
        let write = async || store.write(&actor, target, Action::Edit).await.map(drop);
        write().await.unwrap();
        let mut tx = system(&store).await;
        person::add_role(&mut tx, NOW, GrantId::new(), chef.id, Role::Controller, world.osta).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(write().await, Err(Error::Conflict)), "{name}: others, and would still do");
        let mut tx = system(&store).await;
        for role in person::get(&mut tx, chef.id).await.unwrap().roles {
            person::remove_role(&mut tx, NOW, role.id).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert!(matches!(write().await, Err(Error::Forbidden)), "{name}");
        let mut tx = system(&store).await;
        person::set_active(&mut tx, NOW, chef.id, 1, false).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(write().await, Err(Error::LoggedOut)), "{name}");
    }
}

fn keys(count: usize) -> Vec<(String, String)> {
    (0..count).map(|n| (format!("lösenord-{n}"), format!("hash-{n}"))).collect()
}

#[tokio::test]
async fn a_list_of_persons_is_written_whole_or_not_at_all_and_each_gets_a_password_for_one_time() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let there = new_person("Metod", "metod@demo.se", vec![(Role::Metodutvecklare, world.vasa)]);
        person::create(&mut tx, NOW, &there).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = system(&store).await;
        let actor = person::actor(&mut tx, world.admin, 1).await.unwrap().unwrap();
        let head = "Namn;E-post;Roll;Enhet\n";
        let wrong = format!("{head}A;a@demo.se;Handläggare;Vasa\nB;b@demo.se;Vaktmästare;Vasa");
        let refused = person::lista::import(&mut tx, NOW, &actor, &wrong, keys(2)).await;
        assert!(
            matches!(&refused, Err(Error::Invalid(faults)) if faults[0].message.starts_with("Rad 3, Roll")),
            "{name}"
        );
        assert_eq!(person::count(&mut tx).await.unwrap(), 2, "{name}: nothing is written");

        let right = format!(
            "{head}A;a@demo.se;Handläggare;Vasa\nMetod;METOD@demo.se;Enhetschef;Vasa\nMetod 2;b@demo.se;Controller;Avdelningen"
        );
        let written = person::lista::import(&mut tx, NOW, &actor, &right, keys(2)).await.unwrap();
        assert_eq!((written.nya.len(), written.roller, written.vantar), (2, 1, 0), "{name}");
        assert_eq!(written.nya[0], ("A".into(), "a@demo.se".into(), "lösenord-0".into()), "{name}");
        let stored = person::credentials(&mut tx, "a@demo.se").await.unwrap().unwrap();
        assert!(stored.must_change && stored.active && stored.password_hash == "hash-0", "{name}");
        let roles = person::get(&mut tx, there.id).await.unwrap().roles;
        assert_eq!(roles.iter().map(|g| g.role).collect::<Vec<_>>().len(), 2, "{name}");

        let again = person::lista::import(&mut tx, NOW, &actor, &right, vec![]).await.unwrap();
        assert_eq!(again, person::lista::Skrivet::default(), "{name}: the same list again adds nothing");
    }
}

#[tokio::test]
async fn of_two_who_read_in_the_same_list_at_once_one_adds_the_persons_and_the_other_finds_them_there() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let actor = person::actor(&mut tx, world.admin, 1).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let text = "Namn;E-post;Roll;Enhet\nA;a@demo.se;Handläggare;Vasa\nB;b@demo.se;Handläggare;Vasa";
        let one = async || {
            let mut tx = store.system(true).await?;
            let written = person::lista::import(&mut tx, NOW, &actor, text, keys(2)).await?;
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            tx.commit().await?;
            Ok::<_, Error>(written.nya.len())
        };
        let (a, b) = tokio::join!(one(), one());
        let mut both = [a.unwrap(), b.unwrap()];
        both.sort_unstable();
        assert_eq!(both, [0, 2], "{name}");
    }
}

#[tokio::test]
async fn a_unit_moves_to_another_avdelning_with_all_that_lies_below_and_its_history_says_so() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let soder = node(&mut tx, Some(world.root), NodeKind::Avdelning, "Söder").await;
        let moved = organisation::move_node(&mut tx, NOW, world.vasa, 1, soder, 2026).await.unwrap();
        assert_eq!(moved, organisation::Flyttad::default(), "{name}");
        tx.commit().await.unwrap();
        let mut tx = system(&store).await;
        let tree = organisation::tree(&mut tx).await.unwrap();
        assert!(tree.is_within(world.team, soder) && !tree.is_within(world.team, world.avdelning), "{name}");
        let told = history::list(&mut tx, &[world.vasa.0]).await.unwrap();
        assert!(told.iter().any(|entry| entry.what == "Flyttad"), "{name}: {told:?}");
        for (moved, version, to) in [(world.vasa, 1, world.avdelning), (soder, 1, world.vasa), (world.root, 1, soder)] {
            let refused = organisation::move_node(&mut tx, NOW, moved, version, to, 2026).await;
            assert!(matches!(refused, Err(Error::Conflict | Error::Invalid(_))), "{name}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn of_two_who_move_the_same_at_once_one_is_told_and_nothing_is_lost() {
    for (name, store) in crate::common::stores().await {
        let mut tx = system(&store).await;
        let world = world(&mut tx).await;
        let forvaltning = node(&mut tx, Some(world.root), NodeKind::Forvaltning, "Socialförvaltningen").await;
        tx.commit().await.unwrap();
        let one = async |moved: NodeId, to: NodeId| {
            let mut tx = store.system(true).await?;
            organisation::move_node(&mut tx, NOW, moved, 1, to, 2026).await?;
            tx.commit().await
        };
        // the same place twice: whoever is second finds it there
        let (a, b) = tokio::join!(one(world.avdelning, forvaltning), one(world.avdelning, forvaltning));
        assert!(a.is_ok() != b.is_ok(), "{name}: {a:?} {b:?}");
        let mut tx = system(&store).await;
        let tree = organisation::tree(&mut tx).await.unwrap();
        assert!(tree.walk().len() == 6 && tree.is_within(world.vasa, forvaltning), "{name}");
    }
}
