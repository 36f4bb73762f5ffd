//! What hostile hands send to cases: markup and SQL in every field, formulas for Excel, files that are not what they say or
//! never end, another's ids.
#![allow(clippy::unwrap_used)]

use std::io::Read;

use crate::common::{App, CHEF, browser};
use axum::body::{Body, Bytes};
use domain::{
    id::{AvvikelseId, NodeId, PersonId},
    organisation::{Node, NodeKind},
    permission::Role,
};
use futures_util::stream;
use http::{Method, StatusCode, header};
use store::person::NewPerson;
use web::{bilaga::Key, state::Settings};

pub const ELSEWHERE: &str = "enhetschef2@demo.se";
const EVIL: &str = "<img src=x onerror=alert(1)>'; drop table avvikelse; --";

pub async fn app() -> App {
    let settings = Settings { database: "sqlite", attachment_key: Some(Key::random()), ..Settings::default() };
    let app = App::with(settings).await;
    app.people().await;
    let mut tx = app.write().await;
    let now = app.state.clock.now();
    let other = Node {
        id: NodeId::new(),
        parent: Some(app.top),
        kind: NodeKind::Enhet,
        name: "Västra enheten".into(),
        active: true,
        version: 1,
    };
    store::organisation::create_node(&mut tx, now, &other).await.unwrap();
    let new = NewPerson {
        id: PersonId::new(),
        name: "Enhetschef 2".into(),
        email: ELSEWHERE.into(),
        password_hash: web::password::hash(crate::common::PASSWORD.to_owned()).await,
        roles: vec![(Role::Enhetschef, other.id)],
    };
    store::person::create(&mut tx, now, &new).await.unwrap();
    tx.commit().await.unwrap();
    app
}

pub async fn report(app: &App, cookie: &str, id: &str, what: &str) -> crate::common::Answer {
    let unit = app.enhet.to_string();
    let fields = [
        ("id", id),
        ("node", &unit),
        ("form[what]", what),
        ("form[day]", "2026-11-01"),
        ("form[consequence]", EVIL),
        ("form[done_at_once]", EVIL),
        ("form[reference]", EVIL),
        ("form[place]", EVIL),
        ("form[ror]", "brukare"),
    ];
    app.post("/api/create_avvikelse", cookie, "/avvikelser/ny", &fields).await
}

#[tokio::test]
async fn markup_and_sql_are_text_wherever_a_case_is_shown() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = AvvikelseId::new().to_string();
    assert_eq!(report(&app, &chef, &id, EVIL).await.to(), format!("/avvikelser/{id}"));
    for path in [format!("/avvikelser/{id}"), "/avvikelser".into(), "/avvikelser?q=onerror".into(), "/".into()] {
        let page = app.get(&path, &chef).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains("<img src=x"), "{path}");
    }
    for q in ["%27%20or%201%3D1%20--", "%25", "%22%3E%3Cscript%3E", "*", "%00", "a%27%29%20union%20select"] {
        let page = app.get(&format!("/avvikelser?q={q}&typ={q}&process={q}&fran={q}&fore={q}"), &chef).await;
        assert_eq!(page.status, StatusCode::OK, "{q}");
        assert!(!page.body.contains("<script>alert"), "{q}");
    }
    assert!(app.get("/avvikelser", &chef).await.body.contains("2026-001"), "the table is still there");
}

#[tokio::test]
async fn what_looks_like_a_formula_is_text_in_the_workbook() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    for what in ["=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "-2+3"] {
        report(&app, &chef, &AvvikelseId::new().to_string(), what).await.to();
    }
    let response = {
        use tower::ServiceExt;
        let request = browser(Method::POST, "/avvikelser/export.xlsx", &chef).header("sec-fetch-site", "same-origin");
        let request = request.body(Body::empty()).unwrap();
        app.router.clone().oneshot(request).await.unwrap()
    };
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(part("xl/sharedStrings.xml").contains("=cmd|"));
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.matches("t=\"s\"").count() >= 24, "{sheet}");
}

#[tokio::test]
async fn anothers_report_cannot_be_sent_again_nor_read_nor_its_files_fetched() {
    let app = app().await;
    let (chef, elsewhere) = (app.log_in(CHEF).await, app.log_in(ELSEWHERE).await);
    let id = AvvikelseId::new().to_string();
    report(&app, &chef, &id, "Ansökan låg i fel tjänst").await.to();
    let replayed = report(&app, &elsewhere, &id, "Ansökan låg i fel tjänst").await;
    assert_eq!(replayed.status, StatusCode::SEE_OTHER);
    assert!(replayed.to().ends_with("#fel"), "refused: {}", replayed.to());
    let unit = app.enhet.to_string();
    for path in [
        format!("/avvikelser/{id}"),
        format!("/avvikelser/{id}/logg"),
        format!("/avvikelser/{id}/bilagor/{}", AvvikelseId::new()),
        format!("/avvikelser/{}", AvvikelseId::new()),
        "/avvikelser/1%20or%201=1".into(),
    ] {
        assert_eq!(app.get(&path, &elsewhere).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let foreign = app.get(&format!("/avvikelser?enhet={unit}"), &elsewhere).await;
    assert!(!foreign.body.contains("fel tjänst") && !foreign.body.contains("2026-001"));
    let export = app.post(&format!("/avvikelser/export.xlsx?enhet={unit}"), &elsewhere, "/avvikelser", &[]).await;
    assert!(!export.body.contains("fel tjänst"));
    assert!(matches!(app.get("/handelser", "").await.status, StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER));
}

/// A form with one file, whose content comes from a stream.
pub fn upload(path: &str, cookie: &str, body: Body, announced: Option<u64>) -> http::Request<Body> {
    let mut request = browser(Method::POST, path, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::ORIGIN, "http://localhost:3000")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    if let Some(bytes) = announced {
        request = request.header(header::CONTENT_LENGTH, bytes);
    }
    request.body(body).unwrap()
}

pub fn part(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), content, b"\r\n--x--\r\n"].concat()
}

