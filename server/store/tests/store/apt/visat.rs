//! What a meeting saw, as it was kept by each version of the program.

use domain::{apt::visat::Visat, dokument::Block};

use super::*;
use crate::{
    common,
    stored::{frozen, write},
};

#[tokio::test]
async fn what_a_meeting_saw_is_kept_when_it_ends_and_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let w = world(&store).await;
        let mut tx = store.system(true).await.unwrap();
        let id = AptId::new();
        let content = Content {
            kind: Kind::Apt,
            on: day(11, 11),
            time: String::new(),
            place: String::new(),
            chair: None,
            secretary: None,
        };
        apt::create(&mut tx, now(), id, w.unit, &content, None).await.unwrap();
        assert_eq!(apt::visat::get(&mut tx, id).await.unwrap(), None, "{db}");
        for text in ["först", "sedan"] {
            let seen = Visat { punkter: vec![(PunktId::new(), vec![Block::text(text)])], ..Visat::default() };
            apt::visat::save(&mut tx, id, &seen).await.unwrap();
            assert_eq!(apt::visat::get(&mut tx, id).await.unwrap(), Some(seen), "{db}: one that ends again saw more");
        }
        tx.commit().await.unwrap();
        let kept = frozen("apt-visat-1.json");
        write(&url, format!("update apt_visat set innehall = '{kept}'")).await;
        let mut tx = store.system(false).await.unwrap();
        let seen = apt::visat::get(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(seen.punkter[0].1.len(), 7, "{db}");
        assert_eq!(seen.avbockat[0].found, "11 av 12", "{db}");
        let document = domain::dokument::Dokument::new("", "").blocks(seen.punkter[0].1.clone());
        let words = document.words().join(" ");
        for word in ["Nio av tio svarade Ja", "Vi provar larmen", "ett", "92 %", "Varför: larmen", "Källa: planen"] {
            assert!(words.contains(word), "{db}: {word} in {words}");
        }
        drop(tx);
        // with the charts of a wheel, of avvikelser and of an enkät, which keep every stroke that they were drawn with
        let kept = frozen("apt-visat-2.json");
        write(&url, format!("update apt_visat set innehall = '{kept}'")).await;
        let mut tx = store.system(false).await.unwrap();
        let seen = apt::visat::get(&mut tx, id).await.unwrap().unwrap();
        let drawn = seen.punkter[0].1.iter().map(|block| match block {
            Block::Figure(figure) => (figure.caption.as_str(), figure.drawing.as_ref().map_or(0, |d| d.marks.len())),
            other => panic!("{other:?}"),
        });
        let drawn: Vec<_> = drawn.collect();
        let captions =
            ["Årshjulet som det såg ut när mötet slutade", "Avvikelser efter tid", "Hur var bemötandet? 75 %", ""];
        assert_eq!(drawn.iter().map(|(caption, _)| *caption).collect::<Vec<_>>(), captions, "{db}");
        assert!(drawn.iter().all(|(_, marks)| *marks > 0), "{db}: {drawn:?}");
        drop(tx);
        write(&url, "update apt_visat set innehall = '{\"v\":2}'".to_owned()).await;
        let mut tx = store.system(false).await.unwrap();
        let error = apt::visat::get(&mut tx, id).await.unwrap_err().to_string();
        assert_eq!(error, format!("apt_visat {}: what stands in innehall cannot be read", id.0), "{db}");
    }
}
