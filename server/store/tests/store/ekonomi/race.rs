//! Two at once.

use domain::organisation::{Node, NodeKind};

use super::*;
use crate::race::{self, Law, Op, op};

type RaceWorld = race::World;

/// A plan of a unit of its own: it has one account.
async fn own_plan(w: &RaceWorld) -> Plan {
    w.now(async |tx| {
        let (node, parent) = (domain::id::NodeId::new(), Some(w.unit));
        let (kind, name) = (NodeKind::Arbetsgrupp, node.to_string());
        let new = Node { id: node, parent, kind, name, active: true, version: 1 };
        store::organisation::create_node(tx, now(), &new).await.unwrap();
        plan(tx, node, 2022).await
    })
    .await
}

async fn own_konto(w: &RaceWorld) -> Resultatrakning {
    let plan = own_plan(w).await;
    w.now(async |tx| {
        let content = content(2022, Teckenform::BadaPositiva);
        ekonomi::create(tx, now(), &plan, KontoId::new(), &content).await.unwrap();
        ekonomi::of_plan(tx, &plan).await.unwrap().unwrap()
    })
    .await
}

fn fills(konto: &Resultatrakning, namn: &str, value: i64, seen: i32) -> Op {
    let (konto, new) = (konto.clone(), [amount(rad(&konto.content, namn), YEAR, Some(value))]);
    let seen = belopp::Seen::from([((new[0].rad, new[0].tid, new[0].art), seen)]);
    op!(|tx| belopp::write(tx, when(), &konto, &new, Some(&seen)))
}

fn without(konto: &Resultatrakning, namn: &str) -> Op {
    let (konto, mut content) = (konto.clone(), konto.content.clone());
    content.remove_rad(rad(&konto.content, namn));
    op!(|tx| ekonomi::update(tx, now(), &konto, 1, &content))
}

#[tokio::test]
async fn of_two_who_begin_or_change_an_account_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("create", Law::One, async || {
            let plan = own_plan(w).await;
            let new = || {
                let (plan, content) = (plan.clone(), content(2022, Teckenform::BadaPositiva));
                op!(|tx| ekonomi::create(tx, now(), &plan, KontoId::new(), &content))
            };
            (new(), new())
        })
        .await;
        w.race("update", Law::One, async || {
            let konto = own_konto(w).await;
            (without(&konto, "Lokal"), without(&konto, "Personal"))
        })
        .await;
        w.race("a row that goes while it is filled", Law::One, async || {
            let konto = own_konto(w).await;
            (without(&konto, "Lokal"), fills(&konto, "Lokal", 100, 0))
        })
        .await;
    }
}

#[tokio::test]
async fn two_who_write_amounts_at_once_see_what_the_other_wrote() {
    for w in race::worlds().await {
        let w = &w;
        w.race("other amounts in one cell", Law::One, async || {
            let konto = own_konto(w).await;
            (fills(&konto, "Lokal", 100, 0), fills(&konto, "Lokal", 200, 0))
        })
        .await;
        w.race("amounts of two rows", Law::Both, async || {
            let konto = own_konto(w).await;
            (fills(&konto, "Lokal", 100, 0), fills(&konto, "Personal", 200, 0))
        })
        .await;
    }
}

#[tokio::test]
async fn of_two_who_change_a_free_table_one_is_told() {
    for w in race::worlds().await {
        let w = &w;
        w.race("fri::create", Law::Both, async || {
            let plan = own_plan(w).await;
            let new = |titel: &str| {
                let (plan, content) = (plan.clone(), tabell(titel));
                op!(|tx| fri::create(tx, now(), &plan, FriTabellId::new(), &content))
            };
            (new("Bistånd"), new("Boende"))
        })
        .await;
        let own_table = async || {
            let plan = own_plan(w).await;
            w.now(async |tx| {
                let id = FriTabellId::new();
                fri::create(tx, now(), &plan, id, &tabell("Bistånd")).await.unwrap();
                fri::get(tx, &plan, id).await.unwrap()
            })
            .await
        };
        let changed = |found: &fri_tabell::FriTabell, titel: &str| {
            let (found, content) = (found.clone(), tabell(titel));
            op!(|tx| fri::update(tx, now(), &found, 1, &content))
        };
        let removed = |found: &fri_tabell::FriTabell| {
            let found = found.clone();
            op!(|tx| fri::remove(tx, now(), &found, 1))
        };
        w.race("fri::update", Law::One, async || {
            let found = own_table().await;
            (changed(&found, "Boende"), changed(&found, "Resor"))
        })
        .await;
        w.race("fri::remove", Law::One, async || {
            let found = own_table().await;
            (removed(&found), changed(&found, "Resor"))
        })
        .await;
    }
}
