//! Kolada is asked by the real client, of a server in here that speaks as Kolada does, and as it should not.
#![allow(clippy::unwrap_used)]

mod story;
mod tls;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::{IntoResponse, Response},
};
use domain::{
    kon::Kon,
    siffror::jamforelse::{ArsVarde, Nyckeltal},
    tal::Tal,
};
use futures_util::{StreamExt, stream};
use http::{HeaderMap, StatusCode, header};
use tokio::net::TcpListener;
use web::kolada::{Hinder, Limits, fetch};

/// A page of version 3 with the rows of years, and what stands in the place of its next address.
pub fn v3(rows: &[(i32, &str)], next: &str) -> String {
    let rows: Vec<String> = rows.iter().map(|(year, values)| row(*year, values)).collect();
    let next = if next.is_empty() { "null".to_owned() } else { format!("\"{next}\"") };
    let count = rows.len();
    format!(r#"{{"values":[{}],"previous_url":null,"next_url":{next},"count":{count}}}"#, rows.join(","))
}

fn row(year: i32, values: &str) -> String {
    format!(r#"{{"kpi":"N31807","municipality":"0180","period":{year},"values":[{values}]}}"#)
}

/// A figure of a row.
pub fn cell(gender: &str, value: &str) -> String {
    format!(r#"{{"gender":"{gender}","count":1,"status":"","value":{value},"isdeleted":false}}"#)
}

/// A server that answers as it is told, and notes what was asked and by whom.
pub struct Server {
    /// Its address with `/v3`.
    pub base: String,
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` is given what was asked for and the host that it was asked of.
    pub async fn start(answer: impl Fn(&str, &str) -> Response + Clone + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(vec![]));
        let (noted, own) = (Arc::clone(&asked), host.clone());
        let router = Router::new().fallback(move |request: Request| {
            let path = request.uri().path_and_query().unwrap().as_str().to_owned();
            noted.lock().unwrap().push(format!("{path} {}", agent(request.headers())));
            let answer = answer(&path, &own);
            async move { answer }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base: format!("http://{host}/v3"), asked }
    }

    /// Answers everything with this.
    pub async fn of(body: String) -> Self {
        Self::start(move |_, _| json(&body)).await
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn agent(headers: &HeaderMap) -> String {
    let said = |name| headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    format!("{} {}", said(header::USER_AGENT), said(header::ACCEPT))
}

pub fn json(body: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.to_owned()).into_response()
}

fn sent_on(to: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, to.to_owned())]).into_response()
}

pub fn nyckeltal(kon: Option<Kon>) -> Nyckeltal {
    Nyckeltal { kpi: "N31807".into(), kommun: "0180".into(), kon }
}

/// Small enough for a test that runs into them; time enough for a machine that does much else.
pub fn limits() -> Limits {
    Limits { body: 64 * 1024, pages: 4, ..Limits::default() }
}

async fn ask(base: &str, kon: Option<Kon>, limits: Limits) -> Result<Vec<ArsVarde>, Hinder> {
    let base = base.to_owned();
    tokio::task::spawn_blocking(move || fetch(&base, &nyckeltal(kon), limits, &|| false)).await.unwrap()
}

/// What is said when nothing is fetched.
async fn refused(base: &str, limits: Limits) -> String {
    ask(base, None, limits).await.unwrap_err().to_string()
}

/// `tal` in ten-thousandths.
fn year(ar: i32, tal: Option<i64>, count: i64, status: &str) -> ArsVarde {
    ArsVarde { ar, tal: tal.map(Tal::of_stored), count: Some(count), status: status.to_owned() }
}

#[tokio::test]
async fn all_pages_of_version_three_are_read_and_what_is_missing_is_missing() {
    let server = Server::start(|path, host| {
        if path.ends_with("page=2") {
            let mean = r#"{"gender":"T","count":26,"status":"","value":41.1}"#;
            return json(&v3(&[(2022, mean)], ""));
        }
        let deleted = r#"{"gender":"T","count":1,"status":"","value":0,"isdeleted":true}"#;
        let missing = r#"{"gender":"T","count":1,"status":"Missing","value":null,"isdeleted":false}"#;
        let all = [cell("T", "77.77777777777779"), cell("K", "80.5"), cell("M", "75")].join(",");
        json(&v3(&[(2021, &all), (2020, missing), (2019, deleted)], &format!("http://{host}{path}?page=2")))
    })
    .await;
    let years = ask(&server.base, None, limits()).await.unwrap();
    let wanted = [year(2020, None, 1, "Missing"), year(2021, Some(777_778), 1, ""), year(2022, Some(411_000), 26, "")];
    assert_eq!(years, wanted);
    let said = "Kvalitetshjulet application/json";
    let path = "/v3/data/kpi/N31807/municipality/0180";
    assert_eq!(server.asked(), [format!("{path} {said}"), format!("{path}?page=2 {said}")]);
}

#[tokio::test]
async fn version_two_is_read_alike_and_only_the_kon_that_was_asked_for() {
    let server = Server::start(|path, host| {
        let next = if path.contains("page=2") { String::new() } else { format!(r#""next_page":"http://{host}{path}?page=2","#) };
        let year = if path.contains("page=2") { 2010 } else { 2009 };
        json(&format!(
            r#"{{"count":1,{next}"values":[{{"kpi":"N31807","municipality":"0180","period":"{year}","values":[
                {{"gender":"M","value":4917.0,"status":"","count":1}},{{"gender":"K","value":4918.5,"status":"","count":1}}]}}]}}"#
        ))
    })
    .await;
    let years = ask(&server.base, Some(Kon::Kvinna), limits()).await.unwrap();
    assert_eq!(years, [year(2009, Some(49_185_000), 1, ""), year(2010, Some(49_185_000), 1, "")]);
    let all = refused(&server.base, limits()).await;
    assert_eq!(all, "Kolada har inga värden för N31807, 0180.", "nothing is made of the two");
}

#[tokio::test]
async fn what_leads_elsewhere_is_not_followed_and_what_leads_on_at_the_same_host_is() {
    let value = cell("T", "41.1");
    let other = Server::of(v3(&[(2022, &value)], "")).await;
    let at = other.base.clone();
    let next = Server::start(move |_, _| json(&v3(&[(2021, &cell("T", "1"))], &at))).await;
    let said = refused(&next.base, limits()).await;
    assert!(said.starts_with("Nästa sida ligger inte hos Kolada utan på http://127.0.0.1"), "{said}");
    let at = other.base.clone();
    let moved = Server::start(move |_, _| sent_on(&at)).await;
    let said = refused(&moved.base, limits()).await;
    assert!(said.starts_with("Nästa sida ligger inte hos Kolada"), "{said}");
    assert_eq!(other.asked(), [""; 0], "nobody asked the other");

    let body = v3(&[(2022, &value)], "");
    let slash =
        Server::start(move |path, _| if path.ends_with('/') { json(&body) } else { sent_on(&format!("{path}/")) });
    assert_eq!(ask(&slash.await.base, None, limits()).await.unwrap(), [year(2022, Some(411_000), 1, "")]);
    let round = Server::start(|path, _| sent_on(path)).await;
    assert_eq!(refused(&round.base, limits()).await, "Kolada hänvisar till samma sida igen. Hämtningen avbröts.");
    let on = Server::start(|path, _| json(&v3(&[], &format!("{path}x")))).await;
    assert_eq!(refused(&on.base, limits()).await, "Kolada skickade fler än 4 sidor. Ingen av dem lästes.");
    assert_eq!(on.asked().len(), 4);
}

#[tokio::test]
async fn what_is_no_answer_is_said_in_a_sentence() {
    let status = |status: u16| Server::start(move |_, _| StatusCode::from_u16(status).unwrap().into_response());
    for (n, said) in [
        (500, "Kolada har ett fel hos sig just nu (500)."),
        (503, "Kolada har ett fel hos sig just nu (503)."),
        (404, "Kolada hittar inte det som frågades efter (404). Se efter att nyckeltalet och kommunen är rätt."),
        (403, "Kolada svarade inte med siffror utan med 403."),
        (302, "Kolada svarade inte med siffror utan med 302."),
    ] {
        assert_eq!(refused(&status(n).await.base, limits()).await, said);
    }
    let unreadable = "Svaret från Kolada går inte att läsa. Försök igen senare.";
    for body in ["<html>Underhåll</html>", "", "{}", r#"{"values": "inga"}"#, r#"{"values": ["#] {
        assert_eq!(refused(&Server::of(body.to_owned()).await.base, limits()).await, unreadable, "{body}");
    }
    let twice = v3(&[(2021, &cell("T", "1")), (2021, &cell("T", "2"))], "");
    let said = refused(&Server::of(twice).await.base, limits()).await;
    assert_eq!(said, "Kolada skickade två olika värden för 2021. Inget av dem lästes.");
    let none = Server::of(v3(&[], "")).await;
    assert_eq!(refused(&none.base, limits()).await, "Kolada har inga värden för N31807, 0180.");
    // nobody listens there any more
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(refused(&format!("http://{gone}/v3"), limits()).await, "Kolada gick inte att nå.");
}

#[tokio::test]
async fn a_body_that_does_not_end_is_not_waited_for() {
    let short = Limits { page: Duration::from_millis(300), ..limits() };
    let first = || stream::once(async { Ok::<_, std::io::Error>(Bytes::from_static(b"{\"values\": [")) });
    let slow = Server::start(move |_, _| Body::from_stream(first().chain(stream::pending())).into_response()).await;
    let from = Instant::now();
    assert_eq!(refused(&slow.base, short).await, "Kolada svarade inte i tid.");
    assert!(from.elapsed() < limits().page, "{:?}", from.elapsed());
    let spaces = || stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 4096])));
    let endless = Server::start(move |_, _| Body::from_stream(spaces()).into_response()).await;
    let most = Limits { body: 2 * 1024 * 1024, ..limits() };
    assert_eq!(refused(&endless.base, most).await, "Kolada skickade mer än 2\u{a0}MB på en sida. Det lästes inte.");
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}/v3", silent.local_addr().unwrap());
    assert_eq!(refused(&at, short).await, "Kolada svarade inte i tid.");
}

#[tokio::test]
async fn a_server_that_stops_asks_for_no_further_page() {
    let server = Server::of(v3(&[(2021, &cell("T", "1"))], "")).await;
    let base = server.base.clone();
    let came = tokio::task::spawn_blocking(move || fetch(&base, &nyckeltal(None), limits(), &|| true)).await.unwrap();
    assert!(matches!(came, Err(Hinder::Avbruten)), "{came:?}");
    assert_eq!(server.asked(), [""; 0]);
}
