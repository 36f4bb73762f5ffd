//! What is kept in memory of a series as it is shown, with another server that writes.

use std::sync::Arc;

use domain::siffror::{serie::Serie, visning::Visning};
use store::{Store, one_snapshot};

use super::*;

/// A series as a request reads it, with the list of its unit.
async fn seen(store: &Store, serie: SerieId, guarded: bool) -> (Arc<Visning>, Arc<[Serie]>) {
    one_snapshot(async {
        let mut tx = store.system(false).await.unwrap();
        let found = serie::get(&mut tx, serie).await.unwrap();
        let list = serie::list(&mut tx, found.node).await.unwrap();
        (serie::visning::get(&mut tx, &found, guarded).await.unwrap(), list)
    })
    .await
}

/// What stands there of February, as far as it is shown.
fn february(visning: &Visning) -> Vec<Option<i64>> {
    let of = visning.alla.iter().filter(|s| s.period == Period::Month(2022, 2));
    of.map(|s| s.varde.and_then(|v| v.tal.int())).collect()
}

#[tokio::test]
async fn what_is_shown_of_a_series_is_kept_until_somebody_changes_it_and_no_longer() {
    let (_folder, pairs) = crate::common::pairs().await;
    for (db, [ours, theirs]) in pairs {
        let ours = World::new(ours).await;
        let mut tx = theirs.system(true).await.unwrap();
        let district = divided(&mut tx, ours.unit, "Stadsdel", &["Bromma", "Kista"]).await;
        let [bromma, kista] = [0, 1].map(|i| district.values[i].id);
        let one = SerieId::new();
        let protected = Content { skyddas: true, ..content("Hushåll", &[district.id]) };
        serie::create(&mut tx, now(), one, ours.unit, &protected).await.unwrap();
        let one = serie::get(&mut tx, one).await.unwrap();
        let other = made(&mut tx, ours.unit, &[]).await;
        let few = [ny(2, &[bromma], 316), ny(2, &[kista], 3)];
        siffra::write(&mut tx, when(), &one, Ursprung::Inskriven, &few, None).await.unwrap();
        tx.commit().await.unwrap();

        let before = seen(&ours.store, one.id, false).await;
        let kept = seen(&ours.store, one.id, false).await;
        assert!(Arc::ptr_eq(&before.0, &kept.0) && Arc::ptr_eq(&before.1, &kept.1), "{db}: kept");
        assert_eq!(february(&before.0), [Some(316), Some(3)], "{db}");
        // those from whom small numbers are hidden have one of their own
        let (hidden, _) = seen(&ours.store, one.id, true).await;
        assert!(!february(&hidden).contains(&Some(3)) && !hidden.visat.dolda_platser.is_empty(), "{db}");

        // what is written of another series of the unit leaves it, and its own values do not
        let mut tx = theirs.system(true).await.unwrap();
        siffra::write(&mut tx, when(), &other, Ursprung::Inskriven, &[ny(2, &[], 9)], None).await.unwrap();
        tx.commit().await.unwrap();
        let kept = seen(&ours.store, one.id, false).await;
        assert!(Arc::ptr_eq(&before.0, &kept.0) && Arc::ptr_eq(&before.1, &kept.1), "{db}: another series");
        let id = SiffraImportId::new();
        let mut tx = theirs.system(true).await.unwrap();
        import::create(&mut tx, when(), &one, id, "Fil", &[ny(2, &[bromma], 320)], None).await.unwrap();
        tx.commit().await.unwrap();
        let (read, list) = seen(&ours.store, one.id, false).await;
        assert_eq!(february(&read), [Some(320), Some(3)], "{db}");
        assert!(Arc::ptr_eq(&before.1, &list), "{db}: what the series are is as it was");
        let (hidden, _) = seen(&ours.store, one.id, true).await;
        let mut tx = theirs.system(true).await.unwrap();
        import::undo(&mut tx, now(), &one, id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(february(&seen(&ours.store, one.id, false).await.0), [Some(316), Some(3)], "{db}: undone");
        assert!(!Arc::ptr_eq(&hidden, &seen(&ours.store, one.id, true).await.0), "{db}: undone for all");

        // a name in its dimension, and what the series is
        let mut tx = theirs.system(true).await.unwrap();
        let d = dimension::get(&mut tx, district.id).await.unwrap();
        let named = Dimensionsvarde { namn: "Bromma och Ängby".into(), ..d.values[0].clone() };
        dimension::update_varde(&mut tx, now(), &d, d.version, &named).await.unwrap();
        tx.commit().await.unwrap();
        let (read, _) = seen(&ours.store, one.id, false).await;
        assert_eq!(read.dimensioner[0].values[0].namn, "Bromma och Ängby", "{db}");
        let mut tx = theirs.system(true).await.unwrap();
        let found = serie::get(&mut tx, one.id).await.unwrap();
        let called = Content { namn: "Hushåll i Bromma".into(), ..found.content.clone() };
        serie::update(&mut tx, now(), &found, found.version, &called).await.unwrap();
        tx.commit().await.unwrap();
        let (_, list) = seen(&ours.store, one.id, false).await;
        assert!(list.iter().any(|serie| serie.content.namn == "Hushåll i Bromma"), "{db}");
    }
}
