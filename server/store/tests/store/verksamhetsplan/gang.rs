//! The life of a plan: its chapters, the steps to a decision and after it, and the year that follows; on SQLite and PostgreSQL.

use domain::{
    schedule::Responsible,
    verksamhetsplan::plan::{
        Far, Form, Plan, Steg,
        kapitel::{self as regler, KapitelId, Lage},
    },
};
use store::{
    Error, Tx,
    verksamhetsplan::{kapitel, kopiering::kopiera_plan, mal},
};

use super::{
    mal::{made, planer, refused},
    *,
};

pub const ALLT: Far = Far { skriva: true, besluta: true };

pub fn chapter(rubrik: &str, text: &str) -> regler::Content {
    let (rubrik, text) = (rubrik.to_owned(), text.to_owned());
    regler::Content { rubrik, text, efter_malen: false, responsible: Responsible::Nobody, senast: None }
}

pub fn steg(steg: Steg, varfor: &str) -> Form {
    Form { steg: steg.code().to_owned(), varfor: varfor.to_owned(), ..Form::default() }
}

async fn takes(tx: &mut Tx, plan: PlanId, form: &Form) -> Result<Plan, Error> {
    let version = verksamhetsplan::get(tx, plan).await.unwrap().version;
    verksamhetsplan::step(tx, (now(), now().date_naive()), (plan, version), form, ALLT).await.map(|(plan, _)| plan)
}

#[tokio::test]
async fn what_is_decided_is_not_written_in_before_it_is_opened_with_a_reason() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", None).await;
        takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await.unwrap();
        let said = refused(mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egen")).await);
        assert!(said.contains("förslag till beslut"), "{db}: {said}");
        let twice = refused(takes(&mut tx, of.plan, &steg(Steg::Foresla, "")).await);
        assert!(twice.contains("Någon annan har ändrat planen"), "{db}: {twice}");
        let decided = takes(&mut tx, of.plan, &Form { dnr: "3.1-12/2026".into(), ..steg(Steg::Faststall, "") }).await;
        let decided = decided.unwrap();
        assert_eq!(decided.said(), "fastställd 2022-05-30", "{db}");
        assert_eq!(decided.beslut[0].dnr, "3.1-12/2026", "{db}");
        let said = refused(mal::remove(&mut tx, now(), of.plan, (own, 1)).await);
        assert!(said.contains("Öppna den för revidering"), "{db}: {said}");
        refused(takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "")).await);
        takes(&mut tx, of.plan, &steg(Steg::OppnaRevision, "Ny budget")).await.unwrap();
        mal::update(&mut tx, now(), of.plan, (own, 1), &goal(Niva::Enhetsmal, "", "Egen")).await.unwrap();
        let revised = takes(&mut tx, of.plan, &steg(Steg::FaststallRevision, "")).await.unwrap();
        assert_eq!(
            (revised.said().as_str(), &*revised.beslut[1].varfor),
            ("reviderad 2022-05-30", "Ny budget"),
            "{db}"
        );
        let old =
            verksamhetsplan::step(&mut tx, (now(), now().date_naive()), (of.plan, 1), &Form::default(), ALLT).await;
        assert!(matches!(old, Err(Error::Conflict)), "{db}");
    }
}

