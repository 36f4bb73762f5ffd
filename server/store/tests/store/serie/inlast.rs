//! Imports: read as a whole, sent twice, and undone.

use chrono::TimeDelta;

use super::*;

async fn read(tx: &mut Tx, serie: &Serie, id: SiffraImportId, nya: &[Ny]) -> Result<Written, Error> {
    import::create(tx, when(), serie, id, "hushall.csv", nya, None).await
}

#[tokio::test]
async fn an_import_is_undone_as_a_whole_and_what_was_there_before_holds_again() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let mut tx = world.store.system(true).await.unwrap();
        tx.act_as(chef.person);
        let serie = made(&mut tx, world.unit, &[]).await;
        fill(&mut tx, &serie, &[ny(1, &[], 317), preliminar(ny(2, &[], 316))]).await.unwrap();
        let before = held(&mut tx, &serie).await;
        let id = SiffraImportId::new();
        let rows = [ny(1, &[], 317), ny(2, &[], 328), ny(3, &[], 330)];
        let written = read(&mut tx, &serie, id, &rows).await.unwrap();
        assert_eq!(written, Written { nya: 1, andrade: 1, oforandrade: 1 }, "{db}");
        assert_eq!(siffra::all(&mut tx, serie.id, 0).await.unwrap()[1].ursprung, Ursprung::Import(id), "{db}");
        let list = import::list(&mut tx, serie.id).await.unwrap();
        assert_eq!((list[0].rubrik.as_str(), list[0].who.as_str(), list[0].at), ("hushall.csv", "Enhetschef", now()));
        assert_eq!((list[0].written, list[0].undone_at), (written, None), "{db}");

        for _ in 0..2 {
            let undone = import::undo(&mut tx, now() + TimeDelta::hours(24), &serie, id).await.unwrap();
            assert_eq!(undone, import::Undone { borta: 1, aterstallda: 1 }, "{db}: undone twice is undone");
            assert_eq!(held(&mut tx, &serie).await, before, "{db}");
        }
        assert!(siffra::revisions(&mut tx, serie.id, 0).await.unwrap().is_empty(), "{db}: it replaced nothing");
        let every = siffra::versions(&mut tx, serie.id, 0).await.unwrap();
        let undone = every.iter().filter(|s| s.ursprung == Ursprung::Angrad(id)).count();
        assert_eq!((every.len(), undone), (4, 2), "{db}: it was seen, and it is known that it was undone");
        assert!(import::list(&mut tx, serie.id).await.unwrap()[0].undone_at.is_some(), "{db}");
        let told = history::list(&mut tx, &[serie.id.0]).await.unwrap();
        assert_eq!((told[0].what.as_str(), told[0].reason.as_str()), ("Inläsning ångrad", "hushall.csv"), "{db}");

        // read again it is another import, and its values are revisions of what holds
        let again = read(&mut tx, &serie, SiffraImportId::new(), &rows).await.unwrap();
        assert_eq!(again, written, "{db}");
        let stands = held(&mut tx, &serie).await;
        assert_eq!(stands[1], ("2022-02".to_owned(), Some(328), 3), "{db}");
        let replaced = siffra::revisions(&mut tx, serie.id, 0).await.unwrap();
        assert_eq!((replaced.len(), replaced[0].0.revision, replaced[0].1.revision), (1, 1, 3), "{db}");
    }
}

#[tokio::test]
async fn an_import_of_which_a_value_was_changed_since_or_that_is_older_than_a_day_stands() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let (id, other) = (SiffraImportId::new(), SiffraImportId::new());
        read(&mut tx, &serie, id, &[ny(1, &[], 317), ny(2, &[], 328)]).await.unwrap();
        let late = now() + TimeDelta::hours(24) + TimeDelta::seconds(1);
        let words = said(import::undo(&mut tx, late, &serie, id).await);
        assert!(words.starts_with("Inläsningen är äldre än ett dygn"), "{db}: {words}");
        read(&mut tx, &serie, other, &[ny(2, &[], 329)]).await.unwrap();
        let words = said(import::undo(&mut tx, now(), &serie, id).await);
        assert!(words.starts_with("Ett av inläsningens värden har ändrats efteråt"), "{db}: {words}");
        // the later first, then the earlier
        import::undo(&mut tx, now(), &serie, other).await.unwrap();
        import::undo(&mut tx, now(), &serie, id).await.unwrap();
        assert!(held(&mut tx, &serie).await.is_empty(), "{db}");
        let elsewhere = made(&mut tx, world.other, &[]).await;
        let foreign = import::undo(&mut tx, now(), &elsewhere, id).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{db}: {foreign:?}");
    }
}

#[tokio::test]
async fn an_import_that_is_confirmed_twice_is_one() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let id = SiffraImportId::new();
        assert!(!import::is_read(&mut tx, serie.id, id).await.unwrap(), "{db}");
        for _ in 0..2 {
            let written = read(&mut tx, &serie, id, &[ny(1, &[], 317)]).await.unwrap();
            assert_eq!(written, Written { nya: 1, ..Written::default() }, "{db}: what came of it the first time");
        }
        assert!(import::is_read(&mut tx, serie.id, id).await.unwrap(), "{db}");
        let elsewhere = made(&mut tx, world.other, &[]).await;
        for (serie, id) in [(elsewhere.id, id), (serie.id, SiffraImportId(elsewhere.id.0))] {
            said(import::is_read(&mut tx, serie, id).await);
        }
        let other = said(read(&mut tx, &serie, id, &[ny(1, &[], 318)]).await);
        assert!(other.starts_with("En annan tabell är redan inläst"), "{db}: {other}");
        assert_eq!(import::list(&mut tx, serie.id).await.unwrap().len(), 1, "{db}");
        assert_eq!(held(&mut tx, &serie).await, [("2022-01".to_owned(), Some(317), 1)], "{db}");
    }
}
