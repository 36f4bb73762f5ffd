//! Forms without JavaScript: what goes well, what does not, and a session that ends in the middle.

use crate::common::{ADMIN, App, CHEF, PASSWORD, browser};
use axum::body::Body;
use domain::{
    id::{AptId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use http::{Method, StatusCode, header};
use store::person::NewPerson;

/// The form for a new node of the organisation, as the administrator fills it in.
fn new_node<'a>(id: &'a str, parent: &'a str, name: &'a str) -> [(&'a str, &'a str); 5] {
    [("form", "ny"), ("id", id), ("parent", parent), ("kind", "enhet"), ("name", name)]
}

#[tokio::test]
async fn a_saved_form_leads_on_and_says_so_once() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let answer = app.post("/api/create_node", &cookie, "/admin", &new_node(&id, &top, "Hässelby-Vällingby")).await;
    let to = answer.to().to_owned();
    assert!(to.starts_with("/admin"), "{to}");
    assert!(app.get(&to, &cookie).await.body.contains("Hässelby-Vällingby är tillagd"));
    assert!(!app.get(&to, &cookie).await.body.contains("Hässelby-Vällingby är tillagd"), "it is said once");
}

#[tokio::test]
async fn a_form_with_a_fault_comes_back_with_all_that_was_typed() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let long = format!("Enheten {}", "å".repeat(400));
    let from = format!("/admin?nod={top}");
    let answer = app.post("/api/create_node", &cookie, &from, &new_node(&id, &top, &long)).await;
    assert_eq!(answer.to(), format!("{from}#fel"));
    let page = app.get(&from, &cookie).await.body;
    assert!(page.contains(&long), "nothing is lost");
    assert!(page.contains("Korta den till högst"), "{page}");
}

#[tokio::test]
async fn passwords_are_never_kept_for_the_next_page() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let fields =
        [("current_password", PASSWORD), ("password", "hemligt krokiga lampor"), ("password_again", "hemligt två")];
    assert_eq!(app.post("/api/set_password", &cookie, "/konto", &fields).await.to(), "/konto#fel");
    let page = app.get("/konto", &cookie).await.body;
    assert!(page.contains("De två lösenorden är inte lika."));
    assert!(!page.contains("hemligt") && !page.contains(PASSWORD));
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_form_loses_nothing() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    let app = app.later(5 * 3_600);
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let from = format!("/admin?nod={top}");
    let login = format!("/logga-in?till=%2Fadmin%3Fnod%3D{top}");
    let answer = app.post("/api/create_node", &cookie, &from, &new_node(&id, &top, "Ny enhet i väster")).await;
    assert_eq!(answer.to(), login);
    let cookie = answer.cookie();

    let page = app.get(&login, &cookie).await.body;
    assert!(page.contains("det du skickade är inte sparat. Logga in, så kommer du tillbaka"), "{page}");
    // a slip of the finger does not lose it either
    let wrong = [("email", ADMIN), ("password", "fel-losenord"), ("till", from.as_str())];
    assert_eq!(app.post("/logga-in", &cookie, "/logga-in", &wrong).await.to(), format!("{login}#fel"));
    app.get(&login, &cookie).await;

    let right = [("email", ADMIN), ("password", PASSWORD), ("till", from.as_str())];
    let answer = app.post("/logga-in", &cookie, "/logga-in", &right).await;
    assert_eq!(answer.to(), from);
    let page = app.get(&from, &answer.cookie()).await.body;
    assert!(page.contains("Ny enhet i väster"), "{page}");
    assert!(page.contains("inget sparades"), "and it says that it is not saved yet");
}

#[tokio::test]
async fn what_one_person_wrote_is_not_shown_to_another_on_the_same_computer() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    // logged out everywhere from another device: the session here is still known, but dead
    let mut tx = app.write().await;
    store::person::bump_epoch(&mut tx, app.state.clock.now(), app.admin).await.unwrap();
    tx.commit().await.unwrap();
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    app.post("/api/create_node", &cookie, "/konto", &new_node(&id, &top, "Hemlig enhet")).await;
    let fields = [("email", CHEF), ("password", PASSWORD)];
    let chef = app.post("/logga-in", &cookie, "/logga-in", &fields).await.cookie();
    assert!(!app.get("/konto", &chef).await.body.contains("Hemlig enhet"));
}

#[tokio::test]
async fn a_form_leads_back_to_our_own_pages_only() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let request = browser(Method::POST, "/api/set_password", &cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "https://ond.se/konto")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("password=x&password_again=x&current_password=x"))
        .unwrap();
    assert_eq!(app.send(request).await.to(), "/#fel");
}

