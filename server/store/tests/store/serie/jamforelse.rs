//! What a series is compared with: chosen once, of the same unit and time; and key figures that a job takes one by one.

use chrono::TimeDelta;
use domain::{
    kon::Kon,
    siffror::jamforelse::{ArsVarde, JAMFORELSER_MOST, Jamforelse, JamforelseId, Med, Nyckeltal},
};
use store::{Store, serie::jamforelse};

use super::*;
use crate::race::{self, Law, op};

fn with(med: Med) -> domain::siffror::jamforelse::Content {
    domain::siffror::jamforelse::Content { namn: "Stockholms stad".into(), med }
}

pub fn kolada(kommun: &str) -> domain::siffror::jamforelse::Content {
    let kon = Some(Kon::Kvinna);
    with(Med::Kolada(Nyckeltal { kpi: "N31807".into(), kommun: kommun.into(), kon }))
}

async fn compared(tx: &mut Tx, serie: &Serie, kommun: &str) -> Jamforelse {
    let id = JamforelseId::new();
    jamforelse::create(tx, now(), id, serie.id, &kolada(kommun)).await.unwrap();
    jamforelse::get(tx, id).await.unwrap()
}

async fn claimed(store: &Store, at: DateTime<Utc>) -> Option<JamforelseId> {
    let mut tx = store.system(true).await.unwrap();
    let found = jamforelse::claim(&mut tx, at).await.unwrap();
    tx.commit().await.unwrap();
    found.map(|(id, _)| id)
}

fn year(ar: i32, tal: Option<i64>) -> ArsVarde {
    ArsVarde { ar, tal: tal.map(Tal::whole), count: Some(26), status: String::new() }
}

#[tokio::test]
async fn a_series_is_compared_with_another_of_its_unit_and_time_and_its_history_says_so() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let district = divided(&mut tx, world.unit, "Stadsdel", &["Bromma"]).await;
        let (own, other) = (made(&mut tx, world.unit, &[]).await, made(&mut tx, world.unit, &[district.id]).await);
        let theirs = made(&mut tx, world.other, &[]).await;
        let (id, varde) = (JamforelseId::new(), Some(district.values[0].id));
        let part = with(Med::Serie { serie: other.id, varde });
        for _ in 0..2 {
            jamforelse::create(&mut tx, now(), id, own.id, &part).await.unwrap();
        }
        let list = jamforelse::list(&mut tx, own.id).await.unwrap();
        assert_eq!(list.len(), 1, "{db}: sent twice is one");
        assert_eq!((&list[0].med, list[0].nasta, list[0].begard), (&part.med, None, false), "{db}");
        let again = jamforelse::create(&mut tx, now(), JamforelseId::new(), own.id, &part).await;
        assert_eq!(said(again), "Serien jämförs redan med det.", "{db}");

        let of = |serie: SerieId, varde| with(Med::Serie { serie, varde });
        let yearly = Content { grain: domain::period::Grain::Ar, ..own.content.clone() };
        let years = SerieId::new();
        serie::create(&mut tx, now(), years, world.unit, &yearly).await.unwrap();
        for (what, word) in [
            (of(SerieId::new(), None), "Serien finns inte"),
            (of(years, None), "ett värde varje år"),
            (of(theirs.id, varde), "den andra seriens första uppdelning"),
        ] {
            let words = said(jamforelse::create(&mut tx, now(), JamforelseId::new(), own.id, &what).await);
            assert!(words.contains(word), "{db}: {words}");
        }
        jamforelse::create(&mut tx, now(), JamforelseId::new(), own.id, &of(theirs.id, None)).await.unwrap();
        let told = history::list(&mut tx, &[own.id.0]).await.unwrap();
        assert_eq!(told[1].what, "Jämförelse tillagd", "{db}");
        assert_eq!(told[1].changes[0].after, "Hushåll, Bromma", "{db}");
        let after = &told[0].changes[0].after;
        assert!(after.starts_with("En serie i "), "{db}: its name is for those who may see it: {after}");

        jamforelse::remove(&mut tx, now(), &list[0], 1).await.unwrap();
        let late = jamforelse::remove(&mut tx, now(), &list[0], 1).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        for n in 1..JAMFORELSER_MOST {
            compared(&mut tx, &own, &format!("018{n}")).await;
        }
        let more = jamforelse::create(&mut tx, now(), JamforelseId::new(), own.id, &kolada("G1")).await;
        assert_eq!(said(more), "En serie har högst 6 jämförelser. Ta bort en först.", "{db}");
    }
}

