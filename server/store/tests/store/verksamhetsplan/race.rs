//! Two at once.

use domain::verksamhetsplan::plan::{Steg, kapitel::KapitelId};
use store::verksamhetsplan::{kapitel, kopiering, mal};

use super::{
    gang::{ALLT, chapter, steg},
    mal::{Planer, made, planer},
    *,
};
use crate::race::{self, Law, op};

type RaceWorld = race::World;

async fn plans(w: &RaceWorld) -> Planer {
    w.now(async |tx| planer(tx, Some(w.unit)).await).await
}

/// A goal of the unit, under one of the city.
async fn goals(w: &RaceWorld) -> (Planer, MalId, MalId) {
    w.now(async |tx| {
        let of = planer(tx, Some(w.unit)).await;
        let kf = made(tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let own = made(tx, of.plan, Niva::Namndmal, "Egen försörjning", Some(kf)).await;
        (of, kf, own)
    })
    .await
}

#[tokio::test]
async fn of_two_who_write_a_goal_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("update", Law::One, async || {
            let (of, _, own) = goals(w).await;
            let new = |titel: &str| {
                let content = goal(Niva::Namndmal, "", titel);
                op!(|tx| mal::update(tx, now(), of.plan, (own, 1), &content))
            };
            (new("Egen"), new("Egna"))
        })
        .await;
        w.race("move_to", Law::One, async || {
            let (of, _, own) = goals(w).await;
            let new = || op!(|tx| mal::move_to(tx, now(), of.plan, (own, 1), (None, None)));
            (new(), new())
        })
        .await;
        w.race("remove", Law::One, async || {
            let (of, _, own) = goals(w).await;
            let new = || op!(|tx| mal::remove(tx, now(), of.plan, (own, 1)));
            (new(), new())
        })
        .await;
        w.race("a goal under one of the city that goes", Law::One, async || {
            let of = plans(w).await;
            let kf = w.now(async |tx| made(tx, of.top, Niva::KfMal, "Självförsörjande", None).await).await;
            let new = goal(Niva::Namndmal, "", "Egen försörjning");
            (
                op!(|tx| mal::create(tx, now(), of.plan, (MalId::new(), Some(kf)), &new)),
                op!(|tx| mal::remove(tx, now(), of.top, (kf, 1))),
            )
        })
        .await;
        w.race("two under each other", Law::One, async || {
            let (of, _, own) = goals(w).await;
            let under = w.now(async |tx| made(tx, of.plan, Niva::Enhetsmal, "Planering", None).await).await;
            // one lays it under the goal, the other takes that goal away
            (
                op!(|tx| mal::move_to(tx, now(), of.plan, (under, 1), (Some(own), None))),
                op!(|tx| mal::remove(tx, now(), of.plan, (own, 1))),
            )
        })
        .await;
    }
}

#[tokio::test]
async fn two_who_copy_a_year_make_one() {
    for w in race::worlds().await {
        let w = &w;
        let mut last = None;
        w.race("kopiera_plan", Law::Both, async || {
            let (of, ..) = goals(w).await;
            last = Some(of.unit);
            let new = || op!(|tx| kopiering::kopiera_plan(tx, now(), of.plan, PlanId::new()));
            (new(), new())
        })
        .await;
        let unit = last.unwrap();
        let goals = w.now(async |tx| mal::trad(tx, unit, 2027).await.unwrap().len()).await;
        assert_eq!(goals, 1, "{}", w.db);
        // a goal of the copy goes while the year is copied again: it stays away, whoever is first
        let mut last = None;
        w.race("a goal that is removed from the copy", Law::Both, async || {
            let (of, ..) = self::goals(w).await;
            let (plan, id) = w
                .now(async |tx| {
                    let plan = kopiering::kopiera_plan(tx, now(), of.plan, PlanId::new()).await.unwrap().plan;
                    let next = mal::trad(tx, of.unit, 2027).await.unwrap();
                    (plan, next.walk()[0].mal.id)
                })
                .await;
            last = Some(of.unit);
            (
                op!(|tx| kopiering::kopiera_plan(tx, now(), of.plan, PlanId::new())),
                op!(|tx| mal::remove(tx, now(), plan, (id, 1))),
            )
        })
        .await;
        let unit = last.unwrap();
        let left = w.now(async |tx| mal::trad(tx, unit, 2027).await.unwrap().len()).await;
        assert_eq!(left, 0, "{}", w.db);
    }
}

