//! Plans, activities and enkäter.

use std::time::Duration;

use domain::{
    aktivitet, egenkontroll,
    enkat::{self, FragaForm, Questions, State, check_fraga, resultat::UtifranForm},
    id::{EgenkontrollId, EnkatId, InternkontrollId, ScheduleId},
    internkontroll,
    permission::Action,
    recurrence::{Recurrence, form::Fields},
    schedule::{Category, Responsible},
};
use store::{Target, enkat::resultat, schedule};

use super::{Law, World, day, now, op, worlds};

pub fn control(kontrollmal: &str) -> egenkontroll::Content {
    let form = egenkontroll::Form {
        kontrollmal: kontrollmal.into(),
        responsible: "roll:enhetschef".into(),
        when: Fields::named("varje_manad"),
        ..egenkontroll::Form::default()
    };
    egenkontroll::check(&form, 2026).unwrap()
}

fn internal() -> internkontroll::Content {
    let form = internkontroll::Form {
        systematisk_kontroll: "Antal hushåll".into(),
        kontrollaktivitet: "Följa upp antalet".into(),
        kontrollansvarig: "roll:enhetschef".into(),
        when: Fields::named("varje_manad"),
        ..internkontroll::Form::default()
    };
    internkontroll::check(&form, 2026).unwrap()
}

fn activity(title: &str) -> aktivitet::Content {
    aktivitet::Content {
        title: title.into(),
        description: String::new(),
        category: Category::Mote,
        responsible: Responsible::Nobody,
        recurrence: Recurrence::Once,
        start: None,
        end: Some(day(12, 9)),
        hours: None,
    }
}

#[tokio::test]
async fn of_two_who_write_the_same_activity_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("create", Law::Both, async || {
            let id = ScheduleId::new();
            let new = || op!(|tx| store::aktivitet::create(tx, now(), id, unit, 2026, &activity("Planeringsdag")));
            (new(), new())
        })
        .await;
        let made = async || {
            let id = ScheduleId::new();
            w.now(async |tx| store::aktivitet::create(tx, now(), id, unit, 2026, &activity("Dag")).await.unwrap())
                .await;
            id
        };
        let id = made().await;
        w.race("update", Law::One, async || {
            let v = w.now(async |tx| schedule::get(tx, id).await.unwrap()).await.version;
            let new = || op!(|tx| store::aktivitet::update(tx, now(), id, v, &activity("En annan dag")));
            (new(), new())
        })
        .await;
        w.race("update of what is removed", Law::Before, async || {
            let id = made().await;
            let v = w.now(async |tx| schedule::get(tx, id).await.unwrap()).await.version;
            (
                op!(|tx| store::aktivitet::update(tx, now(), id, v, &activity("En annan dag"))),
                op!(|tx| store::aktivitet::remove(tx, now(), id, "Inställd")),
            )
        })
        .await;
        w.race("remove", Law::One, async || {
            let id = made().await;
            let new = || op!(|tx| store::aktivitet::remove(tx, now(), id, "Inställd"));
            (new(), new())
        })
        .await;
        let mut year = 2030;
        w.race("the reports of a year", Law::Both, async || {
            year += 1;
            let year = year;
            let new = || op!(|tx| store::aktivitet::ensure_reports(tx, now(), now().date_naive(), unit, year));
            (new(), new())
        })
        .await;
        let reports = w.now(async |tx| store::occurrence::year(tx, &w.chef, unit, 2031).await.unwrap()).await;
        assert_eq!(reports.len(), aktivitet::REPORTS.len(), "{}: once each", w.db);
    }
}