#[tokio::test]
async fn a_key_figure_is_fetched_by_one_server_kept_for_a_month_and_asked_for_again() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let of = compared(&mut tx, &serie, "0180").await;
        assert!(of.begard && of.hamtad.is_none(), "{db}: it waits to be fetched");
        tx.commit().await.unwrap();
        let minutes = |n: i64| now() + TimeDelta::minutes(n);
        let at = |hours: i64| now() + TimeDelta::hours(hours);
        let store = &world.store;
        assert_eq!(claimed(store, minutes(0)).await, Some(of.id), "{db}");
        assert_eq!(claimed(store, minutes(14)).await, None, "{db}: a server is about it");
        assert_eq!(claimed(store, minutes(15)).await, Some(of.id), "{db}: that server is gone");

        let mut tx = store.system(true).await.unwrap();
        jamforelse::failed(&mut tx, of.id, "Kolada svarade inte").await.unwrap();
        let seen = jamforelse::get(&mut tx, of.id).await.unwrap();
        assert_eq!(
            (seen.fel.as_str(), seen.nasta, seen.begard),
            ("Kolada svarade inte", Some(minutes(15 + 24 * 60)), false)
        );
        tx.commit().await.unwrap();
        assert_eq!(claimed(store, at(24)).await, None, "{db}: tried a day later");
        assert_eq!(claimed(store, at(25)).await, Some(of.id), "{db}");

        let mut tx = store.system(true).await.unwrap();
        let values = [year(2020, Some(41)), year(2021, None)];
        jamforelse::fetched(&mut tx, of.id, today(), &values).await.unwrap();
        jamforelse::failed(&mut tx, of.id, "för sent").await.unwrap();
        let seen = jamforelse::get(&mut tx, of.id).await.unwrap();
        assert_eq!((seen.hamtad, seen.fel.as_str()), (Some(today()), ""), "{db}: what another brought stays");
        let kept = jamforelse::ars_varden(&mut tx, &[of.id]).await.unwrap();
        assert_eq!(kept[&of.id], values, "{db}: missing is missing");
        tx.commit().await.unwrap();
        assert_eq!(claimed(store, at(24 * 29)).await, None, "{db}");
        assert_eq!(claimed(store, at(24 * 30)).await, Some(of.id), "{db}: older than a month");

        let mut tx = store.system(true).await.unwrap();
        jamforelse::fetched(&mut tx, of.id, today(), &[year(2021, Some(40))]).await.unwrap();
        jamforelse::ask(&mut tx, at(1), &of).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claimed(store, at(1)).await, Some(of.id), "{db}: somebody waits for it");
        let mut tx = store.system(true).await.unwrap();
        jamforelse::failed(&mut tx, of.id, "Kolada svarade inte").await.unwrap();
        let kept = jamforelse::ars_varden(&mut tx, &[of.id]).await.unwrap();
        assert_eq!(kept[&of.id], [year(2021, Some(40))], "{db}: what stood there stays, what it replaced is gone");
        let seen = jamforelse::get(&mut tx, of.id).await.unwrap();
        jamforelse::remove(&mut tx, now(), &seen, 1).await.unwrap();
        jamforelse::fetched(&mut tx, of.id, today(), &values).await.unwrap();
        assert!(jamforelse::ars_varden(&mut tx, &[of.id]).await.unwrap().is_empty(), "{db}: nobody wants it any more");
    }
}

