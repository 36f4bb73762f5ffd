//! The story of units that become a new one: who works in it on its first day, what is left of the old ones' plans, and that they are
//! read and not written.

#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use domain::{
    atgard,
    id::{AtgardId, EgenkontrollId, NodeId},
    occurrence::Tick,
    organisation::sammanslagning::Sammanslagning,
    permission::{Action, Area, Role},
    person::Actor,
    recurrence::Recurrence,
    schedule::Responsible,
};
use store::{
    Error, Target, Tx, history, occurrence,
    organisation::{
        self,
        sla_ihop::{self, Gjord, preview},
    },
    person, plan,
    sakerhet::{Urval, list},
};

use crate::plan::{World, content, day, now, today, worlds};

const CHEF: Responsible = Responsible::Role(Role::Enhetschef);

fn what(world: &World, from: NaiveDate) -> Sammanslagning {
    Sammanslagning { units: vec![world.unit, world.other], name: "Nya enheten".into(), parent: world.avdelning, from }
}

async fn versions(tx: &mut Tx, world: &World) -> Vec<(NodeId, i64)> {
    let tree = organisation::tree(tx).await.unwrap();
    [world.unit, world.other].map(|unit| (unit, tree.get(unit).unwrap().version)).to_vec()
}

async fn merge(world: &World, by: &Actor, from: NaiveDate) -> (NodeId, Gjord) {
    let id = NodeId::new();
    let mut tx = world.store.system(true).await.unwrap();
    tx.act_as(by.person);
    let seen = versions(&mut tx, world).await;
    let done = sla_ihop::merge_nodes(&mut tx, now(), by, id, &what(world, from), &seen).await.unwrap();
    // a second click
    let again = sla_ihop::merge_nodes(&mut tx, now(), by, id, &what(world, from), &seen).await.unwrap();
    assert_eq!(again, Gjord::default());
    tx.commit().await.unwrap();
    (id, done)
}

async fn again(world: &World, actor: &Actor) -> Actor {
    let mut tx = world.store.system(false).await.unwrap();
    let actor = person::actor(&mut tx, actor.person, 1).await.unwrap().unwrap();
    std::sync::Arc::unwrap_or_clone(actor)
}

async fn control(world: &World, node: NodeId, year: i32, laid_on_units: bool) -> EgenkontrollId {
    let mut tx = world.store.system(true).await.unwrap();
    let id = EgenkontrollId::new();
    plan::create(&mut tx, now(), id, node, year, &content(CHEF, Recurrence::Monthly, laid_on_units)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn times(world: &World, source: EgenkontrollId, node: NodeId) -> usize {
    let actor = world.person(Role::Enhetschef, world.avdelning).await;
    let mut tx = world.store.system(false).await.unwrap();
    let items = occurrence::of_source(&mut tx, &actor, source.0).await.unwrap();
    items.iter().filter(|item| item.occurrence.node == node).count()
}

#[tokio::test]
async fn from_new_year_two_units_are_one_where_their_staff_work_and_the_plans_end_with_the_old_year() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let staff = world.person(Role::Medarbetare, world.other).await;
        let admin = world.person(Role::Admin, world.avdelning).await;
        let (this, next) =
            (control(&world, world.unit, 2026, false).await, control(&world, world.unit, 2027, false).await);
        let common = control(&world, world.avdelning, 2027, true).await;

        let mut tx = world.store.system(false).await.unwrap();
        let blir = preview(&mut tx, &what(&world, day(2027, 1, 1))).await.unwrap();
        assert_eq!(blir.roller, [(Role::Medarbetare, 1), (Role::Enhetschef, 1)], "{db}");
        assert_eq!(
            (blir.slut.efter, blir.slut.ogjorda),
            (36, 12),
            "{db}: the plan of next year, and the common one at both"
        );
        assert_eq!(blir.slut.grupper, ["Ledningsgruppen"], "{db}");
        drop(tx);
        let (new, done) = merge(&world, &admin, day(2027, 1, 1)).await;
        assert_eq!((done.roller, done.vantar, done.gick, done.kom), (2, 0, 36, 12), "{db}");

        let (chef, staff) = (again(&world, &chef).await, again(&world, &staff).await);
        assert!(chef.may(new, Area::Egenkontroll, Action::Edit), "{db}: the plan can be laid");
        assert!(staff.may(new, Area::Egenkontroll, Action::TickOwn), "{db}");
        assert!(!staff.may(new, Area::Egenkontroll, Action::Edit), "{db}");
        assert_eq!(times(&world, this, world.unit).await, 12, "{db}: this year stands");
        assert_eq!(times(&world, next, world.unit).await, 0, "{db}: nothing is asked for after the last day");
        assert_eq!(times(&world, common, new).await, 12, "{db}: what is laid on all units is laid on the new one");
        assert_eq!(times(&world, common, world.other).await, 0, "{db}");

        // until then all goes on, and on the day nobody has to do anything
        world.store.is_day(day(2026, 12, 31));
        let then = again(&world, &chef).await;
        assert!(then.may(world.unit, Area::Egenkontroll, Action::Edit) && then.units().len() == 2, "{db}");
        world.store.is_day(day(2027, 1, 1));
        let then = again(&world, &chef).await;
        assert_eq!(then.units(), [(new, "Nya enheten".to_owned())], "{db}");
        assert_eq!(then.ended_units(), [(world.unit, "Enheten".to_owned())], "{db}");

        let mut tx = world.store.system(false).await.unwrap();
        let told = history::list(&mut tx, &[world.unit.0]).await.unwrap();
        assert_eq!(told[0].what, "Slogs ihop med Andra enheten", "{db}");
        assert_eq!(told[0].changes[0].after, "2026-12-31", "{db}");
        let told = history::list(&mut tx, &[next.0]).await.unwrap();
        assert_eq!(told[0].reason, "Enheten och Andra enheten blev Nya enheten", "{db}");
        let tree = organisation::tree(&mut tx).await.unwrap();
        let before: Vec<_> = tree.foregangare(new).into_iter().map(|node| node.id).collect();
        assert_eq!(before, [world.other, world.unit], "{db}");
        let (events, _) = list(&mut tx, &Urval::default(), 0, 50).await.unwrap();
        assert!(events.iter().any(|e| e.detail.contains("blir Nya enheten från 2027-01-01")), "{db}");
    }
}

