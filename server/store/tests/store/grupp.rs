//! The story of groups that are moved to another unit, and of two that become one.

#![allow(clippy::unwrap_used)]

use domain::{
    id::{GruppId, NodeId, PersonId},
    organisation::Grupp,
    permission::Role,
    recurrence::Recurrence,
    schedule::Responsible,
};
use store::{
    Error, Tx, history,
    organisation::{self, grupp},
    schedule,
};

use crate::plan::{World, now, worlds};

async fn add(tx: &mut Tx, node: NodeId, name: &str, members: &[PersonId]) -> GruppId {
    let id = GruppId::new();
    organisation::create_group(tx, now(), id, node, name).await.unwrap();
    organisation::update_group(tx, now(), id, 1, name, members).await.unwrap();
    id
}

async fn standing(tx: &mut Tx, id: GruppId) -> Option<Grupp> {
    organisation::groups(tx).await.unwrap().into_iter().find(|g| g.id == id)
}

#[tokio::test]
async fn a_group_that_moves_keeps_its_members_and_what_it_carries_out_and_it_is_told_what_does_not_belong_there() {
    for (db, world) in worlds().await {
        let (here, there) = (world.person(Role::Medarbetare, world.unit).await, world.other);
        let chef = world.person(Role::Enhetschef, world.avdelning).await;
        let mut tx = world.store.system(true).await.unwrap();
        let id = add(&mut tx, world.unit, "Mentorerna", &[here.person, chef.person]).await;
        tx.commit().await.unwrap();
        let control = world.add_control(Responsible::Grupp(id), Recurrence::Monthly).await;

        let mut tx = world.store.system(true).await.unwrap();
        let version = standing(&mut tx, id).await.unwrap().version;
        let stale = grupp::move_group(&mut tx, now(), id, version - 1, there, 2026).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
        drop(tx);
        let mut tx = world.store.system(true).await.unwrap();
        let moved = grupp::move_group(&mut tx, now(), id, version, there, 2026).await.unwrap();
        assert_eq!(moved, grupp::Flyttad { utan_grupp: 1, utan_roll: 1 }, "{db}: the chef of both is at home there");
        let group = standing(&mut tx, id).await.unwrap();
        assert_eq!((group.node, group.members.len()), (there, 2), "{db}");
        let carried = schedule::of_source(&mut tx, control.0).await.unwrap();
        assert_eq!(carried[0].responsible, Responsible::Grupp(id), "{db}: it still carries it out");
        let told = history::list(&mut tx, &[id.0]).await.unwrap();
        let change = &told[0].changes[0];
        assert_eq!(told[0].what, "Flyttad", "{db}");
        assert_eq!((change.before.as_str(), change.after.as_str()), ("Enheten", "Andra enheten"), "{db}");
        let again = grupp::move_group(&mut tx, now(), id, group.version, there, 2026).await;
        let Err(Error::Invalid(faults)) = again else { panic!("{db}: {again:?}") };
        assert_eq!(faults[0].message, "Mentorerna hör redan till Andra enheten.", "{db}");
    }
}

/// Two groups of the unit with a member of their own each and one in common.
async fn two(world: &World) -> (GruppId, GruppId, [PersonId; 3]) {
    let mut persons = Vec::new();
    for _ in 0..3 {
        persons.push(world.person(Role::Medarbetare, world.unit).await.person);
    }
    let [a, both, b] = persons.try_into().unwrap();
    let mut tx = world.store.system(true).await.unwrap();
    let kept = add(&mut tx, world.unit, "Ledningen", &[a, both]).await;
    let other = add(&mut tx, world.unit, "Planeringen", &[both, b]).await;
    tx.commit().await.unwrap();
    (kept, other, [a, both, b])
}

#[tokio::test]
async fn two_groups_become_one_with_the_members_and_the_work_of_both() {
    for (db, world) in worlds().await {
        let (kept, other, mut all) = two(&world).await;
        let control = world.add_control(Responsible::Grupp(other), Recurrence::Monthly).await;
        let mut tx = world.store.system(true).await.unwrap();
        assert_eq!(grupp::uppdrag(&mut tx, other).await.unwrap(), 1, "{db}");
        let done = grupp::merge_groups(&mut tx, now(), (kept, 2), (other, 2)).await.unwrap();
        assert_eq!(done, grupp::Sammanslagen { nya: 1, uppdrag: 1 }, "{db}");
        tx.commit().await.unwrap();

        let mut tx = world.store.system(true).await.unwrap();
        let mut members = standing(&mut tx, kept).await.unwrap().members;
        members.sort_unstable();
        all.sort_unstable();
        assert_eq!(members, all, "{db}");
        assert!(standing(&mut tx, other).await.is_none(), "{db}: it is not there to choose");
        let carried = schedule::of_source(&mut tx, control.0).await.unwrap();
        assert_eq!(carried[0].responsible, Responsible::Grupp(kept), "{db}");
        let told = history::list(&mut tx, &[control.0]).await.unwrap();
        let change = &told[0].changes[0];
        assert_eq!((change.before.as_str(), change.after.as_str()), ("Planeringen", "Ledningen"), "{db}");
        assert_eq!(told[0].reason, "Ledningen och Planeringen slogs ihop", "{db}");
        let part = grupp::merged_into(&mut tx, kept).await.unwrap();
        assert_eq!(part, [other], "{db}");
        let told = history::list(&mut tx, &[kept.0, other.0]).await.unwrap();
        let what: Vec<_> = told.iter().map(|entry| entry.what.as_str()).collect();
        assert!(
            what.contains(&"Slogs ihop med Planeringen") && what.contains(&"Gick upp i Ledningen"),
            "{db}: {what:?}"
        );
        let b = store::person::actor(&mut tx, all[0], 1).await.unwrap().unwrap();
        assert_eq!(b.groups, [kept], "{db}: a member of one group");

        // what was open before it was merged names it no more
        let gone = organisation::update_group(&mut tx, now(), other, 3, "Planeringen", &[]).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{db}: {gone:?}");
        let late = crate::plan::content(Responsible::Grupp(other), Recurrence::Monthly, false);
        let id = domain::id::EgenkontrollId::new();
        let refused = store::plan::create(&mut tx, now(), id, world.unit, 2026, &late).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{db}: {refused:?}");
    }
}

#[tokio::test]
async fn groups_of_two_units_are_not_merged_and_neither_is_one_that_somebody_has_changed_meanwhile() {
    for (db, world) in worlds().await {
        let (kept, other, _) = two(&world).await;
        let mut tx = world.store.system(true).await.unwrap();
        let away = add(&mut tx, world.other, "Mentorerna", &[]).await;
        tx.commit().await.unwrap();
        for (with, kept_version, version) in [(away, 2, 2), (kept, 2, 2), (other, 1, 2), (other, 2, 1)] {
            let mut tx = world.store.system(true).await.unwrap();
            let refused = grupp::merge_groups(&mut tx, now(), (kept, kept_version), (with, version)).await;
            assert!(matches!(refused, Err(Error::Conflict | Error::Invalid(_))), "{db}: {refused:?}");
        }
        let mut tx = world.store.system(true).await.unwrap();
        assert_eq!(standing(&mut tx, kept).await.unwrap().members.len(), 2, "{db}");
    }
}
