//! What holds for every answer: headers, refusals, health.

use crate::common::{App, CHEF, browser};
use axum::body::Body;
use http::{Method, StatusCode, header};

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    for (path, cookie) in
        [("/", &*cookie), ("/konto", &*cookie), ("/logga-in", ""), ("/tillganglighet", ""), ("/finns-inte", "")]
    {
        let page = app.get(path, cookie).await;
        let policy = page.header("content-security-policy");
        for part in ["default-src 'none'", "'nonce-", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(part), "{part} in the policy of {path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(page.header(name), value, "{name} of {path}");
        }
        assert!(!page.header("permissions-policy").is_empty());
        assert_eq!(page.header("x-request-id").len(), 8);
    }
}

#[tokio::test]
async fn each_page_has_a_nonce_of_its_own_that_its_scripts_carry() {
    let app = App::new().await;
    let nonce = |policy: &str| policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let (one, two) = (app.get("/logga-in", "").await, app.get("/logga-in", "").await);
    assert_ne!(nonce(one.header("content-security-policy")), nonce(two.header("content-security-policy")));
    // without a built front there is no script at all
    let own = format!("nonce=\"{}\"", nonce(one.header("content-security-policy")));
    assert_eq!(one.body.matches("<script").count(), one.body.matches(&own).count());
}

#[tokio::test]
async fn redirects_and_refusals_have_the_headers_too() {
    let app = App::new().await;
    for path in ["/", "/halsa", "/pkg/finns-inte.js"] {
        let answer = app.get(path, "").await;
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_form_on_another_site_changes_nothing() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let attempts: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://ond.se")],
        &[("origin", "https://ond.se")],
        &[("origin", "null")],
        &[],
    ];
    for headers in attempts {
        let mut request = browser(Method::POST, "/logga-ut", &cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.body.contains("kom inte från Kvalitetshjulets egna sidor"), "{}", answer.body);
        assert_eq!(app.get("/", &cookie).await.status, StatusCode::OK, "still logged in");
    }
    let honest = browser(Method::POST, "/logga-ut", &cookie).header("origin", "http://localhost:3000");
    assert_eq!(app.send(honest.body(Body::empty()).unwrap()).await.to(), "/logga-in");
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    for cookie in ["", &*cookie] {
        let page = app.get("/finns-inte", cookie).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("finns inte"), "{}", page.body);
        assert!(page.header("content-type").starts_with("text/html"));
    }
    assert_eq!(app.get("/pkg/finns-inte.js", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.post("/api/finns_inte", &cookie, "/", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_huge_form_is_refused_with_a_sentence() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let huge = "å".repeat(1024 * 1024);
    for path in ["/api/set_password", "/logga-in"] {
        let answer = app.post(path, &cookie, "/konto", &[("name", &huge)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.body.contains("för stort"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_form_without_its_fields_gets_a_sentence() {
    let app = App::new().await;
    let request = browser(Method::POST, "/logga-in", "")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "text/plain")
        .body(Body::from("hej"))
        .unwrap();
    let answer = app.send(request).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Formuläret kunde inte läsas."));
}

#[tokio::test]
async fn health_tells_the_database_and_the_version() {
    let app = App::empty().await;
    let answer = app.get("/halsa", "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body, serde_json::json!({ "status": "ok", "database": "sqlite", "version": env!("CARGO_PKG_VERSION") }));
}

#[tokio::test]
async fn health_says_when_the_database_does_not_answer() {
    let app = App::empty().await;
    app.state.store.close().await;
    let answer = app.get("/halsa", "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("\"fel\""));
}

#[tokio::test]
async fn pages_are_compressed_for_those_who_ask() {
    let app = App::new().await;
    let request = browser(Method::GET, "/tillganglighet", "").header(header::ACCEPT_ENCODING, "gzip, br");
    let answer = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert_eq!(app.get("/tillganglighet", "").await.header("content-encoding"), "");
}
