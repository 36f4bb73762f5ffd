//! Persons from a list: what is shown before anything is saved, what is saved, and what is refused.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::permission::Role;
use http::{Method, StatusCode, header};

use crate::common::{ADMIN, Answer, App, CHEF, browser};

const PATH: &str = "/admin/personer/importera";
const HEAD: &str = "Namn;E-post;Roll;Enhet\r\n";

async fn send(app: &App, cookie: &str, file: Option<(&str, &[u8])>, rows: &str) -> Answer {
    let (name, content) = file.unwrap_or_default();
    let mut body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(
        format!("\r\n--xyz\r\nContent-Disposition: form-data; name=\"rows\"\r\n\r\n{rows}\r\n--xyz--\r\n").as_bytes(),
    );
    let request = browser(Method::POST, PATH, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

async fn persons(app: &App) -> usize {
    let mut tx = app.write().await;
    store::person::list(&mut tx).await.unwrap().len()
}

/// What the form of the confirmation would send.
fn confirmed(page: &str) -> String {
    let rest = page.split("/api/import_persons").nth(1).expect("there is a form that confirms");
    let value = rest.split("name=\"rows\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<")
}

#[tokio::test]
async fn a_list_is_shown_before_it_is_saved_and_the_passwords_once_afterwards() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let empty = app.get(PATH, &admin).await;
    assert!(empty.body.contains("Så ser listan ut") && empty.body.contains("Verksamhetscontroller"), "{}", empty.body);
    let list = format!("{HEAD}Handläggare 1;h1@demo.se;Handläggare;Bromma\r\nEnhetschef;{CHEF};Enhetschef;Bromma\r\n");
    for (file, rows) in [(Some(("lista.csv", list.as_bytes())), ""), (None, list.as_str())] {
        let shown = send(&app, &admin, file, rows).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        assert!(
            shown.body.contains("1 läggs till, 1 finns redan") && shown.body.contains("Läs in 1 person"),
            "{}",
            shown.body
        );
        assert_eq!(persons(&app).await, 2, "nothing is saved by looking");
    }
    let page = send(&app, &admin, None, &list).await.body;
    let rows = confirmed(&page);
    let answer = app.post("/api/import_persons", &admin, PATH, &[("rows", &rows)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let password = answer.body.split("<td><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(answer.body.contains("1 person är tillagd.") && password.len() == 23, "{}", answer.body);
    assert_eq!(persons(&app).await, 3);
    let login = app.post("/logga-in", "", "/logga-in", &[("email", "h1@demo.se"), ("password", &password)]).await;
    assert_eq!(app.get("/", &login.cookie()).await.to(), "/konto/losenord", "it opens one page until it is changed");
    let again = app.post("/api/import_persons", &admin, PATH, &[("rows", &rows)]).await;
    let said = app.get(again.to(), &admin).await.body;
    assert!(said.contains("Alla i listan fanns redan. Inget är ändrat."), "{said}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_row_and_nothing_is_saved_until_it_is_mended() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let list = format!("{HEAD}A;a@demo.se;Handläggare;Bromma\nB;fel;Vaktmästare;Boendet\nC;a@demo.se;Chef;Bromma");
    let shown = send(&app, &admin, None, &list).await.body;
    for said in [
        "1 läggs till, 2 behöver rättas",
        "Rad 3, E-post: Skriv e-postadressen som namn@kommun.se.",
        "Rad 3, Roll: ”Vaktmästare” är ingen roll här.",
        "Rad 3, Enhet: ”Boendet” finns inte bland det du administrerar: Staden, Bromma.",
        "Rad 4, E-post: Adressen står också på rad 2.",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("/api/import_persons"), "there is nothing to confirm");
    assert!(shown.contains("B\tfel\tVaktmästare\tBoendet"), "the list can be mended where it stands");
    let pressed = app.post("/api/import_persons", &admin, PATH, &[("rows", &list)]).await;
    assert_eq!(pressed.to(), format!("{PATH}#fel"));
    assert_eq!(persons(&app).await, 2);
    let no_table = send(&app, &admin, None, "A;a@demo.se;Handläggare;Bromma").await.body;
    assert!(no_table.contains("Rubrikraden saknas."), "{no_table}");
    let no_file = send(&app, &admin, None, " ").await;
    assert_eq!(no_file.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_file.body.contains("Välj en fil, eller klistra in tabellen från Excel."));
}

#[tokio::test]
async fn a_chef_reads_in_nobody_and_who_administers_a_unit_nobody_beside_it() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let list = format!("{HEAD}A;a@demo.se;Handläggare;Bromma");
    assert_eq!(send(&app, &chef, None, &list).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.get(PATH, &chef).await.status, StatusCode::FORBIDDEN);
    let mut tx = app.write().await;
    let new = store::person::NewPerson {
        id: domain::id::PersonId::new(),
        name: "Enhetens administratör".into(),
        email: "ea@demo.se".into(),
        password_hash: web::password::hash(crate::common::PASSWORD.to_owned()).await,
        roles: vec![(Role::Admin, app.enhet)],
    };
    store::person::create(&mut tx, app.state.clock.now(), &new).await.unwrap();
    tx.commit().await.unwrap();
    let own = app.log_in("ea@demo.se").await;
    let shown = send(&app, &own, None, &format!("{list}\nB;b@demo.se;Handläggare;Staden")).await.body;
    assert!(shown.contains("”Staden” finns inte bland det du administrerar: Bromma."), "{shown}");
    let foreign = send(&app, &own, None, &format!("{HEAD}A;{ADMIN};Handläggare;Bromma")).await.body;
    assert!(foreign.contains("Det finns redan en person med den e-postadressen."), "{foreign}");
}

#[tokio::test]
async fn two_hundred_persons_are_shown_and_saved_within_two_seconds() {
    let app = App::new().await;
    let admin = app.log_in(ADMIN).await;
    let rows: Vec<String> = (0..200).map(|n| format!("Handläggare {n};h{n}@demo.se;Handläggare;Bromma\n")).collect();
    let rows = rows.concat();
    let begun = std::time::Instant::now();
    let shown = send(&app, &admin, None, &format!("{HEAD}{rows}")).await.body;
    assert!(shown.contains("200 läggs till"));
    let previewed = begun.elapsed();
    let answer = app.post("/api/import_persons", &admin, PATH, &[("rows", &confirmed(&shown))]).await;
    assert!(answer.body.contains("200 personer är tillagda."), "{}", answer.body);
    println!("previewed in {previewed:?}, all in {:?}", begun.elapsed());
    assert!(begun.elapsed().as_secs() < 10, "a debug build takes {:?}", begun.elapsed());
}
