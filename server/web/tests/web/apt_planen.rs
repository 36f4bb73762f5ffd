//! The verksamhetsplan on a meeting and on a wall: how goals are met and how indikatorer stand, without counts of few and without what was
//! not chosen.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use domain::{
    apt::Slag,
    id::AptId,
    verksamhetsplan::{
        enhetsmal::bedomning::BeslutForm,
        indikator::{self, IndikatorId, Utfallsperiod, ruta::Kolumn},
        mal::{self, Benamning, MalId, Uppfyllelse},
        plan::{Far, Form, PlanId, Steg},
    },
};
use store::{
    apt::{self, punkt},
    verksamhetsplan::{self, utfall},
};

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

/// The plan that is told of now, with a goal that is met and two indikatorer, of which one may hang on a wall.
async fn planned(app: &App) -> PlanId {
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let period = Utfallsperiod::rapport(today);
    let year = (app.enhet, period.year());
    let id = verksamhetsplan::create(&mut tx, now, PlanId::new(), year, Benamning::Enhetsmal).await.unwrap();
    let goal = MalId::new();
    let form = mal::Form { niva: "enhetsmal".into(), titel: "Egen försörjning".into(), ..mal::Form::default() };
    verksamhetsplan::mal::create(&mut tx, now, id, (goal, None), &mal::check(&form).unwrap()).await.unwrap();
    for (namn, slag, arsmal, apt, tavla, text) in [
        ("Andel i arbete", "andel", "75 %", "on", "on", "29/35"),
        ("Avhysta barnfamiljer", "antal", "0 st", "on", "", "3"),
        ("Hemlig i år", "antal", "7 st", "", "", "7"),
    ] {
        let form = indikator::Form {
            namn: namn.into(),
            slag: slag.into(),
            arsmal: arsmal.into(),
            riktning: if slag == "andel" { "hogre" } else { "lagre" }.into(),
            periodicitet: "tertial".into(),
            apt: apt.into(),
            tavla: tavla.into(),
            ..indikator::Form::default()
        };
        let (own, content) = (IndikatorId::new(), indikator::check(&form, None).unwrap());
        verksamhetsplan::indikator::create(&mut tx, now, id, (own, goal), &content).await.unwrap();
        let cell = utfall::Cell { id: own, kolumn: Kolumn::Totalt, text: text.into(), was: String::new() };
        let done = utfall::save(&mut tx, now, (id, period), (&[cell], ""), &HashMap::new()).await.unwrap();
        assert_eq!(done.andrade, 1, "{done:?}");
    }
    tx.commit().await.unwrap();
    id
}

async fn assess(app: &App, plan: PlanId) {
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let period = Utfallsperiod::rapport(today);
    let of = verksamhetsplan::get(&mut tx, plan).await.unwrap();
    let trad = verksamhetsplan::mal::trad(&mut tx, of.node, of.year).await.unwrap();
    let goal = trad.walk()[0].mal.id;
    let form = BeslutForm { status: Uppfyllelse::Helt.code().into(), analys: "Det gick bra.".into() };
    verksamhetsplan::bedomning::update(&mut tx, now, plan, (goal, period.month()), 0, &form).await.unwrap();
    tx.commit().await.unwrap();
}

async fn decided(app: &App, plan: PlanId) {
    let (mut tx, now, today) = (app.write().await, app.state.clock.now(), app.state.clock.today());
    let far = Far { skriva: true, besluta: true };
    for steg in [Steg::Foresla, Steg::Faststall] {
        let version = verksamhetsplan::get(&mut tx, plan).await.unwrap().version;
        let form = Form { steg: steg.code().to_owned(), ..Form::default() };
        verksamhetsplan::step(&mut tx, (now, today), (plan, version), &form, far).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A meeting with the slides of the plan under its first point.
async fn mote(app: &App) -> AptId {
    let (mut tx, now, id) = (app.write().await, app.state.clock.now(), AptId::new());
    let content = apt_content(app);
    apt::create(&mut tx, now, id, app.enhet, &content, None).await.unwrap();
    let first = punkt::list(&mut tx, id).await.unwrap()[0].id;
    for slag in [Slag::Mal, Slag::Indikatorer, Slag::Ekonomi] {
        punkt::create_bild(&mut tx, now, id, first, slag).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

fn apt_content(app: &App) -> domain::apt::Content {
    domain::apt::Content {
        kind: domain::apt::Kind::Apt,
        on: app.state.clock.today(),
        time: String::new(),
        place: String::new(),
        chair: None,
        secretary: None,
    }
}

#[tokio::test]
async fn the_plan_is_on_the_slides_of_a_meeting_without_counts_of_few() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let id = mote(&app).await;
    let empty = text_of(&app.get(&format!("/apt/{id}/visa"), &chef).await.body);
    assert!(empty.contains("Enheten har ingen verksamhetsplan än"), "{empty}");
    let plan = planned(&app).await;
    let before = text_of(&app.get(&format!("/apt/{id}/visa"), &chef).await.body);
    assert!(before.contains("Ett enhetsmål har ingen bedömning"), "{before}");
    assess(&app, plan).await;
    let said = text_of(&app.get(&format!("/apt/{id}/visa"), &chef).await.body);
    assert!(said.contains("Det enda enhetsmålet uppfylls helt"), "{said}");
    assert!(said.contains("Andel i arbete") && said.contains("82,86\u{a0}%") && said.contains("● uppnås"), "{said}");
    assert!(said.contains("Avhysta barnfamiljer") && said.contains("■ uppnås inte alls"), "{said}");
    assert!(!said.contains("3\u{a0}st"), "a count of few is not for the room: {said}");
    assert!(!said.contains("Hemlig i år") && said.contains("2 av planens 3 indikatorer visas här."), "{said}");
    assert!(said.contains("Kontot har inga belopp än"), "{said}");
    let deck = app.get(&format!("/apt/{id}/bildspel.pdf"), &chef).await;
    assert!(deck.words.contains("Egen försörjning") && !deck.words.contains("Hemlig i år"), "{}", deck.words);
}

#[tokio::test]
async fn a_wall_shows_what_is_decided_and_may_hang_there() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let plan = planned(&app).await;
    let (id, node) = (AptId::new().to_string(), app.enhet.to_string());
    let fields = [
        ("id", id.as_str()),
        ("node", node.as_str()),
        ("form[name]", "Fikarummet"),
        ("form[slides][]", "mal"),
        ("form[slides][]", "indikatorer"),
        ("form[slides][]", "ekonomi"),
    ];
    let page = app.post("/api/create_skarm", &chef, "/apt/skarmar", &fields).await.body;
    let at = page.find("href=\"/skarm/").unwrap() + 6;
    let wall = page[at..].split('"').next().unwrap().to_owned();
    let draft = text_of(&app.get(&wall, "").await.body);
    assert!(draft.contains("Planen är inte fastställd än") && !draft.contains("Andel i arbete"), "{draft}");
    assess(&app, plan).await;
    decided(&app, plan).await;
    let said = text_of(&app.get(&wall, "").await.body);
    assert!(said.contains("Det enda enhetsmålet uppfylls helt") && !said.contains("Egen försörjning"), "{said}");
    assert!(said.contains("Andel i arbete") && said.contains("82,86\u{a0}%"), "{said}");
    for word in ["Avhysta barnfamiljer", "Hemlig i år", "Kontot"] {
        assert!(!said.contains(word), "{word} on the wall: {said}");
    }
}
