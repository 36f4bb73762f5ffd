//! Who is not logged in, or may not, is answered before anything of the body is received: on every route there is.

use std::{
    convert::Infallible,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::body::{Body, Bytes};
use domain::id::{AvvikelseId, EnkatId, NodeId};
use futures_util::stream;
use http::{Method, StatusCode, header};

use crate::common::{ADMIN, Answer, App, CHEF, browser};

on_both![
    nobodys_body_is_received_on_any_route,
    a_file_of_somebody_who_may_not_is_not_received,
    a_form_is_received_from_a_browser_that_has_been_logged_in_on_though_its_session_is_gone,
    a_login_is_small_and_one_that_is_not_is_not_received,
];

/// A body without end, and how often something of it was asked for.
fn endless() -> (Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let body = Body::from_stream(stream::repeat_with(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(Bytes::from_static(&[b'x'; 16_384]))
    }));
    (body, asked)
}

async fn send_endless(app: &App, path: &str, cookie: &str, accept: &str) -> Answer {
    let (body, asked) = endless();
    let mut request = browser(Method::POST, path, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "http://localhost:3000/konto")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .body(body)
        .unwrap();
    request.headers_mut().insert(header::ACCEPT, accept.parse().unwrap());
    let answer = tokio::time::timeout(Duration::from_secs(20), app.send(request)).await;
    let answer = answer.unwrap_or_else(|_| panic!("{path} ({accept}) waits for the body"));
    assert_eq!(asked.load(Ordering::Relaxed), 0, "{path} ({accept}) received something: {}", answer.status);
    answer
}

/// Every path that is written in the router and its parts, with something for what it leaves open.
fn routes() -> Vec<String> {
    fn walk(folder: &Path, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, out);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&entry).unwrap();
                for part in text.split("route(\"").skip(1).map(|p| p.split('"').next().unwrap()) {
                    out.push(part.replace("{*fn}", "finns_inte").replace("{*file}", "x"));
                }
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    for plan in ["egenkontroll", "internkontroll"] {
        out.extend(["importera", "importera/bekrafta"].map(|end| format!("/{plan}/{end}")));
    }
    out.extend([
        ui::admin::LISTA.into(),
        "/genomforanden/starta".into(),
        "/finns-inte".into(),
        "/".into(),
        "/konto".into(),
    ]);
    out.into_iter()
        .map(|path| {
            let parts =
                path.split('/').map(|p| if p.starts_with('{') { NodeId::new().to_string() } else { p.to_owned() });
            parts.collect::<Vec<_>>().join("/")
        })
        .collect()
}

async fn nobodys_body_is_received_on_any_route() {
    let app = App::new().await;
    let functions = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let all: Vec<String> = routes().into_iter().chain(functions).collect();
    assert!(all.len() > 100 && all.iter().any(|p| p.ends_with("/bilagor")), "the premise: the routes are found");
    for path in &all {
        for accept in ["text/html", "application/json"] {
            let answer = send_endless(&app, path, "", accept).await;
            let refused = [
                StatusCode::UNAUTHORIZED,
                StatusCode::SEE_OTHER,
                // what anybody may send is small
                StatusCode::PAYLOAD_TOO_LARGE,
                // files of ours are only read
                StatusCode::METHOD_NOT_ALLOWED,
            ];
            assert!(refused.contains(&answer.status), "{path} ({accept}): {}", answer.status);
        }
    }
    // nor that of a device which has been logged in on, when it is larger than any form
    for path in &all {
        send_endless(&app, path, "kvalitet_kand=ja", "text/html").await;
    }
}

async fn a_file_of_somebody_who_may_not_is_not_received() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let case = format!("/avvikelser/{}/bilagor", AvvikelseId::new());
    let answers = format!("/enkater/{}/klistra", EnkatId::new());
    let values = format!("/siffror/{}/las-in", NodeId::new());
    let goals = format!("/verksamhetsplan/{}/las-in", NodeId::new());
    let figure = format!("/siffror/{}/jamforelse/{}/fil", NodeId::new(), NodeId::new());
    let chef = app.log_in(CHEF).await;
    assert_eq!(send_endless(&app, ui::admin::LISTA, &chef, "text/html").await.status, StatusCode::FORBIDDEN);
    assert_eq!(send_endless(&app, &values, &chef, "text/html").await.status, StatusCode::NOT_FOUND);
    assert_eq!(send_endless(&app, &goals, &chef, "text/html").await.status, StatusCode::NOT_FOUND);
    assert_eq!(send_endless(&app, &figure, &chef, "text/html").await.status, StatusCode::NOT_FOUND);
    for (path, status) in [
        ("/egenkontroll/importera", StatusCode::FORBIDDEN),
        ("/internkontroll/importera", StatusCode::FORBIDDEN),
        ("/genomforanden/starta", StatusCode::FORBIDDEN),
        (&values, StatusCode::FORBIDDEN),
        (&goals, StatusCode::FORBIDDEN),
        (&figure, StatusCode::FORBIDDEN),
        (&case, StatusCode::NOT_FOUND),
        (&answers, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(send_endless(&app, path, &admin, "text/html").await.status, status, "{path}");
    }
}

async fn a_form_is_received_from_a_browser_that_has_been_logged_in_on_though_its_session_is_gone() {
    let app = App::new().await;
    let cookie = app.log_in(ADMIN).await;
    let page = app.get("/konto", &cookie).await;
    let known = page.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap().to_owned());
    let known = known.into_iter().find(|c| c.starts_with("kvalitet_kand=")).unwrap();
    assert!(known.contains("HttpOnly") && known.contains("SameSite=Lax") && known.contains("Max-Age=15552000"));
    let known = known.split(';').next().unwrap().to_owned();
    let again = app.get("/konto", &format!("{cookie}; {known}")).await;
    assert!(!again.headers.get_all(header::SET_COOKIE).iter().any(|v| v.to_str().unwrap().contains("kand")));

    let (id, top) = (NodeId::new().to_string(), app.top.to_string());
    let form = [("form", "ny"), ("id", &*id), ("parent", &*top), ("kind", "enhet"), ("name", "Ny enhet i väster")];
    // of a browser whose session has gone too the form is received; nobody knows whose it is, and that is said
    let late = app.post("/api/create_node", &known, "/konto", &form).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.body.contains("är inte sparat") && late.body.contains("Ny enhet i väster"), "{}", late.body);

    // of a device that nobody has logged in on nothing is received, and that is said
    let refused = app.post("/api/create_node", "", "/konto", &form).await;
    let login = app.get(refused.to(), &refused.cookie()).await.body;
    assert!(login.contains("togs inte emot"), "{login}");
}

async fn a_login_is_small_and_one_that_is_not_is_not_received() {
    let app = App::new().await;
    for path in ["/logga-in", "/start", "/api/set_theme"] {
        assert_eq!(send_endless(&app, path, "", "text/html").await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    app.log_in(CHEF).await;
}

/// Work that takes long is done beside what answers everybody: in `blocking`, and passwords, which are counted apart.
#[test]
fn nothing_blocks_but_in_its_own_place() {
    fn walk(folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            let own = entry.ends_with("blocking.rs") || entry.ends_with("password.rs");
            if entry.is_dir() {
                walk(&entry);
            } else if !own {
                let text = std::fs::read_to_string(&entry).unwrap();
                assert!(!text.contains("spawn_blocking"), "{} has a pool of its own", entry.display());
            }
        }
    }
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
}
