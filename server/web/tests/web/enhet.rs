//! Enhet: who has several units stays in the one they chose, on every page, until they choose another.
#![allow(clippy::unwrap_used)]

use domain::{
    id::{NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use http::header;
use store::person::NewPerson;

use crate::common::{Answer, App, CHEF, PASSWORD};

const OF_BOTH: &str = "enhetschef3@demo.se";

/// A chef of two units; the id of the second, by name.
async fn of_two_units() -> (App, NodeId) {
    let app = App::new().await;
    let (mut tx, now) = (app.write().await, app.state.clock.now());
    let second = Node {
        id: NodeId::new(),
        parent: Some(app.top),
        kind: NodeKind::Enhet,
        name: "Östra enheten".into(),
        active: true,
        version: 1,
    };
    store::organisation::create_node(&mut tx, now, &second).await.unwrap();
    let new = NewPerson {
        id: PersonId::new(),
        name: "Enhetschef 3".into(),
        email: OF_BOTH.into(),
        password_hash: web::password::hash(PASSWORD.to_owned()).await,
        roles: vec![(Role::Enhetschef, app.enhet), (Role::Enhetschef, second.id)],
    };
    store::person::create(&mut tx, now, &new).await.unwrap();
    tx.commit().await.unwrap();
    (app, second.id)
}

/// The cookie that keeps the unit, as the browser sends it back.
fn kept(answer: &Answer) -> String {
    let all = answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let set = all.into_iter().find(|cookie| cookie.contains("kvalitet_vald_enhet=")).unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn shows(page: &str, unit: &str) -> bool {
    page.contains(&format!("<p class=\"sub\">{unit} · "))
}

#[tokio::test]
async fn the_unit_that_is_chosen_on_one_page_is_the_one_of_the_next() {
    let (app, second) = of_two_units().await;
    let chef = app.log_in(OF_BOTH).await;
    let first = app.get("/egenkontroll", &chef).await;
    assert!(shows(&first.body, "Bromma"), "{}", first.body);
    let chosen = app.get(&format!("/egenkontroll?enhet={second}"), &chef).await;
    assert!(shows(&chosen.body, "Östra enheten"));
    let device = format!("{chef}; {}", kept(&chosen));
    for path in ["/arshjul", "/internkontroll", "/atgarder"] {
        let page = app.get(path, &device).await.body;
        assert!(shows(&page, "Östra enheten") || page.contains("<p class=\"sub\">Östra enheten<"), "{path}: {page}");
        // its links say which, whatever is chosen in another tab meanwhile
        assert!(page.contains(&format!("enhet={second}")), "{path}: {page}");
    }
    let back = app.get(&format!("/arshjul?enhet={}", app.enhet), &device).await;
    assert!(kept(&back).contains(&app.enhet.to_string()));
}

#[tokio::test]
async fn somebody_elses_choice_on_the_same_device_opens_nothing() {
    let (app, second) = of_two_units().await;
    let chef = app.log_in(CHEF).await;
    let page = app.get("/egenkontroll", &format!("{chef}; kvalitet_vald_enhet={second}")).await;
    assert!(shows(&page.body, "Bromma"), "{}", page.body);
    let nonsense = app.get("/egenkontroll", &format!("{chef}; kvalitet_vald_enhet=x")).await;
    assert!(shows(&nonsense.body, "Bromma"));
}
