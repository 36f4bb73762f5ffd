//! Enkäter in the browser without script: the day of an answer.
#![allow(clippy::unwrap_used)]

use chrono::{Days, Months};
use domain::{format, id::EnkatId};
use http::StatusCode;
use uuid::Uuid;

use crate::{
    common::{Answer, App, CHEF},
    resultat::{opened_by, question, text_of},
};

async fn version(app: &App, id: EnkatId) -> String {
    let mut tx = app.write().await;
    store::enkat::versions(&mut tx, id).await.unwrap().into_iter().rfind(|v| v.in_use).unwrap().id.to_string()
}

async fn answer(app: &App, chef: &str, id: EnkatId, day: &str) -> Answer {
    let (path, version, svar) = (format!("/enkater/{id}/svara"), version(app, id).await, Uuid::new_v4().to_string());
    let fields = [("id", &*svar), ("version", &*version), ("q1", "0"), ("kon", ""), ("dag", day)];
    app.post(&path, chef, &path, &fields).await
}

async fn waiting(app: &App, id: EnkatId) -> i64 {
    store::enkat::svar::counts(&mut app.write().await, id).await.unwrap().0
}

#[tokio::test]
async fn a_day_that_has_not_been_is_refused_in_a_sentence_and_nothing_is_saved() {
    let app = App::new().await;
    let id = opened_by(&app, "telefon", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let tomorrow = format::date(app.state.clock.today() + Days::new(1));
    let refused = answer(&app, &chef, id, &tomorrow).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text_of(&refused.body).contains("har inte varit än. Välj i dag eller en dag som har varit."),
        "{}",
        refused.body
    );
    assert!(refused.body.contains(&format!(r#"value="{tomorrow}""#)), "what was typed stays");
    assert_eq!(waiting(&app, id).await, 0);
    // from a device too: a month that has not begun is not stored as the one that goes on
    let konto = store::enkat::antal::device_key(&app.state.store, app.chef).await.unwrap().to_string();
    let period = (app.state.clock.today() + Months::new(1)).format("%Y-%m").to_string();
    let given = domain::enkat::Inlamnat {
        id: Uuid::new_v4().to_string(),
        version: version(&app, id).await,
        period,
        kon: String::new(),
        values: vec![(1, "0".into())],
    };
    let svar = serde_json::to_string(&[given]).unwrap();
    let fields = [("enkat", &*id.to_string()), ("konto", &*konto), ("svar", &*svar)];
    let told = app.post("/api/create_enkatsvar", &chef, "/", &fields).await;
    assert!(told.status == StatusCode::SEE_OTHER || told.body.contains("som inte har börjat"), "{}", told.body);
    assert_eq!(waiting(&app, id).await, 0);
}

#[tokio::test]
async fn after_a_call_the_next_one_is_today_again_and_the_page_says_where_the_answer_went() {
    let app = App::new().await;
    let id = opened_by(&app, "telefon", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let today = app.state.clock.today();
    let before = today - Months::new(2);
    let saved = answer(&app, &chef, id, &format::date(before)).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains(&format!("Samtal i dag, {}", format::day_month(today))), "{page}");
    assert!(page.contains("Redo för nästa, från i dag igen."), "{page}");
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(today))), "{page}");
    let saved = answer(&app, &chef, id, &format::date(today)).await;
    assert!(app.get(saved.to(), &chef).await.body.contains("Sparat. Redo för nästa."));
    assert_eq!(waiting(&app, id).await, 2);
}

#[tokio::test]
async fn a_pile_of_paper_keeps_its_day_in_words_with_one_tap_back_to_today() {
    let app = App::new().await;
    let id = opened_by(&app, "papper", vec![question(1, "Bra bemötande?", |_| ())]).await;
    let chef = app.log_in(CHEF).await;
    let before = app.state.clock.today() - Months::new(2);
    let saved = answer(&app, &chef, id, &format::date(before)).await;
    let page = app.get(saved.to(), &chef).await.body;
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(before))), "{page}");
    assert!(
        page.contains(&format!("Gäller {} {}, inte i dag.", format::day_month(before), before.format("%Y"))),
        "{page}"
    );
    assert!(page.contains(&format!(r#"href="/enkater/{id}/svara""#)) && page.contains("Byt till i dag"), "{page}");
    // a day that is made up in the address is none
    let page = app.get(&format!("/enkater/{id}/svara?dag=2999-01-01"), &chef).await.body;
    assert!(page.contains(&format!(r#"name="dag" value="{}""#, format::date(app.state.clock.today()))), "{page}");
}