#[tokio::test]
async fn a_choice_of_theme_is_kept_on_the_device() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let answer = app.post("/api/set_theme", &cookie, "/konto", &[("theme", "dark")]).await;
    assert_eq!(answer.to(), "/konto");
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    assert!(set.iter().any(|c| c.starts_with("kvalitet_tema=dark")), "{set:?}");
    let page = app.get("/konto", &format!("{cookie}; kvalitet_tema=dark")).await;
    assert!(page.body.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn programs_get_their_answer_as_data_with_the_right_status() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let send = async |cookie: &str, body: String| {
        let request = http::Request::post("/api/create_node")
            .header(header::HOST, "localhost:3000")
            .header(header::ORIGIN, "http://localhost:3000")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie);
        app.send(request.body(Body::from(body)).unwrap()).await
    };
    let node = |name: &str| serde_urlencoded::to_string(new_node(&id, &top, name)).unwrap();
    for (cookie, body, status) in [
        ("", node("Väster"), StatusCode::UNAUTHORIZED),
        (&*chef, node("Väster"), StatusCode::FORBIDDEN),
        (&*chef, "name=Väster".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = send(cookie, body).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.header("content-type"), "application/json");
        serde_json::from_str::<ui::error::AppError>(&answer.body).unwrap();
        assert!(answer.headers.get("location").is_none());
    }
    let admin = app.log_in(ADMIN).await;
    let answer = send(&admin, node("Väster")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(serde_json::from_str::<ui::flash::Done>(&answer.body).unwrap().toast.unwrap().text, "Väster är tillagd");
}

#[tokio::test]
async fn somebody_of_another_unit_is_refused_at_the_field_without_a_name() {
    let app = App::new().await;
    let (now, west, stranger) = (app.state.clock.now(), NodeId::new(), PersonId::new());
    let mut tx = app.write().await;
    let (kind, name) = (NodeKind::Enhet, "Västra enheten".to_owned());
    let node = Node { id: west, parent: Some(app.top), kind, name, active: true, version: 1 };
    store::organisation::create_node(&mut tx, now, &node).await.unwrap();
    let (name, email, password_hash) = ("Enhetschef i väst".to_owned(), "vast@demo.se".to_owned(), "x".to_owned());
    let roles = vec![(Role::Enhetschef, west)];
    let new = NewPerson { id: stranger, name, email, password_hash, roles };
    store::person::create(&mut tx, now, &new).await.unwrap();
    tx.commit().await.unwrap();
    let chef = app.log_in(CHEF).await;
    let (id, unit, stranger) = (AptId::new().to_string(), app.enhet.to_string(), stranger.to_string());
    let fields = [
        ("id", id.as_str()),
        ("node", &unit),
        ("form[kind]", "apt"),
        ("form[on]", "2026-12-09"),
        ("form[place]", "Stora salen"),
        ("form[chair]", &stranger),
    ];
    assert_eq!(app.post("/api/create_apt", &chef, "/apt/ny", &fields).await.to(), "/apt/ny#fel");
    let page = app.get("/apt/ny", &chef).await.body;
    assert!(page.contains("Personen hör inte till enheten. Välj ur listan."), "{page}");
    assert!(page.contains("Stora salen") && !page.contains("i väst"), "{page}");
    // a day of another century is told in words too
    let fields = [("id", id.as_str()), ("node", &unit), ("form[kind]", "apt"), ("form[on]", "2126-12-09")];
    assert_eq!(app.post("/api/create_apt", &chef, "/apt/ny", &fields).await.to(), "/apt/ny#fel");
    assert!(app.get("/apt/ny", &chef).await.body.contains(domain::year::DAY_OUTSIDE));
}

/// Forms that are sent empty: each field that is then asked for was not called frivilligt before.
#[tokio::test]
async fn what_is_asked_for_when_it_is_empty_was_not_called_frivilligt() {
    let app = App::new().await;
    app.people().await;
    let (chef, node) = (app.log_in(CHEF).await, app.enhet.to_string());
    for (page, action) in [
        ("/avvikelser/ny", "create_avvikelse"),
        ("/avvikelser/nytt-klagomal", "create_klagomal"),
        ("/atgarder/ny?kalla=", "create_atgard"),
        ("/siffror/jamstalldhet/ny", "create_jamstalldhetsanalys"),
    ] {
        let before = app.get(page, &chef).await.body;
        let id = AptId::new().to_string();
        let fields = [("id", id.as_str()), ("node", node.as_str()), ("form[what]", "")];
        app.post(&format!("/api/{action}"), &chef, page, &fields).await.to();
        let after = app.get(page, &chef).await.body;
        let asked: Vec<&str> = after.split("id=\"").filter_map(|p| p.split('"').next()?.strip_suffix("-fel")).collect();
        assert!(!asked.is_empty(), "{page}: something is asked for");
        for field in asked {
            let Some(label) = before.split(&format!("<label for=\"{field}\">")).nth(1) else { continue };
            let label = label.split("</label>").next().unwrap();
            assert!(!label.contains("(frivilligt)"), "{page} {field}: {label}");
        }
    }
}
