//! Two who write of a goal at once.

use domain::verksamhetsplan::{
    enhetsmal::{
        uppfoljning::UppfoljningId,
        vpgrupp::{GrupprapportId, VpgruppId},
    },
    forvantat::ForvantatId,
};
use store::verksamhetsplan as plans;

use super::{expected, followed, goal_of, met, now, outcome, texts};
use crate::race::{self, Law, op};

#[tokio::test]
#[allow(clippy::too_many_lines)] // a race for each function
async fn of_two_who_write_of_a_goal_at_once_one_is_told_and_no_row_is_lost() {
    for w in race::worlds().await {
        let w = &w;
        let (plan, mal) = w.now(async |tx| goal_of(tx, w.unit, 2022).await.unwrap()).await;
        w.race("texts", Law::One, async || {
            let version =
                w.now(async |tx| plans::enhetsmal::get(tx, mal).await.unwrap().map_or(0, |e| e.version)).await;
            let new =
                |text: &'static str| op!(|tx| plans::enhetsmal::update(tx, now(), plan, (mal, version), &texts(text)));
            (new("Så"), new("Så här"))
        })
        .await;
        let made = async || {
            let id = ForvantatId::new();
            w.now(async |tx| {
                for old in plans::forvantat::of_mal(tx, mal).await.unwrap() {
                    // one that has an outcome stays
                    let _ = plans::forvantat::remove(tx, now(), plan, (mal, old.id, old.version)).await;
                }
                plans::forvantat::create(tx, now(), plan, (id, mal), &expected("Antal", "975 st", "")).await.unwrap();
            })
            .await;
            id
        };
        w.race("create", Law::Both, async || {
            made().await;
            let new = || {
                let id = ForvantatId::new();
                op!(|tx| plans::forvantat::create(tx, now(), plan, (id, mal), &expected("Fler", "", "")))
            };
            (new(), new())
        })
        .await;
        let rader = w.now(async |tx| plans::forvantat::of_mal(tx, mal).await.unwrap()).await;
        let places: Vec<i64> = rader.iter().map(|rad| rad.ordning).collect();
        assert_eq!(places, [1, 2, 3], "{}: each has a place of its own", w.db);
        w.race("update", Law::One, async || {
            let id = made().await;
            let new = |text: &'static str| {
                op!(|tx| plans::forvantat::update(tx, now(), plan, (mal, id, 1), &expected(text, "", "")))
            };
            (new("Det ena"), new("Det andra"))
        })
        .await;
        w.race("outcome of what is removed", Law::Before, async || {
            let id = made().await;
            (
                op!(|tx| plans::forvantat::update_utfall(tx, now(), plan, (mal, id), (4, 0), &outcome("9", ""))),
                op!(|tx| plans::forvantat::remove(tx, now(), plan, (mal, id, 1))),
            )
        })
        .await;
        w.race("outcome", Law::One, async || {
            let id = made().await;
            let new = |total: &'static str| {
                op!(|tx| plans::forvantat::update_utfall(tx, now(), plan, (mal, id), (4, 0), &outcome(total, "")))
            };
            (new("960"), new("961"))
        })
        .await;
        w.race("move", Law::Both, async || {
            let id = made().await;
            w.now(async |tx| {
                let new = (ForvantatId::new(), mal);
                plans::forvantat::create(tx, now(), plan, new, &expected("Under", "", "")).await.unwrap();
            })
            .await;
            let new = || op!(|tx| plans::forvantat::move_rad(tx, now(), plan, (mal, id), false));
            (new(), new())
        })
        .await;
        w.race("decision", Law::One, async || {
            let version = w
                .now(async |tx| plans::bedomning::of_mal(tx, plan, mal).await.unwrap().get(&4).map_or(0, |one| one.1))
                .await;
            let new = |status: &'static str| {
                let form = met(status, "Så var det");
                op!(|tx| plans::bedomning::update(tx, now(), plan, (mal, 4), version, &form))
            };
            (new("helt"), new("inte"))
        })
        .await;
        let foljs = async || {
            let id = UppfoljningId::new();
            w.now(async |tx| {
                for old in plans::uppfoljning::of_mal(tx, mal).await.unwrap() {
                    plans::uppfoljning::remove(tx, now(), plan, (mal, old.id, old.version)).await.unwrap();
                }
                let new = followed("Placeringar", 2022);
                plans::uppfoljning::create(tx, now(), plan, (id, mal), &new).await.unwrap();
            })
            .await;
            id
        };
        w.race("what is followed", Law::Both, async || {
            foljs().await;
            let new = || {
                let id = UppfoljningId::new();
                op!(|tx| plans::uppfoljning::create(tx, now(), plan, (id, mal), &followed("Besök", 2022)))
            };
            (new(), new())
        })
        .await;
        w.race("a change of what is followed", Law::One, async || {
            let id = foljs().await;
            let new = |vad: &'static str| {
                op!(|tx| plans::uppfoljning::update(tx, now(), plan, (mal, id, 1), &followed(vad, 2022)))
            };
            (new("Det ena"), new("Det andra"))
        })
        .await;
        w.race("removal of what is followed", Law::One, async || {
            let id = foljs().await;
            let new = || op!(|tx| plans::uppfoljning::remove(tx, now(), plan, (mal, id, 1)));
            (new(), new())
        })
        .await;
        let group = async || {
            let (id, new) = (VpgruppId::new(), ("Unga".to_owned(), vec![mal], vec![w.staff.person]));
            w.now(async |tx| plans::vpgrupp::create(tx, now(), plan, id, &new).await.unwrap()).await;
            id
        };
        w.race("group", Law::One, async || {
            let id = group().await;
            let new = |namn: &'static str| {
                let new = (namn.to_owned(), vec![mal], vec![]);
                op!(|tx| plans::vpgrupp::update(tx, now(), plan, (id, 1), &new))
            };
            (new("Unga vuxna"), new("Nyanlända"))
        })
        .await;
        w.race("report of a group that is removed", Law::Before, async || {
            let id = group().await;
            let (when, ids) = ((now(), now().date_naive()), (GrupprapportId::new(), id, mal));
            (
                op!(|tx| plans::vpgrupp::create_rapport(tx, when, plan, ids, "Bra", true)),
                op!(|tx| plans::vpgrupp::remove(tx, now(), plan, (id, 1))),
            )
        })
        .await;
    }
}
