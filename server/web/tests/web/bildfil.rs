//! Pictures of slides and logos: what they may be, who sees them, what is left of what a telephone says of them, and where they are
//! shown.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use domain::{
    apt::{Content, Kind, Slag, State},
    id::{AptId, BildfilId, NodeId},
};
use http::StatusCode;
use store::apt::{self, punkt};

use crate::{
    apt::screen,
    avvikelse::{ELSEWHERE, app, upload},
    common::{ADMIN, Answer, App, CHEF},
};

const ALT: &str = "Plan över de nya lokalerna";
/// A photo with where it was taken, lying on its side.
const PHOTO: &str = "egen-plats-och-vriden.jpg";

fn photo(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/foton/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A picture that says how large it is, and is one grey line.
fn png(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8; 4], content: &[u8]| {
        let body = [name.as_slice(), content].concat();
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [length.as_slice(), &body, &crc32fast::hash(&body).to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let points = [0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &points), chunk(b"IEND", &[])].concat()
}

/// A form with a file, or none, and its fields.
fn form(file: Option<(&str, &[u8])>, fields: &[(&str, &str)]) -> Body {
    let mut out = Vec::new();
    for (name, value) in fields {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        out.extend_from_slice(part.as_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{name}\"\r\n\r\n");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n--x--\r\n");
    out.into()
}

/// A meeting with a slide for a text last under its last point.
async fn meeting(app: &App) -> (AptId, String) {
    let (mut tx, id) = (app.write().await, AptId::new());
    let (now, on) = (app.state.clock.now(), app.state.clock.today());
    let content =
        Content { kind: Kind::Apt, on, time: String::new(), place: String::new(), chair: None, secretary: None };
    apt::create(&mut tx, now, id, app.enhet, &content, None).await.unwrap();
    let punkt = punkt::list(&mut tx, id).await.unwrap().last().unwrap().id;
    punkt::create_bild(&mut tx, now, id, punkt, Slag::Text).await.unwrap();
    let bild = punkt::list(&mut tx, id).await.unwrap().last().unwrap().bilder.last().unwrap().id;
    tx.commit().await.unwrap();
    (id, format!("/apt/{id}/bilder/{bild}/fil"))
}

async fn put(app: &App, path: &str, cookie: &str, file: Option<(&str, &[u8])>, fields: &[(&str, &str)]) -> Answer {
    app.send(upload(path, cookie, form(file, fields), None)).await
}

/// The address of the picture on a page.
fn src(page: &str, of: &str) -> String {
    page.split("src=\"").find(|rest| rest.starts_with(of)).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_photo_on_a_slide_is_shown_without_where_it_was_taken_to_those_who_see_the_meeting() {
    let app = app().await;
    let (chef, elsewhere, admin) = (app.log_in(CHEF).await, app.log_in(ELSEWHERE).await, app.log_in(ADMIN).await);
    let (id, path) = meeting(&app).await;
    let page = format!("/apt/{id}");
    let original = photo(PHOTO);
    let fields = [("bild", ""), ("alt", ALT), ("bildtext", "Inflyttning i mars")];
    let sent = put(&app, &path, &chef, Some((PHOTO, &original)), &fields).await;
    assert!(sent.to().starts_with(&format!("{page}#bild-")), "{}", sent.to());
    let told = app.get(&page, &chef).await.body;
    assert!(told.contains("Bildfilen är sparad. Platsuppgiften togs bort."), "{told}");
    for path in [format!("{page}/visa"), format!("{page}?bilder=visa")] {
        let shown = app.get(&path, &chef).await.body;
        assert!(shown.contains(&format!("alt=\"{ALT}\"")) && shown.contains("Inflyttning i mars"), "{path}");
    }
    let link = src(&told, &format!("{page}/bildfiler/"));
    let file = app.get(&link, &chef).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(file.header("cross-origin-resource-policy"), "same-origin");
    assert!(file.bytes.len() < original.len() && file.body.contains("Exif"), "which way up it is is all that stays");
    let fresh = app.get(&link, "").await.status;
    assert!(matches!(fresh, StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER), "{fresh}");
    let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    for other in [&elsewhere, &admin] {
        assert!(refused.contains(&app.get(&link, other).await.status), "who does not see the meeting");
        let tried = put(&app, &path, other, Some(("a.png", &png(1, 1))), &fields).await;
        assert!(refused.contains(&tried.status), "{}", tried.status);
    }
    // under another meeting, or another id, it is not there
    let (foreign, _) = meeting(&app).await;
    let moved = link.replace(&id.to_string(), &foreign.to_string());
    for link in [moved, format!("{page}/bildfiler/{}", BildfilId::new()), format!("{page}/bildfiler/x")] {
        assert_eq!(app.get(&link, &chef).await.status, StatusCode::NOT_FOUND, "{link}");
    }
    // the words stay in the minutes when the picture has gone
    let mut tx = app.write().await;
    let before = apt::get(&mut tx, id).await.unwrap();
    drop(tx);
    let version = before.version.to_string();
    let end = [("id", id.to_string()), ("version", version), ("to", State::Avslutat.code().to_owned())];
    let end: Vec<(&str, &str)> = end.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("/api/set_apt_state", &chef, &page, &end).await.to();
    let bild = path.split('/').nth(4).unwrap();
    let fields = [("mote", id.to_string()), ("id", bild.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("/api/remove_apt_bildfil", &chef, &page, &fields).await.to();
    assert_eq!(app.get(&link, &chef).await.status, StatusCode::NOT_FOUND);
    let minutes = app.get(&format!("{page}/protokoll"), &chef).await.body;
    assert!(minutes.contains(ALT) && minutes.contains("Inflyttning i mars"), "{minutes}");
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_or_not_told_in_words_is_refused_at_its_field_and_what_was_typed_stays() {
    let app = app().await;
    let chef = app.log_in(CHEF).await;
    let (id, path) = meeting(&app).await;
    let page = format!("/apt/{id}");
    let fields = [("alt", ALT), ("bildtext", "Våning 2")];
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let polyglot = [png(1, 1), b"<script>alert(1)</script>".to_vec()].concat();
    let pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
    let heic = photo("13d-IMG_0412.HEIC");
    let (vast, cut, large) = (png(20_000, 20_000), &png(9, 9)[..40], vec![0; 10 * 1024 * 1024 + 1]);
    let cases: [(&str, &[u8], &str); 8] = [
        ("plan.png", svg, "varken jpg eller png"),
        ("plan.svg", svg, "varken jpg eller png"),
        ("plan.png", pdf, "varken jpg eller png"),
        ("plan.png", &polyglot, "mer än den utger sig för"),
        ("plan.jpg", &heic, "HEIC"),
        ("plan.png", &vast, "Bilden har 400 miljoner bildpunkter"),
        ("plan.png", cut, "kan inte läsas"),
        ("plan.png", &large, "större än 10 MB"),
    ];
    for (name, bytes, said) in cases {
        let sent = put(&app, &path, &chef, Some((name, bytes)), &fields).await;
        assert_eq!(sent.to(), format!("{page}#fel"), "{said}");
        let body = app.get(&page, &chef).await.body;
        assert!(body.contains(said), "{name}: {said}");
        assert!(body.contains(ALT) && body.contains("Våning 2"), "{said}: what was typed stays");
    }
    let small = png(40, 30);
    for (file, alt, said) in [
        (None, ALT, "Välj en bildfil först."),
        (Some(("a.png", small.as_slice())), " ", "Beskriv bilden, så att den som inte ser den vet vad den visar."),
        (Some(("a.png", small.as_slice())), "060606-1234", "personnummer"),
        (Some(("060606-1234.png", small.as_slice())), ALT, "Döp om filen"),
    ] {
        let sent = put(&app, &path, &chef, file, &[("alt", alt)]).await;
        assert_eq!(sent.to(), format!("{page}#fel"), "{said}");
        assert!(app.get(&page, &chef).await.body.contains(said), "{said}");
    }
    assert!(!app.get(&page, &chef).await.body.contains("/bildfiler/"), "nothing of it was kept");
    // nor on a slide that shows something else, or under a name that is none
    let mut tx = app.write().await;
    let points = punkt::list(&mut tx, id).await.unwrap();
    let drawn = points.iter().flat_map(|p| &p.bilder).find(|b| b.slag != Slag::Text).unwrap().id;
    drop(tx);
    for bild in [drawn.to_string(), BildfilId::new().to_string(), "x".to_owned()] {
        let path = format!("/apt/{id}/bilder/{bild}/fil");
        let sent = put(&app, &path, &chef, Some(("a.png", &small)), &fields).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{bild}");
    }
    // other words for the picture that is there
    put(&app, &path, &chef, Some(("a.png", &small)), &fields).await.to();
    put(&app, &path, &chef, None, &[("alt", "Plan över våning 3")]).await.to();
    let body = app.get(&format!("{page}/visa"), &chef).await.body;
    assert!(body.contains("alt=\"Plan över våning 3\"") && !body.contains("Våning 2"), "{body}");
}

#[tokio::test]
async fn a_logo_is_given_by_who_administers_and_shown_on_slides_and_walls_below() {
    let app = app().await;
    let (chef, elsewhere, admin) = (app.log_in(CHEF).await, app.log_in(ELSEWHERE).await, app.log_in(ADMIN).await);
    let (id, _) = meeting(&app).await;
    let path = format!("/admin/enheter/{}/logga", app.top);
    let logo = tiny_skia::Pixmap::new(300, 80).unwrap().encode_png().unwrap();
    let tried = put(&app, &path, &chef, Some(("a.png", &logo)), &[]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    let vast = png(5_000, 80);
    for (bytes, said) in
        [(vast.as_slice(), "Loggan är för stor."), (b"<svg/>", "varken jpg eller png"), (b"", "Välj en fil")]
    {
        let sent = put(&app, &path, &admin, Some(("a.png", bytes)), &[]).await;
        assert_eq!(sent.to(), format!("/admin?nod={}#fel", app.top), "{said}");
        assert!(app.get(&format!("/admin?nod={}", app.top), &admin).await.body.contains(said), "{said}");
    }
    let sent = put(&app, &path, &admin, Some(("a.png", &logo)), &[]).await;
    assert_eq!(sent.to(), format!("/admin?nod={}#logga", app.top));
    let below = app.get(&format!("/admin?nod={}", app.enhet), &admin).await.body;
    assert!(below.contains("Ärvd av Staden."), "{below}");

    let shown = app.get(&format!("/apt/{id}/visa"), &chef).await.body;
    assert!(shown.contains("alt=\"Logga för Staden\""), "{shown}");
    let link = src(&shown, &format!("/enheter/{}/logga/", app.enhet));
    for cookie in [&chef, &admin] {
        let file = app.get(&link, cookie).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "image/png"));
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    }
    assert_eq!(app.get(&link, &elsewhere).await.status, StatusCode::FORBIDDEN, "another unit's");
    let gone = link.replace(link.rsplit('/').next().unwrap(), &NodeId::new().to_string());
    assert_eq!(app.get(&gone, &chef).await.status, StatusCode::NOT_FOUND, "one that is shown no more");

    // and at the head of the minutes: on the page, in Word and on paper
    let minutes = app.get(&format!("/apt/{id}/protokoll"), &chef).await.body;
    let (head, _) = minutes.split_once("<h1>").unwrap();
    assert!(head.contains("class=\"document-logo\"") && head.contains("alt=\"Logga för Staden\""), "{minutes}");
    let logos = async |file: &str| {
        let file = app.get(&format!("/apt/{id}/{file}"), &chef).await;
        assert_eq!(file.status, StatusCode::OK);
        file.bytes
    };
    let in_word = |bytes: &[u8]| {
        zip::ZipArchive::new(std::io::Cursor::new(bytes))
            .unwrap()
            .file_names()
            .filter(|n| n.starts_with("word/media/"))
            .count()
    };
    let (word, pdf) = (logos("protokoll.docx").await, logos("protokoll.pdf").await);

    let wall = screen(&app, &chef).await;
    let link = src(&app.get(&wall, "").await.body, &format!("{wall}/logga/"));
    assert_eq!(app.get(&link, "").await.header("content-type"), "image/png");
    let other = link.replace(wall.as_str(), "/skarm/fel");
    assert_eq!(app.get(&other, "").await.status, StatusCode::NOT_FOUND, "without the address of a screen");

    let fields = [("id", app.top.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post("/api/remove_node_logga", &admin, "/admin", &fields).await.to();
    assert!(!app.get(&format!("/apt/{id}/visa"), &chef).await.body.contains("Logga för"), "it is gone from slides");
    assert!(!app.get(&wall, "").await.body.contains("Logga för"), "and from walls");
    assert!(!app.get(&format!("/apt/{id}/protokoll"), &chef).await.body.contains("document-logo"), "and from minutes");
    assert_eq!(in_word(&word), in_word(&logos("protokoll.docx").await) + 1);
    assert!(pdf.len() > logos("protokoll.pdf").await.len(), "the picture is in the file");
}