async fn refused(world: &World, actor: &Actor, target: Target, action: Action) -> bool {
    match world.store.write(actor, target, action).await {
        Err(Error::Invalid(faults)) => faults[0].message.starts_with("Enheten har upphört"),
        Err(Error::Forbidden) => panic!("it is said why"),
        other => {
            assert!(other.is_ok(), "{:?}", other.err());
            false
        }
    }
}

#[tokio::test]
async fn a_unit_that_has_ended_is_read_and_what_was_open_of_atgarder_is_finished() {
    for (db, world) in worlds().await {
        world.store.is_day(today());
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let other = world.person(Role::Enhetschef, world.other).await;
        let plan = control(&world, world.unit, 2026, false).await;
        let id = AtgardId::new();
        let todo = atgard::Content {
            title: "Genomgång".into(),
            why: String::new(),
            responsible: CHEF,
            due: day(2026, 12, 20),
            follow_up: None,
        };
        let mut tx = world.store.system(true).await.unwrap();
        store::atgard::create(&mut tx, now(), today(), id, world.unit, atgard::Source::Egen, &todo).await.unwrap();
        tx.commit().await.unwrap();
        let stale = chef.clone();
        let (_, done) = merge(&world, &chef, today()).await;
        assert_eq!(done.gick, 1, "{db}: december; what is to be done goes on being so");

        // who had the page open is told that somebody was first
        let late = world.store.write(&stale, Target::Node(world.unit, Area::Egenkontroll), Action::Edit).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {:?}", late.err());
        let chef = again(&world, &chef).await;
        let node = |area| Target::Node(world.unit, area);
        for area in [Area::Egenkontroll, Area::Aktivitet, Area::Enkat, Area::Apt, Area::Avvikelse, Area::Forslag] {
            assert!(refused(&world, &chef, node(area), Action::Edit).await, "{db}: {area:?}");
            assert!(world.store.read(&chef, node(area), Action::View).await.is_ok(), "{db}: {area:?}");
        }
        assert!(refused(&world, &chef, Target::Egenkontroll(plan), Action::Edit).await, "{db}");
        let new = Target::NyAtgard(atgard::Source::Egen, world.unit);
        assert!(refused(&world, &chef, new, Action::Edit).await, "{db}: nothing is begun");
        let items = world.items(&chef, world.unit).await;
        let control = items.iter().find(|item| item.source == plan.0).unwrap();
        assert!(refused(&world, &chef, Target::Occurrence(control.occurrence.id), Action::TickOwn).await, "{db}");

        let mut tx = world.store.system(true).await.unwrap();
        let late = occurrence::late_count(&mut tx, &chef, day(2026, 12, 24)).await.unwrap();
        assert_eq!(late, 1, "{db}: of the old unit the åtgärd alone is asked for");
        let made = store::atgard::get(&mut tx, &chef, id).await.unwrap();
        let item = occurrence::get(&mut tx, &chef, made.occurrence).await.unwrap();
        drop(tx);
        let mut tx = world.store.write(&chef, Target::Occurrence(made.occurrence), Action::TickOwn).await.unwrap();
        let tick = Tick { performed_on: today(), ..Tick::default() };
        occurrence::tick(&mut tx, now(), &item, item.occurrence.version, &tick).await.unwrap();
        tx.commit().await.unwrap();

        // nobody reads the cases of the other unit by it
        let other = again(&world, &other).await;
        assert!(!other.is_trusted(world.unit, Area::Egenkontroll, Action::View), "{db}");
    }
}

#[tokio::test]
async fn a_unit_that_somebody_has_changed_meanwhile_is_not_merged_and_nothing_is_half_done() {
    for (db, world) in worlds().await {
        let admin = world.person(Role::Admin, world.avdelning).await;
        let mut tx = world.store.system(true).await.unwrap();
        let mut seen = versions(&mut tx, &world).await;
        seen[1].1 -= 1;
        let (id, from) = (NodeId::new(), day(2027, 1, 1));
        let stale = sla_ihop::merge_nodes(&mut tx, now(), &admin, id, &what(&world, from), &seen).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
        drop(tx);
        let mut tx = world.store.system(false).await.unwrap();
        let tree = organisation::tree(&mut tx).await.unwrap();
        assert!(tree.get(id).is_none() && tree.last_days().is_empty(), "{db}");
    }
}