#[tokio::test]
async fn a_plan_begins_with_its_chapters_and_one_that_is_changed_is_not_done_any_more() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let all = kapitel::list(&mut tx, of.plan).await.unwrap();
        assert_eq!(all.len(), regler::FORE_MALEN.len() + regler::EFTER_MALEN.len(), "{db}");
        assert!(all.last().unwrap().content.efter_malen, "{db}");
        let (first, second) = (all[0].id, all[1].id);
        refused(kapitel::set_klart(&mut tx, now(), of.plan, (first, 1), true).await);
        let text = chapter(&all[0].content.rubrik, "Vi håller budgeten.");
        kapitel::update(&mut tx, now(), of.plan, (first, 1), &text).await.unwrap();
        kapitel::set_klart(&mut tx, now(), of.plan, (first, 2), true).await.unwrap();
        assert_eq!(kapitel::get(&mut tx, of.plan, first).await.unwrap().lage(), Lage::Klart, "{db}");
        let text = chapter(&all[0].content.rubrik, "Vi håller budgeten i år.");
        kapitel::update(&mut tx, now(), of.plan, (first, 3), &text).await.unwrap();
        assert_eq!(kapitel::get(&mut tx, of.plan, first).await.unwrap().lage(), Lage::Paborjat, "{db}");
        kapitel::step(&mut tx, now(), of.plan, second, true).await.unwrap();
        assert_eq!(kapitel::list(&mut tx, of.plan).await.unwrap()[0].id, second, "{db}");
        let new = KapitelId::new();
        for _ in 0..2 {
            kapitel::create(&mut tx, now(), of.plan, new, &chapter("Klimat", "")).await.unwrap();
        }
        kapitel::remove(&mut tx, now(), of.plan, (new, 1)).await.unwrap();
        let elsewhere = kapitel::get(&mut tx, of.top, first).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{db}");
        assert_eq!(kapitel::list(&mut tx, of.plan).await.unwrap().len(), all.len(), "{db}");
    }
}

#[tokio::test]
async fn a_year_that_is_copied_twice_is_one_and_lies_under_the_goals_of_the_city_where_they_have_come() {
    for (db, world) in worlds().await {
        let mut tx = world.store.system(true).await.unwrap();
        let of = planer(&mut tx, Some(world.avdelning)).await;
        let kf = made(&mut tx, of.top, Niva::KfMal, "Självförsörjande", None).await;
        let other = made(&mut tx, of.top, Niva::KfMal, "Hållbar livsmiljö", None).await;
        let own = made(&mut tx, of.plan, Niva::Enhetsmal, "Egen försörjning", Some(kf)).await;
        made(&mut tx, of.plan, Niva::Enhetsmal, "Färdsätt", Some(other)).await;
        let chapters = kapitel::list(&mut tx, of.plan).await.unwrap();
        let text = chapter(&chapters[0].content.rubrik, "Vi håller budgeten.");
        kapitel::update(&mut tx, now(), of.plan, (chapters[0].id, 1), &text).await.unwrap();
        // the city's own plan first, but for one goal
        mal::remove(&mut tx, now(), of.top, (other, 1)).await.unwrap_err();
        let city = kopiera_plan(&mut tx, now(), of.top, PlanId::new()).await.unwrap();
        let first = kopiera_plan(&mut tx, now(), of.plan, PlanId::new()).await.unwrap();
        assert_eq!((first.antal, first.notes.len()), (2 + chapters.len(), 0), "{db}: {first:?}");
        let again = kopiera_plan(&mut tx, now(), of.plan, PlanId::new()).await.unwrap();
        assert_eq!((again.plan, again.antal), (first.plan, 0), "{db}: what is there is not copied again");
        let next = mal::trad(&mut tx, of.unit, 2027).await.unwrap();
        let copied = next.walk().into_iter().map(|post| post.mal).find(|mal| mal.copied_from == Some(own)).unwrap();
        let above = next.above(copied.id).unwrap();
        assert_eq!((above.copied_from, next.len()), (Some(kf), 4), "{db}");
        assert_ne!(city.plan, first.plan);
        let texts = kapitel::list(&mut tx, first.plan).await.unwrap();
        assert!(texts[0].fran_i_fjol && texts[0].content.text == "Vi håller budgeten.", "{db}");
        // what was copied from it stands by itself when it is gone
        mal::remove(&mut tx, now(), of.plan, (own, 1)).await.unwrap();
        let next = mal::trad(&mut tx, of.unit, 2027).await.unwrap();
        assert_eq!(next.get(copied.id).unwrap().copied_from, None, "{db}");
    }
}
