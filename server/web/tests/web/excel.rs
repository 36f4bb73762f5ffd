//! Excel: what is taken out holds the work: who, when, what was found, in words, and days that can be sorted.
#![allow(clippy::unwrap_used)]

use domain::id::AvvikelseId;
use http::StatusCode;

use crate::{
    avvikelse,
    common::{App, CHEF},
    utfall::monthly,
};

#[tokio::test]
async fn the_year_and_what_is_to_be_done_say_who_did_what_when_and_what_was_found() {
    let app = App::new().await;
    let all = monthly(&app).await;
    let chef = app.log_in(CHEF).await;
    let (id, day) = (all[0].to_string(), domain::format::date(app.state.clock.today()));
    let fields = [
        ("id", &*id),
        ("version", "1"),
        ("form[outcome]", "avvikelse"),
        ("form[note]", "Två attester saknades"),
        ("form[performed_on]", &*day),
        ("form[total_numerator]", "18"),
        ("form[total_denominator]", "20"),
    ];
    app.post("/api/mark_occurrence_done", &chef, &format!("/forekomster/{id}"), &fields).await;
    let year = format!("/arshjul/export.xlsx?enhet={}", app.enhet);
    let plan = format!("/internkontroll/export.xlsx?enhet={}&ar={}", app.enhet, &day[..4]);
    for path in [&year, &plan] {
        let file = app.get(path, &chef).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.words.contains("Tillfällen"), "{}", file.words);
        let row = file.words.lines().find(|line| line.contains("Två attester saknades")).unwrap();
        for said in
            ["Attest", "Internkontroll", "Utförd med avvikelse", "\tAvvikelse\t", "Enhetschef", "\t18\t20\t0.9\t", &day]
        {
            assert!(row.contains(said), "{said}: {row}");
        }
        // a column where nothing stands in any row is not there
        assert!(!file.words.contains("Kvinnor, antal"), "{}", file.words);
    }
    let to_do = app.get("/att-gora/export.xlsx", &chef).await;
    assert!(!to_do.words.contains("Två attester saknades"), "what is done is not left to do: {}", to_do.words);
    // what the page is filtered by
    let none = app.get(&format!("{year}&status=ej_utford"), &chef).await;
    assert!(!none.words.contains("Systematisk kontroll"), "{}", none.words);
    let done = app.get(&format!("{year}&status=avvikelse"), &chef).await;
    assert_eq!(done.words.matches("Systematisk kontroll").count(), 1, "{}", done.words);
}

#[tokio::test]
async fn the_deadlines_of_cases_stay_in_the_register_and_the_file_says_so() {
    let app = avvikelse::app().await;
    let chef = app.log_in(CHEF).await;
    avvikelse::report(&app, &chef, &AvvikelseId::new().to_string(), "Ansökan låg i fel tjänst").await.to();
    assert!(app.get("/", &chef).await.body.contains("2026-001"));
    let file = app.get("/att-gora/export.xlsx?visa=enheten", &chef).await;
    assert!(!file.words.contains("2026-001") && file.words.contains("En tidsfrist för ett ärende är inte med"));
    let register = app.post("/avvikelser/export.xlsx", &chef, "/avvikelser", &[]).await;
    let row = register.words.lines().find(|line| line.contains("Ansökan låg i fel tjänst")).unwrap();
    assert!(row.contains(&domain::format::date(app.state.clock.today())), "a day is a day: {row}");
}

#[tokio::test]
async fn another_units_year_is_not_taken_out() {
    let app = avvikelse::app().await;
    let elsewhere = app.log_in(avvikelse::ELSEWHERE).await;
    let year = format!("/arshjul/export.xlsx?enhet={}", app.enhet);
    assert_eq!(app.get(&year, &elsewhere).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get("/arshjul/export.xlsx?enhet=x", &elsewhere).await.status, StatusCode::NOT_FOUND);
}
