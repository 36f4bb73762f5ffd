//! One person writes so often and no oftener, and is told how long to wait; nothing that was typed is lost.

use axum::body::Body;
use domain::{
    enkat::{Besked, Inlamnat},
    id::{AvvikelseId, EnkatId, NodeId},
};
use http::{Method, StatusCode, header};
use ui::error::AppError;
use uuid::Uuid;

use crate::common::{ADMIN, Answer, App, CHEF, browser};

on_both![
    the_seventh_report_of_a_minute_waits_and_what_was_sent_before_is_taken_again,
    five_hundred_answers_in_five_requests_are_sixty_and_the_rest_wait,
    the_rows_of_tables_are_counted_and_a_table_that_has_to_wait_stays_in_its_page,
    over_forty_answers_in_an_hour_a_form_asks_and_the_answer_is_saved,
    whatever_is_written_there_is_an_end_to_it_and_nobody_else_waits,
];

/// With the limits that hold for everybody.
pub async fn app() -> App {
    let app = App::new().await;
    app.state.store.rates().set_times(1);
    app
}

/// As a program sends it.
async fn ask(app: &App, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let mut request = browser(Method::POST, path, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(serde_urlencoded::to_string(fields).unwrap()))
        .unwrap();
    request.headers_mut().insert(header::ACCEPT, "application/json".parse().unwrap());
    app.send(request).await
}

fn waits(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    let seconds: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(serde_json::from_str::<AppError>(&answer.body).unwrap(), AppError::Wait(seconds));
}