/// The same of both plans.
macro_rules! plan {
    ($test:ident, $area:ident, $id:ident, $content:expr) => {
        #[tokio::test]
        async fn $test() {
            for w in worlds().await {
                let w = &w;
                let unit = w.unit;
                w.race("create", Law::Both, async || {
                    let id = $id::new();
                    let new = || op!(|tx| store::plan::create(tx, now(), id, unit, 2026, &$content));
                    (new(), new())
                })
                .await;
                let made = async || {
                    let id = $id::new();
                    w.now(async |tx| store::plan::create(tx, now(), id, unit, 2026, &$content).await.unwrap()).await;
                    id
                };
                let version = async |id| w.now(async |tx| store::plan::get(tx, id).await.unwrap()).await.0.version;
                let id = made().await;
                w.race("update", Law::One, async || {
                    let v = version(id).await;
                    let new = || op!(|tx| store::plan::update(tx, now(), id, v, &$content));
                    (new(), new())
                })
                .await;
                w.race("update of what is removed", Law::Before, async || {
                    let id = made().await;
                    let v = version(id).await;
                    (
                        op!(|tx| store::plan::update(tx, now(), id, v, &$content)),
                        op!(|tx| store::plan::remove(tx, now(), id, "Ersatt")),
                    )
                })
                .await;
                w.race("remove", Law::One, async || {
                    let id = made().await;
                    let new = || op!(|tx| store::plan::remove(tx, now(), id, "Ersatt"));
                    (new(), new())
                })
                .await;
                w.race("restore", Law::One, async || {
                    let id = made().await;
                    w.now(async |tx| store::plan::remove(tx, now(), id, "Ersatt").await.unwrap()).await;
                    let new = || op!(|tx| store::plan::restore(tx, now(), id));
                    (new(), new())
                })
                .await;
                let standing = w
                    .now(async |tx| store::plan::list::<domain::$area::Content>(tx, unit, 2026).await.unwrap())
                    .await
                    .len();
                let mut year = 2030;
                w.race("copy_plan", Law::Both, async || {
                    year += 1;
                    let year = year;
                    let new =
                        || op!(|tx| store::plan::copy_plan::<domain::$area::Content>(tx, now(), unit, 2026, year));
                    (new(), new())
                })
                .await;
                let copied = w
                    .now(async |tx| store::plan::list::<domain::$area::Content>(tx, unit, 2031).await.unwrap())
                    .await
                    .len();
                assert_eq!(copied, standing, "{}: each once", w.db);
            }
        }
    };
}

plan!(of_two_who_write_the_egenkontrollplan_one_is_told, egenkontroll, EgenkontrollId, control("Dokumentation"));
plan!(of_two_who_write_the_internkontrollplan_one_is_told, internkontroll, InternkontrollId, internal());

fn survey(title: &str) -> enkat::Content {
    let form = enkat::Form {
        title: title.into(),
        kanal: "telefon".into(),
        grain: "manad".into(),
        first: "2026-01-01".into(),
        last: "2026-12-31".into(),
        ..enkat::Form::default()
    };
    enkat::check(&form, chrono::NaiveDate::default()).unwrap()
}

fn questions(text: &str) -> Questions {
    let form = FragaForm { kind: "skala".into(), text: text.into(), ..FragaForm::default() };
    Questions { kon: true, list: vec![check_fraga(&form, 1).unwrap()] }
}

async fn made(w: &World) -> EnkatId {
    let id = EnkatId::new();
    w.now(async |tx| store::enkat::create(tx, now(), id, w.unit, &survey("Samtal")).await.unwrap()).await;
    id
}

