//! Jämställdhetsanalyser over HTTP, without JavaScript: an analysis is made, judged with a reason and becomes an åtgärd, and figures so
//! small that somebody could be recognised are for those who make them.
#![allow(clippy::unwrap_used)]

use domain::siffror::jamstalldhet::analys::JamstalldhetId;
use http::StatusCode;

use crate::{
    common::{App, CHEF},
    resultat::text_of,
};

const QUESTION: &str = "Har kvinnor och män förändringsplan lika ofta?";
const FIGURES: [(&str, &str); 7] = [
    ("form[fraga]", QUESTION),
    ("form[namn_a]", "Kvinnor"),
    ("form[taljare_a]", "14"),
    ("form[namnare_a]", "18"),
    ("form[namn_b]", "Män"),
    ("form[taljare_b]", "15"),
    ("form[namnare_b]", "17"),
];

#[tokio::test]
async fn an_analysis_says_what_came_out_is_judged_with_a_reason_and_leads_to_an_atgard() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, node) = (JamstalldhetId::new().to_string(), app.enhet.to_string());
    let empty = app.get("/siffror/jamstalldhet", &chef).await.body;
    assert!(empty.contains("Ingen analys än") && empty.contains("Ny analys"), "{empty}");
    let new = [&[("id", &*id), ("node", &*node)], &FIGURES[..]].concat();
    let to = app.post("/api/create_jamstalldhetsanalys", &chef, "/siffror/jamstalldhet/ny", &new).await.to().to_owned();
    assert_eq!(to, format!("/siffror/jamstalldhet/{id}"));
    let page = app.get(&to, &chef).await.body;
    let heading = "10,5 procentenheter mellan kvinnor och män, inte större än slumpen kan ge";
    assert!(page.contains(heading) && page.contains("p = 0,66"), "{page}");
    assert!(page.contains("Inte bedömd än"), "until somebody has written it: {page}");

    let edit = format!("{to}/redigera");
    let seen = [("id", &*id), ("version", "1"), ("form[bedomning]", "motiverad")];
    let judged = [&seen[..], &FIGURES[..]].concat();
    let refused = app.post("/api/update_jamstalldhetsanalys", &chef, &edit, &judged).await;
    assert!(refused.to().ends_with("#fel"));
    assert!(app.get(&edit, &chef).await.body.contains("Skriv skälet till bedömningen."));
    let reasoned = [&judged[..], &[("form[skal]", "Fler kvinnor är aktuella")]].concat();
    assert_eq!(app.post("/api/update_jamstalldhetsanalys", &chef, &edit, &reasoned).await.to(), to);
    let page = app.get(&to, &chef).await.body;
    assert!(page.contains("Motiverad") && page.contains("Fler kvinnor är aktuella"), "{page}");
    let late = app.post("/api/update_jamstalldhetsanalys", &chef, &edit, &reasoned).await;
    assert!(late.to().ends_with("#fel"), "it is no longer as it was seen");

    let offer = format!("/atgarder/ny?kalla=jamstalldhet:{id}");
    assert!(page.contains(&offer), "{page}");
    let form = app.get(&offer, &chef).await.body;
    assert!(form.contains(QUESTION) && !form.contains("10,5"), "everybody reads an åtgärd: {form}");
}

#[tokio::test]
async fn small_figures_are_seen_by_who_makes_analyses_and_by_nobody_else() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, node) = (JamstalldhetId::new().to_string(), app.enhet.to_string());
    let new = [&[("id", &*id), ("node", &*node)], &FIGURES[..]].concat();
    app.post("/api/create_jamstalldhetsanalys", &chef, "/siffror/jamstalldhet/ny", &new).await.to();
    let other = app.medarbetare().await;
    let path = format!("/siffror/jamstalldhet/{id}");
    for address in ["/siffror/jamstalldhet", &path] {
        let body = app.get(address, &other).await.body;
        // without what stands in attributes
        let page = text_of(body.split("<main").nth(1).unwrap());
        assert!(
            page.contains("Skillnaden mellan kvinnor och män är inte större än slumpen kan ge"),
            "{address}: {page}"
        );
        for figure in ["77,8", "88,2", "10,5", "0,66", "14 av 18"] {
            assert!(!page.contains(figure), "{address}: {figure} in {page}");
        }
    }
    let page = app.get(&path, &other).await.body;
    assert!(page.contains("någon kan kännas igen") && !page.contains("redigera"), "{page}");
    assert_eq!(app.get(&format!("{path}/redigera"), &other).await.status, StatusCode::FORBIDDEN);
    assert!(app.get(&path, &chef).await.body.contains("14 av 18"), "in its history and under the figures");
}
