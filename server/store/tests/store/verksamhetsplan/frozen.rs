//! What the first version wrote in the rows of a plan is read for ever.

use store::{
    Store,
    verksamhetsplan::{kapitel, mal},
};

use super::{
    mal::{made, planer},
    *,
};
use crate::stored::{frozen, write};

#[tokio::test]
async fn a_plan_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let mut tx = store.system(true).await.unwrap();
        let of = planer(&mut tx, None).await;
        let goal = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", None).await;
        let chapter = kapitel::list(&mut tx, of.plan).await.unwrap()[0].id;
        tx.commit().await.unwrap();
        write(&url, format!("update mal set content = '{}'", frozen("mal-content-1.json"))).await;
        let (top, plan) = (of.top, of.plan);
        let mut tx = store.system(true).await.unwrap();
        for one in kapitel::list(&mut tx, top).await.unwrap() {
            kapitel::remove(&mut tx, now(), top, (one.id, one.version)).await.unwrap();
        }
        for one in kapitel::list(&mut tx, plan).await.unwrap().into_iter().filter(|one| one.id != chapter) {
            kapitel::remove(&mut tx, now(), plan, (one.id, one.version)).await.unwrap();
        }
        tx.commit().await.unwrap();
        write(&url, format!("update plankapitel set content = '{}'", frozen("plankapitel-content-1.json"))).await;
        let gang = frozen("verksamhetsplan-gang-1.json");
        let decided = format!("update verksamhetsplan set state = 'faststalld', gang = '{gang}' where node_id in");
        let unit = "(select id from node where parent_id is not null)";
        write(&url, format!("{decided} {unit}")).await;
        let kept = frozen("beslutat-content-1.json");
        let of_unit = format!("select id, 1, '{kept}' from verksamhetsplan where node_id in {unit}");
        write(&url, format!("insert into beslutat (plan_id, nr, content) {of_unit}")).await;
        let mut tx = store.system(false).await.unwrap();
        let found = verksamhetsplan::get(&mut tx, plan).await.unwrap();
        assert_eq!((found.said().as_str(), found.revision.is_some()), ("fastställd 2026-01-28", true), "{db}");
        let kept = verksamhetsplan::beslutat::get(&mut tx, plan, 1).await.unwrap().unwrap();
        let told = (&*kept.mal[0].content.titel, &*kept.kapitel[0].content.rubrik, &*kept.texter[0].content.process);
        assert_eq!(told, ("Egen försörjning", "Kommunikation", "Utredning"), "{db}");
        assert_eq!((kept.forvantat[0].ordning, kept.indikatorer[0].ordning, kept.grupper.len()), (1, 1, 1), "{db}");
        let found = mal::of_plan(&mut tx, &found, goal).await.unwrap();
        assert_eq!(found.content.med_nr(), "1.2 Invånare i Stockholm är självförsörjande", "{db}");
        let found = kapitel::get(&mut tx, plan, chapter).await.unwrap();
        assert!(found.content.efter_malen && found.content.senast.is_some(), "{db}");
    }
}
