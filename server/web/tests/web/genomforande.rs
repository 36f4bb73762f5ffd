//! Beginning a run as a browser does: the form with its list or file, what is refused, and what no session may hold; and the
//! Word file at the end.
#![allow(clippy::unwrap_used)]

use crate::common::{Answer, App, CHEF, browser};
use axum::body::Body;
use domain::{
    egenkontroll,
    id::EgenkontrollId,
    permission::{Grants, Role},
    person::Actor,
};
use http::{Method, header};

const BOUNDARY: &str = "----grans";

/// A control with twelve tillfällen; gives the id of the first.
async fn tillfalle(app: &App) -> String {
    let now = app.state.clock.now();
    let mut tx = app.write().await;
    let id = EgenkontrollId::new();
    let form = egenkontroll::Form {
        kontrollmal: "Dokumentation".into(),
        recurrence: "varje_manad".into(),
        ..egenkontroll::Form::default()
    };
    let content = egenkontroll::check(&form, 2026).unwrap();
    store::egenkontroll::create(&mut tx, now, id, app.enhet, 2026, &content).await.unwrap();
    let tree = store::organisation::tree(&mut tx).await.unwrap();
    let grants = Grants(vec![(Role::Enhetschef, app.enhet)]);
    let actor = Actor { person: app.chef, name: String::new(), grants, groups: vec![], tree, epoch: 1 };
    let items = store::occurrence::of_source(&mut tx, &actor, id.0).await.unwrap();
    tx.commit().await.unwrap();
    items[0].occurrence.id.to_string()
}

/// Posts the form, with a file when `file` has a name.
async fn start(app: &App, cookie: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
        );
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n",
        file.0
    );
    body.extend(head.into_bytes());
    body.extend(file.1);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    let request = browser(Method::POST, "/genomforanden/starta", cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

fn fields<'a>(tillfalle: &'a str, urval: &'a str, lista: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("tillfalle", tillfalle),
        ("kind", "stickprov"),
        ("kriterier", "Tillräcklig\r\nVäsentlig\r\nSaklig"),
        ("urval", urval),
        ("population", ""),
        ("lista", lista),
        ("spara_mall", "on"),
    ]
}

const NO_FILE: (&str, &[u8]) = ("", b"");

#[tokio::test]
async fn a_run_begins_with_a_pasted_list_and_ends_as_a_word_file() {
    let app = App::new().await;
    let (id, chef) = (tillfalle(&app).await, app.log_in(CHEF).await);
    let answer = start(&app, &chef, &fields(&id, "2", "EB-1;K\r\nEB-2;M\r\nEB-3;K"), NO_FILE).await;
    let run = answer.to().to_owned();
    assert!(run.starts_with("/genomforanden/"), "{run}");
    let page = app.get(&run, &chef).await.body;
    assert_eq!(page.matches("data-nr=").count(), 2, "two cases");
    assert!(page.contains("Tillräcklig") && page.contains("EB-"), "{page}");
    // the same tillfälle again is the same run
    let again = start(&app, &chef, &fields(&id, "1", "X\r\nY"), NO_FILE).await;
    assert_eq!(again.to(), run);
    let file = app.get(&format!("{run}/dokumentation.docx"), &chef).await;
    assert_eq!(file.status, 200);
    assert!(
        file.header("content-disposition")
            .ends_with("dokumentation-dokumentation-av-egenkontroll-dokumentation.docx\"")
    );
    let file = app.get(&format!("{run}/dokumentation.pdf"), &chef).await;
    assert!(file.status == 200 && file.words.contains("ChaCha8"), "{}", file.words);
    let page = app.get(&format!("{run}/dokumentation"), &chef).await.body;
    assert!(page.contains("ChaCha8") && !page.contains("EB-1"), "the document names no cases");
}

#[tokio::test]
async fn births_in_the_list_are_refused_numbered_and_never_kept() {
    let app = App::new().await;
    let (id, chef) = (tillfalle(&app).await, app.log_in(CHEF).await);
    let answer = start(&app, &chef, &fields(&id, "2", "060606 K\r\n111111 M\r\n811228-9874"), NO_FILE).await;
    assert!(answer.to().starts_with("/genomforanden/ny?tillfalle="), "{}", answer.to());
    let page = app.get(answer.to(), &chef).await.body;
    assert!(page.contains("Rad 1, 2 och 3 ser ut som personnummer eller födelsedatum."), "{page}");
    assert!(page.contains("Rad 1\tK") && page.contains("Rad 3\tM"), "the offer: numbered rows with kön");
    for secret in ["060606", "111111", "811228"] {
        assert!(!page.contains(secret), "{secret}");
    }
    let numbered = "Rad 1\tK\r\nRad 2\tM\r\nRad 3\tM";
    let answer = start(&app, &chef, &fields(&id, "2", numbered), NO_FILE).await;
    assert!(app.get(answer.to(), &chef).await.body.contains("Rad "));
}

#[tokio::test]
async fn what_cannot_be_drawn_from_is_refused_with_a_sentence_and_the_rest_stays() {
    let app = App::new().await;
    let (id, chef) = (tillfalle(&app).await, app.log_in(CHEF).await);
    let endless = (0..100_000).map(|i| format!("EB-{i}")).collect::<Vec<_>>().join("\n");
    for (urval, list, file, words) in [
        ("20", "A\nB", NO_FILE, "Listan har 2 ärenden, så 20 kan inte dras."),
        ("2", "A\nA\nB", NO_FILE, "Samma ärende står flera gånger: A (rad 1 och 2)."),
        ("2", "", NO_FILE, "Listan är tom."),
        ("2", endless.as_str(), NO_FILE, "Listan har 100\u{a0}000 rader."),
        ("2", "", ("lista.pdf", b"%PDF-1.7" as &[u8]), "Filen är en pdf. Välj listan som xlsx eller CSV."),
        ("2", "A", ("lista.csv", b"B\nC"), "Välj antingen en fil eller en inklistrad lista, inte båda."),
    ] {
        let answer = start(&app, &chef, &fields(&id, urval, list), file).await;
        let page = app.get(answer.to(), &chef).await.body;
        assert!(page.contains(words), "{words}: {}", &page[..page.len().min(3_000)]);
        assert!(page.contains("Väsentlig"), "the criteria stay");
    }
    let csv = "Ärendenummer;Kön\nEB-1;K\nEB-2;M\n".as_bytes();
    let answer = start(&app, &chef, &fields(&id, "2", ""), ("lista.csv", csv)).await;
    assert!(app.get(answer.to(), &chef).await.body.contains("EB-1"), "a file is read");
}

#[tokio::test]
async fn only_who_may_carry_it_out_begins_and_whoever_was_logged_out_gets_the_form_back() {
    let app = App::new().await;
    let id = tillfalle(&app).await;
    let admin = app.log_in(crate::common::ADMIN).await;
    assert_eq!(start(&app, &admin, &fields(&id, "1", "A\nB"), NO_FILE).await.status, 403);
    let answer = start(&app, "", &fields(&id, "1", "EB-1\nEB-2"), NO_FILE).await;
    assert!(answer.to().starts_with("/logga-in"), "{}", answer.to());
}
