//! The story of a verksamhetsplan: begun once, its goals under each other; on SQLite and PostgreSQL.

#![allow(clippy::unwrap_used)]

pub mod enhetsmal;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::NodeId,
    organisation::{Node, NodeKind},
    permission::{Action, Area, Role},
    verksamhetsplan::{
        mal::{Benamning, Content, MalId, Niva},
        plan::{PlanId, kapitel::KapitelId},
    },
};
use store::{Target, verksamhetsplan};
use uuid::Uuid;

use crate::{
    Brought,
    plan::worlds,
    race::table::{Held, Own, Where},
    sent::{self, make},
};

mod frozen;
mod gang;
pub mod indikator;
pub mod inlasning;
mod kallor;
mod kopierat;
mod mal;
mod race;
pub mod remiss;
mod vantar;

pub const BROUGHT: Brought = Brought {
    kept: &[
        // the unit is held at the door
        ("verksamhetsplan::create", Own),
        ("verksamhetsplan::step", Where),
        ("verksamhetsplan::mal::create", Held),
        ("verksamhetsplan::mal::update", Where),
        ("verksamhetsplan::mal::move_to", Where),
        ("verksamhetsplan::mal::remove", Where),
        ("verksamhetsplan::kopiering::kopiera_plan", Held),
        ("verksamhetsplan::kapitel::create", Held),
        ("verksamhetsplan::kapitel::update", Where),
        ("verksamhetsplan::kapitel::set_klart", Where),
        ("verksamhetsplan::kapitel::step", Held),
        ("verksamhetsplan::kapitel::remove", Where),
    ],
    makes: &[
        (
            "verksamhetsplan::kapitel::create",
            make!(|tx, w, id, text| {
                let year = (w.unit, 2033);
                let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
                verksamhetsplan::kapitel::create(tx, sent::now(), plan, KapitelId(id), &gang::chapter(text, "")).await
            }),
        ),
        (
            "verksamhetsplan::kopiering::kopiera_plan",
            make!(|tx, w, id, text| {
                // a unit of its own: what is copied once is not copied again
                let unit = NodeId(Uuid::from_u128(id.as_u128() ^ 1));
                if store::organisation::tree(tx).await?.get(unit).is_none() {
                    let (kind, name) = (NodeKind::Arbetsgrupp, unit.to_string());
                    let new = Node { id: unit, parent: Some(w.unit), kind, name, active: true, version: 1 };
                    store::organisation::create_node(tx, sent::now(), &new).await?;
                }
                let year = (unit, if text == "Det första" { 2041 } else { 2051 });
                let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
                verksamhetsplan::kopiering::kopiera_plan(tx, sent::now(), plan, PlanId(id)).await.map(drop)
            }),
        ),
        (
            "verksamhetsplan::create",
            make!(|tx, w, id, text| {
                let of = if text == "Det första" { Benamning::Enhetsmal } else { Benamning::Atagande };
                // of a year of its own: the second of a year is the first
                let year = 2031 + i32::try_from(id.as_u128() % 1_000_000).unwrap_or_default();
                verksamhetsplan::create(tx, sent::now(), PlanId(id), (w.unit, year), of).await.map(drop)
            }),
        ),
        (
            "verksamhetsplan::mal::create",
            make!(|tx, w, id, text| {
                let year = (w.unit, 2032);
                let plan = verksamhetsplan::create(tx, sent::now(), PlanId::new(), year, Benamning::Enhetsmal).await?;
                let goal = goal(Niva::Enhetsmal, "", text);
                verksamhetsplan::mal::create(tx, sent::now(), plan, (MalId(id), None), &goal).await
            }),
        ),
    ],
};

fn now() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2022, 5, 30).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

fn goal(niva: Niva, nr: &str, titel: &str) -> Content {
    Content { niva, nr: nr.into(), titel: titel.into(), beskrivning: String::new() }
}

#[tokio::test]
async fn a_plan_is_begun_once_and_a_goal_lies_under_one_of_a_higher_level() {
    for (db, world) in worlds().await {
        let chef = world.person(Role::Enhetschef, world.unit).await;
        let target = Target::Node(world.unit, Area::Verksamhetsplan);
        let mut tx = world.store.write(&chef, target, Action::Edit).await.unwrap();
        let year = (world.unit, 2022);
        let first = verksamhetsplan::create(&mut tx, now(), PlanId::new(), year, Benamning::Atagande).await.unwrap();
        let second = verksamhetsplan::create(&mut tx, now(), PlanId::new(), year, Benamning::Atagande).await.unwrap();
        assert_eq!(first, second, "{db}: two who begin make one");
        let (kf, own) = (MalId::new(), MalId::new());
        let above = goal(Niva::KfMal, "1.2", "Invånare är självförsörjande");
        for _ in 0..2 {
            verksamhetsplan::mal::create(&mut tx, now(), first, (kf, None), &above).await.unwrap();
        }
        let below = goal(Niva::Enhetsmal, "", "Egen försörjning");
        verksamhetsplan::mal::create(&mut tx, now(), first, (own, Some(kf)), &below).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.read(&chef, target, Action::View).await.unwrap();
        let trad = verksamhetsplan::mal::trad(&mut tx, world.unit, 2022).await.unwrap();
        let titles: Vec<_> = trad.walk().into_iter().map(|post| (post.djup, post.mal.content.titel.clone())).collect();
        assert_eq!(titles, [(0, above.titel.clone()), (1, below.titel.clone())], "{db}");
    }
}
