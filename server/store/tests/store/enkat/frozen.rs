//! Questions as the first version wrote them, read for ever; and those of a later version, which are refused.

use super::*;
use crate::{
    common,
    stored::{frozen, write},
};

#[tokio::test]
async fn questions_are_read_as_the_first_version_wrote_them_and_can_still_be_changed() {
    let (_folder, urls) = common::urls().await;
    for (name, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let w = World::new(store).await;
        write(&url, format!("update enkat_version set questions = '{}'", frozen("enkat-version-questions-1.json")))
            .await;
        let mut tx = w.store.system(true).await.unwrap();
        let version = store::enkat::versions(&mut tx, w.id).await.unwrap().remove(0);
        assert_eq!(version.questions.list.len(), 4, "{name}");
        assert_eq!(version.questions.list[0].vikt, Some(80), "{name}");

        let enkat = store::enkat::get(&mut tx, w.id).await.unwrap();
        let mut new = version.questions.clone();
        new.list.pop();
        let seen = (&version, &version.questions);
        store::enkat::update_questions(&mut tx, now(), &enkat, seen, &new, "Frågor ändrade", vec![]).await.unwrap();
        assert_eq!(store::enkat::versions(&mut tx, w.id).await.unwrap()[0].questions, new, "{name}");
        let again = store::enkat::update_questions(&mut tx, now(), &enkat, seen, &new, "Frågor ändrade", vec![]).await;
        assert!(matches!(again, Err(Error::Conflict)), "{name}: {again:?}");
        tx.commit().await.unwrap();

        write(&url, r#"update enkat_version set questions = '{"v":2,"kon":true,"list":[]}'"#.to_owned()).await;
        let mut tx = w.store.system(false).await.unwrap();
        let error = store::enkat::versions(&mut tx, w.id).await.unwrap_err();
        assert!(error.to_string().starts_with("enkat_version "), "{name}: {error}");
    }
}

#[tokio::test]
async fn a_distribution_from_elsewhere_is_read_as_the_first_version_wrote_it_and_one_of_a_later_version_is_refused() {
    let (_folder, urls) = common::urls().await;
    for (name, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let w = World::new(store).await;
        let mut tx = w.store.system(true).await.unwrap();
        let enkat = store::enkat::get(&mut tx, w.id).await.unwrap();
        let row = UtifranForm {
            fraga: 1,
            source: "Staden".into(),
            wave: "2025".into(),
            kon: None,
            share: 45.1,
            n: None,
            fordelning: None,
        };
        resultat::save_utifran(&mut tx, now(), &enkat, &[row]).await.unwrap();
        tx.commit().await.unwrap();
        let spread = frozen("enkat-utifran-fordelning-1.json");
        write(&url, format!("update enkat_utifran set fordelning = '{spread}'")).await;
        let mut tx = w.store.system(false).await.unwrap();
        let read = resultat::utifran(&mut tx, w.id).await.unwrap().remove(0).row.fordelning.unwrap();
        let words = "Mycket bra 1,6\u{a0}%, Bra 43,5\u{a0}%, Dåligt 35,4\u{a0}%, Mycket dåligt 19,5\u{a0}%.";
        assert_eq!((read.words().as_str(), read.decimaler), (words, 1), "{name}");
        drop(tx);

        write(&url, r#"update enkat_utifran set fordelning = '{"v":2,"andelar":[]}'"#.to_owned()).await;
        let mut tx = w.store.system(false).await.unwrap();
        let error = resultat::utifran(&mut tx, w.id).await.unwrap_err();
        assert!(error.to_string().starts_with("enkat_utifran "), "{name}: {error}");
    }
}
