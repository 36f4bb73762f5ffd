//! Meetings over HTTP: what a slide and a wall screen may never hold, a screen whose address is taken back, a meeting of those
//! who lead, and the minutes in Word.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use axum::body::Body;
use domain::{
    apt::{Content, Kind, State},
    id::{AptId, AtgardId, AvvikelseId, PersonId},
    permission::Role,
};
use futures_util::StreamExt;
use http::{Method, StatusCode};
use store::{
    apt::{self, protokoll, punkt},
    person::NewPerson,
};
use tower::ServiceExt;

use crate::common::{App, CHEF, PASSWORD, browser};

const HANDLAGGARE: &str = "handlaggare@demo.se";
/// Written in every field of a case, in the why of its åtgärd, in a förslag with a name.
const SECRET: &str = "Hemlighet-7731";

async fn app() -> App {
    let app = App::new().await;
    let mut tx = app.write().await;
    let new = NewPerson {
        id: PersonId::new(),
        name: "Handläggare 1".into(),
        email: HANDLAGGARE.into(),
        password_hash: web::password::hash(PASSWORD.to_owned()).await,
        roles: vec![(Role::Medarbetare, app.enhet)],
    };
    store::person::create(&mut tx, app.state.clock.now(), &new).await.unwrap();
    tx.commit().await.unwrap();
    app
}

async fn mote(app: &App, kind: Kind, days_ago: u64) -> AptId {
    let (mut tx, id) = (app.write().await, AptId::new());
    let on = app.state.clock.today() - chrono::Days::new(days_ago);
    let content = Content { kind, on, time: String::new(), place: String::new(), chair: None, secretary: None };
    apt::create(&mut tx, app.state.clock.now(), id, app.enhet, &content, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Hangs a screen up as a chef does, and gives its path.
pub async fn screen(app: &App, chef: &str) -> String {
    let (id, node) = (AptId::new().to_string(), app.enhet.to_string());
    let mut fields = vec![("id", id.as_str()), ("node", node.as_str()), ("form[name]", "Fikarummet")];
    for slag in ["hjul", "kontroller", "avvikelser", "enkat", "forslag"] {
        fields.push(("form[slides][]", slag));
    }
    let to = app.post("/api/create_skarm", chef, "/apt/skarmar", &fields).await;
    let page = to.body;
    let at = page.find("href=\"/skarm/").unwrap() + 6;
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn nothing_secret_reaches_a_slide_or_a_wall_whoever_presents() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = mote(&app, Kind::Apt, 0).await;
    let (case, node) = (AvvikelseId::new().to_string(), app.enhet.to_string());
    let day = domain::format::date(app.state.clock.today());
    let fields = [
        ("id", case.as_str()),
        ("node", &node),
        ("form[what]", SECRET),
        ("form[day]", &day),
        ("form[consequence]", SECRET),
        ("form[done_at_once]", SECRET),
        ("form[reference]", SECRET),
        ("form[place]", SECRET),
        ("form[process]", SECRET),
        ("form[noticed_by]", SECRET),
        ("form[suggestion]", SECRET),
        ("form[suspected]", "on"),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", &chef, "/avvikelser/ny", &fields).await.to();
    let source = format!("avvikelse:{case}");
    let due = domain::format::date(app.state.clock.today());
    let atgard = [
        ("id", "01a20000-0000-7000-8000-000000000001"),
        ("node", &node),
        ("source", &source),
        ("form[title]", "Genomgång av rutinen"),
        ("form[why]", SECRET),
        ("form[responsible]", "roll:enhetschef"),
        ("form[due]", &due),
    ];
    app.post("/api/create_atgard", &chef, "/atgarder/ny", &atgard).await.to();

    let opened = app.get(&format!("/avvikelser/{case}"), &chef).await.body;
    assert!(opened.contains(SECRET), "the premise: the chef can read it in the case");
    let paths = ["/visa", "/visa?lage=presentator", "?bilder=visa", ""].map(|rest| format!("/apt/{id}{rest}"));
    for path in paths {
        let page = app.get(&path, &chef).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains(SECRET), "{path}");
        assert!(!page.body.contains(&case), "{path}: not even which case");
    }
    let slides = app.get(&format!("/apt/{id}/visa"), &chef).await.body;
    assert!(slides.contains("Genomgång av rutinen"), "what is to be done is for everybody");

    let deck = app.get(&format!("/apt/{id}/bildspel.pdf"), &chef).await;
    assert_eq!(deck.status, StatusCode::OK, "{}", deck.body);
    assert!(deck.header("content-disposition").contains("bildspel-apt-"), "it says what it is, whose and when");
    assert!(deck.words.contains("Genomgång av rutinen") && !deck.words.contains(SECRET), "{}", deck.words);
    let page = app.get(&format!("/apt/{id}"), &chef).await.body;
    assert!(page.contains(&format!("/apt/{id}/bildspel.pdf")), "the meeting offers it");

    let wall = screen(&app, &chef).await;
    let shown = app.get(&wall, "").await;
    assert_eq!(shown.status, StatusCode::OK);
    for word in [SECRET, &case, "Genomgång av rutinen", "Enhetschef", "Handläggare 1"] {
        assert!(!shown.body.contains(word), "{word} on the wall");
    }
    assert!(shown.body.contains("Bromma"), "the premise: it is this unit's");
}

#[tokio::test]
async fn a_forslag_says_on_the_wall_that_it_is_there_and_nothing_else() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let node = app.enhet.to_string();
    let said = [("id", "01a20000-0000-4000-8000-000000000002"), ("node", &node), ("text", SECRET), ("named", "on")];
    app.post("/forslag", &chef, "/forslag", &said).await.to();
    let wall = screen(&app, &chef).await;
    let shown = app.get(&wall, "").await.body;
    assert!(shown.contains("Ett nytt förslag") && !shown.contains(SECRET));
}

#[tokio::test]
async fn a_screen_whose_address_is_taken_back_is_gone_at_once_and_hears_no_more() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let wall = screen(&app, &chef).await;
    assert_eq!(app.get(&wall, "").await.status, StatusCode::OK);
    let stream = format!("{wall}/handelser");
    let request = browser(Method::GET, &stream, "").body(Body::empty()).unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let mut events = response.into_body().into_data_stream();
    assert!(events.next().await.is_some(), "the stream is open");

    let page = app.get("/apt/skarmar", &chef).await.body;
    let at = page.find("name=\"id\" value=\"").unwrap() + 17;
    let id = &page[at..at + 36];
    assert_eq!(app.post("/api/renew_skarm", &chef, "/apt/skarmar", &[("id", id)]).await.status, StatusCode::OK);
    let ended = async { while events.next().await.is_some() {} };
    assert!(tokio::time::timeout(Duration::from_secs(5), ended).await.is_ok(), "the stream ends by itself");
    let gone = app.get(&wall, "").await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.body.contains("Skärmen är avstängd") && !gone.body.contains("Bromma"));
    assert_eq!(app.get(&stream, "").await.status, StatusCode::GONE);
    for guess in ["/skarm/", "/skarm/a", "/skarm/%00", "/skarm/1%27%20or%201=1"] {
        assert!(!app.get(guess, "").await.body.contains("Bromma"), "{guess}");
    }
}

