//! The story of jämställdhetsanalyser: made, changed by one at a time, about a series of the unit or about none; on SQLite and
//! PostgreSQL.

#![allow(clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    permission::{Action, Area, Role},
    siffror::{
        jamstalldhet::{
            Bedomning, Form,
            analys::{GRUPPER, JamstalldhetId, Skriven, check_skriven},
        },
        serie::{self, SerieId},
    },
};
use store::{Error, Target, Tx, history, serie::jamstalldhet};

use crate::{
    Brought,
    plan::{World, worlds},
    race::{
        self, Law, op,
        table::{Own, Where},
    },
    sent::{self, make},
    stored::{frozen, write},
};

pub const BROUGHT: Brought = Brought {
    kept: &[("serie::jamstalldhet::create", Own), ("serie::jamstalldhet::update", Where)],
    makes: &[(
        "serie::jamstalldhet::create",
        make!(|tx, w, id, text| {
            jamstalldhet::create(tx, sent::now(), JamstalldhetId(id), w.unit, &asked(text)).await
        }),
    )],
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 5, 30).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

fn form(fraga: &str) -> Form {
    Form {
        fraga: fraga.into(),
        taljare_a: "14".into(),
        namnare_a: "18".into(),
        taljare_b: "15".into(),
        namnare_b: "17".into(),
        ..Form::default()
    }
}

fn asked(fraga: &str) -> Skriven {
    check_skriven(&form(fraga), ("2022-05-27", ""), today()).unwrap()
}

async fn series(tx: &mut Tx, node: domain::id::NodeId) -> SerieId {
    let id = SerieId::new();
    let form = serie::Form {
        namn: "Förändringsplaner".into(),
        enhet: "planer".into(),
        slag: "bestand".into(),
        grain: "manad".into(),
        ..serie::Form::default()
    };
    store::serie::create(tx, now(), id, node, &serie::check(&form, None).unwrap()).await.unwrap();
    id
}

#[tokio::test]
async fn an_analysis_is_made_once_judged_later_and_its_history_says_what_was_thought() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let id = JamstalldhetId::new();
        let plans = "Har kvinnor och män förändringsplan lika ofta?";
        for _ in 0..2 {
            let target = Target::Node(world.unit, Area::Serie);
            let mut tx = world.store.write(&chef, target, Action::Edit).await.unwrap();
            jamstalldhet::create(&mut tx, now(), id, world.unit, &asked(plans)).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = world.store.write(&chef, Target::Jamstalldhet(id), Action::Edit).await.unwrap();
        let list = jamstalldhet::list(&mut tx, world.unit).await.unwrap();
        assert_eq!(list.len(), 1, "{db}: sent twice is one");
        let day = |m, d| NaiveDate::from_ymd_opt(2022, m, d).unwrap();
        for (from, to, n) in [(day(5, 1), day(5, 31), 1), (day(5, 27), day(5, 27), 1), (day(6, 1), day(6, 30), 0)] {
            let between = jamstalldhet::between(&mut tx, world.unit, (from, to)).await.unwrap();
            assert_eq!(between.len(), n, "{db}: {from} to {to}");
        }
        let seen = jamstalldhet::get(&mut tx, id).await.unwrap();
        assert_eq!((&seen, &seen.skriven), (&list[0], &asked(plans)), "{db}");
        assert_eq!((seen.skriven.content.bedomning, seen.version), (None, 1), "{db}: until somebody has written it");
        assert!(!seen.who.is_empty(), "{db}: it is somebody's");
        let day = seen.skriven.on;
        let on_the_day = jamstalldhet::between(&mut tx, world.unit, (day, day)).await.unwrap();
        assert_eq!(on_the_day, list, "{db}: however many others there are");
        let later = (day + chrono::Days::new(1), day + chrono::Days::new(40));
        assert!(jamstalldhet::between(&mut tx, world.unit, later).await.unwrap().is_empty(), "{db}");

        let serie = series(&mut tx, world.unit).await;
        let judged = Form { bedomning: "motiverad".into(), skal: "Fler kvinnor är aktuella".into(), ..form(plans) };
        let new = check_skriven(&judged, ("2022-05-27", &serie.to_string()), today()).unwrap();
        jamstalldhet::update(&mut tx, now(), &seen, 1, &new).await.unwrap();
        let late = jamstalldhet::update(&mut tx, now(), &seen, 1, &new).await;
        assert!(matches!(late, Err(Error::Conflict)), "{db}: {late:?}");
        let now_there = jamstalldhet::get(&mut tx, id).await.unwrap();
        assert_eq!((now_there.version, now_there.skriven.serie), (2, Some(serie)), "{db}");
        assert_eq!(now_there.skriven.content.bedomning, Some(Bedomning::Motiverad), "{db}");
        assert_eq!(now_there.who, seen.who, "{db}: whose it is stays");

        let told = history::list(&mut tx, &[id.0]).await.unwrap();
        let what: Vec<_> = told.iter().map(|entry| entry.what.as_str()).collect();
        assert_eq!(what, ["Ändrad", "Skapad"], "{db}");
        let changed: Vec<_> = told[0].changes.iter().map(|c| (c.label.as_str(), c.after.as_str())).collect();
        let said = [("Bedömning", "Motiverad"), ("Skäl", "Fler kvinnor är aktuella"), ("Serie", "Förändringsplaner")];
        assert_eq!(changed, said, "{db}");
        assert!(told[1].changes.iter().any(|c| c.label == GRUPPER[0] && c.after.contains("14 av 18")), "{db}");
    }
}