#[tokio::test]
async fn a_photo_of_a_phone_is_attached_and_the_page_says_for_as_long_as_it_stands_what_was_taken_out() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let id = AvvikelseId::new().to_string();
    report(&app, &chef, &id, "Med foton").await.to();
    let (path, tab) = (format!("/avvikelser/{id}/bilagor"), format!("/avvikelser/{id}?flik=bilagor"));
    let foton = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foton");
    let behind = "Det som låg efter bilden i filen togs bort.";
    for (name, said) in [
        ("13a-20261123_101233-samsung.jpg", behind),
        ("13b-PXL_20261123_101233-hdr.jpg", behind),
        ("13c-utfylld.jpg", behind),
        ("egen-plats-och-vriden.jpg", "Platsuppgiften togs bort."),
    ] {
        let photo = std::fs::read(format!("{foton}/{name}")).unwrap();
        let sent = app.send(upload(&path, &chef, part(name, &photo).into(), None)).await;
        assert_eq!(sent.to(), tab, "{name}");
        let page = app.get(&tab, &chef).await.body;
        assert!(page.contains(&format!("{name} är bifogad. {said}")), "{name}: {page}");
        // said once, it still stands beside the file
        let page = app.get(&tab, &chef).await.body;
        assert!(!page.contains("är bifogad"), "the premise");
        let row = page.split("<li class=\"row\"").find(|row| row.contains(&format!(">{name}"))).unwrap();
        assert!(row.contains(said), "{row}");
    }
    let heic = std::fs::read(format!("{foton}/13d-IMG_0412.HEIC")).unwrap();
    let sent = app.send(upload(&path, &chef, part("IMG_0412.HEIC", &heic).into(), None)).await;
    assert!(sent.to().ends_with("#fel"));
    let page = app.get(&tab, &chef).await.body;
    assert!(page.contains("HEIC") && page.contains("Kamera › Format › Mest kompatibel"), "{page}");
    let log = app.get(&format!("/avvikelser/{id}?flik=historik"), &chef).await.body;
    assert!(log.contains("Platsuppgiften togs bort."), "{log}");
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_or_never_ends_is_refused() {
    let app = app().await;
    let (chef, elsewhere) = (app.log_in(CHEF).await, app.log_in(ELSEWHERE).await);
    let id = AvvikelseId::new().to_string();
    report(&app, &chef, &id, "Med fil").await.to();
    let path = format!("/avvikelser/{id}/bilagor");

    let five_gigabytes = app.send(upload(&path, &chef, Body::empty(), Some(5 * 1024 * 1024 * 1024))).await;
    assert_eq!(five_gigabytes.status, StatusCode::PAYLOAD_TOO_LARGE);

    let head = Bytes::from(part("a.pdf", b"%PDF-1.7\n")).slice(..80);
    let megabyte = Bytes::from(vec![b'a'; 1024 * 1024]);
    let endless = stream::unfold(0_u32, move |n| {
        let chunk = if n == 0 { head.clone() } else { megabyte.clone() };
        async move { Some((Ok::<_, std::io::Error>(chunk), n + 1)) }
    });
    let answer = app.send(upload(&path, &chef, Body::from_stream(endless), None)).await;
    assert!(answer.to().ends_with("#fel"), "{}", answer.to());

    let pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
    let polyglot = [b"<html><script>alert(1)</script>".as_slice(), pdf].concat();
    for (name, content) in [("a.pdf", polyglot.as_slice()), ("a.exe", b"MZ\x90\0"), ("a.png", pdf[5..].as_ref())] {
        let answer = app.send(upload(&path, &chef, part(name, content).into(), None)).await;
        assert!(answer.to().ends_with("#fel"), "{name}: {}", answer.to());
    }
    let other = app.send(upload(&path, &elsewhere, part("a.pdf", pdf).into(), None)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);

    let kept = app.send(upload(&path, &chef, part("a.pdf", pdf).into(), None)).await;
    assert_eq!(kept.to(), format!("/avvikelser/{id}?flik=bilagor"));
    let page = app.get(&format!("/avvikelser/{id}?flik=bilagor"), &chef).await;
    let link = page.body.split("href=\"").find(|h| h.starts_with(&format!("{path}/"))).unwrap();
    let link = link.split('"').next().unwrap();
    let file = app.get(link, &chef).await;
    assert_eq!((file.status, file.body.as_bytes()), (StatusCode::OK, pdf.as_slice()));
    assert!(file.header("content-disposition").starts_with("attachment;"));
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(app.get(link, &elsewhere).await.status, StatusCode::NOT_FOUND);
}
