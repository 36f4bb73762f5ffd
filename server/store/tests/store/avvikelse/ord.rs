//! What a case is found by, however its text was pasted, how long it is, and whenever it came.

use domain::{
    avvikelse::{Innehall, intake::Rapport, sok::Sok},
    id::AvvikelseId,
};
use sqlx::{Connection, Executor};
use store::{
    Store,
    avvikelse::{self, ord},
};

use super::{World, now, rapport, today, worlds, worlds_of};

/// As Word and a Mac leave it on the clipboard: soft hyphens, and letters made of two.
const PASTED: &str = include_str!("../../../../../app/domain/testdata/mjuka-bindestreck-och-nfd.txt");
const WORDS: [&str; 4] = ["Utbetalningen", "boendestödet", "Återkoppling", "Åsögatan"];

async fn send(w: &World, what: &str) {
    let mut tx = w.store.system(true).await.unwrap();
    tx.act_as(w.reporter.person);
    let what = Innehall::Rapport(Rapport { consequence: "Det blev sent".into(), ..rapport(what) });
    avvikelse::create(&mut tx, now(), today(), AvvikelseId::new(), w.unit, what).await.unwrap();
    tx.commit().await.unwrap();
}

async fn finds(w: &World, asked: &str) -> usize {
    w.found(&w.chef, &Sok::default().with_text(asked)).await.len()
}

#[tokio::test]
async fn a_case_is_found_by_each_word_as_it_is_read() {
    for w in worlds().await {
        send(&w, PASTED).await;
        send(&w, "Ett annat ärende").await;
        for asked in WORDS {
            assert_eq!(finds(&w, asked).await, 1, "{}: {asked}", w.db);
        }
        // and asked as it was pasted
        for asked in
            ["Utbe\u{ad}tal\u{ad}ning", "A\u{30a}so\u{308}gatan", "boende\u{200b}stödet", "utbetal\u{200d}ningen"]
        {
            assert_eq!(finds(&w, asked).await, 1, "{}: {asked:?}", w.db);
        }
    }
}

#[tokio::test]
async fn a_long_case_is_found_by_its_last_word() {
    for w in worlds().await {
        let long = (0..1_400).map(|n| format!("ord{n}")).collect::<Vec<_>>().join(" ");
        send(&w, &format!("{long} slutordet")).await;
        for asked in ["ord0", "ord700", "ord1399", "slutordet"] {
            assert_eq!(finds(&w, asked).await, 1, "{}: {asked}", w.db);
        }
    }
}

/// Whoever has had the program a year has cases that were indexed by another rule.
#[tokio::test]
async fn a_case_from_before_is_found_as_a_new_one_once_its_words_are_made_anew() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let w = worlds_of(vec![(db, store)]).await.remove(0);
        for _ in 0..25 {
            send(&w, PASTED).await;
        }
        let earlier = "update avvikelse set ord_version = 0;
                       delete from avvikelse_ord where ord not like '#%';";
        if db == "postgres" {
            sqlx::PgConnection::connect(&url).await.unwrap().execute(earlier).await.unwrap();
        } else {
            sqlx::SqliteConnection::connect(&url).await.unwrap().execute(earlier).await.unwrap();
        }
        assert_eq!(finds(&w, WORDS[0]).await, 0, "{db}: the premise");
        let mut done = vec![];
        loop {
            let mut tx = w.store.system(true).await.unwrap();
            let n = ord::renew(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
            done.push(n);
            if n == 0 {
                break;
            }
        }
        assert_eq!(done, [20, 5, 0], "{db}: a few at a time, each once");
        for asked in WORDS {
            assert_eq!(finds(&w, asked).await, 25, "{db}: {asked}");
        }
        w.store.close().await;
    }
}
