//! Somebody who is placed in an arbetsgrupp does the work of the unit as the unit's other handläggare do.
#![allow(clippy::unwrap_used)]

use domain::{
    id::{AvvikelseId, EgenkontrollId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
    recurrence::form::Fields,
};
use http::StatusCode;
use store::person::NewPerson;

use crate::{
    avvikelse::report,
    common::{App, PASSWORD},
};

on_both![who_is_placed_in_an_arbetsgrupp_is_at_home_in_the_unit];

const IN_GROUP: &str = "handlaggare@demo.se";

async fn placed(app: &App) -> NodeId {
    let now = app.state.clock.now();
    let group = NodeId::new();
    let node = Node {
        id: group,
        parent: Some(app.enhet),
        kind: NodeKind::Arbetsgrupp,
        name: "Team 1".into(),
        active: true,
        version: 1,
    };
    let person = NewPerson {
        id: PersonId::new(),
        name: "Handläggare".into(),
        email: IN_GROUP.into(),
        password_hash: web::password::hash(PASSWORD.to_owned()).await,
        roles: vec![(Role::Medarbetare, group)],
    };
    let mut tx = app.write().await;
    store::organisation::create_node(&mut tx, now, &node).await.unwrap();
    store::person::create(&mut tx, now, &person).await.unwrap();
    let form = domain::egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        responsible: "roll:medarbetare".into(),
        when: Fields::named("varje_manad"),
        ..domain::egenkontroll::Form::default()
    };
    let content = domain::egenkontroll::check(&form, 2026).unwrap();
    store::plan::create(&mut tx, now, EgenkontrollId::new(), app.enhet, 2026, &content).await.unwrap();
    tx.commit().await.unwrap();
    group
}

async fn who_is_placed_in_an_arbetsgrupp_is_at_home_in_the_unit() {
    let app = App::new().await;
    placed(&app).await;
    let cookie = app.log_in(IN_GROUP).await;
    for path in [
        "/",
        "/arshjul",
        "/egenkontroll?ar=2026",
        "/internkontroll",
        "/atgarder",
        "/enkater",
        "/avvikelser",
        "/avvikelser/ny",
        "/avvikelser/statistik",
        "/forslag",
        "/apt",
        "/apt/beslut",
        "/konto",
    ] {
        assert_eq!(app.get(path, &cookie).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(app.get("/egenkontroll/ny", &cookie).await.status, StatusCode::FORBIDDEN, "the plan is the chef's");
    let id = AvvikelseId::new().to_string();
    assert_eq!(report(&app, &cookie, &id, "Ansökan låg i fel tjänst").await.to(), format!("/avvikelser/{id}"));
    // what the unit's handläggare carry out is hers to tick
    let plan = app.get("/egenkontroll?ar=2026", &cookie).await.body;
    assert!(plan.contains("Dokumentation"), "{plan}");
    let mine = app.get("/", &cookie).await.body;
    assert!(mine.contains("Dokumentation") && mine.contains("/api/mark_occurrence_done"), "{mine}");
}