/// The code that an answer shows, as it is typed.
fn code(page: &str) -> String {
    let at = page.find("class=\"tv-kod\">").unwrap() + 15;
    page[at..].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_can_be_copied_and_read_off_and_a_television_is_set_up_by_a_code() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let (id, node) = (AptId::new().to_string(), app.enhet.to_string());
    let fields =
        [("id", id.as_str()), ("node", node.as_str()), ("form[name]", "Fikarummet"), ("form[slides][]", "hjul")];
    let page = app.post("/api/create_skarm", &chef, "/apt/skarmar", &fields).await.body;
    assert!(page.contains("readonly value=\"http://localhost:3000/skarm/"), "whole, as it is typed: {page}");
    assert!(page.contains("data-kopiera=\"adress\" hidden") && page.contains("Adressen som QR-kod"), "{page}");
    assert!(!page.contains("style="), "{page}");
    let script = app.get("/kopiera.js", "").await;
    assert!(script.header("content-type").starts_with("text/javascript") && script.body.contains("clipboard"));
    let shown = page.split("href=\"/skarm/").nth(1).unwrap().split('"').next().unwrap().to_owned();

    // a television has no login
    assert_eq!(app.get("/tv", "").await.status, StatusCode::OK);
    let typed = |code: &str| vec![("kod", code.to_owned())];
    let send = async |app: &App, code: &str| {
        let fields = typed(code);
        let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        app.post("/tv", "", "/tv", &fields).await
    };
    let first = code(&page);
    let opened = send(&app, &first).await.to().to_owned();
    assert!(opened.starts_with("/skarm/") && !opened.contains(&shown), "an address of its own");
    assert!(app.get(&opened, "").await.body.contains("Bromma"));
    let again = send(&app, &first).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    assert!(again.body.contains("Koden öppnar ingen skärm") && again.set_cookie().is_empty(), "{}", again.body);

    // a new one for the next television; the shown address goes on
    let new = code(&app.post("/api/renew_skarmkod", &chef, "/apt/skarmar", &[("id", &id)]).await.body);
    assert_eq!(send(&app.later(15 * 60), &new).await.status, StatusCode::UNPROCESSABLE_ENTITY, "in time");
    assert_eq!(app.get(&format!("/skarm/{shown}"), "").await.status, StatusCode::OK);
    // who guesses waits, with the right one too
    for _ in 0..5 {
        send(&app, "0000000000").await;
    }
    let refused = send(&app, &new).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.body);
    assert!(refused.body.contains("Vänta"), "{}", refused.body);
    let then = app.later(61);
    assert!(send(&then, &new).await.to().starts_with("/skarm/"));
}