async fn the_seventh_report_of_a_minute_waits_and_what_was_sent_before_is_taken_again() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let (node, day) = (app.enhet.to_string(), domain::format::date(app.state.clock.today()));
    let fields = |id: &str, what: &str| {
        [
            ("id", id),
            ("node", &node),
            ("form[what]", what),
            ("form[day]", &day),
            ("form[ror]", "brukare"),
            ("form[consequence]", "Sen utbetalning"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let send = async |id: &str, what: &str| {
        let all = fields(id, what);
        let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        ask(&app, "/api/create_avvikelse", &chef, &all).await
    };
    let ids: Vec<String> = (0..7).map(|_| AvvikelseId::new().to_string()).collect();
    // one that cannot be taken, and one that was, count for nothing
    for _ in 0..10 {
        assert_eq!(send(&ids[0], "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for id in &ids[..6] {
        assert_eq!(send(id, "Ansökan låg i fel tjänst").await.status, StatusCode::OK);
        assert_eq!(send(id, "Ansökan låg i fel tjänst").await.status, StatusCode::OK);
    }
    waits(&send(&ids[6], "Det sjunde").await);
    assert_eq!(send(&ids[3], "Ansökan låg i fel tjänst").await.status, StatusCode::OK, "a resend is always taken");
    assert!(!app.get("/avvikelser", &chef).await.body.contains("Det sjunde"));

    // a form says so on its page, with what was typed
    let typed = fields(&ids[6], "Det sjunde");
    let typed: Vec<(&str, &str)> = typed.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let answer = app.post("/api/create_avvikelse", &chef, "/avvikelser/ny", &typed).await;
    assert_eq!(answer.to(), "/avvikelser/ny#fel");
    let page = app.get("/avvikelser/ny", &chef).await.body;
    assert!(page.contains("Det sjunde") && page.contains("inte sparat än"), "{page}");
    assert!(!page.to_lowercase().contains("misslyckades"));
}

async fn five_hundred_answers_in_five_requests_are_sixty_and_the_rest_wait() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = crate::resultat::opened(&app, vec![crate::resultat::question(1, "Hur var bemötandet?", |_| {})]).await;
    let (enkat, konto, version) = asked(&app, id).await;
    let answers: Vec<Inlamnat> = (0..500)
        .map(|_| Inlamnat {
            id: Uuid::new_v4().to_string(),
            version: version.clone(),
            period: app.state.clock.today().format("%Y-%m").to_string(),
            kon: String::new(),
            values: vec![(1, "0".into())],
        })
        .collect();
    let send = async |some: &[Inlamnat]| {
        let svar = serde_json::to_string(some).unwrap();
        ask(&app, "/api/create_enkatsvar", &chef, &[("enkat", &enkat), ("konto", &konto), ("svar", &svar)]).await
    };
    let told = |answer: &Answer| -> Vec<Besked> {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let first = told(&send(&answers[..100]).await);
    assert_eq!(first.len(), 60, "the rest is not told of, and stays on the device");
    assert!(first.iter().all(|besked| besked.refused.is_none()));
    assert_eq!(first.iter().filter(|b| b.notice.as_deref().is_some_and(|n| n.contains("Är det rätt?"))).count(), 1);
    for some in answers[100..].chunks(100) {
        waits(&send(some).await);
    }
    // those that were taken are taken, however often they are sent
    let again = told(&send(&answers[..100]).await);
    assert_eq!(again.len(), 60);
    assert!(again.iter().all(|b| b.refused.is_none() && b.notice.is_none()), "it is asked once");
}

async fn the_rows_of_tables_are_counted_and_a_table_that_has_to_wait_stays_in_its_page() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = crate::resultat::opened(&app, vec![crate::resultat::question(1, "Hur var bemötandet?", |_| {})]).await;
    let path = format!("/enkater/{id}/klistra");
    let table = |n: usize| format!("Hur var bemötandet?\n{}", "Ja\n".repeat(n));
    // as a person does it: looks, and then enters what was seen
    let enter = async |rows: &str| {
        let mut fields = crate::klistra::form(&app.post(&path, &chef, &path, &[("rows", rows)]).await.body);
        fields.push(("steg".to_owned(), "spara".to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        app.post(&path, &chef, &path, &fields).await
    };
    let waiting = async || store::enkat::svar::counts(&mut app.write().await, id).await.unwrap().0;
    for _ in 0..10 {
        assert_eq!(enter(&table(500)).await.status, StatusCode::OK);
    }
    assert_eq!(waiting().await, 5_000);
    let refused = enter(&table(3)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.body);
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3_600).contains(&seconds), "{seconds}");
    assert!(refused.body.contains("Högst 5\u{a0}000 svar kan läggas in på en timme"), "{}", refused.body);
    assert!(refused.body.contains("Hur var bemötandet?\nJa\nJa\nJa"), "what was pasted stays: {}", refused.body);
    assert_eq!(waiting().await, 5_000, "and nothing of it was entered");
}

async fn over_forty_answers_in_an_hour_a_form_asks_and_the_answer_is_saved() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = crate::resultat::opened(&app, vec![crate::resultat::question(1, "Hur var bemötandet?", |_| {})]).await;
    let (enkat, _, version) = asked(&app, id).await;
    let path = format!("/enkater/{enkat}/svara");
    let mut last = String::new();
    for _ in 0..41 {
        let svar = Uuid::new_v4().to_string();
        let fields = [("id", &*svar), ("version", &*version), ("q1", "0"), ("kon", "")];
        let answer = app.post(&path, &chef, &path, &fields).await;
        answer.to().clone_into(&mut last);
        assert!(last.contains(&svar), "{last}");
    }
    assert!(last.ends_with("&manga=ja"), "{last}");
    let page = app.get(&last, &chef).await.body;
    assert!(page.contains("Är det rätt? Svaren är sparade."), "{page}");
}

/// The enkät, the device's name for the chef, and the version that is asked.
async fn asked(app: &App, id: EnkatId) -> (String, String, String) {
    let konto = store::enkat::antal::device_key(&app.state.store, app.chef).await.unwrap();
    let mut tx = app.write().await;
    let version = store::enkat::versions(&mut tx, id).await.unwrap().into_iter().rfind(|v| v.in_use).unwrap().id;
    (id.to_string(), konto.to_string(), version.to_string())
}

async fn whatever_is_written_there_is_an_end_to_it_and_nobody_else_waits() {
    let app = app().await;
    let (admin, chef) = (app.log_in(ADMIN).await, app.log_in(CHEF).await);
    for _ in 0..300 {
        assert_eq!(ask(&app, "/api/set_theme", &admin, &[("theme", "dark")]).await.status, StatusCode::OK);
    }
    waits(&ask(&app, "/api/set_theme", &admin, &[("theme", "dark")]).await);
    assert_eq!(ask(&app, "/api/set_theme", &chef, &[("theme", "dark")]).await.status, StatusCode::OK);
    // what a page asks is not counted, and one can always leave
    assert_eq!(ask(&app, "/api/get_utkastkonto", &admin, &[]).await.status, StatusCode::OK);
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let form = [("form", "ny"), ("id", &*id), ("parent", &*top), ("kind", "enhet"), ("name", "Ny enhet i väster")];
    let from = format!("/admin?nod={top}");
    assert_eq!(app.post("/api/create_node", &admin, &from, &form).await.to(), format!("{from}#fel"));
    let page = app.get(&from, &admin).await.body;
    assert!(page.contains("Ny enhet i väster") && page.contains("inte sparat än"), "{page}");
    let plain = app.post("/egenkontroll/importera/bekrafta", &admin, "/egenkontroll", &[]).await;
    assert_eq!((plain.status, plain.header("retry-after").is_empty()), (StatusCode::TOO_MANY_REQUESTS, false));
    assert_eq!(app.post("/logga-ut", &admin, "/", &[]).await.to(), "/logga-in");
}
