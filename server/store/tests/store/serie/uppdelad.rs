//! Dimensions: by what series are divided, and what of it can go.

use super::*;

#[tokio::test]
async fn what_has_values_or_is_named_is_not_taken_away() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let names = ["Bromma", "Kista", "Väster", "Hässelby", "Ny"];
        let district = divided(&mut tx, world.unit, "Stadsdel", &names).await;
        let [bromma, kista, vaster, hasselby, new] = [0, 1, 2, 3, 4].map(|i| district.values[i].id);
        let serie = made(&mut tx, world.unit, &[district.id]).await;
        let serie = {
            let egen = Content { egen: Some(kista), ..serie.content.clone() };
            serie::update(&mut tx, now(), &serie, 1, &egen).await.unwrap();
            serie::get(&mut tx, serie.id).await.unwrap()
        };
        let id = SiffraImportId::new();
        import::create(&mut tx, when(), &serie, id, "Fel fil", &[ny(2, &[new], 4)], None).await.unwrap();
        fill(&mut tx, &serie, &[ny(2, &[bromma], 316)]).await.unwrap();
        let seen = async |tx: &mut Tx| dimension::get(tx, district.id).await.unwrap();

        // a group is the sum of its parts, and has none of its own
        let of = async |tx: &mut Tx, id| seen(tx).await.get(id).unwrap().clone();
        let part = Dimensionsvarde { grupp: Some(bromma), ..of(&mut tx, hasselby).await };
        let d = seen(&mut tx).await;
        let words = said(dimension::update_varde(&mut tx, now(), &d, d.version, &part).await);
        assert!(words.contains("egna siffror"), "{db}: {words}");
        let part = Dimensionsvarde { grupp: Some(vaster), ..part };
        let d = seen(&mut tx).await;
        dimension::update_varde(&mut tx, now(), &d, d.version, &part).await.unwrap();

        for (id, word) in [
            (bromma, "Bromma har värden"),
            (new, "Ny har värden"),
            (vaster, "Hässelby ingår i Väster"),
            (kista, "enhetens eget värde i Hushåll"),
        ] {
            let d = seen(&mut tx).await;
            let words = said(dimension::remove_varde(&mut tx, now(), &d, d.version, id).await);
            assert!(words.contains(word), "{db}: {words}");
        }
        let d = seen(&mut tx).await;
        let words = said(dimension::remove(&mut tx, now(), &d, d.version).await);
        assert_eq!(words, "Uppdelningen används i Hushåll, så den går inte att ta bort.", "{db}");

        // of what was undone as a whole nothing holds
        import::undo(&mut tx, now(), &serie, id).await.unwrap();
        let d = seen(&mut tx).await;
        dimension::remove_varde(&mut tx, now(), &d, d.version, new).await.unwrap();
        let stale = dimension::remove_varde(&mut tx, now(), &d, d.version, hasselby).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
        let d = seen(&mut tx).await;
        assert_eq!(d.values.iter().map(|v| v.namn.as_str()).collect::<Vec<_>>(), &names[..4], "{db}");
        dimension::remove_varde(&mut tx, now(), &d, d.version, hasselby).await.unwrap();

        let unused = divided(&mut tx, world.unit, "Kön", &["Kvinnor", "Män"]).await;
        dimension::remove(&mut tx, now(), &unused, unused.version).await.unwrap();
        let left = dimension::list(&mut tx, world.unit).await.unwrap();
        assert_eq!(left.iter().map(|d| d.namn.as_str()).collect::<Vec<_>>(), ["Stadsdel"], "{db}");
        let told = history::list(&mut tx, &[unused.id.0]).await.unwrap();
        assert_eq!((told[0].what.as_str(), told[0].changes[0].before.as_str()), ("Borttagen", "Kön"), "{db}");
    }
}

#[tokio::test]
async fn a_dimension_has_a_name_of_its_own_and_values_in_an_order_that_somebody_chose() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Kista", "Okänt"]).await;
        let words = said(dimension::create(&mut tx, now(), DimensionId::new(), world.unit, "STADSDEL").await);
        assert_eq!(words, "Enheten har redan en uppdelning med det namnet.", "{db}");
        divided(&mut tx, world.other, "Stadsdel", &[]).await;
        dimension::rename(&mut tx, now(), &district, district.version, "Område").await.unwrap();
        let stale = dimension::rename(&mut tx, now(), &district, district.version, "Plats").await;
        assert!(matches!(stale, Err(Error::Conflict)), "{db}: {stale:?}");
        let order = async |tx: &mut Tx| {
            let found = dimension::get(tx, district.id).await.unwrap();
            (found.values.iter().map(|v| v.namn.clone()).collect::<Vec<_>>(), found)
        };
        let (_, d) = order(&mut tx).await;
        dimension::move_varde(&mut tx, now(), &d, d.version, district.values[2].id, true).await.unwrap();
        let (names, d) = order(&mut tx).await;
        assert_eq!((names, d.namn.as_str()), (vec!["Bromma".into(), "Okänt".into(), "Kista".into()], "Område"), "{db}");
        dimension::move_varde(&mut tx, now(), &d, d.version, district.values[0].id, true).await.unwrap();
        let (names, d) = order(&mut tx).await;
        assert_eq!(names[0], "Bromma", "{db}: the first stays");
        // what was sent twice is there once
        let new = varde("Farsta");
        dimension::create_varde(&mut tx, now(), &d, d.version, &new).await.unwrap();
        dimension::create_varde(&mut tx, now(), &d, d.version, &new).await.unwrap();
        let other = Dimensionsvarde { namn: "Tensta".into(), ..new };
        let taken = dimension::create_varde(&mut tx, now(), &d, d.version, &other).await;
        assert!(matches!(taken, Err(Error::Invalid(_))), "{db}: {taken:?}");
        assert_eq!(order(&mut tx).await.0, ["Bromma", "Okänt", "Kista", "Farsta"], "{db}");
    }
}

#[tokio::test]
async fn what_a_file_calls_a_value_is_remembered_for_one_of_them() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma", "Kista"]).await;
        let [bromma, kista] = [0, 1].map(|i| district.values[i].id);
        for id in [bromma, bromma, kista] {
            dimension::note_kallas(&mut tx, &district, id, "r-k").await.unwrap();
        }
        let after = dimension::get(&mut tx, district.id).await.unwrap();
        assert_eq!(after.named("R-K").map(|v| v.id), Some(kista), "{db}: the last answer");
        assert!(after.get(bromma).unwrap().kallas.is_empty(), "{db}");
        assert_eq!(after.version, district.version, "{db}: nobody's page is stale of it");
    }
}
