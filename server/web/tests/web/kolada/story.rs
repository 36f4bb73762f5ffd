//! A comparison with Kolada as those meet it who read a series: it waits, the job fetches it, and it stands there with its source; what
//! cannot be fetched says why; and a server without internet reads a file.

use axum::{body::Body, response::IntoResponse};
use domain::siffror::{
    jamforelse::{Content, JamforelseId, Med},
    serie::{Form, SerieId, check},
};
use http::{Method, StatusCode, header};
use web::{
    clock::Clock,
    state::{AppState, Settings},
};

use super::{Server, cell, limits, nyckeltal, v3};
use crate::{
    common::{ADMIN, Answer, App, CHEF, browser},
    resultat::text_of,
};

/// A series of a unit that is compared with Stockholm.
async fn compared(app: &App) -> (SerieId, JamforelseId) {
    let (mut tx, now, id, jamforelse) = (app.write().await, app.state.clock.now(), SerieId::new(), JamforelseId::new());
    let form = Form {
        namn: "Brukare som är nöjda".into(),
        enhet: "%".into(),
        slag: "andel".into(),
        grain: "ar".into(),
        ..Form::default()
    };
    store::serie::create(&mut tx, now, id, app.enhet, &check(&form, None).unwrap()).await.unwrap();
    let content = Content { namn: "Stockholms stad".into(), med: Med::Kolada(nyckeltal(None)) };
    store::serie::jamforelse::create(&mut tx, now, jamforelse, id, &content).await.unwrap();
    tx.commit().await.unwrap();
    (id, jamforelse)
}

/// What a page says.
async fn said(app: &App, cookie: &str, to: &str) -> String {
    let body = app.get(to, cookie).await.body;
    text_of(body.split("<body").nth(1).unwrap_or_default())
}

async fn values(app: &App, id: JamforelseId) -> Vec<i32> {
    let mut tx = app.state.store.system(false).await.unwrap();
    let mut found = store::serie::jamforelse::ars_varden(&mut tx, &[id]).await.unwrap();
    found.remove(&id).unwrap_or_default().into_iter().map(|value| value.ar).collect()
}

async fn look(app: &App, base: &str) -> usize {
    web::kolada::look(&app.state, base, limits()).await.unwrap()
}

