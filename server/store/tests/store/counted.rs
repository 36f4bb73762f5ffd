//! The story of a plan that is laid when most of its year has gone.

#![allow(clippy::unwrap_used)]

use domain::{
    counted::{CountFrom, PlanYear},
    egenkontroll,
    id::{EgenkontrollId, InternkontrollId},
    internkontroll,
    occurrence::Item,
    permission::Role,
    recurrence::{Recurrence, form::Fields},
    schedule::Responsible,
};
use store::schedule;

use super::plan::{World, content, day, now, today, worlds};

const CHEF: Responsible = Responsible::Role(Role::Enhetschef);

async fn months(world: &World, source: uuid::Uuid) -> Vec<u32> {
    let chef = world.person(Role::Enhetschef, world.unit).await;
    let items: Vec<Item> = world.items(&chef, world.unit).await;
    items.iter().filter(|i| i.source == source).map(|i| i.occurrence.month()).collect()
}

#[tokio::test]
async fn a_plan_counted_from_today_has_nothing_late_and_keeps_that_when_it_is_changed() {
    for (db, world) in worlds().await {
        let (row, from) = (content(CHEF, Recurrence::Monthly, false), PlanYear::of(2026, CountFrom::Today, today()));
        let id = EgenkontrollId::new();
        let mut tx = world.store.system(true).await.unwrap();
        store::plan::create(&mut tx, now(), id, world.unit, from, &row).await.unwrap();
        // the same form again is the same row
        store::plan::create(&mut tx, now(), id, world.unit, from, &row).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(months(&world, id.0).await, [11, 12], "{db}");
        // another title, and another rhythm, within what is counted
        let mut tx = world.store.system(true).await.unwrap();
        let titled = egenkontroll::Content { kontrollmal: "Annat".into(), ..row.clone() };
        store::plan::update(&mut tx, now(), id, 1, &titled).await.unwrap();
        let quarter = egenkontroll::Content { recurrence: Recurrence::Quarterly, ..titled };
        store::plan::update(&mut tx, now(), id, 2, &quarter).await.unwrap();
        let (kept, _) = store::plan::get(&mut tx, id).await.unwrap();
        assert_eq!(kept.counted_from, Some(today()), "{db}");
        tx.commit().await.unwrap();
        assert_eq!(months(&world, id.0).await, [12], "{db}");
        // whoever wants the months that have passed takes them in, and leaves them out again
        for (from, then) in
            [(Some(day(2026, 6, 1)), vec![6, 9, 12]), (None, vec![3, 6, 9, 12]), (Some(today()), vec![12])]
        {
            let mut tx = world.store.system(true).await.unwrap();
            schedule::recount(&mut tx, now(), id.0, from).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(months(&world, id.0).await, then, "{db}: {from:?}");
        }
        let mut tx = world.store.system(false).await.unwrap();
        let told = store::history::list(&mut tx, &[id.0]).await.unwrap();
        let changes: Vec<_> = told.iter().flat_map(|e| &e.changes).filter(|c| c.label == "Räknas").collect();
        assert_eq!(changes.len(), 3, "{db}");
        assert!(changes.iter().any(|c| c.after == "från juni 2026"), "{db}: {changes:?}");
    }
}

#[tokio::test]
async fn both_levels_and_all_units_are_counted_from_the_same_day_and_a_copy_has_a_choice_of_its_own() {
    for (db, world) in worlds().await {
        let from = PlanYear::of(2026, CountFrom::Month(10), today());
        let form = internkontroll::Form {
            systematisk_kontroll: "Antal hushåll".into(),
            kontrollaktivitet: "Följa upp antalet".into(),
            when: Fields::named("varje_manad"),
            ..internkontroll::Form::default()
        };
        let (intern, laid) = (InternkontrollId::new(), EgenkontrollId::new());
        let mut tx = world.store.system(true).await.unwrap();
        let row = internkontroll::check(&form, 2026).unwrap();
        store::plan::create(&mut tx, now(), intern, world.unit, from, &row).await.unwrap();
        let row = content(CHEF, Recurrence::Monthly, true);
        store::plan::create(&mut tx, now(), laid, world.avdelning, from, &row).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(months(&world, intern.0).await, [10, 10, 11, 11, 12, 12], "{db}");
        assert_eq!(months(&world, laid.0).await, [10, 11, 12], "{db}");
        let mut tx = world.store.system(true).await.unwrap();
        store::plan::copy_plan::<domain::internkontroll::Content>(&mut tx, now(), world.unit, 2026, 2027)
            .await
            .unwrap();
        let late = PlanYear::of(2028, CountFrom::Today, day(2028, 12, 1));
        store::plan::copy_plan::<domain::internkontroll::Content>(&mut tx, now(), world.unit, 2026, late)
            .await
            .unwrap();
        let times = async |tx: &mut store::Tx, year| {
            let copied =
                store::plan::list::<domain::internkontroll::Content>(tx, world.unit, year).await.unwrap().remove(0);
            let schedules = schedule::of_source(tx, copied.id.0).await.unwrap();
            schedules.iter().map(|s| s.slots().len()).collect::<Vec<_>>()
        };
        assert_eq!(times(&mut tx, 2027).await, [12, 12], "{db}: the whole of the next year");
        assert_eq!(times(&mut tx, 2028).await, [1, 1], "{db}");
    }
}
