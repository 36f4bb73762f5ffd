//! The first start: nobody has an account.

use crate::common::App;
use http::StatusCode;

const RIGHT: [(&str, &str); 5] = [
    ("name", "Administratör"),
    ("email", "admin@demo.se"),
    ("password", "fyra krokiga lampor"),
    ("password_again", "fyra krokiga lampor"),
    ("organisation", "Staden"),
];

#[tokio::test]
async fn without_accounts_every_page_leads_to_the_start() {
    let app = App::empty().await;
    for path in ["/", "/logga-in", "/konto"] {
        assert_eq!(app.get(path, "").await.to(), "/start", "{path}");
    }
    assert_eq!(app.get("/start", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_reads_the_log_becomes_the_first_administrator() {
    let app = App::empty().await;
    let token = app.state.first_start.token().to_owned();
    let fields = [&RIGHT[..], &[("token", token.as_str())]].concat();
    let answer = app.post("/start", "", "/start", &fields).await;
    assert_eq!(answer.to(), "/");
    assert_eq!(app.get("/konto", &answer.cookie()).await.status, StatusCode::OK, "and is logged in");
    assert_eq!(app.get("/start", "").await.to(), "/logga-in", "the start is over");
    assert_eq!(app.post("/start", "", "/start", &fields).await.to(), "/logga-in");
    let mut tx = app.write().await;
    assert_eq!(store::person::count(&mut tx).await.unwrap(), 1);
}

#[tokio::test]
async fn a_wrong_code_lets_nobody_in_and_keeps_what_was_typed() {
    let app = App::empty().await;
    let fields = [&RIGHT[..], &[("token", "gissning")]].concat();
    let answer = app.post("/start", "", "/start", &fields).await;
    assert_eq!(answer.to(), "/start#fel");
    let page = app.get("/start", &answer.cookie()).await;
    assert!(page.body.contains("Koden stämmer inte."), "{}", page.body);
    assert!(page.body.contains("admin@demo.se"));
    assert!(!page.body.contains("krokiga"));
    let mut tx = app.write().await;
    assert_eq!(store::person::count(&mut tx).await.unwrap(), 0);
}

#[tokio::test]
async fn every_fault_of_the_first_form_is_told_at_once() {
    let app = App::empty().await;
    let answer = app.post("/start", "", "/start", &[("password", "kort"), ("email", "admin")]).await;
    let page = app.get("/start", &answer.cookie()).await.body;
    for text in
        ["Koden stämmer inte.", "Skriv organisationens namn.", "Skriv ett namn.", "minst 12 tecken", "namn@kommun.se"]
    {
        assert!(page.contains(text), "{text} in {page}");
    }
}