#[tokio::test]
#[allow(clippy::too_many_lines)] // a list of races
async fn of_two_who_write_the_same_enkat_one_is_told() {
    for w in worlds().await {
        let w = &w;
        let unit = w.unit;
        w.race("create", Law::Both, async || {
            let id = EnkatId::new();
            let new = || op!(|tx| store::enkat::create(tx, now(), id, unit, &survey("Samtal")));
            (new(), new())
        })
        .await;
        let id = made(w).await;
        let version = async |id| w.now(async |tx| store::enkat::get(tx, id).await.unwrap()).await.version;
        w.race("update", Law::One, async || {
            let v = version(id).await;
            let new = || op!(|tx| store::enkat::update(tx, now(), id, v, &survey("Samtal per telefon")));
            (new(), new())
        })
        .await;
        let mut n = 0;
        w.race("update_questions", Law::One, async || {
            n += 1;
            let found = w.now(async |tx| store::enkat::get(tx, id).await.unwrap()).await;
            let standing = w.now(async |tx| store::enkat::versions(tx, id).await.unwrap()).await.remove(0);
            let new = |other: &str| {
                let (found, standing) = (found.clone(), standing.clone());
                let changed = questions(&format!("Fråga {n}{other}"));
                op!(|tx| async {
                    let seen = (&standing, &standing.questions);
                    store::enkat::update_questions(tx, now(), &found, seen, &changed, "Ändrad", vec![]).await
                })
            };
            (new("a"), new("b"))
        })
        .await;
        w.race("set_grades", Law::One, async || {
            let id = made(w).await;
            let (kind, options) = ("val".to_owned(), "+ Bra\nDelvis\nDåligt".to_owned());
            let form = FragaForm { kind, text: "Bemötandet?".into(), options, ..FragaForm::default() };
            let own = Questions { kon: true, list: vec![check_fraga(&form, 1).unwrap()] };
            let saw = own.list[0].grades();
            w.now(async |tx| {
                let found = store::enkat::get(tx, id).await.unwrap();
                let standing = store::enkat::versions(tx, id).await.unwrap().remove(0);
                let seen = (&standing, &standing.questions);
                store::enkat::update_questions(tx, now(), &found, seen, &own, "Frågor", vec![]).await.unwrap();
            })
            .await;
            let new = |bad: usize| {
                let saw = saw.clone();
                op!(|tx| store::enkat::set_grades(tx, now(), id, 1, &saw, &[bad]))
            };
            (new(1), new(2))
        })
        .await;
        w.race("set_state", Law::One, async || {
            let id = made(w).await;
            let new = || op!(|tx| store::enkat::set_state(tx, now(), id, 1, State::Oppen));
            (new(), new())
        })
        .await;
        w.race("create_version and use_version", Law::Both, async || {
            let id = made(w).await;
            w.now(async |tx| store::enkat::set_state(tx, now(), id, 1, State::Oppen).await.unwrap()).await;
            let new = || {
                op!(|tx| async {
                    store::enkat::create_version(tx, now(), id).await?;
                    store::enkat::use_version(tx, now(), id).await
                })
            };
            (new(), new())
        })
        .await;
        w.race("copy", Law::Both, async || {
            let next = EnkatId::new();
            let new = || op!(|tx| store::enkat::copy(tx, now(), id, next, "Nästa", (day(1, 1), day(12, 31))));
            (new(), new())
        })
        .await;
        let found = w.now(async |tx| store::enkat::get(tx, id).await.unwrap()).await;
        w.race("set_utdelade", Law::One, async || {
            n += 1;
            let standing = w.now(async |tx| resultat::utdelade(tx, id).await.unwrap()).await;
            let seen = resultat::utdelade_seen(&standing);
            let new = |more: i64| {
                let (found, seen, written) = (found.clone(), seen.clone(), Some(n + more));
                op!(|tx| resultat::set_utdelade(tx, now(), &found, ("2026-10", written), &seen))
            };
            (new(100), new(200))
        })
        .await;
        w.race("save_utifran", Law::Both, async || {
            let new = || {
                let row = UtifranForm {
                    fraga: 1,
                    source: "Staden".into(),
                    wave: "2025".into(),
                    kon: None,
                    share: 88.0,
                    n: None,
                    fordelning: None,
                };
                let found = found.clone();
                op!(|tx| resultat::save_utifran(tx, now(), &found, std::slice::from_ref(&row)))
            };
            (new(), new())
        })
        .await;
        w.race("delete_utifran", Law::One, async || {
            let row = UtifranForm {
                fraga: 1,
                source: "En annan".into(),
                wave: "2025".into(),
                kon: None,
                fordelning: None,
                share: 8.0,
                n: None,
            };
            let gone = w
                .now(async |tx| {
                    resultat::save_utifran(tx, now(), &found, &[row]).await.unwrap();
                    let all = resultat::utifran(tx, id).await.unwrap();
                    all.into_iter().find(|row| row.row.source == "En annan").unwrap().id
                })
                .await;
            let new = || {
                let found = found.clone();
                op!(|tx| resultat::delete_utifran(tx, now(), &found, gone))
            };
            (new(), new())
        })
        .await;
    }
}

#[tokio::test]
async fn an_answer_is_taken_by_an_enkat_that_is_open_until_it_is_there() {
    for w in worlds().await {
        let db = w.db;
        let id = made(&w).await;
        w.now(async |tx| store::enkat::set_state(tx, now(), id, 1, State::Oppen).await.unwrap()).await;
        let enter = || w.store.write(&w.staff, Target::Enkat(id), Action::TickOwn);
        // two who enter answers do not wait for each other, where there is more than one writer
        let (first, second) = (enter().await.unwrap(), tokio::time::timeout(Duration::from_millis(500), enter()).await);
        assert!(second.is_ok() || db == "sqlite", "{db}");
        drop(second);
        let (store, chef) = (w.store.clone(), w.chef.person);
        let (closed, told) = tokio::sync::oneshot::channel();
        let closing = tokio::spawn(async move {
            let mut tx = store.system(true).await?;
            tx.act_as(chef);
            store::enkat::set_state(&mut tx, now(), id, 2, State::Stangd).await?;
            closed.send(()).unwrap();
            tokio::time::sleep(Duration::from_millis(30)).await;
            tx.commit().await
        });
        tokio::time::sleep(Duration::from_millis(30)).await;
        assert!(!closing.is_finished(), "{db}: an answer is on its way");
        drop(first);
        told.await.unwrap();
        // who comes while it is closed waits, and finds it closed
        let mut tx = enter().await.unwrap();
        assert_eq!(store::enkat::get(&mut tx, id).await.unwrap().state, State::Stangd, "{db}");
        closing.await.unwrap().unwrap();
    }
}
