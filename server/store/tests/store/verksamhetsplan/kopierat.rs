//! The story of a plan that is copied more than once: what was removed from the copy stays away, and what was added is filled in; on SQLite
//! and PostgreSQL.

use domain::verksamhetsplan::{
    enhetsmal::uppfoljning::UppfoljningId, forvantat::ForvantatId, indikator::IndikatorId, plan::Steg,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use store::{
    Store, Tx,
    verksamhetsplan::{
        forvantat, indikator, kapitel,
        kopiering::{Kopierad, kopiera_plan},
        mal, uppfoljning,
    },
};

use super::{
    enhetsmal::followed,
    gang::{chapter, expected, steg, takes},
    indikator::andel,
    mal::{Planer, made, planer},
    *,
};

async fn copy(tx: &mut Tx, plan: PlanId) -> Kopierad {
    kopiera_plan(tx, now(), plan, PlanId::new()).await.unwrap()
}

/// The goal that one has become the year after.
async fn became(tx: &mut Tx, of: &Planer, old: MalId) -> MalId {
    let next = mal::trad(tx, of.unit, 2027).await.unwrap();
    next.walk().into_iter().map(|post| post.mal).find(|mal| mal.copied_from == Some(old)).unwrap().id
}

async fn titles(tx: &mut Tx, of: &Planer) -> Vec<String> {
    let next = mal::trad(tx, of.unit, 2027).await.unwrap();
    next.walk().into_iter().map(|post| post.mal.content.titel.clone()).collect()
}

async fn row(tx: &mut Tx, plan: PlanId, mal: MalId, text: &str) {
    forvantat::create(tx, now(), plan, (ForvantatId::new(), mal), &expected(text)).await.unwrap();
}

#[tokio::test]
async fn what_was_removed_from_a_copy_stays_away_and_what_was_added_is_filled_in() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let goes = made(&mut tx, of.plan, Niva::Namndmal, "Jobb", None).await;
        let stays = made(&mut tx, of.plan, Niva::Namndmal, "Boende", None).await;
        row(&mut tx, of.plan, goes, "Fler får jobb").await;
        row(&mut tx, of.plan, stays, "Färre vräks").await;
        indikator::create(&mut tx, now(), of.plan, (IndikatorId::new(), goes), &andel("Planer")).await.unwrap();
        indikator::create(&mut tx, now(), of.plan, (IndikatorId::new(), stays), &andel("Analyser")).await.unwrap();
        let what = followed("Placeringar", 2026);
        uppfoljning::create(&mut tx, now(), of.plan, (UppfoljningId::new(), stays), &what).await.unwrap();
        let next = copy(&mut tx, of.plan).await.plan;
        let (jobb, boende) = (became(&mut tx, &of, goes).await, became(&mut tx, &of, stays).await);
        // removed from the copy: a goal with its row, and one of each kind
        for one in indikator::list(&mut tx, next).await.unwrap() {
            indikator::remove(&mut tx, now(), next, one.indikator.id, 1).await.unwrap();
        }
        mal::remove(&mut tx, now(), next, (jobb, 1)).await.unwrap();
        let old = forvantat::of_mal(&mut tx, boende).await.unwrap()[0].id;
        forvantat::remove(&mut tx, now(), next, (boende, old, 1)).await.unwrap();
        let old = uppfoljning::of_mal(&mut tx, boende).await.unwrap()[0].id;
        uppfoljning::remove(&mut tx, now(), next, (boende, old, 1)).await.unwrap();
        let chapters = kapitel::list(&mut tx, next).await.unwrap();
        kapitel::remove(&mut tx, now(), next, (chapters[0].id, 1)).await.unwrap();
        kapitel::update(&mut tx, now(), next, (chapters[1].id, 1), &chapter("Möten", "")).await.unwrap();
        // added to the old plan: under what was removed, and beside it
        made(&mut tx, of.plan, Niva::Enhetsmal, "Hälsa", Some(goes)).await;
        indikator::create(&mut tx, now(), of.plan, (IndikatorId::new(), goes), &andel("Sjuktal")).await.unwrap();
        row(&mut tx, of.plan, stays, "Fler hyr").await;
        let again = copy(&mut tx, of.plan).await;
        assert_eq!((again.plan, again.antal), (next, 1), "{db}: {again:?}");
        let told = [
            "Ett mål, två rader, två indikatorer, en uppföljning och ett kapitel som har tagits bort i planen för 2027 \
             togs inte med igen.",
            "Nytt som hör till det målet togs inte heller med: ett mål och en indikator.",
        ];
        assert_eq!(again.notes, told, "{db}");
        assert_eq!(titles(&mut tx, &of).await, ["Boende"], "{db}");
        let rows = forvantat::of_plan(&mut tx, next).await.unwrap();
        assert_eq!(rows.iter().map(|row| &*row.content.text).collect::<Vec<_>>(), ["Fler hyr"], "{db}");
        assert!(indikator::list(&mut tx, next).await.unwrap().is_empty(), "{db}");
        assert!(uppfoljning::of_plan(&mut tx, next).await.unwrap().is_empty(), "{db}");
        let there = kapitel::list(&mut tx, next).await.unwrap();
        assert_eq!(there.len(), chapters.len() - 1, "{db}: one is gone, and one is called otherwise");
        let third = copy(&mut tx, of.plan).await;
        assert_eq!((third.antal, third.notes.as_slice()), (0, again.notes.as_slice()), "{db}");
    }
}

