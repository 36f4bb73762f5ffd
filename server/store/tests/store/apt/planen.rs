//! What of the verksamhetsplan is on the meetings of a unit: the account where there is one, and the indikatorer that are chosen.

use domain::{
    ekonomi::{
        belopp::{Art, Belopp},
        konto::{Form, KontoId, RadId, VerksamhetForm, VerksamhetId, check, check_verksamhet},
        tid::Tid,
    },
    tal::Tal,
    verksamhetsplan::{
        indikator::{self, IndikatorId},
        mal::{self, Benamning, MalId},
        plan::PlanId,
    },
};
use store::{
    ekonomi::{self, belopp},
    verksamhetsplan,
};

use super::*;

async fn kinds(tx: &mut Tx, mote: AptId, title: &str) -> Vec<Slag> {
    let points = punkt::list(tx, mote).await.unwrap();
    points.iter().find(|p| p.title == title).unwrap().bilder.iter().map(|b| b.slag).collect()
}

/// A plan of the year of the meetings, with an indikator at APT.
async fn plan(store: &Store, w: &World) -> PlanId {
    let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Verksamhetsplan), Action::Edit).await.unwrap();
    let (year, goal) = ((w.unit, 2026), MalId::new());
    let id = verksamhetsplan::create(&mut tx, now(), PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    let form = mal::Form { niva: "enhetsmal".into(), titel: "Egen försörjning".into(), ..mal::Form::default() };
    verksamhetsplan::mal::create(&mut tx, now(), id, (goal, None), &mal::check(&form).unwrap()).await.unwrap();
    let form = indikator::Form {
        namn: "Andel i arbete".into(),
        arsmal: "75 %".into(),
        riktning: "hogre".into(),
        periodicitet: "tertial".into(),
        apt: "on".into(),
        ..indikator::Form::default()
    };
    let content = indikator::check(&form, None).unwrap();
    verksamhetsplan::indikator::create(&mut tx, now(), id, (IndikatorId::new(), goal), &content).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The account of a plan, with an amount.
async fn account(store: &Store, w: &World, plan: PlanId) {
    let mut tx = store.write(&w.chef, Target::Node(w.unit, Area::Verksamhetsplan), Action::Edit).await.unwrap();
    let plan = verksamhetsplan::get(&mut tx, plan).await.unwrap();
    let form = Form { ar: "2026".into(), enhet: "tkr".into(), teckenform: "bada_positiva".into(), ..Form::default() };
    let mut content = check(&form, None).unwrap();
    let first = VerksamhetForm { namn: "Ekonomiskt bistånd".into(), vo: "1800".into() };
    content.set_verksamhet(check_verksamhet(&first, &content, VerksamhetId::new(), RadId::new).unwrap());
    let rad = content.rader().next().unwrap().1.id;
    ekonomi::create(&mut tx, now(), &plan, KontoId::new(), &content).await.unwrap();
    let konto = ekonomi::of_plan(&mut tx, &plan).await.unwrap().unwrap();
    let budget = Belopp {
        rad,
        tid: Tid::Bokslut,
        art: Art::Budget,
        tal: Some(Tal::whole(100)),
        not: String::new(),
        kommentar: String::new(),
        per: None,
        preliminar: false,
    };
    belopp::write(&mut tx, (now(), day(11, 5)), &konto, &[budget], None).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_account_takes_the_place_of_the_table_and_old_minutes_keep_theirs() {
    for (db, store) in crate::common::stores().await {
        store.is_day(day(10, 1));
        let w = world(&store).await;
        let before = prepare(&store, &w, day(10, 14)).await;
        let plan = plan(&store, &w).await;
        let chosen = prepare(&store, &w, day(11, 4)).await;
        account(&store, &w, plan).await;
        let after = prepare(&store, &w, day(11, 11)).await;
        let mut tx = store.read(&w.chef, Target::Apt(before), Action::View).await.unwrap();
        let quality = "Verksamhet och kvalitet";
        assert_eq!(kinds(&mut tx, before, "Ekonomi").await, [Slag::Tabell], "{db}: no account");
        assert!(!kinds(&mut tx, before, quality).await.contains(&Slag::Indikatorer), "{db}");
        assert_eq!(kinds(&mut tx, chosen, "Ekonomi").await, [Slag::Tabell], "{db}: no amount");
        assert!(kinds(&mut tx, chosen, quality).await.contains(&Slag::Indikatorer), "{db}: somebody has chosen one");
        assert_eq!(kinds(&mut tx, after, "Ekonomi").await, [Slag::Ekonomi], "{db}: instead of the table");
        let again = kinds(&mut tx, after, quality).await;
        assert_eq!(again.iter().filter(|s| **s == Slag::Indikatorer).count(), 1, "{db}: once");
    }
}
