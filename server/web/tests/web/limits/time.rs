//! Connections that stay without saying anything: over real TCP, with little patience.

use std::{sync::Arc, time::Duration};

use http::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use web::{gate::Patience, limits::Limits, router::router, serve};

use crate::common::{App, CHEF};

on_both![
    who_sends_half_a_head_or_nothing_is_hung_up_on,
    a_body_that_stops_or_never_ends_is_not_waited_for,
    a_file_sent_after_the_session_has_ended_is_thrown_away_and_the_browser_reads_where_to_log_in,
    a_stream_of_events_lives_on_though_its_client_says_nothing,
    of_two_hundred_streams_of_one_session_twelve_are_open,
];

const SHORT: Duration = Duration::from_millis(300);
/// Far longer than anything here takes on a machine that is busy.
const LONG: Duration = Duration::from_secs(30);

/// The application on a port of its own, as the program serves it.
async fn serving(app: &App) -> (std::net::SocketAddr, JoinHandle<()>) {
    let mut state = app.state.clone();
    let patience = Patience { head: SHORT, idle: SHORT, whole: Duration::from_secs(1) };
    state.limits = Arc::new(Limits::new(patience));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // what tells the streams; on SQLite there is nobody to listen to, and it ends at once
    let (mut told, store) = (app.state.store.subscribe(), app.state.store.clone());
    let mut listening = tokio::spawn(async move { store.listen().await });
    tokio::select! {
        _ = &mut listening => {}
        said = told.recv() => drop(said.unwrap()),
    }
    let server = tokio::spawn(serve::serve(listener, router(state), SHORT, std::future::pending()));
    (address, server)
}

async fn connected(to: std::net::SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What the server says until it hangs up.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut out = Vec::new();
    let read = timeout(LONG, stream.read_to_end(&mut out)).await.expect("the server hangs up by itself");
    // a connection that is reset is closed too
    drop(read);
    String::from_utf8_lossy(&out).into_owned()
}

async fn who_sends_half_a_head_or_nothing_is_hung_up_on() {
    let app = App::new().await;
    let (address, server) = serving(&app).await;
    for text in ["", "G", "GET /halsa HTTP/1.1\r\nHost: localhost:3000\r\nX-Slow: "] {
        let said = until_closed(&mut connected(address, text).await).await;
        assert!(!said.contains("200 OK"), "{said}");
    }
    // one that was answered and then says nothing
    let mut idle = connected(address, "GET /halsa HTTP/1.1\r\nHost: localhost:3000\r\n\r\n").await;
    assert!(until_closed(&mut idle).await.starts_with("HTTP/1.1 200 OK"));
    server.abort();
}

async fn a_body_that_stops_or_never_ends_is_not_waited_for() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let (address, server) = serving(&app).await;
    let head = format!(
        "POST /api/set_password HTTP/1.1\r\nHost: localhost:3000\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nname="
    );
    let mut stopped = connected(address, &head).await;
    assert!(until_closed(&mut stopped).await.starts_with("HTTP/1.1 408"));

    let trickling = connected(address, &head).await;
    let (mut read, mut write) = trickling.into_split();
    let drip = tokio::spawn(async move {
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(SHORT / 6).await;
        }
    });
    let mut said = vec![0; 12];
    timeout(LONG, read.read_exact(&mut said)).await.expect("the whole is not waited for").unwrap();
    assert_eq!(String::from_utf8_lossy(&said), "HTTP/1.1 408");
    drip.abort();
    server.abort();
}

async fn a_file_sent_after_the_session_has_ended_is_thrown_away_and_the_browser_reads_where_to_log_in() {
    let app = App::new().await;
    let (address, server) = serving(&app).await;
    let file = "x".repeat(8 * 1024 * 1024);
    let head = format!(
        "POST /egenkontroll/importera HTTP/1.1\r\nHost: localhost:3000\r\nCookie: kvalitet_kand=ja\r\nAccept: text/html\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
        file.len()
    );
    let mut stream = connected(address, &head).await;
    stream.write_all(file.as_bytes()).await.expect("all of it may be sent");
    assert!(until_closed(&mut stream).await.starts_with("HTTP/1.1 303"));
    server.abort();
}

async fn a_stream_of_events_lives_on_though_its_client_says_nothing() {
    let app = App::new().await;
    let cookie = app.log_in(CHEF).await;
    let (address, server) = serving(&app).await;
    let request = format!(
        "GET /handelser HTTP/1.1\r\nHost: localhost:3000\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n"
    );
    let mut stream = connected(address, &request).await;
    let mut heard = String::new();
    let mut until = async |what: &str| {
        let hear = async {
            while !heard.contains(what) {
                let mut some = [0; 4_096];
                let n = stream.read(&mut some).await.unwrap();
                assert!(n > 0, "the stream is open: {heard}");
                heard.push_str(&String::from_utf8_lossy(&some[..n]));
            }
        };
        timeout(LONG, hear).await.unwrap_or_else(|_| panic!("{what} is said"));
    };
    until("data: -").await;
    tokio::time::sleep(4 * SHORT).await;
    let node = app.enhet.to_string();
    let said = [("id", "01a20000-0000-4000-8000-000000000009"), ("node", &*node), ("text", "Kö"), ("named", "on")];
    app.post("/forslag", &cookie, "/forslag", &said).await.to();
    until("data: forslag").await;
    server.abort();
}

async fn of_two_hundred_streams_of_one_session_twelve_are_open() {
    use axum::body::Body;
    use futures_util::StreamExt;
    use http::Method;
    use tower::ServiceExt;

    let app = super::rate::app().await;
    let (cookie, other) = (app.log_in(CHEF).await, app.log_in(CHEF).await);
    let open = async |cookie: &str| {
        let request = crate::common::browser(Method::GET, "/handelser", cookie).body(Body::empty()).unwrap();
        let response = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let mut events = response.into_body().into_data_stream();
        events.next().await.unwrap().unwrap();
        events
    };
    let mut others = open(&other).await;
    let mut all = Vec::new();
    for _ in 0..200 {
        all.push(open(&cookie).await);
    }
    let mut ended = 0;
    for events in &mut all {
        ended += usize::from(matches!(timeout(Duration::from_millis(20), events.next()).await, Ok(None)));
    }
    assert_eq!(ended, 188);
    assert!(timeout(Duration::from_millis(20), others.next()).await.is_err(), "another session keeps its own");
}