#[tokio::test]
async fn a_goal_that_was_gone_for_a_while_is_the_one_that_was_copied() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Jobb", None).await;
        takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::Faststall, "")).await.unwrap();
        copy(&mut tx, of.plan).await;
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        mal::remove(&mut tx, now(), of.plan, (own, 1)).await.unwrap();
        takes(&mut tx, of.plan, &steg(Steg::AvbrytRevision, "")).await.unwrap();
        let again = copy(&mut tx, of.plan).await;
        assert_eq!((again.antal, again.notes.len()), (0, 0), "{db}: {again:?}");
        assert_eq!(titles(&mut tx, &of).await, ["Jobb"], "{db}");
    }
}

#[tokio::test]
async fn what_a_copy_added_in_a_revision_that_was_given_up_can_be_copied_again() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        made(&mut tx, of.plan, Niva::Enhetsmal, "Jobb", None).await;
        let next = copy(&mut tx, of.plan).await.plan;
        for one in [Steg::Foresla, Steg::Faststall, Steg::OppnaRevision] {
            takes(&mut tx, next, &steg(one, "Ny budget")).await.unwrap();
        }
        let new = made(&mut tx, of.plan, Niva::Enhetsmal, "Boende", None).await;
        row(&mut tx, of.plan, new, "Färre vräks").await;
        assert_eq!(copy(&mut tx, of.plan).await.antal, 2, "{db}");
        takes(&mut tx, next, &steg(Steg::AvbrytRevision, "")).await.unwrap();
        assert_eq!(titles(&mut tx, &of).await, ["Jobb"], "{db}");
        takes(&mut tx, next, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        let again = copy(&mut tx, of.plan).await;
        assert_eq!((again.antal, again.notes.len()), (2, 0), "{db}: {again:?}");
    }
}

#[tokio::test]
async fn a_chapter_that_nobody_has_written_in_gives_way_once_and_one_made_anew_stays() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let old = kapitel::list(&mut tx, of.plan).await.unwrap();
        let next = copy(&mut tx, of.plan).await.plan;
        let copied = kapitel::list(&mut tx, next).await.unwrap();
        let (first, second) = (&old[0].content.rubrik, &old[1].content.rubrik);
        kapitel::remove(&mut tx, now(), next, (copied[0].id, 1)).await.unwrap();
        kapitel::create(&mut tx, now(), next, KapitelId::new(), &chapter(first, "")).await.unwrap();
        for (one, rubrik) in [(old[0].id, first), (old[1].id, second)] {
            kapitel::update(&mut tx, now(), of.plan, (one, 1), &chapter(rubrik, "Vi möts.")).await.unwrap();
        }
        let again = copy(&mut tx, of.plan).await;
        assert_eq!((again.antal, again.notes.len()), (1, 0), "{db}: {again:?}");
        let there = kapitel::list(&mut tx, next).await.unwrap();
        let text =
            |rubrik: &String| there.iter().find(|one| one.content.rubrik == *rubrik).unwrap().content.text.clone();
        assert_eq!((text(first), text(second), there.len()), (String::new(), "Vi möts.".to_owned(), old.len()), "{db}");
        assert_eq!(copy(&mut tx, of.plan).await.antal, 0, "{db}: once");
    }
}

/// The table as it is made in a database where plans have been copied before.
async fn upgrade(url: &str) {
    let drop = "drop table kopierat;\n";
    if url.starts_with("sqlite") {
        let sql = include_str!("../../../../../migrations/sqlite/0053_kopierat.sql");
        let mut c = SqliteConnection::connect(url).await.unwrap();
        c.execute(AssertSqlSafe(format!("{drop}{sql}"))).await.unwrap();
    } else {
        let sql = include_str!("../../../../../migrations/postgres/0053_kopierat.sql");
        let mut c = PgConnection::connect(url).await.unwrap();
        c.execute(AssertSqlSafe(format!("{drop}{sql}"))).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_copied_before_an_upgrade_stays_away_too_when_it_is_removed() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let mut tx = store.system(true).await.unwrap();
        let of = planer(&mut tx, None).await;
        let goes = made(&mut tx, of.plan, Niva::Namndmal, "Jobb", None).await;
        let stays = made(&mut tx, of.plan, Niva::Namndmal, "Boende", None).await;
        row(&mut tx, of.plan, stays, "Färre vräks").await;
        indikator::create(&mut tx, now(), of.plan, (IndikatorId::new(), goes), &andel("Planer")).await.unwrap();
        let next = copy(&mut tx, of.plan).await.plan;
        tx.commit().await.unwrap();
        store.close().await;
        upgrade(&url).await;
        let store = Store::connect(&url).await.unwrap();
        let mut tx = store.system(true).await.unwrap();
        let (jobb, boende) = (became(&mut tx, &of, goes).await, became(&mut tx, &of, stays).await);
        let measured = indikator::list(&mut tx, next).await.unwrap()[0].indikator.id;
        indikator::remove(&mut tx, now(), next, measured, 1).await.unwrap();
        mal::remove(&mut tx, now(), next, (jobb, 1)).await.unwrap();
        let old = forvantat::of_mal(&mut tx, boende).await.unwrap()[0].id;
        forvantat::remove(&mut tx, now(), next, (boende, old, 1)).await.unwrap();
        let again = copy(&mut tx, of.plan).await;
        let told = "Ett mål, en rad och en indikator som har tagits bort i planen för 2027 togs inte med igen.";
        assert_eq!((again.antal, again.notes.as_slice()), (0, [told.to_owned()].as_slice()), "{db}");
    }
}