#[tokio::test]
async fn a_thousand_screens_that_come_back_at_the_same_moment_all_hear_the_next_commit() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let stream = format!("{}/handelser", screen(&app, &chef).await);
    let open = (0..1_000).map(|_| {
        let (router, request) = (app.router.clone(), browser(Method::GET, &stream, "").body(Body::empty()).unwrap());
        async move {
            let mut events = router.oneshot(request).await.unwrap().into_body().into_data_stream();
            let first = events.next().await.unwrap().unwrap();
            assert!(String::from_utf8_lossy(&first).contains("data: -"), "the first word says that the stream is open");
            events
        }
    });
    let streams = futures_util::future::join_all(open).await;
    let node = app.enhet.to_string();
    let said = [("id", "01a20000-0000-4000-8000-000000000003"), ("node", &node), ("text", "Egen kö"), ("named", "on")];
    app.post("/forslag", &chef, "/forslag", &said).await.to();
    let hear = streams.into_iter().map(|mut events| async move {
        let event = events.next().await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&event).contains("data: forslag"));
    });
    let heard = tokio::time::timeout(Duration::from_secs(20), futures_util::future::join_all(hear)).await;
    assert!(heard.is_ok(), "every screen hears");
}

#[tokio::test]
async fn a_meeting_of_those_who_lead_is_not_there_for_others() {
    let app = app().await;
    let (chef, other) = (app.log_in(CHEF).await, app.log_in(HANDLAGGARE).await);
    let id = mote(&app, Kind::Ledningsgrupp, 3).await;
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    let point = punkt::list(&mut tx, id).await.unwrap().remove(0);
    protokoll::create_beslut(&mut tx, now, (id, point.id), domain::id::BeslutId::new(), SECRET).await.unwrap();
    tx.commit().await.unwrap();
    assert!(app.get(&format!("/apt/{id}/protokoll"), &chef).await.body.contains(SECRET));
    let ends = ["", "/visa", "/protokoll", "/protokoll.docx", "/protokoll.pdf", "/bildspel.pdf"];
    for path in ends.map(|end| format!("/apt/{id}{end}")) {
        let page = app.get(&path, &other).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.body.contains(SECRET), "{path}");
    }
    for path in ["/apt", "/apt/beslut", "/apt/beslut?q=Hemlighet"] {
        let page = app.get(path, &other).await;
        assert!(
            page.status == StatusCode::OK && !page.body.contains(SECRET) && !page.body.contains(&id.to_string()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_secretary_writes_the_minutes_whatever_their_role_and_nobody_after_they_are_approved() {
    let app = app().await;
    let (chef, other) = (app.log_in(CHEF).await, app.log_in(HANDLAGGARE).await);
    let id = mote(&app, Kind::Apt, 1).await;
    let mut tx = app.write().await;
    let points = punkt::list(&mut tx, id).await.unwrap();
    drop(tx);
    let (meeting, punkt) = (id.to_string(), points[0].id.to_string());
    let page = format!("/apt/{id}");
    let beslut = |text: &'static str, n: u8| {
        let id = format!("01a20000-0000-7000-8000-0000000000{n:02}");
        vec![("mote", meeting.clone()), ("punkt", punkt.clone()), ("id", id), ("beslut", text.to_owned())]
    };
    let send = async |cookie: &str, fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        app.post("/api/create_apt_beslut", cookie, &page, &fields).await.to().to_owned()
    };
    assert!(send(&other, beslut("Utan rätt", 1)).await.ends_with("#fel"), "not yet: nobody has asked them to write");
    let person = {
        let mut tx = app.write().await;
        store::person::credentials(&mut tx, HANDLAGGARE).await.unwrap().unwrap().person
    };
    let on = domain::format::date(app.state.clock.today());
    let asked =
        [("id", meeting.as_str()), ("version", "1"), ("form[on]", &on), ("form[secretary]", &person.to_string())];
    app.post("/api/update_apt", &chef, &page, &asked).await.to();
    assert_eq!(send(&other, beslut("Larmen provas varje måndag", 2)).await, page);
    for (version, to) in [("2", "avslutat"), ("3", "justerat")] {
        app.post("/api/set_apt_state", &chef, &page, &[("id", &meeting), ("version", version), ("to", to)]).await.to();
    }
    assert!(send(&chef, beslut("För sent", 3)).await.ends_with("#fel"), "approved minutes stay as they are");
    let minutes = app.get(&format!("/apt/{id}/protokoll"), &other).await.body;
    assert!(minutes.contains("Larmen provas varje måndag"));
    assert!(!minutes.contains("För sent") && !minutes.contains("Utan rätt"));

    let file = app.get(&format!("/apt/{id}/protokoll.docx"), &other).await;
    assert!(file.words.contains("Larmen provas varje måndag") && file.words.contains("Justerat"), "{}", file.words);
    let file = app.get(&format!("/apt/{id}/protokoll.pdf"), &other).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.words.contains("Larmen provas varje måndag") && file.words.contains("Justerat"), "{}", file.words);
    let (named, month) = (file.header("content-disposition"), &on[..7]);
    assert!(named.starts_with("attachment; filename=\"protokoll-apt-"), "{named}");
    assert!(named.contains(&format!("-{month}.pdf")), "the file says which month: {named}");
    let mut tx = app.write().await;
    assert_eq!(apt::get(&mut tx, id).await.unwrap().state, State::Justerat);
}

