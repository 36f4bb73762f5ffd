//! What is to be filled in: asked for when the source has had its time, done by its value, and asked for again when that is undone.

use domain::{occurrence::Item, siffror::slag::Varde};
use store::{occurrence, serie::fyllning};

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// What a year asks for, with whether it is done.
async fn asked(world: &World, year: i32) -> Vec<(String, bool)> {
    let chef = &world.person(Role::Enhetschef, world.unit).await;
    let mut tx = world.store.read(chef, Target::Node(world.unit, Area::Serie), Action::View).await.unwrap();
    let items = occurrence::year(&mut tx, chef, world.unit, year).await.unwrap();
    let mut found: Vec<Item> = items.into_iter().filter(|item| item.area == Area::Serie).collect();
    found.sort_by_key(|item| item.occurrence.start);
    found.into_iter().map(|item| (item.title.clone(), !item.occurrence.state.is_open())).collect()
}

#[tokio::test]
async fn a_month_is_asked_for_until_it_has_a_value() {
    for (db, world) in worlds().await {
        world.store.is_day(day(2022, 3, 28));
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let values = [ny(1, &[], 361), ny(2, &[], 356)];
        siffra::write(&mut tx, when(), &serie, Ursprung::Inskriven, &values, None).await.unwrap();
        tx.commit().await.unwrap();
        let names = |all: Vec<(String, bool)>| all.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let first = asked(&world, 2022).await;
        assert_eq!(first[0], ("Fyll på ”Hushåll” för februari 2022".to_owned(), true), "{db}: {first:?}");
        assert_eq!(first[1], ("Fyll på ”Hushåll” för mars 2022".to_owned(), false), "{db}: in April: {first:?}");
        assert_eq!(first.last().unwrap().0, "Fyll på ”Hushåll” för november 2022", "{db}: {first:?}");

        let import = SiffraImportId::new();
        let mut tx = world.store.system(true).await.unwrap();
        import::create(&mut tx, when(), &serie, import, "hushall.csv", &[ny(3, &[], 357)], None).await.unwrap();
        tx.commit().await.unwrap();
        assert!(asked(&world, 2022).await[1].1, "{db}: it is done");
        let mut tx = world.store.system(true).await.unwrap();
        import::undo(&mut tx, now(), &serie, import).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!asked(&world, 2022).await[1].1, "{db}: it is to be done again");

        // two servers look at New Year
        for _ in 0..2 {
            fyllning::all(&world.store, day(2023, 1, 2)).await.unwrap();
        }
        let next = names(asked(&world, 2023).await);
        assert_eq!(next.len(), 12, "{db}: {next:?}");
        assert_eq!(next[0], "Fyll på ”Hushåll” för december 2022", "{db}");

        let mut tx = world.store.system(true).await.unwrap();
        world.store.is_day(day(2023, 1, 2));
        let serie = serie::get(&mut tx, serie.id).await.unwrap();
        serie::set_closed(&mut tx, now(), &serie, serie.version, Some(day(2023, 1, 31))).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(asked(&world, 2023).await.len(), 1, "{db}: what comes after its last day is not asked for");
        let mut tx = world.store.system(true).await.unwrap();
        let serie = serie::get(&mut tx, serie.id).await.unwrap();
        serie::set_closed(&mut tx, now(), &serie, serie.version, None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(asked(&world, 2023).await.len(), 12, "{db}: it is filled again");
    }
}

#[tokio::test]
async fn what_was_there_before_anybody_asked_is_nothing_to_have_done() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let value = |month| Ny { varde: Some(Varde::of(Tal::whole(9))), ..ny(month, &[], 9) };
        let values: Vec<Ny> = (1..=2).map(value).collect();
        siffra::write(&mut tx, when(), &serie, Ursprung::Inskriven, &values, None).await.unwrap();
        tx.commit().await.unwrap();
        let all = asked(&world, 2022).await;
        assert!(all.iter().all(|(_, done)| !done) && all[0].0.ends_with("mars 2022"), "{db}: {all:?}");
    }
}
