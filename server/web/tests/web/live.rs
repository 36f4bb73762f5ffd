//! The stream of events over HTTP: who hears that a case came.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use domain::{
    id::{AptId, AvvikelseId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use futures_util::StreamExt;
use http::Method;
use store::person::NewPerson;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::common::{App, CHEF, PASSWORD, browser};

const HANDLAGGARE: &str = "handlaggare@demo.se";
const ELSEWHERE: &str = "enhetschef2@demo.se";

async fn app() -> App {
    let app = App::new().await;
    let (mut tx, now, west) = (app.write().await, app.state.clock.now(), NodeId::new());
    let (name, kind) = ("Västra enheten".to_owned(), NodeKind::Enhet);
    let node = Node { id: west, parent: Some(app.top), kind, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now, &node).await.unwrap();
    let password_hash = web::password::hash(PASSWORD.to_owned()).await;
    for (email, role, node) in [(HANDLAGGARE, Role::Medarbetare, app.enhet), (ELSEWHERE, Role::Enhetschef, west)] {
        let (name, email, password_hash) = ("Person".to_owned(), email.to_owned(), password_hash.clone());
        let new = NewPerson { id: PersonId::new(), name, email, password_hash, roles: vec![(role, node)] };
        store::person::create(&mut tx, now, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
    app
}

async fn stream(app: &App, path: &str, cookie: &str) -> BodyDataStream {
    let request = browser(Method::GET, path, cookie).body(Body::empty()).unwrap();
    let mut events = app.router.clone().oneshot(request).await.unwrap().into_body().into_data_stream();
    assert_eq!(next(&mut events).await.1, "-", "the first word says that the stream is open");
    events
}

/// The number and the word of the next event; it comes within a second.
async fn next(events: &mut BodyDataStream) -> (u64, String) {
    let event = timeout(Duration::from_secs(1), events.next()).await.expect("within a second").unwrap().unwrap();
    let text = String::from_utf8_lossy(&event).into_owned();
    let field = |name: &str| text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default().trim().to_owned();
    let number = field("id:").rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or_default();
    (number, field("data:"))
}

#[tokio::test]
async fn that_a_case_came_is_heard_within_a_second_by_its_chef_and_not_at_all_by_others_nor_counted_for_them() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let node = app.enhet.to_string();
    let skarm = AptId::new().to_string();
    let wall =
        [("id", skarm.as_str()), ("node", &node), ("form[name]", "Fikarummet"), ("form[slides][]", "avvikelser")];
    // shown once, in the answer
    let page = app.post("/api/create_skarm", &chef, "/apt/skarmar", &wall).await.body;
    let at = page.find("href=\"/skarm/").unwrap() + 6;
    let wall = format!("{}/handelser", page[at..].split('"').next().unwrap());

    let mut handler = stream(&app, "/handelser", &chef).await;
    let mut others = vec![stream(&app, &wall, "").await];
    for email in [HANDLAGGARE, ELSEWHERE] {
        others.push(stream(&app, "/handelser", &app.log_in(email).await).await);
    }
    let before = app.state.store.seq().open;
    let (case, day) = (AvvikelseId::new().to_string(), domain::format::date(app.state.clock.today()));
    let fields = [
        ("id", case.as_str()),
        ("node", &node),
        ("form[what]", "Ett beslut skickades för sent"),
        ("form[day]", &day),
        ("form[consequence]", "Hyran blev försenad"),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", &chef, "/avvikelser/ny", &fields).await.to();
    assert_eq!(next(&mut handler).await.1, "avvikelse");

    let said =
        [("id", "7b1d3a52-93f4-4c6b-9d0e-2f6a8c1b5e47"), ("node", node.as_str()), ("text", "Egen kö"), ("named", "on")];
    app.post("/forslag", &chef, "/forslag", &said).await.to();
    for events in others.iter_mut().take(2) {
        assert_eq!(next(events).await, (before + 1, "forslag".to_owned()), "the case was neither told nor counted");
    }
    let beside = timeout(Duration::from_millis(200), others[2].next()).await;
    assert!(beside.is_err(), "nothing of this happens in the unit beside");

    // by the clock, whether anything has happened or not
    app.state.store.tell_public();
    for events in &mut others {
        assert_eq!(next(events).await, (before + 2, "avvikelse".to_owned()));
    }
}