/// Sends a form of the page, as a browser does without JavaScript.
async fn send(app: &App, cookie: &str, path: &str, part: &str, content: &str) -> Answer {
    let body = format!("--xyz\r\nContent-Disposition: form-data; {part}\r\n\r\n{content}\r\n--xyz--\r\n");
    let request = browser(Method::POST, path, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

const FILE: &str = r#"name="file"; filename="0180.json""#;

#[tokio::test]
async fn what_waits_is_fetched_by_the_job_and_stands_on_the_page_with_its_source() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let at = format!("/siffror/{id}");
    assert!(!said(&app, &chef, &at).await.contains("Källa: Kolada, hämtad"), "nothing is there before it was fetched");
    let server = Server::of(v3(&[(2021, &cell("T", "77.7")), (2022, &cell("T", "null"))], "")).await;
    assert_eq!(look(&app, &server.base).await, 1);
    assert_eq!(look(&app, &server.base).await, 0, "it waits for nothing any more");
    assert_eq!(server.asked().len(), 1);
    assert_eq!(values(&app, jamforelse).await, [2021, 2022]);
    let page = said(&app, &chef, &at).await;
    let day = app.state.clock.today();
    for words in [&*format!("Källa: Kolada, hämtad {day} (N31807, 0180)"), "Stockholms stad", "2022 saknas hos Kolada"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn what_cannot_be_fetched_says_why_and_when_it_is_tried_again() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let broken = Server::start(|_, _| StatusCode::INTERNAL_SERVER_ERROR.into_response()).await;
    assert_eq!(look(&app, &broken.base).await, 1);
    assert_eq!(look(&app, &broken.base).await, 0, "it is not asked again at once");
    let page = said(&app, &chef, &format!("/siffror/{id}")).await;
    for words in ["Kolada har ett fel hos sig just nu (500).", "Nytt försök"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let well = Server::of(v3(&[(2021, &cell("T", "77.7"))], "")).await;
    let day_after = app.state.clock.today() + chrono::Days::new(2);
    let later = AppState { clock: Clock::new(Some(day_after)), ..app.state.clone() };
    assert_eq!(web::kolada::look(&later, &well.base, limits()).await.unwrap(), 1, "a day later it is");
    assert_eq!(values(&app, jamforelse).await, [2021]);
    assert!(!said(&app, &chef, &format!("/siffror/{id}")).await.contains("fel hos sig"));
}

#[tokio::test]
async fn a_server_that_does_not_go_out_promises_nothing_and_leads_to_the_file() {
    let app = App::with(Settings { database: "sqlite", ..Settings::default() }).await;
    app.people().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let page = said(&app, &chef, &format!("/siffror/{id}")).await;
    assert!(page.contains("Den här servern hämtar inget från Kolada."), "{page}");
    assert!(!page.contains("hämtas inom kort"), "{page}");
    let edit = app.get(&format!("/siffror/{id}/redigera"), &chef).await.body;
    assert!(edit.contains(&format!("/siffror/{id}/jamforelse/{jamforelse}/fil")), "{edit}");
    assert!(!edit.contains("Hämta nu"), "nobody would");
}

#[tokio::test]
async fn two_servers_fetch_a_comparison_once() {
    let app = App::new().await;
    compared(&app).await;
    let server = Server::of(v3(&[(2021, &cell("T", "77.7"))], "")).await;
    let other = app.later(0);
    let (one, two) = tokio::join!(look(&app, &server.base), look(&other, &server.base));
    assert_eq!((one + two, server.asked().len()), (1, 1));
}

#[tokio::test]
async fn a_server_without_internet_reads_a_file_and_says_what_it_did_not_read() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let path = format!("/siffror/{id}/jamforelse/{jamforelse}/fil");
    let page = said(&app, &chef, &path).await;
    for words in ["Läs in från Kolada", "https://api.kolada.se/v3/data/kpi/N31807/municipality/0180", "N31807, 0180"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let whole = v3(&[(2020, &cell("T", "null")), (2021, &cell("T", "77.7"))], "");
    let done = send(&app, &chef, &path, FILE, &whole).await;
    assert_eq!(done.to(), format!("/siffror/{id}"));
    let page = said(&app, &chef, done.to()).await;
    for words in ["2 år är inlästa för N31807, 0180: 2020–2021.", "1 av dem saknar värde hos Kolada.", "Källa: Kolada"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let part = v3(&[(2022, &cell("T", "78"))], "http://api.kolada.se/v2/data?page=2");
    let part = part.replace(r#"{"values":["#, &format!(r#"{{"values":[{},"#, v2_of_another()));
    let done = send(&app, &chef, &path, r#"name="text""#, &part).await;
    let page = said(&app, &chef, done.to()).await;
    for words in [
        "Ett år är inläst för N31807, 0180: 2022.",
        "2 år som inte står i det inlästa är kvar som förut.",
        "Ett värde av något annat lästes inte.",
        "Läs in den också: http://api.kolada.se/v2/data?page=2",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(values(&app, jamforelse).await, [2020, 2021, 2022]);
}

#[tokio::test]
async fn a_file_of_one_missing_year_says_it_of_one_and_leads_to_no_other_host() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let path = format!("/siffror/{id}/jamforelse/{jamforelse}/fil");
    let one = v3(&[(2020, &cell("T", "null"))], "https://api.kolada.se.example.org/page");
    let done = send(&app, &chef, &path, FILE, &one).await;
    let page = said(&app, &chef, done.to()).await;
    assert!(page.contains("Ett år är inläst för N31807, 0180: 2020. Det saknar värde hos Kolada."), "{page}");
    assert!(page.contains("Läs in den också.") && !page.contains("example.org"), "{page}");
    let form = app.get(&path, &chef).await.body;
    assert!(form.contains(&format!("/siffror/{id}/redigera#jamforelser")), "{form}");
}

fn v2_of_another() -> String {
    r#"{"kpi":"N00945","municipality":"0180","period":"2022","values":[{"gender":"T","value":1,"status":"","count":1}]}"#
        .to_owned()
}

#[tokio::test]
async fn a_file_that_is_something_else_changes_nothing_and_says_what_is_wrong() {
    let app = App::new().await;
    let chef = app.log_in(CHEF).await;
    let (id, jamforelse) = compared(&app).await;
    let path = format!("/siffror/{id}/jamforelse/{jamforelse}/fil");
    let other = format!(r#"{{"values":[{}]}}"#, v2_of_another());
    for (part, content, words) in [
        (FILE, "Kommun;2021\nStockholm;77,7", "Filen är inte ett svar från Kolada."),
        (FILE, &*other, "Filen har inga värden för N31807, 0180. Det som finns är N00945, 0180."),
        (r#"name="text""#, "{}", "Texten är inte ett svar från Kolada."),
        (r#"name="text""#, " ", "Välj filen som Kolada svarar med, eller klistra in svaret."),
    ] {
        let refused = send(&app, &chef, &path, part, content).await;
        assert_eq!(refused.to(), format!("{path}#fel"));
        let page = said(&app, &chef, &path).await;
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(values(&app, jamforelse).await, [0; 0]);
}

#[tokio::test]
async fn only_who_may_change_the_series_reads_a_file_into_it() {
    let app = App::new().await;
    let (id, jamforelse) = compared(&app).await;
    let (other, _) = compared(&app).await;
    let cookies = [app.log_in(ADMIN).await, app.medarbetare().await];
    let whole = v3(&[(2021, &cell("T", "77.7"))], "");
    let path = format!("/siffror/{id}/jamforelse/{jamforelse}/fil");
    for (who, cookie) in ["an administrator", "who fills nothing"].into_iter().zip(&cookies) {
        assert_eq!(send(&app, cookie, &path, FILE, &whole).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    let chef = app.log_in(CHEF).await;
    let elsewhere = format!("/siffror/{other}/jamforelse/{jamforelse}/fil");
    assert_eq!(send(&app, &chef, &elsewhere, FILE, &whole).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get(&elsewhere, &chef).await.status, StatusCode::NOT_FOUND);
    assert_eq!(values(&app, jamforelse).await, [0; 0]);
}