#[tokio::test]
async fn it_is_about_a_series_of_the_unit_and_of_no_other_and_only_those_who_edit_series_may() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let handlaggare = world.person(Role::Medarbetare, world.unit).await;
        let foreign = {
            let mut tx = world.store.system(true).await.unwrap();
            let id = series(&mut tx, world.other).await;
            tx.commit().await.unwrap();
            id
        };
        let id = JamstalldhetId::new();
        let target = Target::Node(world.unit, Area::Serie);
        let mut tx = world.store.write(&chef, target, Action::Edit).await.unwrap();
        let of_another = check_skriven(&form("Lika ofta?"), ("", &foreign.to_string()), today()).unwrap();
        let refused = jamstalldhet::create(&mut tx, now(), JamstalldhetId::new(), world.unit, &of_another).await;
        let Err(Error::Invalid(faults)) = refused else { panic!("{db}: {refused:?}") };
        assert_eq!(faults[0].field, "serie", "{db}");
        jamstalldhet::create(&mut tx, now(), id, world.unit, &asked("Lika ofta?")).await.unwrap();
        let seen = jamstalldhet::get(&mut tx, id).await.unwrap();
        let refused = jamstalldhet::update(&mut tx, now(), &seen, 1, &of_another).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{db}: {refused:?}");
        tx.commit().await.unwrap();

        let denied = world.store.write(&handlaggare, Target::Jamstalldhet(id), Action::Edit).await.map(drop);
        assert!(matches!(denied, Err(Error::Forbidden)), "{db}: {denied:?}");
        assert!(world.store.read(&handlaggare, Target::Jamstalldhet(id), Action::View).await.is_ok(), "{db}");
        let nowhere = Target::Jamstalldhet(JamstalldhetId::new());
        let nowhere = world.store.read(&chef, nowhere, Action::View).await.map(drop);
        assert!(matches!(nowhere, Err(Error::NotFound)), "{db}: {nowhere:?}");
    }
}

#[tokio::test]
async fn of_two_who_change_an_analysis_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("update", Law::One, async || {
            let seen = w
                .now(async |tx| {
                    let id = JamstalldhetId::new();
                    jamstalldhet::create(tx, now(), id, w.unit, &asked("Lika ofta?")).await.unwrap();
                    jamstalldhet::get(tx, id).await.unwrap()
                })
                .await;
            let new = |fraga: &str| {
                let (seen, new) = (seen.clone(), asked(fraga));
                op!(|tx| jamstalldhet::update(tx, now(), &seen, 1, &new))
            };
            (new("Lika länge?"), new("Lika mycket?"))
        })
        .await;
    }
}

#[tokio::test]
async fn what_was_asked_is_read_as_the_first_version_wrote_it() {
    let (_folder, urls) = crate::common::urls().await;
    for (db, url) in urls {
        let store = store::Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        let world = World::new(store).await;
        let id = JamstalldhetId::new();
        let mut tx = world.store.system(true).await.unwrap();
        jamstalldhet::create(&mut tx, now(), id, world.unit, &asked("Lika ofta?")).await.unwrap();
        tx.commit().await.unwrap();
        let kept = frozen("jamstalldhet-content-1.json");
        write(&url, format!("update jamstalldhetsanalys set content = '{kept}'")).await;
        let mut tx = world.store.system(false).await.unwrap();
        let content = jamstalldhet::get(&mut tx, id).await.unwrap().skriven.content;
        assert_eq!(content.bedomning, Some(Bedomning::Motiverad), "{db}");
        let shares = content.grupper.map(|g| g.andel().unwrap().with_decimals(1));
        assert_eq!(shares, ["77,8", "88,0"], "{db}: of counts, and as it was written");
    }
}