#[tokio::test]
async fn a_file_of_a_year_stands_beside_the_others_and_passes_for_no_fetch() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let of = compared(&mut tx, &serie, "0180").await;
        let kept = jamforelse::merge(&mut tx, of.id, today(), &[year(2020, Some(41)), year(2021, None)]).await.unwrap();
        let seen = jamforelse::get(&mut tx, of.id).await.unwrap();
        assert_eq!((kept, seen.hamtad), (0, Some(today())), "{db}: all that stands there is of the file");
        assert_eq!((seen.begard, seen.nasta), (of.begard, of.nasta), "{db}: the fetch it waits for is still to come");

        let later = today() + chrono::Days::new(40);
        let kept =
            jamforelse::merge(&mut tx, of.id, later, &[year(2021, Some(40)), year(2022, Some(39))]).await.unwrap();
        let seen = jamforelse::get(&mut tx, of.id).await.unwrap();
        assert_eq!((kept, seen.hamtad), (1, Some(today())), "{db}: one is of the day before");
        let stand = jamforelse::ars_varden(&mut tx, &[of.id]).await.unwrap();
        assert_eq!(stand[&of.id], [year(2020, Some(41)), year(2021, Some(40)), year(2022, Some(39))], "{db}");
        let gone = jamforelse::merge(&mut tx, JamforelseId::new(), later, &[]).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{db}: {gone:?}");
        tx.commit().await.unwrap();
        assert_eq!(claimed(&world.store, now()).await, Some(of.id), "{db}: it is fetched all the same");
    }
}

#[tokio::test]
async fn two_servers_fetch_two_and_never_the_same_and_a_closed_series_is_fetched_when_asked() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let serie = made(&mut tx, world.unit, &[]).await;
        let (first, second) = (compared(&mut tx, &serie, "0180").await, compared(&mut tx, &serie, "0184").await);
        tx.commit().await.unwrap();
        let (a, b) = tokio::join!(claimed(&world.store, now()), claimed(&world.store, now()));
        let mut taken = [a.unwrap(), b.unwrap()];
        taken.sort();
        let mut both = [first.id, second.id];
        both.sort();
        assert_eq!(taken, both, "{db}");
        assert_eq!(claimed(&world.store, now()).await, None, "{db}");

        let mut tx = world.store.system(true).await.unwrap();
        jamforelse::fetched(&mut tx, first.id, today(), &[]).await.unwrap();
        jamforelse::fetched(&mut tx, second.id, today(), &[]).await.unwrap();
        serie::set_closed(&mut tx, now(), &serie, 1, Some(today())).await.unwrap();
        jamforelse::ask(&mut tx, now(), &second).await.unwrap();
        tx.commit().await.unwrap();
        let later = now() + TimeDelta::days(90);
        assert_eq!(claimed(&world.store, later).await, Some(second.id), "{db}");
        assert_eq!(claimed(&world.store, later).await, None, "{db}: nobody fills it any more");
    }
}

#[tokio::test]
async fn of_two_who_take_a_comparison_away_one_is_told_and_two_at_once_do_not_add_one_too_many() {
    for w in race::worlds().await {
        let w = &w;
        let serie = async || w.now(async |tx| made(tx, w.unit, &[]).await).await;
        w.race("remove", Law::One, async || {
            let of = w
                .now(async |tx| {
                    let serie = made(tx, w.unit, &[]).await;
                    let of = compared(tx, &serie, "0180").await;
                    jamforelse::fetched(tx, of.id, today(), &[year(2021, Some(40))]).await.unwrap();
                    of
                })
                .await;
            let gone = || {
                let of = of.clone();
                op!(|tx| jamforelse::remove(tx, now(), &of, 1))
            };
            (gone(), gone())
        })
        .await;
        w.race("create of the same", Law::One, async || {
            let id = serie().await.id;
            let new = || op!(|tx| jamforelse::create(tx, now(), JamforelseId::new(), id, &kolada("0180")));
            (new(), new())
        })
        .await;
        w.race("merge of two files", Law::Both, async || {
            let id = w
                .now(async |tx| {
                    let serie = made(tx, w.unit, &[]).await;
                    compared(tx, &serie, "0180").await.id
                })
                .await;
            let file = |ar: i32| op!(|tx| jamforelse::merge(tx, id, today(), &[year(ar, Some(40))]));
            (file(2020), file(2021))
        })
        .await;
        w.race("fetched while it goes", Law::Both, async || {
            let of = w
                .now(async |tx| {
                    let serie = made(tx, w.unit, &[]).await;
                    compared(tx, &serie, "0180").await
                })
                .await;
            let (id, gone) = (of.id, of);
            (
                op!(|tx| jamforelse::fetched(tx, id, today(), &[year(2021, Some(40))])),
                op!(|tx| jamforelse::remove(tx, now(), &gone, 1)),
            )
        })
        .await;
    }
}