#[tokio::test]
async fn what_a_ledningsgrupp_decides_is_on_no_page_slide_or_wall_of_others() {
    let app = app().await;
    let (chef, other) = (app.log_in(CHEF).await, app.log_in(HANDLAGGARE).await);
    let (closed, open) = (mote(&app, Kind::Ledningsgrupp, 7).await, mote(&app, Kind::Apt, 0).await);
    let (id, closed) = (AtgardId::new().to_string(), closed.to_string());
    let due = domain::format::date(app.state.clock.today());
    let fields = [
        ("mote", closed.as_str()),
        ("id", &id),
        ("form[title]", SECRET),
        ("form[responsible]", "roll:enhetschef"),
        ("form[due]", &due),
    ];
    let page = format!("/apt/{closed}");
    app.post("/api/create_apt_atgard", &chef, &page, &fields).await.to();
    let year = domain::format::date(app.state.clock.today())[..4].to_owned();
    let paths = ["/atgarder".to_owned(), format!("/arshjul?ar={year}"), format!("/arshjul?ar={year}&vy=lista")];
    for path in &paths {
        assert!(app.get(path, &chef).await.body.contains(SECRET), "{path}: the premise: those who lead see it");
        assert!(!app.get(path, &other).await.body.contains(SECRET), "{path}");
    }
    let own = format!("/atgarder/{id}");
    assert_eq!(app.get(&own, &chef).await.status, StatusCode::OK);
    for path in [own.clone(), format!("{own}/redigera")] {
        assert_eq!(app.get(&path, &other).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // nobody adds one to a meeting that is not there for them
    let source = format!("apt:{closed}");
    let node = app.enhet.to_string();
    let new = AtgardId::new().to_string();
    let added =
        [("id", new.as_str()), ("node", &node), ("source", &source), ("form[title]", "Ny"), ("form[due]", &due)];
    app.post("/api/create_atgard", &other, "/atgarder/ny", &added).await;
    assert_eq!(app.get(&format!("/atgarder/{new}"), &chef).await.status, StatusCode::NOT_FOUND);
    // a meeting of others, whoever shows it, and the wall
    for path in [format!("/apt/{open}/visa"), format!("/apt/{open}?bilder=visa"), screen(&app, &chef).await] {
        let shown = app.get(&path, &chef).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        assert!(!shown.body.contains(SECRET), "{path}");
    }
    let wall = app.get(&screen(&app, &chef).await, "").await.body;
    assert!(wall.contains("class=\"wheel\"") && !wall.contains("/forekomster/"), "the wall's wheel leads nowhere");
}
