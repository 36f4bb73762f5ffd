//! The wheel on one sheet: who may have it, and what is never on it.
#![allow(clippy::unwrap_used)]

use domain::id::{AvvikelseId, NodeId};
use http::StatusCode;

use crate::{
    common::{App, CHEF},
    import,
};

const SHEET: &str = "/arshjul/hjulet.pdf";

async fn control(app: &App, chef: &str, title: &str) {
    let csv = format!("Kontrollmål;Hur ofta\r\n{title};Varje månad\r\n");
    let (preview, _) = import::previewed(app, chef, "egenkontroll", "2026", "plan.csv", csv.as_bytes()).await;
    import::confirmed(app, chef, "egenkontroll", &preview).await;
}

#[tokio::test]
async fn a_chef_prints_the_wheel_of_the_own_unit_and_nobody_else_does() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let elsewhere = import::another_chef(&app, NodeId::new()).await;
    control(&app, &chef, "Dokumentationen följs upp").await;
    let own = format!("{SHEET}?enhet={}&ar=2026", app.enhet);
    let file = app.get(&own, &chef).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    assert!(file.header("content-disposition").contains(".pdf") && file.words.contains("Dokumentationen följs upp"));
    let page = app.get("/arshjul?ar=2026&kategori=egenkontroll&vy=lista", &chef).await.body;
    assert!(page.contains("/arshjul/hjulet.pdf?ar=2026&amp;kategori=egenkontroll"), "the page offers what it shows");
    let chosen = app.get(&format!("{own}&kategori=mote"), &chef).await;
    assert!(chosen.words.contains("Ett urval av året: möten") && !chosen.words.contains("Dokumentationen"));
    for foreign in [own.as_str(), &format!("{SHEET}?enhet={}", app.top), &format!("{SHEET}?enhet=x")] {
        let file = app.get(foreign, &elsewhere).await;
        assert!(matches!(file.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{foreign}: {}", file.status);
        assert!(!file.body.contains("Dokumentationen"));
    }
    assert_eq!(app.get(SHEET, "").await.status, StatusCode::SEE_OTHER, "who is not logged in comes to the login");
    assert_eq!(app.get(&format!("{own}&ar=en"), &chef).await.status, StatusCode::OK, "the first of two counts");
    assert_eq!(app.get(&format!("{SHEET}?ar=nittio"), &chef).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_only_some_may_see_is_on_the_page_and_never_on_the_wall() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, node) = (AvvikelseId::new().to_string(), app.enhet.to_string());
    let day = domain::format::date(app.state.clock.today());
    let fields = [
        ("id", id.as_str()),
        ("node", &node),
        ("form[what]", "Ansökan låg i fel tjänst"),
        ("form[day]", &day),
        ("form[consequence]", "Beslutet dröjde"),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", &chef, "/avvikelser/ny", &fields).await.to();
    let year = &day[..4];
    let page = app.get(&format!("/arshjul?ar={year}&vy=lista"), &chef).await.body;
    assert!(page.contains(&format!("/avvikelser/{id}")), "its deadline is in the year of who handles it");
    let file = app.get(&format!("{SHEET}?ar={year}"), &chef).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.words.contains("Ärenden och slutna möten är inte med"));
    assert!(!file.words.contains("Avvikelse") && !file.words.contains("Förhandsbedöm"), "{}", file.words);
}