#[tokio::test]
async fn of_two_who_take_a_plan_a_step_on_one_is_told_and_so_of_who_writes_in_it_meanwhile() {
    for w in race::worlds().await {
        let w = &w;
        let step = |plan: PlanId| {
            let form = steg(Steg::Foresla, "");
            op!(|tx| verksamhetsplan::step(tx, (now(), now().date_naive()), (plan, 1), &form, ALLT))
        };
        w.race("step", Law::One, async || {
            let of = plans(w).await;
            (step(of.plan), step(of.plan))
        })
        .await;
        w.race("a goal of a plan that is laid before whoever decides", Law::Before, async || {
            let (of, _, own) = goals(w).await;
            let content = goal(Niva::Namndmal, "", "Egen");
            (op!(|tx| mal::update(tx, now(), of.plan, (own, 1), &content)), step(of.plan))
        })
        .await;
        let opened = async || {
            let (of, _, own) = goals(w).await;
            let version = w
                .now(async |tx| {
                    for (n, one) in (1..).zip([Steg::Foresla, Steg::Faststall, Steg::OppnaRevision]) {
                        let form = steg(one, "Ny budget");
                        let when = (now(), now().date_naive());
                        verksamhetsplan::step(tx, when, (of.plan, n), &form, ALLT).await.unwrap();
                    }
                    verksamhetsplan::get(tx, of.plan).await.unwrap().version
                })
                .await;
            (of.plan, own, version)
        };
        let gives_up = |plan: PlanId, version: i64| {
            let form = steg(Steg::AvbrytRevision, "");
            op!(|tx| verksamhetsplan::step(tx, (now(), now().date_naive()), (plan, version), &form, ALLT))
        };
        w.race("a goal that is changed while the revision is given up", Law::Before, async || {
            let (plan, own, version) = opened().await;
            let content = goal(Niva::Namndmal, "", "Egen");
            (op!(|tx| mal::update(tx, now(), plan, (own, 1), &content)), gives_up(plan, version))
        })
        .await;
        w.race("a revision that two give up", Law::One, async || {
            let (plan, _, version) = opened().await;
            (gives_up(plan, version), gives_up(plan, version))
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_write_a_chapter_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        let first = async || {
            let of = plans(w).await;
            let found = w.now(async |tx| kapitel::list(tx, of.plan).await.unwrap()).await;
            (of.plan, found[0].id)
        };
        w.race("kapitel::update", Law::One, async || {
            let (plan, id) = first().await;
            let new = |text: &str| {
                let content = chapter("Kommunikation", text);
                op!(|tx| kapitel::update(tx, now(), plan, (id, 1), &content))
            };
            (new("Vi möts."), new("Vi skriver."))
        })
        .await;
        w.race("kapitel::set_klart", Law::One, async || {
            let (plan, id) = first().await;
            w.now(async |tx| kapitel::update(tx, now(), plan, (id, 1), &chapter("Kommunikation", "x")).await.unwrap())
                .await;
            let new = || op!(|tx| kapitel::set_klart(tx, now(), plan, (id, 2), true));
            (new(), new())
        })
        .await;
        w.race("kapitel::remove", Law::One, async || {
            let (plan, id) = first().await;
            let new = || op!(|tx| kapitel::remove(tx, now(), plan, (id, 1)));
            (new(), new())
        })
        .await;
        w.race("kapitel::step", Law::Both, async || {
            let (plan, id) = first().await;
            let new = || op!(|tx| kapitel::step(tx, now(), plan, id, false));
            (new(), new())
        })
        .await;
        w.race("kapitel::create", Law::Both, async || {
            let (plan, _) = first().await;
            let new = |rubrik: &str| {
                let content = chapter(rubrik, "");
                op!(|tx| kapitel::create(tx, now(), plan, KapitelId::new(), &content))
            };
            (new("Klimat"), new("Barn"))
        })
        .await;
    }
}
